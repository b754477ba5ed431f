#!/usr/bin/python3
"""Plays a whole game as a screen reader meets it: through AT-SPI alone, without a look at the screen.

`.ci/assist` starts a session bus, a display, the accessibility bus and the game, and then this. It finds everything by role and name, presses
through the action interface, sets the slider through the value interface, and prints what the game says of its own accord.
"""

import sys
import time
import warnings

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

# The bindings call these interfaces old; the newer names are missing from the versions that are installed.
warnings.filterwarnings("ignore", category=DeprecationWarning)

HEARD = []


def fail(message):
    print(f"assist: {message}", file=sys.stderr)
    sys.exit(1)


def pump(seconds=0.05):
    """Lets events come in."""
    end = time.monotonic() + seconds
    context = GLib.MainContext.default()
    while time.monotonic() < end:
        if not context.iteration(False):
            time.sleep(0.01)


def hear(event):
    if event.type.startswith("object:announcement"):
        HEARD.append(("says", str(event.any_data)))
        print(f"  says: {event.any_data}")
    elif event.detail1 == 1:
        name = event.source.get_name()
        HEARD.append(("focus", name))
        print(f"  focus: {event.source.get_role_name()} “{name}”")


def window():
    """The game's window, once it is on the bus."""
    for _ in range(300):
        desktop = Atspi.get_desktop(0)
        for index in range(desktop.get_child_count()):
            app = desktop.get_child_at_index(index)
            if app is not None and app.get_name() == "roundtable" and app.get_child_count() > 0:
                app.set_cache_mask(Atspi.Cache.NONE)
                return app.get_child_at_index(0)
        pump(0.2)
    fail("the game never came to the accessibility bus")


def walk(node, depth=0):
    yield depth, node
    for index in range(node.get_child_count()):
        child = node.get_child_at_index(index)
        if child is not None:
            yield from walk(child, depth + 1)


class Reader:
    def __init__(self):
        self.top = window()

    def nodes(self):
        """Everything, in reading order; nothing while the tree changes beneath the reading."""
        try:
            return [(depth, n, n.get_role_name(), n.get_name() or "") for depth, n in walk(self.top)]
        except GLib.Error:
            return []

    def dump(self):
        lines = []
        for depth, node, role, name in self.nodes():
            try:
                about = node.get_description() or ""
            except GLib.Error:
                about = ""
            lines.append(f"{'  ' * depth}{role} “{name}”{f' ({about})' if about else ''}")
        return "\n".join(lines)

    def find(self, roles, name, seconds=30):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for _, node, role, found in self.nodes():
                if role in roles and found == name:
                    return node
            pump(0.1)
        fail(f"no {' or '.join(roles)} “{name}”\n{self.dump()}")

    def press(self, name, roles=("button", "push button", "toggle button", "check box")):
        node = self.find(roles, name)
        states = node.get_state_set()
        if not states.contains(Atspi.StateType.ENABLED):
            fail(f"“{name}” is disabled: {node.get_description()}")
        action = node.get_action_iface()
        if action is None or action.get_n_actions() == 0:
            fail(f"“{name}” cannot be pressed")
        print(f"press: {name}")
        action.do_action(0)
        pump(0.4)

    def slide(self, name, value):
        print(f"slide: {name} to {value}")
        self.find(("slider",), name).get_value_iface().set_current_value(value)
        pump(0.4)

    def names(self, role):
        return [name for _, _, found, name in self.nodes() if found == role]

    def wait_for_heading(self, words, seconds=30):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for heading in self.names("heading"):
                if heading in words:
                    return heading
            pump(0.1)
        fail(f"no heading of {words}\n{self.dump()}")


def put_in_order(reader):
    for target, item in enumerate(["First thing", "Second thing", "Third thing"]):
        rows = [name for name in reader.names("button") + reader.names("push button") if name[:1].isdigit()]
        place = next(at for at, row in enumerate(rows) if row.endswith(item))
        for _ in range(target, place):
            reader.press(f"Move up: {item}")


def match(reader):
    for side in ["Red", "Tomato", "Green", "Cucumber"]:
        reader.press(side)


def spell(reader):
    reader.press("Keyboard")
    for key in "rome":
        reader.press(key)


ANSWERS = {
    "Choose the right one.": (lambda r: r.press("Right one"), False),
    "Choose the good ones.": (lambda r: (r.press("Good apple"), r.press("Good pear")), True),
    "Two is more than one.": (lambda r: r.press("True"), False),
    "How many?": (lambda r: r.slide("Your answer", 12.0), True),
    "Put them in order.": (put_in_order, True),
    "Match them.": (match, True),
    "Which city?": (spell, True),
}


def main():
    listener = Atspi.EventListener.new(hear)
    for kind in ("object:announcement", "object:state-changed:focused"):
        listener.register(kind)
    reader = Reader()
    reader.find(("button", "push button"), "Play", 60)
    pump(0.5)
    print(reader.dump())
    nameless = [role for _, _, role, name in reader.nodes() if role in ("button", "push button", "entry") and not name]
    if nameless:
        fail(f"controls without a name: {nameless}")
    # Nobody has played here before: Play leads straight into a game.
    reader.press("Play")
    for question in range(1, len(ANSWERS) + 1):
        reader.press("Start the round")
        stem = reader.wait_for_heading(ANSWERS)
        give, submits = ANSWERS[stem]
        give(reader)
        if submits:
            reader.press("Submit answer")
        reader.wait_for_heading(["Right", "Partly right", "Not this time", "Time is up"])
        if question < len(ANSWERS):
            reader.press("Finish the round")
            reader.press("Next round")
        else:
            print(reader.dump())
            reader.press("See your results")
    reader.wait_for_heading(["By round"])
    pump(0.5)
    print(reader.dump())
    said = [words for kind, words in HEARD if kind == "says"]
    for wanted, times in [("Question ", 7), ("Right. ", 7), ("Your result: 7 of 7 right", 1)]:
        count = sum(words.startswith(wanted) for words in said)
        if count != times:
            fail(f"“{wanted}…” was said {count} times, not {times}: {said}")
    if sum(kind == "focus" for kind, _ in HEARD) < 20:
        fail("the focus was hardly ever told")
    print(f"assist: a whole game of {len(ANSWERS)} questions, {len(said)} announcements heard")


main()

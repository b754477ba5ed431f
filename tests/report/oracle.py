#!/usr/bin/env python3
"""The report's numbers by other code: Python's standard library alone, and nothing of the program's.

    python3 tests/report/oracle.py vectors > tests/headless/rules/analyse.jsonl

writes the test vectors of the item analysis, which `tests/headless/rules/analyse.rs` compares with `rules::analyse`.

    python3 tests/report/oracle.py report FILE.journal

reads a journal line by line (its checksums, its question file, its draw, its answers), grades and adds up, and prints a report's numbers as
JSON, which `tests/headless/report/oracle.rs` compares with the program's own report.

    python3 tests/report/oracle.py scores FOLDER

prints the table that every journal in a folder comes to, which `tests/headless/classroom/scores.rs` compares with the match's own.

    python3 tests/report/oracle.py cells FILE.xlsx

prints every cell of a workbook as JSON, read from its XML.

Sums are exact fractions; where the program uses a closed form, this solves the equation that the form was made from.
"""

import hashlib
import itertools
import json
import math
import pathlib
import struct
import sys
import unicodedata
import zipfile
import zlib
from fractions import Fraction as F
from statistics import NormalDist
from xml.etree import ElementTree

Z = NormalDist().inv_cdf(0.975)


# ---------------------------------------------------------------- item analysis


def mean(values):
    return sum(values, F(0)) / len(values)


def covariance(xs, ys):
    if len(xs) < 2:
        return None
    # Not by deviations, as the program does it, but by the sum of products: exact, since these are fractions.
    n = len(xs)
    return (sum((x * y for x, y in zip(xs, ys)), F(0)) - sum(xs, F(0)) * sum(ys, F(0)) / n) / (n - 1)


def variance(xs):
    return covariance(xs, xs)


def root(fraction):
    return math.sqrt(fraction)


def solve(function, low, high):
    """Where a function that changes its sign between two points is nothing, by halving."""
    rising = function(high) > 0
    for _ in range(200):
        middle = (low + high) / 2
        if (function(middle) > 0) == rising:
            high = middle
        else:
            low = middle
    return (low + high) / 2


def estimate(value, interval, n):
    return None if value is None else {"value": float(value), "interval": interval, "n": n}


def wilson(shares):
    """The p for which the share found is just 1.96 of p's own standard errors away (Wilson 1927)."""
    if not shares:
        return None
    n, found = len(shares), float(mean(shares))

    def apart(p):
        return (found - p) ** 2 * n - Z * Z * p * (1 - p)

    low = 0.0 if found <= 0 else solve(apart, 0.0, found)
    high = 1.0 if found >= 1 else solve(apart, found, 1.0)
    return estimate(found, [low, high], n)


def correlation(xs, ys, scale=1.0):
    """Pearson; the interval solves Fisher's transformation (1921) for both ends."""
    if len(xs) < 2:
        return None
    vx, vy = variance(xs), variance(ys)
    if vx == 0 or vy == 0:
        return None
    c = covariance(xs, ys)
    square = c * c / (vx * vy)
    r = math.copysign(1.0 if square == 1 else root(square), c)
    interval = None
    if len(xs) > 3:
        reach = Z / math.sqrt(len(xs) - 3)
        if abs(r) == 1.0:
            interval = [r * scale, r * scale]
        else:
            z = 0.5 * math.log((1 + r) / (1 - r))
            ends = [(math.exp(2 * at) - 1) / (math.exp(2 * at) + 1) for at in (z - reach, z + reach)]
            interval = [end * scale for end in ends]
    return estimate(r * scale, interval, len(xs))


def jackknife(data, figure, least=-math.inf, most=math.inf):
    value = figure(data)
    if value is None:
        return None
    interval = None
    if len(data) > 2:
        without = [figure(data[:i] + data[i + 1 :]) for i in range(len(data))]
        if all(w is not None for w in without):
            n = len(data)
            middle = math.fsum(without) / n
            reach = Z * math.sqrt((n - 1) / n * math.fsum((w - middle) ** 2 for w in without))
            interval = [max(least, value - reach), min(most, value + reach)]
    return estimate(value, interval, len(data))


def deviation(xs):
    v = variance(xs)
    return None if v is None else root(v)


def efficiency(pairs):
    xs, ys = [x for x, _ in pairs], [y for _, y in pairs]
    most = covariance(sorted(xs), sorted(ys))
    if not most:
        return None
    return float(100 * covariance(xs, ys) / most)


def score(row, without=None):
    had = [mark for i, mark in enumerate(row) if mark is not None and i != without]
    return mean(had) if had else None


def item(rows, question):
    had = [row for row in rows if row[question] is not None]
    marks = [row[question] for row in had]
    rest = [(row[question], score(row, question)) for row in had if score(row, question) is not None]
    whole = covariance(marks, [score(row) for row in had])
    return {
        "had": len(had),
        "facility": wilson(marks),
        "deviation": jackknife(marks, deviation, least=0.0),
        "discrimination": correlation([x for x, _ in rest], [y for _, y in rest], 100.0),
        "efficiency": jackknife(rest, efficiency, most=100.0),
        "negative": whole is not None and whole < 0,
    }


def alpha(rows, questions):
    """Cronbach (1951); the interval is Bonett's with its correction of bias."""
    whole = [row for row in rows if all(mark is not None for mark in row)]
    n, k = len(whole), questions
    if k < 2 or n < 2:
        return None
    total = variance([sum(row, F(0)) for row in whole])
    if total == 0:
        return None
    value = F(k, k - 1) * (1 - sum((variance([row[q] for row in whole]) for q in range(k)), F(0)) / total)
    interval = None
    if n > 2:
        spread = Z * math.sqrt(2 * k / ((k - 1) * (n - 2)))
        unbiased = float(1 - value) * (n - 1) / n
        interval = [1 - unbiased * math.exp(spread), 1 - unbiased * math.exp(-spread)]
    return estimate(value, interval, n)


def thirds(rest):
    """top, middle or bottom by the middle of the ranks that equal scores share."""
    n = len(rest)
    found = []
    for mine in rest:
        ranks = [i + 1 for i, other in enumerate(sorted(rest)) if other == mine]
        middle = (mean([F(rank) for rank in ranks]) - F(1, 2)) / n
        found.append("bottom" if middle < F(1, 3) else "top" if middle > F(2, 3) else "middle")
    return found


def options(keys, answers):
    """answers: (the set of options chosen, the rest score or None) of everybody who answered."""
    ranked = [(chosen, rest) for chosen, rest in answers if rest is not None]
    where = thirds([rest for _, rest in ranked])
    lines = []
    for option, key in enumerate(keys):
        took = [option in chosen for chosen, _ in answers]
        lines.append(
            {
                "key": key,
                "all": [sum(took), len(answers)],
                "thirds": [
                    [
                        sum(option in chosen for (chosen, _), at in zip(ranked, where) if at == third),
                        where.count(third),
                    ]
                    for third in ("top", "middle", "bottom")
                ],
                "share": wilson([F(int(t)) for t in took]),
                "rest": correlation([F(int(option in chosen)) for chosen, _ in ranked], [rest for _, rest in ranked]),
                "non_functional": not key and bool(answers) and F(sum(took), len(answers)) < F(5, 100),
            }
        )
    of_keys = [line["rest"]["value"] for line in lines if line["key"] and line["rest"]]
    for line in lines:
        r = line["rest"]["value"] if line["rest"] else None
        line["suspicious"] = (
            not line["key"]
            and not line["non_functional"]
            and line["all"][0] > 0
            and r is not None
            and (r > 1e-12 or bool(of_keys) and r > min(of_keys) + 1e-12)
        )
    return lines


# ---------------------------------------------------------------- vectors


class Chance:
    """A generator of its own (Knuth's MMIX), so that the vectors stay the same whatever Python does with its own."""

    def __init__(self, seed):
        self.state = seed

    def below(self, bound):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % bound


def case(seed):
    chance = Chance(seed)
    students = (0, 1, 2, 3, 4, 5, 12, 19, 20, 27, 30, 33)[seed % 12]
    questions = (1, 2, 3, 5, 8)[seed // 12 % 5]
    partial, gaps, flat = seed % 3 == 0, seed % 4 == 1, seed % 7 == 3
    rows = []
    for _ in range(students):
        skill = chance.below(1000)
        late = chance.below(questions + 1) if gaps and chance.below(3) == 0 else 0
        row = []
        for q in range(questions):
            luck = chance.below(1000)
            right = skill + 300 - 150 * (q % 4) > luck
            if seed % 5 == 4 and q == 0:
                right = not right
            if flat and q == 1:
                right = True
            mark = 1000 if right else chance.below(1000) if partial else 0
            row.append(None if q < late else mark)
        rows.append(row)
    options_of = 2 + seed % 5
    keys = [o == 0 or (seed % 6 == 5 and o == 1) for o in range(options_of)]
    answers = []
    for _ in range(students):
        rest = None if chance.below(15) == 0 else chance.below(11) * 100
        knows = rest is not None and rest > chance.below(1000)
        if sum(keys) == 1:
            chosen = [0 if knows else chance.below(options_of)]
        else:
            chosen = [o for o in range(options_of) if (keys[o] if knows else chance.below(2))]
        answers.append((chosen, rest))
    share_rows = [[None if mark is None else F(mark, 1000) for mark in row] for row in rows]
    fractions = [(set(chosen), None if rest is None else F(rest, 1000)) for chosen, rest in answers]
    return {
        "marks": rows,
        "questions": questions,
        "items": [item(share_rows, q) for q in range(questions)],
        "alpha": alpha(share_rows, questions),
        "keys": keys,
        "answers": [{"options": chosen, "rest": rest} for chosen, rest in answers],
        "options": options(keys, fractions),
    }


def vectors():
    for seed in range(60):
        print(json.dumps(case(seed), separators=(",", ":")))


# ---------------------------------------------------------------- the question file


class Ron:
    """As much of RON as question files use. A struct becomes a dict with its name under "kind"; a tuple becomes a list."""

    ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "0": "\0", '"': '"', "\\": "\\", "'": "'"}

    def __init__(self, text):
        self.text, self.at = text, 0

    def blank(self):
        while self.at < len(self.text):
            if self.text[self.at].isspace():
                self.at += 1
            elif self.text.startswith("//", self.at):
                self.at = (self.text.find("\n", self.at) + 1) or len(self.text)
            elif self.text.startswith("/*", self.at):
                self.at = self.text.index("*/", self.at) + 2
            else:
                return

    def look(self, sign):
        self.blank()
        if self.text.startswith(sign, self.at):
            self.at += len(sign)
            return True
        return False

    def word(self):
        self.blank()
        start = self.at
        while self.at < len(self.text) and (self.text[self.at].isalnum() or self.text[self.at] == "_"):
            self.at += 1
        return self.text[start : self.at]

    def string(self):
        found = []
        while True:
            c = self.text[self.at]
            self.at += 1
            if c == '"':
                return "".join(found)
            if c != "\\":
                found.append(c)
                continue
            c = self.text[self.at]
            self.at += 1
            if c == "u":
                end = self.text.index("}", self.at)
                found.append(chr(int(self.text[self.at + 1 : end], 16)))
                self.at = end + 1
            elif c == "x":
                found.append(chr(int(self.text[self.at : self.at + 2], 16)))
                self.at += 2
            elif c == "\n":
                while self.text[self.at].isspace():
                    self.at += 1
            else:
                found.append(self.ESCAPES[c])

    def items(self, end, item):
        found = []
        while not self.look(end):
            found.append(item())
            self.look(",")
        return found

    def entry(self):
        key = self.value()
        assert self.look(":")
        return key, self.value()

    def value(self):
        if self.look('"'):
            return self.string()
        if self.look("["):
            return self.items("]", self.value)
        if self.look("{"):
            return dict(self.items("}", self.entry))
        start = self.at
        name = self.word() if self.text[self.at].isalpha() else ""
        if name in ("true", "false"):
            return name == "true"
        if self.look("("):
            # Names with colons, or things in a row.
            self.blank()
            inside = self.at
            first = self.word()
            named = bool(first) and self.look(":")
            self.at = inside
            if not named:
                return self.items(")", self.value)
            fields = dict(self.items(")", self.field))
            return {"kind": name, **fields}
        self.at = start
        while self.at < len(self.text) and self.text[self.at] not in ",)]} \n\r\t/":
            self.at += 1
        return F(self.text[start : self.at].replace("_", ""))

    def field(self):
        name = self.word()
        assert self.look(":"), (name, self.text[self.at : self.at + 40])
        return name, self.value()


# ---------------------------------------------------------------- the draw


def chacha8(seed):
    """Eight rounds of ChaCha (Bernstein 2008) with a counter of 64 bits and no nonce, as numbers of 64 bits."""

    def quarter(s, a, b, c, d):
        for x, y, z, turn in ((a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)):
            s[x] = (s[x] + s[y]) % 2**32
            mixed = s[z] ^ s[x]
            s[z] = (mixed << turn | mixed >> (32 - turn)) % 2**32

    counter = 0
    while True:
        words = list(struct.unpack("<4I", b"expand 32-byte k")) + list(struct.unpack("<8I", seed))
        words += [counter % 2**32, counter >> 32, 0, 0]
        s = list(words)
        for _ in range(4):
            for column in ((0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10, 14), (3, 7, 11, 15)):
                quarter(s, *column)
            for diagonal in ((0, 5, 10, 15), (1, 6, 11, 12), (2, 7, 8, 13), (3, 4, 9, 14)):
                quarter(s, *diagonal)
        block = [(a + b) % 2**32 for a, b in zip(s, words)]
        for low, high in zip(block[::2], block[1::2]):
            yield low | high << 32
        counter += 1


def keyed(label, seed, *parts):
    data = label.encode() + seed
    for part in parts:
        data += struct.pack("<Q", len(part.encode())) + part.encode()
    return hashlib.sha256(data).digest()


def shuffled(part, owner, texts, seed):
    """Which of the texts stands where."""
    order = sorted(range(len(texts)), key=lambda i: (keyed("roundtable draw 1 sort", seed, part, owner, texts[i]), i))
    stream = chacha8(keyed("roundtable draw 1 shuffle", seed, part, owner))
    for last in range(len(order) - 1, 0, -1):
        bound = last + 1
        while True:
            drawn = next(stream)
            if drawn < 2**64 - 2**64 % bound:
                break
        other = drawn % bound
        order[last], order[other] = order[other], order[last]
    return order


def draw(bank, settings):
    """(round, question) in play order."""
    seed = bytes(settings["seed"])
    rounds = {entry["id"]: entry for entry in bank["rounds"]}
    only = [id for id in settings.get("only", []) if any(q["id"] == id for r in bank["rounds"] for q in r["questions"])]
    if only and settings.get("in_order"):
        # One round, in just this order.
        questions = {q["id"]: q for r in bank["rounds"] for q in r["questions"]}
        return [(None, [Asked(questions[id], seed) for id in dict.fromkeys(only)])]
    asked = list(dict.fromkeys(id for id in settings["rounds"] if id in rounds)) or list(rounds)
    if only:
        asked = list(rounds)
    played = []
    for id in asked:
        questions = rounds[id]["questions"]
        order = [questions[i] for i in shuffled("questions", id, [q["id"] for q in questions], seed)]
        if only:
            order = [q for q in order if q["id"] in only]
        elif settings["per_round"] is not None:
            order = order[: max(1, settings["per_round"])]
        if order:
            played.append((rounds[id], [Asked(q, seed) for q in order]))
    return played


class Asked:
    """A question as it was dealt: what was shown where, and the right answer in those terms."""

    SECONDS = {"TrueFalse": 15, "Choice": 20, "MultiChoice": 30, "Number": 30, "Text": 40, "Order": 45, "Match": 60}

    def __init__(self, question, seed):
        self.q, self.kind = question, question["kind"]
        id, kind = question["id"], self.kind
        wrong = question.get("distractors", [])
        self.accept = []
        if kind in ("Choice", "MultiChoice"):
            right = [question["key"]] if kind == "Choice" else question["keys"]
            texts = right + wrong
            self.shown = [texts[i] for i in shuffled("options", id, texts, seed)]
            places = sorted(self.shown.index(text) for text in right)
            self.key = places[0] if kind == "Choice" else places
        elif kind == "TrueFalse":
            self.shown = ["True", "False"]
            self.key = question["key"]
        elif kind == "Number":
            self.key = question["key"]
        elif kind == "Order":
            self.shown = [question["items"][i] for i in shuffled("items", id, question["items"], seed)]
            self.key = [self.shown.index(text) for text in question["items"]]
        elif kind == "Match":
            left, right = [a for a, _ in question["pairs"]], [b for _, b in question["pairs"]] + wrong
            self.left = shuffled("left", id, left, seed)
            self.right = shuffled("right", id, right, seed)
            self.shown = [left[i] for i in self.left]
            self.partners = [right[i] for i in self.right]
            self.key = [self.right.index(i) for i in self.left]
        else:
            self.key, self.accept = question["key"], question.get("accept", [])
        self.own_key = (self.key, tuple(self.accept))

    def limit_ms(self, pace, extra):
        if pace == "None":
            return None
        q = self.q
        texts = [q["stem"]] + q.get("items", []) + q.get("keys", [])
        if self.kind == "Choice":
            texts.append(q["key"])
        if self.kind in ("Choice", "MultiChoice", "Match"):
            texts += q.get("distractors", [])
        texts += [side for pair in q.get("pairs", []) for side in pair]
        reading = -(-max(0, sum(map(len, texts)) - 120) // 60)
        seconds = int(q["seconds"]) if "seconds" in q else self.SECONDS[self.kind] + reading
        return seconds * {"Relaxed": 2, "Standard": 1}[pace] * min(100, max(10, extra)) * 100

    def words(self, answer):
        kind = self.kind
        if kind == "Number":
            return f"{people(answer)} {self.q.get('unit', '')}".strip()
        if kind == "Order":
            return " → ".join(self.shown[i] for i in answer)
        if kind == "Match":
            given = [(self.shown[i], self.partners[p]) for i, p in enumerate(answer) if p is not None]
            return "; ".join(f"{left} – {right}" for left, right in given)
        return answer

    def chosen(self, answer):
        if self.kind == "Choice":
            return {answer}
        if self.kind == "TrueFalse":
            return {0 if answer else 1}
        return set(answer)

    def credit(self, key, accept, answer):
        """Thousandths."""
        kind = self.kind
        if kind in ("Choice", "TrueFalse"):
            return 1000 * (answer == key)
        if kind == "Text":
            return 1000 * (fold(answer) in [fold(text) for text in [key, *accept]])
        if kind == "Number":
            step, reach = self.q.get("step", F(1)), self.q.get("tolerance", F(0))
            apart = abs(decimal(answer) - decimal(key))
            if apart * 1_000_000 <= step / 2:
                return 1000
            if apart > reach + step / 2_000_000:
                return 0
            return min(999, max(1, nearest(1000 * (1 - apart / (reach + step)))))
        if answer == key:
            return 1000
        if kind == "MultiChoice":
            good = len(set(answer) & set(key))
            part = F(max(0, good - (len(answer) - good)), len(key) or 1)
        elif kind == "Order":
            place = {item: at for at, item in enumerate(answer)}
            pairs = list(itertools.combinations(key, 2))
            part = F(sum(place[a] < place[b] for a, b in pairs), len(pairs))
        else:
            given = [(k, a) for k, a in zip(key, answer) if a is not None]
            good = sum(k == a for k, a in given)
            # A corrected key may have no pair at all: then nothing but that earns anything.
            part = F(max(0, good - (len(given) - good)), sum(k is not None for k in key) or 1)
        return min(999, nearest(1000 * part))


def nearest(fraction):
    return math.floor(fraction + F(1, 2))


def decimal(number):
    return number if isinstance(number, F) else F(repr(number))


def people(number):
    """A number as people write it."""
    text = repr(float(number))
    text = text[:-2] if text.endswith(".0") else text
    whole, dot, rest = text.lstrip("-").partition(".")
    whole = f"{int(whole):,}" if len(whole) > 4 else whole
    return ("−" if text.startswith("-") else "") + whole + dot + rest


def fold(text):
    """Typed answers without case, accents and punctuation: simpler than the program's, and the same for what is typed in tests."""
    text = unicodedata.normalize("NFKD", text).casefold()
    text = "".join(c for c in text if not unicodedata.combining(c))
    text = "".join("" if c in ".'’‘" else c if c.isalnum() or c in "%€$£+#" else " " for c in text)
    return " ".join(text.split())


# ---------------------------------------------------------------- the journal


def lines(path):
    """The header and the records; a torn last line is left out."""
    found = []
    with open(path, "rb") as file:
        raw = file.read().split(b"\n")
    for at, line in enumerate(raw):
        whole = len(line) > 9 and at + 1 < len(raw) and int(line[:8], 16) == zlib.crc32(line[9:])
        if not whole:
            assert at + 2 >= len(raw), f"line {at + 1} is damaged"
            break
        found.append(json.loads(line[9:]))
    header, records = found[0], found[1:]
    assert hashlib.sha256(header["bank"].encode()).hexdigest() == header["bank_sha256"]
    assert [record["n"] for record in records] == list(range(1, len(records) + 1))
    return header, records


class Play:
    """A match, played again from its records."""

    def __init__(self, header, records):
        settings = self.settings = header["settings"]
        self.bank = Ron(header["bank"]).value()
        self.rounds = draw(self.bank, settings)
        self.slots = [(r, asked) for r, (_, questions) in enumerate(self.rounds) for asked in questions]
        self.stage, self.round, self.question, self.in_round = "lobby", 0, 0, 0
        self.closed, self.skipped, self.changes = 0, set(), []
        self.names, self.first, self.answers = [], [], {}
        self.joined_in, self.gone_after, self.extra = [], {}, {}
        self.first_votes, self.revoted, self.held = {}, set(), False
        self.hold = settings.get("hold", False)
        self.opened = self.stood = self.paused_at = None
        for record in records:
            ((source, event),) = record["event"].items()
            name, fields = (event, {}) if isinstance(event, str) else next(iter(event.items()))
            getattr(self, f"{source}_{name}".lower())(record, fields)

    # Commands.

    def command_join(self, record, fields):
        self.names.append(fields["name"])
        self.first.append(self.question + 1)
        self.joined_in.append(self.question if self.stage == "asking" else 0)

    def command_rename(self, record, fields):
        self.names[fields["player"]] = fields["name"].strip()

    def command_kick(self, record, fields):
        self.gone_after[fields["player"]] = self.closed

    def command_extra(self, record, fields):
        self.extra[fields["player"]] = fields["extra"]

    def command_lock(self, record, fields):
        pass

    def command_unlock(self, record, fields):
        pass

    def command_close(self, record, fields):
        assert self.hold and self.stage == "asking"
        self.held = True

    def command_revote(self, record, fields):
        question = fields["question"]
        assert self.held and question == self.question
        votes = {key: self.answers.pop(key) for key in list(self.answers) if key[1] == question}
        if question not in self.revoted:
            self.first_votes.update(votes)
            self.revoted.add(question)
        self.held, self.opened, self.stood = False, record["at"], 0

    def command_answer(self, record, fields):
        elapsed = max(0, record["at"] - self.opened - self.stood - record.get("lag_ms", 0))
        assert not self.held and fields["player"] not in self.gone_after
        assert elapsed == record["elapsed_ms"], (record, elapsed)
        assert self.stage == "asking" and fields["question"] == self.question
        ((kind, answer),) = fields["answer"].items()
        key = (fields["player"], fields["question"])
        assert key not in self.answers and kind == self.slots[self.question - 1][1].kind
        limit = self.slots[self.question - 1][1].limit_ms(self.settings["pace"], self.settings["extra"])
        if limit is not None:
            limit = limit * self.extra.get(fields["player"], 10) // 10
        self.answers[key] = {
            "answer": answer,
            "elapsed": elapsed,
            "sure": fields["sure"],
            "limit": limit,
            "lag": record.get("lag_ms", 0),
        }

    def command_sure(self, record, fields):
        self.answers[fields["player"], fields["question"]]["sure"] = fields["sure"]

    def command_next(self, record, fields):
        self.go_on(record["at"])

    def command_reveal(self, record, fields):
        self.close()

    def command_skip(self, record, fields):
        self.close()
        self.skipped.add(self.closed)
        self.changes.append(("uncount", self.closed))

    def command_pause(self, record, fields):
        self.paused_at = record["at"]

    def command_resume(self, record, fields):
        if self.stood is not None:
            self.stood += record["at"] - self.paused_at
        self.paused_at = None

    def command_void(self, record, fields):
        self.changes.append(("uncount", fields["question"]))

    def command_correct(self, record, fields):
        ((_, key),) = fields["key"]["answer"].items()
        self.changes.append(("key", fields["question"], key, fields["key"]["accept"]))

    def command_undo(self, record, fields):
        self.changes.pop()

    def command_abandon(self, record, fields):
        self.stage = "finished"

    # The clock.

    def clock_timeup(self, record, fields):
        if self.hold:
            self.held = True
        else:
            self.close()

    def clock_allanswered(self, record, fields):
        self.clock_timeup(record, fields)

    def clock_wenton(self, record, fields):
        self.go_on(record["at"])

    # Stages.

    def close(self):
        assert self.stage == "asking"
        self.stage, self.closed, self.held = "feedback", self.closed + 1, False

    def go_on(self, at):
        if self.stage == "lobby":
            self.stage = "intro"
        elif self.stage == "intro" or (self.stage == "feedback" and self.in_round < len(self.rounds[self.round][1])):
            self.stage, self.opened, self.stood = "asking", at, 0
            self.question += 1
            self.in_round += 1
        elif self.stage == "feedback" and self.settings.get("standings", "Rounds") == "Rounds":
            self.stage = "standings"
        elif self.stage in ("feedback", "standings") and self.round + 1 == len(self.rounds):
            self.stage = "finished"
        elif self.stage in ("feedback", "standings"):
            self.stage, self.round, self.in_round = "intro", self.round + 1, 0
        else:
            raise AssertionError(self.stage)

    # What it came to.

    def counts(self, question):
        return ("uncount", question) not in self.changes

    def key(self, question):
        asked = self.slots[question - 1][1]
        corrected = [change for change in self.changes if change[0] == "key" and change[1] == question]
        return corrected[-1][2:] if corrected else (asked.key, asked.accept)

    def had(self, player, question):
        """Late comers had the question that was open when they came if they answered it; whoever was sent away had what came before."""
        if self.settings["play"] == "Turns" and (question - 1) % len(self.names) != player:
            return False
        answered = (player, question) in self.answers
        if player in self.gone_after and question > self.gone_after[player] and not answered:
            return False
        return question >= self.first[player] or question == self.joined_in[player] and answered

    def outcome(self, player, question):
        """(thousandths, points) of a question that counts."""
        given = self.answers.get((player, question))
        if given is None:
            return 0, 0
        asked, limit = self.slots[question - 1][1], given["limit"]
        credit = asked.credit(*self.key(question), given["answer"])
        points = credit
        if self.settings["scoring"] == "Speed" and limit is not None and given["elapsed"] >= 500:
            points = math.floor(credit * (1 - F(min(given["elapsed"], limit), 2 * limit)))
        return credit, points


def report(path):
    play = Play(*lines(path))
    asked = range(1, play.closed + 1)
    counted = [q for q in asked if play.counts(q)]
    everybody = range(len(play.names))
    players = [p for p in everybody if p not in play.gone_after]
    outcomes = {(p, q): play.outcome(p, q) for p in everybody for q in counted if play.had(p, q)}
    rows = {p: [F(outcomes[p, q][0], 1000) if (p, q) in outcomes else None for q in counted] for p in players}
    rounds = max((play.slots[q - 1][0] + 1 for q in asked), default=0)

    students = []
    for p in everybody:
        mine = [q for q in counted if (p, q) in outcomes]
        line = {
            "player": p,
            "name": play.names[p],
            "points": sum(outcomes[p, q][1] for q in mine),
            "credit": sum(outcomes[p, q][0] for q in mine),
            "right": sum(outcomes[p, q][0] == 1000 for q in mine),
            "had": len(mine),
            "answered": sum((p, q) in play.answers for q in mine),
            "from": next((q for q in asked if play.had(p, q) and q >= play.joined_in[p] > 0), play.first[p]),
            "gone": p in play.gone_after,
            "time_ms": sum(play.answers[p, q]["elapsed"] for q in mine if (p, q) in play.answers),
            "rounds": [],
            "marks": [],
        }
        for r in range(rounds):
            inside = [q for q in mine if play.slots[q - 1][0] == r]
            line["rounds"].append([sum(outcomes[p, q][0] for q in inside), len(inside)])
        for q in asked:
            if not play.had(p, q):
                line["marks"].append("not had")
            elif not play.counts(q):
                line["marks"].append("uncounted")
            elif (p, q) not in play.answers:
                line["marks"].append("unanswered")
            else:
                line["marks"].append(outcomes[p, q][0])
        students.append(line)
    for line in students:
        better = sum(other["points"] > line["points"] for other in students if not other["gone"])
        line["place"] = 0 if line["gone"] or not play.closed else 1 + better
    students.sort(key=lambda line: (line["gone"], line["place"], line["player"]))

    questions = []
    for q in asked:
        r, slot = play.slots[q - 1]
        counts = play.counts(q)
        had = [p for p in players if play.had(p, q)]
        given = [(p, play.answers[p, q]) for p in had if (p, q) in play.answers]
        credits = [outcomes[p, q][0] for p in had] if counts else []
        times = sorted(answer["elapsed"] for _, answer in given)
        key, accept = play.key(q)
        column = counted.index(q) if counts else None
        line = {
            "number": q,
            "round": r,
            "id": slot.q["id"],
            "kind": slot.kind,
            "fate": "counted" if counts else "skipped" if q in play.skipped else "voided",
            "corrected": (key, tuple(accept)) != slot.own_key,
            "had": len(had),
            "answered": len(given),
            "right": credits.count(1000),
            "partly": sum(0 < credit < 1000 for credit in credits),
            "sure_and_wrong": sum(
                counts and answer["sure"] == "Sure" and outcomes[p, q][0] < 1000 for p, answer in given
            ),
            "median_ms": times[(len(times) - 1) // 2] if times else None,
            "item": item(list(rows.values()), column) if counts else None,
            "revote": None,
            "options": [],
            "common": [],
        }
        if q in play.revoted and counts:
            votes = [(play.first_votes[p, q], play.answers[p, q]) for p in had if (p, q) in play.first_votes and (p, q) in play.answers]
            right = [[slot.credit(key, accept, vote["answer"]) == 1000 for vote in pair] for pair in votes]
            before, after = sum(a for a, _ in right), sum(b for _, b in right)
            gain = F(after - before, len(right) - before) if len(right) > before else None
            line["revote"] = [len(right), before, after, None if gain is None else float(gain)]
        if slot.kind in ("Choice", "MultiChoice", "TrueFalse"):
            right = slot.chosen(key)
            answers = [(slot.chosen(answer["answer"]), score(rows[p], column)) for p, answer in given]
            used = options([i in right for i in range(len(slot.shown))], answers)
            line["options"] = [{"text": text, **use} for text, use in zip(slot.shown, used)]
        else:
            groups = {}
            for p, answer in sorted(given, key=lambda one: one[0]):
                text = slot.words(answer["answer"])
                same = fold(text) if slot.kind == "Text" else text
                groups.setdefault(same, [text, 0, outcomes[p, q][0] if counts else 0])[1] += 1
            line["common"] = sorted(groups.values(), key=lambda group: -group[1])[:5]
        questions.append(line)

    scores = [score(row) for row in rows.values() if score(row) is not None]
    lags, means, earned = [], [], []
    for line in students:
        mine = [play.answers[line["player"], q]["lag"] for q in asked if (line["player"], q) in play.answers]
        if not line["gone"] and mine and line["had"]:
            lags += [lag for lag in mine if lag > 0]
            means.append(F(sum(mine), len(mine)))
            earned.append(F(line["points"], line["had"]))
    lags.sort()
    fairness = [len(lags), lags[(len(lags) - 1) // 2], lags[-1], correlation(means, earned)] if lags else None
    return {
        "title": play.bank["title"],
        "drawn": len(play.slots),
        "finished": play.stage == "finished",
        "students": students,
        "questions": questions,
        "mean": wilson(scores),
        "deviation": deviation(scores) if scores else None,
        "alpha": alpha(list(rows.values()), len(counted)),
        "fairness": fairness,
    }


def scores(folder):
    """The table of every journal in a folder, in the order of their names: (place, player, name, points, credit, questions counted)."""
    tables = []
    for path in sorted(pathlib.Path(folder).glob("*.journal")):
        play = Play(*lines(path))
        counted = [q for q in range(1, play.closed + 1) if play.counts(q)]
        rows = []
        for p in (p for p in range(len(play.names)) if p not in play.gone_after):
            outcomes = [play.outcome(p, q) for q in counted if play.had(p, q)]
            rows.append([sum(points for _, points in outcomes), p, sum(credit for credit, _ in outcomes), len(outcomes)])
        rows.sort(key=lambda row: (-row[0], row[1]))
        tables.append(
            [[1 + sum(other[0] > points for other in rows), p, play.names[p], points, credit, had] for points, p, credit, had in rows]
        )
    return tables


# ---------------------------------------------------------------- workbooks


def cells(path):
    """Every sheet's cells in order: its kind ("s" a string, "n" a number, "f" a formula), its text, and whether it is marked as text."""
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    found = {}
    with zipfile.ZipFile(path) as book:
        shared = []
        if "xl/sharedStrings.xml" in book.namelist():
            for si in ElementTree.fromstring(book.read("xl/sharedStrings.xml")).iter(f"{space}si"):
                shared.append("".join(t.text or "" for t in si.iter(f"{space}t")))
        styles = ElementTree.fromstring(book.read("xl/styles.xml")).find(f"{space}cellXfs")
        quoted = [style.get("quotePrefix") == "1" for style in styles]
        names = [sheet.get("name") for sheet in ElementTree.fromstring(book.read("xl/workbook.xml")).iter(f"{space}sheet")]
        for number, name in enumerate(names, 1):
            rows = []
            for cell in ElementTree.fromstring(book.read(f"xl/worksheets/sheet{number}.xml")).iter(f"{space}c"):
                value = cell.find(f"{space}v")
                text = None if value is None else value.text
                kind = "f" if cell.find(f"{space}f") is not None else "s" if cell.get("t") == "s" else "n"
                if kind == "s":
                    text = shared[int(text)]
                rows.append({"at": cell.get("r"), "kind": kind, "text": text, "quoted": quoted[int(cell.get("s") or 0)]})
            found[name] = rows
    return found


if __name__ == "__main__":
    if sys.argv[1:] == ["vectors"]:
        vectors()
    elif len(sys.argv) == 3 and sys.argv[1] == "report":
        json.dump(report(sys.argv[2]), sys.stdout)
    elif len(sys.argv) == 3 and sys.argv[1] == "scores":
        json.dump(scores(sys.argv[2]), sys.stdout)
    elif len(sys.argv) == 3 and sys.argv[1] == "cells":
        json.dump(cells(sys.argv[2]), sys.stdout)
    else:
        sys.exit(__doc__)

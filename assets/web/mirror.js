// The game for everyone whom a canvas tells nothing: real elements, unseen, each exactly over what is drawn.
//
// The game says what they are (src/game/a11y/page.rs); here they are put in place, and what is done with them goes back as a request. They
// lie over the drawn controls, so that a reader's frame, a magnifier, and a voice that says "click Play" find them where they are seen; and
// they let the pointer through, so that mouse and finger play on the canvas as if nothing lay over it. (One exception: a field that is being
// typed in takes the finger, for the system's own menu to paste and the system's own keys.)
//
// The browser's focus is always on the element of the control that has the game's, never on the canvas; so there is one focus, and Tab goes
// on to the rest of the page. Keys that the browser has no use for are handed to the canvas, where the game hears them as ever.
//
// The game calls `roundtable.mirror.update(changes)` and `.leave()`; `roundtable.ask(id, action, value, anchor, cursor)` is the game's.

// (A page that has been taken over by a word of trouble has neither: then nothing comes of it.)
const canvas = document.getElementById('game') ?? document.createElement('canvas');
const host = document.getElementById('mirror') ?? document.createElement('div');
const roundtable = window.roundtable;

/** By id: the element, what the game last said of it, and what stands for its description. */
const parts = new Map();
/** Requests that the game has not answered yet are newer than what it says. */
let asked = 0;
let answered = 0;
/** The element that the game's focus is on. */
let focus = '';
/** The field is to be brought into view, once the game has put everything in its new place. */
let reveal = false;
/** While the mirror itself moves the focus or writes a value. */
let writing = false;
/** Whether the game has been told that the keys are its. */
let awake = false;
/** The last pointer was a finger: a field is focused only by it, or the system's keys would cover the question. */
let byFinger = matchMedia('(hover: none) and (pointer: coarse)').matches;

const main = document.createElement('main');
const descriptions = document.createElement('div');
const polite = region('status', 'polite');
const assertive = region('alert', 'assertive');

function region(role, live) {
  const element = document.createElement('div');
  element.setAttribute('role', role);
  element.setAttribute('aria-live', live);
  element.setAttribute('aria-atomic', 'true');
  return element;
}

function ask(id, action, value, anchor = 0, cursor = 0) {
  asked = roundtable.ask?.(id, action, value, anchor, cursor) ?? asked;
}

// ---- What the game says.

/** What is different now, as the text of `Changes` in page.rs. */
export function update(text) {
  const changes = JSON.parse(text);
  answered = changes.answered;
  if (document.title !== changes.title) document.title = changes.title;
  if (changes.language && document.documentElement.lang !== changes.language) document.documentElement.lang = changes.language;
  const had = main.contains(document.activeElement);
  writing = true;
  for (const element of changes.elements) write(element);
  arrange(main, changes.top);
  for (const id of changes.gone) remove(id);
  say(polite, changes.polite);
  say(assertive, changes.assertive);
  writing = false;
  const moved = focus !== changes.focus;
  focus = changes.focus;
  settle();
  // The focused element may be gone, and the browser's focus with it.
  if (had && !main.contains(document.activeElement)) take();
  else if (moved && had && asked <= answered) take();
  else if (!had && moved && mayBegin()) take();
  // What is being typed in stays in view: a line more beneath it, or a phone's keys, may have covered it.
  if (reveal && asked <= answered) {
    reveal = false;
    if (isField(document.activeElement ?? main)) ask(idOf(document.activeElement), 'show');
  }
  while (held.length && asked <= answered) canvas.dispatchEvent(held.shift());
}

/** In a page of its own the game has the keys from the start; within another page it waits to be asked. */
function mayBegin() {
  const nobody = !document.activeElement || document.activeElement === document.body || document.activeElement === canvas;
  return !awake && nobody && window.top === window;
}

function write(said) {
  let part = parts.get(said.id);
  if (part && part.said.tag !== said.tag) {
    remove(said.id);
    part = undefined;
  }
  if (!part) {
    const element = document.createElement(said.tag);
    element.dataset.id = said.id;
    part = { element, said: { children: [] }, description: null };
    parts.set(said.id, part);
  }
  const { element, said: before } = part;
  part.said = said;
  const attributes = new Map(said.attributes);
  for (const [name] of before.attributes ?? []) if (!attributes.has(name)) element.removeAttribute(name);
  for (const [name, value] of attributes) if (element.getAttribute(name) !== value) element.setAttribute(name, value);
  if (said.text !== before.text) element.textContent = said.text ?? '';
  describe(part, said.description);
  place(element, said.place, before.place);
  if (said.children?.length || before.children?.length) arrange(element, said.children ?? []);
}

function describe(part, words) {
  if (!words) {
    part.description?.remove();
    part.description = null;
    part.element.removeAttribute('aria-describedby');
    return;
  }
  if (!part.description) {
    part.description = document.createElement('span');
    part.description.id = `about-${part.said.id}`;
    descriptions.append(part.description);
    part.element.setAttribute('aria-describedby', part.description.id);
  }
  if (part.description.textContent !== words) part.description.textContent = words;
}

function place(element, now, before) {
  if (!now) {
    if (before) element.removeAttribute('style');
    return;
  }
  if (before && now.every((side, index) => side === before[index])) return;
  const [left, top, width, height] = now;
  Object.assign(element.style, {
    position: 'absolute', left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px`,
  });
}

/** Children in order, moving as few as possible: an element that is taken out loses the focus. */
function arrange(parent, ids) {
  const wanted = ids.map((id) => parts.get(id)?.element).filter(Boolean);
  const keep = new Set(wanted);
  for (const child of [...parent.children]) {
    if (!keep.has(child) && child !== polite && child !== assertive && child !== descriptions) child.remove();
  }
  const focused = wanted.findIndex((element) => element.contains(document.activeElement));
  // What stands before the focused one goes before it, what stands after it goes after it; it stays.
  if (focused >= 0 && wanted[focused].parentNode === parent) {
    let next = wanted[focused];
    for (let at = focused - 1; at >= 0; at--) {
      if (next.previousElementSibling !== wanted[at]) parent.insertBefore(wanted[at], next);
      next = wanted[at];
    }
    let last = wanted[focused];
    for (let at = focused + 1; at < wanted.length; at++) {
      if (last.nextElementSibling !== wanted[at]) last.after(wanted[at]);
      last = wanted[at];
    }
    return;
  }
  let before = null;
  for (const element of wanted) {
    const here = before ? before.nextElementSibling : parent.firstElementChild;
    if (here !== element) parent.insertBefore(element, here);
    before = element;
  }
}

function remove(id) {
  const part = parts.get(id);
  if (!part) return;
  part.element.remove();
  part.description?.remove();
  parts.delete(id);
}

/** New words are a new element: readers then say all of them, and the same words again. */
function say(region, words) {
  if (region.dataset.said === words) return;
  region.dataset.said = words;
  const line = document.createElement('div');
  line.textContent = words.trim();
  region.replaceChildren(line);
}

/** Values, once the game has answered all that was typed: until then the field knows better. */
function settle() {
  if (asked > answered) return;
  for (const { element, said } of parts.values()) {
    if (said.value === undefined || composing === element) continue;
    if (element.value !== said.value) {
      writing = true;
      element.value = said.value;
      writing = false;
      if (said.selection && element === document.activeElement) {
        const [anchor, cursor] = said.selection;
        element.setSelectionRange(Math.min(anchor, cursor), Math.max(anchor, cursor), anchor > cursor ? 'backward' : 'forward');
      }
    }
  }
}

// ---- The focus.

/** Puts the browser's focus where the game's is. */
function take() {
  const part = parts.get(focus);
  const field = part && isField(part.element);
  const target = part && !(field && byFinger) ? part.element : main;
  if (document.activeElement === target) return;
  writing = true;
  target.focus({ preventScroll: true });
  writing = false;
  wake();
}

/** The window's own idea of the focus: the canvas never has it, but the game shall hear of it. */
function wake() {
  const now = main.contains(document.activeElement) && document.hasFocus();
  if (now === awake) return;
  awake = now;
  canvas.dispatchEvent(new FocusEvent(awake ? 'focus' : 'blur'));
}

/** Out of the game, if it stands within another page. */
export function leave() {
  if (window.parent === window) return;
  document.activeElement?.blur?.();
  wake();
  window.parent.focus();
}

const isField = (element) => element.tagName === 'INPUT' && element.type === 'text';
const idOf = (element) => element?.closest?.('[data-id]')?.dataset.id;

main.addEventListener('focusin', (event) => {
  wake();
  const id = idOf(event.target);
  if (!writing && id && id !== focus && parts.get(id)?.said.focusable) ask(id, 'focus');
  // Whatever the game has to say on the way: from here on this is the focus.
  if (!writing && id) focus = id;
});
main.addEventListener('focusout', (event) => {
  if (!main.contains(event.relatedTarget)) setTimeout(wake);
});
window.addEventListener('blur', wake);
window.addEventListener('focus', wake);

// A press on the canvas would take the focus away, or put it on the canvas.
canvas.addEventListener('mousedown', (event) => {
  event.preventDefault();
  take();
});
canvas.addEventListener('focus', (event) => {
  if (event.isTrusted) take();
});

// ---- Keys.

/** Keys that a field needs for itself; everything else in it is text. */
const FOR_THE_GAME_IN_A_FIELD = new Set(['Enter', 'Escape', 'ArrowUp', 'ArrowDown', 'PageUp', 'PageDown']);

/** Keys that wait until the game has heard what came before them. */
const held = [];

function forward(event) {
  if (event.isComposing || event.keyCode === 229) return;
  const { key, code, location, repeat, ctrlKey, shiftKey, altKey, metaKey } = event;
  const chord = ctrlKey || altKey || metaKey;
  const inField = isField(event.target);
  // Whatever has been let go is let go, wherever the focus is by then.
  if (inField && event.type === 'keydown' && !FOR_THE_GAME_IN_A_FIELD.has(key) && !['Control', 'Shift', 'Alt', 'Meta'].includes(key)) return;
  const copy = new KeyboardEvent(event.type, { key, code, location, repeat, ctrlKey, shiftKey, altKey, metaKey });
  // What was asked for before it comes first: Tab and Enter press the next control, and Enter sends the last letter, too.
  if (held.length || asked > answered) held.push(copy);
  else canvas.dispatchEvent(copy);
  // The browser keeps its own: Tab, the function keys, and all that goes with Ctrl, Alt or Cmd. What an element of its own would do with
  // the rest, it shall not: the game does it.
  const own = key === 'Tab' || key === 'Escape' || /^F\d/.test(key) || (chord && key !== 'Enter');
  if (!own) event.preventDefault();
}

main.addEventListener('keydown', forward);
main.addEventListener('keyup', forward);

// ---- What is done with an element.

main.addEventListener('click', (event) => {
  const part = parts.get(idOf(event.target));
  if (!part) return;
  if (part.element.tagName === 'BUTTON') ask(part.said.id, 'press');
});

let composing = null;

main.addEventListener('compositionstart', (event) => {
  composing = event.target;
});
main.addEventListener('compositionend', (event) => {
  composing = null;
  typed(event.target);
});
main.addEventListener('input', (event) => typed(event.target));
main.addEventListener('beforeinput', (event) => {
  // Some phones' keys say nothing but this.
  if (event.inputType === 'insertLineBreak') event.preventDefault();
});

function typed(element) {
  const id = idOf(element);
  if (writing || !id) return;
  if (!isField(element)) return ask(id, 'value', element.value);
  reveal = true;
  const { selectionStart, selectionEnd, selectionDirection, value } = element;
  const [start, end] = [selectionStart, selectionEnd].map((units) => [...value.slice(0, units)].length);
  ask(id, 'type', value, ...(selectionDirection === 'backward' ? [end, start] : [start, end]));
}

document.addEventListener('selectionchange', () => {
  const element = document.activeElement;
  const part = parts.get(idOf(element));
  if (writing || composing || !part || !isField(element) || element.value !== part.said.value) return;
  const { selectionStart, selectionEnd, selectionDirection, value } = element;
  const ends = selectionDirection === 'backward' ? [selectionEnd, selectionStart] : [selectionStart, selectionEnd];
  if (part.said.selection && ends.every((end, index) => end === part.said.selection[index])) return;
  ask(part.said.id, 'select', undefined, ...ends.map((units) => [...value.slice(0, units)].length));
});

// ---- The finger, and the system's own keys.

/** Further than this it is no tap. */
const TAP_SLOP = 12;
let touch = null;

window.addEventListener('pointerdown', (event) => {
  byFinger = event.pointerType === 'touch';
  touch = byFinger && event.target === canvas ? { x: event.clientX, y: event.clientY } : null;
}, true);
window.addEventListener('keydown', (event) => {
  // Keys that are really there, not those on the glass.
  if (!byFinger || !event.code || isField(document.activeElement ?? main)) return;
  byFinger = false;
  if (main.contains(document.activeElement)) take();
}, true);

function fieldAt(x, y) {
  for (const { element } of parts.values()) {
    if (!isField(element)) continue;
    const at = element.getBoundingClientRect();
    if (x >= at.left && x <= at.right && y >= at.top && y <= at.bottom) return element;
  }
  return null;
}

window.visualViewport?.addEventListener('resize', () => {
  reveal = true;
});

// Only within the gesture itself does a phone bring up its keys; and some count the lifting as the gesture, not the touch.
canvas.addEventListener('touchend', (event) => {
  const at = event.changedTouches[0];
  if (!touch || !at || Math.hypot(at.clientX - touch.x, at.clientY - touch.y) > TAP_SLOP) return;
  const field = fieldAt(at.clientX, at.clientY);
  if (field) {
    // Or the click that follows would take the focus away again.
    event.preventDefault();
    field.focus({ preventScroll: true });
  } else if (isField(document.activeElement)) {
    // Done with typing: the keys go, the game keeps the focus.
    main.focus({ preventScroll: true });
  }
}, { passive: false });

// ---- In place.

main.tabIndex = -1;
descriptions.hidden = true;
main.append(polite, assertive, descriptions);
host.append(main);
canvas.setAttribute('aria-hidden', 'true');
canvas.removeAttribute('aria-label');
canvas.removeAttribute('role');
new MutationObserver(() => {
  // The engine makes its canvas a stop for Tab.
  if (canvas.tabIndex !== -1) canvas.tabIndex = -1;
}).observe(canvas, { attributes: true, attributeFilter: ['tabindex'] });
canvas.tabIndex = -1;

// Gamepads: the browser tells that one is there, but not what is pressed on it. So it is looked at, once a picture of the browser's, only
// while one is connected and the page is seen; and the game hears only of what has changed, so that a pad at rest costs no frame.

/** What the game takes next, four numbers each: the pad's index, what (0 gone, 1 there, 2 a button, 3 an axis), which, its value. */
let changes = [];
let wake = () => {};
let looking = 0;
/** Of each pad what was told last. */
const told = new Map();

const GONE = 0;
const THERE = 1;
const BUTTON = 2;
const AXIS = 3;
/** A stick that lies still trembles by less. */
const TREMBLE = 0.01;

function pads() {
  try {
    return [...navigator.getGamepads()].filter((pad) => pad?.connected);
  } catch {
    // A frame without permission has none.
    return [];
  }
}

function compare(pad, old) {
  pad.buttons.forEach(({ value }, which) => {
    if ((old.buttons[which] ?? 0) === value) return;
    old.buttons[which] = value;
    changes.push(pad.index, BUTTON, which, value);
  });
  pad.axes.forEach((value, which) => {
    if (Math.abs((old.axes[which] ?? 0) - value) < TREMBLE) return;
    old.axes[which] = value;
    changes.push(pad.index, AXIS, which, value);
  });
}

function look() {
  const there = pads();
  const indices = new Set(there.map((pad) => pad.index));
  for (const index of told.keys()) {
    if (indices.has(index)) continue;
    told.delete(index);
    changes.push(index, GONE, 0, 0);
  }
  for (const pad of there) {
    if (!told.has(pad.index)) {
      told.set(pad.index, { buttons: [], axes: [] });
      changes.push(pad.index, THERE, 0, 0);
    }
    compare(pad, told.get(pad.index));
  }
  looking = told.size > 0 ? requestAnimationFrame(look) : 0;
  if (changes.length > 0) wake();
}

function begin() {
  if (!looking) looking = requestAnimationFrame(look);
}

/** From now on `ring` is called when there is something to take. */
export function watchPads(ring) {
  wake = ring;
  window.addEventListener('gamepadconnected', begin);
  window.addEventListener('gamepaddisconnected', begin);
  if (pads().length > 0) begin();
}

/** What has changed since the last call. */
export function takePads() {
  const taken = new Float64Array(changes);
  changes = [];
  return taken;
}

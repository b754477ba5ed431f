// Plays what the game's own generator has made. A page may sound from the first gesture on, so nothing is opened before it; without a device,
// or where sound is denied, nothing is heard and nothing else happens.

/** A sound that could not begin within this is dropped: late, it would belong to something else. */
const STALE_MS = 400;
/** An open device costs power; the next sound is likely within this. */
const LINGER_MS = 3000;
/** So many at once; one more would not be heard out. */
const MOST = 8;
/** As on the desktop (src/platform/sound/voices.rs): up to the knee untouched, beyond it bent to stay below 1. */
const KNEE = 0.8;
/** The bent curve takes sums up to this. */
const SPAN = 4;

const GESTURES = ['pointerdown', 'pointerup', 'touchend', 'keydown'];

let context = null;
let mix = null;
let sounding = 0;
let closing = 0;

function bend(sum) {
  const over = Math.abs(sum) - KNEE;
  return over <= 0 ? sum : Math.sign(sum) * (KNEE + (1 - KNEE) * Math.tanh(over / (1 - KNEE)));
}

function open() {
  context = new AudioContext({ latencyHint: 'interactive' });
  const narrow = new GainNode(context, { gain: 1 / SPAN });
  const curve = Float32Array.from({ length: 4097 }, (_, at) => bend((at / 2048 - 1) * SPAN));
  narrow.connect(new WaveShaperNode(context, { curve })).connect(context.destination);
  mix = narrow;
  rest();
}

/** Closes the device for as long as nothing sounds. */
function rest() {
  clearTimeout(closing);
  closing = setTimeout(() => sounding === 0 && context.suspend().catch(() => {}), LINGER_MS);
}

/** Within a gesture: the only moment in which some browsers let sound begin. */
function unlock() {
  try {
    if (!context) open();
    if (context.state !== 'running') {
      context.resume().catch(() => {});
      rest();
    }
  } catch {
    // No sound here.
    stopListening();
  }
}

function stopListening() {
  for (const name of GESTURES) window.removeEventListener(name, unlock, true);
}

// Some systems take the device away for a call or an alarm; the next gesture gets it back. So this is listened to for good.
for (const name of GESTURES) window.addEventListener(name, unlock, { capture: true, passive: true });

/** Samples a second that the device wants; 0 before the first gesture, and where there is no sound. */
export function soundRate() {
  return context?.sampleRate ?? 0;
}

/** Plays these samples now, so loud. */
export function playSound(samples, rate, gain) {
  if (!context || sounding >= MOST) return;
  try {
    const buffer = new AudioBuffer({ length: Math.max(samples.length, 1), sampleRate: rate });
    buffer.copyToChannel(samples, 0);
    const asked = performance.now();
    const begin = () => {
      if (performance.now() - asked > STALE_MS) return;
      const source = new AudioBufferSourceNode(context, { buffer });
      source.connect(new GainNode(context, { gain })).connect(mix);
      sounding += 1;
      source.onended = () => {
        sounding -= 1;
        rest();
      };
      source.start();
    };
    if (context.state === 'running') begin();
    else context.resume().then(begin, () => {});
  } catch {
    // Not worth a word: sound is never the only signal of anything.
  }
}

// Fetches the game with a progress that is true, starts it, and says plainly what went wrong if it does not start or does not go on.
//
// `window.roundtable` (made by check.js) is what the game finds here:
//
//   ready()    the game's first picture is out: the start page goes. The first call counts
//   playing(is)  whether a match is on the screen
//   resume     true if this page was loaded again because the graphics were lost in mid-match: go on at the same question, without asking
//   crashed(), trouble(), stopped: see check.js
//
// and what the other files of this folder export, each under the name of its file (PARTS).

import * as files from './files.js';
import * as mirror from './mirror.js';
import * as pads from './pads.js';
import * as share from './share.js';
import * as sound from './sound.js';
import * as store from './store.js';

// The build packs them with this file. To add one: import it as a whole, and name it in PARTS.
const PARTS = { files, mirror, pads, share, sound, store };

const STALL_MS = 30_000;
const LOSSES = 3;
const LOSSES_WITHIN_MS = 60_000;
const LOST_KEY = 'roundtable:graphics-lost';

const roundtable = window.roundtable;
const canvas = document.getElementById('game');
const start = document.getElementById('start');

/** An error with the section and the reason that the page shows for it. */
class Trouble extends Error {
  constructor(id, why, detail) {
    super(detail);
    this.id = id;
    this.why = why;
  }
}

function show(trouble) {
  if (trouble instanceof Trouble) roundtable.trouble(trouble.id, trouble.why, trouble.message);
  else roundtable.crashed(trouble && (trouble.message || trouble));
}

// What is kept by sessionStorage is a convenience: where it is denied, a lost context is said instead of mended.
function losses() {
  try {
    const times = JSON.parse(sessionStorage.getItem(LOST_KEY) || '[]');
    return times.filter((time) => Date.now() - time < LOSSES_WITHIN_MS);
  } catch {
    return null;
  }
}

let playing = false;

function watchGraphics() {
  // Once: a later reload by hand is no consequence of the loss.
  try {
    roundtable.resume = sessionStorage.getItem(LOST_KEY + ':now') === 'playing';
    sessionStorage.removeItem(LOST_KEY + ':now');
  } catch {
    roundtable.resume = false;
  }
  canvas.addEventListener('webglcontextlost', (event) => {
    event.preventDefault();
    const before = losses();
    if (before === null || before.length >= LOSSES) {
      roundtable.trouble('lost');
      return;
    }
    try {
      sessionStorage.setItem(LOST_KEY, JSON.stringify([...before, Date.now()]));
      sessionStorage.setItem(LOST_KEY + ':now', playing ? 'playing' : '');
    } catch {
      roundtable.trouble('lost');
      return;
    }
    // A page in the background gets no graphics back; it waits until somebody looks.
    const again = () => document.visibilityState === 'visible' && location.reload();
    document.addEventListener('visibilitychange', again);
    again();
  });
}

/** Only what the compiled game throws: an extension's script that fails on this page must not end it. */
function fatal(error) {
  return error instanceof WebAssembly.RuntimeError || (error instanceof RangeError && /wasm/.test(error.stack || ''));
}

function watchCrashes() {
  window.addEventListener('error', (event) => fatal(event.error) && roundtable.crashed(event.error.message));
  window.addEventListener('unhandledrejection', (event) => fatal(event.reason) && roundtable.crashed(event.reason.message));
}

/** Once the page's first picture is on the screen; a page in the background has none. */
function painted() {
  return new Promise((resolve) => {
    setTimeout(resolve, 1500);
    try {
      const seen = (list) => list.getEntriesByName('first-contentful-paint').length && resolve();
      new PerformanceObserver(seen).observe({ type: 'paint', buffered: true });
    } catch {
      resolve();
    }
  });
}

/** Tried on a canvas of its own, since a canvas has one context for life. */
function checkGraphics() {
  let context = null;
  try {
    context = document.createElement('canvas').getContext('webgl2');
  } catch {
    // The same as none.
  }
  if (!context) throw new Trouble('graphics', '', 'WebGL 2');
  context.getExtension('WEBGL_lose_context')?.loseContext();
}

function showProgress(bytes, total) {
  const share = total > 0 ? Math.min(bytes / total, 1) : 0;
  const percent = Math.floor(share * 100);
  document.documentElement.classList.add('going');
  document.getElementById('bar').setAttribute('aria-valuenow', percent);
  document.getElementById('fill').style.transform = `scaleX(${share})`;
  document.querySelectorAll('#ring path').forEach((seat, at, seats) => seat.classList.toggle('taken', at < share * seats.length));
  const megabytes = (count) => (count / 1e6).toFixed(1);
  document.getElementById('state').textContent =
    share < 1 ? `Getting the game… ${megabytes(bytes)} of ${megabytes(total)} MB` : 'Starting…';
}

function turnTips() {
  const tips = [...document.getElementById('tips').content.querySelectorAll('p')].map((tip) => tip.textContent);
  const shown = document.querySelector('#tip span');
  const timer = setInterval(() => {
    if (start.hidden) clearInterval(timer);
    else if (tips.length) {
      tips.push(shown.textContent);
      shown.textContent = tips.shift();
    }
  }, 6000);
}

/** The game, compiled while it arrives. Bytes are counted unpacked, which is why the page knows the unpacked size. */
async function fetchGame(url, total) {
  const aborter = new AbortController();
  let stalled = false;
  let timer;
  const alive = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      stalled = true;
      aborter.abort();
    }, STALL_MS);
  };
  const broken = (error) => {
    if (stalled) return new Trouble('download', 'slow', url);
    return new Trouble('download', navigator.onLine === false ? 'offline' : 'lost', String(error && error.message));
  };
  try {
    alive();
    let response;
    try {
      response = await fetch(url, { signal: aborter.signal, credentials: 'same-origin' });
    } catch (error) {
      throw broken(error);
    }
    if (!response.ok) {
      const missing = response.status === 404 || response.status === 410;
      throw new Trouble('download', missing ? 'missing' : 'server', `${response.status} for ${url}`);
    }
    const type = (response.headers.get('Content-Type') || '').split(';')[0].trim();
    if (type === 'text/html') throw new Trouble('download', 'wrong', `A page came for ${url}`);
    // The compiler gets the response itself, so that the browser may keep what it compiled; the count is taken from a copy.
    const copy = response.clone().body.getReader();
    const whole = type === 'application/wasm' ? null : [];
    const compiled = whole ? null : WebAssembly.compileStreaming(response);
    compiled?.catch(() => {}); // looked at below
    let bytes = 0;
    showProgress(0, total);
    try {
      for (;;) {
        const { done, value } = await copy.read();
        if (done) break;
        alive();
        bytes += value.length;
        whole?.push(value);
        showProgress(bytes, total);
      }
    } catch (error) {
      throw broken(error);
    }
    clearTimeout(timer);
    showProgress(total, total);
    try {
      return await (compiled ?? new Blob(whole).arrayBuffer().then((buffer) => WebAssembly.compile(buffer)));
    } catch (error) {
      if (bytes === total) throw new Trouble('old', '', error.message);
      throw new Trouble('download', 'wrong', `${bytes} of ${total} bytes of ${url}: ${error.message}`);
    }
  } finally {
    clearTimeout(timer);
  }
}

/** If a newer version lies ready and no other page plays the old one, it takes over before anything has begun. */
async function takeNewest() {
  const workers = navigator.serviceWorker;
  if (!workers?.controller) return;
  const registration = await workers.getRegistration();
  if (!registration?.waiting) return;
  const answer = new Promise((resolve) => {
    workers.addEventListener('controllerchange', () => resolve(true), { once: true });
    workers.addEventListener('message', (event) => event.data === 'others play' && resolve(false));
    setTimeout(resolve, 3000, false);
  });
  workers.startMessages?.();
  registration.waiting.postMessage('take over');
  if (await answer) {
    location.reload();
    await new Promise(() => {});
  }
}

/** Keeps the game for offline, once it runs: the download that somebody waits for comes first. */
async function keepForOffline() {
  try {
    await navigator.serviceWorker?.register('sw.js', { updateViaCache: 'none' });
  } catch {
    // Denied, or an address without https: the game plays on, online.
  }
}

function fitToKeyboard() {
  const view = window.visualViewport;
  if (!view) return;
  const fit = () => {
    // Zoomed in by hand it is a part of the page, not less of it.
    const covered = view.scale < 1.01 && view.height < document.documentElement.clientHeight - 60;
    document.documentElement.style.setProperty('--height', covered ? `${view.height}px` : '');
    document.documentElement.style.setProperty('--top', covered ? `${view.offsetTop}px` : '');
  };
  view.addEventListener('resize', fit);
  view.addEventListener('scroll', fit);
}

/** Keys that would scroll the page round an embedded game; all others keep their meaning for the browser. */
const SCROLLING = new Set([' ', 'ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'PageUp', 'PageDown', 'Home', 'End']);

function keepStill() {
  // A long press is a press that lasts.
  canvas.addEventListener('contextmenu', (event) => event.preventDefault());
  canvas.addEventListener('keydown', (event) => {
    if (SCROLLING.has(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey) event.preventDefault();
  });
  // A file that misses its place must not replace the page.
  for (const name of ['dragover', 'drop']) window.addEventListener(name, (event) => event.preventDefault());
}

roundtable.ready = () => {
  if (roundtable.started || roundtable.stopped) return;
  roundtable.started = true;
  performance.mark('roundtable:ready');
  start.hidden = true;
  document.getElementById('page').hidden = true;
  keepForOffline();
};

roundtable.playing = (is) => {
  playing = is;
};

async function run() {
  Object.assign(roundtable, PARTS);
  const kept = store.open();
  files.begin();
  watchCrashes();
  watchGraphics();
  turnTips();
  keepStill();
  fitToKeyboard();
  const { wasm, bytes, glue } = start.dataset;
  const game = fetchGame(wasm, Number(bytes));
  game.catch(() => {}); // looked at below
  await takeNewest();
  // To ask for graphics can hold the page up for a good while (a driver that starts, a software renderer): name and progress come first.
  await painted();
  checkGraphics();
  const script = import(new URL(glue, location.href).href).catch((error) => {
    throw new Trouble('download', navigator.onLine === false ? 'offline' : 'lost', error.message);
  });
  const [compiled, { default: init }] = await Promise.all([game, script, kept]);
  if (roundtable.stopped) return;
  await init({ module_or_path: compiled });
}

if (roundtable && !roundtable.stopped) run().catch(show);

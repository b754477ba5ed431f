// The game in the browser feels like the game on the desktop: it is played by mouse, by keys and by touch alone, is still while nothing moves,
// sounds from the first gesture on, pauses when nobody sees it, hears a pad, and its links lead back to it.
//
// Controls are found in the mirror by role and name, and pressed where they are drawn: on the canvas.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { picture, serve, started, visitor } from './harness.mjs';

const SLOW = { timeout: 120_000 };
const WAIT = { timeout: 30_000 };

/** Counts frames and drawing, sounds, and copies; before any script of the page. */
function watch() {
  window.seen = { frames: 0, draws: 0, contexts: 0, sounds: 0, copied: [] };
  const ask = window.requestAnimationFrame;
  window.requestAnimationFrame = (call) => {
    window.seen.frames += 1;
    return ask.call(window, call);
  };
  for (const name of ['drawElements', 'drawArrays', 'drawElementsInstanced', 'drawArraysInstanced']) {
    const draw = WebGL2RenderingContext.prototype[name];
    WebGL2RenderingContext.prototype[name] = function (...rest) {
      window.seen.draws += 1;
      return draw.apply(this, rest);
    };
  }
  const Context = window.AudioContext;
  window.AudioContext = class extends Context {
    constructor(...rest) {
      super(...rest);
      window.seen.contexts += 1;
    }
  };
  const start = AudioBufferSourceNode.prototype.start;
  AudioBufferSourceNode.prototype.start = function (...rest) {
    window.seen.sounds += 1;
    const samples = this.buffer.getChannelData(0);
    window.seen.peak = Math.max(...samples.map(Math.abs));
    return start.apply(this, rest);
  };
  // A browser without a screen has no clipboard to give.
  Object.defineProperty(navigator, 'clipboard', {
    value: {
      writeText: async (text) => void window.seen.copied.push(text),
      write: async ([item]) => void window.seen.copied.push((await item.getType('image/png')).size),
    },
  });
}

async function open(t, { query = '', ...options } = {}) {
  const { url } = await serve(t);
  const context = await visitor(t, { serviceWorkers: 'block', ...options });
  await context.addInitScript(watch);
  const page = await context.newPage();
  const faults = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  await page.goto(url + query);
  await started(page, SLOW.timeout);
  t.after(() => assert.deepEqual(faults, []));
  return page;
}

const find = (page, role, name) => page.getByRole(role, { name, exact: typeof name === 'string' }).first();

/** Where the control is drawn; scrolled to by wheel if it is not on show. */
async function middle(page, role, name) {
  const control = find(page, role, name);
  await control.waitFor({ ...WAIT, state: 'attached' });
  const { height } = page.viewportSize();
  for (let tries = 0; tries < 12; tries++) {
    const box = await control.boundingBox();
    if (box && box.y + box.height / 2 < height - 90) return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    if (box && tries > 8) return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    await page.mouse.move(page.viewportSize().width / 2, height / 2);
    await page.mouse.wheel(0, 120);
    await page.waitForTimeout(300);
  }
  throw new Error(`${role} “${name}” is not on show`);
}

const devices = {
  async mouse(page, role, name) {
    const { x, y } = await middle(page, role, name);
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.waitForTimeout(120);
    await page.mouse.up();
  },
  async touch(page, role, name) {
    const { x, y } = await middle(page, role, name);
    await page.touchscreen.tap(x, y);
  },
};

/** A whole match with what this device can press, to the results. */
async function play(page, press) {
  await press(page, 'button', 'Play');
  await find(page, 'button', 'Start the round').waitFor(WAIT);
  for (let turn = 0; turn < 200; turn++) {
    const next = page.getByRole('button', { name: /^(Start the round|Next question|Finish the round|See your results|Next round|Continue)/ });
    const skip = page.getByRole('button', { name: /^Skip/ });
    await next.or(skip).or(find(page, 'heading', 'By round')).first().waitFor({ ...WAIT, state: 'attached' });
    if (await find(page, 'heading', 'By round').count()) return;
    await press(page, 'button', (await next.count()) ? await next.first().innerText() : await skip.first().innerText());
    await page.waitForTimeout(200);
  }
  throw new Error('no end');
}

/** Frames asked for and draw calls in these seconds. */
async function stillness(page, seconds) {
  const count = () => page.evaluate(() => [window.seen.frames, window.seen.draws]);
  const before = await count();
  await page.waitForTimeout(seconds * 1000);
  const after = await count();
  return [after[0] - before[0], after[1] - before[1]];
}

test('a title at rest draws nothing, and makes no sound before the first gesture and some after it', SLOW, async (t) => {
  const page = await open(t);
  await find(page, 'button', 'Play').waitFor(WAIT);
  await page.waitForTimeout(6000);
  assert.deepEqual(await stillness(page, 10), [0, 0], 'frames and draw calls in 10 seconds');
  assert.equal(await page.evaluate(() => window.seen.contexts), 0);
  await devices.mouse(page, 'radio', '50 %');
  await page.waitForFunction(() => window.seen.sounds > 0, undefined, WAIT);
  const { contexts, peak } = await page.evaluate(() => window.seen);
  assert.equal(contexts, 1);
  assert.ok(peak > 0.1 && peak <= 0.8, `a sound of our own: peak ${peak}`);
  await find(page, 'radio', '50 %').and(page.locator('[aria-checked=true]')).waitFor({ ...WAIT, state: 'attached' });
});

test('a hidden page pauses a timed question as of that moment, says so, and draws nothing while it is paused', SLOW, async (t) => {
  const page = await open(t, { query: '?seed=K7-QMP' });
  await devices.mouse(page, 'radio', 'Standard');
  await devices.mouse(page, 'button', 'Start');
  await devices.mouse(page, 'button', 'Start the round');
  await find(page, 'button', 'Pause').waitFor(WAIT);
  const hide = (hidden) =>
    page.evaluate((hidden) => {
      Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
      Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => (hidden ? 'hidden' : 'visible') });
      document.dispatchEvent(new Event('visibilitychange'));
    }, hidden);
  await hide(true);
  await page.waitForTimeout(3000);
  await hide(false);
  await page.getByText('the window was hidden, so the clock stopped').first().waitFor({ ...WAIT, state: 'attached' });
  await page.waitForTimeout(4000);
  assert.deepEqual(await stillness(page, 10), [0, 0], 'frames and draw calls in 10 seconds');
  await devices.mouse(page, 'button', 'Resume');
  await find(page, 'button', 'Pause').waitFor(WAIT);
});

test('a pad is heard, and costs no frame while nothing is pressed on it', SLOW, async (t) => {
  const page = await open(t);
  await find(page, 'button', 'Play').waitFor(WAIT);
  await page.evaluate(() => {
    const button = () => ({ pressed: false, touched: false, value: 0 });
    window.pad = { index: 0, id: 'A pad', connected: true, mapping: 'standard', axes: [0, 0, 0, 0], buttons: Array.from({ length: 17 }, button) };
    navigator.getGamepads = () => [window.pad, null, null, null];
    window.dispatchEvent(new Event('gamepadconnected'));
  });
  const press = async (which) => {
    for (const value of [1, 0]) {
      await page.evaluate(([which, value]) => (window.pad.buttons[which] = { pressed: value > 0, touched: false, value }), [which, value]);
      await page.waitForTimeout(400);
    }
  };
  await page.waitForTimeout(5000);
  assert.equal((await stillness(page, 5))[1], 0, 'draw calls in 5 seconds');
  await press(9);
  await find(page, 'button', 'Start the round').waitFor(WAIT);
});

test('a link sets up its game with the score to beat; bad ones say what is wrong', SLOW, async (t) => {
  const page = await open(t, { query: '?seed=k7qmp&each=1&beat=2.5' });
  await page.getByText('Score to beat: 2½ of 5').first().waitFor({ ...WAIT, state: 'attached' });
  const bad = await open(t, { query: '?seed=K7-QMU&rounds=nowhere' });
  await bad.getByText('“K7-QMU” cannot be used').first().waitFor({ ...WAIT, state: 'attached' });
  await bad.getByText('“nowhere”').first().waitFor({ ...WAIT, state: 'attached' });
});

for (const [device, size] of [['mouse', { width: 1280, height: 720 }], ['touch', { width: 360, height: 640 }]]) {
  test(`a whole game by ${device} alone, and its result is passed on by a link`, { timeout: 400_000 }, async (t) => {
    const touch = device === 'touch';
    const page = await open(t, { viewport: size, hasTouch: touch, isMobile: touch });
    await play(page, devices[device]);
    await picture(page, `feel-results-${size.width}`);
    await devices[device](page, 'button', 'Share result');
    await page.getByText(/^Beat my /).first().waitFor({ ...WAIT, state: 'attached' });
    await picture(page, `feel-share-${size.width}`);
    await devices[device](page, 'button', 'Copy link');
    await page.waitForFunction(() => window.seen.copied.length > 0, undefined, WAIT);
    const [link] = await page.evaluate(() => window.seen.copied);
    assert.match(link, /^http:\/\/127\.0\.0\.1:\d+\/\?seed=[0-9A-Z]{2}-[0-9A-Z]{3}&each=5&beat=/);
  });
}

test('a finger zooms with another, and a long press shows no menu', SLOW, async (t) => {
  const page = await open(t, { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true });
  assert.equal(await page.evaluate(() => getComputedStyle(document.getElementById('game')).touchAction), 'pinch-zoom');
  const shown = await page.evaluate(() => document.getElementById('game').dispatchEvent(new MouseEvent('contextmenu', { cancelable: true, bubbles: true })));
  assert.equal(shown, false, 'the menu is prevented');
  for (const size of [{ width: 640, height: 360 }, { width: 360, height: 560 }, { width: 360, height: 640 }]) {
    await page.setViewportSize(size);
    await page.waitForFunction(({ width, height }) => {
      const canvas = document.getElementById('game');
      return canvas.width === width * devicePixelRatio && canvas.height === height * devicePixelRatio;
    }, size, WAIT);
    assert.ok(await page.evaluate(() => document.documentElement.scrollHeight <= innerHeight && document.documentElement.scrollWidth <= innerWidth));
    await picture(page, `feel-title-${size.width}x${size.height}`);
  }
});

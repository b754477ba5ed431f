// The game in the browser feels like the game on the desktop: it is still while nothing moves, sounds from the first gesture on, pauses when
// nobody sees it, hears a pad, its links lead where they say, and a phone neither scrolls nor zooms it by accident.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { picture } from './harness.mjs';
import { find, open as openPage, Player, shown, until } from './play.mjs';

const SLOW = { timeout: 300_000 };

/** Counts frames, drawing and sounds; before any script of the page. */
function watch() {
  window.seen = { frames: 0, draws: 0, contexts: 0, sounds: 0 };
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
}

const open = (t, options) => openPage(t, { init: watch, ...options });

/** Waits until the page has drawn nothing for these seconds; fails if that never comes. */
async function rests(page, seconds) {
  const count = () => page.evaluate(() => [window.seen.frames, window.seen.draws]);
  for (let tries = 0; tries < 6; tries++) {
    const before = await count();
    await page.waitForTimeout(seconds * 1000);
    const after = await count();
    if (before.join() === after.join()) return;
  }
  assert.fail(`the page still draws after ${6 * seconds} seconds: ${await count()}`);
}

test('a title at rest draws nothing, and makes no sound before the first gesture and some after it', SLOW, async (t) => {
  const page = await open(t);
  await until(page, 'button', 'Play');
  await rests(page, 5);
  assert.deepEqual(await page.evaluate(() => [window.seen.contexts, window.seen.sounds]), [0, 0]);
  const mouse = new Player(page, 'mouse');
  await mouse.press('radio', '50 %');
  await find(page, 'radio', '50 %').and(page.locator('[aria-checked=true]')).waitFor(shown);
  await mouse.press('radio', '100 %');
  await page.waitForFunction(() => window.seen.sounds > 0);
  const { contexts, peak } = await page.evaluate(() => window.seen);
  assert.equal(contexts, 1);
  assert.ok(peak > 0.1 && peak <= 0.8, `a sound of our own: peak ${peak}`);
  await find(page, 'radio', '100 %').and(page.locator('[aria-checked=true]')).waitFor(shown);
});

test('a hidden page pauses a timed question as of that moment, says so, and draws nothing while it is paused', SLOW, async (t) => {
  const page = await open(t, { query: '?seed=K7-QMP' });
  const mouse = new Player(page, 'mouse');
  await until(page, 'heading', 'Choose your rounds');
  await mouse.press('radio', 'Standard');
  await find(page, 'radio', 'Standard').and(page.locator('[aria-checked=true]')).waitFor(shown);
  await mouse.goOn('Start');
  await mouse.goOn('Start the round');
  assert.equal(await mouse.next(), 'question');
  const hide = (hidden) =>
    page.evaluate((hidden) => {
      Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
      Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => (hidden ? 'hidden' : 'visible') });
      document.dispatchEvent(new Event('visibilitychange'));
    }, hidden);
  await hide(true);
  await hide(false);
  await page.getByRole('main').getByText('the window was hidden, so the clock stopped').first().waitFor(shown);
  await rests(page, 5);
  await mouse.goOn('Resume');
  assert.equal(await mouse.next(), 'question');
});

test('a pad is heard, and costs no drawing while nothing is pressed on it', SLOW, async (t) => {
  const page = await open(t);
  await until(page, 'button', 'Play');
  await page.evaluate(() => {
    const button = () => ({ pressed: false, touched: false, value: 0 });
    window.pad = { index: 0, id: 'A pad', connected: true, mapping: 'standard', axes: [0, 0, 0, 0], buttons: Array.from({ length: 17 }, button) };
    navigator.getGamepads = () => [window.pad, null, null, null];
    window.dispatchEvent(new Event('gamepadconnected'));
  });
  const draws = () => page.evaluate(() => window.seen.draws);
  for (let before = -1, tries = 0; before !== (before = await draws()); tries++) {
    assert.ok(tries < 10, 'it draws and draws');
    await page.waitForTimeout(3000);
  }
  // Pressed and let go; each is looked at once a picture of the browser's.
  const press = async (which) => {
    for (const value of [1, 0]) {
      await page.evaluate(([which, value]) => new Promise((resolve) => {
        window.pad.buttons[which] = { pressed: value > 0, touched: false, value };
        requestAnimationFrame(() => requestAnimationFrame(resolve));
      }), [which, value]);
    }
  };
  await press(9);
  await until(page, 'button', 'Start the round');
  await press(0);
  await page.waitForFunction(() => /Question 1 of/.test(document.querySelector('#mirror main').textContent));
});

test('a link sets up its game with the score to beat; bad ones say what is wrong', SLOW, async (t) => {
  const page = await open(t, { query: '?seed=k7qmp&each=1&beat=2.5' });
  await page.getByRole('main').getByText('Score to beat: 2½ of 5').first().waitFor(shown);
  const bad = await open(t, { query: '?seed=K7-QMU&rounds=nowhere' });
  // A sentence after the other.
  await bad.getByRole('main').getByText('“K7-QMU” cannot be used').first().waitFor(shown);
  await picture(bad, 'bad-link');
  await new Player(bad, 'mouse').press('button', 'OK');
  await bad.getByRole('main').getByText('“nowhere”').first().waitFor(shown);
});

test('a finger zooms with another, and a long press shows no menu', SLOW, async (t) => {
  const page = await open(t, { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true });
  assert.equal(await page.evaluate(() => getComputedStyle(document.getElementById('game')).touchAction), 'pinch-zoom');
  const shown = await page.evaluate(() => document.getElementById('game').dispatchEvent(new MouseEvent('contextmenu', { cancelable: true, bubbles: true })));
  assert.equal(shown, false, 'the menu is prevented');
});

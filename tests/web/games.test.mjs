// A whole match by one device alone, all seven kinds of question in it: the very match that the window has played (tests/window/twin.rs), and
// its journal is the window's. Then the result is passed on.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { picture } from './harness.mjs';
import { answersOf, find, journals, keptUntil, open, Player, TWIN, timeless, until } from './play.mjs';

/** A browser without a screen has no clipboard to give. */
function watchCopies() {
  window.copied = [];
  Object.defineProperty(navigator, 'clipboard', {
    value: {
      writeText: async (text) => void window.copied.push(text),
      write: async ([item]) => void window.copied.push((await item.getType('image/png')).size),
    },
  });
}

const DEVICES = {
  keyboard: { viewport: { width: 1280, height: 720 } },
  mouse: { viewport: { width: 1280, height: 720 } },
  touch: { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true },
};

for (const [device, options] of Object.entries(DEVICES)) {
  test(`a whole match by ${device} alone makes the window’s journal, and its result is passed on`, { timeout: 900_000 }, async (t) => {
    const page = await open(t, { query: TWIN.query, init: watchCopies, ...options });
    const player = new Player(page, device);
    const seen = new Set();
    const look = async (what) => {
      if (!seen.has(what)) await picture(page, `${device}-${what.toLowerCase().replaceAll(' ', '-')}`);
      seen.add(what);
    };
    await until(page, 'heading', 'Choose your rounds');
    await look('setup');
    await player.press('radio', 'No timer');
    await find(page, 'radio', 'No timer').and(page.locator('[aria-checked=true]')).waitFor({ state: 'attached' });
    if (device === 'keyboard') await player.press('button', 'Start');
    else await player.goOn('Start');
    await player.whole(answersOf(TWIN.lines), look);
    await look('results');
    const all = await keptUntil(page, 'the finished match', (all) => journals(all, '/matches/finished').length === 1);
    assert.deepEqual(journals(all), [], 'nothing is left open');
    assert.deepEqual(timeless(all[journals(all, '/matches/finished')[0]]), TWIN.lines);
    await player.press('button', 'Share result');
    await page.getByRole('main').getByText(/^Beat my /).first().waitFor({ state: 'attached' });
    await look('share');
    await player.press('button', 'Copy link');
    await page.waitForFunction(() => window.copied.length > 0);
    const [link] = await page.evaluate(() => window.copied);
    const { origin, search } = new URL(link);
    assert.equal(origin, new URL(page.url()).origin);
    assert.match(search, new RegExp(`^\\${TWIN.query}&beat=[\\d.]+$`));
    // Whoever opens it finds the same match, and the score to beat.
    await page.goto(link);
    await page.getByRole('main').getByText(/^Score to beat: /).first().waitFor({ state: 'attached' });
    assert.equal(await find(page, 'textbox', 'Game code').inputValue(), new URLSearchParams(search).get('seed'));
    await look('score-to-beat');
  });
}

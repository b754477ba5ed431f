// The real game through the mirror alone, as assistive technology has it: found by role and name, pressed, typed into, heard; every question of
// "Nato explained", with the network off. And typed on by a phone's own keys.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axe, keptOffline, picture, serve, started, visitor } from './harness.mjs';
import { begun, find, heading, keptUntil, journals, open, PATIENCE, Player, records, shown, until, when } from './play.mjs';

/** What a screen reader would say by itself. */
function listen() {
  window.heard = [];
  new MutationObserver((list) => {
    for (const { target } of list) {
      const region = target.closest?.('#mirror [aria-live]');
      if (region && region.textContent && target === region) window.heard.push(`${region.getAttribute('aria-live')}: ${region.textContent}`);
    }
  }).observe(document, { subtree: true, childList: true });
}

const game = (t, options) => open(t, { init: listen, ...options });

/** From the title to the set-up. The first game of all begins at once; the set-up is a step further then. `look` is shown what lies between. */
async function toSetup(page, look = async () => {}) {
  const player = new Player(page, 'mirror');
  await player.press('button', 'Play');
  await page.waitForFunction(() => /Start the round|Choose your rounds/.test(document.querySelector('#mirror main').innerText));
  if (await heading(page) !== 'Choose your rounds') {
    await look('intro');
    await player.press('button', 'Pause');
    await until(page, 'button', 'Leave');
    await look('pause');
    await player.press('button', 'Leave');
    await until(page, 'button', /^(Play|Start afresh)$/);
    await look('title-with-a-game-left');
    await player.press('button', /^(Play|Start afresh)$/);
  }
  await until(page, 'heading', 'Choose your rounds');
}

const BROKEN = 'Bank(format: 1, id: "x", title: "Broken", rounds: [Round(id: "r", title: "R", questions: [Choice(id: "q", stem: "Which?", key: "A", distractors: ["A"], explanation: "So.")])])';

test('all of “Nato explained” with the network off and through the mirror alone, every screen without a serious finding', { timeout: 1_500_000 }, async (t) => {
  const server = await serve(t);
  const context = await visitor(t);
  const first = await open(t, { context, url: server.url });
  await keptOffline(first);
  await first.close();
  await server.stop();
  await context.setOffline(true);
  const page = await game(t, { context, url: server.url });
  const said = [];
  page.on('console', (message) => message.type() === 'error' && said.push(message.text()));
  const player = new Player(page, 'mirror');
  const findings = [];
  const checked = new Set();
  const check = async (name) => {
    if (checked.has(name)) return;
    checked.add(name);
    findings.push(...(await axe(page)).map((finding) => `${name}: ${finding}`));
  };
  assert.equal(await page.title(), 'Roundtable');
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'en');
  await check('title');
  for (const [opener, name] of [['Question files', 'banks'], ['Settings', 'settings'], ['Your table', 'table']]) {
    await player.press('button', opener);
    await until(page, 'button', 'Back');
    await check(name);
    await player.press('button', 'Back');
    await until(page, 'button', 'Play');
  }
  await page.evaluate((text) => {
    const carried = new DataTransfer();
    carried.items.add(new File([text], 'broken.ron'));
    window.dispatchEvent(new DragEvent('dragenter', { bubbles: true, cancelable: true, dataTransfer: carried }));
    window.carried = carried;
  }, BROKEN);
  await page.getByRole('main').getByText('Drop it here to open it').first().waitFor(shown);
  await check('drop');
  await page.evaluate(() => window.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: window.carried })));
  await page.getByRole('main').getByText('Cannot be played yet').first().waitFor(shown);
  await check('findings');
  await player.press('button', 'Back');
  await until(page, 'button', 'Play');
  await toSetup(page, check);
  await check('setup');
  await find(page, 'slider', 'Questions per round').evaluate((element) => {
    element.value = element.max;
    element.dispatchEvent(new Event('input', { bubbles: true }));
  });
  await page.getByRole('main').getByText(/^80 questions/).first().waitFor(shown);
  // A machine with other work must not be late.
  await player.press('radio', 'No timer');
  await find(page, 'radio', 'No timer').and(page.locator('[aria-checked=true]')).waitFor(shown);
  await player.goOn('Start');
  const kinds = new Map();
  for (;;) {
    const next = await player.next();
    if (next === 'results') break;
    if (next !== 'question') {
      if (next === 'Next round') await check('standings');
      await player.goOn(next);
      continue;
    }
    // The question is the heading, and is said.
    const stem = await heading(page);
    await page.waitForFunction((stem) => window.heard.some((words) => words.includes(stem)), stem);
    const answer = await player.some();
    const [kind] = Object.keys(answer);
    await check(`${kind}-asked`);
    await page.evaluate(() => { window.heard = []; });
    await player.answer(answer);
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    // So is the verdict.
    await page.waitForFunction(() => window.heard.some((words) => /^polite: (Right|Partly right|Not this time)/.test(words)));
    await until(page, 'heading', /^(Right|Partly right|Not this time)$/);
    await check(`${kind}-told`);
  }
  await check('results');
  await player.press('button', 'Share result');
  await until(page, 'button', 'Close');
  await check('share');
  t.diagnostic(`questions by kind: ${JSON.stringify(Object.fromEntries(kinds))}; screens checked: ${[...checked].join(', ')}`);
  assert.deepEqual(findings, []);
  assert.deepEqual(said, [], 'no error on the console');
  assert.equal(kinds.size, 7, 'all kinds');
  const all = await keptUntil(page, 'the finished match', (all) => journals(all, '/matches/finished').length > 0);
  const answers = journals(all, '/matches/finished').map((path) => records(all[path]).filter(({ event }) => event.Command?.Answer).length);
  assert.ok(answers.includes(80), `answers kept: ${answers}`);
});

test('the focus goes in step both ways, and keys play while it is in the mirror', { timeout: 300_000 }, async (t) => {
  const page = await game(t);
  await until(page, 'button', 'Play');
  const focused = () => page.evaluate(() => document.activeElement.textContent);
  const becomes = (name) => page.waitForFunction((name) => document.activeElement.textContent === name, name);
  await becomes('Play');
  await page.keyboard.press('Tab');
  const second = await focused();
  assert.notEqual(second, 'Play');
  // The game has followed: its own arrow goes on from there, and the browser follows.
  await page.keyboard.press('ArrowUp');
  await becomes('Play');
  await find(page, 'button', 'Settings').focus();
  await page.keyboard.press('Enter');
  await until(page, 'button', 'Back');
  await page.keyboard.press('Escape');
  await until(page, 'button', 'Play');
  assert.ok(await page.evaluate(() => document.querySelector('#mirror main').contains(document.activeElement)));
  // Nothing moves, nothing is written, nothing is drawn.
  await page.waitForTimeout(2000);
  const writes = await page.evaluate(() => new Promise((resolve) => {
    let writes = 0;
    new MutationObserver((list) => { writes += list.length; }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    setTimeout(() => resolve(writes), 1500);
  }));
  assert.equal(writes, 0);
});

test('a phone’s own keys type the game code and a finger needs no keyboard of ours', { timeout: 300_000 }, async (t) => {
  const page = await game(t, { hasTouch: true, isMobile: true, viewport: { width: 360, height: 640 } });
  await toSetup(page);
  const field = find(page, 'textbox', 'Game code');
  await field.waitFor(shown);
  await field.evaluate((element) => roundtable.ask(element.dataset.id, 'show'));
  await page.waitForFunction(() => {
    const at = document.querySelector('#mirror input[type=text]').getBoundingClientRect();
    return at.top > 0 && at.bottom < innerHeight - 70;
  });
  await page.waitForTimeout(500);
  const at = await field.boundingBox();
  await page.touchscreen.tap(at.x + 30, at.y + at.height / 2);
  await page.waitForFunction(() => document.activeElement.type === 'text');
  await page.evaluate(() => document.activeElement.select());
  await page.keyboard.insertText('AAA-BBB');
  await page.waitForFunction(() => document.activeElement.value === 'AAA-BBB');
  assert.equal(await page.getByRole('main').getByRole('group', { name: 'On-screen keyboard' }).count(), 0, 'no second keyboard');
  // The phone's keys take the lower half: the field comes into what is left.
  await page.setViewportSize({ width: 360, height: 360 });
  await page.waitForFunction(() => {
    const at = document.activeElement.getBoundingClientRect();
    return at.top > 0 && at.bottom <= 360;
  });
  await picture(page, 'mirror-soft-keyboard');
});

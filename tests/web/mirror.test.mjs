// The real game through the mirror alone, as assistive technology has it: found by role and name, pressed, typed into, heard. And typed on by
// a phone's own keys.
//
// `ROUNDTABLE_ALL=1` plays every question of "Nato explained", otherwise one of each round.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axe, picture, serve, started, visitor } from './harness.mjs';

/** What the game is asked for is answered within some frames; those of a software renderer are slow. */
const PATIENCE = { timeout: 60_000 };

const ALL = Boolean(process.env.ROUNDTABLE_ALL);

/** The game at its title. */
async function game(t, options) {
  const { url } = await serve(t);
  const context = await visitor(t, options);
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE.timeout);
  const wrong = [];
  page.on('pageerror', (error) => wrong.push(String(error)));
  await page.addInitScript(() => {
    // What a screen reader would say by itself.
    window.heard = [];
    new MutationObserver((list) => {
      for (const { target } of list) {
        const region = target.closest?.('#mirror [aria-live]');
        if (region && region.textContent && target === region) window.heard.push(`${region.getAttribute('aria-live')}: ${region.textContent}`);
      }
    }).observe(document, { subtree: true, childList: true });
  });
  await page.goto(url);
  await started(page, 120_000);
  t.after(() => assert.deepEqual(wrong, [], 'no error on the page'));
  await page.getByRole('main').getByRole('button', { name: 'Play', exact: true }).waitFor(shown);
  return page;
}

/** The elements are there, though they are not seen. */
const shown = { state: 'attached' };
const find = (page, role, name) => page.getByRole('main').getByRole(role, { name, exact: true });

/** As assistive technology does it: the element gets a click that no pointer has made. */
async function press(page, role, name) {
  const element = find(page, role, name);
  await element.waitFor(shown);
  await element.dispatchEvent('click');
}

const until = (page, role, name) => find(page, role, name).waitFor(shown);
const heading = (page) => page.getByRole('main').getByRole('heading', { level: 1 }).innerText();
const heard = (page) => page.evaluate(() => window.heard.splice(0));

/** From the title to the set-up. The first game of all begins at once; the set-up is a step further then. `look` is shown what lies between. */
async function toSetup(page, look = async () => {}) {
  await press(page, 'button', 'Play');
  await page.waitForFunction(() => /Start the round|Choose your rounds/.test(document.querySelector('#mirror main').innerText));
  if (await heading(page) !== 'Choose your rounds') {
    await look('intro');
    await press(page, 'button', 'Pause');
    await until(page, 'button', 'Leave');
    await look('pause');
    await press(page, 'button', 'Leave');
    const on = page.getByRole('main').getByRole('button', { name: /^(Play|Start afresh)$/ }).first();
    await on.waitFor(shown);
    await on.dispatchEvent('click');
  }
  await until(page, 'heading', 'Choose your rounds');
}

/** Which kind of question is on the page. */
const kindOf = (page) => page.waitForFunction(() => {
  const root = document.querySelector('#mirror main');
  const has = (query) => root.querySelector(query) !== null;
  if (has('[role=checkbox]')) return 'MultiChoice';
  if (has('input[type=text]')) return has('input[type=range]') ? 'Number' : 'Text';
  if (has('[aria-label="Items in your order"]')) return 'Order';
  if (has('[aria-label="Left side"]')) return 'Match';
  const names = [...root.querySelectorAll('button')].map((button) => button.textContent);
  if (names.includes('True') && names.includes('False')) return 'TrueFalse';
  return has('[aria-label="Answers"] button') ? 'Choice' : false;
}).then((handle) => handle.jsonValue());

/** Answers the question on the page, right or wrong: whatever comes first. */
async function answer(page, kind) {
  const main = page.getByRole('main');
  await heard(page);
  switch (kind) {
    case 'Choice':
      await main.getByRole('list', { name: 'Answers' }).getByRole('button').first().dispatchEvent('click');
      return;
    case 'TrueFalse':
      await press(page, 'button', 'True');
      return;
    case 'MultiChoice':
      await main.getByRole('checkbox').first().dispatchEvent('click');
      await page.waitForFunction(() => document.querySelector('#mirror [role=checkbox][aria-checked=true]'));
      break;
    case 'Number': {
      const slider = main.getByRole('slider');
      await slider.evaluate((element) => {
        element.stepUp(2);
        element.dispatchEvent(new Event('input', { bubbles: true }));
      });
      await page.waitForFunction(() => document.querySelector('#mirror input[type=text]').value !== '');
      break;
    }
    case 'Order': {
      const down = main.getByRole('button', { name: /^Move down: / }).first();
      const name = (await down.textContent()).slice('Move down: '.length);
      await down.dispatchEvent('click');
      await until(page, 'button', `2. ${name}`);
      break;
    }
    case 'Match': {
      const left = main.getByRole('list', { name: 'Left side' }).getByRole('button');
      const right = main.getByRole('list', { name: 'Right side' }).getByRole('button');
      for (let at = 0; at < await left.count(); at++) {
        await left.nth(at).dispatchEvent('click');
        await page.waitForFunction((at) => document.querySelectorAll('#mirror [aria-label="Left side"] button')[at].getAttribute('aria-pressed') === 'true', at);
        await right.nth(at).dispatchEvent('click');
        await page.waitForFunction((at) => document.querySelectorAll('#mirror [aria-label="Left side"] button')[at].getAttribute('aria-describedby'), at);
      }
      break;
    }
    case 'Text':
      // As a program that writes for somebody does it.
      await main.getByRole('textbox').evaluate((element) => {
        element.value = 'Brussels';
        element.dispatchEvent(new Event('input', { bubbles: true }));
      });
      break;
  }
  const submit = find(page, 'button', 'Submit answer');
  await page.waitForFunction((element) => !element.hasAttribute('aria-disabled'), await submit.elementHandle());
  await submit.dispatchEvent('click');
}

test('a whole game through the mirror alone, all seven kinds, every screen without a serious finding', { timeout: 1_500_000 }, async (t) => {
  const page = await game(t);
  const findings = [];
  const checked = new Set();
  const check = async (name) => {
    if (checked.has(name)) return;
    checked.add(name);
    findings.push(...(await axe(page)).map((finding) => `${name}: ${finding}`));
    await picture(page, `mirror-${name}`);
  };
  assert.equal(await page.title(), 'Roundtable');
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'en');
  await check('title');
  for (const [opener, name] of [['Question files', 'banks'], ['Settings', 'settings'], ['Your table', 'table']]) {
    await press(page, 'button', opener);
    await until(page, 'button', 'Back');
    await check(name);
    await press(page, 'button', 'Back');
    await until(page, 'button', 'Play');
  }
  await toSetup(page, check);
  await check('setup');
  const perRound = find(page, 'slider', 'Questions per round');
  await perRound.evaluate((element, all) => {
    element.value = all ? element.max : element.min;
    element.dispatchEvent(new Event('input', { bubbles: true }));
  }, ALL);
  await press(page, 'button', 'Start');
  const kinds = new Map();
  for (;;) {
    const next = await page.waitForFunction(() => {
      const names = [...document.querySelectorAll('#mirror main button')].map((button) => button.textContent);
      const on = ['Start the round', 'Next question', 'Finish the round', 'Next round', 'See your results', 'Practise these'].find((name) => names.includes(name));
      return on ?? (names.includes('Pause') && document.querySelector('#mirror main h1') ? 'question' : false);
    }).then((handle) => handle.jsonValue());
    if (next === 'Practise these') break;
    if (next !== 'question') {
      if (next === 'Next round') await check('standings');
      await press(page, 'button', next);
      await find(page, 'button', next).waitFor({ state: 'detached' }).catch(() => {});
      continue;
    }
    const stem = await heading(page);
    await page.waitForFunction((stem) => window.heard.some((words) => words.includes(stem)), stem);
    const kind = await kindOf(page);
    await check(`${kind}-asked`);
    await answer(page, kind);
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    // The verdict is said, and is the heading.
    await page.waitForFunction(() => window.heard.some((words) => /^polite: (Right|Partly right|Not this time)/.test(words)));
    assert.match(await heading(page), /^(Right|Partly right|Not this time)$/);
    await check(`${kind}-told`);
  }
  await until(page, 'heading', 'By round');
  await check('results');
  await press(page, 'button', 'Share result');
  await until(page, 'button', 'Close');
  await check('share');
  t.diagnostic(`questions by kind: ${JSON.stringify(Object.fromEntries(kinds))}; screens checked: ${[...checked].join(', ')}`);
  assert.deepEqual(findings, []);
  if (ALL) assert.equal(kinds.size, 7, 'all kinds');
});

test('the focus goes in step both ways, and keys play while it is in the mirror', { timeout: 300_000 }, async (t) => {
  const page = await game(t);
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

// Plays the real game by one device alone: what is pressed is found in the mirror by role and name, and pressed where it is drawn (mouse,
// finger), by the keys that lead there, or as assistive technology presses it. And what the browser has kept of it.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, serve, started, visitor } from './harness.mjs';

/** Frames are drawn in software, by a machine that may have others to serve. */
export const PATIENCE = 60_000;

/** The mirror's elements are there, though they are not seen. */
export const shown = { state: 'attached' };

/** A page with the game on it, which must not fail. `init` runs in the page before any script of it. */
export async function open(t, { query = '', init, context, url, ...options } = {}) {
  url ??= (await serve(t)).url;
  context ??= await visitor(t, { serviceWorkers: 'block', ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  const faults = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  if (init) await page.addInitScript(init);
  await page.goto(url + query);
  await started(page, 120_000);
  await begun(page);
  t.after(() => assert.deepEqual(faults, [], 'no error on the page'));
  return page;
}

/** The first screen is in the mirror: what is pressed now is heard. */
export const begun = (page) => page.waitForFunction(() => document.querySelector('#mirror main button'));

export const find = (page, role, name) => page.getByRole('main').getByRole(role, { name, exact: typeof name === 'string' });
export const until = (page, role, name) => find(page, role, name).first().waitFor(shown);
export const heading = (page) => page.getByRole('main').getByRole('heading', { level: 1 }).first().innerText();

/** Until the page's own function gives something; that. */
export const when = (page, condition, arg) => page.waitForFunction(condition, arg).then((handle) => handle.jsonValue());

// ── What is kept ──

/** What the browser has kept: `{ path: text }`, a journal as its lines. */
export function kept(page) {
  return page.evaluate(async () => {
    const wait = (request) => new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const on = await wait(indexedDB.open('roundtable'));
    const text = (parts) => new Blob(parts).text();
    const all = {};
    // A page that is still being born has no stores yet.
    if (on.objectStoreNames.contains('files')) {
      for (const { path, id, bytes } of await wait(on.transaction('files').objectStore('files').getAll())) {
        const chunks = id && (await wait(on.transaction('chunks').objectStore('chunks').getAll(IDBKeyRange.bound([id], [id, []]))));
        all[path] = await text(id ? chunks.map((chunk) => chunk.bytes) : [bytes]);
      }
    }
    on.close();
    return all;
  });
}

/** Waits until what is kept fits, and gives it. */
export async function keptUntil(page, what, fits) {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const all = await kept(page);
    if (fits(all)) return all;
    if (Date.now() > end) {
      assert.fail(`not kept: ${what}; kept is ${JSON.stringify(Object.fromEntries(Object.entries(all).map(([path, text]) => [path, text.slice(-400)])))}`);
    }
    await page.waitForTimeout(100);
  }
}

export const journals = (all, folder = '/matches') => Object.keys(all).filter((path) => path.slice(0, path.lastIndexOf('/')) === folder && path.endsWith('.journal'));
export const records = (text) => text.trim().split('\n').slice(1).map((line) => JSON.parse(line.slice(9)));

/** A journal's lines without what differs from one afternoon to the next, as tests/window/twin.rs writes them. */
export function timeless(journal) {
  return journal.trim().split('\n').map((line) => {
    const { at, elapsed_ms: elapsed, bank, ...rest } = JSON.parse(line.slice(9));
    return rest;
  });
}

/** The match that the window has played: its link, and its journal's lines. */
export const TWIN = {
  query: /LINK: &str = "([^"]+)"/.exec(readFileSync(join(ROOT, 'tests/window/twin.rs'), 'utf8'))[1],
  lines: readFileSync(join(ROOT, 'tests/window/golden/twin.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line)),
};

/** The answers in a journal's lines, by the number of the question. */
export const answersOf = (lines) => new Map(lines.map((line) => line.event?.Command?.Answer).filter(Boolean).map(({ question, answer }) => [question, answer]));

// ── Devices ──

/** In the foot or over all the rest: these do not scroll. */
const FIXED = /^(OK|Close|Start|Submit answer|Next question|Finish the round|Next round|See your results|Pause|Back)$/;

/** Where it is drawn; what is out of sight is scrolled to by `scroll(up)`, in CSS pixels. */
async function middle(page, control, scroll) {
  await control.waitFor(shown);
  await still(control);
  const name = (await control.getAttribute('aria-label')) ?? (await control.textContent());
  const { width, height } = page.viewportSize();
  // Between what stands over the page and what stands under it: the question keeps its place while its answers scroll.
  const within = (y) => y > (height > width ? 205 : 70) && y < height - 110;
  for (let tries = 0, unmoved = 0; ; tries++) {
    const box = await control.boundingBox();
    const y = box && box.y + box.height / 2;
    // At the end of what can be scrolled it stands where it stands.
    if ((box && (FIXED.test(name) || within(y))) || unmoved > 1 || tries > 12) {
      assert.ok(box && y > 0 && y < height, `“${name}” is out of sight, at ${JSON.stringify(box)}`);
      return { x: box.x + box.width / 2, y };
    }
    await scroll(page, Math.round((y ?? height) - height * 0.45), width, height);
    const moved = (before) => Math.abs(before - document.querySelector('[data-id="' + window.looked + '"]').getBoundingClientRect().y) > 1;
    await control.evaluate((element) => { window.looked = element.dataset.id; });
    const has = await page.waitForFunction(moved, box?.y ?? 0, { timeout: 5000 }).then(() => true, () => false);
    unmoved = has ? 0 : unmoved + 1;
    // It may still be moving.
    await still(control);
  }
}

async function still(control) {
  for (let before = null, tries = 0; tries < 20; tries++) {
    const box = JSON.stringify(await control.boundingBox());
    if (box === before) return;
    before = box;
    await control.page().waitForTimeout(100);
  }
}

async function wheel(page, up, width, height) {
  await page.mouse.move(width / 2, height / 2);
  await page.mouse.wheel(0, up);
}

/** A finger that draws the page along. */
async function swipe(page, up, width, height) {
  const session = await page.context().newCDPSession(page);
  const length = Math.max(-0.4 * height, Math.min(0.4 * height, up));
  const at = (share) => [{ x: Math.round(width / 2), y: Math.round(height / 2 + length / 2 - length * share) }];
  await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at(0) });
  for (let step = 1; step <= 10; step++) await session.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: at(step / 10) });
  await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await session.detach();
}

const focusedName = () => {
  const element = document.activeElement;
  return element.getAttribute('aria-label') ?? element.textContent;
};

const press = {
  async mouse(page, control) {
    const { x, y } = await middle(page, control, wheel);
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.up();
  },
  async touch(page, control) {
    const { x, y } = await middle(page, control, swipe);
    await page.touchscreen.tap(x, y);
  },
  async keyboard(page, control, key = 'Enter') {
    await tabTo(page, control);
    await page.keyboard.press(key);
  },
  async mirror(page, control) {
    await control.waitFor(shown);
    await control.dispatchEvent('click');
  },
};

/** Tab after Tab, as a person without a mouse goes there. */
async function tabTo(page, control) {
  await control.waitFor(shown);
  for (let tries = 0; tries < 80; tries++) {
    if (await control.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`Tab never reached “${await control.textContent()}”; it is on “${await page.evaluate(focusedName)}”`);
}

/** Who plays, by one device. */
export class Player {
  constructor(page, device) {
    Object.assign(this, { page, device });
    this.main = page.getByRole('main');
  }

  async press(role, name) {
    await this.pressIt(find(this.page, role, name).first());
  }

  async pressIt(control, key) {
    await press[this.device](this.page, control, key);
  }

  /** Presses what leads on, and waits until it is gone. */
  async goOn(name) {
    const control = find(this.page, 'button', name).first();
    await control.waitFor(shown);
    const id = await control.getAttribute('data-id');
    if (this.device === 'keyboard') {
      await this.page.waitForFunction((id) => document.activeElement.dataset.id === id, id);
      await this.page.keyboard.press('Enter');
    } else await this.pressIt(control);
    await this.page.waitForFunction((id) => !document.querySelector(`#mirror [data-id="${id}"]`), id);
  }

  /** Gives this answer, as a journal has it, to the question on the page. */
  async answer(answer) {
    const [[kind, value]] = Object.entries(answer);
    const { page, main, device } = this;
    const buttonsOf = (name) => main.getByLabel(name, { exact: true }).getByRole('button');
    switch (kind) {
      case 'Choice':
        await buttonsOf('Answers').first().waitFor(shown);
        if (device === 'keyboard') await page.keyboard.press('ABCDEFGH'[value].toLowerCase());
        else await this.pressIt(buttonsOf('Answers').nth(value));
        return;
      case 'TrueFalse':
        await until(page, 'button', 'True');
        if (device === 'keyboard') await page.keyboard.press(value ? 't' : 'f');
        else await this.press('button', value ? 'True' : 'False');
        return;
      case 'MultiChoice':
        for (const which of value) {
          const box = main.getByRole('checkbox').nth(which);
          await this.pressIt(box, 'Space');
          await page.waitForFunction((element) => element.getAttribute('aria-checked') === 'true', await box.elementHandle());
        }
        break;
      case 'Number':
      case 'Text':
        await this.write(String(value), kind);
        break;
      case 'Order':
        await this.order(value);
        break;
      case 'Match':
        for (const [left, right] of value.entries()) {
          if (right === null) continue;
          await this.pressIt(buttonsOf('Left side').nth(left));
          await page.waitForFunction((at) => document.querySelectorAll('#mirror [aria-label="Left side"] button')[at].getAttribute('aria-pressed') === 'true', left);
          await this.pressIt(buttonsOf('Right side').nth(right));
          await page.waitForFunction((at) => {
            const about = document.querySelectorAll('#mirror [aria-label="Left side"] button')[at].getAttribute('aria-describedby');
            return about && /^paired with /.test(document.getElementById(about).textContent);
          }, left);
        }
        break;
    }
    if (device === 'keyboard') {
      await page.keyboard.press('Control+Enter');
      return;
    }
    const submit = find(page, 'button', 'Submit answer');
    await page.waitForFunction((element) => !element.hasAttribute('aria-disabled'), await submit.elementHandle());
    await this.pressIt(submit);
  }

  /** Into the question's field. */
  async write(text, kind) {
    const { page, device } = this;
    const field = this.main.getByRole('textbox');
    await field.waitFor(shown);
    const stands = () => page.waitForFunction((text) => document.querySelector('#mirror input[type=text]').value === text, text);
    switch (device) {
      case 'mirror':
        // As a program that writes for somebody does it.
        await field.evaluate((element, text) => {
          element.value = text;
          element.dispatchEvent(new Event('input', { bubbles: true }));
        }, text);
        break;
      case 'keyboard':
        await page.waitForFunction(() => document.activeElement.type === 'text');
        await page.keyboard.type(text);
        break;
      case 'touch':
        // The phone's own keys.
        await this.pressIt(field);
        await page.waitForFunction(() => document.activeElement.type === 'text');
        await page.keyboard.insertText(text);
        break;
      case 'mouse':
        // The game's own keys: nothing but the mouse is there.
        await this.press('button', kind === 'Number' ? 'Keypad' : 'Keyboard');
        for (const [at, letter] of [...text].entries()) {
          await this.press('button', { ' ': 'Space', '.': 'Point' }[letter] ?? letter);
          await page.waitForFunction((text) => document.querySelector('#mirror input[type=text]').value === text, text.slice(0, at + 1));
        }
        break;
    }
    await stands();
  }

  async order(wanted) {
    const { page, device } = this;
    const items = this.main.getByRole('button', { name: /^\d+\. / });
    await items.first().waitFor(shown);
    const places = async () => (await items.allTextContents()).map((name) => name.replace(/^\d+\. /, '').replace(/, picked up$/, ''));
    const names = await places();
    for (const [target, which] of wanted.entries()) {
      for (let at = (await places()).indexOf(names[which]); at > target; at--) {
        if (device === 'keyboard') {
          await this.pressIt(items.nth(at), 'Space');
          await until(page, 'button', `${at + 1}. ${names[which]}, picked up`);
          for (; at > target; at--) {
            await page.keyboard.press('ArrowUp');
            await until(page, 'button', `${at}. ${names[which]}, picked up`);
          }
          await page.keyboard.press('Space');
          await until(page, 'button', `${target + 1}. ${names[which]}`);
          break;
        }
        await this.press('button', `Move up: ${names[which]}`);
        await until(page, 'button', `${at}. ${names[which]}`);
      }
    }
  }

  /** Some answer to the question on the page, right or wrong. */
  some() {
    return when(this.page, () => {
      const root = document.querySelector('#mirror main');
      const all = (query) => [...root.querySelectorAll(query)];
      if (all('[role=checkbox]').length) return { MultiChoice: [0] };
      const [slider] = all('input[type=range]');
      if (slider) return { Number: Number(slider.max) };
      if (all('input[type=text]').length) return { Text: 'Brussels' };
      const items = all('[aria-label="Items in your order"] button').filter((button) => /^\d+\. /.test(button.textContent));
      if (items.length) return { Order: [1, 0, ...items.keys().filter((at) => at > 1)] };
      const left = all('[aria-label="Left side"] button');
      if (left.length) return { Match: [...left.keys()] };
      const names = all('button').map((button) => button.textContent);
      if (names.includes('True') && names.includes('False')) return { TrueFalse: true };
      return all('[aria-label="Answers"] button').length > 0 && { Choice: 0 };
    });
  }

  /** What is to do next: a question, or the button that leads on. */
  next() {
    return when(this.page, () => {
      const names = [...document.querySelectorAll('#mirror main button')].map((button) => button.textContent);
      const on = ['Start the round', 'Next question', 'Finish the round', 'Next round', 'See your results'].find((name) => names.includes(name));
      if (on) return on;
      if ([...document.querySelectorAll('#mirror main h2, #mirror main h1')].some((heading) => heading.textContent === 'By round')) return 'results';
      return names.includes('Pause') && /Question \d+ of \d+/.test(document.querySelector('#mirror main').textContent) ? 'question' : false;
    });
  }

  /** The number of the question on the page. */
  number() {
    return when(this.page, () => Number(/Question (\d+) of \d+/.exec(document.querySelector('#mirror main').textContent)?.[1]));
  }

  /** From the set-up or a round's announcement to the results. `look(what)` sees each screen before it is left. */
  async whole(answers, look = async () => {}) {
    for (;;) {
      const next = await this.next();
      if (next === 'results') return;
      if (next !== 'question') {
        await look(next);
        await this.goOn(next);
        continue;
      }
      const number = await this.number();
      const answer = answers.get(number);
      assert.ok(answer, `no answer is known to question ${number}`);
      await look(Object.keys(answer)[0]);
      await this.answer(answer);
      await until(this.page, 'heading', /^(Right|Partly right|Not this time)$/);
    }
  }
}

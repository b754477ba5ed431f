// The whole game's storage in the browser: what is left by a reload, a closed tab or a crash is there again, and what comes in from outside.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { test } from 'node:test';
import { breakStorage, folder, picture, ROOT, serve, visitor } from './harness.mjs';

/** Frames are drawn in software, by a machine that may have others to serve. */
const SOON = 90_000;

async function open(context, url) {
  const page = await context.newPage();
  await page.goto(url);
  return begun(page);
}

async function begun(page) {
  await page.waitForFunction(() => document.getElementById('game')?.hasAttribute('tabindex') || window.roundtable?.stopped, undefined, { timeout: SOON });
  await page.waitForTimeout(4000);
  await page.evaluate(() => window.roundtable.ready());
  await page.waitForFunction(() => window.roundtable?.started || window.roundtable?.stopped, undefined, { timeout: SOON });
  const said = await page.evaluate(() => window.roundtable.stopped && document.getElementById('page').innerText);
  assert.ok(!said, said);
  await page.locator('#game').focus().catch(() => {});
  return page;
}

/** What the browser has kept: `{ path: text }`, a journal as its lines. */
function kept(page) {
  return page.evaluate(async () => {
    const wait = (request) => new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const on = await wait(indexedDB.open('roundtable'));
    const text = (parts) => new Blob(parts).text();
    const all = {};
    for (const { path, id, bytes } of await wait(on.transaction('files').objectStore('files').getAll())) {
      const chunks = id && (await wait(on.transaction('chunks').objectStore('chunks').getAll(IDBKeyRange.bound([id], [id, []]))));
      all[path] = await text(id ? chunks.map((chunk) => chunk.bytes) : [bytes]);
    }
    on.close();
    return all;
  });
}

/** Waits until what is kept fits, and gives it. */
async function until(page, what, fits) {
  const end = Date.now() + SOON;
  for (;;) {
    const all = await kept(page);
    if (fits(all)) return all;
    if (Date.now() > end) assert.fail(`not kept: ${what}; kept is ${JSON.stringify(Object.fromEntries(Object.entries(all).map(([path, text]) => [path, text.slice(-400)])))}`);
    await page.waitForTimeout(300);
  }
}

const journals = (all) => Object.keys(all).filter((path) => /^\/matches\/[^/]+\.journal$/.test(path));
const records = (text) => text.trim().split('\n').slice(1).map((line) => JSON.parse(line.slice(9)));
const commands = (text) => records(text).map(({ event }) => event.Command ?? event.Clock).map((one) => (typeof one === 'string' ? one : Object.keys(one)[0]));

/** From the title into the first question of a new game. The journal's path. */
async function play(page) {
  await press(page, 'Enter');
  const all = await until(page, 'a game', (all) => journals(all).length === 1);
  const [path] = journals(all);
  await until(page, 'the first question', (all) => commands(all[path]).filter((one) => one === 'Next').length >= 1);
  return path;
}

async function press(page, key) {
  await page.keyboard.press(key);
  await page.waitForTimeout(1500);
}

/** Answers the question that is asked, by its key. */
async function answer(page, path, question) {
  const answered = (all) => records(all[path]).some(({ event }) => event.Command?.Answer?.question === question);
  for (const key of ['1', 'Enter', '2', 'Enter', 'Enter']) {
    await press(page, key);
    if (answered(await kept(page))) return;
  }
  await until(page, `an answer to question ${question}`, answered);
}

/** From "Continue" on the title to where the game was left. */
async function goOn(page, path) {
  const before = records((await kept(page))[path]).length;
  await press(page, 'Enter');
  await press(page, 'Enter');
  const all = await until(page, 'the game goes on', (all) => all[path] && records(all[path]).length > before);
  assert.deepEqual(journals(all), [path], 'no other game has begun');
}

async function setting(t, options) {
  const { url } = await serve(t);
  return { url, context: await visitor(t, { serviceWorkers: 'block', ...options }) };
}

test('a reload in mid-question, and the title goes on with that question', async (t) => {
  const { url, context } = await setting(t);
  const page = await open(context, url);
  const path = await play(page);
  await press(page, 'Enter');
  const before = (await kept(page))[path];
  await page.reload();
  await begun(page);
  await picture(page, 'store-continue');
  assert.ok((await kept(page))[path].startsWith(before), 'nothing that was kept has changed');
  await goOn(page, path);
  await answer(page, path, 1);
});

test('a closed tab and a killed page lose nothing that was answered', async (t) => {
  const { url, context } = await setting(t);
  const page = await open(context, url);
  const path = await play(page);
  await press(page, 'Enter');
  await answer(page, path, 1);
  const gone = new Promise((resolve) => page.once('crash', resolve));
  (await context.newCDPSession(page)).send('Page.crash').catch(() => {});
  await gone;
  const again = await open(context, url);
  await goOn(again, path);
  const told = (await until(again, 'the progress', (all) => '/progress.json' in all))[path];
  await again.close();
  const third = await open(context, url);
  assert.ok((await kept(third))[path].startsWith(told));
});

const BANK = readFileSync(join(ROOT, 'questions', 'alliance-beyond.ron'), 'utf8').replace(/title: "[^"]*"/, 'title: "From elsewhere"');

/** Plays what has just been opened, and tells the title that its journal embeds. */
async function playOpened(page) {
  for (let tries = 0; tries < 6; tries++) {
    await press(page, 'Enter');
    const all = await kept(page);
    const [path] = journals(all);
    if (path) return all[path].split('\n')[0];
  }
  assert.fail('nothing was played');
}

test('a file that the address names is fetched, checked and played', async (t) => {
  const { url, context } = await setting(t);
  const page = await context.newPage();
  await page.route('**/elsewhere.ron', (route) => route.fulfill({ body: BANK, contentType: 'text/plain' }));
  await page.goto(`${url}?bank=elsewhere.ron`);
  await begun(page);
  await page.waitForTimeout(2000);
  await picture(page, 'store-bank');
  assert.match(await playOpened(page), /From elsewhere/);
});

test('a file that the address names in vain is told with its reason', async (t) => {
  const { url, context } = await setting(t);
  const far = createServer((request, response) => {
    response.writeHead(200);
    response.end(BANK);
  });
  await new Promise((resolve) => far.listen(0, resolve));
  t.after(() => far.closeAllConnections() ?? far.close());
  for (const [name, address] of [['missing', 'none.ron'], ['foreign', `http://localhost:${far.address().port}/x.ron`], ['page', './']]) {
    const page = await context.newPage();
    await page.goto(`${url}?bank=${encodeURIComponent(address)}`);
    await begun(page);
    await page.waitForTimeout(2500);
    await picture(page, `store-bank-${name}`);
    await page.close();
  }
});

test('a file that is dropped on the page is checked and played', async (t) => {
  const { url, context } = await setting(t);
  const page = await open(context, url);
  await page.evaluate((text) => {
    const carried = new DataTransfer();
    carried.items.add(new File([text], 'dropped.ron'));
    for (const name of ['dragenter', 'dragover', 'drop']) {
      document.getElementById('game').dispatchEvent(new DragEvent(name, { bubbles: true, cancelable: true, dataTransfer: carried }));
    }
  }, BANK);
  await page.waitForTimeout(2500);
  await picture(page, 'store-dropped');
  assert.match(await playOpened(page), /From elsewhere/);
});

test('where nothing can be kept, the game is played all the same', async (t) => {
  for (const how of ['denied', 'full']) {
    const { url, context } = await setting(t);
    await breakStorage(context, how);
    const page = await open(context, url);
    await press(page, 'Enter');
    await press(page, 'Enter');
    await page.waitForTimeout(1500);
    await picture(page, `store-${how}`);
    assert.equal(await page.evaluate(() => window.roundtable.stopped), false);
  }
});

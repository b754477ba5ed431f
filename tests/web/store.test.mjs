// The game's disk in a browser (assets/web/store.js), without the game: what is told as kept is kept, whatever happens next.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serve, started, stubDist, visitor } from './harness.mjs';

const JOURNAL = '/matches/1700000000-00000001.journal';

/** The page round a stand-in for the game, whose store is the real one. `break` runs before any script of the page. */
async function visit(t, context, url, breakIt, argument) {
  const page = await context.newPage();
  if (breakIt) await page.addInitScript(breakIt, argument);
  await page.goto(url);
  await started(page);
  await page.evaluate(() => {
    const { store } = window.roundtable;
    window.told = [];
    const encode = (text) => new TextEncoder().encode(text);
    const decode = (bytes) => bytes && new TextDecoder().decode(bytes);
    store.listen(
      (token, ok, record, words) => window.told.push({ token, ok, record, words }),
      // As the game merges: what is there, and what is new.
      (token, bytes) => encode(`${decode(bytes) ?? ''}${window.news?.[token] ?? ''}`),
    );
    window.append = (path, text, record) => store.append(path, encode(text), 1, record);
    window.put = (path, text, token) => store.put(path, encode(text), token);
    window.read = (path) => decode(store.read(path));
  });
  return page;
}

async function setting(t) {
  const { url } = await serve(t, stubDist(t));
  return { url, context: await visitor(t, { serviceWorkers: 'block' }) };
}

const told = (page, wanted, timeout = 15_000) =>
  page.waitForFunction((wanted) => window.told.find((one) => Object.entries(wanted).every(([key, value]) => one[key] === value)), wanted, { timeout });

async function begin(page, path = JOURNAL, text = 'one\n') {
  await page.evaluate(([path, text]) => {
    const { store } = window.roundtable;
    store.create(path);
    store.claim(path);
    window.append(path, text, 1);
  }, [path, text]);
  await told(page, { ok: true, record: 1 });
}

const read = (page, path = JOURNAL) => page.evaluate((path) => window.read(path), path);
const claim = (page, path = JOURNAL) => page.evaluate((path) => window.roundtable.store.claim(path), path);

test('lines that were told as kept are there after a reload, as chunks that nobody rewrites', async (t) => {
  const { url, context } = await setting(t);
  const page = await visit(t, context, url);
  await begin(page);
  await page.evaluate((path) => {
    window.append(path, 'two\n', 2);
    window.append(path, 'three\n', 3);
  }, JOURNAL);
  await told(page, { ok: true, record: 3 });
  await page.close();
  const again = await visit(t, context, url);
  assert.equal(await read(again), 'one\ntwo\nthree\n');
  assert.equal(await claim(again), '');
  const keys = await again.evaluate(() => new Promise((resolve) => {
    indexedDB.open('roundtable').onsuccess = ({ target }) => {
      target.result.transaction('chunks').objectStore('chunks').getAllKeys().onsuccess = (event) => resolve(event.target.result);
    };
  }));
  assert.ok(keys.length >= 2, `${keys}`);
  assert.deepEqual(keys.map(([, n]) => n), keys.map((_, n) => n), 'numbered without a gap');
});

test('a page that is killed has kept what it told', async (t) => {
  const { url, context } = await setting(t);
  const page = await visit(t, context, url);
  await begin(page);
  const session = await context.newCDPSession(page);
  const gone = new Promise((resolve) => page.once('crash', resolve));
  session.send('Page.crash').catch(() => {});
  await gone;
  const again = await visit(t, context, url);
  assert.equal(await read(again), 'one\n');
  assert.equal(await claim(again), '', 'and the dead page holds it no more');
});

test('a match belongs to one tab; when that goes, to the next', async (t) => {
  const { url, context } = await setting(t);
  const first = await visit(t, context, url);
  await begin(first);
  const second = await visit(t, context, url);
  assert.equal(await claim(second), 'held');
  assert.equal(await read(second), '', 'nor can it be read');
  await first.evaluate((path) => window.append(path, 'two\n', 2), JOURNAL);
  await told(first, { ok: true, record: 2 });
  await first.close();
  await second.reload();
  const third = await visit(t, context, url);
  assert.equal(await claim(third), 'held', 'the tab that was loaded first has it');
});

test('a claim is for one part of the game at a time', async (t) => {
  const { url, context } = await setting(t);
  const page = await visit(t, context, url);
  await begin(page);
  assert.equal(await claim(page), 'held');
  await page.evaluate((path) => window.roundtable.store.release(path), JOURNAL);
  assert.equal(await claim(page), '');
  assert.equal(await claim(page, '/matches/none.journal'), 'missing');
});

test('two tabs that change one small file both have their say', async (t) => {
  const { url, context } = await setting(t);
  const pages = [await visit(t, context, url), await visit(t, context, url)];
  await Promise.all(pages.map((page, which) => page.evaluate((which) => {
    window.news = Object.fromEntries(Array.from({ length: 20 }, (_, n) => [n + 1, `${which}.${n} `]));
    for (let n = 1; n <= 20; n++) window.roundtable.store.change('/progress.json', '/set-aside', n, false);
  }, which)));
  for (const page of pages) await told(page, { token: 20, ok: true });
  const later = await visit(t, context, url);
  const words = (await read(later, '/progress.json')).trim().split(' ');
  assert.equal(words.length, 40);
  assert.equal(new Set(words).size, 40, 'none lost, none twice');
});

test('a change that knows everything replaces those that still wait, and no other', async (t) => {
  const { url, context } = await setting(t);
  const page = await visit(t, context, url);
  const dropped = await page.evaluate(() => {
    window.news = { 1: 'a', 2: 'b', 3: 'c' };
    const { store } = window.roundtable;
    store.change('/progress.json', '/set-aside', 1, true);
    store.change('/progress.json', '/set-aside', 2, true);
    return store.change('/progress.json', '/set-aside', 3, true);
  });
  assert.deepEqual([...dropped], [2], 'the first is under way already');
  await told(page, { token: 3, ok: true });
  assert.equal(await read(page, '/progress.json'), 'ac');
});

test('what cannot be read is set aside under a free name', async (t) => {
  const { url, context } = await setting(t);
  const page = await visit(t, context, url);
  await page.evaluate(() => {
    const { store } = window.roundtable;
    let which = 0;
    store.listen((token, ok, record, words) => window.told.push({ token, ok, record, words }), () => {
      which += 1;
      const bytes = new TextEncoder().encode(`${which}`);
      return which === 1 ? bytes : ['unreadable', bytes];
    });
    for (const token of [1, 2, 3]) store.change('/progress.json', '/set-aside', token, false);
  });
  await told(page, { token: 3, ok: true, words: '/set-aside/progress-unreadable-2.json' });
  const again = await visit(t, context, url);
  assert.equal(await read(again, '/set-aside/progress-unreadable.json'), '1');
  assert.equal(await read(again, '/set-aside/progress-unreadable-2.json'), '2');
  assert.equal(await read(again, '/progress.json'), '3');
});

test('a finished match moves by its name alone, and is not read again', async (t) => {
  const { url, context } = await setting(t);
  const page = await visit(t, context, url);
  await begin(page);
  await page.evaluate((path) => {
    window.roundtable.store.release(path);
    window.roundtable.store.rename(path, path.replace('/matches/', '/matches/finished/'));
    window.put('/banks/after.ron', 'x', 9);
  }, JOURNAL);
  await told(page, { token: 9, ok: true });
  await page.waitForTimeout(300);
  const again = await visit(t, context, url);
  assert.deepEqual(await again.evaluate(() => window.roundtable.store.list('/matches')), []);
  assert.equal((await again.evaluate(() => window.roundtable.store.list('/matches/finished'))).length, 1);
});

test('a torn tail is cut, whichever chunk it begins in', async (t) => {
  const { url, context } = await setting(t);
  const page = await visit(t, context, url);
  await begin(page);
  for (const [text, record] of [['two\n', 2], ['three\n', 3]]) {
    await page.evaluate(([path, text, record]) => window.append(path, text, record), [JOURNAL, text, record]);
    await told(page, { ok: true, record });
  }
  await page.evaluate((path) => {
    window.roundtable.store.cut(path, 6);
    window.append(path, '!\n', 4);
  }, JOURNAL);
  await told(page, { ok: true, record: 4 });
  assert.equal(await read(page), 'one\ntw!\n');
  await page.close();
  assert.equal(await read(await visit(t, context, url)), 'one\ntw!\n');
});

// ── Storage that fails ──

/** The page starts soon, says what is wrong, and takes everything into memory. */
async function playsOn(page, words) {
  assert.equal(await page.evaluate(() => window.roundtable.store.trouble), words);
  await page.evaluate((path) => {
    const { store } = window.roundtable;
    store.create(path);
    store.claim(path);
    window.append(path, 'one\n', 1);
  }, JOURNAL);
  await told(page, { ok: false, words });
  await page.evaluate((path) => window.roundtable.store.release(path), JOURNAL);
  assert.equal(await claim(page), '', 'in this tab the match can be left and gone on with');
  assert.equal(await read(page), 'one\n');
}

test('storage that is denied, missing or silent: memory plays on', async (t) => {
  const { url, context } = await setting(t);
  const faults = {
    denied: () => Object.defineProperty(window, 'indexedDB', { get: () => { throw new DOMException('no', 'SecurityError'); } }),
    missing: () => Object.defineProperty(window, 'indexedDB', { value: undefined }),
    slow: () => { IDBFactory.prototype.open = () => ({}); },
  };
  for (const [words, fault] of Object.entries(faults)) {
    const page = await visit(t, context, url, fault);
    await playsOn(page, words);
    await page.close();
  }
});

test('storage that answers late takes what has waited', async (t) => {
  const { url, context } = await setting(t);
  const page = await visit(t, context, url, () => {
    const { open } = IDBFactory.prototype;
    IDBFactory.prototype.open = function (...named) {
      const late = {};
      window.answer = () => {
        const request = open.apply(this, named);
        for (const name of ['onupgradeneeded', 'onsuccess', 'onerror']) request[name] = (event) => {
          Object.defineProperty(late, 'result', { configurable: true, get: () => request.result });
          late[name](event);
        };
      };
      return late;
    };
  });
  await playsOn(page, 'slow');
  await page.evaluate(() => window.answer());
  await told(page, { ok: true, record: 1 }, 40_000);
  await page.close();
  assert.equal(await read(await visit(t, context, url)), 'one\n');
});

test('a full disk is told, and taken up again when there is room', async (t) => {
  const { url, context } = await setting(t);
  const page = await visit(t, context, url);
  await begin(page);
  await page.evaluate((path) => {
    const { add } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.add = function (...row) {
      if (window.full) throw new DOMException('full', 'QuotaExceededError');
      return add.apply(this, row);
    };
    window.full = true;
    window.append(path, 'two\n', 2);
  }, JOURNAL);
  await told(page, { ok: false, words: 'full' });
  await page.evaluate((path) => {
    window.full = false;
    window.append(path, 'three\n', 3);
  }, JOURNAL);
  await told(page, { ok: true, record: 3 }, 40_000);
  await page.close();
  assert.equal(await read(await visit(t, context, url)), 'one\ntwo\nthree\n');
});

test('wiped while playing: what the page knows is kept again, and told once', async (t) => {
  const { url, context } = await setting(t);
  const page = await visit(t, context, url);
  await begin(page);
  await page.evaluate(() => window.put('/banks/mine.ron', 'mine', 7));
  await told(page, { token: 7, ok: true });
  const session = await context.newCDPSession(page);
  await session.send('Storage.clearDataForOrigin', { origin: new URL(url).origin, storageTypes: 'indexeddb' });
  await told(page, { token: 0, words: 'wiped' });
  await page.evaluate((path) => window.append(path, 'two\n', 2), JOURNAL);
  await told(page, { ok: true, record: 2 });
  assert.equal(await page.evaluate(() => window.told.filter((one) => one.words === 'wiped').length), 1);
  await page.close();
  const again = await visit(t, context, url);
  assert.equal(await read(again), 'one\ntwo\n');
  assert.equal(await read(again, '/banks/mine.ron'), 'mine');
});

test('without locks a tab plays all the same', async (t) => {
  const { url, context } = await setting(t);
  const page = await visit(t, context, url, () => Object.defineProperty(Navigator.prototype, 'locks', { value: undefined }));
  await begin(page);
  assert.equal(await read(page), 'one\n');
});

test('the browser is asked to keep things once, after a finished game', async (t) => {
  const { url, context } = await setting(t);
  const spy = () => {
    window.asked = 0;
    StorageManager.prototype.persisted = async () => false;
    StorageManager.prototype.persist = async () => (window.asked += 1);
  };
  const page = await visit(t, context, url, spy);
  await begin(page);
  assert.equal(await page.evaluate(() => window.asked), 0);
  await page.evaluate((path) => window.roundtable.store.rename(path, path.replace('/matches/', '/matches/finished/')), JOURNAL);
  await page.waitForFunction(() => window.asked === 1);
  const again = await visit(t, context, url, spy);
  await begin(again, '/matches/2-2.journal');
  await again.evaluate(() => window.roundtable.store.rename('/matches/2-2.journal', '/matches/finished/2-2.journal'));
  await again.waitForTimeout(500);
  assert.equal(await again.evaluate(() => window.asked), 0);
});

// The game's disk in a browser. What is kept is read into memory before the game starts, so that the game can read it without waiting;
// what changes goes to memory at once and to IndexedDB in order, each change in a transaction of its own. Only when that is complete is it
// told as kept. Where the browser keeps nothing, memory alone plays on, and what waits is tried again.
//
// IndexedDB "roundtable":
//   files    path → { path, at, bytes }   a small file, replaced whole
//            path → { path, at, id }      a journal, whose bytes are chunks
//   chunks   [id, n] → { at, bytes }      added, never rewritten: a journal moves by its name alone
//   meta     "born" → this storage's own number, by which a page notices that it was wiped; "asked" → persistence was asked for
//
// An open match belongs to one tab: that holds a Web Lock named after the journal's id for as long as it lives. Small files are read,
// changed and written within one transaction, so that two tabs merge what they know as two windows do on a desktop.

const NAME = 'roundtable';
const VERSION = 1;
/** How long the game waits for what is kept, and for one write before the player is told. */
const OPEN_MS = 8000;
const WRITE_MS = 5000;
/** A clock that stands while the page itself is too busy to hear an answer, as while a large game is compiled. */
const TICK_MS = 100;
/** A page that is being reloaded may hold its locks for an instant yet. */
const LOCK_MS = 1500;
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30_000;

const OPEN_MATCH = /^\/matches\/[^/]+\.journal$/;
const FINISHED = /^\/matches\/finished\//;
const PROGRESS = '/progress.json';

/** path → what this page knows of the file. */
const files = new Map();
let database = null;
let connecting = null;
let born = null;
/** A newer version of the game has taken the storage over. */
let superseded = false;
/** There was progress before this visit. */
let cameBack = false;
/** Whether this visit has asked the browser to keep things. */
let asked = false;
let tell = () => {};
let decide = () => undefined;

const join = (chunks) => {
  const all = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
};

function fresh(path, known = {}) {
  return {
    path,
    id: null, // of a journal
    at: Date.now(),
    chunks: [], // what it holds, what is not kept yet included
    kept: 0, // how many of these bytes are in the database
    next: 0, // the number of the next chunk
    stored: false, // whether the database knows its name
    ours: true, // this tab may write it
    taken: false, // a part of the game holds it
    unlock: null,
    queue: [],
    busy: false,
    timer: 0,
    wait: FIRST_WAIT_MS,
    ...known,
  };
}

const newId = () => Array.from(crypto.getRandomValues(new Uint32Array(3)), (part) => part.toString(36)).join('');

/** What is wrong, in the game's words for it. */
function kind(error) {
  switch (error?.name) {
    case 'QuotaExceededError': return 'full';
    case 'SecurityError':
    case 'NotAllowedError': return 'denied';
    case 'TimeoutError': return 'slow';
    case 'VersionError': return 'newer';
    case 'MissingError': return 'missing';
    default: return `${error?.message || error?.name || error}`;
  }
}

const fault = (name, message = name) => Object.assign(new Error(message), { name });

/** Calls `late` once the page has been awake for so long; gives what stops that. */
function after(ms, late) {
  let left = Math.ceil(ms / TICK_MS);
  const timer = setInterval(() => {
    left -= 1;
    if (left > 0) return;
    clearInterval(timer);
    late();
  }, TICK_MS);
  return () => clearInterval(timer);
}

function within(promise, ms) {
  let stop;
  const late = new Promise((_, reject) => { stop = after(ms, () => reject(fault('TimeoutError'))); });
  return Promise.race([promise, late]).finally(stop);
}

// ── The database ──

function openDatabase() {
  return new Promise((resolve, reject) => {
    const factory = window.indexedDB; // denied, the mere look throws
    if (!factory) throw fault('MissingError');
    const request = factory.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      request.result.createObjectStore('files', { keyPath: 'path' });
      request.result.createObjectStore('chunks');
      request.result.createObjectStore('meta');
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** One attempt at a time, however many wait for it; one that hangs may still succeed. */
function connect() {
  if (superseded) return Promise.reject(fault('VersionError'));
  connecting ??= (async () => {
    const opened = await openDatabase();
    opened.onversionchange = (event) => {
      superseded = event.newVersion !== null;
      lost(opened);
    };
    opened.onclose = () => lost(opened);
    const found = await marker(opened);
    const wiped = born !== null && found !== born;
    // Before anything else is written: a journal's later lines must not come before its first.
    if (wiped) await restore(opened);
    born = found;
    database = opened;
    if (wiped) tell(0, false, 0, 'wiped');
  })().finally(() => { connecting = null; });
  return connecting;
}

function lost(which) {
  which.close();
  if (database !== which) return;
  database = null;
  // Noticed now rather than with the next answer.
  setTimeout(() => connect().catch(() => {}), 100);
}

/** A transaction, as a promise of what `work` has put into `result.value`. Nothing of it stands if it fails. */
function transact(stores, work, on = database, mode = 'readwrite') {
  return new Promise((resolve, reject) => {
    const transaction = on.transaction(stores, mode, { durability: 'strict' });
    const result = { value: undefined };
    let why = null;
    transaction.oncomplete = () => resolve(result.value);
    transaction.onabort = () => reject(why ?? transaction.error ?? fault('AbortError', 'The browser has stopped a change'));
    /** Steps that run in the database's own events, where an error would go nowhere. */
    const step = (act) => (event) => {
      try {
        act(event.target.result);
      } catch (error) {
        why = error;
        transaction.abort();
      }
    };
    step(() => work(transaction, step, result))({ target: {} });
  });
}

function look(stores, work, on = database) {
  return transact(stores, work, on, 'readonly');
}

/** This storage's own number; none where not even that can be kept. */
async function marker(on) {
  const known = await look('meta', (transaction, step, result) => {
    transaction.objectStore('meta').get('born').onsuccess = step((value) => { result.value = value; });
  }, on);
  if (known) return known;
  const made = newId();
  return transact('meta', (transaction) => transaction.objectStore('meta').put(made, 'born'), on).then(() => made, () => null);
}

/** After the browser has thrown everything away: what this page knows is kept again. */
async function restore(on) {
  for (const entry of files.values()) {
    if (!entry.stored || !entry.ours) continue;
    const bytes = join(entry.chunks).slice(0, entry.kept);
    if (entry.id && bytes.length === 0) continue; // finished before this visit: never read
    await transact(['files', 'chunks'], (transaction, step) => {
      const names = transaction.objectStore('files');
      names.getKey(entry.path).onsuccess = step((known) => {
        // Another tab has been quicker.
        if (known !== undefined) return;
        names.put(entry.id ? { path: entry.path, at: entry.at, id: entry.id } : { path: entry.path, at: entry.at, bytes });
        if (entry.id) transaction.objectStore('chunks').put({ at: entry.at, bytes }, [entry.id, 0]);
      });
    }, on);
    if (entry.id) entry.next = 1;
  }
}

const chunksOf = (id) => IDBKeyRange.bound([id], [id, []]);

// ── What one tab holds ──

/** Holds a journal for this tab. `patience` in milliseconds; whether it is ours. */
function lock(entry, patience) {
  if (entry.unlock || !navigator.locks) return Promise.resolve(true);
  return new Promise((resolve) => {
    const held = () => new Promise((release) => {
      entry.unlock = release;
      resolve(true);
    });
    const aborter = new AbortController();
    const stop = patience ? after(patience, () => aborter.abort()) : () => {};
    navigator.locks
      .request(`${NAME}:${entry.id}`, { signal: aborter.signal }, () => {
        stop();
        return held();
      })
      // Given up; or locks are denied here, and playing is worth more than refusing to.
      .catch((error) => resolve(error?.name !== 'AbortError'));
  });
}

// ── Writing ──

function enqueue(entry, operation) {
  entry.queue.push(operation);
  pump(entry);
}

/** What goes into one transaction: all lines that have queued up, or one other change. */
function leading(queue) {
  if (queue[0].kind !== 'append') return queue.slice(0, 1);
  const end = queue.findIndex((operation) => operation.kind !== 'append');
  return queue.slice(0, end < 0 ? queue.length : end);
}

async function pump(entry) {
  if (entry.busy || !entry.queue.length) return;
  entry.busy = true;
  clearTimeout(entry.timer);
  try {
    while (entry.queue.length) {
      const group = leading(entry.queue);
      for (const operation of group) operation.begun = true;
      const known = after(WRITE_MS, () => failed(entry, fault('TimeoutError')));
      let outcome;
      try {
        outcome = await attempt(entry, group);
      } finally {
        known();
      }
      entry.queue.splice(0, group.length);
      entry.wait = FIRST_WAIT_MS;
      const last = group.at(-1);
      if (last.token) tell(last.token, true, last.record ?? 0, outcome ?? '');
      if (entry.path === PROGRESS && cameBack) askToPersist();
    }
  } catch (error) {
    failed(entry, error);
    entry.timer = setTimeout(pump, entry.wait, entry);
    entry.wait = Math.min(entry.wait * 2, LONGEST_WAIT_MS);
  } finally {
    entry.busy = false;
  }
}

function failed(entry, error) {
  const tokens = new Set(entry.queue.map((operation) => operation.token).filter(Boolean));
  for (const token of tokens) tell(token, false, 0, kind(error));
}

async function attempt(entry, group) {
  if (entry.id) await lock(entry, 0);
  if (!database) await within(connect(), OPEN_MS);
  const [first] = group;
  switch (first.kind) {
    case 'append': return addLines(entry, group);
    case 'cut': return cutLines(entry, first.length);
    case 'rename': return moveName(entry, first);
    case 'put': return putNew(entry, first.bytes);
    case 'change': return changeFile(entry, first);
    case 'remove': return transact('files', (transaction) => transaction.objectStore('files').delete(entry.path));
  }
}

async function addLines(entry, group) {
  const bytes = join(group.map((operation) => operation.bytes));
  const at = Date.now();
  await transact(['files', 'chunks'], (transaction) => {
    if (!entry.stored) transaction.objectStore('files').add({ path: entry.path, at, id: entry.id });
    transaction.objectStore('chunks').add({ at, bytes }, [entry.id, entry.next]);
  });
  entry.stored = true;
  entry.next += 1;
  entry.kept += bytes.length;
}

/** Drops what a journal has after this many bytes. */
async function cutLines(entry, length) {
  const next = await transact('chunks', (transaction, step, result) => {
    let before = 0;
    result.value = 0;
    transaction.objectStore('chunks').openCursor(chunksOf(entry.id)).onsuccess = step((cursor) => {
      if (!cursor) return;
      const { bytes, at } = cursor.value;
      const rest = length - before;
      if (rest <= 0) cursor.delete();
      else {
        if (rest < bytes.length) cursor.update({ at, bytes: bytes.slice(0, rest) });
        result.value = cursor.key[1] + 1;
      }
      before += bytes.length;
      cursor.continue();
    });
  });
  entry.next = next;
  entry.kept = Math.min(entry.kept, length);
}

async function moveName(entry, { from, to }) {
  if (!entry.stored) return;
  await transact('files', (transaction, step) => {
    const names = transaction.objectStore('files');
    names.get(from).onsuccess = step((known) => {
      if (!known) return;
      names.delete(from);
      names.put({ ...known, path: to });
    });
  });
  if (FINISHED.test(to)) askToPersist();
}

async function putNew(entry, bytes) {
  await transact('files', (transaction) => {
    transaction.objectStore('files').add({ path: entry.path, at: entry.at, bytes });
  });
  entry.stored = true;
  entry.kept = bytes.length;
}

/** Lets the game see a small file and say what becomes of it, with no other tab in between. Where an old content was moved to. */
async function changeFile(entry, { token, aside }) {
  let written = null;
  const moved = await transact('files', (transaction, step, result) => {
    const names = transaction.objectStore('files');
    names.get(entry.path).onsuccess = step((known) => {
      const verdict = decide(token, known?.bytes);
      if (!verdict) return;
      const [why, bytes] = verdict instanceof Uint8Array ? ['', verdict] : verdict;
      const put = () => names.put({ path: entry.path, at: Date.now(), bytes });
      written = bytes;
      if (!why || !known) return put();
      names.getAllKeys().onsuccess = step((taken) => {
        const [, stem, ending] = /^\/(.*?)(\.\w+)?$/.exec(entry.path);
        let number = 1;
        const name = () => `${aside}/${stem}-${why}${number > 1 ? `-${number}` : ''}${ending ?? ''}`;
        while (taken.includes(name())) number += 1;
        result.value = name();
        names.put({ ...known, path: name() });
        put();
      });
    });
  });
  if (written) Object.assign(entry, { chunks: [written], kept: written.length, stored: true, at: Date.now() });
  return moved;
}

/** Asks the browser, once ever, not to throw things away: now there is something to lose. */
async function askToPersist() {
  if (asked) return;
  asked = true;
  try {
    if (!navigator.storage?.persist || (await navigator.storage.persisted())) return;
    const first = await transact('meta', (transaction, step, result) => {
      const meta = transaction.objectStore('meta');
      meta.get('asked').onsuccess = step((asked) => {
        result.value = !asked;
        if (!asked) meta.put(true, 'asked');
      });
    });
    if (first) await navigator.storage.persist();
  } catch {
    // It was only a wish.
  }
}

// ── What the game calls ──

const length = (entry) => entry.chunks.reduce((sum, chunk) => sum + chunk.length, 0);

/** Why nothing is kept, in a word; '' as long as all is well at the start. */
export let trouble = '';

/** Reads what is kept. Never fails: `trouble` then says why there is nothing. */
export async function open() {
  try {
    await within(load(), OPEN_MS);
  } catch (error) {
    trouble = kind(error);
  }
}

/** `event(token, ok, record, words)`; `change(token, bytes)` gives new bytes, `[why, bytes]`, or nothing. */
export function listen(event, change) {
  tell = event;
  decide = change;
}

export const has = (path) => files.has(path);
export const size = (path) => (files.has(path) ? length(files.get(path)) : 0);
export const read = (path) => (files.has(path) ? join(files.get(path).chunks) : undefined);

/** `[path, bytes, milliseconds]` of what lies directly in a folder. */
export function list(folder) {
  const inside = [...files.values()].filter(({ path }) => path.slice(0, path.lastIndexOf('/')) === folder);
  return inside.map((entry) => [entry.path, length(entry), entry.at]);
}

/** A journal without a line: the database hears of it with its first. */
export function create(path) {
  if (files.has(path)) return false;
  files.set(path, fresh(path, { id: newId() }));
  return true;
}

export function remove(path) {
  const entry = files.get(path);
  if (!entry) return;
  files.delete(path);
  // What has not reached the database need not.
  entry.queue = entry.queue.filter((operation) => operation.begun && entry.busy);
  if (entry.stored || entry.queue.length) enqueue(entry, { kind: 'remove' });
}

export function rename(from, to) {
  const entry = files.get(from);
  if (!entry) return false;
  files.delete(from);
  files.set(to, entry);
  entry.path = to;
  enqueue(entry, { kind: 'rename', from, to });
  return true;
}

/** '' if it is ours from now on, 'held' or 'missing'. */
export function claim(path) {
  const entry = files.get(path);
  if (!entry) return 'missing';
  if (!entry.ours || entry.taken) return 'held';
  entry.taken = true;
  return '';
}

export function release(path) {
  const entry = files.get(path);
  if (entry) entry.taken = false;
}

export function append(path, bytes, token, record) {
  const entry = files.get(path);
  if (!entry) return;
  entry.at = Date.now();
  entry.chunks.push(bytes);
  enqueue(entry, { kind: 'append', bytes, token, record });
}

export function cut(path, to) {
  const entry = files.get(path);
  if (!entry || length(entry) <= to) return;
  entry.chunks = [join(entry.chunks).slice(0, to)];
  enqueue(entry, { kind: 'cut', length: to });
}

/** A new small file; whether its name was free. */
export function put(path, bytes, token) {
  if (files.has(path)) return false;
  const entry = fresh(path, { chunks: [bytes] });
  files.set(path, entry);
  enqueue(entry, { kind: 'put', bytes, token });
  return true;
}

/** A file that goes with the page: opened or dropped. */
export function lend(path, bytes) {
  files.set(path, fresh(path, { chunks: [bytes] }));
}

/** Changes a small file soon. The tokens of those changes that wait no more because this one knows all that they knew. */
export function change(path, aside, token, replaces) {
  let entry = files.get(path);
  if (!entry) files.set(path, (entry = fresh(path)));
  const dropped = replaces ? entry.queue.filter((operation) => operation.kind === 'change' && !operation.begun) : [];
  entry.queue = entry.queue.filter((operation) => !dropped.includes(operation));
  enqueue(entry, { kind: 'change', token, aside });
  return dropped.map((operation) => operation.token);
}

async function load() {
  await connect();
  const on = database;
  const known = await look('files', (transaction, step, result) => {
    transaction.objectStore('files').getAll().onsuccess = step((all) => { result.value = all; });
  }, on);
  const found = known.map(({ path, at, id, bytes }) =>
    fresh(path, id ? { id, at, stored: true, ours: false } : { at, stored: true, chunks: [bytes], kept: bytes.length }));
  // First held, then read: in between another tab could have added lines.
  await Promise.all(found.filter(({ path, id }) => id && OPEN_MATCH.test(path)).map(async (entry) => {
    entry.ours = await lock(entry, LOCK_MS);
    if (!entry.ours) return;
    const chunks = await look('chunks', (transaction, step, result) => {
      const rows = [];
      transaction.objectStore('chunks').openCursor(chunksOf(entry.id)).onsuccess = step((cursor) => {
        if (!cursor) return;
        rows.push({ n: cursor.key[1], ...cursor.value });
        result.value = rows;
        cursor.continue();
      });
    }, on);
    for (const { n, at, bytes } of chunks ?? []) {
      entry.chunks.push(bytes);
      Object.assign(entry, { at, next: n + 1, kept: entry.kept + bytes.length });
    }
  }));
  for (const entry of found) files.set(entry.path, entry);
  cameBack = files.has(PROGRESS);
}

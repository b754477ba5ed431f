// Files that come from outside the browser's storage and go there: chosen, dropped, named in the address, or saved as a download.

/** More at once are not what anybody meant. */
const MOST_FILES = 10;
/** A question file has at most this many bytes (`bank::MAX_BYTES`). */
const MOST_BYTES = 16 * 1024 * 1024;
/** How long an address may be silent. */
const FETCH_MS = 20_000;

const TYPES = { png: 'image/png', json: 'application/json', txt: 'text/plain' };

/** What is told to the game before it listens. */
let waiting = [];
let tell = (...told) => waiting.push(told);

/** `hear(what, files)`: 'over' and 'away' while a file hovers, 'here' with files: `[name, bytes or undefined, why, number]` each. */
export function listen(hear) {
  tell = hear;
  waiting.splice(0).forEach((told) => hear(...told));
}

async function readFile(file, most) {
  if (file.size > most) return [file.name, undefined, 'big', most];
  try {
    return [file.name, new Uint8Array(await file.arrayBuffer())];
  } catch (error) {
    // What is dropped may be a folder; what was chosen may have gone or changed since.
    return [file.name, undefined, error.name === 'NotFoundError' ? 'missing' : 'unread', 0];
  }
}

async function readAll(list, most) {
  const read = await Promise.all([...list].slice(0, MOST_FILES).map((file) => readFile(file, most)));
  if (list.length > MOST_FILES) read.push([`+ ${list.length - MOST_FILES}`, undefined, 'many', 0]);
  return read;
}

// ── Chosen ──

let asking = null;

/** Lets the player choose files: `done(files)`, or `done()` if none. One question at a time: a new one ends the one before. */
export function pick(title, endings, several, most, done) {
  asking?.();
  const input = document.createElement('input');
  input.type = 'file';
  input.multiple = several;
  // Phones and tablets know files by kinds of their own, and would grey out all those that they do not know.
  if (!(navigator.maxTouchPoints > 1)) input.accept = endings.map((ending) => `.${ending}`).join(',');
  let over = false;
  const end = (files) => {
    if (over) return;
    over = true;
    if (asking === cancel) asking = null;
    button?.remove();
    input.remove();
    done(files);
  };
  const cancel = () => end(undefined);
  let button = null;
  asking = cancel;
  input.addEventListener('change', async () => end(input.files.length ? await readAll(input.files, most) : undefined));
  input.addEventListener('cancel', cancel);
  // Browsers before 2024 do not say that nothing was chosen: the page has its focus back, and no file comes.
  if (!('oncancel' in input)) {
    window.addEventListener('focus', () => setTimeout(() => input.files.length || button || cancel(), 1000), { once: true });
  }
  input.hidden = true;
  document.body.append(input);
  try {
    // Throws where the browser does not see the player's own press behind it.
    if (navigator.userActivation && !navigator.userActivation.isActive) throw new DOMException('no press', 'NotAllowedError');
    input.showPicker();
  } catch {
    button = pressHere(title, () => input.click(), cancel);
  }
}

/** The press was a gamepad's, or too long ago: the browser wants one that it sees itself. */
function pressHere(title, open, cancel) {
  const before = document.activeElement;
  const box = document.createElement('dialog');
  box.className = 'ask';
  const words = document.createElement('p');
  words.id = 'ask';
  words.textContent = title;
  box.setAttribute('aria-labelledby', words.id);
  const add = (name, press) => {
    const button = document.createElement('button');
    button.textContent = name;
    button.addEventListener('click', press);
    return button;
  };
  box.append(words, add('Choose a file…', open), add('Cancel', cancel));
  box.addEventListener('cancel', cancel);
  const keys = (event) => event.stopPropagation();
  for (const name of ['keydown', 'keyup', 'pointerdown', 'pointerup', 'click']) box.addEventListener(name, keys);
  document.body.append(box);
  box.showModal();
  return {
    remove() {
      box.remove();
      before?.focus?.();
    },
  };
}

// ── Saved ──

/** Hands a file to the browser, which puts it where it puts downloads. */
export function save(name, bytes) {
  const type = TYPES[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
  const url = URL.createObjectURL(new Blob([bytes], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.hidden = true;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

// ── Dropped ──

function takeDrops(target) {
  const carries = (event) => [...(event.dataTransfer?.types ?? [])].includes('Files');
  let depth = 0;
  target.addEventListener('dragenter', (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    depth += 1;
    if (depth === 1) tell('over');
  });
  target.addEventListener('dragover', (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
  });
  target.addEventListener('dragleave', (event) => {
    if (!carries(event)) return;
    depth = Math.max(0, depth - 1);
    if (depth === 0) tell('away');
  });
  target.addEventListener('drop', async (event) => {
    event.preventDefault();
    depth = 0;
    tell('away');
    const files = event.dataTransfer?.files;
    if (files?.length) tell('here', await readAll(files, MOST_BYTES));
  });
}

// ── Named in the address ──

/** What stands behind `?bank=`, as a file or as why there is none. */
async function fetchBank(address) {
  let url;
  try {
    url = new URL(address, document.baseURI);
    if (!/^https?:$/.test(url.protocol)) throw new TypeError(url.protocol);
  } catch {
    return [address, undefined, 'address', 0];
  }
  const name = decodeName(url) || url.hostname;
  const aborter = new AbortController();
  let late = false;
  let timer;
  const alive = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      late = true;
      aborter.abort();
    }, FETCH_MS);
  };
  try {
    alive();
    // Nobody's cookies: whoever sends a link must not have others fetch in their own name.
    const response = await fetch(url, { signal: aborter.signal, credentials: 'omit', referrerPolicy: 'no-referrer' });
    if (!response.ok) return [name, undefined, 'status', response.status];
    const chunks = [];
    let size = 0;
    const reader = response.body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      alive();
      size += value.length;
      if (size > MOST_BYTES) {
        aborter.abort();
        return [name, undefined, 'big', MOST_BYTES];
      }
      chunks.push(value);
    }
    return [name, new Uint8Array(await new Blob(chunks).arrayBuffer())];
  } catch {
    const why = late ? 'late' : navigator.onLine === false ? 'offline' : url.origin === location.origin ? 'lost' : 'denied';
    return [name, undefined, why, 0];
  } finally {
    clearTimeout(timer);
  }
}

function decodeName(url) {
  const last = url.pathname.split('/').pop();
  try {
    return decodeURIComponent(last).replaceAll('/', '_');
  } catch {
    return last;
  }
}

/** Takes drops from now on, and fetches what the address names. */
export function begin() {
  takeDrops(window);
  const address = new URLSearchParams(location.search).get('bank');
  if (address !== null) fetchBank(address).then((file) => tell('here', [file]));
}

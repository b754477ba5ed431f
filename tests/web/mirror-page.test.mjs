// The page's half of the mirror (assets/web/mirror.js) with a game of a few lines in place of the real one: elements that stay, focus both
// ways, keys, typing while the game is slow to answer, fingers, a frame within another page. The real game is in mirror.test.mjs.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT, visitor } from './harness.mjs';

const asset = (name) => readFileSync(join(ROOT, 'assets/web', name), 'utf8');

const GAME = `
  window.roundtable = {
    asked: [], keys: [], answer: true, count: 0,
    ask(id, action, value, anchor, cursor) {
      this.asked.push([id, action, ...(value === undefined ? [] : [value]), ...(action === 'type' ? [anchor, cursor] : [])]);
      return ++this.count;
    },
  };
  const page = { title: 'A screen · Roundtable', language: 'en', polite: '', assertive: '', focus: '', top: [], elements: [], gone: [], answered: 0 };
  window.show = (changes) => roundtable.mirror.update(JSON.stringify({ ...page, answered: roundtable.count, ...changes }));
  const canvas = document.getElementById('game');
  for (const type of ['keydown', 'keyup', 'focus', 'blur', 'pointerdown', 'pointerup', 'wheel']) {
    canvas.addEventListener(type, (event) => roundtable.keys.push(event.key ? type + ' ' + event.key : type));
  }`;

const PAGE = `<!doctype html><html><head><style>${asset('style.css')}</style></head><body><div id="stage"><canvas id="game" tabindex="0"></canvas>
<div id="mirror"></div></div><script>${GAME}</script><script type="module">${asset('mirror.js')}\nroundtable.mirror = { update, leave };</script></body></html>`;

const button = (id, text, top, more = {}) => ({
  id, tag: 'button', attributes: [['type', 'button']], text, focusable: true, place: [10, top, 200, 40], ...more,
});
const field = (id, name, top, value = '', more = {}) => ({
  id, tag: 'input', attributes: [['type', 'text'], ['aria-label', name]], focusable: true, place: [10, top, 200, 40], value,
  selection: [value.length, value.length], ...more,
});

/** A page with three buttons and a field. */
async function open(t, options) {
  const page = await (await visitor(t, options)).newPage();
  await page.route('http://game.test/**', (route) => {
    const inside = route.request().url().endsWith('/game');
    const frame = '<!doctype html><button>before</button><iframe src="/game" style="width:600px;height:400px"></iframe><button>after</button>';
    route.fulfill({ contentType: 'text/html', body: inside ? PAGE : frame });
  });
  await page.goto(options?.framed ? 'http://game.test/' : 'http://game.test/game');
  const game = options?.framed ? page.frames().find((frame) => frame.url().endsWith('/game')) : page;
  await game.waitForFunction(() => window.roundtable?.mirror);
  const first = [button('1', 'One', 10), button('2', 'Two', 60), button('3', 'Three', 110), field('f', 'Name', 160)];
  await game.evaluate((elements) => show({ elements, top: elements.map(({ id }) => id), focus: '1' }), first);
  return { page, game };
}

const asked = (game) => game.evaluate(() => roundtable.asked.splice(0));
const keys = (game) => game.evaluate(() => roundtable.keys.splice(0));
const focused = (game) => game.evaluate(() => document.activeElement.textContent || document.activeElement.tagName);

test('the focus stays on its element while others come, go and change places', async (t) => {
  const { game } = await open(t);
  assert.equal(await focused(game), 'One', 'in a page of its own the game has the keys from the start');
  await game.evaluate(() => { window.one = document.activeElement; });
  let blurs = await game.evaluate(() => { one.addEventListener('blur', () => { window.blurred = true; }); return !!window.blurred; });
  await game.evaluate((more) => show({ elements: more, top: ['3', 'n', '1', '2'], gone: ['f'], focus: '1' }), [button('n', 'New', 5), button('1', 'One', 300)]);
  assert.deepEqual(await game.getByRole('button').allTextContents(), ['Three', 'New', 'One', 'Two']);
  blurs = await game.evaluate(() => window.blurred || document.activeElement !== window.one);
  assert.ok(!blurs);
  assert.equal(await game.getByRole('textbox').count(), 0);
  await game.evaluate(() => show({ top: ['3', 'n', '2'], gone: ['1'], focus: 'n' }));
  assert.equal(await focused(game), 'New', 'what had the focus is gone: it is where the game says');
});

test('nothing is written while nothing changes', async (t) => {
  const { game } = await open(t);
  await game.evaluate(() => {
    window.writes = 0;
    new MutationObserver((list) => { window.writes += list.length; }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    show({ top: ['1', '2', '3', 'f'], focus: '1' });
  });
  await game.waitForTimeout(50);
  assert.equal(await game.evaluate(() => window.writes), 0);
});

test('Tab is the browser’s, and the game follows; the game moves, and the browser follows', async (t) => {
  const { page, game } = await open(t);
  await page.keyboard.press('Tab');
  assert.equal(await focused(game), 'Two');
  assert.deepEqual(await asked(game), [['2', 'focus']]);
  // What the game said before it had heard of it takes nothing back.
  await game.evaluate(() => show({ top: ['1', '2', '3', 'f'], focus: '1', answered: 0 }));
  assert.equal(await focused(game), 'Two');
  await keys(game);
  await page.keyboard.press('Enter');
  assert.deepEqual(await keys(game), [], 'a key waits until the game has heard where it goes');
  await game.evaluate(() => show({ top: ['1', '2', '3', 'f'], focus: '2' }));
  assert.deepEqual(await keys(game), ['keyup Tab', 'keydown Enter', 'keyup Enter']);
  await game.evaluate(() => show({ top: ['1', '2', '3', 'f'], focus: '3' }));
  assert.equal(await focused(game), 'Three');
  assert.deepEqual(await asked(game), [], 'what the game has moved itself it is not asked for');
});

test('a key plays once, and the browser keeps its own', async (t) => {
  const { page, game } = await open(t);
  assert.deepEqual(await keys(game), ['focus'], 'the game knows that the keys are its');
  for (const key of ['Enter', ' ', 'a', 'ArrowDown']) {
    await page.keyboard.press(key);
    assert.deepEqual(await keys(game), [`keydown ${key}`, `keyup ${key}`]);
  }
  assert.deepEqual(await asked(game), [], 'no press beside the key');
  const kept = await game.evaluate(() => {
    const kept = {};
    for (const init of [{ key: 'F5' }, { key: 'r', ctrlKey: true }, { key: 'a' }, { key: 'Enter', ctrlKey: true }, { key: 'Tab' }]) {
      kept[init.key + (init.ctrlKey ? '+Ctrl' : '')] = document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { ...init, bubbles: true, cancelable: true }));
    }
    return kept;
  });
  assert.deepEqual(kept, { 'F5': true, 'r+Ctrl': true, 'a': false, 'Enter+Ctrl': false, 'Tab': true });
});

test('assistive technology presses, and mouse and wheel go through to the canvas', async (t) => {
  const { page, game } = await open(t);
  await game.getByRole('button', { name: 'Two' }).dispatchEvent('click');
  assert.deepEqual(await asked(game), [['2', 'press']]);
  await keys(game);
  await page.mouse.click(50, 130);
  await page.mouse.wheel(0, 10);
  await game.waitForFunction(() => roundtable.keys.includes('wheel'));
  assert.deepEqual((await keys(game)).filter((key) => !['focus', 'blur'].includes(key)), ['pointerdown', 'pointerup', 'wheel']);
  assert.deepEqual(await asked(game), [], 'a press of the mouse is the canvas’s alone');
  assert.equal(await focused(game), 'One', 'and the keys are the game’s still');
});

test('what is typed stays while the game is slow, and what it refuses goes', async (t) => {
  const { page, game } = await open(t);
  await game.evaluate(() => show({ top: ['1', '2', '3', 'f'], focus: 'f' }));
  await page.keyboard.type('ab');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.type('c');
  const said = (await asked(game)).filter(([, action]) => action === 'type');
  assert.deepEqual(said, [['f', 'type', 'a', 1, 1], ['f', 'type', 'ab', 2, 2], ['f', 'type', 'acb', 2, 2]]);
  const value = () => game.evaluate(() => document.activeElement.value);
  // The answer to the first letter only, while three are on their way.
  await game.evaluate((element) => show({ elements: [element], top: ['1', '2', '3', 'f'], focus: 'f', answered: 1 }), field('f', 'Name', 160, 'a'));
  assert.equal(await value(), 'acb');
  await game.evaluate((element) => show({ elements: [element], top: ['1', '2', '3', 'f'], focus: 'f' }), field('f', 'Name', 160, 'acb', { selection: [2, 2] }));
  assert.equal(await value(), 'acb');
  await page.keyboard.type('!');
  await game.evaluate(() => show({ top: ['1', '2', '3', 'f'], focus: 'f' }));
  assert.equal(await value(), 'acb', 'the game would not have it');
  assert.equal(await game.evaluate(() => document.activeElement.selectionStart), 2);
  await keys(game);
  await page.keyboard.press('x');
  await page.keyboard.press('Enter');
  assert.deepEqual((await keys(game)).filter((key) => key.startsWith('keydown')), [], 'the game has not heard of the letter yet');
  await game.evaluate(() => show({ top: ['1', '2', '3', 'f'], focus: 'f' }));
  assert.deepEqual((await keys(game)).filter((key) => key.startsWith('keydown')), ['keydown Enter'], 'Enter plays, a letter is typed');
});

test('composing is left in peace, and arrives', async (t) => {
  const { page, game } = await open(t);
  await game.evaluate(() => show({ top: ['1', '2', '3', 'f'], focus: 'f' }));
  const session = await page.context().newCDPSession(page);
  await session.send('Input.imeSetComposition', { text: 'に', selectionStart: 1, selectionEnd: 1 });
  await game.evaluate((element) => show({ elements: [element], top: ['1', '2', '3', 'f'], focus: 'f' }), field('f', 'Name', 160, ''));
  assert.equal(await game.evaluate(() => document.activeElement.value), 'に', 'not taken away in the middle');
  await session.send('Input.insertText', { text: '日本' });
  const typed = (await asked(game)).filter(([, action]) => action === 'type');
  assert.deepEqual(typed.at(-1), ['f', 'type', '日本', 2, 2]);
});

test('a finger on a field brings the system’s keys, elsewhere they go', async (t) => {
  const { page, game } = await open(t, { hasTouch: true, isMobile: true, viewport: { width: 360, height: 640 } });
  await game.evaluate(() => show({ top: ['1', '2', '3', 'f'], focus: 'f' }));
  assert.notEqual(await focused(game), 'INPUT', 'a field that the game has focused does not bring them up by itself');
  await page.touchscreen.tap(100, 180);
  assert.equal(await focused(game), 'INPUT');
  assert.deepEqual((await keys(game)).filter((key) => key.startsWith('pointer')), ['pointerdown', 'pointerup'], 'the game hears the finger');
  const within = await game.evaluate(() => {
    window.gestures = [];
    HTMLInputElement.prototype.focus = new Proxy(HTMLInputElement.prototype.focus, { apply: (focus, self, args) => { gestures.push(window.event?.type); return Reflect.apply(focus, self, args); } });
    return document.elementFromPoint(100, 180).tagName;
  });
  assert.equal(within, 'INPUT', 'then it takes the finger itself: the system’s menu pastes');
  await page.keyboard.insertText('Oslo');
  assert.deepEqual((await asked(game)).filter(([, action]) => action === 'type').at(-1), ['f', 'type', 'Oslo', 4, 4]);
  await page.touchscreen.tap(300, 500);
  assert.notEqual(await focused(game), 'INPUT');
  await page.touchscreen.tap(100, 180);
  assert.deepEqual(await game.evaluate(() => window.gestures), ['touchend'], 'within the gesture itself, or a phone brings up nothing');
  assert.equal(await game.evaluate(() => parseFloat(getComputedStyle(document.activeElement).fontSize)) >= 16, true);
});

test('the same words twice are two announcements', async (t) => {
  const { game } = await open(t);
  await game.evaluate(() => {
    window.heard = [];
    for (const role of ['status', 'alert']) {
      const region = document.querySelector(`[role=${role}]`);
      new MutationObserver(() => heard.push(`${region.getAttribute('aria-live')}: ${region.textContent}`)).observe(region, { childList: true });
    }
  });
  for (const changes of [{ polite: 'Right.' }, { polite: 'Right. ' }, { polite: 'Right. ' }, { polite: 'Right. ', assertive: '5 seconds left' }]) {
    await game.evaluate((changes) => show({ top: ['1', '2', '3', 'f'], focus: '1', ...changes }), changes);
  }
  assert.deepEqual(await game.evaluate(() => window.heard), ['polite: Right.', 'polite: Right.', 'assertive: 5 seconds left']);
});

test('within another page the game waits to be asked, and Tab and Esc lead out of it', async (t) => {
  const { page, game } = await open(t, { framed: true });
  await page.keyboard.press('a');
  assert.deepEqual(await keys(game), [], 'keys are the other page’s');
  await page.getByText('before').focus();
  await page.keyboard.press('Tab');
  assert.equal(await focused(game), 'One');
  await page.keyboard.press('a');
  assert.deepEqual((await keys(game)).filter((key) => key.startsWith('keydown')), ['keydown a']);
  for (let stop = 0; stop < 4; stop++) await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'after', 'through it and out of it');
  assert.ok((await keys(game)).includes('blur'), 'the game knows');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Escape');
  await game.evaluate(() => show({ top: ['1', '2', '3', 'f'], focus: 'f' }));
  assert.ok((await keys(game)).includes('keydown Escape'), 'the game decides what a step back is');
  await game.evaluate(() => roundtable.mirror.leave());
  assert.equal(await game.evaluate(() => document.hasFocus()), false, 'on its first screen that is out of it');
});

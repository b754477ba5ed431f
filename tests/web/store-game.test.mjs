// The whole game's storage in the browser: what is left by a reload, a closed tab, a crash or lost graphics is there again; two tabs do not
// disturb each other; and files come in from outside and go out.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { test } from 'node:test';
import { breakStorage, folder, picture, program, ROOT, serve, started, visitor } from './harness.mjs';
import { begun, find, journals, kept, keptUntil, open, Player, records, shown, until } from './play.mjs';

const LONG = { timeout: 400_000 };

async function setting(t, options) {
  const { url } = await serve(t);
  return { url, context: await visitor(t, { serviceWorkers: 'block', ...options }) };
}

const text = (page, words) => page.getByRole('main').getByText(words).first();
const commands = (all, path) => records(all[path]).map(({ event }) => event.Command ?? event.Clock).map((one) => (typeof one === 'string' ? one : Object.keys(one)[0]));
const answersIn = (all, path) => records(all[path]).map(({ event }) => event.Command?.Answer?.question).filter(Boolean);

/** From the title into the first question of a first game. The player and the journal's path. */
async function play(page) {
  const player = new Player(page, 'mirror');
  await player.press('button', 'Play');
  await player.goOn('Start the round');
  const all = await keptUntil(page, 'a game', (all) => journals(all).length === 1);
  return { player, path: journals(all)[0] };
}

/** Answers the question that is asked, and waits until that is kept. */
async function answer(player, path, question) {
  assert.equal(await player.next(), 'question');
  assert.equal(await player.number(), question);
  await player.answer(await player.some());
  await keptUntil(player.page, `the answer to question ${question}`, (all) => answersIn(all, path).includes(question));
  await until(player.page, 'heading', /^(Right|Partly right|Not this time)$/);
}

/** From "Continue" on the title to where the game was left. */
async function goOn(page, path) {
  const player = new Player(page, 'mirror');
  await player.press('button', 'Continue');
  await player.goOn('Resume');
  const all = await keptUntil(page, 'that the game goes on', (all) => all[path] && commands(all, path).at(-1) === 'Resume');
  assert.deepEqual(journals(all), [path], 'no other game has begun');
  return player;
}

test('a reload in mid-question, and the title goes on with that question', LONG, async (t) => {
  const page = await open(t);
  const { path, player } = await play(page);
  assert.equal(await player.next(), 'question');
  const before = (await kept(page))[path];
  await page.reload();
  await started(page);
  await begun(page);
  await until(page, 'button', 'Continue');
  await picture(page, 'title-continue');
  assert.ok((await kept(page))[path].startsWith(before), 'nothing that was kept has changed');
  await answer(await goOn(page, path), path, 1);
});

test('a killed page and a closed tab lose nothing that was answered', LONG, async (t) => {
  const { url, context } = await setting(t);
  const page = await open(t, { context, url });
  const { path, player } = await play(page);
  await answer(player, path, 1);
  const gone = new Promise((resolve) => page.once('crash', resolve));
  (await context.newCDPSession(page)).send('Page.crash').catch(() => {});
  await gone;
  const again = await open(t, { context, url });
  const next = await goOn(again, path);
  await next.goOn('Next question');
  await answer(next, path, 2);
  const told = (await kept(again))[path];
  await again.close();
  const third = await open(t, { context, url });
  await text(third, 'Question 2').waitFor(shown);
  assert.ok((await kept(third))[path].startsWith(told));
});

test('lost graphics load the page again, and the same question is there without a word', LONG, async (t) => {
  const page = await open(t);
  const { path, player } = await play(page);
  await answer(player, path, 1);
  await player.goOn('Next question');
  assert.equal(await player.next(), 'question');
  const stem = await page.getByRole('main').getByRole('heading', { level: 1 }).innerText();
  const lose = () => Promise.all([
    page.waitForEvent('load'),
    page.evaluate(() => document.getElementById('game').getContext('webgl2').getExtension('WEBGL_lose_context').loseContext()),
  ]);
  await lose();
  await started(page);
  await until(page, 'button', 'Resume');
  await picture(page, 'resumed');
  await player.goOn('Resume');
  await until(page, 'heading', stem);
  await answer(player, path, 2);
  // On the title there is nothing to go on with by itself.
  await player.goOn('Next question');
  await player.press('button', 'Pause');
  await player.press('button', 'Leave');
  await until(page, 'button', 'Continue');
  await lose();
  await started(page);
  await until(page, 'button', 'Continue');
  assert.deepEqual(answersIn(await kept(page), path), [1, 2]);
});

// In a headless Chromium the first tab shows nothing new once the second was opened; whether that is the browser's or ours is not known.
test('two tabs play a match each, and neither takes the other’s', { ...LONG, todo: 'the first tab stands still' }, async (t) => {
  const { url, context } = await setting(t);
  const one = await open(t, { context, url });
  const { path, player } = await play(one);
  const two = await open(t, { context, url });
  // The other tab's match is in use: it is not offered.
  await until(two, 'button', 'Play');
  assert.equal(await find(two, 'button', 'Continue').count(), 0);
  const other = new Player(two, 'mirror');
  await other.press('button', 'Play');
  await two.waitForFunction(() => /Start the round|Choose your rounds/.test(document.querySelector('#mirror main').innerText));
  if (await find(two, 'button', 'Start').count()) await other.goOn('Start');
  await other.goOn('Start the round');
  const second = journals(await keptUntil(two, 'both matches', (all) => journals(all).length === 2)).find((found) => found !== path);
  await answer(other, second, 1);
  // A tab that nobody saw has stopped its question's clock.
  await one.bringToFront();
  await player.goOn('Resume');
  await answer(player, path, 1);
  await two.bringToFront();
  await other.goOn('Next question');
  await answer(other, second, 2);
  const all = await kept(one);
  assert.deepEqual([answersIn(all, path), answersIn(all, second)], [[1], [1, 2]]);
  await one.close();
  await two.close();
  const third = await open(t, { context, url });
  await until(third, 'button', 'Continue');
  assert.deepEqual(journals(await kept(third)).toSorted(), [path, second].toSorted());
});

const BANK = readFileSync(join(ROOT, 'questions', 'alliance-beyond.ron'), 'utf8').replace(/title: "[^"]*"/, 'title: "From elsewhere"');
const BROKEN = 'Bank(format: 1, id: "x", title: "Broken", rounds: [Round(id: "r", title: "R", questions: [Choice(id: "q", stem: "Which?", key: "A", distractors: ["A"], explanation: "So.")])])';

/** Plays the file that has been found sound; its match's first line, which embeds it. */
async function playOpened(page) {
  await text(page, 'Ready to play').waitFor(shown);
  await text(page, 'From elsewhere').waitFor(shown);
  const player = new Player(page, 'mirror');
  await player.press('button', /^Play(: From elsewhere)?$/);
  await page.waitForFunction(() => /Start the round|Choose your rounds/.test(document.querySelector('#mirror main').innerText));
  if (await find(page, 'button', 'Start').count()) await player.goOn('Start');
  const all = await keptUntil(page, 'a match', (all) => journals(all).length === 1);
  assert.match(all[journals(all)[0]].split('\n')[0], /From elsewhere/);
}

test('a file that the address names is fetched, checked and played', LONG, async (t) => {
  const { url, context } = await setting(t);
  await context.route('**/elsewhere.ron', (route) => route.fulfill({ body: BANK, contentType: 'text/plain' }));
  await playOpened(await open(t, { context, url, query: '?bank=elsewhere.ron' }));
});

test('a file that the address names in vain is told with its reason, a bad one in the words of bank check', LONG, async (t) => {
  const { url, context } = await setting(t);
  const far = createServer((request, response) => {
    response.writeHead(200);
    response.end(BANK);
  });
  await new Promise((resolve) => far.listen(0, resolve));
  t.after(() => far.closeAllConnections() ?? far.close());
  await context.route('**/broken.ron', (route) => route.fulfill({ body: BROKEN, contentType: 'text/plain' }));
  // What the command line says of the same file.
  const said = bankCheck(t, BROKEN);
  assert.ok(said.length > 0);
  for (const [name, address, words] of [
    ['missing', 'none.ron', ['Ask whoever made the link whether the file has moved.']],
    ['foreign', `http://localhost:${far.address().port}/x.ron`, ['Download the file yourself and open it here, or ask whoever keeps it to allow other sites to read it (CORS).']],
    ['page', './', ['Cannot be played yet']],
    ['broken', 'broken.ron', said],
  ]) {
    const page = await open(t, { context, url, query: `?bank=${encodeURIComponent(address)}` });
    for (const sentence of words) await text(page, sentence).waitFor(shown);
    await text(page, 'Cannot be played yet').waitFor(shown);
    await picture(page, `bank-${name}`);
    await page.close();
  }
});

test('a file that is dropped on the page is checked and played', LONG, async (t) => {
  const page = await open(t);
  const drag = (names) => page.evaluate(([names, text]) => {
    const carried = new DataTransfer();
    carried.items.add(new File([text], 'dropped.ron'));
    for (const name of names) {
      document.getElementById('game').dispatchEvent(new DragEvent(name, { bubbles: true, cancelable: true, dataTransfer: carried }));
    }
  }, [names, BANK]);
  await drag(['dragenter', 'dragover']);
  await text(page, 'Drop it here to open it').waitFor(shown);
  await picture(page, 'drop');
  await drag(['drop']);
  await playOpened(page);
});

test('a file that is chosen is kept among the question files, and is there after a reload', LONG, async (t) => {
  const page = await open(t, { viewport: { width: 900, height: 900 } });
  // The browser asks for a press that it sees itself.
  const player = new Player(page, 'keyboard');
  const chosen = page.waitForEvent('filechooser');
  await player.press('button', 'Open a question file…');
  const path = join(folder(t), 'chosen.ron');
  writeFileSync(path, BANK);
  await (await chosen).setFiles(path);
  await text(page, 'Ready to play').waitFor(shown);
  await new Player(page, 'mirror').press('button', 'Keep it in my question files');
  await keptUntil(page, 'the file', (all) => Object.entries(all).some(([path, text]) => /^\/banks\/.+\.ron$/.test(path) && text === BANK));
  await page.reload();
  await started(page);
  await begun(page);
  await new Player(page, 'mirror').press('button', 'Question files');
  await until(page, 'button', /From elsewhere/);
  await picture(page, 'banks-kept');
});

test('progress and settings go out as a file, and come in on another browser', LONG, async (t) => {
  const { url, context } = await setting(t);
  const page = await open(t, { context, url });
  const { path, player } = await play(page);
  await answer(player, path, 1);
  await player.press('button', 'Pause');
  await player.press('button', 'Leave');
  await player.press('button', 'Settings');
  await player.press('radio', 'Paper');
  await find(page, 'radio', 'Paper').and(page.locator('[aria-checked=true]')).waitFor(shown);
  await until(page, 'button', 'Export to a file');
  const saving = page.waitForEvent('download');
  await player.press('button', 'Export to a file');
  const file = join(folder(t), 'progress.json');
  await (await saving).saveAs(file);
  const exported = JSON.parse(readFileSync(file, 'utf8'));
  assert.ok(exported.roundtable && exported.content && exported.settings, Object.keys(exported).join());
  const elsewhere = await open(t, { context: await visitor(t, { serviceWorkers: 'block', viewport: { width: 900, height: 900 } }), url });
  const keys = new Player(elsewhere, 'keyboard');
  await keys.press('button', 'Settings');
  const choosing = elsewhere.waitForEvent('filechooser');
  await keys.press('button', 'Import from a file');
  await (await choosing).setFiles(file);
  await text(elsewhere, /^Taken in: /).waitFor(shown);
  await find(elsewhere, 'radio', 'Paper').and(elsewhere.locator('[aria-checked=true]')).waitFor(shown);
  await picture(elsewhere, 'settings-imported');
  await keptUntil(elsewhere, 'the progress', (all) => '/progress.json' in all);
});

test('where nothing can be kept, the player is told once and plays all the same', LONG, async (t) => {
  for (const how of ['denied', 'full']) {
    const { url, context } = await setting(t);
    await breakStorage(context, how);
    const page = await open(t, { context, url });
    const player = new Player(page, 'mirror');
    await player.press('button', 'Play');
    await player.goOn('Start the round');
    await text(page, how === 'denied' ? /cannot be kept here, but you can play/ : /cannot be saved, but you can play on/).waitFor(shown);
    await picture(page, `storage-${how}`);
    const dismiss = find(page, 'button', 'OK');
    while (await dismiss.count()) {
      await player.pressIt(dismiss.first());
      await dismiss.first().waitFor({ state: 'detached' }).catch(() => {});
    }
    for (const question of [1, 2]) {
      assert.equal(await player.next(), 'question');
      assert.equal(await player.number(), question);
      await player.answer(await player.some());
      await until(page, 'heading', /^(Right|Partly right|Not this time)$/);
      assert.equal(await dismiss.count(), 0, 'told once');
      await player.goOn('Next question');
    }
  }
});

/** What `roundtable bank check` says of this file, in the window's spelling: what is wrong and what to do. */
function bankCheck(t, bank) {
  const path = join(folder(t), 'broken.ron');
  writeFileSync(path, bank);
  const { stdout } = spawnSync(program(), ['bank', 'check', path, '--format', 'json'], { encoding: 'utf8' });
  const sentence = (words) => {
    let open = false;
    const quoted = words.replace(/`/g, () => ((open = !open) ? '“' : '”'));
    return quoted[0].toUpperCase() + quoted.slice(1) + (/[.?!…]”?$/.test(quoted) ? '' : '.');
  };
  return stdout.trim().split('\n').map((line) => JSON.parse(line)).flatMap(({ what, todo }) => [sentence(what), sentence(todo)]);
}

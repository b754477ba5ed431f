// A class as people meet it: a real host, real browsers for students, the teacher's remote and the big screen.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { BANK, Host, PROGRAM, answer, device, fill, findings, folder, kind, picture, screen, student } from './class-harness.mjs';

const LIMIT = 30_000;
const LED = [BANK, '--bind', '127.0.0.1:0', '--pace', 'hand'];
/** Every answer is told at once. */
const BY_HAND = [...LED, '--talk=never'];
const heading = (page) => page.getByRole('heading', { level: 1 });
const said = (page, text) => page.waitForFunction((text) => document.getElementById('say').textContent.includes(text), text);
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

async function remote(t, host, options = {}) {
  const page = await device(t, options);
  await page.goto(await host.remote());
  await page.locator('#can').waitFor({ state: 'attached' });
  return page;
}

/** Presses the teacher's Next until a question other than `than` is open on a student's page. */
async function open(host, page, than = null) {
  for (let step = 0; step < 6; step += 1) {
    host.press('n');
    try {
      await page.waitForFunction((than) => document.getElementById('answer') && document.getElementById('stem').textContent !== than, than, { timeout: 1500 });
      return heading(page).textContent();
    } catch { /* a round's name, or the standings */ }
  }
  throw new Error('no question opens');
}

/** Next until a question of this kind is open; others are skipped. */
async function openKind(host, page, wanted) {
  let stem = null;
  for (let step = 0; step < 8; step += 1) {
    stem = await open(host, page, stem);
    if ((await kind(page)) === wanted) return;
    host.press('s');
    await page.locator('.verdict').waitFor();
  }
  throw new Error(`no ${wanted}`);
}

/** Nothing serious, and nothing wider than the window: as it is, in the dark, and at 320 px. */
async function sound(page, name, { narrow = true } = {}) {
  const size = page.viewportSize();
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    assert.deepEqual(await findings(page), [], `${name}, ${colorScheme}`);
    await picture(page, `${name}-${colorScheme}`, { fullPage: size.width < 500 });
  }
  await page.emulateMedia({ colorScheme: null, contrast: 'more' });
  assert.deepEqual(await findings(page), [], `${name}, more contrast`);
  await page.emulateMedia({ contrast: null });
  if (!narrow) return;
  await page.setViewportSize({ width: 320, height: 640 });
  assert.deepEqual(await findings(page), [], `${name} at 320 px`);
  // Twice the text, as a browser's zoom or a phone's setting makes it.
  await page.evaluate(() => { document.documentElement.style.fontSize = '200%'; });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth ? []
    : [...document.querySelectorAll('body *')].filter((node) => node.getBoundingClientRect().right > document.documentElement.clientWidth).map((node) => node.outerHTML.slice(0, 90)));
  assert.deepEqual(wide, [], `${name} at 320 px and 200 %`);
  await picture(page, `${name}-320-200`, { fullPage: true });
  await page.evaluate(() => { document.documentElement.style.fontSize = ''; });
  // Every control is big enough to hit.
  const small = await page.evaluate(() => [...document.querySelectorAll('button, select, summary, input:not([type=checkbox]):not([type=radio]), label:has(input)')]
    .filter((control) => control.offsetParent)
    .map((control) => [control.textContent || control.id, control.getBoundingClientRect()])
    .filter(([, box]) => box.height < 44 || box.width < 44)
    .map(([name, box]) => `${name}: ${Math.round(box.width)}×${Math.round(box.height)}`));
  assert.deepEqual(small, [], `${name}: targets`);
  await page.setViewportSize(size);
}

test('a phone joins by the code on the big screen', async (t) => {
  const host = await Host.start(t);
  const big = await screen(t, host);
  const image = await big.getByRole('img', { name: 'QR code with the address' });
  await image.waitFor();
  const pixels = await image.evaluate(async (svg) => {
    const copy = svg.cloneNode(true);
    copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
    const picture = new Image();
    picture.src = `data:image/svg+xml,${encodeURIComponent(copy.outerHTML)}`;
    await picture.decode();
    const canvas = new OffscreenCanvas(400, 400).getContext('2d');
    canvas.fillStyle = '#fff';
    canvas.fillRect(0, 0, 400, 400);
    canvas.drawImage(picture, 0, 0, 400, 400);
    return [...canvas.getImageData(0, 0, 400, 400).data];
  });
  const { default: read } = await import('jsqr');
  const link = read(Uint8ClampedArray.from(pixels), 400, 400)?.data;
  assert.equal(link, `${host.url}/r/${host.code}`);
  const phone = await device(t);
  await phone.goto(link);
  const name = await phone.getByRole('radio').first().evaluate((radio) => radio.labels[0].textContent);
  await phone.getByRole('button', { name: `Join as ${name}` }).click();
  await phone.getByRole('heading', { name: 'You are in' }).waitFor();
  assert.equal(await phone.locator('.badge').textContent(), name);
  await big.getByText(name).waitFor();
  await big.getByText('1', { exact: true }).waitFor();
});

test('a phone joins by typing the code; a wrong one says so and costs nothing', async (t) => {
  const host = await Host.start(t);
  const phone = await device(t);
  await phone.goto(host.url);
  await sound(phone, 'door');
  const code = phone.getByLabel('Room code');
  await code.fill('12345');
  await phone.keyboard.press('Enter');
  await phone.getByText('A room code has six digits.').waitFor();
  await code.fill(host.code === '111111' ? '222222' : '111111');
  await phone.keyboard.press('Enter');
  await phone.getByText('No class has this code').waitFor();
  assert.equal(await code.getAttribute('aria-invalid'), 'true');
  await sound(phone, 'door-wrong');
  await code.fill(`${host.code.slice(0, 3)} ${host.code.slice(3)}`);
  await phone.keyboard.press('Enter');
  await phone.getByRole('button', { name: /^Join as/ }).waitFor();
});

test('three names are on offer, and one of one’s own only where the teacher allows it', async (t) => {
  const host = await Host.start(t);
  const phone = await device(t);
  await phone.goto(`${host.url}/r/${host.code}`);
  const spin = phone.getByRole('button', { name: /pin/ });
  await phone.getByRole('button', { name: 'Spin again (2 left)' }).click();
  await phone.getByRole('button', { name: 'Spin again (1 left)' }).click();
  assert.equal(await spin.textContent(), 'No spins left');
  assert.equal(await phone.getByRole('radio').count(), 3);
  await sound(phone, 'names');
  const first = await phone.getByRole('radio').first().evaluate((radio) => radio.labels[0].textContent);
  await phone.getByRole('radio').first().check();
  assert.equal(await phone.getByLabel('Or a name of your own').isVisible(), false);
  await phone.getByRole('button', { name: `Join as ${first}` }).click();
  await phone.getByText(first).first().waitFor();

  const free = await Host.start(t, [...BY_HAND, '--own-names']);
  const other = await device(t);
  await other.goto(`${free.url}/r/${free.code}`);
  const own = other.getByLabel('Or a name of your own');
  await own.fill('A\u202eB');
  await other.getByRole('button', { name: 'Join with this name' }).click();
  await other.getByText('This name cannot be used').waitFor();
  await sound(other, 'names-own');
  await own.fill('Ada L');
  await other.keyboard.press('Enter');
  await other.getByRole('heading', { name: 'You are in' }).waitFor();
  const twin = await device(t);
  await twin.goto(`${free.url}/r/${free.code}`);
  await twin.getByLabel('Or a name of your own').fill('ada l');
  await twin.keyboard.press('Enter');
  await twin.getByText('Somebody has this name').waitFor();
});

test('locked, full, begun, over and sent away: each its own sentence and next step', async (t) => {
  const host = await Host.start(t, [...BY_HAND, '--players', '1', '--no-late-join']);
  const turned = async (name, sentence, next, step) => {
    const phone = await device(t);
    await phone.goto(`${host.url}/r/${host.code}`);
    const early = phone.getByRole('button', { name: /^Join as/ });
    await early.or(heading(phone).filter({ hasText: sentence })).waitFor();
    if (await early.isVisible()) await early.click();
    await heading(phone).filter({ hasText: sentence }).waitFor();
    if (next) await phone.locator('#step').filter({ hasText: next }).waitFor();
    if (step) await phone.getByRole('button', { name: step }).waitFor();
    await sound(phone, `turned-${name}`);
    return phone;
  };
  const seated = await student(t, host);
  await turned('full', 'Every seat is taken', 'Ask your teacher.', 'Try again');
  host.press('l');
  await host.sees(/Locked/);
  const locked = await turned('locked', 'The class is locked', 'Ask your teacher to unlock it, then try again.', 'Try again');
  host.press('l', 'n');
  await heading(seated).filter({ hasText: /Land and water|Near and far/ }).waitFor();
  await turned('begun', 'The class has begun, and nobody can join any more', 'Ask your teacher.', 'Try again');
  await locked.getByRole('button', { name: 'Try again' }).click();
  await heading(locked).filter({ hasText: 'The class has begun' }).waitFor();
  host.press('k', '1', '\n');
  await heading(seated).filter({ hasText: 'Your teacher has taken you out of the class' }).waitFor();
  await seated.locator('#step').filter({ hasText: 'Talk to your teacher if that was a mistake.' }).waitFor();
  await sound(seated, 'kicked');
  // A kick holds: the seat is gone from this phone, too.
  await seated.reload();
  await heading(seated).filter({ hasText: /begun|Join/ }).waitFor();
  host.press('e', 'e');
  await host.sees(/The class is over/);
  await turned('over', 'The class is over', '', 'Join another class');
});

test('a student gets to the first question for at most 30 kB', async (t) => {
  const host = await Host.start(t, ['nato-explained', '--bind', '127.0.0.1:0']);
  const phone = await device(t);
  const network = await phone.context().newCDPSession(phone);
  await network.send('Network.enable');
  let bytes = 0;
  const requests = [];
  network.on('Network.requestWillBeSent', ({ request }) => requests.push(request.url));
  network.on('Network.loadingFinished', ({ encodedDataLength }) => { bytes += encodedDataLength; });
  network.on('Network.webSocketHandshakeResponseReceived', ({ response }) => { bytes += response.headersText?.length ?? 0; });
  network.on('Network.webSocketFrameReceived', ({ response }) => { bytes += Buffer.byteLength(response.payloadData) + 4; });
  await phone.goto(`${host.url}/r/${host.code}`);
  await phone.getByRole('button', { name: /^Join as/ }).click();
  await heading(phone).filter({ hasText: 'You are in' }).waitFor();
  await open(host, phone);
  await sleep(200);
  t.diagnostic(`${bytes} bytes, ${requests.length} requests`);
  assert.ok(bytes > 5000 && bytes <= LIMIT, `${bytes} bytes`);
  // Nobody else is asked for anything.
  assert.deepEqual(requests.filter((url) => !url.startsWith(host.url) && !url.startsWith('data:')), []);
});

test('a whole class: every kind answered, told, counted; every state sound', async (t) => {
  const host = await Host.start(t, BY_HAND);
  const [ada, bo] = [await student(t, host), await student(t, host, { colorScheme: 'dark' })];
  const names = await Promise.all([ada, bo].map((page) => page.locator('.badge').textContent()));
  const big = await screen(t, host);
  await sound(ada, 'lobby');
  await big.getByText(names[0]).waitFor();
  await sound(big, 'screen-lobby');
  host.press('n');
  await ada.getByText('Round 1 of 2').waitFor();
  await sound(ada, 'intro');
  await sound(big, 'screen-intro');
  const kinds = new Set();
  let stem = null;
  for (let number = 1; number <= 7; number += 1) {
    stem = await open(host, ada, stem);
    const open_ = await kind(ada);
    kinds.add(open_);
    await big.getByText('0', { exact: true }).waitFor();
    await sound(ada, `ask-${open_}`);
    await sound(big, `screen-ask-${open_}`);
    const right = number % 2 === 1;
    await answer(ada, right);
    await ada.getByRole('heading', { name: 'Answer received' }).waitFor();
    await said(ada, 'Answer received');
    await big.getByText('of 2 answered').waitFor();
    if (number === 1) {
      await sound(ada, 'received');
      await ada.getByRole('button', { name: 'Guessed' }).click();
      assert.equal(await ada.getByRole('button', { name: 'Guessed' }).getAttribute('aria-pressed'), 'true');
      host.press('p');
      await ada.getByText('Your teacher has paused the class').waitFor();
      await ada.getByText('Your answer has been received.').waitFor();
      await bo.getByText('You have not answered the question yet.').waitFor();
      await sound(ada, 'paused');
      await sound(big, 'screen-paused');
      host.press('p');
      await ada.getByRole('heading', { name: 'Answer received' }).waitFor();
    }
    await answer(bo, !right);
    await ada.getByRole('heading', { name: right ? 'Right' : /Not this time|Partly right/ , level: 2, exact: right }).waitFor();
    await bo.getByRole('heading', { name: right ? /Not this time|Partly right/ : 'Right', level: 2, exact: !right }).waitFor();
    await ada.getByText('Why', { exact: true }).waitFor();
    await ada.getByText('Source: A school atlas').waitFor();
    if (open_ === 'Choice') {
      const wrong = right ? bo : ada;
      await wrong.getByText('Lyon is the third largest city, but no capital.').waitFor();
      assert.match(await wrong.locator('[data-option].chosen').textContent(), /Lyon.*Your answer/);
      assert.match(await wrong.locator('[data-option].right').textContent(), /Paris.*right/);
    }
    // The big screen tells how the class answered, and of nobody what.
    await big.getByText(/1 of 2 right|0 of 2 right/).waitFor();
    const told = await big.locator('main').textContent();
    for (const name of names) assert.ok(!told.includes(name), told);
    await sound(ada, `told-${open_}`);
    await sound(bo, `told-${open_}-other`);
    await sound(big, `screen-told-${open_}`);
    if (number === 4) {
      host.press('n');
      await heading(ada).filter({ hasText: 'Standings' }).waitFor();
      await sound(ada, 'standings');
      await sound(big, 'screen-standings');
    }
  }
  assert.equal(kinds.size, 7);
  await ada.getByText('Your place').waitFor();
  for (let step = 0; step < 3 && !(await ada.getByText('That was the class').count()); step += 1) {
    host.press('n');
    await sleep(400);
  }
  await heading(ada).filter({ hasText: 'That was the class' }).waitFor();
  await ada.getByText('Questions to review').waitFor();
  await sound(ada, 'over');
  await big.getByText(/Well played, everyone!/).waitFor();
  await sound(big, 'screen-podium');

  // The place can be hidden, and stays so.
  await ada.getByRole('button', { name: 'Hide my place' }).click();
  assert.equal(await ada.locator('.where').isVisible(), false);
  await ada.reload();
  await ada.getByRole('button', { name: 'Show my place' }).waitFor();
  assert.equal(await ada.locator('.where').isVisible(), false);

  // The report, from the journal that the class has left.
  await host.quit();
  await ada.locator('#net').getByText('The class is over. You can close this page.').waitFor();
  const [journal] = host.finished();
  const out = folder(t);
  const files = ['csv', 'html', 'xlsx'].map((ending) => join(out, `report.${ending}`));
  execFileSync(PROGRAM, ['report', journal, '--csv', files[0], '--html', files[1], '--xlsx', files[2]]);
  const report = await device(t, { viewport: { width: 1280, height: 900 } });
  await report.goto(`file://${files[1]}`);
  for (const name of names) await report.getByText(name).first().waitFor();
  assert.deepEqual(await findings(report), [], 'the report');
  await picture(report, 'report', { fullPage: true });
  const csv = readFileSync(files[0], 'utf8');
  for (const name of names) assert.ok(csv.includes(name), csv);
});

test('by keyboard alone, with the focus where one left it and the result of every move said', async (t) => {
  const host = await Host.start(t, BY_HAND);
  const phone = await device(t);
  await phone.goto(`${host.url}/r/${host.code}`);
  await phone.getByRole('button', { name: /^Join as/ }).waitFor();
  const tabTo = async (name) => {
    for (let step = 0; step < 30; step += 1) {
      const at = await phone.evaluate(() => document.activeElement.getAttribute('aria-label') ?? document.activeElement.labels?.[0]?.textContent ?? document.activeElement.textContent);
      if (name.test(at)) return;
      await phone.keyboard.press('Tab');
    }
    throw new Error(`no way to ${name}`);
  };
  await tabTo(/^Join as/);
  await phone.keyboard.press('Enter');
  await heading(phone).filter({ hasText: 'You are in' }).waitFor();
  await openKind(host, phone, 'Order');
  // What changes takes the focus to its heading, which is read.
  assert.equal(await phone.evaluate(() => document.activeElement.id), 'stem');
  const items = () => phone.locator('#order .text').allTextContents();
  const last = (await items()).at(-1);
  await tabTo(new RegExp(`Move up: ${last}`));
  await phone.keyboard.press('Enter');
  await said(phone, `${last}: now 3 of 4.`);
  assert.equal(await phone.evaluate(() => document.activeElement.getAttribute('aria-label')), `Move up: ${last}`);
  await phone.keyboard.press('Space');
  await phone.keyboard.press('Space');
  await said(phone, `${last}: now 1 of 4.`);
  assert.equal((await items())[0], last);
  await phone.keyboard.press('Space');
  assert.equal((await items())[0], last, 'the top is the top');
  await tabTo(/^Submit answer/);
  await phone.keyboard.press('Enter');
  await phone.getByRole('heading', { level: 2 }).first().waitFor();
});

test('what was typed and ticked stays through a drop, a pause and a reload', async (t) => {
  const host = await Host.start(t, BY_HAND);
  const ways = [];
  const phone = await student(t, host, {
    way: (socket) => {
      ways.push(socket);
      socket.connectToServer();
    },
  });
  await openKind(host, phone, 'Text');
  const field = phone.getByLabel('Your answer');
  await field.pressSequentially('Vic');
  await field.evaluate((input) => { input.dataset.mark = 'the same'; });
  const before = ways.length;
  await ways.at(-1).close();
  await phone.getByText('Reconnecting… You have not answered the question yet.').waitFor();
  // Whoever writes goes on writing, in the same field, with the focus in it.
  await phone.keyboard.type('tor');
  await phone.locator('#net').waitFor({ state: 'hidden' });
  assert.ok(ways.length > before, 'it came back by itself');
  await phone.keyboard.type('!');
  assert.equal(await field.inputValue(), 'Victor!');
  assert.equal(await field.getAttribute('data-mark'), 'the same');
  await phone.keyboard.press('Backspace');
  host.press('p');
  await heading(phone).filter({ hasText: 'Paused' }).waitFor();
  host.press('p');
  await field.waitFor();
  assert.equal(await field.inputValue(), 'Victor');
  await phone.reload();
  await field.waitFor();
  assert.equal(await field.inputValue(), 'Victor');
  await field.press('End');
  await field.pressSequentially(' Hugo');
  await phone.keyboard.press('Enter');
  await phone.getByRole('heading', { name: 'Right', exact: true }).waitFor();
});

test('a number is read as people write it, and what is wrong with it is said', async (t) => {
  const host = await Host.start(t, BY_HAND);
  const phone = await student(t, host);
  await openKind(host, phone, 'Number');
  const field = phone.getByLabel(/^Your answer/);
  assert.equal(await field.getAttribute('inputmode'), 'decimal');
  for (const [typed, told] of [['eight', 'Write a number. From 0 to 40.'], ['41', 'outside the range'], ['7,5', 'between two steps']]) {
    await field.fill(typed);
    await phone.keyboard.press('Enter');
    await phone.getByText(told).waitFor();
    await said(phone, told);
    assert.equal(await field.getAttribute('aria-invalid'), 'true');
    assert.ok(await field.evaluate((input) => input === document.activeElement));
  }
  await sound(phone, 'number-wrong');
  await field.fill('8.0');
  await phone.keyboard.press('Enter');
  await phone.getByRole('heading', { name: 'Right', exact: true }).waitFor();
});

test('several can be ticked, and how many is said; every pair needs a partner of its own', async (t) => {
  const host = await Host.start(t, BY_HAND);
  const phone = await student(t, host);
  await openKind(host, phone, 'MultiChoice');
  const submit = phone.getByRole('button', { name: 'Submit answer' });
  assert.equal(await submit.getAttribute('aria-disabled'), 'true');
  await submit.click({ force: true });
  await phone.getByText('Choose at least one.').waitFor();
  await phone.getByRole('checkbox', { name: /Seine/ }).check();
  await phone.getByText('1 chosen').waitFor();
  await phone.getByRole('checkbox', { name: /Rhine/ }).check();
  await phone.getByText('2 chosen').waitFor();
  await picture(phone, 'ticked');
  await submit.click();
  await phone.getByRole('heading', { name: 'Right', exact: true }).waitFor();

  const other = await Host.start(t, BY_HAND);
  const second = await student(t, other);
  await openKind(other, second, 'Match');
  await second.getByRole('button', { name: '3 pairs left' }).waitFor();
  await second.getByLabel('Spain').selectOption('Rome');
  await second.getByLabel('Italy').selectOption('Rome');
  await said(second, 'Spain has no partner now.');
  await second.getByRole('button', { name: '2 pairs left' }).waitFor();
  await second.getByLabel('Spain').selectOption('Madrid');
  await second.getByLabel('Norway').selectOption('Oslo');
  await second.getByRole('button', { name: 'Submit answer' }).click();
  await second.getByRole('heading', { name: 'Right', exact: true }).waitFor();
});

test('sending, received and too late are three looks, and what they say is true', async (t) => {
  const host = await Host.start(t, BY_HAND);
  let slow = true;
  const held = [];
  // While it is slow, what a phone says waits, and so does the page that tells the answer.
  const phone = await student(t, host, {
    way: (socket) => {
      const server = socket.connectToServer();
      socket.onMessage((text) => { if (slow && text.includes('"answer"')) held.push(() => server.send(text)); else server.send(text); });
      server.onMessage((text) => { if (!(slow && text.includes('"kind":"feedback"'))) socket.send(text); });
    },
  });
  const other = await student(t, host);
  const stem = await open(host, phone);
  await (await fill(phone)).press();
  await phone.getByRole('heading', { name: 'Sending…' }).waitFor();
  await sound(phone, 'sending');
  assert.equal(await phone.getByRole('heading', { name: 'Answer received' }).count(), 0);
  host.press('r');
  await other.locator('.verdict').waitFor();
  held.pop()();
  await phone.getByRole('heading', { name: 'Too late' }).waitFor();
  await phone.getByText('The question had closed before your answer arrived, so it does not count.').waitFor();
  await said(phone, 'Too late');
  await sound(phone, 'late');
  slow = false;
  // It did not count, and the page of the answer says so, too.
  await phone.reload();
  await phone.getByRole('heading', { name: 'No answer' }).waitFor();

  await open(host, phone, stem);
  slow = true;
  await (await fill(phone)).press();
  await phone.getByRole('heading', { name: 'Sending…' }).waitFor();
  held.pop()();
  await phone.getByRole('heading', { name: 'Answer received' }).waitFor();
  const looks = await phone.locator('#fate').evaluate((place) => ['sending', 'received', 'late'].map((fate) => {
    place.dataset.fate = fate;
    const { borderStyle, borderColor, backgroundColor } = getComputedStyle(place);
    return `${borderStyle} ${borderColor} ${backgroundColor}`;
  }));
  assert.equal(new Set(looks).size, 3, looks.join(' | '));
});

test('the time that is left is said at half, at ten and at five seconds, and not to whoever has answered', async (t) => {
  const host = await Host.start(t, [BANK, '--bind', '127.0.0.1:0', '--pace', 'standard', '--talk=never']);
  const [phone, done] = [await student(t, host), await student(t, host)];
  for (const page of [phone, done]) {
    await page.evaluate(() => {
      window.heard = [];
      new MutationObserver(() => window.heard.push(document.getElementById('say').textContent)).observe(document.getElementById('say'), { childList: true, characterData: true, subtree: true });
    });
  }
  await openKind(host, phone, 'Number');
  await answer(done);
  await done.getByRole('heading', { name: 'Answer received' }).waitFor();
  await phone.locator('.verdict').waitFor({ timeout: 70_000 });
  const heard = await phone.evaluate(() => window.heard);
  assert.ok(heard.some((line) => /^Half of the time is left: \d+ seconds\.$/.test(line)), heard.join('|'));
  assert.ok(heard.includes('10 seconds.') && heard.includes('5 seconds.'), heard.join('|'));
  assert.ok(!(await done.evaluate(() => window.heard)).some((line) => /^(Half|10 sec|5 sec)/.test(line)));
  await phone.getByRole('heading', { name: 'No answer' }).waitFor();
});

test('a reload in mid-question keeps seat, name, answer and points', async (t) => {
  const host = await Host.start(t, BY_HAND);
  const [phone, other] = [await student(t, host), await student(t, host)];
  const name = await phone.locator('.badge').textContent();
  await open(host, phone);
  await answer(phone);
  await phone.getByRole('heading', { name: 'Answer received' }).waitFor();
  for (let time = 0; time < 3; time += 1) {
    await phone.reload();
    await phone.getByRole('heading', { name: 'Answer received' }).waitFor();
    await phone.getByText('Your answer:').waitFor();
    assert.equal(await phone.locator('.top [data-name]').textContent(), name);
    assert.equal(await phone.locator('#answer').isVisible(), false);
  }
  await answer(other, false);
  await phone.getByRole('heading', { name: 'Right', exact: true }).waitFor();
  await phone.reload();
  await phone.getByRole('heading', { name: 'Right', exact: true }).waitFor();
  await phone.getByText('1,000').first().waitFor();

  // The same seat on another page takes it over, and can be taken back.
  const again = await phone.context().newPage();
  await again.goto(host.url);
  await again.getByRole('heading', { name: 'Right', exact: true }).waitFor();
  await heading(phone).filter({ hasText: 'in another window' }).waitFor();
  await sound(phone, 'elsewhere');
  await phone.getByRole('button', { name: 'Take my seat here' }).click();
  await phone.getByRole('heading', { name: 'Right', exact: true }).waitFor();
});

test('who comes late is told at which question, and plays on', async (t) => {
  const host = await Host.start(t, BY_HAND);
  const first = await student(t, host);
  let stem = await open(host, first);
  await answer(first);
  await first.locator('.verdict').waitFor();
  stem = await open(host, first, stem);
  const late = await device(t);
  await late.goto(`${host.url}/r/${host.code}`);
  await late.getByRole('button', { name: /^Join as/ }).click();
  await late.getByText('You joined at question 2. What was asked before does not count for you.').waitFor();
  await said(late, 'You joined at question 2.');
  await sound(late, 'late-join');
  assert.equal(await heading(late).textContent(), stem);
  await answer(late);
  await late.getByRole('heading', { name: 'Answer received' }).waitFor();
  await answer(first, false);
  await late.getByRole('heading', { name: 'Right', exact: true }).waitFor();
});

test('the remote leads a class: next, answer, pause, skip, lock, kick and end, the last two asked again', async (t) => {
  const host = await Host.start(t, BY_HAND);
  const link = await host.remote();
  const phone = await device(t);
  await phone.goto(link);
  assert.ok(!phone.url().includes(link.split('#')[1]), 'the token does not stay in the address');
  const press = (name, exact = true) => phone.getByRole('button', { name, exact }).click();
  await heading(phone).filter({ hasText: 'Lobby' }).waitFor();
  await phone.getByText('0 of 0 connected').waitFor();
  const [ada, bo] = [await student(t, host), await student(t, host)];
  const [, second] = await Promise.all([ada, bo].map((page) => page.locator('.badge').textContent()));
  await phone.getByText('2 of 2 connected').waitFor();
  await sound(phone, 'remote-lobby');
  await press('Lock the room');
  await phone.getByRole('button', { name: 'Unlock the room' }).click();
  await phone.getByRole('button', { name: 'Lock the room' }).waitFor();
  // A control keeps its place and its focus whatever comes.
  await phone.getByRole('button', { name: 'Start' }).focus();
  await press('Start');
  await press('First question');
  await ada.locator('#answer').waitFor();
  assert.equal(await phone.evaluate(() => document.activeElement.id), 'next');
  await phone.getByText('0 of 2 have answered').waitFor();
  await answer(ada);
  await phone.getByText('1 of 2 have answered').waitFor();
  await sound(phone, 'remote-asking');
  const stem = await heading(phone).textContent();
  await press('Pause');
  await heading(ada).filter({ hasText: 'Paused' }).waitFor();
  await heading(phone).filter({ hasText: 'Paused' }).waitFor();
  await sound(phone, 'remote-paused');
  await press('Go on');
  await bo.locator('#answer').waitFor();
  await press('Show the answer');
  await ada.getByRole('heading', { name: 'Right', exact: true }).waitFor();
  await phone.getByText('1 of 1 right').waitFor();
  await sound(phone, 'remote-told');
  for (const name of [await ada.locator('[data-name]').first().textContent(), second]) {
    assert.ok(!(await phone.locator('#page').evaluate((main) => main.innerText)).includes(name), 'no answer by name');
  }
  await press('Next');
  await ada.locator('#answer').waitFor();
  assert.notEqual(await heading(phone).textContent(), stem);
  await press('Skip');
  await ada.getByText('This question counts for nobody.').waitFor();

  await press('Take out…');
  await phone.getByRole('dialog').getByRole('button', { name: second }).waitFor();
  await sound(phone, 'remote-who');
  await phone.getByRole('dialog').getByRole('button', { name: second }).click();
  await phone.getByRole('heading', { name: `Take ${second} out of the class?` }).waitFor();
  await sound(phone, 'remote-sure');
  await press('Cancel');
  await press('Take out…');
  await phone.getByRole('dialog').getByRole('button', { name: second }).click();
  await press('Take out');
  await heading(bo).filter({ hasText: 'taken you out' }).waitFor();
  await phone.getByText('1 of 1 connected').waitFor();

  await press('End the class…');
  await phone.getByRole('heading', { name: 'End the class here?' }).waitFor();
  await phone.keyboard.press('Escape');
  await ada.getByText('This question counts for nobody.').waitFor();
  await press('End the class…');
  await press('End the class');
  await heading(ada).filter({ hasText: 'That was the class' }).waitFor();
  await heading(phone).filter({ hasText: 'The class is over' }).waitFor();

  // A newer link makes the older one worth nothing.
  const newer = await host.remote();
  await heading(phone).filter({ hasText: 'worth nothing any more' }).waitFor();
  await sound(phone, 'remote-shut');
  const next = await device(t);
  await next.goto(newer);
  await heading(next).filter({ hasText: 'The class is over' }).waitFor();
});

test('talk to your neighbour, vote again: offered, led from the remote, and the gain is shown', async (t) => {
  // Without being asked: the class is split.
  const host = await Host.start(t, LED);
  const [ada, bo] = [await student(t, host), await student(t, host)];
  const big = await screen(t, host);
  const phone = await remote(t, host);
  const press = (name) => phone.getByRole('button', { name, exact: true }).click();
  await openKindTalking(host, ada, phone, 'Choice');
  await answer(ada, true);
  await answer(bo, false);
  await heading(ada).waitFor();
  await ada.getByRole('heading', { name: 'Talk to your neighbour' }).waitFor();
  await ada.getByText('Your answer:').waitFor();
  await ada.getByText('Lyon').waitFor();
  await big.getByText('Talk to your neighbour').waitFor();
  assert.ok(!(await big.locator('main').textContent()).includes('50 %'), 'how it went is not told');
  await sound(ada, 'held');
  await sound(big, 'screen-held');
  await phone.getByText('1 of 2 right (50 %)').waitFor();
  await phone.getByText('Let them talk to a neighbour, then vote again.').waitFor();
  await sound(phone, 'remote-held');
  await press('Vote again');
  await answer(bo, true);
  await bo.getByRole('heading', { name: 'Answer received' }).waitFor();
  await answer(ada, true);
  // Now it is clear, and told.
  await phone.getByText('2 of 2 right (100 %)').waitFor();
  await ada.getByRole('heading', { name: 'Right', exact: true }).waitFor();
  await big.getByText('Before the talk: 1 of 2 (50 %).').waitFor();
  await sound(big, 'screen-gain');
});

async function openKindTalking(host, page, phone, wanted) {
  for (let step = 0; step < 8; step += 1) {
    await open(host, page, step ? await heading(page).textContent() : null);
    if ((await kind(page)) === wanted) return;
    await phone.getByRole('button', { name: 'Skip', exact: true }).click();
    await page.locator('.verdict').waitFor();
  }
  throw new Error(wanted);
}

test('a class that plays for a goal together sees how far it is, and no places; a rematch keeps every seat', async (t) => {
  const host = await Host.start(t, [...BY_HAND, '--goal', 'fill', '--per-round', '1']);
  const big = await screen(t, host);
  const phone = await student(t, host);
  const name = await phone.locator('.badge').textContent();
  await phone.getByText('Fill 80 % of the seats together.').waitFor();
  await big.getByText('Fill 80 % of the seats together.').waitFor();
  let stem = await open(host, phone);
  await answer(phone, true);
  await phone.locator('.verdict').waitFor();
  assert.equal(await phone.getByText('Your place').count(), 0);
  host.press('n');
  await heading(phone).filter({ hasText: 'Together' }).waitFor();
  await phone.getByText('100 % of the seats are filled').waitFor();
  await sound(phone, 'together');
  await heading(big).filter({ hasText: 'Reached, together!' }).waitFor();
  await sound(big, 'screen-together');
  stem = await open(host, phone, stem);
  await answer(phone, false);
  await phone.locator('.verdict').waitFor();
  for (let step = 0; step < 3 && !(await phone.getByText('That was the class').count()); step += 1) {
    host.press('n');
    await sleep(400);
  }
  await heading(phone).filter({ hasText: 'That was the class' }).waitFor();
  await sound(big, 'screen-together-over');
  host.press('a');
  await heading(phone).filter({ hasText: 'You are in' }).waitFor();
  assert.equal(await phone.locator('.badge').textContent(), name);
  assert.equal(await open(host, phone), stem, 'the hardest first');
  await answer(phone, true);
  await phone.getByRole('heading', { name: 'Right', exact: true }).waitFor();
});

test('the host is killed in mid-question: phones say so, come back by themselves within 5 s, and nothing is lost', async (t) => {
  const data = folder(t);
  const host = await Host.start(t, BY_HAND, { data });
  const [ada, bo] = [await student(t, host), await student(t, host)];
  const big = await screen(t, host);
  const phone = await remote(t, host);
  const stem = await open(host, ada);
  await answer(ada);
  await ada.getByRole('heading', { name: 'Answer received' }).waitFor();
  await host.kill();
  await ada.getByText('Reconnecting… Your answer has been received.').waitFor();
  await bo.getByText('Reconnecting… You have not answered the question yet.').waitFor();
  await sound(ada, 'reconnecting');
  // Who answers now is told the truth.
  await (await fill(bo)).press();
  await bo.getByRole('heading', { name: 'Not sent yet' }).waitFor();
  await bo.getByText('Your answer has not arrived yet').waitFor();
  await sound(bo, 'not-sent');
  await sleep(4000);

  const again = await Host.start(t, ['--resume', '--bind', new URL(host.url).host], { data });
  const started = Date.now();
  await Promise.all([ada, bo].map((page) => heading(page).filter({ hasText: 'The class is coming back' }).waitFor()));
  await heading(big).filter({ hasText: 'The class is coming back' }).waitFor();
  const took = Date.now() - started;
  t.diagnostic(`back after ${took} ms`);
  assert.ok(took < 5000, `${took} ms`);
  await sound(ada, 'coming-back');
  await phone.getByRole('button', { name: 'Go on', exact: true }).click();
  // The answer that was received is there; the one that was not arrives now, by itself.
  await ada.getByRole('heading', { name: 'Right', exact: true }).waitFor();
  await bo.getByRole('heading', { name: 'Right', exact: true }).waitFor();
  assert.equal(await heading(ada).textContent(), stem);
  again.press('e', 'e');
  await heading(ada).filter({ hasText: 'That was the class' }).waitFor();
  await again.quit();
  assert.equal(again.finished().length, 1);
});

test('the big screen holds a class of forty, whatever is asked, without scrolling and without a name beside an answer', async (t) => {
  const host = await Host.start(t, ['nato-explained', '--bind', '127.0.0.1:0', '--pace', 'hand', '--talk=never', '--per-round', '3']);
  const big = await screen(t, host);
  const whole = async (name) => {
    await sleep(300);
    const over = await big.evaluate(() => document.documentElement.scrollHeight - innerHeight);
    await picture(big, `screen-full-${name}`);
    assert.ok(over <= 1, `${name}: ${over} px below the edge`);
    const cut = await big.evaluate(() => [...document.querySelectorAll('main *')].filter((node) => node.offsetParent && node.scrollWidth > node.clientWidth + 2 && node.clientWidth > 1).map((node) => node.outerHTML.slice(0, 80)));
    assert.deepEqual(cut, [], name);
  };
  await big.getByText('at the table').waitFor();
  await whole('lobby-empty');
  // Forty seats, without a browser each.
  const crowd = await device(t);
  await crowd.goto(host.url);
  await crowd.evaluate(async (code) => {
    window.crowd = await Promise.all(Array.from({ length: 40 }, () => new Promise((done) => {
      const socket = new WebSocket(`ws://${location.host}/ws`);
      socket.onopen = () => socket.send(JSON.stringify({ t: 'join', code }));
      socket.onmessage = (event) => {
        const told = JSON.parse(event.data);
        if (told.t === 'page') socket.question = told.question;
        if (told.t === 'page') done(socket);
      };
    })));
  }, host.code);
  await big.getByText('40', { exact: true }).waitFor();
  await whole('lobby');
  const inside = await big.locator('.ring').evaluate((ring) => {
    const [outer, inner] = [ring.getBoundingClientRect(), ring.firstElementChild.getBoundingClientRect()];
    return inner.height <= outer.height * 0.74 && inner.width <= outer.width * 0.75;
  });
  assert.ok(inside, 'the names stand within the ring');
  const names = await big.locator('.names').textContent();
  for (let question = 1; question <= 15; question += 1) {
    for (let step = 0; step < 5 && !(await big.locator('#answered').count()); step += 1) {
      host.press('n');
      await sleep(250);
    }
    await whole(`ask-${question}`);
    await crowd.evaluate(() => window.crowd.forEach((socket, index) => {
      for (const answer of [{ Choice: index % 4 }, { TrueFalse: index % 3 > 0 }, { MultiChoice: [index % 3, 3] }]) socket.send(JSON.stringify({ t: 'answer', question: socket.question, answer }));
    }));
    await sleep(200);
    if (await big.locator('#answered').count()) host.press('r');
    await big.getByText('Why', { exact: true }).waitFor();
    await whole(`told-${question}`);
    const told = await big.locator('main').textContent();
    for (const name of names.split(' · ').slice(0, 20)) assert.ok(!told.includes(name), `${name} stands beside an answer`);
    host.press('n');
    await sleep(300);
    if (await big.getByRole('heading', { name: 'Standings' }).count()) await whole(`standings-${question}`);
  }
  for (let step = 0; step < 3 && !(await big.getByText(/Well played/).count()); step += 1) {
    host.press('n');
    await sleep(300);
  }
  await big.getByText(/Well played, everyone!/).waitFor();
  await whole('podium');
});

test('nothing moves for those who want stillness', async (t) => {
  const host = await Host.start(t, [BANK, '--bind', '127.0.0.1:0', '--pace', 'standard', '--talk=never']);
  const phone = await student(t, host, { reducedMotion: 'reduce' });
  await open(host, phone);
  assert.equal(await phone.locator('#time').evaluate((bar) => bar.style.transition), '');
  assert.equal(await phone.evaluate(() => document.getAnimations().length), 0);
});

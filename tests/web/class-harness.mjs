// What the class tests share: a real `roundtable host`, led by its keys, and real browsers for students, big screen and remote.
//
// `ROUNDTABLE` names the program (default: what `cargo build --no-default-features --features classroom` makes), `CHROMIUM` the browser.

import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after } from 'node:test';
import { chromium } from 'playwright-core';

const ROOT = resolve(import.meta.dirname, '../..');
const TARGET = resolve(ROOT, process.env.CARGO_TARGET_DIR ?? 'target');
export const PROGRAM = process.env.ROUNDTABLE ?? join(TARGET, 'debug/roundtable');
/** The tests' own questions: each kind once. */
export const BANK = join(import.meta.dirname, 'every-kind.ron');
/** Where pictures of pages go, to be looked at. */
const PICTURES = join(TARGET, 'ci/class');

if (!existsSync(PROGRAM)) throw new Error('nothing can host: cargo build --no-default-features --features classroom');

/** A folder that goes with the test. */
export function folder(t) {
  const path = mkdtempSync(join(tmpdir(), 'roundtable-class-'));
  t.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** The class's program. `keys` are typed one after the other; everything it said is in `said()`. */
export class Host {
  static async start(t, args = [BANK, '--bind', '127.0.0.1:0'], { data = folder(t) } = {}) {
    const host = new Host(data, args);
    t.after(() => host.kill());
    await host.opened();
    return host;
  }

  constructor(data, args) {
    this.data = data;
    this.child = spawn(PROGRAM, ['host', '--data-dir', data, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.text = '';
    this.child.stdout.setEncoding('utf8').on('data', (text) => { this.text += text; });
    this.ended = new Promise((done) => this.child.once('exit', done));
  }

  /** What the terminal shows, without colours. */
  said() {
    // eslint-disable-next-line no-control-regex
    return this.text.replace(/\x1b\[[0-9;]*[A-Za-z]/g, '');
  }

  /** Waits until the terminal shows something; its groups come back. */
  async sees(pattern, from = 0) {
    const until = Date.now() + 30_000;
    for (;;) {
      const found = pattern.exec(this.said().slice(from));
      if (found) return found;
      if (Date.now() > until || this.child.exitCode != null) throw new Error(`the host never said ${pattern}: ${this.said()}`);
      await new Promise((done) => setTimeout(done, 20));
    }
  }

  async opened() {
    [, this.url, this.code] = await this.sees(/Join at (http:\S+) +Room code (\d{3} \d{3})/);
    this.code = this.code.replace(' ', '');
    [, this.screen] = await this.sees(/Big screen: (http:\S+)/);
  }

  /** Types keys of the terminal. */
  press(...keys) {
    for (const key of keys) this.child.stdin.write(key);
  }

  /** The link for a remote, made anew. */
  async remote() {
    const from = this.said().length;
    this.press('t');
    return (await this.sees(/for your own phone alone: (http:\S+)/, from))[1];
  }

  async kill() {
    this.child.kill('SIGKILL');
    await this.ended;
  }

  /** Leaves as a teacher does, and waits until everything is filed. */
  async quit() {
    this.press('q');
    await this.ended;
  }

  /** Journals of classes that are over. */
  finished() {
    const path = join(this.data, 'classes/finished');
    return existsSync(path) ? readdirSync(path).filter((name) => name.endsWith('.journal')).map((name) => join(path, name)) : [];
  }
}

let launched;
after(async () => (await launched)?.close());

/** A device of its own: storage, size and wishes. */
export async function device(t, options = {}) {
  launched ??= chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
  const context = await (await launched).newContext({ viewport: { width: 390, height: 780 }, ...options });
  t.after(() => context.close());
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  // What is shown, and not what is said: the live region repeats much of it.
  const texts = page.getByText.bind(page);
  page.getByText = (...wanted) => texts(...wanted).and(page.locator(':not(#say)'));
  const faults = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => {
    // A host that is gone is what some tests are about.
    if (message.type() === 'error' && !/ERR_CONNECTION|ERR_INTERNET|WebSocket|Failed to load resource/.test(message.text())) faults.push(message.text());
  });
  t.after(() => { if (faults.length) throw new Error(`the page has faults: ${faults.join('; ')}`); });
  return page;
}

/** A student who scanned the code and took the first name. `way` gets every socket, to do to it what bad networks do. */
export async function student(t, host, { way, ...options } = {}) {
  const page = await device(t, options);
  if (way) await page.routeWebSocket(/\/ws$/, way);
  await page.goto(`${host.url}/r/${host.code}`);
  await page.getByRole('button', { name: /^Join as/ }).click();
  await page.getByRole('heading', { level: 1 }).and(page.locator(':not(#names *)')).first().waitFor();
  await page.locator('[data-name]').first().waitFor();
  return page;
}

export async function screen(t, host, options = {}) {
  const page = await device(t, { viewport: { width: 1280, height: 720 }, ...options });
  await page.goto(host.screen);
  return page;
}

/** A picture to look at. */
export async function picture(page, name, options = {}) {
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, `${name}.png`), ...options });
}

const AXE = readFileSync(join(import.meta.dirname, 'node_modules/axe-core/axe.min.js'), 'utf8');

/** axe-core's serious and critical findings, as sentences; and whatever makes a page wider than its window. */
export async function findings(page) {
  // Through the debugger: the page's own policy lets no foreign script in.
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => `${id}: ${help} (${nodes.map((node) => `${node.html.slice(0, 140)} ${node.failureSummary}`).join('; ')})`)
    .concat(wide > 0 ? [`${wide} px too wide`] : []);
}

/** The right answers to the tests' own questions, by kind. */
const RIGHT = {
  Choice: 'Paris',
  MultiChoice: ['Seine', 'Rhine'],
  TrueFalse: 'True',
  Number: '8',
  Order: ['Mercury', 'Venus', 'Earth', 'Mars'],
  Match: { Spain: 'Madrid', Italy: 'Rome', Norway: 'Oslo' },
  Text: 'victor hugo',
};
const WRONG = {
  Choice: 'Lyon',
  MultiChoice: ['Etna'],
  TrueFalse: 'False',
  Number: '30',
  Order: ['Mars', 'Earth', 'Venus', 'Mercury'],
  Match: { Spain: 'Rome', Italy: 'Milan', Norway: 'Madrid' },
  Text: 'Balzac',
};

/** Which kind of question is open on a page. */
export async function kind(page) {
  await page.locator('#answer').waitFor();
  return page.locator('#answer').getAttribute('data-kind');
}

/** Fills the form of an open question as people do, up to the last press; that one comes back, to be awaited. */
export async function fill(page, right = true) {
  const open = await kind(page);
  const wanted = (right ? RIGHT : WRONG)[open];
  const submit = page.getByRole('button', { name: 'Submit answer' });
  switch (open) {
    case 'Choice':
    case 'TrueFalse':
      return { kind: open, press: () => page.getByRole('button', { name: new RegExp(wanted) }).click() };
    case 'MultiChoice':
      for (const option of wanted) await page.getByRole('checkbox', { name: new RegExp(option) }).check();
      break;
    case 'Number':
    case 'Text':
      await page.getByLabel(/^Your answer/).fill(wanted);
      break;
    case 'Order':
      for (const [place, item] of wanted.entries()) {
        const items = () => page.locator('#order .text').allTextContents();
        while ((await items()).indexOf(item) > place) await page.getByRole('button', { name: `Move up: ${item}` }).click();
      }
      break;
    case 'Match':
      for (const [left, partner] of Object.entries(wanted)) await page.getByLabel(left).selectOption(partner);
      break;
    default:
      throw new Error(open);
  }
  return { kind: open, press: () => submit.click() };
}

/** Answers the open question, and waits until the class has it. */
export async function answer(page, right = true) {
  const { kind: open, press } = await fill(page, right);
  await press();
  return open;
}

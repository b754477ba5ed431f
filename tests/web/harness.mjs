// What the browser tests share: the game served by the real `roundtable serve`, a real Chromium, slow networks and broken storage.
//
// `DIST` names the folder with the game (default: dist), `ROUNDTABLE` the program that serves it (default: the one that
// `cargo build --no-default-features --features classroom` makes, or any other that is there), `CHROMIUM` the browser.

import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { after } from 'node:test';
import { chromium } from 'playwright-core';
import { writeStub } from './stub.mjs';

export const ROOT = resolve(import.meta.dirname, '../..');
/** The real game, as `.ci/web` left it. */
export const DIST = resolve(ROOT, process.env.DIST ?? 'dist');
const TARGET = resolve(ROOT, process.env.CARGO_TARGET_DIR ?? 'target');
/** Where pictures of screens go, to be looked at. */
export const PICTURES = join(TARGET, 'ci/web');

export function program() {
  if (process.env.ROUNDTABLE) return process.env.ROUNDTABLE;
  const found = ['debug', 'release', 'dist'].map((profile) => join(TARGET, profile, 'roundtable')).find(existsSync);
  if (!found) throw new Error('nothing can serve the game: cargo build --no-default-features --features classroom');
  return found;
}

/** Serves a folder. `t` (a test's context) ends it; `{ url, stop }`. A port asked for can be had again after `stop`. */
export async function serve(t, folder = DIST, { port = 0 } = {}) {
  if (!existsSync(join(folder, 'index.html'))) throw new Error(`no game in ${folder}: bash .ci/web`);
  const child = spawn(program(), ['serve', folder, '--port', String(port)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const stop = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  t.after(stop);
  for await (const line of createInterface(child.stdout)) {
    const url = /http:\/\/\S+?\//.exec(line)?.[0];
    if (url) return { url, port: Number(new URL(url).port), stop };
  }
  throw new Error('roundtable serve ended before it named an address');
}

/** A folder that goes with the test. */
export function folder(t) {
  const path = mkdtempSync(join(tmpdir(), 'roundtable-web-'));
  t.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** The page round a stand-in for the game, packed as the real one is. */
export function stubDist(t, mark = 'one', megabytes = 0.5) {
  const base = folder(t);
  writeStub(join(base, 'game'), mark, megabytes);
  const out = join(base, 'dist');
  execFileSync(process.execPath, [join(ROOT, '.ci/pack-web.mjs'), '--quick', '--game', join(base, 'game'), '--out', out]);
  return out;
}

const FLAGS = ['--no-sandbox', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--autoplay-policy=user-gesture-required'];
const browsers = new Map();
after(() => Promise.all([...browsers.values()].map(async (browser) => (await browser).close())));

/** A browser with flags of Chromium's, shared by a file's tests, for browsers are dear to start. */
function browser(args) {
  const key = args.join(' ');
  if (!browsers.has(key)) {
    const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
    browsers.set(key, chromium.launch({ executablePath, args: [...FLAGS, ...args] }));
  }
  return browsers.get(key);
}

/** A visitor: storage and workers of its own. `args` are Chromium's flags, the rest are Playwright's options of a context. */
export async function visitor(t, { args = [], ...options } = {}) {
  const context = await (await browser(args)).newContext({ viewport: { width: 1280, height: 720 }, ...options });
  t.after(() => context.close());
  return context;
}

/** As a line of so many Mbit/s with so many milliseconds each way and back; from the page's next request on. */
export async function throttle(page, { mbit = 20, latency = 40 } = {}) {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  const throughput = (mbit * 1e6) / 8;
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency,
    downloadThroughput: throughput,
    uploadThroughput: throughput,
  });
}

/** The game's first picture is out. */
export async function started(page, timeout = 60_000) {
  await page.waitForFunction(() => window.roundtable?.started || window.roundtable?.stopped, undefined, { timeout });
  const said = await page.evaluate(() => window.roundtable.stopped && document.getElementById('page').innerText);
  if (said) throw new Error(`instead of the game the page says: ${said}`);
}

/** The service worker of this page's version is in charge of the next visit. */
export async function keptOffline(page) {
  await page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready;
    if (active.state !== 'activated') await new Promise((resolve) => active.addEventListener('statechange', resolve, { once: true }));
  });
}

/** A picture to look at, named after the screen and the size: once what moved has come to rest, or after a while. */
export async function picture(page, name) {
  mkdirSync(PICTURES, { recursive: true });
  let last = await page.screenshot();
  for (let tries = 0, same = 0; tries < 15 && same < 2; tries++) {
    await page.waitForTimeout(150);
    const now = await page.screenshot();
    same = now.equals(last) ? same + 1 : 0;
    last = now;
  }
  writeFileSync(join(PICTURES, `${name}.png`), last);
}

/** Storage that fails: 'denied' (throws when touched), 'full' (takes nothing more), before any script of the page runs. */
export async function breakStorage(context, how) {
  await context.addInitScript((how) => {
    const quota = () => new DOMException('The quota has been exceeded.', 'QuotaExceededError');
    const denied = () => new DOMException('The operation is insecure.', 'SecurityError');
    if (how === 'denied') {
      for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches']) {
        Object.defineProperty(window, name, { configurable: true, get: () => { throw denied(); } });
      }
    } else if (how === 'full') {
      Storage.prototype.setItem = () => { throw quota(); };
      for (const name of ['put', 'add']) IDBObjectStore.prototype[name] = () => { throw quota(); };
    } else throw new Error(how);
  }, how);
}

/** axe-core's serious and critical findings, as sentences. */
export async function axe(page) {
  const source = readFileSync(join(import.meta.dirname, 'node_modules/axe-core/axe.min.js'), 'utf8');
  // Through the debugger: the page's own policy lets no foreign script in.
  await page.evaluate(source);
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => `${id}: ${help} (${nodes.map((node) => node.html.slice(0, 120)).join('; ')})`);
}

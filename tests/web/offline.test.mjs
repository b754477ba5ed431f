// After one visit the game works without the network; and a new version replaces the old one whole. A stand-in plays the game's part.

import assert from 'node:assert/strict';
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { folder, keptOffline, serve, started, stubDist, visitor } from './harness.mjs';

const mark = (page) => page.evaluate(() => window.stub.mark);

async function visit(t, url) {
  const context = await visitor(t);
  const page = await context.newPage();
  await page.goto(url);
  await started(page);
  await keptOffline(page);
  return { context, page };
}

/** Puts another version where the first one is served. */
function swap(place, dist) {
  for (const name of readdirSync(place)) rmSync(join(place, name), { recursive: true });
  cpSync(dist, place, { recursive: true });
}

/** Until the worker that the page's visit has found is ready to take over, or has given up. */
async function settled(page) {
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    await registration.update().catch(() => {});
    const worker = registration.installing;
    if (worker) await new Promise((resolve) => worker.addEventListener('statechange', resolve, { once: true }));
  });
}

test('after one visit the game starts with the server gone and with the network off', async (t) => {
  const server = await serve(t, stubDist(t));
  const { context, page } = await visit(t, server.url);
  await server.stop();
  await page.reload();
  await started(page);
  await context.setOffline(true);
  for (const address of ['', 'index.html', '?seed=K7-QMP&rounds=2', '#anything']) {
    const another = await context.newPage();
    await another.goto(server.url + address);
    await started(another);
    assert.equal(await mark(another), 'one', address);
    await another.close();
  }
});

test('a visit that ends before everything is kept leaves nothing half, and the next one keeps it', async (t) => {
  const dist = stubDist(t);
  const wasm = readdirSync(dist).find((name) => name.endsWith('.wasm'));
  const { url } = await serve(t, dist);
  const context = await visitor(t);
  const page = await context.newPage();
  await page.goto(url);
  // What the page has fetched is not what the host now has: a file of another version, under the same name.
  const whole = readFileSync(join(dist, wasm));
  for (const twin of ['', '.br', '.gz']) rmSync(join(dist, wasm + twin), { force: true });
  writeFileSync(join(dist, wasm), whole.subarray(0, 1000));
  const session = await context.newCDPSession(page);
  await session.send('Network.clearBrowserCache');
  await page.goto(url).catch(() => {});
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.register('sw.js');
    const worker = registration.installing ?? registration.waiting ?? registration.active;
    if (worker?.state === 'installing') await new Promise((resolve) => worker.addEventListener('statechange', resolve, { once: true }));
  }).catch(() => {});
  assert.deepEqual(await page.evaluate(() => caches.keys()), []);
  writeFileSync(join(dist, wasm), whole);
  await session.send('Network.clearBrowserCache');
  await page.goto(url);
  await started(page);
  await keptOffline(page);
  assert.equal((await page.evaluate(() => caches.keys())).length, 1);
});

test('a new version is fetched in the background and replaces the old one whole at the next start', async (t) => {
  const place = folder(t);
  swap(place, stubDist(t, 'one'));
  const { url } = await serve(t, place);
  const { page } = await visit(t, url);
  const old = await page.evaluate(() => caches.keys());
  swap(place, stubDist(t, 'two'));
  await page.reload();
  await started(page);
  assert.equal(await mark(page), 'one', 'nobody waits for the new version');
  await settled(page);
  await page.reload();
  await page.waitForFunction(() => window.stub?.mark === 'two' && window.roundtable.started);
  const now = await page.evaluate(() => caches.keys());
  assert.equal(now.length, 1, `the old files are gone: ${now}`);
  assert.notDeepEqual(now, old);
  const files = await page.evaluate(async () => (await (await caches.open((await caches.keys())[0])).keys()).map(({ url }) => url.slice(location.href.length)));
  const there = readdirSync(place).filter((name) => !/\.(br|gz)$/.test(name) && !['sw.js', 'index.html'].includes(name));
  assert.deepEqual(files.toSorted(), ['', ...there].toSorted());
});

test('while another page plays the old version, both play it', async (t) => {
  const place = folder(t);
  swap(place, stubDist(t, 'one'));
  const { url } = await serve(t, place);
  const { context, page } = await visit(t, url);
  const another = await context.newPage();
  await another.goto(url);
  await started(another);
  swap(place, stubDist(t, 'two'));
  await settled(page);
  await page.reload();
  await started(page);
  assert.equal(await mark(page), 'one');
  assert.equal(await mark(another), 'one');
  await another.close();
  // The browser may take a moment to forget a page that was closed.
  for (let starts = 0; starts < 5 && (await mark(page)) === 'one'; starts++) {
    await page.reload();
    await started(page);
  }
  assert.equal(await mark(page), 'two');
});

test('a new version of which a file is missing or broken changes nothing', async (t) => {
  const place = folder(t);
  swap(place, stubDist(t, 'one'));
  const server = await serve(t, place);
  const { page } = await visit(t, server.url);
  for (const harm of ['missing', 'broken', 'half']) {
    swap(place, stubDist(t, harm));
    const wasm = readdirSync(place).find((name) => name.endsWith('.wasm'));
    if (harm === 'missing') for (const twin of ['', '.br', '.gz']) rmSync(join(place, wasm + twin));
    if (harm === 'broken') for (const twin of ['.br', '.gz']) rmSync(join(place, wasm + twin));
    if (harm === 'broken') writeFileSync(join(place, wasm), 'something else');
    // The worker of the new version, and the page of another one.
    if (harm === 'half') swap(join(place, '.'), halves(t, place));
    await settled(page);
    await page.reload();
    await started(page);
    assert.equal(await mark(page), 'one', harm);
    assert.equal((await page.evaluate(() => caches.keys())).length, 1, harm);
  }
  await server.stop();
  await page.reload();
  await started(page);
  assert.equal(await mark(page), 'one');
});

function halves(t, place) {
  const mixed = folder(t);
  cpSync(place, mixed, { recursive: true });
  const other = stubDist(t, 'other');
  for (const twin of ['', '.br', '.gz']) cpSync(join(other, `index.html${twin}`), join(mixed, `index.html${twin}`));
  return mixed;
}

test('it can be installed: Chromium finds no fault with the manifest', async (t) => {
  const { url } = await serve(t, stubDist(t));
  const { context, page } = await visit(t, url);
  const session = await context.newCDPSession(page);
  const { errors, data } = await session.send('Page.getAppManifest');
  assert.deepEqual(errors, []);
  assert.equal(JSON.parse(data).display, 'standalone');
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
  // A visitor of a test is a private one, which browsers do not let install.
  assert.deepEqual(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito'), []);
});

// The real game's start, at 20 Mbit/s. `bash .ci/web-test tests/web/start.test.mjs` prints the figures that the README quotes.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axe, keptOffline, picture, serve, started, throttle, visitor } from './harness.mjs';

/** What the title needs on a machine that does nothing else. In software, beside other work, it may take longer by this factor. */
const GOAL_MS = 4000;
const PATIENCE = Number(process.env.PATIENCE ?? 10);

const ready = (page) => page.evaluate(() => performance.getEntriesByName('roundtable:ready')[0].startTime);

test('the title is there within its time at 20 Mbit/s, and again from what was kept', async (t) => {
  const { url } = await serve(t);
  const context = await visitor(t);
  const page = await context.newPage();
  await throttle(page);
  await page.goto(url, { waitUntil: 'commit' });
  await started(page);
  const first = await ready(page);
  const bytes = await page.evaluate(() => performance.getEntriesByType('resource').reduce((sum, { transferSize }) => sum + transferSize, 0));
  const received = await page.evaluate(() => performance.getEntriesByType('resource').find(({ name }) => name.endsWith('.wasm')).responseEnd);
  t.diagnostic(`first visit at 20 Mbit/s: ${(bytes / 1e6).toFixed(2)} MB received after ${Math.round(received)} ms, the title drawn after ${Math.round(first)} ms (goal: ${GOAL_MS})`);
  await picture(page, 'title-1280x720');
  await keptOffline(page);
  await page.reload({ waitUntil: 'commit' });
  await page.waitForFunction(() => window.roundtable);
  await started(page);
  t.diagnostic(`second visit, from what was kept: the title drawn after ${Math.round(await ready(page))} ms`);
  assert.ok(first < GOAL_MS * PATIENCE, `${first} ms`);
});

test('the real game starts with the network off, and axe finds nothing on its title', async (t) => {
  const server = await serve(t);
  const context = await visitor(t);
  const page = await context.newPage();
  const said = [];
  page.on('console', (message) => message.type() === 'error' && said.push(message.text()));
  page.on('pageerror', (error) => said.push(error.message));
  await page.goto(server.url);
  await started(page);
  await keptOffline(page);
  await server.stop();
  await page.reload();
  await started(page);
  assert.deepEqual(await axe(page), []);
  assert.deepEqual(said, []);
});

test('the picture fills the window, upright and across', async (t) => {
  const { url } = await serve(t);
  const context = await visitor(t, { deviceScaleFactor: 2, viewport: { width: 360, height: 640 } });
  const page = await context.newPage();
  await page.goto(url);
  await started(page);
  for (const [width, height] of [[360, 640], [640, 360]]) {
    await page.setViewportSize({ width, height });
    await page.waitForFunction(([width, height]) => {
      const { width: w, height: h } = document.getElementById('game').getBoundingClientRect();
      return w === width && h === height;
    }, [width, height]);
    await page.waitForTimeout(1000);
    await picture(page, `title-${width}x${height}`);
    assert.ok(await page.evaluate(() => document.documentElement.scrollHeight <= innerHeight && document.documentElement.scrollWidth <= innerWidth));
  }
});

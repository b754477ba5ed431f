// The real game within another page: it takes keys only while it has the focus, Tab and Esc lead out, and the page round it stands still.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { picture, serve, started, visitor } from './harness.mjs';
import { begun, PATIENCE, when } from './play.mjs';

const named = (name) => [...document.querySelectorAll('#mirror main button')].some((button) => button.textContent === name);

test('within another page keys are the game’s only while it has the focus, and Tab and Esc lead out', { timeout: 300_000 }, async (t) => {
  const { url } = await serve(t);
  const around = createServer((_, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html' });
    response.end(`<!doctype html><title>A lesson</title><input id="before"><iframe id="frame" title="Quiz" src="${url}" style="width:640px;height:480px"></iframe>
      <input id="after"><div style="height:3000px"></div>`);
  });
  await new Promise((resolve) => around.listen(0, resolve));
  t.after(() => around.closeAllConnections() ?? around.close());
  const context = await visitor(t, { serviceWorkers: 'block' });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  await page.goto(`http://localhost:${around.address().port}/`);
  const frame = await (await page.locator('#frame').elementHandle()).contentFrame();
  await frame.waitForURL(url);
  await started(frame, 120_000);
  await begun(frame);
  await frame.waitForFunction(named, 'Play');
  const outside = () => page.evaluate(() => document.activeElement.id);
  const inside = () => frame.evaluate(() => document.hasFocus() && document.querySelector('#mirror main').contains(document.activeElement));
  // Nobody has asked it yet: keys go to the page.
  assert.notEqual(await outside(), 'frame', 'it has not taken the focus by itself');
  await page.locator('#before').focus();
  await page.keyboard.type('a b');
  await page.keyboard.press('Enter');
  assert.equal(await page.locator('#before').inputValue(), 'a b');
  assert.ok(await frame.evaluate(named, 'Play'), 'still the title');
  // Tab leads in, through it and out again.
  await page.keyboard.press('Tab');
  await frame.waitForFunction(() => document.hasFocus() && document.querySelector('#mirror main').contains(document.activeElement));
  await picture(page, 'frame');
  for (let tabs = 0; (await outside()) !== 'after'; tabs++) {
    assert.ok(tabs < 40, 'Tab leads out');
    await page.keyboard.press('Tab');
  }
  assert.ok(!(await inside()));
  await page.keyboard.press('Shift+Tab');
  await frame.waitForFunction(() => document.querySelector('#mirror main').contains(document.activeElement));
  // Keys play, and scroll nothing round it.
  const settings = () => frame.evaluate(() => document.activeElement.textContent === 'Settings');
  for (let tabs = 0; !(await settings()); tabs++) {
    assert.ok(tabs < 40, 'Settings is reached');
    await page.keyboard.press('Shift+Tab');
  }
  await page.keyboard.press('Enter');
  await frame.waitForFunction(named, 'Back');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('PageDown');
  await page.keyboard.press('Space');
  // A step back; and where there is none, out.
  await page.keyboard.press('Escape');
  await frame.waitForFunction(named, 'Play');
  assert.ok(await inside());
  assert.equal(await page.evaluate(() => scrollY), 0);
  await page.keyboard.press('Escape');
  await frame.waitForFunction(() => !document.hasFocus());
  await page.keyboard.press('Enter');
  await page.keyboard.press('PageDown');
  await page.waitForFunction(() => scrollY > 0);
  assert.ok(await frame.evaluate(named, 'Play'), 'keys are the page’s again');
  // A press gives it the keys.
  await page.evaluate(() => scrollTo(0, 0));
  const play = await when(frame, () => {
    const button = [...document.querySelectorAll('#mirror main button')].find((button) => button.textContent === 'Settings');
    const { x, y, width, height } = button.getBoundingClientRect();
    return { x: x + width / 2, y: y + height / 2 };
  });
  const at = await page.locator('#frame').boundingBox();
  await page.mouse.click(at.x + play.x, at.y + play.y);
  await frame.waitForFunction(named, 'Back');
  await page.keyboard.press('Escape');
  await frame.waitForFunction(named, 'Play');
});

// Every screen outside of a match, upright on a phone and across on a desk: as pictures to look at, and nothing that a finger must hit is
// smaller than 44 px or beside the page. (Screens of a match: games.test.mjs.)

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { picture } from './harness.mjs';
import { open, Player, shown, until } from './play.mjs';

const SIZES = [
  { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true },
  { viewport: { width: 1280, height: 720 } },
  // (Chromium's emulation alone leaves the pixels of an element's box as they were.)
  { viewport: { width: 360, height: 640 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true, args: ['--force-device-scale-factor=2'] },
];

const BROKEN = 'Bank(format: 1, id: "x", title: "X", rounds: [';

for (const options of SIZES) {
  const { viewport: { width, height }, deviceScaleFactor = 1 } = options;
  const size = `${width}x${height}${deviceScaleFactor > 1 ? `@${deviceScaleFactor}` : ''}`;
  test(`every screen at ${size}`, { timeout: 300_000 }, async (t) => {
    const page = await open(t, options);
    const player = new Player(page, 'mirror');
    const look = async (name) => {
      await picture(page, `screen-${name}-${size}`);
      const faults = await page.evaluate(() => {
        const canvas = document.getElementById('game');
        const small = [...document.querySelectorAll('#mirror main button, #mirror main [role=radio], #mirror main [role=checkbox]')]
          .map((element) => [element.textContent || element.getAttribute('aria-label'), element.getBoundingClientRect()])
          // (A line that spells one out in a sentence of another control's has no place of its own.)
          .filter(([, { width, height }]) => width > 0 && (width < 43.5 || height < 43.5))
          .map(([name, { width, height }]) => `“${name}” is ${Math.round(width)} × ${Math.round(height)} px`);
        const beside = document.documentElement.scrollWidth > innerWidth || document.documentElement.scrollHeight > innerHeight;
        const sharp = canvas.width === Math.round(innerWidth * devicePixelRatio) && canvas.height === Math.round(innerHeight * devicePixelRatio);
        return [...small, ...(beside ? ['the page scrolls'] : []), ...(sharp ? [] : [`the canvas has ${canvas.width} × ${canvas.height} pixels`])];
      });
      assert.deepEqual(faults, [], name);
    };
    await until(page, 'button', 'Play');
    await look('title');
    // Turned on its side, and with a phone's keys up: the picture is as large as what is left.
    for (const [w, h] of [[height, width], [width, Math.round(height * 0.6)], [width, height]]) {
      await page.setViewportSize({ width: w, height: h });
      await page.waitForFunction(([w, h]) => {
        const canvas = document.getElementById('game');
        return canvas.width === w * devicePixelRatio && canvas.height === h * devicePixelRatio;
      }, [w, h]);
      await picture(page, `screen-title-${size}-as-${w}x${h}`);
    }
    for (const [opener, name] of [['Question files', 'banks'], ['Settings', 'settings'], ['Your table', 'table']]) {
      await player.press('button', opener);
      await until(page, 'button', 'Back');
      await look(name);
      await player.press('button', 'Back');
      await until(page, 'button', 'Play');
    }
    await page.evaluate((text) => {
      const carried = new DataTransfer();
      carried.items.add(new File([text], 'broken.ron'));
      window.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: carried }));
    }, BROKEN);
    await page.getByRole('main').getByText('Cannot be played yet').first().waitFor(shown);
    await look('findings');
    await player.press('button', 'Back');
    await player.press('button', 'Play');
    await until(page, 'button', 'Start the round');
    await look('intro');
    await player.press('button', 'Pause');
    await until(page, 'button', 'Leave');
    await look('pause');
    await player.press('button', 'Leave');
    await until(page, 'button', 'Continue');
    await look('continue');
    await player.press('button', 'Start afresh');
    await until(page, 'heading', 'Choose your rounds');
    await look('setup');
  });
}

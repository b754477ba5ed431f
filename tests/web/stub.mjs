// A stand-in for the compiled game, so that the page round it is tested in seconds: WASM of a chosen size that does nothing, and a script
// with wasm-bindgen's face that draws one picture. `node stub.mjs FOLDER [MARK] [MEGABYTES]`.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Bytes that no packer makes smaller, the same on every run. */
function noise(length, seed) {
  const bytes = Buffer.alloc(length);
  let state = seed >>> 0 || 1;
  for (let at = 0; at < length; at++) {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    bytes[at] = state & 255;
  }
  return bytes;
}

function leb(value) {
  const bytes = [];
  do {
    bytes.push((value & 127) | (value > 127 ? 128 : 0));
    value >>>= 7;
  } while (value > 0);
  return Buffer.from(bytes);
}

/** `() -> ()` exported as "trap", which traps; and a custom section of noise. */
function module(megabytes, mark) {
  const code = Buffer.from([
    0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 8, 1, 4, 116, 114, 97, 112, 0, 0, 10, 5, 1, 3, 0, 0, 11,
  ]);
  const seed = [...mark].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) >>> 0, 7);
  const content = Buffer.concat([Buffer.from([5]), Buffer.from('noise'), noise(Math.round(megabytes * 1e6), seed)]);
  return Buffer.concat([code, Buffer.from([0]), leb(content.length), content]);
}

const glue = (mark) => `
export default async function init({ module_or_path }) {
  const { exports } = await WebAssembly.instantiate(module_or_path, {});
  const canvas = document.getElementById('game');
  canvas.tabIndex = 0;
  const gl = canvas.getContext('webgl2');
  gl.clearColor(0, 0.5, 0, 1);
  gl.clear(gl.COLOR_BUFFER_BIT);
  window.stub = { mark: ${JSON.stringify(mark)}, trap: () => setTimeout(exports.trap), lose: () => gl.getExtension('WEBGL_lose_context').loseContext() };
  window.roundtable.playing(true);
  requestAnimationFrame(() => window.roundtable.ready());
}
`;

/** Writes what wasm-bindgen would have written. Different marks give different versions. */
export function writeStub(folder, mark = 'one', megabytes = 0.5) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'roundtable_bg.wasm'), module(megabytes, mark));
  writeFileSync(join(folder, 'roundtable.js'), glue(mark));
}

if (process.argv[1] === import.meta.filename) writeStub(process.argv[2], process.argv[3], Number(process.argv[4] ?? 0.5));

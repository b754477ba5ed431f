// Packs the web build: names after content, the page round them, packed twins beside each file, and the table of sizes.
//
//   node .ci/pack-web.mjs --game FOLDER --out FOLDER [--quick] [--check FILE | --record FILE] [--way WORD]
//
// --game    what wasm-bindgen wrote: roundtable.js, roundtable_bg.wasm and its snippets (or a stand-in from tests/web)
// --quick   packed twins that are made fast, not small
// --check   fail if the first screen's bytes exceed the hard limit, or the file's figure by more than 3 %
// --record  write the figure into that file
// --way     how it was compiled, for each way has a figure of its own: small or stable
//
// `.ci/web` calls it; it needs `npm ci` in tests/web.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

/** The most that the first screen may need, packed with brotli. */
const HARD_LIMIT = 4_200_000;
/** How much more than recorded is no accident any more. */
const GROWTH = 1.03;
// The installed app's pictures: the first screen shows none of them, so they are no part of its size.
const FOR_INSTALLING = new Set(['icon-256', 'icon-512', 'icon-maskable', 'touch-icon']);

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const esbuild = createRequire(join(root, 'tests/web/package.json'))('esbuild');
const { values: options } = parseArgs({
  options: {
    game: { type: 'string' },
    out: { type: 'string' },
    quick: { type: 'boolean', default: false },
    check: { type: 'string' },
    record: { type: 'string' },
    way: { type: 'string', default: 'small' },
  },
});
if (!options.game || !options.out) throw new Error('say --game FOLDER and --out FOLDER');

const source = (name) => readFileSync(join(root, 'assets/web', name));
const sha256 = (bytes) => createHash('sha256').update(bytes);
const integrity = (bytes) => `sha256-${sha256(bytes).digest('base64')}`;

/** What the page's templates call a file → its name and bytes. */
const files = new Map();

function add(key, stem, extension, content) {
  const bytes = Buffer.from(content);
  const name = `${stem}-${sha256(bytes).digest('hex').slice(0, 16)}.${extension}`;
  files.set(key, { name, bytes });
}

function fill(template, extra = {}) {
  return template.toString().replace(/\{\{([\w-]+)\}\}/g, (_, key) => {
    const value = extra[key] ?? files.get(key)?.name;
    if (value === undefined) throw new Error(`nothing for {{${key}}}`);
    return value;
  });
}

function script(entry, target, bundle) {
  const built = esbuild.buildSync({
    entryPoints: [entry],
    bundle,
    minify: true,
    write: false,
    target,
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'error',
    ...(bundle ? { format: 'esm', platform: 'browser' } : {}),
  });
  return built.outputFiles[0].contents;
}

const wasm = readFileSync(join(options.game, 'roundtable_bg.wasm'));
add('wasm', 'game', 'wasm', wasm);
add('glue', 'game', 'js', script(join(options.game, 'roundtable.js'), 'es2020', true));
add('boot', 'boot', 'js', script(join(root, 'assets/web/boot.js'), 'es2020', true));
add('check', 'check', 'js', script(join(root, 'assets/web/check.js'), 'es5', false));
const icons = join(root, 'assets/icons');
add('icon', 'icon', 'svg', readFileSync(join(icons, 'roundtable.svg')));
add('icon-256', 'icon-256', 'png', readFileSync(join(icons, 'roundtable-256.png')));
add('touch-icon', 'icon-256', 'png', readFileSync(join(icons, 'roundtable-256.png')));
add('icon-512', 'icon-512', 'png', readFileSync(join(icons, 'roundtable-512.png')));
add('icon-maskable', 'icon-maskable', 'png', source('icon-maskable.png'));

const style = esbuild.transformSync(source('style.css').toString(), { loader: 'css', minify: true }).code.trim();
const page = {
  style,
  'style-hash': integrity(style),
  'wasm-bytes': String(wasm.length),
};
// The version is the page's and the worker's own text and, through their names, everything else.
const manifest = fill(source('manifest.webmanifest'));
const draft = fill(source('index.html'), { ...page, version: '' });
const version = sha256(draft + manifest + source('sw.js')).digest('hex').slice(0, 16);
const index = fill(source('index.html'), { ...page, version });

const kept = Object.fromEntries([...files.values()].map(({ name, bytes }) => [name, integrity(bytes)]));
kept['manifest.webmanifest'] = integrity(manifest);
const worker = fill(source('sw.js'), { version, files: JSON.stringify(kept) });

// Written beside and put in place whole: whoever serves the folder meanwhile sees one version.
const out = resolve(options.out);
const fresh = `${out}.new`;
rmSync(fresh, { recursive: true, force: true });
mkdirSync(fresh, { recursive: true });
const rows = [];

function write(name, content, counts) {
  const bytes = Buffer.from(content);
  const brotli = brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: options.quick ? 4 : 11,
      [constants.BROTLI_PARAM_LGWIN]: 24,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
  const gzip = gzipSync(bytes, { level: options.quick ? 3 : 9 });
  writeFileSync(join(fresh, name), bytes);
  // Pictures are packed already.
  if (!name.endsWith('.png')) {
    writeFileSync(join(fresh, `${name}.br`), brotli);
    writeFileSync(join(fresh, `${name}.gz`), gzip);
  }
  const packed = name.endsWith('.png') ? { brotli: bytes.length, gzip: bytes.length } : { brotli: brotli.length, gzip: gzip.length };
  rows.push({ name, raw: bytes.length, ...packed, counts });
}

const written = new Set();
for (const [key, { name, bytes }] of files) {
  if (!written.has(name)) write(name, bytes, !FOR_INSTALLING.has(key));
  written.add(name);
}
write('index.html', index, true);
write('manifest.webmanifest', manifest, true);
write('sw.js', worker, false);
rmSync(out, { recursive: true, force: true });
renameSync(fresh, out);

const sum = { raw: 0, brotli: 0, gzip: 0 };
for (const row of rows) for (const kind of Object.keys(sum)) if (row.counts) sum[kind] += row[kind];
const line = (name, row, mark) =>
  console.log(`${name.padEnd(40)}${[row.raw, row.gzip, row.brotli].map((n) => n.toLocaleString('en').padStart(13)).join('')} ${mark}`);
console.log(`${'bytes'.padEnd(40)}${['raw', 'gzip', 'brotli'].map((word) => word.padStart(13)).join('')}`);
for (const row of rows) line(row.name, row, row.counts ? '' : '(later)');
line('what the first screen needs', sum, '');

const record = options.record ?? options.check;
const recorded = new Map(record && existsSync(record) ? [...readFileSync(record, 'utf8').matchAll(/^(\w+) raw \d+ gzip \d+ brotli (\d+)$/gm)].map(([line, way, brotli]) => [way, { line, brotli: Number(brotli) }]) : []);
if (options.record) {
  recorded.set(options.way, { line: `${options.way} raw ${sum.raw} gzip ${sum.gzip} brotli ${sum.brotli}` });
  const note = '# What the first screen of the web build needs, in bytes, for each way to compile it. .ci/web fails when brotli grows by more than 3 %;\n# a growth that is wanted is recorded by `.ci/web --record`.\n';
  writeFileSync(record, note + [...recorded.values()].map(({ line }) => `${line}\n`).sort().join(''));
}
if (record && sum.brotli > HARD_LIMIT) fail(`The web build needs ${sum.brotli} bytes packed; the limit is ${HARD_LIMIT}.`);
if (options.check) {
  const before = recorded.get(options.way)?.brotli;
  if (!before) console.error(`No size is recorded for the ${options.way} way: only the limit was checked. To record it: .ci/web --record`);
  else if (sum.brotli > before * GROWTH) {
    fail(`The web build has grown from ${before} to ${sum.brotli} bytes packed, more than 3 %. If that is wanted: .ci/web --record`);
  }
}

function fail(why) {
  console.error(why);
  process.exit(1);
}

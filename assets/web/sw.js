// Keeps the whole game for offline, a version at a time: all files of a version are fetched and checked before it may answer anything, and a
// page gets all its files from one version. The build writes VERSION and FILES.

const VERSION = '{{version}}';
/** Everything but the page itself, each with the hash of its content (as `integrity` wants it). */
const FILES = {{files}};
const PREFIX = 'roundtable-';
const CACHE = PREFIX + VERSION;
const PAGE = './';

async function fetchPage() {
  const page = await fetch(PAGE, { cache: 'no-cache' });
  // By its mark and not by its hash: some hosts add a line of their own to every page.
  if (!page.ok || page.redirected || !(await page.clone().text()).includes(`content="${VERSION}"`)) {
    throw new Error(`the page is not of version ${VERSION}`);
  }
  return page;
}

async function fetchFile(url, integrity) {
  const file = await fetch(url, { integrity });
  if (!file.ok) throw new Error(`${file.status} for ${url}`);
  return file;
}

self.addEventListener('install', (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(CACHE);
    try {
      await cache.put(PAGE, await fetchPage());
      for (const [url, integrity] of Object.entries(FILES)) await cache.put(url, await fetchFile(url, integrity));
    } catch (error) {
      // Never half of a version; the next visit tries again.
      await caches.delete(CACHE);
      throw error;
    }
  })());
});

// This version begins when no page of the old one is open any more (or on "take over", below): the old files may go.
self.addEventListener('activate', (event) => {
  event.waitUntil((async () => {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name.startsWith(PREFIX) && name !== CACHE).map((name) => caches.delete(name)));
  })());
});

self.addEventListener('message', (event) => {
  if (event.data !== 'take over') return;
  event.waitUntil((async () => {
    const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
    const within = pages.filter((page) => page.url.startsWith(self.registration.scope));
    if (within.every((page) => page.id === event.source.id)) await self.skipWaiting();
    else event.source.postMessage('others play');
  })());
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || !url.href.startsWith(self.registration.scope)) return;
  const path = url.pathname.slice(new URL(self.registration.scope).pathname.length);
  if (request.mode === 'navigate') {
    if (path === '' || path === 'index.html') event.respondWith(kept(PAGE, request));
  } else if (Object.hasOwn(FILES, path)) {
    event.respondWith(kept(path, request));
  }
});

async function kept(name, request) {
  const cache = await caches.open(CACHE);
  // What the browser threw away is fetched again.
  return (await cache.match(name)) ?? fetch(request);
}

// Puts a result on the clipboard, or hands it to the system's own dialog for passing something on. The browser allows either only shortly after
// a press, and tells later whether it did; without https there is no clipboard at all, and the old way is tried for text.

const NO_CLIPBOARD = 'The browser gives this page no clipboard.';

function oldWay(text) {
  const area = document.createElement('textarea');
  area.value = text;
  area.style.cssText = 'position:fixed;top:0;left:0;opacity:0';
  const before = document.activeElement;
  document.body.append(area);
  area.select();
  try {
    return document.execCommand('copy');
  } catch {
    return false;
  } finally {
    area.remove();
    before?.focus();
  }
}

/** A page's own sentence about an error; browsers' are for programmers. */
const inWords = (error) => (error?.name === 'NotAllowedError' ? 'The browser does not allow it.' : String(error?.message ?? error));

/** Calls `done` with nothing when it is on the clipboard, with a sentence when it is not. */
export function copyText(text, done) {
  const old = (why) => done(oldWay(text) ? undefined : why);
  if (!navigator.clipboard?.writeText) return old(NO_CLIPBOARD);
  navigator.clipboard.writeText(text).then(() => done(undefined), (error) => old(inWords(error)));
}

/** The same with a picture: a PNG file's bytes. */
export function copyPicture(png, done) {
  // The bytes lie in the game's memory, which moves; the browser reads them later.
  const blob = new Blob([png.slice()], { type: 'image/png' });
  if (!navigator.clipboard?.write || !window.ClipboardItem) return done(NO_CLIPBOARD);
  navigator.clipboard.write([new ClipboardItem({ 'image/png': blob })]).then(() => done(undefined), (error) => done(inWords(error)));
}

/** Whether the system has such a dialog. */
export function canShare() {
  return typeof navigator.share === 'function';
}

/** Opens it. Whoever closes it again has not met an error. */
export function shareLink(text, url, done) {
  navigator.share({ title: 'Roundtable', text, url }).then(
    () => {},
    (error) => {
      if (error?.name !== 'AbortError') done(inWords(error));
    },
  );
}

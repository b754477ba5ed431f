// The first script: old enough in its language for every browser, so that even the oldest gets a sentence instead of a blank page.
// It gives the page `window.roundtable`, which boot.js and the game go on with:
//
//   trouble(id, why, detail)   shows one of the page's plain sections (index.html) in place of the game; the first one stays
//   stopped                    whether one is shown
//   crashed(message)           the game has ended by a mistake of ours: the section "stopped"
(function () {
  var roundtable = window.roundtable = { stopped: false };

  function each(nodes, act) {
    for (var i = 0; i < nodes.length; i++) act(nodes[i]);
  }

  roundtable.trouble = function (id, why, detail) {
    if (roundtable.stopped) return;
    roundtable.stopped = true;
    var page = document.getElementById('page');
    var section = document.getElementById(id);
    var stage = document.getElementById('stage');
    // Taken out, not covered: nothing that has stopped may be focused or read.
    if (stage) stage.parentNode.removeChild(stage);
    document.getElementById('start').hidden = true;
    document.getElementById('start').style.display = 'none';
    each(section.querySelectorAll('[data-why]'), function (part) {
      part.hidden = (' ' + part.getAttribute('data-why') + ' ').indexOf(' ' + why + ' ') < 0;
    });
    var said = section.querySelector('.detail');
    if (said) {
      said.textContent = detail || '';
      said.parentNode.hidden = !detail;
    }
    page.hidden = false;
    section.hidden = false;
    section.removeAttribute('hidden');
    section.querySelector('h1').focus();
  };

  roundtable.crashed = function (message) {
    roundtable.trouble('stopped', '', String(message || 'No reason was given.').slice(0, 2000) + ' · version ' + version());
  };

  function version() {
    var named = document.querySelector('meta[name=version]');
    return named ? named.content : 'unknown';
  }

  each(document.querySelectorAll('[data-retry]'), function (button) {
    button.addEventListener('click', function () { location.reload(); });
  });

  // A script of ours that does not arrive; errors of resources do not bubble, so they are caught on their way down.
  window.addEventListener('error', function (event) {
    var target = event.target;
    if (target && target.tagName === 'SCRIPT') {
      roundtable.trouble('download', navigator.onLine === false ? 'offline' : 'lost', 'No answer for ' + target.src);
    }
  }, true);

  // What the compiled game uses, in one module of a few bytes: saturating conversion, sign extension, bulk memory, several results,
  // references.
  var features = {
    'WebAssembly': window.WebAssembly && WebAssembly.validate,
    'modules': 'noModule' in document.createElement('script'),
    'BigInt': window.BigInt,
    'streams': window.ReadableStream && window.fetch && window.Response && 'body' in Response.prototype,
    'AbortController': window.AbortController,
    'ResizeObserver': window.ResizeObserver,
    'pointer events': window.PointerEvent
  };
  var missing = [];
  for (var name in features) if (!features[name]) missing.push(name);
  if (features.WebAssembly && !WebAssembly.validate(new Uint8Array([
    0, 97, 115, 109, 1, 0, 0, 0, // head
    1, 10, 2, 96, 0, 2, 127, 127, 96, 1, 111, 0, // types: () -> (i32, i32); (externref) -> ()
    3, 3, 2, 0, 1, // two functions
    5, 3, 1, 0, 1, // a memory
    10, 29, 2, // their code
    21, 0, 67, 0, 0, 0, 0, 252, 0, 192, 65, 0, 65, 0, 65, 0, 252, 11, 0, 65, 0, 11, // 0.0 saturated, extended; memory.fill; 0
    5, 0, 32, 0, 26, 11 // local.get 0, drop
  ]))) missing.push('newer parts of WebAssembly');
  if (missing.length) roundtable.trouble('old', '', missing.join(', '));
})();

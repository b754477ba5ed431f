// The way to the class: one socket that comes back by itself. Shared by students, the big screen and the remote.

export const el = (id) => document.getElementById(id);
export const page = el("page");

// Words for the one live region. What comes at once is read as one.
let words = [];
let reading;
export const say = (text) => {
  if (!text) return;
  words.push(text);
  clearTimeout(reading);
  reading = setTimeout(() => {
    const said = words.join(" ");
    // The same words again are no change, and would not be read.
    el("say").textContent = el("say").textContent === said ? said + "\u00a0" : said;
    words = [];
  }, 100);
};

// A token is kept where it can be; where nothing can be kept it lasts as long as the page.
export const kept = {
  memory: {},
  get(key) {
    try { return localStorage.getItem(key) ?? sessionStorage.getItem(key) ?? this.memory[key]; } catch { return this.memory[key]; }
  },
  set(key, value) {
    this.memory[key] = value;
    try { value == null ? localStorage.removeItem(key) : localStorage.setItem(key, value); } catch { /* this page only */ }
  },
};

// hello: what to say first, or null while there is nothing to say. hear: a message. lost: the way is gone, so many times in a row.
export class Link {
  constructor({ hello, hear, lost }) {
    Object.assign(this, { hello, hear, lost, failed: 0, socket: null, timer: null, wanted: false });
    addEventListener("online", () => this.hurry());
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) this.hid = Date.now();
      // A phone that slept may hold a socket that is dead and does not know it.
      else if (this.wanted && Date.now() - this.hid > 15000) this.open();
      else this.hurry();
    });
    addEventListener("pageshow", (event) => event.persisted && this.hurry());
  }

  get isOpen() { return this.socket?.readyState === 1; }

  send(message) {
    if (this.isOpen) this.socket.send(JSON.stringify(message));
    return this.isOpen;
  }

  hurry() {
    if (this.wanted && !(this.socket?.readyState <= 1)) this.open();
  }

  // Browsers slow down sockets that fail again and again, so after a failure it is a plain request that looks whether anybody is there.
  async open() {
    clearTimeout(this.timer);
    this.wanted = true;
    const old = this.socket;
    this.socket = null;
    old?.close();
    const mine = (this.turn = {});
    if (this.failed > 0) {
      const stop = new AbortController();
      const patience = setTimeout(() => stop.abort(), 3000);
      const there = await fetch("/class.css", { method: "HEAD", cache: "no-store", signal: stop.signal }).then(() => true, () => false);
      clearTimeout(patience);
      if (this.turn !== mine) return;
      if (!there) return this.again();
    }
    const socket = (this.socket = new WebSocket(`ws://${location.host}/ws`));
    socket.onopen = () => this.send(this.hello());
    socket.onmessage = (event) => {
      if (this.socket !== socket) return;
      this.failed = 0;
      this.hear(JSON.parse(event.data));
    };
    socket.onclose = () => {
      if (this.socket !== socket) return;
      this.socket = null;
      if (this.wanted) this.again();
    };
  }

  again() {
    this.failed += 1;
    this.lost(this.failed);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.open(), Math.min(200 * 1.6 ** this.failed, 1500) * (0.6 + 0.4 * Math.random()));
  }

  // No more coming back by itself.
  rest() {
    this.wanted = false;
    clearTimeout(this.timer);
  }
}

// The time that is left, as a bar and in figures. mark(seconds, half) is called as marks are passed.
const still = matchMedia("(prefers-reduced-motion: reduce)");
let ticking;
export const clock = ({ left_ms, limit_ms }, mark) => {
  clearInterval(ticking);
  const place = el("clock");
  if (!place || left_ms == null) return;
  place.hidden = false;
  const [bar, figure] = [el("time"), el("left")];
  const ends = performance.now() + left_ms;
  const left = () => Math.max(0, ends - performance.now());
  const draw = () => { bar.style.transform = `scaleX(${left() / limit_ms})`; };
  draw();
  if (!still.matches) {
    bar.getBoundingClientRect();
    bar.style.transition = `transform ${left()}ms linear`;
    bar.style.transform = "scaleX(0)";
  }
  const marks = [[limit_ms / 2, true], [10000, false], [5000, false]].filter(([ms, half]) => ms < left_ms && (!half || ms > 12000));
  const tick = () => {
    const now = left();
    if (still.matches) draw();
    figure.textContent = now > 0 ? `${Math.ceil(now / 1000)} s` : "Time is up";
    place.classList.toggle("soon", now <= 10000);
    while (marks.length && now <= marks[0][0]) {
      const [ms, half] = marks.shift();
      mark?.(Math.round(ms / 1000), half);
    }
    if (now === 0 || !figure.isConnected) clearInterval(ticking);
  };
  tick();
  ticking = setInterval(tick, 200);
};

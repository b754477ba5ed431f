// The big screen, and the teacher's remote: both come in with a token that stands behind the # of their link.
import { Link, clock, el, page, say } from "./link.js";

const screen = document.body.classList.contains("screen");
const KEY = screen ? "roundtable-screen" : "roundtable-remote";
const store = (token) => { try { token ? sessionStorage.setItem(KEY, token) : sessionStorage.removeItem(KEY); } catch { /* this page only */ } };
let token = location.hash.slice(1);
if (token) {
  store(token);
  // Whoever looks over a shoulder need not read it.
  if (!screen) history.replaceState(null, "", location.pathname);
} else {
  try { token = sessionStorage.getItem(KEY); } catch { /* none was kept */ }
}

const net = (text) => {
  if (el("net").textContent !== text) say(text);
  el("net").textContent = text;
  el("net").hidden = !text;
};

// Takes over what has changed and leaves everything else, so that what has the focus keeps it.
const morph = (old, next) => {
  if (old.nodeName !== next.nodeName) return old.replaceWith(next);
  if (old.nodeType !== 1) {
    if (old.nodeValue !== next.nodeValue) old.nodeValue = next.nodeValue;
    return;
  }
  for (const { name } of [...old.attributes]) if (!next.hasAttribute(name) && name !== "open" && name !== "style") old.removeAttribute(name);
  for (const { name, value } of next.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  const [had, wanted] = [[...old.childNodes], [...next.childNodes]];
  wanted.forEach((node, index) => (had[index] ? morph(had[index], node) : old.append(node)));
  for (const node of had.slice(wanted.length)) node.remove();
};

const fill = (place, html) => {
  const next = place.cloneNode(false);
  next.innerHTML = html;
  morph(place, next);
};

// Numbers that draw rings and bars: no style may stand in the HTML.
const dress = () => {
  for (const node of page.querySelectorAll("[data-share]")) {
    node.style.setProperty("--share", node.dataset.share / 1000);
    if (node.dataset.seats) node.style.setProperty("--seats", node.dataset.seats);
  }
};

let kind = "";
let asked = null;
let tally = "";
let people = "";

const hear = {
  welcome: (m) => {
    token = m.token;
    store(token);
    net("");
  },
  page: (m) => {
    net("");
    const turned = kind !== m.kind || asked !== m.question;
    [kind, asked] = [m.kind, m.question];
    fill(page, m.html);
    dress();
    if (screen) fit();
    else controls();
    if (turned) { tally = ""; say(m.say); }
    document.body.dataset.kind = kind;
    count();
    clock(m);
  },
  tally: (m) => {
    tally = `${m.answered} of ${m.expected} have answered`;
    if (el("answered") && m.question === asked) {
      el("answered").textContent = m.answered;
      el("expected").textContent = m.expected;
      page.querySelector(".ring")?.style.setProperty("--share", m.expected ? m.answered / m.expected : 0);
    }
    count();
  },
  people: (m) => {
    people = `${m.here} of ${m.seated} connected`;
    el("lock").dataset.order = m.locked ? "unlock" : "lock";
    el("lock").textContent = m.locked ? "Unlock the room" : "Lock the room";
    count();
  },
  refused: (m) => tell(m.say),
  done: () => tell(""),
  closing: (m) => {
    if (m.back) return net(m.say);
    link.rest();
    if (m.why === "ended") return net(m.say);
    store(null);
    fill(page, "<h1></h1>");
    page.firstChild.textContent = screen
      ? "This link is worth nothing any more. Open the one that the class’s computer shows."
      : "This link is worth nothing any more. Ask for a new one at the class’s computer.";
    net(m.why === "unknown_token" ? "" : m.say);
    document.body.classList.add("shut");
  },
};

const tell = (text) => {
  if (!el("done")) return;
  el("done").textContent = text;
  say(text);
};

const count = () => {
  if (el("count")) el("count").textContent = [people, ["asking", "paused"].includes(kind) ? tally : ""].filter(Boolean).join(" · ");
};

// Long questions step down until everything is on the screen.
const fit = () => {
  document.body.dataset.small = 0;
  for (let step = 1; step <= 4 && document.documentElement.scrollHeight > innerHeight + 1; step += 1) document.body.dataset.small = step;
};

// The remote's buttons.

const controls = () => {
  const state = el("can");
  const can = state.dataset.can.split(" ");
  for (const button of document.querySelectorAll("[data-order]")) {
    let order = button.dataset.order;
    if (button.id === "pause") {
      order = button.dataset.order = "paused" in state.dataset ? "resume" : "pause";
      button.textContent = order === "resume" ? "Go on" : "Pause";
      button.classList.toggle("main", order === "resume");
    }
    const now = can.includes({ resume: "pause", unlock: "lock" }[order] ?? order);
    button.setAttribute("aria-disabled", String(!now));
    if (order === "close" || order === "revote") {
      if (!now && document.activeElement === button) el("next").focus();
      button.hidden = !now;
    }
    // After the talk it is the large button that shows the answer.
    if (order === "reveal") button.hidden = can.includes("revote");
  }
  el("next").textContent = state.dataset.next;
  // Where there is no next, showing the answer is what goes on.
  document.querySelector("[data-order=reveal]").classList.toggle("main", can.includes("reveal") && !can.includes("next"));
  el("end").setAttribute("aria-disabled", String(!can.includes("end")));
  roll();
};

// Students by name, to take one out. Buttons stay where they are as others come and go.
const roll = () => {
  const list = el("people");
  const rows = [...el("roll").children];
  for (const button of list.querySelectorAll("button")) if (!rows.some((row) => row.dataset.player === button.value)) button.parentElement.remove();
  for (const row of rows) {
    let button = list.querySelector(`button[value="${row.dataset.player}"]`);
    if (!button) {
      button = Object.assign(document.createElement("button"), { type: "button", value: row.dataset.player });
      const item = document.createElement("li");
      item.append(button);
      list.append(item);
    }
    button.textContent = row.textContent;
  }
  el("nobody").hidden = rows.length > 0;
};

const order = (what) => { if (!link.send({ t: "order", order: what })) tell("Not sent: the way to the class is gone. It comes back by itself."); };

const sure = (title, text, yes, act) => {
  el("sure-title").textContent = title;
  el("sure-say").textContent = text;
  el("yes").textContent = yes;
  el("yes").onclick = () => { el("sure").close(); act(); };
  el("sure").showModal();
};

if (!screen) {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button || button.getAttribute("aria-disabled") === "true") return;
    if (button.classList.contains("cancel")) button.closest("dialog").close();
    else if (button.dataset.order) order(button.dataset.order);
    else if (button.id === "kick") el("who").showModal();
    else if (button.id === "end") sure("End the class here?", "Questions that have not been asked are left out. This cannot be undone.", "End the class", () => order("end"));
    else if (button.closest("#people")) {
      const [name, player] = [button.textContent, +button.value];
      el("who").close();
      sure(`Take ${name} out of the class?`, "Their seat stays empty, and they cannot come back to it.", "Take out", () => order({ kick: { player } }));
    }
  });
} else {
  addEventListener("resize", fit);
}

const link = new Link({
  hello: () => ({ t: "back", token }),
  hear: (m) => hear[m.t]?.(m),
  lost: () => net("Reconnecting…"),
});
if (token) link.open();
else {
  page.querySelector("h1").textContent = "This page opens with the link that the class’s computer shows.";
  document.body.classList.add("shut");
}

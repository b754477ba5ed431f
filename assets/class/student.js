// A student's page: joins, shows what the class sends, answers, and says truly what became of the answer.
import { Link, clock, el, kept, page, say } from "./link.js";

const TOKEN = "roundtable-seat";
const DRAFT = "roundtable-draft";
const PLACE = "roundtable-place";
const [door, names, stop] = ["door", "names", "stop"].map(el);
const parse = (text) => { try { return JSON.parse(text); } catch { return null; } };

let token = kept.get(TOKEN);
let code = document.body.dataset.code || "";
let joining = null; // what is sent once the door is open: knock or join
let seat = null;
let name = "";
let offers = [];
let shown = null; // the page that stands
let asked = null; // the question last asked
let pending = null; // an answer that nobody has confirmed
let fate = null; // of the answer to `asked`: sending, received, late

document.body.classList.toggle("no-place", kept.get(PLACE) === "hidden");

// What stays while pages change.

const focus = () => {
  const heading = page.querySelector("h1:not([hidden])");
  const visible = [...page.querySelectorAll("h1")].find((h) => h.offsetParent) ?? heading;
  scrollTo(0, 0);
  visible?.focus({ preventScroll: true });
};

const show = (form) => {
  shown = null;
  form.hidden = false;
  page.replaceChildren(form);
};

const net = (text) => {
  if (el("net").textContent === text && !el("net").hidden) return;
  el("net").textContent = text;
  el("net").hidden = !text;
  say(text);
};

const status = () => {
  if (pending) return "Your answer has not arrived yet. It is sent again by itself.";
  if (fate === "received") return "Your answer has been received.";
  return asked ? "You have not answered the question yet." : "";
};

// The door.

const atDoor = (wrong = "") => {
  show(door);
  el("code-wrong").textContent = wrong;
  el("code").setAttribute("aria-invalid", String(!!wrong));
  if (code) el("code").value = code;
  say(wrong);
  (wrong ? el("code") : door.querySelector("h1")).focus();
};

const halt = (sentence, button, action) => {
  link.rest();
  net("");
  show(stop);
  // What has happened, and then what to do.
  const [what, ...then] = sentence.split(/(?<=\.) /);
  stop.querySelector("h1").textContent = what.replace(/\.$/, "");
  el("step").textContent = then.join(" ");
  say(then.join(" "));
  const again = el("again");
  again.hidden = !button;
  again.textContent = button || "";
  again.onclick = action;
  focus();
};

const knock = () => {
  joining = { t: "knock", code };
  link.failed = 0;
  link.open();
};

door.addEventListener("submit", (event) => {
  event.preventDefault();
  code = el("code").value.replace(/\D/g, "");
  if (code.length !== 6) return atDoor("A room code has six digits.");
  el("code-wrong").textContent = "";
  knock();
});

const drawNames = () => {
  const chosen = names.querySelector(":checked")?.value ?? 0;
  el("enter").textContent = el("name").value.trim() ? "Join with this name" : `Join as ${offers[chosen]}`;
};

const offer = (count) => {
  const box = el("offer");
  while (box.children.length < count) {
    const index = box.children.length;
    const label = document.createElement("label");
    const radio = Object.assign(document.createElement("input"), { type: "radio", name: "pick", value: index });
    const text = Object.assign(document.createElement("span"), { className: "text", textContent: offers[index] });
    label.append(radio, text);
    box.append(label);
    radio.checked = true;
  }
  const more = offers.length - count;
  el("spin").textContent = more ? `Spin again (${more} left)` : "No spins left";
  el("spin").setAttribute("aria-disabled", String(!more));
  drawNames();
};

names.addEventListener("input", drawNames);
el("spin").addEventListener("click", () => {
  const count = el("offer").children.length;
  if (count >= offers.length) return;
  offer(count + 1);
  say(`${offers[count]}. ${el("spin").textContent}.`);
});
names.addEventListener("submit", (event) => {
  event.preventDefault();
  const own = el("name").value.trim();
  el("name-wrong").textContent = "";
  joining = own ? { t: "join", code, name: own } : { t: "join", code, pick: +names.querySelector(":checked").value };
  if (!link.send(joining)) link.open();
});

// The question.

const form = () => el("answer");
const draft = () => {
  const f = form();
  if (!f || !asked) return null;
  switch (f.dataset.kind) {
    case "MultiChoice": return [...f.querySelectorAll(":checked")].map((box) => +box.value);
    case "Order": return [...f.querySelectorAll("[data-item]")].map((li) => +li.dataset.item);
    case "Match": return [...f.querySelectorAll("select")].map((select) => select.value);
    case "Number": return el("number").value;
    case "Text": return el("text").value;
    default: return null;
  }
};
const keep = () => { try { sessionStorage.setItem(DRAFT, JSON.stringify({ seat, asked, data: draft() })); } catch { /* as long as the page lasts */ } };
const forget = () => { try { sessionStorage.removeItem(DRAFT); } catch { /* nothing was kept */ } };

const restore = () => {
  let saved = null;
  try { saved = parse(sessionStorage.getItem(DRAFT)); } catch { /* nothing was kept */ }
  const f = form();
  if (saved?.seat !== seat || saved.asked !== asked || saved.data == null) return;
  switch (f.dataset.kind) {
    case "MultiChoice": for (const box of f.querySelectorAll("input")) box.checked = saved.data.includes(+box.value); break;
    case "Order": for (const item of saved.data) el("order").append(f.querySelector(`[data-item="${item}"]`)); break;
    case "Match": f.querySelectorAll("select").forEach((select, index) => { select.value = saved.data[index] ?? ""; }); break;
    case "Number": el("number").value = saved.data; break;
    case "Text": el("text").value = saved.data; break;
  }
};

const counts = () => {
  const f = form();
  const kind = f?.dataset.kind;
  const count = kind === "MultiChoice" ? f.querySelectorAll(":checked").length : 0;
  if (kind === "MultiChoice") {
    el("count").textContent = count ? `${count} chosen` : "None chosen";
    el("submit").setAttribute("aria-disabled", String(!count));
  }
  if (kind === "Match") {
    const left = [...f.querySelectorAll("select")].filter((select) => !select.value).length;
    el("submit").textContent = left ? `${left} ${left === 1 ? "pair" : "pairs"} left` : "Submit answer";
    el("submit").setAttribute("aria-disabled", String(!!left));
  }
  if (kind === "Order") {
    const items = [...el("order").children];
    items.forEach((li, index) => {
      li.children[1].setAttribute("aria-disabled", String(index === 0));
      li.children[2].setAttribute("aria-disabled", String(index === items.length - 1));
    });
  }
};

const wrong = (text, control) => {
  el("wrong").textContent = text;
  control?.setAttribute("aria-invalid", String(!!text));
  if (text) { say(text); control?.focus(); }
  return null;
};

// What was typed as a number: 1.5, 1,5, 1,500, 1 500, −3.
const typed = (text) => {
  let plain = text.replace(/[\s\u00a0\u202f'’]/g, "").replace("−", "-");
  if (/^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(plain)) plain = plain.replaceAll(",", "");
  else plain = plain.replace(",", ".");
  return /^-?(\d+\.?\d*|\.\d+)$/.test(plain) ? +plain : NaN;
};

const number = () => {
  const field = el("number");
  const [min, max, step] = ["min", "max", "step"].map((key) => +field.dataset[key]);
  const value = typed(field.value);
  const range = el("range").textContent;
  if (Number.isNaN(value)) return wrong(`Write a number. ${range}`, field);
  if (value < min || value > max) return wrong(`That is outside the range. ${range}`, field);
  const steps = Math.round((value - min) / step);
  const near = Math.min(max, +(min + steps * step).toPrecision(12));
  if (Math.abs(near - value) > step * 1e-6) return wrong(`That is between two steps. ${range} The nearest is ${near}.`, field);
  return { Number: near };
};

const answer = (button) => {
  const f = form();
  switch (f.dataset.kind) {
    case "Choice": return button && { Choice: +button.value };
    case "TrueFalse": return button && { TrueFalse: button.value === "true" };
    case "MultiChoice": return draft().length ? { MultiChoice: draft() } : wrong("Choose at least one.");
    case "Number": return number();
    case "Order": return { Order: draft() };
    case "Match": {
      const open = [...f.querySelectorAll("select")].find((select) => !select.value);
      return open ? wrong("Every one needs a partner first.", open) : { Match: draft().map(Number) };
    }
    case "Text": return el("text").value.trim() ? { Text: el("text").value } : wrong("Write an answer first.", el("text"));
  }
};

const inWords = (button) => {
  const f = form();
  switch (f.dataset.kind) {
    case "Choice": case "TrueFalse": return button.querySelector(".text").textContent;
    case "MultiChoice": return [...f.querySelectorAll(":checked")].map((box) => box.parentElement.querySelector(".text").textContent).join(", ");
    case "Order": return [...f.querySelectorAll(".text")].map((item) => item.textContent).join(" → ");
    case "Match": return [...f.querySelectorAll("select")].map((select) => `${select.labels[0].textContent} – ${select.selectedOptions[0].textContent}`).join("; ");
    default: return f.querySelector("input").value;
  }
};

const LOOKS = {
  sending: ["Sending…", "Keep this page open."],
  waiting: ["Not sent yet", "The way to the class is gone. Your answer is sent as soon as it is back."],
  received: ["Answer received", "Wait for the others."],
  late: ["Too late", "The question had closed before your answer arrived, so it does not count."],
};

// Three looks, and what was answered under the question.
const look = (next, text) => {
  fate = next === "waiting" ? "sending" : next;
  const place = el("fate");
  if (!place) return;
  const [head, words] = LOOKS[next] ?? ["", ""];
  const had = document.activeElement === document.body || form().contains(document.activeElement);
  place.hidden = !next;
  form().hidden = !!next;
  place.dataset.fate = next ?? "";
  place.querySelector("h2").textContent = head;
  el("fate-say").textContent = text ?? words;
  el("sure").hidden = next !== "received";
  if (next && had) place.querySelector("h2").focus();
};

const push = () => {
  if (!pending) return;
  const sent = link.send({ t: "answer", question: pending.question, answer: pending.answer });
  if (pending.question === asked) look(sent ? "sending" : "waiting");
};

const chose = (text) => {
  const place = el("mine");
  const line = document.createElement("p");
  line.append("Your answer: ", Object.assign(document.createElement("b"), { textContent: text }));
  place.replaceChildren(line);
};

page.addEventListener("submit", (event) => {
  if (event.target.id !== "answer") return;
  event.preventDefault();
  if (pending || fate) return;
  if (el("wrong")) wrong("");
  const given = answer(event.submitter);
  if (!given) return;
  pending = { question: asked, answer: given };
  chose(inWords(event.submitter));
  push();
});

page.addEventListener("input", (event) => {
  if (event.target.name === "pair" && event.target.value) {
    for (const other of page.querySelectorAll("select")) {
      if (other === event.target || other.value !== event.target.value) continue;
      other.value = "";
      say(`${other.labels[0].textContent} has no partner now.`);
    }
  }
  if (form()) { counts(); keep(); }
});

page.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.dataset.move && button.getAttribute("aria-disabled") !== "true") {
    const [li, list] = [button.parentElement, el("order")];
    if (+button.dataset.move < 0) li.previousElementSibling.before(li);
    else li.nextElementSibling.after(li);
    counts();
    keep();
    button.focus();
    const place = [...list.children].indexOf(li) + 1;
    say(`${li.querySelector(".text").textContent}: now ${place} of ${list.children.length}.`);
  }
  if (button.parentElement.id === "sure" && link.send({ t: "sure", question: asked, sure: button.value })) {
    sureness(button.value);
    say(`Noted: ${button.value.toLowerCase()}.`);
  }
  if (button.id === "hide") {
    const hidden = document.body.classList.toggle("no-place");
    kept.set(PLACE, hidden ? "hidden" : null);
    hideName();
  }
});

const sureness = (value) => {
  for (const button of page.querySelectorAll("#sure button")) button.setAttribute("aria-pressed", String(button.value === value));
};

const hideName = () => {
  const hidden = document.body.classList.contains("no-place");
  if (el("hide")) el("hide").textContent = hidden ? "Show my place" : "Hide my place";
  const row = page.querySelector(`[data-player="${seat}"]`);
  row?.classList.toggle("me", !hidden);
};

// What the class says.

const hear = {
  names: (m) => {
    offers = m.offers;
    net("");
    show(names);
    el("offer").replaceChildren();
    el("own").hidden = !m.own;
    offer(1);
    focus();
  },
  welcome: (m) => {
    ({ token, seat, name } = m);
    kept.set(TOKEN, token);
    joining = null;
    net("");
    for (const place of page.querySelectorAll("[data-name]")) place.textContent = name;
  },
  page: (m) => {
    net("");
    const again = shown && shown.kind === m.kind && shown.question === m.question && shown.html === m.html;
    // Another vote on the same question is another question.
    if (m.kind === "held") { pending = null; fate = null; forget(); }
    // After a lobby everything begins anew.
    if (m.kind === "lobby") { asked = null; pending = null; fate = null; forget(); }
    if (!again) {
      const first = !shown;
      shown = m;
      page.innerHTML = m.html;
      for (const place of page.querySelectorAll("[data-name]")) place.textContent = name;
      if (m.kind === "asking") {
        if (asked !== m.question || fate === "received") fate = null;
        asked = m.question;
        restore();
        counts();
      }
      if (el("status")) el("status").textContent = status();
      hideName();
      focus();
      if (first) document.title = `Roundtable: ${name}`;
      say(m.say);
    }
    if (m.kind === "asking") {
      if (pending?.question === m.question) push();
      link.send({ t: "shown", question: m.question });
    } else if (pending && m.kind === "feedback") push();
    clock(m, (seconds, half) => { if (!fate) say(half ? `Half of the time is left: ${seconds} seconds.` : `${seconds} seconds.`); });
  },
  mine: (m) => {
    const place = el("mine");
    if (place && !(pending && shown?.kind === "asking")) place.innerHTML = m.html;
    if (m.answered) { pending = null; look("received"); }
    const chosen = place?.querySelector("[data-chosen]");
    if (chosen) {
      for (const option of chosen.dataset.chosen.split(" ").filter(Boolean)) {
        const row = page.querySelector(`[data-option="${option}"]`);
        row?.classList.add("chosen");
        const mark = row?.querySelector(".yours");
        if (mark) mark.hidden = false;
      }
      if (chosen.dataset.sure) sureness(chosen.dataset.sure);
    }
    hideName();
    say(m.say);
  },
  received: (m) => {
    if (pending?.question === m.question) { pending = null; forget(); }
    if (m.question === asked && shown?.kind === "asking") {
      if (fate !== "received") say(m.say);
      look("received");
    }
  },
  refused: (m) => {
    if (joining && seat == null) return turnedAway(m);
    if (!pending || m.question !== pending.question || m.why === "paused") return;
    const here = shown?.kind === "asking" && m.question === asked;
    pending = null;
    if (m.why === "already_answered") { look("received", m.say); say(m.say); return; }
    if (m.why === "bad_answer" && here) { look(null); el("mine").replaceChildren(); if (el("wrong")) wrong(m.say); return; }
    forget();
    const text = LOOKS.late.join(": ");
    if (here) look("late");
    else page.querySelector(".top")?.after(Object.assign(document.createElement("p"), { className: "note", textContent: text }));
    say(text);
  },
  closing: (m) => {
    if (m.back) { net(`${m.say} ${status()}`); return; }
    if (m.why === "elsewhere") return halt(m.say, "Take my seat here", () => link.open());
    if (m.why === "ended" && seat != null) { link.rest(); net("The class is over. You can close this page."); return; }
    turnedAway(m);
  },
};

// Each reason has its own sentence, from the class, and its own next step.
const turnedAway = (m) => {
  const late = joining?.t === "join";
  if (["kicked", "unknown_token"].includes(m.why)) { token = null; seat = null; asked = null; pending = null; fate = null; kept.set(TOKEN, null); forget(); }
  switch (m.why) {
    case "wrong_code": case "slow_down": link.rest(); return atDoor(m.say);
    case "name_taken": case "bad_name": case "no_own_names":
      el("name-wrong").textContent = m.say;
      say(m.say);
      el("name").setAttribute("aria-invalid", "true");
      return el("name").focus();
    case "unknown_token":
      link.rest();
      return code ? knock() : atDoor(m.say);
    case "silent": link.rest(); return atDoor(late ? m.say : "The door closed while you were choosing. Press Join again.");
    case "kicked": return halt(m.say);
    case "locked": case "full": case "begun": case "busy": return halt(m.say, "Try again", knock);
    case "ended": return halt(m.say, "Join another class", () => { code = ""; atDoor(); });
    default: return halt(m.say, "Reload", () => location.reload());
  }
};

const link = new Link({
  hello: () => (token ? { t: "back", token } : joining),
  hear: (m) => hear[m.t]?.(m),
  lost: (times) => {
    if (pending && pending.question === asked) look("waiting");
    const more = times > 6 ? " Is your Wi-Fi on? Keep this page open." : "";
    net(seat == null ? `Connecting…${more}` : `Reconnecting… ${status()}${more}`);
  },
});

for (const form of [names, stop]) form.remove();
if (token) { page.replaceChildren(); link.open(); }
else if (code) knock();

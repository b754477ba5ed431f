// Puts what the server sends into the page, and sends what is pressed. The protocol: src/classroom/protocol.rs.
"use strict";
(() => {
  const page = document.getElementById("page");
  const say = document.getElementById("say");
  const { role, code } = document.body.dataset;
  const link = role === "player" ? null : location.hash.slice(1);
  const key = "roundtable-" + role;
  let socket = null;
  let wish = null;
  let question = null;
  let wait = 250;
  const kept = () => { try { return sessionStorage.getItem(key) || localStorage.getItem(key); } catch { return null; } };
  const keep = (token) => { try { token ? localStorage.setItem(key, token) : localStorage.removeItem(key); } catch { /* this page only */ } };
  let token = link || kept();
  const send = (message) => { if (socket && socket.readyState === 1) socket.send(JSON.stringify(message)); };

  const on = {
    names: (m) => send({ t: "join", code: wish, pick: 0 }),
    welcome: (m) => { token = m.token; keep(token); wait = 250; },
    page: (m) => {
      question = m.question;
      page.innerHTML = m.html;
      say.textContent = m.say;
      if (m.kind === "asking") send({ t: "shown", question });
    },
    mine: (m) => {
      const place = document.getElementById("mine");
      if (place) place.innerHTML = m.html;
      if (m.say) say.textContent = m.say;
      if (m.answered) lock();
    },
    received: (m) => { say.textContent = m.say; lock(); },
    refused: (m) => {
      say.textContent = m.say;
      if (m.why === "unknown_token" || m.why === "kicked") { token = null; keep(null); }
    },
    closing: (m) => { say.textContent = m.say; if (!m.back) wait = Infinity; },
    tally: (m) => { say.textContent = m.answered + " of " + m.expected + " have answered."; },
  };
  const lock = () => { for (const button of page.querySelectorAll("#answer button")) button.disabled = true; };

  const connect = () => {
    socket = new WebSocket("ws://" + location.host + "/ws");
    socket.onopen = () => { if (token) send({ t: "back", token }); else if (wish) send({ t: "knock", code: wish }); };
    socket.onmessage = (event) => { const m = JSON.parse(event.data); (on[m.t] || (() => {}))(m); };
    socket.onclose = () => {
      if (wait === Infinity || !(token || wish)) return;
      setTimeout(connect, wait * (0.5 + Math.random()));
      wait = Math.min(wait * 2, 2000);
    };
  };
  page.addEventListener("submit", (event) => {
    event.preventDefault();
    if (event.target.id === "door") { wish = new FormData(event.target).get("code").replace(/\D/g, ""); connect(); return; }
    const value = event.submitter.value;
    const kind = event.target.dataset.kind;
    const answer = { Choice: () => ({ Choice: +value }), MultiChoice: () => ({ MultiChoice: [+value] }), TrueFalse: () => ({ TrueFalse: value === "true" }) }[kind];
    if (answer) send({ t: "answer", question, answer: answer() });
  });
  if (token) connect();
})();

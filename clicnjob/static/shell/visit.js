/* An unattended computer: the page is hidden, then the person's secret is asked, then the visit ends. The server decides:
   it refuses a sleeping visit whatever this page does. Here is what this page knows of the visit, and its words with the
   server and with the other tabs. A tab whose visit ended elsewhere is covered. */

const TOLD_EVERY = 60; // seconds between two reports of activity
const REST = 10; // seconds of rest after which the last activity is reported
const ASKED_EVERY = 30; // seconds between two requests for the state of the visit
const AWAY_AFTER = 15; // seconds in the background after which the page is covered
let limits = null; // the last answer of /present
let read = 0; // the time of that answer
let known = Date.now(); // the last activity that the server knows of, in any tab
let acted = 0; // the last activity in this tab
let told = 0; // the last activity that was reported
let asked = Date.now(); // the last request to /present
let asking = false;
let left = false; // another tab announced the end of the visit
let hiding = 0; // the timer that covers a tab in the background
let proof = ""; // a guest's proof, in this page's memory only, so that a restored browser does not have it

const root = document.documentElement;
const seconds = (since) => (Date.now() - since) / 1000;
const lastAct = () => Math.max(known, acted);
const idleLeft = () => limits.idle_limit - seconds(lastAct());
const wholeLeft = () => limits.whole - seconds(read);
const tu = (young, staff) => (limits.young ? young : staff);
// Ends only this visit: somebody who has signed in here since then stays signed in.
const leave = () => { cover(); location.replace(limits ? `/sortie?visite=${limits.visit}` : "/connexion"); };

const ask = async (method = "GET", fields = {}) => {
  asked = Date.now();
  const body = method === "POST" ? new URLSearchParams(fields) : undefined;
  try {
    const answer = await fetch("/present", { method, body, cache: "no-store", credentials: "same-origin" });
    if (answer.status === 401 || answer.status === 403) { leave(); return false; }
    if (!answer.ok && answer.status !== 423) return false;
    return heard(await answer.json());
  } catch { return false; } // server unreachable: the timers of this page run on
};
const heard = (said) => {
  if (limits && limits.visit !== said.visit) { cover(); location.replace("/"); return false; } // another visit began
  if (!limits) tabs.postMessage(said.visit); // makes the tabs of an earlier visit cover themselves
  limits = said;
  read = Date.now();
  known = read - (limits.idle_limit - limits.idle) * 1000;
  left = false;
  if (document.visibilityState === "visible") uncover();
  if (limits.asleep === "tab") { // a guest's visit: only a page that stayed open can wake it
    const kept = proof;
    proof = ""; // a single try
    if (kept) ask("POST", { tab: kept }); else leave();
  } else if (limits.asleep) { acted = 0; veilWith(secretForm); }
  else { proof = limits.tab; if (drawn === secretForm || (drawn && !idle())) unveil(); }
  return true;
};
const tell = () => {
  if (!limits || limits.asleep || acted <= told) return;
  const before = told;
  told = acted;
  ask("POST", { age: seconds(acted).toFixed(1) }).then((reached) => { if (!reached) told = before; });
};

// A tab is covered before it becomes visible again, until the server has confirmed that the visit goes on.
const cover = () => root.classList.add("cj-away");
const uncover = () => root.classList.remove("cj-away");
const tabs = new BroadcastChannel("clicnjob");
tabs.onmessage = ({ data }) => {
  if (data !== "left" && (!limits || data === limits.visit)) {
    if (drawn) ask(); // another tab may have woken this visit
    return;
  }
  left = true;
  cover();
  ask();
};

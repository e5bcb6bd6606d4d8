/* Watches what the person does and lets the time pass. Only a key, a pointer or a touch counts as activity; requests that
   the page makes by itself do not. */

const tick = () => {
  if (seconds(asked) >= (limits ? ASKED_EVERY : 5)) ask();
  if (!limits) return;
  // Report the last activity before a rest too, so that the server never ends the visit sooner than this page says.
  if (seconds(acted) >= REST && seconds(asked) >= 5) tell();
  if (idleLeft() <= 0 || wholeLeft() <= 0) { end(); return; }
  if (idle() && !drawn) { veilWith(touchVeil); ask(); }
  if (drawn === touchVeil && seconds(asked) >= 5) ask();
  if (idleLeft() <= limits.warned) { warnIdle(); return; }
  if (wholeLeft() <= limits.warned) warnWhole();
};
let pointed = "";
const act = (event) => {
  if (!event.isTrusted || drawn || dialog.open) return; // the veil and the dialog have their own buttons
  if (event.type === "pointermove") { // browsers also send it when the page moves under a still pointer
    const where = `${event.screenX} ${event.screenY}`;
    const moved = pointed && pointed !== where;
    pointed = where;
    if (!moved) return;
  }
  acted = Date.now();
  if (seconds(told) >= TOLD_EVERY) tell();
};

for (const kind of ["pointerdown", "pointermove", "keydown", "wheel", "touchstart", "touchmove"]) {
  addEventListener(kind, act, { passive: true, capture: true });
}
// A box that loses the focus sends its text, which the server refuses while the visit sleeps; so the box keeps it.
const asleepByNow = () => limits.asleep || (limits.veiled && seconds(lastAct()) >= limits.masked_after + limits.veiled - 2);
for (const kind of ["blur", "focusout"]) {
  addEventListener(kind, (event) => {
    if (drawn && asleepByNow() && !veil.contains(event.target)) event.stopImmediatePropagation();
  }, true);
}
// Escape must not close the veil. Browsers ignore preventDefault on the second « cancel », so the key is caught earlier.
addEventListener("keydown", (event) => { if (drawn && event.key === "Escape") { event.preventDefault(); event.stopPropagation(); } }, true);
veil.addEventListener("cancel", (event) => event.preventDefault());
veil.addEventListener("close", () => { if (drawn) show(veil); });
dialog.addEventListener("cancel", (event) => { event.preventDefault(); if (!drawn) stay(); });
addEventListener("beforeprint", tick);
addEventListener("visibilitychange", () => {
  clearTimeout(hiding);
  if (document.visibilityState !== "visible") { hiding = setTimeout(cover, AWAY_AFTER * 1000); return; }
  tick(); // first, before the page becomes visible
  ask().then((reached) => { if (!reached && !left && limits && idleLeft() > 0) uncover(); });
});
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
setInterval(tick, 1000);
ask();

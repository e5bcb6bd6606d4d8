/* Plain pages of a signed-in person (codes to copy, a password to choose): keeps the visit awake while one is open. */
"use strict";
(() => {
  const EVERY = 30_000; // milliseconds between two reports that the tab is open
  let acted = false;
  for (const kind of ["pointerdown", "keydown", "touchstart"]) addEventListener(kind, () => { acted = true; }, { passive: true });
  setInterval(() => {
    fetch("/present", { method: acted ? "POST" : "GET", cache: "no-store", credentials: "same-origin" }).catch(() => {});
    acted = false;
  }, EVERY);
})();

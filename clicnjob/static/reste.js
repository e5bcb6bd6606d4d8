/* A plain page of somebody signed in (codes to copy, a password to choose): while it is open, their visit does not sleep. */
"use strict";
(() => {
  const EVERY = 30_000; // a question to the server: the tab is open
  let acted = false;
  for (const kind of ["pointerdown", "keydown", "touchstart"]) addEventListener(kind, () => { acted = true; }, { passive: true });
  setInterval(() => {
    fetch("/present", { method: acted ? "POST" : "GET", cache: "no-store", credentials: "same-origin" }).catch(() => {});
    acted = false;
  }, EVERY);
})();

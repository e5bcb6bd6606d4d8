/* The sign-out page: tells the other tabs of this browser at once. */
"use strict";
new BroadcastChannel("clicnjob").postMessage("left");
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

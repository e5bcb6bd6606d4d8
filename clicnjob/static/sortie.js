/* The leaving page: the other tabs of this browser are told at once. */
"use strict";
new BroadcastChannel("clicnjob").postMessage("left");
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

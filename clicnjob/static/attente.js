/* The waiting line: asks again every few seconds, says the place, and opens the page when it is one's turn. */
"use strict";
(() => {
  const EVERY = 5_000; // milliseconds; the server forgets who has not asked for six times as long
  const WAITING = 503;
  const place = document.getElementById("place");
  const askAgain = async () => {
    try {
      const answer = await fetch(location.href, { method: "HEAD", cache: "no-store", credentials: "same-origin" });
      const told = answer.headers.get("X-Place");
      if (answer.status !== WAITING) location.reload();
      else if (told && told !== place.textContent) place.textContent = told;
    } catch { /* the network is cut: the next question may pass */ }
    setTimeout(askAgain, EVERY);
  };
  setTimeout(askAgain, EVERY);
})();

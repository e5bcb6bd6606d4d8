/* The last pages of a guest: the visit stays awake while one is open, and ends here too when nobody does anything. */
"use strict";
(() => {
  const EVERY = 15_000; // milliseconds between two questions to the server
  const visit = document.currentScript.dataset.visit ?? "";
  let acted = false;
  for (const kind of ["pointerdown", "keydown", "touchstart"]) addEventListener(kind, () => { acted = true; }, { passive: true });
  const ask = async () => {
    const method = acted ? "POST" : "GET";
    acted = false;
    try {
      const answer = await fetch("/present", { method, cache: "no-store", credentials: "same-origin" });
      if (answer.status === 401 || answer.status === 403) { location.replace("/connexion"); return; }
      const said = await answer.json();
      if (said.asleep) location.replace("/c-est-moi");
      else if (said.idle <= 0 || said.whole <= 0) location.replace(`/sortie?visite=${said.visit}`);
    } catch { /* the server is away: it ends the visit by itself */ }
  };
  setInterval(ask, EVERY);
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  const told = document.getElementById("arrive");
  document.querySelector('form[action="/sortie/emporter"]')?.addEventListener("submit", () => {
    told.textContent = "Ton fichier arrive. Regarde dans Téléchargements, puis finis.";
    const rest = document.querySelector(`a[href="/sortie?visite=${CSS.escape(visit)}"]`);
    if (rest) rest.textContent = "Finir";
  });
})();

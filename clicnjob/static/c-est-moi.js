/* The page of a visit that sleeps: once one of its tabs was woken, the others open again by themselves. */
"use strict";
(() => {
  const form = document.querySelector('form[action="/c-est-moi"]');
  const back = form ? form.elements.retour.value : "/";
  new BroadcastChannel("clicnjob").addEventListener("message", () => location.replace(back));
})();

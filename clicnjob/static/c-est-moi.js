/* The page of a sleeping visit: when another of its tabs wakes the visit, this one opens again by itself. */
"use strict";
(() => {
  const form = document.querySelector('form[action="/c-est-moi"]');
  const back = form ? form.elements.retour.value : "/";
  new BroadcastChannel("clicnjob").addEventListener("message", () => location.replace(back));
})();

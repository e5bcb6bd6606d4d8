/* The page of a one-time link: submits the token from the URL fragment, and removes it from the history at once. */
"use strict";
(() => {
  const box = document.getElementById("jeton");
  const take = () => {
    const token = location.hash.slice(1);
    if (!box || !token || token === "contenu") return;
    box.value = token;
    history.replaceState(null, "", location.pathname);
    box.form.requestSubmit();
  };
  addEventListener("hashchange", take);
  take();
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
})();

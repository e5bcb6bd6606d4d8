/* The page that joins a session: the picture on the projector fills in the code, from the fragment that no log has. */
"use strict";
(() => {
  const code = document.getElementById("code-seance");
  const given = decodeURIComponent(location.hash.slice(1));
  if (code && given && given !== "contenu") {
    code.value = given.slice(0, 20);
    history.replaceState(null, "", location.pathname + location.search);
    document.getElementById("prenom")?.focus();
  }
  // A page restored by « Back » would show what the last person typed.
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
})();

/* Loaded with Streamlit's page: translates its own texts into French, and protects a computer left unattended. It does
   not depend on Streamlit's socket. */
"use strict";

/* ---- 1. Translation of Streamlit's own texts, never of what people or our pages wrote. */
(() => {
  const WORDS = {
    "Upload": "Choisir un fichier", "Browse files": "Choisir un fichier", "Add files": "Ajouter des fichiers",
    "Upload directories": "Choisir des dossiers", "Upload directory": "Choisir un dossier",
    "Upload file": "Choisir un fichier", "Upload files": "Choisir des fichiers", "file upload": "envoi de fichier",
    "Drag and drop a file here": "Ou glisse un fichier ici", "Drag and drop file here": "Ou glisse un fichier ici",
    "Drag and drop files here": "Ou glisse des fichiers ici", "Drag and drop directories here": "Ou glisse des dossiers ici",
    "File size is too small.": "Le fichier est vide.", "Only one file is allowed.": "Un seul fichier à la fois.",
    "Error:": "Erreur :", "Error uploading file": "Le fichier n’est pas arrivé. Essaie encore.", "Error deleting file": "Le fichier n’a pas été retiré.",
    "Choose an option": "Choisir", "Choose options": "Choisir", "Choose or add an option": "Choisir ou écrire",
    "Choose or add options": "Choisir ou écrire", "Add an option": "Écrire", "Add options": "Écrire",
    "Select an option": "Choisir", "No results": "Rien trouvé", "No options to select": "Rien à choisir",
    "No options to select.": "Rien à choisir.", "Select all": "Tout choisir", "Selected values": "Choix faits",
    "Selectbox options": "Choix possibles", "Multiselect options": "Choix possibles", "Selectbox": "Liste",
    "Clear all": "Tout enlever", "Clear value": "Effacer", "Clear entry": "Effacer", "Clear": "Effacer",
    "Open": "Ouvrir", "Close": "Fermer", "Cancel": "Annuler", "Increment": "Plus", "Decrement": "Moins",
    "Invalid input.": "Cette réponse ne convient pas.", "This field is required.": "Il faut une réponse ici.",
    "Show password": "Montrer", "Hide password": "Cacher", "Show password text": "Montrer", "Hide password text": "Cacher",
    "(required)": "(obligatoire)", "Required": "Obligatoire", "Clear date": "Effacer la date", "Clear dates": "Effacer les dates",
    "Choose date": "Choisir une date", "Choose date range": "Choisir des dates", "Date range": "Dates",
    "Clear time": "Effacer l’heure", "Time": "Heure", "Previous month": "Mois d’avant", "Next month": "Mois d’après",
    "Use arrow keys to navigate dates. Enter to select. Escape to close.": "Flèches pour changer de date, Entrée pour choisir, Échap pour fermer.",
    "Thumbs up": "Pouce en haut", "Thumbs down": "Pouce en bas", "Feedback rating": "Ton avis",
    "Record": "Enregistrer ma voix", "Stop recording": "Arrêter", "Pause": "Pause", "Play": "Écouter", "Reset": "Recommencer",
    "Clear recording": "Effacer l’enregistrement", "Download as WAV": "Télécharger le son", "Start recording": "Enregistrer ma voix",
    "An error has occurred, please try again.": "Ça n’a pas marché. Essaie encore.",
    "This app would like to use your microphone.": "Pour enregistrer ta voix, autorise le micro.",
    "Learn how to allow access.": "Comment faire ?", "Take Photo": "Prendre la photo", "Switch camera": "Changer de caméra",
    "Pagination": "Pages", "Previous page": "Page d’avant", "Next page": "Page d’après", "empty": "vide",
    "Scrollable table": "Tableau à faire défiler", "Scroll tabs left": "Onglets à gauche", "Scroll tabs right": "Onglets à droite",
    "Fullscreen": "Plein écran", "Close fullscreen": "Quitter le plein écran", "Toolbar action": "Action",
    "Copy": "Copier", "Copy to clipboard": "Copier", "Copied": "Copié", "Link to heading": "Lien vers ce titre",
    "Help": "Aide", "Download Button": "Télécharger", "(opens in new tab)": "(nouvel onglet)",
    "Skip to main content": "Aller au contenu", "App pages": "Pages", "Sidebar": "Menu", "Expand sidebar": "Ouvrir le menu",
    "Collapse sidebar": "Fermer le menu", "Navigate to home page": "Accueil", "View more": "Voir plus", "View less": "Voir moins",
    "Main menu": "Menu", "Notifications": "Messages", "Print": "Imprimer", "Rerun": "Recharger", "Stop": "Arrêter",
    "Stop script": "Arrêter", "Try again": "Essayer encore", "Running...": "Un instant…", "Running": "Un instant…",
    "Loading...": "Un instant…", "Please wait...": "Un instant…", "Connecting": "Connexion…",
    "Connecting to Streamlit server": "Connexion au serveur…", "Connection error": "La connexion est coupée",
    "Connection timed out.": "Le serveur ne répond pas.", "Connection timed out": "Le serveur ne répond pas",
    "Network error": "Le réseau ne répond pas", "Error": "Problème", "Script execution error": "Problème",
    "Oh no.": "Aïe.", "Page not found": "Page introuvable", "No color": "Aucune couleur",
    "Connection lost. Please wait for the app to reconnect, then try again.": "La connexion est coupée. Attends un peu, puis essaie encore.",
    "Hours must be 0–23.": "L’heure va de 0 à 23.", "Minutes must be 0–59.": "Les minutes vont de 0 à 59.",
    "Invalid time format. Please use HH:MM.": "Écris l’heure comme 14:30.",
    "This app has encountered an error.": "Quelque chose n’a pas marché. Recharge la page.",
    "Number is below the allowed range.": "Ce nombre est trop petit.", "Number is above the allowed range.": "Ce nombre est trop grand.",
  };
  const size = (number, unit) => `${number.replace(/\.0$/, "").replace(".", ",")}\u00a0${unit.replace("B", "o").replace("K", "k")}`;
  const SHAPES = [
    [/^(\d+(?:\.\d+)?) ?([KMG]?B) per file$/, (_, n, u) => `${size(n, u)} au plus par fichier`],
    [/^(\d+(?:\.\d+)?) ?([KMG]?B)$/, (_, n, u) => size(n, u)],
    [/^Limit (\d+(?:\.\d+)?) ?([KMG]?B) per file(.*)$/, (_, n, u, rest) => `${size(n, u)} au plus par fichier${rest}`],
    [/^Press (⌘|Ctrl)\+Enter to .*$/, (_, key) => `${key} + Entrée pour valider`],
    [/^Press Enter to .*$/, () => "Entrée pour valider"],
    [/^File must be (\d+(?:\.\d+)?) ?([KMG]?B) or smaller\.$/, (_, n, u) => `Le fichier est trop gros : ${size(n, u)} au plus.`],
    [/^.*status code 41[13]$/, () => "Ce fichier est trop gros."],
    [/^.*status code 429$/, () => "Trop de fichiers d’un coup. Attends une minute, puis recommence."],
    [/^.*status code (?:403|404|400)$/, () => "Ce fichier n’est pas attendu ici. Recharge la page, puis recommence."],
    [/^(?:Network Error|.*status code \d+)$/, () => "Le fichier n’est pas arrivé. Essaie encore."],
    [/^.* files are not allowed\.$/, () => "Ce type de fichier ne va pas ici."],
    [/^You can only select up to (\d+) .*$/, (_, n) => `${n} choix au plus. Enlèves-en un d’abord.`],
    [/^Select (\d+) matches$/, (_, n) => `Choisir les ${n}`],
    [/^Add: (.*)$/, (_, what) => `Ajouter : ${what}`],
    [/^Remove (.*)$/, (_, what) => `Enlever ${what}`],
    [/^Cancel upload of (.*)$/, (_, what) => `Annuler l’envoi de ${what}`],
    [/^Upload (.*)$/, () => "Choisir un fichier"],
    [/^Drag and drop .* here$/, () => "Ou glisse un fichier ici"],
    [/^Help for (.*)$/, (_, what) => `Aide : ${what}`],
    [/^Page (\d+)$/, (_, n) => `Page ${n}`],
    [/^Rating (\d+)$/, (_, n) => `Avis ${n}`],
    [/^(\d+) out of (\d+) stars$/, (_, n, all) => `${n} sur ${all}`],
    [/^(.*) start date$/, (_, what) => `${what} : du`],
    [/^(.*) end date$/, (_, what) => `${what} : au`],
    [/^Number is (?:outside|below|above) the allowed range\. .*$/, () => "Ce nombre est trop petit ou trop grand."],
    [/^Invalid input\. Must match pattern: .*$/, () => "Cette réponse ne convient pas."],
    [/^You have requested page .*$/, () => "Cette page n’existe pas."],
    [/^The page that you have requested does not seem to exist.*$/, () => "Cette page n’existe pas. Voici l’accueil."],
    [/^Is Streamlit still running\?.*$/s, () => "Le serveur ne répond pas. Ton travail enregistré est gardé."],
    [/^This app has encountered an error\. .*$/s, () => "Quelque chose n’a pas marché. Recharge la page."],
    [/^Shortcut .*$/, () => ""],
  ];
  const THEIRS = "[data-testid=stMarkdownContainer],[data-testid=stText],.stHtml,[data-testid=stHtml],table,textarea,pre,code,script,style,.cj-dialog,.cj-veil";
  const CHROME = "[data-testid=stFileUploaderDropzone],[data-testid=stAudioInput],[data-testid=stCameraInput]";
  const NAMES = ["aria-label", "title", "placeholder", "alt", "aria-description", "aria-roledescription"];

  const french = (text) => {
    const words = text.trim();
    if (!words || words.length > 400) return text;
    if (Object.hasOwn(WORDS, words)) return text.replace(words, WORDS[words]);
    for (const [shape, say] of SHAPES) if (shape.test(words)) return words.replace(shape, say);
    return text;
  };
  const translateText = (node) => {
    const around = node.parentElement;
    if (!around || (around.closest(THEIRS) && !around.closest(CHROME))) return;
    const said = french(node.nodeValue);
    if (said !== node.nodeValue) node.nodeValue = said;
  };
  const translateNames = (element) => {
    // The drop zone has a name and takes the focus: « presentation » would hide its name from screen readers.
    if (element.matches("section[role=presentation][aria-label]")) element.setAttribute("role", "group");
    // A toast is announced as a dialog, which needs a name.
    if (element.matches("[data-testid=stToast][role=dialog]:not([aria-label])")) element.setAttribute("aria-label", "Message");
    for (const name of NAMES) {
      const told = element.getAttribute(name);
      if (told === null) continue;
      const said = french(told);
      if (said !== told) element.setAttribute(name, said);
    }
  };
  const translate = (root) => {
    if (root.nodeType === Node.TEXT_NODE) { translateText(root); return; }
    if (root.nodeType !== Node.ELEMENT_NODE) return;
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = root; node; node = walker.nextNode()) {
      if (node.nodeType === Node.TEXT_NODE) translateText(node); else translateNames(node);
    }
  };
  new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "childList") change.addedNodes.forEach(translate);
      else if (change.type === "characterData") translateText(change.target);
      else translateNames(change.target);
    }
  }).observe(document.documentElement, {
    subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: NAMES,
  });
  translate(document.body);
})();

/* ---- 2. An unattended computer: the page is hidden, then the person's secret is asked, then the visit ends. The server
   decides: it refuses a sleeping visit whatever this page does. A tab whose visit ended elsewhere is covered. Only what a
   person does (key, pointer, touch) counts as activity; requests that the page makes by itself do not. */
(() => {
  const TOLD_EVERY = 60; // seconds between two reports of activity
  const REST = 10; // seconds of rest after which the last activity is reported
  const ASKED_EVERY = 30; // seconds between two requests for the state of the visit
  const AWAY_AFTER = 15; // seconds in the background after which the page is covered
  let limits = null; // the last answer of /present
  let read = 0; // the time of that answer
  let known = Date.now(); // the last activity that the server knows of, in any tab
  let acted = 0; // the last activity in this tab
  let told = 0; // the last activity that was reported
  let asked = Date.now(); // the last request to /present
  let asking = false;
  let left = false; // another tab announced the end of the visit
  let hiding = 0; // the timer that covers a tab in the background
  let proof = ""; // a guest's proof, in this page's memory only, so that a restored browser does not have it

  const root = document.documentElement;
  const seconds = (since) => (Date.now() - since) / 1000;
  const lastAct = () => Math.max(known, acted);
  const idleLeft = () => limits.idle_limit - seconds(lastAct());
  const wholeLeft = () => limits.whole - seconds(read);
  const tu = (young, staff) => (limits.young ? young : staff);
  // Ends only this visit: somebody who has signed in here since then stays signed in.
  const leave = () => { cover(); location.replace(limits ? `/sortie?visite=${limits.visit}` : "/connexion"); };

  const ask = async (method = "GET", fields = {}) => {
    asked = Date.now();
    const body = method === "POST" ? new URLSearchParams(fields) : undefined;
    try {
      const answer = await fetch("/present", { method, body, cache: "no-store", credentials: "same-origin" });
      if (answer.status === 401 || answer.status === 403) { leave(); return false; }
      if (!answer.ok && answer.status !== 423) return false;
      return heard(await answer.json());
    } catch { return false; } // server unreachable: the timers of this page run on
  };
  const heard = (said) => {
    if (limits && limits.visit !== said.visit) { cover(); location.replace("/"); return false; } // another visit began
    if (!limits) tabs.postMessage(said.visit); // makes the tabs of an earlier visit cover themselves
    limits = said;
    read = Date.now();
    known = read - (limits.idle_limit - limits.idle) * 1000;
    left = false;
    if (document.visibilityState === "visible") uncover();
    if (limits.asleep === "tab") { // a guest's visit: only a page that stayed open can wake it
      const kept = proof;
      proof = ""; // a single try
      if (kept) ask("POST", { tab: kept }); else leave();
    } else if (limits.asleep) { acted = 0; veilWith(secretForm); }
    else { proof = limits.tab; if (drawn === secretForm || (drawn && !idle())) unveil(); }
    return true;
  };
  const tell = () => {
    if (!limits || limits.asleep || acted <= told) return;
    const before = told;
    told = acted;
    ask("POST", { age: seconds(acted).toFixed(1) }).then((reached) => { if (!reached) told = before; });
  };

  // A tab is covered before it becomes visible again, until the server has confirmed that the visit goes on.
  const cover = () => root.classList.add("cj-away");
  const uncover = () => root.classList.remove("cj-away");
  const tabs = new BroadcastChannel("clicnjob");
  tabs.onmessage = ({ data }) => {
    if (data !== "left" && (!limits || data === limits.visit)) {
      if (drawn) ask(); // another tab may have woken this visit
      return;
    }
    left = true;
    cover();
    ask();
  };

  const element = (name, words, className = "") => {
    const made = document.createElement(name);
    made.textContent = words;
    if (className) made.className = className;
    return made;
  };
  const button = (words, className, act) => {
    const made = element("button", words, className);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  };

  /* -- the veil: a modal over the page that hides it from sight, print and screen readers; typed text stays in its boxes */
  const veil = document.createElement("dialog");
  veil.className = "cj-veil";
  veil.setAttribute("aria-labelledby", "cj-veil-title");
  veil.setAttribute("closedby", "none");
  let drawn = null; // the function that drew the veil's content; null when the veil is closed
  let focused = null; // the element that had the focus before
  const idle = () => seconds(lastAct()) >= limits.masked_after;
  const inertly = (inert) => {
    for (const part of document.body.children) if (part !== veil && part !== dialog && part.tagName !== "SCRIPT") part.inert = inert;
  };
  const veilWith = (draw) => {
    if (drawn === draw) return;
    if (!drawn) focused = document.activeElement;
    drawn = draw;
    draw();
    if (dialog.open) dialog.close();
    show(veil);
    (veil.querySelector("input") || veil.querySelector("button")).focus();
    root.classList.add("cj-veiled");
    inertly(true);
  };
  const unveil = () => {
    drawn = null;
    if (veil.open) veil.close();
    veil.replaceChildren();
    inertly(false);
    root.classList.remove("cj-veiled");
    if (focused && focused.isConnected) focused.focus({ preventScroll: true });
  };
  const touchVeil = () => {
    const whole = button(tu("Ton travail est caché.", "Votre travail est caché."), "cj-veil-whole", comeBack);
    whole.id = "cj-veil-title";
    whole.append(element("small", tu("Touche pour revenir.", "Touchez pour revenir.")));
    veil.replaceChildren(whole);
  };
  const comeBack = async () => {
    if (!(await ask()) || limits.asleep) return; // the secret form is shown, or the visit is over
    acted = Date.now();
    unveil();
    tell();
  };
  const secretForm = () => {
    const card = document.createElement("form");
    card.className = "cj-veil-card";
    const heading = element("h1", tu("C’est bien toi ?", "C’est bien vous ?"));
    heading.id = "cj-veil-title";
    const last = element("p", "", "cj-veil-last");
    const out = button("Ce n’est pas moi", "cj-button quiet", leave);
    if (limits.asleep === "nothing") {
      const again = button("Me reconnecter", "cj-button", () => location.assign("/c-est-moi"));
      card.append(heading, element("p", tu("Pour continuer, reconnecte-toi.", "Pour continuer, reconnectez-vous.")), last, again, out);
    } else {
      const label = element("label", limits.asleep === "pin" ? "Ton code secret" : "Votre mot de passe");
      label.htmlFor = "cj-veil-secret";
      const field = document.createElement("input");
      field.id = "cj-veil-secret";
      field.type = "text"; // CSS shows dots: a password field would make browsers offer to remember it
      field.autocomplete = "off";
      field.maxLength = limits.asleep === "pin" ? 12 : 200;
      if (limits.asleep === "pin") field.inputMode = "numeric";
      const mistake = element("p", "", "cj-veil-mistake");
      mistake.setAttribute("role", "alert");
      const enter = element("button", "Continuer", "cj-button");
      enter.type = "submit";
      card.append(heading, element("p", tu("Ton travail est gardé.", "Votre travail est gardé.")), last, label);
      if (limits.asleep === "pin") {
        const hint = element("p", "Les 6 chiffres que tu as choisis.", "cj-veil-hint");
        hint.id = "cj-veil-hint";
        field.setAttribute("aria-describedby", hint.id);
        card.append(hint);
      }
      card.append(field, mistake, enter, out);
      card.addEventListener("submit", (event) => { event.preventDefault(); give(field, mistake, enter); });
    }
    veil.replaceChildren(card);
  };
  const give = async (field, mistake, enter) => {
    if (enter.disabled) return;
    enter.disabled = true;
    try {
      const answer = await fetch("/c-est-moi", {
        method: "POST", body: new URLSearchParams({ code: field.value }), headers: { Accept: "application/json" },
        cache: "no-store", credentials: "same-origin",
      });
      if (answer.status === 401) { leave(); return; }
      const said = await answer.json();
      mistake.textContent = said.mistake || "";
      if (answer.ok) { acted = told = Date.now(); heard(said); tabs.postMessage(limits.visit); }
    } catch { mistake.textContent = tu("Le serveur ne répond pas. Essaie encore.", "Le serveur ne répond pas. Essayez encore."); }
    field.value = "";
    enter.disabled = false;
    if (field.isConnected) field.focus();
  };

  /* -- dialogs over the page */
  const dialog = document.createElement("dialog");
  dialog.className = "cj-dialog";
  dialog.setAttribute("aria-labelledby", "cj-dialog-title");
  const drawDialog = (title, words, ...buttons) => {
    const heading = element("h2", title);
    heading.id = "cj-dialog-title";
    const row = element("div", "", "row");
    row.append(...buttons);
    dialog.replaceChildren(heading, element("p", words), row);
  };
  const show = (shown) => {
    if (shown.open) return;
    if (!shown.isConnected) document.body.append(shown);
    shown.showModal();
  };
  const done = () => button(tu("J’ai fini", "Me déconnecter"), "cj-button quiet", leave);
  const stay = () => {
    dialog.close();
    acted = Date.now();
    if (drawn) unveil();
    tell();
  };

  // Only a guest sees this dialog. For the others, the veil already asks for the secret, and shows when the end is near.
  const warnIdle = () => {
    const last = veil.querySelector(".cj-veil-last");
    if (last) {
      last.textContent = tu("Sans réponse, ton espace se ferme dans 2 minutes.", "Sans réponse, votre espace se ferme dans 2 minutes.");
      return;
    }
    if (dialog.open) return;
    drawDialog(
      tu("Tu es encore là ?", "Êtes-vous encore là ?"),
      tu("Sans réponse, ton espace se ferme dans 2 minutes.", "Sans réponse, votre espace se ferme dans 2 minutes."),
      button("Je reste", "cj-button", stay), done(),
    );
    show(dialog);
  };
  // The server decides: the person may have worked in another tab meanwhile.
  const end = async () => {
    if (asking) return;
    asking = true;
    cover();
    const reached = await ask();
    asking = false;
    if (!reached || limits.idle <= 0 || limits.whole <= 0) leave();
  };
  let warnedWhole = false;
  const warnWhole = () => {
    if (warnedWhole || drawn) return;
    warnedWhole = true;
    drawDialog(
      "C’est bientôt la fin",
      tu("Ton espace se ferme dans 2 minutes. Tu pourras te reconnecter tout de suite après.",
        "Votre espace se ferme dans 2 minutes. Vous pourrez vous reconnecter tout de suite après."),
      button("D’accord", "cj-button", stay), done(),
    );
    show(dialog);
  };

  const tick = () => {
    if (seconds(asked) >= (limits ? ASKED_EVERY : 5)) ask();
    if (!limits) return;
    // Report the last activity before a rest too, so that the server never ends the visit sooner than this page says.
    if (seconds(acted) >= REST && seconds(asked) >= 5) tell();
    if (idleLeft() <= 0 || wholeLeft() <= 0) { end(); return; }
    if (idle() && !drawn) { veilWith(touchVeil); ask(); }
    if (drawn === touchVeil && seconds(asked) >= 5) ask();
    if (idleLeft() <= limits.warned) { warnIdle(); return; }
    if (wholeLeft() <= limits.warned) warnWhole();
  };
  let pointed = "";
  const act = (event) => {
    if (!event.isTrusted || drawn || dialog.open) return; // the veil and the dialog have their own buttons
    if (event.type === "pointermove") { // browsers also send it when the page moves under a still pointer
      const where = `${event.screenX} ${event.screenY}`;
      const moved = pointed && pointed !== where;
      pointed = where;
      if (!moved) return;
    }
    acted = Date.now();
    if (seconds(told) >= TOLD_EVERY) tell();
  };

  for (const kind of ["pointerdown", "pointermove", "keydown", "wheel", "touchstart", "touchmove"]) {
    addEventListener(kind, act, { passive: true, capture: true });
  }
  // A box that loses the focus sends its text, which the server refuses while the visit sleeps; so the box keeps it.
  const asleepByNow = () => limits.asleep || (limits.veiled && seconds(lastAct()) >= limits.masked_after + limits.veiled - 2);
  for (const kind of ["blur", "focusout"]) {
    addEventListener(kind, (event) => {
      if (drawn && asleepByNow() && !veil.contains(event.target)) event.stopImmediatePropagation();
    }, true);
  }
  // Escape must not close the veil. Browsers ignore preventDefault on the second « cancel », so the key is caught earlier.
  addEventListener("keydown", (event) => { if (drawn && event.key === "Escape") { event.preventDefault(); event.stopPropagation(); } }, true);
  veil.addEventListener("cancel", (event) => event.preventDefault());
  veil.addEventListener("close", () => { if (drawn) show(veil); });
  dialog.addEventListener("cancel", (event) => { event.preventDefault(); if (!drawn) stay(); });
  addEventListener("beforeprint", tick);
  addEventListener("visibilitychange", () => {
    clearTimeout(hiding);
    if (document.visibilityState !== "visible") { hiding = setTimeout(cover, AWAY_AFTER * 1000); return; }
    tick(); // first, before the page becomes visible
    ask().then((reached) => { if (!reached && !left && limits && idleLeft() > 0) uncover(); });
  });
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  setInterval(tick, 1000);
  ask();
})();

/* Autosave of text boxes (ui/forms/text_boxes.py): a box commits so soon after the last key that its text is stored within a
   second. « Enregistré » is shown only while the server reports that the text of every box is in the database; failed saves
   are retried; while the server is away, the boxes go on taking keys. */
"use strict";

(() => {
  const KEPT = "st-key-kept-";
  const BOXES = `[class*="${KEPT}"] :is(input, textarea)`;
  const CARRIED = ".st-key-cj-carried input";
  const REST = 500; // milliseconds after the last key; the rest of the second is for the server
  const LOADING = 8000; // milliseconds in which a page just opened may find its server
  const DRAWN = 20000; // milliseconds after a reconnection in which even a very busy server has drawn the page again
  const RESTS = 700; // milliseconds without any run after which the last one has ended, and no other replaced it
  const SLOW = 4000; // milliseconds after which « … » becomes « Pas encore enregistré »
  const FIRST_TRY = 1000, LONGEST_TRY = 4000; // milliseconds between retries, doubled each time
  const resting = new WeakMap(); // box → the timer of its commit
  const words = new WeakMap(); // mark → the text and class that the server gave it
  let unsavedSince = 0;
  let writingUntil = 0;
  let nextTry = 0, wait = FIRST_TRY;

  /* ---- what the server reports */
  const TABLE = Array.from({ length: 256 }, (_, n) => {
    for (let bit = 0; bit < 8; bit++) n = n & 1 ? 0xEDB88320 ^ (n >>> 1) : n >>> 1;
    return n >>> 0;
  });
  const encoder = new TextEncoder();
  const printOf = (text) => {
    let sum = 0xFFFFFFFF;
    for (const byte of encoder.encode(text)) sum = TABLE[(sum ^ byte) & 255] ^ (sum >>> 8);
    return (sum ^ 0xFFFFFFFF) >>> 0;
  };
  let readFrom = null, said = { boxes: {}, faults: [], stuck: false };
  const told = () => {
    const written = document.querySelector(CARRIED)?.value;
    if (written && written !== readFrom) {
      readFrom = written;
      try { said = { boxes: {}, faults: [], stuck: false, ...JSON.parse(written) }; } catch { /* keep the previous report */ }
    }
    return said;
  };
  const nameOf = (box) => [...(box.closest(`[class*="${KEPT}"]`)?.classList ?? [])].find((name) => name.startsWith(KEPT));
  const app = () => document.querySelector("[data-testid=stApp]");
  const joined = () => app()?.getAttribute("data-test-connection-state") === "CONNECTED";
  const connected = () => navigator.onLine && joined();
  const drawing = () => app()?.getAttribute("data-test-script-state") !== "notRunning";

  const unsaved = () => {
    const { boxes } = told();
    return [...document.querySelectorAll(BOXES)].filter((box) => {
      const known = boxes[nameOf(box)];
      return known ? printOf(box.value) !== known[0] : resting.has(box);
    });
  };

  /* ---- what the person sees */
  const vous = () => document.querySelector("a.cj-who") !== null;
  const CUT = () => vous()
    ? "Connexion coupée\u00a0: gardez cette page ouverte, votre texte est là."
    : "Connexion coupée\u00a0: garde cette page ouverte, ton texte est là.";
  const strip = document.createElement("p");
  strip.className = "cj-strip";
  strip.setAttribute("role", "status");
  const tell = (mark, sentence) => {
    if (!words.has(mark)) words.set(mark, [mark.textContent, mark.className]);
    const [its, look] = words.get(mark);
    const shown = sentence || its;
    if (mark.textContent !== shown) mark.textContent = shown;
    const looks = sentence ? "cj-unsaved" : look;
    if (mark.className !== looks) mark.className = looks;
    mark.classList.toggle("cj-soon", sentence === "…");
  };
  const NEVER = () => "Le serveur ne répond pas. On réessaie tout seul.";
  const born = Date.now();
  let everConnected = false, cutSince = 0;
  // A restarted server knows no callback of this page before it has drawn the page itself (ui/shell/reconnect): until then
  // the connection counts as cut, because a click would be lost. The first run may be replaced by another one before it has
  // drawn anything. A complete run is recognised by the session named in the hidden box, which is drawn last.
  let backAt = 0, drawn = true, begun = false, restsSince = 0, sessionBefore;
  const backAndDrawn = (now) => {
    if (!joined() && everConnected) {
      if (drawn) sessionBefore = told().session;
      drawn = begun = false;
      backAt = restsSince = 0;
    }
    if (drawn || !connected()) return connected();
    backAt ||= now;
    if (drawing()) { begun = true; restsSince = 0; } else if (begun) restsSince ||= now;
    const another = sessionBefore !== undefined && told().session !== sessionBefore;
    drawn = another || (restsSince > 0 && now - restsSince > RESTS) || now - backAt > DRAWN;
    return drawn;
  };
  const look = () => {
    const now = Date.now();
    const open = unsaved();
    const here = backAndDrawn(now);
    closeTheirs();
    if (here) { everConnected = true; cutSince = 0; } else if (everConnected && !cutSince) cutSince = now;
    if (!open.length) unsavedSince = 0; else if (!unsavedSince) unsavedSince = now;
    const { stuck, faults } = told();
    const late = open.length > 0 && now - unsavedSince > SLOW;
    const refused = open.length > 0 && open.every((box) => faults.includes(nameOf(box)));
    const away = everConnected && !here;
    let sentence = "";
    if (open.length) sentence = away ? CUT() : late || refused || stuck ? "Pas encore enregistré…" : "…";
    else if (away) sentence = CUT();
    const marks = document.querySelectorAll(".cj-saved[role=status], .cj-unsaved[role=alert], [data-cj-mark]");
    for (const mark of marks) {
      if (mark.closest("[class*=st-key-cj-other-]")) continue;
      mark.dataset.cjMark = "";
      tell(mark, stuck && !open.length && !away ? "" : sentence);
    }
    // A lasting problem is also shown over the page, in case the mark is out of sight or the page has none.
    const unreached = !everConnected && !here && now - born > LOADING;
    const lasting = unreached ? NEVER() : away ? (open.length || now - cutSince > 2000 ? CUT() : "") : stuck || (late && !refused) ? "Pas encore enregistré… On réessaie tout seul." : "";
    if (strip.textContent !== lasting) strip.textContent = lasting;
    if (lasting && !strip.isConnected) document.body.append(strip);
    if (!lasting && strip.isConnected) strip.remove();
    document.documentElement.classList.toggle("cj-writing", now < writingUntil);
    document.documentElement.classList.toggle("cj-stuck", lasting !== "");
    document.documentElement.classList.toggle("cj-cut-line", away);
    keepTaking(away);
    askAgain(now, here && !drawing() && (stuck || (late && !refused)));
  };

  addEventListener("click", (event) => {
    if (drawn || !(event.target instanceof Element) || !app()?.contains(event.target)) return;
    if (event.target.closest("a, textarea, summary, input:not([type=checkbox], [type=radio])")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);

  // Streamlit says the same in English over the text, with a command for developers. Closed, it does not come back.
  const closeTheirs = () => {
    const dialog = document.querySelector("[data-testid=stDialog]");
    if (!dialog || !/Streamlit|streamlit run|Connection failed|serveur ne répond/.test(dialog.textContent)) return;
    dialog.querySelector("button[aria-label=Close], button[aria-label=Fermer]")?.click();
  };
  // While its server is away Streamlit switches its boxes off: what somebody goes on typing would go nowhere. React still
  // hears a box whose attribute is gone. Some boxes lose the focus when they are switched off; they get it back.
  let left = null, leftAt = 0;
  const keepTaking = (away) => {
    if (!away) return;
    for (const box of document.querySelectorAll(`[class*="${KEPT}"] :is(input, textarea):disabled`)) {
      box.disabled = false;
      if (box === left && Date.now() - leftAt < 500 && document.activeElement === document.body) box.focus({ preventScroll: true });
    }
  };

  /* ---- commit and retry */
  // Simulates Enter (Ctrl+Enter in a text area): Streamlit commits, while the focus and the caret stay.
  const commit = (box) => {
    clearTimeout(resting.get(box));
    resting.delete(box);
    if (!box.isConnected) return;
    const many = box instanceof HTMLTextAreaElement;
    box.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", code: "Enter", keyCode: 13, ctrlKey: many, bubbles: true, cancelable: true }));
    look();
  };
  const askAgain = (now, due) => {
    if (!due) { if (!told().stuck && !unsavedSince) wait = FIRST_TRY; return; }
    if (now < nextTry) return;
    nextTry = now + wait;
    wait = Math.min(wait * 2, LONGEST_TRY);
    document.dispatchEvent(new CustomEvent("cj-again"));
  };
  addEventListener("input", (event) => {
    const box = event.target;
    if (!(box instanceof Element) || !box.matches(BOXES)) return;
    clearTimeout(resting.get(box));
    resting.set(box, setTimeout(commit, REST, box));
    writingUntil = Date.now() + 2 * REST;
    look();
  }, true);
  addEventListener("compositionend", (event) => {
    if (event.target instanceof Element && event.target.matches(BOXES)) resting.set(event.target, setTimeout(commit, REST, event.target));
  }, true);
  addEventListener("focusout", (event) => { writingUntil = 0; left = event.target; leftAt = Date.now(); }, true);
  for (const name of ["online", "offline"]) addEventListener(name, look);

  // Another tab or window may be the last thing that this page sees: its texts set out at once.
  const commitAll = () => { for (const box of document.querySelectorAll(BOXES)) if (resting.has(box)) commit(box); };
  addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") commitAll(); });
  // So do they when a hand goes to the reload button or key. The server saves what it received of a page that is gone
  // (streamlit_patches/last_words.py).
  for (const name of ["blur", "beforeunload"]) addEventListener(name, commitAll);
  document.documentElement.addEventListener("mouseleave", commitAll);
  addEventListener("keydown", ({ key, ctrlKey, metaKey }) => { if (key === "F5" || ((ctrlKey || metaKey) && key === "r")) commitAll(); }, true);

  new MutationObserver((changes) => {
    if (changes.some(({ target }) => target !== strip && !target.parentElement?.closest(".cj-strip"))) look();
  }).observe(document.documentElement, {
    subtree: true, childList: true, attributes: true,
    attributeFilter: ["value", "disabled", "data-test-connection-state", "data-test-script-state"],
  });
  setInterval(look, 500);
})();

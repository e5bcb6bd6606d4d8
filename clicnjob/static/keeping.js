/* Autosave of text boxes (ui/text_boxes.py): a box commits a second after the last key. « Enregistré » is shown only while
   the server reports that the text of every box is in the database; failed saves are retried; pasted text that is too long
   is truncated, and the person is told what was left out. */
"use strict";

(() => {
  const KEPT = "st-key-kept-";
  const BOXES = `[class*="${KEPT}"] :is(input, textarea)`;
  const CARRIED = ".st-key-cj-carried input";
  const REST = 1000; // milliseconds after the last key
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
  const connected = () => navigator.onLine && app()?.getAttribute("data-test-connection-state") === "CONNECTED";
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
  let everConnected = false, cutSince = 0;
  const look = () => {
    const now = Date.now();
    const open = unsaved();
    const here = connected();
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
    const lasting = away ? (open.length || now - cutSince > 2000 ? CUT() : "") : stuck || (late && !refused) ? "Pas encore enregistré… On réessaie tout seul." : "";
    if (strip.textContent !== lasting) strip.textContent = lasting;
    if (lasting && !strip.isConnected) document.body.append(strip);
    if (!lasting && strip.isConnected) strip.remove();
    document.documentElement.classList.toggle("cj-writing", now < writingUntil);
    document.documentElement.classList.toggle("cj-stuck", lasting !== "");
    document.documentElement.classList.toggle("cj-cut-line", away);
    if (away) closeTheirs();
    askAgain(now, here && !drawing() && (stuck || (late && !refused)));
  };

  // Streamlit shows the same message in English, over the text. Once closed, it does not come back.
  const closeTheirs = () => {
    const dialog = document.querySelector("[data-testid=stDialog]");
    if (dialog && /Streamlit|Connection failed|serveur ne répond/.test(dialog.textContent)) {
      dialog.querySelector("button[aria-label=Close], button[aria-label=Fermer]")?.click();
    }
  };

  /* ---- commit and retry */
  // Simulates Enter (Ctrl+Enter in a text area): Streamlit commits, while the focus and the caret stay.
  const commit = (box) => {
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
  addEventListener("focusout", () => { writingUntil = 0; }, true);
  for (const name of ["online", "offline"]) addEventListener(name, look);

  /* ---- pasted text that is too long: what fits is inserted, and the rest is shown below the box */
  const cutBelow = (box, cut, most) => {
    const place = box.closest(`[class*="${KEPT}"]`);
    place?.querySelector(".cj-cut")?.remove();
    if (!cut) return;
    const left = cut.length > 60 ? `${cut.slice(0, 60)}…` : cut;
    const note = document.createElement("p");
    note.className = "cj-cut";
    note.setAttribute("role", "alert");
    note.textContent = `Le texte était trop long\u00a0: ${most} signes au plus. Ce qui n’est pas entré\u00a0: «\u00a0${left}\u00a0»`;
    place?.append(note);
  };
  addEventListener("beforeinput", (event) => {
    const box = event.target;
    if (!(box instanceof HTMLInputElement || box instanceof HTMLTextAreaElement) || !box.matches(BOXES)) return;
    const most = told().boxes[nameOf(box)]?.[2];
    cutBelow(box, "", most);
    if (!most || typeof event.data !== "string" || !event.inputType.startsWith("insertFrom")) return;
    const text = box instanceof HTMLTextAreaElement ? event.data : event.data.replace(/\r\n?|\n/g, " ");
    const room = Math.max(0, most - box.value.length + (box.selectionEnd - box.selectionStart));
    if (text.length <= room) return;
    event.preventDefault();
    let end = room;
    if (end && /[\uD800-\uDBFF]/.test(text[end - 1])) end -= 1; // do not split a surrogate pair
    if (end) document.execCommand("insertText", false, text.slice(0, end));
    cutBelow(box, text.slice(end), most);
  }, true);

  new MutationObserver((changes) => {
    if (changes.some(({ target }) => target !== strip && !target.parentElement?.closest(".cj-strip"))) look();
  }).observe(document.documentElement, {
    subtree: true, childList: true, attributes: true,
    attributeFilter: ["value", "data-test-connection-state", "data-test-script-state"],
  });
  setInterval(look, 500);
})();

/* A text that is too long for its box: what fits is inserted, and the rest is shown below the box. Streamlit would ignore the
   whole text, and a browser would cut it, both without a word. In the app, the page says how much a box holds
   (ui/forms/text_boxes.py); on the other pages, the box itself does (maxlength). */
"use strict";

(() => {
  const CARRIED = ".st-key-cj-carried input";
  const SHOWN = 60; // characters of what was left out
  let readFrom = "", limits = {};
  const limitOf = (box) => {
    if (box.maxLength > 0) return box.maxLength;
    const written = document.querySelector(CARRIED)?.value ?? "";
    if (written && written !== readFrom) {
      readFrom = written;
      try { limits = JSON.parse(written).limits ?? {}; } catch { /* keep the previous report */ }
    }
    for (let around = box.parentElement; around; around = around.parentElement) {
      for (const name of around.classList) if (Object.hasOwn(limits, name)) return limits[name];
    }
    return 0;
  };
  const isSecret = (box) => box.type === "password" || box.classList.contains("secret");
  const placeOf = (box) => box.closest("[data-testid=stElementContainer]") ?? box;
  const removeNote = (box) => {
    const place = placeOf(box);
    (place === box ? box.parentElement?.querySelector(`:scope > .cj-cut[data-of="${CSS.escape(box.id)}"]`) : place.querySelector(".cj-cut"))?.remove();
  };
  const noteBelow = (box, cut, most) => {
    const left = cut.length > SHOWN ? `${cut.slice(0, SHOWN)}…` : cut;
    const said = isSecret(box) || !cut.trim() ? "" : ` Ce qui n’est pas entré\u00a0: «\u00a0${left}\u00a0»`;
    const note = document.createElement("p");
    note.className = "cj-cut";
    note.dataset.of = box.id;
    note.setAttribute("role", "alert");
    note.textContent = `Le texte était trop long\u00a0: ${most} signes au plus.${said}`;
    const place = placeOf(box);
    if (place === box) box.after(note); else place.append(note);
  };
  addEventListener("beforeinput", (event) => {
    const box = event.target;
    if (!(box instanceof HTMLInputElement || box instanceof HTMLTextAreaElement)) return;
    removeNote(box);
    if (typeof event.data !== "string" || !event.inputType.startsWith("insert") || event.isComposing || !event.cancelable) return;
    const most = limitOf(box);
    if (!most || box.selectionStart === null) return;
    const text = box instanceof HTMLTextAreaElement ? event.data : event.data.replace(/\r\n?|\n/g, " ");
    const room = Math.max(0, most - box.value.length + (box.selectionEnd - box.selectionStart));
    if (text.length <= room) return;
    event.preventDefault();
    let end = room;
    if (end && /[\uD800-\uDBFF]/.test(text[end - 1])) end -= 1; // do not split a surrogate pair
    if (end) document.execCommand("insertText", false, text.slice(0, end));
    noteBelow(box, text.slice(end), most);
  }, true);
})();

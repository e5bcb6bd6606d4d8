/* Translates Streamlit's own texts on the page, never what people or our pages wrote. */

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

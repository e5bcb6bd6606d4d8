/* Gives the focus back where a redrawn page loses it. Streamlit makes another node of a button whose kind changes (a
   choice that is now right, the open folder), and the browser then begins again at the top of the page: somebody who
   uses the keyboard or a screen reader would go through all of it after each answer. */

const KEY = "st-key-";
let pressed = null; // the button that has, or had, the focus, with the keys of the parts around it, the nearest first

const keysAround = (node) => {
  const keys = [];
  for (let part = node.closest(`[class*=${KEY}]`); part; part = part.parentElement?.closest(`[class*=${KEY}]`)) {
    keys.push([...part.classList].find((name) => name.startsWith(KEY)));
  }
  return keys;
};
const firstButton = (key) => {
  const buttons = key ? document.querySelectorAll(`.${CSS.escape(key)} button:not(:disabled)`) : [];
  return [...buttons].find((one) => one.checkVisibility());
};
const giveFocusBack = () => {
  if (!pressed || pressed.node.isConnected || document.activeElement !== document.body) return;
  const [own, around] = pressed.keys;
  let found = firstButton(own);
  // The line that was put in order is a button no more: the next one of its group has the focus, then the way on.
  if (!found && document.querySelector("[data-test-script-state=notRunning]")) {
    found = firstButton(around) ?? (pressed.keys.includes("st-key-cj-card") ? firstButton("st-key-next") : null);
  }
  found?.focus({ preventScroll: true });
};
addEventListener("focusin", ({ target }) => {
  pressed = target instanceof HTMLButtonElement ? { node: target, keys: keysAround(target) } : null;
}, true);
// Somebody who leaves the button by themselves does not want it back; a node that is replaced is no longer connected.
addEventListener("focusout", ({ target }) => setTimeout(() => {
  if (pressed?.node === target && target.isConnected && document.activeElement !== target) pressed = null;
}), true);
new MutationObserver(giveFocusBack).observe(document.documentElement, {
  subtree: true, childList: true, attributes: true, attributeFilter: ["data-test-script-state"],
});

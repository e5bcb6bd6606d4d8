/* The veil: a modal over the page that hides it from sight, print and screen readers; typed text stays in its boxes. */

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

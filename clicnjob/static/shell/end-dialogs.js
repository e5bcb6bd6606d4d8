/* The dialogs over the page that say when the visit is about to end, and the end itself. */

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
// Asked for by the person, so without the name of the visit: a guest may still take their work along.
const done = () => button(tu("J’ai fini", "Me déconnecter"), "cj-button quiet", () => { cover(); location.assign("/sortie"); });
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

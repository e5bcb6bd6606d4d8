/* What the veil shows over a sleeping visit: the form that asks for the person's secret. */

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

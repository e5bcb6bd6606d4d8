/* The sign-in page: the card's QR code fills in the number, and a button shows the PIN while it is typed. */
"use strict";
(() => {
  const number = document.getElementById("numero");
  const secret = document.getElementById("code");
  // The number is in the URL fragment, which browsers never send, so no log has it; it is then removed from the history.
  const readCard = () => {
    const fromCard = decodeURIComponent(location.hash.slice(1));
    if (!fromCard || fromCard === "contenu" || !number || number.type !== "text") return;
    number.value = fromCard.slice(0, 40);
    history.replaceState(null, "", location.pathname + location.search);
    secret.focus();
  };
  addEventListener("hashchange", readCard);
  readCard();
  for (const field of document.querySelectorAll("input.secret")) {
    const show = document.createElement("button");
    show.type = "button";
    show.className = "show";
    show.textContent = "Montrer";
    show.setAttribute("aria-pressed", "false");
    show.setAttribute("aria-controls", field.id);
    const name = document.querySelector(`label[for="${field.id}"]`).textContent;
    show.setAttribute("aria-label", `Montrer : ${name}`);
    show.addEventListener("click", () => {
      const shown = field.classList.toggle("shown");
      show.setAttribute("aria-pressed", String(shown));
    });
    const row = document.createElement("span");
    row.className = "with-show";
    field.replaceWith(row);
    row.append(field, show);
  }
  // A page restored by « Back » would show what the last person typed.
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
})();

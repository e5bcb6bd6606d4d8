export default function ({ data, parentElement }) {
  const said = parentElement.querySelector(".said")
  const button = parentElement.querySelector(".copy")
  button.textContent = data.label
  button.onclick = async () => {
    said.textContent = (await copied(data.text)) ? "C’est copié." : "La copie n’a pas marché. Le texte est au-dessus\u00a0: Ctrl et C."
    button.focus()
  }
}

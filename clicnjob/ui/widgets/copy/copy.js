export default function ({ data, parentElement }) {
  const said = parentElement.querySelector(".said")
  const button = parentElement.querySelector(".copy")
  button.textContent = data.label
  button.onclick = async () => {
    try { await navigator.clipboard.writeText(data.text); said.textContent = "C’est copié." }
    catch { said.textContent = "Choisis le texte au-dessus, puis Ctrl et C." }
  }
}

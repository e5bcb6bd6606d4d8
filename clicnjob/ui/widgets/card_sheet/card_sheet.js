const make = (tag, name, text) => {
  const node = document.createElement(tag)
  if (name) node.className = name
  if (text) node.textContent = text
  return node
}
export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".cj-card-holder")
  if (root.dataset.number === data.number) return
  root.dataset.number = data.number
  const card = make("section", "cj-card")
  card.setAttribute("aria-label", `Carte de ${data.name}`)
  card.append(make("p", "cj-card-name", data.name))
  const number = make("p", "cj-code", data.number)
  number.setAttribute("role", "status")
  const square = make("img")
  square.src = data.qr
  square.alt = "Le même numéro, à viser avec un téléphone"
  const help = make("ol")
  for (const line of data.help) help.append(make("li", "", line))
  card.append(number, square, help, make("p", "cj-card-address", data.address))
  const print = make("button", "cj-card-print", "Imprimer cette carte")
  print.type = "button"
  print.onclick = () => {
    const page = document.documentElement
    page.classList.add("cj-printing-card")
    addEventListener("afterprint", () => page.classList.remove("cj-printing-card"), { once: true })
    window.print()
  }
  root.replaceChildren(card, print)
  print.scrollIntoView({ block: "nearest" })
}

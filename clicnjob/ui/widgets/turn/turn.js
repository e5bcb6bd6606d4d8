let shown = null
let part = null // [the place, the part of it]
const moveTo = (node, options) => {
  if (!node) return
  if (!node.matches("button, input")) node.tabIndex = -1
  node.focus(options)
}
export default function ({ data }) {
  if (data.part !== undefined) {
    const before = part
    part = [data.place, data.part]
    if (before?.[0] === data.place && before[1] !== data.part) moveTo(document.querySelector(data.selector))
    return
  }
  const before = shown
  shown = data.place
  if (before === null || before === shown) return
  document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0)
  moveTo(document.querySelector("h1"), { preventScroll: true })
}

let shown = null
export default function ({ data }) {
  const before = shown
  shown = data.place
  if (before === null || before === shown) return
  const title = document.querySelector("h1")
  if (!title) return
  document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0)
  title.tabIndex = -1
  title.focus({ preventScroll: true })
}

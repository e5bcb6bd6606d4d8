let told = null
export default function ({ data }) {
  const before = told
  told = data.said
  if (before === null || before === told) return
  const found = document.querySelectorAll(data.region)
  found[found.length - 1]?.scrollIntoView({ block: "nearest" })
}

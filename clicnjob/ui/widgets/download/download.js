export default function ({ data, parentElement }) {
  const link = parentElement.querySelector("a")
  if (link.getAttribute("href") === data.url) return
  link.href = data.url
  link.click()
}

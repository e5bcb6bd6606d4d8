"""Turns the HTML and Markdown that other tools store into plain text, one line for each paragraph or bullet."""

from __future__ import annotations

from html import unescape
from html.parser import HTMLParser

import regex

# Only known tags are markup: « Ranger <le> rayon » is what somebody wrote.
_BLOCKS = frozenset(("p", "div", "br", "ul", "ol", "li", "blockquote", "pre", "tr", "hr", "table", "tbody", "section"))
_BLOCKS |= {f"h{level}" for level in range(1, 7)}
_INLINE = frozenset(
    ("a", "b", "strong", "i", "em", "u", "s", "span", "code", "mark", "sub", "sup", "small", "font", "td")
)
_UNSEEN = frozenset(("script", "style"))
_TAG = regex.compile(rf"</?(?:{'|'.join(sorted(_BLOCKS | _INLINE | _UNSEEN))})(?:\s[^<>]*)?/?>", regex.IGNORECASE)
_ENTITY = regex.compile(r"&(?:#\d{1,6}|#x[0-9a-f]{1,5}|[a-z]{2,8});", regex.IGNORECASE)
_BULLET = regex.compile(r"^\s*(?:[-*+•▪●◦‣–]|\d{1,2}[.)])\s+", regex.MULTILINE)
_HEADING = regex.compile(r"^\s{0,3}(?:#{1,6}|>)\s+", regex.MULTILINE)
_RULE = regex.compile(r"^\s*(?:[-*_]\s*){3,}$", regex.MULTILINE)
_LINK = regex.compile(r"!?\[([^\[\]\n]{1,200})\]\(\s*<?([^()\s<>]{1,400})>?[^()\n]{0,200}\)")
_STRESSED = (
    regex.compile(r"(\*\*|__|~~)(?=\S)([^\n]{1,400}?)(?<=\S)\1"),
    regex.compile(r"(?<![\w*])([*])(?=[^\s*])([^*\n]{1,400}?)(?<=\S)\1(?![\w*])"),
    regex.compile(r"(?<!\w)(_)(?=[^\s_])([^_\n]{1,400}?)(?<=\S)\1(?!\w)"),
    regex.compile(r"(`)([^`\n]{1,400})`"),
)


def plain_text(written: str) -> str:
    """Return the text without markup, its paragraphs and bullets on lines of their own; a link keeps its address."""
    said = written
    if _TAG.search(said):
        said = _without_tags(said)
    elif _ENTITY.search(said):
        said = unescape(said)
    said = _LINK.sub(lambda found: _link_text(found[1], found[2]), _RULE.sub("", said))
    for stressed in _STRESSED:
        said = stressed.sub(r"\2", said)
    said = _HEADING.sub("", said)
    many = "\n" in said.strip()
    said = _BULLET.sub("", said) if many or regex.match(r"\s*[-*+•▪●◦‣]\s", said) else said
    return "\n".join(line.strip() for line in said.split("\n") if line.strip())


def _link_text(words: str, address: str) -> str:
    bare = address.removeprefix("mailto:").removeprefix("https://").removeprefix("http://").rstrip("/")
    return words if not bare or bare in words else f"{words} ({bare})"


class _MarkupReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._links: list[tuple[int, str]] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag in _BLOCKS:
            self.parts.append("\n")
        elif tag == "a":
            self._links.append((len(self.parts), dict(attrs).get("href") or ""))
        elif tag not in _INLINE:
            self.parts.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag in _BLOCKS:
            self.parts.append("\n")
        elif tag == "a" and self._links:
            begun, address = self._links.pop()
            self.parts[begun:] = [_link_text("".join(self.parts[begun:]), address)]
        elif tag not in _INLINE:
            self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.parts.append(regex.sub(r"[^\S\u00a0]+", " ", data))


def _without_tags(written: str) -> str:
    reader = _MarkupReader()
    reader.feed(written)
    reader.close()
    return "".join(reader.parts)

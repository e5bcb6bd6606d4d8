"""Cleans a document once, so that PDF, DOCX and preview carry exactly the same words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace

from clicnjob import typeset
from clicnjob.cv.document.page_content import Document, Entry, Section

_JOINERS = "\u200c\u200d"
# Text pasted from a PDF may have « ﬁ » as one character; fonts and CV parsers need the separate letters.
_LIGATURES = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
# Narrow, thin and figure spaces come from pasted texts and from French typography: some fonts lack them, and a parser may
# take what stands on both sides of one for a single word.
_ODD_SPACES = dict.fromkeys((*range(0x2000, 0x200B), 0x202F, 0x205F), "\u00a0")
_UNTIDY = re.compile(r"\n\s|\s\n|[^\S\u00a0]{2}|[^\S\u00a0 \n]")
_SPACES = re.compile(r"[^\S\u00a0]+")  # white space except no-break spaces


_Lines = Callable[[tuple[str, ...]], tuple[str, ...]]


def printable_document(document: Document) -> tuple[Document, tuple[str, ...]]:
    """Return the document without undrawable characters, and those that were removed, so that the person can be told.

    Characters without a glyph are removed silently: control and direction characters, and stray joiners. White space is
    collapsed, unusual spaces become no-break spaces, letters are composed (NFC) and ligatures are split.
    """
    typed = "\n".join(document.all_texts())
    everything = _composed_text(typed)
    missing = typeset.uncovered_characters(everything)
    odd = frozenset(c for c in set(everything) if c in missing or not _is_plain(c))
    if odd <= {"\n"} and everything == typed and not _UNTIDY.search(f"\n{typed}\n"):
        return document, ()  # the usual case, kept fast since the page is drawn at each answer

    def shown(text: str) -> str:
        kept = _composed_text(text)
        if odd and not odd.isdisjoint(kept):
            kept = _only_drawable(kept, missing)
        return _SPACES.sub(" ", kept).strip()

    def lines(texts: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(text for text in map(shown, texts) if text)

    return _cleaned_document(document, shown, lines), missing


def drawable_text(text: str) -> str:
    """Return one text as the page shows it."""
    kept = _composed_text(text)
    return _SPACES.sub(" ", _only_drawable(kept, typeset.uncovered_characters(kept))).strip()


def undrawable_signs(text: str) -> tuple[str, ...]:
    """Return the signs of one text that the page leaves out because no font draws them, each once."""
    return typeset.uncovered_characters(_composed_text(text))


def _cleaned_document(document: Document, shown: Callable[[str], str], lines: _Lines) -> Document:
    return replace(
        document,
        name=shown(document.name),
        job_wanted=shown(document.job_wanted),
        availability=shown(document.availability),
        contact=lines(document.contact),
        opening=lines(document.opening),
        sections=tuple(_cleaned_section(s, shown, lines) for s in document.sections),
    )


def _cleaned_section(section: Section, shown: Callable[[str], str], lines: _Lines) -> Section:
    entries = tuple(Entry(shown(e.heading), shown(e.place), shown(e.when), lines(e.lines)) for e in section.entries)
    return replace(section, title=shown(section.title), entries=entries, lines=lines(section.lines))


def _composed_text(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFC", text).translate(_LIGATURES | _ODD_SPACES)


def _is_plain(c: str) -> bool:
    return c == "\u00a0" or (c.isprintable() and c not in "\ufe0e\ufe0f")


def _only_drawable(text: str, missing: tuple[str, ...]) -> str:
    kept: list[str] = []
    for c in text:
        if _is_seen(c, kept[-1] if kept else "") and c not in missing:
            kept.append(c)
    return "".join(kept)


def _is_seen(c: str, before: str) -> bool:
    if c in _JOINERS:  # joiners shape Arabic and Indic letters and mean nothing after others
        return bool(before) and unicodedata.category(before)[0] in "LM" and ord(before) > 0x500
    category = unicodedata.category(c)
    return c.isspace() or (category not in ("Cc", "Cf", "Cs", "Co", "Cn") and c not in "\ufe0e\ufe0f")

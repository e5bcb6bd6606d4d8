"""Groups the dated lines of a CV into activities and studies, with what each seems to be called and where it took place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import regex

from clicnjob import policy
from clicnjob.cv.exchange import old_cv_words
from clicnjob.cv.exchange.dated_lines import DatedLine, dated_line
from clicnjob.cv.exchange.old_cv_words import CvLine
from clicnjob.cv.model.profile import Period, StudyState

EntryKind = Literal["experience", "study"]
_ENTRIES_AT_MOST = 40
_HEAD_LINES = 3  # title, place, and one more before a date that stands below them
_PHRASES_AT_MOST = 12
_DATED_SECTIONS = ("", "work", "studies", "volunteer")
_BETWEEN = regex.compile(r"\s+[-–—|•·]\s+|\s*[|•·]\s*|\s{2,}|\s*:\s+|,\s+(?!\d)")
_AT = regex.compile(r"\s+(?:chez|(?:à la|à l['’]|au sein d[eu']|au|aux)(?=\s*\p{Lu})|@)\s*")
_TOWN = regex.compile(r"\s+à\s+(?=\p{Lu})")
_TOWN_LABEL = regex.compile(r"^(?:ville|lieu|localité)\s*:\s*", regex.IGNORECASE)
_ABOUT_SOMEBODY = regex.compile(r"@|\d{5}|(?:\d{2}[ .]?){5}")
_BRACKETS = regex.compile(r"\(([^()]{2,60})\)")
_EDGE = " ,;:|•·-–—"
# How a study ended, as a CV says it: left out, « CAP (non obtenu) » would become a diploma.
_ENDINGS: dict[StudyState, regex.Pattern[str]] = {
    "non_obtenu": regex.compile(
        r"\b(?:diplôme )?(?:non|pas) (?:obtenue?|validée?)\b|\bsans (?:le )?diplôme\b", regex.IGNORECASE
    ),
    "en_cours": regex.compile(r"\ben (?:cours|préparation)\b", regex.IGNORECASE),
}


@dataclass(frozen=True, slots=True)
class DatedEntry:
    """One dated activity or study, as its lines read; its owner says whether it is one, and which."""

    kind: EntryKind
    title: str
    place: str
    town: str
    period: Period
    phrases: tuple[str, ...]
    volunteering: bool = False
    ending: StudyState = ""


def dated_entries(lines: Sequence[CvLine]) -> tuple[DatedEntry, ...]:
    """Return the dated entries in the order of the page."""
    entries: list[DatedEntry] = []
    begin = 0
    for position in range(1, len(lines) + 1):
        if position == len(lines) or lines[position].section != lines[begin].section:
            if lines[begin].section in _DATED_SECTIONS:
                entries += _section_entries(lines[begin:position])
            begin = position
    return tuple(entries[:_ENTRIES_AT_MOST])


def _section_entries(lines: Sequence[CvLine]) -> list[DatedEntry]:
    dated = {number: found for number, line in enumerate(lines) if (found := _entry_date(line))}
    if not dated:
        return []
    starts = _entry_starts(lines, sorted(dated))
    ends = [*starts[1:], len(lines)]
    return [
        _entry_of(lines[start:end], number - start, dated[number])
        for start, end, number in zip(starts, ends, sorted(dated), strict=True)
    ]


def _entry_date(line: CvLine) -> DatedLine | None:
    """Return the date of a line that opens an entry: not one in the middle of a sentence."""
    found = dated_line(line.words)
    if found is None or (line.bullet and len(found.before) > 40 and found.after):
        return None
    return found


def _entry_starts(lines: Sequence[CvLine], dated: Sequence[int]) -> list[int]:
    """Return where each entry begins: at its date, or as many lines above it as the first entry has."""
    above = min(dated[0], _HEAD_LINES)
    if lines[0].section == "":  # without headings, what stands above the first date is not about it
        above = min(above, 1)
    starts = []
    before = -1
    for number in dated:
        start = max(number - above, before + 1)
        while start < number and (lines[start].bullet or _is_no_head(lines[start].words)):
            start += 1
        starts.append(start)
        before = number
    return starts


def _is_no_head(words: str) -> bool:
    """Whether a line continues the one above it, or is about the person."""
    return words[:1].islower() or words.endswith(".") or bool(_ABOUT_SOMEBODY.search(words))


def _entry_of(lines: Sequence[CvLine], at: int, found: DatedLine) -> DatedEntry:
    heads = [line.words for line in lines[:at]]
    heads += [part for part in (found.before, found.after) if part]
    rest = list(lines[at + 1 :])
    while rest and len(_all_parts(heads)) < 2 and not rest[0].bullet and _is_head(rest[0].words):
        heads.append(rest.pop(0).words)
    if rest and not rest[0].bullet and _is_town(rest[0].words):
        heads.append(rest.pop(0).words)
    parts = _all_parts(heads)
    if len(parts) == 1:
        parts = _split_at_capital(parts[0])
    section = lines[at].section
    kind = _kind_of(section, parts)
    ending: StudyState = next((state for state, said in _ENDINGS.items() if said.search(" ".join(parts))), "")
    if kind == "study" and ending:
        parts = [left for part in parts if (left := _ENDINGS[ending].sub("", part).strip(f"{_EDGE}()"))]
    title, place, town = _title_place_town(parts, kind)
    return DatedEntry(
        kind=kind,
        title=title[: policy.LINE_LENGTH],
        place=place[: policy.LINE_LENGTH],
        town=town[: policy.LINE_LENGTH],
        period=found.period,
        phrases=_phrases_of(rest),
        volunteering=section == "volunteer",
        ending=ending if kind == "study" else "",
    )


def _is_head(words: str) -> bool:
    return len(words) <= 80 and not words.endswith(".") and words[:1].isupper()


def _is_town(words: str) -> bool:
    return bool(_TOWN_LABEL.match(words)) or old_cv_words.looks_like_town(words)


def _all_parts(heads: Sequence[str]) -> list[str]:
    return [part for head in heads for part in _parts_of(_TOWN_LABEL.sub("", head))]


def _split_at_capital(said: str) -> list[str]:
    """Split « Agent d’entretien Mairie de Roubaix » before the first capital that follows the title."""
    words = said.split()
    for number in range(1, len(words)):
        ends = words[number - 1]
        title_ends = (ends.islower() and len(ends) > 2) or (number == 1 and old_cv_words.names_a_job(ends))
        place = " ".join(words[number:])
        if title_ends and words[number][:1].isupper() and not old_cv_words.names_a_job(place):
            return [" ".join(words[:number]), place]
    return [said]


def _kind_of(section: str, parts: Sequence[str]) -> EntryKind:
    if section in ("work", "volunteer"):
        return "experience"
    if section == "studies":
        return "study"
    said = " ".join(parts)
    study = old_cv_words.names_a_diploma(said) or old_cv_words.names_a_school(said)
    return "study" if study and not old_cv_words.names_a_job(said) else "experience"


def _parts_of(head: str) -> list[str]:
    """Split « Vendeuse chez Auchan (Lyon) » into its title, place and town."""
    said = _BRACKETS.sub(lambda found: f" | {found[1]} | ", head)
    parts = [part.strip(_EDGE) for part in _BETWEEN.split(said)]
    if parts and parts[0] and (at := _AT.search(parts[0])) and at.start() > 3:
        parts[:1] = [parts[0][: at.start()].strip(_EDGE), parts[0][at.end() :].strip(_EDGE)]
    if parts and (at := _TOWN.search(parts[-1])):
        parts[-1:] = [parts[-1][: at.start()].strip(_EDGE), parts[-1][at.end() :].strip(_EDGE)]
    return [part for part in parts if part]


def _title_place_town(parts: list[str], kind: EntryKind) -> tuple[str, str, str]:
    """Tell title, place and town apart: by their words first, by their order otherwise."""
    left = list(dict.fromkeys(parts))
    names = old_cv_words.names_a_diploma if kind == "study" else old_cv_words.names_a_job
    title = next((part for part in left if names(part) and not _is_school(part, kind)), left[0] if left else "")
    left = [part for part in left if part != title]
    place = next((part for part in left if _is_school(part, kind)), left[0] if left else "")
    left = [part for part in left if part != place]
    town = next((part for part in left if old_cv_words.looks_like_town(part)), "")
    if kind == "study" and left and not town and not old_cv_words.names_a_school(left[0]) and len(title) < 12:
        title = f"{title} {left[0]}"
    return title, place, town


def _is_school(part: str, kind: EntryKind) -> bool:
    return kind == "study" and old_cv_words.names_a_school(part)


def _phrases_of(lines: Sequence[CvLine]) -> tuple[str, ...]:
    phrases: list[str] = []
    for line in lines:
        if phrases and not line.bullet and line.words[:1].islower():
            phrases[-1] = f"{phrases[-1]} {line.words}"
        else:
            phrases.append(line.words)
    return tuple(phrase[: policy.TEXT_LENGTH] for phrase in phrases[:_PHRASES_AT_MOST])

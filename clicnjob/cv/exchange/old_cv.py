"""Finds in the lines of a CV from elsewhere what can be proposed to its owner, who accepts each of it or not."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

import regex

from clicnjob import policy, text
from clicnjob.cv.exchange import old_cv_entries, old_cv_words
from clicnjob.cv.exchange.json_resume import split_name
from clicnjob.cv.exchange.old_cv_entries import DatedEntry
from clicnjob.cv.exchange.old_cv_words import CvLine
from clicnjob.errors import Refusal
from clicnjob.french import contact

ContactField = Literal["name", "phone", "email", "town", "job"]
_EMAIL = regex.compile(r"[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_PHONE = regex.compile(r"(?<![\d+])(?:\+|00)?\d(?:[\s().\-–/\u00a0]{0,2}\d){8,13}(?!\d)")
_POSTCODE = regex.compile(r"(?<!\d)\d{2}\s?\d{3}\s*[-–,]?\s+(\p{L}[\p{L}'’ -]{1,40})")
_DEPARTMENT = regex.compile(r"(?<![\p{L}\d])(\p{Lu}[\p{L}'’-]+(?:[ -]\p{Lu}?[\p{L}'’-]+){0,4})\s*\(\s*\d{2,5}\s*\)")
_WANTED = regex.compile(
    r"^(?:poste|m[ée]tier|emploi)\s+(?:recherch[ée]|vis[ée]|souhait[ée])\s*:?\s*(.*)$|^(?:objectif|recherche)\s*:\s*(.*)$",
    regex.IGNORECASE,
)
_LABEL = regex.compile(r"^\s*(?:ville|adresse|lieu|localit[ée]|domicile|habite à)\s*:?\s*", regex.IGNORECASE)
_NAME_WORD = regex.compile(r"\p{Lu}[\p{L}'’.-]*|\p{Ll}{2,3}")
_JOB_LENGTH = 60
_NAMED_WITHIN = 60  # lines: a side column may come before the name


@dataclass(frozen=True, slots=True)
class FoundContact:
    """One thing about the person: the field, what would be stored, and the line where it stands."""

    field: ContactField
    value: str
    line: str


@dataclass(frozen=True, slots=True)
class OldCv:
    """A CV from elsewhere: its lines as they read, and what can be proposed, contacts first, in the order of the page.

    `why` says why it holds no answers of ours.
    """

    lines: tuple[str, ...]
    contacts: tuple[FoundContact, ...]
    entries: tuple[DatedEntry, ...]
    why: str = ""


def read_old_cv(written: tuple[str, ...], *, why: str = "") -> OldCv:
    """Return what the lines of a CV say. Nothing of it is an answer before its owner says so."""
    lines = old_cv_words.cv_lines(written)
    email = _email_of(lines)
    name = _name_of(lines, email.value if email else "")
    job = _job_of(lines, name)
    contacts = (name, _phone_of(lines), email, _town_of(lines, name), job)
    return OldCv(
        lines=old_cv_words.readable_lines(written),
        contacts=tuple(one for one in contacts if one),
        entries=old_cv_entries.dated_entries(lines),
        why=why,
    )


def name_parts(value: str) -> tuple[str, str]:
    """Return the first and the last name of a name found."""
    return split_name(value)


def as_json(found: OldCv) -> dict[str, Any]:
    """Return what was found as JSON values."""
    return {
        "contacts": {one.field: one.value for one in found.contacts},
        "entries": [asdict(one) | {"period": one.period.model_dump()} for one in found.entries],
        "lines": list(found.lines),
    }


def _email_of(lines: tuple[CvLine, ...]) -> FoundContact | None:
    for line in lines:
        for found in _EMAIL.finditer(line.words.replace(" @", "@").replace("@ ", "@")):
            try:
                if line.section != "references" and (address := contact.email_address(found[0].strip(".-"))):
                    return FoundContact("email", address, line.words)
            except Refusal:
                continue
    return None


def _phone_of(lines: tuple[CvLine, ...]) -> FoundContact | None:
    numbers: list[FoundContact] = []
    for line in lines:
        for found in _PHONE.finditer(line.words):
            try:
                if line.section != "references" and (number := contact.phone_number(found[0])):
                    numbers.append(FoundContact("phone", number, line.words))
            except Refusal:
                continue
    mobile = next((one for one in numbers if regex.match(r"\+33[67]|\+(262|590|594|596)[67]", one.value)), None)
    return mobile or (numbers[0] if numbers else None)


def _town_of(lines: tuple[CvLine, ...], name: FoundContact | None) -> FoundContact | None:
    """Look for a postcode, then for « Lyon (69) », then for a lone name beside the telephone or the address."""
    named = name.value if name else ""
    candidates = [line for line in lines if line.section in ("", "contact", "profile") and line.words not in named]
    for pattern in (_POSTCODE, _DEPARTMENT):
        for line in candidates:
            if (found := pattern.search(line.words)) and (town := _town_named(found[1])):
                return FoundContact("town", town, line.words)
    for position, line in enumerate(candidates):
        near = candidates[max(0, position - 2) : position + 3]
        if not any(_EMAIL.search(one.words) or _PHONE.search(one.words) for one in near):
            continue
        bare = _PHONE.sub("|", _EMAIL.sub("|", _LABEL.sub("", line.words)))
        for part in regex.split(r"[|•·\t/:]|\s{2,}|\s[-–—]\s", bare):
            if old_cv_words.looks_like_town(part) and (town := _town_named(part)):
                return FoundContact("town", town, line.words)
    return None


def _town_named(said: str) -> str:
    said = regex.split(r"\s{2,}|\t|[|•·]|\b(?:T[ée]l|Mail|Permis|Email)\b", said.strip(" ,;:-–"))[0]
    try:
        return regex.sub(r",\s*France$", "", contact.town_name(said))
    except Refusal:
        return ""


def _name_of(lines: tuple[CvLine, ...], email: str) -> FoundContact | None:
    """Return the likeliest name: near the top, in capitals or with a capital each, like the e-mail address."""
    local = text.fold_text(email.partition("@")[0])
    best: tuple[float, FoundContact | None] = (1.0, None)
    seen = [line for line in lines if line.words][:_NAMED_WITHIN]
    for position, line in enumerate(seen):
        joined = [line.words]
        if position + 1 < len(seen) and " " not in line.words.strip() and " " not in seen[position + 1].words.strip():
            joined.append(f"{line.words} {seen[position + 1].words}")
        for words in joined:
            score = _name_score(words, local, position)
            if score > best[0]:
                best = (score, FoundContact("name", " ".join(words.split())[: policy.NAME_LENGTH], words))
    return best[1]


def _name_score(words: str, local: str, position: int) -> float:
    parts = words.split()
    if not 2 <= len(parts) <= 5 or regex.search(r"[\d@:;/|•(),]", words) or not all(map(_NAME_WORD.fullmatch, parts)):
        return 0.0
    if old_cv_words.is_common_words(words):
        return 0.0
    like = sum(1 for part in parts if len(part) > 1 and text.fold_text(part) in local)
    capitals = any(part.isupper() and len(part) > 1 for part in parts)
    return 2.5 * like + (1.0 if capitals else 0.0) + max(0.0, 3.0 - position / 2)


def _job_of(lines: tuple[CvLine, ...], name: FoundContact | None) -> FoundContact | None:
    """Return the job wanted: after its label, or a line with a job near the name, before any activity."""
    for position, line in enumerate(lines):
        if found := _WANTED.match(line.words):
            said = (found[1] or found[2] or (lines[position + 1].words if position + 1 < len(lines) else "")).strip(
                " :"
            )
            if 2 < len(said) <= policy.NAME_LENGTH:
                return FoundContact("job", said, line.words)
    named = next((position for position, line in enumerate(lines) if name and line.words in name.line), -1)
    after = lines[named + 1 : named + 5] if named >= 0 else lines[:6]
    before = lines[max(0, named - 2) : max(0, named)]
    for line in (*(one for one in after if one.section not in ("work", "studies")), *before, *_profile_lines(lines)):
        said = line.words.strip(" -–|")
        short = 3 < len(said) <= _JOB_LENGTH and not line.bullet and not regex.search(r"[\d@.:]", said)
        if short and old_cv_words.names_a_job(said) and (name is None or said not in name.line):
            return FoundContact("job", said, line.words)
    return None


def _profile_lines(lines: tuple[CvLine, ...]) -> list[CvLine]:
    return [line for line in lines if line.section == "profile"][:3]

"""Reads a message as an employer would: what they would think, point by point, by the rules of data/candidatures/lecture.yaml.

It judges the message and never the person: each point is right, or comes with the next small gesture.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from clicnjob import policy, text
from clicnjob.apply.letter_words import Check, ReadingPoint, ReadingWords, letter_words
from clicnjob.apply.letters import Letter
from clicnjob.apply.writing import Message, Sender
from clicnjob.proofreading import email_address

_GREETING = re.compile(r"\s*(bonjour|bonsoir|madame|monsieur|mesdames|messieurs)\b", re.IGNORECASE)
_SHOUTED = re.compile(r"(?:\b[A-ZÀ-Þ]{4,}\b[\s,]*){3,}")
_LONG = 1_600  # characters of a message that is read in one minute
_SHORT_NAME = 4  # letters; a shorter company name may be an ordinary word


@dataclass(frozen=True, slots=True)
class ReadingRemark:
    """One point of the reading. `gesture` is '' when it is right; `part` names the screen where the gesture is done."""

    right: bool
    said: str
    gesture: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True)
class _Reading:
    """What the checks look at. `others` are the names of other companies that the person wrote to."""

    message: Message
    letter: Letter
    sender: Sender
    others: Sequence[str]
    words: ReadingWords


def employer_remarks(
    message: Message, letter: Letter, sender: Sender, *, other_employers: Sequence[str] = ()
) -> tuple[ReadingRemark, ...]:
    """Return every point that applies, the ones to mend first, in the order of the content."""
    seen = _Reading(message, letter, sender, other_employers, letter_words().reading)
    found = [_remark_of(point, seen) for point in seen.words.points if _applies(point.controle, seen)]
    return tuple(sorted(found, key=lambda one: one.right))


def _remark_of(point: ReadingPoint, seen: _Reading) -> ReadingRemark:
    wrong = _CHECKS[point.controle](seen)
    if wrong is None:
        return ReadingRemark(True, point.bien)
    return ReadingRemark(False, point.sinon, point.geste.replace("{mot}", wrong), point.partie)


def _applies(check: Check, seen: _Reading) -> bool:
    """Leave out what this message need not say: a CV in a thank-you, the address of somebody without one."""
    moment = letter_words().moments[seen.letter.moment]
    if check == "piece":
        return moment.avec_cv
    if check == "metier":
        return seen.letter.moment in ("offre", "spontanee") and seen.letter.looked_for != "service_civique"
    if check == "adresse":
        return bool(seen.sender.email)
    return check != "autre_entreprise" or bool(seen.letter.employer)


def _lacks(pattern: str, said: str) -> str | None:
    return None if re.search(pattern, said, re.IGNORECASE) else ""


def _has_no_name(seen: _Reading) -> str | None:
    end = text.fold_text(seen.message.text[-200:])
    name = text.fold_text(seen.sender.name)
    return None if name and name in end else ""


def _has_no_contact(seen: _Reading) -> str | None:
    digits = re.sub(r"\D", "", seen.message.text)
    phone = re.sub(r"\D", "", seen.sender.phone)
    given = (phone and phone in digits) or re.search(r"\S+@\S+\.\S+|(?:\d[ .]?){10}", seen.message.text)
    return None if given else ""


def _names_no_job(seen: _Reading) -> str | None:
    job = text.fold_text(seen.letter.title or seen.sender.job)
    said = text.fold_text(f"{seen.message.subject} {seen.message.text}")
    known = [word for word in re.findall(r"\w+", job) if len(word) >= _SHORT_NAME]
    return None if job and (job in said or any(word in said for word in known)) else ""


def _left_blank(seen: _Reading) -> str | None:
    whole = f"{seen.message.subject}\n{seen.message.text}".replace("'", "’")  # as the marks are written
    return next((mark for mark in seen.words.a_remplir if mark in whole), None)


def _other_employer(seen: _Reading) -> str | None:
    whole, own = text.fold_text(f"{seen.message.subject} {seen.message.text}"), text.fold_text(seen.letter.employer)
    named = (other for other in seen.others if len(other) >= _SHORT_NAME and text.fold_text(other) != own)
    return next((other for other in named if re.search(rf"\b{re.escape(text.fold_text(other))}\b", whole)), None)


def _first_word(listed: str) -> Callable[[_Reading], str | None]:
    def check(seen: _Reading) -> str | None:
        words = set(getattr(seen.words, listed).split())
        body = seen.message.text
        for part in (seen.sender.name, seen.sender.email, seen.letter.employer):
            body = body.replace(part, " ") if part else body
        return next((word for word in re.findall(r"[\w’']+", body) if word.lower().replace("'", "’") in words), None)

    return check


_CHECKS: dict[Check, Callable[[_Reading], str | None]] = {  # None when right, else the word to change, or ''
    "objet": lambda seen: None if seen.message.subject.strip() else "",
    "bonjour": lambda seen: None if _GREETING.match(seen.message.text) else "",
    "signature": _has_no_name,
    "joindre": _has_no_contact,
    "piece": lambda seen: _lacks(r"\bCV\b|curriculum|pièce[s]? jointe", seen.message.text),
    "metier": _names_no_job,
    "a_remplir": _left_blank,
    "autre_entreprise": _other_employer,
    "sms": _first_word("sms"),
    "tutoiement": _first_word("tutoiement"),
    "majuscules": lambda seen: "" if _SHOUTED.search(seen.message.text) else None,
    "adresse": lambda seen: None if email_address.is_sober(seen.sender.email, name=seen.sender.name) else "",
    "longueur": lambda seen: "" if len(seen.message.text) > min(_LONG, policy.LETTER_LENGTH) else None,
}

"""Reads a message as an employer would: what they would think, point by point, by the rules of data/candidatures/lecture.yaml.

It judges the message and never the person: each point is right, or comes with the next small gesture. « Envoyer mon CV » has
the words only; « M’entraîner au mail » gives the envelope too, and the points of addresses and files are read then.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from clicnjob import policy, text
from clicnjob.apply import envelope
from clicnjob.apply.envelope import Envelope
from clicnjob.apply.letter_words import Box, Check, ReadingPoint, ReadingWords, letter_words
from clicnjob.apply.letters import Letter
from clicnjob.apply.writing import Message, Sender
from clicnjob.proofreading import email_address, proofread

_GREETING = re.compile(r"\s*(bonjour|bonsoir|madame|monsieur|mesdames|messieurs)\b", re.IGNORECASE)
_SHOUTED = re.compile(r"(?:\b[A-ZÀ-Þ]{4,}\b[\s,]*){3,}")
_REPEATED_SIGNS = re.compile(r"[!?](?:\s?[!?])+")
_EMOJI = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf]")
_ANSWERED = re.compile(r"^\s*(?:(?:re|tr|fwd?)\s*:\s*)+", re.IGNORECASE)
_PHONE = re.compile(r"(?:\d[ .-]?){10}")
_NAME_LINE = re.compile(r"(?:[A-ZÀ-Þ][\w’'-]+[ ]?){2,4}")
_LONG = 1_600  # characters of a message that is read in one minute
_SHORT = 8  # words that say something, besides the greeting and the signature
_END = 250  # characters in which a polite word and the name are looked for
_SHORT_NAME = 4  # letters; a shorter company name may be an ordinary word
_OF_ENVELOPE: tuple[Check, ...] = ("destinataire", "copie", "mauvais_fichier")
_OF_CV_FILE: tuple[Check, ...] = ("nom_fichier", "format_fichier", "poids_fichier")
_APPLYING = ("offre", "spontanee", "relance")


@dataclass(frozen=True, slots=True)
class ReadingRemark:
    """One point of the reading. `gesture` is '' when it is right; `part` names the box where the gesture is done."""

    check: Check
    right: bool
    said: str
    gesture: str = ""
    part: Box | None = None
    found: str = ""


@dataclass(frozen=True, slots=True)
class _Reading:
    """What the checks look at. `others` are the names of other companies that the person wrote to."""

    message: Message
    letter: Letter
    sender: Sender
    others: Sequence[str]
    words: ReadingWords
    envelope: Envelope | None
    folded: str = field(default="")  # the whole text without accents


def employer_remarks(
    message: Message,
    letter: Letter,
    sender: Sender,
    *,
    other_employers: Sequence[str] = (),
    around: Envelope | None = None,
) -> tuple[ReadingRemark, ...]:
    """Return every point that applies, the ones to mend first, in the order of the content.

    A message to a wrong address is read by nobody, so only that is said.

    `around` is None while addresses and files are those of a mail programme elsewhere.
    """
    words = letter_words().reading
    seen = _Reading(message, letter, sender, other_employers, words, around, text.fold_text(message.text))
    found = [_remark_of(point, seen) for point in words.points if _check_applies(point.controle, seen)]
    lost = tuple(one for one in found if one.check == "destinataire" and not one.right)
    return lost or tuple(sorted(found, key=lambda one: one.right))


def _remark_of(point: ReadingPoint, seen: _Reading) -> ReadingRemark:
    wrong = _CHECKS[point.controle](seen)
    if wrong is None:
        return ReadingRemark(point.controle, True, point.bien)
    expected = seen.words.attendus.get(seen.letter.moment) if point.controle == "attendu" else None
    thought, gesture = (expected.sinon, expected.geste) if expected else (point.sinon, point.geste)
    said, gesture = thought.replace("{mot}", wrong), gesture.replace("{mot}", wrong)
    return ReadingRemark(point.controle, False, said, gesture, point.partie, wrong)


def _check_applies(check: Check, seen: _Reading) -> bool:
    """Leave out what this message need not say: a CV in a thank-you, the address of somebody without one."""
    moment, around = letter_words().moments[seen.letter.moment], seen.envelope
    conditions: dict[Check, bool] = {
        "piece": moment.avec_cv,
        "metier": moment.cle in ("offre", "spontanee") and seen.letter.looked_for != "service_civique",
        "adresse": bool(seen.sender.email),
        "autre_entreprise": bool(seen.letter.employer),
        "attendu": moment.cle in seen.words.attendus,
        "objet_vague": bool(seen.message.subject.strip()),
        "joindre": around is None,
        "telephone": around is not None and moment.cle in _APPLYING,
        "piece_absente": around is not None and moment.avec_cv,
        "melange": _has_any(seen.words.vouvoiement, seen) and _first_word("tutoiement")(seen) is not None,
        **dict.fromkeys(_OF_ENVELOPE, around is not None),
        **dict.fromkeys(_OF_CV_FILE, around is not None and bool(around.files)),
    }
    if check == "tutoiement":
        return not conditions["melange"]
    return conditions.get(check, True)


def _of_envelope(check: Callable[[Envelope, _Reading], str | None]) -> Callable[[_Reading], str | None]:
    return lambda seen: check(seen.envelope, seen) if seen.envelope is not None else None


def _empty_if_absent(pattern: str, said: str) -> str | None:
    return None if re.search(pattern, said, re.IGNORECASE) else ""


def _is_vague(seen: _Reading) -> str | None:
    said = re.findall(r"\w+", text.fold_text(_ANSWERED.sub("", seen.message.subject)))
    return "" if set(said) <= set(seen.words.objets_vagues.split()) else None


def _has_no_polite_word(seen: _Reading) -> str | None:
    end = seen.folded[-_END:]
    return None if any(word in end for word in seen.words.politesse) else ""


def _has_no_name(seen: _Reading) -> str | None:
    """Look for the name at the end; for a person whose name is not known, for a line of two or more capitalised words."""
    name = text.fold_text(seen.sender.name)
    if name:
        return None if name in seen.folded[-_END:] else ""
    last = [line.strip() for line in seen.message.text.splitlines() if line.strip()][-3:]
    return None if any(_NAME_LINE.fullmatch(line) for line in last) else ""


def _has_no_contact(seen: _Reading) -> str | None:
    return None if _has_phone(seen) or re.search(r"\S+@\S+\.\S+", seen.message.text) else ""


def _has_phone(seen: _Reading) -> bool:
    digits, phone = (re.sub(r"\D", "", said) for said in (seen.message.text, seen.sender.phone))
    return bool((phone and phone in digits) or _PHONE.search(seen.message.text))


def _names_no_job(seen: _Reading) -> str | None:
    job = text.fold_text(seen.letter.title or seen.sender.job)
    said = f"{text.fold_text(seen.message.subject)} {seen.folded}"
    known = [word for word in re.findall(r"\w+", job) if len(word) >= _SHORT_NAME]
    return None if job and (job in said or any(word in said for word in known)) else ""


def _does_not_answer(seen: _Reading) -> str | None:
    expected = seen.words.attendus[seen.letter.moment]
    said = seen.folded.replace("'", "’")
    return None if any(word in said for word in expected.mots) else ""


def _left_blank(seen: _Reading) -> str | None:
    whole = f"{seen.message.subject}\n{seen.message.text}".replace("'", "’")  # as the marks are written
    return next((mark for mark in seen.words.a_remplir if mark in whole), None)


def _other_employer(seen: _Reading) -> str | None:
    whole, own = f"{text.fold_text(seen.message.subject)} {seen.folded}", text.fold_text(seen.letter.employer)
    named = (other for other in seen.others if len(other) >= _SHORT_NAME and text.fold_text(other) != own)
    return next((other for other in named if re.search(rf"\b{re.escape(text.fold_text(other))}\b", whole)), None)


def _own_words(seen: _Reading) -> list[str]:
    """Return the words of the message without the names that it rightly holds."""
    body = seen.message.text
    for part in (seen.sender.name, seen.sender.email, seen.letter.employer):
        body = body.replace(part, " ") if part else body
    return [word.lower().replace("'", "’") for word in re.findall(r"[\w’']+", body)]


def _has_any(listed: str, seen: _Reading) -> bool:
    return not set(listed.split()).isdisjoint(_own_words(seen))


def _first_word(listed: str) -> Callable[[_Reading], str | None]:
    def check(seen: _Reading) -> str | None:
        words = set(getattr(seen.words, listed).split())
        return next((word for word in _own_words(seen) if word in words), None)

    return check


def _misspelt_word(seen: _Reading) -> str | None:
    """Return the first word that proofreading would change; shortened, familiar and shouted ones have their own points."""
    known = (seen.sender.name, seen.sender.town, seen.letter.employer, seen.letter.contact, *seen.others)
    names = [word for name in known for word in name.split()]
    found = proofread.proofreading_remarks(seen.message.text, known=names)
    told = {*seen.words.sms.split(), *seen.words.tutoiement.split()}
    wrong = (one.text for one in found if one.kind in ("spelling", "grammar"))
    return next((word for word in wrong if told.isdisjoint(word.lower().split())), None)


def _says_little(seen: _Reading) -> str | None:
    """Count the words that are neither the greeting, nor the name, nor a number."""
    name = set(text.fold_text(seen.sender.name).split())
    lines = [line for line in seen.message.text.splitlines() if line.strip()]
    told = [line for line in lines if not (_GREETING.match(line) and len(line.split()) <= _SHORT_NAME)]
    words = [word for line in told for word in re.findall(r"[^\W\d_]+", text.fold_text(line)) if word not in name]
    return "" if len(words) < _SHORT else None


def _first_match(pattern: re.Pattern[str], said: str) -> str | None:
    match = pattern.search(said)
    return match[0].strip() if match else None


_CHECKS: dict[Check, Callable[[_Reading], str | None]] = {  # None when right, else the word to change, or ''
    "objet": lambda seen: None if seen.message.subject.strip() else "",
    "objet_vague": _is_vague,
    "bonjour": lambda seen: None if _GREETING.match(seen.message.text) else "",
    "politesse": _has_no_polite_word,
    "signature": _has_no_name,
    "joindre": _has_no_contact,
    "telephone": lambda seen: None if _has_phone(seen) else "",
    "piece": lambda seen: _empty_if_absent(r"\bCV\b|curriculum|pièce[s]? jointe", seen.message.text),
    "metier": _names_no_job,
    "attendu": _does_not_answer,
    "a_remplir": _left_blank,
    "autre_entreprise": _other_employer,
    "sms": _first_word("sms"),
    "tutoiement": _first_word("tutoiement"),
    "melange": _first_word("tutoiement"),
    "majuscules": lambda seen: "" if _SHOUTED.search(seen.message.text) else None,
    "ponctuation": lambda seen: _first_match(_REPEATED_SIGNS, f"{seen.message.subject}\n{seen.message.text}"),
    "emoji": lambda seen: _first_match(_EMOJI, f"{seen.message.subject}\n{seen.message.text}"),
    "orthographe": _misspelt_word,
    "adresse": lambda seen: None if email_address.is_sober(seen.sender.email, name=seen.sender.name) else "",
    "longueur": lambda seen: "" if len(seen.message.text) > min(_LONG, policy.LETTER_LENGTH) else None,
    "court": _says_little,
    "destinataire": _of_envelope(lambda around, _: envelope.wrong_recipient(around)),
    "copie": _of_envelope(lambda around, _: envelope.unwanted_copy(around)),
    "piece_absente": _of_envelope(lambda around, _: None if around.files else ""),
    "mauvais_fichier": _of_envelope(lambda around, _: envelope.foreign_file(around)),
    "nom_fichier": _of_envelope(
        lambda around, seen: envelope.oddly_named_file(
            around, name=seen.sender.name, odd_words=seen.words.noms_etranges.split()
        )
    ),
    "format_fichier": _of_envelope(
        lambda around, seen: envelope.unreadable_file(around, formats=seen.words.formats.split())
    ),
    "poids_fichier": _of_envelope(lambda around, _: envelope.heavy_file(around)),
}

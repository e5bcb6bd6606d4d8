"""Composes a message and a letter from the sentences ticked and the facts of the CV."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from clicnjob import policy
from clicnjob.apply.applications import Application
from clicnjob.apply.letter_words import SINGLE, LetterWords, Part, filled_sentence, letter_words
from clicnjob.apply.letters import Letter
from clicnjob.apply.words import job_in_sentence, of_job
from clicnjob.french import days, moments

_GREETING = re.compile(r"\s*(bonjour|bonsoir|madame|monsieur|mesdames|messieurs)\b[^\n]{0,80}", re.IGNORECASE)
_CIVILITIES = {"madame": "Madame", "mme": "Madame", "monsieur": "Monsieur", "m": "Monsieur", "mr": "Monsieur"}
_BODY: tuple[Part, ...] = ("raison", "moi", "envie", "suite")
_TOLD_LENGTH = 160  # characters of one experience, which is read at a glance
_FEW = 3  # aims; a sentence for more of them says little about one
_JOINED = "Vous trouverez mon CV en pièce jointe."
_JOINED_LETTER = "Vous trouverez mon CV avec cette lettre."


@dataclass(frozen=True, slots=True)
class Deed:
    """Something done, from the CV. `kind` is a kind of experience; `gestures` are infinitives in lower case."""

    id: str
    kind: str
    title: str
    place: str
    ongoing: bool
    gestures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes, as plain facts. Texts that are unknown are ''. `attachment` is the name of the CV file."""

    name: str
    phone: str = ""
    email: str = ""
    town: str = ""
    job: str = ""
    availability: str = ""
    deeds: tuple[Deed, ...] = ()
    quality: str = ""
    training: str = ""
    permit: str = ""
    way: str = ""
    language: str = ""
    attachment: str = "CV.pdf"


@dataclass(frozen=True, slots=True)
class Message:
    """A message to an employer, ready to copy. `text` is the whole body, with the signature."""

    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class LetterPage:
    """A letter as a page, in reading order: who writes, to whom, where and when, what about, the text, the signature."""

    sender: tuple[str, ...]
    recipient: tuple[str, ...]
    place_and_day: str
    subject: str
    greeting: str
    paragraphs: tuple[str, ...]
    closing: str
    signature: str


def offered_phrases(
    letter: Letter, part: Part, sender: Sender, *, about: Application | None = None, in_letter: bool = False
) -> dict[str, str]:
    """Return the sentences to offer in one part, by key, in display order; those of the CV come first."""
    words = letter_words()
    fields = _sentence_fields(letter, sender, about, words)
    found = _told_deeds(sender, words) if part == "moi" and _tells_deeds(letter, words) else {}
    for phrase in sorted(words.phrases, key=lambda each: not 0 < len(each.buts) <= _FEW):  # what fits the aim
        fits = phrase.partie == part and letter.moment in (phrase.moments or (letter.moment,))
        if fits and (not phrase.buts or letter.looked_for in phrase.buts):
            said = filled_sentence((in_letter and phrase.lettre) or phrase.texte, fields)
            if said and said not in found.values():
                found[phrase.cle] = _with_capital(said)
    return found


def picked_keys(letter: Letter, part: Part, offered: dict[str, str]) -> tuple[str, ...]:
    """Return the sentences ticked in a part; before any answer, the first one where a message needs one.

    The rest is never assumed: only what the CV says (an experience, the availability) is ticked beforehand.
    """
    if part in letter.picks:
        return tuple(key for key in letter.picks[part] if key in offered)
    first = next(iter(offered), "")
    from_cv = part == "moi" and first.startswith("exp-") or first == "suite-dispo"
    wanted = first if from_cv or (part in SINGLE and not letter.own.get(part)) else ""
    return (wanted,) if wanted else ()


def composed_message(letter: Letter, sender: Sender, *, about: Application | None = None) -> Message:
    """Return the message, as the person edited it if they did."""
    subject = letter.subject or _part_text(letter, "objet", sender, about)
    if letter.edited:
        return Message(subject, letter.edited)
    paragraphs = list(_paragraphs(letter, sender, about))
    if letter_words().moments[letter.moment].avec_cv:
        paragraphs.append(_JOINED)
    signed = "\n".join(line for line in (_part_text(letter, "fin", sender, about), *_signature(sender)) if line)
    whole = (_part_text(letter, "salut", sender, about), *paragraphs, signed)
    return Message(subject, "\n\n".join(part for part in whole if part))


def composed_letter(letter: Letter, sender: Sender, *, today: date, about: Application | None = None) -> LetterPage:
    """Return the letter. An edited message gives its paragraphs, without its greeting and its end."""
    paragraphs = edited_paragraphs(letter.edited, sender) if letter.edited else _paragraphs(letter, sender, about)
    with_cv = letter_words().moments[letter.moment].avec_cv
    if with_cv and not any("CV" in paragraph for paragraph in paragraphs):
        paragraphs = (*paragraphs, _JOINED_LETTER)
    paragraphs = tuple(paragraph.replace("en pièce jointe", "avec cette lettre") for paragraph in paragraphs)
    return LetterPage(
        sender=tuple(line for line in (sender.name, sender.town, sender.phone, sender.email) if line),
        recipient=tuple(line for line in (letter.employer, letter.contact, letter.town) if line),
        place_and_day=_place_and_day(sender.town, today),
        subject=_letter_subject(letter.subject or _part_text(letter, "objet", sender, about), sender),
        greeting=_part_text(letter, "salut", sender, about, in_letter=True),
        paragraphs=paragraphs,
        closing=_part_text(letter, "fin", sender, about, in_letter=True),
        signature=sender.name,
    )


def edited_paragraphs(edited: str, sender: Sender) -> tuple[str, ...]:
    """Return the paragraphs of an edited message without its greeting, its closing and its signature."""
    rows = [row.strip() for row in edited.split("\n\n") if row.strip()]
    if rows and _GREETING.fullmatch(rows[0]):
        rows = rows[1:]
    if rows and sender.name and sender.name in rows[-1]:
        before = rows[-1].split(sender.name)[0].strip().rstrip(",").split("\n")
        rows = [*rows[:-1], *(["\n".join(before[:-1])] if len(before) > 1 else [])]
    return tuple(" ".join(row.split("\n")) for row in rows)


def mail_link(message: Message, *, to: str = "") -> str:
    """Return a mailto: link, encoded and bounded: a text that is too long is left out, to be pasted instead."""
    body = message.text.replace("\n", "\r\n")
    link = f"mailto:{quote(to, safe='@.+-_')}?subject={quote(message.subject, safe='')}"
    whole = f"{link}&body={quote(body, safe='')}"
    return whole if len(whole) <= policy.MAIL_LINK_LENGTH else link


def _paragraphs(letter: Letter, sender: Sender, about: Application | None) -> tuple[str, ...]:
    """Return one paragraph for each part; what pleases and what comes next share the last one."""
    said = {part: _part_text(letter, part, sender, about) for part in _BODY}
    last = " ".join(text for text in (said["envie"], said["suite"]) if text)
    return tuple(text for text in (said["raison"], said["moi"], last) if text)


def _part_text(
    letter: Letter, part: Part, sender: Sender, about: Application | None, *, in_letter: bool = False
) -> str:
    offered = offered_phrases(letter, part, sender, about=about, in_letter=in_letter)
    picked = [offered[key] for key in picked_keys(letter, part, offered)]
    return " ".join(text for text in (*picked, letter.own.get(part, "")) if text)


def _signature(sender: Sender) -> tuple[str, ...]:
    return tuple(line for line in (sender.name, sender.phone, sender.email) if line)


def _tells_deeds(letter: Letter, words: LetterWords) -> bool:
    return "moi" in words.moments[letter.moment].parties


def _told_deeds(sender: Sender, words: LetterWords) -> dict[str, str]:
    return {f"exp-{deed.id}": told for deed in sender.deeds if (told := _told_deed(deed, words))}


def _told_deed(deed: Deed, words: LetterWords) -> str:
    """Return « J’ai fait un stage comme serveuse (Brasserie du Marché). J’y ai appris à dresser les tables. »

    A title that says the stage itself takes its place: « J’ai fait un stage d’observation. »
    """
    sentences = words.experiences[deed.kind]
    template = sentences.en_cours if deed.ongoing else sentences.fini
    title = job_in_sentence(deed.title)
    if title.startswith("stage "):
        template = template.replace("stage comme {titre}", "{titre}")
    if title.startswith("stag"):
        template = template.replace(" comme {titre}", "" if title.startswith("stagiaire") else " : {titre}")
    told = filled_sentence(template, {"titre": title, "lieu": deed.place})
    if not told:
        return ""
    learnt = " et à ".join(deed.gestures[:2])
    if len(told) + len(learnt) > _TOLD_LENGTH:
        learnt = deed.gestures[0]
    return f"{told} J’y {'apprends' if deed.ongoing else 'ai appris'} à {learnt}." if learnt else told


def _sentence_fields(letter: Letter, sender: Sender, about: Application | None, words: LetterWords) -> dict[str, str]:
    job = letter.title or sender.job
    fields = {
        "nom": sender.name,
        "metier": job_in_sentence(job),
        "de_metier": of_job(job),
        "entreprise": letter.employer,
        "contact": letter.contact,
        "civilite": _civility(letter.contact),
        "source": letter.source,
        "reference": letter.reference,
        "a_ville": _at_town(sender.town),
        "dispo": sender.availability,
        "telephone": sender.phone,
        "qualite": sender.quality,
        "formation": sender.training,
        "permis": sender.permit,
        "trajet": sender.way,
        "langue": sender.language,
    }
    if about is not None:
        fields["jour"] = days.shown_day(about.sent_on, today=about.sent_on) if about.sent_on else ""
        fields["jour_entretien"] = _near_day(about.interview_on) if about.interview_on else ""
    aim = words.aims[letter.looked_for]
    return fields | {
        "offre": filled_sentence(aim.offre, fields),
        "recherche": filled_sentence(aim.recherche, fields),
        "objet_but": filled_sentence(aim.objet, fields),
    }


def _letter_subject(subject: str, sender: Sender) -> str:
    """Return « Objet : candidature, poste de serveuse »: the name is already at the head of a letter."""
    bare = subject.removesuffix(f" – {sender.name}") if sender.name else subject
    bare = job_in_sentence(bare).replace("\u00a0: ", ", ")
    return f"Objet\u00a0: {bare}" if bare else ""


def _place_and_day(town: str, today: date) -> str:
    """Return « À Roubaix, le 1er décembre 2026 »."""
    number = "1er" if today.day == 1 else str(today.day)
    return _with_capital(
        ", ".join(part for part in (_at_town(town), f"le {number} {days.MONTHS[today.month - 1]} {today.year}") if part)
    )


def _at_town(town: str) -> str:
    """Return « à Lille », « au Havre », « aux Lilas »; '' for no town."""
    for article, contracted in (("Le ", "au "), ("Les ", "aux ")):
        if town.startswith(article):
            return contracted + town.removeprefix(article)
    return f"à {town}" if town else ""


def _civility(contact: str) -> str:
    """Return how a letter addresses somebody: « Madame », never with the name; both when it is not known."""
    first = contact.split(" ")[0].lower().rstrip(".")
    return _CIVILITIES.get(first, "Madame, Monsieur")


def _near_day(on: date) -> str:
    """Return « jeudi 3 décembre »: an interview is always near."""
    return moments.shown_day(on).removesuffix(f" {on.year}")


def _with_capital(said: str) -> str:
    return said[:1].upper() + said[1:]

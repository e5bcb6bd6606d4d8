"""The contact sheet (« fiche de liaison ») for a place of digital help: one page of what the person agreed to, line by line.

There is no line for a level, a mark, health or a handicap. The agreement and its day are printed on it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from pydantic import Field, field_validator
from sqlmodel import Session

from clicnjob import text, typeset
from clicnjob.errors import Refusal
from clicnjob.french import days
from clicnjob.generated_file import PDF, FileToBuild
from clicnjob.learn import library, records
from clicnjob.learn.digital_check import own_check, questions
from clicnjob.learn.digital_check.own_check import DigitalCheck
from clicnjob.learn.records import Records
from clicnjob.models import Account, Actor, LearningKind, WorkKind
from clicnjob.own_work import OwnWork
from clicnjob.works import WorkBody

NAME = "fiche-de-liaison.pdf"
THEMES_AT_MOST = 3
AUTONOMY = {
    "accompagne": "J’ai besoin de quelqu’un à côté de moi",
    "partiel": "Je fais une partie sans aide",
    "autonome": "Je me débrouille sans aide",
}
_SHEET = "_common/liaison.typ"
_LESSONS_LENGTH = 300  # some eight titles
_LONGEST = {"contact": 100, "wish": 200, "towards": 120, "meeting": 80}


class NoAgreement(Refusal):
    """A sheet is kept only with the agreement of its person."""

    sentence = "Coche d’abord «\u00a0Je suis d’accord\u00a0»."


class LiaisonLines(WorkBody, kind=WorkKind.LIAISON):
    """What the person gives, line by line; an empty or unticked line is not printed. `agreed_on` is an ISO date.

    An unknown autonomy or theme and a day that is none are left out, as a file written elsewhere may have them.
    """

    first_name: bool = False
    equipment: bool = False
    connection: bool = False
    lessons: bool = False
    contact: str = Field(default="", max_length=400)
    autonomy: str = Field(default="", max_length=20)
    themes: list[str] = Field(default_factory=list, max_length=THEMES_AT_MOST)
    wish: str = Field(default="", max_length=800)
    towards: str = Field(default="", max_length=480)
    meeting: str = Field(default="", max_length=320)
    agreed_on: str = Field(default="", max_length=10)

    @field_validator("autonomy")
    @classmethod
    def _known_autonomy(cls, key: str) -> str:
        return key if key in AUTONOMY else ""

    @field_validator("themes")
    @classmethod
    def _known_themes(cls, keys: list[str]) -> list[str]:
        return [key for key in dict.fromkeys(keys) if key in theme_titles()]

    @field_validator("agreed_on")
    @classmethod
    def _real_day(cls, said: str) -> str:
        try:
            return date.fromisoformat(said).isoformat()
        except ValueError:
            return ""


@dataclass(frozen=True, slots=True)
class LiaisonSheet:
    """What is printed: rows of a label and a text, who sends it, and the sentence of the agreement."""

    rows: tuple[tuple[str, str], ...]
    sender: str
    agreement: str


_OWN = OwnWork(WorkKind.LIAISON, LiaisonLines)


def own_lines(session: Session, *, of: Actor) -> LiaisonLines:
    """Return what the person agreed to give, empty before. One query. Raises NotForStaff."""
    return _OWN.read(session, of=of)


def agree_to_lines(
    session: Session, lines: LiaisonLines, *, by: Actor, agreed: bool, operation: str, today: date
) -> None:
    """Keep these lines, agreed to today. Raises NoAgreement, text.TooLong, NotForStaff."""
    if not agreed:
        raise NoAgreement
    cleaned = {name: text.clean_line(getattr(lines, name), most=most) for name, most in _LONGEST.items()}
    new = lines.model_copy(update={**cleaned, "agreed_on": today.isoformat()})

    def alter(body: LiaisonLines) -> None:
        for name in LiaisonLines.model_fields:
            setattr(body, name, getattr(new, name))

    _OWN.change(session, by=by, alter=alter, operation=operation)


def withdraw_lines(session: Session, *, by: Actor, operation: str) -> None:
    """Empty the sheet: the agreement is taken back, and nothing can be printed. Raises NotForStaff."""

    def alter(body: LiaisonLines) -> None:
        for name, value in LiaisonLines().model_dump().items():
            setattr(body, name, value)

    _OWN.change(session, by=by, alter=alter, operation=operation)


def theme_titles() -> Mapping[str, str]:
    """Return the themes that one can ask help for: the lessons that the digital check proposes, by key."""
    return {rule.lecon: rule.titre for rule in questions.lesson_rules()}


def own_liaison_file(session: Session, *, of: Actor) -> FileToBuild:
    """Make the person's sheet from what they agreed to. Raises NoAgreement, NotForStaff."""
    lines = own_lines(session, of=of)
    if not lines.agreed_on:
        raise NoAgreement
    check, account = own_check.own_check(session, of=of), session.get(Account, of.id)
    rows = (
        ("Prénom", account.first_name if account and lines.first_name else ""),
        ("Contact", lines.contact),
        ("Matériel", equipment_in_words(check) if lines.equipment else ""),
        ("Connexion", connection_in_words(check) if lines.connection else ""),
        ("Autonomie", AUTONOMY.get(lines.autonomy, "")),
        ("Thèmes", ", ".join(theme_titles()[key] for key in lines.themes)),
        ("Leçons faites", lessons_in_words(records.own_records(session, of=of)) if lines.lessons else ""),
        ("Souhait", lines.wish),
        ("Orientation vers", lines.towards),
        ("Rendez-vous", lines.meeting),
    )
    on = date.fromisoformat(lines.agreed_on)
    agreement = f"J’ai choisi ces lignes et je suis d’accord pour les donner. Le {day_in_words(on)}."
    return liaison_file(LiaisonSheet(rows, "la personne elle-même", agreement))


def equipment_in_words(check: DigitalCheck) -> str:
    """Return the equipment of the person's answers; '' when they said nothing."""
    return _answer_said(check, "materiel")


def connection_in_words(check: DigitalCheck) -> str:
    """Return the connection of the person's answers; '' when they said nothing."""
    return _answer_said(check, "connexion")


def lessons_in_words(done: Records) -> str:
    """Return the titles of the lessons finished last; '' when there is none."""
    finished = [one for one in done.values() if one.kind is LearningKind.LESSON and one.finished_at]
    finished.sort(key=lambda one: str(one.finished_at), reverse=True)
    known = library.shipped_lessons()
    return ", ".join(known[one.content_id].titre for one in finished if one.content_id in known)[:_LESSONS_LENGTH]


def day_in_words(on: date) -> str:
    """Return a day with its year: « 3 mai 2026 »."""
    return days.shown_day(on, today=date.min if on.year > date.min.year else date.max)


def liaison_file(sheet: LiaisonSheet) -> FileToBuild:
    """Print a sheet as one tagged A4 page; characters that no font draws are left out."""
    data = {
        "fallbacks": typeset.FALLBACK_FONTS,
        "rows": [{"label": label, "text": said} for label, said in sheet.rows if said],
        "sender": sheet.sender,
        "agreement": sheet.agreement,
    }
    return FileToBuild(NAME, PDF, partial(typeset.sheet_pdf, _SHEET, data))


def _answer_said(check: DigitalCheck, question: str) -> str:
    asked = next(one for one in questions.check_questions() if one.cle == question)
    return questions.answer_in_words(asked, check.answers)

"""The page that a person keeps of a group session: what I did, what I gained, what I can use again.

It is theirs: a trainer prints it only when the person lets them, and no level is proposed. Source of the three lines: the
approach by competences of the Écoles de la 2e chance (2018).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlmodel import Session, col, select

from clicnjob import policy, text
from clicnjob.accounts import structure_settings
from clicnjob.errors import NotFound, Refusal
from clicnjob.models import (
    YOUNG_ROLES,
    Account,
    Actor,
    Organisation,
    ParticipantState,
    PortfolioLine,
    Workshop,
    WorkshopEvent,
    WorkshopParticipant,
)
from clicnjob.workshops import events, permissions
from clicnjob.workshops.records.portfolio_words import portfolio_words


class TooManySentences(Refusal):
    """A line has more sentences than the page can hold."""

    sentence = f"{policy.PORTFOLIO_SENTENCES} phrases, c’est le plus. Enlèves-en une d’abord."


class TooManyCompetences(Refusal):
    """More competences are ticked than a person can speak about."""

    sentence = f"{policy.PORTFOLIO_COMPETENCES} compétences, c’est le plus. Enlèves-en une d’abord."


class ListTooLong(Refusal):
    """A structure's own list has more competences than a young person can look through."""

    sentence = f"{policy.COMPETENCES_AT_MOST} compétences, c’est le plus. Enlevez-en, puis recommencez."


class Line(StrEnum):
    """The lines of the page, in their order."""

    DID = "did"
    GAINED = "gained"
    REUSE = "reuse"


@dataclass(frozen=True, slots=True)
class PortfolioPage:
    """One person's page. `activities` are the keys of what the group did, `titles` their names with their order kept."""

    participant_id: str
    name: str
    organisation: str
    title: str
    began_at: datetime
    minutes: int
    activities: tuple[str, ...]
    titles: tuple[str, ...]
    lines: dict[Line, tuple[str, ...]]
    competences: tuple[str, ...]
    next_step: str
    shared: bool
    ended: bool

    @property
    def is_empty(self) -> bool:
        """Whether the person has written nothing yet."""
        return not (any(self.lines.values()) or self.competences or self.next_step)


def own_page(session: Session, *, of: Actor, now: datetime) -> PortfolioPage | None:
    """Return the page of the person's running or latest session, None when it is too long ago. At most five queries."""
    row = _own_participant(session, of, now)
    if row is None:
        return None
    workshop = session.get(Workshop, row.workshop_id)
    assert workshop is not None
    return _page_of(session, workshop, row, _name_of(session, row))


def tick_sentence(session: Session, *, by: Actor, line: Line, sentence: str, ticked: bool, now: datetime) -> None:
    """Add a ready sentence to a line of the person's own page, or take it out. Raises NotFound, TooManySentences."""
    _replace_sentence(session, by, line, (sentence, sentence if ticked else ""), now)


def write_sentence(session: Session, *, by: Actor, line: Line, before: str, typed: str, now: datetime) -> None:
    """Put one's own sentence in the place of `before` ('' for a new one). Raises NotFound, TooManySentences, TooLong."""
    _replace_sentence(session, by, line, (before, typed), now)


def tick_competence(session: Session, *, by: Actor, competence: str, ticked: bool, now: datetime) -> None:
    """Name one of the structure's competences, or no longer. Raises NotFound for a word of no list, TooManyCompetences."""
    kept = _own_line(session, by, now)
    others = [one for one in kept.competences if one != competence]
    if ticked:
        if competence not in offered_competences(session, organisation_id=by.organisation_id):
            raise NotFound
        if len(others) >= policy.PORTFOLIO_COMPETENCES:
            raise TooManyCompetences
        others.append(competence)
    kept.competences, kept.changed_at = others, now
    session.flush()


def choose_next_step(session: Session, *, by: Actor, sentence: str, now: datetime) -> None:
    """Note what the person does next; '' takes it away. Raises NotFound, TooLong."""
    kept = _own_line(session, by, now)
    kept.next_step, kept.changed_at = text.clean_line(sentence, most=policy.LINE_LENGTH), now
    session.flush()


def share_page(session: Session, *, by: Actor, shared: bool, now: datetime) -> None:
    """Let the trainers of the session print the page, or no longer. Raises NotFound."""
    kept = _own_line(session, by, now)
    kept.shared, kept.changed_at = shared, now
    session.flush()


def offered_competences(session: Session, *, organisation_id: str | None) -> tuple[str, ...]:
    """Return the structure's own list of competences, ours while it has none. One query."""
    own = structure_settings.current_settings(session, organisation_id=organisation_id).body.competences
    return own or shipped_competences()


def shipped_competences() -> tuple[str, ...]:
    """Return our list, offered where a structure has none of its own."""
    return tuple(one.texte for one in portfolio_words().competences)


def shared_pages(session: Session, *, by: Actor, workshop_id: str) -> tuple[PortfolioPage, ...]:
    """Return the pages that participants let the trainers print, by first name. Raises NotFound."""
    workshop = permissions.led_workshop(session, by=by, workshop_id=workshop_id)
    query = (
        select(WorkshopParticipant)
        .join(PortfolioLine, col(PortfolioLine.participant_id) == col(WorkshopParticipant.id))
        .where(WorkshopParticipant.workshop_id == workshop.id, col(PortfolioLine.shared))
        .order_by(WorkshopParticipant.first_name, WorkshopParticipant.id)
    )
    return tuple(_page_of(session, workshop, row, _name_of(session, row)) for row in session.exec(query).all())


def blank_page(session: Session, *, by: Actor, workshop_id: str) -> PortfolioPage:
    """Return the page of the session without anybody's words, to be filled in by hand. Raises NotFound."""
    workshop = permissions.led_workshop(session, by=by, workshop_id=workshop_id)
    return _page_of(session, workshop, None, "")


def _replace_sentence(session: Session, by: Actor, line: Line, words: tuple[str, str], now: datetime) -> None:
    kept = _own_line(session, by, now)
    before, after = (text.clean_line(one, most=policy.LINE_LENGTH) for one in words)
    sentences = [one for one in _split_lines(getattr(kept, line.value)) if one not in (before, after)]
    if after:
        if len(sentences) >= policy.PORTFOLIO_SENTENCES:
            raise TooManySentences
        sentences.append(after)
    setattr(kept, line.value, "\n".join(sentences))
    kept.changed_at = now
    session.flush()


def _own_participant(session: Session, of: Actor, now: datetime) -> WorkshopParticipant | None:
    """Return the person's place in their latest session, while it may still be written about."""
    if not of.roles & YOUNG_ROLES:
        return None
    query = (
        select(WorkshopParticipant)
        .join(Workshop, col(Workshop.id) == col(WorkshopParticipant.workshop_id))
        .where(
            WorkshopParticipant.account_id == of.id,
            WorkshopParticipant.state == ParticipantState.ADMITTED,
            col(Workshop.began_at) > now - policy.PORTFOLIO_OFFERED,
        )
    )
    return session.exec(query.order_by(col(Workshop.began_at).desc(), WorkshopParticipant.id).limit(1)).first()


def _own_line(session: Session, by: Actor, now: datetime) -> PortfolioLine:
    row = _own_participant(session, by, now)
    if row is None:
        raise NotFound
    kept = session.get(PortfolioLine, row.id)
    if kept is None:
        kept = PortfolioLine(participant_id=row.id, changed_at=now)
        session.add(kept)
    return kept


def _page_of(session: Session, workshop: Workshop, row: WorkshopParticipant | None, name: str) -> PortfolioPage:
    organisation = session.get(Organisation, workshop.organisation_id)
    kept = session.get(PortfolioLine, row.id) if row else None
    pushed = _pushed_activities(session, workshop.id)
    return PortfolioPage(
        row.id if row else "",
        name,
        organisation.name if organisation else "",
        workshop.title,
        workshop.began_at,
        workshop.minutes,
        tuple(dict.fromkeys(key for key, _ in pushed)),
        tuple(dict.fromkeys(title for _, title in pushed if title)),
        {line: _split_lines(getattr(kept, line.value)) if kept else () for line in Line},
        tuple(kept.competences) if kept else (),
        kept.next_step if kept else "",
        bool(kept and kept.shared),
        workshop.ended_at is not None,
    )


def _pushed_activities(session: Session, workshop_id: str) -> list[tuple[str, str]]:
    """Return the key and the title of each activity that was pushed, in order."""
    query = select(WorkshopEvent).where(WorkshopEvent.workshop_id == workshop_id, WorkshopEvent.kind == "pushed")
    rows = session.exec(query.order_by(col(WorkshopEvent.at), WorkshopEvent.id))
    return [events.pushed_activity(event) for event in rows]


def _name_of(session: Session, row: WorkshopParticipant) -> str:
    account = session.get(Account, row.account_id) if row.account_id else None
    named = f"{account.first_name} {account.last_name}".strip() if account else ""
    return named or row.first_name


def _split_lines(words: str) -> tuple[str, ...]:
    return tuple(one for one in words.split("\n") if one)


def cleaned_competences(typed: Iterable[str]) -> tuple[str, ...]:
    """Return a structure's own list, without empty lines or the same line twice. Raises TooLong, ListTooLong."""
    lines = (text.clean_line(one, most=policy.NAME_LENGTH) for one in typed)
    kept: dict[str, str] = {}
    for one in lines:
        if one:
            kept.setdefault(text.fold_text(one), one)
    if len(kept) > policy.COMPETENCES_AT_MOST:
        raise ListTooLong
    return tuple(kept.values())

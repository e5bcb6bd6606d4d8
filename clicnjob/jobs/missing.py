"""Counts words that the search did not know, without the person, and lets a structure add them as synonyms."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func
from sqlmodel import Session, col, select

from clicnjob import policy, text
from clicnjob.errors import NotFound, Refusal
from clicnjob.jobs.conditions import read_conditions
from clicnjob.jobs.finder import job_catalogue
from clicnjob.jobs.query import Query
from clicnjob.jobs.support import find_support, read_plea
from clicnjob.models import MANAGING_ROLES, Account, Actor, MissingWord, Synonym

_NOT_WORDS = re.compile(r"[\d@]")
_UNSPACED = ("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR", "TIBETAN")  # one « word » is a sentence


class MayNotAddWords(Refusal):
    """Raised for an actor who may not manage the words of the structure."""

    sentence = "Seule l’administration de la structure peut ajouter des mots."


@dataclass(frozen=True, slots=True)
class MissingWords:
    """Words that were not found, how often, and when last."""

    words: str
    count: int
    last_on: date


@dataclass(frozen=True, slots=True)
class AddedSynonym:
    """Words that a structure added, and the sheet (`job`) they lead to."""

    id: str
    words: str
    job: str


def may_add_words(actor: Actor) -> bool:
    """Allow heads and admins, who answer for what the structure adds to the content."""
    return bool(actor.roles & MANAGING_ROLES)


def count_missing_words(session: Session, *, by: Actor, query: Query, today: date) -> bool:
    """Count words that the search could not answer, without the person. Return False if they were left out.

    Numbers, addresses, sentences, words of distress and the conditions of a wish (« la nuit », « mal au dos ») are left
    out, since they may reveal who typed them.
    """
    words = read_conditions(query).rest.folded
    if not words or _NOT_WORDS.search(words) or _may_be_a_story(words) or find_support(read_plea(query)):
        return False
    here = _organisation_of(session, by)
    known = session.exec(
        select(MissingWord).where(MissingWord.words == words, col(MissingWord.organisation_id) == here)
        if here
        else select(MissingWord).where(MissingWord.words == words, col(MissingWord.organisation_id).is_(None))
    ).first()
    if known:
        known.count, known.last_on = known.count + 1, today
    elif session.exec(select(func.count(col(MissingWord.id)))).one() >= policy.MISSING_WORDS_AT_MOST:
        return False
    else:
        session.add(MissingWord(organisation_id=here, words=words, last_on=today))
    return True


def missing_words(session: Session, *, of: Actor, most: int = 50) -> tuple[MissingWords, ...]:
    """Return the words most often not found in the actor's structure or by guests, in one query. Raises MayNotAddWords."""
    _check_actor(of)
    here = _organisation_of(session, of)
    query = select(MissingWord).where(
        (col(MissingWord.organisation_id) == here) | col(MissingWord.organisation_id).is_(None)
    )
    rows = session.exec(query.order_by(col(MissingWord.count).desc(), MissingWord.words).limit(most))
    return tuple(MissingWords(row.words, row.count, row.last_on) for row in rows)


def add_synonym(session: Session, *, by: Actor, words: str, job: str) -> None:
    """Add words that lead to a sheet; they no longer count as missing.

    Raises MayNotAddWords, NotFound for an unknown sheet, or Refusal when there are no words or too many.
    """
    _check_actor(by)
    if job not in job_catalogue().by_key:
        raise NotFound
    said = text.clean_line(words, most=policy.MISSING_WORDS_LENGTH)
    if not said:
        raise Refusal("Écrivez les mots à ajouter.")
    here = _organisation_of(session, by)
    if (
        session.exec(select(func.count(col(Synonym.id))).where(Synonym.organisation_id == here)).one()
        >= policy.SYNONYMS_AT_MOST
    ):
        raise Refusal("Votre structure a déjà 500 mots ajoutés. Retirez-en un, puis recommencez.")
    session.add(Synonym(organisation_id=here, words=said, job=job, by_id=by.id))
    for row in session.exec(select(MissingWord).where(MissingWord.words == text.fold_text(said))):
        session.delete(row)


def added_synonyms(session: Session, *, of: Actor) -> tuple[AddedSynonym, ...]:
    """Return the words that the actor's structure added, in one query. Raises MayNotAddWords."""
    _check_actor(of)
    query = select(Synonym).where(Synonym.organisation_id == _organisation_of(session, of))
    rows = session.exec(query.order_by(Synonym.words, Synonym.id))
    return tuple(AddedSynonym(row.id, row.words, row.job) for row in rows)


def remove_synonym(session: Session, *, by: Actor, synonym_id: str) -> None:
    """Delete added words. Raises MayNotAddWords, or NotFound, also for words of another structure."""
    _check_actor(by)
    row = session.get(Synonym, synonym_id)
    if row is None or row.organisation_id != _organisation_of(session, by):
        raise NotFound
    session.delete(row)


def as_word_file(words: tuple[AddedSynonym, ...]) -> str:
    """Return the added words as YAML in the format of data/jobs/mots, to share with other structures."""
    jobs = job_catalogue().by_key
    lines = [
        f"- {{mots: [{json.dumps(row.words, ensure_ascii=False)}], codes: [{', '.join(jobs[row.job].rome[:8])}]}}"
        for row in words
        if row.job in jobs
    ]
    return "\n".join(lines) + "\n"


def _may_be_a_story(words: str) -> bool:
    """Tell whether words are long enough to tell of a person: sooner in a script where no distress is recognised."""
    letters = [letter for letter in words if letter.isalpha()]
    foreign = any(not unicodedata.name(letter, "").startswith("LATIN") for letter in letters)
    unspaced = any(unicodedata.name(letter, "").startswith(_UNSPACED) for letter in letters)
    most = policy.MISSING_WORDS_IN_ANOTHER_SCRIPT if foreign else policy.MISSING_WORDS_IN_A_WISH
    return unspaced or len(words) > policy.MISSING_WORDS_LENGTH or len(words.split()) > most


def _check_actor(actor: Actor) -> None:
    if not may_add_words(actor):
        raise MayNotAddWords


def _organisation_of(session: Session, actor: Actor) -> str | None:
    account = session.get(Account, actor.id)
    return account.organisation_id if account else None

"""The contact sheet: only the lines that its person agreed to, with the agreement and its day."""

from __future__ import annotations

import io
from datetime import date

import pypdf
import pytest
from sqlmodel import Session

from clicnjob import works
from clicnjob.cohort.support import liaison_sheet
from clicnjob.cohort.support.liaison_sheet import NothingShared
from clicnjob.errors import NotFound
from clicnjob.generated_file import FileToBuild
from clicnjob.learn import liaison
from clicnjob.learn.digital_check import own_check
from clicnjob.learn.liaison import LiaisonLines, NoAgreement
from clicnjob.models import Account, ConsentTo, Role
from clicnjob.own_work import NotForStaff
from clicnjob.privacy import sharing, views
from clicnjob.text import TooLong
from tests.cohort_people import NOW, TODAY, place
from tests.conftest import person
from tests.for_each import for_each

ANSWERS = {"materiel": ["telephone", "ordinateur"], "connexion": ["juste"], "adresse": ["non"]}


def text_of(made: FileToBuild) -> str:
    read = pypdf.PdfReader(io.BytesIO(made.build()))
    assert len(read.pages) == 1 and read.trailer["/Root"]["/MarkInfo"]["/Marked"]
    return " ".join(read.pages[0].extract_text().replace("\u00a0", " ").split())


def agree(session: Session, by: Account, lines: LiaisonLines, *, agreed: bool = True) -> None:
    liaison.agree_to_lines(
        session, lines, by=by, agreed=agreed, operation=works.new_operation(), today=date(2026, 11, 30)
    )


def checked(session: Session, who: Account) -> None:
    own_check.enter_from_paper(session, by=who, answers=ANSWERS, agreed=True, operation=who.id, today=TODAY)


def test_only_the_lines_agreed_to_are_printed(session: Session) -> None:
    young = person(session, Role.YOUNG, first_name="Zoé")
    checked(session, young)
    agree(session, young, LiaisonLines(equipment=True, wish="Écrire à mon <b>patron</b> #read", themes=["pdf-ou-word"]))
    said = text_of(liaison.own_liaison_file(session, of=young))
    assert "Un ordinateur, Un téléphone avec internet" in said and "#read" in said and "<b>patron</b>" in said
    assert "PDF ou Word" in said and "30 novembre 2026" in said and "Accord" in said
    assert "Zoé" not in said and "gigas" not in said and "Autonomie" not in said


def test_without_agreement_nothing_is_kept_and_one_taken_back_prints_nothing(session: Session) -> None:
    young = person(session, Role.YOUNG)
    with pytest.raises(NoAgreement):
        agree(session, young, LiaisonLines(first_name=True), agreed=False)
    with pytest.raises(NoAgreement):
        liaison.own_liaison_file(session, of=young)
    agree(session, young, LiaisonLines(first_name=True, contact="06 39 98 12 34"))
    liaison.withdraw_lines(session, by=young, operation="w")
    assert liaison.own_lines(session, of=young) == LiaisonLines()
    with pytest.raises(NoAgreement):
        liaison.own_liaison_file(session, of=young)
    with pytest.raises(NotForStaff):
        agree(session, person(session, Role.ADVISER), LiaisonLines())


def test_what_is_typed_is_bounded(session: Session) -> None:
    young = person(session, Role.YOUNG)
    with pytest.raises(TooLong):
        agree(session, young, LiaisonLines(wish="x" * 201))


@for_each("day", ["hier", "2026-13-40", "20261130x", "0000-00-00"])
def test_what_a_file_says_wrongly_is_left_out(day: str) -> None:
    given = {"agreed_on": day, "autonomy": "nul", "themes": ["inconnu", "pdf-ou-word", "pdf-ou-word"], "wish": "Lire"}
    assert LiaisonLines.model_validate(given) == LiaisonLines(themes=["pdf-ou-word"], wish="Lire")
    assert LiaisonLines(agreed_on="2026-11-30").agreed_on == "2026-11-30"
    assert liaison.day_in_words(date(1, 3, 2)) == "2 mars 1" and liaison.day_in_words(date.max) == "31 décembre 9999"


def test_the_adviser_prints_what_is_shown_and_its_person_reads_that(session: Session) -> None:
    here = place(session)
    young = here.young()
    checked(session, young)
    for key in ("permis", "argent"):
        sharing.keep_obstacle(session, by=young, key=key, keep=True, operation=f"{young.id}{key}", now=NOW)
    given = {"account_id": young.id, "today": TODAY, "now": NOW}
    with pytest.raises(NothingShared):
        liaison_sheet.shared_liaison_file(session, by=here.claire, **given)
    sharing.share_obstacle(session, by=young, key="permis", on=True, now=NOW)
    said = text_of(liaison_sheet.shared_liaison_file(session, by=here.claire, **given))
    assert "Je n’ai pas le permis" in said and "argent" not in said and "ordinateur" not in said
    assert "Accord donné dans ClicNJob le" in said
    sharing.switch_sharing(session, by=young, what=ConsentTo.CHECK, on=True, now=NOW)
    assert "Un ordinateur" in text_of(liaison_sheet.shared_liaison_file(session, by=here.claire, **given))
    assert any("fiche de liaison" in view.did for view in views.file_views(session, of=young, now=NOW))
    with pytest.raises(NotFound):
        liaison_sheet.shared_liaison_file(session, by=here.trainer, **given)

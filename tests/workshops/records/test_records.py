"""What a group session leaves: a sheet to sign, a page a person, a page for the group."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pypdf
import pytest
from sqlmodel import Session, select

from clicnjob import models, policy, typeset, works
from clicnjob.accounts import people, presence
from clicnjob.cv.model import bag
from clicnjob.errors import NotFound
from clicnjob.models import (
    Account,
    Attendance,
    ParticipantState,
    PortfolioLine,
    Role,
    SignIn,
    WorkKind,
    Workshop,
    WorkshopParticipant,
)
from clicnjob.workshops import attendance, lifecycle
from clicnjob.workshops.live import progress, pushing, questions
from clicnjob.workshops.records import group_page, portfolio, portfolio_file, sheet
from clicnjob.workshops.records.portfolio import Line
from clicnjob.workshops.records.portfolio_words import fitting_phrases, portfolio_words
from tests import leaving_files
from tests.cohort_people import NOW, Place, place
from tests.conftest import count_queries, person

pytestmark = pytest.mark.usefixtures("peppered")
pytest_plugins = ["tests.sign_in_pages"]
MINUTE = timedelta(minutes=1)


@dataclass
class Group:
    """A running session of a trainer, with a young person of the structure and a guest, both admitted."""

    here: Place
    session: Session
    workshop_id: str
    tom: Account
    guest: Account

    @property
    def led(self) -> dict[str, object]:
        """The trainer's act on their own session."""
        return {"by": self.here.trainer, "workshop_id": self.workshop_id}

    def end(self, minutes: int = 90) -> None:
        """The session ends."""
        lifecycle.end_workshop(self.session, **self.led, now=NOW + minutes * MINUTE)  # type: ignore[arg-type]


@pytest.fixture
def group(session: Session) -> Group:
    here = place(session)
    workshop_id = lifecycle.begin_workshop(session, by=here.trainer, kind="cv", now=NOW)
    tom, guest = here.newcomer("Tom", "Soi"), person(session, Role.GUEST)
    for who, name in ((tom, "Tom"), (guest, "Sofiane")):
        session.add(
            WorkshopParticipant(
                workshop_id=workshop_id,
                account_id=who.id,
                first_name=name,
                guest=who.role is Role.GUEST,
                state=ParticipantState.ADMITTED,
                asked_at=NOW,
                admitted_at=NOW + 5 * MINUTE,
            )
        )
    session.flush()
    return Group(here, session, workshop_id, tom, guest)


def test_who_was_admitted_is_noted_as_present_at_the_end_and_a_guest_is_not(group: Group) -> None:
    group.end()
    assert group.session.exec(select(Attendance.account_id)).all() == [group.tom.id]


def test_a_rehearsal_leaves_no_attendance(group: Group) -> None:
    workshop = group.session.get(Workshop, group.workshop_id)
    assert workshop is not None
    workshop.rehearsal = True
    group.end()
    assert group.session.exec(select(Attendance)).all() == []


def test_the_trainer_is_told_which_guests_would_lose_their_work(group: Group) -> None:
    token = presence.begin_sign_in(group.session, account=group.guest, now=NOW)
    bag.open_bag(group.session, by=group.guest, operation=models.random_id())
    assert guests_told(group) == (), "an empty CV is no work"
    works.start_work(
        group.session,
        by=group.guest,
        kind=WorkKind.PROFILE,
        body={"first_name": "Sofiane"},
        operation=models.random_id(),
    )
    group.end()
    assert guests_told(group) == ("Sofiane",)
    signed_in = group.session.exec(select(SignIn).where(SignIn.account_id == group.guest.id)).one()
    signed_in.work_taken_at = models.utc_now() + MINUTE
    group.session.flush()
    assert guests_told(group) == ()
    signed_in.work_taken_at = None
    presence.end_sign_in(group.session, token, reason="left", now=NOW)
    assert guests_told(group) == ()


def guests_told(group: Group) -> tuple[str, ...]:
    group.session.flush()
    return attendance.guests_with_work(group.session, by=group.here.trainer, workshop_id=group.workshop_id)


def test_the_sheet_lists_people_then_guests_with_their_hours(group: Group) -> None:
    group.end()
    with count_queries(group.session.get_bind(), 6):  # type: ignore[arg-type]
        shown = sheet.attendance_sheet(group.session, **group.led)  # type: ignore[arg-type]
    assert [one.name for one in shown.people] == ["Tom Soi"]
    assert [(one.name, one.arrived_at) for one in shown.guests] == [("Sofiane", NOW + 5 * MINUTE)]
    assert shown.trainers == (f"{group.here.trainer.first_name} {group.here.trainer.last_name}",)


def test_a_guest_who_has_left_is_still_on_the_sheet_by_first_name(group: Group) -> None:
    group.end()
    people.erase_guest(group.session, account_id=group.guest.id, now=NOW + 2 * MINUTE)
    shown = sheet.attendance_sheet(group.session, **group.led)  # type: ignore[arg-type]
    assert [one.name for one in shown.guests] == ["Sofiane"]


def test_the_sheet_is_to_be_signed_once_each_half_day(group: Group) -> None:
    group.end(minutes=90)
    whole = sheet.attendance_sheet(group.session, **group.led)  # type: ignore[arg-type]
    morning = whole.began_at.astimezone().replace(hour=9, minute=0)
    longer = sheet.AttendanceSheet(
        whole.organisation, whole.title, "", morning, morning + timedelta(hours=6), 240, "cv", (), (), ()
    )
    assert sheet.sheet_data(longer)["halves"] == ["matin", "après-midi"]


def test_the_printed_sheet_says_who_and_what_funders_expect(group: Group) -> None:
    group.end()
    printed = leaving_files.printed(sheet.attendance_sheet_pdf(group.session, **group.led, now=NOW).build())  # type: ignore[arg-type]
    said = " ".join(printed.split())
    for words in ("Feuille de présence", "Organisme", "Tom Soi", "Sofiane", "Signature", "à inscrire dans i-milo"):
        assert words in said


def test_a_person_writes_their_page_and_keeps_it_to_themselves(group: Group) -> None:
    tom, session = group.tom, group.session
    portfolio.tick_sentence(session, by=tom, line=Line.DID, sentence="J’ai fait une page.", ticked=True, now=NOW)
    portfolio.write_sentence(session, by=tom, line=Line.DID, before="", typed="J’ai ri.", now=NOW)
    portfolio.write_sentence(session, by=tom, line=Line.DID, before="J’ai ri.", typed="J’ai bien ri.", now=NOW)
    portfolio.choose_next_step(session, by=tom, sentence="Relire mon CV.", now=NOW)
    page = portfolio.own_page(session, of=tom, now=NOW)
    assert page is not None
    assert page.lines[Line.DID] == ("J’ai fait une page.", "J’ai bien ri.")
    assert page.next_step == "Relire mon CV."
    assert portfolio.shared_pages(session, **group.led) == ()  # type: ignore[arg-type]
    portfolio.share_page(session, by=tom, shared=True, now=NOW)
    assert [one.name for one in portfolio.shared_pages(session, **group.led)] == ["Tom Soi"]  # type: ignore[arg-type]


def test_a_line_and_the_competences_have_a_bound(group: Group) -> None:
    add = {"by": group.tom, "line": Line.GAINED, "ticked": True, "now": NOW}
    for number in range(policy.PORTFOLIO_SENTENCES):
        portfolio.tick_sentence(group.session, sentence=f"Phrase {number}", **add)  # type: ignore[arg-type]
    with pytest.raises(portfolio.TooManySentences):
        portfolio.tick_sentence(group.session, sentence="Une de trop", **add)  # type: ignore[arg-type]
    offered = portfolio.offered_competences(group.session, organisation_id=group.tom.organisation_id)
    for one in offered[: policy.PORTFOLIO_COMPETENCES]:
        portfolio.tick_competence(group.session, by=group.tom, competence=one, ticked=True, now=NOW)
    with pytest.raises(portfolio.TooManyCompetences):
        portfolio.tick_competence(group.session, by=group.tom, competence=offered[-1], ticked=True, now=NOW)
    with pytest.raises(NotFound):
        portfolio.tick_competence(group.session, by=group.tom, competence="Niveau 3", ticked=True, now=NOW)


def test_nobody_else_has_a_page_of_the_session(group: Group) -> None:
    other = group.here.newcomer("Ana", "Loin")
    assert portfolio.own_page(group.session, of=other, now=NOW) is None
    with pytest.raises(NotFound):
        portfolio.share_page(group.session, by=other, shared=True, now=NOW)
    row = group.session.exec(select(WorkshopParticipant).where(WorkshopParticipant.account_id == group.tom.id)).one()
    row.state = ParticipantState.REMOVED
    assert portfolio.own_page(group.session, of=group.tom, now=NOW) is None


def test_the_page_is_offered_for_a_week(group: Group) -> None:
    later = NOW + policy.PORTFOLIO_OFFERED
    assert portfolio.own_page(group.session, of=group.tom, now=later - MINUTE) is not None
    assert portfolio.own_page(group.session, of=group.tom, now=later) is None


def test_what_a_guest_wrote_goes_with_their_visit(group: Group) -> None:
    portfolio.choose_next_step(group.session, by=group.guest, sentence="Rappeler.", now=NOW)
    people.erase_guest(group.session, account_id=group.guest.id, now=NOW + 2 * MINUTE)
    assert group.session.exec(select(PortfolioLine)).all() == []


def test_phrases_of_the_activity_come_before_those_of_any() -> None:
    offered = fitting_phrases(portfolio_words().fait, ["entretien.trio"])
    assert offered[0] == "J’ai joué un entretien, et j’ai observé celui d’un autre."
    assert "J’ai fait une page de CV." not in offered
    assert len(offered) >= 4


def test_the_page_of_the_group_counts_and_names_nobody(group: Group) -> None:
    session, led = group.session, group.led
    at = {"of": group.tom, "page": "", "now": NOW + 40 * MINUTE}
    pushing.push_activity(session, **led, activity="cv.page", now=NOW + 10 * MINUTE)  # type: ignore[arg-type]
    progress.note_done(session, **at)  # type: ignore[arg-type]
    pushing.push_activity(session, **led, activity="cv.page", now=NOW + 50 * MINUTE)  # type: ignore[arg-type]
    asked = questions.ask_group(session, **led, kind="choix", question="On continue ?", choices=["Oui", "Non"], now=NOW)  # type: ignore[arg-type]
    questions.answer_question(session, by=group.tom, question_id=asked, choice=0, now=NOW)
    group.end()
    page = group_page.group_page(session, **led)  # type: ignore[arg-type]
    assert [(one.title, one.minutes, one.finished) for one in page.activities] == [
        ("Ma page", 40, 1),
        ("Ma page", 40, 0),
    ]
    assert (page.people, page.guests) == (1, 1)
    own = portfolio.own_page(session, of=group.tom, now=NOW)
    assert own is not None and (own.activities, own.titles) == (("cv.page",), ("Ma page",))
    printed = leaving_files.printed(group_page.group_page_pdf(session, **led, now=NOW).build())  # type: ignore[arg-type]
    assert "On continue ? Oui 1 Non 0" in " ".join(printed.split())
    assert not [name for name in ("Tom", "Soi", "Sofiane") if name in printed.split()]


def test_the_page_of_the_group_says_each_answer_in_words(group: Group) -> None:
    led: dict[str, Any] = {**group.led, "now": NOW}
    counted = []
    for kind, said in (("echelle", {"choice": 5}), ("nuage", {"written": "bien"}), ("texte", {})):
        asked = questions.ask_group(group.session, **led, kind=kind, question=f"Et {kind} ?")
        if said:
            questions.answer_question(group.session, by=group.tom, question_id=asked, now=NOW, **said)
    for one in group_page.group_page(group.session, **group.led).questions:
        counted.append([answer for answer in one.counts if answer[1]])
    assert sorted(counted) == [[], [("5, tout à fait", 1)], [("Réponses écrites", 1)]]


def test_every_page_for_the_portfolio_is_one_page_long(group: Group) -> None:
    long = "Une phrase assez longue pour tenir sur deux lignes de la page, mais pas plus que ça."
    for line in Line:
        for number in range(policy.PORTFOLIO_SENTENCES):
            portfolio.tick_sentence(
                group.session, by=group.tom, line=line, sentence=f"{number} {long}", ticked=True, now=NOW
            )
    page = portfolio.own_page(group.session, of=group.tom, now=NOW)
    assert page is not None
    data = {"fallbacks": typeset.FALLBACK_FONTS, "pages": [portfolio_file.page_data(page)]}
    assert len(pypdf.PdfReader(io.BytesIO(typeset.sheet_pdf("_common/workshops/portfolio.typ", data))).pages) == 1

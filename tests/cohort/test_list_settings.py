"""What a professional sets for themselves: columns that stay, and the address of a sheet that names nobody."""

from __future__ import annotations

import pytest
from sqlmodel import Session, select

from clicnjob.cohort import columns, permissions, sheet_address
from clicnjob.cohort.progress.overview import NO_ADVISER, CohortFilters, cohort_page
from clicnjob.cohort.support import printed_file
from clicnjob.cv.model import bag
from clicnjob.errors import NotFound
from clicnjob.models import AuditEvent
from tests.cohort_people import NOW, TODAY, Place, place


@pytest.fixture
def here(session: Session) -> Place:
    return place(session)


def test_columns_stay_as_chosen_and_only_a_head_has_the_adviser_s(here: Place) -> None:
    assert columns.shown_columns(here.session, of=here.claire) == ("telephone", "etape", "cv", "activite")
    assert columns.shown_columns(here.session, of=here.head)[-1] == "conseiller"
    columns.choose_columns(here.session, by=here.claire, chosen=["candidatures", "cv"])
    assert columns.shown_columns(here.session, of=here.claire) == ("cv", "candidatures")
    columns.choose_columns(here.session, by=here.claire, chosen=[])
    assert columns.shown_columns(here.session, of=here.claire) == ()
    with pytest.raises(NotFound):
        columns.choose_columns(here.session, by=here.claire, chosen=["conseiller"])
    with pytest.raises(permissions.FollowsNobody):
        columns.choose_columns(here.session, by=here.trainer, chosen=["cv"])


def test_a_head_filters_by_adviser(here: Place) -> None:
    here.row(here.young("Lina"))
    here.row(here.young("Sami", adviser=here.karim))
    for key, names in ((here.karim.id, ["Sami"]), (here.claire.id, ["Lina"]), (NO_ADVISER, []), ("inconnu", [])):
        asked = CohortFilters(adviser_id=key)
        page = cohort_page(here.session, adviser=here.head, today=TODAY, filters=asked)
        assert [row.first_name for row in page.rows] == names
    foreign = CohortFilters(adviser_id=here.karim.id)
    assert cohort_page(here.session, adviser=here.claire, today=TODAY, filters=foreign).rows == ()


def test_the_mark_of_a_sheet_opens_it_for_this_sign_in_and_no_other(here: Place) -> None:
    lina = here.young("Lina", "Morel")
    mark = sheet_address.sheet_mark("connexion", lina.id)
    assert lina.id not in mark

    def found(by: object, sign_in: str = "connexion", mark: str = mark) -> str:
        return sheet_address.person_of_mark(here.session, of=by, sign_in_id=sign_in, mark=mark, today=TODAY)  # type: ignore[arg-type]

    assert found(here.claire) == found(here.head) == lina.id
    assert found(here.karim) == found(here.claire, "autre") == found(here.claire, mark=lina.id) == ""
    assert found(here.claire, mark="g" * 24) == found(here.claire, mark="") == ""


def test_the_sheet_and_the_cv_are_printed_for_who_follows_and_the_person_can_see_it(here: Place) -> None:
    lina = here.young("Lina", "Morel")
    here.cv(lina)
    here.row(lina)
    asked = {"account_id": lina.id, "today": TODAY, "now": NOW}
    kept = bag.own_bag(here.session, of=lina)
    assert kept is not None
    sheet = printed_file.printed_sheet(here.session, by=here.claire, **asked)  # type: ignore[arg-type]
    cv = printed_file.printed_cv(here.session, by=here.claire, cv_id=kept.cvs[0].id, **asked)  # type: ignore[arg-type]
    assert sheet.build().startswith(b"%PDF") and cv.build().startswith(b"%PDF")
    noted = {row.why for row in here.session.exec(select(AuditEvent).where(AuditEvent.whom_id == lina.id))}
    assert {"file", "cv"} <= noted
    for make in (
        lambda: printed_file.printed_sheet(here.session, by=here.karim, **asked),  # type: ignore[arg-type]
        lambda: printed_file.printed_cv(here.session, by=here.claire, cv_id="autre", **asked),  # type: ignore[arg-type]
    ):
        with pytest.raises(NotFound):
            make()

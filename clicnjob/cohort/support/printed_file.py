"""What a professional prints of a young person: the sheet with what happened, and the CV that they are shown."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from typing import Any

from sqlmodel import Session

from clicnjob import typeset
from clicnjob.cohort import permissions
from clicnjob.cohort.progress import stages
from clicnjob.cohort.progress.alerts import Alert
from clicnjob.cohort.support import person_file, timeline
from clicnjob.cohort.support.person_file import PersonFile
from clicnjob.cv.document import downloads
from clicnjob.french import contact, days
from clicnjob.generated_file import PDF, FileToBuild
from clicnjob.models import Actor

NAME = "fiche.pdf"
_SHEET = "_common/person.typ"


def printed_sheet(session: Session, *, by: Actor, account_id: str, today: date, now: datetime) -> FileToBuild:
    """Return the sheet as PDF/UA-1: what the screen shows and no more; who is on it can read that. Raises NotFound."""
    shown = person_file.person_file(session, by=by, account_id=account_id, today=today)
    permissions.note_view(session, by=by, whom_id=account_id, what="file", now=now)
    return FileToBuild(NAME, PDF, partial(typeset.sheet_pdf, _SHEET, _sheet_data(shown, today)))


def printed_cv(session: Session, *, by: Actor, account_id: str, cv_id: str, today: date, now: datetime) -> FileToBuild:
    """Return a CV of the young person as PDF, as they would send it. Raises NotFound."""
    person = permissions.followed_person(session, by=by, account_id=account_id, today=today)
    made = downloads.cv_output(session, of=person, kind="pdf", cv_id=cv_id)
    permissions.note_view(session, by=by, whom_id=account_id, what="cv", now=now)
    return made


def _sheet_data(shown: PersonFile, today: date) -> dict[str, Any]:
    row, last = shown.row, days.local_day(shown.row.last_activity_at)
    facts = [
        ("Téléphone", contact.phone_shown(shown.phone) if shown.phone else ""),
        ("Étape", stages.STAGES[row.stage]),
        ("CV", stages.CV_STATES[row.cv_state]),
        ("Il manque", stages.missing_said(row.missing.split()) if row.cv_state in ("commence", "presque") else ""),
        ("Dernière activité", days.days_ago(last, today=today) if last else "jamais connecté"),
        ("Métiers gardés", str(row.jobs_count) if row.jobs_count else ""),
    ]
    events = timeline.timeline_events(shown, today=today)
    return {
        "fallbacks": typeset.FALLBACK_FONTS,
        "name": f"{shown.first_name} {shown.last_name}",
        "day": f"Imprimé le {days.shown_day(today, today=date(1, 1, 1))}",
        "facts": [[label, value] for label, value in facts if value],
        "alerts": [] if shown.archived else [[_reason_for_paper(one), one.gesture] for one in shown.alerts],
        "events": [[days.shown_day(one.day, today=today), one.words] for one in events],
        "notes": [[one.by, days.shown_day(days.local_day(one.at), today=today), one.text] for one in shown.notes],
    }


def _reason_for_paper(alert: Alert) -> str:
    """Return why to contact somebody, without the words of a call for help, which are not for paper."""
    return alert.title if alert.key == "aide" else alert.reason

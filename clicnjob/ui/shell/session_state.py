"""The only module that touches `st.session_state`: its keys with their types, and reading a widget's value by its key.

The session keeps ids, places, versions read, and messages to show once; never records or drafts. There are two exceptions,
which must not be stored and so stay in the memory of this tab: the content of a file that somebody brings, until its owner
has said what to take, and the words last typed into the search of jobs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

import streamlit as st

from clicnjob.cohort.importing.tables import BroughtTable
from clicnjob.cohort.many.last_act import LastAct
from clicnjob.cohort.progress.overview import CohortFilters
from clicnjob.cv.exchange.old_cv import OldCv
from clicnjob.jobs.group_quiz import Hands
from clicnjob.privacy.export.reopening import BroughtWork

T = TypeVar("T")
LONGEST_PLACE = 64  # characters of the place of a question


@dataclass(frozen=True)
class Key(Generic[T]):
    """One value of the session. `default` is its value while nothing is set; it is shared, so never change it in place."""

    name: str
    default: T

    def get(self) -> T:
        """Return the value, or the default."""
        value: T = st.session_state.get(self.name, self.default)
        return value

    def set(self, value: T) -> None:
        """Change the value."""
        st.session_state[self.name] = value

    def is_set(self) -> bool:
        """Whether a value was set, even one that equals the default."""
        return self.name in st.session_state

    def clear(self) -> None:
        """Return to the default."""
        st.session_state.pop(self.name, None)

    def take(self) -> T:
        """Return the value and clear it, for what happens once."""
        value: T = st.session_state.pop(self.name, self.default)
        return value


@dataclass(frozen=True)
class DictKey(Generic[T]):
    """A dict of the session, by widget key; its owner changes it in place."""

    name: str

    def entries(self) -> dict[str, T]:
        """Return the dict itself, empty at first."""
        entries: dict[str, T] = st.session_state.setdefault(self.name, {})
        return entries


@dataclass(frozen=True, slots=True)
class SentForm:
    """A form that was just sent: a checksum of what it held, until when the same again is a double click, what was shown once."""

    mark: int
    until: float  # monotonic seconds
    sentences: tuple[str, ...]
    emptied: tuple[str, ...]
    card: tuple[str, str, str | None]
    link: tuple[str, str] | None
    calendar: str


# Of every page. The names are kept as they are: a tab carries some of them to its next session.
SIGN_IN = Key("sign_in", "")
NOTICE_READ = Key("notice_read", 0)  # the version of the privacy notice
ERASED = Key("erased", False)  # the person has just erased everything, and the last page confirms it
DATABASE_STUCK = Key("database_stuck", False)
WAITING_ACTIONS = DictKey[Callable[[], bool]]("waiting_acts")
LEFT_OFF = DictKey[tuple[int, int]]("left_off")
_EPOCH = Key("epoch", 0)
_SHOWN = DictKey[str]("shown")
_NOTICES = Key[tuple[str, ...]]("notices", ())
_FAULTS = DictKey[str]("faults")
_SAVED = Key[bool | None]("saved_at", None)
SENT_FORM = Key[SentForm | None]("sent_form", None)

# Of the text boxes
BOXES_SENT = DictKey[tuple[int, int | None]]("boxes_sent")  # checksums of the text saved, and of the text then stored
BOXES_TO_SHOW = DictKey[str]("boxes_to_show")  # a text to put into the box on the next run
BOXES_OTHER = DictKey[str]("boxes_other")  # a text typed on an outdated one, until the person chooses
BOXES_AGAIN = Key("boxes_again", 0)  # consecutive reruns

# Of a download
PHONE_TOKEN = Key("phone-token", "")

# Of a young person
OPEN_STEP = Key("open_step", "")
JOB = Key("job", "")
JOB_FAMILY = Key("family", "")
WISH = Key("wish_typed", "")  # what was looked for last, for the way back from a sheet; it is sent nowhere
OPEN_JOB = Key("open_job", False)
OPEN_GUIDE = Key("open_guide", False)
OPEN_GUIDE_FROM_JOB = Key("open_guide_from_job", False)
DELETED_CV = Key("deleted_cv", "")
GUIDE_TRAIL = Key[tuple[str, ...]]("guide_trail", ())  # the CV, then the questions seen of it, the present one last
UNDER_18 = Key("under_18", False)  # only for this visit: no age is stored
BROUGHT = Key[BroughtWork | None]("brought", None)  # a file made here, opened and not yet taken over
OLD_CV = Key[OldCv | None]("old_cv", None)  # a CV from elsewhere
OLD_CV_AT = Key("old_cv_at", 0)  # which of the things found in it is asked about
FILE_REFUSAL = Key("file_refusal", "")  # why the last file could not be opened
REOPENED = Key("reopened", False)
REREADING = Key("rereading", False)  # the corrections are shown before they are written
_CV = Key("cv_id", "")
_BASES = Key[Mapping[str, int]]("bases", {})
ADDING_APPLICATION = Key("application_new", False)
APPLICATION_JOB = Key("application_job", "")
OPEN_APPLICATIONS = Key("open_applications", False)
LETTER = Key("letter", "")
LETTER_STEP = Key("letter_step", "")
OPEN_LETTER = Key("open_letter", False)
EXERCISE = Key("exercise", "")  # of the rehearsal mailbox
EXERCISE_STEP = Key("exercise_step", "")
MAIL_FOLDER = Key("mail_folder", "recus")
MAIL_SHOWN = Key("mail_shown", "")
PICKER_FOLDER = Key("picker_folder", "")  # '' while the file picker is closed
PICKED_FILE = Key("picked_file", "")
INTERVIEW_APPLICATION = Key("day_of_application", "")  # whose interview to open next
INTERVIEW_DAY = Key("day_id", "")
INTERVIEW_DAY_STEP = Key("day_step", "page")
PITCH_PIECE = Key("pitch_piece", 0)
TRAINING_JOB = Key("training_job", "")
TRAINING_THEME = Key("training_theme", "")
TRIO_JOB = Key("trio_job", "")
TRIO_TURN = Key("trio_turn", 0)
TRIO_QUESTIONS = Key[tuple[str, ...]]("trio_questions", ())
CALL = Key("call", "")
CALL_CHOICES = Key[tuple[int, ...]]("call_choices", ())
CALL_READY = Key("call_ready", False)
OBSTACLE = Key("obstacle", "")  # which one is open
SERVICES_TOWN = Key("services_town", "")  # the town typed to find services near it, for this visit only
CHECK_STEP = Key("check_step", "")
FIRST_QUESTION = Key("first_question", "")  # of the first visit: which one is asked again
FIRST_VISIT_OFFERED = Key("first_visit_offered", False)  # it opened by itself once; then « Mon chemin » only offers it
APPOINTMENT_STEP = Key("appointment_step", 0)
APPOINTMENT_HALF_DAYS = Key[tuple[str, ...]]("appointment_half_days", ())
APPOINTMENT_TODAY = Key[tuple[str, str, str] | None]("appointment_today", None)  # its day, its hour, with whom
ERASE_SURE = Key("erase-sure", False)
PORTFOLIO_STEP = Key("portfolio_step", 0)
LEARN_THEME = Key("learn_theme", "")
OPEN_LEARNING = Key("open_learning", "")  # the kind of what a callback has just chosen
LESSON = Key("lesson", "")
LESSON_AT = Key("lesson_at", "")
LESSON_TRY = Key[tuple[str, tuple[str, ...]]]("lesson_try", ("", ()))  # the question, and the answer tried last
SCENE = Key("scene", "")
SCENE_WAY = Key[tuple[tuple[str, str], ...]]("scene_way", ())  # each moment, with the choice that led to it
WORKSHOP_CONTENT = Key("workshop_content", "")  # the lesson or scene that the group session opened
STEP_NOTED = Key[tuple[str, int, int, bool]]("step_noted", ("", 0, 0, False))  # what the trainer's board was last told
JOBS_OPENED = Key[frozenset[str]]("jobs_opened", frozenset())  # since the group was sent to the search

# Of an adviser
COHORT_FILTERS = Key("cohort_filters", CohortFilters())
COHORT_PROJECTED = Key("cohort_projected", False)
COHORT_SORT = Key("cohort_sort", "urgence")
COHORT_NEVER_FIRST = Key("cohort_never_first", False)
COHORT_PAGE = Key("cohort_page", 1)
TICKED = Key[tuple[int, frozenset[str]]]("ticked", (0, frozenset()))  # the version of the ticks, and who is ticked
MANY_ACT = Key("many_act", "")  # the act on many whose panel is open
LAST_ACT = Key[LastAct | None]("last_act", None)  # what was just done to many people, to undo it
COHORT_ADDRESS = Key[Mapping[str, str]](
    "cohort_address", {}
)  # what the address said when « Mes jeunes » was last drawn
PERSON = Key("person", "")
PERSON_PART = Key("person_part", "")
PERSON_PART_ADDRESS = Key("person_part_address", "")  # the part that the address said when the file was last drawn
PERSON_OPENING = Key("person_opening", 0)
PERSON_PARTS_NOTED = Key[frozenset[tuple[str, str]]]("person_noted", frozenset())
OPEN_PERSON = Key("open_person", False)
ALERT_SEEN = Key("alert_seen", ("", "", ""))  # the mark just made, the person and the rule
CONTACT_NOTED = Key("contact_noted", ("", ""))  # the contact just noted and the person
APPOINTMENT_START = Key("appointment_start", ("", "", ""))  # whose form, the day and the hour that it starts from
IMILO_MARKED = Key("imilo_marked", ("", 0))  # when lines were just ticked, and how many
AGENDA_DAY = Key("agenda_day", "")
CALENDAR_TOKEN = Key("calendar-token", "")  # shown once
CALENDAR_FORM = Key("calendar-form", default=False)
AGENDA_VIEW = Key("agenda_view", "semaine")
CARD_CODE = Key[tuple[str, str, str | None]]("card_code", ("", "", None))  # the name, the code, whose card it is
CARD_CONFIRMATION = Key("card_asked", "")
CARD_CONFIRMATION_AT = Key[datetime | None]("card_asked_at", None)
ENROLLED_TWIN = Key("enrolled_twin", "")  # the folded name that was told to be enrolled already
CARDS_SEARCH = Key("cards_search", "")
CARDS_PAGE = Key("cards_page", 1)
CARDS_TO_CANCEL = Key("cards_again", "")
IMPORT_FILE = Key[tuple[str, BroughtTable | None]](
    "import_file", ("", None)
)  # a list from elsewhere, until it is enrolled
MERGE_WITH = Key("merge_with", "")  # the file that is compared with the open one
IMPORT_LOOKS = Key("import_looks", ("", ""))  # the mended row that looks like somebody enrolled, and why

# Of a trainer
WORKSHOP = Key("workshop", "")
WORKSHOP_OPENING = Key("workshop_opening", False)
WORKSHOP_KIND = Key("workshop_kind", "")
TRAINER_PAGE = Key("trainer_page", ("", ""))  # the page file that a callback has asked for, and what is told there
TRAINER_PAGE_LAST = Key("trainer_page_last", ("", 0.0))  # the page asked for last, and when (a timestamp)
PLAN = Key("plan", "")
PLAN_OPEN_TO_WRITE = Key("plan_write", False)
PLAN_PART = Key("plan_part", "")  # what is open: « etapes.accueil », « kit.cartes », or '' for the plan itself
OWN_LESSON = Key("own_lesson", "")  # the kind and the id of what is open, joined by « . »
OWN_LESSON_WRITES = Key("own_lesson_writes", False)
OWN_LESSON_PART = Key("own_lesson_part", "")  # the screen, question or moment whose boxes are open
# What a structure writes, plans and lessons alike: the version on the screen, one’s own last save included; fingerprints of
# what this tab last wrote into each box; the one that is about to be deleted.
OWN_CONTENT_SHOWN = Key("own_content_shown", 0)
OWN_CONTENT_WRITTEN = DictKey[str]("own_content_written")
OWN_CONTENT_TO_DELETE = Key("own_content_to_delete", "")
PREVIEW_TRY = Key[tuple[str, tuple[str, ...]]](
    "preview_try", ("", ())
)  # of the preview: the place, and the answer tried
WORKSHOP_JUST_ENDED = Key("workshop_just_ended", "")
BOARD_PERSON = Key("board_person", "")  # whose page is open on the board, as long as their call for help lasts
GROUP_PLACE = Key("group_place", 0)
GROUP_HANDS = Key[Mapping[str, Hands]]("group_hands", {})  # counters: no personal data

# Of administration
TEAM_STRUCTURE = Key("team_structure", "")
TEAM_STRUCTURE_BOX = Key("team-place", "")
TEAM_MEMBER = Key("team_member", "")
TEAM_LINK = Key[tuple[str, str] | None]("team_link", None)
MEMBER_CONFIRMATION = Key("member_way_in", ("", ""))  # the account, and what to confirm
RENAMED_STRUCTURE = Key("structure_renamed", "")
JOURNAL_PAGE = Key("journal_page", 1)

# Where the person is: a new session of the same tab starts from there (`tab_memory`).
PLACES: tuple[Key[str] | Key[int] | Key[bool], ...] = (
    _CV, JOB, JOB_FAMILY, ADDING_APPLICATION, LETTER, LETTER_STEP, INTERVIEW_DAY, INTERVIEW_DAY_STEP,
    PITCH_PIECE, TRAINING_JOB, TRAINING_THEME, PORTFOLIO_STEP, LEARN_THEME, LESSON, LESSON_AT, SCENE, EXERCISE, EXERCISE_STEP,
    OBSTACLE, WORKSHOP_CONTENT, PERSON, PERSON_PART, PERSON_OPENING, AGENDA_DAY, AGENDA_VIEW, WORKSHOP, WORKSHOP_KIND, PLAN,
    PLAN_OPEN_TO_WRITE, PLAN_PART, OWN_LESSON, OWN_LESSON_WRITES, OWN_LESSON_PART,
    TEAM_STRUCTURE, TEAM_MEMBER,
)  # fmt: skip


def download_token(button: str) -> Key[str]:
    """Return the key of the one-time ticket that this button has just obtained."""
    return Key(f"{button}-token", "")


def more_tiles(item_id: str) -> Key[bool]:
    """Return the key that tells whether all activities of this experience are shown."""
    return Key(widget_key("more", item_id), False)


def picked_activity(item_id: str) -> Key[str]:
    """Return the key of the activity whose kind of experience is still asked for."""
    return Key(widget_key("picked", item_id), "")


def widget_key(*parts: str) -> str:
    """Return a widget key. It changes with `renew_widgets`, when something else changed the widget's value."""
    return "·".join((*parts, str(_EPOCH.get())))


def renew_widgets() -> None:
    """Give every widget a new key, so that it shows the stored value instead of the one it remembers."""
    _EPOCH.set(_EPOCH.get() + 1)


def widget_value(key: str, kind: type[T]) -> T | None:
    """Return the value of a widget, or None if it is empty, was not drawn (`key` is '' too), or is not of type `kind`."""
    value = st.session_state.get(key) if key else None
    return value if isinstance(value, kind) else None


def component_text(key: str, name: str) -> str:
    """Return the text that a component of ours has just sent under `name`, or ''."""
    value = getattr(st.session_state.get(key), name, None)
    return value if isinstance(value, str) else ""


def set_widget_value(key: str, value: str | int | None) -> None:
    """Put a value into a widget; Streamlit allows this only before the widget is drawn."""
    st.session_state[key] = value


def clear_session() -> None:
    """Forget everything, widgets included."""
    st.session_state.clear()


def restore_places(places: Mapping[str, object], *, epoch: int) -> None:
    """Start from where an earlier session was. A value that is not of the type of its key is left out."""
    for key in PLACES:
        if isinstance(value := places.get(key.name), type(key.default)):
            st.session_state[key.name] = value
    _EPOCH.set(epoch)


def current_epoch() -> int:
    """Return how often the widgets were renewed."""
    return _EPOCH.get()


def sign_in_id() -> str:
    """Return the id of the sign-in to which this session is bound, or ''."""
    return SIGN_IN.get()


def cv_id() -> str:
    """Return the id of the selected CV, or ''."""
    return _CV.get()


def choose_cv(chosen: str) -> None:
    """Select a CV."""
    _CV.set(chosen)


def screen_versions() -> dict[str, int]:
    """Return the versions that the screen shows, by work id."""
    return dict(_BASES.get())


def show_versions(versions: Mapping[str, int]) -> None:
    """Record the versions that this run shows."""
    _BASES.set(dict(versions))


def shown_before(name: str, now: str) -> str:
    """Return what the screen showed under a name before this run, and note what it shows from now on.

    A form is read in a run that has already read the database again: what its person saw is what the run before drew.
    """
    shown = _SHOWN.entries()
    before = shown.get(name, now)
    shown[name] = now
    return before


def tell_once(sentence: str) -> None:
    """Show a sentence once, on the next run."""
    _NOTICES.set((*_NOTICES.get(), sentence))


def sentences_to_show() -> list[str]:
    """Return the sentences to show, and forget them."""
    return list(_NOTICES.take())


def set_fault(widget: str, sentence: str = "") -> None:
    """Set the error sentence shown below a widget; '' removes it."""
    faults = _FAULTS.entries()
    faults.pop(widget, None)
    if sentence:
        faults[widget] = sentence


def current_faults() -> dict[str, str]:
    """Return the error sentences by widget key."""
    return dict(_FAULTS.entries())


def forget_faults() -> None:
    """Remove all error sentences, for instance when leaving a question."""
    _FAULTS.entries().clear()


def mark_saved(saved: bool) -> None:
    """Record whether the last action was saved to the database."""
    _SAVED.set(saved)


def forget_saved() -> None:
    """Return to the state before any action, after one in which the person wrote nothing."""
    _SAVED.clear()


def is_saved() -> bool | None:
    """Return True after a commit, False after a failed save, None before any action."""
    return _SAVED.get()

"""The activities that a trainer can send to the screens, and the reasons to call for help (data/seances)."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field, model_validator
from sqlmodel import Session

from clicnjob import content, workshop_policy
from clicnjob.content import ContentModel
from clicnjob.errors import NotFound
from clicnjob.learn import library
from clicnjob.learn.lesson import Lesson
from clicnjob.learn.own import published
from clicnjob.learn.scene import Scene
from clicnjob.models import Actor, LearningKind
from clicnjob.paths import DATA, PAGES
from clicnjob.workshops import permissions

_CONTENT = {"lecon": LearningKind.LESSON, "scene": LearningKind.SCENE}


class ActivityWords(ContentModel):
    """An activity: its name, the page that it opens ('' for none), whether that page counts steps, its instruction."""

    cle: str = Field(max_length=64, pattern=r"^[a-z_]+(\.[a-z0-9_-]+)?$")
    nom: str = Field(max_length=workshop_policy.PUSHED_TITLE_LENGTH)
    icone: str = Field(max_length=32, pattern=r"^[a-z_]+$")
    page: str = ""
    compte: bool = False
    libre: bool = False
    consigne: str = Field(default="", max_length=workshop_policy.PUSHED_INSTRUCTION_LENGTH)

    @model_validator(mode="after")
    def check_page(self) -> ActivityWords:
        """Refuse a page that does not exist, and steps without a page."""
        if self.page and not (PAGES / self.page).is_file():
            raise ValueError(f"la page « {self.page} » n’existe pas")
        if self.compte and not self.page:
            raise ValueError("« compte » demande une page")
        return self


class StuckReason(ContentModel):
    """A reason to tick when one is stuck, in the young person's words and in those of the trainer's board."""

    cle: str = Field(max_length=32)
    jeune: str = Field(max_length=60)
    formateur: str = Field(max_length=60)
    icone: str = Field(max_length=32, pattern=r"^[a-z_]+$")


@content.loaded_once
def group_activities() -> dict[str, ActivityWords]:
    """The activities by key: those of their file, in order, then each lesson and each scene. Raises ContentMistakes."""
    written = content.read_content(list[ActivityWords], DATA / "seances" / "activites.yaml")
    return {one.cle: one for one in (*written, *_lesson_activities(), *_scene_activities())}


def content_of_activity(key: str) -> tuple[LearningKind, str] | None:
    """Return the lesson or the scene that an activity opens, None for every other activity."""
    kind, _, content_id = key.partition(".")
    if kind not in _CONTENT or not (key in group_activities() or published.is_own_id(content_id)):
        return None
    return _CONTENT[kind], content_id


def own_content_of(key: str) -> tuple[LearningKind, str] | None:
    """Return the lesson or scene of some structure that an activity names, None for an activity of ours."""
    kind, _, content_id = key.partition(".")
    return (_CONTENT[kind], content_id) if kind in _CONTENT and published.is_own_id(content_id) else None


def structure_activities(session: Session, *, of: Actor, now: datetime) -> dict[str, ActivityWords]:
    """Return an activity for each lesson and scene that the trainer's structure published, by key. One query.

    Raises NotFound for who leads no sessions.
    """
    if not permissions.may_run(of):
        raise NotFound
    found = published.published_entries(session, of=of, now=now).values()
    return {one.cle: one for one in (_content_activity(entry.id, entry.titre, entry) for entry in found)}


def _lesson_activities() -> list[ActivityWords]:
    return [_content_activity(one.id, one.titre, one) for one in library.shipped_lessons().values()]


def _scene_activities() -> list[ActivityWords]:
    return [_content_activity(one.id, one.titre, one) for one in library.shipped_scenes().values()]


def _content_activity(content_id: str, title: str, entry: Lesson | Scene) -> ActivityWords:
    if isinstance(entry, Lesson):
        return ActivityWords(
            cle=f"lecon.{content_id}", nom=f"Leçon\u00a0: {title}", icone=entry.icone, page="young/lesson.py", compte=True,
            consigne="Lis chaque écran. Puis réponds, sans te presser.",
        )  # fmt: skip
    return ActivityWords(
        cle=f"scene.{content_id}", nom=f"Situation\u00a0: {title}"[: workshop_policy.PUSHED_TITLE_LENGTH], icone=entry.icone,
        page="young/scene.py", compte=True, consigne="Lis, choisis, regarde ce qui se passe. Puis essaie autrement.",
    )  # fmt: skip


@content.loaded_once
def stuck_reasons() -> dict[str, StuckReason]:
    """The reasons by key, in the order of their file. Raises content.ContentMistakes."""
    return {one.cle: one for one in content.read_content(list[StuckReason], DATA / "seances" / "blocages.yaml")}


def known_activity(key: str) -> ActivityWords:
    """Return an activity by its key; that of a structure's own lesson or scene without its title. Raises NotFound."""
    found = group_activities().get(key)
    if found is None:
        kind, _, content_id = key.partition(".")
        if kind not in _CONTENT or not published.is_own_id(content_id):
            raise NotFound
        page = "young/lesson.py" if kind == "lecon" else "young/scene.py"
        return ActivityWords(cle=key, nom="Leçon de la structure", icone="school", page=page, compte=True)
    return found


def activity_to_send(session: Session, *, by: Actor, key: str, now: datetime) -> ActivityWords:
    """Return an activity that this trainer may send to a group. Raises NotFound, also for another structure's lesson."""
    if not permissions.may_run(by):
        raise NotFound
    own = published.is_own_id(key.partition(".")[2])
    known = structure_activities(session, of=by, now=now) if own else group_activities()
    if (found := known.get(key)) is None:
        raise NotFound
    return found

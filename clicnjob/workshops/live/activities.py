"""The activities that a trainer can send to the screens, and the reasons to call for help (data/seances)."""

from __future__ import annotations

from functools import cache

from pydantic import Field, model_validator

from clicnjob import content, policy
from clicnjob.content import ContentModel
from clicnjob.errors import NotFound
from clicnjob.paths import DATA, PAGES


class ActivityWords(ContentModel):
    """An activity: its name, the page that it opens ('' for none), whether that page counts steps, its instruction."""

    cle: str = Field(max_length=64, pattern=r"^[a-z_]+(\.[a-z_]+)?$")
    nom: str = Field(max_length=policy.PUSHED_TITLE_LENGTH)
    icone: str = Field(max_length=32, pattern=r"^[a-z_]+$")
    page: str = ""
    compte: bool = False
    libre: bool = False
    consigne: str = Field(default="", max_length=policy.PUSHED_INSTRUCTION_LENGTH)

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


@cache
def group_activities() -> dict[str, ActivityWords]:
    """The activities by key, in the order of their file. Raises content.ContentMistakes."""
    return {one.cle: one for one in content.read_content(list[ActivityWords], DATA / "seances" / "activites.yaml")}


@cache
def stuck_reasons() -> dict[str, StuckReason]:
    """The reasons by key, in the order of their file. Raises content.ContentMistakes."""
    return {one.cle: one for one in content.read_content(list[StuckReason], DATA / "seances" / "blocages.yaml")}


def known_activity(key: str) -> ActivityWords:
    """Return an activity by its key. Raises NotFound."""
    found = group_activities().get(key)
    if found is None:
        raise NotFound
    return found

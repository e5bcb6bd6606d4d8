"""The history says what changed."""

from __future__ import annotations

from clicnjob.cv.model import changes
from clicnjob.cv.model.profile import Experience, Interest, Period, Profile
from tests.for_each import for_each

JOB = Experience(id="a", title="Vendeuse")


@for_each(
    ("before", "after", "said"),
    [
        (None, Profile(), "Le début"),
        (Profile(), Profile(phone="06"), "Téléphone\u00a0: ajouté"),
        (Profile(phone="06"), Profile(phone="07"), "Téléphone\u00a0: changé"),
        (Profile(phone="06"), Profile(), "Téléphone\u00a0: enlevé"),
        (Profile(), Profile(experiences=[JOB]), "Expérience\u00a0: «\u00a0Vendeuse\u00a0» ajouté"),
        (Profile(experiences=[JOB]), Profile(), "Expérience\u00a0: «\u00a0Vendeuse\u00a0» enlevé"),
        (
            Profile(experiences=[JOB]),
            Profile(experiences=[JOB.model_copy(update={"phrases": ["x"], "period": Period(start="2024")})]),
            "Expérience\u00a0: «\u00a0Vendeuse\u00a0», dates et lignes",
        ),
        (Profile(), Profile(interests=[Interest(key="foot")]), "Ce que j’aime\u00a0: «\u00a0foot\u00a0» ajouté"),
    ],
)
def test_a_version_says_what_it_changed(before: Profile | None, after: Profile, said: str) -> None:
    assert changes.change_text(before, after) == said


def test_many_changes_are_counted() -> None:
    after = Profile(first_name="a", last_name="b", phone="c", email="d", town="e")
    assert changes.change_text(Profile(), after).endswith("et 2 autres changements")

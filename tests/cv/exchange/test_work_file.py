"""The file carried away: what is written is read the same, and a bad one is refused by naming its field."""

from __future__ import annotations

import base64
import io
import json
from typing import Any

import pytest
from PIL import Image

from clicnjob import policy
from clicnjob.cv.document.photo import checked_photo
from clicnjob.cv.exchange import work_file
from clicnjob.cv.exchange.work_file import BadFile
from clicnjob.cv.model.profile import (
    Certificate,
    Cv,
    Experience,
    Gap,
    Interest,
    Language,
    Period,
    Profile,
    Quality,
    Study,
)
from tests.for_each import for_each


def portrait() -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").resize((400, 500)).convert("RGB").save(out, "JPEG")
    return checked_photo(out.getvalue())


def full() -> Profile:
    return Profile(
        first_name="Zoé",
        last_name="O'Brien & <b>",
        phone="+33612345678",
        email="x@münchen.de",
        town="L’Haÿ-les-Roses",
        availability="Tout de suite",
        mobility=["Permis AM", "15 km"],
        experiences=[
            Experience(
                title="=cmd|'/C calc'!A0",
                period=Period(start="2023-03"),
                phrases=["#import « x »", "👩🏽‍🍳 10 €"],
            ),
            Experience(kind="projet", title="Film", period=Period(start="2022", words="été 2022")),
            Experience(kind="travail", title="Caisse", period=Period(start="1985", end="2024-01")),
        ],
        studies=[Study(level="cap", state="non_obtenu", period=Period(start="2021", ongoing=True))],
        certificates=[Certificate(key="psc", detail="2023")],
        languages=[Language(key="anglais", can_do=["a1-lire"])],
        qualities=[Quality(label="Calme", proof="Garde de 3 enfants")],
        interests=[Interest(label="Foot", detail="Club, 4 ans")],
        skills=["$x$ *gras* _it_ @ref <lab> = titre"],
        gaps=[Gap(text="Aide à ma famille", period=Period(start="2020-01", end="2020-12"))],
    )


def file(**parts: Any) -> bytes:
    return json.dumps({"format": "clicnjob", "version": 1} | parts).encode()


def test_what_was_written_is_read_the_same() -> None:
    profile, cvs, jpeg = (
        full(),
        (Cv(job_wanted="Cuisinière", hidden=["x"]), Cv(name="Deux")),
        portrait(),
    )
    assert work_file.read_work_file(work_file.work_as_json(profile, cvs, jpeg)) == work_file.CarriedWork(
        profile, cvs, jpeg
    )


def test_writing_again_what_was_read_gives_the_same_bytes() -> None:
    once = work_file.work_as_json(full(), (Cv(),), portrait())
    carried = work_file.read_work_file(once)
    assert work_file.work_as_json(carried.profile, carried.cvs, carried.photo) == once


def test_an_empty_profile_travels_too() -> None:
    assert work_file.read_work_file(work_file.work_as_json(Profile(), (), None)) == work_file.CarriedWork(Profile(), ())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_usual_encodings_are_read(encoding: str) -> None:
    profile = full()
    assert (
        work_file.read_work_file(work_file.work_as_json(profile, (), None).decode().encode(encoding)).profile == profile
    )


def test_a_json_resume_is_recognised() -> None:
    carried = work_file.read_work_file(b'{"basics": {"name": "Zoe Bernard"}, "work": []}')
    assert (carried.profile.last_name, len(carried.cvs), carried.photo) == ("Bernard", 1, None)


@for_each(
    "data",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b"12",
        b'"clicnjob"',
        b"{}",
        b'{"format": "autre"}',
        b'{"format": null, "basics": {}}',
        b'{"a": NaN}',
        b"\xff\xfe{",
        '{"format": "clicnjob", "name": "é"}'.encode("cp1252"),
        b"[" * 200_000,
        b'{"a":' * 100_000,
        b'{"format": "clicnjob", "version": ' + b"1" * 10_000 + b"}",
        b"\x00" * 100,
        b'{"format": "clicnjob", "version": 1',
    ],
)
def test_what_is_no_carried_file_is_refused_with_a_sentence(data: bytes) -> None:
    with pytest.raises(BadFile) as refusal:
        work_file.read_work_file(data)
    assert refusal.value.sentence.endswith(".")


def test_more_bytes_than_allowed_are_refused_unread() -> None:
    with pytest.raises(BadFile, match="5 Mo"):
        work_file.read_work_file(b" " * (policy.UPLOAD_BYTES + 1))


DEEP: Any = "x"
for _ in range(50):
    DEEP = [DEEP]

WRONG = [
    ({"version": 3}, "version"),
    ({"version": 0}, "version"),
    ({"version": "1"}, "version"),
    ({"version": True}, "version"),
    ({"version": None}, "version"),
    ({"version": -1}, "version"),
    ({"truc": 1}, "truc"),
    ({"profile": []}, "profile"),
    ({"profile": "x"}, "profile"),
    ({"profile": {"truc": 1}}, "profile.truc"),
    ({"profile": {"birth_date": "2006-03-05"}}, "profile.birth_date"),
    ({"profile": {"first_name": 12}}, "profile.first_name"),
    ({"profile": {"first_name": None}}, "profile.first_name"),
    ({"profile": {"first_name": "\ud83d"}}, "profile.first_name"),
    ({"profile": {"first_name": "a" + "\u0301" * 50}}, "profile.first_name"),
    ({"profile": {"first_name": "a" * 101}}, "profile.first_name"),
    ({"profile": {"phone": "06 12 34 56 78 (maman)"}}, "profile.phone"),
    ({"profile": {"phone": "06 12"}}, "profile.phone"),
    ({"profile": {"email": "x@y.fr\nBcc: tous@z.fr"}}, "profile.email"),
    ({"profile": {"email": '"a b"@y.fr'}}, "profile.email"),
    ({"profile": {"town": "12 bis, rue de l’Égalité"}}, "profile.town"),
    ({"profile": {"town": "SDF"}}, "profile.town"),
    ({"profile": {"mobility": "vélo"}}, "profile.mobility"),
    ({"profile": {"mobility": [1]}}, "profile.mobility[0]"),
    ({"profile": {"skills": ["x"] * 201}}, "profile.skills"),
    ({"profile": {"skills": ["👩🏽" * 4_001]}}, "profile.skills[0]"),
    ({"profile": {"experiences": {}}}, "profile.experiences"),
    ({"profile": {"experiences": [{}, {"kind": "chef"}]}}, "profile.experiences[1].kind"),
    ({"profile": {"experiences": [{"title": []}]}}, "profile.experiences[0].title"),
    ({"profile": {"experiences": [{"period": "2023"}]}}, "profile.experiences[0].period"),
    ({"profile": {"experiences": [{"period": {"ongoing": "oui"}}]}}, "profile.experiences[0].period.ongoing"),
    ({"profile": {"experiences": [{"period": {"start": "29/02/2007"}}]}}, "profile.experiences[0].period"),
    ({"profile": {"experiences": [{"period": {"start": "2023-13"}}]}}, "profile.experiences[0].period"),
    ({"profile": {"experiences": [{"period": {"start": "1066"}}]}}, "profile.experiences[0].period"),
    (
        {"profile": {"experiences": [{"period": {"start": "2023", "end": "2022"}}]}},
        "profile.experiences[0].period.end",
    ),
    (
        {"profile": {"experiences": [{"period": {"start": "2023-05", "end": "2023-04"}}]}},
        "profile.experiences[0].period.end",
    ),
    (
        {"profile": {"experiences": [{"period": {"start": "mai 2023", "end": "avril 2023"}}]}},
        "profile.experiences[0].period",
    ),
    ({"profile": {"experiences": [{"id": "a"}, {"id": "a"}]}}, "profile.experiences[1].id"),
    ({"profile": {"experiences": [{"id": "a"}], "gaps": [{"id": "a"}]}}, "profile.gaps[0].id"),
    ({"profile": {"studies": [{"id": ""}]}}, "profile.studies[0].id"),
    ({"profile": {"skills": DEEP}}, "profile.skills[0][0][0][0][0][0][0][0][0][0][0][0]"),
    ({"cvs": {}}, "cvs"),
    ({"cvs": [[]]}, "cvs[0]"),
    ({"cvs": [{"model": 3}]}, "cvs[0].model"),
    ({"cvs": [{}, {"section_order": ["photos"]}]}, "cvs[1].section_order[0]"),
    ({"cvs": [{"with_photo": "oui"}]}, "cvs[0].with_photo"),
    ({"cvs": [{}] * 21}, "cvs"),
    ({"photo": 12}, "photo"),
    ({"photo": "***"}, "photo"),
    ({"photo": "é"}, "photo"),
    ({"photo": base64.b64encode(b"<svg/>").decode()}, "photo"),
]


@for_each(("parts", "where"), WRONG)
def test_a_wrong_field_is_named(parts: dict[str, Any], where: str) -> None:
    with pytest.raises(BadFile) as refusal:
        work_file.read_work_file(file(**parts))
    assert refusal.value.sentence.startswith(f"{where}\u00a0: ")


def test_a_newer_file_says_where_to_open_it() -> None:
    with pytest.raises(BadFile, match="plus récent"):
        work_file.read_work_file(file(version=7, nouveau=1))


def test_the_name_of_an_unknown_field_cannot_flood_or_break_the_sentence() -> None:
    with pytest.raises(BadFile) as refusal:
        work_file.read_work_file(
            b'{"format": "clicnjob", "version": 1, "profile": {"\\ud800' + b"x" * 100_000 + b'": 1}}'
        )
    assert len(refusal.value.sentence.encode()) < 200


def test_an_older_file_is_brought_up_to_date(monkeypatch: pytest.MonkeyPatch) -> None:
    def renamed(content: dict[str, Any]) -> dict[str, Any]:
        return {"profile": {"first_name": content["prenom"]}}

    monkeypatch.setitem(work_file.UPGRADES, 0, renamed)
    assert work_file.read_work_file(file(version=0, prenom="Zoé")).profile.first_name == "Zoé"


@for_each(
    ("typed", "kept"),
    [
        ({"start": "5 mars 2006"}, Period(start="2006-03")),
        ({"start": "03/2023", "end": "juin 2023"}, Period(start="2023-03", end="2023-06")),
        ({"start": "2023"}, Period(start="2023")),
        ({"start": "été 2022"}, Period(start="2022", words="été 2022")),
        ({"start": "2023-03-05"}, Period(start="2023-03")),
    ],
)
def test_a_period_written_by_hand_is_understood(typed: dict[str, str], kept: Period) -> None:
    carried = work_file.read_work_file(file(profile={"experiences": [{"period": typed}]}))
    assert carried.profile.experiences[0].period == kept


def test_a_phone_written_by_hand_is_stored_as_everywhere() -> None:
    assert work_file.read_work_file(file(profile={"phone": "06.12.34.56.78"})).profile.phone == "+33612345678"


def test_texts_are_cleaned_on_the_way_in() -> None:
    read = work_file.read_work_file(
        file(profile={"first_name": "Ma\u200brie\ufeff", "skills": ["a\x00b\u00adc"], "town": " Lyon "})
    )
    assert (read.profile.first_name, read.profile.skills, read.profile.town) == ("Marie", ["abc"], "Lyon")


def test_two_thousand_emoji_in_a_phrase_are_accepted() -> None:
    read = work_file.read_work_file(file(profile={"experiences": [{"phrases": ["👩🏽" * 2_000]}]}))
    assert read.profile.experiences[0].phrases == ["👩🏽" * 2_000]


def test_a_hidden_word_in_the_photo_is_taken_away() -> None:
    out = io.BytesIO()
    Image.new("RGB", (400, 500)).save(out, "JPEG", comment=b"SECRET")
    read = work_file.read_work_file(file(photo=base64.b64encode(out.getvalue()).decode()))
    assert read.photo is not None and b"SECRET" not in read.photo

"""The services of a territory: what a file may say, whole or not at all, imported again, found by theme and town."""

from __future__ import annotations

import json
import tracemalloc
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import Session, select

from clicnjob.learn import obstacles
from clicnjob.learn.territory import files, importing, nearby
from clicnjob.learn.territory.files import TerritoryRefused
from clicnjob.learn.territory.rows import town_key
from clicnjob.models import LocalService, LocalServiceTheme, LocalStructure
from clicnjob.paths import DATA
from clicnjob.ui.young.obstacles.nearby import hours_in_french
from tests.learn import territory_files as made

TODAY = date(2026, 11, 30)
PERMIT = ("mobilite--preparer-un-permis",)


def imported(session: Session, *paths: Path) -> importing.ImportedTerritory:
    files.check_files(paths)
    return importing.import_territory(session, paths, today=TODAY)


def refused(*paths: Path) -> tuple[str, ...]:
    with pytest.raises(TerritoryRefused) as told:
        files.check_files(paths)
    return told.value.mistakes


@pytest.mark.parametrize("write", [made.write_csv, made.write_json])
def test_a_file_is_imported_again_updated_and_what_vanished_is_marked(
    session: Session, tmp_path: Path, write: Any
) -> None:
    places = write(tmp_path / f"s.{write.__name__[6:]}", *(made.structure(n) for n in range(3)))
    first = write(tmp_path / f"a.{write.__name__[6:]}", *(made.service(n) for n in range(6)))
    assert imported(session, places, first) == importing.ImportedTerritory(3, 6, 0)
    again = write(tmp_path / f"b.{write.__name__[6:]}", *(made.service(n, nom=f"Nouveau nom {n}") for n in range(5)))
    assert imported(session, again) == importing.ImportedTerritory(0, 5, 1)
    assert imported(session, again) == importing.ImportedTerritory(0, 5, 0)
    rows = {one.id: one for one in session.exec(select(LocalService).execution_options(populate_existing=True))}
    assert (rows["essai--v4"].name, rows["essai--v4"].gone_on) == ("Nouveau nom 4", None)
    assert rows["essai--v5"].gone_on == TODAY
    assert rows["essai--v4"].updated_on == date(2026, 9, 14), "the date is that of the producer"
    assert len(session.exec(select(LocalServiceTheme)).all()) == 12
    assert len(session.exec(select(LocalStructure)).all()) == 3
    imported(session, first)
    assert session.exec(select(LocalService.gone_on).where(LocalService.id == "essai--v5")).one() is None


def test_a_second_import_writes_only_what_changed_and_notes_that_the_rest_was_seen(
    session: Session, tmp_path: Path
) -> None:
    def rows() -> dict[str, LocalService]:
        session.expunge_all()
        return {one.id: one for one in session.exec(select(LocalService))}

    def imported_statements(*paths: Path) -> list[str]:
        sent: list[str] = []

        def note(*given: Any) -> None:
            sent.append(given[2])

        engine = session.get_bind()
        event.listen(engine, "before_cursor_execute", note)
        imported(session, *paths)
        event.remove(engine, "before_cursor_execute", note)
        return [one for one in sent if one.startswith(("INSERT", "DELETE"))]

    places = made.write_json(tmp_path / "s.json", *(made.structure(n) for n in range(3)))
    first = made.write_json(tmp_path / "a.json", *(made.service(n) for n in range(6)))
    assert len(imported_statements(places, first)) == 3
    before = rows()
    assert imported_statements(places, first) == []
    assert {one.run for one in rows().values()} == {2}, "each was seen again"
    changes: dict[int, dict[str, Any]] = {
        1: {"date_maj": "2026-11-02"}, 2: {"thematiques": [made.THEMES[0]]}, 3: {"thematiques": []},
        4: {"zone_eligibilite": ["61"]},
    }  # fmt: skip
    again = made.write_json(tmp_path / "b.json", *(made.service(n, **changes.get(n, {})) for n in range(6)))
    assert len(imported_statements(places, again)) == 3
    after = rows()
    assert after["essai--v1"].updated_on == date(2026, 11, 2)
    assert after["essai--v4"].zone == " 61 "
    assert after["essai--v0"].updated_on == before["essai--v0"].updated_on, "seen again is not checked by its producer"
    themes = session.exec(select(LocalServiceTheme.service_id, LocalServiceTheme.theme))
    written = [theme for service, theme in themes if service in ("essai--v2", "essai--v3")]
    assert written == [made.THEMES[0]]


def test_what_a_service_does_not_say_is_always_that_of_its_structure(session: Session, tmp_path: Path) -> None:
    bare = made.service(1, commune=None, code_postal=None, code_insee=None, telephone=None, thematiques=[*PERMIT])
    services = made.write_json(tmp_path / "v.json", bare)
    imported(session, services, made.write_json(tmp_path / "s.json", made.structure(1)))
    moved = made.structure(1, commune="Valmoreau", code_postal="61920", code_insee="61921", telephone="+33198765432")
    imported(session, services, made.write_json(tmp_path / "t.json", moved))
    assert nearby.nearby_services(session, themes=PERMIT, town="Saint-Aubin") == ()
    (found,) = nearby.nearby_services(session, themes=PERMIT, town="61921")
    assert (found.town, found.phone, found.structure) == ("Valmoreau", "+33198765432", "Maison des possibles 1")


BAD: tuple[tuple[dict[str, Any], str], ...] = (
    ({"id": ""}, "il manque « id »"),
    ({"nom": None}, "il manque « nom »"),
    ({"nom": "x" * 151}, "« nom » est trop long"),
    ({"nom": 12}, "« nom » doit être un texte"),
    ({"date_maj": "hier"}, "« date_maj » vaut « hier »"),
    ({"date_maj": "2026-02-31"}, "doit être une date"),
    ({"code_postal": "6190"}, "« code_postal » vaut « 6190 »"),
    ({"code_insee": "2C001"}, "« code_insee »"),
    ({"thematiques": ["<b>numérique</b>"]}, "n’est pas une thématique"),
    ({"thematiques": [3]}, "doit être une liste de textes"),
    ({"nom": "Porte \ud800 abîmée"}, "caractères abîmés"),
    *(
        ({"lien_mobilisation": link}, "doit être une adresse qui commence par https://")
        for link in (
            "javascript:alert(1)",
            "https://caf.fr@mal.example/",
            "https://xn--caf-dma.example/",
            "http://[::1",
            "https://localhost/",
            "data:text/html,x",
            "https://exemple.fr:8080/",
            'https://exemple.fr/"onclick=',
        )
    ),
)


def test_a_bad_line_is_named_with_its_reason(tmp_path: Path) -> None:
    untold = []
    for changed, reason in BAD:
        path = tmp_path / "services.json"
        good, bad = made.service(1), made.service(2, **changed)
        path.write_text(json.dumps([good, bad]), encoding="utf-8")
        told = refused(path)
        if (
            reason not in told[0]
            or not told[0].startswith("services.json, ligne ")
            or told[-1] != "Rien n’a été importé."
        ):
            untold.append((changed, told))
    assert untold == []


def test_the_line_is_that_of_the_file(tmp_path: Path) -> None:
    path = made.write_csv(
        tmp_path / "s.csv", made.service(1), made.service(2, description="deux\nlignes"), made.service(3, date_maj="?")
    )
    assert refused(path)[0].startswith("s.csv, ligne 5 : « date_maj »")
    path = made.write_json(tmp_path / "s.json", made.service(1), made.service(2, nom=""))
    line = path.read_text().split("\n").index(" {", 3) + 1
    assert refused(path)[0] == f"s.json, ligne {line} : il manque « nom »."


def test_all_or_nothing_and_mistakes_are_counted(session: Session, tmp_path: Path) -> None:
    path = made.write_json(tmp_path / "s.json", made.service(1), *(made.service(n, nom="") for n in range(2, 40)))
    told = refused(path)
    assert len(told) == 22 and told[20] == "… et 18 autres lignes à corriger."
    with pytest.raises(TerritoryRefused), session.begin_nested():
        importing.import_territory(session, [path], today=TODAY)
    assert session.exec(select(LocalService)).all() == []


def test_an_identifier_given_twice_is_named(tmp_path: Path) -> None:
    path = made.write_csv(tmp_path / "s.csv", made.service(1), made.service(2), made.service(1))
    assert refused(path)[0] == "s.csv, ligne 4 : cet « id » est déjà donné plus haut."


UNREADABLE: tuple[tuple[str, bytes, str], ...] = (
    ("a.csv", b"id;nom\n1;x\n", "il manque la colonne « date_maj »"),
    ("a.csv", b"id,nom,date_maj\n1,x\n", "ligne 2 : la ligne n’a pas le nombre de colonnes"),
    ("a.csv", "id,nom,date_maj\n1,été,2026-01-01\n".encode("latin-1"), "n’est pas en UTF-8"),
    ("a.csv", b'id,nom,date_maj\n1,"' + b"x" * 70_000 + b'",2026-01-01\n', "ligne 2 : la ligne ne se lit pas"),
    ("a.csv", b"", "il manque la colonne"),
    ("a.csv", b"id,nom,date_maj\n", "Aucune structure"),
    ("a.json", b"", "le JSON ne se lit pas"),
    ("a.json", b'[{"id": 1}', "ligne 1"),
    ("a.json", b'\n\n[{"id": "1" "nom"}]', "ligne 3 : le JSON ne se lit pas"),
    ("a.json", b"[" * 100_000, "le JSON ne se lit pas"),
    ("a.json", b'[{"id": "1", "nom": "x", "rang": ' + b"9" * 5_000 + b"}]", "le JSON ne se lit pas"),
    ("a.json", b'["texte"]', "ce n’est ni une structure ni un service"),
    ("a.json", b'{"services": {"id": 1}}', "Aucune structure"),
    ("absent.csv", b"", "n’existe pas"),
)


def test_a_file_that_cannot_be_read_is_refused_in_words(tmp_path: Path) -> None:
    untold = []
    for name, content, reason in UNREADABLE:
        path = tmp_path / name
        if not name.startswith("absent"):
            path.write_bytes(content)
        if not any(reason in one for one in refused(path)):
            untold.append((content[:40], refused(path)))
    assert untold == []


def test_memory_stays_flat(tmp_path: Path) -> None:
    def peak(count: int) -> int:
        path = made.write_json(tmp_path / f"{count}.json", *(made.service(n) for n in range(count)), key="services")
        tracemalloc.start()
        files.check_files([path])
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(100)  # the first reading compiles and caches
    assert peak(2000) - peak(500) < 300_000, "200 bytes a record at most: the mark that tells a repeated identifier"


def test_services_are_found_by_theme_and_town_alone_first(session: Session, tmp_path: Path) -> None:
    far = made.service(8, commune="Ailleurs", code_postal="75001", code_insee="75101")
    lent = made.service(11, commune=None, code_postal=None, code_insee=None, structure_id="essai--s1", telephone="")
    imported(
        session,
        made.write_json(tmp_path / "s.json", *(made.structure(n, commune="Saint-Aubin") for n in range(2))),
        made.write_json(
            tmp_path / "v.json", *(made.service(n, thematiques=[*PERMIT]) for n in (1, 4, 7, 10)), far, lent
        ),
    )
    for town in ("St-Aubin", "saint aubin", "61910", "61911", "61910 Saint-Aubin", "SAINT AUBIN CEDEX 2"):
        found = nearby.nearby_services(session, themes=PERMIT, town=town)
        assert [one.alone for one in found] == [True, True, False, False], town
    assert nearby.nearby_services(session, themes=PERMIT, town="Nulle part") == ()
    assert nearby.nearby_services(session, themes=PERMIT, town="") == ()
    borrowed = nearby.nearby_services(
        session, themes=("numerique--maitriser-les-fondamentaux-du-numerique",), town="61910"
    )
    assert [(one.name, one.phone, one.hours) for one in borrowed] == [
        ("Coup de main pour avancer 11", "+33123456789", "Mo-Fr 09:00-17:00")
    ]
    assert borrowed[0].is_old(today=date(2028, 1, 1)) and not borrowed[0].is_old(today=TODAY)


def test_a_service_elsewhere_is_found_where_its_zone_names_the_town_or_its_departement(
    session: Session, tmp_path: Path
) -> None:
    def elsewhere(number: int, *zone: str) -> dict[str, Any]:
        given = {"nom": f"Ailleurs {zone}", "thematiques": [*PERMIT], "zone_eligibilite": [*zone]}
        return made.service(number, commune="Ailleurs", code_postal="99000", code_insee="99001", **given)

    here = made.service(2, nom="Ici", thematiques=[*PERMIT])  # in Valmoreau, Insee code 61921; for professionals
    imported(
        session,
        made.write_json(
            tmp_path / "v.json", here, elsewhere(4, "61921"), elsewhere(6, "61"), elsewhere(8, "619"), elsewhere(10)
        ),
    )
    for town in ("Valmoreau", "61920", "61921"):
        found = nearby.nearby_services(session, themes=PERMIT, town=town)
        assert [one.name for one in found] == ["Ici", "Ailleurs ('61',)", "Ailleurs ('61921',)"], town


def test_towns_are_compared_as_people_write_them() -> None:
    assert {town_key(one) for one in ("L’Haÿ-les-Roses", "l'hay les roses", "L Hay Les Roses")} == {"l hay les roses"}
    assert town_key("Paris 8e Arrondissement") == town_key("Paris CEDEX 08") == "paris"


def test_hours_are_read_in_french() -> None:
    assert hours_in_french("Mo-Fr 08:30-12:00,14:00-17:00; PH off") == (
        "lun.-ven. 8\u00a0h\u00a030-12\u00a0h, 14\u00a0h-17\u00a0h\u00a0; fermé les jours fériés"
    )


def test_the_demonstration_has_a_service_for_every_obstacle(session: Session) -> None:
    imported(session, DATA / "demonstration" / "territoire.json")
    without = [
        one.cle
        for one in obstacles.known_obstacles()
        if not nearby.nearby_services(session, themes=one.thematiques, town="Les Trois Rives")
    ]
    assert without == []

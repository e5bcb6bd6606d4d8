"""What a lesson or a scene may not be, one rule a test: refused with its file and its line, in French."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from clicnjob.content import ContentMistakes
from clicnjob.learn import library
from tests.for_each import for_each
from tests.yaml_files import read_yaml

Change = Callable[[dict[str, Any]], object]
LESSON = read_yaml(library.LESSONS / "joindre-un-fichier.yaml")
SCENE = read_yaml(library.SCENES / "en-retard-le-premier-matin.yaml")


def lesson_mistakes(tmp_path: Path, change: Change) -> str:
    return _mistakes(tmp_path, LESSON, change, library.read_lessons)


def scene_mistakes(tmp_path: Path, change: Change) -> str:
    return _mistakes(tmp_path, SCENE, change, library.read_scenes)


def _mistakes(tmp_path: Path, good: dict[str, Any], change: Change, read: Callable[[Path], object]) -> str:
    body = copy.deepcopy(good)
    change(body)
    (tmp_path / f"{good['id']}.yaml").write_text(yaml.safe_dump(body, allow_unicode=True), encoding="utf-8")
    with pytest.raises(ContentMistakes) as raised:
        read(tmp_path)
    return str(raised.value)


LONG = "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
CHOICE = {"id": "z", "texte": "Autre.", "explication": "Cela se passe autrement."}
LESSON_RULES: list[tuple[str, Change]] = [
    ("16 mots, 15 au plus", lambda x: x["quiz"][0].update(question=LONG)),
    ("une ligne dit une idée", lambda x: x["ecrans"][0]["lignes"].append("Un. Deux. Trois.")),
    ("a trop de lignes", lambda x: x["ecrans"][0].update(lignes=["Une ligne."] * 11)),
    ("pas de balise HTML", lambda x: x.update(titre="<b>Joindre</b>")),
    ("pas de balise HTML", lambda x: x["quiz"][1]["document"]["lignes"][0].update(texte="<script>")),
    ("apostrophe s’écrit ’", lambda x: x.update(titre="L'enveloppe")),
    ("espace insécable", lambda x: x.update(titre="Tu viens ?")),
    ("espace insécable", lambda x: x.update(titre="Tu viens?")),
    ("espace insécable", lambda x: x.update(titre="Le «mot»")),
    ("entre un nombre et son unité", lambda x: x.update(titre="Prends 10 minutes")),
    ("il manque « explication »", lambda x: x["quiz"][0]["choix"][0].pop("explication")),
    ("il manque « explication »", lambda x: x["ecrans"][2]["geste"]["fichiers"][0].pop("explication")),
    ("exactement un choix juste", lambda x: x["quiz"][0]["choix"][1].update(juste=True)),
    ("exactement une ligne juste", lambda x: x["quiz"][1]["document"]["lignes"][0].update(juste=True)),
    ("exactement un fichier juste", lambda x: x["ecrans"][2]["geste"]["fichiers"][0].update(juste=True)),
    ("donné deux fois", lambda x: x["quiz"][0].update(id="e1")),
    ("donné deux fois", lambda x: x["quiz"][0]["choix"].append({**CHOICE, "id": "a"})),
    ("il manque « licence »", lambda x: x.pop("licence")),
    ("« licence » n’est pas un des choix", lambda x: x.update(licence="Tous droits réservés")),
    ("il manque « verifie_le »", lambda x: x.pop("verifie_le")),
    ("il manque « alt »", lambda x: x["ecrans"][0]["image"].pop("alt")),
    ("n’est pas un seul dessin", lambda x: x["ecrans"][0]["image"].update(signe="AB")),
    ("ce « genre » n’existe pas ici", lambda x: x["ecrans"][0].update(genre="film")),
    ("« couleur » n’est pas un mot connu", lambda x: x["quiz"][2].update(couleur="vert")),
    ("le thème « pluie » n’existe pas", lambda x: x.update(theme="pluie")),
    ("le geste « mail.rever » n’est pas", lambda x: x.update(gestes=["mail.rever"])),
    ("la page « young/nulle.py » n’existe pas", lambda x: x["geste_suivant"].update(page="young/nulle.py")),
    ("« page » n’a pas la bonne forme", lambda x: x["geste_suivant"].update(page="admin/team.py")),
    ("n’est pas le nom du fichier", lambda x: x.update(id="autre")),
    ("« duree_min » est trop grand", lambda x: x.update(duree_min=30)),
]


def _first_moment(scene: dict[str, Any]) -> dict[str, Any]:
    return scene["moments"][0]  # type: ignore[no-any-return]


SCENE_RULES: list[tuple[str, Change]] = [
    ("le moment « nulle-part » n’existe pas", lambda x: _first_moment(x)["choix"][0].update(suite="nulle-part")),
    ("on n’arrive jamais à « fin-prevenue »", lambda x: x.update(debut="rappel")),
    ("au moins deux fins", lambda x: x.update(moments=[*x["moments"][:-2]], debut="reveil") or _to_one_end(x)),
    ("tourne en rond", lambda x: _first_moment(x)["choix"][0].update(suite="reveil")),
    ("a deux à quatre choix, ou une fin", lambda x: _first_moment(x).update(choix=_first_moment(x)["choix"][:1])),
    ("il manque « pourquoi »", lambda x: _first_moment(x)["choix"][0].pop("pourquoi")),
    ("fait recommencer à une fin", lambda x: x["moments"][-1]["fin"].update(refaire="fin-prevenue")),
]


def _to_one_end(scene: dict[str, Any]) -> None:
    for moment in scene["moments"]:
        for choice in moment.get("choix", []):
            if choice["suite"].startswith("fin-"):
                choice["suite"] = "fin-prevenue"


@for_each(("said", "change"), LESSON_RULES)
def test_a_lesson_that_breaks_a_rule_is_refused_with_its_line(tmp_path: Path, said: str, change: Change) -> None:
    assert said in lesson_mistakes(tmp_path, change)


@for_each(("said", "change"), SCENE_RULES)
def test_a_scene_that_would_lose_somebody_is_refused(tmp_path: Path, said: str, change: Change) -> None:
    assert said in scene_mistakes(tmp_path, change)


def test_a_mistake_inside_a_kind_is_told_with_its_own_line(tmp_path: Path) -> None:
    text = (library.LESSONS / "joindre-un-fichier.yaml").read_text(encoding="utf-8")
    rows = text.replace("Ton CV voyage dedans.", "L'erreur est là.").splitlines()
    number = next(at for at, row in enumerate(rows, 1) if "L'erreur" in row)
    (tmp_path / "joindre-un-fichier.yaml").write_text("\n".join(rows), encoding="utf-8")
    with pytest.raises(ContentMistakes, match=f"yaml:{number} : l’apostrophe"):
        library.read_lessons(tmp_path)


def test_all_mistakes_of_a_folder_come_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("id: a\n", encoding="utf-8")
    (tmp_path / "b.yaml").write_text("id: b\n", encoding="utf-8")
    with pytest.raises(ContentMistakes) as raised:
        library.read_lessons(tmp_path)
    assert {line.partition(":")[0] for line in raised.value.mistakes} == {"a.yaml", "b.yaml"}

"""What is said after an answer, for each kind of question and gesture; and how a file name is judged."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

from clicnjob.learn import answers
from clicnjob.learn.file_names import broken_name_rules, file_extension
from clicnjob.learn.gestures import Gesture
from clicnjob.learn.quiz import QuizQuestion
from tests.for_each import for_each

WHY = "Cela se passe ainsi."


def choice(key: str, **more: Any) -> dict[str, Any]:
    return {"id": key, "texte": f"Choix {key}.", "explication": WHY, **more}


RIGHT, WRONG = choice("a", juste=True), choice("b")
LINES = [{**choice(key), "texte": key, "juste": key == "c"} for key in "abcd"]
EXERCISES: dict[str, tuple[Any, tuple[str, ...], tuple[str, ...]]] = {
    "choix": ({"genre": "choix", "question": "Quoi", "choix": [RIGHT, WRONG]}, ("a",), ("b",)),
    "plusieurs": (
        {"genre": "plusieurs", "question": "Quoi", "choix": [RIGHT, choice("c", juste=True), WRONG]},
        ("a", "c"),
        ("a", "b"),
    ),
    "vrai_faux": (
        {"genre": "vrai_faux", "question": "Le ciel est vert.", "juste": False, "explication": WHY},
        ("faux",),
        ("vrai",),
    ),
    "ordre": (
        {"genre": "ordre", "question": "Quoi", "suite": ["A.", "B.", "C."], "explication": WHY},
        ("0", "1", "2"),
        ("0", "2", "1"),
    ),
    "trouver": (
        {"genre": "trouver", "question": "Quoi", "document": {"titre": "Mail", "lignes": LINES}},
        ("c",),
        ("a",),
    ),
    "choisir_fichier": (
        {
            "genre": "choisir_fichier",
            "fichiers": [
                {"id": key, "nom": key, "taille": "1 Ko", "explication": WHY, "juste": key == "b"} for key in "abc"
            ],
        },
        ("b",),
        ("a",),
    ),
    "trouver_mot": (
        {"genre": "trouver_mot", "texte": "Il faut du temps, vite.", "mot": "temps", "explication": WHY},
        ("temps,",),
        ("vite.",),
    ),
    "corriger": (
        {"genre": "corriger", "ligne": "a", "attendu": ["Je l’ai vu"], "explication": WHY},
        ("je  l'ai VU",),
        ("je lé vu",),
    ),
    "juger": (
        {
            "genre": "juger",
            "oui": "Sûr",
            "non": "Louche",
            "objets": [{**choice(key), "juste": key == "a"} for key in "abc"],
        },
        ("a=oui", "b=non", "c=non"),
        ("a=oui", "b=oui", "c=non"),
    ),
    "nommer": (
        {"genre": "nommer", "de": "doc(1).pdf", "bon": "CV-Lina.pdf", "indice": "Ton nom."},
        ("CV-Lina.pdf",),
        ("CV final.pdf",),
    ),
}


def exercise(kind: str) -> tuple[Any, tuple[str, ...], tuple[str, ...]]:
    body, right, wrong = EXERCISES[kind]
    question = kind in ("choix", "plusieurs", "vrai_faux", "ordre", "trouver")
    adapter: Any = TypeAdapter(QuizQuestion if question else Gesture)
    return adapter.validate_python({"id": "x", **body} if question else body), right, wrong


@for_each("kind", EXERCISES)
def test_a_right_answer_is_over_and_a_wrong_one_can_be_tried_again(kind: str) -> None:
    what, right, wrong = exercise(kind)
    over, not_over = answers.feedback_on(what, right), answers.feedback_on(what, wrong)
    assert over.over and over.kept == right
    assert not not_over.over and not_over.kept != wrong
    assert not answers.feedback_on(what, ()).over
    assert not answers.feedback_on(what, ("rien-de-tel",)).over


def test_the_right_part_of_an_answer_is_kept() -> None:
    assert answers.feedback_on(exercise("plusieurs")[0], ("a", "b")).kept == ("a",)
    assert answers.feedback_on(exercise("ordre")[0], ("0", "2", "1")).kept == ("0",)
    assert answers.feedback_on(exercise("juger")[0], ("a=oui", "b=oui")).kept == ("a=oui",)


def test_the_lines_to_order_never_begin_in_the_right_order() -> None:
    question = exercise("ordre")[0]
    shown = answers.shuffled_order(question)
    assert sorted(shown) == list(answers.right_order(question)) and shown[0] != "0"


NAMES = [
    ("CV-Lina-Morel.pdf", ()),
    ("CV Lina Morel 2026.pdf", ()),
    ("lina_morel_cv.PDF", ()),
    ("CV.pdf", ("sans_nom",)),
    ("", ("vide",)),
    ("CV-Lina", ("extension",)),
    ("CV-Lina.docx", ("extension", "signes")),
    ("CV-Lina(3).pdf", ("parentheses",)),
    ("CV-Lina-final.pdf", ("brouillon",)),
    ("CV-Lina-v2.pdf", ("brouillon",)),
    ("CV-Zoé.pdf", ("accents",)),
    ("CV/Lina?.pdf", ("signes",)),
    (f"CV-Lina-{'a' * 60}.pdf", ("long",)),
    ("mon cv.pdf", ("sans_nom",)),
]


@for_each(("name", "rules"), NAMES)
def test_a_file_name_is_judged_by_what_its_reader_sees(name: str, rules: tuple[str, ...]) -> None:
    assert broken_name_rules(name, extension=".pdf") == rules


def test_the_extension_of_a_name_is_its_end() -> None:
    assert [file_extension(one) for one in ("a.pdf", "a.b.docx", "sans", "a. b")] == [".pdf", ".docx", "", ""]

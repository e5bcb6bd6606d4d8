"""French words as they are compared."""

from __future__ import annotations

from clicnjob.jobs.folding import folded_words, masculine_singular, singular_form, sound_key, word_family
from tests.for_each import for_each


@for_each(
    ("text", "read"),
    [
        ("L’Aide-Soignant(e)", ["aide", "soignant"]),
        ("vendeur·euse", ["vendeur"]),
        ("la S.N.C.F.", ["la", "sncf"]),
        ("J’aime l’école", ["aime", "ecole"]),
        ("Cœur d’œuf", ["coeur", "oeuf"]),
        ("looooool", ["lool"]),
        ("2roues 3D", ["2roues", "3d"]),
    ],
)
def test_a_text_is_read_in_plain_words(text: str, read: list[str]) -> None:
    assert list(folded_words(text)) == read


@for_each(
    ("word", "masculine"),
    [("coiffeuses", "coiffeur"), ("animatrice", "animateur"), ("caissieres", "caissier"), ("mecaniciennes", "mecanicien"),
     ("maconne", "macon"), ("bouchere", "boucher"), ("chevaux", "cheval"), ("bus", "bus"), ("bois", "bois")],
)  # fmt: skip
def test_gender_and_number_are_taken_off(word: str, masculine: str) -> None:
    assert masculine_singular(word) == masculine


def test_words_of_one_family_share_their_root() -> None:
    assert word_family("jardinier") == word_family("jardinage") == word_family("jardin")


def test_a_plural_is_made_singular() -> None:
    assert singular_form("bateaux") == "bateau"


@for_each(
    ("one", "other"),
    [("vandeuse", "vendeuse"), ("chofeur", "chauffeur"), ("electrissien", "electricien"), ("fotograf", "photographe"),
     ("aqueil", "accueil"), ("kuisinier", "cuisinier"), ("masson", "masson"), ("gato", "gateau"), ("pintre", "peintre")],
)  # fmt: skip
def test_words_said_alike_share_their_sound(one: str, other: str) -> None:
    assert sound_key(one) == sound_key(other)


def test_words_said_otherwise_differ() -> None:
    assert sound_key("boucher") != sound_key("boulanger")

"""What is private is spotted; what only looks like it is left alone."""

from __future__ import annotations

import pytest

from clicnjob.cv.model import phrases
from clicnjob.cv.model.prompts import cv_prompts
from clicnjob.proofreading import sensitive
from tests.for_each import for_each

PRIVATE = [
    ("12 rue de la Paix", "street"),
    ("3 bis avenue Jean Jaurès", "street"),
    ("12 place du Marché, Lens", "street"),
    ("J’habite au 4 rue Pasteur", "street"),
    ("5, impasse des Lilas", "street"),
    ("né le 12/05/2003", "birth_date"),
    ("Née le 3 mai 2004 à Lille", "birth_date"),
    ("Date de naissance : 12.05.2003", "birth_date"),
    ("12/05/2004", "birth_date"),
    ("née en 2005", "birth_date"),
    ("19 ans", "age"),
    ("J'ai 18 ans", "age"),
    ("Âge : 20 ans", "age"),
    ("Marié, 2 enfants", "family"),
    ("célibataire", "family"),
    ("Mère de 2 enfants", "family"),
    ("2 enfants", "family"),
    ("Situation familiale : divorcé", "family"),
    ("Célibataire sans enfant", "family"),
    ("Nationalité française", "nationality"),
    ("de nationalité malienne", "nationality"),
    ("Titre de séjour en cours", "nationality"),
    ("Né à Oran", "nationality"),
    ("d'origine algérienne", "nationality"),
    ("musulmane pratiquante", "religion"),
    ("Religion : catholique", "religion"),
    ("Je suis croyant", "religion"),
    ("Je suis diabétique", "health"),
    ("RQTH", "health"),
    ("arrêt maladie en 2023", "health"),
    ("j'ai de l'asthme", "health"),
    ("Suite à une dépression", "health"),
    ("mon handicap", "health"),
    ("Enceinte", "health"),
    ("Baby-sitting chez Mme Dupont", "other_person"),
    ("Tuteur : M. Karim Benali", "other_person"),
    ("Aide à ma tante Fatou", "other_person"),
    ("Appeler le 06 12 34 56 78", "other_contact"),
    ("contact : patron@garage.fr", "other_contact"),
    ("103055935012383", "nir"),
    ("1 03 05 59 350 123 83", "nir"),
    ("2 03 05 2A 004 012 61", "nir"),
    ("1 03 05 59 350 123", "nir"),
    ("sécurité sociale : 103055935012399", "nir"),
    ("FR76 3000 6000 0112 3456 7890 189", "iban"),
    ("FR7630006000011234567890189", "iban"),
    ("RIB : BE68 5390 0754 7034 CHEZ ING", "iban"),
    ("DE89370400440532013000", "iban"),
    ("4111 1111 1111 1111", "card"),
    ("4970 1012 3456 7893", "card"),
]

NOT_PRIVATE = [
    "Aide aux personnes handicapées",
    "EHPAD Les Tilleuls",
    "Hôpital de Lens",
    "Langue arabe",
    "Kebab turc",
    "35 heures",
    "35 heures par semaine",
    "Garde de 2 enfants de 4 et 6 ans",
    "Baby-sitting, 2 enfants",
    "Secours catholique",
    "Lycée catholique Saint-Joseph",
    "Robe de mariée, retouches",
    "Maquillage de mariée",
    "Organisation de mariages",
    "Cuisine marocaine et turque",
    "Restaurant algérien Le Sud",
    "Aide aux réfugiés",
    "Accompagner des enfants autistes",
    "Repas pour résidents diabétiques",
    "12 cours de danse",
    "3 cours par semaine",
    "2 places de parking",
    "1 place en finale",
    "Balayer 2 cours et 3 allées",
    "Nettoyer 3 rues du quartier",
    "Monsieur Bricolage, Arras",
    "Vendeur chez Mr Bricolage",
    "Docs Dr Martens et sneakers",
    "0,5 mm",
    "CACES R489 1A 3 5",
    "Bac pro 2023",
    "Septembre 2022 à juin 2023",
    "Du 12/05/2023 au 30/06/2023",
    "Depuis le 01/09/2010",
    "06/2023 - 08/2023",
    "5 ans de judo",
    "Gagner 2 tournois à 16 ans et moins",
    "Encadrer des jeunes de 14 à 17 ans",
    "U17 puis U19",
    "Trier 1200 colis par jour",
    "978 articles encaissés",
    "EAN 3017620422003",
    "SIRET 73282932000074",
    "Numéro 1234567890",
    "Gestion de 2 500 euros de caisse",
    "Gestes de premiers secours, PSC1",
    "Aide à la toilette de personnes malades",
    "Vente en pharmacie",
    "Service santé de la mairie",
    "Ménage chez une personne âgée",
    "Chez Paul, boulangerie",
    "Pizzeria chez Mario",
    "La Maison de Marie",
    "Place de la République, marché",
    "Vendeuse rue de Béthune, Lille",
    "Boulevard de la fête, spectacle",
    "Parler le français et l’arabe",
    "Français : langue maternelle",
    "Anglais courant",
    "Papiers cadeaux et emballages",
    "Commerce équitable",
    "Tri de papiers et cartons",
    "Naissance d’un agneau : aide au vétérinaire",
    "Nouveau-nés à la maternité : visite de stage",
    "Mariage de ma cousine : service de 80 repas",
    "Père Noël au centre commercial",
    "Restaurer une vieille voiture avec mon père",
    "Garder mes frères et sœurs",
    "Aider ma mère à la caisse",
    "Sensibiliser à la santé et au handicap",
    "Collecte pour l’association des aveugles",
    "Journée de sensibilisation au handicap",
    "Foi en l’équipe",
    "Distribution pendant les fêtes",
    "Chant à la chorale de l’église",
    "Permis B, voiture",
    "Carte de fidélité proposée aux clients",
    "Accident : alerter, protéger",
    "Allergènes : informer les clients",
    "Produits sans gluten pour personnes allergiques",
    "40 kg de légumes",
    "2 avenues nettoyées",
    "Mme Pizza",
    "Madame Monsieur, boutique à Lyon",
    "Disponible du 1 au 30 mai 2025",
    "Atelier vélo : 12 vélos réparés",
    "Bâtiment B, agent d’entretien",
    "Mayotte, Dembéni",
    "Comorien, français",
    "Algérien (arabe dialectal)",
    "Turc",
    "CAP AEPE, école maternelle",
]


def kinds(text: str) -> list[str]:
    return [place.kind for place in sensitive.sensitive_places(text)]


def words(text: str) -> list[str]:
    return [place.text for place in sensitive.sensitive_places(text)]


def with_key(body: str) -> str:
    """A social security number with its key, as Insee computes it."""
    digits = int(body.replace("2A", "19").replace("2B", "18"))
    return f"{body}{97 - digits % 97:02}"


@for_each(("text", "kind"), PRIVATE)
def test_private_words_are_spotted(text: str, kind: str) -> None:
    assert kind in kinds(text)


@for_each("text", NOT_PRIVATE)
def test_ordinary_words_are_left_alone(text: str) -> None:
    assert words(text) == []


def test_no_phrase_of_the_catalogue_is_private() -> None:
    offered = cv_prompts()
    ready = [t for w in (*offered.activities.values(), *offered.kinds.values()) for t in (*w.phrases, *w.intitules)]
    lines = [phrases.phrase_text(t, number) for t in ready for number in (None, phrases.example_number(t))]
    assert [(line, words(line)) for line in dict.fromkeys(lines) if sensitive.sensitive_places(line)] == []


@for_each("body", ["1030559350123", "2991297411006", "203052A004012", "104122B033007", "7030599350123"])
def test_a_social_security_number_with_its_key_is_spotted(body: str) -> None:
    assert kinds(f"N° {with_key(body)}") == ["nir"]


def test_a_social_security_number_may_be_spaced() -> None:
    number = with_key("203052A004012")
    spaced = f"{number[0]} {number[1:3]} {number[3:5]} {number[5:7]} {number[7:10]} {number[10:13]} {number[13:]}"
    assert words(f"Sécu {spaced}, Ajaccio") == [spaced]


def test_a_wrong_key_is_no_social_security_number() -> None:
    right = with_key("1030559350123")
    wrong = right[:13] + f"{(int(right[13:]) + 1) % 97:02}"
    assert kinds(wrong) == []


def test_a_wrong_key_is_spotted_all_the_same_when_the_line_says_what_it_is() -> None:
    assert kinds("Numéro de sécurité sociale : 103055935012300") == ["nir"]


@for_each(
    "iban",
    ["FR76 3000 6000 0112 3456 7890 189", "FR7630006000011234567890189", "fr76 3000 6000 0112 3456 7890 189",
     "BE68 5390 0754 7034", "DE89 3704 0044 0532 0130 00", "GB82 WEST 1234 5698 7654 32",
     "NO93 8601 1117 947",
     "MT84 MALT 0110 0001 2345 MTLC AST0 01S", "MA64 0115 1900 0001 2050 0053 4921"],
)  # fmt: skip
def test_an_iban_of_any_country_is_spotted(iban: str) -> None:
    assert words(f"RIB {iban} chez ma banque") == [iban]


def test_an_iban_with_one_digit_changed_is_none() -> None:
    assert kinds("FR76 3000 6000 0112 3456 7890 188") == []


@pytest.mark.parametrize("number", ["4111 1111 1111 1111", "5555-5555-5555-4444", "378282246310005"])
def test_a_bank_card_is_spotted(number: str) -> None:
    assert kinds(number) == ["card"]


@pytest.mark.parametrize("number", ["4111 1111 1111 1112", "73282932000074", "3017620422003"])
def test_other_long_numbers_are_no_bank_card(number: str) -> None:
    assert kinds(number) == []


def test_the_whole_address_is_underlined() -> None:
    assert words("Habite au 12 bis rue de la Paix, Lille") == ["12 bis rue de la Paix"]


def test_the_whole_birth_date_is_underlined() -> None:
    assert words("Lina, née le 3 mai 2004") == ["née le 3 mai 2004"]


def test_a_full_date_after_2012_is_a_date_of_work() -> None:
    assert kinds("12/05/2023") == []


def test_children_beside_marriage_are_family() -> None:
    assert kinds("Marié, 2 enfants") == ["family", "family"]


def test_children_looked_after_are_a_job() -> None:
    assert kinds("Baby-sitting, 2 enfants") == []


def test_places_are_in_order_and_never_overlap() -> None:
    text = "Né le 12/05/2003, célibataire, 12 rue de la Paix, 06 12 34 56 78, RQTH"
    found = sensitive.sensitive_places(text)
    assert [place.kind for place in found] == ["birth_date", "family", "street", "other_contact", "health"]
    assert all(text[p.start : p.end] == p.text for p in found)


def test_every_kind_says_why_in_a_short_sentence() -> None:
    reasons = sensitive.clue_file().pourquoi
    assert [why for why in reasons.values() if not why.endswith(".") or "'" in why or len(why) > 85] == []


@for_each("text", ["", "1" * 4000, "FR76 " * 800, "12 rue " * 500, "é\u0301" * 100, "0 " * 2000])
def test_any_text_is_read_without_a_fault(text: str) -> None:
    assert all(text[p.start : p.end] == p.text for p in sensitive.sensitive_places(text))

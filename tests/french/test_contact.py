"""Telephone, e-mail and town: what people type is accepted when it can be, and refused with the way out."""

from __future__ import annotations

import pytest

from clicnjob.errors import Refusal
from clicnjob.french import contact
from tests.for_each import for_each


@for_each(
    "typed",
    [
        "06 12 34 56 78",
        "06.12.34.56.78",
        "06-12-34-56-78",
        "06/12/34/56/78",
        "06–12–34–56–78",
        "0612345678",
        " 06\u00a012\u202f34\u200956 78 ",
        "+33 (0)6 12 34 56 78",
        "+33(0)612345678",
        "+33 6 12 34 56 78",
        "＋33 6 12 34 56 78",
        "+330612345678",
        "0033612345678",
        "00 33 (0) 6 12 34 56 78",
        "33612345678",
        "612345678",
        "(06) 12 34 56 78",
        "٠٦١٢٣٤٥٦٧٨",
        "۰۶۱۲۳۴۵۶۷۸",
        "０６１２３４５６７８",
        "０６ １２ ３４ ５６ ７８",
        "06\u200b12345678\u202c",
    ],
)
def test_every_writing_of_a_french_mobile_is_one_number(typed: str) -> None:
    assert contact.phone_number(typed) == "+33612345678"


@for_each(
    ("typed", "stored"),
    [
        ("639981122", "+33639981122"),  # a range that numbering plans do not know yet
        ("6 39 98 11 22", "+33639981122"),
        ("142685300", "+33142685300"),
    ],
)
def test_a_first_zero_that_was_left_out_is_put_back(typed: str, stored: str) -> None:
    assert contact.phone_number(typed) == stored


@for_each(
    ("typed", "stored"),
    [
        ("+44 7911 123456", "+447911123456"),
        ("0044 7911 123456", "+447911123456"),
        ("+44 (0)7911 123456", "+447911123456"),
        ("+213 551 23 45 67", "+213551234567"),
        ("0692 12 34 56", "+262692123456"),
        ("0690 12 34 56", "+590690123456"),
        ("0694 20 12 34", "+594694201234"),
        ("+262 639 12 34 56", "+262639123456"),
        ("00262 (0)639 12 34 56", "+262639123456"),
        ("87 12 34 56", "+68987123456"),
        ("01 42 68 53 00", "+33142685300"),
    ],
)
def test_overseas_and_foreign_numbers_are_accepted(typed: str, stored: str) -> None:
    assert contact.phone_number(typed) == stored


@for_each(
    "typed",
    [
        "06 12 34 56 78 (maman)",
        "tel 0612345678",
        "0612345678 ou fixe",
        "O6 12 34 56 78",
        "0612E4567",
        "maman",
        "０６ａ",
    ],
)
def test_letters_in_a_number_are_refused_and_never_turned_into_digits(typed: str) -> None:
    with pytest.raises(contact.LettersInPhone):
        contact.phone_number(typed)


@pytest.mark.parametrize("typed", ["06 12 34 56 78 / 07 12 34 56 78", "0612345678 0712345678"])
def test_two_numbers_in_one_place_are_refused(typed: str) -> None:
    with pytest.raises(contact.WrongPhone, match="un seul numéro"):
        contact.phone_number(typed)


@pytest.mark.parametrize("typed, count", [("06 12 34 56 7", "9"), ("06 12 34 56 78 9", "11"), ("0612345", "7")])
def test_a_number_with_a_digit_missing_or_more_says_how_many(typed: str, count: str) -> None:
    with pytest.raises(contact.WrongPhone, match=count):
        contact.phone_number(typed)


@for_each(
    "typed",
    ["00 00 00 00 00", "1", "+", "06 12 34 56 78 #", "+999 12345678", "++33612345678", "½", "()", "☎"],
)
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(contact.WrongPhone):
        contact.phone_number(typed)


@for_each(
    ("stored", "shown"),
    [
        ("+33612345678", "06 12 34 56 78"),
        ("+33142685300", "01 42 68 53 00"),
        ("+447911123456", "+44 7911 123456"),
        ("+262692123456", "+262 692 12 34 56"),
        ("+68987123456", "+689 87 12 34 56"),
        ("", ""),
        ("(912) 555-4321", "(912) 555-4321"),
    ],
)
def test_a_number_is_shown_as_people_write_it(stored: str, shown: str) -> None:
    assert contact.phone_shown(stored) == shown


@for_each("stored", ["+33612345678", "+447911123456", "+262692123456", "+68987123456", "+687751234"])
def test_a_number_shown_can_be_typed_again(stored: str) -> None:
    assert contact.phone_number(contact.phone_shown(stored)) == stored


@for_each(
    ("typed", "stored"),
    [
        ("zoe@exemple.fr  ", "zoe@exemple.fr"),
        ("\u00a0zoe@exemple.fr\u200b\n", "zoe@exemple.fr"),
        ("« zoe@exemple.fr  »", "zoe@exemple.fr"),
        ("<zoe@exemple.fr>", "zoe@exemple.fr"),
        ("mailto:zoe@exemple.fr", "zoe@exemple.fr"),
        ("Zoe.B+cv@Exemple.FR", "Zoe.B+cv@exemple.fr"),
        ("x@münchen.de", "x@münchen.de"),
        ("x@xn--mnchen-3ya.de", "x@münchen.de"),
        ("xXx_dark_xXx@exemple.fr", "xXx_dark_xXx@exemple.fr"),
        ("o'brien@exemple.fr", "o'brien@exemple.fr"),
    ],
)
def test_an_address_is_trimmed_and_kept(typed: str, stored: str) -> None:
    assert contact.email_address(typed) == stored


def test_an_accent_before_the_at_sign_is_refused_with_the_address_to_try() -> None:
    with pytest.raises(contact.WrongEmail, match="zoe@exemple.fr"):
        contact.email_address("Zoé@exemple.fr")


@for_each(
    "typed",
    [
        "x@y.fr\nBcc: tous@z.fr",
        "x@y.fr\r\nBcc: tous@z.fr",
        "x@y.fr\x0bBcc: tous@z.fr",
        "x@y.fr\u2028z",
        '"a b"@y.fr',
        '"a"@y.fr',
        "a b@y.fr",
        "zoe",
        "zoe@",
        "@exemple.fr",
        "zoe@exemple",
        "zoe@exemple,fr",
        "zoe@@exemple.fr",
        "zoe@exemple..fr",
        "a@b.fr, c@d.fr",
        "a@b.fr;c@d.fr",
        "zoe@[127.0.0.1]",
        "zoe@localhost",
        "Zoé <zoe@exemple.fr>",
        "a" * 65 + "@exemple.fr",
        "a@" + "b" * 300 + ".fr",
        "a@\u202ebob.fr",
        "@" * 200,
        "зоя@exemple.fr",
    ],
)
def test_what_no_mailbox_can_have_is_refused(typed: str) -> None:
    with pytest.raises(Refusal) as refusal:
        if contact.email_address(typed) == "a@bob.fr":  # the trick of direction is gone, what is left is what is read
            raise contact.WrongEmail
    assert refusal.value.sentence


@pytest.mark.parametrize(
    "typed, hint",
    [
        ("zoe", "arobase"),
        ("a b@y.fr", "espace"),
        ("zoe@exemple", "point"),
        ("a@b.fr, c@d.fr", "une seule"),
        ("zoe@exemple.con", "zoe@exemple.com"),
        ("zoe@exemple.rf", "zoe@exemple.fr"),
    ],
)
def test_the_refusal_of_an_address_names_the_mistake(typed: str, hint: str) -> None:
    with pytest.raises(contact.WrongEmail, match=hint):
        contact.email_address(typed)


@for_each(
    ("typed", "kept"),
    [
        ("Paris", "Paris"),
        ("75011 Paris", "Paris"),
        ("F-75011 Paris", "Paris"),
        ("Paris 75011", "Paris"),
        ("Paris, 75011", "Paris"),
        ("Paris 11e", "Paris 11e"),
        ("Lyon (69)", "Lyon (69)"),
        ("12 rue de l’Égalité, 75011 Paris", "Paris"),
        ("12 bis rue de l'Égalité 75011 Paris CEDEX 11", "Paris"),
        ("12 rue X, Lyon", "Lyon"),
        ("Foyer des Lilas, 59000 Lille", "Lille"),
        ("97400 Saint-Denis, La Réunion", "Saint-Denis, La Réunion"),
        ("Saint-Denis, La Réunion", "Saint-Denis, La Réunion"),
        ("Rue", "Rue"),
        ("Le Passage", "Le Passage"),
        ("La Place", "La Place"),
        ("Cours-la-Ville", "Cours-la-Ville"),
        ("Tours", "Tours"),
        ("L’Haÿ-les-Roses", "L’Haÿ-les-Roses"),
        ("Batz-sur-Mer", "Batz-sur-Mer"),
        ("Villeneuve-d’Ascq", "Villeneuve-d’Ascq"),
        ("Lyon et environs", "Lyon et environs"),
        ("Le Mans – centre", "Le Mans – centre"),
        ("", ""),
        ("\u3164", ""),
        ("Lyon (69003)", "Lyon"),
        ("Saint-Denis (97400, La Réunion)", "Saint-Denis"),
        ("Saint-Denis (La Réunion)", "Saint-Denis (La Réunion)"),
    ],
)
def test_the_town_is_kept_and_the_rest_of_an_address_left_out(typed: str, kept: str) -> None:
    assert contact.town_name(typed) == kept


@for_each(
    "typed",
    [
        "12 bis, rue de l’Égalité – Bât. C, 3e ét.",
        "rue de la Paix",
        "3 av. Foch",
        "12 rue de la Paix Paris",
        "Bât. C",
        "75011",
        "appt 12",
        "lotissement des Pins",
        "14, 2e étage",
    ],
)
def test_a_street_alone_is_refused_and_the_town_asked_for(typed: str) -> None:
    with pytest.raises(contact.NoTown, match="seulement la ville"):
        contact.town_name(typed)


@for_each(
    "typed",
    [
        "SDF",
        "S.D.F.",
        "sans domicile fixe",
        "Foyer ASE …",
        "foyer",
        "FJT Les Lilas",
        "chez ma tante",
        "CHRS",
        "à la rue",
    ],
)
def test_someone_without_a_home_may_leave_the_town_empty(typed: str) -> None:
    with pytest.raises(contact.NoTown, match="laisser vide"):
        contact.town_name(typed)


@for_each("accept", [contact.phone_number, contact.email_address, contact.town_name])
@for_each("typed", ["", "   ", "\u00a0", "\u200b"])
def test_nothing_typed_is_nothing_stored(accept: object, typed: str) -> None:
    assert accept(typed) == ""  # type: ignore[operator]


@pytest.mark.parametrize("accept", [contact.phone_number, contact.email_address, contact.town_name])
def test_half_a_character_is_refused_everywhere(accept: object) -> None:
    with pytest.raises(Refusal):
        accept("a\ud83d@b.fr")  # type: ignore[operator]


@pytest.mark.parametrize(
    "accept, typed",
    [
        (contact.phone_number, "+33 6 12 34 56 78"),
        (contact.email_address, "x@münchen.de"),
        (contact.town_name, "75011 Paris"),
    ],
)
def test_what_was_stored_is_accepted_again_unchanged(accept: object, typed: str) -> None:
    stored = accept(typed)  # type: ignore[operator]
    assert accept(stored) == stored  # type: ignore[operator]

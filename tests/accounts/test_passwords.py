"""What a password may be: long, unlike the person, and not what everybody tries."""

from __future__ import annotations

import pytest

from clicnjob import policy
from clicnjob.accounts import passwords
from clicnjob.accounts.passwords import CommonPassword, ShortPassword, TellingPassword, normal_password, strong_password
from tests.conftest import ARGON2_OF_THE_APP
from tests.for_each import for_each

ABOUT = ("claire.morvan", "Claire", "Morvan")
PLACE = "Mission locale des Trois Rives"


@for_each(
    "password",
    [
        "quatre mots assez longs",
        "été à la forêt",
        "k7qm-2xhp-9d3f-aa10",
        "trois petits chats dorment",
        "j’aime les pamplemousses bleus",
        "密码密码一二三四五六七八九十甲乙",
    ],
)
def test_long_words_without_a_link_do(password: str) -> None:
    assert strong_password(password, about=ABOUT, place=PLACE) == normal_password(password)


@pytest.mark.parametrize("password", ["", "onze lettre", "x" * 201, "   "])
def test_too_short_or_too_long_does_not(password: str) -> None:
    with pytest.raises(ShortPassword):
        strong_password(password)


@for_each(
    "password",
    [
        "aaaaaaaaaaaa",
        "abcabcabcabc",
        "123456789012",
        "azertyuiop12",
        "azertyuiopqsdfgh",
        "qwertyuiop123",
        "motdepasse1234",
        "M0td3p4sse2024!",
        "MissionLocale59",
        "Marseille2024!",
        "jetaimemaman",
        "password1234",
        "Bonjour2026!!",
        "novembre2026",
        "12345678azerty",
        "missionlocale missionlocale",
    ],
)
def test_what_everybody_tries_first_does_not(password: str) -> None:
    with pytest.raises(CommonPassword):
        strong_password(password)


@for_each("password", ["ClaireMorvan1", "claire.morvan!", "Morvan-Claire-7", "TroisRives2026", "cla1rE.morvan"])
def test_what_is_known_of_the_person_does_not(password: str) -> None:
    with pytest.raises((TellingPassword, CommonPassword)):
        strong_password(password, about=ABOUT, place=PLACE)


@for_each(
    ("password", "about"),
    [
        ("JesuisAlan2026!!", "Alan"),
        ("jesuis4l@n en vacances", "Alan"),
        ("JE SUIS ALÀN, voilà tout", "Alan"),
        ("le ch@t de M0rv4n est gris", "Morvan"),
        ("navrom dort sous la table", "Morvan"),
        ("Zoé mange trois pommes vertes", "Zoé"),
        ("ZoeMangeTroisPommesVertes", "Zoé"),
        ("z03 mange trois pommes vertes", "Zoé"),
        ("mon voisin hélène range tout", "HÉLÈNE"),
        ("vive jean et ses canards", "Jean-Pierre"),
        ("jeanpierre range ses canards", "Jean Pierre"),
        ("ici cmorvan59 mange du riz", "cmorvan59"),
        ("un souza dans la barque", "de Souza"),
    ],
)
def test_one_s_own_name_is_refused_however_it_is_written(password: str, about: str) -> None:
    with pytest.raises(TellingPassword):
        strong_password(password, about=(about,))


@for_each(
    ("password", "about"),
    [
        ("deux lions dans une barque", "Li"),
        ("quatre canards de bois", "de La Tour"),
        ("une qualité rare du dimanche", "Ali"),
        ("la porte des oliviers verts", "Des Roches"),
        ("quatre mots assez longs", ""),
        ("quatre mots assez longs", "é"),
        ("quatre mots assez longs", "李"),
    ],
)
def test_a_short_name_does_not_refuse_every_word(password: str, about: str) -> None:
    assert strong_password(password, about=(about,)) == password


def test_a_name_alone_is_told_as_such() -> None:
    with pytest.raises(TellingPassword):
        strong_password("ClaireMorvan1", about=ABOUT)


def test_accents_are_the_same_on_every_keyboard() -> None:
    assert strong_password("e\u0301te\u0301 a\u0300 la fore\u0302t") == "été à la forêt"


def test_the_list_of_french_words_is_as_it_is_compared() -> None:
    from clicnjob.text import fold_text

    assert len(passwords.common_words()) >= 80
    assert all(word == fold_text(word) and word.isalpha() for word in passwords.common_words())
    assert len(set(passwords.common_words())) == len(passwords.common_words())


def test_what_the_app_seals_secrets_with_is_what_policy_says() -> None:
    used = ARGON2_OF_THE_APP
    assert (used.time_cost, used.memory_cost, used.parallelism) == (
        policy.ARGON2_PASSES,
        policy.ARGON2_MEMORY_KIB,
        policy.ARGON2_LANES,
    )
    assert used.memory_cost >= 19 * 1024, "OWASP's least for Argon2id with two passes"

"""Every page file, with every role and with nobody: opened straight from its file, without the router."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from clicnjob.models import Role
from clicnjob.paths import PAGES
from clicnjob.ui.shell import navigation, signed_in
from tests.for_each import for_each
from tests.pages.conftest import APP, Open, html


@pytest.mark.slow
@pytest.mark.parametrize("role", [*Role, None])
@for_each("page", navigation.EVERY_PAGE)
def test_a_page_opens_for_its_roles_only(page: navigation.PageInfo, role: Role | None, open_page: Open) -> None:
    shown = open_page(page.file, role)
    refused = shown.title[0].value.startswith(("Cette page n’est pas pour", "À bientôt"))
    assert refused == (role not in page.roles)
    if role is None:
        assert 'href="/connexion"' in html(shown)
        assert not shown.button


def test_every_page_file_is_in_the_navigation() -> None:
    files = {str(path.relative_to(PAGES)) for path in PAGES.rglob("*.py")}
    assert files == {page.file for page in navigation.EVERY_PAGE}


@for_each("path", sorted(PAGES.rglob("*.py")))
def test_the_guard_is_the_first_thing_that_a_page_does(path) -> None:  # type: ignore[no-untyped-def]
    body = [
        line
        for line in path.read_text(encoding="utf-8").split('"""', 2)[2].splitlines()
        if line and not line.startswith(("import ", "from ", "    ", ")"))
    ]
    assert body[0].removeprefix("me = ").startswith("guard.require_role(")  # a fragment asks again by itself


@for_each("path", sorted(PAGES.rglob("*.py")))
def test_a_page_stays_short(path) -> None:  # type: ignore[no-untyped-def]
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 120


def test_addresses_are_unique_and_none_disappears_unnoticed() -> None:
    addresses = [page.address for page in navigation.EVERY_PAGE]
    assert sorted(addresses) == [
        "administration",
        "agenda",
        "apprendre",
        "candidatures",
        "cartes",
        "ce-qui-me-bloque",
        "chemin",
        "chiffres",
        "conservation",
        "construire",
        "effacer",
        "entrainement",
        "entretien",
        "envoyer",
        "equipe",
        "etat",
        "fiche-de-liaison",
        "inscrire",
        "jeune",
        "jour-j",
        "journal",
        "lecon",
        "lecons",
        "ma-page",
        "ma-seance",
        "mail-pour-de-faux",
        "mes-cv",
        "mes-donnees",
        "mes-jeunes",
        "mes-rappels",
        "metier",
        "metiers",
        "mon-compte",
        "mon-conseiller",
        "mon-dossier",
        "mon-sac",
        "mots",
        "on-se-connait",
        "papier",
        "partage",
        "pitch",
        "plans",
        "point-numerique",
        "premiers-reglages",
        "qui-a-vu",
        "reglages",
        "rendez-vous",
        "reponses",
        "reprendre",
        "seance",
        "seance-en-cours",
        "seances",
        "situation",
        "structures",
        "telephone",
        "test",
        "test-groupe",
        "trio",
        "vers-i-milo",
    ]


def test_an_ended_sign_in_acts_no_more(sign_in, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    """The features ask again who acts: a button left on a screen after « J’ai fini » does nothing."""
    from clicnjob import db, models, works
    from clicnjob.accounts import presence

    me = sign_in(Role.YOUNG)
    page = AppTest.from_file(str(APP), default_timeout=20).run()
    page.switch_page("../../pages/young/cvs.py").run()
    with db.write_transaction() as session:
        presence.end_sign_in(session, signed_in.sign_in_token(), reason="left", now=models.utc_now())
    page.button("new-cv").click().run()
    assert page.title[0].value == "À bientôt"
    with db.read_transaction() as session:
        assert len(works.own_works(session, of=me)) == 2  # the profile and the first CV, as before

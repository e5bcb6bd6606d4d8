"""The questions about the person and the job wanted."""

from __future__ import annotations

import streamlit as st

from clicnjob import policy, text
from clicnjob.cv.document import printable
from clicnjob.cv.model import phrases
from clicnjob.cv.model.guide import GuidePlace
from clicnjob.cv.model.profile import Cv, Profile
from clicnjob.french import contact
from clicnjob.ui.forms import asking
from clicnjob.ui.shell.open_work import Desk


def full_name(now: Desk, at: GuidePlace) -> None:
    """Ask for the first and last name."""

    def put_first(profile: Profile, cv: Cv, value: str) -> None:
        profile.first_name = value

    def put_last(profile: Profile, cv: Cv, value: str) -> None:
        profile.last_name = value

    most = policy.NAME_LENGTH
    asking.ask_line(
        "Prénom", name="first", value=now.profile.first_name, put=put_first, check=text.clean_name, most=most
    )
    asking.ask_line("Nom", name="last", value=now.profile.last_name, put=put_last, check=text.clean_name, most=most)
    _tell_unprinted(now.profile.first_name, now.profile.last_name)


def _tell_unprinted(*names: str) -> None:
    """Say which part of a name the CV cannot print, as long as it is kept."""
    signs = "".join(printable.undrawable_signs("".join(names)))
    if any(name and not printable.drawable_text(name) for name in names):
        st.warning(
            "Ce nom ne s’imprime pas. Écris-le avec des lettres\u00a0: a, b, c…", icon=":material/print_disabled:"
        )
    elif signs:
        st.warning("Ces signes ne s’impriment pas sur ton CV\u00a0:", icon=":material/print_disabled:")
        st.text(signs)


def ask_phone(now: Desk, at: GuidePlace) -> None:
    """Ask for the telephone number, stored as E.164 and shown in the French format."""

    def put(profile: Profile, cv: Cv, value: str) -> None:
        profile.phone = value

    shown = contact.phone_shown(now.profile.phone)
    asking.ask_line(
        "Téléphone", name="phone", value=shown, put=put, check=contact.phone_number, example="06 12 34 56 78"
    )


def ask_email(now: Desk, at: GuidePlace) -> None:
    """Ask for the e-mail address; an answer is optional."""

    def put(profile: Profile, cv: Cv, value: str) -> None:
        profile.email = value

    asking.ask_line(
        "Adresse e-mail",
        name="email",
        value=now.profile.email,
        put=put,
        check=contact.email_address,
        example="prenom.nom@exemple.fr",
    )


def ask_town(now: Desk, at: GuidePlace) -> None:
    """Ask for the town; a street address is never asked for."""

    def put(profile: Profile, cv: Cv, value: str) -> None:
        profile.town = value

    asking.ask_line("Ville", name="town", value=now.profile.town, put=put, check=contact.town_name, example="Roubaix")


def job_wanted(now: Desk, at: GuidePlace) -> None:
    """Ask for the job wanted: own words, titles of past experiences, or usual entry-level jobs."""

    def put(profile: Profile, cv: Cv, value: str | None) -> None:
        cv.job_wanted = value or ""

    known = [e.title for e in now.profile.experiences if e.title]
    usual = [
        title for key in _USUAL for title in now.words.activities[key].intitules[:1] if key in now.words.activities
    ]
    asking.ask_line("Métier que tu veux faire", name="job", value=now.cv.job_wanted, put=put, example="Serveuse")
    st.html('<p class="cj-or">Tu peux aussi choisir ici\u00a0:</p>')
    asking.one_of("Métiers", list(dict.fromkeys([*known, *usual])), name="job-pick", chosen=now.cv.job_wanted, put=put)


def ask_availability(now: Desk, at: GuidePlace) -> None:
    """Ask when the person can start."""
    choices = {choice.sur_le_cv: choice.nom for choice in now.words.job.disponibilites if "{" not in choice.sur_le_cv}

    def pick(profile: Profile, cv: Cv, value: str | None) -> None:
        profile.availability = next((said for said, name in choices.items() if name == value), "")

    def put(profile: Profile, cv: Cv, value: str) -> None:
        profile.availability = value

    chosen = choices.get(now.profile.availability)
    asking.one_of("Quand", list(choices.values()), name="availability", chosen=chosen, put=pick)
    asking.ask_line(
        "Ou avec tes mots",
        name="availability-own",
        value=now.profile.availability,
        put=put,
        example="Disponible à partir du 3 mars",
    )


def ask_mobility(now: Desk, at: GuidePlace) -> None:
    """Ask how the person gets to work, and how far for the means that have a distance."""
    ways = {way.nom: way for way in now.words.job.mobilites}
    said = {
        name: line
        for name, way in ways.items()
        for line in now.profile.mobility
        if phrases.is_said(way.sur_le_cv, line)
    }

    def put(profile: Profile, cv: Cv, chosen: list[str]) -> None:
        profile.mobility = [said.get(name, phrases.phrase_text(ways[name].sur_le_cv)) for name in chosen]

    asking.some_of(
        "Moyens",
        list(ways),
        name="mobility",
        chosen=list(said),
        put=put,
        shown=lambda name: f"{ways[name].icone} {name}",
    )
    for name, line in said.items():
        if ways[name].km:
            _ask_distance(ways[name].sur_le_cv, name, line)


def _ask_distance(template: str, name: str, line: str) -> None:
    def put(profile: Profile, cv: Cv, km: int | None) -> None:
        profile.mobility = [
            phrases.phrase_text(template, km) if phrases.is_said(template, kept) else kept for kept in profile.mobility
        ]

    asking.ask_number(
        f"{name}\u00a0: combien de kilomètres\u00a0?",
        name=f"km-{name}",
        value=phrases.number_in(template, line),
        example=phrases.example_number(template) or 5,
        put=put,
    )


# Entry-level jobs, offered to those who have no idea yet.
_USUAL = (
    "aide-de-cuisine",
    "service-en-salle",
    "caisse",
    "preparation-commandes",
    "baby-sitting",
    "ehpad",
    "espaces-verts",
    "nettoyage-bureaux",
)

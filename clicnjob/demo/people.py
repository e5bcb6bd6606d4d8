"""Makes the demonstration's fictitious organisation: its staff, and four young people with CVs in different states."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, select

from clicnjob import models, works
from clicnjob.accounts import cards, codes, people, staff, structure_settings
from clicnjob.cohort.support import contacts
from clicnjob.cv.model import bag, phrases
from clicnjob.cv.model.profile import (
    Certificate,
    Cv,
    Experience,
    ExperienceKind,
    Interest,
    Language,
    Period,
    Profile,
    Quality,
    Study,
)
from clicnjob.cv.model.prompts import cv_prompts
from clicnjob.learn.territory import importing
from clicnjob.models import Account, Role
from clicnjob.paths import DATA
from clicnjob.privacy import notice

PASSWORD = "bruyere-lampadaire-42"  # noqa: S105 - printed for everybody, in a database recreated at each start
PIN = "274916"
TOWN = "Les Trois Rives"
STRUCTURE = "Mission locale des Trois Rives (démonstration)"


@dataclass(frozen=True, slots=True)
class DemoKey:
    """How one demonstration person signs in: with a card and PIN, or with a login and password."""

    who: str
    what: str
    name: str
    secret: str


def people_made(session: Session, *, today: date) -> tuple[DemoKey, ...]:
    """Create the organisation and its people; return the sign-in keys to print. The database must be empty."""
    first_password = staff.first_start(session, organisation_name=STRUCTURE)
    admin = session.exec(select(Account).where(Account.role == Role.ADMIN)).one()
    assert admin.organisation_id is not None
    chosen = structure_settings.SettingsBody(town=TOWN)
    structure_settings.change_settings(
        session, chosen, by=admin, organisation_id=admin.organisation_id, base=0, now=models.utc_now()
    )
    importing.import_territory(session, [DATA / "demonstration" / "territoire.json"], today=today)
    adviser = staff.enrol_staff(
        session, by=admin, role=Role.ADVISER, first_name="Claire", last_name="Morvan", login="claire", password=PASSWORD
    )
    for first, last, login in (("Karim", "Benslimane", "karim"), ("Sophie", "Lacaze", "sophie")):
        staff.enrol_staff(
            session, by=admin, role=Role.ADVISER, first_name=first, last_name=last, login=login, password=PASSWORD
        )
    staff.enrol_staff(
        session, by=admin, role=Role.TRAINER, first_name="Hakim", last_name="Ouali", login="hakim", password=PASSWORD
    )
    young = [_add_young_person(session, adviser, who, today) for who in (_lina_cv, _yanis_cv, _zoe_cv)]
    _, code = people.enrol_young(session, by=adviser, first_name="Moussa", last_name="Diarra", now=models.utc_now())
    return (
        *young,
        DemoKey("Moussa Diarra", "première fois : choisit son code secret", codes.printed_code(code), "à choisir"),
        DemoKey("Claire Morvan", "conseillère", "claire", PASSWORD),
        DemoKey("Karim Benslimane", "conseiller", "karim", PASSWORD),
        DemoKey("Sophie Lacaze", "conseillère", "sophie", PASSWORD),
        DemoKey("Hakim Ouali", "formateur", "hakim", PASSWORD),
        DemoKey("Administration", "administration", staff.FIRST_LOGIN, first_password),
    )


def show_first_questions(session: Session) -> None:
    """Turn on « On se connaît », which a structure must wish for: whoever tries the demonstration meets it at once."""
    admin = session.exec(select(Account).where(Account.role == Role.ADMIN)).one()
    assert admin.organisation_id is not None
    current = structure_settings.current_settings(session, organisation_id=admin.organisation_id)
    structure_settings.change_settings(
        session,
        current.body.model_copy(update={"first_questions": True}),
        by=admin,
        organisation_id=admin.organisation_id,
        base=current.version,
        now=models.utc_now(),
    )


def _add_young_person(session: Session, adviser: Account, made: object, today: date) -> DemoKey:
    what, profile, cv = made(today)  # type: ignore[operator]
    account, code = people.enrol_young(
        session, by=adviser, first_name=profile.first_name, last_name=profile.last_name, now=models.utc_now()
    )
    contacts.change_phone(session, by=adviser, account_id=account.id, typed=profile.phone, today=today)
    cards.choose_pin(session, code=code, pin=PIN, now=models.utc_now())
    notice.accept_notice(session, by=account, version=notice.current_notice().version)
    fill_bag(session, account, profile, cv)
    return DemoKey(f"{profile.first_name} {profile.last_name}", what, codes.printed_code(code), PIN)


def fill_bag(session: Session, account: Account, profile: Profile, cv: Cv) -> None:
    """Save these answers and this CV for a young person, with the functions that the pages use."""

    def alter(kept: Profile, kept_cv: Cv) -> None:
        for field in Profile.model_fields:
            setattr(kept, field, getattr(profile, field))
        for field in Cv.model_fields:
            setattr(kept_cv, field, getattr(cv, field))

    bag.open_bag(session, by=account, operation=works.new_operation())
    opened = bag.own_bag(session, of=account)
    assert opened is not None
    bag.save_answer(
        session,
        by=account,
        cv_id=opened.cvs[0].id,
        alter=alter,
        bases=opened.versions,
        operation=works.new_operation(),
    )


def _lina_cv(today: date) -> tuple[str, Profile, Cv]:
    """Return a finished CV."""
    profile = Profile(
        first_name="Lina",
        last_name="Morel",
        phone="+33639981234",
        email="lina.morel@exemple.fr",
        town="Roubaix",
        availability="Disponible tout de suite",
        mobility=["Déplacements à vélo jusqu’à 8 km"],
        experiences=_lina_s_experiences(today),
        studies=_lina_s_studies(today),
        certificates=[Certificate(key="permis-b-en-cours", detail="code obtenu"), Certificate(key="psc", detail="2025")],
        languages=[
            Language(key="francais", can_do=["maternelle"]),
            Language(key="arabe", can_do=["b1-ecouter", "b1-parler", "a2-parler"]),
        ],
        qualities=[
            Quality(key="ponctuel", label="Ponctuelle", proof="Jamais en retard pendant un stage de 8 semaines"),
            Quality(key="motive", label="Motivée", proof="Trois stages trouvés par démarches en personne"),
        ],
        interests=[Interest(key="football", label="Le football", detail="Football en club depuis 6 ans")],
        skills=["Accueillir les clients avec le sourire", "Tenir un poste propre", "Rendre la monnaie"],
    )  # fmt: skip
    opening = [
        "Ponctuelle et motivée, avec l’envie de travailler comme serveuse",
        "J’aime le travail en équipe et l’ambiance d’un service qui tourne",
    ]
    return "CV fini", profile, Cv(name="CV serveuse", job_wanted="Serveuse", opening=opening, model="colonnes")


def _lina_s_studies(today: date) -> list[Study]:
    return [
        Study(level="cap", title="Commercialisation et services en hôtel-café-restaurant", school="Lycée Simone-Veil",
              town="Roubaix", period=_period_of_months(today, 40, 17), state="non_obtenu"),
        Study(level="dnb", school="Collège Rosa-Parks", town="Roubaix", period=_period_of_months(today, 41, 41), state="obtenu"),
    ]  # fmt: skip


def _lina_s_experiences(today: date) -> list[Experience]:
    return [
        _dated_experience("stage", "service-en-salle", "Serveuse", "Brasserie du Marché", "Roubaix", today, (14, 12)),
        _dated_experience("petit_boulot", "baby-sitting", "Baby-sitter", "Deux familles", "Roubaix", today, (30, None)),
        _dated_experience(
            "benevolat", "aide-alimentaire", "Bénévole", "Épicerie solidaire", "Roubaix", today, (24, 15)
        ),
    ]


def _yanis_cv(today: date) -> tuple[str, Profile, Cv]:
    """Return half a CV, with an unprofessional e-mail address."""
    work = _dated_experience(
        "stage",
        "preparation-commandes",
        "Préparateur de commandes",
        "Entrepôt Nord Colis",
        "Lesquin",
        today,
        (9, 8),
        lines=2,
    )
    profile = Profile(
        first_name="Yanis", last_name="Kaci", email="xxx_yaya59_xxx@exemple.fr", town="Lesquin", experiences=[work]
    )
    return "CV à moitié", profile, Cv(job_wanted="Préparateur de commandes")


def _zoe_cv(today: date) -> tuple[str, Profile, Cv]:
    """Return a profile with a name only."""
    return "vient de commencer", Profile(first_name="Zoé", last_name="Dubreuil"), Cv()


def _dated_experience(
    kind: ExperienceKind,
    activity: str,
    title: str,
    place: str,
    town: str,
    today: date,
    months: tuple[int, int | None],
    lines: int = 3,
) -> Experience:
    numbered = [template for template in cv_prompts().activities[activity].phrases if phrases.example_number(template)]
    said = [phrases.phrase_text(template, phrases.example_number(template)) for template in numbered[:lines]]
    return Experience(
        kind=kind,
        activity=activity,
        title=title,
        place=place,
        town=town,
        period=_period_of_months(today, *months),
        phrases=said,
    )


def _period_of_months(today: date, start: int, end: int | None) -> Period:
    """Return the period from `start` months ago to `end` months ago, ongoing when `end` is None."""
    return Period(
        start=_month_before(today, start), end="" if end is None else _month_before(today, end), ongoing=end is None
    )


def _month_before(today: date, months: int) -> str:
    count = today.year * 12 + today.month - 1 - months
    return f"{count // 12}-{count % 12 + 1:02}"

"""`staff` and `card`: manage accounts when nobody can sign in. The audit log names « console » as their author."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer
from rich.console import Console as Screen
from rich.table import Table
from sqlmodel import Session, col, select

from clicnjob import db, models
from clicnjob.accounts import codes, people, roster, team
from clicnjob.accounts.console import Console
from clicnjob.cli.french import Commands
from clicnjob.cli.prepared import prepare_database
from clicnjob.config import current_settings
from clicnjob.errors import Refusal
from clicnjob.models import STAFF_ROLES, Account, Organisation, Password, Role
from clicnjob.text import fold_text

staff = Commands(help="Les professionnels, quand personne ne peut entrer.")
card = Commands(help="Les cartes des jeunes, quand personne ne peut entrer.")
Login = Annotated[str, typer.Argument(help="l’identifiant de connexion, ou le numéro montré par « staff list »")]
Who = Annotated[str, typer.Argument(help="prénom et nom, ou le numéro montré en cas de doute")]
RolesGiven = Annotated[
    list[str],
    typer.Option("--role", help="adviser, trainer, head ou admin ; plusieurs fois si besoin ; adviser:2026-12-31"),
]
Structure = Annotated[str, typer.Option("--structure", help="le nom de la structure, s’il y en a plusieurs")]


@staff.callback()
@card.callback()
def open_staff_database() -> None:
    """Ouvrir la base, avant chaque commande."""
    prepare_database()


class NotOne(Refusal):
    """No entry matches, or several do."""


@staff.command("list")
def print_staff() -> None:
    """Lister les professionnels de chaque structure."""
    table = Table("Numéro", "Nom", "Identifiant", "Rôles", "État", "Structure")
    with db.read_transaction() as session:
        for one in session.exec(select(Organisation).order_by(Organisation.name)):
            for member in roster.team_members(
                session, of=Console(one.id), organisation_id=one.id, now=models.utc_now()
            ):
                name = f"{member.first_name} {member.last_name}".strip()
                roles = ", ".join(
                    f"{role}{f' → {until:%d/%m/%Y}' if until else ''}" for role, until in member.roles.items()
                )
                table.add_row(member.id, name, member.login, roles, member.state, one.name)
    Screen().print(table)


@staff.command("add")
def invite_staff(
    first_name: Annotated[str, typer.Argument(help="prénom")],
    last_name: Annotated[str, typer.Argument(help="nom")],
    role: RolesGiven,
    structure: Structure = "",
) -> None:
    """Inviter un professionnel : donne un lien, valable 24 heures, une seule fois."""
    with db.write_transaction() as session:
        place = _structure_named(session, structure)
        _account, token = team.invite_professional(
            session,
            by=Console(place.id),
            organisation_id=place.id,
            first_name=first_name,
            last_name=last_name,
            roles=_parsed_roles(role),
            now=models.utc_now(),
        )
    _tell_link(token)


@staff.command()
def reset(
    login: Login,
    second_factor: Annotated[bool, typer.Option("--second-factor", help="oublier aussi le téléphone")] = False,
) -> None:
    """Annuler le mot de passe et donner un nouveau lien."""
    with db.write_transaction() as session:
        found = _professional_with_login(session, login)
        by = Console(found.organisation_id)
        if second_factor:
            team.forget_second_factor(session, by=by, account_id=found.id, proof=None, now=models.utc_now())
        token = team.new_link(session, by=by, account_id=found.id, proof=None, now=models.utc_now())
    _tell_link(token)


@staff.command()
def roles(login: Login, role: RolesGiven) -> None:
    """Changer les rôles : ceux donnés ici remplacent les autres."""
    with db.write_transaction() as session:
        found = _professional_with_login(session, login)
        by = Console(found.organisation_id)
        team.give_roles(session, by=by, account_id=found.id, roles=_parsed_roles(role), now=models.utc_now())
    typer.echo("C’est fait. Le changement vaut tout de suite, et ferme les connexions de la personne.")


@staff.command()
def close(login: Login) -> None:
    """Fermer un compte : ses connexions s’arrêtent, les jeunes suivis attendent un conseiller."""
    with db.write_transaction() as session:
        found = _professional_with_login(session, login)
        freed = team.close_account(
            session, by=Console(found.organisation_id), account_id=found.id, now=models.utc_now()
        )
    typer.echo(f"Compte fermé. Jeunes sans conseiller maintenant : {freed}.")


@card.command("new")
def new_card(who: Who) -> None:
    """Donner une nouvelle carte à un jeune ; l’ancienne ne marche plus."""
    with db.write_transaction() as session:
        found = _young_person(session, who)
        code = people.renew_card(
            session, by=Console(found.organisation_id), account_id=found.id, proof=None, now=models.utc_now()
        )
    typer.echo(f"Numéro de la carte : {codes.printed_code(code)}  (montré une seule fois)")


@card.command()
def unlock(who: Who) -> None:
    """Débloquer la carte d’un jeune après trop d’essais."""
    with db.write_transaction() as session:
        found = _young_person(session, who)
        people.unlock_card(session, by=Console(found.organisation_id), account_id=found.id, now=models.utc_now())
    typer.echo("La carte est débloquée. Son code secret n’a pas changé.")


def _parsed_roles(said: list[str]) -> dict[Role, date | None]:
    """Parse « adviser » or « adviser:2026-12-31 » into roles with their last day."""
    found: dict[Role, date | None] = {}
    for one in said:
        name, _, until = one.partition(":")
        try:
            role = Role(name)
            found[role] = date.fromisoformat(until) if until else None
        except ValueError:
            raise Refusal(f"« {one} » n’est pas un rôle. Choisissez adviser, trainer, head ou admin.") from None
    return found


def _structure_named(session: Session, name: str) -> Organisation:
    found = [
        one
        for one in session.exec(select(Organisation).order_by(Organisation.name))
        if fold_text(name) in fold_text(one.name)
    ]
    if len(found) != 1:
        raise NotOne(f"Précisez la structure avec --structure : {', '.join(one.name for one in found) or 'aucune'}.")
    return found[0]


def _professional_with_login(session: Session, said: str) -> Account:
    login = select(Password.account_id).where(Password.login == said.strip().casefold())
    query = select(Account).where(
        col(Account.role).in_(STAFF_ROLES), col(Account.id).in_(login) | (col(Account.id) == said)
    )
    found = session.exec(query).first()
    if found is None:
        raise NotOne("Aucun professionnel n’a cet identifiant. Regardez « staff list ».")
    return found


def _young_person(session: Session, said: str) -> Account:
    query = select(Account).where(Account.role == Role.YOUNG, col(Account.closed_at).is_(None)).order_by(Account.id)
    everyone = session.exec(query).all()
    found = [
        one for one in everyone if one.id == said or fold_text(f"{one.first_name} {one.last_name}") == fold_text(said)
    ]
    if not found:
        raise NotOne("Personne n’a ce nom. Écrivez le prénom puis le nom.")
    if len(found) > 1:
        raise NotOne(f"Plusieurs personnes ont ce nom. Donnez le numéro : {', '.join(one.id for one in found)}.")
    return found[0]


def _tell_link(token: str) -> None:
    chosen = current_settings()
    here = (chosen.public_url or f"http://localhost:{chosen.port}").rstrip("/")
    typer.echo(f"Lien, valable 24 heures, une seule fois :\n{here}/invitation#{token}")

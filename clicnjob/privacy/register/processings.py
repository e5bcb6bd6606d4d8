"""The processing activities (GDPR article 30) that the tables serve, and durations in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from clicnjob import policy


def duration_text(kept: timedelta) -> str:
    """Return a duration in French: « 24 mois », « 7 jours »."""
    count = round(kept.days / 30.4)
    return f"{count} mois" if kept.days > 60 else f"{kept.days} jours" if kept.days > 1 else "1 jour"


Column = str | tuple[str, str]  # a purpose, or a (purpose, duration)


@dataclass(frozen=True, slots=True)
class Processing:
    """One processing activity in the sense of GDPR article 30."""

    title: str
    purpose: str
    basis: str
    persons: str
    recipients: str


MISSION = "mission d’intérêt public (article 6.1.e du RGPD), à confirmer par la structure"
TREATMENTS = {
    "path": Processing(
        "Recherche d’emploi du jeune",
        "Aider un jeune à se connaître, choisir des métiers, faire son CV, candidater et préparer ses entretiens",
        MISSION,
        "jeunes de 16 à 25 ans suivis par la structure ; invités, le temps de leur visite",
        "le jeune ; son conseiller pour le CV, les métiers et l’avancement ; le reste seulement si le jeune le partage",
    ),
    "access": Processing(
        "Comptes et accès",
        "Savoir qui est là, ne montrer à chacun que ce qui le concerne, protéger un poste partagé",
        MISSION,
        "jeunes et professionnels de la structure",
        "les professionnels de la structure, chacun selon son rôle",
    ),
    "traces": Processing(
        "Traces et droits",
        "Dire au jeune qui a vu son dossier, prouver un accord, prouver qu’un effacement a été fait",
        "obligation légale (articles 5.2, 7.1, 15 à 22 et 32 du RGPD)",
        "jeunes et professionnels de la structure",
        "le jeune pour son dossier ; le responsable de la structure",
    ),
    "support": Processing(
        "Accompagnement par la structure",
        "Savoir qui appeler et pourquoi, proposer une suite, rendre compte de l’activité",
        MISSION,
        "jeunes suivis par la structure, professionnels",
        "le conseiller qui suit le jeune, son remplaçant, le responsable ; le jeune lit ce qui est écrit sur lui",
    ),
    "mail": Processing(
        "Message envoyé à un employeur par le courrier de la structure",
        "Envoyer le CV et le message d’un jeune qui le demande, une fois, à l’adresse qu’il donne",
        "accord du jeune, donné à chaque envoi (article 6.1.a du RGPD)",
        "jeunes de la structure qui ont une carte ; jamais les invités",
        "l’employeur que le jeune choisit ; le service de courrier de la structure, qui garde ses propres traces",
    ),
    "notify": Processing(
        "Prévenir un jeune par SMS ou par e-mail",
        "Dire à un jeune qui le veut qu’un rendez-vous vient ou qu’un message l’attend, sans dire lequel",
        "accord du jeune, pour chaque façon à part, retiré quand il veut (article 6.1.a du RGPD)",
        "jeunes de la structure qui ont une carte et ont dit oui",
        "la passerelle de SMS ou le service de courrier que la structure choisit (sous-traitants) ; son conseiller "
        "sait que le jeune est joignable, jamais à quel numéro",
    ),
    "content": Processing(
        "Contenus de la structure",
        "Améliorer la recherche de métiers avec les mots de tous les jours",
        "intérêt légitime (article 6.1.f du RGPD) ; aucune personne n’y est nommée",
        "aucune",
        "toute la structure",
    ),
}


@dataclass(frozen=True, slots=True)
class TableRetention:
    """One table: its processing activity, what it holds, how long, and the purpose of each column."""

    treatment: str
    holds: str
    until: str
    columns: dict[str, Column]


FILE = f"avec le dossier : {duration_text(policy.KEPT_AFTER_LAST_CONTACT)} après le dernier contact"
STRUCTURE = "tant que la structure utilise ClicNJob"
IDENTIFIER = "désigner la ligne sans rien dire de la personne"
OWNER = "savoir à qui est la ligne, et l’effacer avec la personne"
MADE = "savoir quand, pour appliquer les durées"

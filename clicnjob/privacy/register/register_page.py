"""Generates docs/privacy.md from the register, the tables and policy.py: `python -m clicnjob privacy register`."""

from __future__ import annotations

from collections.abc import Iterator

from clicnjob import policy
from clicnjob.models import Record
from clicnjob.privacy.notice import current_notice
from clicnjob.privacy.register.columns import TABLES
from clicnjob.privacy.register.processings import TREATMENTS, TableRetention, duration_text

_HEAD = """\
# Registre des traitements

Ce fichier est fabriqué par `python -m clicnjob privacy register > docs/privacy.md`. Ne le changez pas à la main.
Il vient des tables, de `clicnjob/privacy/register/columns.py` et des durées de `clicnjob/policy.py`. Un test le compare.

Responsable de traitement : la structure (mission locale ou École de la 2e chance) qui met ClicNJob en service.
Aucune donnée ne sort du serveur, sauf ce qu’une personne demande : un message à un employeur, un rappel, son propre calendrier.
Aucun sous-traitant n’est nécessaire, sauf l’hébergeur que la structure choisit, et la passerelle de SMS si elle en a une.
Ne sont jamais demandés : rue, jour de naissance, nationalité, santé, handicap, numéro de sécurité sociale.
La structure peut donner un téléphone et un mois de naissance à l’inscription, pour distinguer deux homonymes.
"""


# tests/cv/document/test_what_leaves.py checks every file against this list.
_FILES = """\
## Ce qui sort dans un fichier

| Fichier | Ce qu’il contient | Pour qui |
|---|---|---|
| CV en PDF ou en Word | la page, ses mots pour la rouvrir (PDF), la photo si elle est montrée | qui le jeune veut |
| JSON Resume | les mots de la page | d’autres sites de CV |
| Mon travail (ne pas envoyer) | profil, tous les CV, photo, métiers, candidatures, entretiens, mails, leçons | le jeune seul |
| Mes données | la même chose, ce que la structure a écrit, et les traces | le jeune seul |
| Le jour J, mes réponses | un entretien noté ; les réponses écrites et le pitch | le jeune |
| Liste de jeunes (tableur) | prénom, nom, téléphone et mois de naissance donnés à l’inscription | le professionnel qui les suit |
| Chiffres (tableur) | des nombres, aucun nom | la structure |
| Calendrier (adresse privée) | ses rendez-vous : heure, durée, lieu ; prénom et initiale par choix | le professionnel |
| Cartes | prénom, nom et numéro de carte | le jeune |

Un CV ne contient ni ce que ce CV cache, ni les autres CV, ni la raison d’un trou : cette raison n’est gardée nulle part, seule la
phrase choisie l’est.
"""


def register_document() -> str:
    """Return the whole file as Markdown."""
    return (
        "\n".join([_HEAD, *_duration_lines(), *_processing_lines(), _FILES, *_table_lines(), *_rights_lines()]).rstrip()
        + "\n"
    )


def _duration_lines() -> Iterator[str]:
    yield "## Durées\n\n| Quoi | Combien de temps |\n|---|---|"
    for what, kept in (
        ("Dossier d’un jeune, après son dernier contact", policy.KEPT_AFTER_LAST_CONTACT),
        ("Annonce avant cet effacement, au jeune et à son conseiller", policy.ERASURE_ANNOUNCED),
        ("Jeune inscrit qui ne s’est jamais connecté", policy.NEVER_ACTIVATED_KEPT),
        ("Délai pour changer d’avis après « Effacer »", policy.ERASURE_WAITS),
        ("Carte annulée", policy.VOID_CARDS_KEPT),
        ("Visites (connexions)", policy.SIGN_INS_KEPT),
        ("Anciennes versions d’un travail", policy.REVISIONS_KEPT_FOR),
        ("Travail supprimé, avant de disparaître", policy.REMOVED_WORK_KEPT),
        ("Journal des accès", policy.AUDIT_KEPT),
        ("Compte professionnel fermé", policy.CLOSED_STAFF_KEPT),
        ("Mots non trouvés", policy.MISSING_WORDS_KEPT),
        ("Séances de groupe et présences", policy.WORKSHOPS_KEPT),
        ("Sauvegardes", policy.BACKUPS_KEPT),
        ("Preuve d’effacement (empreinte, sans nom)", policy.TOMBSTONES_KEPT),
    ):
        yield f"| {what} | {duration_text(kept)} |"
    yield "| Travail d’un invité | la visite |\n"
    yield "Un dossier gelé par le responsable de la structure n’est effacé ni par ces règles ni à la demande, jusqu’au dégel.\n"


def _processing_lines() -> Iterator[str]:
    yield "## Traitements\n"
    for treatment in TREATMENTS.values():
        yield f"### {treatment.title}\n"
        yield f"* Finalité : {treatment.purpose}."
        yield f"* Base légale : {treatment.basis}."
        yield f"* Personnes : {treatment.persons}."
        yield f"* Destinataires : {treatment.recipients}.\n"


def _table_lines() -> Iterator[str]:
    yield "## Tables et colonnes\n"
    for table in sorted(Record.metadata.sorted_tables, key=lambda table: table.name):
        if kept := TABLES.get(table.name):
            yield f"### `{table.name}`\n\n{kept.holds}. Traitement : {TREATMENTS[kept.treatment].title.lower()}.\n"
            yield "| Colonne | Pourquoi | Gardée |\n|---|---|---|"
            yield from (_column_line(kept, column.name) for column in table.columns)
            yield ""


def _column_line(kept: TableRetention, name: str) -> str:
    told = kept.columns[name]
    why, until = (told, kept.until) if isinstance(told, str) else told
    return f"| `{name}` | {why} | {until} |"


def _rights_lines() -> Iterator[str]:
    yield f"## Information des jeunes\n\nNotice, version {current_notice().version}, lue à la première visite :\n"
    yield from (f"* {sentence}" for sentence in current_notice().phrases)
    yield "\nPour qui garde son travail avec une carte faite en partant, sans structure :\n"
    yield from (f"* {sentence}" for sentence in current_notice().sans_structure)
    yield (
        "\n## Droits\n\nDans « Mon sac », puis « Mes données » : voir, corriger, emporter (zip lisible et réutilisable), "
        "effacer (tout de suite ou dans 7 jours),\nchoisir ce que voit le conseiller, lire qui a vu le dossier. "
        "Un accord (photo, partage) se reprend là où il se donne."
    )
    yield (
        "\n## Dans le navigateur\n\nDes témoins nécessaires au service, sans nom, illisibles aux scripts : "
        "la visite (jusqu’à « J’ai fini » ou la fermeture), l’étape\nde connexion d’un professionnel (10 minutes). "
        "Le navigateur d’un professionnel garde "
        f"{policy.KNOWN_DEVICE_LASTS.days} jours un témoin chiffré :\ndes essais faits ailleurs ne l’empêchent pas d’y entrer. "
        "Il part dès qu’un jeune ou un invité entre ou sort sur ce poste, ou par\n« Oublier ce navigateur ». "
        "D’un jeune ou d’un invité, rien ne reste."
    )
    yield (
        "\n## Sécurité\n\nCodes et mots de passe hachés (Argon2id) avec un secret hors de la base.\n"
        "Jetons gardés par leur empreinte. "
        "Journal des accès chaîné, scellé, et comparé à des repères gardés hors de la base : "
        "`python -m clicnjob audit verify`.\nEffacements rejoués après une restauration.\n"
        "Aucun nom dans les adresses, les titres ni les journaux techniques. Voir aussi [dpia.md](dpia.md)."
    )
    yield from _erased_bytes()


def _erased_bytes() -> Iterator[str]:
    """What a disk may still hold of an erased text."""
    yield (
        "\n### Ce qui est effacé l’est aussi dans les fichiers\n\n"
        "SQLite : ce qui est effacé est écrasé, et le journal des écritures (`-wal`) est vidé aussitôt après un effacement, "
        "le départ d’un\ninvité et la purge, puis chaque minute. Un lecteur peut le retenir une minute. Chaque jour, le "
        "fichier entier est récrit : SQLite laisse\nparfois une copie d’une ligne qu’il a déplacée.\n\n"
        "PostgreSQL : le texte effacé n’est plus lisible par l’application, mais reste dans ses fichiers jusqu’à ce que la "
        "place serve de nouveau,\net dans ses journaux (WAL) jusqu’à leur recyclage. `VACUUM FULL`, application arrêtée, "
        "récrit les tables ; les journaux archivés ont la durée\nque l’hébergeur leur donne, à limiter à celle des "
        "sauvegardes. Chiffrez le disque.\n\n"
        "Sauvegardes : elles gardent qui y était jusqu’à leur fin ; une restauration l’efface de nouveau. "
        "Ce qu’un disque garde de blocs libérés dépend\nde lui : chiffrez-le."
    )

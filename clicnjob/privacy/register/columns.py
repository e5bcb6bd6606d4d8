"""The GDPR register: why each column of each table exists, and how long it is kept. docs/privacy.md is made from it.

A new table needs an entry here or in one of the other register modules, a new column one line; otherwise the tests fail
and print the line to paste. A column is a purpose, or a (purpose, duration) when its duration differs from the table's.
"""

from __future__ import annotations

from clicnjob import policy
from clicnjob.models import Record
from clicnjob.privacy.register.columns_cohort import COHORT
from clicnjob.privacy.register.columns_staff import STAFF
from clicnjob.privacy.register.columns_workshops import WORKSHOPS
from clicnjob.privacy.register.processings import (
    FILE,
    IDENTIFIER,
    MADE,
    OWNER,
    STRUCTURE,
    TableRetention,
    duration_text,
)

TABLES: dict[str, TableRetention] = COHORT | STAFF | WORKSHOPS | {
    "organisation": TableRetention("access", "La structure", STRUCTURE, {
        "id": IDENTIFIER, "name": "nommer la structure", "created_at": MADE,
    }),
    "account": TableRetention("access", "Une personne qui se connecte", FILE, {
        "id": IDENTIFIER,
        "organisation_id": "rattacher à une structure, limite de tout accès",
        "role": "dire ce que la personne peut faire",
        "first_name": "dire bonjour ; reconnaître un jeune dans une liste",
        "last_name": "reconnaître un jeune dans une liste",
        "created_at": MADE,
        "seen_at": "dernier contact, d’où partent les durées",
        "closed_at": ("fermer l’accès d’un professionnel", f"{duration_text(policy.CLOSED_STAFF_KEPT)} après la fermeture"),
        "adviser_id": "savoir quel conseiller suit le jeune",
        "archived_at": "sortir un dossier clos des listes",
        "frozen_at": "suspendre tout effacement (dossier gelé)",
        "frozen_why": "dire au jeune pourquoi son dossier est gelé, par un code",
        "notice_version": "prouver que la notice a été lue, et la montrer de nouveau si elle change",
    }),
    "roleheld": TableRetention("access", "Les rôles d’un professionnel", "durée du compte", {
        "account_id": OWNER, "role": "dire ce que la personne peut faire", "until": "retirer un rôle à sa date",
    }),
    "card": TableRetention("access", "La carte d’un jeune",
    f"avec le dossier ; annulée : {duration_text(policy.VOID_CARDS_KEPT)}", {
        "id": IDENTIFIER, "account_id": OWNER,
        "code_digest": "reconnaître la carte sans garder son numéro",
        "pin_hash": "vérifier le code secret sans le connaître",
        "created_at": MADE, "pin_chosen_at": "savoir si le jeune est venu",
        "voided_at": "refuser une carte perdue",
        "remade_by_id": "dire au jeune et au responsable qui a refait sa carte",
    }),
    "password": TableRetention("access", "Le mot de passe d’un professionnel", "durée du compte", {
        "account_id": OWNER, "login": "se connecter", "hash": "vérifier le mot de passe sans le connaître",
    }),
    "wrongtries": TableRetention("access", "Des essais faux à une porte", "24 heures après le dernier essai", {
        "key": "compter ensemble les essais d’un même identifiant ou d’une même carte, par une empreinte, sans le garder",
        "wrong": "freiner qui essaie des codes ou des mots de passe", "wait_until": "freiner qui essaie des codes",
        "last_at": "oublier le compte après 24 heures",
    }),
    "signin": TableRetention("access", "Une visite", duration_text(policy.SIGN_INS_KEPT), {
        "id": IDENTIFIER, "token_digest": "reconnaître le navigateur sans garder son jeton", "account_id": OWNER,
        "started_at": MADE, "seen_at": "fermer une visite oubliée", "ended_at": "refuser une visite finie",
        "took_file": "rappeler au jeune de reprendre son fichier",
        "work_taken_at": "ne pas laisser un invité perdre son travail en partant",
        "end_reason": "expliquer pourquoi une visite s’est fermée",
        "projected": "cacher les noms pendant une projection",
        "names_for": "montrer les noms pendant une séance de groupe, si le professionnel le demande",
        "browser": "permettre à un professionnel de reconnaître ses connexions",
        "computer": "permettre à un professionnel de reconnaître ses connexions",
        "tab_at": "endormir la visite quand toutes ses pages sont fermées",
        "slept_at": "redemander le code secret au retour",
        "card_locked": "vérifier le code secret redemandé ; chiffré, illisible sans le navigateur de la visite",
    }),
    "ticket": TableRetention("access", "Un lien de téléchargement",
    f"{int(policy.DOCUMENT_LASTS.total_seconds() // 60)} minutes", {
        "id": IDENTIFIER, "token_digest": "ne servir le fichier qu’une fois", "sign_in_id": "ne servir que ce navigateur",
        "account_id": OWNER, "document": "savoir quel fichier fabriquer", "work_id": "savoir quel CV fabriquer",
        "made_at": MADE, "taken_at": "ne servir le fichier qu’une fois", "by_phone": "ouvrir le lien sur le téléphone du jeune",
    }),
    "sharing": TableRetention("path", "Ce que le jeune montre à son conseiller", FILE, {
        "account_id": OWNER, "practice": "respecter le choix du jeune", "applications": "respecter le choix du jeune",
        "lessons": "respecter le choix du jeune",
        "digital_check": "respecter le choix du jeune", "changed_at": MADE,
    }),
    "sharedobstacle": TableRetention("path", "Une chose qui bloque, que le jeune montre à son conseiller",
    "jusqu’à ce que le jeune la cache, au plus avec le dossier", {
        "account_id": OWNER, "obstacle": "ne montrer que celle que le jeune a choisie", "shared_at": MADE,
    }),
    "work": TableRetention("path", "Un travail du jeune : profil, CV, métiers…", FILE, {
        "id": IDENTIFIER, "account_id": OWNER, "kind": "savoir de quel travail il s’agit",
        "body": "garder ce que le jeune écrit et coche : CV, candidatures, mails d’essai ; d’un trou, seule la phrase choisie",
        "version": "ne jamais écraser un travail plus récent", "place": "reprendre à la même question",
        "created_at": MADE, "changed_at": "montrer la date du dernier changement",
        "deleted_at": ("pouvoir remettre un travail supprimé", f"{duration_text(policy.REMOVED_WORK_KEPT)} après la suppression"),
    }),
    "revision": TableRetention(
        "path", "Les versions d’avant d’un travail",
        f"{duration_text(policy.REVISIONS_KEPT_FOR)} et {policy.REVISIONS_KEPT} versions au plus", {
        "id": IDENTIFIER, "work_id": "rattacher la version à son travail", "version": "revenir en arrière",
        "restores": "revenir en arrière", "body": "revenir en arrière",
        "operation": "ne pas faire deux fois le même geste", "by_id": "savoir qui a écrit", "at": MADE,
    }),
    "learningrecord": TableRetention("path", "Une leçon ou une situation que le jeune a ouverte", FILE, {
        "account_id": OWNER, "kind": "savoir s’il s’agit d’une leçon ou d’une situation", "content_id": "savoir laquelle",
        "version": "savoir si la leçon a changé depuis", "place": "reprendre au même écran",
        "answers": "garder les bonnes réponses, pour le jeune seul", "started_at": MADE,
        "finished_at": "montrer ce qui est fait", "times": "proposer de la refaire deux fois, pas plus",
        "due_at": "proposer de la refaire après deux jours, puis sept",
    }),
    "draft": TableRetention("path", "Un message que le jeune n’a pas encore envoyé",
    "jusqu’à l’envoi, au plus avec le dossier", {
        "account_id": OWNER, "box": "retrouver la case", "text": "ne rien perdre de ce qui est tapé", "at": MADE,
    }),
    "photo": TableRetention("path", "La photo du jeune, s’il en veut une", "jusqu’au retrait de l’accord", {
        "account_id": OWNER, "jpeg": "mettre une photo sur un CV, à la demande du jeune", "changed_at": MADE,
    }),
    "consent": TableRetention("traces", "Un accord : photo, ou chose partagée", FILE, {
        "id": IDENTIFIER, "account_id": OWNER, "what": "savoir à quoi le jeune a dit oui",
        "given_at": "prouver l’accord", "withdrawn_at": "prouver le retrait",
    }),
    "erasureplan": TableRetention("traces", "Un effacement à venir", "jusqu’à l’effacement, ou au changement d’avis", {
        "account_id": OWNER, "why": "dire pourquoi : demandé, ou faute de visite", "noted_at": MADE,
        "due_at": "effacer à la date dite",
    }),
    "tombstone": TableRetention("traces", "La preuve qu’un dossier a été effacé", duration_text(policy.TOMBSTONES_KEPT), {
        "digest": "effacer de nouveau qui reviendrait d’une sauvegarde, sans garder son nom", "erased_at": MADE,
    }),
    "auditevent": TableRetention("traces", "Le journal des accès, sans contenu", duration_text(policy.AUDIT_KEPT), {
        "id": IDENTIFIER, "at": "dire quand", "by_id": "dire qui, par un identifiant",
        "organisation_id": "ne montrer le journal qu’à la structure", "act": "dire quoi, par un code",
        "whom_id": "dire pour qui, par un identifiant", "why": "dire pourquoi, par un code",
        "chain": "voir qu’une ligne a été changée ou enlevée",
    }),
    "auditseal": TableRetention("traces", "Les deux bouts du journal", "tant que le journal existe", {
        "name": IDENTIFIER, "line_id": "voir qu’une ligne manque à un bout", "chain": "voir qu’une ligne manque à un bout",
        "seal": "voir que le repère a été changé",
    }),
    "installationmark": TableRetention("traces", "Ce que la base sait de son installation, sans personne",
    "tant que la base existe", {
        "name": IDENTIFIER, "value": "refuser de démarrer avec un autre secret ; dire si le journal a des repères, "
        "et lequel des processus fait le travail de chaque minute", "at": MADE,
    }),
    "sentmail": TableRetention("mail", "Un message parti par le courrier de la structure, sans son texte",
    duration_text(policy.SENT_MAILS_KEPT), {
        "id": IDENTIFIER, "account_id": OWNER, "organisation_id": "compter les envois d’une structure en un jour",
        "operation": "ne jamais envoyer deux fois", "recipient": "dire au jeune à qui c’est parti",
        "to_self": "distinguer une copie pour soi d’une candidature", "file_name": "dire au jeune ce qui était joint",
        "state": "dire au jeune si c’est parti", "at": MADE,
    }),
    "missingword": TableRetention("content", "Un mot que la recherche n’a pas trouvé", duration_text(policy.MISSING_WORDS_KEPT), {
        "id": IDENTIFIER, "organisation_id": "montrer à la structure", "words": "savoir quel mot ajouter",
        "count": "savoir quel mot manque le plus", "last_on": MADE,
    }),
    "synonym": TableRetention("content", "Un mot ajouté par la structure", STRUCTURE, {
        "id": IDENTIFIER, "organisation_id": "rattacher à la structure", "words": "trouver un métier avec ce mot",
        "job": "trouver un métier avec ce mot", "by_id": "savoir à qui demander", "created_at": MADE,
    }),
    "localstructure": TableRetention("content", "Une structure du territoire (data·inclusion), sans personne",
    "tant que le fichier sert", {
        "id": IDENTIFIER, "name": "nommer la structure", "networks": "dire de quel réseau elle est",
        "address": "y aller", "town": "trouver près de chez soi", "town_key": "trouver près de chez soi",
        "postcode": "trouver près de chez soi", "insee": "trouver près de chez soi", "phone": "appeler", "link": "lire plus",
        "hours": "y aller quand c’est ouvert", "updated_on": "dire de quand date l’information",
        "run": "reconnaître ce qui n’est plus dans le fichier", "gone_on": "ne plus montrer ce qui a disparu",
    }),
    "localservice": TableRetention("content", "Un service du territoire (data·inclusion), sans personne",
    "tant que le fichier sert", {
        "id": IDENTIFIER, "structure_id": "dire qui le propose", "name": "nommer le service",
        "description": "dire ce qu’on y trouve", "fee": "dire si c’est gratuit", "conditions": "dire pour qui",
        "for_users": "montrer d’abord où un jeune peut aller sans conseiller", "remote": "dire si c’est à distance",
        "zone": "ne montrer que ce qui vaut ici",
        "address": "y aller", "town": "trouver près de chez soi", "town_key": "trouver près de chez soi",
        "postcode": "trouver près de chez soi", "insee": "trouver près de chez soi", "phone": "appeler", "link": "lire plus",
        "hours": "y aller quand c’est ouvert", "updated_on": "dire de quand date l’information",
        "run": "reconnaître ce qui n’est plus dans le fichier", "gone_on": "ne plus montrer ce qui a disparu",
    }),
    "localservicetheme": TableRetention("content", "Un thème d’un service du territoire", "tant que le fichier sert", {
        "theme": "trouver par thème", "service_id": "relier au service",
    }),
    "officialtitle": TableRetention("content", "Le répertoire officiel des métiers (ROME)", "jusqu’à la version suivante", {
        "number": IDENTIFIER, "label": "nommer un métier", "code": "relier à une fiche", "sheet": "relier à une fiche",
        "main": "classer les intitulés", "rare": "classer les intitulés", "version": "citer la source",
    }),
}  # fmt: skip


def register_gaps() -> tuple[str, ...]:
    """Return the lines to add to the register or to remove from it; empty when it matches the tables."""
    found: list[str] = []
    for table in Record.metadata.sorted_tables:
        told = TABLES.get(table.name)
        if told is None:
            found.append(f'"{table.name}": Kept("path", "…ce que c’est", FILE, {{')
        found += [
            f'{table.name}: add "{column.name}": "…pourquoi cette colonne",'
            for column in table.columns
            if told is None or column.name not in told.columns
        ]
        if told:
            found += [f"{table.name}: take away {name}" for name in told.columns if name not in table.columns]
    here = {table.name for table in Record.metadata.sorted_tables}
    return (*found, *(f"take away the table {name}" for name in TABLES if name not in here))

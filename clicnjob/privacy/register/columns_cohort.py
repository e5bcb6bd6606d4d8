"""The register's entries for enrolment and for advisers' work with young people."""

from __future__ import annotations

from clicnjob import policy
from clicnjob.privacy.register.processings import (
    FILE,
    IDENTIFIER,
    MADE,
    OWNER,
    STRUCTURE,
    TableRetention,
    duration_text,
)

WHO = "savoir quel professionnel l’a fait"
READ = "savoir si c’est lu, et ne plus le signaler"
_COUNT = "montrer l’avancement sans relire tout le travail"
_ALERT = "savoir qui appeler et pourquoi"
_REMOVED = ("cacher ce qui a été retiré", f"{duration_text(policy.REMOVED_WORK_KEPT)} après le retrait")

COHORT: dict[str, TableRetention] = {
    "importbatch": TableRetention("access", "Une liste de jeunes inscrits d’un coup", duration_text(policy.AUDIT_KEPT), {
        "id": IDENTIFIER, "organisation_id": "rattacher à la structure", "by_id": WHO, "made_at": MADE,
        "people": "dire combien de jeunes ont été inscrits", "undone_at": "annuler une erreur le jour même",
    }),
    "enrolment": TableRetention("access", "Ce que la structure a donné à l’inscription", FILE, {
        "account_id": OWNER, "batch_id": "pouvoir annuler une inscription en liste",
        "phone": "appeler le jeune ; reconnaître une inscription en double",
        "birth_month": "distinguer deux homonymes : mois et année, jamais le jour",
    }),
    "importremainder": TableRetention("access", "Une ligne d’une liste, que le professionnel doit encore corriger",
    f"{duration_text(policy.IMPORT_ASIDE_KEPT)}, ou jusqu’à sa correction", {
        "id": IDENTIFIER, "organisation_id": "rattacher à la structure", "by_id": "ne la montrer qu’à qui l’a apportée",
        "batch_id": "inscrire la personne avec les autres de sa liste", "line": "retrouver la ligne dans le fichier",
        "typed": "corriger ce que dit le fichier : nom, téléphone, mois de naissance, liste",
        "reasons": "dire ce qui est à corriger", "at": MADE,
    }),
    "importlayout": TableRetention("access", "Quelle colonne d’un fichier de la structure dit quoi", STRUCTURE, {
        "organisation_id": "rattacher à la structure", "titles": "reconnaître un fichier de même forme, par une empreinte",
        "places": "lire le fichier suivant de la même façon", "used_at": "ne garder que les derniers",
    }),
    "filemerge": TableRetention("support", "Deux dossiers d’un même jeune réunis en un", FILE, {
        "id": IDENTIFIER, "kept_id": OWNER, "other_id": "savoir quel dossier a été réuni", "by_id": WHO, "at": MADE,
        "moved": "pouvoir séparer les dossiers de nouveau", "before": "pouvoir séparer les dossiers de nouveau",
        "undone_at": "corriger une erreur", "read_at": "savoir si le jeune l’a lu",
    }),
    "progress": TableRetention("support", "Où en est un jeune : une ligne calculée à partir de son travail", FILE, {
        "account_id": OWNER, "organisation_id": "limiter l’accès à la structure", "adviser_id": "limiter l’accès au conseiller",
        "lent_to_id": "donner l’accès à un remplaçant", "lent_until": "retirer l’accès du remplaçant à sa date",
        "archived_at": "sortir un dossier clos des listes", "name_key": "chercher et trier par nom",
        "stage": _COUNT, "cv_state": _COUNT, "missing": _COUNT, "jobs_count": _COUNT,
        "practice_count": _COUNT + ", si le jeune le partage", "applications_count": _COUNT + ", si le jeune le partage",
        "enrolled_on": _COUNT, "card_on": _ALERT, "activated_at": _ALERT, "last_activity_at": _ALERT, "last_visit_at": _ALERT,
        "visits": _ALERT, "step": _ALERT, "step_visits": _ALERT, "cv_done_on": _COUNT, "last_application_on": _ALERT,
        "next_follow_up_on": _ALERT, "interview_on": _ALERT, "yes_on": _ALERT, "help_at": _ALERT, "help_word": _ALERT,
        "comment_waits_at": _ALERT, "answer_at": _ALERT, "declined_at": _ALERT, "step_done_at": _ALERT, "remind_on": _ALERT,
        "message_at": _ALERT, "appointment_asked_at": _ALERT,
        "alerts": _ALERT,
        "urgency": "trier la liste", "next_change_on": "recalculer la ligne le bon jour", "refreshed_at": "recalculer la ligne",
    }),
    "activityday": TableRetention("support", "Ce qui a été fait un jour, compté", FILE, {
        "account_id": OWNER, "day": "rendre compte de l’activité", "kind": "rendre compte de l’activité",
        "acts": "rendre compte de l’activité", "seconds": "préparer les lignes i-milo, toujours à vérifier", "last_at": MADE,
    }),
    "watermark": TableRetention("support", "Jusqu’où un calcul est fait", STRUCTURE, {"name": IDENTIFIER,
    "at": "reprendre le calcul"}),
    "peoplelist": TableRetention("support", "Une liste de jeunes faite par un conseiller", "durée du compte du conseiller", {
        "id": IDENTIFIER, "organisation_id": "limiter l’accès à la structure", "owner_id": "limiter l’accès au conseiller",
        "name": "reconnaître la liste", "created_at": MADE,
    }),
    "membership": TableRetention("support", "Un jeune dans une liste", FILE, {
        "list_id": "rattacher à la liste", "account_id": OWNER,
    }),
    "comment": TableRetention("support", "Une remarque sur une partie du CV, et la réponse du jeune", FILE, {
        "id": IDENTIFIER, "account_id": OWNER, "by_id": WHO, "section": "dire de quelle partie on parle",
        "text": "aider le jeune à améliorer son CV", "at": MADE, "answer": "laisser le jeune répondre",
        "answered_at": READ, "settled_at": READ, "read_at": READ, "removed_at": _REMOVED,
    }),
    "nextstep": TableRetention("support", "La prochaine étape proposée", FILE, {
        "id": IDENTIFIER, "account_id": OWNER, "by_id": WHO, "key": "dire l’étape", "word": "dire l’étape avec un mot",
        "content_id": "ouvrir la leçon proposée",
        "at": MADE, "done_at": READ, "seen_at": READ, "withdrawn_at": "retirer une proposition",
    }),
    "note": TableRetention("support", "Une note courte, que le jeune lira", FILE, {
        "id": IDENTIFIER, "account_id": OWNER, "by_id": WHO, "text": "se souvenir d’un échange", "at": MADE,
        "removed_at": _REMOVED,
    }),
    "handover": TableRetention("support", "Un jeune confié à un collègue", FILE, {
        "id": IDENTIFIER, "account_id": OWNER, "by_id": WHO, "from_id": "savoir qui suivait le jeune",
        "to_id": "savoir qui suit le jeune", "until": "rendre le dossier à sa date", "note": "passer le relais", "at": MADE,
        "ended_at": "rendre le dossier",
    }),
    "archive": TableRetention("support", "La fin d’un accompagnement, par un code", FILE, {
        "id": IDENTIFIER, "account_id": OWNER, "by_id": WHO, "reason": "rendre compte des sorties",
        "comment": "préciser une sortie « autre »", "at": MADE, "undone_at": "corriger une erreur",
    }),
    "appointment": TableRetention("support", "Un rendez-vous proposé", FILE, {
        "id": IDENTIFIER, "account_id": OWNER, "by_id": WHO, "words": "dire le rendez-vous", "day": "rappeler le rendez-vous",
        "start": "rappeler le rendez-vous", "minutes": "dire combien de temps il dure", "kind": "dire sur place ou à distance",
        "place": "dire où venir", "at": MADE, "accepted": "savoir si le jeune vient", "answered_at": READ, "seen_at": READ,
        "withdrawn_at": "annuler un rendez-vous", "outcome": "se souvenir si le rendez-vous a eu lieu", "outcome_at": MADE,
        "handover_id": "rendre le rendez-vous si le relais est annulé",
    }),
    "appointmentrequest": TableRetention("support", "Un rendez-vous demandé par le jeune", FILE, {
        "account_id": OWNER, "half_days": "proposer un moment qui convient", "reasons": "préparer le rendez-vous", "at": MADE,
        "settled_at": READ, "settled_by": WHO,
    }),
    "threadmessage": TableRetention("support", "Les messages entre un jeune et ceux qui le suivent", FILE, {
        "id": IDENTIFIER, "account_id": OWNER, "by_id": WHO, "text": "se parler entre deux rendez-vous", "at": MADE,
        "read_at": READ, "removed_at": _REMOVED,
    }),
    "notificationaddress": TableRetention("notify", "Où un jeune veut être prévenu, par SMS ou par e-mail",
    "jusqu’à ce qu’il dise stop, ou avec le dossier", {
        "account_id": OWNER, "channel": "demander l’accord pour chaque façon à part",
        "address": "prévenir le jeune là où il le veut", "agreed_at": "prouver l’accord, avec sa date",
    }),
    "sentnotification": TableRetention("notify", "Un rappel parti par SMS ou par e-mail, jamais son texte",
    duration_text(policy.SENT_MAILS_KEPT), {
        "id": IDENTIFIER, "account_id": OWNER, "organisation_id": "ne pas dépasser la limite de la structure",
        "channel": "dire ce qui est parti", "reason": "dire pourquoi, par un code",
        "operation": "n’envoyer qu’une fois", "address_digest": "ne pas trop écrire au même numéro, par une empreinte",
        "state": "dire s’il est parti", "fault": "dire pourquoi il n’est pas parti", "attempts": "ne pas réessayer sans fin",
        "at": MADE,
    }),
    "helpasked": TableRetention("support", "« J’ai besoin d’aide »", FILE, {
        "id": IDENTIFIER, "account_id": OWNER, "word": "savoir pourquoi", "at": MADE, "settled_at": READ, "settled_by": WHO,
    }),
    "silencedalert": TableRetention("support", "Une alerte déjà vue", FILE, {
        "id": IDENTIFIER, "account_id": OWNER, "rule": "savoir quelle alerte",
        "fingerprint": "la montrer de nouveau si sa cause change", "by_id": WHO, "at": MADE,
        "until": "la montrer de nouveau au jour choisi", "ended_at": "annuler « vu »",
    }),
    "alertview": TableRetention("support", "Les alertes qui restent pour chaque professionnel", FILE, {
        "account_id": OWNER, "by_id": WHO, "alerts": "savoir quelles alertes montrer", "urgency": "trier la liste",
    }),
    "contactnote": TableRetention("support", "Un appel au jeune, et comment il a fini", FILE, {
        "id": IDENTIFIER, "account_id": OWNER, "by_id": WHO, "outcome": "dire si le jeune a été joint", "at": MADE,
        "remind_on": "rappeler le jeune au jour choisi", "undone_at": "corriger une erreur",
    }),
    "imiloentry": TableRetention("support", "Une ligne recopiée dans i-milo", FILE, {
        "id": IDENTIFIER, "account_id": OWNER, "line": "savoir quelle ligne, par sa semaine ou sa séance",
        "minutes": "dire ce qui reste si l’activité continue", "by_id": WHO, "at": MADE, "undone_at": "corriger une erreur",
    }),
    "cohortview": TableRetention("support", "Les colonnes qu’un professionnel a choisies", "durée du compte", {
        "account_id": OWNER, "columns": "montrer la liste comme il l’a réglée",
    }),
    "alertthreshold": TableRetention("support", "Un seuil d’alerte choisi par la structure", STRUCTURE, {
        "organisation_id": "rattacher à la structure", "rule": "savoir quelle alerte", "number": "déclencher au bon moment",
    }),
}  # fmt: skip

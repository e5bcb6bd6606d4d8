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
    "progress": TableRetention("support", "Où en est un jeune : une ligne calculée à partir de son travail", FILE, {
        "account_id": OWNER, "organisation_id": "limiter l’accès à la structure", "adviser_id": "limiter l’accès au conseiller",
        "lent_to_id": "donner l’accès à un remplaçant", "lent_until": "retirer l’accès du remplaçant à sa date",
        "archived_at": "sortir un dossier clos des listes", "name_key": "chercher et trier par nom",
        "stage": _COUNT, "cv_state": _COUNT, "missing": _COUNT, "jobs_count": _COUNT,
        "practice_count": _COUNT + ", si le jeune le partage", "applications_count": _COUNT + ", si le jeune le partage",
        "enrolled_on": _COUNT, "card_on": _ALERT, "activated_at": _ALERT, "last_activity_at": _ALERT, "last_visit_at": _ALERT,
        "visits": _ALERT, "step": _ALERT, "step_visits": _ALERT, "cv_done_on": _COUNT, "last_application_on": _ALERT,
        "next_follow_up_on": _ALERT, "interview_on": _ALERT, "yes_on": _ALERT, "help_at": _ALERT, "help_word": _ALERT,
        "comment_waits_at": _ALERT, "answer_at": _ALERT, "declined_at": _ALERT, "step_done_at": _ALERT, "alerts": _ALERT,
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
        "at": MADE, "accepted": "savoir si le jeune vient", "answered_at": READ, "seen_at": READ,
        "withdrawn_at": "annuler un rendez-vous",
    }),
    "helpasked": TableRetention("support", "« J’ai besoin d’aide »", FILE, {
        "id": IDENTIFIER, "account_id": OWNER, "word": "savoir pourquoi", "at": MADE, "settled_at": READ, "settled_by": WHO,
    }),
    "silencedalert": TableRetention("support", "Une alerte déjà vue", FILE, {
        "account_id": OWNER, "rule": "savoir quelle alerte", "fingerprint": "la montrer de nouveau si sa cause change",
        "by_id": WHO, "at": MADE,
    }),
    "alertthreshold": TableRetention("support", "Un seuil d’alerte choisi par la structure", STRUCTURE, {
        "organisation_id": "rattacher à la structure", "rule": "savoir quelle alerte", "number": "déclencher au bon moment",
    }),
}  # fmt: skip

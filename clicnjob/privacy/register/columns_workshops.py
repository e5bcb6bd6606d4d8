"""The GDPR register of group sessions: why each column of their tables exists, and how long it is kept."""

from __future__ import annotations

from clicnjob import policy, workshop_policy
from clicnjob.privacy.register.processings import (
    FILE,
    IDENTIFIER,
    MADE,
    OWNER,
    STRUCTURE,
    TableRetention,
    duration_text,
)

_KEPT = duration_text(policy.WORKSHOPS_KEPT)
_LIVE = duration_text(policy.WORKSHOP_LIVE_KEPT)
_PAST = f"{duration_text(workshop_policy.PAST_PLANNED_KEPT)} après son jour"
_SESSION = "rattacher à la séance"
_PARTICIPANT = "rattacher au participant"
_OF_WORK = "dire ce que le groupe fait maintenant"

WORKSHOPS: dict[str, TableRetention] = {
    "workshop": TableRetention("support", "Une séance de groupe", _KEPT, {
        "id": IDENTIFIER, "organisation_id": "limiter l’accès à la structure", "by_id": "savoir qui a animé la séance",
        "kind": "dire de quoi parlait la séance", "title": "nommer la séance",
        "began_at": "mesurer la durée, et cacher les noms pendant la séance", "ended_at": "mesurer la durée",
        "minutes": "préparer les lignes i-milo, toujours à vérifier",
        "place": "remplir la feuille de présence",
        "plan_id": "savoir quel plan a servi", "plan": "garder le plan tel qu’il a servi", "step": _OF_WORK,
        "version": "redessiner les écrans quand la séance change",
        "board_version": "redessiner l’écran du formateur quand la séance change",
        "activity": _OF_WORK, "activity_title": _OF_WORK, "activity_instruction": _OF_WORK, "activity_number": _OF_WORK,
        "activity_for": "savoir à qui l’activité est proposée", "activity_mode": _OF_WORK, "activity_at": _OF_WORK,
        "pushes": "laisser les autres à ce qu’ils font quand une activité est proposée à quelques-uns",
        "activity_minutes": "prévoir le temps d’une activité",
        "timer_ends_at": "montrer le temps qui reste", "paused_until": "faire une pause qui finit toute seule",
        "joining_open": "laisser entrer, ou non", "qr_open": "montrer le code en image seulement si le formateur le veut",
        "code": "entrer dans la séance ; effacé à la fermeture", "code_expires_at": "faire expirer le code",
        "projector_digest": "reconnaître l’écran projeté sans garder son jeton",
        "rehearsal": "ne compter nulle part une séance d’essai",
        "keep_apart": "ne pas mettre ensemble deux personnes dans un tirage",
    }),
    "attendance": TableRetention("support", "Un jeune présent à une séance de groupe", _KEPT, {
        "workshop_id": _SESSION, "account_id": OWNER,
    }),
    "workshoptrainer": TableRetention("support", "Un second formateur d’une séance", _KEPT, {
        "workshop_id": _SESSION, "account_id": "donner les mêmes droits au second formateur",
    }),
    "workshopparticipant": TableRetention("support", "Une personne dans une séance en direct", _LIVE, {
        "id": IDENTIFIER, "workshop_id": _SESSION, "account_id": OWNER, "seat_id": "savoir sur quel ordinateur",
        "first_name": "reconnaître la personne dans la salle", "guest": "lister les invités à part",
        "state": "attendre, entrer ou sortir", "asked_at": MADE, "admitted_at": "écrire l’heure d’arrivée",
        "left_at": "écrire l’heure de départ", "alive_at": "voir qu’un écran n’est plus relié",
        "return_digest": "rendre sa place à un invité sans garder le code", "simulated": "reconnaître une personne d’essai",
        "group_number": "dire à chacun avec qui il travaille",
        "version": "redessiner l’écran de cette personne seule",
    }),
    "workshopseat": TableRetention("support", "Un ordinateur d’une séance", _LIVE, {
        "id": IDENTIFIER, "workshop_id": _SESSION, "number": "nommer l’ordinateur", "label": "nommer l’ordinateur",
    }),
    "workshopprogress": TableRetention("support", "L’avancée dans une activité, sans le travail lui-même", _LIVE, {
        "participant_id": _PARTICIPANT, "activity_number": "savoir quelle activité", "activity": "savoir quelle activité",
        "opened_at": "savoir qui a commencé", "step": "montrer au formateur où en est la personne",
        "steps": "montrer au formateur où en est la personne", "step_title": "montrer au formateur où en est la personne",
        "since_at": "proposer de l’aide à qui n’avance plus", "failed": "proposer de l’aide après plusieurs essais",
        "done_at": "savoir qui a fini", "quiet_until": "ne pas signaler deux fois", "offered_at": "ne pas proposer deux fois",
    }),
    "workshophelp": TableRetention("support", "« Je suis bloqué » pendant une séance", _LIVE, {
        "id": IDENTIFIER, "workshop_id": _SESSION, "participant_id": _PARTICIPANT, "reason": "savoir comment aider",
        "page_shown": "montrer sa page au formateur, si la personne le veut et le temps de l’aide", "asked_at": MADE,
        "seen_at": "dire à la personne que quelqu’un vient", "done_at": "fermer la demande, et cacher sa page",
    }),
    "workshophint": TableRetention("support", "Un conseil envoyé pendant une séance", _LIVE, {
        "id": IDENTIFIER, "participant_id": _PARTICIPANT, "sentence": "aider sans déranger le groupe", "sent_at": MADE,
        "put_away_at": "ne plus montrer le conseil",
    }),
    "groupquestion": TableRetention("support", "Une question posée au groupe", _KEPT, {
        "id": IDENTIFIER, "workshop_id": _SESSION, "kind": "montrer la bonne forme de réponse",
        "question": "poser la question", "choices": "poser la question", "state": "ouvrir, fermer, montrer",
        "asked_at": MADE, "counts": "garder les nombres, sans personne",
    }),
    "groupanswer": TableRetention("support", "Une réponse au groupe", duration_text(policy.GROUP_ANSWERS_KEPT), {
        "question_id": "rattacher à la question", "participant_id": "une seule réponse par personne",
        "text": "montrer au groupe, sans nom, ce que le formateur a choisi", "choice": "compter les réponses",
        "state": "ne montrer que ce que le formateur a choisi", "answered_at": MADE,
    }),
    "workshopevent": TableRetention("support", "Un moment d’une séance", _LIVE, {
        "id": IDENTIFIER, "workshop_id": _SESSION, "participant_id": _PARTICIPANT,
        "kind": "lire les présences et les minutes", "detail": "savoir quelle activité, jamais ce qui est écrit",
        "operation": "ne pas faire deux fois le même geste", "at": MADE,
    }),
    "ownplan": TableRetention("support", "Un plan de séance de la structure", STRUCTURE, {
        "id": IDENTIFIER, "organisation_id": "limiter l’accès à la structure", "by_id": "savoir qui l’a écrit",
        "title": "nommer le plan", "body": "animer la séance", "version": "ne pas écraser le travail d’un collègue",
        "made_at": MADE, "changed_at": "savoir s’il est à jour",
    }),
    "plannedworkshop": TableRetention("support", "Une séance de groupe à venir", _PAST, {
        "id": IDENTIFIER, "by_id": "rappeler au formateur ses propres séances", "plan_id": "ouvrir le plan",
        "title": "nommer la séance", "day": "savoir quand", "start": "savoir quand", "place": "savoir où", "made_at": MADE,
    }),
    "ownlesson": TableRetention("support", "Une leçon ou une situation que la structure a écrite", STRUCTURE, {
        "id": IDENTIFIER, "organisation_id": "limiter l’accès à la structure", "by_id": "savoir qui l’a écrite",
        "kind": "savoir s’il s’agit d’une leçon ou d’une situation", "title": "nommer la leçon",
        "body": "écrire la leçon, et revenir en arrière", "version": "ne pas écraser le travail d’un collègue",
        "published": "montrer la leçon aux jeunes", "published_version": "savoir si elle a changé depuis",
        "published_at": "la montrer, ou la retirer", "made_at": MADE, "changed_at": "savoir si elle est à jour",
    }),
    "lessonvideo": TableRetention("support", "La vidéo d’une leçon de la structure", STRUCTURE, {
        "id": IDENTIFIER, "lesson_id": "la montrer dans sa leçon, l’effacer avec elle",
        "media_type": "la lire dans le navigateur", "size": "limiter la place prise",
        "seconds": "dire combien de temps elle dure",
        "width": "la dessiner à sa taille", "height": "la dessiner à sa taille", "subtitles": "lire ce qui est dit, sans le son",
        "transcript": "lire ce qui est dit, sans la vidéo", "author": "dire qui l’a faite",
        "licence": "dire ce qu’on peut en faire", "made_at": MADE,
    }),
    "lessonvideopiece": TableRetention("support", "Un morceau du fichier d’une vidéo de leçon", STRUCTURE, {
        "video_id": "la vidéo", "number": "remettre les morceaux dans l’ordre",
        "data": "montrer la vidéo, aux personnes de la structure et de ses séances",
    }),
    "lessonreport": TableRetention("support", "Ce qu’un jeune signale sur un écran de leçon", FILE, {
        "id": IDENTIFIER, "organisation_id": "faire lire la structure, sans le nom du jeune", "account_id": OWNER,
        "kind": "savoir s’il s’agit d’une leçon ou d’une situation", "content_id": "savoir laquelle",
        "place": "savoir quel écran", "reasons": "savoir ce qui ne va pas, coché",
        "note": "savoir ce qui ne va pas, en 200 signes",
        "at": MADE, "closed_at": "ne plus le montrer", "closed_by": "savoir quel professionnel l’a traité",
    }),
    "portfolioline": TableRetention("support", "Trois phrases pour le portefeuille de compétences", _LIVE, {
        "participant_id": _PARTICIPANT, "did": "dire ce que j’ai fait", "gained": "dire ce que j’ai gagné",
        "reuse": "dire ce qui me servira", "competences": "nommer des compétences, sans niveau",
        "next_step": "montrer la suite sur l’accueil", "shared": "laisser le formateur imprimer la page, si la personne le veut",
        "changed_at": MADE,
    }),
}  # fmt: skip

"""The table of all questions of the guided CV, with the function that draws each one."""

from __future__ import annotations

from collections.abc import Callable

from clicnjob.cv.model.guide import Place
from clicnjob.ui.shell.open_work import Desk
from clicnjob.ui.young.guide import assets, basics, experiences, presentation, studies

SCREENS: dict[str, Callable[[Desk, Place], None]] = {
    "prenom_nom": basics.full_name,
    "telephone": basics.phone,
    "email": basics.email,
    "ville": basics.town,
    "metier": basics.job_wanted,
    "disponibilite": basics.availability,
    "mobilite": basics.mobility,
    "experiences": experiences.hub,
    "experience_activite": experiences.activity,
    "experience_phrases": experiences.ticked,
    "experience_intitule": experiences.title,
    "experience_lieu": experiences.where,
    "experience_dates": experiences.when,
    "etudes": studies.hub,
    "etude_niveau": studies.level,
    "etude_intitule": studies.speciality,
    "etude_lieu": studies.school,
    "etude_dates": studies.when,
    "etude_fin": studies.ending,
    "trous": presentation.gaps,
    "permis": assets.permits,
    "permis_details": assets.permit_details,
    "langues": assets.languages,
    "langue_niveau": assets.can_do,
    "qualites": assets.qualities,
    "qualite_preuve": assets.proof,
    "interets": assets.interests,
    "interet_details": assets.interest_detail,
    "competences": presentation.skills,
    "accroche_1": presentation.first_line,
    "accroche_2": presentation.second_line,
}

"""The table of all questions of the guided CV, with the function that draws each one."""

from __future__ import annotations

from collections.abc import Callable

from clicnjob.cv.model.guide import GuidePlace
from clicnjob.ui.shell.open_work import Desk
from clicnjob.ui.young.guide import assets, basics, experiences, presentation, studies

SCREENS: dict[str, Callable[[Desk, GuidePlace], None]] = {
    "prenom_nom": basics.full_name,
    "telephone": basics.ask_phone,
    "email": basics.ask_email,
    "ville": basics.ask_town,
    "metier": basics.job_wanted,
    "disponibilite": basics.ask_availability,
    "mobilite": basics.ask_mobility,
    "experiences": experiences.draw_experience_hub,
    "experience_activite": experiences.ask_activity,
    "experience_phrases": experiences.ask_phrases,
    "experience_intitule": experiences.ask_title,
    "experience_lieu": experiences.ask_employer,
    "experience_dates": experiences.ask_dates,
    "etudes": studies.draw_study_hub,
    "etude_niveau": studies.ask_level,
    "etude_intitule": studies.ask_speciality,
    "etude_lieu": studies.ask_school,
    "etude_dates": studies.ask_year,
    "etude_fin": studies.ask_ending,
    "trous": presentation.ask_gap,
    "permis": assets.ask_permits,
    "permis_details": assets.permit_details,
    "langues": assets.ask_languages,
    "langue_niveau": assets.can_do,
    "qualites": assets.ask_qualities,
    "qualite_preuve": assets.ask_quality_proof,
    "interets": assets.ask_interests,
    "interet_details": assets.interest_detail,
    "competences": presentation.ask_skills,
    "accroche_1": presentation.first_line,
    "accroche_2": presentation.second_line,
}

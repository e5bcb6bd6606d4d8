"""The table of all pages: file, title, icon, French address, roles."""

from __future__ import annotations

from dataclasses import dataclass

from clicnjob.models import FOLLOWING_ROLES, MANAGING_ROLES, STAFF_ROLES, SUPPORT_ROLES, YOUNG_ROLES, Role
from clicnjob.paths import PAGES


@dataclass(frozen=True, slots=True)
class PageInfo:
    """One page. `menu` tells whether the header links to it. The first page of a role is its home page."""

    file: str
    title: str
    icon: str
    address: str
    roles: frozenset[Role]
    menu: bool = True


_ADMIN = frozenset({Role.ADMIN})

EVERY_PAGE: tuple[PageInfo, ...] = (
    PageInfo("young/path.py", "Mon chemin", ":material/route:", "chemin", YOUNG_ROLES),
    PageInfo("young/jobs.py", "Métiers", ":material/explore:", "metiers", YOUNG_ROLES),
    PageInfo("young/job.py", "Un métier", ":material/work:", "metier", YOUNG_ROLES, menu=False),
    PageInfo("young/interests.py", "Ce que j’aime", ":material/psychology_alt:", "test", YOUNG_ROLES, menu=False),
    PageInfo(
        "young/obstacles.py", "Ce qui me bloque", ":material/signpost:", "ce-qui-me-bloque", YOUNG_ROLES, menu=False
    ),
    PageInfo(
        "young/first_visit.py", "On se connaît", ":material/waving_hand:", "on-se-connait", YOUNG_ROLES, menu=False
    ),
    PageInfo(
        "young/check.py", "Mon point numérique", ":material/computer:", "point-numerique", YOUNG_ROLES, menu=False
    ),
    PageInfo(
        "young/liaison.py",
        "Ma fiche de liaison",
        ":material/contact_page:",
        "fiche-de-liaison",
        YOUNG_ROLES,
        menu=False,
    ),
    PageInfo("young/guide.py", "Construire mon CV", ":material/edit:", "construire", YOUNG_ROLES, menu=False),
    PageInfo("young/cvs.py", "Mes CV", ":material/description:", "mes-cv", YOUNG_ROLES),
    PageInfo("young/reopen.py", "Reprendre mon CV", ":material/upload_file:", "reprendre", YOUNG_ROLES, menu=False),
    PageInfo("young/sheet.py", "Ma page", ":material/auto_awesome:", "ma-page", YOUNG_ROLES, menu=False),
    PageInfo("young/sending.py", "Envoyer mon CV", ":material/outgoing_mail:", "envoyer", YOUNG_ROLES, menu=False),
    PageInfo(
        "young/mailbox.py",
        "M’entraîner au mail",
        ":material/mark_email_read:",
        "mail-pour-de-faux",
        YOUNG_ROLES,
        menu=False,
    ),
    PageInfo("young/applications.py", "Candidatures", ":material/send:", "candidatures", YOUNG_ROLES),
    PageInfo("young/interview.py", "Entretien", ":material/record_voice_over:", "entretien", YOUNG_ROLES),
    PageInfo("young/interview_training.py", "M’entraîner", ":material/mic:", "entrainement", YOUNG_ROLES, menu=False),
    PageInfo("young/interview_answers.py", "Mes réponses", ":material/edit_note:", "reponses", YOUNG_ROLES, menu=False),
    PageInfo("young/interview_trio.py", "À trois", ":material/groups:", "trio", YOUNG_ROLES, menu=False),
    PageInfo("young/interview_pitch.py", "Mon pitch", ":material/timer:", "pitch", YOUNG_ROLES, menu=False),
    PageInfo("young/interview_day.py", "Le jour J", ":material/event:", "jour-j", YOUNG_ROLES, menu=False),
    PageInfo("young/interview_phone.py", "Le téléphone", ":material/phone:", "telephone", YOUNG_ROLES, menu=False),
    PageInfo("young/learn.py", "Apprendre", ":material/school:", "apprendre", YOUNG_ROLES, menu=False),
    PageInfo("young/lesson.py", "Une leçon", ":material/menu_book:", "lecon", YOUNG_ROLES, menu=False),
    PageInfo("young/scene.py", "Une situation", ":material/theater_comedy:", "situation", YOUNG_ROLES, menu=False),
    PageInfo(
        "young/portfolio.py", "Ma séance", ":material/assignment_turned_in:", "ma-seance", YOUNG_ROLES, menu=False
    ),
    PageInfo("young/workshop.py", "La séance", ":material/co_present:", "seance-en-cours", YOUNG_ROLES, menu=False),
    PageInfo("young/bag.py", "Mon sac", ":material/backpack:", "mon-sac", YOUNG_ROLES),
    PageInfo(
        "young/told.py", "Avec mon conseiller", ":material/chat_bubble:", "mon-conseiller", YOUNG_ROLES, menu=False
    ),
    PageInfo(
        "young/appointment.py", "Demander un rendez-vous", ":material/event:", "rendez-vous", YOUNG_ROLES, menu=False
    ),
    PageInfo("young/data.py", "Mes données", ":material/shield_person:", "mes-donnees", YOUNG_ROLES, menu=False),
    PageInfo(
        "young/sharing.py", "Ce que voit mon conseiller", ":material/visibility:", "partage", YOUNG_ROLES, menu=False
    ),
    PageInfo("young/views.py", "Qui a vu mon dossier", ":material/history:", "qui-a-vu", YOUNG_ROLES, menu=False),
    PageInfo("young/notifications.py", "Mes rappels", ":material/sms:", "mes-rappels", YOUNG_ROLES, menu=False),
    PageInfo("young/held.py", "Mon dossier", ":material/folder_open:", "mon-dossier", YOUNG_ROLES, menu=False),
    PageInfo("young/erase.py", "Effacer mes données", ":material/delete_forever:", "effacer", YOUNG_ROLES, menu=False),
    PageInfo("adviser/cohort.py", "Mes jeunes", ":material/groups:", "mes-jeunes", FOLLOWING_ROLES),
    PageInfo("adviser/person.py", "Une fiche", ":material/person:", "jeune", FOLLOWING_ROLES, menu=False),
    PageInfo("adviser/agenda.py", "Agenda", ":material/calendar_month:", "agenda", FOLLOWING_ROLES, menu=False),
    PageInfo("adviser/imilo.py", "Vers i-milo", ":material/content_copy:", "vers-i-milo", FOLLOWING_ROLES, menu=False),
    PageInfo("adviser/cards.py", "Cartes", ":material/badge:", "cartes", SUPPORT_ROLES),
    PageInfo("adviser/enrol.py", "Inscrire une liste", ":material/group_add:", "inscrire", SUPPORT_ROLES, menu=False),
    PageInfo("adviser/figures.py", "Chiffres", ":material/bar_chart:", "chiffres", FOLLOWING_ROLES),
    PageInfo("adviser/keeping.py", "Conservation", ":material/event_busy:", "conservation", FOLLOWING_ROLES),
    PageInfo("trainer/workshops.py", "Séances", ":material/co_present:", "seances", SUPPORT_ROLES),
    PageInfo("trainer/board.py", "Séance en direct", ":material/dashboard:", "seance", SUPPORT_ROLES, menu=False),
    PageInfo("trainer/plans.py", "Plans de séance", ":material/menu_book:", "plans", SUPPORT_ROLES, menu=False),
    PageInfo("trainer/lessons.py", "Leçons de la structure", ":material/school:", "lecons", SUPPORT_ROLES, menu=False),
    PageInfo("trainer/group_quiz.py", "Test en groupe", ":material/groups:", "test-groupe", SUPPORT_ROLES, menu=False),
    PageInfo("trainer/paper.py", "Sur papier", ":material/print:", "papier", STAFF_ROLES),
    PageInfo("admin/home.py", "Administration", ":material/settings:", "administration", MANAGING_ROLES),
    PageInfo("admin/team.py", "Équipe", ":material/groups:", "equipe", MANAGING_ROLES, menu=False),
    PageInfo("admin/settings.py", "Réglages", ":material/tune:", "reglages", MANAGING_ROLES, menu=False),
    PageInfo("admin/journal.py", "Journal", ":material/history:", "journal", frozenset({Role.HEAD}), menu=False),
    PageInfo("admin/words.py", "Mots", ":material/dictionary:", "mots", MANAGING_ROLES, menu=False),
    PageInfo("admin/structures.py", "Structures", ":material/domain:", "structures", _ADMIN, menu=False),
    PageInfo("admin/health.py", "Santé", ":material/monitor_heart:", "etat", _ADMIN, menu=False),
    PageInfo("admin/start.py", "Premiers réglages", ":material/flag:", "premiers-reglages", MANAGING_ROLES, menu=False),
    PageInfo("staff/account.py", "Mon compte", ":material/account_circle:", "mon-compte", STAFF_ROLES, menu=False),
)


def pages_of(roles: frozenset[Role]) -> tuple[PageInfo, ...]:
    """Return the pages that these roles may open, in order, the first one at the start; nothing without a role.

    A trainer who follows nobody starts with the sessions.
    """
    found = [page for page in EVERY_PAGE if roles & page.roles]
    if Role.TRAINER in roles and not roles & FOLLOWING_ROLES:
        found.sort(key=lambda page: page.file != "trainer/workshops.py")
    return tuple(found)


def page_path(file: str) -> str:
    """Return the path of a page file, for `st.switch_page` and `st.page_link`."""
    return str(PAGES / file)

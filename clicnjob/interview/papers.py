"""Prints the interview papers as PDF/UA-1: question cards, grids, trio cards, calls, « le jour J », written answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from clicnjob import typeset
from clicnjob.french.moments import shown_day, shown_hour
from clicnjob.interview import days, pitch, practice
from clicnjob.interview.bank import Bank, Question, QuestionGroup
from clicnjob.interview.calls import Call, CallChoice
from clicnjob.interview.notebook import InterviewDay, Notebook
from clicnjob.interview.words import InterviewWords, Paper

CARDS_A_PAGE = 8
_SIZES = (12.5, 11.5, 10.5, 9.5, 8.5, 7.5)  # points, tried in turn until « le jour J » fits on one page


def question_cards_pdf(groups: Sequence[QuestionGroup]) -> bytes:
    """Return the questions of these themes and families as cards, eight per page."""
    return card_sheet(groups).as_pdf()


def card_sheet(groups: Sequence[QuestionGroup]) -> typeset.Sheet:
    """Lay out the cards. The labels « card » and « card-end » mark where each one begins and ends."""
    title = f"Cartes\u00a0: {groups[0].title}" if len(groups) == 1 else "Cartes de questions"
    every = [_card_data(group, one) for group in groups for one in group.questions]
    pages = [every[start : start + CARDS_A_PAGE] for start in range(0, len(every), CARDS_A_PAGE)]
    return typeset.Sheet(_sheet_path("cards"), _whole_data({"title": title, "pages": pages}))


def observer_grids_pdf(words: InterviewWords) -> bytes:
    """Return four observer grids on one page."""
    return _sheet_pdf("grids", {"ticks": list(words.trio.grille)})


def trio_cards_pdf(words: InterviewWords) -> bytes:
    """Return the three role cards and the rules on one page."""
    roles = words.trio.roles
    shown = [(roles.employeur, ()), (roles.candidat, ()), (roles.observateur, words.trio.grille)]
    cut = [{"title": role.titre, "lines": list(role.carte), "ticks": list(ticks)} for role, ticks in shown]
    return _sheet_pdf("trio", {"rules": list(words.trio.consignes), "roles": cut})


def calls_pdf(every: Sequence[Call]) -> bytes:
    """Return the calls with all their branches, each starting on its own page."""
    return _sheet_pdf("calls", {"calls": [_call_data(one) for one in every]})


def blank_day(words: InterviewWords) -> bytes:
    """Return « Le jour J » to be filled in by hand."""
    return _day_pdf(InterviewDay(), words, family="", blank=True)


def interview_day_pdf(kept: InterviewDay, words: InterviewWords, *, family: str) -> bytes:
    """Return « Le jour J » of one interview, on one page. `family` is the ROME letter of its job, or ''."""
    return _day_pdf(kept, words, family=family, blank=False)


def written_answers_pdf(book: Notebook, bank: Bank, words: InterviewWords) -> bytes:
    """Return the written answers by theme, and the pitch."""
    groups = [
        {
            "title": title,
            "answers": [{"question": one.asked, "lines": one.text.split("\n")} for _, one in found],
        }
        for title, found in practice.written_answers(book, bank)
    ]
    return _sheet_pdf("answers", {"pitch": pitch.pitch_text(book.pitch, words.pitch), "groups": groups})


def with_case(one: Paper) -> str:
    """Return a paper to bring with its condition: « Ton titre de séjour (si tu en as un) »."""
    return f"{one.texte} ({one.quand[0].lower()}{one.quand[1:].rstrip('.')})" if one.quand else one.texte


def _card_data(group: QuestionGroup, one: Question) -> dict[str, Any]:
    return {
        "theme": group.title,
        "question": one.question,
        "why": one.pourquoi,
        "beats": list(one.temps),
        "trap": one.piege,
        "level": one.niveau,
    }


def _call_data(call: Call) -> dict[str, Any]:
    numbers = {step.cle: position for position, step in enumerate(call.etapes, 1)}
    letters = {key: f"Fin\u00a0{chr(ord('A') + position)}" for position, key in enumerate(call.fins)}

    def going(choice: CallChoice) -> str:
        return letters.get(choice.suite) or f"Va\u00a0à\u00a0{numbers[choice.suite]}"

    return {
        "title": call.titre,
        "goal": call.but,
        "before": list(call.avant),
        "steps": [
            {
                "number": numbers[step.cle],
                "theirs": step.eux,
                "choices": [
                    {"say": one.dire, "effect": one.retour, "good": one.bien, "next": going(one)} for one in step.choix
                ],
            }
            for step in call.etapes
        ],
        "ends": [{"name": f"{letters[key]}\u00a0:", "words": words} for key, words in call.fins.items()],
    }


def _day_pdf(kept: InterviewDay, words: InterviewWords, *, family: str, blank: bool) -> bytes:
    offered = words.day
    leaving, on, at = days.leaving_plan(kept), days.on_day(kept), days.at_hour(kept)
    way = days.WAYS[kept.way][1].lower() if kept.way in days.WAYS else ""
    trip = f"{kept.minutes} minutes {way}".strip() + f", plus {leaving.margin} minutes de marge." if leaving else ""
    questions = [one for one in offered.questions_a_poser if blank or one.cle in kept.questions]
    asked = [{"text": one.texte, "ticked": False} for one in questions]
    if kept.own_question:
        asked.append({"text": kept.own_question, "ticked": False})
    data = {
        "day": {
            "employer": kept.employer,
            "place": kept.place,
            "day": shown_day(on) if on else "",
            "hour": shown_hour(at) if at else "",
            "leave": f"Je pars à {shown_hour(leaving.at.time())}" if leaving else "",
            "trip": trip,
            "call": ", ".join(part for part in (kept.call_name, kept.call_phone) if part),
            "blank": blank,
        },
        "papers": [{"text": with_case(one), "ticked": one.cle in kept.papers} for one in offered.papiers],
        "clothes": [] if blank else list(offered.clothes_for(family)),
        "questions": asked[:6] if blank else asked,
        "morning": list(offered.matin),
        "late": offered.retard.phrase,
    }
    return _on_one_page("day", data)


def _on_one_page(name: str, data: dict[str, Any]) -> bytes:
    """Use the largest font size with which the text fits on one page."""
    for size in _SIZES:
        sheet = typeset.Sheet(_sheet_path(name), _whole_data({**data, "size": size}))
        if len(sheet.as_pictures(ppi=12)) == 1:
            break
    return sheet.as_pdf()


def _sheet_pdf(name: str, data: dict[str, Any]) -> bytes:
    return typeset.sheet_pdf(_sheet_path(name), _whole_data(data))


def _sheet_path(name: str) -> str:
    return f"_common/interview/{name}.typ"


def _whole_data(data: dict[str, Any]) -> dict[str, Any]:
    drawn = typeset.drawable_texts(data)
    assert isinstance(drawn, dict)
    return {**drawn, "fallbacks": typeset.FALLBACK_FONTS}

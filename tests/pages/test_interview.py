"""The pages of the interview, walked by their buttons: training, pitch, trio, calls, the day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from clicnjob import db
from clicnjob.interview import notebook
from clicnjob.interview.calls import rehearsal_calls
from clicnjob.interview.notebook import Notebook
from clicnjob.interview.words import interview_words
from clicnjob.models import Account, Role
from tests import interview_sample
from tests.pages.conftest import APP, check, html

PAGES = "../../pages/young"


@pytest.fixture
def me(sign_in) -> Account:  # type: ignore[no-untyped-def]
    return sign_in(Role.YOUNG)


@pytest.fixture
def app(me: Account) -> AppTest:
    return AppTest.from_file(str(APP), default_timeout=20).run()


def opened(app: AppTest, page: str) -> AppTest:
    app.switch_page(f"{PAGES}/interview{page}.py").run()
    check(app, Role.YOUNG)
    return app


def press(app: AppTest, key: str) -> AppTest:
    """A button by its key, without the number that grows with each saved act."""
    button = next(each for each in app.button if each.key == key or str(each.key).startswith(f"{key}·"))
    button.click().run()
    check(app, Role.YOUNG)
    return app


def kept(me: Account) -> Notebook:
    with db.read_transaction() as session:
        return notebook.own_notebook(session, of=me).book


def begun(app: AppTest, minutes: int = 5) -> AppTest:
    opened(app, "_training")
    press(app, "tile·interview-training·")
    return press(app, f"tile·interview-length·{minutes}")


def test_a_training_goes_from_the_first_question_to_the_end(app: AppTest, me: Account) -> None:
    begun(app)
    count = interview_words().trial.minuteur[5]
    for number in range(count):
        assert f"Question {number + 1} sur {count}" in html(app)
        press(app, "next")
        assert app.title[0].value.startswith("Que remarques-tu")
        app.checkbox[0].check().run()
        press(app, "next")
    assert app.title[0].value == "C’est fini pour cette fois"
    assert f"Tu as travaillé {count} questions" in html(app)
    training = kept(me).training
    assert training is not None and all(training.ticks[key] == ["exemple"] for key in training.done)
    press(app, "again")
    assert app.title[0].value.startswith("Pour quel métier")


def test_there_is_never_a_mark(app: AppTest) -> None:
    begun(app)
    for _ in range(interview_words().trial.minuteur[5]):
        press(app, "next")
        press(app, "next")
    said = html(app).lower()
    assert not any(word in said for word in ("note", "score", "%", "points", "bravo", "sur 3"))


def test_a_question_can_be_skipped_and_is_not_counted(app: AppTest, me: Account) -> None:
    begun(app)
    for _ in range(interview_words().trial.minuteur[5]):
        press(app, "skip")
    assert "Tu peux revenir quand tu veux" in html(app)
    assert kept(me).practised == []


def test_an_answer_in_writing_is_saved_at_once_and_made_better_later(app: AppTest, me: Account) -> None:
    begun(app)
    app.button_group[0].set_value("Par écrit").run()
    app.text_area[0].input("Je suis tres motivé.").run()
    ((key, answer),) = kept(me).answers.items()
    assert answer.text == "Je suis tres motivé."
    opened(app, "_answers")
    assert app.text_area[0].value == "Je suis tres motivé."
    press(app, next(str(b.key) for b in app.button if b.label == "Écrire « très »"))
    assert kept(me).answers[key].text == "Je suis très motivé."
    press(app, "undo")
    assert kept(me).answers[key].text == "Je suis tres motivé."


def test_a_new_visit_finds_the_training_where_it_was(app: AppTest) -> None:
    begun(app)
    press(app, "next")
    press(app, "next")
    again = AppTest.from_file(str(APP), default_timeout=20).run()
    opened(again, "_training")
    assert "Question 2 sur" in html(again)
    opened(again, "")
    press(again, "resume")
    assert "Question 2 sur" in html(again)


def test_a_job_sheet_leads_to_the_training_for_this_job(app: AppTest, me: Account) -> None:
    app.session_state["job"] = "cuisine"
    app.switch_page(f"{PAGES}/job.py").run()
    press(app, "train")
    assert app.title[0].value.startswith("Combien de temps") and "Cuisinier" in html(app)
    press(app, "tile·interview-length·10")
    training = kept(me).training
    assert training is not None and training.job == "cuisine"
    assert len(training.asked) == interview_words().trial.minuteur[10]


def test_a_theme_can_be_trained_alone(app: AppTest, me: Account) -> None:
    opened(app, "_training")
    press(app, "tile·interview-themes·argent")
    press(app, "tile·interview-length·5")
    training = kept(me).training
    assert training is not None and training.theme == "argent"


def test_the_trio_turns_its_roles_and_keeps_nothing(app: AppTest, me: Account) -> None:
    opened(app, "_trio")
    press(app, "tile·interview-trio·")
    candidates = []
    for _ in range(3):
        candidates.append(app.title[0].value[0])
        app.checkbox[0].check().run()
        press(app, "turn-round")
        assert not app.checkbox[0].value
    assert sorted(candidates) == ["A", "B", "C"]
    assert kept(me) == Notebook()
    press(app, "stop")
    assert app.title[0].value == "Entretien à trois"


def test_the_pitch_is_made_of_its_pieces_then_edited(app: AppTest, me: Account) -> None:
    opened(app, "_pitch")
    for piece in interview_words().pitch:
        assert app.title[0].value == piece.question
        app.radio[0].set_value(app.radio[0].options[0]).run()
        press(app, "next")
    assert app.title[0].value == "Mon pitch"
    assert len(kept(me).pitch.pieces) == len(interview_words().pitch)
    app.text_area[0].input("Bonjour, moi c’est Zoé.").run()
    assert kept(me).pitch.text == "Bonjour, moi c’est Zoé."
    assert "environ" in html(app)


def test_a_first_name_fills_the_pitch(app: AppTest) -> None:
    opened(app, "_pitch")
    assert any("je m’appelle Zoé" in option or "c’est Zoé" in option for option in app.radio[0].options)


@pytest.mark.parametrize("key", rehearsal_calls())
def test_a_call_is_played_to_its_end_and_one_step_back(app: AppTest, me: Account, key: str) -> None:
    opened(app, "_phone")
    press(app, f"tile·calls·{key}")
    assert app.title[0].value == "Avant l’appel"
    press(app, "next")
    path = interview_sample.good_way(rehearsal_calls()[key])
    press(app, f"say-0-{path[0]}")
    press(app, "step-back")
    for position, choice in enumerate(path):
        press(app, f"say-{position}-{choice}")
    assert app.title[0].value == "L’appel est fini"
    assert [one.themes for one in kept(me).practised] == [["Le téléphone"]]


def test_the_day_is_prepared_question_by_question(app: AppTest, me: Account) -> None:
    opened(app, "_day")
    press(app, "new-day")
    app.text_input[0].input("Boulangerie Martin").run()
    press(app, "next")
    tomorrow = date.today() + timedelta(days=1)
    app.text_input[0].input("demain").run()
    app.text_input[1].input("2h et demie").run()
    assert "C’est à 14\u00a0h\u00a030" in html(app)
    press(app, "next")
    app.text_input[1].input("25").run()
    assert "Pars à 13\u00a0h\u00a045" in html(app)
    press(app, "next")
    press(app, "next")
    app.checkbox[0].check().run()
    press(app, "next")
    app.checkbox[1].check().run()
    press(app, "next")
    press(app, "next")
    assert app.title[0].value == "Boulangerie Martin"
    (day,) = kept(me).days
    assert (day.date, day.time, day.minutes) == (tomorrow.isoformat(), "14:30", 25)
    assert len(day.papers) == len(day.questions) == 1
    opened(app, "")
    assert "demain, à 14\u00a0h\u00a030" in html(app)


def test_a_day_that_is_not_understood_stays_in_its_box_and_holds_back(app: AppTest, me: Account) -> None:
    opened(app, "_day")
    press(app, "new-day")
    press(app, "next")
    app.text_input[0].input("bientôt").run()
    assert "Je n’ai pas compris le jour" in app.error[0].value
    press(app, "next")
    assert app.title[0].value == "Quand est-ce\u00a0?"
    press(app, "skip")
    assert app.title[0].value == "Où est-ce\u00a0?"
    assert kept(me).days[0].date == ""


def test_after_the_day_thanks_and_what_one_learnt_are_kept(app: AppTest, me: Account) -> None:
    opened(app, "_day")
    press(app, "new-day")
    for _ in range(7):
        press(app, "skip")
    press(app, "after")
    app.checkbox[0].check().run()
    press(app, "compose")
    app.button_group[0].set_value("non").run()
    (day,) = kept(me).days
    assert day.learned and day.thanks.startswith("Objet") and day.result == "non"
    assert "Ce n’est pas toi qu’on refuse" in html(app)


def test_an_interview_erased_comes_back(app: AppTest, me: Account) -> None:
    opened(app, "_day")
    press(app, "new-day")
    press(app, "all-days")
    press(app, f"remove-{kept(me).days[0].id}")
    assert kept(me).days == []
    press(app, "undo")
    assert len(kept(me).days) == 1


def test_words_typed_are_never_read_as_markup(app: AppTest) -> None:
    opened(app, "_day")
    press(app, "new-day")
    app.text_input[0].input("<b>x</b> ![i](http://mal.example/a.png)").run()
    for _ in range(7):
        press(app, "skip")
    assert "<b>x" not in html(app)
    assert "![i]" not in app.title[0].value.replace("\\", "§")

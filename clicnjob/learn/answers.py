"""Answers a person's answer: what is right of it, and what to explain. Nothing is counted and nobody is marked.

An answer is a tuple of short words: ids of choices, « vrai », positions in an order, or one typed text.
"""

from __future__ import annotations

from dataclasses import dataclass

from clicnjob.learn import library
from clicnjob.learn.file_names import broken_name_rules, file_extension
from clicnjob.learn.gestures import (
    ChooseFileGesture,
    CorrectLineGesture,
    FindWordGesture,
    Gesture,
    JudgeGesture,
    NameFileGesture,
    bare_word,
)
from clicnjob.learn.quiz import (
    FindLineQuestion,
    OpinionQuestion,
    OrderQuestion,
    QuizQuestion,
    SeveralChoicesQuestion,
    SingleChoiceQuestion,
    StatementQuestion,
)

Exercise = QuizQuestion | Gesture
TRUE, FALSE = "vrai", "faux"


@dataclass(frozen=True, slots=True)
class Feedback:
    """What to say after an answer. `kept` is the part of the answer that is right, all of it when `over`."""

    over: bool
    kept: tuple[str, ...]
    lines: tuple[str, ...]


def feedback_on(exercise: Exercise, answer: tuple[str, ...]) -> Feedback:
    """Judge an answer to a question or a gesture. An id that the content no longer has counts for nothing."""
    match exercise:
        case SingleChoiceQuestion() | SeveralChoicesQuestion():
            return _on_choices(exercise, answer)
        case OpinionQuestion():
            chosen = [one for one in exercise.choix if one.id in answer[:1]]
            return Feedback(bool(chosen), answer[:1] if chosen else (), tuple(one.explication for one in chosen))
        case StatementQuestion():
            right = answer == (TRUE if exercise.juste else FALSE,)
            truth = "C’est vrai." if exercise.juste else "C’est faux."
            return Feedback(right, answer if right else (), (truth, exercise.explication) if answer else ())
        case OrderQuestion():
            return _on_order(exercise, answer)
        case FindLineQuestion():
            return _on_one_of({one.id: (one.juste, one.explication) for one in exercise.document.lignes}, answer)
        case ChooseFileGesture():
            return _on_one_of({one.id: (one.juste, one.explication) for one in exercise.fichiers}, answer)
        case FindWordGesture():
            right = bare_word(answer[0]) == bare_word(exercise.mot) if answer else False
            return Feedback(right, answer[:1] if right else (), (exercise.explication,) if right else ())
        case JudgeGesture():
            return _on_judgements(exercise, answer)
        case NameFileGesture() | CorrectLineGesture():
            return _on_typed_text(exercise, answer[0] if answer else "")


def right_order(question: OrderQuestion) -> tuple[str, ...]:
    """The positions of the lines of an order question, as an answer says them."""
    return tuple(str(position) for position in range(len(question.suite)))


def shuffled_order(question: OrderQuestion) -> tuple[str, ...]:
    """Return the order in which the lines are first shown: always the same one, and never the right one."""
    order = right_order(question)
    middle = len(order) // 2
    return (*order[middle:][::-1], *order[:middle])


def judged_word(object_id: str, *, good: bool) -> str:
    """Say one judgement as the word of an answer."""
    return f"{object_id}={'oui' if good else 'non'}"


def _on_choices(question: SingleChoiceQuestion | SeveralChoicesQuestion, answer: tuple[str, ...]) -> Feedback:
    chosen = [one for one in question.choix if one.id in answer]
    right = {one.id for one in question.choix if one.juste}
    kept = tuple(one.id for one in chosen if one.juste)
    over = {one.id for one in chosen} == right
    return Feedback(over, kept, tuple(one.explication for one in chosen))


def _on_order(question: OrderQuestion, answer: tuple[str, ...]) -> Feedback:
    right = right_order(question)
    if answer == right:
        return Feedback(True, answer, (question.explication,))
    same = 0
    while same < min(len(answer), len(right)) and answer[same] == right[same]:
        same += 1
    return Feedback(False, right[:same], ())


def _on_one_of(items: dict[str, tuple[bool, str]], answer: tuple[str, ...]) -> Feedback:
    right, explanation = items.get(answer[0], (False, "")) if answer else (False, "")
    return Feedback(right, answer[:1] if right else (), (explanation,) if explanation else ())


def _on_judgements(gesture: JudgeGesture, answer: tuple[str, ...]) -> Feedback:
    judged = [one for one in gesture.objets for good in (True, False) if judged_word(one.id, good=good) in answer]
    kept = tuple(word for one in gesture.objets if (word := judged_word(one.id, good=one.juste)) in answer)
    over = len(kept) == len(gesture.objets) == len(answer)
    return Feedback(over, kept, tuple(one.explication for one in judged))


def _on_typed_text(gesture: NameFileGesture | CorrectLineGesture, typed: str) -> Feedback:
    if isinstance(gesture, NameFileGesture):
        said = library.file_name_rules()
        broken = broken_name_rules(typed, extension=file_extension(gesture.de))
        return Feedback(not broken, (typed,) if not broken else (), tuple(said[key] for key in broken[:2]))
    right = _same_line(typed) in {_same_line(one) for one in gesture.attendu}
    return Feedback(right, (typed,) if right else (), (gesture.explication,) if right else ())


def _same_line(text: str) -> str:
    return " ".join(text.replace("’", "'").casefold().split())

"""The sentences of one part of a message: ready ones to tick first, then the person's own words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from clicnjob import policy
from clicnjob.apply.applications import Application
from clicnjob.apply.letter_words import SINGLE, Part
from clicnjob.apply.letters import Letter
from clicnjob.apply.writing import Sender, offered_phrases, picked_keys
from clicnjob.ui.forms import choice_boxes, text_boxes

_AT_ONCE = 6
_ALREADY = {
    True: "Une phrase est déjà choisie. Touche une autre phrase pour changer.",
    False: "Ce qui vient de ton CV est déjà coché. Tu peux l’enlever.",
}


@dataclass(frozen=True)
class PhraseDesk:
    """The message whose sentences are asked for, and the callbacks that save what was ticked and written."""

    letter: Letter
    sender: Sender
    about: Application | None
    pick: Callable[[Part, list[str]], bool]
    write: Callable[[Part], text_boxes.Take]


def ask_part(now: PhraseDesk, part: Part) -> None:
    """Offer the sentences of one part to tick, then the person's own words."""
    letter = now.letter
    offered = offered_phrases(letter, part, now.sender, about=now.about)
    picked = picked_keys(letter, part, offered)
    if picked and part not in letter.picks:  # nobody ticked it yet: say so, since it leaves with the message
        st.html(f'<p class="cj-small">{_ALREADY[part in SINGLE]}</p>')
    if part in SINGLE:
        by_text = {said: key for key, said in offered.items()}
        choice_boxes.draw_sentences(
            "La phrase",
            list(by_text),
            name=f"{letter.id}-{part}",
            chosen=offered[picked[0]] if picked else None,
            take=lambda said: now.pick(part, [by_text[said]] if said in by_text else []),
        )
    else:
        _draw_ticks(now, part, offered, picked)
    text_boxes.draw_lines(
        "Ou avec tes mots",
        name=f"own-{letter.id}-{part}",
        kept=letter.own.get(part, ""),
        take=now.write(part),
        most=policy.LETTER_PART_LENGTH,
    )


def ready_sentences(now: PhraseDesk, part: Part) -> tuple[str, ...]:
    """Return the sentences that are offered in one part."""
    return tuple(offered_phrases(now.letter, part, now.sender, about=now.about).values())


def choose_sentence(now: PhraseDesk, part: Part, label: str) -> None:
    """Offer the short sentences of a part of which one counts, such as the greeting."""
    offered = offered_phrases(now.letter, part, now.sender, about=now.about)
    picked = picked_keys(now.letter, part, offered)
    by_text = {said: key for key, said in offered.items()}
    choice_boxes.draw_choice(
        label,
        list(by_text),
        name=f"{now.letter.id}-{part}",
        chosen=offered[picked[0]] if picked else None,
        take=lambda said: now.pick(part, [by_text[said]] if said in by_text else []),
    )


def _draw_ticks(now: PhraseDesk, part: Part, offered: dict[str, str], picked: tuple[str, ...]) -> None:
    first = list(offered)[:_AT_ONCE]
    for key in first:
        _draw_tick(now, part, offered, picked, key)
    others = [key for key in offered if key not in first]
    if others and (more := choice_boxes.folded_part("D’autres phrases", key=f"more-{now.letter.id}-{part}")):
        with more:
            for key in others:
                _draw_tick(now, part, offered, picked, key)


def _draw_tick(now: PhraseDesk, part: Part, offered: dict[str, str], picked: tuple[str, ...], key: str) -> None:
    def take(ticked: bool) -> bool:
        kept = [each for each in offered if (each in picked and each != key) or (each == key and ticked)]
        return now.pick(part, kept)

    choice_boxes.draw_tick(offered[key], name=f"{now.letter.id}-{part}-{key}", ticked=key in picked, take=take)

"""The screens of a lesson that are read: text, picture, steps, comparison; and where the lesson comes from."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from clicnjob.learn.lesson import (
    ComparedSide,
    ComparisonScreen,
    Lesson,
    LessonScreen,
    PictureScreen,
    StepsScreen,
    TextScreen,
)
from clicnjob.learn.scene import Scene


def draw_screen(screen: LessonScreen) -> None:
    """Draw a screen that is read."""
    match screen:
        case TextScreen():
            st.html(list_html(screen.lignes, "cj-lines"))
        case PictureScreen():
            st.html(picture_html(screen.image.signe, screen.image.alt))
            st.html(list_html(screen.lignes, "cj-lines"))
        case StepsScreen():
            st.html(list_html(screen.etapes, "cj-gestures", tag="ol"))
        case ComparisonScreen():
            sides = "".join(_side_html(one) for one in (screen.gauche, screen.droite))
            st.html(f'<div class="cj-sides">{sides}</div><p class="cj-understood">{escape(screen.pourquoi)}</p>')


def list_html(lines: Sequence[str], style: str, *, tag: str = "ul") -> str:
    """Return lines as a list."""
    return f'<{tag} class="{style}">' + "".join(f"<li>{escape(line)}</li>" for line in lines) + f"</{tag}>"


def picture_html(sign: str, alternative: str) -> str:
    """Return one picture of the house's font, drawn large."""
    return f'<p class="cj-picture cj-lesson-picture" role="img" aria-label="{escape(alternative)}">{escape(sign)}</p>'


def draw_origin(content: Lesson | Scene) -> None:
    """Say who wrote it, under which licence, from which sources, and when they were checked."""
    said = f"{content.auteur.structure} · {content.licence} · vérifié le {content.verifie_le:%d/%m/%Y}"
    sources = "".join(f"<li>{escape(one.nom)}<br>{escape(one.url)}</li>" for one in content.sources)
    listed = f'<ul class="cj-plain-list cj-small">{sources}</ul>' if sources else ""
    st.html(f'<p class="cj-small">{escape(said)}</p>{listed}')


def _side_html(side: ComparedSide) -> str:
    mark = "✓ À garder" if side.bien else "À éviter"
    lines = list_html(side.lignes, "cj-plain-list")
    return (
        f'<section class="cj-side {"good" if side.bien else ""}"><h2>{escape(side.nom)}</h2>'
        f'<p class="cj-side-mark">{mark}</p>{lines}</section>'
    )

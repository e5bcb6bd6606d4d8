"""The choices of how a CV looks, each with its picture: the model worn by one's own page, the colour, the shape of the
photo. The whole picture is the button."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Literal

import streamlit as st

from clicnjob.cv.document import preview
from clicnjob.cv.document.page_content import Document
from clicnjob.cv.document.templates import Colour, Template
from clicnjob.cv.model.profile import PhotoShape

_SHAPES: tuple[tuple[PhotoShape, str], ...] = (("round", "Ronde"), ("square", "Carrée"))


def draw_models(worn: Iterable[tuple[Template, Document]], *, chosen: str, choose: Callable[[str], None]) -> None:
    """Draw each model as this person's own page wears it; a click on the page chooses it."""
    with st.container(key="cj-models", horizontal=True):
        for model, document in worn:
            with _picture_button(f"model-{model.key}", model.name, chosen=model.key == chosen, width=148) as draw:
                page = preview.preview_html(document, styled=False)
                st.html(f'<div class="cj-mini" aria-hidden="true"><div>{page}</div></div>')
                draw(choose, model.key, model.description)


def draw_colours(colours: Iterable[Colour], *, chosen: str, choose: Callable[[str], None]) -> None:
    """Draw the colours as swatches; their values are in the style sheet of the models."""
    with st.container(key="cj-colours", horizontal=True, gap="small"):
        for colour in colours:
            _choice_button(
                f"colour-{colour.key}", colour.name, chosen=colour.key == chosen, choose=choose, of=colour.key
            )


def draw_photo_shapes(photo: bytes, *, chosen: PhotoShape, choose: Callable[[PhotoShape], None]) -> None:
    """Draw one's own photo in each shape; a click on it chooses the shape."""
    data = b64encode(photo).decode("ascii")
    with st.container(key="cj-shapes", horizontal=True):
        for shape, words in _SHAPES:
            with _picture_button(f"shape-{shape}", words, chosen=shape == chosen, width=112) as draw:
                st.html(f'<img class="cj-shape cj-shape-{shape}" alt="" src="data:image/jpeg;base64,{data}">')
                draw(choose, shape, None)


@contextmanager
def _picture_button(key: str, words: str, *, chosen: bool, width: int) -> Iterator[Callable[..., None]]:
    """Open a box for a picture; the button that the caller draws in it is stretched over the whole of it by pages.css."""

    def draw(choose: Callable[..., None], of: str, told: str | None) -> None:
        _choice_button(key, words, chosen=chosen, choose=choose, of=of, told=told)

    with st.container(key=f"cj-pick-{key}", width=width):
        yield draw


def _choice_button(
    key: str, words: str, *, chosen: bool, choose: Callable[..., None], of: str, told: str | None = None
) -> None:
    kind: Literal["primary", "secondary"] = "primary" if chosen else "secondary"
    icon = ":material/check:" if chosen else None
    st.button(words, key=key, type=kind, icon=icon, width="stretch", help=told, on_click=choose, args=(of,))

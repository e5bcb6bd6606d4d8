"""One card on the screen, as it is printed: the name, the number, a QR code that fills it in, and how to begin.

Its number exists nowhere else in clear, so the browser prints what it shows instead of fetching a file.
"""

from __future__ import annotations

import segno

from clicnjob.accounts import codes
from clicnjob.cohort.importing import cards_paper
from clicnjob.colours import house_colours
from clicnjob.ui.shell.components import component_beside

_component = component_beside(__file__, html='<div class="cj-card-holder"></div>', isolate_styles=False)


def draw_card(name: str, code: str, *, address: str) -> None:
    """Draw the card and the button that prints it alone; `address` is where the app is reached."""
    square = segno.make(codes.qr_code_text(code, address=address), error="m")
    _component(
        key="card-sheet",
        data={
            "name": name,
            "number": codes.printed_code(code),
            "qr": square.svg_data_uri(scale=4, border=2, light=house_colours()["white"]),
            "help": list(cards_paper.HELP),
            "address": address.removeprefix("https://").removeprefix("http://"),
        },
        height="content",
    )

"""What is drawn in a Word file without being words: a band above, a panel at the left, marks beside the titles.

Band and panel stand in the header, where nobody moves them by mistake. A mark hangs on the line of its title. None of them
holds text, and each is marked as decorative. The program fills in the sizes that depend on the page (`d.em`, `d.band`,
`d.panel`), in English Metric Units.
"""

from __future__ import annotations

from typing import Any

from docx.document import Document as Docx
from docx.oxml import parse_xml
from docx.shared import Mm
from docx.text.paragraph import Paragraph
from word_styles import HEAD, Look

SPACES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "adec": "http://schemas.microsoft.com/office/drawing/2017/decorative",
    }.items()
)


def draw_behind(doc: Docx, look: Look) -> None:
    """Draws the band or the panel that the model asks for, if any."""
    if look.says("bandeau"):
        rows = [_row_heights(doc, look, name) for name in HEAD]
        _in_header(doc, look, width=str(Mm(210)), height=f"{{{{ d.band({rows}) }}}}", first_page=True)
    elif look.says("volet"):
        _in_header(doc, look, width="{{ d.panel }}", height=str(Mm(297)), first_page=False)


def draw_mark(paragraph: Paragraph, look: Look, *, kind: str) -> None:
    """Draws the mark of a title or of an entry: a square, a tab, or a ring or dot on the line of time."""
    accent, shift = look.accent, look.shift
    filled, ring = {"fill": accent}, {"fill": "FFFFFF", "line": (accent, 0.16)}
    match kind:
        case "carre":
            mark = _mark("roundRect", "{{ d.em(0) }}", 0.36, "{{ d.em(0.55) }}", 0.55, **filled)
        case "onglet":
            mark = _mark("flowChartDelay", str(-Mm(13)), 0.2, str(Mm(8.5)), 0.95, **filled)
        case "anneau":
            x = f"{{{{ d.em({shift - 1.7 - 0.34 - 0.045}) }}}}"
            mark = _mark("ellipse", x, 0.26, "{{ d.em(0.68) }}", 0.68, **ring)
        case _:
            x = f"{{{{ d.em({shift - 1.7 - 0.23 - 0.045}) }}}}"
            mark = _mark("ellipse", x, 0.3, "{{ d.em(0.46) }}", 0.46, **filled)
    paragraph.add_run()._r.append(mark)


def _mark(shape: str, x: str, y: float, width: str, height: float, **colours: Any) -> Any:
    """A shape on the line of its paragraph; `x` from the margin, `y` from the top of the line, in em of the body."""
    return _drawing(
        shape,
        ("column", x),
        ("line", f"{{{{ d.em({y}) }}}}"),
        width,
        f"{{{{ d.em({height}) }}}}",
        behind=False,
        **colours,
    )


def _row_heights(doc: Docx, look: Look, name: str) -> list[float]:
    """The height of one line of a style of the head and the space above it, in points."""
    style = doc.styles[name]
    return [round(look.pitch(name) * style.font.size.pt, 2), style.paragraph_format.space_before.pt]


def _in_header(doc: Docx, look: Look, *, width: str, height: str, first_page: bool) -> None:
    section = doc.sections[0]
    section.different_first_page_header_footer = first_page
    header = section.first_page_header if first_page else section.header
    header.is_linked_to_previous = False
    paragraph = header.paragraphs[0]
    paragraph.style = doc.styles["Rupture"]
    page = ("page", "0")
    paragraph.add_run()._r.append(_drawing("rect", page, page, width, height, behind=True, fill=look.fill()))


def _drawing(
    shape: str,
    across: tuple[str, str],
    down: tuple[str, str],
    width: str,
    height: str,
    *,
    behind: bool,
    fill: str,
    line: tuple[str, float] | None = None,
) -> Any:
    """A shape anchored where `across` and `down` say: relative to what, and how far."""
    edge = f'<a:solidFill><a:srgbClr val="{line[0]}"/></a:solidFill>' if line else "<a:noFill/>"
    thick = f' w="{{{{ d.em({line[1]}) }}}}"' if line else ""
    return parse_xml(
        f'<mc:AlternateContent {SPACES}><mc:Choice Requires="wps"><w:drawing><wp:anchor distT="0" distB="0" distL="0" '
        f'distR="0" simplePos="0" relativeHeight="1" behindDoc="{int(behind)}" locked="0" layoutInCell="1" '
        'allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="{across[0]}"><wp:posOffset>{across[1]}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="{down[0]}"><wp:posOffset>{down[1]}</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="{width}" cy="{height}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
        '<wp:docPr id="901" name="Fond"><a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}">'
        '<adec:decorative val="1"/></a:ext></a:extLst></wp:docPr><wp:cNvGraphicFramePr/><a:graphic><a:graphicData '
        'uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr/><wps:spPr>'
        f'<a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        f'<a:prstGeom prst="{shape}"><a:avLst/></a:prstGeom><a:solidFill><a:srgbClr val="{fill}"/></a:solidFill>'
        f"<a:ln{thick}>{edge}</a:ln></wps:spPr><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor>"
        "</w:drawing></mc:Choice></mc:AlternateContent>"
    )

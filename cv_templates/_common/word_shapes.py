"""What is drawn behind the words of a Word file, to the edges of the sheet: a band above, a panel at the left.

A shape stands in the header, where nobody moves it by mistake, holds no text, and is marked as decorative.
"""

from __future__ import annotations

from docx.document import Document as Docx
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm
from word_styles import Look, fill_colour

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
HEAD = ("Title", "Subtitle", "Disponibilité", "Coordonnées")


def draw_behind(doc: Docx, look: Look) -> None:
    """Draws the band or the panel that the model asks for, if any."""
    if look.says("bandeau"):
        rows = [_row_heights(doc, look, name) for name in HEAD]
        _shape(doc, look, width=str(Mm(210)), height=f"{{{{ d.band({rows}) }}}}", first_page=True)
    elif look.says("volet"):
        _shape(doc, look, width=str(Mm(look.says("volet"))), height=str(Mm(297)), first_page=False)


def _row_heights(doc: Docx, look: Look, name: str) -> list[float]:
    """The height of one line of a style and the space above it, in points."""
    style = doc.styles[name]
    return [round(look.pitch(name) * style.font.size.pt, 2), style.paragraph_format.space_before.pt]


def _shape(doc: Docx, look: Look, *, width: str, height: str, first_page: bool) -> None:
    section = doc.sections[0]
    section.different_first_page_header_footer = first_page
    header = section.first_page_header if first_page else section.header
    header.is_linked_to_previous = False
    root = header._element
    for child in list(root):
        root.remove(child)
    root.append(
        parse_xml(
            f'<w:p {SPACES}><w:pPr><w:pStyle w:val="{doc.styles["Rupture"].style_id}"/></w:pPr><w:r>'
            '<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor distT="0" distB="0" distL="0" '
            'distR="0" simplePos="0" relativeHeight="1" behindDoc="1" locked="0" layoutInCell="1" allowOverlap="1">'
            '<wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="page"><wp:posOffset>0</wp:posOffset></wp:positionH>'
            '<wp:positionV relativeFrom="page"><wp:posOffset>0</wp:posOffset></wp:positionV>'
            f'<wp:extent cx="{width}" cy="{height}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
            '<wp:docPr id="901" name="Fond"><a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}">'
            '<adec:decorative val="1"/></a:ext></a:extLst></wp:docPr><wp:cNvGraphicFramePr/><a:graphic><a:graphicData '
            'uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr/><wps:spPr>'
            f'<a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill>'
            f'<a:srgbClr val="{fill_colour(look)}"/></a:solidFill><a:ln><a:noFill/></a:ln></wps:spPr><wps:bodyPr/>'
            "</wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice></mc:AlternateContent></w:r></w:p>"
        )
    )
    assert root.find(qn("w:p")) is not None

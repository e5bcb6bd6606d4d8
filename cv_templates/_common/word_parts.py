"""The parts of a Word file beside its text: the embedded fonts, the list marks, the settings.

Word and LibreOffice show a CV in its own letters on any computer when the fonts are inside the file (ECMA-376, part 4,
17.8.1); elsewhere the name that `police_word` gives is used. Only Latin letters are embedded.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from docx.document import Document as Docx
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from fontTools import subset

from clicnjob import typeset
from clicnjob.cv.document.templates import Template

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
FONT_LINK = f"{LINKS}/font"
FONT_TYPE = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
LATIN = [
    *range(0x20, 0x250),
    *range(0x300, 0x370),
    *range(0x1E00, 0x1F00),
    *range(0x2000, 0x2070),
    0x20AC,
    0x2122,
    0x2212,
]
COMPLEX, COMPLEX_WORD = "Noto Sans Arabic", "Arial"
BULLET, SQUARE = 1, 2  # the numbers of the two lists


def embed_fonts(doc: Docx, model: Template) -> None:
    """Puts the fonts of the model into the file, and says which one to show instead where they cannot be used."""
    table = next(r.target_part for r in doc.part.rels.values() if r.reltype.endswith("/fontTable"))
    entries = [f'<w:font w:name="{COMPLEX}"><w:altName w:val="{COMPLEX_WORD}"/></w:font>']
    for font in sorted({model.font, model.title_font}):
        inside = ""
        for face, path in _faces(font):
            key = str(uuid5(NAMESPACE_URL, path.name)).upper()
            name = PackURI(f"/word/fonts/{path.stem}.odttf")
            part = Part(name, FONT_TYPE, _obfuscated(_latin(path), key), doc.part.package)
            link = table.rels.get_or_add(FONT_LINK, part).rId
            inside += f'<w:embed{face} r:id="{link}" w:fontKey="{{{key}}}"/>'
        family = "roman" if model.word_font in ("Cambria", "Georgia") else "swiss"
        entries.append(
            f'<w:font w:name="{font}"><w:altName w:val="{model.word_font}"/><w:charset w:val="00"/>'
            f'<w:family w:val="{family}"/><w:pitch w:val="variable"/>{inside}</w:font>'
        )
    table._blob = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts xmlns:w="{WORD}" xmlns:r="{LINKS}">'
        f"{''.join(entries)}</w:fonts>"
    ).encode()


def _faces(font: str) -> Iterator[tuple[str, Path]]:
    folder = typeset.FONTS / typeset.font_folder(font)
    for face in ("Regular", "Bold"):
        for path in sorted(folder.glob(f"*-{face}.[ot]tf")):
            yield face, path


def _latin(path: Path) -> bytes:
    options = subset.Options(
        hinting=False, notdef_outline=True, layout_features=["kern", "mark", "mkmk", "ccmp", "locl"]
    )
    with subset.load_font(str(path), options) as font:
        packing = subset.Subsetter(options)
        packing.populate(unicodes=LATIN)
        packing.subset(font)
        font["head"].modified = font["head"].created  # the same file each time
        out = BytesIO()
        subset.save_font(font, out, options)
        return out.getvalue()


def _obfuscated(font: bytes, key: str) -> bytes:
    """The font as Word stores it: its first 32 bytes are mixed with the key, read backwards."""
    mask = bytes.fromhex(key.replace("-", ""))[::-1] * 2
    return bytes(a ^ b for a, b in zip(font, mask, strict=False)) + font[32:]


def set_numbering(doc: Docx, accent: str) -> None:
    """Two lists: round marks for lines, square ones for a few skills. A mark belongs to the list, never to the words."""
    marks = ((BULLET, "\uf0b7", "Symbol"), (SQUARE, "\uf06e", "Wingdings"))
    kinds = "".join(
        f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0">'
        f'<w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="{mark}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="215" w:hanging="215"/></w:pPr><w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}" '
        f'w:hint="default"/><w:color w:val="{accent}"/></w:rPr></w:lvl></w:abstractNum>'
        for number, mark, font in marks
    )
    lists = "".join(f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>' for number, _, _ in marks)
    part = doc.part.numbering_part
    part._element = parse_xml(f'<w:numbering xmlns:w="{WORD}">{kinds}{lists}</w:numbering>')


def set_settings(doc: Docx) -> None:
    """Today's Word without its compatibility mode, in French, with the fonts kept in the file when it is saved."""
    part = doc.part._settings_part
    part._element = parse_xml(
        f'<w:settings xmlns:w="{WORD}"><w:zoom w:percent="100"/><w:embedTrueTypeFonts/><w:saveSubsetFonts/>'
        '<w:defaultTabStop w:val="709"/><w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        '</w:compat><w:themeFontLang w:val="fr-FR"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/>'
        "</w:settings>"
    )

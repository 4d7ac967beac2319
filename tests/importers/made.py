"""Files made in memory, in the layouts programs and people write."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
ODF = "urn:oasis:names:tc:opendocument:xmlns"


def zipped(parts: dict[str, bytes | str]) -> bytes:
    """A zip archive of ``parts``."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def run(text: str, *, bold: bool = False, italic: bool = False) -> str:
    """A run; tabs and line ends in ``text`` become Word's elements."""
    look = ("<w:b/>" if bold else "") + ("<w:i/>" if italic else "")
    inner = "".join(
        {"\t": "<w:tab/>", "\n": "<w:br/>"}.get(
            piece, f'<w:t xml:space="preserve">{escape(piece)}</w:t>'
        )
        for piece in _pieces(text)
    )
    return f"<w:r>{f'<w:rPr>{look}</w:rPr>' if look else ''}{inner}</w:r>"


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    for character in text:
        if character in "\t\n" or not pieces or pieces[-1] in "\t\n":
            pieces.append(character)
        else:
            pieces[-1] += character
    return pieces


def paragraph(*runs: str, style: str = "") -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{''.join(runs)}</w:p>"


def plain(text: str) -> str:
    return paragraph(run(text))


def table(rows: list[list[str]]) -> str:
    body = "".join(
        "<w:tr>" + "".join(f"<w:tc>{plain(cell)}</w:tc>" for cell in row) + "</w:tr>"
        for row in rows
    )
    return f"<w:tbl>{body}</w:tbl>"


STYLES = f"""<w:styles xmlns:w="{W}">
<w:style w:type="paragraph" w:default="1" w:styleId="Standard"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="berschrift2"><w:name w:val="heading 2"/>
<w:basedOn w:val="Standard"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Fett"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
</w:styles>"""


def docx(*body: str, styles: str = STYLES, parts: dict[str, str] | None = None) -> bytes:
    """A Word document with this body, and further ``parts`` such as "header1.xml"."""
    document = (
        f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{W}" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
        'xmlns:v="urn:schemas-microsoft-com:vml" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        f"<w:body>{''.join(body)}<w:sectPr/></w:body></w:document>"
    )
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": document,
            "word/styles.xml": styles,
            **{f"word/{name}": part for name, part in (parts or {}).items()},
        }
    )


def margin(kind: str, *paragraphs: str) -> str:
    """A page header ("hdr") or footer ("ftr") of a Word document."""
    return f'<w:{kind} xmlns:w="{W}">{"".join(paragraphs)}</w:{kind}>'


def odt(body: str, automatic: str = "", masters: str = "") -> bytes:
    """An OpenDocument text with this body; ``masters`` are the insides of its page."""
    spaces = " ".join(
        f'xmlns:{short}="{ODF}:{short if short != "fo" else "xsl-fo-compatible"}:1.0"'
        for short in ("office", "text", "style", "table", "fo", "draw")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces}>'
        f"<office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:master-styles><style:master-page>{masters}</style:master-page>"
        "</office:master-styles>"
        f"<office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": content,
            "META-INF/manifest.xml": "<manifest/>",
        }
    )


def textgrid(tiers: dict[str, list[tuple[float, float, str]]]) -> bytes:
    """A TextGrid in Praat's long form."""
    end = max(entry[1] for entries in tiers.values() for entry in entries)
    lines = [
        'File type = "ooTextFile"',
        'Object class = "TextGrid"',
        "",
        "xmin = 0",
        f"xmax = {end}",
        "tiers? <exists>",
        f"size = {len(tiers)}",
        "item []:",
    ]
    for number, (name, entries) in enumerate(tiers.items(), 1):
        lines += [
            f"    item [{number}]:",
            '        class = "IntervalTier"',
            f'        name = "{name}"',
            "        xmin = 0",
            f"        xmax = {end}",
            f"        intervals: size = {len(entries)}",
        ]
        for at, (start, stop, text) in enumerate(entries, 1):
            lines += [
                f"        intervals [{at}]:",
                f"            xmin = {start}",
                f"            xmax = {stop}",
                f'            text = "{text}"',
            ]
    return ("\n".join(lines) + "\n").encode()


def pdf(pages: list[list[tuple[int, int, str]]]) -> bytes:
    """A PDF whose pages show texts at (x, y) points from the lower left of an A4 page."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    kids = []
    for shown in pages:
        stream = "".join(
            f"BT /F1 10 Tf {x} {y} Td ({text.replace('(', '[').replace(')', ']')}) Tj ET\n"
            for x, y, text in shown
        )
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
            f"/Contents {len(objects) + 2} 0 R /Resources << /Font << /F1 "
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}endstream")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(pages)} >>"
    out = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    out += (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
        f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    ).encode("latin-1")
    return out

"""The frame of a web page of its own: no script, nothing fetched, made to be read and printed."""

from __future__ import annotations

import html

from ikt_coder.exporters.cell_text import clean
from ikt_coder.exporters.labels import full_tag

TABLE_STYLE = """
:root { color-scheme: light dark; --ink: #1f2328; --dim: #5c636a; --paper: #ffffff;
  --rule: #1f2328; --focus: #0f6e6a; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e7e8; --dim: #b4bac0;
  --paper: #25282c; --rule: #b4bac0; --focus: #64c9c2; } }
* { box-sizing: border-box; }
body { margin: 0; padding: 2rem clamp(1rem, 4vw, 3rem); background: var(--paper);
  color: var(--ink); font: 14px/1.5 system-ui, -apple-system, "Segoe UI", Roboto,
  "Noto Sans", "Liberation Sans", sans-serif; }
section { max-width: 76rem; margin: 0 auto 4rem; }
.scroll { overflow-x: auto; }
.scroll:focus-visible { outline: 2px solid var(--focus); outline-offset: 4px; }
table { border-collapse: collapse; width: 100%; table-layout: fixed;
  border-block: 1.5px solid var(--rule); }
caption { text-align: start; padding-bottom: .6rem; }
caption .number { display: block; }
caption .number b { font-weight: 700; }
caption .title { font-style: italic; }
th, td { padding: .4rem .6rem; vertical-align: top; text-align: start;
  font-weight: 400; overflow-wrap: anywhere; }
thead th { vertical-align: bottom; font-weight: 600; overflow-wrap: break-word; }
thead tr:last-child th, thead th[rowspan] { border-bottom: 1px solid var(--rule); }
thead th.spanner { text-align: center; padding-bottom: .1rem; }
thead th.spanner span { display: block; padding-bottom: .25rem;
  border-bottom: 1px solid var(--dim); }
.right { text-align: end; font-variant-numeric: tabular-nums; }
.centre { text-align: center; font-variant-numeric: tabular-nums; }
p { margin: 0; }
td p + p, th p + p { margin-top: .45rem; }
.quote { font-family: "Iowan Old Style", Charter, "Noto Serif", Georgia, "Liberation Serif",
  serif; }
.empty { font-style: italic; color: var(--dim); }
.note { margin-top: .6rem; color: var(--dim); font-size: 13px; }
.note p + p { margin-top: .3rem; }
@media print {
  :root { color-scheme: light; --ink: #000; --dim: #000; --paper: #fff; --rule: #000; }
  @page { margin: 2.2cm; }
  @page wide { size: landscape; }
  section.wide { page: wide; }
  body { padding: 0; font-size: 8.5pt; line-height: 1.35; }
  section { max-width: none; margin: 0; }
  section + section { break-before: page; }
  .scroll { overflow: visible; }
  table { min-width: 0 !important; }
  th, td { padding: .25rem .3rem; }
  .note { font-size: 8.5pt; break-before: avoid; }
  tr { break-inside: avoid; }
  thead { display: table-header-group; }
}
"""


def opening(title: str, language: str, style: str) -> str:
    """Everything up to the content of ``main``; the reader's light or dark setting decides
    the colours ``style`` names."""
    return (
        f'<!DOCTYPE html>\n<html lang="{escaped(full_tag(language))}">\n<head>\n'
        '<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        # Nothing that slips into the page can run or call out.
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{escaped(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n<main>\n"
    )


CLOSING = "</main>\n</body>\n</html>\n"


def escaped(text: str) -> str:
    """Text as it stands between tags or in an attribute."""
    return html.escape(clean(text))

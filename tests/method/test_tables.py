"""Tables: styles, languages, filters, orders; the columns are tested in
``tests/services/test_theme_table.py``, the files in ``tests/exporters``."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from ikt_coder.core.span import Span
from ikt_coder.core.table import Table, TableStyle
from ikt_coder.core.words import (
    Approach,
    DocumentStatus,
    LinkKind,
    Origin,
    Stance,
    ThemeStatus,
    Valence,
)
from ikt_coder.exporters.captions import caption
from ikt_coder.exporters.captions import note as printed_note
from ikt_coder.exporters.catalogue import write, write_tables
from ikt_coder.services.new_codings import NewCoding
from ikt_coder.services.project import Project
from ikt_coder.services.report_language import ENGLISH, FRENCH
from ikt_coder.services.report_language.figures import Figures
from ikt_coder.services.theme_table import (
    FULL_COLUMNS,
    ExportLanguage,
    RowOrder,
    Side,
    ThemeColumn,
    ThemeTable,
    ThemeTableOptions,
)
from ikt_coder.services.theme_table_options import options_from_json, options_to_json
from tests.services.theme_tables import (
    COLUMNS,
    Desk,
    code,
    level,
    note,
    options,
    rows,
    table,
    theme,
)
from tests.studies import add_talk

APA, BMC, VANCOUVER = TableStyle.APA, TableStyle.BMC, TableStyle.VANCOUVER


def lines(made: Table) -> list[str]:
    return ["".join(run.text for run in line) for line in caption(made)]


# -- styles ---------------------------------------------------------------------------------------


def test_apa_has_number_and_title_on_two_lines_and_leads_the_note(desk: Desk) -> None:
    project, document = desk
    code(project, document, "She phoned me", Valence.BARRIER)
    theme(project, "Clear role")
    made = table(project, COLUMNS.DIRECTIONS, number=3)
    number, title = caption(made)
    assert ("".join(run.text for run in number), number[0].bold) == ("Table 3 (interim)", True)
    assert (title[0].text, title[0].italic) == ("Themes, With Passages by Direction", True)
    assert printed_note(made)[0][0].text == "Note. "
    assert printed_note(made)[0][0].italic


def test_bmc_has_number_and_title_in_one_line_and_no_word_before_the_note(desk: Desk) -> None:
    project, document = desk
    code(project, document, "She phoned me", Valence.BARRIER)
    theme(project, "Clear role")
    made = table(project, COLUMNS.DIRECTIONS, number=3, style=BMC)
    assert lines(made) == ["Table 3 Themes, with passages by direction (interim)"]
    assert [run.bold for run in caption(made)[0]][:2] == [True, False]
    assert printed_note(made) == made.note


def test_vancouver_parts_number_and_title_by_a_full_stop(desk: Desk) -> None:
    project, document = desk
    code(project, document, "She phoned me", Valence.BARRIER)
    theme(project, "Clear role")
    made = table(project, COLUMNS.DIRECTIONS, number=3, style=VANCOUVER)
    assert lines(made) == ["Table 3. Themes, with passages by direction (interim)"]
    assert printed_note(made) == made.note


@pytest.mark.parametrize("style", TableStyle)
@pytest.mark.parametrize("ending", [".docx", ".xlsx", ".html", ".csv", ".md"])
def test_every_style_is_written_to_every_kind_of_file(
    sample: Project, tmp_path: Path, style: TableStyle, ending: str
) -> None:
    wanted = ThemeTableOptions(style=style, appendix=True, order=RowOrder.LEVEL)
    made = ThemeTable(sample, wanted).tables()
    assert len(made) == 2
    file = tmp_path / f"t{ending}"
    write_tables(made, file)
    assert file.stat().st_size > 2000
    if ending == ".md":
        text = file.read_text()
        assert ("*Note.*" in text) is (style is APA)
        assert {
            APA: "**Table 1**\n\n*Themes*",
            BMC: "**Table 1** Themes",
            VANCOUVER: "Table 1. Themes",
        }[style] in text


def test_kappa_has_no_zero_before_its_point_in_apa_and_brackets_around_its_interval() -> None:
    interval = (0.64, 0.77)
    assert Figures(ENGLISH, APA).coefficient("κ", 0.71, interval) == "κ = .71, 95% CI [.64, .77]"
    assert Figures(ENGLISH, BMC).coefficient("κ", 0.71, interval) == (
        "κ = 0.71 (95% CI 0.64 to 0.77)"
    )
    assert Figures(FRENCH, APA).coefficient("κ", 0.71, interval) == (
        "κ = 0,71, IC à 95\u202f% [0,64\u202f; 0,77]"
    )
    assert Figures(ENGLISH, APA).bounded(1.0) == "1.00"
    assert Figures(ENGLISH, APA).bounded(-0.125) == "−.12"
    assert Figures(ENGLISH, APA).bounded(-0.001) == ".00"


@given(st.integers(0, 10**9), st.sampled_from(TableStyle), st.sampled_from([ENGLISH, FRENCH]))
def test_groups_of_three_digits_are_parted(value: int, style: TableStyle, language: object) -> None:
    written = Figures(language, style).whole(value)  # type: ignore[arg-type]  # one of the two
    assert re.sub(r"\D", "", written) == str(value)
    assert all(len(group) == 3 for group in re.split(r"\D", written)[1:])
    assert ("," in written) is (value > 999 and style is APA and language is ENGLISH)


# -- languages ------------------------------------------------------------------------------------

ENGLISH_WORDS = re.compile(
    r"\b(the|of|and|with|none|not|theme|themes|coding|codings|which|their|"
    r"counted|quote|quotes|proposed|barrier|barriers|facilitators|mixed|level|"
    r"january|november|interviewer|by|are|is|from|only|shown)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize("side", Side)
@pytest.mark.parametrize("order", RowOrder)
def test_nothing_english_remains_in_a_french_table_but_the_studys_own_words(
    sample: Project, own_words: list[str], side: Side, order: RowOrder
) -> None:
    wanted = ThemeTableOptions(
        columns=tuple(ThemeColumn),
        side=side,
        order=order,
        language=ExportLanguage.FRENCH,
        set_aside=True,
        propose_quotes=True,
        percentages=True,
        group_labels=True,
        appendix=True,
        groups=frozenset(row.group for row in sample.participants.all()),
        statuses=frozenset(ThemeStatus),
    )
    for made in ThemeTable(sample, wanted).tables():
        assert ENGLISH_WORDS.findall(_without(own_words, made)) == []
        assert made.language == "fr"


def test_nothing_english_remains_in_french_reports_but_the_studys_own_words(
    sample: Project, own_words: list[str]
) -> None:
    for made in (
        sample.reports.quotes_table(ExportLanguage.FRENCH),
        sample.reports.deviant_cases_table(ExportLanguage.FRENCH),
    ):
        assert ENGLISH_WORDS.findall(_without(own_words, made)) == []
    assert "emerge" not in str(sample.reports.theme_report()).lower()


def _texts(made: Table) -> list[str]:
    cells = [cell for row in made.rows for cell in row if not cell.quote]
    notes = ["".join(run.text for run in paragraph) for paragraph in made.note]
    headings = [column.name for column in made.columns]
    return [made.title, made.description, made.empty, *headings, *(c.text for c in cells), *notes]


@pytest.fixture(scope="module")
def own_words(sample: Project) -> list[str]:
    """What people of the study wrote: names, descriptions, memos, the card; longest first."""
    card = sample.card.get()
    own = [card.name, card.focal_actor]
    for behaviour in card.behaviours:
        own += [behaviour.actor, behaviour.action, behaviour.target]
        own += [behaviour.context, behaviour.time]
    for row in sample.themes.all():
        own += [row.name, row.description, row.central_idea, row.set_aside_reason]
    own += [row.title for row in sample.documents.all()]
    own += [row.group for row in sample.participants.all()]
    own += [row.name for row in sample.codes.all() if row.node_key is None]
    own += [row.coding.memo for row in sample.reports.codings()]
    return sorted({piece for one in own for piece in one.split("\n") if piece}, key=len)[::-1]


def _without(own_words: list[str], made: Table) -> str:
    text = "\n".join(_texts(made))
    for words in own_words:
        text = text.replace(words, "")
    return text


def test_french_has_guillemets_thin_spaces_and_a_decimal_comma(desk: Desk) -> None:
    project, document = desk
    coding = code(project, document, "I came late", Valence.MIXED)
    made = theme(project, "Clear role")
    project.themes.accept_quote(made, coding)
    for row in project.documents.all():
        project.documents.set_status(row.id, DocumentStatus.CODED)
    shown = table(
        project,
        COLUMNS.QUOTES,
        COLUMNS.PARTICIPANTS,
        language=ExportLanguage.FRENCH,
        percentages=True,
    )
    assert rows(shown) == [["A role", "«\u202fI came late\u202f» (P02)", "1 (50\u202f%)"]]
    assert lines(shown)[0] == "Tableau 1"
    assert "Couche d’analyse\u00a0: codages de Amara Okafor dans 1 document" in note(shown)
    assert "Dénombré le 9 mars 2026." in note(shown)
    assert FRENCH.decimal("12.5") == "12,5"


def test_the_language_changes_no_figure(sample: Project) -> None:
    both = [
        ThemeTable(sample, ThemeTableOptions(columns=FULL_COLUMNS, language=one)).build()
        for one in ExportLanguage
    ]
    values = [[[cell.value for cell in row] for row in made.rows] for made in both]
    assert values[0] == values[1]
    behind = []
    for one in ExportLanguage:
        made = ThemeTable(sample, ThemeTableOptions(columns=FULL_COLUMNS, language=one))
        made.build()
        behind.append(sorted((key, sorted(codings)) for key, codings in made.behind.items()))
    # Equal n are listed by name, so that their places may differ, but not the codings.
    assert sorted(str(c) for _, c in behind[0]) == sorted(str(c) for _, c in behind[1])


# -- what is shown --------------------------------------------------------------------------------


def test_themes_set_aside_are_shown_with_their_reason_only_where_asked(desk: Desk) -> None:
    project, document = desk
    code(project, document, "She phoned me")
    theme(project, "Clear role")
    project.themes.add(
        "Old idea", status=ThemeStatus.SET_ASIDE, set_aside_reason="two codings only"
    )
    assert "Old idea" not in str(table(project, COLUMNS.STATUS))
    shown = table(project, COLUMNS.STATUS, set_aside=True)
    assert rows(shown)[1] == ["Old idea", "set aside"]
    assert "“Old idea” (two codings only)" in note(shown)


def test_only_chosen_themes_with_those_below_and_chosen_statuses_are_shown(desk: Desk) -> None:
    project, _ = desk
    first = theme(project, called="First")
    below = project.themes.add("Below", first, status=ThemeStatus.DEFINED)
    theme(project, called="Second", status=ThemeStatus.DEFINED)
    assert _names(table(project, themes=frozenset({first}))) == ["First", "Below"]
    defined = table(project, statuses=frozenset({ThemeStatus.DEFINED}))
    assert [(row[0].text, row[0].indent) for row in defined.rows] == [("Below", 0), ("Second", 0)]
    assert "Only themes with the status defined are shown." in note(defined)
    both = table(project, themes=frozenset({below}), statuses=frozenset({ThemeStatus.CANDIDATE}))
    assert both.rows == ()


def test_rows_stand_by_name_or_by_participants_where_asked(desk: Desk) -> None:
    project, document = desk
    code(project, document, "She phoned me")
    code(project, document, "I came late", name="Other")
    code(project, document, "Nobody had explained", name="Other")
    b = theme(project, "Clear role", called="Banana")
    theme(project, called="Élan")
    theme(project, "Other", called="zebra")
    project.themes.add("b", b)
    project.themes.add("a", b)
    assert _names(table(project, order=RowOrder.NAME)) == ["Banana", "a", "b", "Élan", "zebra"]
    by_n = _names(table(project, order=RowOrder.PARTICIPANTS))
    assert by_n == ["zebra", "Banana", "a", "b", "Élan"]


def test_proposals_do_not_change_with_the_order_of_rows(sample: Project) -> None:
    some = frozenset(row.id for row in sample.documents.all()[:2])
    wanted = ThemeTableOptions(propose_quotes=True, documents=some)
    seen = []
    for order in (RowOrder.THEME, RowOrder.NAME, RowOrder.PARTICIPANTS):
        made = ThemeTable(sample, replace(wanted, order=order))
        built = made.build()
        seen.append(dict(zip(made.themes, [row[2].text for row in built.rows], strict=True)))
    assert seen[0] == seen[1] == seen[2]
    assert any("[proposed]" in text for text in seen[0].values())


def test_building_twice_gives_the_same_table(sample: Project) -> None:
    for order in RowOrder:
        wanted = ThemeTableOptions(
            columns=tuple(ThemeColumn), order=order, propose_quotes=True, appendix=True
        )
        made = ThemeTable(sample, wanted)
        first = made.tables()
        assert made.tables() == first


def test_no_text_of_a_reflexive_study_holds_counts_in_the_theme_report(desk: Desk) -> None:
    project, document = desk
    code(project, document, "She phoned me")
    theme(project, "Clear role")
    assert "Counts: 1 passage" in str(project.reports.theme_report())
    project.card.change(approach=Approach.REFLEXIVE)
    assert "passage" not in str(project.reports.theme_report())


def test_a_wide_table_has_a_landscape_section_and_alternative_text(
    sample: Project, tmp_path: Path
) -> None:

    file = tmp_path / "t.docx"
    made = ThemeTable(sample, ThemeTableOptions(columns=FULL_COLUMNS, appendix=True)).tables()
    write_tables(made, file)
    document = docx.Document(str(file))
    shapes = [section.page_width > section.page_height for section in document.sections]
    assert shapes == [True, False]
    for shown, one in zip(document.tables, made, strict=True):
        xml = shown._tbl.xml
        assert f'w:tblDescription w:val="{one.description}"' in xml
        assert "w:tblCaption" in xml
        assert "<w:tblHeader/>" in xml


# -- awkward input --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "<b>bold</b> & </w:t><script>alert(1)</script>",
        '=HYPERLINK("http://example.org")',
        "@SUM(1+1)*cmd|' /C calc'!A0",
        "| pipe | `tick` *star* [link](x)",
        "n" * 300,
        "Ünïcødé 😀 שלום",
    ],
)
def test_markup_and_long_names_are_printed_as_names(desk: Desk, tmp_path: Path, name: str) -> None:

    project, document = desk
    coding = code(project, document, "She phoned me")
    made = theme(project, "Clear role", called=name, description=name)
    other = theme(project, called=f"{name[:280]} 2")
    project.themes.accept_quote(made, coding)
    project.themes.add_codings(made, coding)

    project.themes.set_stance(made, coding, Stance.CONTRADICTS)
    project.themes.link(made, other, LinkKind.CONTRAST, name)
    shown = ThemeTable(project, ThemeTableOptions(columns=tuple(ThemeColumn))).tables()
    for ending in (".docx", ".xlsx", ".html", ".csv", ".md"):
        write_tables(shown, tmp_path / f"t{ending}")
    cells = docx.Document(str(tmp_path / "t.docx")).tables[0].rows[2].cells
    assert cells[0].text == cells[1].text == name
    sheet = load_workbook(tmp_path / "t.xlsx").worksheets[0]
    values = [cell for row in sheet.iter_rows() for cell in row if cell.value == name]
    assert len(values) == 2
    assert all(cell.data_type == "s" for cell in values)
    page = (tmp_path / "t.html").read_text()
    assert "<script" not in page
    for ending in (".docx", ".html", ".md"):
        write(project.reports.theme_report(), tmp_path / f"r{ending}")
    assert "<script" not in (tmp_path / "r.html").read_text()


def test_a_code_used_ten_thousand_times_in_a_theme(desk: Desk, tmp_path: Path) -> None:

    project, _ = desk
    lines = "".join(f"P0{at % 2 + 1}: {'word ' * 8}\n" for at in range(10_000))
    document = add_talk(project, lines, "Long")
    key = project.codes.add("Often")
    micro = level(project, "Micro")
    new = []
    at = 0
    for line in lines.splitlines(keepends=True):
        new.append(
            NewCoding(document=document, span=Span(at + 5, at + 9), code=key, levels=[micro])
        )
        at += len(line)
    project.codings.apply_many(new, Origin.HAND)
    theme(project, "Often")
    begun = time.perf_counter()
    made = table(
        project,
        COLUMNS.QUOTES,
        COLUMNS.PARTICIPANTS,
        COLUMNS.PASSAGES,
        COLUMNS.REFERENCES,
        COLUMNS.LEVELS,
        propose_quotes=True,
        order=RowOrder.LEVEL,
    )
    took = time.perf_counter() - begun
    assert rows(made)[1][2:] == ["2", "10,000", "10,000", "Micro (2)"]
    assert took < 20  # a second or two; far more would be a loop within a loop
    write_tables([made], tmp_path / "t.docx")


def _names(made: Table) -> list[str]:
    return [row[0].text for row in made.rows]


def test_options_that_are_kept_come_back() -> None:

    wanted = options(
        *FULL_COLUMNS,
        side=Side.BARRIERS,
        number=4,
        title="A “title”",
        set_aside=True,
        propose_quotes=True,
        percentages=True,
        group_labels=True,
        order=RowOrder.FRAMEWORK,
        style=BMC,
        language=ExportLanguage.FRENCH,
        appendix=True,
        documents=frozenset({uuid4(), uuid4()}),
        folders=frozenset({uuid4()}),
        themes=frozenset({uuid4()}),
        groups=frozenset({"a", "b"}),
        statuses=frozenset({ThemeStatus.DEFINED}),
    )
    kept = options_from_json(options_to_json(wanted))
    assert replace(kept, today=wanted.today) == wanted
    assert options_from_json('{"order": "by colour", "number": "x", "themes": ["?"]}') == (
        ThemeTableOptions(today=options_from_json("").today)
    )
    assert options_from_json("[1]").columns is None

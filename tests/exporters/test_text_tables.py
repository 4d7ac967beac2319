"""The web page, CSV and Markdown."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import replace

import pytest
from lxml import html

from ikt_coder.core.table import Column, Table, cell, number
from ikt_coder.exporters import csv_table, html_table, markdown_table
from tests.exporters.conftest import heading, long_table


def page(*tables: Table, language: str = "en", sources: str = "") -> html.HtmlElement:
    stream = io.BytesIO()
    html_table.write(tables, stream, language, sources)
    return html.document_fromstring(stream.getvalue().decode("utf-8"))


def csv_rows(*tables: Table, sources: str = "") -> list[list[str]]:
    stream = io.BytesIO()
    csv_table.write(tables, stream, "en", sources)
    assert stream.getvalue().startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(stream.getvalue().decode("utf-8-sig"), newline="")))


def markdown(tables: Sequence[Table], sources: str = "") -> str:
    stream = io.BytesIO()
    markdown_table.write(tables, stream, "en", sources)
    return stream.getvalue().decode("utf-8")


class TestWebPage:
    def test_structure_a_screen_reader_can_follow(self, themes: Table) -> None:
        found = page(themes)
        assert found.get("lang") == "en-CA"
        assert found.findtext(".//title") == themes.title
        (table,) = found.findall(".//table")
        assert table.find("caption").text_content() == f"Table 3 {themes.title}"
        first, second = table.find("thead")
        assert [(one.get("scope"), one.get("rowspan"), one.get("colspan")) for one in first] == [
            ("col", "2", None),
            ("col", "2", None),
            ("col", "2", None),
            ("col", "2", None),
            ("colgroup", None, "3"),
            ("col", "2", None),
        ]
        assert [one.text_content() for one in second] == ["Barrier", "Facilitator", "Mixed"]
        assert [row[0].get("scope") for row in table.find("tbody")] == ["row"] * 3
        note = found.get_element_by_id(table.get("aria-describedby"))
        assert note.text_content().startswith("Note. N = 8 participants")

    def test_stands_alone_in_light_dark_and_print(self, themes: Table) -> None:
        found = page(themes)
        style = found.findtext(".//style")
        assert "prefers-color-scheme: dark" in style
        assert "@media print" in style
        assert "url(" not in style
        assert not found.xpath("//script | //link | //img | //@src | //@href")
        policy = found.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert policy == ["default-src 'none'; style-src 'unsafe-inline'"]

    def test_markup_in_a_name_stays_text(self, hard: Table) -> None:
        found = page(hard, sources="<script>x</script>")
        assert not found.xpath("//script | //tbody//b")
        names = [row[0].text_content() for row in found.find(".//tbody")]
        assert names[2] == "<b>bold & </td><script>alert(1)</script>"

    def test_language_of_page_and_table(self, french: Table, themes: Table) -> None:
        found = page(french, themes, language="fr")
        assert found.get("lang") == "fr-CA"
        assert [one.get("lang") for one in found.findall(".//section")] == [None, "en-CA"]
        assert found.findall(".//caption")[0].text_content().startswith("Tableau 4 (provisoire) ")

    def test_an_empty_table_says_so(self, empty: Table) -> None:
        (only,) = page(empty).find(".//tbody")
        assert only[0].text_content() == "No theme has been set aside."
        assert only[0].get("colspan") == "3"

    def test_the_widths_fill_the_table(self, themes: Table) -> None:
        widths = page(themes).xpath("//col/@style")
        assert sum(float(one.split()[1].rstrip("%")) for one in widths) == pytest.approx(
            100, abs=0.1
        )


class TestCsv:
    def test_headings_join_their_spanner(self, themes: Table, french: Table) -> None:
        assert csv_rows(themes)[0][3:7] == [
            "n",
            "Passages, n: Barrier",
            "Passages, n: Facilitator",
            "Passages, n: Mixed",
        ]
        assert csv_rows(replace(themes, language="fr"))[0][4] == "Passages, n\u00a0: Barrier"

    def test_a_numbered_table_keeps_its_words_after_the_rows(self, themes: Table) -> None:
        rows = csv_rows(themes, sources="Cane et al. (2012).")
        assert rows[4] == [""] * 8
        assert rows[5][0] == f"Table 3. {themes.title}"
        assert rows[6][0].startswith("Note. N = 8 participants")
        assert rows[-1][0] == "Sources. Cane et al. (2012)."
        assert {len(row) for row in rows} == {8}

    def test_a_heading_over_rows_is_a_column(self, themes: Table) -> None:
        head = (cell("Held"), *(cell("") for _ in range(7)))
        alone = (cell("Nobody"), *head[1:])
        table = replace(
            themes,
            rows=(head, *themes.rows[:2], alone, head, themes.rows[2]),
            headings=frozenset({0, 3, 4}),
        )
        rows = csv_rows(replace(table, over="Attribute"), sources="Cane et al. (2012).")
        first = themes.columns[0].name
        assert rows[0][:2] == ["Attribute", first]
        assert [row[0] for row in rows[1:5]] == ["Held", "Held", "Nobody", "Held"]
        assert [row[1] for row in rows[1:5]] == [
            *(row[0].text for row in themes.rows[:2]),
            *("", themes.rows[2][0].text),
        ]
        assert {len(row) for row in rows} == {9}
        assert csv_rows(replace(table, language="fr"))[0][0] == "Groupe"

    def test_a_plain_list_is_headings_and_rows_alone(self) -> None:
        rows = csv_rows(long_table(5), sources="left out")
        assert len(rows) == 6
        assert rows[1][:3] == ["Interview P00", "0", "55"]

    def test_several_tables_are_parted_by_an_empty_line(self) -> None:
        rows = csv_rows(long_table(2), long_table(1))
        assert [len(row) for row in rows] == [8, 8, 8, 0, 8, 8]

    def test_an_empty_list_is_its_headings_and_an_empty_table_says_so(self, empty: Table) -> None:
        assert len(csv_rows(replace(empty, number=0))) == 1
        assert csv_rows(empty)[2][0] == "No theme has been set aside."

    @pytest.mark.parametrize(
        "text", ["=1+1", "+1", "-1", "@x", "- and then", "\t=1", "\n=1", "'=1", " @x", "＝1"]
    )
    def test_what_a_spreadsheet_would_run_gets_an_apostrophe(self, text: str) -> None:
        table = Table("T", (Column(heading(text)),), ((cell(text),),), number=0)
        assert csv_rows(table) == [[f"'{text}"], [f"'{text}"]]

    @pytest.mark.parametrize("text", ["plain", "−1", "it's", "'tis", "a=b", ""])
    def test_other_text_is_left_alone(self, text: str) -> None:
        table = Table("T", (Column(heading("x")),), ((cell(text),),), number=0)
        assert csv_rows(table)[1] == [text]

    def test_numbers_are_bare_in_every_language(self) -> None:
        row = (number(-3), number(0.71, "0,71"), number(float("nan"), "n/a"))
        table = Table(
            "T", tuple(Column(heading(n)) for n in "abc"), (row,), number=0, language="fr"
        )
        assert csv_rows(table)[1] == ["-3", "0.71", "n/a"]

    def test_lines_end_as_the_standard_says(self) -> None:
        stream = io.BytesIO()
        csv_table.write([long_table(2)], stream, "en", "")
        assert stream.getvalue().count(b"\r\n") == 3


class TestMarkdown:
    def test_the_whole_of_a_small_table(self, empty: Table) -> None:
        table = replace(
            empty,
            rows=((cell("a|b", "c\nd", indent=1), cell("*[x]*"), number(3)),),
            interim=True,
        )
        assert markdown([table], "S").splitlines() == [
            "**Table 6** (interim)",
            "",
            "*Themes Set Aside*",
            "",
            "| Theme | Reason | Passages, *n*: Barrier |",
            "| --- | --- | ---: |",
            r"| &emsp;a\|b<br>c<br>d | \*\[x\]\* | 3 |",
            "",
            "*Note.* Consensus layer.",
            "",
            "*Sources.* S",
        ]

    def test_an_empty_table_says_so(self, empty: Table) -> None:
        assert "No theme has been set aside." in markdown([empty]).splitlines()

    def test_lines_that_would_become_lists_or_headings(self, empty: Table) -> None:
        text = markdown([replace(empty, empty="# no\n- no\n+ no\n1. no")])
        assert "\\# no\n\\- no\n\\+ no\n1\u2060. no" in text

    def test_every_row_is_one_line(self, hard: Table) -> None:
        rows = [line for line in markdown([hard]).splitlines() if line.startswith("|")]
        assert len(rows) == 2 + len(hard.rows)

"""Quotes in the theme table: accepted ones, consent, labels (the method's rules, one by one)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ikt_coder.core.span import Span
from ikt_coder.core.words import Consent, DocumentStatus, Flag
from ikt_coder.services.theme_table import ThemeTable
from tests.services.theme_tables import (
    COLUMNS,
    Desk,
    code,
    note,
    options,
    person,
    rows,
    table,
    theme,
)
from tests.studies import add_talk, span_of, study


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    project, document = study(tmp_path / "study.ikt")
    yield project, document
    project.close()


# -- quotes ---------------------------------------------------------------------------------------


def test_only_accepted_quotes_are_printed(desk: Desk) -> None:
    project, document = desk
    code(project, document, "She phoned me", flags=[Flag.STAR])
    coding = code(project, document, "I came late")
    made = theme(project, "Clear role")
    assert rows(table(project, COLUMNS.QUOTES))[0][1] == ""
    project.themes.accept_quote(made, coding)
    assert rows(table(project, COLUMNS.QUOTES))[0][1] == "“I came late” (P02)"


def test_proposals_are_marked_starred_first_and_balanced_over_participants(desk: Desk) -> None:
    project, document = desk
    code(project, document, "She phoned me")
    code(project, document, "She went through the slides with me", flags=[Flag.STAR])
    code(project, document, "I came late")
    code(project, document, "always at two")
    code(project, document, "what got in the way")
    theme(project, "Clear role")
    made = table(project, COLUMNS.QUOTES, propose_quotes=True)
    assert rows(made)[0][1].splitlines() == [
        "[proposed] “She went through the slides with me” (P01)",
        "[proposed] “I came late” (P02)",
    ]
    assert "[proposed] Not yet accepted by a person: starred codings first" in note(made)


@pytest.mark.parametrize("consent", [Consent.NONE, Consent.PARAPHRASE])
def test_consent_is_obeyed(desk: Desk, consent: Consent) -> None:
    project, document = desk
    coding = code(project, document, "I came late")
    made = theme(project, "Clear role")
    project.themes.accept_quote(made, coding)
    project.participants.change(person(project, "P02"), consent=consent)
    shown = table(project, COLUMNS.QUOTES, propose_quotes=True)
    assert "came late" not in str(rows(shown))
    assert "1 accepted quote is withheld" in note(shown)
    assert "came late" not in str(rows(project.reports.quotes_table()))


def test_marks_on_a_coding_withhold_its_quote(desk: Desk) -> None:
    project, document = desk
    coding = code(project, document, "I came late")
    made = theme(project, "Clear role")
    project.themes.accept_quote(made, coding)
    project.codings.change(coding, flags=[Flag.DO_NOT_QUOTE])
    shown = table(project, COLUMNS.QUOTES)
    assert rows(shown)[0][1] == ""
    assert "withheld" in note(shown)


def test_a_quote_longer_than_its_coding_is_said_to_be(desk: Desk) -> None:
    project, document = desk
    coding = code(project, document, "came late")
    made = theme(project, "Clear role")
    project.themes.accept_quote(made, coding, span_of(project, document, "I came late"))
    shown = table(project, COLUMNS.QUOTES)
    assert rows(shown)[0][1] == "“I came late” (P02)*"
    assert "* Quote longer than its coding." in note(shown)


def test_quotes_over_turns_drop_labels_and_say_who_speaks(desk: Desk) -> None:
    project, document = desk
    start = span_of(project, document, "And what got").start
    end = span_of(project, document, "Nobody had explained").end
    key = project.codes.add("Clear role")
    coding = project.codings.apply(document, Span(start, end), key)
    made = theme(project, "Clear role")
    project.themes.accept_quote(made, coding)
    assert rows(table(project, COLUMNS.QUOTES))[0][1] == (
        "“[interviewer] And what got in the way? [P01] Nobody had explained” (P01)"
    )


def test_labels_at_the_start_of_a_quote_are_left_out(desk: Desk) -> None:
    project, document = desk
    coding = code(project, document, "P02: I came late")
    made = theme(project, "Clear role")
    project.themes.accept_quote(made, coding)
    assert rows(table(project, COLUMNS.QUOTES))[0][1] == "“I came late” (P02)"


def test_quotation_marks_within_a_quote_become_single(desk: Desk) -> None:
    project, _ = desk
    document = add_talk(project, 'P03: They said "come along" and “sit down”.\n', "Third", ["P03"])
    coding = code(project, document, 'They said "come along" and “sit down”')
    made = theme(project, "Clear role")
    project.themes.accept_quote(made, coding)
    assert rows(table(project, COLUMNS.QUOTES))[0][1] == (
        "“They said ‘come along’ and ‘sit down’” (P03)"
    )


def test_labels_that_fit_fewer_than_three_people_are_warned_about(desk: Desk) -> None:
    project, document = desk
    coding = code(project, document, "I came late")
    made = theme(project, "Clear role")
    project.themes.accept_quote(made, coding)
    project.documents.set_status(document, DocumentStatus.CODED)
    project.participants.change(person(project, "P02"), group="patient partner")
    wanted = options(COLUMNS.QUOTES, group_labels=True)
    shown = ThemeTable(project, wanted)
    assert rows(shown.build())[0][1] == "“I came late” (P02, patient partner)"
    assert "patient partner" in "".join(shown.warnings)
    assert ThemeTable(project, options(COLUMNS.QUOTES)).warnings == ()
    add_talk(project, "P03: Yes.\nP04: No.\n", "More", ["P03", "P04"])
    for label in ("P03", "P04"):
        project.participants.change(person(project, label), group="patient partner")
    for row in project.documents.all():
        project.documents.set_lead(row.id, project.coder)
    assert ThemeTable(project, wanted).warnings == ()

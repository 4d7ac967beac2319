"""Quotes: alterations, balance, consent in every table; accepting them is tested in
``tests/services/test_theme_quotes.py``."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ikt_coder.core.errors import NotAllowed
from ikt_coder.core.report import BulletList, Paragraph
from ikt_coder.core.span import Span, TextEdit
from ikt_coder.core.words import Consent, Flag, Stance, ThemeStatus
from ikt_coder.services.project import Project
from ikt_coder.services.quote_printing import Alteration, altered_words
from ikt_coder.services.theme_counts import ThemeCounts
from ikt_coder.services.theme_quotes import ThemeQuotes
from ikt_coder.services.theme_table import ExportLanguage, ThemeTable
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
from tests.studies import add_talk, span_of

SAID = "I came late, and the meetings were always at two"


def accepted(desk: Desk, words: str = SAID) -> tuple[object, object]:
    """A theme and its one accepted quote."""
    project, document = desk
    coding = code(project, document, words)
    made = theme(project, "Clear role")
    return made, project.themes.accept_quote(made, coding)


def printed(project: Project) -> str:
    return rows(table(project, COLUMNS.QUOTES))[0][1]


def place(desk: Desk, words: str) -> Span:
    return span_of(*desk, words)


def test_alterations_show_in_brackets_and_as_an_ellipsis(desk: Desk) -> None:
    project, _ = desk
    _, quote = accepted(desk)
    project.quotes.alter(quote, place(desk, "came late, and"), "")
    project.quotes.alter(quote, place(desk, "two"), "a fixed hour")
    assert printed(project) == "“I … the meetings were always at [a fixed hour]” (P02)"
    said = note(table(project, COLUMNS.QUOTES))
    assert "square brackets hold words that were altered" in said


def test_one_letter_is_altered_within_its_word(desk: Desk) -> None:
    project, _ = desk
    _, quote = accepted(desk, "the meetings were always at two")
    start = place(desk, "the meetings").start
    project.quotes.alter(quote, Span(start, start + 1), "T")
    assert printed(project) == "“[T]he meetings were always at two” (P02)"
    assert project.quotes.get(quote).words == "the meetings were always at two"


def test_a_name_is_printed_as_what_the_author_calls_it(desk: Desk) -> None:
    project, _ = desk
    document = add_talk(project, "P03: Sarah of Dalhousie rang.\n", "Third", ["P03"])
    coding = code(project, document, "Sarah of Dalhousie rang")
    made = theme(project, "Clear role")
    quote = project.themes.accept_quote(made, coding)
    project.quotes.alter(quote, span_of(project, document, "Sarah of Dalhousie"), "[a friend]")
    assert printed(project) == "“[a friend] rang” (P03)"
    for what in ("themes", "quotes"):
        shown = (
            project.reports.theme_table() if what == "themes" else project.reports.quotes_table()
        )
        assert "Sarah" not in str(rows(shown))


def test_the_words_as_they_were_said_stay_beside(desk: Desk) -> None:
    project, _ = desk
    made, quote = accepted(desk)
    project.quotes.alter(quote, place(desk, "late"), "")
    (row,) = project.quotes.of(made)
    assert row.words == SAID
    assert row.printed == "“I came …, and the meetings were always at two” (P02)"
    assert [(one.said, one.shown) for one in row.alterations] == [("late", "")]


def test_an_alteration_lies_in_its_quote_and_over_no_other(desk: Desk) -> None:
    project, _ = desk
    made, quote = accepted(desk)
    inside = place(desk, "late, and")
    project.quotes.alter(quote, inside, "late and")
    for bad in (
        Span(inside.start - 20, inside.start - 1),
        Span(inside.start + 2, inside.end + 3),
        Span(inside.start, inside.start),
        Span(inside.end, 10_000),
    ):
        with pytest.raises(NotAllowed):
            project.quotes.alter(quote, bad, "x")
    project.quotes.alter(quote, inside, "again")
    (row,) = project.quotes.of(made)
    assert [one.shown for one in row.alterations] == ["again"]


def test_restoring_prints_what_was_said(desk: Desk) -> None:
    project, _ = desk
    _, quote = accepted(desk)
    first = project.quotes.alter(quote, place(desk, "late"), "")
    project.quotes.alter(quote, place(desk, "two"), "noon")
    project.quotes.restore(quote, first)
    assert printed(project) == "“I came late, and the meetings were always at [noon]” (P02)"
    project.quotes.restore(quote)
    assert printed(project) == f"“{SAID}” (P02)"
    project.history.undo()
    assert "[noon]" in printed(project)


def test_what_is_previewed_is_what_is_printed(desk: Desk) -> None:
    project, _ = desk
    made, quote = accepted(desk)
    wanted = [(place(desk, "late"), ""), (place(desk, "two"), "noon")]
    before = project.quotes.preview(quote, alterations=wanted)
    assert printed(project) == f"“{SAID}” (P02)"
    for span, shown in wanted:
        project.quotes.alter(quote, span, shown)
    assert printed(project) == before == project.quotes.of(made)[0].printed
    assert project.reports.quotes_table().rows[0][1].text == before


def test_alterations_move_along_when_the_text_is_mended(desk: Desk) -> None:
    project, document = desk
    _, quote = accepted(desk)
    project.quotes.alter(quote, place(desk, "late"), "tardy")
    start = place(desk, "I came").start
    project.texts.mend(document, [TextEdit(start, "I", "Well, I")])
    assert "[tardy], and the meetings" in printed(project)
    assert project.quotes.of(project.quotes.get(quote).theme)[0].alterations[0].said == "late"


def test_edges_of_a_quote_change_and_drop_alterations_outside(desk: Desk) -> None:
    project, _ = desk
    made, quote = accepted(desk)
    project.quotes.alter(quote, place(desk, "late"), "")
    project.quotes.set_edges(quote, place(desk, "the meetings were always at two"))
    assert printed(project) == "“the meetings were always at two” (P02)"
    assert project.quotes.of(made)[0].alterations == ()


def test_edges_ask_consent_anew(desk: Desk) -> None:
    project, _ = desk
    _, quote = accepted(desk, "what a partner does")
    project.participants.change(person(project, "P02"), consent=Consent.PARAPHRASE)
    start = place(desk, "what a partner does").start
    with pytest.raises(NotAllowed, match="P02 agreed to paraphrase only"):
        project.quotes.set_edges(quote, Span(start, place(desk, "I came late").end))
    with pytest.raises(NotAllowed, match="words of its coding"):
        project.quotes.set_edges(quote, place(desk, "She phoned"))


def test_a_quote_holds_words_of_its_coding(desk: Desk) -> None:
    project, document = desk
    coding = code(project, document, "I came late")
    made = theme(project, "Clear role")
    for span in (place(desk, "She phoned"), Span(0, 0), Span(coding_end(desk), 10_000)):
        with pytest.raises(NotAllowed, match="words of its coding"):
            project.themes.accept_quote(made, coding, span)
    assert project.quotes.of(made) == ()


def coding_end(desk: Desk) -> int:
    return place(desk, "I came late").end


def test_quotes_are_printed_in_the_order_they_were_put(desk: Desk) -> None:
    project, document = desk
    made, first = accepted(desk, "I came late")
    second = project.themes.accept_quote(made, code(project, document, "She phoned me"))
    project.quotes.order(made, [second, first])
    assert printed(project).splitlines() == ["“She phoned me” (P01)", "“I came late” (P02)"]
    assert [row.id for row in project.quotes.of(made)] == [second, first]


def test_an_omission_over_a_change_of_speaker_prints_one_ellipsis() -> None:
    text = "P01: Yes, of course. P02: No, never. P01: Well then."
    pieces = [(Span(5, 20), "P01"), (Span(26, 36), "P02"), (Span(42, 52), "P01")]
    assert altered_words(text, pieces) == "[P01] Yes, of course. [P02] No, never. [P01] Well then."
    gone = [Alteration(Span(10, 36))]
    assert altered_words(text, pieces, gone) == "Yes, … Well then."
    apart = [Alteration(Span(10, 20)), Alteration(Span(26, 36))]
    assert altered_words(text, pieces, apart) == "Yes, … Well then."


@given(
    text=st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=60),
    cuts=st.lists(st.tuples(st.integers(0, 60), st.integers(1, 9), st.sampled_from(["", "x"]))),
)
def test_what_no_alteration_touches_is_printed_as_it_was_said(
    text: str, cuts: list[tuple[int, int, str]]
) -> None:
    kept: list[Alteration] = []
    at = 0
    for start, length, shown in sorted(cuts):
        span = Span(max(at, start), max(at, start) + length)
        if span.end <= len(text):
            kept.append(Alteration(span, shown))
            at = span.end
    line = altered_words(text, [(Span(0, len(text)), "P01")], kept)
    left = list(text)
    for one in reversed(kept):
        left[one.span.start : one.span.end] = [" "]
    told = "".join("".join(left).split())
    plain = "".join(line.split())
    for sign in ("[x]", "…"):
        told, plain = told.replace(sign, ""), plain.replace(sign, "")
    assert plain == told
    if not kept:
        assert line == " ".join(text.split())


def test_proposals_are_balanced_over_the_whole_table(desk: Desk) -> None:
    project, document = desk
    # Each theme alone would propose the shortest, which is always P02's.
    for at, (short, long) in enumerate(
        [
            ("I came late", "She phoned me before the third meeting"),
            ("at two", "She went through the slides with me"),
        ]
    ):
        code(project, document, short, name=f"Code {at}")
        code(project, document, long, name=f"Code {at}")
    first = theme(project, "Code 0", called="First")
    taken = theme(project, "Code 1", called="Second")
    project.themes.accept_quote(
        first, project.themes.codings(first)[1].passage.coding.id
    )  # P02's words
    proposed = project.quotes.proposals()
    assert list(proposed) == [taken]
    assert [quote.text[:40] for quote in proposed[taken]] == [
        "[proposed] “She went through the slides ",
        "[proposed] “at two” (P02)",
    ]
    made = table(project, COLUMNS.QUOTES, propose_quotes=True)
    assert [quote.text for quote in proposed[taken]] == rows(made)[1][1].splitlines()
    assert "then those of participants quoted least in the whole table" in note(made)


@settings(max_examples=12)
@given(
    lengths=st.lists(
        st.tuples(st.integers(0, 3), st.booleans(), st.integers(0, 3)), min_size=1, max_size=14
    )
)
def test_no_participant_is_proposed_twice_while_another_as_starred_waits(
    lengths: list[tuple[int, bool, int]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        project = Project.create(Path(folder) / "s.ikt")
        try:
            project.coders.switch(project.coders.add("Amara Okafor"))
            people = [f"P{at}" for at in range(4)]
            lines = "".join(f"{who}: {'word ' * 20}\n" for who in people)
            document = add_talk(project, lines, "Talk", people)
            text = project.texts.get(document)
            for at, (who, star, about) in enumerate(lengths):
                start = text.index(f"P{who}: ") + 4
                project.codings.apply(
                    document,
                    Span(start, start + 5 + at),
                    project.codes.add(f"C{at}"),
                    flags=[Flag.STAR] if star else [],
                )
                name = f"T{about}"
                if name not in project.themes.names().values():
                    project.themes.add(name)
                project.themes.add_codes(
                    project.themes.find(name).id, project.codes.find(f"C{at}").id
                )
            counts = ThemeCounts(project)
            quotes = ThemeQuotes(project, counts, with_groups=False, mark_mixed=False)
            listed = [(row.id, counts.members(row.id)) for row in counts.rows()]
            used: dict[object, int] = {}
            for key, found in quotes.propose(listed, ()).items():
                members = {row.id: row for row in counts.members(key)}
                heard: set[object] = set()
                for quote in found:
                    mine = members[quote.coding]
                    (who,) = counts.people(mine)
                    assert who not in heard
                    for other in members.values():
                        (whose,) = counts.people(other)
                        if whose in heard or (Flag.STAR in other.flags) != (
                            Flag.STAR in mine.flags
                        ):
                            continue
                        assert used.get(who, 0) <= used.get(whose, 0)
                    heard.add(who)
                    used[who] = used.get(who, 0) + 1
        finally:
            project.close()


@pytest.mark.parametrize("consent", [Consent.NONE, Consent.PARAPHRASE])
def test_consent_is_obeyed_by_every_table_and_report_of_quotes(
    desk: Desk, consent: Consent
) -> None:
    project, document = desk
    made, _ = accepted(desk, "I came late")
    coding = code(project, document, "always at two", memo="They say always at two")
    project.themes.set_stance(made, coding, Stance.CONTRADICTS)
    project.participants.change(person(project, "P02"), consent=consent)
    for language in ExportLanguage:
        everything = [
            str(
                ThemeTable(
                    project, options(COLUMNS.QUOTES, appendix=True, language=language)
                ).tables()
            ),
            str(table(project, COLUMNS.QUOTES, propose_quotes=True, language=language)),
            str(project.reports.quotes_table(language)),
            str(project.reports.deviant_cases_table(language)),
            str(project.reports.theme_report(language)),
            str(project.quotes.proposals()),
        ]
        for said in everything:
            assert "came late" not in said
            assert "always at two" not in said
    assert "The words of 1 passage are withheld" in note(project.reports.deviant_cases_table())
    assert project.quotes.of(made)[0].withheld.startswith("P02 ")


def test_words_that_may_not_be_quoted_are_withheld_by_their_mark_too(desk: Desk) -> None:
    project, document = desk
    coding = code(project, document, "always at two", flags=[Flag.PARAPHRASE_ONLY])
    made = theme(project, "Clear role")
    project.themes.set_stance(made, coding, Stance.QUALIFIES)
    assert rows(project.reports.deviant_cases_table())[0][2] == "[words withheld]"
    assert "always at two" not in str(project.reports.theme_report())


def test_a_chapter_names_withheld_cases_of_a_person_in_one_line(desk: Desk) -> None:
    project, document = desk
    withheld = [
        code(project, document, words, flags=[Flag.PARAPHRASE_ONLY])
        for words in ("I came late", "came late")
    ]
    made = theme(project, "Clear role", boundaries="Not about pay")
    for coding in withheld:
        project.themes.set_stance(made, coding, Stance.QUALIFIES)
    report = project.reports.theme_report()
    (cases,) = (block for block in report.blocks if isinstance(block, BulletList))
    (line,) = ("".join(run.text for run in item) for item in cases.items)
    assert line.endswith("[words withheld] (P02) × 2")
    said = [
        "".join(run.text for run in block.runs)
        for block in report.blocks
        if isinstance(block, Paragraph)
    ]
    assert "Not about: pay" in said  # and not "Not about: Not about pay"


def test_deviant_cases_are_listed_with_their_passages(desk: Desk) -> None:
    project, document = desk
    code(project, document, "She phoned me")
    against = code(project, document, "I came late", memo="Against the rest")
    made = theme(project, "Clear role")
    below = project.themes.add("Below", made)
    project.themes.add_codings(below, against, Stance.QUALIFIES)
    project.themes.set_stance(made, against, Stance.CONTRADICTS)
    found = [(case.theme, case.stance) for case in project.themes.deviant_cases(made)]
    assert found == [(made, Stance.CONTRADICTS), (below, Stance.QUALIFIES)]
    alone = project.themes.deviant_cases(made, below=False)
    assert [case.passage.text for case in alone] == ["I came late"]
    shown = project.reports.deviant_cases_table()
    assert rows(shown)[0] == [
        "A role",
        "contradicts",
        "I came late",
        "P02",
        "Talk",
        "Against the rest",
    ]
    assert "2 cases among 2 codings" in note(shown)
    project.themes.change(below, status=ThemeStatus.SET_ASIDE)
    assert len(project.reports.deviant_cases_table().rows) == 1


def test_a_long_quote_is_shortened_and_stands_in_full_in_the_appendix(desk: Desk) -> None:
    project, _ = desk
    words = " ".join(f"word{at}" for at in range(60))
    document = add_talk(project, f"P03: {words}.\nP04: Short.\n", "Third", ["P03", "P04"])
    coding = code(project, document, words)
    made = theme(project, "Clear role")
    quote = project.themes.accept_quote(made, coding)
    short = project.themes.accept_quote(made, code(project, document, "Short"))
    builder = ThemeTable(project, options(COLUMNS.QUOTES, appendix=True, number=3))
    main, appendix = builder.tables()
    shown = rows(main)[0][1].splitlines()
    assert shown[0].endswith("word24 …” (P03) [Q1]")
    assert shown[1] == "“Short” (P04)"
    assert "[Q1] Shortened at its end; in full in Table 4." in note(main)
    assert appendix.number == 4
    assert rows(appendix) == [["A role", "Q1", f"“{words}” (P03)", "Third, turn 1"]]
    project.quotes.drop(quote)
    assert len(ThemeTable(project, options(COLUMNS.QUOTES, appendix=True)).tables()) == 1
    assert project.quotes.of(made)[0].id == short

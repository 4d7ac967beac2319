"""Tables as a study would print them, and some that try a writer hard."""

from __future__ import annotations

import pytest

from ikt_coder.core.table import Align, Cell, Column, Run, Table, cell, number

RIGHT = Align.RIGHT


def heading(text: str) -> tuple[Run, ...]:
    return (Run(text),)


def passages(name: str) -> Column:
    return Column(heading(name), RIGHT, 0.6, spanner=(Run("Passages, "), Run("n", italic=True)))


def quote(words: str, who: str) -> tuple[Run, ...]:
    return (Run(f"“{words}”"), Run(f" ({who})"))


NOTE = (
    (
        Run("N", italic=True),
        Run(
            " = 8 participants: 5 panel members, 3 extended collaborators. Consensus layer; "
            "8 documents, 2 of them single-coded. Themes include their sub-themes, with "
            "participants and passages counted once. Barrier or facilitator to taking part in "
            "panel decisions; individual level = partner. A passage may carry several domains. "
            "TDF = Theoretical Domains Framework."
        ),
    ),
    (Run("No passage was neutral or without direction; these columns are left out."),),
)


def themes_table() -> Table:
    rows = (
        (
            cell("Belonging comes before contributing"),
            cell("Partners speak up once someone has shown that their view counts."),
            Cell(
                (
                    quote("[I]n the meeting she said, this was P01’s idea.", "P01"),
                    quote(
                        "You sit there the first year and you wait … then [name] asked me.", "P04"
                    ),
                ),
                quote=True,
            ),
            number(8),
            number(11),
            number(49),
            number(4),
            cell("Social influences (8)", "Beliefs about capabilities (3)"),
        ),
        (
            cell("The first phone call", indent=1),
            cell("A personal word before the first meeting."),
            Cell(
                (quote("Then the coordinator phoned me before the third one.", "P01"),),
                quote=True,
            ),
            number(4),
            number(0),
            number(9),
            number(0),
            cell("Social influences (3)"),
        ),
        (
            cell("Making room, literally"),
            cell("Time of day, travel and payment decide who is in the room."),
            Cell(
                (
                    quote(
                        "Once they moved them to the morning and paid for the taxi, I never "
                        "missed one.",
                        "P01",
                    ),
                ),
                quote=True,
            ),
            number(7),
            number(18),
            number(12),
            number(1),
            cell(
                "Environmental context and resources (6)",
                "Memory, attention and decision processes (2)†",
            ),
        ),
    )
    return Table(
        title="Themes on Taking Part in the Panel, With Passages by Direction",
        columns=(
            Column(heading("Theme"), width=1.3),
            Column(heading("Description"), width=1.7),
            Column(heading("Quote"), width=2.4),
            Column((Run("n", italic=True),), RIGHT, 0.4),
            passages("Barrier"),
            passages("Facilitator"),
            passages("Mixed"),
            Column((Run("TDF domain ("), Run("n", italic=True), Run(")")), width=1.4),
        ),
        rows=rows,
        note=NOTE,
        number=3,
        description="Three themes with their descriptions, quotes and numbers of passages.",
    )


def french_table() -> Table:
    return Table(
        title="Thèmes concernant la participation des partenaires au comité consultatif",
        columns=(
            Column(heading("Thème"), width=2),
            Column(heading("Description"), width=2),
            Column(heading("Extrait"), width=3),
            Column((Run("n", italic=True),), RIGHT, 0.5),
        ),
        rows=(
            (
                cell("Reconnaissance institutionnelle des savoirs expérientiels des partenaires"),
                cell("Ce que l’établissement reconnaît, paie et consigne."),
                cell(
                    "«\u202fOn nous l’a dit, c’était anticonstitutionnellement prévu.\u202f» (P02)",
                    quote=True,
                ),
                number(6),
            ),
            (
                cell("Accompagnement personnalisé avant la première rencontre", indent=1),
                cell("Un appel, un nom, une chaise."),
                cell("«\u202f[E]lle m’a appelée avant.\u202f» (P05)", quote=True),
                number(0.71, "0,71"),
            ),
        ),
        note=((Run("N", italic=True), Run(" = 8 participants. Couche\u00a0: consensus.")),),
        number=4,
        language="fr",
        interim=True,
    )


def hard_table() -> Table:
    """Names of 300 characters, markup, formulas, emoji, right-to-left text, controls."""
    texts = (
        "A theme with a very long name " * 10,
        "x" * 300,
        "<b>bold & </td><script>alert(1)</script>",
        '=HYPERLINK("http://a.test")',
        "- and then | we *stopped* [it] `now` \\| &amp; $x$",
        "👩🏽‍🔬🎉 e\u0301 naïve",
        "العربية: الشعور بالانتماء قبل المساهمة",
        "שייכות before contribution",
        "tab\there\nand a line\x00\x0b\x1b\ud800",
        "",
    )
    rows = tuple(
        (
            cell(text),
            cell("plain", text[:40]),
            number(at - 3),
            cell(text, indent=at % 4, quote=True),
        )
        for at, text in enumerate(texts)
    )
    return Table(
        title="What Might Break a <Table> & Its Reader",
        columns=(
            Column(heading("Name")),
            Column(heading("Two paragraphs")),
            Column(heading("Count"), RIGHT, 0.5),
            Column(heading("Quote")),
        ),
        rows=rows,
        number=5,
    )


def empty_table() -> Table:
    return Table(
        title="Themes Set Aside",
        columns=(Column(heading("Theme")), Column(heading("Reason")), passages("Barrier")),
        rows=(),
        note=((Run("Consensus layer."),),),
        number=6,
        empty="No theme has been set aside.",
    )


def long_table(rows: int = 60) -> Table:
    """A codings list: eight columns."""
    columns = ("Document", "Start", "End", "Text", "Code", "Coder", "Valence", "Levels")
    return Table(
        title="Codings",
        columns=tuple(
            Column(heading(name), RIGHT if name in ("Start", "End") else Align.LEFT)
            for name in columns
        ),
        rows=tuple(
            (
                cell(f"Interview P{at % 40:02}"),
                number(at * 10),
                number(at * 10 + 55),
                cell(
                    f"We wanted to be there, and number {at} of us could not get the bus in time."
                ),
                cell("TDF/Environmental context and resources"),
                cell("AB"),
                cell("−"),
                cell("interpersonal, organizational"),
            )
            for at in range(rows)
        ),
        number=0,
        note=((Run("Analysis layer: lead coder of each document."),),),
    )


@pytest.fixture
def themes() -> Table:
    return themes_table()


@pytest.fixture
def french() -> Table:
    return french_table()


@pytest.fixture
def hard() -> Table:
    return hard_table()


@pytest.fixture
def empty() -> Table:
    return empty_table()

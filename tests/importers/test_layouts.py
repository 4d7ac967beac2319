"""How people lay out transcripts by hand, in each kind of file."""

from __future__ import annotations

from ikt_coder.core.transcript import FormatKind, SpeakerRole, Transcript
from ikt_coder.importers.builder import TRACKED
from ikt_coder.importers.detection import import_bytes
from ikt_coder.importers.options import Guess, ImportOptions, Scheme
from tests.importers import made
from tests.importers.shown import turns

ASKS, TELLS = SpeakerRole.INTERVIEWER, SpeakerRole.PARTICIPANT


def read(
    text: str | bytes, name: str = "talk.txt", options: ImportOptions | None = None
) -> tuple[Transcript, Guess]:
    return import_bytes(name, text if isinstance(text, bytes) else text.encode(), options)


THREE = [
    ("Anna Berg", 3_000, "How did the partners come in?"),
    ("Tom", 9_000, "Late, I would say: far too late.\nWe had the plan by then."),
    ("Anna Berg", 3_661_000, "And what did that change?"),
]


def test_legend_names_labels_and_roles() -> None:
    text = """Interview with the steering group
X = interviewer 1; K = informant

X: Please begin.
K: There was a plan.
X: Whose?
K: Ours.
"""
    transcript, _ = read(text)
    assert transcript.speaker_roles == {"X": ASKS, "K": TELLS}
    assert len(transcript.turns) == 4
    assert transcript.text[: transcript.turns[0].span.start].endswith("informant\n\n")


def test_header_of_particulars_is_nobodys_turn() -> None:
    text = """Date: 3 May 2023
Interviewer: Jane Roe
Place: Leeds

I: Tell me how it began.
P1: With a letter.
I: From whom?
P1: From the board.
P2: No, from the city.
I: Thank you.
"""
    transcript, _ = read(text)
    assert [turn.speaker for turn in transcript.turns] == ["I", "P1", "I", "P1", "P2", "I"]
    assert transcript.speaker_roles == {"I": ASKS, "P1": TELLS, "P2": TELLS}


def test_table_with_a_row_per_turn() -> None:
    rows = [
        ["No", "Speaker", "Time", "Text"],
        ["1", "I", "0:01", "When did you join?"],
        ["2", "P", "0:05", "In the second year, when the call came out."],
        ["3", "", "0:31", "After that I stayed for the whole of it."],
        ["4", "I", "0:40", "Why?"],
        ["5", "P", "0:42", "For the people, mostly, and the questions they asked."],
    ]
    transcript, guess = read(made.docx(made.plain("Interview 7"), made.table(rows)), "t.docx")
    assert guess.scheme is Scheme.TABLE
    assert turns(transcript) == [
        ("I", 1_000, "When did you join?"),
        ("P", 5_000, "In the second year, when the call came out."),
        ("P", 31_000, "After that I stayed for the whole of it."),
        ("I", 40_000, "Why?"),
        ("P", 42_000, "For the people, mostly, and the questions they asked."),
    ]
    assert transcript.text.startswith("Interview 7\nNo\tSpeaker\tTime\tText\n1\tI\t0:01\tWhen")


def test_bold_questions_and_the_other_way_round() -> None:
    body = [made.paragraph(made.run("12/7/2024", bold=True))]
    for number in range(5):
        body.append(made.plain(""))
        body.append(made.paragraph(made.run("What came of it, do you think?", bold=True)))
        body.append(made.plain(f"That is number {number} of what I had to say."))
        body.append(made.plain("And a little more."))
    data = made.docx(*body)
    transcript, guess = read(data, "b.docx")
    assert guess.scheme is Scheme.BOLD
    assert [turn.speaker for turn in transcript.turns] == ["Interviewer", "Participant"] * 5
    assert transcript.speaker_roles == {"Interviewer": ASKS, "Participant": TELLS}
    options = ImportOptions(marked_role=TELLS, speakers={"Participant": "Maria"})
    other, _ = read(data, "b.docx", options)
    assert [turn.speaker for turn in other.turns[:2]] == ["Maria", "Interviewer"]
    assert other.speaker_roles == {"Maria": TELLS, "Interviewer": ASKS}


def test_bold_section_headings_are_no_speaker() -> None:
    body = []
    for number in range(4):
        body.append(made.paragraph(made.run(f"Part {number}", bold=True)))
        body.append(made.plain("We talked about the beginnings for a while, and then of money."))
        body.append(made.plain("Nobody knew."))
    transcript, guess = read(made.docx(*body), "n.docx")
    assert guess.scheme is Scheme.NONE
    assert transcript.turns == ()


def test_speech_with_colons_makes_no_speakers() -> None:
    text = """I will say this: it was hard.
The question is: who pays?
Remember: nobody asked.
At 10:30 we met. http://example.org told us so.
Listen: it was late.
"""
    transcript, guess = read(text)
    assert transcript.turns == ()
    assert not guess.timed


def test_tracked_changes_text_boxes_and_hyperlinks() -> None:
    box = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:wsp><wps:txbx>"
        f"<w:txbxContent>{made.plain('In the box')}</w:txbxContent></wps:txbx></wps:wsp>"
        "</w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>"
        f"{made.plain('In the box')}</w:txbxContent></v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    body = [
        "<w:p><w:r><w:t>Kept </w:t></w:r><w:ins w:id='1'><w:r><w:t>added </w:t></w:r></w:ins>"
        "<w:del w:id='2'><w:r><w:delText>gone </w:delText></w:r></w:del>"
        "<w:hyperlink r:id='x'><w:r><w:t>linked</w:t></w:r></w:hyperlink></w:p>",
        "<w:p><w:pPr><w:rPr><w:del w:id='3'/></w:rPr></w:pPr><w:r><w:t>One </w:t></w:r></w:p>",
        made.plain("paragraph."),
        f"<w:p><w:r><w:t>Beside</w:t></w:r>{box}</w:p>",
        "<w:sdt><w:sdtContent>" + made.plain("Controlled") + "</w:sdtContent></w:sdt>",
        "<w:p><w:r><w:t>End</w:t><w:footnoteReference w:id='1'/></w:r></w:p>",
    ]
    transcript, _ = read(made.docx(*body), "tracked.docx")
    assert transcript.text == (
        "Kept added linked\nOne paragraph.\nBeside\nIn the box\nControlled\nEnd"
    )
    assert transcript.warnings == (TRACKED, "Footnotes and endnotes were left out.")


def test_word_formatting_from_runs_and_styles() -> None:
    body = [
        made.paragraph(made.run("A heading"), style="berschrift2"),
        "<w:p><w:r><w:t xml:space='preserve'>plain </w:t></w:r>"
        "<w:r><w:rPr><w:rStyle w:val='Fett'/></w:rPr><w:t>strong</w:t></w:r>"
        "<w:r><w:rPr><w:b w:val='0'/><w:i/></w:rPr><w:t>slanted</w:t></w:r></w:p>",
    ]
    transcript, _ = read(made.docx(*body), "look.docx")
    found = [
        (transcript.text[run.span.start : run.span.end], run.kind, run.level)
        for run in transcript.formats
    ]
    assert ("A heading", FormatKind.HEADING, 2) in found
    assert ("strong", FormatKind.BOLD, 0) in found
    assert ("slanted", FormatKind.ITALIC, 0) in found


def test_labels_split_over_runs_are_found() -> None:
    body = [
        made.paragraph(made.run("Re"), made.run("searcher"), made.run(": "), made.run(words))
        if asks
        else made.paragraph(made.run("P"), made.run("1:"), made.run("\t" + words))
        for asks, words in (
            (1, "Why?"),
            (0, "So."),
            (1, "Then?"),
            (0, "No."),
            (1, "Ah?"),
            (0, "Yes."),
        )
    ]
    transcript, _ = read(made.docx(*body), "runs.docx")
    assert [turn.speaker for turn in transcript.turns] == ["Researcher", "P1"] * 3


def test_odt_with_spaces_tabs_lists_tables_and_notes() -> None:
    automatic = (
        '<style:style style:name="T1" style:family="text">'
        '<style:text-properties fo:font-weight="bold"/></style:style>'
    )
    body = (
        '<text:h text:outline-level="2">Opening</text:h>'
        '<text:p><text:span text:style-name="T1">I:</text:span><text:tab/>When  was'
        '<text:s text:c="2"/>it?<text:note><text:note-body><text:p>note</text:p>'
        "</text:note-body></text:note></text:p>"
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p>"
        "</text:deletion></text:changed-region></text:tracked-changes>"
        "<text:p>P:<text:tab/>Last<text:line-break/>year.</text:p>"
        "<text:list><text:list-item><text:p>I: Why?</text:p></text:list-item></text:list>"
        "<text:p>P: Money.</text:p><text:p>I: And?</text:p><text:p>P: Time.</text:p>"
    )
    transcript, _ = read(made.odt(body, automatic), "talk.odt")
    assert turns(transcript) == [
        ("I", None, "When was  it?"),
        ("P", None, "Last\nyear."),
        ("I", None, "Why?"),
        ("P", None, "Money."),
        ("I", None, "And?"),
        ("P", None, "Time."),
    ]
    assert transcript.text.startswith("Opening\nI:\t")
    kinds = {(transcript.text[r.span.start : r.span.end], r.kind) for r in transcript.formats}
    assert kinds == {("Opening", FormatKind.HEADING), ("I:", FormatKind.BOLD)}
    assert transcript.warnings == (TRACKED, "Footnotes and endnotes were left out.")


def test_rtf_of_a_mac_with_escapes_and_code_pages() -> None:
    data = (
        b"{\\rtf1\\ansi\\ansicpg1252\\cocoartf2639{\\fonttbl\\f0\\fswiss Helvetica;"
        b"{\\f1\\fcharset204 Arial;}}{\\colortbl;\\red0\\green0\\blue0;}{\\*\\expandedcolortbl;;}\n"
        b"\\f0\\b I:\\b0  caf\\'e9?\\\n"
        b"\\\n"
        b"P: {\\i yes}, \\u8364 ?5 and \\u-10179 ?\\u-8704 ? {\\f1 \\'c4\\'e0} \\{so\\}\\\n"
        b"I: Why?\\par P: Well.\\par\nI: Oh?\\par P: Hm.}"
    )
    transcript, _ = read(data, "mac.rtf")
    assert transcript.text.rstrip("\n") == (
        "I: café?\n\nP: yes, €5 and 😀 Да {so}\nI: Why?\nP: Well.\nI: Oh?\nP: Hm."
    )
    assert [turn.speaker for turn in transcript.turns] == ["I", "P"] * 3
    kinds = {(transcript.text[r.span.start : r.span.end], r.kind) for r in transcript.formats}
    assert kinds == {("I:", FormatKind.BOLD), ("yes", FormatKind.ITALIC)}


def test_rtf_table_is_a_row_per_turn() -> None:
    rows = b"".join(
        b"\\trowd\\cellx1000\\cellx9000\\intbl " + who + b"\\cell " + words + b"\\cell\\row "
        for who, words in (
            (b"I", b"When did it begin for you?"),
            (b"P", b"In spring, before the call."),
            (b"I", b"And who was there?"),
            (b"P", b"Nobody but the two of us."),
        )
    )
    transcript, guess = read(b"{\\rtf1\\ansi " + rows + b"}", "table.rtf")
    assert guess.scheme is Scheme.TABLE
    assert [turn[0] for turn in turns(transcript)] == ["I", "P", "I", "P"]
    assert turns(transcript)[1][2] == "In spring, before the call."


def test_names_alone_on_lines_without_times() -> None:
    text = "Anna Berg\nWhy was it?\n\nTom\nBecause we could.\n\n" * 3
    assert turns(read(text)[0])[:2] == [
        ("Anna Berg", None, "Why was it?"),
        ("Tom", None, "Because we could."),
    ]


def test_paragraph_numbers_bullets_and_marks_of_direction_before_the_label() -> None:
    for lead in ("{}. ", "{} ", "{}) ", "- ", "• ", "\u200f"):
        text = "".join(
            f"{lead.format(number)}{'IP'[number % 2]}: word {number}\n" for number in range(1, 9)
        )
        transcript, _ = read(text)
        assert [turn[::2] for turn in turns(transcript)[:2]] == [("P", "word 1"), ("I", "word 2")]


def test_labels_with_other_marks_than_a_colon() -> None:
    for mark in ("> ", ".- ", ". ", "：", "\t", " : "):
        transcript, _ = read(f"I{mark}Why?\nP{mark}So.\n" * 4)
        assert [turn[::2] for turn in turns(transcript)] == [("I", "Why?"), ("P", "So.")] * 4


def test_laughter_in_brackets_is_no_speaker() -> None:
    text = "[laughs] yes.\nWe went on.\n[laughs] no.\n[pause] well.\n[laughs] ok.\n[pause] so.\n"
    assert read(text)[0].turns == ()


def test_right_to_left_and_east_asian_labels() -> None:
    for asks, tells in (
        ("מראיין: ", "משתתפת: "),
        ("المحاور: ", "المشارك: "),
        ("访谈者：", "受访者："),
    ):
        transcript, _ = read((f"{asks}a?\n{tells}b\n") * 4)
        assert [turn[2] for turn in turns(transcript)] == ["a?", "b"] * 4
        assert list(transcript.speaker_roles.values()) == [ASKS, TELLS]


def test_odt_table_with_a_table_in_a_cell_is_read_once() -> None:
    def row(*cells: str) -> str:
        inner = "".join(f"<table:table-cell>{cell}</table:table-cell>" for cell in cells)
        return f"<table:table-row>{inner}</table:table-row>"

    def words(text: str) -> str:
        return f"<text:p>{text}</text:p>"

    nested = f"<table:table>{row(words('in'), words('side'))}</table:table>"
    body = "".join(
        row(words(who), words(said) + (nested if said == "Why so?" else ""))
        for who, said in (
            ("I", "When was it?"),
            ("P", "Last year."),
            ("I", "Why so?"),
            ("P", "So."),
        )
    )
    table = (
        "<table:table><table:table-header-rows>"
        + row(words("Speaker"), words("Text"))
        + f"</table:table-header-rows>{body}</table:table>"
    )
    transcript, guess = read(made.odt(words("Talk") + table), "t.odt")
    assert guess.scheme is Scheme.TABLE
    assert turns(transcript) == [
        ("I", None, "When was it?"),
        ("P", None, "Last year."),
        ("I", None, "Why so?\nin\nside"),
        ("P", None, "So."),
    ]


def test_only_the_questions_are_named() -> None:
    text = "I: What do you think of it?\nI think it was good.\nQuite good.\n" * 4
    transcript, guess = read(text)
    assert guess.scheme is Scheme.ONE_SIDE
    assert [turn[::2] for turn in turns(transcript)] == [
        ("I", "What do you think of it?"),
        ("Participant", "I think it was good.\nQuite good."),
    ] * 4
    assert transcript.speaker_roles == {"I": ASKS, "Participant": TELLS}

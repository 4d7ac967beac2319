"""Real transcripts, each against what a person who read it expects.

``expected/*.json`` names the file, the turns, each speaker's count and role, the first
and last time in ms, how some turns begin (speaker, ms, at most five words), and what the
preview makes of it by hand. The files themselves lie beside the checkout.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from ikt_coder.core.errors import UnreadableFile
from ikt_coder.core.transcript import SpeakerRole, Transcript
from ikt_coder.importers.catalogue import read_file
from ikt_coder.importers.detection import build, guess
from ikt_coder.importers.options import ImportOptions, Scheme, with_merges
from tests.importers.shown import turns

EXPECTED = sorted((Path(__file__).parent / "expected").glob("*.json"))


def speakers(transcript: Transcript) -> dict[str, list[object]]:
    counts = Counter(turn.speaker for turn in transcript.turns if turn.speaker)
    return {name: [count, transcript.speaker_roles[name].value] for name, count in counts.items()}


def options_of(given: dict[str, Any]) -> ImportOptions:
    given = dict(given)
    if "scheme" in given:
        given["scheme"] = Scheme(given["scheme"])
    if "roles" in given:
        given["roles"] = {name: SpeakerRole(role) for name, role in given["roles"].items()}
    return ImportOptions(**given)


def test_every_transcript_has_an_expectation(shared: Path) -> None:
    folder = shared / "transcripts"
    there = {path.relative_to(folder).as_posix() for path in folder.glob("*/*") if path.is_file()}
    told = {json.loads(path.read_text(encoding="utf-8"))["file"] for path in EXPECTED}
    assert told == there


@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: path.stem)
def test_real_file(path: Path, shared: Path) -> None:
    expected = json.loads(path.read_text(encoding="utf-8"))
    file = shared / "transcripts" / expected["file"]
    if "refused" in expected:
        with pytest.raises(UnreadableFile) as refused:
            read_file(file.name, file.read_bytes())
        assert all(part in str(refused.value) for part in expected["refused"])
        return
    raw = read_file(file.name, file.read_bytes())
    transcript, seems = build(raw), guess(raw)
    if "scheme" in expected:
        assert seems.scheme.value == expected["scheme"]
        assert speakers(transcript) == expected["speakers"]
        assert len(transcript.turns) == expected["turns"]
        assert transcript.timed == expected["timed"]
    assert len(transcript.pages) == expected.get("pages", 0)
    assert len(transcript.times) == expected.get("times", 0)
    if transcript.times:
        assert transcript.times[0].ms == expected["first_ms"]
        assert transcript.times[-1].ms == expected["last_ms"]
    assert seems.margin_numbers == expected.get("margin_numbers", False)
    if "merges" in expected:
        assert {merge.label: merge.into for merge in seems.merges} == expected["merges"]
    shown = turns(transcript)
    for at, (speaker, ms, words) in expected.get("starts", {}).items():
        found = shown[int(at)]
        assert found[:2] == (speaker, ms)
        assert " ".join(found[2].split()).startswith(words)
    if "by_hand" in expected:
        by_hand = expected["by_hand"]
        options = options_of(by_hand.get("options", {}))
        if by_hand.get("merge"):
            options = with_merges(options, seems)
        mended = build(raw, options)
        assert speakers(mended) == by_hand["speakers"]
        assert len(mended.turns) == by_hand["turns"]


def test_the_four_writings_of_one_talk_hold_the_same_words(shared: Path) -> None:
    folder = shared / "transcripts" / "hitsave"
    words = []
    for suffix in (".srt", ".vtt", ".tsv", ".txt"):
        file = folder / f"Goodboy_Galaxy{suffix}"
        spoken = [turn[2] for turn in turns(build(read_file(file.name, file.read_bytes())))]
        words.append(" ".join(" ".join(spoken).split()))
    assert len(set(words)) == 1


def test_a_print_keeps_no_number_of_its_margin_and_no_line_twice(shared: Path) -> None:
    file = shared / "transcripts" / "pdpilot" / "P5.pdf"
    raw = read_file(file.name, file.read_bytes())
    text = build(raw).text
    assert not any(line.strip().isdigit() for line in text.split("\n"))
    assert text.count("So like comparing the predicted") == 1
    kept = build(raw, ImportOptions(remove_margin_numbers=False, join_lines=False)).text
    assert kept == raw.text
    assert "\n134\n" in kept

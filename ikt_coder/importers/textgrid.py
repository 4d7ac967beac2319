"""Praat's TextGrid: one tier per speaker, in long or short form."""

from __future__ import annotations

from ikt_coder.core.errors import UnreadableFile
from ikt_coder.importers.cues import as_raw
from ikt_coder.importers.encodings import decode
from ikt_coder.importers.protocol import Cue, RawText

_PARTS_OF_WORDS = frozenset(
    (
        "phone", "phones", "phoneme", "phonemes", "segment", "segments", "syllable", "syllables",
        "word", "words", "tokens", "pos", "mau", "kan", "ort",
    )
)  # fmt: skip
_NO_NAMES = frozenset(
    (
        "transcript", "transcription", "text", "utterance", "utterances", "sentence", "sentences",
        "speech", "silences", "trans", "ipu",
    )
)  # fmt: skip


def read(data: bytes, name: str) -> RawText:
    """The filled intervals of all interval tiers; a tier is a speaker.

    Tiers of points, and tiers of words or sounds beside tiers of speech, are left out
    with a warning. Raises UnreadableFile.
    """
    from praatio.utilities import errors, textgrid_io

    text, notices = decode(data, name)
    broken = UnreadableFile(
        f"“{name}” is not a TextGrid that can be read; nothing was imported.",
        "Save it again in Praat as a text file.",
    )
    if "TextGrid" not in text[:400] and "tierData" not in text[:400]:
        raise broken
    try:
        grid = textgrid_io.parseTextgridStr(text, includeEmptyIntervals=False)
    except (errors.PraatioException, ValueError, IndexError, KeyError, AttributeError) as error:
        raise broken from error
    said = list(notices)
    tiers = [tier for tier in grid["tiers"] if tier["class"] == "IntervalTier"]
    if len(tiers) < len(grid["tiers"]):
        said.append("Tiers of points were left out.")
    speech = [tier for tier in tiers if tier["name"].strip().lower() not in _PARTS_OF_WORDS]
    if speech and len(speech) < len(tiers):
        said.append("Tiers of words and sounds were left out.")
        tiers = speech
    cues = [
        Cue(_ms(entry[0]), _ms(entry[1]), str(entry[2]).strip(), _speaker(tier["name"]))
        for tier in tiers
        for entry in tier["entries"]
        if str(entry[2]).strip()
    ]
    if not cues:
        raise UnreadableFile(f"“{name}” holds no filled intervals; nothing was imported.")
    return as_raw(cues, said)


def _ms(seconds: str | float) -> int:
    return max(0, round(float(seconds) * 1000))


def _speaker(tier: str) -> str | None:
    tier = tier.strip()
    return None if not tier or tier.lower() in _NO_NAMES else tier

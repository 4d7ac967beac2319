"""The words of reports, one typed class for each language an export can have."""

from __future__ import annotations

from ikt_coder.services.report_language.english import English
from ikt_coder.services.report_language.french import French
from ikt_coder.services.report_language.language import Language
from ikt_coder.services.theme_table_options import ExportLanguage

ENGLISH: Language = English()
FRENCH: Language = French()

LANGUAGES: dict[ExportLanguage, Language] = {
    ExportLanguage.ENGLISH: ENGLISH,
    ExportLanguage.FRENCH: FRENCH,
}
"""Every language, complete: a phrase that is missing keeps the program from starting."""

__all__ = ["ENGLISH", "FRENCH", "LANGUAGES", "Language"]

"""The words of comparing coders in every language an export can have."""

from __future__ import annotations

from ikt_coder.services.report_language.comparing import Comparing
from ikt_coder.services.report_language.comparing_english import English
from ikt_coder.services.report_language.comparing_french import French
from ikt_coder.services.theme_table_options import ExportLanguage

COMPARING: dict[ExportLanguage, Comparing] = {
    ExportLanguage.ENGLISH: English(),
    ExportLanguage.FRENCH: French(),
}
"""Every language, complete: a phrase that is missing keeps the program from starting."""

"""The methods paragraph in every language an export can have."""

from __future__ import annotations

from ikt_coder.services.report_language.methods import Methods
from ikt_coder.services.report_language.methods_english import English
from ikt_coder.services.report_language.methods_french import French
from ikt_coder.services.theme_table_options import ExportLanguage

METHODS: dict[ExportLanguage, Methods] = {
    ExportLanguage.ENGLISH: English(),
    ExportLanguage.FRENCH: French(),
}
"""Every language, complete: a phrase that is missing keeps the program from starting."""

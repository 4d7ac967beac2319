"""A codebook back from a table: what would change is shown before anything does."""

from ikt_coder.services.codebook_import.columns import holds_codebook
from ikt_coder.services.codebook_import.rows import (
    CodebookPlan,
    FieldChange,
    PlannedCode,
    RowFault,
    What,
)
from ikt_coder.services.codebook_import.service import CodebookImportService

__all__ = [
    "CodebookImportService",
    "CodebookPlan",
    "FieldChange",
    "PlannedCode",
    "RowFault",
    "What",
    "holds_codebook",
]

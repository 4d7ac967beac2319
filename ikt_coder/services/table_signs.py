"""The signs of specific notes, by the style of the table.

† for what an author added and ± for mixed are the same in every style. APA and BMC or
Springer mark other notes by raised letters, Vancouver (ICMJE) by symbols or letters.
"""

from __future__ import annotations

from ikt_coder.core.frozen import frozen
from ikt_coder.core.table import TableStyle


@frozen
class Signs:
    derived: str  # COM-B reached by crosswalk alone
    longer: str  # a quote longer than its coding
    added: str = "†"  # by hand, by an author


NO_SIGNS = Signs(derived="", longer="", added="")
"""Those of a table for other programs, which says in columns what a sign would say."""

APA_SIGNS = Signs(derived="ᵈ", longer="*")

SIGNS: dict[TableStyle, Signs] = {
    TableStyle.APA: APA_SIGNS,
    TableStyle.BMC: Signs(derived="ᵃ", longer="ᵇ"),
    TableStyle.VANCOUVER: Signs(derived="‡", longer="*"),
}

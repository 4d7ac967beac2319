"""Where somebody was in a document."""

from __future__ import annotations

from ikt_coder.core.frozen import frozen


@frozen
class ViewState:
    """Where somebody was in a document, in code points: what an opening brings back."""

    top: int = 0
    caret: int = 0
    anchor: int = 0

"""Charting: what is asked of each document and engagement event, what was found, and how often.

``fields`` keeps the form, ``forms`` what was answered, ``checking`` what a second coder said of
it; ``counting`` and ``crossing`` count, ``tables`` prints.
"""

from __future__ import annotations

from ikt_coder.services.charting.service import ChartingService

__all__ = ["ChartingService"]

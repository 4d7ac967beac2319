"""Upkeep of the codebook: after a definition changed, which codings to look at again."""

from ikt_coder.services.upkeep.rows import CodeWording, RevisitRow
from ikt_coder.services.upkeep.service import UpkeepService

__all__ = ["CodeWording", "RevisitRow", "UpkeepService"]

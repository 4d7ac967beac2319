"""From coded barriers to what could be done about them, with the evidence under each step."""

from __future__ import annotations

from ikt_coder.services.recommendations.service import RecommendationService

__all__ = ["RecommendationService"]

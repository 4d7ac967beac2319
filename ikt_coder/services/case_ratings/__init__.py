"""Case ratings: how each construct works in each case, from −2 to +2."""

from ikt_coder.services.case_ratings.service import RatingService

__all__ = ["RatingService"]

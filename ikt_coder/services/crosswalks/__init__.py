"""From the codes of one framework to the nodes of another: published crosswalks and drawn links.

What they give is derived: worked out when it is asked for, never stored as a coding, never in
agreement. Stored are the publication a crosswalk follows, the links somebody drew, and on a
coding the choice between several targets.
"""

from __future__ import annotations

from ikt_coder.services.crosswalks.service import CrosswalkService

__all__ = ["CrosswalkService"]

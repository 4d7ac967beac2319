"""The engagement log: who took part in the research, when, how, and what came of it.

``service`` keeps events, ``terms`` the editable lists, ``counting`` and ``tables`` say how much
there was of what; level, stages and the WIDER items of an event are its charting.
"""

from ikt_coder.services.engagement.service import EngagementService as EngagementService

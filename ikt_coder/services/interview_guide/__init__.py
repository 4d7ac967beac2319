"""The interview guide: its questions, and where interviewers asked them.

``service`` keeps the questions, ``matching`` proposes which turn asks which, ``answers`` says
which question a passage answers.
"""

from ikt_coder.services.interview_guide.service import GuideService as GuideService

"""Bringing another file's work into this project: a coder's copy, a plain copy, another project.

The other file is opened for reading only. ``comparing`` holds what changed there against what
changed here since both parted (``parting``, ``past_rows``), ``texts`` unites the edits of texts,
``dependence`` keeps deletes from taking away what others use, ``writing`` and ``aftermath`` make
one operation of it.
"""

from ikt_coder.services.merging.service import MergeService

__all__ = ["MergeService"]

"""Reading transcripts: one file per format, then speakers and times by voting.

``catalogue.read_file`` turns bytes into a ``RawText``; ``detection.guess`` says what the
layout seems to be; ``detection.build`` makes the ``Transcript``. Libraries for a format
are loaded when a file of that format is read, not before.
"""

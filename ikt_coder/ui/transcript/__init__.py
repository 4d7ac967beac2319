"""The transcript: reading, selecting, coding. Positions in Qt units stay inside this folder."""

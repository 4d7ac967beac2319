"""Parts that several views share. Each takes the :class:`Appearance` first."""

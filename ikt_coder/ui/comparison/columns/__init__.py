"""Two or three coders' codings of one text, beside each other."""

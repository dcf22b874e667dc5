"""The training problem decided exactly: decision procedures, optima, least widths, pictures."""

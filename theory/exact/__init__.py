"""Exact numbers and matrices of Fractions, shared by the families: no floats, no symbols."""

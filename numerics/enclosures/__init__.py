"""Certified numbers about trained weights: intervals that hold for the real numbers the floats stand for."""

from numerics.enclosures.spectral import spectral_norm

__all__ = ["spectral_norm"]

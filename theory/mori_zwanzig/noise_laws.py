"""Layer noise as users write it, ("uniform", b) or ("gaussian", sigma), and the source of the reconstructed claims."""

from __future__ import annotations

from fractions import Fraction

from theory.exact.rationals import exact
from theory.language import Source
from theory.language.errors import InputError, explain

Noise = tuple[str, int | Fraction | str]
KINDS = ("uniform", "gaussian")


def noise_law(noise: Noise) -> tuple[str, Fraction]:
    """Return kind and amplitude of a noise: the half-width b of uniform noise, the deviation sigma of Gaussian noise.

    Raises:
        InputError: the kind is unknown, or the amplitude is not positive (noise of zero width has no density).
        ExactnessError: the amplitude is a float.

    >>> noise_law(("uniform", "1.2"))
    ('uniform', Fraction(6, 5))
    """
    if not isinstance(noise, (tuple, list)) or len(noise) != 2 or noise[0] not in KINDS:
        raise InputError(explain("noise", 'a pair ("uniform", b) or ("gaussian", sigma)', repr(noise),
                                 'Write for example ("uniform", "1.2").'))
    amplitude = exact(noise[1], "noise amplitude")
    if amplitude <= 0:
        raise InputError(explain("noise amplitude", "a positive number", str(amplitude),
                                 "Noise of zero width has no density; there the operator is u -> u o F."))
    return noise[0], amplitude


def venturi_li(note: str, status: str = "reconstructed") -> Source:
    """Return the paper as a source; only title, abstract and introduction were seen, so there is no theorem number."""
    return Source("D. Venturi, X. Li", 2022, "The Mori-Zwanzig formulation of deep learning", status,
                  arxiv="2209.05544", note="Of the paper title, abstract and introduction were seen. " + note)

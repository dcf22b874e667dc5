"""A certified enclosure of the spectral norm of a matrix of floats.

Lower bound: |W v| / |v| for one vector v, in exact integers. Upper bound s: the matrix s^2 I - W'W is positive
definite, because floating-point Cholesky runs through for a matrix that is smaller by more than all rounding errors
(S. M. Rump, "Verification of positive definiteness", BIT 46, 2006). Needs IEEE double precision, rounding to nearest.
"""

from __future__ import annotations

from fractions import Fraction
from math import isqrt

import numpy as np
from numpy.typing import NDArray

from theory.language.errors import InputError, explain

Matrix = NDArray[np.float64]

UNIT = 2.0**-53
MARGINS = (2.0**-30, 2.0**-20, 2.0**-10, 2.0**-3, 1.0)
"""Relative margins tried above the floating-point value of the norm."""


def spectral_norm(matrix: Matrix) -> tuple[Fraction, Fraction]:
    """Return fractions (lower, upper) with lower <= |W|_2 <= upper, for the exact matrix that the floats are.

    Args:
        matrix: real, two axes, any float type; entries of absolute value between 2^-300 and 2^300, or 0.

    Raises:
        InputError: another shape, entries that are not finite or out of range.

    >>> spectral_norm(np.array([[3.0, 0.0], [0.0, 4.0]]))[0]
    Fraction(4, 1)
    """
    w = _checked(matrix)
    scale = 2.0 ** int(np.ceil(np.log2(np.abs(w).max()))) if w.any() else 0.0
    if scale == 0.0:
        return Fraction(0), Fraction(0)
    w = w/scale  # a power of two: exact
    w = w if w.shape[0] >= w.shape[1] else w.T
    _, values, vectors = np.linalg.svd(w, full_matrices=False)
    lower = _rayleigh(w, vectors[0])
    upper = next((s for s in (float(values[0])*(1 + m) for m in MARGINS) if _dominates(w, s)), None)
    bound = Fraction(upper) if upper is not None else _frobenius(w)
    return lower*Fraction(scale), bound*Fraction(scale)


def _checked(matrix: Matrix) -> Matrix:
    w = np.asarray(matrix, dtype=np.float64)
    if w.ndim != 2 or w.size == 0 or not np.isfinite(w).all():
        raise InputError(explain("spectral_norm", "a finite matrix that is not empty", f"shape {w.shape}",
                                 "Give two axes; look for NaN in the weights."))
    sizes = np.abs(w[w != 0])
    if sizes.size and (sizes.max() > 2.0**300 or sizes.min() < 2.0**-300):
        raise InputError(explain("spectral_norm", "entries between 2^-300 and 2^300", f"{sizes.min()}..{sizes.max()}",
                                 "Rescale the matrix by a power of two."))
    return w


def _rayleigh(w: Matrix, v: Matrix) -> Fraction:
    """|W v| / |v| from below, in exact arithmetic, with v rounded to 20 bits."""
    rounded = np.rint(v*2.0**20)
    x = [int(entry) for entry in rounded]
    mantissas, exponents = np.frexp(w)
    shift = int(exponents[w != 0].min()) - 53
    entries = [[int(m*2.0**53) << (int(e) - 53 - shift) for m, e in zip(*rows, strict=True)]
               for rows in zip(mantissas.tolist(), exponents.tolist(), strict=True)]
    image = [sum(a*b for a, b in zip(row, x, strict=True)) for row in entries]
    above, below = sum(y*y for y in image), sum(b*b for b in x)
    root = isqrt((above << 128)//below)
    return Fraction(root, 2**64)*Fraction(2)**shift


def _dominates(w: Matrix, s: float) -> bool:
    """Whether floating-point Cholesky proves that s^2 I - W'W is positive definite, all roundings counted."""
    rows, columns = w.shape
    gram = w.T @ w
    # |fl(W'W) - W'W| <= gamma |W|'|W| entrywise, whose spectral norm is at most gamma |W|_F^2
    gamma = (rows + 2)*UNIT/(1 - (rows + 2)*UNIT)
    size = float((w*w).sum())*(1 + (rows*columns + 2)*UNIT)
    forming = 2*gamma*size
    # Rump: if Cholesky of A - c I succeeds with c >= gamma_{n+1}/(1 - gamma_{n+1}) tr A + tiny, then A is definite
    trace = columns*s*s*(1 + 4*UNIT)
    cholesky = 4*(columns + 2)*UNIT*trace + 2.0**-900
    diagonal = s*s*(1 - 4*UNIT) - (forming + cholesky)*(1 + 8*UNIT) - 4*UNIT*size
    try:
        np.linalg.cholesky(diagonal*np.eye(columns) - gram)
    except np.linalg.LinAlgError:
        return False
    return True


def _frobenius(w: Matrix) -> Fraction:
    """The Frobenius norm from above, exactly rounded up: always an upper bound."""
    total = sum(Fraction(x)**2 for x in w.flatten().tolist())
    scaled = total*2**64
    return Fraction(isqrt(-(-scaled.numerator//scaled.denominator)) + 1, 2**32)

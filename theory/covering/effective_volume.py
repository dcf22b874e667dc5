"""The effective volume `V = prod_l (2 B_l)^{S_l} / prod_{l<=L} d_l!` of the parameter space modulo permutations.

It is the volume of the parameter vectors whose biases are ordered within each hidden layer. As one width grows it
first rises and then falls: `V(d_l) / V(d_l - 1) = (2B)^{p_l} / d_l` with `p_l = d_{l-1} + 1 + d_{l+1}`.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import factorial, prod

import sympy

from theory.covering.architecture import PerLayer, Symbolic, check_widths, is_symbolic, layer_sizes, per_layer, positive
from theory.exact.rationals import exact
from theory.language.errors import InputError, explain
from theory.textbook.logarithm import Enclosure, add, log_enclosure, log_factorial_enclosure, scale

Number = Fraction | sympy.Expr


def effective_volume(widths: Sequence[int], *, bound: PerLayer) -> Number:
    """Return V exactly; widths and bound may be SymPy symbols, and the result is then an unevaluated expression.

    >>> effective_volume((1, 2, 1), bound=1)
    Fraction(64, 1)
    >>> import sympy
    >>> effective_volume((1, sympy.Symbol("d"), 1), bound=1)
    2**(3*d + 1)/factorial(d)
    """
    dims = check_widths(widths, symbols=True)
    sizes = layer_sizes(dims)
    exponents: dict[Number, object] = {}
    for side, size in zip(per_layer(bound, len(sizes), "bound"), sizes):
        exponents[side] = exponents.get(side, 0) + size
    cube = prod((_power(2 * side, exponent) for side, exponent in exponents.items()), start=Fraction(1))
    return cube / prod(_factorial(d) for d in dims[1:-1])


def volume_fraction(widths: Sequence[int]) -> Fraction:
    """Return `V / vol(cube) = 1 / prod_l d_l!`, which vanishes as any hidden width grows, whatever the bound.

    >>> volume_fraction((1, 3, 2, 1))
    Fraction(1, 12)
    """
    return Fraction(1, prod(factorial(d) for d in check_widths(widths)[1:-1]))


def volume_ratio(widths: Sequence[int], layer: int = 1, *, bound: Symbolic) -> Number:
    """Return `V(d_l) / V(d_l - 1) = (2B)^{d_{l-1} + 1 + d_{l+1}} / d_l` for the hidden layer l, all else fixed.

    >>> volume_ratio((1, 8, 1), bound=1), volume_ratio((1, 9, 1), bound=1)
    (Fraction(1, 1), Fraction(8, 9))
    """
    dims = check_widths(widths, symbols=True)
    _check_layer(layer, dims)
    side = 2 * positive(bound, "bound")
    exponent = dims[layer - 1] + 1 + dims[layer + 1]
    return _power(side, exponent) / dims[layer]


def volume_peak_width(widths: Sequence[int], layer: int = 1, *, bound: Symbolic) -> tuple[int, int]:
    """Return the least and the greatest width `d_l` at which V is largest, all else fixed (they differ by at most 1).

    V rises while `d_l < (2B)^p`, is flat at `d_l = (2B)^p` if that is an integer, then falls to zero.

    >>> volume_peak_width((1, 1, 1), bound=1), volume_peak_width((1, 1, 1), bound="0.5")
    ((7, 8), (1, 1))
    """
    dims = check_widths(widths)
    _check_layer(layer, dims)
    threshold = (2 * exact(positive(bound, "bound"), "bound")) ** (dims[layer - 1] + 1 + dims[layer + 1])
    last = max(1, threshold.numerator // threshold.denominator)
    return (last - 1 if last == threshold and last > 1 else last), last


def log_effective_volume(widths: Sequence[int], *, bound: PerLayer, bits: int = 64) -> Enclosure:
    """Return an enclosure of ln V, closer than `2^-bits`, without forming V.

    >>> lower, upper = log_effective_volume((1, 8, 1), bound=1)
    >>> Fraction("6.7240") < lower < upper < Fraction("6.7241")
    True
    """
    dims = check_widths(widths)
    sizes = layer_sizes(dims)
    sides = [2 * exact(B, "bound") for B in per_layer(bound, len(sizes), "bound")]
    fine = bits + sum(sizes).bit_length() + 2
    cube = add(*(scale(size, log_enclosure(side, fine)) for side, size in zip(sides, sizes)))
    return add(cube, scale(-1, log_factorial_product(dims, fine)))


def log_factorial_product(widths: Sequence[int], bits: int = 64) -> Enclosure:
    """Return an enclosure of `ln(d_1! ... d_L!)`, the most that permutations can take off a log covering number.

    >>> lower, upper = log_factorial_product((784, 300, 100, 10))
    >>> abs(lower - Fraction("1778.6")) < Fraction("0.05")
    True
    """
    dims = check_widths(widths)
    return add(*(log_factorial_enclosure(d, bits + len(dims).bit_length()) for d in dims[1:-1]))


def _power(base: Number, exponent: object) -> Number:
    """Return base^exponent; a Fraction cannot carry a symbolic exponent, a SymPy number can."""
    return sympy.sympify(base) ** sympy.expand(exponent) if is_symbolic(exponent) else base**exponent  # type: ignore


def _factorial(d: object) -> object:
    return sympy.factorial(d) if is_symbolic(d) else factorial(d)  # type: ignore[arg-type]


def _check_layer(layer: int, dims: tuple) -> None:
    if isinstance(layer, bool) or not isinstance(layer, int) or not 1 <= layer <= len(dims) - 2:
        remedy = "Hidden layers are numbered from 1."
        raise InputError(explain("layer", f"a hidden layer 1..{len(dims) - 2}", repr(layer), remedy))

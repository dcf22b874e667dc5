"""The relative gain D/E of the factorials, D = sum_l ln d_l! and E = S ln m, and its explicit two-sided bounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import sympy

from theory.covering.architecture import check_widths, nonnegative, positive
from theory.covering.counting import parameter_count
from theory.covering.effective_volume import log_factorial_product
from theory.exact.rationals import Exact, exact
from theory.language.errors import InputError, explain
from theory.textbook.logarithm import Enclosure, log_enclosure


@dataclass(frozen=True)
class GainConstants:
    """Constants of a class of networks at radius eps: the same bound, Lipschitz constant and offset in every layer.

    Attributes:
        bound: all parameters lie in [-bound, bound], > 0.
        input_radius: inputs have sup norm at most this, >= 0.
        lipschitz: Lipschitz constant rho of the activations, >= 0.
        offset: bound of |sigma(0)|, >= 0.
        eps: covering radius, > 0.
    """

    bound: Exact = 1
    input_radius: Exact = 1
    lipschitz: Exact = 1
    offset: Exact = 0
    eps: Exact = 1

    def numbers(self) -> tuple[Fraction, Fraction, Fraction, Fraction, Fraction]:
        """Return (B, B_x, rho, o, eps) as Fractions. Raises InputError for a value out of range."""
        return (exact(positive(self.bound, "bound"), "bound"),
                exact(nonnegative(self.input_radius, "input_radius"), "input_radius"),
                exact(nonnegative(self.lipschitz, "lipschitz"), "lipschitz"),
                exact(nonnegative(self.offset, "offset"), "offset"), exact(positive(self.eps, "eps"), "eps"))


def entropy_gain(widths: Sequence[int], points: int, bits: int = 64) -> Enclosure:
    """Return an enclosure of `sum_l ln d_l! / (S ln m)`, closer than `2^-bits`, for m >= 2 points per axis.

    Raises:
        InputError: m < 2, where the raw entropy S ln m is not positive.

    >>> lower, upper = entropy_gain((10, 100, 1), 22010)
    >>> Fraction("0.0302") < lower < upper < Fraction("0.0304")
    True
    """
    dims = check_widths(widths)
    if isinstance(points, bool) or not isinstance(points, int) or points < 2:
        raise InputError(explain("points", "an integer >= 2", repr(points), "With one point the entropy is 0."))
    fine = bits + 8 + 2 * sum(dims).bit_length()
    saved, each = log_factorial_product(dims, fine), log_enclosure(points, fine)
    size = parameter_count(dims)
    return saved[0] / (size * each[1]), saved[1] / (size * each[0])


def shallow_gain_slope(inputs: int, constants: GainConstants) -> Fraction:
    """Return `a = B (2 rho B (d_0 B_x + 1) + o) / eps`: with n hidden units, `m = ceil(a n + B/eps)`.

    >>> shallow_gain_slope(1, GainConstants())
    Fraction(4, 1)
    """
    B, X, rho, o, eps = constants.numbers()
    return B * (2 * rho * B * (_count(inputs, "inputs") * X + 1) + o) / eps


def shallow_gain_bounds(inputs: int, units: int, constants: GainConstants) -> tuple[sympy.Expr, sympy.Expr]:
    """Return expressions below and above D/E for widths (d_0, n, 1), part (i) of `covering.relative_gain`.

    `(d_0 + 2) D/E = 1 - (1 + ln a)/ln m` up to `(ln n + (d_0 + 3)(B/eps + 1)/a)/((p n + 1) ln m)` below and
    `((d_0 + 1) ln n + d_0 + 3)/((p n + 1) ln m)` above, p = d_0 + 2.

    >>> lower, upper = shallow_gain_bounds(1, 2, GainConstants())
    >>> upper
    -(-2*log(2) + 3 + 7*log(4))/(21*log(9)) + 1/3
    """
    B, _, _, _, eps = constants.numbers()
    n, p, a = _count(units, "units"), _count(inputs, "inputs") + 2, shallow_gain_slope(inputs, constants)
    if a == 0:
        remedy = "Use lipschitz > 0 or offset > 0."
        raise InputError(explain("constants", "a slope a > 0", "a = 0", remedy))
    m = _ceiling(a * n + B / eps)
    if m < 2:
        raise InputError(explain("constants", "m >= 2 points per axis", f"m = {m}", "Use a smaller eps."))
    entropy = (p * n + 1) * _log(m)
    slope = (1 + _log(a)) * (p * n + 1)
    below = slope + _log(n) + _number((p + 1) * (B / eps + 1) / a)
    above = slope - (p - 1) * _log(n) - (p + 1)
    return tuple(sympy.Rational(1, p) - part / (p * entropy) for part in (below, above))  # type: ignore[return-value]


def shallow_gain_width(inputs: int, eta: Exact, constants: GainConstants) -> sympy.Expr:
    """Return `exp((3/2 + ln(a + B/eps + 1) + |ln a|) / ((d_0 + 2) eta)) / a`: from this width on
    `|D/E - 1/(d_0 + 2)| <= eta`, part (ii) of `covering.relative_gain`.

    >>> shallow_gain_width(1, "1/2", GainConstants())
    3**(2/3)*E
    """
    B, _, _, _, eps = constants.numbers()
    a, p = shallow_gain_slope(inputs, constants), _count(inputs, "inputs") + 2
    if a == 0:
        raise InputError(explain("constants", "a slope a > 0", "a = 0", "Use lipschitz > 0 or offset > 0."))
    size = _log(a) if a >= 1 else -_log(a)
    rate = sympy.Rational(3, 2) + _log(a + B / eps + 1) + size
    return sympy.exp(sympy.expand(rate / _number(p * exact(positive(eta, "eta"), "eta")))) / _number(a)


def deep_gain_constants(inputs: int, hidden_layers: int, constants: GainConstants) -> tuple[Fraction, Fraction]:
    """Return (c, C) with `c n^L <= m <= C n^L` for L hidden layers of n units:
    `c = (L+1) B (d_0 B_x + 1) (rho B)^L / eps`, `C = (L+1) B (d_0 B_x + 1) (rho B + o + 1)^L / eps + 1`.

    >>> deep_gain_constants(1, 2, GainConstants())
    (Fraction(6, 1), Fraction(25, 1))
    """
    B, X, rho, o, eps = constants.numbers()
    layers = _count(hidden_layers, "hidden_layers")
    factor = (layers + 1) * B * (_count(inputs, "inputs") * X + 1) / eps
    return factor * (rho * B) ** layers, factor * (rho * B + o + 1) ** layers + 1


def deep_gain_bounds(
    inputs: int, hidden_layers: int, units: int, constants: GainConstants
) -> tuple[Fraction, Fraction]:
    """Return `1/(4 (2L + d_0 + 1) n) <= D/E <= 2/((L - 1) n)` for L >= 2 hidden layers of n units and one output.

    Raises:
        InputError: n < 8, or n^L < C, or c^2 n^L < 1, with (c, C) of `deep_gain_constants`.

    >>> deep_gain_bounds(1, 2, 20, GainConstants())
    (Fraction(1, 480), Fraction(1, 10))
    """
    layers, n, d = _count(hidden_layers, "hidden_layers"), _count(units, "units"), _count(inputs, "inputs")
    c, C = deep_gain_constants(inputs, hidden_layers, constants)
    if layers < 2 or n < 8 or C > n**layers or c * c * n**layers < 1:
        found = f"L = {layers}, n = {n}, n^L = {n**layers}, c = {c}, C = {C}"
        required = "L >= 2, n >= 8, n^L >= C and c^2 n^L >= 1"
        raise InputError(explain("deep_gain_bounds", required, found, "Use more units."))
    return Fraction(1, 4 * (2 * layers + d + 1) * n), Fraction(2, (layers - 1) * n)


def _count(value: int, name: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise InputError(explain(name, "an integer >= 1", repr(value), f"Use {name} >= 1."))
    return value


def _ceiling(q: Fraction) -> int:
    return -(-q.numerator // q.denominator)


def _number(q: int | Fraction) -> sympy.Rational:
    q = Fraction(q)
    return sympy.Rational(q.numerator, q.denominator)


def _log(q: int | Fraction) -> sympy.Expr:
    return sympy.log(_number(q))

"""Covering bounds of the literature as exact formulas: enclosures of ln N, each with its metric and its hypotheses.

The formulas are recalled, not read in the sources again, and used for comparison only: nothing in this package is
proved from them. Two of them are proved to lie above our own bound by the claim `covering.prior_bounds`. The metrics
differ: a sup norm on inputs bounds the sup norm on a sample, and `|u - v|_F <= sqrt(n) |u - v|_sup` on n points.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import prod

from theory.covering.architecture import PerLayer, check_widths, per_layer, positive
from theory.covering.counting import parameter_count, points_per_axis
from theory.exact.rationals import Exact, exact
from theory.language.claims import Side
from theory.language.errors import InputError, explain
from theory.textbook.logarithm import Enclosure, add, log_enclosure, scale

_BITS = 44
E_ENCLOSURE = (Fraction("2.71828182845904523536"), Fraction("2.71828182845904523537"))
"""Around Euler's number."""


@dataclass(frozen=True)
class PriorBound:
    """One bound of the literature: what it bounds, under which hypotheses, and how well its source is known.

    Attributes:
        name: the function's name. metric: the distance whose covering number is bounded. side: upper or lower.
        hypotheses: what has to hold besides the architecture, one text each. source: authors, year, place.
        mark: "recalled" (as usually quoted, not read again), "recheck" (recalled, constants doubtful) or "proved".
    """

    name: str
    metric: str
    side: Side
    hypotheses: tuple[str, ...]
    source: str
    mark: str


PRIOR_BOUNDS: tuple[PriorBound, ...] = (
    PriorBound("schmidt_hieber_log_bound", "sup norm on [0, 1]^d_0", Side.UPPER,
               ("all parameters in [-1, 1]", "ReLU with shifts (1-Lipschitz, 0 at 0)", "inputs in [0, 1]^d_0",
                "at most s parameters are not 0"),
               "J. Schmidt-Hieber 2020, arXiv 1708.06633, Lemma 5", "recalled"),
    PriorBound("suzuki_log_bound", "sup norm on [0, 1]^d_0", Side.UPPER,
               ("all parameters in [-B, B]", "ReLU", "inputs in [0, 1]^d_0", "at most S parameters are not 0"),
               "T. Suzuki 2019, arXiv 1810.08033 (its covering lemma)", "recalled"),
    PriorBound("spectral_log_bound", "Frobenius norm of the outputs on the sample (radius eps sqrt(n) for sup eps)",
               Side.UPPER,
               ("no biases", "sigma_l(0) = 0 and rho_l-Lipschitz", "spectral norms of A_l at most s_l",
                "(2,1) norms of A_l^T - M_l^T at most b_l", "widths at most W"),
               "P. Bartlett, D. Foster, M. Telgarsky 2017, arXiv 1706.08498, Theorem 3.3", "recalled"),
    PriorBound("anthony_bartlett_log_bound", "sup norm on n points, the worst n points", Side.UPPER,
               ("activations with values in [-b, b] and rho-Lipschitz", "l1 norm of the incoming weights of a unit at"
                " most V > 1/rho", "ell layers, S parameters", "eps <= 2 b"),
               "M. Anthony, P. Bartlett 1999, Neural Network Learning, Theorem 14.5", "recalled"),
    PriorBound("pseudo_dimension_log_bound", "sup norm on n points, the worst n points", Side.UPPER,
               ("values in [0, b]", "pseudo-dimension D", "n >= D"),
               "M. Anthony, P. Bartlett 1999, Neural Network Learning, Theorem 12.2", "recalled"),
    PriorBound("pseudo_dimension_bound", "pseudo-dimension, for pseudo_dimension_log_bound", Side.UPPER,
               ("piecewise linear activations with p + 1 pieces",),
               "P. Bartlett, N. Harvey, C. Liaw, A. Mehrabian 2019, arXiv 1703.02930 (refined bound)", "recheck"),
    PriorBound("universal_floor", "sup norm on any inputs", Side.LOWER, ("an output bias in [-B, B]",),
               "covering.prior_bounds", "proved"),
)
"""The comparators; `Side` says whether the covering number is below or above."""


def schmidt_hieber_log_bound(widths: Sequence[int], *, eps: Exact, active: int | None = None) -> Enclosure:
    """Return `(s + 1) ln(2 (L+1) V^2 / eps)`, `V = prod_{l=0}^{L+1} (d_l + 1)`, s active parameters (default all).

    >>> lower, upper = schmidt_hieber_log_bound((2, 8, 1), eps="0.1")
    >>> Fraction("396.66") < lower < upper < Fraction("396.68")
    True
    """
    dims = check_widths(widths)
    size = _active(dims, active)
    base = 2 * (len(dims) - 1) * prod(d + 1 for d in dims) ** 2 / _positive(eps, "eps")
    return _times(size + 1, base)


def suzuki_log_bound(widths: Sequence[int], *, eps: Exact, bound: Exact = 1, active: int | None = None) -> Enclosure:
    """Return `S ln(Lambda max(B, 1)^(Lambda-1) (W+1)^(2 Lambda) / eps)`, Lambda = L + 1, W the largest width.

    >>> lower, upper = suzuki_log_bound((2, 8, 1), eps="0.1")
    >>> Fraction("388.88") < lower < upper < Fraction("388.90")
    True
    """
    dims = check_widths(widths)
    depth = len(dims) - 1
    box = max(_positive(bound, "bound"), Fraction(1))
    base = depth * box ** (depth - 1) * Fraction(max(dims) + 1) ** (2 * depth) / _positive(eps, "eps")
    return _times(_active(dims, active), base)


def spectral_log_bound(
    widths: Sequence[int], *, eps: Exact, data_norm: Exact, spectral: PerLayer, deviation: PerLayer,
    lipschitz: PerLayer = 1
) -> Enclosure:
    """Return `|X|_F^2 ln(2 W^2) / eps^2 * prod s_j^2 rho_j^2 * (sum (b_i / s_i)^(2/3))^3`.

    Args:
        data_norm: Frobenius norm of the data matrix; spectral, deviation: s_l and b_l of the L + 1 layers;
            lipschitz: rho_l of the L + 1 layers. eps is in Frobenius norm: give `eps sqrt(n)` for the sup norm.

    >>> lower, upper = spectral_log_bound((1, 1), eps=1, data_norm=1, spectral=1, deviation=1)
    >>> Fraction("0.6931") < lower < upper < Fraction("0.6932")
    True
    """
    dims = check_widths(widths)
    layers = len(dims) - 1
    s, b, rho = (
        [exact(v, name) for v in per_layer(given, layers, name, zero=name == "deviation")]
        for given, name in ((spectral, "spectral"), (deviation, "deviation"), (lipschitz, "lipschitz")))
    ratios = add(*(_two_thirds(x / y) for x, y in zip(b, s)))
    factor = (_positive(data_norm, "data_norm") / _positive(eps, "eps")) ** 2 * prod(x * y for x, y in zip(s, rho)) ** 2
    log = log_enclosure(2 * max(dims) ** 2, 2 * _BITS)
    return factor * log[0] * ratios[0] ** 3, factor * log[1] * ratios[1] ** 3


def anthony_bartlett_log_bound(
    widths: Sequence[int], *, eps: Exact, samples: int, activation_bound: Exact, incoming: Exact, lipschitz: Exact
) -> Enclosure:
    """Return `S ln(4 e n b S (rho V)^ell / (eps (rho V - 1)))`, ell = L + 1 layers.

    >>> lower, upper = anthony_bartlett_log_bound((1, 1), eps=1, samples=1, activation_bound=1, incoming=2, lipschitz=1)
    >>> Fraction("7.545") < lower < upper < Fraction("7.546")
    True
    """
    dims = check_widths(widths)
    growth = _positive(incoming, "incoming") * _positive(lipschitz, "lipschitz")
    if growth <= 1:
        raise InputError(explain("incoming", "V > 1/rho", f"rho V = {growth}", "A larger V is allowed too."))
    size, layers = parameter_count(dims), len(dims) - 1
    top = 4 * _count(samples, "samples") * _positive(activation_bound, "activation_bound") * size * growth**layers
    return _times_e(size, top / (_positive(eps, "eps") * (growth - 1)))


def pseudo_dimension_log_bound(dimension: int, *, eps: Exact, samples: int, value_range: Exact) -> Enclosure:
    """Return `D ln(e n b / (eps D))` for a pseudo-dimension of at most D, values in [0, b] and n >= D points.

    >>> lower, upper = pseudo_dimension_log_bound(1, eps=1, samples=1, value_range=1)
    >>> lower <= 1 <= upper
    True
    """
    D, n = _count(dimension, "dimension"), _count(samples, "samples")
    if n < D:
        remedy = "Use another bound: this one needs as many points as the pseudo-dimension."
        raise InputError(explain("samples", f"at least the pseudo-dimension {D}", n, remedy))
    return _times_e(D, n * _positive(value_range, "value_range") / (_positive(eps, "eps") * D))


def pseudo_dimension_bound(widths: Sequence[int], *, pieces: int = 2) -> Enclosure:
    """Return `L' + S' log2(4 e p R log2(2 e p R))` (recheck), an upper bound on the pseudo-dimension.

    For piecewise linear activations of p + 1 = `pieces` pieces (2 for ReLU): `L' = L + 1` layers, `k_l` the units of
    layer l, `R = sum_l l k_l`, `S' = sum_l (parameters of the layers 1..l)`, which is `L-bar S` of the source.

    >>> lower, upper = pseudo_dimension_bound((1, 1, 1))
    >>> 44 < lower < upper < 45
    True
    """
    dims = check_widths(widths)
    p = _count(pieces, "pieces") - 1
    if p < 1:
        raise InputError(explain("pieces", "at least 2", pieces, "A linear network has S parameters and dimension S."))
    layers = len(dims) - 1
    units = sum(number * d for number, d in enumerate(dims[1:], 1))
    partial = sum(parameter_count(dims[: number + 1]) for number in range(1, layers + 1))
    inner = tuple(2 * p * units * e for e in E_ENCLOSURE)
    nested = _log2(inner)
    outer = _log2((2 * inner[0] * nested[0], 2 * inner[1] * nested[1]))
    return layers + partial * outer[0], layers + partial * outer[1]


def universal_floor(*, eps: Exact, bound: Exact) -> int:
    """Return `ceil(B / eps)`: no cover of a class with an output bias in [-B, B] has fewer functions.

    >>> universal_floor(eps="0.3", bound=1)
    4
    """
    return points_per_axis(bound, eps)


def universal_floor_log(*, eps: Exact, bound: Exact) -> Enclosure:
    """Return an enclosure of `ln ceil(B / eps)`.

    >>> universal_floor_log(eps=1, bound=1)
    (Fraction(0, 1), Fraction(0, 1))
    """
    return log_enclosure(universal_floor(eps=eps, bound=bound), _BITS)


def _positive(value: Exact, name: str) -> Fraction:
    return exact(positive(value, name), name)


def _count(value: int, name: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise InputError(explain(name, "an integer >= 1", repr(value), "Give a positive int."))
    return value


def _active(dims: tuple[int, ...], active: int | None) -> int:
    total = parameter_count(dims)
    if active is None:
        return total
    if _count(active, "active") > total:
        raise InputError(explain("active", f"at most the {total} parameters", active, "Leave it out to count all."))
    return active


def _times(count: int, base: Fraction) -> Enclosure:
    return scale(count, log_enclosure(base, _BITS + count.bit_length() + 2))


def _times_e(count: int, base: Fraction) -> Enclosure:
    """count (1 + ln base)."""
    return scale(count, add((Fraction(1), Fraction(1)), log_enclosure(base, _BITS + count.bit_length() + 2)))


def _log2(value: Enclosure) -> Enclosure:
    two = log_enclosure(2, 2 * _BITS)
    low, high = log_enclosure(value[0], 2 * _BITS)[0], log_enclosure(value[1], 2 * _BITS)[1]
    return low / two[1], high / two[0]


def _two_thirds(value: Fraction) -> Enclosure:
    """Enclose value^(2/3) by integers: the cube root of value^2, rounded down and up."""
    unit = 1 << (2 * _BITS)
    cube = value**2 * unit**3
    root = _cube_root(cube.numerator // cube.denominator)
    return Fraction(root, unit), Fraction(root + (root**3 != cube), unit)


def _cube_root(number: int) -> int:
    """Return the largest integer whose cube is at most `number`."""
    low, high = 0, 1 << (number.bit_length() // 3 + 1)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if middle**3 <= number else (low, middle - 1)
    return low

"""The activations that a noisy chain understands: values, kinks and outward rounded ranges. All are nondecreasing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import inf, isinf, nextafter

import numpy as np
from numpy.typing import NDArray

from numerics.enclosures import balls
from theory.language.errors import InputError, explain

Array = NDArray[np.float64]
End = Fraction | float
"""End of an interval: a fraction, or an infinite float."""


@dataclass(frozen=True)
class Activation:
    """An entrywise nondecreasing function phi.

    Attributes:
        name: as in `numerics.modules`; slope: of the negative side of leaky_relu, in [0, 1], else unused.
        lipschitz: a global Lipschitz constant, exact.
        kinks: points where phi is not smooth.
        limits: infimum and supremum of phi.
    """

    name: str
    slope: float
    lipschitz: Fraction
    kinks: tuple[float, ...]
    limits: tuple[float, float]

    @property
    def bounded(self) -> bool:
        """Whether phi is bounded."""
        return not isinf(self.limits[0]) and not isinf(self.limits[1])

    def __call__(self, z: Array) -> Array:
        """phi entrywise, in float64."""
        return _FLOAT[self.name](z, self.slope)

    def enclose(self, low: End, high: End) -> tuple[float, float]:
        """Return floats (a, b) with a <= phi(z) <= b for all z in [low, high]."""
        bottom = self.limits[0] if isinf(low) else _enclosed(self.name, Fraction(low), self.slope)[0]
        top = self.limits[1] if isinf(high) else _enclosed(self.name, Fraction(high), self.slope)[1]
        return max(bottom, self.limits[0]), min(top, self.limits[1])


_ONE = Fraction(1)
_KNOWN: dict[str, tuple[Fraction, tuple[float, ...], tuple[float, float]]] = {
    "tanh": (_ONE, (), (-1.0, 1.0)), "sigmoid": (Fraction(1, 4), (), (0.0, 1.0)), "identity": (_ONE, (), (-inf, inf)),
    "relu": (_ONE, (0.0,), (0.0, inf)), "leaky_relu": (_ONE, (0.0,), (-inf, inf)),
    "relu6": (_ONE, (0.0, 6.0), (0.0, 6.0)), "hardtanh": (_ONE, (-1.0, 1.0), (-1.0, 1.0)),
    "softsign": (_ONE, (0.0,), (-1.0, 1.0)), "hardsigmoid": (Fraction(1, 6), (-3.0, 3.0), (0.0, 1.0)),
}
_FLOAT: dict[str, Callable[[Array, float], Array]] = {
    "tanh": lambda z, s: np.tanh(z), "sigmoid": lambda z, s: 0.5*(1 + np.tanh(0.5*z)), "identity": lambda z, s: z,
    "relu": lambda z, s: np.maximum(z, 0), "leaky_relu": lambda z, s: np.where(z >= 0, z, s*z),
    "relu6": lambda z, s: np.clip(z, 0, 6), "hardtanh": lambda z, s: np.clip(z, -1, 1),
    "softsign": lambda z, s: z/(1 + np.abs(z)), "hardsigmoid": lambda z, s: np.clip(z + 3, 0, 6)/6,
}


def activation(name: str, slope: float = 0.01) -> Activation:
    """Return a known activation.

    Raises InputError for an unknown or decreasing one (GELU and SiLU are not monotone).
    """
    if name not in _KNOWN:
        raise InputError(explain("activation", f"one of {', '.join(sorted(_KNOWN))}", name,
                                 "Ranges and preimages use that it is nondecreasing; use one of these."))
    lipschitz, kinks, limits = _KNOWN[name]
    if name == "leaky_relu" and not 0 <= slope <= 1:
        raise InputError(explain("leaky_relu", "a negative slope in [0, 1]", slope, "Use nn.LeakyReLU(0.01)."))
    return Activation(name, slope if name == "leaky_relu" else 0.0, lipschitz, kinks, limits)


def _enclosed(name: str, z: Fraction, slope: float) -> tuple[float, float]:
    """Floats around phi(z)."""
    if name in ("tanh", "sigmoid"):
        value = balls.tanh(balls.ball(z if name == "tanh" else z/2))
        low, high = (_fraction(end) for end in (value.lower(), value.upper()))
        return (below(low), above(high)) if name == "tanh" else (below((1 + low)/2), above((1 + high)/2))
    rational: dict[str, Callable[[], Fraction]] = {
        "identity": lambda: z, "relu": lambda: max(z, Fraction(0)),
        "leaky_relu": lambda: z if z >= 0 else Fraction(slope)*z,
        "relu6": lambda: min(max(z, Fraction(0)), Fraction(6)), "hardtanh": lambda: min(max(z, -_ONE), _ONE),
        "softsign": lambda: z/(1 + abs(z)), "hardsigmoid": lambda: min(max(z + 3, Fraction(0)), Fraction(6))/6,
    }
    exact = rational[name]()
    return below(exact), above(exact)


def _fraction(end: balls.Ball) -> Fraction:
    mantissa, exponent = end.man_exp()
    return Fraction(int(mantissa))*Fraction(2)**int(exponent)


def below(value: End) -> float:
    """The largest float that is at most the value."""
    found = float(value)
    return nextafter(found, -inf) if not isinf(found) and Fraction(found) > value else found


def above(value: End) -> float:
    """The least float that is at least the value."""
    found = float(value)
    return nextafter(found, inf) if not isinf(found) and Fraction(found) < value else found

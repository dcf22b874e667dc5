"""Layer noise: independent coordinates, uniform on [-b, b] or Gaussian with standard deviation sigma."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import erf, isfinite, pi, sqrt

import numpy as np
import torch
from torch import Tensor

from theory.language.errors import InputError, explain

KINDS = ("uniform", "gaussian")
TAIL = 26/3
"""Gaussian noise is cut at this many standard deviations on grids; see `Noise.tail`."""
TRAPEZOID = np.arange(-26, 27)/3
"""Nodes of the trapezoidal rule for Gaussian means, in standard deviations."""
TRAPEZOID_WEIGHTS = np.exp(-TRAPEZOID**2/2)/np.exp(-TRAPEZOID**2/2).sum()


@dataclass(frozen=True)
class Noise:
    """Noise of one layer.

    Attributes:
        kind: "uniform" (density (2b)^-N on [-b, b]^N) or "gaussian" (N(0, sigma^2 I)).
        amplitude: b or sigma, at least 0; 0 is the layer without noise, to which no density theorem applies.
        exact: the amplitude as a fraction; for a float the dyadic fraction that it is, for a text its decimal value.
    """

    kind: str
    amplitude: float
    exact: Fraction = Fraction(-1)

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise InputError(explain("noise", "the kind uniform or gaussian", self.kind, 'Write "uniform:1.2".'))
        given = self.amplitude
        if not isinstance(given, (int, float, Fraction)) or not isfinite(given) or given < 0:
            raise InputError(explain("noise", "a finite amplitude of at least 0", given, 'Write "uniform:1.2".'))
        if self.exact == -1:
            object.__setattr__(self, "exact", Fraction(given))
        object.__setattr__(self, "amplitude", float(self.exact))

    @classmethod
    def parse(cls, text: str) -> Noise:
        """Read "uniform:1.2" or "gaussian:3/10"; the number is a decimal or a fraction.

        >>> Noise.parse("uniform:1.2").exact
        Fraction(6, 5)
        """
        kind, _, number = text.partition(":")
        try:
            exact = Fraction(number.strip())
        except (ValueError, ZeroDivisionError):
            raise InputError(explain("noise", "kind:amplitude with a decimal or fraction", repr(text),
                                     'Write "uniform:1.2" or "gaussian:3/10".')) from None
        return cls(kind.strip().lower(), exact, exact)

    @property
    def silent(self) -> bool:
        """Whether the amplitude is 0."""
        return self.exact == 0

    @property
    def exact_pair(self) -> tuple[str, Fraction]:
        """The pair that the formulas of `theory.mori_zwanzig` take, such as ("uniform", Fraction(6, 5))."""
        return self.kind, self.exact

    @property
    def reach(self) -> float:
        """Half the width of the noise on a grid: b, or TAIL standard deviations."""
        return self.amplitude if self.kind == "uniform" else TAIL*self.amplitude

    @property
    def tail(self) -> float:
        """Probability that one coordinate leaves [-reach, reach]: 0 for uniform, 2 Phi(-TAIL) < 2e-17 for Gaussian."""
        return 0.0 if self.kind == "uniform" else 1.9e-17

    @property
    def variance(self) -> float:
        """Variance of one coordinate: b^2/3 or sigma^2."""
        return self.amplitude**2/(3 if self.kind == "uniform" else 1)

    def square_integral(self, width: int) -> float:
        """The integral of the squared density over R^width: (2b)^-N or (4 pi sigma^2)^(-N/2)."""
        self.required("the squared density")
        per_coordinate = 1/(2*self.amplitude) if self.kind == "uniform" else 1/sqrt(4*pi*self.amplitude**2)
        return per_coordinate**width

    def nodes(self, count: int) -> list[tuple[float, float]]:
        """Shifts and weights of one coordinate: exact means of polynomials of degree 2 count - 1 for uniform noise.

        Gaussian noise: the trapezoidal rule with three nodes a standard deviation, cut at TAIL.
        """
        if self.kind == "uniform":
            t, w = np.polynomial.legendre.leggauss(count)
            return [(self.amplitude*float(a), float(b)/2) for a, b in zip(t, w)]
        return [(self.amplitude*float(z), float(w)) for z, w in zip(TRAPEZOID, TRAPEZOID_WEIGHTS)]

    def distance(self, shifts: Sequence[float]) -> float:
        """Total variation between the noise and the noise shifted by a vector; 1 without noise unless it is 0.

        Uniform: 1 - prod(1 - |d_i|/(2b))_+. Gaussian: 2 Phi(|d|_2/(2 sigma)) - 1.
        """
        if not any(shifts):
            return 0.0
        if self.silent:
            return 1.0
        if self.kind == "uniform":
            overlap = 1.0
            for d in shifts:
                overlap *= max(0.0, 1 - abs(d)/(2*self.amplitude))
            return 1 - overlap
        return erf(sqrt(sum(d*d for d in shifts))/(2*sqrt(2)*self.amplitude))

    def draw(self, shape: Sequence[int], generator: torch.Generator | None = None) -> Tensor:
        """Independent draws in float64."""
        if self.kind == "uniform":
            return (2*torch.rand(*shape, dtype=torch.float64, generator=generator) - 1)*self.amplitude
        return torch.randn(*shape, dtype=torch.float64, generator=generator)*self.amplitude

    def required(self, what: str) -> None:
        """Raise InputError when the amplitude is 0, where `what` needs a density."""
        if self.silent:
            raise InputError(explain(what, "noise of positive amplitude (the theorem needs a density)", "amplitude 0",
                                     "Use a positive amplitude; without noise the operator is u -> u(F(x)) and has no "
                                     "kernel, and no contraction follows."))

    def __str__(self) -> str:
        return f"{self.kind}:{self.exact}"


def noises(given: str | Noise | Sequence[str | Noise], layers: int) -> tuple[Noise, ...]:
    """Return one noise for each layer: the same for all, or as many as there are layers.

    Raises InputError when the number does not fit.
    """
    if isinstance(given, (str, Noise)):
        return (_noise(given),)*layers
    found = tuple(_noise(entry) for entry in given)
    if len(found) != layers:
        raise InputError(explain("noise", f"one noise, or {layers} (one for each noisy layer)", len(found),
                                 "The last Linear without an activation is the readout and has no noise."))
    return found


def _noise(given: str | Noise) -> Noise:
    return given if isinstance(given, Noise) else Noise.parse(given)

"""By how much an activation breaks a law that a symmetry needs: s(-u) = -s(u), or s(y u) = y s(u) for y > 0.

A defect is |s(-u) + s(u)|, or |s(y u) - y s(u)|, at one point: enclosed by rationals, exactly where the activation is
rational there. It is (0, 0) where the law holds everywhere.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from theory.language.errors import InputError, explain

if TYPE_CHECKING:
    from torch import nn

Enclosure = tuple[Fraction, Fraction]

ODD = frozenset({"tanh", "identity", "hardtanh", "softsign", "tanhshrink", "softshrink"})
HOMOGENEOUS = frozenset({"relu", "leaky_relu", "identity"})
_ODDNESS = {"relu": 1, "relu6": 1, "sigmoid": 1, "hardsigmoid": 1}
"""s(1) + s(-1)."""
_HOMOGENEITY = {"hardtanh": Fraction(1), "softsign": Fraction(1, 3), "sigmoid": Fraction(1, 2),
                "hardsigmoid": Fraction(1, 2), "relu6": Fraction(6)}
"""|s(2 u) - 2 s(u)| at u = 1, at u = 0 for sigmoid and hardsigmoid, at u = 6 for relu6."""


def only_default_settings(module: nn.Module) -> None:
    """Refuse activations with settings of their own that can be read: the defects here are those of the default ones.

    Raises InputError for such as LeakyReLU(0.2).
    """
    from numerics.modules.activation_settings import own_settings
    from numerics.modules.trace import ACTIVATIONS

    for path, part in module.named_modules():
        if type(part) in ACTIVATIONS and own_settings(part):
            raise InputError(explain(f"activation {path or '(the module itself)'}", "default settings, whose constants"
                                     " are known", str(part), "Use the default settings."))


def oddness_defect(name: str) -> Enclosure | None:
    """Return the defect of s(-u) = -s(u), or None for an activation about which nothing is known here.

    >>> oddness_defect("tanh"), oddness_defect("relu")
    ((Fraction(0, 1), Fraction(0, 1)), (Fraction(1, 1), Fraction(1, 1)))
    """
    if name in ODD:
        return Fraction(0), Fraction(0)
    if name in _ODDNESS:
        return Fraction(_ODDNESS[name]), Fraction(_ODDNESS[name])
    if name == "softplus":  # ln(1 + e) + ln(1 + 1/e) = 2 ln(1 + e) - 1
        return _ends(lambda ball: 2*(1 + ball(1).exp()).log() - 1)
    if name == "elu":  # 1 + e^(-1) - 1
        return _ends(lambda ball: ball(-1).exp())
    if name == "silu":  # s(1) - s(-1) of the sigmoid = tanh(1/2)
        return _ends(lambda ball: (ball(1)/2).tanh())
    if name == "gelu":  # Phi(1) - Phi(-1)
        return _ends(lambda ball: (1/ball(2).sqrt()).erf())
    return None


def homogeneity_defect(name: str) -> Enclosure | None:
    """Return the defect of s(y u) = y s(u), y > 0, or None for an activation about which nothing is known here.

    >>> homogeneity_defect("relu"), homogeneity_defect("softsign")[0]
    ((Fraction(0, 1), Fraction(0, 1)), Fraction(1, 3))
    """
    if name in HOMOGENEOUS:
        return Fraction(0), Fraction(0)
    if name in _HOMOGENEITY:
        return _HOMOGENEITY[name], _HOMOGENEITY[name]
    if name == "tanh":
        return _ends(lambda ball: 2*ball(1).tanh() - ball(2).tanh())
    if name == "softplus":  # at u = 0: 2 ln 2 - ln 2
        return _ends(lambda ball: ball(2).log())
    if name == "silu":  # 2 (sigmoid(2) - sigmoid(1)) = tanh(1) - tanh(1/2)
        return _ends(lambda ball: ball(1).tanh() - (ball(1)/2).tanh())
    if name == "gelu":  # 2 (Phi(2) - Phi(1)) = erf(sqrt(2)) - erf(1/sqrt(2))
        return _ends(lambda ball: ball(2).sqrt().erf() - (1/ball(2).sqrt()).erf())
    return None


def _ends(value: object) -> Enclosure:
    from numerics.enclosures.balls import ball
    from numerics.enclosures.eigenvalues import ends

    return ends(value(ball))  # type: ignore[operator]

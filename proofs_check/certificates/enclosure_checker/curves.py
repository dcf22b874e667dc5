"""Activations in fixed point: bounds of exp(-a) by Taylor sums with alternating signs, and what follows from them.

A number z stands for z 2^-STATE. Results are rounded down and up; all activations are nondecreasing.
"""

from fractions import Fraction

from entries import need

STATE, INNER = 80, 112
UNIT, U = 1 << STATE, 1 << INNER
NAMES = ("tanh", "sigmoid", "relu", "leaky_relu", "identity")


def falling(a: int) -> tuple[int, int]:
    """Return lo, hi with lo 2^-INNER <= exp(-a 2^-INNER) <= hi 2^-INNER, a >= 0.

    With x = a 2^-m < 2^-8: sums of x^k/k! with alternating signs are above the value when they end with a plus and
    below when they end with a minus, since the terms fall. The lower one is taken at x rounded up. Then m squarings.
    """
    if a >= 80 * U:
        return 0, 1  # exp(-80) < 2^-115
    m = max(0, a.bit_length() - INNER + 8)
    x = a >> m
    y = -(-a >> m)
    hi = lo = up = down = big = small = U  # powers over factorials of x from above and below, of y likewise
    for k in range(1, 14):
        up, down = -(-up * x // (k << INNER)), down * x // (k << INNER)
        big, small = -(-big * y // (k << INNER)), small * y // (k << INNER)
        if k % 2:
            hi, lo = (hi - down if k < 13 else hi), lo - big
        else:
            hi, lo = hi + up, lo + small
    lo = max(lo, 0)
    for _ in range(m):
        lo, hi = lo * lo >> INNER, -(-hi * hi >> INNER)
    return lo, min(hi, U)


def tanh(z: int) -> tuple[int, int]:
    """Bounds of tanh: (1 - e)/(1 + e) with e = exp(-2 |z|) falls in e, and tanh is odd."""
    e, f = falling(abs(z) << (INNER - STATE + 1))
    lo, hi = (U - f) * UNIT // (U + f), -(-(U - e) * UNIT // (U + e))
    return (lo, hi) if z >= 0 else (-hi, -lo)


def sigmoid(z: int) -> tuple[int, int]:
    """Bounds of 1/(1 + exp(-z)) = 1 - 1/(1 + exp(z))."""
    e, f = falling(abs(z) << (INNER - STATE))
    lo, hi = U * UNIT // (U + f), -(-U * UNIT // (U + e))
    return (lo, hi) if z >= 0 else (UNIT - hi, UNIT - lo)


def activate(name: str, slope: Fraction, z: int) -> tuple[int, int]:
    """Bounds of an activation at z; leaky_relu has a slope from 0 to 1 on the negative side."""
    if name == "tanh":
        return tanh(z)
    if name == "sigmoid":
        return sigmoid(z)
    if name == "identity" or z >= 0:
        return z, z
    if name == "relu":
        return 0, 0
    need(name == "leaky_relu", name, "an unknown activation")
    return z * slope.numerator // slope.denominator, -(-z * slope.numerator // slope.denominator)

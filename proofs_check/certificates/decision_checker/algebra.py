"""Polynomials with rational coefficients, and exact signs at a real root of one of them."""

from fractions import Fraction
from typing import Any

from refusal import Item


class Polynomial:
    """A sum of terms: a monomial is the sorted tuple of its factors, and no coefficient is zero."""

    def __init__(self, terms: Any) -> None:
        found: dict[tuple[str, ...], Fraction] = {}
        for m, c in terms:
            found[m] = found.get(m, Fraction(0)) + c
        self.terms = {m: c for m, c in found.items() if c}

    def __add__(self, other: "Polynomial") -> "Polynomial":
        return Polynomial([*self.terms.items(), *other.terms.items()])

    def __mul__(self, other: "Polynomial") -> "Polynomial":
        return Polynomial((tuple(sorted(m + n)), a * b) for m, a in self.terms.items() for n, b in other.terms.items())


def constant(q: Fraction | int) -> Polynomial:
    """Return a number as a polynomial."""
    return Polynomial([((), Fraction(q))])


def read(item: Item, known: list[str]) -> Polynomial:
    """Return the polynomial of a list of [coefficient, {parameter: exponent}]; an exponent may be 0."""
    terms = [(c.rational(), sorted(m.members(known).items())) for c, m in (term.parts(2) for term in item.parts())]
    return Polynomial((tuple(p for p, e in m for _ in range(e.below(200))), c) for c, m in terms)


def remainder(f: Any, g: Any) -> tuple[Fraction, ...]:
    """Return f modulo g, given by coefficients from the constant on, the last one of g not 0."""
    rest = list(f)
    while len(rest) >= len(g) or rest and not rest[-1]:
        q, base = rest.pop() / g[-1], len(rest) - len(g) + 1
        for k in range(len(g) - 1 if q else 0):
            rest[base + k] -= q * g[k]
    return tuple(rest)


def at(f: Any, lo: Fraction, hi: Fraction) -> tuple[Fraction, Fraction]:
    """Return an interval with f(x) for all x from lo to hi, exact if they are equal."""
    low = high = Fraction(0)
    for c in reversed(f):
        ends = low * lo, low * hi, high * lo, high * hi
        low, high = min(ends) + c, max(ends) + c
    return low, high


class Root:
    """A root alpha of f between two rationals at which f has opposite signs, found by bisection.

    The interval is halved until f' has one sign on it: then f has no other root there, and alpha is a simple one.
    """

    def __init__(self, f: list[Fraction], ends: list[Fraction], item: Item) -> None:
        item.need(2 <= len(f) <= 200 and f[-1], "degree 1 to 198 and a leading coefficient other than 0 expected")
        self.f, (self.lo, self.hi), self.item = tuple(f), ends, item
        item.need(self.lo < self.hi and self.changes(self.f), "no change of sign on the interval")
        self.side(tuple(k * c for k, c in enumerate(f))[1:])

    def changes(self, f: Any) -> bool:
        """Whether f has opposite signs at the ends."""
        return at(f, self.lo, self.lo)[0] * at(f, self.hi, self.hi)[0] < 0

    def side(self, g: Any) -> int:
        """Return the sign of g(alpha) != 0, halving the interval until g has one sign on it, or it is a point."""
        for _ in range(600):
            low, high = at(g, self.lo, self.hi)
            if low > 0 or high < 0 or self.lo == self.hi:
                return (low > 0) - (high < 0)
            middle = (self.lo + self.hi) / 2
            turn = at(self.f, middle, middle)[0] * at(self.f, self.hi, self.hi)[0]
            self.lo, self.hi = self.lo if turn > 0 else middle, self.hi if turn < 0 else middle
        return self.item.need(False, "a multiple root, or too many bisections")  # type: ignore[return-value]

    def sign(self, p: Polynomial) -> int:
        """Return the sign of a polynomial g in alpha: 0 iff gcd(f, g), which divides f, changes its sign."""
        g = tuple(p.terms.get(("alpha",) * k, Fraction(0)) for k in range(1 + max(map(len, p.terms), default=-1)))
        common, rest = self.f, g
        while rest:
            common, rest = rest, remainder(common, tuple(c / rest[-1] for c in rest))
        return 0 if self.lo < self.hi and self.changes(common) else self.side(g)

"""Polynomials over the rationals in named generators; with non-commuting words of symbols they are also the matrices.

A value is {(word, monomial): coefficient}. A monomial is a sorted tuple of (generator, exponent); a word is a tuple of
(symbol, transposed), empty for a scalar and for the identity matrix; a coefficient is a rational number other than 0.
The shape of a matrix is no part of its value: whoever prints a matrix must print the shape with it, because
I(0) = 2 I(0) is true and I(1) = 2 I(1) is not.
"""

from fractions import Fraction
from functools import reduce

from rejection import COEFFICIENT_BITS, PAIRS, TEXT, need

Word = tuple[tuple[str, bool], ...]
Monomial = tuple[tuple[str, int], ...]
Value = dict[tuple[Word, Monomial], int | Fraction]

UNIT: tuple[Word, Monomial] = ((), ())
ONE: Value = {UNIT: 1}
LARGE = 1 << COEFFICIENT_BITS


def constant(value: int | Fraction) -> Value:
    """Return the constant polynomial."""
    return {UNIT: value} if value else {}


def generator(text: str, matrix: bool = False) -> Value:
    """Return the scalar that is one generator or the matrix that is one symbol, named by its canonical text."""
    need(len(text) <= TEXT, "canonical form too long")
    return {(((text, False),), ()): 1} if matrix else {((), ((text, 1),)): 1}


def inverse(b: Value) -> Value:
    """Return the generator 1/b, an unknown number until a step shows that b is not 0."""
    return generator("1/{" + show(b) + "}")


def add(a: Value, b: Value, factor: int | Fraction = 1) -> Value:
    """Return a + factor b; for matrices the shapes are equal."""
    out = dict(a)
    for part, coefficient in b.items():
        total = out.get(part, 0) + factor * coefficient
        if total:
            out[part] = total
        else:
            out.pop(part, None)
    return out


def negative(a: Value) -> Value:
    """Return -a."""
    return {part: -coefficient for part, coefficient in a.items()}


def join(m: Monomial, n: Monomial) -> Monomial:
    """Return the product of two monomials."""
    if not m or not n:
        return m or n
    exponents = dict(m)
    for name, k in n:
        exponents[name] = exponents.get(name, 0) + k
    return tuple(sorted(exponents.items()))


def multiply(a: Value, b: Value) -> Value:
    """Return a b of scalars or matrices whose shapes fit; refuse too many pairs of terms and too long coefficients."""
    need(len(a) * len(b) <= PAIRS, "polynomial too large")
    out: Value = {}
    for (v, m), c in a.items():
        for (w, n), d in b.items():
            part = v + w, join(m, n)
            out[part] = out.get(part, 0) + c * d
    for c in out.values():
        need(-LARGE < c.numerator < LARGE and c.denominator < LARGE, "coefficient too long")
    return {part: c for part, c in out.items() if c}


def power(a: Value, exponent: int) -> Value:
    """Return a scalar to a non-negative power."""
    return reduce(multiply, [a] * exponent, ONE)


def flip(word: Word) -> Word:
    """Return the transpose of a word."""
    return tuple([(name, not transposed) for name, transposed in reversed(word)])


def transpose(a: Value) -> Value:
    """Return the transpose of a matrix."""
    return {(flip(word), monomial): c for (word, monomial), c in a.items()}


def trace(a: Value, size: str) -> Value:
    """Return the trace: every word by its least form under rotation and transposition, tr(I n) as a generator of n."""
    out: Value = {}
    for (word, monomial), c in a.items():
        forms = [u[i:] + u[:i] for u in (word, flip(word)) for i in range(len(u))]
        text = show({(min(forms), ()): 1}) if forms else "I " + size
        out = add(out, multiply({((), monomial): c}, generator(f"tr[{text}]")))
    return out


def show(p: Value) -> str:
    """Return the canonical text; two values of one sort have the same text only if they are equal.

    `~` marks a transposed symbol and cannot occur in a name.
    """
    texts = []
    for word, monomial in sorted(p) if len(p) > 1 else p:
        text = str(p[word, monomial])
        for name, transposed in word:
            text += f"*{name}~" if transposed else f"*{name}"
        for name, k in monomial:
            text += f"*{name}^{k}"
        texts.append(text)
    return "+".join(texts) or "0"

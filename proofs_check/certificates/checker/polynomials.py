"""Polynomials over the rationals in named generators, and matrices as polynomials in non-commuting words.

A scalar is {monomial: coefficient}; a monomial is a sorted tuple of (generator, exponent), a coefficient an int or a
Fraction different from 0. A matrix is {word: scalar}; a word is a tuple of (symbol, transposed), the empty word is the
identity. The shape of a matrix is not part of its value: whoever prints a matrix must print the shape with it, because
I(0) = 2 I(0) is true and I(1) = 2 I(1) is not.
"""

from __future__ import annotations

from fractions import Fraction

from rejection import COEFFICIENT_BITS, PAIRS, TEXT, need

Monomial = tuple[tuple[str, int], ...]
Polynomial = dict[Monomial, "int | Fraction"]
Word = tuple[tuple[str, bool], ...]
Matrix = dict[Word, Polynomial]

ONE: Polynomial = {(): 1}
LARGE = 1 << COEFFICIENT_BITS


def constant(value: int | Fraction) -> Polynomial:
    """Return the constant polynomial."""
    return {(): value} if value else {}


def generator(text: str) -> Polynomial:
    """Return the polynomial that is one generator, named by its canonical text."""
    need(len(text) <= TEXT, "canonical form too long")
    return {((text, 1),): 1}


def inverse(b: Polynomial) -> Polynomial:
    """Return the generator 1/b, an unknown number until a step shows that b is not 0."""
    return generator("1/{" + show(b) + "}")


def add(a: Polynomial, b: Polynomial, factor: int | Fraction = 1) -> Polynomial:
    """Return a + factor b."""
    out = dict(a)
    for monomial, coefficient in b.items():
        total = out.get(monomial, 0) + factor * coefficient
        if total:
            out[monomial] = total
        else:
            out.pop(monomial, None)
    return out


def negative(a: Polynomial) -> Polynomial:
    """Return -a."""
    return {monomial: -coefficient for monomial, coefficient in a.items()}


def times_monomial(m: Monomial, n: Monomial) -> Monomial:
    """Return the product of two monomials."""
    if not m or not n:
        return m or n
    exponents = dict(m)
    for name, k in n:
        exponents[name] = exponents.get(name, 0) + k
    return tuple(sorted(exponents.items()))


def multiply(a: Polynomial, b: Polynomial) -> Polynomial:
    """Return a b; refuse products of too many pairs of terms or with too long coefficients."""
    need(len(a) * len(b) <= PAIRS, "polynomial too large")
    out: Polynomial = {}
    for m, c in a.items():
        for n, d in b.items():
            monomial = times_monomial(m, n)
            out[monomial] = out.get(monomial, 0) + c * d
    for c in out.values():
        need(-LARGE < c.numerator < LARGE and c.denominator < LARGE, "coefficient too long")
    return {monomial: c for monomial, c in out.items() if c}


def power(a: Polynomial, exponent: int) -> Polynomial:
    """Return a to a non-negative power."""
    if len(a) == 1:
        ((monomial, c),) = a.items()
        bits = max(c.numerator.bit_length(), c.denominator.bit_length())
        need(bits * exponent <= COEFFICIENT_BITS or c in (1, -1), "coefficient too long")
        return {tuple((name, k * exponent) for name, k in monomial if exponent): c**exponent}
    out = ONE
    for _ in range(exponent):
        out = multiply(out, a)
    return out


def show(p: Polynomial) -> str:
    """Return the canonical text; two polynomials have the same text only if they are equal."""
    return "+".join(["*".join([str(p[m]), *[f"{name}^{k}" for name, k in m]]) for m in sorted(p)]) or "0"


def matrix_add(a: Matrix, b: Matrix, factor: int = 1) -> Matrix:
    """Return a + factor b for matrices of one shape."""
    out = dict(a)
    for word, p in b.items():
        total = add(out.get(word, {}), p, factor)
        if total:
            out[word] = total
        else:
            out.pop(word, None)
    return out


def scale(a: Matrix, p: Polynomial) -> Matrix:
    """Return p a for a scalar p."""
    out = {word: multiply(q, p) for word, q in a.items()}
    return {word: q for word, q in out.items() if q}


def matrix_multiply(a: Matrix, b: Matrix) -> Matrix:
    """Return a b for matrices whose shapes fit."""
    need(len(a) * len(b) <= PAIRS, "matrix expression too large")
    out: Matrix = {}
    for v, p in a.items():
        for w, q in b.items():
            out[v + w] = add(out.get(v + w, {}), multiply(p, q))
    return {word: p for word, p in out.items() if p}


def flip(word: Word) -> Word:
    """Return the transpose of a word."""
    return tuple((symbol, not transposed) for symbol, transposed in reversed(word))


def transpose(a: Matrix) -> Matrix:
    """Return the transpose."""
    return {flip(word): p for word, p in a.items()}


def show_word(word: Word) -> str:
    """Return the text of a word; `~` marks a transposed symbol and cannot occur in a name."""
    return ".".join([symbol + "~" * transposed for symbol, transposed in word])


def trace(a: Matrix, size: str) -> Polynomial:
    """Return the trace: every word by its least form under rotation and transposition, tr(I n) as a generator of n."""
    out: Polynomial = {}
    for word, p in a.items():
        forms = [u[i:] + u[:i] for u in (word, flip(word)) for i in range(len(u))]
        text = show_word(min(forms)) if forms else "I " + size
        out = add(out, multiply(p, generator(f"tr[{text}]")))
    return out


def show_matrix(a: Matrix, rows: str, columns: str) -> str:
    """Return the canonical text of a matrix with its shape."""
    return f"[{rows},{columns}]" + ("+".join([f"({show(a[w])}){show_word(w)}" for w in sorted(a)]) or "0")

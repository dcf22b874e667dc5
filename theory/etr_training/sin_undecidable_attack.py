"""Points against mutants of `etr_training.sin_undecidable`: equations with integer solutions, and without.

The integer solution is written out, floor(X_j), and p is pi: its sine is 0 by an axiom, that of its multiples by the
claim's lemma.
"""

from __future__ import annotations

from theory.etr_training.sin_undecidable import ALL, EQUATIONS, HALF, SINES, SIZES, tables
from theory.etr_training.sine_aliasing import PI_PLACE
from theory.language import Kill, Survivor, Witness, statement
from theory.language.derivation import Step, apply, cases, combine, enclose, intro, obtain, witness

_REAL, _WHOLE = (EQUATIONS.format(x) for x in ("X(j)", "floor(X(j))"))
ATTACKED = statement(
    f"{ALL}, X:int->real, t:int->int | {SIZES} => some | (all j:int | 1 <= j, j <= N => sin(pi()*t(j)) = 0),"
    f" (all | {SINES.replace('p*', 'pi()*')}, {_REAL} => {_WHOLE}),"
    " (all p:real | 3 < p, p < 4, (all j:int => sin(p*j) = 0) => some | p <= pi(), pi() <= p)")
"""H1 to H3 of the claim; integers have sines 0; solutions whose sines are 0 are integers; p is pi."""


def _sines(X: str, unknowns: int) -> tuple[Step, ...]:
    """sin(pi X_j) = 0 for integers X_j, a term in j."""
    return (*PI_PLACE, intro("sines", f"all j:int | 1 <= j, j <= {unknowns} => sin(pi()*({X})) = 0", "j1 j2",
                             apply("i", "etr_training.integer_zeros", p="pi()", x=X),
                             obtain("z", "i", "u v", apply("y", "v", n=X))))


_PLAIN = {"p": "pi()", "t": "j -> 0"} | {f"{name}{prime}": "1" for name in "lkj" for prime in ("", "'")}


def _point(name: str, equation: tuple[tuple[int, ...], tuple[tuple[int, ...], ...]], X: str,
           **changed: str) -> Kill:
    coefficients, exponents = equation
    steps = _sines(X, len(exponents[0])) if "/" not in X else ()
    return Kill(name, Witness((*steps, witness("end", **(tables(coefficients, exponents) | _PLAIN
                                                         | {"X": f"j -> {X}"} | changed)))))


def _zero(name: str, p: str, *steps: Step) -> Kill:
    return Kill(name, Witness((*steps, witness("end", **tables(*HALF), X="j -> 0", t="j -> 0", p=p))))


def _multiples(p: str, n: str) -> tuple[Step, ...]:
    """sin(p j) = 0 for all integers j, p = n pi."""
    return (*PI_PLACE, intro("all", f"all j:int => sin({p}*j) = 0", "",
                             apply("i", "etr_training.integer_zeros", p="pi()", x=f"{n}*j"),
                             obtain("z", "i", "u v", apply("y", "v", n=f"{n}*j"))))


_PELL = ((1, -2, -1), ((2, 0), (0, 2), (0, 0)))
_SUM = ((1, 1, -3), ((1, 0), (0, 1), (0, 0)))
_EQUAL = ((1, -1), ((1,), (0,)))
_SHIFTED = (*PI_PLACE, intro(
    "sines", "all j:int | 1 <= j, j <= 1 => sin(pi()*(1/2*(j + 1))) = 0", "j1 j2",
    apply("e", "ax.antisym", x="j", y="1"), apply("i", "etr_training.integer_zeros", p="pi()", x="1/2*(j + 1)"),
    obtain("z", "i", "u v", apply("y", "v", n="1"))))
"""At X_j = j/2 the sine is 0 for the next unknown only."""

KILLS = (
    _zero("pi", "pi()", *_multiples("pi()", "1")), _zero("2 pi", "2*pi()", *_multiples("2*pi()", "2")),
    _zero("0", "0", *_multiples("0", "0")), _zero("no zero", "7/2"), _zero("no zero, below pi", "31/10"),
    Kill("x = 1/2, the next one 1", Witness((*_SHIFTED, witness("end", **tables(*HALF), **_PLAIN, X="j -> 1/2*j")))),
    _point("x^2 - 2 y^2 = 1 at (3, 2)", _PELL, "4 - j"), _point("x + y = 3 at (1, 2)", _SUM, "j"),
    _point("x = 1", _EQUAL, "1"), _point("x = 1, x_j = j", _EQUAL, "j"), _point("2 x = 1 at 0", HALF, "0"),
    _point("2 x = 1 at 1", HALF, "1"),
    *(_point(f"a negative exponent, in {v}", ((1,), ((1,),)), "j", e=f"l, k, j -> 2*{v} - 3")
      for v in "lkj"),
    _point("two equations, x = 1 and x = l", _EQUAL, "1", M="2", a="l, k -> l*(3 - 2*k) + (l - 1)*(k - 2)*2", l="2"),
)


def _no(sign: str) -> tuple[Step, ...]:
    """p is no zero where the sine has a sign, the fact `sign`."""
    return (apply("s", sign, x="p"), combine("no", "0 < 0", "s p3"), combine("y", mul="no"))


def _wider(low: str, high: str, premises: str) -> tuple[Step, ...]:
    """The claim with other bounds for p, low <= p <= high: the sine is positive on [low, 3], negative on [4, high]."""
    return (
        enclose("pos", f"all x:real | {low} <= x, x <= 3 => 0 < sin(x)"),
        enclose("neg", f"all x:real | 4 <= x, x <= {high} => sin(x) < 0"), *PI_PLACE,
        intro("U", f"all p:real | {premises}, sin(p) = 0 => p = pi()", "p1 p2 p3",
              apply("l", "ax.total", x="p", y="3"), apply("h", "ax.total", x="4", y="p"),
              cases("z", "l", "c", _no("pos"),
                    [cases("y", "h", "d", _no("neg"), [apply("x", "etr_training.one_zero", p="p", r="pi()")])])),
        apply("claim", "etr_training.sin_undecidable", N="N", M="M", K="K", a="l, k -> a(l,k)",
              e="l, k, j -> e(l,k,j)"),
        obtain("end", "claim", "F B old", witness("w")))


_TRUE_BOUNDS = (
    ("strictness conclusion 3", "3", "4", "3 <= p, p < 4"), ("strictness conclusion 3 (2)", "3", "4", "3 < p, p <= 4"),
    ("constant conclusion 3, 3 by 1/100", "297/100", "4", "297/100 < p, p < 4"),
    ("constant conclusion 3, 3 by 1/100", "297/100", "4", "303/100 < p, p < 4"),
    ("constant conclusion 3, 3 by 1/2", "3/2", "4", "3/2 < p, p < 4"),
    ("constant conclusion 3, 3 by 1/2", "3/2", "4", "9/2 < p, p < 4"),
    ("constant conclusion 3, 4 by 1/100", "3", "101/25", "3 < p, p < 99/25"),
    ("constant conclusion 3, 4 by 1/100", "3", "101/25", "3 < p, p < 101/25"),
    ("constant conclusion 3, 4 by 1/2", "3", "6", "3 < p, p < 2"),
    ("constant conclusion 3, 4 by 1/2", "3", "6", "3 < p, p < 6"),
)

SURVIVORS = (
    Survivor(("drop H1", "drop H2"), "true: without unknowns products are 1, without terms both sums are 0"),
    *(Survivor((name,), "true: pi is the only zero of the sine between 0 and 2 pi", _wider(low, high, premises))
      for name, low, high, premises in _TRUE_BOUNDS),
    Survivor(("strictness conclusion 3 (3)", "strictness conclusion 3 (4)"),
             "false at p = pi, where both sides are one number that no interval separates"),
    Survivor(("shift conclusion 2, index l of a", "shift conclusion 2, index l of a (2)",
              "shift conclusion 2, end 1 of the range of l (2)", "shift conclusion 2, end M of the range of l (2)",
              "shift conclusion 2, index j of X (2)", "shift conclusion 2, end 1 of the sum",
              "shift conclusion 2, end 1 of the prod", "shift conclusion 2, end N of the prod",
              "shift conclusion 2, end 1 of the prod (2)", "shift conclusion 2, exponent e(l, k, j) of pow (2)"),
             "the premises differ from the conclusion in one place: no system of the list that is solved there and not"
             " here has integer unknowns whose sines the replay proves"),
    Survivor(("drop H3", *(f"shift H3, end {end} of the range of {v}" for v, last in zip("lkj", "MKN")
                           for end in ("1", last)), *(f"shift H3, index {v} of e" for v in "lkj")),
             "a negative exponent leaves a power without a value; no replay of that obligation was found"),
    Survivor(("shift conclusion 1, end 1 of the range of j", "shift conclusion 1, end N of the range of j",
              "shift conclusion 1, index j of t"), "true: all t(j) are integers"),
)

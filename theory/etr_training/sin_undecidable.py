"""Integer solutions inside the existential theory of the reals with sine: every Diophantine system is such a sentence.

A system of M polynomial equations in N unknowns, each a sum of K monomials a(l,k) prod_j X_j^e(l,k,j) with integer
coefficients, has an integer solution exactly if the sentence

    some p, X: 3 < p < 4, sin(p) = 0, sin(p X_j) = 0 for all j, and the M equations at X

holds in the reals. The number p can only be pi. By the theorem of Matiyasevich (1970) no algorithm decides the left
side, hence none decides the right one.
"""

from __future__ import annotations

from collections.abc import Sequence

from theory.etr_training import sine_zeros
from theory.etr_training.sine_aliasing import PI_PLACE
from theory.etr_training.sine_zeros import ZERO
from theory.language import Claim, Comparison, Control, Source, Witness, statement
from theory.language.derivation import Step, apply, cases, combine, intro, obtain, witness

LEMMAS = sine_zeros.LEMMAS

_PLACE = "1 <= l, l <= M, 1 <= k, k <= K, 1 <= j, j <= N"
_POLY = "sum(k=1..K: a(l,k)*prod(j=1..N: pow({0}, e(l,k,j))))"
EQUATIONS = f"(all l:int | 1 <= l, l <= M => {_POLY} = 0)"
_INTEGER = EQUATIONS.format("t(j)")
_REAL = EQUATIONS.format("X(j)")
SINES = "(all j:int | 1 <= j, j <= N => sin(p*X(j)) = 0)"
ALL = "all N M K:int, a:(l:int,k:int)->int, e:(l:int,k:int,j:int)->int"
SIZES = f"0 <= N, 0 <= K, (all l k j:int | {_PLACE} => 0 <= e(l,k,j))"
_FORTH = f"all t:int->int | {_INTEGER} => some p:real, X:int->real | {ZERO}, {SINES}, {_REAL}"
_BACK = f"all p:real, X:int->real | {ZERO}, {SINES}, {_REAL} => some t:int->int | {_INTEGER}"

STATEMENT = statement(f"{ALL} | {SIZES} => some | ({_FORTH}), ({_BACK}),"
                      f" (all p:real | {ZERO} => p = pi())")
"""H1 to H3: sizes and exponents."""


def _same(left: str, right: str) -> tuple[Step, ...]:
    """Equal unknowns satisfy the same equations: the fact `at` says left = right for 1 <= j <= N."""
    return (
        intro("mono", f"all k:int | 1 <= k, k <= K => a(l,k)*prod(j=1..N: pow({left}, e(l,k,j)))"
                      f" = a(l,k)*prod(j=1..N: pow({right}, e(l,k,j)))", "k1 k2",
              intro("f", f"all i:int | 1 <= i, i <= N => pow({left.replace('j', 'i')}, e(l,k,i))"
                         f" = pow({right.replace('j', 'i')}, e(l,k,i))", "i1 i2",
                    apply("q", "at", j="i"),
                    apply("y", "ax.cong", f="u -> pow(u, e(l,k,i))", x=left.replace("j", "i"), y=right.replace("j",
                                                                                                               "i"))),
              apply("g", "textbook.prod_cong", f=f"j -> pow({left}, e(l,k,j))", g=f"j -> pow({right}, e(l,k,j))",
                    a="1", b="N"),
              combine("z", facts="g")),
        apply("s", "textbook.sum_cong", f=f"k -> a(l,k)*prod(j=1..N: pow({left}, e(l,k,j)))",
              g=f"k -> a(l,k)*prod(j=1..N: pow({right}, e(l,k,j)))", a="1", b="K"),
    )


_DERIVATION = (
    *PI_PLACE,
    intro("F", _FORTH, "h",
          intro("sines", "all j:int | 1 <= j, j <= N => sin(pi()*t(j)) = 0", "j1 j2",
                apply("i", "etr_training.integer_zeros", p="pi()", x="t(j)"),
                obtain("z", "i", "u v", apply("y", "v", n="t(j)"))),
          witness("z", p="pi()", X="j -> t(j)")),
    intro("B", _BACK, "p1 p2 p3 hs he",
          intro("at", "all j:int | 1 <= j, j <= N => floor(X(j)) = X(j)", "j1 j2",
                apply("s", "hs", j="j"), apply("i", "etr_training.integer_zeros", p="p", x="X(j)"),
                obtain("z", "i", "u v", apply("w", "u"),
                       obtain("y", "w", "n1", apply("a1", "ax.floor_le", x="X(j)"),
                              apply("a2", "ax.floor_gt", x="X(j)"),
                              combine("m1", "floor(X(j)) <= n", "a1 n1"), combine("m2", "n < floor(X(j)) + 1", "a2 n1"),
                              apply("m3", "ax.int_step", m="n", n="floor(X(j)) + 1"),
                              combine("m4", "n <= floor(X(j))", "m3"),
                              apply("m5", "ax.antisym", x="n", y="floor(X(j))"), combine("x", facts="m5 n1")))),
          intro("eqs", EQUATIONS[1:-1].format("floor(X(j))"), "l1 l2", apply("q0", "he", l="l"),
                *_same("floor(X(j))", "X(j)"), combine("z", facts="q0 s")),
          witness("z", t="j -> floor(X(j))")),
    intro("U", f"all p:real | {ZERO} => p = pi()", "p1 p2 p3", apply("z", "etr_training.one_zero", p="p", r="pi()")),
    witness("end"),
)



def tables(coefficients: Sequence[int], exponents: Sequence[Sequence[int]]) -> dict[str, str]:
    """One equation as the values of N, M, K, a, e."""
    return {"N": str(len(exponents[0])), "M": "1", "K": str(len(coefficients)),
            "a": f"l, k -> {_literal([coefficients])}[1,k]", "e": f"l, k, j -> {_literal(exponents)}[k,j]"}


def _literal(rows: Sequence[Sequence[int]]) -> str:
    return "[" + ",".join("[" + ",".join(map(str, row)) + "]" for row in rows) + "]"


def _left(coefficients: Sequence[int], exponents: Sequence[Sequence[int]], unknown: str) -> str:
    """The left side of the equation as the statement writes it, without bound names of its own."""
    return (f"sum(k=1..{len(coefficients)}: {_literal([coefficients])}[1,k]*prod(j=1..{len(exponents[0])}:"
            f" pow({unknown}, {_literal(exponents)}[k,j])))")


def _unrolled(coefficients: Sequence[int], exponents: Sequence[Sequence[int]], unknown: str) -> tuple[Step, ...]:
    """The fact `value`: the left side, written out as a polynomial. `unknown` is a term in j."""
    steps: list[Step] = []
    at = [unknown.replace("j", str(j)) for j in range(1, len(exponents[0]) + 1)]
    for power in sorted({n for row in exponents for n in row}):
        for j, x in enumerate(at, 1):
            steps.append(apply(f"w{j}_0", "ax.pow_zero", b=x) if power == 0 else
                         apply(f"w{j}_{power}", "ax.pow_succ", b=x, n=str(power - 1)))
    parts = []
    for k, row in enumerate(exponents, 1):
        body = f"j -> pow({unknown}, {_literal(exponents)}[{k},j])"
        steps.append(apply(f"p{k}_0", "ax.prod_empty", f=body, a="1", b="0"))
        steps += [apply(f"p{k}_{j}", "ax.prod_last", f=body, a="1", b=str(j)) for j in range(1, len(at) + 1)]
        product = "*".join(["1", *(f"{x}^{n}" for x, n in zip(at, row) if n)])
        used = [f"p{k}_{j}" for j in range(len(at) + 1)]
        used += [f"w{j}_{i}" for j, n in enumerate(row, 1) for i in range(n + 1)]
        steps.append(combine(f"m{k}", f"prod(j=1..{len(at)}: pow({unknown}, {_literal(exponents)}[{k},j])) = {product}",
                             " ".join(used), rounds=4))
        parts.append(f"({coefficients[k - 1]})*{product}")
    body = f"k -> {_left(coefficients, exponents, unknown).split(': ', 1)[1][:-1]}"
    steps.append(apply("s0", "ax.sum_empty", f=body, a="1", b="0"))
    steps += [apply(f"s{k}", "ax.sum_last", f=body, a="1", b=str(k)) for k in range(1, len(parts) + 1)]
    steps.append(combine("value", f"{_left(coefficients, exponents, unknown)} = {' + '.join(parts)}",
                         " ".join(f"s{k}" for k in range(len(parts) + 1))
                         + "".join(f" m{k}" for k in range(1, len(parts) + 1)), rounds=4))
    return tuple(steps)


INSTANCE = Witness((witness("end", **tables((1, -2, -1), ((2, 0), (0, 2), (0, 0)))),))
"""The equation x^2 - 2 y^2 = 1."""

HALF = ((2, -1), ((1,), (0,)))
_NO_HALF = intro(
    "no", f"all t:int->int => some l:int | 1 <= l, l <= 1, {_left(*HALF, 't(j)')} != 0", "",
    *_unrolled(*HALF, "t(j)"), apply("o", "ax.total", x="t(1)", y="0"),
    cases("z", "o", "c",
          [combine("q", f"{_left(*HALF, 't(j)')} < 0", "value c"),
           apply("r", "ax.lt_ne", x=_left(*HALF, "t(j)"), y="0"), witness("y", l="1")],
          [apply("i", "ax.int_step", m="0", n="t(1)"), combine("q", f"0 < {_left(*HALF, 't(j)')}", "value i"),
           apply("r", "ax.lt_ne", x="0", y=_left(*HALF, "t(j)")), combine("r1", f"0 < {_left(*HALF, 't(j)')}", "q"),
           witness("y", l="1")]))

_NONE = f"(all t:int->int => some l:int | 1 <= l, l <= M, {_POLY.format('t(j)')} != 0)"
"""The system has no integer solution."""

CONTROLS = (
    Control("relaxation", "a system without an integer solution has no real one either: 2 x = 1",
            statement(f"{ALL}, X:int->real | {SIZES}, {_REAL}, {_NONE} => 1 <= 0"),
            Witness((_NO_HALF, witness("end", **tables(*HALF), X="j -> 1/2")))),
    Control("any_zero", "any zero p of the sine below 4: with p = 0 every real number passes for an integer",
            statement(f"{ALL}, p:real, X:int->real | {SIZES}, p < 4, sin(p) = 0, {SINES}, {_REAL}, {_NONE}"
                      " => 1 <= 0"),
            Witness((_NO_HALF, apply("z0", "textbook.sin_zero"),
                     intro("z1", "all j:int | 1 <= j, j <= 1 => sin(0*(1/2)) = 0", "j1 j2", combine("z", facts="z0")),
                     witness("end", **tables(*HALF), X="j -> 1/2", p="0")))),
)

CLAIM = Claim(
    id="etr_training.sin_undecidable",
    title="A Diophantine system has an integer solution exactly if a sentence with sine holds in the reals",
    statement=STATEMENT,
    source=Source("D. Richardson, P. Wang, M. Laczkovich", 1968, "Undecidability of elementary sentences with sine",
                  "reconstructed", note="Recalled, not seen; with the theorem of Y. Matiyasevich (1970) on"
                                        " Diophantine sets."
                  " The definition of the integers through 3 < p < 4, sin(p) = 0 is proved here from the derivatives."),
    summary="Integer solutions and solutions of a sentence with sine are the same; a machine for the sentence would"
            " decide both.",
    derivation=_DERIVATION,
    instance=INSTANCE,
    controls=CONTROLS,
    attack="theory.etr_training.sin_undecidable_attack",
    comparison=(
        Comparison("pi",
                   "defined by 3 < pi < 4 and sin(pi) = 0",
                   "exactly one p has 3 < p < 4 and sin(p) = 0: pi, by enclosures of pi and sin(pi) = 0; at most one,"
                   " from the derivatives",
                   "as stated; sin(pi) = 0 is an axiom here, since nothing in the kernel gives completeness"),
        Comparison("integers",
                   "n is an integer iff sin(pi n) = 0",
                   "for every zero p in (3, 4), proved from the derivatives of sine and cosine",
                   "as stated"),
        Comparison("Diophantine systems",
                   "every Diophantine equation",
                   "M equations in N unknowns with K monomials each, all sizes",
                   "as stated, for systems"),
        Comparison("undecidability",
                   "by Matiyasevich, Robinson, Davis, Putnam",
                   "the equivalence that carries it over",
                   "algorithms are not expressible: the theorem of 1970 is named, not used"),
        Comparison("networks",
                   "pinned sin neurons through compiled products",
                   "not stated",
                   "etr_training.id_hardness gives the products, etr_training.gauge_obstruction says why the scale"
                   " must be pinned"),
        Comparison("attack",
                   "",
                   "same sizes and exponents; the solution is written out, floor(X_j), with p = pi, and the zero is"
                   " bounded on both sides",
                   "an existence under quantifiers has no point to be evaluated at"),
    ),
    tightness="An equivalence; a real solution is not enough (control relaxation), nor is any zero p (control"
              " any_zero).",
)

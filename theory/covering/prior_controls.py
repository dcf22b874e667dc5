"""Instance, controls and points against mutants of `covering.prior_bounds`."""

from __future__ import annotations

from theory.covering.constants_floor import covered_outputs, floor
from theory.covering.deep_bound_quoted import COUNT
from theory.covering.prior_terms import HYPOTHESES, SCHMIDT_HIEBER, hypotheses
from theory.language import (
    Control,
    Formula,
    Kill,
    Survivor,
    Witness,
    formula,
    statement,
    substitute,
    term,
)
from theory.language.derivation import Step, apply, combine, compute, intro, witness

INSTANCE = Witness((witness("end", L="1", w="1", d="l -> 1", s="l, u -> u", eps="1"),))

_LINEAR = {"L": 0, "d": ("lam", ("l",), 1), "s": ("lam", ("l", "u"), "u"), "e": 1, "y": ("lam", ("k",), 0)}
"""One linear layer with one input; one centre, the output 0."""

_NO_BIAS = ", (all i:int | 1 <= i, i <= d(L+1) => b(L+1)[i,1] = 0)"


def _few(cover: str, count: str, eps: str, *near: Step) -> Witness:
    """One function covers on the zero input: there the output is the output bias."""
    def closed(text: str) -> Formula:
        return substitute(formula(text), _LINEAR | {"eps": term(eps)})

    outputs = closed(cover[1:-1])
    ids = "bW bb h0 net" + (" nb" if _NO_BIAS in cover else "")
    return Witness((
        intro("cover", outputs, ids,
              apply("n", "net", l="1", i="1"), apply("x", "h0", i="1"),
              apply("a", "ax.at_add", r="1", c="1", p="1", v="1", A="W(1)*h(0)", B="b(1)"),
              apply("m", "ax.at_mul", r="1", k="1", c="1", p="1", v="1", A="W(1)", B="h(0)"),
              apply("s1", "ax.sum_last", f="j -> W(1)[1,j]*h(0)[j,1]", a="1", b="1"),
              apply("s0", "ax.sum_empty", f="j -> W(1)[1,j]*h(0)[j,1]", a="1", b="0"),
              combine("o", "h(1)[1,1] = b(1)[1,1]", "n x a m s1 s0", rounds=5),
              *near, witness("z", k="1")),
        witness("few", ("some", (("e", "int"), ("y", ("fun", (("k", "int"),), "real"))),
                        (substitute(formula(cover[1:-1]), {k: v for k, v in _LINEAR.items() if k not in "ey"}
                                    | {"eps": term(eps)}),
                         formula(f"e < ceil({count}/({eps}))"))), e="1", y="k -> 0"),
        witness("end", L="0", w="1", d="l -> 1", s="l, u -> u", eps=eps),
    ))


_BOUNDED = (apply("b1", "bb", l="1", i="1"),
            apply("c", "ax.cong", f="t -> abs(t)", x="h(1)[1,1] - 0", y="b(1)[1,1]"),
            combine("near", "abs(h(1)[1,1] - 0) <= 1", "b1 c", degree=1))
_ZERO = (apply("b1", "nb", i="1"), apply("c", "ax.cong", f="t -> abs(t)", x="h(1)[1,1] - 0", y="0"),
         compute("c0", "abs(0) = 0"), combine("near", "abs(h(1)[1,1] - 0) <= 1/2", "c c0", degree=1))

def _output(places: str, t: str) -> str:
    """Output of network t at x(k,j), its hidden units in the order that `places` gives."""
    i = places.format(t=t)
    return f"sum(i=1..n: a({t},{i})*s(w({t},{i})*x(k,j) + b({t},{i})))"


def _apart(places: str) -> str:
    return f"abs({_output(places, 'k')} - {_output(places, 'j')})"


_PLACED = "(all t i:int | 1 <= t, t <= M, 1 <= i, i <= n => {0})"
SORTING = statement(
    "all n M:int, a w b:(t:int,i:int)->real, p v:(t:int,i:int)->int, s:real->real, x:(k:int,j:int)->real, eps:real |"
    " 1 <= n, 2 <= M, 0 < eps, "
    + ", ".join(_PLACED.format(part) for part in ("1 <= p(t,i)", "p(t,i) <= n", "1 <= v(t,i)", "v(t,i) <= n",
                                                  "v(t,p(t,i)) = i", "p(t,v(t,i)) = i"))
    + ", (all t i:int | 1 <= t, t <= M, 1 <= i, i <= n - 1 => b(t,p(t,i)) <= b(t,p(t,i+1))),"
    f" (all k j:int | 1 <= k, k <= M, k + 1 <= j, j <= M => 2*eps < {_apart('i')})"
    f" => 1 <= sum(k=1..M: sum(j=k+1..M: ite({_apart('p({t},i)')}, 2*eps, 1, 0)))")
"""M functions are pairwise more than 2 eps apart; with sorted hidden units two of them would share a ball."""

_THREE = {"n": "2", "M": "3", "a": "t, i -> t", "w": "t, i -> i", "b": "t, i -> [[0, 1], [1, 0], [1, 0]][t,i]",
          "p": "t, i -> [[1, 2], [2, 1], [2, 1]][t,i]", "v": "t, i -> [[1, 2], [2, 1], [2, 1]][t,i]",
          "s": "u -> max(u, 0)", "x": "k, j -> 1", "eps": "1"}
"""Three ReLU networks with two hidden units and the outputs 4, 8, 12 at x = 1; two of them have to be sorted."""

CONTROLS = (
    Control("every_eps", "without eps <= (L+1) P: for eps = 100 Schmidt-Hieber's bound with S + 1 is below 1",
            statement(f"{hypotheses('')} => 1 <= {SCHMIDT_HIEBER.replace(COUNT, COUNT + ' + 1')}"),
            Witness((witness("end", L="0", w="1", d="l -> 1", s="l, u -> u", eps="100"),))),
    Control("floor_of_the_diameter", "at least ceil(2B/eps) functions: balls of radius eps have length 2 eps",
            statement(f"{HYPOTHESES} => {floor('1').replace('ceil(1/eps)', 'ceil(2/eps)')[1:-1]}"),
            _few(covered_outputs("1"), "2", "1", *_BOUNDED)),
    Control("no_output_bias", "the floor without an output bias: on the zero input all outputs are 0",
            statement(f"{HYPOTHESES} => all e:int, y:int->real | {covered_outputs('1', _NO_BIAS)} => ceil(1/eps) <= e"),
            _few(covered_outputs("1", _NO_BIAS), "1", "1/2", *_ZERO)),
    Control("sorting_lowers_the_number", "sorting hidden units lowers the covering number of the function class:"
            " the set of functions is the same, so a packing stays a packing", SORTING,
            Witness((witness("end", **_THREE),))),
)

def _sizes(name: str, eps: str, d: str = "l -> 1", w: str = "1", L: str = "0") -> Kill:
    return Kill(name, Witness((witness("end", L=L, w=w, d=d, eps=eps),)))


KILLS = (
    _sizes("one grid point", "2"),
    _sizes("one grid point, two layers", "8", L="1"),
    _sizes("two grid points", "1999/1000"),
    _sizes("two grid points, two layers", "7999/1000", L="1"),
    _sizes("a coarse eps", "100"),
    _sizes("eps negative", "-1/10", d="l -> 2 - l", w="2"),
    _sizes("eps = 0", "0"),
    _sizes("no outputs", "7", "l -> iite(l, 1, 1, 0)", L="1"),
    _sizes("w below the inputs alone", "3999/1000", "l -> iite(l, 0, 3, 1)"),
    _sizes("many outputs, coarse", "10", "l -> 1 + 9*l"),
    _sizes("a wide layer before the inputs, coarse", "100", "l -> iite(l, -1, 1000, 1)"),
    _sizes("a wide layer before the inputs", "2", "l -> iite(l, -1, 1000, 1)"),
    _sizes("between one and two grid points", "10/7"),
    _sizes("between one and two grid points, two layers", "31/5", L="1"),
    _sizes("w below a width", "4", "l -> 3 - 2*l", w="0"),
    _sizes("a layer of width 0", "1", "l -> l", w="1"),
    _sizes("no layer", "1/10", "l -> 1", L="-1"),
)
SURVIVORS = (
    Survivor(("drop H1",), "true: for L < 0 the product is empty and H5 would bound eps by L + 1 <= 0, against H4"),
    Survivor(("shift H2, end 0 of the range of l",),
             "true without inputs: d(0) = 0 still has 2 P <= V, and a negative d(0) makes P <= 0, against H5"),
    Survivor((*(f"constant conclusion 1, 1 by {part}" for part in ("1/100", "1/2", "1/100 (2)", "1/2 (2)", "1/100 (3)",
                                                                  "1/2 (3)")),
              "shift conclusion 1, end 0 of the prod", "shift conclusion 1, end L of the prod",
              "shift conclusion 1, index j of d",
              f"shift conclusion 1, exponent {COUNT.replace('l=1..L+1', 'l=1..L + 1').replace('d(l-1)', 'd(l - 1)')}"
              " of pow"),
             "true: our bound is m^S with S >= 2 and, even then, m >= ceil(1/eps)"),
    Survivor(("strictness conclusion 2", "strictness conclusion 3"),
             "true: ceil(x) < 2 x for x > 1 and for x = 1; the equality is a limit"),
    Survivor((*(f"constant conclusion {k}, 1 by 1/100{n}" for k in (2, 3) for n in ("", " (2)")),),
             "true where the number of grid points stays the same, and ceil(1.01 x) <= 2 x for x >= 1"),
)

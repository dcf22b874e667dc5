"""Points against mutants of `etr_training.hierarchy`, with all choices of its proof written out.

The grid point v below c, N steps, a distance delta within which F changes by at most half of F(c); a residual G with a
modulus w; a sink with bias b on a box B.
"""

from __future__ import annotations

from theory.etr_training.hierarchy import LOSS, NEAR, STRICT
from theory.language import Kill, Survivor, Witness, statement
from theory.language.derivation import Step, apply, combine, compute, intro, witness

_ON = "1 <= j, j <= p"
_CHANGES = (f"(all l:int | 1 <= l, l <= r, {NEAR.format('delta')} => abs(F(v,l) - F(c,l)) <= 1/2*F(c,l))")
ATTACKED = statement(
    "all p r N:int, theta:(c:real,j:int)->real, F:(c:real,l:int)->real, G:real->real, c v delta w B b:real |"
    f" H1: (all j:int | {_ON} => theta(v,j) = floor(theta(c,j)*N)/N), 1 <= N, 1/N <= delta, {_CHANGES},"
    f" {STRICT.format('c')}, abs(G(v) - G(c)) <= w, w < G(v), b <= B => some | {NEAR.format('1/N')},"
    " (all l:int | 1 <= l, l <= r => 1/2*F(c,l) <= F(v,l)), (all l:int | 1 <= l, l <= r => 0 < F(v,l)), 0 < G(c),"
    f" (1/(1 + exp(B)))^2 <= {LOSS}")
"""H1 of the claim for the one point v; H2, H3 the spacing; H4, H5 the system at c; H6, H7 the modulus; H8 the box."""


_FAR = intro(
    "far", "all l:int | 1 <= l, l <= 1, (all j:int | 1 <= j, j <= 1 => abs(0 - 1/2) <= 0)"
           " => abs((4*0 - 1) - (4*(1/2) - 1)) <= 1/2*(4*(1/2) - 1)", "l1 l2 near",
    apply("a", "near", j="1"), compute("half", "abs(0 - 1/2) = 1/2"), combine("no", "0 < 0", "a half"),
    combine("z", mul="no"))
"""The grid point is not within distance 0."""


def _point(name: str, *steps: Step, **values: str) -> Kill:
    plain = {"p": "1", "r": "1", "N": "1", "theta": "c, j -> c", "F": "c, l -> 1 + 2*c", "G": "c -> 1", "c": "1/2",
             "v": "0", "delta": "1", "w": "0", "B": "0", "b": "0"}
    return Kill(name, Witness((*steps, witness("end", **(plain | values)))))


KILLS = (
    _point("half of the value is left"), _point("just below the next grid point", c="999/1000", F="c, l -> 1"),
    _point("another point", v="5", F="c, l -> 1"), _point("a negative denominator", N="-1", c="0", F="c, l -> 1"),
    _point("a finer grid", N="2", c="499/1000", F="c, l -> 1"),
    _point("a distance below the spacing", _FAR, delta="0", F="c, l -> 4*c - 1"),
    _point("more than half is lost", F="c, l -> 4*c - 1"), _point("a closed system", F="c, l -> 0"),
    _point("two inequalities, the second lost", r="2", F="c, l -> 1 + 2*c - (l - 1)*(1 - c)*4"),
    _point("an inequality after the last", F="c, l -> (2 - l)*(1 + 2*c) + (l - 1)*(4*c - 1)", l="2"),
    _point("an inequality before the first", F="c, l -> l*(1 + 2*c) + (1 - l)*(4*c - 1)", l="0"),
    _point("a coordinate after the last", theta="c, j -> c + (j - 1)*(8*c - 4)", F="c, l -> 1", j="2"),
    _point("a coordinate before the first", theta="c, j -> c - (j - 1)*(8*c - 4)", F="c, l -> 1", j="0"),
    _point("two coordinates, the second far", p="2", theta="c, j -> c + (j - 1)*(8*c - 4)", F="c, l -> 1"),
    _point("two coordinates, the first far", p="2", theta="c, j -> c + (2 - j)*(8*c - 4)", F="c, l -> 1"),
    *(_point(f"another coordinate, {theta}", theta=f"c, j -> c + {theta}", F="c, l -> 1", j="1")
      for theta in ("(j - 1)*(8*c - 4)", "(2 - j)*(8*c - 4)", "(2 - j)*8*c", "(j - 1)*8*c")),
    *(_point(f"another inequality, {F}", F=f"c, l -> {F}", l="1")
      for F in ("(2 - l)*(4*c - 1) + (l - 1)", "(2 - l)*(4*c - 1) - (l - 1)", "(2 - l)*(4*c - 1) + 10*(l - 1)", "l - 1",
                "1 + 9*(l - 1)", "1 - 9*(l - 1)")),
    _point("a residual that reaches its modulus", G="c -> 1 - 2*c", w="1"),
    _point("no modulus", G="c -> 1 - 4*c"), _point("no residual", G="c -> 0"), _point("a modulus below 0", G="c -> -1",
                                                                                     w="-2"),
    _point("a sink outside its box", b="1"), _point("a larger box", B="2", b="2"),
    _point("a negative box", B="-2", b="-2"),
)

SURVIVORS = (
    Survivor(("strictness conclusion 1",), "true: the multiple below is nearer than 1/N"),
    Survivor(("constant conclusion 3, the bound by 1/100", "constant conclusion 3, the bound by 1/2",
              "constant conclusion 4, the bound by 1/100", "constant conclusion 4, the bound by 1/2"),
             "equivalent: a number and a positive multiple of it have one sign"),
    Survivor(("shift H4, end 1 of the range of j", "shift H4, end p of the range of j", "strictness H4",
              "shift H4, index j of theta", "shift H4, index j of theta (2)"),
             "false where another coordinate, or an equality, makes the premise of H4 empty; the replay computes its"
             " conclusion"),
    Survivor(("strictness conclusion 5",), "false at b = B, where both sides are one number that no evaluation"
                                           " writes down"),
)

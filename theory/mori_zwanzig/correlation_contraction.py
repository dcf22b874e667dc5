"""The squared maximal correlation of a layer is at most its Dobrushin coefficient, and variances decay accordingly.

X has the law p on m states, Y given X = x the law M(x, .) on n states. For E f(Y) = 0 the theorem bounds the mean
square of E[f(Y)|X] by delta times that of f(Y); likewise for the layer backward, the correlation, and along chains.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from theory.exact.rationals import exact
from theory.language import Claim, Comparison, Control, Source, Statement, Witness, statement
from theory.language.derivation import apply, intro, witness
from theory.language.errors import InputError, explain
from theory.mori_zwanzig.correlation_layers import (
    ADJOINT_OF,
    CHAIN,
    CROSS,
    IMAGE,
    INPUT,
    LAW,
    MEAN,
    OUTPUT,
    SECOND,
    VARIABLES,
)
from theory.mori_zwanzig.restating import restated

CENTRED = f"{MEAN} = 0"


def layer_statement(bound: str = f"{IMAGE} <= delta*{SECOND}", *, law: str = LAW, mean: str = f", H6: {CENTRED}"
                    ) -> Statement:
    """A law on m states, transition probabilities to n states, an observable of mean zero."""
    return statement(f"all {VARIABLES}, delta:real, f:int->real | {law}{mean} => {bound}")


_ONE = f"(all f:int->real | {CENTRED} => {IMAGE} <= delta*{SECOND})"
_PAIR = f"(all f g:int->real | {CENTRED} => {CROSS}*{CROSS} <= delta*({INPUT}*{SECOND}))"
_BACK = f"(all g h:int->real | {ADJOINT_OF}, sum(x=1..m: p(x)*g(x)) = 0 => {OUTPUT} <= delta*{INPUT})"
STATEMENT = statement(f"all {VARIABLES}, delta:real | {LAW} => some | {_ONE}, {_PAIR}, {_BACK}, ({CHAIN.statement})")
"""Part 1 one layer; 2 the correlation of two functions; 3 the layer backward; 4 variances along a chain."""

ERASED = {"m": "2", "n": "3", "p": "x -> 1/2", "M": "x, y -> [[1/2,0,1/2],[0,1/2,1/2]][x,y]", "delta": "1/2",
          "f": "y -> [[1,-1,0]][1,y]"}
"""A fair sign that is lost with probability 1/2: delta = 1/2 and the bound is attained."""

_LAYER = {"m": "m", "n": "n", "p": "x -> p(x)", "M": "x, y -> M(x,y)", "delta": "delta"}

CLAIM = Claim(
    id="mori_zwanzig.correlation_contraction",
    title="The squared maximal correlation is at most Dobrushin's coefficient",
    statement=STATEMENT,
    source=Source("J. E. Cohen, J. H. B. Kemperman, G. Zbaganu", 1998, "Comparisons of Stochastic Matrices", "new",
                  note="The theorem is classical and was recalled, not read (also M. Raginsky 2016). Neither it nor the"
                  " spectral theorem is cited: the proof by interlaced log-convex norms was made here."),
    summary="On functions of mean zero a layer contracts mean squares by its Dobrushin coefficient, forward and"
            " backward, so Var q_0 <= prod delta_l Var u along any chain.",
    derivation=(
        intro("A", _ONE[1:-1], "f1", apply("Az", "mori_zwanzig.correlation_contraction_layer", **_LAYER,
                                           f="y -> f(y)")),
        intro("B", _PAIR[1:-1], "f1", apply("Bz", "mori_zwanzig.correlation_squared", **_LAYER, f="y -> f(y)",
                                            g="x -> g(x)")),
        intro("C", _BACK[1:-1], "g1 g2", apply("Cz", "mori_zwanzig.adjoint_contraction", **_LAYER, g="x -> g(x)",
                                               h="y -> h(y)")),
        restated("D", CHAIN), witness("end"),
    ),
    instance=Witness((witness("end", **{name: text for name, text in ERASED.items() if name != "f"}),)),
    controls=(
        Control("squared_coefficient", "delta^2 in place of delta: a sign lost with probability 1/2 attains delta",
                layer_statement(f"{IMAGE} <= delta*delta*{SECOND}"), Witness((witness("end", **ERASED),))),
        Control("mean_not_zero", "the bound for functions whose mean is not zero: constants are not forgotten",
                layer_statement(mean=""),
                Witness((witness("end", **{**ERASED, "M": "x, y -> 1/3", "delta": "0", "f": "y -> 1"}),))),
        Control("neighbouring_states", "overlaps of neighbouring states only: the outer two may share nothing",
                layer_statement(law=LAW.replace("1 <= z, z <= m =>", "1 <= z, z <= m, z <= x + 1, x <= z + 1 =>")),
                Witness((witness("end", m="3", n="2", p="x -> [[1/2,0,1/2]][1,x]",
                                 M="x, y -> [[1,0],[1/2,1/2],[0,1]][x,y]", delta="1/2", f="y -> 3 - 2*y"),))),
    ),
    comparison=(
        Comparison("bound", "s_n^2 <= delta_n, cited from Cohen, Kemperman and Zbaganu",
                   "part 2: E[g(X) f(Y)]^2 <= delta E g^2 E f^2 for every f of mean zero, proved without a citation",
                   "finitely many states, any laws (weights may vanish)"),
        Comparison("layer and adjoint", "||M Q|| = s_n on L^2(p)",
                   "part 1: mean squares of E[f(Y)|X]; part 3: of h = E[g(X)|Y], given by w h = M^T (p g)",
                   "the norm itself is not named, what it bounds is"),
        Comparison("variance", "Var q_0(X_0) <= prod s_n^2 Var u(X_L), hence <= prod delta_n Var u(X_L)",
                   "part 4: any depth, any widths, q_l the conditional expectations backward",
                   "as stated, finite levels"),
        Comparison("coefficient", "delta_n = sup TV of two rows", "H5: delta >= 1 - overlap for every two rows",
                   "the same for finitely many states; for uniform and Gaussian noise see mori_zwanzig.dobrushin"),
    ),
    tightness="A fair sign lost with probability 1 - delta attains it for every delta: E[f(Y)|X] = delta X.",
    attack="theory.mori_zwanzig.correlation_contraction_attack",
)


def variance_bound(coefficients: Sequence[int | Fraction | str], variance: int | Fraction | str) -> Fraction:
    """Return prod delta_l times the variance of the readout: no input function q_0 has a larger one.

    Raises:
        InputError: a coefficient outside [0, 1] or a negative variance. ExactnessError: a float.

    >>> variance_bound(["1/2", "1/2"], 3)
    Fraction(3, 4)
    """
    out = exact(variance, "variance")
    if out < 0:
        raise InputError(explain("variance", "a number >= 0", str(out), "Give the variance of u(X_L)."))
    for value in coefficients:
        factor = exact(value, "Dobrushin coefficient")
        if not 0 <= factor <= 1:
            raise InputError(explain("Dobrushin coefficient", "a number in [0, 1]", str(factor), "See dobrushin."))
        out *= factor
    return out

"""Forward and backward operators are dual, so the mean of the output is the integral of p_n q_n at every depth n.

Part 1 is exact and finite, for every depth: level l has d(l) states of weights v(l, .), a(l, x, y) is the transition
density of layer l, p goes forward and q backward. Part 2 is one layer with integrals, given the cited laws.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from theory.language import Claim, Comparison, Control, Lemma, Statement, Witness, statement
from theory.language.derivation import apply, combine, induct, intro, witness
from theory.language.errors import InputError, explain
from theory.mori_zwanzig.kernel_integrals import INTEGRAL_DUAL
from theory.mori_zwanzig.noise_laws import venturi_li
from theory.mori_zwanzig.restating import restated

_P = "sum(x=1..d(l): v(l,x)*a(l,x,y)*g(l,x))"
_Q = "sum(y=1..d(l+1): v(l+1,y)*a(l,x,y)*h(l+1,y))"
_LAYER = "0 <= l, l <= L - 1"
_MEAN = "sum(x=1..d({0}): v({0},x)*g({0},x)*h({0},x))"
INVARIANT = f"(all l:int | 0 <= l, l <= L => {_MEAN.format('l')} = {_MEAN.format('0')})"


def chain_statement(conclusion: str, forward: str = _P) -> Statement:
    """Densities g(l, .) forward, conditional expectations h(l, .) backward, along a chain of finite kernels."""
    return statement(
        "all L:int, d:int->int, a:(l:int,x:int,y:int)->real, v g h:(l:int,x:int)->real |"
        " H1: (all l:int | 0 <= l, l <= L => 0 <= d(l)),"
        f" H2: (all l y:int | {_LAYER}, 1 <= y, y <= d(l+1) => g(l+1,y) = {forward}),"
        f" H3: (all l x:int | {_LAYER}, 1 <= x, x <= d(l) => h(l,x) = {_Q}) => {conclusion}")


STATEMENT = chain_statement(f"some | {INVARIANT}, ({{}})".format(str(INTEGRAL_DUAL.statement)))
"""H1 widths; H2 forward (transfer) and H3 backward (composition) along the layers."""

DEPTH_INVARIANT = Lemma(
    "mori_zwanzig.depth_invariant", "The integral of density times mean function is the same at every depth",
    chain_statement(INVARIANT), (
    induct("I", f"all k:int | 0 <= k => (all | k <= L => {_MEAN.format('k')} = {_MEAN.format('0')})", "hk ih",
           [intro("z", None, "h0", combine("y"))],
           [intro("z", None, "h0", apply("u", "ih"), apply("s1", "H1", l="k"), apply("s2", "H1", l="k + 1"),
                  apply("du", "mori_zwanzig.dual_sums", m="d(k)", n="d(k + 1)", k="x, y -> a(k,x,y)",
                        v="x -> v(k,x)", w="y -> v(k + 1,y)", p="x -> g(k,x)", u="y -> h(k + 1,y)"),
                  intro("f", "all y:int | 1 <= y, y <= d(k + 1) => v(k + 1,y)*g(k + 1,y)*h(k + 1,y) = v(k + 1,y)"
                        "*sum(x=1..d(k): v(k,x)*a(k,x,y)*g(k,x))*h(k + 1,y)", "y1 y2",
                        apply("e", "H2", l="k", y="y"), combine("w", facts="e")),
                  intro("b", "all x:int | 1 <= x, x <= d(k) => v(k,x)*g(k,x)*h(k,x) = v(k,x)*g(k,x)"
                        "*sum(y=1..d(k+1): v(k + 1,y)*a(k,x,y)*h(k + 1,y))", "x1 x2",
                        apply("e", "H3", l="k", x="x"), combine("w", facts="e")),
                  apply("cf", "textbook.sum_cong", f="y -> v(k + 1,y)*g(k + 1,y)*h(k + 1,y)",
                        g="y -> v(k + 1,y)*sum(x=1..d(k): v(k,x)*a(k,x,y)*g(k,x))*h(k + 1,y)", a="1", b="d(k + 1)"),
                  apply("cb", "textbook.sum_cong", f="x -> v(k,x)*g(k,x)*h(k,x)",
                        g="x -> v(k,x)*g(k,x)*sum(y=1..d(k+1): v(k + 1,y)*a(k,x,y)*h(k + 1,y))", a="1", b="d(k)"),
                  combine("y", facts="u du cf cb", rounds=4))]),
    intro("end", INVARIANT[1:-1], "l1 l2", apply("i", "I", k="l"), apply("z", "i")),
))

LEMMAS = (DEPTH_INVARIANT,)

_DERIVATION = (
    apply("A", "mori_zwanzig.depth_invariant", L="L", d="l -> d(l)", a="l, x, y -> a(l,x,y)", v="l, x -> v(l,x)",
          g="l, x -> g(l,x)", h="l, x -> h(l,x)"),
    restated("B", INTEGRAL_DUAL),
)

_TWO = "ite({0}, 1, {1}, {2})"
_POINT = {"L": "1", "d": "l -> 2", "v": "l, x -> 1", "a": "l, x, y -> ite(x, y, y - x, 0)",
          "g": "l, x -> ite(l, 0, ite(x, 1, 1, 0), ite(x, 1, 0, 1))",
          "h": "l, x -> ite(l, 0, ite(x, 1, 1, 0), ite(x, 1, 0, 1))"}
"""Two points, everything moves one step to the right: p = (1,0) becomes (0,1), u = (0,1) becomes (1,0); mean 1."""

CONTROLS = (
    Control("reflected_kernel", "forward with rho(F(x) - y) in place of rho(y - F(x)): noise that only moves to the"
                                " right"
                                " moves densities to the left",
            chain_statement(INVARIANT, forward=_P.replace("a(l,x,y)", "a(l,y,x)")),
            Witness((witness("end", **{**_POINT, "g": "l, x -> ite(l, 0, ite(x, 1, 1, 0), 0)"}),))),
    Control("weights_of_the_next_level", "the integral over x taken with the weights of the level of y",
            chain_statement(INVARIANT, forward=_P.replace("v(l,x)", "v(l+1,x)")),
            Witness((witness("end", **{**_POINT, "v": "l, x -> l + 1",
                                       "g": "l, x -> ite(l, 0, ite(x, 1, 1, 0), ite(x, 1, 0, 2))",
                                       "h": "l, x -> ite(l, 0, ite(x, 1, 2, 0), ite(x, 1, 0, 1))"}),))),
)

CLAIM = Claim(
    id="mori_zwanzig.duality",
    title="Transfer and composition operators are dual; the mean of the output is the same at every depth",
    statement=STATEMENT,
    source=venturi_li("The adjoint pair of operators is announced in the abstract; the depth invariant is stated"
                      " here as"
                      " a self-check of implementations."),
    summary="The integral of p_n q_n does not depend on the depth n: from the input density with the network's mean"
            " function to the output density with the readout.",
    derivation=_DERIVATION,
    instance=Witness((witness("end", **_POINT),)),
    controls=CONTROLS,
    comparison=(
        Comparison("duality", "<N p, u> = <p, M u> for p in L^1, u in L^infinity",
                   "part 2: bounded kernel, p and u over finite measures om, on",
                   "given Fubini and linearity (cited); bounded p in place of integrable p; points are reals, which"
                   " stand for states of any dimension"),
        Comparison("depth invariant", "E u(X_L) is the integral of p_n q_n for every n",
                   "part 1: for every depth, all widths, weighted sums in place of integrals; exact", "finite levels"),
        Comparison("discretisation", "A' against A", "weights v(l, .) of quadrature or of a partition", "as stated"),
        Comparison("equal operator norms", "||M|| = ||N|| in L^2", "not stated; it follows from the duality", ""),
    ),
    tightness="An equality.",
    attack="theory.mori_zwanzig.duality_attack",
)


def dual_products(kernel: Sequence[Sequence[int | Fraction]], weights: tuple[Sequence[int | Fraction], ...],
                  density: Sequence[int | Fraction], values: Sequence[int | Fraction]) -> tuple[Fraction, Fraction]:
    """Return (<N p, u>, <p, M u>) of a finite kernel a[x][y] with `weights` = (those of x, those of y).

    Raises:
        InputError: the sizes do not fit.

    >>> dual_products([[0, 1], [0, 0]], ([1, 1], [1, 1]), [1, 0], [0, 1])
    (Fraction(1, 1), Fraction(1, 1))
    """
    first, second = weights
    if (len(first), len(second)) != (len(density), len(values)) or len(kernel) != len(first) \
            or any(len(row) != len(second) for row in kernel):
        raise InputError(explain("kernel", f"{len(density)} rows of {len(values)} entries and weights of those sizes",
                                 f"{[len(row) for row in kernel]}, weights {len(first)}, {len(second)}",
                                 "Give one row per state x and one column per state y."))
    forward = [sum(Fraction(v) * a[y] * p for v, a, p in zip(first, kernel, density)) for y in range(len(values))]
    backward = [sum(Fraction(w) * a * u for w, a, u in zip(second, row, values)) for row in kernel]
    return (Fraction(sum(w * n * u for w, n, u in zip(second, forward, values))),
            Fraction(sum(v * p * m for v, p, m in zip(first, density, backward))))

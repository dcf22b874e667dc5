"""Training commutes with permutations of hidden units: the whole trajectory, for every number of steps.

A permutation of hidden units permutes the coordinates of the parameters, (g theta)(c) = theta(p(c)). If the loss is
invariant, its gradient is equivariant, and an update that treats every coordinate alike keeps the two runs, from theta
and from g theta, permuted copies of each other. Each coordinate carries two states, the moments of Adam.
"""

from __future__ import annotations

from collections.abc import Callable

from theory.language import Claim, Comparison, Control, Lemma, Source, Statement, Witness, statement
from theory.language.derivation import Step, apply, cases, combine, compute, induct, intro, obtain, witness


def derivative(f: str, at: str, slope: str, radius: str = "k") -> str:
    """The formula "u -> f has derivative `slope` at `at`" of the notation; `f` has a place {} for its argument.

    For every e > 0 there is a radius within which the error of the linear approximation is at most e |h|.
    """
    return (f"(all e:real | 0 < e => some {radius}:real | 0 < {radius}, (all h:real | abs(h) < {radius}"
            f" => abs({f.format(f'{at} + h')} - {f.format(at)} - {slope}*h) <= e*abs(h)))")


_BOTH = f"ha: {derivative('f({})', 'p', 'a')}, hb: {derivative('f({})', 'p', 'b', 'm')}"

SLOPE_ORDER = Lemma(
    "covering.slope_order", "Of two derivatives of a function at a point the first is at most the second",
    statement(f"all f:real->real, p a b:real | {_BOTH} => a <= b"),
    (
        apply("or", "ax.total", x="a", y="b"),
        cases("end", "or", "c", [combine("z", facts="c")],
              # with e = (a - b)/4 and a small h > 0 the errors give (a - b) h <= 2 e h, half of it
              [apply("A", "ha", e="(a - b)/4"), apply("B", "hb", e="(a - b)/4"),
               obtain("z", "A", "k0 A1", obtain("y", "B", "m0 B1",
                      apply("ml", "ax.min_left", x="k", y="m"), apply("mr", "ax.min_right", x="k", y="m"),
                      apply("tot", "ax.total", x="k", y="m"),
                      cases("mp", "tot", "w", [apply("g", "ax.min_ge", x="k", y="m", z="k"),
                                               combine("v", "0 < min(k, m)", "g k0")],
                            [apply("g", "ax.min_ge", x="k", y="m", z="m"), combine("v", "0 < min(k, m)", "g m0")],
                            goal="0 < min(k, m)"),
                      apply("ab", "ax.abs_le", x="min(k, m)/2", y="min(k, m)/2"),
                      apply("a1", "A1", h="min(k, m)/2"), apply("b1", "B1", h="min(k, m)/2"),
                      apply("a2", "textbook.abs_bounds", use="a1"), apply("b2", "textbook.abs_bounds", use="b1"),
                      combine("q", "(a - b)/4*abs(min(k, m)/2) <= (a - b)/4*(min(k, m)/2)", "ab c"),
                      obtain("x", "a2", "a3 a4 a5", obtain("w", "b2", "b3 b4 b5",
                             combine("n", "(a - b)*(min(k, m)/2) <= 0", "a4 b3 q", degree=1),
                             combine("y", facts="n", mul="mp", degree=1)))))]),
    ),
)

SLOPE_UNIQUE = Lemma(
    "covering.slope_unique", "Functions that agree everywhere have the same derivative at a point",
    statement("all f g:real->real, p r a b:real | hpr: p = r, hfg: (all u:real => f(u) = g(u)),"
              f" ha: {derivative('f({})', 'p', 'a')}, hb: {derivative('g({})', 'r', 'b')} => a = b"),
    (
        intro("hc", derivative("f({})", "p", "b"), "e0", apply("x", "hb", e="e"),
              obtain("z", "x", "k0 x1",
                     intro("y", "all h:real | abs(h) < k => abs(f(p + h) - f(p) - b*h) <= e*abs(h)", "h0",
                           apply("x2", "x1", h="h"), apply("u", "hfg", u="p + h"), apply("v", "hfg", u="p"),
                           apply("u2", "ax.cong", f="t -> g(t)", x="p + h", y="r + h"),
                           apply("v2", "ax.cong", f="t -> g(t)", x="p", y="r"),
                           combine("w", "f(p + h) - f(p) - b*h = g(r + h) - g(r) - b*h", "u v u2 v2"),
                           apply("w2", "ax.cong", f="t -> abs(t)", x="f(p + h) - f(p) - b*h",
                                 y="g(r + h) - g(r) - b*h"),
                           combine("y", facts="x2 w2", degree=1)),
                     witness("w", k="k"))),
        apply("x", "covering.slope_order", f="t -> f(t)", p="p", a="a", b="b"),
        apply("y", "covering.slope_order", f="t -> f(t)", p="p", a="b", b="a"), apply("end", "ax.antisym"),
    ),
)

RANGE = "0 <= t, 1 <= c, c <= S"
"""Steps and coordinates."""

_START = "(all c:int | 1 <= c, c <= S => {y}(0,c) = {x}(0,p(c)))"
_STEP = "(all t c:int | {range} => {new}(t+1,c) = {rule}({args}, {x}(t,c), {m}(t,c), {s}(t,c), {d}(t,c)))"
INVARIANT = (f"(all t c:int, u:real | {RANGE}, (all i:int | 1 <= i, i <= S => y(t,i) = x(t,p(i)))"
              " => G(t,c,u) = F(t,p(c),u))")
"""Loss at g theta = loss at theta: on the line through y(t) along c, if y(t) = g x(t), as on that through x(t) along
p(c). F(t,c,u) is the loss at x(t) with coordinate c replaced by u, and G(t,c,u) that at y(t)."""


def _slope(loss: str, at: str, slope: str) -> str:
    return derivative(f"{loss}(t,c,{{}})", f"{at}(t,c)", f"{slope}(t,c)")[1:-1]


def _affine(loss: str, at: str, slope: str) -> str:
    return f"all h:real => {loss}(t,c,{at}(t,c) + h) - {loss}(t,c,{at}(t,c)) = {slope}(t,c)*h"


def _statement(*, invariance: str = f" H5: {INVARIANT},", per_unit: bool = False, whole: bool = True,
               gradient: Callable[[str, str, str], str] = _slope) -> Statement:
    """The theorem, or a neighbour: without the invariance of the loss, with rules for each coordinate, for losses that
    are affine along each coordinate (`gradient`)."""
    args = "t, c" if per_unit else "t"
    rule = f"(t:int,{'c:int,' if per_unit else ''}v:real,m:real,s:real,d:real)->real"
    runs = (("x", "m", "s", "D"), ("y", "n", "z", "E"))
    steps = ", ".join(
        f"H{8 + 3 * k + place}: " + _STEP.format(range=RANGE, new=run[place], rule="UVW"[place], args=args, x=run[0],
                                                 m=run[1], s=run[2], d=run[3])
        for k, run in enumerate(runs) for place in range(3))
    return statement(
        f"all S:int, p:int->int, x y m n s z D E:(t:int,c:int)->real, F G:(t:int,c:int,u:real)->real, U V W:{rule} |"
        " H1: (all c:int | 1 <= c, c <= S => some | 1 <= p(c), p(c) <= S),"
        f" H2: {_START.format(x='x', y='y')}, H3: {_START.format(x='m', y='n')}, H4: {_START.format(x='s', y='z')},"
        f"{invariance} H6: (all t c:int | {RANGE} => {gradient('F', 'x', 'D')}),"
        f" H7: (all t c:int | {RANGE} => {gradient('G', 'y', 'E')}), {steps}"
        f" => (all t c:int | {RANGE} => {'some | ' * whole}y(t,c) = x(t,p(c)){', E(t,c) = D(t,p(c))' * whole})")


STATEMENT = _statement()

ATTACKED = _statement(gradient=_affine)
"""The theorem for losses that are affine along each coordinate: no limits, so that its negation can be evaluated."""

_AT = "x(k,p(c)) m(k,p(c)) s(k,p(c)) D(k,p(c))".split()
_BT = "y(k,c) n(k,c) z(k,c) E(k,c)".split()


def _congruent(rule: str) -> list[Step]:
    """Rule(k, y, n, z, E) = Rule(k, x, m, s, D): one argument after the other."""
    out = []
    for place in range(4):
        before, after = ", ".join(_AT[:place]), ", ".join(_BT[place + 1:])
        hole = ", ".join(part for part in (before, "w", after) if part)
        out.append(apply(f"c{rule}{place}", "ax.cong", f=f"w -> {rule}(k, {hole})", x=_BT[place], y=_AT[place]))
    return out


_SAME = "some | {0}(k,c) = {1}(k,p(c)), {2}(k,c) = {3}(k,p(c)), {4}(k,c) = {5}(k,p(c))".format(*"yxnmzs")


def _gradient(k: str) -> list[Step]:
    """At step k the gradient is equivariant, if the runs agree there (fact `ih`)."""
    return [
        apply("r", "H1", c="c"),
        intro("eq", f"all i:int | 1 <= i, i <= S => y({k},i) = x({k},p(i))", "i1 i2", apply("a", "ih", c="i"),
              obtain("b", "a", "b1 b2 b3", apply("z", "b1"))),
        intro("inv", f"all u:real => G({k},c,u) = F({k},p(c),u)", "", apply("z", "H5", t=k, c="c", u="u")),
        obtain("g", "r", "r1 r2", apply("d1", "H6", t=k, c="p(c)"), apply("d2", "H7", t=k, c="c"),
               apply("y0", "eq", i="c"),
               apply("u", "covering.slope_unique", f=f"u -> G({k},c,u)", g=f"u -> F({k},p(c),u)", p=f"y({k},c)",
                     r=f"x({k},p(c))", a=f"E({k},c)", b=f"D({k},p(c))"), goal=f"E({k},c) = D({k},p(c))"),
    ]


_DERIVATION = (
    induct("I", f"all k:int | 0 <= k => (all c:int | 1 <= c, c <= S => {_SAME})", "hk ih",
           [intro("z", None, "c1 c2", apply("a", "H2", c="c"), apply("b", "H3", c="c"), apply("d", "H4", c="c"))],
           [intro("z", None, "c1 c2", *_gradient("k"), apply("e", "ih", c="c"),
                  obtain("y", "e", "e1 e2 e3", obtain("x", "r", "r1 r2",
                         *(step for rule in "UVW" for step in _congruent(rule)),
                         *(apply(f"s{n}", f"H{8 + n}", t="k", c="p(c)") for n in range(3)),
                         *(apply(f"s{n}", f"H{8 + n}", t="k", c="c") for n in range(3, 6)),
                         *(combine(f"f{n}", f"{b}(k+1,c) = {a}(k+1,p(c))",
                                   f"s{n} s{n + 3} c{rule}0 c{rule}1 c{rule}2 c{rule}3", rounds=7)
                           for n, (rule, b, a) in enumerate(("Uyx", "Vnm", "Wzs"))))))]),
    intro("end", None, "t0 c1 c2", apply("ih", "I", k="t"), *_gradient("t"), apply("e", "ih", c="c"),
          obtain("z", "e", "e1 e2 e3", apply("y1", "e1"), witness("y"))),
)

LEMMAS = (SLOPE_ORDER, SLOPE_UNIQUE)

# ---- a loss that is linear, so that every trajectory has a closed form

_FLAT = intro("flat", "all e:real | 0 < e => some k:real | 0 < k, (all h:real | abs(h) < k => abs(0) <= e*abs(h))",
              "e0", intro("r", "all h:real | abs(h) < 1 => abs(0) <= e*abs(h)", "h0", compute("o", "abs(0) = 0"),
                          apply("a", "textbook.abs_nonneg", x="h"), combine("z", facts="o a e0")),
              witness("z", k="1"))
"""The error of the linear approximation is 0."""

_PLAIN = {"S": "2", "p": "c -> 3 - c", "m": "t, c -> 0", "n": "t, c -> 0", "s": "t, c -> 0", "z": "t, c -> 0"}
_EQUAL = {**_PLAIN, "x": "t, c -> c - 1 - t", "y": "t, c -> 2 - c - t", "D": "t, c -> 1", "E": "t, c -> 1",
          "F": "t, c, u -> u + 2 - c - t", "G": "t, c, u -> u + c - 1 - t"}
"""Gradient descent with step 1 on theta_1 + theta_2 from (0, 1) and, exchanged, from (1, 0)."""

_UNEQUAL = {**_PLAIN, "x": "t, c -> c - 1 - c*t", "y": "t, c -> 2 - c - c*t"}
"""The same starts when coordinate 2 moves twice as fast as coordinate 1."""

CLAIM = Claim(
    id="covering.training_equivariant",
    title="Training from permuted parameters gives permuted parameters, after every number of steps",
    statement=STATEMENT,
    source=Source("G. Shen", 2023, "Complexity of Feed-Forward Neural Networks from the Perspective of Functional"
                  " Equivalence", "reconstructed", arxiv="2305.11417",
                  note="Behind the paper's remark on random initialization. The gradient is the gradient in the sense"
                  " of the difference quotient; its equivariance is derived from the invariance of the loss."),
    summary="If the loss does not change under a permutation of coordinates, gradient descent, momentum, RMSprop, Adam"
            " and every other coordinate-wise update commute with it, step by step.",
    derivation=_DERIVATION,
    instance=Witness((_FLAT, witness("end", **_EQUAL, U="t, v, m, s, d -> v - d", V="t, v, m, s, d -> 0",
                                     W="t, v, m, s, d -> 0"))),
    controls=(
        Control("rate_per_unit", "the learning rate differs from unit to unit: coordinate c moves with rate c",
                _statement(per_unit=True, whole=False),
                Witness((
                    _FLAT,
                    intro("inv", "all t c:int, u:real | 0 <= t, 1 <= c, c <= 2, (all i:int | 1 <= i, i <= 2"
                          " => 2 - i - i*t = (3 - i) - 1 - (3 - i)*t)"
                          " => u + (2 - (3 - c) - (3 - c)*t) = u + ((3 - (3 - c)) - 1 - (3 - (3 - c))*t)",
                          "a b c' d'", apply("e", "d'", i="3 - c"), combine("z", facts="e")),
                    witness("end", **_UNEQUAL, D="t, c -> 1", E="t, c -> 1",
                            F="t, c, u -> u + ((3 - c) - 1 - (3 - c)*t)", G="t, c, u -> u + (2 - (3 - c) - (3 - c)*t)",
                            U="t, c, v, m, s, d -> v - c*d", V="t, c, v, m, s, d -> 0", W="t, c, v, m, s, d -> 0")))),
        Control("loss_not_invariant", "the loss weighs the units differently: theta_1 + 2 theta_2",
                _statement(invariance="", whole=False),
                Witness((
                    _FLAT,
                    witness("end", **_UNEQUAL, D="t, c -> c", E="t, c -> c",
                            F="t, c, u -> c*u + (3 - c)*((3 - c) - 1 - (3 - c)*t)",
                            G="t, c, u -> c*u + (3 - c)*(2 - (3 - c) - (3 - c)*t)", U="t, v, m, s, d -> v - d",
                            V="t, v, m, s, d -> 0", W="t, v, m, s, d -> 0")))),
    ),
    comparison=(
        Comparison("gradient", "L(g theta) = L(theta) => grad L(g theta) = g grad L(theta)", "H5 and the difference"
                   " quotients H6, H7 give E(t,c) = D(t, p(c))", "as stated; derivatives by epsilon and delta, unique"
                   " by covering.slope_unique"),
        Comparison("loss", "a function of all parameters", "its values on the lines through the current parameters"
                   " along each coordinate: F(t,c,u) and G(t,c,u)", "all that a gradient needs; that permuting hidden"
                   " units leaves the network and so the loss unchanged is covering.permuted_states"),
        Comparison("updates", "GD, momentum, RMSprop, Adam, weight decay", "any U, V, W of the step, the coordinate,"
                   " two states and the gradient, the same for every coordinate", "more general; written out in"
                   " covering.momentum_equivariant and covering.adam_equivariant"),
        Comparison("Newton, Levenberg-Marquardt", "equivariant under orthogonal maps", "covering.newton_equivariant:"
                   " one step, with the Hessian P H P' at g theta given", "weaker: the Hessian's equivariance is not"
                   " derived from the loss"),
        Comparison("conclusion", "A(g theta) = g A(theta)", "y(t,c) = x(t, p(c)) for every number of steps t",
                   "as stated, by induction on t; p need not be a bijection"),
    ),
    tightness="An equality at every step.",
    attack="theory.covering.training_equivariant_attack",
    attacked=ATTACKED,
)

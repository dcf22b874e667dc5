"""Momentum with weight decay and Adam are coordinate-wise updates: their runs from theta and g theta stay permuted.

`covering.trained_ends` gives the hypothesis of `covering.init_probability` on where training ends; Newton's step, which
is not coordinate-wise, commutes with all orthogonal maps.
"""

from __future__ import annotations

from theory.covering.training_equivariant import INVARIANT, RANGE, derivative
from theory.language import Lemma, statement
from theory.language.derivation import Step, apply, combine, induct, intro, obtain

_COMMON = ("hp: (all c:int | 1 <= c, c <= S => some | 1 <= p(c), p(c) <= S), h0: (all c:int | 1 <= c, c <= S"
           " => y(0,c) = x(0,p(c)))")
_LOSS = (f"hi: {INVARIANT}, hD: (all t c:int | {RANGE} => {derivative('F(t,c,{})', 'x(t,c)', 'D(t,c)')[1:-1]}),"
         f" hE: (all t c:int | {RANGE} => {derivative('G(t,c,{})', 'y(t,c)', 'E(t,c)')[1:-1]})")
_GOAL = f"(all t c:int | {RANGE} => some | y(t,c) = x(t,p(c)), E(t,c) = D(t,p(c)))"


def _zero(name: str, state: str) -> str:
    """A state that starts at 0."""
    return f"{name}: (all c:int | 1 <= c, c <= S => {state}(0,c) = 0)"


def _rule(name: str, state: str, value: str) -> str:
    """The update of a state."""
    return f"{name}: (all t c:int | {RANGE} => {state}(t+1,c) = {value})"


def _started(name: str, first: str, second: str, zero1: str, zero2: str) -> Step:
    """Two states that start at 0 start permuted."""
    return intro(name, f"all c:int | 1 <= c, c <= S => {second}(0,c) = {first}(0,p(c))", "c1 c2",
                 apply("r", "hp", c="c"),
                 obtain("z", "r", "r1 r2", apply("a", zero1, c="p(c)"), apply("b", zero2, c="c"),
                        combine("y", facts="a b")))


def _through(**functions: str) -> Step:
    """`covering.training_equivariant` for these states and rules; everything else by its own name."""
    names = {name: f"t, c -> {name}(t,c)" for name in "xymnDE"}
    lines = {name: f"t, c, u -> {name}(t,c,u)" for name in "FG"}
    return apply("end", "covering.training_equivariant", S="S", p="c -> p(c)", **{**names, **lines, **functions})


_VELOCITY = "mu*{m}(t,c) + {d}(t,c) + w*{x}(t,c)"

MOMENTUM = Lemma(
    "covering.momentum_equivariant", "Gradient descent with momentum mu, weight decay w and any step sizes",
    statement("all S:int, p:int->int, x y m n D E:(t:int,c:int)->real, F G:(t:int,c:int,u:real)->real, eta:int->real,"
              f" mu w:real | {_COMMON}, {_zero('m0', 'm')}, {_zero('n0', 'n')}, {_LOSS},"
              f" {_rule('mS', 'm', _VELOCITY.format(x='x', m='m', d='D'))},"
              f" {_rule('nS', 'n', _VELOCITY.format(x='y', m='n', d='E'))},"
              f" {_rule('xS', 'x', 'x(t,c) - eta(t)*m(t+1,c)')}, {_rule('yS', 'y', 'y(t,c) - eta(t)*n(t+1,c)')}"
              f" => {_GOAL}"),
    (
        _started("start", "m", "n", "m0", "n0"),
        *(intro(f"u{x}", f"all t c:int | {RANGE} => {x}(t+1,c) = {x}(t,c) - eta(t)*({_VELOCITY.format(x=x, m=m, d=d)})",
                "t0 c1 c2", apply("a", f"{x}S", t="t", c="c"), apply("b", f"{m}S", t="t", c="c"),
                combine("z", facts="a b"))
          for x, m, d in (("x", "m", "D"), ("y", "n", "E"))),
        _through(s="t, c -> m(t,c)", z="t, c -> n(t,c)", U="t, v, m, s, d -> v - eta(t)*(mu*m + d + w*v)",
                 V="t, v, m, s, d -> mu*m + d + w*v", W="t, v, m, s, d -> mu*m + d + w*v"),
    ),
)

_FIRST, _SQUARE = "b1*{m}(t,c) + (1 - b1)*{d}(t,c)", "b2*{s}(t,c) + (1 - b2)*{d}(t,c)^2"
_ADAM = "{x}(t,c) - eta(t)*({m}(t+1,c)/(sqrt({s}(t+1,c)) + del(t)) + w*{x}(t,c))"


def _nonnegative(s: str, d: str, zero: str, rule: str) -> tuple[Step, ...]:
    """Second moments are not negative: obligation of the square root at step t + 1, hypotheses named as there."""
    return (
        induct("P", f"all k:int | 0 <= k => 0 <= {s}(k,c)", "hk ih", [apply("a", zero, c="c"), combine("y", facts="a")],
               [apply("a", rule, t="k", c="c"), combine("d1", f"0 <= b2*{s}(k,c)", "ih o7"),
                combine("d2", "0 <= 1 - b2", "o8"),
                combine("d3", f"0 <= (1 - b2)*{d}(k,c)^2", "d2", squares=(f"{d}(k,c)",)),
                combine("y", facts="a d1 d3", degree=1)]),
        apply("Q", "P", k="t + 1"),
    )


def _denominator(s: str, d: str, zero: str, rule: str) -> tuple[Step, ...]:
    """Obligation of the denominator sqrt(s) + del."""
    return (*_nonnegative(s, d, zero, rule), apply("r", "ax.sqrt_nonneg", x=f"{s}(t+1,c)"), apply("e", "o9", t="t"),
            combine("p", f"0 < sqrt({s}(t+1,c)) + del(t)", "r e"))


ADAM = Lemma(
    "covering.adam_equivariant", "Adam with decoupled weight decay w; RMSprop is b1 = 0",
    statement("all S:int, p:int->int, x y m n s z D E:(t:int,c:int)->real, F G:(t:int,c:int,u:real)->real,"
              f" eta del:int->real, b1 b2 w:real | {_COMMON}, {_zero('m0', 'm')}, {_zero('n0', 'n')},"
              f" {_zero('s0', 's')}, {_zero('z0', 'z')}, hb0: 0 <= b2, hb1: b2 <= 1,"
              f" he: (all t:int | 0 <= t => 0 < del(t)), {_LOSS},"
              f" {_rule('mS', 'm', _FIRST.format(m='m', d='D'))}, {_rule('nS', 'n', _FIRST.format(m='n', d='E'))},"
              f" {_rule('sS', 's', _SQUARE.format(s='s', d='D'))}, {_rule('zS', 'z', _SQUARE.format(s='z', d='E'))},"
              f" {_rule('xS', 'x', _ADAM.format(x='x', m='m', s='s'))},"
              f" {_rule('yS', 'y', _ADAM.format(x='y', m='n', s='z'))} => {_GOAL}"),
    (
        _started("start1", "m", "n", "m0", "n0"), _started("start2", "s", "z", "s0", "z0"),
        *(intro(f"u{x}", f"all t c:int | {RANGE} => {x}(t+1,c) = {x}(t,c) - eta(t)*(({_FIRST.format(m=m, d=d)})"
                f"/(sqrt({_SQUARE.format(s=s, d=d)}) + del(t)) + w*{x}(t,c))", "t0 c1 c2",
                apply("a", f"{x}S", t="t", c="c"), apply("b", f"{m}S", t="t", c="c"),
                apply("e", f"{s}S", t="t", c="c"),
                apply("g", "ax.cong", f="r -> 1/(sqrt(r) + del(t))", x=f"{s}(t+1,c)", y=_SQUARE.format(s=s, d=d)),
                combine("z'", facts="a b g", rounds=3))
          for x, m, s, d in (("x", "m", "s", "D"), ("y", "n", "z", "E"))),
        _through(s="t, c -> s(t,c)", z="t, c -> z(t,c)",
                 U="t, v, m, s, d -> v - eta(t)*((b1*m + (1 - b1)*d)/(sqrt(b2*s + (1 - b2)*d^2) + del(t)) + w*v)",
                 V="t, v, m, s, d -> b1*m + (1 - b1)*d", W="t, v, m, s, d -> b2*s + (1 - b2)*d^2"),
    ),
    posed=(_nonnegative("s", "D", "o5", "o15"), _denominator("s", "D", "o5", "o15"),
           _nonnegative("z", "E", "o6", "o16"), _denominator("z", "E", "o6", "o16")),
)

_RUNS = "1 <= i, i <= N"
_COPIES = f"1 <= g, g <= K, {_RUNS}"
_UPDATE = "{new}(i,t+1,c) = {rule}(t, x(i,t,c), m(i,t,c), s(i,t,c), D(i,t,c))"

TRAINED_ENDS = Lemma(
    "covering.trained_ends", "Where training ends is equivariant, for all starts and all group elements at once",
    statement("all N K S M:int, p act:(g:int,c:int)->int, x m s D:(i:int,t:int,c:int)->real,"
              " F:(i:int,t:int,c:int,u:real)->real, U V W:(t:int,v:real,m:real,s:real,d:real)->real | hM: 0 <= M,"
              " hp: (all g c:int | 1 <= g, g <= K, 1 <= c, c <= S => some | 1 <= p(g,c), p(g,c) <= S),"
              f" ha: (all g i:int | {_COPIES} => some | 1 <= act(g,i), act(g,i) <= N),"
              + "".join(f" {name}0: (all g i c:int | {_COPIES}, 1 <= c, c <= S => {name}(act(g,i),0,c)"
                        f" = {name}(i,0,p(g,c)))," for name in "xms")
              + f" hi: (all g i t c:int, u:real | {_COPIES}, {RANGE}, (all j:int | 1 <= j, j <= S"
              " => x(act(g,i),t,j) = x(i,t,p(g,j))) => F(act(g,i),t,c,u) = F(i,t,p(g,c),u)),"
              f" hD: (all i t c:int | {_RUNS}, {RANGE}"
              f" => {derivative('F(i,t,c,{})', 'x(i,t,c)', 'D(i,t,c)')[1:-1]}),"
              + ",".join(f" {new}S: (all i t c:int | {_RUNS}, {RANGE} => {_UPDATE.format(new=new, rule=rule)})"
                         for new, rule in zip("xms", "UVW"))
              + f" => (all g i c:int | {_COPIES}, 1 <= c, c <= S => x(act(g,i),M,c) = x(i,M,p(g,c)))"),
    (
        intro("end", None, "g1 g2 i1 i2 c1 c2", apply("a", "ha", g="g", i="i"),
              intro("range", "all c':int | 1 <= c', c' <= S => some | 1 <= p(g,c'), p(g,c') <= S", "r1 r2",
                    apply("r", "hp", g="g", c="c'")),
              obtain("z", "a", "a1 a2",
                     *(intro(name, "all t c':int | 0 <= t, 1 <= c', c' <= S => "
                             + derivative(f"F({i},t,c',{{}})", f"x({i},t,c')", f"D({i},t,c')")[1:-1], "r0 r1 r2",
                             apply("r", "hD", i=i, t="t", c="c'"))
                       for name, i in (("here", "i"), ("there", "act(g,i)"))),
                     apply("e", "covering.training_equivariant", S="S", p="c -> p(g,c)", x="t, c -> x(i,t,c)",
                           m="t, c -> m(i,t,c)", s="t, c -> s(i,t,c)", D="t, c -> D(i,t,c)",
                           F="t, c, u -> F(i,t,c,u)", y="t, c -> x(act(g,i),t,c)", n="t, c -> m(act(g,i),t,c)",
                           z="t, c -> s(act(g,i),t,c)", E="t, c -> D(act(g,i),t,c)", G="t, c, u -> F(act(g,i),t,c,u)",
                           U="t, v, m, s, d -> U(t,v,m,s,d)", V="t, v, m, s, d -> V(t,v,m,s,d)",
                           W="t, v, m, s, d -> W(t,v,m,s,d)"),
                     apply("b", "e", t="M", c="c"), obtain("y", "b", "b1 b2", apply("x'", "b1")))),
    ),
)

_SYSTEM = "(P*H*T(P) + w*I(n))"

NEWTON = Lemma(
    "covering.newton_equivariant", "One step of Newton or Levenberg-Marquardt commutes with every orthogonal P",
    statement("all n:int, H P K:mat(n,n), d s t:mat(n,1), w:real | ho: T(P)*P = I(n), hs: (H + w*I(n))*s = d,"
              f" ht: {_SYSTEM}*t = P*d, hK: K*{_SYSTEM} = I(n) => t = P*s"),
    (
        combine("a", f"{_SYSTEM}*(P*s) = P*d", "hs ho"),
        combine("b", f"K*{_SYSTEM}*t = K*P*d", "ht"), combine("c", f"K*{_SYSTEM}*(P*s) = K*P*d", "a"),
        combine("t0", f"K*{_SYSTEM}*t = t", "hK"), combine("s0", f"K*{_SYSTEM}*(P*s) = P*s", "hK"),
        combine("end", facts="b c t0 s0"),
    ),
)

LEMMAS = (MOMENTUM, ADAM, TRAINED_ENDS, NEWTON)

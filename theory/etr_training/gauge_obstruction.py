"""Networks of f-neurons see f only up to alpha f(kappa u + b) + beta: same data fitted, on every acyclic architecture.

Vertices 1..N in a topological order, the first S of them sources; t(i) = 1 marks the neurons with the activation, all
others are affine; e(i,j) = 1 marks the edges; o(i) = 1 the outputs. Every weight of an edge and every bias is free. If
no output carries the activation, what f can do, alpha f(kappa u + b) + beta can do, and conversely if alpha and kappa
are not 0: weights into and out of a neuron absorb kappa and alpha, biases absorb b and beta.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from theory.language import Claim, Comparison, Control, Lemma, Source, Statement, Witness, statement
from theory.language.derivation import Step, apply, cases, combine, compute, intro, obtain, witness
from theory.language.errors import InputError, explain
from theory.language.notation import substitution
from theory.language.substitution import substitute

_AT = "1 <= q', q' <= n, S + 1 <= i, i <= N".replace("q'", "m")
_SUM = "sum(j=1..i - 1: {W}(i,j)*{h}(m,j)) + {b}(i)"
_KINDS = "all n S N:int, t:int->int"


def network(F: str, W: str, b: str, h: str) -> str:
    """The states h(m,i) of the points m = 1..n, with the activation F at the vertices of kind 1, as two hypotheses."""
    pre = _SUM.format(W=W, b=b, h=h)
    return (f"(all m i:int | {_AT}, t(i) = 1 => {h}(m,i) = {F}({pre})),"
            f" (all m i:int | {_AT}, t(i) != 1 => {h}(m,i) = {pre})")


def _kind(yes: str, no: str) -> str:
    """`yes` at the vertices i of kind 1, `no` elsewhere."""
    return f"ite(t(i), 1, ite(1, t(i), {yes}, {no}), {no})"


KIND = Lemma(
    "etr_training.kind", "A choice by the kind of a vertex",
    statement("all t:int, x y:real => some | (all | t = 1 => ite(t, 1, ite(1, t, x, y), y) = x),"
              " (all | t != 1 => ite(t, 1, ite(1, t, x, y), y) = y)"),
    (
        intro("A", "all | t = 1 => ite(t, 1, ite(1, t, x, y), y) = x", "h",
              apply("a", "ax.ite_then", a="t", b="1", x="ite(1, t, x, y)", y="y"),
              apply("b", "ax.ite_then", a="1", b="t", x="x", y="y"), combine("z", facts="a b")),
        intro("B", "all | t != 1 => ite(t, 1, ite(1, t, x, y), y) = y", "h",
              apply("o", "ax.total", x="t", y="1"),
              cases("z", "o", "c",
                    [apply("a", "ax.ite_then", a="t", b="1", x="ite(1, t, x, y)", y="y"),
                     apply("o2", "ax.total", x="1", y="t"),
                     cases("y", "o2", "d",
                           [apply("e", "ax.antisym", x="t", y="1"), combine("x", facts="e", mul="h")],
                           [apply("b", "ax.ite_else", a="1", b="t", x="x", y="y"), combine("x", facts="a b")])],
                    [apply("y", "ax.ite_else", a="t", b="1", x="ite(1, t, x, y)", y="y")])),
        witness("end"),
    ),
)

GAUGE = "(all u:real => g(u) = al*f(ka*u + bo) + be)"
_FACTORS = ("(all i:int | 1 <= i, i <= N, t(i) = 1 => some | rho(i) = al, tau(i) = be, mu(i) = ka, nu(i) = bo),"
            " (all i:int | 1 <= i, i <= N, t(i) != 1 => some | rho(i) = 1, tau(i) = 0, mu(i) = 1, nu(i) = 0)")
_NEW_WEIGHTS = ("(all i j:int | 1 <= i, i <= N, 1 <= j, j <= N => V(i,j) = mu(i)*W(i,j)*rho(j)),"
                " (all i:int | 1 <= i, i <= N => c(i) = mu(i)*(b(i) + sum(j=1..i - 1: W(i,j)*tau(j))) + nu(i))")
_NEW_STATES = (f"(all m i:int | 1 <= m, m <= n, 1 <= i, i <= N, t(i) = 1 => k(m,i) ="
               f" f(ka*({_SUM.format(W='W', b='b', h='h')}) + bo)),"
               " (all m i:int | 1 <= m, m <= n, 1 <= i, i <= N, t(i) != 1 => k(m,i) = h(m,i))")
_SOURCES = "(all i:int | 1 <= i, i <= S => t(i) != 1)"

TRANSFER = Lemma(
    "etr_training.gauge_transfer", "Weights and biases absorb the affine change of an activation",
    statement(f"{_KINDS}, f g:real->real, al ka bo be:real, rho tau mu nu:int->real, W V:(i:int,j:int)->real,"
              f" b c:int->real, h k:(m:int,i:int)->real | hS: 0 <= S, hs: {_SOURCES}, hg: {GAUGE},"
              f" {network('g', 'W', 'b', 'h').replace('(all', 'hn: (all', 1).replace('), (all', '), hi: (all', 1)},"
              f" {_FACTORS.replace('(all', 'r1: (all', 1).replace('), (all', '), r0: (all', 1)},"
              f" {_NEW_WEIGHTS.replace('(all', 'hV: (all', 1).replace('), (all', '), hc: (all', 1)},"
              f" {_NEW_STATES.replace('(all', 'k1: (all', 1).replace('), (all', '), k0: (all', 1)}"
              f" => some | {network('f', 'V', 'c', 'k')}"),
    (
        intro("old", "all m j:int | 1 <= m, m <= n, 1 <= j, j <= N => h(m,j) = rho(j)*k(m,j) + tau(j)", "m1 m2 j1 j2",
              apply("o", "ax.eq_or_ne", x="t(j)", y="1"),
              cases("z", "o", "c",
                    [apply("o2", "ax.total", x="S + 1", y="j"),
                     cases("y", "o2", "d",
                           [apply("r", "r1", i="j"), apply("a", "hn", m="m", i="j"), apply("e", "k1", m="m", i="j"),
                            apply("g1", "hg", u="sum(l=1..j - 1: W(j,l)*h(m,l)) + b(j)"),
                            obtain("x", "r", "ra rt rm rn", combine("w", facts="a e g1 ra rt", rounds=3))],
                           [apply("i1", "ax.int_step", m="j", n="S + 1"), apply("s", "hs", i="j"),
                            combine("x", facts="c", mul="s")])],
                    [apply("r", "r0", i="j"), apply("e", "k0", m="m", i="j"),
                     obtain("y", "r", "ra rt rm rn", combine("w", facts="e ra rt"))])),
        intro("pre", f"all m i:int | {_AT} => {_SUM.format(W='V', b='c', h='k')}"
                     f" = mu(i)*({_SUM.format(W='W', b='b', h='h')}) + nu(i)", "m1 m2 i1 i2",
              intro("q", "all j:int | 1 <= j, j <= i - 1 => V(i,j)*k(m,j)"
                         " = mu(i)*(W(i,j)*h(m,j) + -1*(W(i,j)*tau(j)))", "j1 j2",
                    apply("a", "old", m="m", j="j"), apply("v", "hV", i="i", j="j"), combine("z", facts="a v")),
              apply("s1", "textbook.sum_scale", f="j -> V(i,j)*k(m,j)",
                    g="j -> W(i,j)*h(m,j) + -1*(W(i,j)*tau(j))", c="mu(i)", a="1", b="i - 1"),
              apply("s2", "textbook.sum_add", f="j -> W(i,j)*h(m,j)", g="j -> -1*(W(i,j)*tau(j))", a="1", b="i - 1"),
              apply("s3", "textbook.sum_scale", "sum(j=1..i - 1: -1*(W(i,j)*tau(j)))"
                    " = -1*sum(j=1..i - 1: W(i,j)*tau(j))", f="j -> -1*(W(i,j)*tau(j))", g="j -> W(i,j)*tau(j)",
                    c="-1", a="1", b="i - 1"),
              apply("cc", "hc", i="i"), combine("z", facts="s1 s2 s3 cc")),
        intro("one", network("f", "V", "c", "k").split("), (all")[0][1:], "m1 m2 i1 i2 h1",
              apply("p", "pre", m="m", i="i"), apply("r", "r1", i="i"), apply("e", "k1", m="m", i="i"),
              obtain("z", "r", "ra rt rm rn",
                     combine("w", f"{_SUM.format(W='V', b='c', h='k')}"
                                  f" = ka*({_SUM.format(W='W', b='b', h='h')}) + bo", "p rm rn"),
                     apply("d", "ax.cong", f="u -> f(u)", x=_SUM.format(W="V", b="c", h="k"),
                           y=f"ka*({_SUM.format(W='W', b='b', h='h')}) + bo"), combine("y", facts="d e"))),
        intro("two", "all" + network("f", "V", "c", "k").split("), (all")[1][:-1], "m1 m2 i1 i2 h1",
              apply("p", "pre", m="m", i="i"), apply("r", "r0", i="i"), apply("e", "k0", m="m", i="i"),
              apply("d", "hi", m="m", i="i"),
              obtain("z", "r", "ra rt rm rn", combine("y", facts="p e d rm rn"))),
        witness("end"),
    ),
)

_LEFT_OUT = "(all i j:int | 1 <= i, i <= N, 1 <= j, j <= N, e(i,j) != 1 => {W}(i,j) = 0)"
_INPUT = "(all m i:int | 1 <= m, m <= n, 1 <= i, i <= S => {h}(m,i) = x(m,i))"
_OUTPUT = "(all m i:int | 1 <= m, m <= n, 1 <= i, i <= N, o(i) = 1 => {h}(m,i) = y(m,i))"


def fit(F: str, W: str, b: str, h: str) -> str:
    """Weights W on the edges, biases b and states h of the points: inputs x, outputs y, activation F; five formulas."""
    return f"{_LEFT_OUT.format(W=W)}, {_INPUT.format(h=h)}, {network(F, W, b, h)}, {_OUTPUT.format(h=h)}"


_NETS = "{0}:(i:int,j:int)->real, {1}:int->real, {2}:(m:int,i:int)->real"
_SOLVED = "W", "b", "h"
_FOUND = "V", "c", "k"
_DATA = "e:(i:int,j:int)->int, o:int->int, x y:(m:int,i:int)->real"
_ALL = f"{_KINDS}, {_DATA}, f g:real->real, al ka bo be:real"
_OUTPUTS = "(all i:int | 1 <= i, i <= N, o(i) = 1 => t(i) != 1)"


def can(F: str, G: str) -> str:
    """Whatever is fitted with F is fitted with G."""
    return (f"(all {_NETS.format(*_SOLVED)} | {fit(F, *_SOLVED)} => some {_NETS.format(*_FOUND)} |"
            f" {fit(G, *_FOUND)})")


_RHO, _TAU, _MU, _NU = _kind("al", "1"), _kind("be", "0"), _kind("ka", "1"), _kind("bo", "0")
_LAMS = {"rho": _RHO, "tau": _TAU, "mu": _MU, "nu": _NU}
_AT_J = {name: body.replace("t(i)", "t(j)") for name, body in _LAMS.items()}
_V = f"({_MU})*W(i,j)*({_AT_J['rho']})"
_C = f"({_MU})*(b(i) + sum(j=1..i - 1: W(i,j)*({_AT_J['tau']}))) + ({_NU})"
_STATE = f"f(ka*({_SUM.format(W='W', b='b', h='h')}) + bo)"
_K = _kind(_STATE, "h(m,i)")


def _choices(yes: bool) -> tuple[Step, ...]:
    """The four factors at a vertex i, whose kind is the fact h1."""
    values = {"rho": ("al", "1"), "tau": ("be", "0"), "mu": ("ka", "1"), "nu": ("bo", "0")}
    return tuple(step for name, (one, other) in values.items() for step in (
        apply(f"o{name}", "etr_training.kind", t="t(i)", x=one, y=other),
        obtain(f"p{name}", f"o{name}", "u v", apply("z", "u" if yes else "v"),
               goal=f"{_LAMS[name]} = {one if yes else other}")))


def _some(names: str, relation: str, values: tuple[str, ...]) -> str:
    return (f"all i:int | 1 <= i, i <= N, t(i) {relation} 1 => some | "
            + ", ".join(f"{_LAMS[name]} = {value}" for name, value in zip(names.split(), values)))


ABSORB = Lemma(
    "etr_training.gauge_absorb", "What alpha f(kappa u + b) + beta fits, f fits",
    statement(f"{_ALL} | 0 <= S, {_OUTPUTS}, {_SOURCES}, {GAUGE}, S <= N => {can('g', 'f')}"),
    (
        intro("end", None, "w1 w2 w3 w4 w5",
              intro("r1", _some("rho tau mu nu", "=", ("al", "be", "ka", "bo")), "i1 i2 h1", *_choices(True),
                    witness("z")),
              intro("r0", _some("rho tau mu nu", "!=", ("1", "0", "1", "0")), "i1 i2 h1", *_choices(False),
                    witness("z")),
              intro("k1", f"all m i:int | 1 <= m, m <= n, 1 <= i, i <= N, t(i) = 1 => {_K} = {_STATE}",
                    "m1 m2 i1 i2 h1",
                    apply("a", "etr_training.kind", t="t(i)", x=_STATE, y="h(m,i)"),
                    obtain("z", "a", "u v", apply("y", "u"))),
              intro("k0", f"all m i:int | 1 <= m, m <= n, 1 <= i, i <= N, t(i) != 1 => {_K} = h(m,i)",
                    "m1 m2 i1 i2 h1",
                    apply("a", "etr_training.kind", t="t(i)", x=_STATE, y="h(m,i)"),
                    obtain("z", "a", "u v", apply("y", "v"))),
              intro("hV", f"all i j:int | 1 <= i, i <= N, 1 <= j, j <= N => {_V} = {_V}", "i1 i2 j1 j2", combine("z")),
              intro("hc", f"all i:int | 1 <= i, i <= N => {_C} = {_C}", "i1 i2", combine("z")),
              apply("T", "etr_training.gauge_transfer", n="n", S="S", N="N", t="i -> t(i)", f="u -> f(u)",
                    g="u -> g(u)", al="al", ka="ka", bo="bo", be="be", W="i, j -> W(i,j)", b="i -> b(i)",
                    h="m, i -> h(m,i)", V=f"i, j -> {_V}", c=f"i -> {_C}", k=f"m, i -> {_K}",
                    **{name: f"i -> {body}" for name, body in _LAMS.items()}),
              intro("edges", f"all i j:int | 1 <= i, i <= N, 1 <= j, j <= N, e(i,j) != 1 => {_V} = 0",
                    "i1 i2 j1 j2 h1", apply("a", "w1", i="i", j="j"),
                    combine("z", facts="a")),
              intro("inputs", f"all m i:int | 1 <= m, m <= n, 1 <= i, i <= S => {_K} = x(m,i)", "m1 m2 i1 i2",
                    apply("a", "H3", i="i"), apply("g", "w2", m="m", i="i"), apply("d", "k0", m="m", i="i"),
                    combine("z", facts="d g")),
              intro("outputs", f"all m i:int | 1 <= m, m <= n, 1 <= i, i <= N, o(i) = 1 => {_K} = y(m,i)",
                    "m1 m2 i1 i2 h1", apply("a", "H2", i="i"), apply("d", "k0", m="m", i="i"),
                    apply("g", "w5", m="m", i="i"), combine("z", facts="d g")),
              obtain("z", "T", "t1 t0",
                     witness("y", V=f"i, j -> {_V}", c=f"i -> {_C}", k=f"m, i -> {_K}"))),
    ),
)

_CONSTANTS = ("all F G:real->real, p r:real | (all u:real => F(u) = p), (all u:real => G(u) = r)"
              f" => {can('F', 'G')}")

STATEMENT = statement(f"{_ALL} | 0 <= S, {_OUTPUTS}, {_SOURCES}, {GAUGE}, al != 0, ka != 0, S <= N =>"
                      f" some | {can('g', 'f')}, {can('f', 'g')}, ({_CONSTANTS})")
"""H1 sizes; H2 no output and H3 no source has the activation; H4 to H6 the two activations;
H7 sources are vertices."""

_APPLIED = {"n": "n", "S": "S", "N": "N", "t": "i -> t(i)", "e": "i, j -> e(i,j)", "o": "i -> o(i)",
            "x": "m, i -> x(m,i)", "y": "m, i -> y(m,i)"}

_DERIVATION = (
    apply("A", "etr_training.gauge_absorb", **_APPLIED, f="u -> f(u)", g="u -> g(u)", al="al", ka="ka", bo="bo",
          be="be"),
    intro("inverse", "all u:real => f(u) = 1/al*g(1/ka*u + -bo*(1/ka)) + -be*(1/al)", "",
          apply("a", "H4", u="1/ka*u + -bo*(1/ka)"),
          combine("q", "ka*(1/ka*u + -bo*(1/ka)) + bo = u", "H6"),
          apply("d", "ax.cong", f="u -> f(u)", x="ka*(1/ka*u + -bo*(1/ka)) + bo", y="u"),
          combine("z", facts="a d H5")),
    apply("B", "etr_training.gauge_absorb", **_APPLIED, f="u -> g(u)", g="u -> f(u)", al="1/al", ka="1/ka",
          bo="-bo*(1/ka)", be="-be*(1/al)"),
    intro("C", _CONSTANTS, "c1 c2",
          intro("shift", "all u:real => F(u) = 1*G(1*u + 0) + (p - r)", "", apply("a", "c1", u="u"),
                apply("b", "c2", u="1*u + 0"), combine("z", facts="a b")),
          apply("z", "etr_training.gauge_absorb", **_APPLIED, f="u -> G(u)", g="u -> F(u)", al="1", ka="1", bo="0",
                be="p - r")),
    witness("end"),
)

LEMMAS = (KIND, TRANSFER, ABSORB)

_HYPOTHESES = ("0 <= S", _OUTPUTS, _SOURCES, GAUGE, "al != 0", "ka != 0", "S <= N")


def _refuting(F: str, G: str, hypotheses: tuple[str, ...], pins: str = "") -> Statement:
    """What F fits, G fits, as: weights that fit with F, and none with G, cannot be. `pins` speaks of W and b."""
    own = pins.replace("W", "V").replace("b", "c")
    other = (_LEFT_OUT.format(W="V"), _INPUT.format(h="k"), network(G, *_FOUND), own)
    wrong = "some m i:int | 1 <= m, m <= n, 1 <= i, i <= N, o(i) = 1, k(m,i) != y(m,i)"
    none = f"(all {_NETS.format(*_FOUND)} | {', '.join(filter(None, other))} => {wrong})"
    given = (*hypotheses, fit(F, *_SOLVED), pins, none)
    return statement(f"{_ALL}, {_NETS.format(*_SOLVED)} | {', '.join(filter(None, given))} => 1 <= 0")


def _point(refuted: Statement, ids: str, *steps: Step, **given: str) -> Witness:
    """A point of the statement at which the fact `none`, that no network fits, is shown by `steps`."""
    values = {name: substitution(value) for name, value in given.items()}
    none = substitute(refuted.hypotheses[-1][1], values)
    return Witness((compute("zero", "max(0, 0) = 0"), intro("none", none, ids, *steps), witness("end", **given)))


def _sum_at(m: int) -> tuple[Step, ...]:
    """The two summands of vertex 3 at the point m; the edge from the source is left out."""
    body = f"j -> V(3,j)*k({m},j)"
    return (apply(f"b{m}", "v4", m=str(m), i="3"), apply(f"s{m}", "ax.sum_last", f=body, a="1", b="2"),
            apply(f"r{m}", "ax.sum_last", f=body, a="1", b="1"), apply(f"q{m}", "ax.sum_empty", f=body, a="1", b="0"))


_CHAIN = {"S": "1", "N": "3", "t": "i -> [[0,1,0]][1,i]", "e": "i, j -> [[0,0,0],[1,0,0],[0,1,0]][i,j]",
          "o": "i -> [[0,0,1]][1,i]", "x": "m, i -> m - 1", "bo": "0", "be": "0"}
_POSITIVE = (apply("a", "v3", m="1", i="2"), apply("p", "ax.max_right", x="sum(j=1..1: V(2,j)*k(1,j)) + c(2)", y="0"))
_PINNED = _refuting("g", "f", _HYPOTHESES, "W(N,N - 1) = 1, b(N) = 0")
_AT_OUTPUT = _refuting("g", "f", (_HYPOTHESES[0], *_HYPOTHESES[2:]))
_NO_SCALE = _refuting("f", "g", _HYPOTHESES[:5])

CONTROLS = (
    Control("activation_at_an_output", "an output that carries the activation: max(u, 0) does not reach -1, -max(u, 0)"
            " does", _AT_OUTPUT,
            _point(_AT_OUTPUT, "v1 v2 v3 v4", *_POSITIVE, combine("d", "-1 < k(1,2)", "a p"), witness("z", m="1",
                                                                                                      i="2"),
                   **{**_CHAIN, "N": "2", "t": "i -> [[0,1]][1,i]", "e": "i, j -> [[0,0],[1,0]][i,j]",
                      "o": "i -> [[0,1]][1,i]"}, n="1", f="u -> max(u, 0)", g="u -> -max(u, 0)", al="-1", ka="1",
                   y="m, i -> -1", W="i, j -> 0", b="i -> 1", h="m, i -> [[0,-1]][1,i]")),
    Control("pinned_weights", "the weight into the output pinned to 1 and its bias to 0: a sum max(u, 0) >= 0 again",
            _PINNED,
            _point(_PINNED, "v1 v2 v3 v4 v5 v6", *_POSITIVE, *_sum_at(1), apply("w", "v1", i="3", j="1"),
                   combine("d0", "k(1,3) = k(1,2)", "b1 s1 r1 q1 w v5 v6", rounds=6),
                   combine("d", "-1 < k(1,3)", "d0 a p"), witness("z", m="1", i="3"), **_CHAIN, n="1",
                   f="u -> max(u, 0)", g="u -> -max(u, 0)", al="-1", ka="1", y="m, i -> -1",
                   W="i, j -> [[0,0,0],[0,0,0],[0,1,0]][i,j]", b="i -> [[0,1,0]][1,i]",
                   h="m, i -> [[0,-1,-1]][1,i]")),
    Control("no_argument", "kappa = 0: a constant does not fit 0, 1 at 0, 1, as max(u, 0) does",
            _NO_SCALE,
            _point(_NO_SCALE, "v1 v2 v3 v4", apply("a1", "v3", m="1", i="2"), apply("a2", "v3", m="2", i="2"),
                   *_sum_at(1), *_sum_at(2), apply("w", "v1", i="3", j="1"),
                   combine("d1", "k(1,3) = c(3)", "b1 s1 r1 q1 w a1", rounds=6),
                   combine("d2", "k(2,3) = c(3)", "b2 s2 r2 q2 w a2", rounds=6),
                   apply("o", "ax.total", x="c(3)", y="0"),
                   cases("z", "o", "i1", [combine("d", "k(2,3) < 1", "d2 i1"), witness("y", m="2", i="3")],
                         [combine("d", "0 < k(1,3)", "d1 i1"), witness("y", m="1", i="3")]),
                   **_CHAIN, n="2", f="u -> max(u, 0)", g="u -> 0", al="1", ka="0", y="m, i -> m - 1",
                   W="i, j -> [[0,0,0],[1,0,0],[0,1,0]][i,j]", b="i -> 0", h="m, i -> m - 1")),
)

INSTANCE = Witness((witness(
    "end", n="2", S="1", N="3", t="i -> [[0,1,0]][1,i]", e="i, j -> [[0,0,0],[1,0,0],[0,1,0]][i,j]",
    o="i -> [[0,0,1]][1,i]", x="m, i -> m", y="m, i -> m", f="u -> max(u, 0)", g="u -> 2*max(3*u + 1, 0) + 5",
    al="2", ka="3", bo="1", be="5"),))
"""One neuron between a source and an output, max(u, 0) against 2 max(3 u + 1, 0) + 5."""

Number = int | Fraction


def absorbed(weights: Sequence[Sequence[Number]], biases: Sequence[Number], kinds: Sequence[int], al: Number,
             ka: Number,
             bo: Number, be: Number) -> tuple[tuple[tuple[Fraction, ...], ...], tuple[Fraction, ...]]:
    """Return weights and biases with which f does what al f(ka u + bo) + be does with the given ones.

    `weights[i][j]` is the weight from vertex j to the later vertex i, `kinds[i]` is 1 for the neurons with the
    activation. Raises InputError for sizes that do not agree.
    """
    size = len(kinds)
    if len(weights) != size or len(biases) != size or any(len(row) != size for row in weights):
        raise InputError(explain("absorbed", f"{size} biases and a {size} x {size} table of weights for {size} kinds",
                                 f"{len(biases)} biases, {len(weights)} rows", "Give one row and one bias a vertex."))
    rho, tau, mu, nu = ([Fraction(one if kind == 1 else other) for kind in kinds]
                        for one, other in ((al, 1), (be, 0), (ka, 1), (bo, 0)))
    new = tuple(tuple(mu[i] * weights[i][j] * rho[j] for j in range(size)) for i in range(size))
    return new, tuple(mu[i] * (biases[i] + sum(weights[i][j] * tau[j] for j in range(i))) + nu[i] for i in range(size))


CLAIM = Claim(
    id="etr_training.gauge_obstruction",
    title="Training sees an activation only up to affine changes of its argument and value",
    statement=STATEMENT,
    source=Source("Lemmascope", 2026, "The gauge class of an activation in training problems", "new",
                  note="Own statement, against the reading of NN-TRAIN(f) in which all sinks are affine and all"
                       " weights free;"
                  " the definition of the paper arXiv 2305.11833 was not seen."),
    summary="Data are fitted with f exactly if they are fitted with any alpha f(kappa u + b) + beta, on every"
            " acyclic architecture.",
    derivation=_DERIVATION,
    instance=INSTANCE,
    controls=CONTROLS,
    attack="theory.etr_training.gauge_obstruction_attack",
    comparison=(
        Comparison("architecture",
                   "hidden f-neurons with trainable weights in and out, affine sinks",
                   "any acyclic graph, any number of layers, skip edges, other affine vertices, all sizes",
                   "stronger than one hidden layer"),
        Comparison("conclusion",
                   "the realisable functions depend on the class of f alone",
                   "the same finite data (x, y) are fitted, n points, any outputs",
                   "sets of n points for all n; functions on all inputs are the same statement point by point"),
        Comparison("constants",
                   "constant f: training does not depend on the constant",
                   "what one constant activation fits, every other one does, on every acyclic architecture",
                   "as stated, by shifts of the biases behind the neurons"),
        Comparison("sin",
                   "kappa and kappa + 2 pi q agree at data with denominator q",
                   "the claim etr_training.sine_aliasing, all numbers of points, inputs and neurons",
                   "as stated, in a claim of its own"),
        Comparison("no reduction from ETR_f",
                   "uncomputable and hard constants",
                   "not stated",
                   "computability and complexity classes are not expressible; this claim is the part of the argument"
                   " about networks"),
        Comparison("attack",
                   "",
                   "a source, a neuron and an output, hypotheses H2 to H6 for them; the weights are written out",
                   "existence of weights under quantifiers has no point to be evaluated at"),
    ),
    tightness="An equality of sets; alpha or kappa 0, a pinned weight or an activation at an output break it"
              " (controls).",
)

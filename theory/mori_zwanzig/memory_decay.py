"""Geometric decay of memory: what a Mori-Zwanzig equation cut after lag h leaves out, with explicit constants.

Norms are |x|_l = |C(l) x| with any matrices C(l): C = I is the plain Euclidean norm, C = diag(sqrt(p_l)) the norm of
L^2(p_l) on finitely many points. With K = n + 1 + h and kappa(l) >= |Q(l) M(l) Q(l+1)|, kappa(l) <= k < 1,

    |u(n) - streaming - memory of lag <= h - noise| <= a kappa(n+1) ... kappa(n+h) c w / (1 - k),

a >= |M(n) Q(n+1)|, c >= |Q(l) M(l) P(l+1)| and w >= |P(m) u(m)| for the levels that are left out. P need not be
orthogonal; for oblique P the norm of Q is part of kappa.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import prod

from theory.exact.rationals import exact
from theory.language import Claim, Comparison, Control, Lemma, Source, Statement, Witness, statement
from theory.language.derivation import apply, cases, combine, induct, intro, obtain, witness
from theory.language.errors import InputError, explain
from theory.mori_zwanzig.averaging_chain import CHAIN_OF_FOUR, CHAIN_STEPS
from theory.mori_zwanzig.dyson_mz import BACKWARD, MEMORY, PROPAGATOR, SPLITTING
from theory.mori_zwanzig.memory_points import EXTREMAL, TABLES

_X, _Y = "tr(T(X)*X)", "tr(T(Y)*Y)"
_INNER = "tr(T(X)*Y)"

_R = "(1/(b^2 + 1))"

NULL = Lemma(
    "mori_zwanzig.null_inner", "A column of norm zero has no positive inner product",
    statement(f"all n:int, X Y:mat(n,1), b:real | hx: {_X} <= 0, hy: {_Y} <= b^2 => {_INNER} <= 0"),
    (
        apply("or1", "ax.total", x=_INNER, y="0"),
        cases("end", "or1", "t", [combine("y", facts="t")], [
            combine("q1", "0 < b^2 + 1", squares=("b",)), apply("r", "ax.recip_pos", x="b^2 + 1"),
            combine("sq", f"0 <= {_X} - 2*{_INNER}^2*{_R} + {_INNER}^2*{_R}^2*{_Y}", squares=(f"X - {_INNER}*{_R}*Y",)),
            combine("one", f"{_R}^2*b^2 = {_R} - {_R}^2", "q1", rounds=3),
            combine("m", f"{_INNER}^2*{_R}^2*{_Y} <= {_INNER}^2*{_R}^2*b^2", "hy", squares=(f"{_INNER}*{_R}",)),
            combine("m1", f"{_INNER}^2*{_R}^2*b^2 = {_INNER}^2*{_R} - {_INNER}^2*{_R}^2", "one"),
            combine("p2", f"0 <= {_INNER}^2*{_R}^2", squares=(f"{_INNER}*{_R}",)),
            combine("p", f"0 < {_INNER}*{_R}", "t r"),
            combine("z", facts="sq hx m m1 p2", mul="p", degree=1)]),
    ),
)

SQUARE_MONO = Lemma(
    "mori_zwanzig.square_mono", "Squares increase with a non-negative number",
    statement("all x y:real | hx: 0 <= x, hy: x <= y => x^2 <= y^2"),
    (combine("end", facts="hx hy"),),
)

TRIANGLE = Lemma(
    "mori_zwanzig.euclidean_triangle", "The triangle inequality for bounds of Euclidean norms",
    statement(f"all n:int, X Y:mat(n,1), a b:real | ha: 0 <= a, hb: 0 <= b, hx: {_X} <= a^2, hy: {_Y} <= b^2"
              " => tr(T(X + Y)*(X + Y)) <= (a + b)^2"),
    (
        apply("or1", "ax.total", x="a", y="0"), apply("or2", "ax.total", x="b", y="0"),
        combine("ab", "0 <= a*b", "ha hb"),
        cases("cs", "or1", "s",
              [combine("a0", f"{_X} <= 0", "s ha hx"),
               apply("c", "mori_zwanzig.null_inner", n="n", X="X", Y="Y", b="b"), combine("z", facts="c ab")],
              [cases("y", "or2", "t",
                     [combine("b0", f"{_Y} <= 0", "t hb hy"),
                      apply("c", "mori_zwanzig.null_inner", "tr(T(Y)*X) <= 0", n="n", X="Y", Y="X", b="a"),
                      combine("x", facts="c ab")],
                     [combine("p", "0 < a*b", "s t"),
                      combine("sq", f"0 <= b^2*{_X} - 2*a*b*{_INNER} + a^2*{_Y}", squares=("b*X - a*Y",)),
                      combine("x1", f"b^2*{_X} <= b^2*a^2", "hx", squares=("b",)),
                      combine("x2", f"a^2*{_Y} <= a^2*b^2", "hy", squares=("a",)),
                      combine("x", facts="sq x1 x2", mul="p", degree=1)])],
              goal=f"{_INNER} <= a*b"),
        combine("end", facts="cs hx hy", degree=1),
    ),
)


def norm(level: str, column: str) -> str:
    """Return the squared norm |C(level) column|^2 as text."""
    return f"tr(T(C({level})*({column}))*(C({level})*({column})))"


_NAMES = ("all L n h:int, d e:int->int, M:(l:int)->mat(d(l),d(l+1)), P Q:(l:int)->mat(d(l),d(l)),"
          " u:(l:int)->mat(d(l),1), G:(l:int)->mat(d(n),d(l)), S:(l:int)->mat(d(n),1), C:(l:int)->mat(e(l),d(l)),"
          " kappa:int->real, a c k v w:real")
_ENDS = "H1: 0 <= h, H2: n + h + 1 <= L"
_IDEMPOTENT = "(all l:int | n + 1 <= l, l <= L => P(l)*P(l) = P(l))"
_FIRST = f"(all x:mat(d(n+1),1) => {norm('n', 'M(n)*Q(n+1)*x')} <= a^2*{norm('n+1', 'x')})"
_RATE = (f"(all l:int, x:mat(d(l+1),1) | n + 1 <= l, l <= L - 1 => {norm('l', 'Q(l)*M(l)*Q(l+1)*x')}"
         f" <= kappa(l)^2*{norm('l+1', 'x')})")
_SIGN = "(all l:int | n + 1 <= l, l <= L - 1 => 0 <= kappa(l))"
_UNIFORM = "(all l:int | n + 1 <= l, l <= L - 1 => kappa(l) <= k)"
_ENTRY = (f"(all l:int, x:mat(d(l+1),1) | n + h + 1 <= l, l <= L - 1 => {norm('l', 'Q(l)*M(l)*P(l+1)*x')}"
          f" <= c^2*{norm('l+1', 'x')})")
_RESOLVED = f"(all l:int | n + h + 2 <= l, l <= L => {norm('l', 'P(l)*u(l)')} <= w^2)"
_NOISE = f"{norm('L', 'Q(L)*u(L)')} <= v^2"
_PROD = "prod(j=n + 1..{}: kappa(j))"
_LEFT_OUT = "u(n) - M(n)*P(n+1)*u(n+1) - S(n + h + 1)"
_MEMORY_LEFT = f"{norm('n', _LEFT_OUT + ' - G(L)*Q(L)*u(L)')} <= (a*c*w*{_PROD.format('n + h')}/(1 - k))^2"
_NOISE_LEFT = f"{norm('n', 'G(L)*Q(L)*u(L)')} <= (a*v*{_PROD.format('L - 1')})^2"
_BOTH_LEFT = (f"{norm('n', _LEFT_OUT)} <= (a*c*w*{_PROD.format('n + h')}/(1 - k)"
              f" + a*v*{_PROD.format('L - 1')})^2")


def _statement(conclusion: str = f"some | {_MEMORY_LEFT}, {_NOISE_LEFT}, {_BOTH_LEFT}") -> Statement:
    return statement(
        f"{_NAMES} | {_ENDS}, H3: {BACKWARD}, H4: {SPLITTING}, H5: {_IDEMPOTENT}, H6 H7: {PROPAGATOR},"
        f" H8 H9: {MEMORY}, H10: 0 <= a, H11: {_FIRST}, H12: {_SIGN}, H13: {_UNIFORM},"
        f" H14: k < 1, H15: {_RATE}, H16: 0 <= c, H17: {_ENTRY}, H18: 0 <= w, H19: {_RESOLVED}, H20: 0 <= v,"
        f" H21: {_NOISE} => {conclusion}")




def _carried(level: str, column: str, before: str) -> str:
    return (f"all {column}:mat(d({level}),1) => {norm('n', f'G({level})*Q({level})*{column}')}"
            f" <= (a*{_PROD.format(before)})^2*{norm(level, column)}")


_CARRIED = _carried("m", "x", "m - 1")
_ONE = "Q(m)*M(m)*Q(m+1)*y"
_NONNEG = intro("pn", f"all m:int | n + 1 <= m, m <= L => 0 <= {_PROD.format('m - 1')}", "m1 m2",
                intro("pj", "all l:int | n + 1 <= l, l <= m - 1 => 0 <= kappa(l)", "l1 l2", apply("z", "H12", l="l")),
                apply("z", "textbook.prod_nonneg", f="j -> kappa(j)", a="n + 1", b="m - 1"))
_LONGER = apply("pl", "ax.prod_last", f="j -> kappa(j)", a="n + 1", b="m")
_PROJECTED = combine("qq", "Q(m)*Q(m) = Q(m)", "s i")
_PROPAGATED = induct(
    "A", f"all m:int | n + 1 <= m => (all | m <= L => ({_CARRIED}))", "hm ih",
    [intro("z", None, "hL", apply("pe", "ax.prod_empty", f="j -> kappa(j)", a="n + 1", b="n"),
           intro("y", None, "", apply("f", "H11", x="x"),
                 combine("w", f"{norm('n', 'G(n+1)*Q(n+1)*x')} = {norm('n', 'M(n)*Q(n+1)*x')}", "H6",
                         rounds=3),
                 combine("x", facts="f w pe", rounds=3)))],
    [intro("z", None, "hL", apply("use", "ih"), _LONGER, apply("g", "H7", m="m"), apply("s", "H4", l="m"),
           apply("i", "H5", l="m"), _PROJECTED,
           intro("y", _carried("m+1", "y", "m"), "",
                 apply("f", "use", x=_ONE), apply("r", "H15", l="m", x="y"),
                 combine("s1", "G(m+1)*Q(m+1)*y = G(m)*Q(m)*M(m)*Q(m+1)*y", "g"),
                 combine("s2", f"G(m)*Q(m)*({_ONE}) = G(m)*Q(m)*M(m)*Q(m+1)*y", "qq"),
                 combine("same", f"G(m+1)*Q(m+1)*y = G(m)*Q(m)*({_ONE})", "s1 s2"),
                 combine("w", f"{norm('n', 'G(m+1)*Q(m+1)*y')} = {norm('n', f'G(m)*Q(m)*({_ONE})')}", "same",
                         rounds=3),
                 combine("r2", f"(a*{_PROD.format('m - 1')})^2*{norm('m', _ONE)}"
                         f" <= (a*{_PROD.format('m - 1')})^2*(kappa(m)^2*{norm('m+1', 'y')})", "r",
                         squares=(f"a*{_PROD.format('m - 1')}",)),
                 combine("x", facts="f w r2 pl", rounds=4, degree=1)))])

CARRIED = Lemma(
    "mori_zwanzig.carried", "The orthogonal dynamics contracts by kappa at every level",
    statement("all L n:int, d e:int->int, M:(l:int)->mat(d(l),d(l+1)), P Q:(l:int)->mat(d(l),d(l)),"
              " G:(l:int)->mat(d(n),d(l)), C:(l:int)->mat(e(l),d(l)), kappa:int->real, a:real |"
              f" H4: {SPLITTING}, H5: {_IDEMPOTENT}, H6 H7: {PROPAGATOR}, H11: {_FIRST}, H15: {_RATE}"
              f" => all m:int | n + 1 <= m => (all | m <= L => ({_CARRIED}))"),
    (_PROPAGATED,),
)

LEMMAS = (NULL, SQUARE_MONO, TRIANGLE, CARRIED)

_K = "n + h + 1"
_P = {place: _PROD.format(place) for place in ("m - 1", "m", "n + h", "L - 1")}
_GAP = f"S(m) - S({_K})"
_TERM = "G(m)*Q(m)*M(m)*P(m+1)*u(m+1)"
_INNER_TERM = "Q(m)*M(m)*P(m+1)*(P(m+1)*u(m+1))"


def _so_far(at: str, before: str) -> str:
    gap = f"S({at}) - S({_K})"
    return (f"some | {norm('n', gap)} <= (a*c*w*({_P['n + h']} - {_PROD.format(before)})/(1 - k))^2,"
            f" {_PROD.format(before)} <= {_P['n + h']}")


_TERM_BOUND = (
    apply("g", "B", m="m"), apply("g1", "g"), apply("g2", "g1", x=_INNER_TERM),
    apply("s", "H4", l="m"), apply("i", "H5", l="m"), _PROJECTED, apply("i1", "H5", l="m + 1"),
    combine("t1", f"G(m)*Q(m)*({_INNER_TERM}) = G(m)*Q(m)*M(m)*P(m+1)*(P(m+1)*u(m+1))", "qq"),
    combine("t2", f"G(m)*Q(m)*({_INNER_TERM}) = {_TERM}", "t1 i1"),
    combine("t3", f"{norm('n', _TERM)} = {norm('n', f'G(m)*Q(m)*({_INNER_TERM})')}", "t2", rounds=3),
    apply("f", "H17", l="m", x="P(m+1)*u(m+1)"), apply("r", "H19", l="m + 1"), apply("p", "pn", m="m"),
    combine("f1", f"c^2*{norm('m+1', 'P(m+1)*u(m+1)')} <= c^2*w^2", "r", squares=("c",)),
    combine("f2", f"(a*{_P['m - 1']})^2*{norm('m', _INNER_TERM)} <= (a*{_P['m - 1']})^2*(c^2*w^2)", "f f1",
            squares=(f"a*{_P['m - 1']}",)),
    combine("tb", f"{norm('n', _TERM)} <= (a*{_P['m - 1']}*c*w)^2", "g2 t3 f2", degree=1),
)
"""The memory term m + 1 is at most a c w times the product of the rates before it."""

_SUMMED = induct(
    "D", f"all m:int | {_K} <= m => (all | m <= L => {_so_far('m', 'm - 1')})", "hm ih",
    [intro("z", None, "hL",
           combine("e", f"{norm('n', f'S({_K}) - S({_K})')}"
                   f" <= (a*c*w*({_P['n + h']} - {_P['n + h']})/(1 - k))^2"), witness("y"))],
    [intro("z", None, "hL", apply("use", "ih"), combine("mn", "n + 1 <= m", "hm H1"), *_TERM_BOUND,
           obtain("y", "use", "q1 q2", _LONGER, apply("k1", "H13", l="m"),
                  combine("less", f"{_P['m']} <= k*{_P['m - 1']}", "pl p k1"),
                  combine("down", f"{_P['m']} <= {_P['m - 1']}", "less p H14"),
                  combine("q3", f"{_P['m']} <= {_P['n + h']}", "down q2"),
                  combine("A0", f"0 <= a*c*w*({_P['n + h']} - {_P['m - 1']})/(1 - k)", "acw q2 r0", degree=3),
                  combine("B0", f"0 <= a*{_P['m - 1']}*c*w", "acw p"),
                  combine("d1", f"{_P['m - 1']}*(1 - k) <= {_P['m - 1']} - {_P['m']}", "less"),
                  combine("d2", f"{_P['m - 1']} <= ({_P['m - 1']} - {_P['m']})/(1 - k)", "d1", mul="k3"),
                  combine("d3", f"a*{_P['m - 1']}*c*w <= a*c*w*({_P['m - 1']} - {_P['m']})/(1 - k)", "d2 acw"),
                  apply("tri", "mori_zwanzig.euclidean_triangle", n="e(n)", X=f"C(n)*({_GAP})", Y=f"C(n)*({_TERM})",
                        a=f"a*c*w*({_P['n + h']} - {_P['m - 1']})/(1 - k)", b=f"a*{_P['m - 1']}*c*w"),
                  combine("le", f"a*c*w*({_P['n + h']} - {_P['m - 1']})/(1 - k) + a*{_P['m - 1']}*c*w"
                          f" <= a*c*w*({_P['n + h']} - {_P['m']})/(1 - k)", "d3"),
                  combine("le0", f"0 <= a*c*w*({_P['n + h']} - {_P['m - 1']})/(1 - k) + a*{_P['m - 1']}*c*w", "A0 B0"),
                  apply("sq", "mori_zwanzig.square_mono",
                        x=f"a*c*w*({_P['n + h']} - {_P['m - 1']})/(1 - k) + a*{_P['m - 1']}*c*w",
                        y=f"a*c*w*({_P['n + h']} - {_P['m']})/(1 - k)"),
                  apply("rec", "H9", m="m"),
                  combine("eq", f"S(m+1) - S({_K}) = {_GAP} + {_TERM}", "rec"),
                  combine("en", f"{norm('n', f'S(m+1) - S({_K})')} = {norm('n', f'{_GAP} + {_TERM}')}", "eq", rounds=3),
                  combine("fin", f"{norm('n', f'S(m+1) - S({_K})')}"
                          f" <= (a*c*w*({_P['n + h']} - {_P['m']})/(1 - k))^2", "en tri sq", degree=1),
                  witness("x")))])

_ALL = {name: f"l -> {name}(l)" for name in ("d", "M", "P", "Q", "G")}
_BOUND = f"a*c*w*{_P['n + h']}/(1 - k)"
_LEFT = f"{_LEFT_OUT} - G(L)*Q(L)*u(L)"
_DERIVATION = (
    combine("k3", "0 < 1 - k", "H14"), apply("r0", "ax.recip_pos", x="1 - k"),
    combine("ac", "0 <= a*c", "H10 H16"), combine("acw", "0 <= a*c*w", "ac H18"), _NONNEG,
    apply("B", "mori_zwanzig.carried", L="L", n="n", e="l -> e(l)", C="l -> C(l)", kappa="l -> kappa(l)", a="a",
          **_ALL),
    combine("nL", "n + 1 <= L", "H1 H2"),
    apply("T", "mori_zwanzig.dyson_truncated", L="L", n="n", r="1", K="L", u="l -> u(l)", S="l -> S(l)", **_ALL),
    _SUMMED, apply("D1", "D", m="L"), apply("D2", "D1"),
    obtain("E", "D2", "q1 q2", apply("p", "pn", m="L"),
           combine("x0", f"0 <= a*c*w*({_P['n + h']} - {_P['L - 1']})/(1 - k)", "acw q2 r0", degree=3),
           combine("x1", f"0 <= a*c*w*{_P['L - 1']}*(1/(1 - k))", "acw p r0", degree=3),
           apply("sq", "mori_zwanzig.square_mono", x=f"a*c*w*({_P['n + h']} - {_P['L - 1']})/(1 - k)", y=_BOUND),
           combine("eq", f"{_LEFT} = S(L) - S({_K})", "T"),
           combine("en", f"{norm('n', _LEFT)} = {norm('n', f'S(L) - S({_K})')}", "eq", rounds=3),
           combine("z", facts="en q1 sq", degree=1), goal=_MEMORY_LEFT),
    apply("b1", "B", m="L"), apply("b2", "b1"), apply("b3", "b2", x="Q(L)*u(L)"),
    apply("s", "H4", l="L"), apply("i", "H5", l="L"), combine("qq", "Q(L)*Q(L) = Q(L)", "s i"),
    combine("b4", "G(L)*Q(L)*(Q(L)*u(L)) = G(L)*Q(L)*u(L)", "qq"),
    combine("b5", f"{norm('n', 'G(L)*Q(L)*u(L)')} = {norm('n', 'G(L)*Q(L)*(Q(L)*u(L))')}", "b4", rounds=3),
    combine("b6", f"(a*{_P['L - 1']})^2*{norm('L', 'Q(L)*u(L)')} <= (a*{_P['L - 1']})^2*v^2", "H21",
            squares=(f"a*{_P['L - 1']}",)),
    combine("F", _NOISE_LEFT, "b3 b5 b6", degree=1),
    apply("p1", "pn", m=_K), apply("p2", "pn", m="L"), combine("y1", f"0 <= {_BOUND}", "acw p1 r0", degree=3),
    combine("av", "0 <= a*v", "H10 H20"), combine("y2", f"0 <= a*v*{_P['L - 1']}", "av p2"),
    apply("H", "mori_zwanzig.euclidean_triangle", _BOTH_LEFT, n="e(n)", X=f"C(n)*({_LEFT})",
          Y="C(n)*(G(L)*Q(L)*u(L))", a=_BOUND, b=f"a*v*{_P['L - 1']}"),
)


_SCALAR_NAMES = "all L n h:int, M P Q u G S C kappa:int->real, a c k v w:real"


def _scalar(text: str) -> str:
    """The same formula for chains of width one: columns are numbers, a squared norm is a square."""
    out = text.replace("l:int, x:mat(d(l+1),1)", "l:int, x:real").replace("x:mat(d(n+1),1)", "x:real")
    out = out.replace("I(d(l))", "1").replace("0*u(n)", "0")
    while "tr(T(" in out:
        start = out.index("tr(T(") + 5
        depth, end = 1, start
        while depth:
            depth += {"(": 1, ")": -1}.get(out[end], 0)
            end += 1
        inner = out[start:end - 1]
        out = out[:start - 5] + f"({inner})^2" + out[end + len(f"*({inner}))"):]
    return out


def scalar_statement(conclusion: str = _BOTH_LEFT, **other: str) -> Statement:
    """Return the theorem for chains of width one; `other` replaces hypotheses by name (idempotent, rate, noise)."""
    parts = {"idempotent": _IDEMPOTENT, "rate": _RATE, "noise": _NOISE} | other
    return statement(_scalar(
        f"{_SCALAR_NAMES} | {_ENDS}, H3: {BACKWARD}, H4: {SPLITTING}, H5: {parts['idempotent']}, H6 H7: {PROPAGATOR},"
        f" H8 H9: {MEMORY}, H10: 0 <= a, H11: {_FIRST}, H12: {_SIGN}, H13: {_UNIFORM}, H14: k < 1,"
        f" H15: {parts['rate']}, H16: 0 <= c, H17: {_ENTRY}, H18: 0 <= w, H19: {_RESOLVED}, H20: 0 <= v,"
        f" H21: {parts['noise']} => {conclusion}"))


UNRESOLVED = {"n": "0", "h": "0", "L": "1", "u": "l -> 1", "M": "l -> 1", "P": "l -> 0", "Q": "l -> 1", "G": "l -> 1",
               "S": "l -> 0", "C": "l -> 1", "kappa": "l -> 0", "a": "1", "c": "0", "k": "0", "v": "1", "w": "0"}
"""Nothing is resolved: all is noise, with bound and remainder 1."""
_INSTANCE = Witness((*CHAIN_STEPS, witness("end", **CHAIN_OF_FOUR)))

_HALVES = {"n": "0", "h": "0", "L": "2", "u": "l -> 1", "M": "l -> 1", "P": "l -> 1/2", "Q": "l -> 1/2",
           "G": "l -> pow(1/2, l - 1)", "S": "l -> 1/2 - pow(1/2, l)", "C": "l -> 1", "kappa": "l -> 1/4", "a": "1/2",
           "c": "1/4", "k": "1/4", "v": "1/2", "w": "1/2"}
_POWERS = (
    intro("pg", "all m:int | 1 <= m => pow(1/2, m) = pow(1/2, m - 1)*(1/2)", "m1",
          apply("z", "ax.pow_succ", b="1/2", n="m - 1")),
    intro("ps", "all m:int | 1 <= m => 1/2 - pow(1/2, m + 1) = 1/2 - pow(1/2, m) + pow(1/2, m - 1)*(1/4)", "m1",
          apply("a", "ax.pow_succ", b="1/2", n="m - 1"), apply("b", "ax.pow_succ", b="1/2", n="m"),
          combine("z", facts="a b", rounds=3)),
)

CONTROLS = (
    Control("one_factor_more", "a remainder with h + 1 factors kappa: the first term left out has only h of them",
            scalar_statement(_BOTH_LEFT.replace(_PROD.format("n + h"), _PROD.format("n + h + 1"))),
            Witness((*TABLES, witness("end", **EXTREMAL)))),
    Control("noise_left_out", "no noise term in the bound although Q(L) u(L) is not 0",
            scalar_statement(f"{norm('n', _LEFT_OUT)} <= (a*c*w*{_PROD.format('n + h')}/(1 - k))^2"),
            Witness((witness("end", **UNRESOLVED),))),
    Control("not_idempotent", "splittings that are no projections: with P = Q = 1/2 a factor Q M is larger than Q M Q",
            scalar_statement(_NOISE_LEFT, idempotent="all => 0 <= 0"),
            Witness((*_POWERS, witness("end", **_HALVES)))),
    Control("oblique_projection", "Q = I - P has norm at most 1 for every idempotent P; P = ((1, 1), (0, 0)) gives"
                                  " sqrt(2), and ((1, c), (0, 0)) gives sqrt(1 + c^2)",
            statement("all n:int, P Q:mat(n,n), x:mat(n,1) | P*P = P, P + Q = I(n)"
                      " => tr(T(Q*x)*(Q*x)) <= tr(T(x)*x)"),
            Witness((witness("end", n="2", P="[[1,1],[0,0]]", Q="[[0,-1],[0,1]]", x="[[0],[1]]"),))),
)

CLAIM = Claim(
    id="mori_zwanzig.memory_decay",
    title="Memory cut after lag h leaves a geometrically small remainder",
    statement=_statement(),
    source=Source("D. Venturi, X. Li", 2022, "The Mori-Zwanzig formulation of deep learning", "reconstructed",
                  arxiv="2209.05544",
                  note="Title, abstract and introduction of the paper were seen, which announce decay of memory; the"
                  " statement and its constants were derived here."),
    summary="If the orthogonal dynamics contracts by kappa(l) at every level, terms of lag above h are bounded by"
            " a c w kappa(n+1) ... kappa(n+h) / (1 - k), and the noise by the product of all rates.",
    derivation=_DERIVATION,
    instance=_INSTANCE,
    controls=CONTROLS,
    comparison=(
        Comparison("norms", "operator norms on L^2, plain or weighted by p_n",
                   "|x|_l = |C(l) x| on columns of any width; operator bounds as |A x| <= a |x| for all x",
                   "weaker: finite-dimensional levels; C = diag(sqrt(p)) is L^2(p) on finitely many points"),
        Comparison("rates", "|Q_k M_k Q_{k+1}| <= kappa_k < 1", "0 <= kappa(l) <= k < 1 for n + 1 <= l <= L - 1", ""),
        Comparison("remainder", "|M_n Q_{n+1}| prod_{j<=h} kappa_{n+j} max |Q M P| max |P q| / (1 - kappa)",
                   "the same, squared: maxima are numbers c and w that bound them",
                   "the proof gives the difference of the first and last product in place of the first"),
        Comparison("noise", "add |M_n Q_{n+1}| prod kappa_k |Q_L u|", "as stated, alone and together", ""),
        Comparison("projections", "idempotent, also oblique", "P idempotent for n + 1 <= l <= L, P + Q = I", ""),
        Comparison("self-consistent recursion", "e_n = R_n + sum T P R accumulates; T need not be a contraction",
                   "one step with exact states", "all levels at once: mori_zwanzig.memory_recursion"),
        Comparison("weighted certificate", "|Q M Q|_w <= 1, <= s_n when constants are resolved, monotone in P",
                   "mori_zwanzig.constant_mode_obstruction and mori_zwanzig.resolving_more", ""),
    ),
    tightness="Attained: one mode, unresolved at level 1 and resolved at level 2; bound and remainder are 1.",
    attack="theory.mori_zwanzig.memory_decay_attack",
)


def memory_remainder(first: int | Fraction | str, rates: Sequence[int | Fraction | str], entry: int | Fraction | str,
                     resolved: int | Fraction | str, lag: int) -> Fraction:
    """Return the upper bound on the memory of lag above `lag`, exactly.

    Args:
        first: a >= |M(n) Q(n+1)|.
        rates: kappa(n+1), ..., kappa(L-1), each at least 0 and below 1.
        entry: c >= |Q(l) M(l) P(l+1)|.
        resolved: w >= |P(m) u(m)|.
        lag: h, from 0 to the number of rates; with all rates the memory is complete and nothing is left out.

    Raises:
        InputError: a negative number, a rate of 1 or more (no certificate of this kind exists), or a lag out of range.

    >>> memory_remainder(1, ["1/2", "1/2", "1/4"], 1, 1, 1)
    Fraction(1, 1)
    """
    numbers = [exact(value, "memory_remainder") for value in (first, entry, resolved)]
    steps = [exact(rate, "rates") for rate in rates]
    if min(numbers) < 0 or any(not 0 <= rate < 1 for rate in steps):
        raise InputError(explain("memory_remainder", "bounds >= 0 and rates in [0, 1)", [str(r) for r in steps],
                                 "Resolve more functions, or use the Dobrushin coefficients."))
    if not 0 <= lag <= len(steps):
        raise InputError(explain("lag", f"a number from 0 to {len(steps)}", lag, "Keep at most the whole memory."))
    if lag == len(steps):
        return Fraction(0)
    return prod(numbers) * prod(steps[:lag], start=Fraction(1)) / (1 - max(steps))

"""The mean of a bounded function over a moved window is Lipschitz, and a step function with r cells follows it.

(M u)(t) is the integral of u over [t - b, t + b], divided by 2 b, with t = F(x). If 0 <= u <= A, which any u with
sup u - inf u = A becomes after subtracting a constant, then |(M u)(t) - (M u)(s)| <= A/(2 b) |t - s|; and a function
with Lipschitz constant K is within K h/2 of its values at the centres of cells of width h.
"""

from __future__ import annotations

from theory.language import Lemma, statement
from theory.language.derivation import apply, cases, combine, intro, obtain

_BOUNDS = "hu: (all y:real => 0 <= u(y)), hA: (all y:real => u(y) <= A)"
WINDOW = "integral(y in leb({0} - b,{0} + b): u(y))"

BOUNDED = Lemma(
    "mori_zwanzig.bounded_between", "A function between 0 and A is at most A in absolute value",
    statement(f"all u:real->real, A:real | {_BOUNDS} => (all x:real => abs(u(x)) <= A)"),
    (intro("end", None, "", apply("a", "hu", y="x"), apply("b", "hA", y="x"), combine("n", "-u(x) <= A", "a b"),
           apply("z", "ax.abs_le", x="u(x)", y="A")),),
)

SHORT = Lemma(
    "mori_zwanzig.interval_bounds",
    "Over an interval the integral of a function between 0 and A is between 0 and A times the length",
    statement(f"all u:real->real, A a b:real | {_BOUNDS}, hab: a <= b => some |"
              " 0 <= integral(x in leb(a,b): u(x)), integral(x in leb(a,b): u(x)) <= A*(b - a)"),
    (
        apply("B", "mori_zwanzig.bounded_between", u="x -> u(x)", A="A"),
        apply("A", "mori_zwanzig.integral_nonneg", mu="leb(a,b)", f="x -> u(x)", B="A"),
        apply("at", "hu", y="0"), apply("at2", "hA", y="0"), combine("pos", "0 <= A", "at at2"),
        intro("c", "all x:real => abs(A) <= A", "", combine("m", "-A <= A", "pos"),
              apply("z", "ax.abs_le", x="A", y="A")),
        apply("m", "cite.integral_monotone", mu="leb(a,b)", f="x -> u(x)", g="x -> A", B="A", C="A"),
        apply("i", "textbook.integral_const", a="a", b="b", c="A"),
        combine("C", "integral(x in leb(a,b): u(x)) <= A*(b - a)", "m i"),
    ),
)

_AT = {p: WINDOW.format(p) for p in "st"}
_MOVED = (f"some | {_AT['t']} - {_AT['s']} <= A*(t - s), {_AT['s']} - {_AT['t']} <= A*(t - s)")

MOVED = Lemma(
    "mori_zwanzig.moved_window", "A window moved to the right by d changes the integral by at most A d",
    statement(f"all u:real->real, A b s t:real | {_BOUNDS}, hb: 0 <= b, hst: s <= t => {_MOVED}"),
    (
        apply("B", "mori_zwanzig.bounded_between", u="x -> u(x)", A="A"),
        combine("o3", "s - b <= s + b", "hb"), combine("o4", "s + b <= t + b", "hst"),
        apply("s1", "cite.interval_split", f="x -> u(x)", a="s - b", b="t - b", c="t + b", B="A"),
        apply("s2", "cite.interval_split", f="x -> u(x)", a="s - b", b="s + b", c="t + b", B="A"),
        apply("p", "mori_zwanzig.interval_bounds", u="x -> u(x)", A="A", a="s - b", b="t - b"),
        apply("q", "mori_zwanzig.interval_bounds", u="x -> u(x)", A="A", a="s + b", b="t + b"),
        obtain("A1", "p", "p1 p2", obtain("y", "q", "q1 q2", combine("z", facts="s1 s2 p1 p2 q1 q2")),
               goal=f"{_AT['t']} - {_AT['s']} <= A*(t - s)"),
        obtain("A2", "p", "p1 p2", obtain("y", "q", "q1 q2", combine("z", facts="s1 s2 p1 p2 q1 q2")),
               goal=f"{_AT['s']} - {_AT['t']} <= A*(t - s)"),
    ),
)

LIPSCHITZ = Lemma(
    "mori_zwanzig.uniform_lipschitz", "Means under uniform noise are Lipschitz with constant osc(u)/(2 b)",
    statement(f"all u:real->real, A b s t:real | {_BOUNDS}, hb: 0 < b"
              f" => abs({_AT['t']}/(2*b) - {_AT['s']}/(2*b)) <= A/(2*b)*abs(t - s)"),
    (
        combine("b2", "0 < 2*b", "hb"), apply("r", "ax.recip_pos", x="2*b"), combine("b0", "0 <= b", "hb"),
        apply("at", "hu", y="0"), apply("at2", "hA", y="0"), combine("pos", "0 <= A", "at at2"),
        apply("ge", "ax.abs_ge", x="t - s"), apply("gn", "ax.abs_neg", x="t - s"),
        apply("or", "ax.total", x="s", y="t"),
        cases("D", "or", "c",
              [apply("m", "mori_zwanzig.moved_window", u="x -> u(x)", A="A", b="b", s="s", t="t"),
               obtain("y", "m", "m1 m2", combine("w1", f"{_AT['t']} - {_AT['s']} <= A*abs(t - s)", "m1 ge pos"),
                      combine("w2", f"{_AT['s']} - {_AT['t']} <= A*abs(t - s)", "m2 ge pos"),
                      apply("z", "ax.abs_le", x=f"{_AT['t']} - {_AT['s']}", y="A*abs(t - s)"))],
              [apply("m", "mori_zwanzig.moved_window", u="x -> u(x)", A="A", b="b", s="t", t="s"),
               obtain("y", "m", "m1 m2", combine("w1", f"{_AT['t']} - {_AT['s']} <= A*abs(t - s)", "m2 gn pos"),
                      combine("w2", f"{_AT['s']} - {_AT['t']} <= A*abs(t - s)", "m1 gn pos"),
                      apply("z", "ax.abs_le", x=f"{_AT['t']} - {_AT['s']}", y="A*abs(t - s)"))],
              goal=f"abs({_AT['t']} - {_AT['s']}) <= A*abs(t - s)"),
        apply("u1", "ax.abs_ge", x=f"{_AT['t']} - {_AT['s']}"), apply("u2", "ax.abs_neg", x=f"{_AT['t']} - {_AT['s']}"),
        combine("e1", f"{_AT['t']}/(2*b) - {_AT['s']}/(2*b) <= A/(2*b)*abs(t - s)", "D u1 r"),
        combine("e2", f"-({_AT['t']}/(2*b) - {_AT['s']}/(2*b)) <= A/(2*b)*abs(t - s)", "D u2 r"),
        apply("end", "ax.abs_le", x=f"{_AT['t']}/(2*b) - {_AT['s']}/(2*b)", y="A/(2*b)*abs(t - s)"),
    ),
)

_STEP = "z + (floor((x - z)/c) + 1/2)*c"

STEPS = Lemma(
    "mori_zwanzig.step_function", "A Lipschitz function is within m c/2 of its values at the centres of cells",
    statement("all f:real->real, m z c:real | hc: 0 < c, hK: 0 <= m,"
              " hf: (all x y:real => abs(f(x) - f(y)) <= m*abs(x - y))"
              f" => (all x:real => abs(f(x) - f({_STEP})) <= m*(c/2))"),
    (
        intro("end", None, "", apply("l", "ax.floor_le", x="(x - z)/c"),
              apply("g", "ax.floor_gt", x="(x - z)/c"),
              combine("l2", "floor((x - z)/c)*c <= x - z", "l hc", degree=3),
              combine("g2", "x - z <= (floor((x - z)/c) + 1)*c", "g hc", degree=3),
              combine("u1", f"x - ({_STEP}) <= c/2", "g2"), combine("u2", f"-(x - ({_STEP})) <= c/2", "l2"),
              apply("b", "ax.abs_le", x=f"x - ({_STEP})", y="c/2"), apply("i", "hf", x="x", y=_STEP),
              combine("z", facts="i b hK")),
    ),
)

LEMMAS: tuple[Lemma, ...] = (BOUNDED, SHORT, MOVED, LIPSCHITZ, STEPS)

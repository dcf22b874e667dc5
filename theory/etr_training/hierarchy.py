"""Levels of decidability: strict systems, closed systems on a box, closed systems on the whole space.

The points of R^p are named by reals c: theta(c,1), ..., theta(c,p) are the coordinates of the point c, and F(c,l) or
F(c) is the value there of a function of the point. Since R and R^p are equinumerous, every function of p real
parameters is such an F; continuity is stated by coordinates, so names do not matter.

(i) A strict system F_1 > 0, ..., F_m > 0 of continuous functions that holds at a real point holds at a point with
coordinates P(j)/N: a search through the rationals halts. (ii) On a box [-B, B]^p a uniformly continuous residual stays
above some positive number exactly if finitely many grid points with a modulus certify it: a search for certificates
halts on every "no" (with the extreme value theorem: exactly if there is no zero). (iii) Without the box this fails: a
sigmoid sink with label 1 has a positive residual everywhere, bounded below on every box, and arbitrarily small.
"""

from __future__ import annotations

from fractions import Fraction

from theory.language import Claim, Comparison, Control, Lemma, Source, Witness, statement
from theory.language.derivation import Step, apply, cases, combine, compute, induct, intro, obtain, witness
from theory.language.errors import InputError, explain

Number = int | Fraction
POINTS = "p:int, theta:(c:real,j:int)->real"
NEAR = "(all j:int | 1 <= j, j <= p => abs(theta(v,j) - theta(c,j)) <= {0})"
NAMED = "(all N:int, P:int->int | 1 <= N => some v:real | (all j:int | 1 <= j, j <= p => theta(v,j) = P(j)/N))"
GRID = "(all j:int | 1 <= j, j <= p => theta(v,j) = P(j)/N)"
BOX = "(all j:int | 1 <= j, j <= p => abs(theta({0},j)) <= B)"
CONTINUOUS = ("(all l:int, w:real | 1 <= l, l <= r, 0 < w => some eta:real | 0 < eta,"
               f" (all v:real | {NEAR.format('eta')} => abs(F(v,l) - F(c,l)) <= w))")
STRICT = "(all l:int | 1 <= l, l <= r => 0 < F({0},l))"


def _positive(last: str, radius: str) -> str:
    return f"all v:real, l:int | {NEAR.format(radius)}, 1 <= l, l <= {last} => 0 < F(v,l)"


def _nearer(small: str, large: str, fact: str) -> Step:
    """The fact `near`: what is near by `small` is near by `large`."""
    return intro("near", NEAR.format(large)[1:-1], "j1 j2", apply("a", "n1", j="j"), combine("y", facts=f"a {fact}"))


def _within(radius: str, fact: str) -> tuple[Step, ...]:
    """The next inequality of the system, on the smaller of the cubes delta and eta."""
    near = {"delta": (_nearer("delta", "eta", fact), apply("G", "e1", v="v")),
            "eta": (apply("G", "e1", v="v"),)}[radius]
    before = {"delta": (apply("y", "d1", v="v", l="l"),),
              "eta": (_nearer("eta", "delta", fact), apply("y", "d1", v="v", l="l"))}[radius]
    return (intro("all", _positive("s + 1", radius), "n1 l1 l2", apply("o", "ax.int_split", m="l", n="s + 1"),
                  cases("z", "o", "k",
                        [*near, apply("m", "ax.abs_neg", x="F(v,s + 1) - F(c,s + 1)"),
                         combine("q", "0 < F(v,s + 1)", "G m f0"),
                         apply("t", "ax.cong_int", f="l -> F(v,l)", x="s + 1", y="l"), combine("y", facts="q t")],
                        [combine("l3", "l <= s", "k"), *before])),
            witness("w0", delta=radius))


BALL = Lemma(
    "etr_training.strict_ball", "A strict system that holds at a point holds in a cube around it",
    statement(f"all {POINTS}, F:(c:real,l:int)->real, r:int, c:real | hr: 0 <= r, hc: {CONTINUOUS},"
              f" hF: {STRICT.format('c')} => some delta:real | 0 < delta, ({_positive('r', 'delta')})"),
    (
        induct("I", "all s:int | 0 <= s => (all | s <= r => some delta:real | 0 < delta,"
                    f" ({_positive('s', 'delta')}))", "hs ih",
               [intro("z", None, "g",
                      intro("e", _positive("0", "1"), "n1 l1 l2", combine("no", "1 <= 0", "l1 l2"),
                            # from 1 <= 0: |F - 1| <= 0
                            apply("a0", "textbook.abs_nonneg", x="F(v,l) - 1"),
                            combine("a1", "abs(F(v,l) - 1) <= 0", "no a0"), apply("a2", "ax.abs_neg", x="F(v,l) - 1"),
                            combine("y", facts="a1 a2")),
                      witness("y", delta="1"))],
               [intro("z", None, "g", apply("u", "ih"), apply("f0", "hF", l="s + 1"),
                      combine("half", "0 < 1/2*F(c,s + 1)", "f0"),
                      apply("w", "hc", l="s + 1", w="1/2*F(c,s + 1)"),
                      obtain("y", "u", "d0 d1", obtain(
                          "x", "w", "e0 e1", apply("oc", "ax.total", x="delta", y="eta"),
                          cases("w1", "oc", "c0", [*_within("delta", "c0")], [*_within("eta", "c0")]))))]),
        apply("J", "I", s="r"), apply("end", "J"),
    ),
)

_SPACING = "abs(floor(t*N)/N - t) <= 1/N"

FLOOR = Lemma(
    "etr_training.grid_point", "Every number is within 1/N of a multiple of 1/N",
    statement(f"all N:int, t:real | hN: 1 <= N => {_SPACING}"),
    (
        combine("p", "0 < N", "hN"), apply("a", "ax.floor_le", x="t*N"), apply("b", "ax.floor_gt", x="t*N"),
        combine("u", "floor(t*N)/N - t <= 1/N", "a p", mul="p"), combine("v", "-(floor(t*N)/N - t) <= 1/N", "b p",
                                                                         mul="p"),
        apply("end", "ax.abs_le", x="floor(t*N)/N - t", y="1/N"),
    ),
)

FINE = Lemma(
    "etr_training.fine_grid", "Some spacing 1/N is at most a given positive number",
    statement("all delta:real | h: 0 < delta => some N:int | 1 <= N, 1/N <= delta"),
    (
        apply("r", "ax.recip_pos", x="delta"), apply("a", "ax.ceil_ge", x="1/delta"),
        combine("p", "0 < ceil(1/delta)", "r a"), apply("i", "ax.int_step", m="0", n="ceil(1/delta)"),
        combine("one", "1 <= ceil(1/delta)", "i"),
        combine("m", "1 <= ceil(1/delta)*delta", "a h"), combine("z", "1/ceil(1/delta) <= delta", "m p", mul="p"),
        witness("end", N="ceil(1/delta)"),
    ),
)



def grid_point(t: Number, denominator: int) -> Fraction:
    """Return the multiple floor(t N)/N of 1/N, which is within 1/N of t. Raises InputError unless N >= 1."""
    if denominator < 1:
        raise InputError(explain("grid_point", "a denominator of at least 1", denominator, "Give the number of steps."))
    return Fraction(Fraction(t) * denominator // 1, denominator)


def grid_denominator(delta: Number) -> int:
    """Return the least N with 1/N <= delta. Raises InputError unless delta is positive."""
    if delta <= 0:
        raise InputError(explain("grid_denominator", "a positive distance", delta, "Give the modulus at the residual."))
    return int(-(-1 // Fraction(delta)))


_RATIONAL = f"some N:int, P:int->int, v:real | 1 <= N, {GRID}, {STRICT.format('v')}"
CERTIFICATE = (f"some N:int, w:real | 1 <= N, (all c v:real | {BOX.format('c')}, {BOX.format('v')},"
                f" {NEAR.format('1/N')} => abs(G(v) - G(c)) <= w),"
                f" (all v:real, P:int->int | {BOX.format('v')}, {GRID} => w < G(v))")
UNIFORM = (f"(all w:real | 0 < w => some delta:real | 0 < delta, (all c v:real | {BOX.format('c')},"
            f" {BOX.format('v')}, {NEAR.format('delta')} => abs(G(v) - G(c)) <= w))")
LOSS = "(1/(1 + exp(-b)) - 1)^2"

_PARTS = (
    f"all F:(c:real,l:int)->real, r:int, c:real | 0 <= r, {CONTINUOUS}, {STRICT.format('c')} => {_RATIONAL}",
    f"all G:real->real, B:int | ({CERTIFICATE}) => (all c:real | {BOX.format('c')} => 0 < G(c))",
    f"all G:real->real, B:int, s:real | {UNIFORM}, 0 < s, (all c:real | {BOX.format('c')} => s <= G(c))"
    f" => {CERTIFICATE}",
    f"all b:real => 0 < {LOSS}",
    f"all w:real | 0 < w => some b:real | {LOSS} < w",
    f"all B b:real | b <= B => (1/(1 + exp(B)))^2 <= {LOSS}",
)

STATEMENT = statement(f"all {POINTS} | {NAMED} => some | {', '.join(f'({part})' for part in _PARTS)}")
"""H1: points with rational coordinates have names."""

_PT = "floor(theta(c,j)*N)"
_INSIDE = (
    # the grid point of c is in the box, since B is an integer
    intro("in", BOX.format("v")[1:-1], "j1 j2", apply("g", "v1", j="j"), apply("b1", "bx", j="j"),
          apply("ab", "textbook.abs_bounds", x="theta(c,j)", y="B"),
          obtain("z", "ab", "u1 u2 u3", combine("pn", "0 < N", "N1"),
                 apply("a", "ax.floor_le", x="theta(c,j)*N"), apply("f", "ax.floor_gt", x="theta(c,j)*N"),
                 combine("q1", f"{_PT} <= B*N", "a u1 pn"), combine("q2", f"-B*N < {_PT} + 1", "f u2 pn"),
                 apply("q3", "ax.int_step", m="-B*N", n=f"{_PT} + 1"), combine("q4", f"-{_PT} <= B*N", "q3"),
                 combine("r1", "theta(v,j) <= B", "g q1 pn", mul="pn"),
                 combine("r2", "-theta(v,j) <= B", "g q4 pn", mul="pn"),
                 apply("y", "ax.abs_le", x="theta(v,j)", y="B"))),
)


def _close(radius: str, *facts: str) -> Step:
    """The fact `near`: the grid point v of c is within `radius`, at least 1/N."""
    return intro("near", NEAR.format(radius)[1:-1], "j1 j2", apply("g", "v1", j="j"),
                 apply("f", "etr_training.grid_point", N="N", t="theta(c,j)"),
                 apply("k", "ax.cong", f="u -> abs(u - theta(c,j))", x="theta(v,j)", y=f"{_PT}/N"),
                 combine("y", facts=" ".join(("f", "k", *facts))))


_RESIDUAL = (apply("e", "ax.exp_pos", a="-b"), combine("d", "0 < 1 + exp(-b)", "e"),
             apply("dp", "ax.recip_pos", x="1 + exp(-b)"), combine("g", "0 < exp(-b)*(1/(1 + exp(-b)))", "e dp"),
             combine("s", "1/(1 + exp(-b)) - 1 = -1*(exp(-b)*(1/(1 + exp(-b))))", "d"),
             apply("ea", "ax.exp_add", "exp(b - b) = exp(b)*exp(-b)", a="b", b="-b"), apply("ez", "ax.exp_zero"),
             combine("ei", "exp(b)*exp(-b) = 1", "ea ez"))

_AT_RECIPROCAL = tuple(step for step in (
    apply("e", "ax.exp_pos", a="-1/w"), combine("d", "0 < 1 + exp(-1/w)", "e"),
    apply("dp", "ax.recip_pos", x="1 + exp(-1/w)"),
    combine("s", "1/(1 + exp(-1/w)) - 1 = -1*(exp(-1/w)*(1/(1 + exp(-1/w))))", "d"),
    apply("ea", "ax.exp_add", "exp(1/w - 1/w) = exp(1/w)*exp(-1/w)", a="1/w", b="-1/w"), apply("ez", "ax.exp_zero"),
    apply("ge", "ax.exp_ge", x="1/w"), combine("iw", "1 = w*(1/w)", "h"),
    # exp(-1/w) < w, since 1 = exp(1/w) exp(-1/w) > exp(-1/w)/w
    combine("l1", "1/w*exp(-1/w) < 1", "ea ez ge e"), combine("l2", "exp(-1/w) < w", "l1 iw h", mul="rp"),
    combine("one", "1/(1 + exp(-1/w)) <= 1", "e d", mul="d"),
    combine("x1", "exp(-1/w)*(1/(1 + exp(-1/w))) <= exp(-1/w)", "one e"),
    combine("x2", "exp(-1/w)*(1/(1 + exp(-1/w))) < 1", "d", mul="d"), combine("x0", "0 < exp(-1/w)*(1/(1 + exp(-1/w)))",
                                                                               "e dp"),
    combine("x3", "(exp(-1/w)*(1/(1 + exp(-1/w))))^2 <= exp(-1/w)*(1/(1 + exp(-1/w)))", "x2 x0"),
    combine("x4", "(1/(1 + exp(-(1/w))) - 1)^2 = (exp(-1/w)*(1/(1 + exp(-1/w))))^2", "s"),
    combine("x5", "(1/(1 + exp(-(1/w))) - 1)^2 < w", "x4 x3 x1 l2")))

SINK = Lemma(
    "etr_training.sink_residual", "A sigmoid sink with label 1: positive, small somewhere, bounded below on every box",
    statement(f"all => some | {', '.join(f'({part})' for part in _PARTS[3:])}"),
    (
        intro("C1", _PARTS[3], "", *_RESIDUAL[:5], combine("g2", "0 < (exp(-b)*(1/(1 + exp(-b))))^2", "g"),
              combine("z", facts="g2 s")),
        intro("C2", _PARTS[4], "h", apply("rp", "ax.recip_pos", x="w"),
              *_AT_RECIPROCAL, witness("z", b="1/w")),
        intro("C3", _PARTS[5], "h", *_RESIDUAL, apply("mo", "textbook.exp_mono", x="b", y="B"),
              apply("eB", "ax.exp_pos", a="B"), combine("dB", "0 < 1 + exp(B)", "eB"),
              combine("s1", "exp(-b)*(1/(1 + exp(-b)))*(1 + exp(b)) = 1", "d ei", rounds=4),
              apply("rB", "ax.recip_pos", x="1 + exp(B)"),
              combine("le", "1/(1 + exp(B)) <= exp(-b)*(1/(1 + exp(-b)))", "s1 mo g dB", mul="dB", rounds=3),
              combine("z1", "(1/(1 + exp(B)))^2 <= (exp(-b)*(1/(1 + exp(-b))))^2", "le rB g"),
              combine("z", facts="z1 s")),
        witness("end"),
    ),
)

IRRATIONAL = Lemma(
    "etr_training.sqrt_two_irrational", "No square of an integer is twice the square of a positive integer",
    statement("all m n:int | hn: 1 <= n, h: m*m = 2*n*n => 1 <= 0"),
    (
        induct("I", "all s:int | 0 <= s => (all u v:int | v <= s, 1 <= v, 0 <= u, u*u = 2*v*v => 1 <= 0)", "hs ih",
               [intro("z", None, "a b c d", combine("y", facts="a b"))],
               [intro("z", None, "a b c d", apply("o", "ax.total", x="u", y="v"),
                      cases("y", "o", "k",
                            [combine("x", facts="k b c d", degree=2)],
                            # (2 v - u, u - v) is a smaller solution
                            [apply("i", "ax.int_step", m="v", n="u"), combine("e1", "1 <= u - v", "i"),
                             apply("o2", "ax.total", x="2*v", y="u"),
                             cases("x", "o2", "g",
                                   [combine("w", facts="g b d", degree=2)],
                                   [combine("e2", "0 <= 2*v - u", "g"),
                                    apply("i2", "ax.int_step", m="u", n="2*v"), combine("e3", "u - v <= s", "i2 a"),
                                    combine("e4", "(2*v - u)*(2*v - u) = 2*(u - v)*(u - v)", "d"),
                                    apply("w", "ih", u="2*v - u", v="u - v")])]))]),
        combine("n0", "0 <= n", "hn"), apply("J", "I", s="n"), apply("t", "ax.total", x="0", y="m"),
        cases("end", "t", "k", [apply("z", "J", u="m", v="n")],
              [combine("m0", "0 <= -m", "k"), combine("h2", "(-m)*(-m) = 2*n*n", "h"), apply("z", "J", u="-m", v="n")]),
    ),
)

_DERIVATION = (
    intro("A", _PARTS[0], "hr hc hF",
          apply("ball", "etr_training.strict_ball", p="p", theta="c, j -> theta(c,j)", F="c, l -> F(c,l)", r="r",
                c="c"),
          obtain("z", "ball", "d0 d1", apply("N0", "etr_training.fine_grid", delta="delta"),
                 obtain("y", "N0", "N1 N2", apply("v0", "H1", N="N", P=f"j -> {_PT}"),
                        obtain("x", "v0", "v1", _close("delta", "N2"),
                               intro("st", STRICT.format("v")[1:-1], "l1 l2", apply("t", "d1", v="v", l="l")),
                               witness("w", N="N", P=f"j -> {_PT}", v="v"))))),
    intro("B1", _PARTS[1], "cert",
          intro("z", None, "bx",
                obtain("y", "cert", "N1 md gr", apply("v0", "H1", N="N", P=f"j -> {_PT}"),
                       obtain("x", "v0", "v1", *_INSIDE, _close("1/N"), apply("m", "md", c="c", v="v"),
                              apply("t", "gr", v="v", P=f"j -> {_PT}"), apply("ab", "ax.abs_ge", x="G(v) - G(c)"),
                              combine("w1", facts="m t ab"))))),
    intro("B2", _PARTS[2], "un s0 sl",
          combine("half", "0 < 1/2*s", "s0"), apply("u", "un", w="1/2*s"),
          obtain("z", "u", "d0 d1", apply("N0", "etr_training.fine_grid", delta="delta"),
                 obtain("y", "N0", "N1 N2",
                        intro("md", f"all c v:real | {BOX.format('c')}, {BOX.format('v')}, {NEAR.format('1/N')}"
                                    " => abs(G(v) - G(c)) <= 1/2*s", "b1 b2 n1",
                              intro("near", NEAR.format("delta")[1:-1], "j1 j2", apply("a", "n1", j="j"),
                                    combine("x", facts="a N2")),
                              apply("x", "d1", c="c", v="v")),
                        intro("gr", f"all v:real, P:int->int | {BOX.format('v')}, {GRID} => 1/2*s < G(v)", "b1 g1",
                              apply("a", "sl", c="v"), combine("x", facts="a s0")),
                        witness("x", N="N", w="1/2*s")))),
    apply("C", "etr_training.sink_residual"),
    obtain("end", "C", "C1 C2 C3", witness("z")),
)

LEMMAS = (BALL, FLOOR, FINE, SINK, IRRATIONAL)

LINE = (intro("named", "all N:int, P:int->int | 1 <= N => some v:real | (all j:int | 1 <= j, j <= 1 => v = P(j)/N)",
               "N1", intro("e", "all j:int | 1 <= j, j <= 1 => P(1)/N = P(j)/N", "j1 j2",
                           apply("i", "ax.antisym", x="j", y="1"),
                           apply("z", "ax.cong_int", "P(1)/N = P(j)/N", f="l -> P(l)/N", x="1", y="j")),
               witness("z", v="P(1)/N")),)
"""The line: every real number is the name of itself."""

INSTANCE = Witness((*LINE, witness("end", p="1", theta="c, j -> c")))

_ROOT_TWO = Witness((
    *LINE, compute("zero", "abs(0) = 0"), apply("s2", "ax.sqrt_sq", x="2"),
    intro("cont", "all w:real | 0 < w => some eta:real | 0 < eta, (all v:real | (all j:int | 1 <= j, j <= 1"
          " => abs(v - sqrt(2)) <= eta) => abs(-abs(v - sqrt(2)) - -abs(sqrt(2) - sqrt(2))) <= w)", "w0",
          intro("near", "all v:real | (all j:int | 1 <= j, j <= 1 => abs(v - sqrt(2)) <= w)"
                " => abs(-abs(v - sqrt(2)) - -abs(sqrt(2) - sqrt(2))) <= w", "n1", apply("a", "n1", j="1"),
                apply("b", "textbook.abs_nonneg", x="v - sqrt(2)"),
                combine("u", "-abs(v - sqrt(2)) - -abs(sqrt(2) - sqrt(2)) <= w", "b zero w0"),
                combine("u2", "-(-abs(v - sqrt(2)) - -abs(sqrt(2) - sqrt(2))) <= w", "a zero"),
                apply("z", "ax.abs_le", x="-abs(v - sqrt(2)) - -abs(sqrt(2) - sqrt(2))", y="w")),
          witness("z", eta="w")),
    combine("sol", "0 <= -abs(sqrt(2) - sqrt(2))", "zero"),
    intro("none", "all N:int, P:int->int, v:real | 1 <= N, (all j:int | 1 <= j, j <= 1 => v = P(j)/N)"
          " => -abs(v - sqrt(2)) < 0", "N1 g", apply("a", "g", j="1"), combine("pn", "0 < N", "N1"),
          apply("ge", "ax.abs_ge", x="v - sqrt(2)"), apply("le", "ax.abs_neg", x="v - sqrt(2)"),
          apply("o", "ax.total", x="v", y="sqrt(2)"), apply("o2", "ax.total", x="sqrt(2)", y="v"),
          cases("z", "o", "k",
                [cases("y", "o2", "l",
                       [apply("e", "ax.antisym", x="v", y="sqrt(2)"), combine("e1", "N*sqrt(2) = P(1)", "a e pn"),
                        combine("e2", "P(1)*P(1) = 2*N*N", "e1 s2", rounds=3),
                        apply("no", "etr_training.sqrt_two_irrational", m="P(1)", n="N"),
                        apply("b", "textbook.abs_nonneg", x="v - sqrt(2)"), combine("x", facts="no b")],
                       [combine("x", facts="l le")])],
                [combine("y", facts="k ge")])),
    witness("end", p="1", theta="c, j -> c", F="c -> -abs(c - sqrt(2))", c="sqrt(2)")))

_GAP = "(all B:real => some w:real | 0 < w, (all b:real | abs(b) <= B => w <= G(b)))"

_UNNAMED = statement(
    f"all {POINTS}, F:(c:real,l:int)->real, r:int, c:real | 0 <= r, {CONTINUOUS}, {STRICT.format('c')},"
    f" (all N:int, P:int->int, v:real | 1 <= N, {GRID} => some l:int | 1 <= l, l <= r, F(v,l) <= 0) => 1 <= 0")
_ONLY_ROOT_TWO = Witness((
    intro("cont", "all l:int, w:real | 1 <= l, l <= 1, 0 < w => some eta:real | 0 < eta,"
                  " (all v:real | (all j:int | 1 <= j, j <= 1 => abs(sqrt(2) - sqrt(2)) <= eta) => abs(1 - 1) <= w)",
          "l1 l2 w0", compute("zero", "abs(1 - 1) = 0"),
          intro("near", "all v:real | (all j:int | 1 <= j, j <= 1 => abs(sqrt(2) - sqrt(2)) <= 1) => abs(1 - 1) <= w",
                "n1", combine("y", facts="zero w0")), witness("z", eta="1")),
    intro("none", "all N:int, P:int->int, v:real | 1 <= N, (all j:int | 1 <= j, j <= 1 => sqrt(2) = P(j)/N)"
                  " => some l:int | 1 <= l, l <= 1, 1 <= 0", "N1 g", apply("a", "g", j="1"),
          combine("pn", "0 < N", "N1"), apply("s2", "ax.sqrt_sq", x="2"), combine("e1", "N*sqrt(2) = P(1)", "a pn"),
          combine("e2", "P(1)*P(1) = 2*N*N", "e1 s2", rounds=3),
          apply("no", "etr_training.sqrt_two_irrational", m="P(1)", n="N"), witness("y", l="1")),
    witness("end", p="1", theta="c, j -> sqrt(2)", F="c, l -> 1", r="1", c="0")))

CONTROLS = (
    Control("closed_at_rationals", "a closed system also has a rational solution: -|c - sqrt(2)| >= 0",
            statement(f"all {POINTS}, F:real->real, c:real | {NAMED}, (all w:real | 0 < w => some eta:real | 0 < eta,"
                      f" (all v:real | {NEAR.format('eta')} => abs(F(v) - F(c)) <= w)), 0 <= F(c),"
                      f" (all N:int, P:int->int, v:real | 1 <= N, {GRID} => F(v) < 0) => 1 <= 0"), _ROOT_TWO),
    Control("points_without_names", "points with rational coordinates need no names: sqrt(2) alone is named", _UNNAMED,
            _ONLY_ROOT_TWO),
    Control("without_the_box", "what is bounded below on every box is bounded below: a sigmoid sink with label 1",
            statement(f"all G:real->real | {_GAP}, (all w:real | 0 < w => some b:real | G(b) < w) => 1 <= 0"),
            Witness((
                apply("C", "etr_training.sink_residual"),
                obtain("end", "C", "C1 C2 C3",
                       intro("gap", f"all B:real => some w:real | 0 < w, (all b:real | abs(b) <= B => w <= {LOSS})",
                             "", apply("e", "ax.exp_pos", a="B"), combine("d", "0 < 1 + exp(B)", "e"),
                             apply("r", "ax.recip_pos", x="1 + exp(B)"), combine("q", "0 < (1/(1 + exp(B)))^2", "r"),
                             intro("all", f"all b:real | abs(b) <= B => (1/(1 + exp(B)))^2 <= {LOSS}", "h",
                                   apply("a", "ax.abs_ge", x="b"), combine("b1", "b <= B", "a h"),
                                   apply("z", "C3", B="B", b="b")),
                             witness("z", w="(1/(1 + exp(B)))^2")),
                       witness("z", G=f"b -> {LOSS}"))))),
)

CLAIM = Claim(
    id="etr_training.hierarchy",
    title="Strict systems are found at rational points, closed systems on boxes are refuted by grids",
    statement=STATEMENT,
    source=Source("T. Hankala, M. Hannula, J. Kontinen, J. Virtema", 2023, "Complexity of Neural Network Training"
                                                                           " and ETR:"
                  " Extensions with Effectively Continuous Functions", "reconstructed", arxiv="2305.11833",
                  note="Low levels of the arithmetical hierarchy are in"
                       " the abstract seen; the levels and the proofs are reconstructed."),
    summary="Rational points decide strict systems, finite grids refute closed ones on boxes, and a sigmoid sink"
            " needs the box.",
    derivation=_DERIVATION,
    instance=INSTANCE,
    controls=CONTROLS,
    attack="theory.etr_training.hierarchy_attack",
    comparison=(
        Comparison("objects",
                   "systems of effectively continuous functions of p parameters",
                   "F(c, l), with c the name of a point of R^p and theta(c, j) its coordinates, for all p",
                   "every function of p reals is of this form, since R^p has as many points as R"),
        Comparison("strict systems",
                   "Sigma_1: search the rationals",
                   "a solution gives one with coordinates P(j)/N",
                   "the converse is evident; that a machine can search is not expressible"),
        Comparison("boxed closed systems",
                   "Pi_1: a finite cover refutes",
                   "a grid with a modulus refutes; a positive lower bound gives such a grid",
                   "from no zero to a lower bound is the extreme value theorem, not used: the kernel has no"
                   " completeness"),
        Comparison("unbounded closed systems",
                   "Sigma_2: some box is satisfiable",
                   "not stated: it is the union of the boxes B = 1, 2, ...",
                   "weaker; Turing machines and the levels are not in the grammar"),
        Comparison("sigmoid sink",
                   "infimum 0, every box unsatisfiable",
                   "positive, below every w > 0 somewhere, at least (1/(1 + exp(B)))^2 for b <= B",
                   "as stated, with the bound; b is the pre-activation"),
        Comparison("attack",
                   "",
                   "the parts with all choices written out: grid point, distance, modulus; H1 is for this point",
                   "an existence under quantifiers has no point to be evaluated at"),
    ),
    tightness="The bound of the sink on a box is attained at b = B; a grid of spacing 1/N leaves gaps that tend to"
              " 1/N.",
)

"""The Hilbert-Schmidt norm of a noisy layer: its square is lambda(Omega) ||rho||^2, and the weights drop out.

Level n is a finite measure `om` (Lebesgue measure on Omega_n, any dimension), F(i, .) the coordinates of the layer, the
noise has independent coordinates with densities r(i, .) on [-b(i), b(i)], the next level is a box that contains
F(Omega_n) + supp(rho). The squared norm is the iterated integral of the squared kernel prod r(i, y_i - F_i(x))^2.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from sympy import Expr, Rational, pi

from theory.exact.rationals import exact
from theory.language import Claim, Comparison, Control, Lemma, Statement, Witness, statement
from theory.language.derivation import Step, apply, calculus, cases, combine, compute, intro, obtain, witness
from theory.language.errors import InputError, explain
from theory.mori_zwanzig.noise_laws import Noise, noise_law, venturi_li
from theory.mori_zwanzig.restating import restated

SHIFTED = Lemma(
    "mori_zwanzig.shifted_integral", "Over a box that contains its shifted support a function keeps its integral",
    statement("all g:real->real, f b R C:real | hg: (all x:real => abs(g(x)) <= C), hb: 0 <= b,"
              " up: (all u:real | b < u => g(u) = 0), dn: (all u:real | u < -b => g(u) = 0), h1: f + b <= R,"
              " h2: -R <= f - b => integral(y in leb(-R,R): g(y - f)) = integral(u in leb(-b,b): g(u))"),
    (
        apply("t", "cite.translation", "integral(y in leb(-R,R): g(y - f)) = integral(y in leb(-R - f,R - f): g(y))",
              f="x -> g(x)", a="-R", b="R", c="-f"),
        combine("l1", "-R - f <= -b", "h2"), combine("l2", "b <= R - f", "h1"), combine("l3", "-b <= b", "hb"),
        combine("l4", "-b <= R - f", "l2 l3"),
        apply("s1", "cite.interval_split", f="x -> g(x)", a="-R - f", b="-b", c="R - f", B="C"),
        apply("s2", "cite.interval_split", f="x -> g(x)", a="-b", b="b", c="R - f", B="C"),
        intro("zl", "all x:real | -R - f < x, x < -b => g(x) = 0", "x1 x2", apply("z", "dn", u="x")),
        intro("zr", "all x:real | b < x, x < R - f => g(x) = 0", "x1 x2", apply("z", "up", u="x")),
        apply("e1", "cite.equal_inside", f="x -> g(x)", g="x -> 0", a="-R - f", b="-b"),
        apply("e2", "cite.equal_inside", f="x -> g(x)", g="x -> 0", a="b", b="R - f"),
        apply("o1", "textbook.integral_const", a="-R - f", b="-b", c="0"),
        apply("o2", "textbook.integral_const", a="b", b="R - f", c="0"),
        combine("end", facts="t s1 s2 e1 e2 o1 o2", rounds=5),
    ),
)

_INNER = "integral(y in leb(-R(i),R(i)): r(i,y - F(i,x))*r(i,y - F(i,x)))"
_OWN = "integral(u in leb(-b(i),b(i)): r(i,u)*r(i,u))"
HS = "integral(x in om: prod(i=1..N: " + _INNER + "))"
_UNIFORM = ("(all n:int, B:real, h:real->real | 0 <= n, 0 < B, (all u:real | -B < u, u < B => h(u) = 1/(2*B))"
            " => prod(i=1..n: integral(u in leb(-B,B): h(u)*h(u))) = 1/pow(2*B, n))")
_LEAST = ("(all mu:obj, h:real->real, K l:real | (all x:real => abs(h(x)) <= K), integral(y in mu: 1) = l, 0 < l,"
          " integral(y in mu: h(y)) = 1 => 1/l <= integral(y in mu: h(y)*h(y)))")
_G = "exp(-((y - f)*(y - f))/(2*s*s))"
_GAUSS = ("(all mu:obj, s c f:real | 0 < s, 0 < c => integral(y in mu: {0}*{0}/(2*c*c*s*s))"
          " = 1/(2*c*s)*integral(y in mu: exp(-((y - f)*(y - f))/(s*s))/(c*s)))").format(_G)

_CO = "1 <= i, i <= N"


def _text(*, box: bool = True, conclusion: str = "") -> str:
    inside = (f", H6: (all i:int, x:real | {_CO} => F(i,x) + b(i) <= R(i)),"
              f" H7: (all i:int, x:real | {_CO} => -R(i) <= F(i,x) - b(i))") if box else ""
    return (
        "all N:int, om:obj, F r:(i:int,x:real)->real, b R C:int->real | H1: 0 <= N,"
        f" H2: (all i:int, x:real | {_CO} => abs(r(i,x)) <= C(i)), H3: (all i:int | {_CO} => 0 <= b(i)),"
        f" H4: (all i:int, u:real | {_CO}, b(i) < u => r(i,u) = 0),"
        f" H5: (all i:int, u:real | {_CO}, u < -b(i) => r(i,u) = 0){inside} => {conclusion}")


MAIN = f"{HS} = integral(x in om: 1)*prod(i=1..N: {_OWN})"

_AS_TEXT = _text(conclusion=f"some | {MAIN}, {_UNIFORM}, {_LEAST}, {_GAUSS}")
"""H1 width; H2 bounded densities; H3-H5 their supports; H6, H7 the next level contains F(Omega) + supp rho."""

_PRODUCT = f"prod(i=1..N: {_OWN})"
_ONE = intro("b1", "all x:real => abs(1) <= 1", "", apply("z", "ax.abs_le", x="1", y="1"))

_STEPS = (
    _ONE,
    intro("row", f"all x:real => prod(i=1..N: {_INNER}) = {_PRODUCT}*1", "",
          intro("one", f"all l:int | 1 <= l, l <= N => {_INNER.replace('(i', '(l')} = {_OWN.replace('(i', '(l')}",
                "l1 l2",
                intro("bd", "all t:real => abs(r(l,t)) <= C(l)", "", apply("z", "H2", i="l", x="t")),
                apply("sq", "mori_zwanzig.bounded_product", f="t -> r(l,t)", g="t -> r(l,t)", B="C(l)", C="C(l)"),
                apply("p", "H3", i="l"), apply("q1", "H6", i="l", x="x"), apply("q2", "H7", i="l", x="x"),
                intro("up", "all u:real | b(l) < u => r(l,u)*r(l,u) = 0", "u1", apply("a", "H4", i="l", u="u"),
                      combine("z", facts="a")),
                intro("dn", "all u:real | u < -b(l) => r(l,u)*r(l,u) = 0", "u1", apply("a", "H5", i="l", u="u"),
                      combine("z", facts="a")),
                apply("z", "mori_zwanzig.shifted_integral", g="t -> r(l,t)*r(l,t)", f="F(l,x)", b="b(l)", R="R(l)",
                      C="C(l)*C(l)")),
          apply("c", "textbook.prod_cong", f=f"i -> {_INNER}", g=f"i -> {_OWN}", a="1", b="N"),
          combine("z", facts="c")),
    apply("e", "cite.integral_equal", mu="om", f=f"x -> prod(i=1..N: {_INNER})", g=f"x -> {_PRODUCT}*1"),
    apply("s", "mori_zwanzig.integral_scale", mu="om", f="x -> 1", c=_PRODUCT, B="1"),
    combine("A", MAIN, "e s"),
    intro("U", _UNIFORM[1:-1], "n0 B0 hq",
          intro("in", "all u:real | -B < u, u < B => h(u)*h(u) = 1/(2*B)*(1/(2*B))", "u1 u2", apply("a", "hq", u="u"),
                combine("z", facts="a")),
          apply("e2", "cite.equal_inside", f="u -> h(u)*h(u)", g="u -> 1/(2*B)*(1/(2*B))", a="-B", b="B"),
          combine("l", "-B <= B", "B0"), combine("B2", "0 <"
            " 2*B", "B0"), apply("o", "textbook.integral_const", a="-B", b="B", c="1/(2*B)*(1/(2*B))"),
          combine("v", "integral(u in leb(-B,B): h(u)*h(u)) = 1/(2*B)", "e2 o B2", rounds=3),
          intro("cg", "all j:int | 1 <= j, j <= n => integral(u in leb(-B,B): h(u)*h(u)) = 1/(2*B)", "j1 j2",
                combine("z", facts="v")),
          apply("pc", "textbook.prod_cong", f="i -> integral(u in leb(-B,B): h(u)*h(u))", g="i -> 1/(2*B)", a="1",
                b="n"),
          apply("pk", "textbook.prod_const", c="1/(2*B)", n="n"),
          apply("pp", "textbook.pow_pos", x="2*B", n="n"), apply("pm", "textbook.pow_mul", x="1/(2*B)", y="2*B", n="n"),
          apply("p1", "textbook.pow_one", n="n"), combine("id", "1/(2*B)*(2*B) = 1", "B0"),
          apply("cc", "ax.cong", f="t -> pow(t, n)", x="1/(2*B)*(2*B)", y="1"),
          combine("w", "pow(1/(2*B), n)*pow(2*B, n) = 1", "pm cc p1"),
          combine("z", facts="pc pk w pp", mul="pp", rounds=3)),
    intro("L", _LEAST[1:-1], "hq hl l0 hm",
          apply("rl", "ax.recip_pos", x="l"),
          intro("kb", "all x:real => abs(1/l) <= 1/l", "", combine("n0", "-(1/l) <= 1/l", "rl"),
                apply("z", "ax.abs_le", x="1/l", y="1/l")),
          intro("k0", "all x:real => 0 <= 1/l", "", combine("z", facts="rl")),
          apply("m1", "mori_zwanzig.integral_scale", mu="mu", f="x -> 1", c="1/l", B="1"),
          combine("one", "integral(y in mu: 1/l) = 1", "m1 hl l0", rounds=3),
          apply("j", "mori_zwanzig.integral_jensen", mu="mu", k="x -> 1/l", u="x -> h(x)", K="1/l", U="K"),
          apply("m2", "mori_zwanzig.integral_scale", mu="mu", f="x -> h(x)", c="1/l", B="K"),
          apply("qq", "mori_zwanzig.bounded_product", f="x -> h(x)", g="x -> h(x)", B="K", C="K"),
          apply("m3", "mori_zwanzig.integral_scale", mu="mu", f="x -> h(x)*h(x)", c="1/l", B="K*K"),
          combine("w", "1/l*(1/l) <= 1/l*integral(y in mu: h(y)*h(y))", "j m2 m3 hm", rounds=3),
          combine("z", facts="w", mul="rl", degree=1)),
    intro("G", _GAUSS[1:-1], "s0 c0",
          intro("pt", f"all y:real => {_G}*{_G}/(2*c*c*s*s) = 1/(2*c*s)*(exp(-((y - f)*(y - f))/(s*s))/(c*s))", "",
                apply("ea", "ax.exp_add", a="-((y - f)*(y - f))/(2*s*s)", b="-((y - f)*(y - f))/(2*s*s)"),
                combine("ss", "0 < 2*s*s", "s0"), combine("st", "0 < s*s", "s0"),
                combine("ag", "-((y - f)*(y - f))/(2*s*s) + -((y - f)*(y - f))/(2*s*s) = -((y - f)*(y - f))/(s*s)",
                        "ss st", rounds=3),
                apply("cg", "ax.cong", f="t -> exp(t)",
                      x="-((y - f)*(y - f))/(2*s*s) + -((y - f)*(y - f))/(2*s*s)", y="-((y - f)*(y - f))/(s*s)"),
                combine("cs", "0 < c*s", "s0 c0"), combine("c2", "0 < 2*c*s", "cs"),
                combine("c4", "0 < 2*c*c*s*s", "cs", squares=("c*s",)),
                combine("rr", "1/(2*c*c*s*s) = 1/(2*c*s)*(1/(c*s))", "cs c2 c4", rounds=4),
                combine("z", facts="ea cg rr", rounds=3)),
          apply("eq", "cite.integral_equal", mu="mu", f=f"y -> {_G}*{_G}/(2*c*c*s*s)",
                g="y -> 1/(2*c*s)*(exp(-((y - f)*(y - f))/(s*s))/(c*s))"),
          combine("cs", "0 < c*s", "s0 c0"), apply("rc", "ax.recip_pos", x="c*s"), combine("st", "0 < s*s", "s0"),
          apply("rs", "ax.recip_pos", x="s*s"),
          intro("bd", "all y:real => abs(exp(-((y - f)*(y - f))/(s*s))/(c*s)) <= 1/(c*s)", "",
                apply("p", "ax.exp_pos", a="-((y - f)*(y - f))/(s*s)"), apply("m", "ax.exp_zero"),
                combine("sg", "0 <= (y - f)*(y - f)", squares=("y - f",)),
                combine("le", "-((y - f)*(y - f))/(s*s) <= 0", "sg rs"),
                apply("mo", "textbook.exp_mono", x="-((y - f)*(y - f))/(s*s)", y="0"),
                combine("u1", "exp(-((y - f)*(y - f))/(s*s))/(c*s) <= 1/(c*s)", "mo m rc"),
                combine("u2", "-(exp(-((y - f)*(y - f))/(s*s))/(c*s)) <= 1/(c*s)", "p rc"),
                apply("z", "ax.abs_le", x="exp(-((y - f)*(y - f))/(s*s))/(c*s)", y="1/(c*s)")),
          apply("sc", "mori_zwanzig.integral_scale", mu="mu", f="y -> exp(-((y - f)*(y - f))/(s*s))/(c*s)",
                c="1/(2*c*s)", B="1/(c*s)"),
          combine("z", facts="eq sc")),
)

HS_INTEGRALS = Lemma(
    "mori_zwanzig.hs_norm_integrals", "The squared Hilbert-Schmidt norm of a layer with independent noise coordinates",
    statement(_AS_TEXT), _STEPS)

LEMMAS = (SHIFTED, HS_INTEGRALS)

_ROW = "1 <= x, x <= m, 1 <= y, y <= d"
_ON_POINTS = "some | 1 <= p(x,y), p(x,y) <= d, 1 <= w(x,y), w(x,y) <= d, w(x,p(x,y)) = y, p(x,w(x,y)) = y"
FINITE = "sum(x=1..m: v(x)*sum(y=1..d: g(p(x,y))*g(p(x,y)))) = sum(x=1..m: v(x))*sum(y=1..d: g(y)*g(y))"


def finite_statement(conclusion: str) -> Statement:
    """m states of weights v(x), noise g on d points, y -> p(x, y) the translation by F(x) and w(x, .) its inverse."""
    return statement("all m d:int, v g:int->real, p w:(x:int,y:int)->int | H1: 0 <= m, H2: 0 <= d,"
                     f" H3: (all x y:int | {_ROW} => {_ON_POINTS}) => {conclusion}")


STATEMENT = finite_statement(f"some | {FINITE}, ({_AS_TEXT})")

_DERIVATION = (
    intro("row", "all l:int | 1 <= l, l <= m => v(l)*sum(y=1..d: g(p(l,y))*g(p(l,y))) = sum(y=1..d: g(y)*g(y))*v(l)",
          "l1 l2",
          *(intro(f"k{h}", f"all i:int | 1 <= i, i <= d => {body}", "i1 i2", apply(f"o{h}", "H3", x="l", y="i"),
                  obtain("z", f"o{h}", "b1 b2 b3 b4 b5 b6", combine("y", facts=f"b{h}")))
            for h, body in enumerate(("1 <= p(l,i)", "p(l,i) <= d", "1 <= w(l,i)", "w(l,i) <= d",
                                      "w(l,p(l,i)) = i", "p(l,w(l,i)) = i"), 1)),
          apply("bi", "textbook.sum_bijection", f="j -> g(j)*g(j)", p="j -> p(l,j)", v="j -> w(l,j)", n="d"),
          combine("z", facts="bi")),
    apply("sc", "textbook.sum_scale", f="x -> v(x)*sum(y=1..d: g(p(x,y))*g(p(x,y)))", g="x -> v(x)",
          c="sum(y=1..d: g(y)*g(y))", a="1", b="m"),
    combine("A", FINITE, "sc"),
    restated("B", HS_INTEGRALS),
)


def inside(edge: str, height: str) -> tuple[Step, ...]:
    """Facts about the density ite(u*u, edge, height, 0): bounded by 1, zero where edge < u*u, `height` elsewhere."""
    body = f"ite(u*u, {edge}, {height}, 0)"
    return (
        intro("bounded", f"all u:real => abs({body}) <= 1", "",
              apply("t", "ax.total", x="u*u", y=edge),
              cases("val", "t", "w",
                    [apply("a", "ax.ite_then", a="u*u", b=edge, x=height, y="0"),
                     combine("p", f"{body} <= 1", "a"), combine("n", f"-{body} <= 1", "a"),
                     apply("z", "ax.abs_le", x=body, y="1")],
                    [apply("a", "ax.ite_else", a="u*u", b=edge, x=height, y="0"),
                     combine("p", f"{body} <= 1", "a"), combine("n", f"-{body} <= 1", "a"),
                     apply("z", "ax.abs_le", x=body, y="1")])),
        intro("off", f"all u:real | {edge} < u*u => {body} = 0", "h",
              apply("z", "ax.ite_else", a="u*u", b=edge, x=height, y="0")),
        intro("on", f"all u:real | u*u <= {edge} => {body} = {height}", "h",
              apply("z", "ax.ite_then", a="u*u", b=edge, x=height, y="0")),
    )


def supported(edge: str, radius: str, height: str) -> tuple[Step, ...]:
    """H2, H4 and H5 of the density of `inside` with half-width `radius`, the root of `edge`, for one unit."""
    body = f"ite(u*u, {edge}, {height}, 0)"
    return (
        *inside(edge, height),
        intro("k2", f"all i:int, u:real | 1 <= i, i <= 1 => abs({body}) <= 1", "i1 i2", apply("z", "bounded", u="u")),
        intro("k4", f"all i:int, u:real | 1 <= i, i <= 1, {radius} < u => {body} = 0", "i1 i2 u1",
              combine("s", f"{edge} < u*u", "u1", squares=(f"u - {radius}",)), apply("z", "off", u="u")),
        intro("k5", f"all i:int, u:real | 1 <= i, i <= 1, u < -{radius} => {body} = 0", "i1 i2 u1",
              combine("s", f"{edge} < u*u", "u1", squares=(f"u + {radius}",)), apply("z", "off", u="u")),
    )


def squared(name: str, edge: str, height: str, half: str) -> tuple[Step, ...]:
    """The integral over [-half, half] of the squared density of `inside`, where half^2 <= edge: 2 half height^2."""
    body = f"ite(y*y, {edge}, {height}, 0)"
    on = f"all y:real | -{half} <= y, y <= {half} => "
    return (
        intro(f"{name}_e", f"{on}{height}*{height} = {body}*{body}", "y1 y2",
              combine("s", f"y*y <= {edge}", "y1 y2"), apply("a", "on", u="y"), combine("z", facts="a", rounds=3)),
        intro(f"{name}_d", f"{on}deriv(u: {height}*{height}*u, y, {height}*{height})", "y1 y2", calculus("z")),
        intro(f"{name}_m", f"{on}0 <= {height}*{height}", "y1 y2", combine("z")),
        apply(f"{name}_c", "textbook.integral_cong", F=f"y -> {height}*{height}*y", f=f"y -> {height}*{height}",
              g=f"y -> {body}*{body}", a=f"-{half}", b=half, m="0"),
        apply(f"{name}_v", "textbook.integral_const", a=f"-{half}", b=half, c=f"{height}*{height}"),
        combine(name, f"integral(y in leb(-{half},{half}): {body}*{body}) = 2*{half}*{height}*{height}",
                f"{name}_c {name}_v", rounds=3),
    )


def one_unit(name: str, inner: str, value: str) -> tuple[Step, ...]:
    """The product over one unit of an integral with a known value (fact `value`), called `name`."""
    return (apply(f"{name}_e", "ax.prod_empty", f=f"i -> {inner}", a="1", b="0"),
            apply(f"{name}_l", "ax.prod_last", f=f"i -> {inner}", a="1", b="1"),
            combine(name, f"prod(i=1..1: {inner}) = {value}", f"{name}_e {name}_l", rounds=3))


_Y = "integral(y in leb(-{half},{half}): ite(y*y, {edge}, {height}, 0)*ite(y*y, {edge}, {height}, 0))"

_BOX_TWO = (*supported("4", "2", "1/4"), *squared("cut", "4", "1/4", "1"), *squared("own", "4", "1/4", "2"))
_CUT, _FULL = (_Y.format(half=h, edge="4", height="1/4") for h in ("1", "2"))

_UNIFORM_SQUARE = (
    apply("i1", "textbook.integral_const", a="-1", b="1", c="1/4"),
    *one_unit("p1", "integral(u in leb(-1,1): 1/4)", "integral(u in leb(-1,1): 1/4)"),
)

CONTROLS = (
    Control("truncated", "the next level cut down to [-1,1] although the noise reaches [-2,2]: 1/8 in place of 1/4",
            statement(_text(box=False, conclusion=MAIN)),
            Witness((
                *_BOX_TWO, *one_unit("pc", _CUT, _CUT), *one_unit("pf", _FULL, _FULL),
                apply("m", "textbook.integral_const", a="0", b="1", c="1"),
                apply("l", "textbook.integral_const", a="0", b="1", c=f"prod(i=1..1: {_CUT})"),
                combine("lv", f"integral(x in leb(0,1): prod(i=1..1: {_CUT})) = 1/8", "l pc cut", rounds=4),
                combine("rv", f"integral(x in leb(0,1): 1)*prod(i=1..1: {_FULL}) = 1/4", "m pf own", rounds=4),
                combine("ne", f"integral(x in leb(0,1): prod(i=1..1: {_CUT}))"
                        f" < integral(x in leb(0,1): 1)*prod(i=1..1: {_FULL})", "lv rv"),
                apply("nn", "ax.lt_ne", x=f"integral(x in leb(0,1): prod(i=1..1: {_CUT}))",
                      y=f"integral(x in leb(0,1): 1)*prod(i=1..1: {_FULL})"),
                witness("end", N="1", om="leb(0,1)", F="i, x -> 0", r="i, u -> ite(u*u, 4, 1/4, 0)", b="i -> 2",
                        R="i -> 1", C="i -> 1")))),
    Control("forgotten_integral", "(2b)^(-2N), the integral over the next level forgotten: 1/2, not 1/4, at N = b = 1",
            statement("all N:int, b:real, r:real->real | 0 <= N, 0 < b, (all u:real | -b < u, u < b => r(u) = 1/(2*b))"
                      " => 1/pow(2*b, 2*N) = prod(i=1..N: integral(u in leb(-b,b): r(u)*r(u)))"),
            Witness((*_UNIFORM_SQUARE,
                     compute("pw", "pow(2*1, 2*1) = 4"), combine("w0", "0 < pow(2*1, 2*1)", "pw"),
                     combine("wv", "1/pow(2*1, 2*1) = 1/4", "pw", mul="w0", rounds=3),
                     combine("lt", "1/pow(2*1, 2*1) < prod(i=1..1: integral(u in leb(-1,1): 1/4))", "wv i1 p1"),
                     apply("nn", "ax.lt_ne", x="1/pow(2*1, 2*1)",
                           y="prod(i=1..1: integral(u in leb(-1,1): 1/4))"),
                     witness("end", N="1", b="1", r="u -> 1/2")))),
)

_TURN = "iite(x, 1, y, 3 - y)"
INSTANCE = Witness((witness("end", m="2", d="2", v="x -> x", g="y -> y", p=f"x, y -> {_TURN}",
                            w=f"x, y -> {_TURN}"),))
CLAIM = Claim(
    id="mori_zwanzig.hs_norm",
    title="The Hilbert-Schmidt norm of a noisy layer does not see the weights",
    statement=STATEMENT,
    source=venturi_li("The equality is what the announced route (Hilbert-Schmidt norm below one, uniform or Gaussian"
                      " noise) uses; derived here, together with the value and the least value."),
    summary="The squared Hilbert-Schmidt norm is the volume of the domain times the squared norm of the noise density:"
            " lambda/(2b)^N for uniform noise, and no density on a set B does better than the uniform one.",
    derivation=_DERIVATION,
    instance=INSTANCE,
    controls=CONTROLS,
    comparison=(
        Comparison("equality", "HS^2 = lambda(Omega_n) ||rho||^2 for every measurable F_n",
                   "part 2: integral over om of prod_i of the integrals of r(i, y - F(i,x))^2 = mass(om) prod_i"
                   " ||r_i||^2",
                   "noise with independent bounded coordinates of bounded support; the integral over the box R^N is"
                   " written as the iterated one; given the cited laws (linear, equal, translation, splitting)"),
        Comparison("domain", "Omega_n in R^N, lambda Lebesgue measure", "om, any finite measure; points are reals",
                   "more general: a finite measure on R^N is one on the line up to a measurable bijection"),
        Comparison("finite model", "discretised kernels", "part 1, exact: rows of a kernel are rearrangements of g",
                   "translations of a finite group are such rearrangements; this part is attacked by mutants"),
        Comparison("uniform", "lambda(Omega_n)/(2b)^N", "prod of the squared norms is 1/pow(2B, n)", "as stated"),
        Comparison("Gaussian", "lambda(Omega_n) (4 pi sigma^2)^(-N/2)",
                   "per coordinate and for every measure mu of y: the integral of the squared density is 1/(2 c s)"
                   " times"
                   " the mass that the Gaussian of variance s^2/2 has in mu, c = sqrt(pi)",
                   "on a bounded box the mass is below one, so the value is an upper bound; it is one on the line"),
        Comparison("least value", "uniform on B minimises, with the value lambda(Omega_n)/lambda(B)",
                   "every density h on mu has squared norm at least 1/mu(everything)", "as stated"),
    ),
    tightness="An equality; the uniform density attains the least value 1/lambda(B).",
    experiments=("mori_zwanzig.condition_table", "mori_zwanzig.hs_regime"),
    attack="theory.mori_zwanzig.hs_norm_attack",
)


def hs_norm_squared(widths_of_box: Sequence[int | Fraction | str], noise: Noise, outputs: int | None = None
                    ) -> Fraction | Expr:
    """Return ||M_n||_HS^2 = lambda(Omega_n) ||rho_n||^2 for a box Omega_n with the given side lengths.

    `outputs` is the width N_{n+1} of the next level, len(widths_of_box) unless given: the exponent belongs to it.
    A Fraction for uniform noise, a SymPy expression for Gaussian noise.

    Raises:
        InputError: a negative side, no output, noise of zero width. ExactnessError: a float.

    >>> hs_norm_squared([2], ("uniform", "0.5")), hs_norm_squared([2, 2], ("uniform", 1), outputs=1)
    (Fraction(2, 1), Fraction(2, 1))
    """
    kind, amplitude = noise_law(noise)
    volume = Fraction(1)
    for position, width in enumerate(widths_of_box, 1):
        side = exact(width, f"width {position} of the box")
        if side < 0:
            raise InputError(explain(f"width {position} of the box", "a side length >= 0", str(side),
                                     "Give high - low for every coordinate."))
        volume *= side
    size = len(widths_of_box) if outputs is None else outputs
    if isinstance(size, bool) or not isinstance(size, int) or size < 1:
        raise InputError(explain("outputs", "a width >= 1", repr(size), "Give the width of the next level."))
    if kind == "uniform":
        return volume / (2 * amplitude) ** size
    variance = Rational(amplitude.numerator, amplitude.denominator) ** 2
    return Rational(volume.numerator, volume.denominator) * (4 * pi * variance) ** Rational(-size, 2)

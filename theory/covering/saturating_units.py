"""Networks of one unit that saturates: four parameters are seen in the outputs, so scaling is no symmetry.

The unit s(u) = max(u + 1, 0) - max(u - 1, 0) - 1 cuts u at -1 and 1. With d = 1, n = 1, X = 2 the outputs at -2 and 2
are c - a and c + a, at 0 and 1/4 they are a b + c and a (w/4 + b) + c. A grid of N values for each of these parameters
gives N^4 networks, pairwise 2/(9 N) apart, more than any count of order N^3 for large N.
"""

from __future__ import annotations

from theory.language import Lemma, Witness, statement
from theory.language.derivation import Step, apply, cases, combine, compute, finite, intro, obtain, witness

QUOTIENT = Lemma(
    "covering.quotient_le_one", "x/y <= 1 for x <= y and 0 < y",
    statement("all x y:real | hy: 0 < y, hx: x <= y => x/y <= 1"),
    (combine("end", facts="hx", mul="hy", degree=1),),
)

BINOM_ONE = Lemma(
    "covering.binom_one", "There are n ways to choose one of n",
    statement("all n:int | hn: 1 <= n => binom(n, 1) = n"),
    (apply("b", "ax.binom", n="n", k="1"), apply("f", "ax.fact_succ", n="n - 1"), apply("g", "ax.fact_succ", n="0"),
     apply("z", "ax.fact_zero"), apply("p", "textbook.fact_pos", n="n - 1"),
     combine("c", "binom(n, 1)*fact(n - 1) = n*fact(n - 1)", "b f g z", rounds=4), combine("end", facts="c", mul="p")),
)

EXCHANGED = Lemma(
    "covering.less_than_equal", "Equals for equals on both sides of an inequality",
    statement("all c x y u v:real | hy: y = x, hv: v = u, h: c*x < u => c*y < v"),
    (combine("end", facts="hy hv h"),),
)

SUM_SINGLE = Lemma(
    "covering.sum_single", "A sum of one term",
    statement("all f:int->real => sum(j=1..1: f(j)) = f(1)"),
    (apply("a", "ax.sum_last", f="j -> f(j)", a="1", b="1"), apply("e", "ax.sum_empty", f="j -> f(j)", a="1", b="0"),
     combine("end", facts="a e")),
)

_CUT = "(max(u + 1, 0) - max(u - 1, 0) - 1)"


def _part(name: str, term: str, positive: bool, *facts: Step) -> tuple[Step, ...]:
    """max(term, 0) is term or 0, by the fact named like the step."""
    value = term if positive else "0"
    return (*facts, combine(f"{name}a", f"{term} <= {value}", name if not positive else ""),
            combine(f"{name}b", f"0 <= {value}", name if positive else ""),
            apply(f"{name}c", "ax.max_le", x=term, y="0", z=value),
            apply(f"{name}d", "ax.max_left" if positive else "ax.max_right", x=term, y="0"),
            apply(f"{name}e", "ax.antisym", x=f"max({term}, 0)", y=value))


def _cut(id_: str, title: str, guard: str, value: str, up: bool, down: bool) -> Lemma:
    return Lemma(id_, title, statement(f"all u:real | {guard} => {_CUT} = {value}"), (
        combine("p", "0 <= u + 1" if up else "u + 1 <= 0", "h1"),
        combine("m", "0 <= u - 1" if down else "u - 1 <= 0", "h2"),
        *_part("p", "(u + 1)", up), *_part("m", "(u - 1)", down), combine("end", facts="pe me")))


LOW = _cut("covering.cut_low", "Below -1 the saturating unit is -1", "h1: u <= -1, h2: u <= -1", "-1", False, False)
MIDDLE = _cut("covering.cut_middle", "Between -1 and 1 it is linear", "h1: -1 <= u, h2: u <= 1", "u", True, False)
HIGH = _cut("covering.cut_high", "Above 1 it is 1", "h1: 1 <= u, h2: 1 <= u", "1", True, True)

CUT_LIPSCHITZ = Lemma(
    "covering.cut_lipschitz", "The saturating unit is Lipschitz with the constant 2",
    statement(f"all u v:real => abs({_CUT} - {_CUT.replace('u', 'v')}) <= 2*abs(u - v)"),
    (
        apply("a", "covering.relu_lipschitz", u="u + 1", v="v + 1"),
        apply("b", "covering.relu_lipschitz", u="u - 1", v="v - 1"),
        apply("n", "ax.abs_ge", x="max(u + 1, 0) - max(v + 1, 0)"),
        apply("o", "ax.abs_neg", x="max(u + 1, 0) - max(v + 1, 0)"),
        apply("p", "ax.abs_ge", x="max(u - 1, 0) - max(v - 1, 0)"),
        apply("r", "ax.abs_neg", x="max(u - 1, 0) - max(v - 1, 0)"),
        combine("up", f"{_CUT} - {_CUT.replace('u', 'v')} <= 2*abs(u - v)", "a b n r", degree=1),
        combine("down", f"-({_CUT} - {_CUT.replace('u', 'v')}) <= 2*abs(u - v)", "a b o p", degree=1),
        apply("end", "ax.abs_le", x=f"{_CUT} - {_CUT.replace('u', 'v')}", y="2*abs(u - v)"),
    ),
)

_OUTER = "(3/2 + (D({t},2) - D({t},1))*z/8)"
_SHIFT = "((D({t},1) + D({t},2))*z/8)"
_BIAS = "(D({t},3)*z/4)"
_WEIGHT = "(1 + D({t},4)*z)"
"""The parameters of network number t, whose digits D(t, 1..4) lie in 1..1/z."""


def _unit(x: str) -> str:
    return f"sum(j=1..1: {_WEIGHT}*({x})) + {_BIAS}"


def _value(t: str, x: str) -> str:
    cut = _CUT.replace("(u ", f"({_unit(x)} ")
    return f"sum(i=1..1: {_OUTER}*{cut}) + {_SHIFT}".replace("{t}", t)


def _evaluated(i: int) -> Step:
    """Network t at the input number i is the value of the table."""
    x, lemma, value = _AT[i]
    unit, pre = _unit(x).replace("{t}", "t"), f"{_WEIGHT}*({x}) + {_BIAS}".replace("{t}", "t")
    cut = _CUT.replace("(u ", f"({unit} ")
    needed = {1: "4", 2: "34", 3: "3", 4: "34"}[i]
    facts = " ".join(("u u3 u4", *(f"n{k}" for k in needed)))
    bounds = (combine("hi", _UPPER[lemma].format(unit), facts, degree=1),)
    if lemma == "middle":
        bounds += (combine("lo", _LOWER[lemma].format(unit), facts, degree=1),)
    return intro(
        f"at{i}", f"all t:int | 1 <= t, t <= M => {_value('t', x)} = {value.replace('{t}', 't')}", "t1 t2",
        *(apply(f"r{k}", "in", k="t", i=str(k)) for k in range(1, 5)),
        obtain("z1", "r1", "l1 u1", obtain("z2", "r2", "l2 u2", obtain("z3", "r3", "l3 u3", obtain(
            "z4", "r4", "l4 u4", *(combine(f"n{k}", f"0 <= D(t,{k})*z", f"l{k} hz") for k in needed),
            apply("s", "covering.sum_single", f=f"j -> {_WEIGHT.replace('{t}', 't')}*({x})"),
            combine("u", f"{unit} = {pre}", "s"), *bounds, apply("c", f"covering.cut_{lemma}", u=unit),
            apply("s2", "covering.sum_single", f=f"i -> {_OUTER.replace('{t}', 't')}*{cut}"),
            combine("v", facts="s2 c u", rounds=3))))))


_LOWER = {"low": "{} <= -1", "middle": "-1 <= {}", "high": "1 <= {}"}
_UPPER = {"low": "{} <= -1", "middle": "{} <= 1", "high": "1 <= {}"}


_AT = {1: ("-2", "low", f"-1*{_OUTER} + {_SHIFT}"), 2: ("2", "high", f"{_OUTER} + {_SHIFT}"),
       3: ("0", "middle", f"{_OUTER}*{_BIAS} + {_SHIFT}"),
       4: ("1/4", "middle", f"{_OUTER}*({_WEIGHT}/4 + {_BIAS}) + {_SHIFT}")}



def _grows(t: str, r: str, i: int) -> tuple[Step, ...]:
    """Digit i of r exceeds that of t by one at least: so does, times 11/8, the product with the outer weight."""
    product = f"{_OUTER.replace('{t}', 't')}*((D({r},{i}) - D({t},{i}))*z/4)"
    return (combine("more", f"11/32*z <= {product}", "slope step hz", degree=3),) if i > 2 else ()


def _apart(t: str, r: str, i: int) -> list[Step]:
    """Digit i of t is less than that of r, the earlier ones agree: the outputs at x differ by more than 2 eps."""
    x = _AT[i][0]
    difference = f"{_value('t', x)} - ({_value('r', x)})"
    known = " ".join((f"step hz t{i} r{i}", "more" if i > 2 else "", *(f"same{k}" for k in range(1, i))))
    return [*_grows(t, r, i),
            combine("gap", f"2*(z/9) < {_value(r, x)} - ({_value(t, x)})", known, rounds=3),
            apply("ab", "ax.abs_neg" if r == "r" else "ax.abs_ge", x=difference),
            combine("far", f"2*(z/9) < abs({difference})", "gap ab"),
            compute("size", f"abs({x}) <= 2"),
            intro("inside", f"all j:int | 1 <= j, j <= 1 => abs({x}) <= 2", "j1 j2", combine("y", facts="size")),
            witness("found", x=f"j -> {x}")]


def _digits(i: int) -> tuple[Step, ...]:
    """The first digit in which the networks differ is number i, a later one, or there is none."""
    if i > 4:
        boxes = ([apply("e", "ax.cong_int", f="v -> v", x=f"D(r,{k})", y=f"D(t,{k})"), combine("z", facts="e")]
                 for k in range(1, 5))
        return (finite("equal", "all i:int | 1 <= i, i <= 4 => D(t,i) = D(r,i)", *boxes),
                apply("tr", "D2", j="t", k="r"), combine("no", "0 < 0", "tr h2"),
                intro("inside", "all j:int | 1 <= j, j <= 1 => abs(0) <= 2", "j1 j2", combine("y", mul="no")),
                combine("large", f"2*z <= abs({_value('t', '0')} - ({_value('r', '0')}))", mul="no"),
                combine("far", f"2*(z/9) < abs({_value('t', '0')} - ({_value('r', '0')}))", "large hz"),
                witness("found", x="j -> 0"))
    return (apply(f"tot{i}", "ax.total", x=f"D(t,{i})", y=f"D(r,{i})"),
            cases(f"digit{i}", f"tot{i}", f"c{i}",
                  [apply(f"or{i}", "ax.int_split", m=f"D(t,{i})", n=f"D(r,{i})"),
                   cases(f"eq{i}", f"or{i}", f"same{i}", list(_digits(i + 1)),
                         [combine("step", f"D(t,{i}) + 1 <= D(r,{i})", f"same{i}"), *_apart("t", "r", i)])],
                  [apply("step", "ax.int_step", m=f"D(r,{i})", n=f"D(t,{i})"), *_apart("r", "t", i)]))


_IN = "(all k i:int | 1 <= k, k <= M, 1 <= i, i <= 4 => some | 1 <= D(k,i), D(k,i)*z <= 1)"
_KNOWN = f"all M:int, D:(k:int,i:int)->int, z:real | hz: 0 < z, in: {_IN}"

APART = Lemma(
    "covering.saturating_apart", "Two networks with different digits are more than 2 z/9 apart at some input",
    statement(f"{_KNOWN}, D2: (all j k:int | 1 <= j, j <= M, 1 <= k, k <= M,"
              " (all i:int | 1 <= i, i <= 4 => D(j,i) = D(k,i)) => j = k)"
              " => (all t r:int | 1 <= t, t < r, r <= M => some x:int->real | (all j:int | 1 <= j, j <= 1 =>"
              f" abs(x(j)) <= 2), 2*(z/9) < abs({_value('t', 'x(j)')} - ({_value('r', 'x(j)')})))"),
    (*(_evaluated(i) for i in _AT),
     intro("end", None, "h1 h2 h3", *(apply(f"{k}{i}", f"at{i}", t=k) for k in "tr" for i in _AT),
           apply("b1", "in", k="t", i="1"), apply("b2", "in", k="t", i="2"),
           obtain("slope", "b1", "p1 p2", obtain(
               "w", "b2", "p3 p4", combine("n2", "0 <= D(t,2)*z", "p3 hz"),
               combine("y", facts="p2 n2", degree=1)), goal=f"11/8 <= {_OUTER.replace('{t}', 't')}"),
           *_digits(1))),
)


def _boxed(name: str, of: str, *digits: int) -> Lemma:
    """A parameter is at most 2."""
    term = of.replace("{t}", "t")
    facts = " ".join(f"u{i} v{i}" for i in digits)
    steps: tuple[Step, ...] = (
        *(combine(f"v{i}", f"0 <= D(t,{i})*z", f"l{i} hz") for i in digits), combine("up", f"{term} <= 2", facts),
        combine("dn", f"-{term} <= 2", facts), apply("z0", "ax.abs_le", x=term, y="2"))
    for i in reversed(digits):
        steps = (apply(f"r{i}", "in", k="t", i=str(i)), obtain(f"o{i}", f"r{i}", f"l{i} u{i}", *steps))
    return Lemma(f"covering.saturating_{name}", f"The {name} of a listed network is at most 2",
                 statement(f"{_KNOWN} => (all t:int | 1 <= t, t <= M => abs({term}) <= 2)"),
                 (intro("end", None, "t1 t2", *steps),))


_BOXED = (_boxed("weight", _WEIGHT, 4), _boxed("bias", _BIAS, 3), _boxed("amplitude", _OUTER, 1, 2),
          _boxed("shift", _SHIFT, 1, 2))

LEMMAS = (QUOTIENT, BINOM_ONE, EXCHANGED, SUM_SINGLE, LOW, MIDDLE, HIGH, CUT_LIPSCHITZ, APART, *_BOXED)

_SIZE = 10**8
_CELLS = 72 * 9 * _SIZE
_NEURONS = 4 * _CELLS**2


def _plain(of: str) -> str:
    """A parameter of network t with z = 1/N."""
    return of.replace("{t}", "t").replace("*z", f"/{_SIZE}")


def _in_box(name: str, of: str, names: str) -> tuple[Step, ...]:
    """K1 to K4: the parameters at most 2, with idle indices."""
    known = f"B{name}"
    ranges = "".join(f", 1 <= {v}, {v} <= 1" for v in names.split())
    ids = "t1 t2" + "".join(f" {v}1 {v}2" for v in names.split())
    return (apply(known, f"covering.saturating_{name}", M="M", D="k, i -> D(k,i)", z=f"1/{_SIZE}"),
            intro(name, f"all t {names}:int | 1 <= t, t <= M{ranges} => abs({_plain(of)}) <= 2", ids,
                  apply("z", known, t="t")))


SATURATING = Witness((
    apply("zero", "covering.cut_middle", u="0"),
    intro("lipschitz", f"all u v:real => abs({_CUT} - {_CUT.replace('u', 'v')}) <= 2*abs(u - v)", "",
          apply("z", "covering.cut_lipschitz", u="u", v="v")),
    apply("L", "covering.list_different", m=str(_SIZE), n="4"),
    obtain("end", "L", "M1 M2 D1 D2",
           apply("one", "covering.binom_one", n=str(_NEURONS)),
           compute("less", f"{54 * _SIZE}*{_NEURONS} < pow({_SIZE}, 4)"),
           apply("many", "covering.less_than_equal", f"{54 * _SIZE}*binom({_NEURONS} + 1 - 1, 1) < M",
                 c=str(54 * _SIZE), x=str(_NEURONS), y=f"binom({_NEURONS} + 1 - 1, 1)", u=f"pow({_SIZE}, 4)", v="M"),
           combine("positive", f"0 < 1/{_SIZE}"),
           intro("in", "all k i:int | 1 <= k, k <= M, 1 <= i, i <= 4 => some | 1 <= D(k,i),"
                       f" D(k,i)/{_SIZE} <= 1", "k1 k2 i1 i2", apply("a", "D1", k="k", i="i"),
                 obtain("y", "a", "a1 a2", apply("b", "covering.quotient_le_one", x="D(k,i)", y=str(_SIZE)),
                        witness("w"))),
           apply("K5", "covering.saturating_apart", M="M", D="k, i -> D(k,i)", z=f"1/{_SIZE}"),
           *_in_box("weight", _WEIGHT, "i j"), *_in_box("bias", _BIAS, "i"), *_in_box("amplitude", _OUTER, "i"),
           *_in_box("shift", _SHIFT, ""),
           witness("z", s=f"u -> {_CUT}", n="1", d="1", m=str(_CELLS), M=str(_CELLS), p=str(54 * _SIZE),
                   K=str(_NEURONS), G="M", B="2", X="2", rho="2", eps=f"1/{9 * _SIZE}",
                   w=f"t, i, j -> {_plain(_WEIGHT)}",
                   b=f"t, i -> {_plain(_BIAS)}", a=f"t, i -> {_plain(_OUTER)}", c=f"t -> {_plain(_SHIFT)}")),
))
"""10^32 networks with one unit, pairwise more than 2 eps apart, eps = 1/(9 10^8), against p K = 9.1 10^31 of them."""

"""Aliasing of sine neurons: inputs with a common denominator m do not tell a weight from it plus 2 pi m.

If m x(l,k) is an integer z(l,k) for every point l and input k, weights W(i,k) + 2 pi m s(i,k) with integers s give
sum_k (W(i,k) + 2 pi m s(i,k)) x(l,k) = sum_k W(i,k) x(l,k) + 2 pi sum_k s(i,k) z(l,k), so the same
sines at all data: no finite set of rational data bounds the frequencies of a first layer of sine neurons.
"""

from __future__ import annotations

from theory.language import Claim, Comparison, Control, Kill, Source, Survivor, Witness, statement
from theory.language.derivation import Step, apply, combine, enclose, intro, witness

_POINT = "1 <= l, l <= n"
_SUM = "sum(k=1..d: {W}*x(l,k)) + b(i)"
_PLAIN = f"sin({_SUM.format(W='W(i,k)')})"
_SHIFTED = f"sin({_SUM.format(W='(W(i,k) + 2*pi()*m*s(i,k))')})"
_ALL = ("all n d w m:int, x:(l:int,k:int)->real, z s:(i:int,k:int)->int, W:(i:int,k:int)->real, b v:int->real,"
        " beta:real")
_DATA = f"(all l k:int | {_POINT}, 1 <= k, k <= d => x(l,k)*m = z(l,k))"
_NEURONS = f"all l i:int | {_POINT}, 1 <= i, i <= w => {_SHIFTED} = {_PLAIN}"
_OUTPUTS = (f"all l:int | {_POINT} => sum(i=1..w: v(i)*{_SHIFTED}) + beta = sum(i=1..w: v(i)*{_PLAIN}) + beta")

STATEMENT = statement(f"{_ALL} | 0 <= d, 0 <= w, {_DATA} => some | ({_NEURONS}), ({_OUTPUTS})")
"""H1, H2 sizes; H3 the inputs are integers over m."""

PI_PLACE: tuple[Step, ...] = (
    enclose("lo", "all x:real | 0 <= x, x <= 0 => 3 < pi()"), apply("lo1", "lo", x="0"),
    enclose("hi", "all x:real | 0 <= x, x <= 0 => pi() < 4"), apply("hi1", "hi", x="0"),
    apply("s0", "ax.sin_pi"),
)
"""pi is a zero of the sine between 3 and 4."""

_DERIVATION = (
    *PI_PLACE,
    intro("N", _NEURONS, "l1 l2 i1 i2",
          intro("e", "all k:int | 1 <= k, k <= d => (W(i,k) + 2*pi()*m*s(i,k))*x(l,k)"
                     " = 1*(W(i,k)*x(l,k)) + 2*pi()*(s(i,k)*z(l,k))", "k1 k2",
                apply("g", "H3", l="l", k="k"), combine("y", facts="g")),
          apply("t", "etr_training.sum_pair", f="k -> W(i,k)*x(l,k)", g="k -> s(i,k)*z(l,k)",
                h="k -> (W(i,k) + 2*pi()*m*s(i,k))*x(l,k)", s="1", t="2*pi()", n="d"),
          apply("p", "etr_training.sin_period", p="pi()", x=_SUM.format(W="W(i,k)"), n="sum(k=1..d: s(i,k)*z(l,k))"),
          combine("a", f"{_SUM.format(W='(W(i,k) + 2*pi()*m*s(i,k))')}"
                       f" = {_SUM.format(W='W(i,k)')} + 2*pi()*sum(k=1..d: s(i,k)*z(l,k))", "t"),
          apply("c", "ax.cong", f="u -> sin(u)", x=_SUM.format(W="(W(i,k) + 2*pi()*m*s(i,k))"),
                y=f"{_SUM.format(W='W(i,k)')} + 2*pi()*sum(k=1..d: s(i,k)*z(l,k))"),
          combine("y", facts="c p")),
    intro("O", _OUTPUTS, "l1 l2",
          intro("e", f"all i:int | 1 <= i, i <= w => v(i)*{_SHIFTED} = v(i)*{_PLAIN}", "i1 i2",
                apply("g", "N", l="l", i="i"), combine("y", facts="g")),
          apply("t", "textbook.sum_cong", f=f"i -> v(i)*{_SHIFTED}", g=f"i -> v(i)*{_PLAIN}", a="1", b="w"),
          combine("y", facts="t")),
    witness("end"),
)

_LINE = {"n": "1", "d": "1", "w": "1", "m": "1", "z": "l, k -> 1", "s": "i, k -> 1", "W": "i, k -> 0", "b": "i -> 0",
         "v": "i -> 1", "beta": "0"}
INSTANCE = Witness((witness("end", **(_LINE | {"n": "2", "m": "3", "x": "l, k -> 1/3*l", "z": "l, k -> l"})),))
"""The inputs 1/3, 2/3: weights 0 and 6 pi."""

_ONE = "all m z s:int, x W b:real | 1 <= m, {data} => sin((W + {period}*m*s)*x + b) = sin(W*x + b)"
_TURNED: tuple[Step, ...] = (
    enclose("neg", "all t:real | 0 <= t, t <= 0 => sin(pi() + 1) < 0"), apply("n1", "neg", t="0"),
    enclose("pos", "all t:real | 0 <= t, t <= 0 => 0 < sin(1)"), apply("p1", "pos", t="0"),
    combine("less", "sin(pi() + 1) < sin(1)", "n1 p1"), apply("ne", "ax.lt_ne", x="sin(pi() + 1)", y="sin(1)"),
)
"""sin(pi + 1) < 0 < sin(1)."""

CONTROLS = (
    Control("half_of_a_turn", "weights may be shifted by pi m: sin(pi + 1) is not sin(1)",
            statement(_ONE.format(data="x*m = z", period="pi()")),
            Witness((*_TURNED, witness("end", m="1", z="1", s="1", x="1", W="0", b="1")))),
    Control("other_denominators", "for all inputs: at 1/2 the shift by 2 pi turns the sign",
            statement(_ONE.format(data="z <= x", period="2*pi()")),
            Witness((*_TURNED, witness("end", m="1", z="0", s="1", x="1/2", W="0", b="1")))),
)

_AT = "sin((W + 2*pi()*m*s)*x(l) + b)", "sin(W*x(l) + b)"
ATTACKED = statement(
    f"all n m s:int, x:int->real, z:int->int, W b v beta:real | H3: (all l:int | {_POINT} => x(l)*m = z(l))"
    f" => some | (all l:int | {_POINT} => {_AT[0]} <= {_AT[1]}),"
    f" (all l:int | {_POINT} => v*{_AT[0]} + beta <= v*{_AT[1]} + beta)")
"""One input, one neuron, and one half of each equation: intervals decide it at a point."""




def _point(name: str, **values: str) -> Kill:
    plain = {"n": "1", "m": "1", "s": "1", "x": "l -> 1", "z": "l -> 1", "W": "0", "b": "-1", "v": "1", "beta": "0",
             "l": "1"}
    return Kill(name, Witness((witness("end", **(plain | values)),)))


KILLS = (
    _point("one input, sine above 0", b="1"), _point("half an input", x="l -> 1/2"),
    _point("no shift", s="0"), _point("a falling place", b="5/2"), _point("a rising place"),
    _point("an output below 0", v="-1"), _point("an output bias", s="0", beta="1"),
    _point("halves at other points", x="l -> 1/2*l + 1/2"),
    _point("halves at other points, the first one outside", x="l -> 1/2*l + 1/2", l="2"),
    _point("halves at other points, one before", x="l -> 1/2*l + 1/2", l="0"),
    _point("an integer at the next point", x="l -> 1/2*l"),
    _point("points with different values", x="l -> l", z="l -> l", W="1", b="1"),
)

SURVIVORS = (
    Survivor(("strictness conclusion 1", "strictness conclusion 2"),
             "false everywhere: the two sides are equal, which no interval shows"),
    *(Survivor(("shift H3, index l of z",), "true: which integers the products are does not matter",
               (apply("end", "etr_training.sine_aliasing", n="n", d="d", w="w", m="m", x="l, k -> x(l,k)",
                      z=f"l, k -> z(l {step} 1,k)", s="i, k -> s(i,k)", W="i, k -> W(i,k)", b="i -> b(i)",
                      v="i -> v(i)", beta="beta"),)) for step in "+-"),
)

CLAIM = Claim(
    id="etr_training.sine_aliasing",
    title="Inputs with a common denominator do not tell a sine weight from it plus 2 pi times the denominator",
    statement=STATEMENT,
    source=Source("Lemmascope", 2026, "Aliasing of sine neurons at rational data", "new",
                  note="Own statement; the aliasing of sampled sines is classical (H. Nyquist, C. Shannon)."),
    summary="Shifting the weights of sine neurons by integer multiples of 2 pi m changes no state and no output at"
            " inputs that are integers over m.",
    derivation=_DERIVATION,
    instance=INSTANCE,
    controls=CONTROLS,
    kills=KILLS,
    survivors=SURVIVORS,
    attacked=ATTACKED,
    comparison=(
        Comparison("data", "data at rationals with denominator q", "x(l,k) m = z(l,k), integers z, any integer m",
                   "as stated, for n points with d inputs"),
        Comparison("networks", "kappa and kappa + 2 pi q agree",
                   "w neurons with weights W and W + 2 pi m s, integer s, any biases; their states and every weighted"
                   " sum of them", "stronger: deeper layers see the same states"),
        Comparison("attack", "", "mutants are made of one neuron with one input, n points, and <= in place of =",
                   "intervals decide such an inequality at a point"),
    ),
    tightness="2 pi m is the least shift for inputs with denominator m: pi m and other inputs are controls.",
)

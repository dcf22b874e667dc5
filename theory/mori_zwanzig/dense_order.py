"""Bounds below and above a function enclose its conditional expectations at every depth: kernels with integrals.

Level l is a finite measure om(l), k(l, x, .) a density at the state x with respect to om(l + 1), bounded and not
negative; it need not have mass 1. The bounds v and w may be rounded outwards at every level. The induction carries both
at once, since g is bounded because it lies between them, which the law of monotony asks for.
"""

from __future__ import annotations

from theory.language import Control, Lemma, Statement, Witness, statement
from theory.language.derivation import Step, apply, combine, induct, intro, obtain, witness

_AT = "0 <= l, l <= N - 1"
_ON = "0 <= l, l <= N"
_MEAN = "integral(y in om(l+1): k(l,x,y)*{0}(l+1,y))"
BOTH = f"(all l:int, x:real | {_ON} => v(l,x) <= g(l,x)), (all l:int, x:real | {_ON} => g(l,x) <= w(l,x))"


def ordered(conclusion: str = f"some | {BOTH}", *, sign: bool = True) -> Statement:
    """The kernels, the exact g backward, v below and w above; `sign`: the kernels are not negative."""
    positive = f" k0: (all l:int, x y:real | {_AT} => 0 <= k(l,x,y))," if sign else ""
    return statement(
        "all N:int, om:int->obj, k:(l:int,x:real,y:real)->real, g v w:(l:int,x:real)->real, K B:int->real |"
        f"{positive} kb: (all l:int, x y:real | {_AT} => abs(k(l,x,y)) <= K(l)),"
        f" vb: (all l:int, x:real | {_ON} => abs(v(l,x)) <= B(l)),"
        f" wb: (all l:int, x:real | {_ON} => abs(w(l,x)) <= B(l)),"
        f" hh: (all l:int, x:real | {_AT} => g(l,x) = {_MEAN.format('g')}),"
        f" hp: (all l:int, x:real | {_AT} => v(l,x) <= {_MEAN.format('v')}),"
        f" hu: (all l:int, x:real | {_AT} => {_MEAN.format('w')} <= w(l,x)),"
        f" ep: (all x:real => v(N,x) <= g(N,x)), eu: (all x:real => g(N,x) <= w(N,x)) => {conclusion}")


_HERE, _PREVIOUS = "N - j", "N - j - 1"
_KERNEL = f"k({_PREVIOUS},x,y)"


def _compared(name: str, below: str, above: str, fact: str) -> tuple[Step, ...]:
    """The integrals of two bounded functions in order, against the kernel."""
    return (
        intro(f"{name}l", f"all y:real => {_KERNEL}*{below}({_HERE},y) <= {_KERNEL}*{above}({_HERE},y)", "",
              apply("a", fact, x="y"), apply("c", "k0", l=_PREVIOUS, x="x", y="y"), combine("t", facts="a c")),
        apply(name, "cite.integral_monotone", mu=f"om({_HERE})", f=f"y -> {_KERNEL}*{below}({_HERE},y)",
              g=f"y -> {_KERNEL}*{above}({_HERE},y)", B=f"K({_PREVIOUS})*B({_HERE})", C=f"K({_PREVIOUS})*B({_HERE})"),
    )


_LEVEL = "some | (all x:real => v({0},x) <= g({0},x)), (all x:real => g({0},x) <= w({0},x))"
_STEP = (
    intro("hb", f"all y:real => abs(g({_HERE},y)) <= B({_HERE})", "", apply("a", "v1", x="y"), apply("c", "v2", x="y"),
          apply("d", "vb", l=_HERE, x="y"), apply("e", "wb", l=_HERE, x="y"),
          apply("g", "ax.abs_neg", x=f"v({_HERE},y)"),
          apply("i", "ax.abs_ge", x=f"w({_HERE},y)"), combine("q1", f"g({_HERE},y) <= B({_HERE})", "c e i"),
          combine("q2", f"-g({_HERE},y) <= B({_HERE})", "a d g"),
          apply("t", "ax.abs_le", x=f"g({_HERE},y)", y=f"B({_HERE})")),
    *(intro(f"{f}n", f"all y:real => abs({f}({_HERE},y)) <= B({_HERE})", "", apply("t", f"{f}b", l=_HERE, x="y"))
      for f in "vw"),
    *(intro(f"z{f}", f"all x:real => {text}", "",
            intro("kk", f"all y:real => abs({_KERNEL}) <= K({_PREVIOUS})", "",
                  apply("t", "kb", l=_PREVIOUS, x="x", y="y")),
            *(apply(f"b{g}", "mori_zwanzig.bounded_product", f=f"y -> {_KERNEL}", g=f"y -> {g}({_HERE},y)",
                    B=f"K({_PREVIOUS})", C=f"B({_HERE})") for g in pair),
            *_compared("m", *pair, fact), apply("r1", "hh", l=_PREVIOUS, x="x"), apply("r2", rule, l=_PREVIOUS, x="x"),
            combine("s", facts="m r1 r2", degree=1))
      for f, text, pair, fact, rule in (("v", f"v({_PREVIOUS},x) <= g({_PREVIOUS},x)", "vg", "v1", "hp"),
                                        ("w", f"g({_PREVIOUS},x) <= w({_PREVIOUS},x)", "gw", "v2", "hu"))),
    witness("w"),
)

ORDER = Lemma(
    "mori_zwanzig.dense_order", "Means under kernels that are not negative keep the order of functions at every depth",
    ordered(),
    (
        induct("I", f"all j:int | 0 <= j => (all | j <= N => {_LEVEL.format(_HERE)})", "hj ih",
               [intro("z", None, "h0", intro("e1", "all x:real => v(N,x) <= g(N,x)", "", apply("t", "ep", x="x")),
                      intro("e2", "all x:real => g(N,x) <= w(N,x)", "", apply("t", "eu", x="x")), witness("y"))],
               [intro("z", None, "h0", apply("v", "ih"), obtain("y", "v", "v1 v2", *_STEP))]),
        *(intro(name, f"all l:int, x:real | {_ON} => {text}", "l1 l2", apply("j1", "I", j="N - l"),
                apply("j2", "j1"), obtain("z", "j2", "v1 v2", apply("y", fact, x="x")))
          for name, text, fact in (("A", "v(l,x) <= g(l,x)", "v1"), ("B0", "g(l,x) <= w(l,x)", "v2"))),
        witness("end"),
    ),
)

LEMMAS = (ORDER,)

_TURNED = {"N": "1", "om": "l -> leb(0,1)", "k": "l, x, y -> -1", "g": "l, x -> 4*l - 2", "v": "l, x -> 2*l - 1",
           "w": "l, x -> 4*l - 2", "K": "l -> 1", "B": "l -> 2"}
"""One layer g -> -(mean of g): v = 1 <= g = w = 2 becomes v = -1 and g = w = -2."""


def _layer(name: str, relation: str, value: str) -> Step:
    """A fact about the only layer: the integral of a constant over [0, 1]."""
    mean = f"integral(y in leb(0,1): -1*({value}))"
    return intro(name, f"all l:int, x:real | 0 <= l, l <= 1 - 1 => {relation.format(mean)}", "l1 l2",
                 apply("e", "ax.antisym", "l = 0", x="l", y="0"),
                 apply("c", "textbook.integral_const", a="0", b="1", c=f"-1*({value})"), combine("z", facts="e c"))


_AT_TURNED = (
    intro("kb", "all l:int, x y:real | 0 <= l, l <= 1 - 1 => abs(-1) <= 1", "l1 l2",
          apply("z", "ax.abs_le", x="-1", y="1")),
    *(intro(name, f"all l:int, x:real | 0 <= l, l <= 1 => abs({value}) <= 2", "l1 l2",
            combine("a", f"{value} <= 2", "l1 l2"), combine("b", f"-({value}) <= 2", "l1 l2"),
            apply("z", "ax.abs_le", x=value, y="2")) for name, value in (("vb", "2*l - 1"), ("wb", "4*l - 2"))),
    _layer("hh", "4*l - 2 = {}", "4*(l+1) - 2"), _layer("hp", "2*l - 1 <= {}", "2*(l+1) - 1"),
    _layer("hu", "{} <= 4*l - 2", "4*(l+1) - 2"),
    intro("ep", "all x:real => 2*1 - 1 <= 4*1 - 2", "", combine("z")),
    intro("eu", "all x:real => 4*1 - 2 <= 4*1 - 2", "", combine("z")), combine("lt", "4*0 - 2 < 2*0 - 1"),
    witness("no", "some l:int, x:real | 0 <= l, l <= 1, 4*l - 2 < 2*l - 1", l="0", x="0"),
)

CONTROL = Control("negative_density", "densities: a kernel that takes negative values turns the order round",
                  ordered(BOTH.split("), (")[0] + ")", sign=False),
                  Witness((*_AT_TURNED, witness("end", **_TURNED))))

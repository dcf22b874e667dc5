"""What is near the mean output of a chain of uniform noise oscillates at most by the product of the coefficients.

The chain is that of `uniform_chains`: any depth n, N coordinates in every level (levels with fewer neurons get others
of mean 0 that nobody reads, whose factor in every coefficient is 1). Nothing is proved of a layer again.
"""

from __future__ import annotations

import re

from theory.language import Control, Lemma, Statement, Witness, statement
from theory.language.derivation import apply, combine, intro, witness
from theory.mori_zwanzig import uniform_chains as chains

_CO = "1 <= i, i <= N"


def _named(text: str) -> str:
    """The chain with the depth n and test functions r: L and s are names of the claim that has this as a part."""
    return re.sub(r"\bs\b", "r", re.sub(r"\bL\b", "n", text))


_NAMES = _named(chains.CHAIN_NAMES)
_CHAIN = chains.CHAIN | {"L": "n"}
_OWN = {"n": "n"} | {name: value for name, value in chains.CHAIN.items() if name != "L"}
_LAYERS = _named(f"hL: 0 <= L, hN: 0 <= N, law: {chains.LEVELS}, hb: {chains.NOISE}, in1: {chains.LOW},"
                 f" in2: {chains.HIGH}, hh: {chains.BACKWARD}, hD: {chains.RANGES}")
_NEAR = "hf: (all x:real => abs(h(0,x) - g(x)) <= tol)"
_PRODUCT = _named(chains.DELTAS.format("0"))
_PAIR = {"x": "x", "z": "z"}


def _oscillates(bound: str) -> str:
    return f"(all x z:real => g(x) - g(z) <= {bound})"


CAPACITY = Lemma(
    "mori_zwanzig.dense_capacity", "Functions near the output of a noisy network oscillate at most by the product of"
                                   " the coefficients",
    statement(f"all {_NAMES}, g:real->real, D:(l:int,i:int)->real, w tol:real | {_LAYERS},"
              f" osc: (all x z:real => h(n,x) - h(n,z) <= w), {_NEAR} => {_oscillates(f'{_PRODUCT}*w + 2*tol')}"),
    (
        # a function of bounded oscillation is bounded
        intro("hu", "all x:real => abs(h(n,x)) <= abs(h(n,0)) + w", "",
              apply("o1", "osc", x="x", z="0"), apply("o2", "osc", x="0", z="x"),
              apply("a1", "ax.abs_ge", x="h(n,0)"), apply("a2", "ax.abs_neg", x="h(n,0)"),
              combine("u1", "h(n,x) <= abs(h(n,0)) + w", "o1 a1"), combine("u2", "-h(n,x) <= abs(h(n,0)) + w", "o2 a2"),
              apply("y", "ax.abs_le", x="h(n,x)", y="abs(h(n,0)) + w")),
        apply("ch", "mori_zwanzig.chain_oscillation", **_CHAIN, D="l, i -> D(l,i)", U="abs(h(n,0)) + w", w="w"),
        apply("at", "ch", k="0"),
        intro("end", None, "", apply("d", "at", **_PAIR), apply("f1", "hf", x="x"), apply("f2", "hf", x="z"),
              apply("a1", "ax.abs_neg", x="h(0,x) - g(x)"), apply("a2", "ax.abs_ge", x="h(0,z) - g(z)"),
              combine("y", facts="d f1 f2 a1 a2", degree=1)),
    ),
)

_RANGE = "sum(i=1..N: abs(alpha(i))*(Z(n,i) - A(n,i)))"
_LINEAR = "sum(i=1..N: alpha(i)*c(n,i,{0}))"
_INSIDE = (f"lo: (all i:int, x:real | {_CO} => A(n,i) <= c(n,i,x)),"
           f" hi: (all i:int, x:real | {_CO} => c(n,i,x) <= Z(n,i))")


def dense_statement(bound: str = f"{_PRODUCT}*{_RANGE} + 2*tol") -> Statement:
    """A linear readout of the last level: how far what is near the mean output oscillates."""
    return statement(f"all {_NAMES}, g:real->real, alpha:int->real, D:(l:int,i:int)->real, beta tol:real |"
                     f" {_LAYERS}, {_INSIDE}, hr: (all x:real => h(n,x) = {_LINEAR.format('x')} + beta), {_NEAR}"
                     f" => {_oscillates(bound)}")


_TERM = "alpha(i)*c(n,i,{0})"
LINEAR_READOUT = Lemma(
    "mori_zwanzig.dense_linear_readout", "A noisy network with weights alpha represents nothing that oscillates more"
                                         " than the product of the coefficients times the sum of |alpha_i| |Omega_i|",
    dense_statement(),
    (
        intro("osc", f"all x z:real => h(n,x) - h(n,z) <= {_RANGE}", "",
              intro("t", f"all i:int | {_CO} => {_TERM.format('x')} <= abs(alpha(i))*(Z(n,i) - A(n,i))"
                         f" + {_TERM.format('z')}", "i1 i2",
                    apply("l1", "lo", i="i", x="x"), apply("l2", "lo", i="i", x="z"),
                    apply("h1", "hi", i="i", x="x"), apply("h2", "hi", i="i", x="z"),
                    combine("g1", "c(n,i,x) - c(n,i,z) <= Z(n,i) - A(n,i)", "h1 l2"),
                    combine("g2", "-(c(n,i,x) - c(n,i,z)) <= Z(n,i) - A(n,i)", "h2 l1"),
                    apply("g", "ax.abs_le", x="c(n,i,x) - c(n,i,z)", y="Z(n,i) - A(n,i)"),
                    combine("r", "abs(alpha(i)) <= abs(alpha(i))"),
                    apply("m", "textbook.abs_mul_le", x="alpha(i)", y="c(n,i,x) - c(n,i,z)", u="abs(alpha(i))",
                          v="Z(n,i) - A(n,i)"),
                    apply("n", "ax.abs_ge", x="alpha(i)*(c(n,i,x) - c(n,i,z))"),
                    combine("y", facts="m n", degree=1)),
              apply("s", "textbook.sum_mono", f=f"i -> {_TERM.format('x')}",
                    g=f"i -> abs(alpha(i))*(Z(n,i) - A(n,i)) + {_TERM.format('z')}", a="1", b="N"),
              apply("d", "textbook.sum_add", f="i -> abs(alpha(i))*(Z(n,i) - A(n,i))", g=f"i -> {_TERM.format('z')}",
                    a="1", b="N"),
              apply("r1", "hr", x="x"), apply("r2", "hr", x="z"), combine("y", facts="s d r1 r2", degree=1)),
        apply("end", "mori_zwanzig.dense_capacity", **_OWN, g="x -> g(x)", D="l, i -> D(l,i)", w=_RANGE, tol="tol"),
    ),
)

LEMMAS = (CAPACITY, LINEAR_READOUT)

_STAIR = "max(0, min(x, 1)) - 1/2"
_POINT = {"n": "0", "N": "0", "om": "l -> leb(0,1)", "c": "l, i, y -> 0", "F": "l, i, y -> 0", "A": "l, i -> 0",
          "Z": "l, i -> 0", "b": "l -> 1", "h": "l, x -> 0", "g": f"x -> {_STAIR}", "alpha": "i -> 0",
          "D": "l, i -> 0", "beta": "0", "tol": "1/2"}
"""No layer and no neuron: the network is 0, and g rises from -1/2 to 1/2."""
_AT_POINT = (
    intro("law", "all l:int | 0 <= l, l <= 0 => (all r:(i:int,t:real)->real, C:real | (all i:int, t:real =>"
          " abs(r(i,t)) <= C) => integral(y in leb(0,1): prod(i=1..0: r(i,0)))"
          " = prod(i=1..0: integral(t in leb(0,0): r(i,t))))", "l1 l2",
          intro("z", None, "hs", apply("e", "ax.prod_empty", f="i -> r(i,0)", a="1", b="0"),
                apply("g", "ax.prod_empty", f="i -> integral(t in leb(0,0): r(i,t))", a="1", b="0"),
                apply("c", "textbook.integral_const", a="0", b="1", c="prod(i=1..0: r(i,0))"),
                combine("y", facts="e g c", rounds=3))),
    intro("hf", f"all x:real => abs(0 - ({_STAIR})) <= 1/2", "", apply("a", "ax.max_left", x="0", y="min(x,1)"),
          apply("m", "ax.min_right", x="x", y="1"), combine("o", "0 <= 1"),
          apply("u", "ax.max_le", x="0", y="min(x,1)", z="1"), combine("p", f"0 - ({_STAIR}) <= 1/2", "a"),
          combine("q", f"-(0 - ({_STAIR})) <= 1/2", "u"), apply("z", "ax.abs_le", x=f"0 - ({_STAIR})", y="1/2")),
)


def _control(name: str, breaks: str, tolerance: str) -> Control:
    """A smaller tolerance, refuted by the point: 1 is not at most 0 + tolerance."""
    told = ("some x z:real | prod(l=0..0 - 1: 1 - prod(i=1..0: max(0, 1 - (0/(2*1)))))*sum(i=1..0: abs(0)*(0 - 0))"
            f"{tolerance.replace('tol', '1/2')} < ({_STAIR}) - ({_STAIR.replace('x,', 'z,')})")
    return Control(name, breaks, dense_statement(f"{_PRODUCT}*{_RANGE}{tolerance}"),
                   Witness((*_AT_POINT, witness("no", told, x="1", z="0"), witness("end", **_POINT))))


CONTROLS = (_control("densities_without_tolerance", "densities: the term 2 eps left out", ""),
            _control("densities_one_sided_tolerance", "densities: eps in place of 2 eps", " + tol"))

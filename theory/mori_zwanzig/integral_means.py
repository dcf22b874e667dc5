"""Means under two probability densities: they differ by at most 1 - overlap times the oscillation of the function.

The overlap of p and r is the integral of min(p, r), which is 1 - TV. No extremum need be attained: the oscillation is
a bound w on u(y) - u(z) for all y and z.
"""

from __future__ import annotations

from theory.language import Lemma, statement
from theory.language.derivation import Step, apply, cases, combine, intro

_G = "hg: (all x:real => abs(g(x)) <= G), g0: (all x:real => 0 <= g(x)), hu: (all x:real => abs(u(x)) <= U)"


def _compared(value: str, first: str, second: str, bounds: tuple[str, str]) -> tuple[Step, ...]:
    """Facts bd1, bd2 (bounds of g u and v g), s (the factor v) and m (the two integrals compared)."""
    return (
        apply("bd1", "mori_zwanzig.bounded_product", f="x -> g(x)", g="x -> u(x)", B="G", C="U"),
        intro("bd2", f"all x:real => abs({value}*g(x)) <= abs({value})*G", "", apply("a", "hg", x="x"),
              combine("r", f"abs({value}) <= abs({value})"),
              apply("z", "textbook.abs_mul_le", x=value, y="g(x)", u=f"abs({value})", v="G")),
        intro("le", f"all x:real => {first} <= {second}", "", apply("a", "h", x="x"), apply("p", "g0", x="x"),
              combine("z", facts="a p")),
        apply("s", "mori_zwanzig.integral_scale", mu="mu", f="x -> g(x)", c=value, B="G"),
        apply("m", "cite.integral_monotone", mu="mu", f=f"x -> {first}", g=f"x -> {second}", B=bounds[0],
              C=bounds[1]),
    )


WEIGHTED_UPPER = Lemma(
    "mori_zwanzig.weighted_upper", "An upper bound of a function is one of its weighted integral, times the weight",
    statement(f"all mu:obj, g u:real->real, v G U:real | {_G}, h: (all x:real => u(x) <= v)"
              " => integral(x in mu: g(x)*u(x)) <= v*integral(x in mu: g(x))"),
    (*_compared("v", "g(x)*u(x)", "v*g(x)", ("G*U", "abs(v)*G")), combine("end", facts="m s")),
)

WEIGHTED_LOWER = Lemma(
    "mori_zwanzig.weighted_lower", "A lower bound of a function is one of its weighted integral, times the weight",
    statement(f"all mu:obj, g u:real->real, v G U:real | {_G}, h: (all x:real => v <= u(x))"
              " => v*integral(x in mu: g(x)) <= integral(x in mu: g(x)*u(x))"),
    (*_compared("v", "v*g(x)", "g(x)*u(x)", ("abs(v)*G", "G*U")), combine("end", facts="m s")),
)

MEAN_BOUND = Lemma(
    "mori_zwanzig.mean_bound", "A mean under a probability density keeps the bound of the function",
    statement(f"all mu:obj, g u:real->real, G U:real | {_G}, one: integral(x in mu: g(x)) = 1"
              " => abs(integral(x in mu: g(x)*u(x))) <= U"),
    (
        intro("up", "all x:real => u(x) <= U", "", apply("a", "hu", x="x"), apply("b", "ax.abs_ge", x="u(x)"),
              combine("z", facts="a b")),
        intro("dn", "all x:real => -U <= u(x)", "", apply("a", "hu", x="x"), apply("b", "ax.abs_neg", x="u(x)"),
              combine("z", facts="a b")),
        apply("a", "mori_zwanzig.weighted_upper", mu="mu", g="x -> g(x)", u="x -> u(x)", v="U", G="G", U="U"),
        apply("b", "mori_zwanzig.weighted_lower", mu="mu", g="x -> g(x)", u="x -> u(x)", v="-U", G="G", U="U"),
        combine("p", "integral(x in mu: g(x)*u(x)) <= U", "a one"),
        combine("n", "-integral(x in mu: g(x)*u(x)) <= U", "b one"),
        apply("end", "ax.abs_le", x="integral(x in mu: g(x)*u(x))", y="U"),
    ),
)

_M = "min(p(x),r(x))"
_OV = f"integral(x in mu: {_M})"
_D = f"(1 - {_OV})"


def _left(one: str) -> tuple[Step, ...]:
    """Facts about the rest one - min(p, r) of a density: sign, bound, mass 1 - overlap, its integral against u."""
    rest = f"{one}(x) - {_M}"
    return (
        intro(f"{one}0", f"all x:real => 0 <= {rest}", "",
              apply("a", "ax.min_left" if one == "p" else "ax.min_right", x="p(x)", y="r(x)"), combine("z", facts="a")),
        intro(f"{one}b", f"all x:real => abs({rest}) <= K + K", "", apply("a", f"h{one}", x="x"),
              apply("c", "hm", x="x"), apply("n", "ax.abs_ge", x=_M), apply("n2", "ax.abs_neg", x=_M),
              apply("n3", "ax.abs_ge", x=f"{one}(x)"), apply("n4", "ax.abs_neg", x=f"{one}(x)"),
              combine("u1", f"{rest} <= K + K", "a c n2 n3"), combine("u2", f"-({rest}) <= K + K", "a c n n4"),
              apply("z", "ax.abs_le", x=rest, y="K + K")),
        apply(f"{one}l", "cite.integral_linear", f"integral(x in mu: {rest}) = 1*integral(x in mu: {one}(x))"
              f" + (-1)*{_OV}", mu="mu", f=f"x -> {one}(x)", g=f"x -> {_M}", s="1", t="-1", B="K", C="K"),
        combine(f"{one}d", f"integral(x in mu: {rest}) = {_D}", f"{one}l s{one}"),
        apply(f"{one}q", "mori_zwanzig.bounded_product", f=f"x -> {one}(x)", g="x -> u(x)", B="K", C="U"),
        apply(f"{one}e", "cite.integral_linear", f"integral(x in mu: ({rest})*u(x))"
              f" = 1*integral(x in mu: {one}(x)*u(x)) + (-1)*integral(x in mu: {_M}*u(x))", mu="mu",
              f=f"x -> {one}(x)*u(x)", g=f"x -> {_M}*u(x)", s="1", t="-1", B="K*U", C="K*U"),
    )


_EP, _ER = (f"integral(x in mu: ({one}(x) - {_M})*u(x))" for one in "pr")
_GOAL = f"{_EP} - {_ER} <= {_D}*w"


def _weighted(name: str, lemma: str, one: str, value: str) -> Step:
    return apply(name, f"mori_zwanzig.weighted_{lemma}", mu="mu", g=f"x -> {one}(x) - {_M}", u="x -> u(x)", v=value,
                 G="K + K", U="U")


MEANS_INTEGRALS = Lemma(
    "mori_zwanzig.means_differ_integrals", "Means under two densities differ by at most 1 - overlap times the"
                                           " oscillation",
    statement("all mu:obj, p r u:real->real, K U w:real | hp: (all x:real => abs(p(x)) <= K), hr: (all x:real =>"
              " abs(r(x)) <= K), sp: integral(x in mu: p(x)) = 1, sr: integral(x in mu: r(x)) = 1,"
              " hu: (all x:real => abs(u(x)) <= U), osc: (all y z:real => u(y) - u(z) <= w)"
              f" => integral(x in mu: p(x)*u(x)) - integral(x in mu: r(x)*u(x)) <= {_D}*w"),
    (
        intro("hm", f"all x:real => abs({_M}) <= K", "", apply("a", "hp", x="x"), apply("c", "hr", x="x"),
              apply("n1", "ax.abs_ge", x="p(x)"), apply("n2", "ax.abs_neg", x="p(x)"),
              apply("n3", "ax.abs_neg", x="r(x)"), apply("m1", "ax.min_left", x="p(x)", y="r(x)"),
              combine("v1", "-K <= p(x)", "a n2"), combine("v2", "-K <= r(x)", "c n3"),
              apply("m2", "ax.min_ge", x="p(x)", y="r(x)", z="-K"),
              combine("u1", f"{_M} <= K", "m1 a n1"), combine("u2", f"-{_M} <= K", "m2"),
              apply("z", "ax.abs_le", x=_M, y="K")),
        apply("mu1", "mori_zwanzig.bounded_product", f=f"x -> {_M}", g="x -> u(x)", B="K", C="U"),
        *_left("p"), *_left("r"),
        apply("nn", "mori_zwanzig.integral_nonneg", mu="mu", f=f"x -> p(x) - {_M}", B="K + K"),
        combine("d0", f"0 <= {_D}", "nn pd"),
        apply("or1", "ax.total", x=_D, y="0"),
        cases("main", "or1", "c",
              [intro("up", "all x:real => u(x) <= U", "", apply("a", "hu", x="x"), apply("b", "ax.abs_ge", x="u(x)"),
                     combine("z", facts="a b")),
               intro("dn", "all x:real => -U <= u(x)", "", apply("a", "hu", x="x"), apply("b", "ax.abs_neg", x="u(x)"),
                     combine("z", facts="a b")),
               _weighted("wu", "upper", "p", "U"), _weighted("wl", "lower", "r", "-U"),
               apply("eq", "ax.antisym", x=_D, y="0"),
               combine("a1", f"{_EP} <= 0", "wu pd eq"), combine("a2", f"0 <= {_ER}", "wl rd eq"),
               combine("a3", f"{_D}*w = 0", "eq"), combine("z", facts="a1 a2 a3", degree=1)],
              [apply("rc", "ax.recip_pos", x=_D),
               intro("low", f"all x:real => {_EP}*(1/{_D}) - w <= u(x)", "",
                     intro("v", "all y:real => u(y) <= u(x) + w", "", apply("o", "osc", y="y", z="x"),
                           combine("z", facts="o")),
                     _weighted("wu", "upper", "p", "u(x) + w"),
                     combine("t", f"{_EP} <= (u(x) + w)*{_D}", "wu pd"),
                     combine("s", f"{_EP}*(1/{_D}) <= (u(x) + w)*{_D}*(1/{_D})", "t rc"),
                     combine("i", f"(u(x) + w)*{_D}*(1/{_D}) = u(x) + w", "c", rounds=3),
                     combine("z", facts="s i", degree=1)),
               _weighted("wl", "lower", "r", f"{_EP}*(1/{_D}) - w"),
               combine("i", f"({_EP}*(1/{_D}) - w)*{_D} = {_EP} - w*{_D}", "c", rounds=3),
               combine("j", f"({_EP}*(1/{_D}) - w)*{_D} <= {_ER}", "wl rd"),
               combine("z", facts="i j", degree=1)],
              goal=_GOAL),
        combine("end", facts="main pe re", degree=1),
    ),
)

LEMMAS = (WEIGHTED_UPPER, WEIGHTED_LOWER, MEAN_BOUND, MEANS_INTEGRALS)

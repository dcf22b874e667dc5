"""Attack on `mori_zwanzig.dyson_mz` through its case of width one, all other hypotheses unchanged.

States, layers and splittings are polynomials in the level, chosen so that the propagator G and the memory sum S are
polynomials, powers or factorials.
"""

from __future__ import annotations

from theory.language import Kill, Witness
from theory.language.derivation import Step, apply, combine, intro, witness
from theory.mori_zwanzig.dyson_mz import scalar_statement
from theory.mori_zwanzig.level_tables import kill

ATTACKED = scalar_statement()

_PLAIN = {"n": "0", "L": "1", "u": "1", "M": "1", "P": "0", "Q": "1", "G": "1", "S": "0"}
_FACTORIAL = intro("f", "all m:int | 1 <= m => fact(m + 1) = fact(m)*(m + 1)", "m1",
                   apply("z", "ax.fact_succ", n="m"))
_UPPER = intro("f", "all m:int | 0 <= m => fact(m + 2) = fact(m + 1)*(m + 2)", "m1",
               apply("z", "ax.fact_succ", n="m + 1"))
_LOWER = (
    intro("f", "all m:int | 1 <= m => fact(m) = fact(m - 1)*m", "m1", apply("z", "ax.fact_succ", n="m - 1")),
    intro("g", "all m:int | 1 <= m => 1 - fact(m + 1) = 1 - fact(m) + fact(m - 1)*m*(-m)", "m1",
          apply("a", "ax.fact_succ", n="m - 1"), apply("b", "ax.fact_succ", n="m"),
          combine("z", facts="a b", rounds=3)),
)
_HALVED = intro("f", "all m:int | 1 <= m => pow(1/2, m)*fact(m) = pow(1/2, m - 1)*fact(m - 1)*(m/2)", "m1",
                apply("a", "ax.fact_succ", n="m - 1"), apply("b", "ax.pow_succ", b="1/2", n="m - 1"),
                combine("z", facts="a b", rounds=3))


def _point(*steps: Step, **values: str) -> Witness:
    """A chain whose functions of the level l are given as texts; what is not given is the plain chain."""
    point = {name: text if name in "nL" else f"l -> {text}" for name, text in (_PLAIN | values).items()}
    return Witness((*steps, witness("end", **point)))


PLAIN = (
    Kill("a propagator twice too large", _point(G="2")),
    Kill("a propagator that grows", _point(L="2", G="l")),
    Kill("states of their own", _point(u="l + 1")),
    Kill("states two levels apart", _point(u="(l - 1)^2")),
    Kill("the layer of the next level", _point(_FACTORIAL, M="l + 1", u="2 - l", G="fact(l)")),
    Kill("the layer of the level before", _point(_UPPER, M="l + 2", u="1", G="2*fact(l + 1)")),
    Kill("both projections 1", _point(P="1", S="l - 1")),
    Kill("a splitting with P of the next level", _point(P="l - 2", S="(l - 1)*(l - 2)/2")),
    Kill("a splitting with P of the level before", _point(P="l", S="l*(l + 1)/2 - 1")),
    Kill("a splitting with Q of the next level", _point(_HALVED, Q="l/2", G="pow(1/2, l - 1)*fact(l - 1)")),
    Kill("a propagator that starts one level later", _point(_FACTORIAL, M="l + 1", G="fact(l)/2")),
    Kill("a propagator that starts one level earlier", _point(_UPPER, M="l + 2", u="2 - l", G="2*fact(l + 1)")),
    Kill("a propagator from the next layer", _point(_FACTORIAL, M="l + 1", G="2*fact(l)")),
    Kill("no propagator", _point(M="l + 1", G="0")),
    Kill("a propagator of the level itself", _point(L="2", Q="l", P="1 - l", G="1", S="l*(1 - l)/2")),
    Kill("factors 1, 2, 3, ...: P = 1 - l", _point(*_LOWER, L="2", Q="l", P="1 - l", G="fact(l - 1)",
                                                   S="1 - fact(l)")),
    Kill("factors 1, 2, 3, ...: P = 1 - l, four levels",
         _point(*_LOWER, L="3", Q="l", P="1 - l", G="fact(l - 1)", S="1 - fact(l)")),
    Kill("layers 1, 2, 3, ...: noise alone", _point(_FACTORIAL, L="2", M="l + 1", u="2 - l*(l - 1)/2", G="fact(l)")),
    Kill("layers 1, 2, 3, ...: noise alone, layers shifted",
         _point(_FACTORIAL, L="2", M="l + 1", u="2 - l*(l - 1)/2", G="2*fact(l)")),
    Kill("states 1, 2, 4", _point(L="2", u="1 + l/2 + l^2/2", M="1/2", P="-1", Q="2", G="1/2",
                                  S="-1/2*(l + l*(l + 1)/4 + l*(l + 1)*(2*l + 1)/12 - 2)")),
    Kill("states 1, 2, 4, the memory one level late",
         _point(L="2", u="1 + l/2 + l^2/2", M="1/2", P="-1", Q="2", G="1/2",
                S="-1/2*(l - 1 + l*(l - 1)/4 + l*(l - 1)*(2*l - 1)/12 - 1)")),
    Kill("states 1, 2, 4, the memory one level early",
         _point(L="2", u="1 + l/2 + l^2/2", M="1/2", P="-1", Q="2", G="1/2",
                S="-1/2*(l + 1 + (l + 1)*(l + 2)/4 + (l + 1)*(l + 2)*(2*l + 3)/12 - 6)")),
    Kill("a propagator with the layer of the next level",
         _point(_UPPER, L="2", M="l + 1", u="2 - l*(l - 1)/2", G="fact(l + 1)/2")),
    Kill("a propagator with the layer of the level before",
         _point(*_LOWER, L="2", M="l + 1", u="2 - l*(l - 1)/2", G="fact(l - 1)")),
    Kill("a sum that grows", _point(L="2", S="l - 1")),
    Kill("a sum that grows twice", _point(L="2", P="-1", Q="2", M="1/2", G="1/2", u="1 + l/2 + l^2/2", S="0")),
)

def _chain(name: str, first: int = 1, **given: str | int) -> Kill:
    """A chain by its values at the levels, Q = 1 - P if not given; H1, H2, ... are what it satisfies instead."""
    text = {name: str(value) for name, value in ({"n": "0", "M": "1", "u": "1", "S": "0"} | given).items()}
    text.setdefault("Q", " ".join(str(1 - int(value)) for value in text["P"].split()))
    return kill(name, ATTACKED, {name: text[name] for name in "nL"}, {name: text[name].split() for name in "PQMu"},
                {name: text[name].split() for name in "GS"},
                {name: value for name, value in text.items() if name.startswith("H")}, first)


CHAINS = (
    _chain("shift H7, index m + 1 of P", L=2, P="0 0 0 1", M="1 1 0 0", G="1 1 0", S="0 1",
           H7="all m:int | n + 1 <= m => S(m + 1) = S(m) + G(m)*Q(m)*M(m)*P(m + 2)*u(m + 1)"),
    _chain("drop H1", first=0, L=0, P="0", G="0 1", H1=""),
    _chain("shift H4, index n + 1 of G", first=0, L=1, P="0", G="1 0", H4="G(n) = M(n)"),
    _chain("shift H5, end n + 1 of the range of m", L=2, P="0", M="1 1 0", G="1 2 0",
           H5="all m:int | n + 2 <= m => G(m + 1) = G(m)*Q(m)*M(m)"),
    _chain("shift H5, index m of Q", L=2, P="2 1 0", M="1 1 0", G="1 1 0",
           H5="all m:int | n + 1 <= m => G(m + 1) = G(m)*Q(m + 1)*M(m)"),
    _chain("shift H7, end n + 1 of the range of m", L=2, P="0", G="1", S="0 1",
           H7="all m:int | n + 2 <= m => S(m + 1) = S(m) + G(m)*Q(m)*M(m)*P(m + 1)*u(m + 1)"),
    _chain("shift H7, index m of S", first=0, L=2, P="0 0 0 1", G="1 1 1 1 0", S="1 0 1 1",
           H7="all m:int | n + 1 <= m => S(m + 1) = S(m - 1) + G(m)*Q(m)*M(m)*P(m + 1)*u(m + 1)"),
    _chain("shift H7, index m of G", first=0, L=2, P="-1 0 1", M="1 1 1 0", G="2 1 1 0", S="0 0 2",
           H7="all m:int | n + 1 <= m => S(m + 1) = S(m) + G(m - 1)*Q(m)*M(m)*P(m + 1)*u(m + 1)"),
    _chain("shift H7, index m of Q", L=2, P="1", Q="1 0 0 0", G="1 0", S="0 1",
           H7="all m:int | n + 1 <= m => S(m + 1) = S(m) + G(m)*Q(m - 1)*M(m)*P(m + 1)*u(m + 1)"),
    _chain("shift H7, index m of M", L=2, P="-1 0 1", M="1 1 2 0", G="1 1 0", S="0 2",
           H7="all m:int | n + 1 <= m => S(m + 1) = S(m) + G(m)*Q(m)*M(m + 1)*P(m + 1)*u(m + 1)"),
    _chain("shift conclusion, index n of M", L=1, P="1", M="1 0", G="1 0"),
)
"""Finite chains, each against the mutant that it is named after."""

KILLS = (*CHAINS, *PLAIN)

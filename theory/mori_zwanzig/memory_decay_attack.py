"""Attack on `mori_zwanzig.memory_decay` through its case of width one, all other hypotheses unchanged."""

from __future__ import annotations

from fractions import Fraction

from theory.language import Kill, Survivor, Witness
from theory.language.derivation import Step, witness
from theory.mori_zwanzig.level_tables import kill
from theory.mori_zwanzig.memory_decay import UNRESOLVED, scalar_statement
from theory.mori_zwanzig.memory_points import EXTREMAL, TABLES

ATTACKED = scalar_statement()


def _noise(*steps: Step, **values: str) -> Witness:
    return Witness((*steps, witness("end", **{**UNRESOLVED, **values})))


def _extremal(**values: str) -> Witness:
    return Witness((*TABLES, witness("end", **{**EXTREMAL, **values})))


PLAIN = (
    Kill("the extremal chain", _extremal()),
    Kill("the extremal chain, c too small", _extremal(c="0")),
    Kill("the extremal chain, w too small", _extremal(w="0")),
    Kill("the extremal chain, a too small", _extremal(a="0")),
    Kill("the extremal chain, k = -1", _extremal(k="-1")),
    Kill("the extremal chain, k = 2", _extremal(k="10")),
    Kill("all is noise", _noise()),
    Kill("all is noise, v too small", _noise(v="0")),
    Kill("all is noise, a too small", _noise(a="0")),
    Kill("all is noise, two layers, no rate", _noise(L="2")),
    Kill("all is noise, v = 1 and a c w = -1", _noise(a="1", c="-1", w="1")),
    Kill("all is noise, v = 1 and w = -1", _noise(a="1", c="1", w="-1")),
    Kill("noise and a memory bound that cancel, v = -1", _noise(c="1", w="1", v="-1")),
    Kill("all is noise, k = 2 and a c w = 1", _noise(c="1", w="1", k="2")),
    Kill("all is noise, k = 0 and a c w = -1", _noise(c="1", w="-1", k="0")),
    Kill("all is noise, k = 1", _noise(k="1")),
    Kill("no layer", _noise(L="0", u="l -> 1 - l", M="l -> 1", a="1", v="1")),
    Kill("states of their own", _noise(u="l -> l + 1", v="2", a="1", M="l -> 1")),
    Kill("a propagator of its own", _noise(G="l -> 2")),
    Kill("a sum of its own", _noise(S="l -> 1", u="l -> 0", v="0")),
    Kill("both projections 1", _noise(P="l -> 1", S="l -> l - 1", w="1", v="0")),
)
"""Chains whose propagator and memory sum are constants or polynomials."""


def _chain(name: str, first: int = 1, **given: str | int) -> Kill:
    """A chain by its values at the levels, Q = 1 - P if not given; H1, H2, ... are what it satisfies instead."""
    text = {name: str(value) for name, value in ({"C": "1", "kappa": "0"} | given).items()}
    text.setdefault("Q", " ".join(str(1 - Fraction(value)) for value in text["P"].split()))
    numbers = {"n": "0", "a": "1", "c": "0", "k": "0", "v": "0", "w": "0"} | text
    return kill(name, ATTACKED, {name: numbers[name] for name in ("n", "L", "h", "a", "c", "k", "v", "w")},
                {name: text[name].split() for name in ("P", "Q", "M", "u", "C", "kappa")},
                {name: text[name].split() for name in "GS"},
                {name: value for name, value in text.items() if name.startswith("H")}, first)


FIRST = (
    _chain("shift H9, end n + 1 of the range of m", L=2, h=1, P="1", M="1", u="1", G="1 0", S="0 1", a="0",
           H9="all m:int | n + 2 <= m => S(m + 1) = S(m) + G(m)*Q(m)*M(m)*P(m + 1)*u(m + 1)"),
    _chain("shift H9, index m of Q", L=2, h=1, P="1", Q="1 0 0 0", M="1", u="1", G="1 0", S="0 1", a="0",
           H9="all m:int | n + 1 <= m => S(m + 1) = S(m) + G(m)*Q(m - 1)*M(m)*P(m + 1)*u(m + 1)"),
    _chain("shift H9, index m + 1 of P", L=3, h=2, P="1 0 1 0 1", M="1 -1 1/2 1 1", u="-1/2 -1/2 1/2 1 0",
           C="1 1 0 1/2 1", G="1 -1 0", S="0", v="1/2",
           H9="all m:int | n + 1 <= m => S(m + 1) = S(m) + G(m)*Q(m)*M(m)*P(m + 2)*u(m + 1)"),
    _chain("shift H7, end n + 1 of the range of m", L=3, h=2, P="0 0 0 1", M="1 1/2 1 0", u="1/2 1/2 1 1",
           kappa="1/2 1/2 0", G="1 0", S="0", k="1/2", H7="all m:int | n + 2 <= m => G(m + 1) = G(m)*Q(m)*M(m)"),
    _chain("shift H9, index m of G", first=0, L=2, h=1, P="-1 0 1", M="1 1 1 0", u="1", G="2 1 1 0", S="0 0 2",
           H9="all m:int | n + 1 <= m => S(m + 1) = S(m) + G(m - 1)*Q(m)*M(m)*P(m + 1)*u(m + 1)"),
    _chain("shift H7, index m of G", L=3, h=2, P="0 0 0 1", M="1 1/2 1 0", u="1/2 1/2 1 1", kappa="1/2 1/2 0",
           G="1 0", S="0", k="1/2", H7="all m:int | n + 1 <= m => G(m + 1) = G(m + 1)*Q(m)*M(m)"),
    _chain("shift H9, index m of S", first=0, L=2, h=1, P="0 0 0 1", M="1 1/2 2 0", u="0 0 0 1", kappa="1/2",
           G="1 1 1/2 1 0", S="1 0 1 1", k="1/2",
           H9="all m:int | n + 1 <= m => S(m + 1) = S(m - 1) + G(m)*Q(m)*M(m)*P(m + 1)*u(m + 1)"),
    _chain("constants 1/100 and 1/2 of the memory sum", L=2, h=1, P="-1 0 1", M="1", u="1", G="1 1 0", S="0 1"),
)
"""Chains that come first: others satisfy what they satisfy, without a proof at hand."""

CHAINS = (
    _chain("drop H9", L=3, h=1, P="1 1 0 1 1", M="2 -1 1 -1 1", u="0 0 0 0 1", C="-1 1 1 1 1", G="2 0", S="0 1 0",
           a="0", c="1", H9=""),
    _chain("shift H8, index n + 1 of S", L=1, h=0, P="0 0 1", M="-1 1 1", u="-1 1 1", C="1/2 1 2", G="-1 -1 0",
           S="1 0", a="1/2", k="-1", v="1", H8="S(n + 2) = 0"),
    _chain("shift H9, index m of M", L=2, h=1, P="1 0 1 1", M="1/2 1 1 2", u="1 2 2 1", G="1/2 1/2 0", S="0 1/2",
           a="1/2", H9="all m:int | n + 1 <= m => S(m + 1) = S(m) + G(m)*Q(m)*M(m - 1)*P(m + 1)*u(m + 1)"),
    _chain("shift H9, index m + 1 of u", L=2, h=1, P="1/2 0 1 1", Q="0 1 0 0", M="1 -1 1 1/2", u="-1 -1 1 2",
           G="1 -1 0", S="0 1", H9="all m:int | n + 1 <= m => S(m + 1) = S(m) + G(m)*Q(m)*M(m)*P(m + 1)*u(m)"),
    _chain("shift conclusion, index n of u", L=2, h=0, P="1 1 1 0", M="1 1 -1 -1", u="0 0 0 2", C="1 0 1 1", G="1 0",
           S="0", a="0"),
    _chain("constant conclusion, -1 by 1/100", L=3, h=0, P="0 1 0 0 0", M="1 2 1 2 -1", u="2 2 1 1 2", C="1 1 0 2 0",
           G="1 0", S="0", a="0", v="2"),
    _chain("constant conclusion, -1 by 1/2", L=3, h=0, P="0 1 0 0 0", M="1 2 1 2 -1", u="2 2 1 1 2", C="1 1 0 2 0",
           G="1 0", S="0", a="0", v="2"),
    _chain("shift conclusion, index n + 1 of u", L=3, h=0, P="0 1 0 0 0", M="1 2 1 2 -1", u="2 2 1 1 2",
           C="1 1 0 2 0", G="1 0", S="0", a="0", v="2"),
    _chain("drop H2", L=0, h=0, P="0 1", M="1 2", u="2 1", C="2", G="1 0", S="0", a="0", v="4", H2=""),
    _chain("shift conclusion, index n of M", L=2, h=0, P="0 1 0 1", M="1/2 1/2 0 0", u="-1/4 -1/2 -1 0", G="1/2 0",
           S="0", a="0", v="1"),
    _chain("shift H15, index l + 1 of Q", L=2, h=0, P="0 0 0 1", M="2 1 1 -1", u="2 1 1 1", G="2 2 2 0", S="0 0 2",
           a="2", v="1", H15="all l:int, x:real | n + 1 <= l, l <= L - 1 => "
           "(C(l)*(Q(l)*M(l)*Q(l + 2)*x))^2 <= kappa(l)^2*(C(l + 1)*x)^2"),
    _chain("drop H1", L=0, h=-1, P="0 1", Q="1", M="1/2 0", u="1", C="1/2 1", G="1/2 0", S="0", a="1/4", k="-1",
           v="1/2", H1=""),
    _chain("shift H11, index n of C", L=1, h=0, P="1 0 1", M="1", u="2 2 0", C="1 0 1", G="1 1 0", S="0", a="0",
           H11="all x:real => (C(n + 1)*(M(n)*Q(n + 1)*x))^2 <= a^2*(C(n + 1)*x)^2"),
    _chain("shift H11, index n + 1 of C", L=1, h=0, P="1 0 1", M="1", u="2 2 0", C="1 0 1", G="1 1 0", S="0",
           H11="all x:real => (C(n)*(M(n)*Q(n + 1)*x))^2 <= a^2*(C(n + 2)*x)^2"),
    _chain("drop H6", L=2, h=1, P="0 0 1 0", M="1", u="1", G="2 2 0", S="0 2", H6=""),
    _chain("shift H6, index n of M", L=2, h=1, P="1 0 1 1", M="0 2 0 0", u="0 4 2 0", C="1 2 1 0", G="2 4 0", S="0 8",
           a="0", H6="G(n + 1) = M(n + 1)"),
    _chain("shift H6, index n + 1 of G", L=2, h=1, P="1 0 1 1", M="2 1/2 2 2", u="1 1/2 1 0", G="2 1 1/2 0",
           S="1 0 1/2", a="2", first=0, H6="G(n) = M(n)"),
    _chain("shift H9, index m + 1 of S", L=2, h=1, P="1", M="0 -1 1/2 -1", u="0 1 -1 2", C="2 1 2 1", G="0",
           S="0 1 1 1 0", a="0", H9="all m:int | n + 1 <= m => S(m) = S(m) + G(m)*Q(m)*M(m)*P(m + 1)*u(m + 1)"),
    _chain("shift H21, index L of Q", L=1, h=0, P="1 0 1", M="-1 2 1", u="-1 1 2", C="2 1/2 1", G="-1 -2 0", S="0 -4",
           a="4", k="-1", H21="(C(L)*(Q(L + 1)*u(L)))^2 <= v^2"),
    _chain("shift H21, power 2 (2)", L=1, h=0, P="1 0 1", M="-1 2 1", u="-1 1 2", C="2 1/2 1", G="-1 -2 0", S="0 -4",
           a="4", v="1/4", H21="(C(L)*(Q(L)*u(L)))^2 <= v^1"),
    _chain("shift H11, index n of M", L=1, h=0, P="1 0 0", M="2 1 1", u="2 1 2", C="2 1 2", G="2 2 2 0", S="0 0 10",
           a="2", v="1", H11="all x:real => (C(n)*(M(n + 1)*Q(n + 1)*x))^2 <= a^2*(C(n + 1)*x)^2"),
    _chain("shift conclusion, power 2", L=1, h=0, P="1 0 0", M="2 1 1", u="2 1 2", C="2 1 2", G="2 2 2 0", S="0 0 10",
           a="4", k="-1", v="1"),
    _chain("shift H15, index l of Q", L=2, h=0, P="1 0 0 1", M="2 1/2 2 1", u="2 1 2 2", C="1 1 2 1", G="2 1 2 0",
           S="0 0 4", a="2", v="4", H15="all l:int, x:real | n + 1 <= l, l <= L - 1 => "
           "(C(l)*(Q(l - 1)*M(l)*Q(l + 1)*x))^2 <= kappa(l)^2*(C(l + 1)*x)^2"),
    _chain("shift H15, index l of kappa", L=2, h=0, P="1 0 0 1", M="2 1/2 2 1", u="2 1 2 2", C="1 1 2 1",
           kappa="1/2 0 1/2 1/4", G="2 1 2 0", S="0 0 4", a="2", v="4",
           H15="all l:int, x:real | n + 1 <= l, l <= L - 1 => "
           "(C(l)*(Q(l)*M(l)*Q(l + 1)*x))^2 <= kappa(l + 1)^2*(C(l + 1)*x)^2"),
    _chain("shift H21, index L of C", L=2, h=0, P="1 0 0 1", M="2 1/2 2 1", u="2 1 2 2", C="1 1 2 1",
           kappa="0 1/4 0 1/2", G="2 1 2 0", S="0 0 4", a="2", k="1/4", v="2", H21="(C(L + 1)*(Q(L)*u(L)))^2 <= v^2"),
    _chain("shift conclusion, index j of kappa (2)", L=2, h=0, P="1 0 0 1", M="2 1/2 2 1", u="2 1 2 2", C="1 1 2 1",
           kappa="0 1/4 0 0", G="2 1 2 0", S="0 0 4", a="2", k="1/4", v="4"),
    _chain("shift H19, power 2", L=3, h=0, P="1/2 0 1 1 0", Q="0 1 0 0 1", M="1/2 1/2 1 0 1/2", u="-1/4 -1/2 -1 -1 2",
           G="1/2 1/4 0", S="0 -1/4", a="1/2", c="1/2",
           H19="all l:int | n + h + 2 <= l, l <= L => (C(l)*(P(l)*u(l)))^1 <= w^2"),
    _chain("shift H21, index L of u", L=1, h=0, P="1 0 1", M="1 -1 1/2", u="1 1 0", C="1 1 1/2", G="1 -1 0", S="0",
           k="-1", H21="(C(L)*(Q(L)*u(L + 1)))^2 <= v^2"),
    _chain("drop H4", L=2, h=1, P="0 0 1 0", Q="1 2 0 1", M="2 -1 1 -1", u="-4 -2 2 0", G="2 -4 0", S="0 -8", a="4",
           H4=""),
    _chain("shift H4, end n + 1 of the range of l", L=2, h=1, P="0 0 1 0", Q="1 2 0 1", M="2 -1 1 -1", u="-4 -2 2 0",
           G="2 -4 0", S="0 -8", a="4", H4="all l:int | n + 2 <= l, l <= L => P(l) + Q(l) = 1"),
    _chain("shift H21, power 2", L=1, h=0, P="0 0 1", M="2 1/2 1", u="-2 -1 0", G="2 1 0", S="0", a="2",
           H21="(C(L)*(Q(L)*u(L)))^3 <= v^2"),
    _chain("shift H4, index l of P", L=2, h=0, P="1 0 0 1", Q="0 1 0 0", M="-1 2 1/2 2", u="-2 2 1 2", C="1 1 0 0",
           G="-1 -2 0", S="0", H4="all l:int | n + 1 <= l, l <= L => P(l + 1) + Q(l) = 1"),
    _chain("shift H17, index l of M", L=2, h=0, P="1 0 1 1", M="1/2 -1 1 2", u="1/2 1 -1 0", G="1/2 -1/2 0",
           S="0 1/2", a="1/2", c="1/2", w="1", H17="all l:int, x:real | n + h + 1 <= l, l <= L - 1 => "
           "(C(l)*(Q(l)*M(l - 1)*P(l + 1)*x))^2 <= c^2*(C(l + 1)*x)^2"),
    _chain("drop H3", L=1, h=0, P="1 0 1", M="1 1 1/2", u="4 2 2", G="1 1 0", S="0 2", k="-1", v="2", H3=""),
    _chain("shift H3, end n of the range of l", L=1, h=0, P="1 0 1", M="1 1 1/2", u="4 2 2", G="1 1 0", S="0 2",
           v="2", H3="all l:int | n + 1 <= l, l <= L - 1 => u(l) = M(l)*u(l + 1)"),
    _chain("shift H3, end L - 1 of the range of l", L=1, h=0, P="1 0 1", M="1 1 1/2", u="4 2 2", G="1 1 0", S="0 2",
           k="-1", v="2", H3="all l:int | n <= l, l <= L - 2 => u(l) = M(l)*u(l + 1)"),
    _chain("shift H3, index l of u", L=1, h=0, P="1 0 1", M="1 1 1/2", u="4 2 2", G="1 1 0", S="0 2", v="2",
           H3="all l:int | n <= l, l <= L - 1 => u(l + 1) = M(l)*u(l + 1)"),
    _chain("shift H3, index l + 1 of u", L=1, h=0, P="1 0 1", M="1 1 1/2", u="4 2 2", G="1 1 0", S="0 2", v="2",
           H3="all l:int | n <= l, l <= L - 1 => u(l) = M(l)*u(l)"),
    _chain("shift H4, index l of Q", L=2, h=1, P="0 0 1 1", Q="1 0 0 0", M="1 2 -1 0", u="2 2 1 1", C="2 1/2 1/2 1/2",
           G="1 0", S="0", a="0", H4="all l:int | n + 1 <= l, l <= L => P(l) + Q(l - 1) = 1"),
    _chain("shift H19, index l of u", L=2, h=0, P="1 0 1 0", M="1 1 0 -1", u="1 1 1 0", G="1 1 0", S="0 1", c="1",
           H19="all l:int | n + h + 2 <= l, l <= L => (C(l)*(P(l)*u(l + 1)))^2 <= w^2"),
    _chain("shift H15, index l of C", L=2, h=1, P="0 0 0 1", Q="2 1 1 0", M="2 2 1 0", u="8 4 2 1", C="1 1 0 0",
           G="2 4 4 0", S="0 0 4", a="2", H15="all l:int, x:real | n + 1 <= l, l <= L - 1 => "
           "(C(l + 1)*(Q(l)*M(l)*Q(l + 1)*x))^2 <= kappa(l)^2*(C(l + 1)*x)^2"),
    _chain("shift H5, index l of P", L=2, h=0, P="0 0 1/2 1", M="2 -1 1/2 1/2", u="-2 -1 1 2", kappa="-1/2 1/2 1/4 0",
           G="2 -2 -1/2 0", S="0 -1 -2", a="2", c="1/2", k="1/2", v="1/2", w="1/2",
           H5="all l:int | n + 1 <= l, l <= L => P(l + 1)*P(l) = P(l)"),
    _chain("shift conclusion, index n of C", L=1, h=0, P="0 0 1", M="1", u="1 1 0", C="1 1 2", G="1 1 0", S="0",
           k="1/2", v="1"),
    _chain("shift H11, power 2 (2)", L=1, h=0, P="0 0 1", M="1/2 -1 1", u="1/2 1 2", G="1/2 -1/2 0", S="0 -1",
           a="1/4", k="-1", v="1", H11="all x:real => (C(n)*(M(n)*Q(n + 1)*x))^2 <= a^1*(C(n + 1)*x)^2"),
    _chain("shift conclusion, power 2 (2)", L=1, h=0, P="0 0 1", M="1/2 -1 1", u="1/2 1 2", G="1/2 -1/2 0", S="0 -1",
           a="1/2", v="1", w="8"),
    _chain("shift H7, index m of Q", L=3, h=2, P="1 1 0 1 1", M="1 -1 -1 -1 0", u="2 2 -2 2 1",
           kappa="1/2 0 0 1/2 1/4", G="1 -1 0", S="0 0 2", a="1/4", c="1", k="1/4", v="2", w="1",
           H7="all m:int | n + 1 <= m => G(m + 1) = G(m)*Q(m + 1)*M(m)"),
    _chain("shift H15, index l + 1 of C", L=3, h=1, P="0 0 0 1 0", M="1 1/2 1 1/2 1", u="-1/2 -1/2 -1 -1 1",
           C="1/2 1 0 1 1", kappa="2 1/2 0 2 2", G="1 1/2 1/2 0", S="0 0 -1/2", a="1/2", k="1/2", w="4",
           H15="all l:int, x:real | n + 1 <= l, l <= L - 1 => "
           "(C(l)*(Q(l)*M(l)*Q(l + 1)*x))^2 <= kappa(l)^2*(C(l + 2)*x)^2"),
    _chain("shift H17, index l of C", L=3, h=0, P="1 0 1 1 1", M="1 2 1 1 2", u="4 4 2 2 2", C="1 2 0 0 0", G="1 2 0",
           S="0 4", a="1/2", H17="all l:int, x:real | n + h + 1 <= l, l <= L - 1 => "
           "(C(l + 1)*(Q(l)*M(l)*P(l + 1)*x))^2 <= c^2*(C(l + 1)*x)^2"),
    _chain("shift H17, index l + 1 of C", L=3, h=0, P="1 0 1 1 1", M="1 2 1 1 2", u="4 4 2 2 2", C="1 2 0 0 0",
           G="1 2 0", S="0 4", a="1/2", c="2", v="2", H17="all l:int, x:real | n + h + 1 <= l, l <= L - 1 => "
           "(C(l)*(Q(l)*M(l)*P(l + 1)*x))^2 <= c^2*(C(l)*x)^2"),
    _chain("shift H17, power 2 (2)", L=3, h=0, P="0 0 1 0 1", M="1 1/2 1 0 1/2", u="1 1 2 2 0", G="1 1/2 0", S="0 1",
           c="1/4", v="2", w="2", H17="all l:int, x:real | n + h + 1 <= l, l <= L - 1 => "
           "(C(l)*(Q(l)*M(l)*P(l + 1)*x))^2 <= c^1*(C(l + 1)*x)^2"),
    _chain("drop H7", L=3, h=2, P="0 0 0 1", M="1 1/2 1 0", u="1/2 1/2 1 1", kappa="1/2 1/2 0", G="1 0", S="0",
           k="1/2", H7=""),
    _chain("shift H7, index m + 1 of G", L=3, h=2, P="0 0 0 1", M="1 1/2 1 0", u="1/2 1/2 1 1", kappa="1/2 1/2 0",
           G="1 0 1/2 0", S="0", k="1/2", H7="all m:int | n + 1 <= m => G(m + 2) = G(m)*Q(m)*M(m)"),
    _chain("shift H7, index m of M", L=3, h=2, P="0 0 0 1", M="1 1/2 1 0", u="1/2 1/2 1 1", kappa="1/2 1/2 0",
           G="1 1 0", S="0 0 1", k="1/2", H7="all m:int | n + 1 <= m => G(m + 1) = G(m)*Q(m)*M(m + 1)"),
    _chain("shift H3, index l of M", L=1, h=0, P="1", M="1 2", u="2 1", G="1 0", S="0", a="0",
           H3="all l:int | n <= l, l <= L - 1 => u(l) = M(l + 1)*u(l + 1)"),
    _chain("shift H4, end L of the range of l", L=1, h=0, P="0", Q="0", M="1", u="1", G="1 0", S="0", a="0",
           H4="all l:int | n + 1 <= l, l <= L - 1 => P(l) + Q(l) = 1"),
    _chain("shift H5, end n + 1 of the range of l", L=1, h=0, P="1/2", M="1 0", u="1", G="1 0", S="0", a="1/2",
           v="1/2", H5="all l:int | n + 2 <= l, l <= L => P(l)*P(l) = P(l)"),
    _chain("shift H5, end L of the range of l", L=1, h=0, P="1/2", M="1 0", u="1", G="1 0", S="0", a="1/2", v="1/2",
           H5="all l:int | n + 1 <= l, l <= L - 1 => P(l)*P(l) = P(l)"),
    _chain("shift H5, index l of P (2)", L=1, h=0, P="3/4 1/2 1/4", M="1 0 0", u="1", G="1 0", S="0", a="1/2",
           v="1/2", H5="all l:int | n + 1 <= l, l <= L => P(l)*P(l) = P(l + 1)"),
    _chain("drop H12", L=2, h=0, P="-1 0 1", M="1", u="1", kappa="-1/2", G="1 1 0", S="0 1", c="1", v="2", w="1",
           H12=""),
    _chain("shift H12, end n + 1 of the range of l", L=2, h=0, P="-1 0 1", M="1", u="1", kappa="-1/2", G="1 1 0",
           S="0 1", c="1", v="2", w="1", H12="all l:int | n + 2 <= l, l <= L - 1 => 0 <= kappa(l)"),
    _chain("shift H12, end L - 1 of the range of l", L=2, h=0, P="-1 0 1", M="1", u="1", kappa="-1/2", G="1 1 0",
           S="0 1", c="1", v="2", w="1", H12="all l:int | n + 1 <= l, l <= L - 2 => 0 <= kappa(l)"),
    _chain("shift H12, index l of kappa", L=2, h=0, P="-1 0 1", M="1", u="1", kappa="-1 -1/2 0", G="1 1 0", S="0 1",
           c="1", v="2", w="1", H12="all l:int | n + 1 <= l, l <= L - 1 => 0 <= kappa(l + 1)"),
    _chain("shift H13, index l of kappa", L=3, h=0, P="0 0 0 1", M="1 2 1 0", u="2 2 1 1", kappa="2 2 0 0",
           G="1 2 2 0", S="0 0 2", c="1", w="1", H13="all l:int | n + 1 <= l, l <= L - 1 => kappa(l + 1) <= k"),
    _chain("shift H15, index l of M", L=2, h=0, P="0", M="1 1 0", u="1", G="1 1 0", S="0", v="1",
           H15="all l:int, x:real | n + 1 <= l, l <= L - 1 => "
           "(C(l)*(Q(l)*M(l + 1)*Q(l + 1)*x))^2 <= kappa(l)^2*(C(l + 1)*x)^2"),
    _chain("shift H15, power 2 (2)", L=2, h=0, P="0", M="1 1/2 0", u="1/2 1/2 1", kappa="1/4", G="1 1/2 0", S="0",
           k="1/4", v="1", H15="all l:int, x:real | n + 1 <= l, l <= L - 1 => "
           "(C(l)*(Q(l)*M(l)*Q(l + 1)*x))^2 <= kappa(l)^1*(C(l + 1)*x)^2"),
    _chain("shift H19, index l of C", L=2, h=0, P="-1 0 1", M="1", u="1", C="1 1 1 0", G="1 1 0", S="0 1", c="1",
           H19="all l:int | n + h + 2 <= l, l <= L => (C(l + 1)*(P(l)*u(l)))^2 <= w^2"),
    _chain("shift H19, power 2 (2)", L=2, h=0, P="-1 0 1", M="1", u="1/2", G="1 1 0", S="0 1/2", c="1", w="1/4",
           H19="all l:int | n + h + 2 <= l, l <= L => (C(l)*(P(l)*u(l)))^2 <= w^1"),
    _chain("shift conclusion, index j of kappa", L=3, h=1, P="0 0 0 1", M="1 1/2 1 0", u="1/2 1/2 1 1",
           kappa="1 1/2 0", G="1 1/2 1/2 0", S="0 0 1/2", c="1", k="1/2", w="1"),
    _chain("constant conclusion, -1 by 1/100 (3)", L=2, h=0, P="-1 0 1", M="1", u="1", kappa="1/2", G="1 1 0",
           S="0 1", c="1", k="999/1000", v="200000/899", w="1"),
    _chain("constant conclusion, -1 by 1/2 (3)", L=2, h=0, P="-1 0 1", M="1", u="1", kappa="1/2", G="1 1 0", S="0 1",
           c="1", k="3/4", v="16", w="1"),
)
"""Finite chains, each against the mutant that it is named after."""

KILLS = (*FIRST, *PLAIN, *CHAINS)

SURVIVORS = (
    Survivor(("drop H10",),
             "true: a enters only as a^2: H11 bounds by a^2, and a factors out of the square in the conclusion, so the"
             " theorem for |a| is the same statement"),
    Survivor(("shift H11, power 2", "shift H11, power 2 (3)", "shift H15, power 2", "shift H15, power 2 (3)",
              "shift H17, power 2", "shift H17, power 2 (3)"),
             "true: the two sides are powers of x of different degree or odd degree, so the bound for all x of either"
             " sign and size makes the operator on the left 0, and the unchanged bound holds"),
)

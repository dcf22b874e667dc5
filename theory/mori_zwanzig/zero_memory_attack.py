"""Attack on `mori_zwanzig.zero_memory` through its case of width one."""

from __future__ import annotations

from theory.language import Kill, Step, Survivor, Witness
from theory.language.derivation import apply, combine, intro, witness
from theory.mori_zwanzig.level_tables import kill
from theory.mori_zwanzig.memory_points import EXTREMAL, TABLES
from theory.mori_zwanzig.zero_memory import scalar_statement

ATTACKED = scalar_statement()

_PLAIN = {"n": "0", "L": "1", "u": "1", "M": "1", "P": "0", "Q": "1", "G": "1", "S": "0", "R": "0", "A": "0", "Z": "0"}
_FACTORIALS = (
    intro("f", "all m:int | 1 <= m => fact(m) = fact(m - 1)*m", "m1", apply("z", "ax.fact_succ", n="m - 1")),
    intro("g", "all m:int | 1 <= m => 1 - fact(m + 1) = 1 - fact(m) + fact(m - 1)*m*(-m)", "m1",
          apply("a", "ax.fact_succ", n="m - 1"), apply("b", "ax.fact_succ", n="m"),
          combine("z", facts="a b", rounds=3)),
)


def _kill(name: str, *steps: Step, **values: str) -> Kill:
    point = {key: text if key in "nL" else f"l -> {text}" for key, text in (_PLAIN | values).items()}
    return Kill(name, Witness((*steps, witness("end", **point))))


_CHAIN = {key: text.removeprefix("l -> ") for key, text in EXTREMAL.items() if key in "nLuMPQGS"}

PLAIN = (
    _kill("all is noise"),
    _kill("a propagator twice too large", G="2"),
    _kill("a propagator that grows", L="2", G="l"),
    _kill("states of their own", u="l + 1"),
    _kill("both projections 1", P="1", R="1", Z="1", A="1", S="l - 1"),
    _kill("resolved spaces that Q does not annihilate", *_FACTORIALS, L="2", Q="l", P="1 - l", R="1", Z="1 - l", A="1",
          G="fact(l - 1)", S="1 - fact(l)"),
    _kill("resolved spaces that are not invariant", *TABLES, **_CHAIN, R="l - 1", Z="1"),
    _kill("projections onto something else", *TABLES, **_CHAIN),
)


def _chain(name: str, first: int = 1, **given: str | int) -> Kill:
    """A chain by its values at the levels, Q = 1 - P if not given; H1, H2, ... are what it satisfies instead."""
    plain = {"n": "0", "M": "1", "u": "1", "R": "0", "A": "0", "Z": "0", "S": "0"}
    text = {name: str(value) for name, value in (plain | given).items()}
    text.setdefault("Q", " ".join(str(1 - int(value)) for value in text["P"].split()))
    return kill(name, ATTACKED, {name: text[name] for name in ("n", "L", "m") if name in text},
                {name: text[name].split() for name in ("P", "Q", "M", "u", "R", "A", "Z")},
                {name: text[name].split() for name in "GS"},
                {name: value for name, value in text.items() if name.startswith("H")}, first)


CHAINS = (
    _chain("drop H6", L=1, P="0", G="1", S="1", H6=""),
    _chain("drop H7", L=2, P="0", G="1", S="0 1", H7=""),
    _chain("shift H6, index n + 1 of S", first=0, L=1, P="0", G="1", S="0 1", H6="S(n) = 0"),
    _chain("shift H7, end n + 1 of the range of m", L=2, P="0", G="1", S="0 1",
           H7="all m:int | n + 2 <= m => S(m + 1) = S(m) + G(m)*Q(m)*M(m)*P(m + 1)*u(m + 1)"),
    _chain("shift H7, index m + 1 of S", L=2, P="0", G="1", S="0 1",
           H7="all m:int | n + 1 <= m => S(m) = S(m) + G(m)*Q(m)*M(m)*P(m + 1)*u(m + 1)"),
    _chain("shift H7, index m of S", first=0, L=2, P="0 0 0 1", G="1 1 1 1 0", S="1 0 1 1",
           H7="all m:int | n + 1 <= m => S(m + 1) = S(m - 1) + G(m)*Q(m)*M(m)*P(m + 1)*u(m + 1)"),
    _chain("shift H7, index m of Q", L=2, P="1", Q="1 0 0 0", R="1", Z="1", A="1", G="1 0", S="0 1",
           H7="all m:int | n + 1 <= m => S(m + 1) = S(m) + G(m)*Q(m - 1)*M(m)*P(m + 1)*u(m + 1)"),
    _chain("shift H7, index m of M", L=2, P="-1 0 1", M="1 0 1", u="0 0 1", R="-1 0 1", Z="1", G="1 0", S="0 1",
           H7="all m:int | n + 1 <= m => S(m + 1) = S(m) + G(m)*Q(m)*M(m + 1)*P(m + 1)*u(m + 1)"),
    _chain("shift H7, index m + 1 of P", L=2, P="0 0 0 1", M="1 1 0 0", u="1 1 1 1", G="1 1 0", S="0 1",
           H7="all m:int | n + 1 <= m => S(m + 1) = S(m) + G(m)*Q(m)*M(m)*P(m + 2)*u(m + 1)"),
    _chain("shift H5, end n + 1 of the range of m", L=2, P="0", M="1 1 0", G="1 2 0",
           H5="all m:int | n + 2 <= m => G(m + 1) = G(m)*Q(m)*M(m)"),
    _chain("shift H5, index m of Q", L=2, P="2 1 0", M="1 1 0", R="2 1 0", Z="1", G="1 1 0",
           H5="all m:int | n + 1 <= m => G(m + 1) = G(m)*Q(m + 1)*M(m)"),
    _chain("shift H5, index m of M", L=2, P="0", M="1 1 0 0", G="1 0",
           H5="all m:int | n + 1 <= m => G(m + 1) = G(m)*Q(m)*M(m + 1)"),
    _chain("shift H4, index n + 1 of G", first=0, L=1, P="0", G="1 0", H4="G(n) = M(n)"),
    _chain("shift H4, index n of M", L=1, P="0", M="1 0", G="0", H4="G(n + 1) = M(n + 1)"),
    _chain("shift H3, index l of P", L=1, P="-1 0 1", Q="0", G="1 0",
           H3="all l:int | n + 1 <= l, l <= L => P(l + 1) + Q(l) = 1"),
    _chain("shift H3, index l of Q", L=1, P="0", Q="-1 0 1", G="1 0",
           H3="all l:int | n + 1 <= l, l <= L => P(l) + Q(l + 1) = 1"),
    _chain("shift H2, index l of M", L=1, P="1", M="1 2", u="2 1", R="1", Z="1", G="1 0",
           H2="all l:int | n <= l, l <= L - 1 => u(l) = M(l + 1)*u(l + 1)"),
    _chain("shift H8, index l of P", L=2, P="0 0 1", M="1 1 0 0", G="1 1 0", S="0 1",
           H8="all l:int | n + 1 <= l, l <= L => P(l - 1) = R(l)*Z(l)"),
    _chain("shift H8, index l of R", L=2, P="-1 0 1", G="1 1 0", R="0 0 0 1", Z="-1 0 1", S="0 1",
           H8="all l:int | n + 1 <= l, l <= L => P(l) = R(l + 1)*Z(l)"),
    _chain("shift H9, index l of M", L=2, P="-1 0 1", M="1 1 0", R="-1 0 1", Z="1", G="1 1 0", S="0 1",
           H9="all l:int | n + 1 <= l, l <= L - 1 => M(l + 1)*R(l + 1) = R(l)*A(l)"),
    _chain("shift H9, index l of R", L=2, P="-1 0 1", R="-1 0 1", Z="1", A="1", G="1 1 0", S="0 1",
           H9="all l:int | n + 1 <= l, l <= L - 1 => M(l)*R(l + 1) = R(l + 1)*A(l)"),
    _chain("shift H10, index l of R", L=2, P="-1 0 1", G="1 1 0", R="0 1 1", Z="-1 0 1", A="1", S="0 1",
           H10="all l:int | n + 1 <= l, l <= L - 1 => Q(l)*R(l - 1) = 0"),
    _chain("shift conclusion 1, end n + 1 of the range of m", first=0, L=1, m=0, P="0", G="1", S="1 0"),
    _chain("shift conclusion 1, end L of the range of m", L=1, m=2, P="-1 0 1", G="1 1 0", S="0 1"),
    _chain("shift conclusion 1, index m of S", L=1, m=1, P="-1 0 1", G="1 1 0", S="0 1"),
    _chain("shift conclusion 2, index n of u", L=1, P="0", M="2 0", u="2 1", G="2 0"),
    _chain("shift conclusion 2, index n of M", L=1, P="1", M="1 0", R="1", Z="1", G="1 0"),
    _chain("shift conclusion 2, index n + 1 of u", L=1, P="1", R="1", Z="1", u="1 1 2", G="1 0"),
    _chain("shift conclusion 2, index L of G", L=1, P="0", M="1 0", G="1 0"),
    _chain("shift conclusion 2, index L of u", L=1, P="0", u="1 1 0", G="1"),
)
"""Finite chains, each against the mutant that it is named after."""

KILLS = (*PLAIN, *CHAINS)

SURVIVORS = (
    Survivor(("shift H7, index m of G", "shift H7, index m + 1 of u"),
             "true: Q(m) M(m) P(m+1) = Q(m) R(m) A(m) Z(m+1) = 0 for n < m < L, whatever stands before and after it"),
    Survivor(("shift H8, index l of Z",),
             "true: all that is used of H8 is that P(l) is R(l) times something; Z occurs nowhere else"),
    Survivor(("shift H9, index l of A",),
             "true: A is any sequence and occurs nowhere else, so A(l + 1) is as good as A(l)"),
)

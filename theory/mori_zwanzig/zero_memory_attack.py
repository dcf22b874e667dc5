"""Attack on `mori_zwanzig.zero_memory` through its case of width one."""

from __future__ import annotations

from theory.language import Kill, Step, Survivor, Witness
from theory.language.derivation import apply, combine, intro, witness
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

KILLS = (
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

SURVIVORS = (
    Survivor((
        "drop H6", "drop H7", "shift H2, index l of M", "shift H3, index l of P", "shift H3, index l of Q",
        "shift H4, index n + 1 of G", "shift H4, index n of M", "shift H5, end n + 1 of the range of m",
        "shift H5, index m of Q", "shift H5, index m of M", "shift H6, index n + 1 of S",
        "shift H7, end n + 1 of the range of m", "shift H7, index m + 1 of S", "shift H7, index m of S",
        "shift H7, index m of G", "shift H7, index m of Q", "shift H7, index m of M", "shift H7, index m + 1 of P",
        "shift H7, index m + 1 of u", "shift H8, index l of P", "shift H8, index l of R", "shift H8, index l of Z",
        "shift H9, index l of M", "shift H9, index l of A", "shift H10, index l of R",
        "shift conclusion, index n of u", "shift conclusion, index n of M", "shift conclusion, index n + 1 of u",
        "shift conclusion, index L of G", "shift conclusion, index L of u",
    ), "open: G and S are recursions without end, so a point is a sequence in closed form for every level; in the"
       " points here each changed entry is multiplied by a projection that is 0, or the sequence is constant in l"),
)

"""Points against mutants of `covering.residual_symmetry`: streams of one unit whose blocks break one rule at a time."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from theory.covering.small_graphs import Number, lookup
from theory.language import Kill, Term, Witness, rational, substitution
from theory.language.derivation import witness

_M, _LAST = 2, 3
_SIZES = {name: 1 for name in ("i", "o", "d", "r", "t")}
_ONE = ("rows", ((1,),))


def _family(values: Mapping[int, Number]) -> Term:
    """Matrices of one entry, by block from -1 on."""
    return ("lam", ("k",), ("rows", ((lookup([values.get(k, 0) for k in range(-1, _LAST + 1)], ("k",), (-1,)),),)))


def _point(depth: int = 1, k: int = 1, **broken: dict[int, Number]) -> Witness:
    """Blocks that add 3 U + u to a stream that starts with 2; what `broken` names by block obeys no rule."""
    blocks = range(1, _LAST + 1)
    plain: dict[str, dict[int, Number]] = {"W": {b: 1 for b in blocks}, "U": {b: 1 for b in blocks},
                                           "u": {b: 1 for b in blocks}, "y": {b: 3 for b in blocks}}
    tables = {name: {**values, **broken.get(name, {})} for name, values in plain.items()}
    rules = {"V": {b: Fraction(tables["W"][b], _M) for b in blocks}, "E": {b: _M * tables["U"][b] for b in blocks},
             "e": {b: _M * tables["u"][b] for b in blocks}, "z": dict(tables["y"])}
    tables |= {name: {**values, **broken.get(name, {})} for name, values in rules.items()}
    for name, start, add, what, more in (("h", 2, "U", "y", "u"), ("g", 2 * _M, "E", "z", "e")):
        stream = tables[name] = {-1: start, 0: start, **broken.get(name, {})}
        for b in blocks:
            stream.setdefault(b, stream[b - 1] + tables[add][b] * tables[what][b] + tables[more][b])
    values: dict[str, Term] = {"A": _ONE, "X": _ONE, "a": _ONE, "C": _ONE, "c": _ONE, "R": _ONE,
                               "M": ("rows", ((_M,),)), "N": ("rows", ((rational(Fraction(1, _M)),),)),
                               "w": substitution("k -> 1"), "m": substitution("k -> 1")}
    values |= {name: _family(table) for name, table in tables.items()}
    return Witness((witness("end", L=depth, k=k, **_SIZES, **values),))


KILLS = (
    Kill("no layer at all", _point(-1, h={-1: 1}, g={-1: 5})),
    Kill("a block that reads something else", _point(V={1: 0}, z={1: 7})),
    Kill("a block that writes by another map", _point(E={1: 5})),
    Kill("another bias", _point(e={1: 5})),
    Kill("the bias of the block before", _point(e={1: 5, 2: 2, 0: 2})),
    Kill("the bias of the next block", _point(u={2: 4}, e={1: 8})),
    Kill("a stream that jumps", _point(h={1: 99})),
    Kill("a stream one step late", _point(h={1: 99, 2: 6})),
    Kill("a stream that adds the next bias", _point(u={2: 9}, h={1: 14})),
    Kill("a changed stream that adds the next bias", _point(u={2: 9}, g={1: 28})),
    Kill("a stream that goes on from two steps before", _point(h={-1: 9, 1: 13})),
    Kill("a changed stream that goes on from two steps before", _point(g={-1: 9, 1: 17})),
    Kill("a block that is no function", _point(z={1: 7})),
    Kill("a stream that starts elsewhere", _point(0, 0, h={0: 9, 1: 2})),
    Kill("a changed stream that starts elsewhere", _point(0, 0, g={0: 9, 1: 4})),
    Kill("before the first block", _point(k=-1, g={-1: 9})),
    Kill("behind the last block", _point(k=2, g={2: 77})),
    Kill("a factor on the encoder", _point()),
)

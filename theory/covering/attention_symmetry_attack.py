"""Points against mutants of `covering.attention_symmetry`: two exchanged heads of size 1, one rule broken at a time."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from theory.covering.attention_symmetry import STATEMENT
from theory.covering.small_graphs import Number, lookup
from theory.language import Kill, Survivor, Term, Witness, rational, substitute
from theory.language.derivation import combine, intro, witness
from theory.language.terms import Formula

_FIRST, _LAST = -3, 6
_SPAN = range(_FIRST, _LAST + 1)
_NUMBERS = {"Q": 3, "K": 5, "V": 7, "O": 2, "a": 1, "b": 4, "c": 6, "A": 9}
_FACTORS = {"Q": "M", "a": "M", "K": "M'", "b": "M'", "V": "N", "c": "N", "O": "N'"}

Table = Mapping[int, Number]
"""A number for each head."""


def _one(value: Number) -> Term:
    return ("rows", ((rational(value),),))


def _family(table: Table) -> Term:
    """Matrices of one entry, by head."""
    return ("lam", ("t",), ("rows", ((lookup([table.get(t, 1) for t in _SPAN], ("t",), (_FIRST,)),),)))


def _point(weights: Formula, *, order: tuple[int, int] = (2, 1), inverse: tuple[int, int] = (2, 1), t: int = 1,
           reads: int = 0, shifts: Mapping[str, tuple[int, int, int]] | None = None,
           sums: Mapping[str, Table] | None = None, silent: bool = False, **broken: Table) -> Witness:
    """Two heads. What `broken` names obeys no rule; under an entry of `shifts` a changed family obeys its rule with
    other heads on the left, on the right and of the factor. `sums` replaces R or R' (key 0), `reads` shifts the head at
    which G and G' are inverse, `silent` heads have no values. `weights` is H12, proved first where it may be vacuous.
    """
    shifts = shifts or {}
    p = {i: {1: order[0], 2: order[1]}.get(i, 3 - i) for i in _SPAN}
    tables: dict[str, dict[int, Number]] = {
        name: {i: 0 if silent and name in "Vc" else n + (i - 1)**2 * (n + 1) for i in _SPAN}
        for name, n in _NUMBERS.items()}
    tables |= {"M": {i: 2 + i**2 for i in _SPAN}, "N": {i: 3 + i**2 for i in _SPAN}}
    for name in ("M", "N"):
        left, right, _ = shifts.get(name, (0, 0, 0))
        tables[name + "'"] = {i + left: 1 / Fraction(tables[name][i + right]) for i in _SPAN if i + right in _SPAN}
        tables[name + "'"] |= broken.get(name + "'", {})
    for name, factor in _FACTORS.items():
        left, right, by = shifts.get(name, (0, 0, 0))
        made: dict[int, Number] = {i: 11 + i for i in _SPAN}
        made |= {i + left: tables[name].get(p[i] + right, 1) * tables[factor].get(i + by, 1) for i in (1, 2)}
        tables[name + "'"] = made | dict(broken.get(name + "'", {}))
    values: dict[str, Term] = {name: _family(table) for name, table in tables.items()}
    moved = substitute(values["A"][2], {"t": lookup([p[i] for i in _SPAN], ("t",), (_FIRST,), "iite")})
    left, right, _ = shifts.get("A", (0, 0, 0))
    free = "A'" in broken or "A" in shifts
    tables["A'"] = {i: tables["A"].get(p[i], 1) for i in _SPAN} if not free else {i: 17 for i in _SPAN}
    tables["A'"] |= {i + left: tables["A"].get(p[i] + right, 1) for i in (1, 2)} | dict(broken.get("A'", {}))
    values["A'"] = _family(tables["A'"]) if free else ("lam", ("t",), moved)
    for name, mark in (("R", ""), ("R'", "'")):
        total = sum(_head(tables, mark, i, {}) for i in (1, 2))
        values[name] = _one((sums or {}).get(name, {0: total})[0])
    values |= {name: _one(1) for name in "XYZ"} | {"G": _one(1 / Fraction(tables["Q"][p[t] + reads])),
                                                   "G'": _one(1 / Fraction(tables["V"][p[t] + reads] or 1))}
    back = {1: inverse[0], 2: inverse[1]}
    values |= {"p": ("lam", ("i",), lookup([p[i] for i in _SPAN], ("i",), (_FIRST,), "iite")),
               "w": ("lam", ("i",), lookup([back.get(i, 3 - i) for i in _SPAN], ("i",), (_FIRST,), "iite"))}
    sizes = {name: 1 for name in ("s", "n", "D", "E", "F", "o", "k", "v", "k'", "v'")}
    point = {"H": 2, "t": t, **sizes, **values}
    first = () if free else (intro("weights", substitute(weights, _without(point)), "t1 t2 t3", combine("z")),)
    return Witness((*first, witness("end", **point)))


def _without(point: Mapping[str, Term]) -> dict[str, Term]:
    return {name: value for name, value in point.items() if name != "t"}


def _head(tables: Mapping[str, Table], mark: str, i: int, moved: Mapping[str, int]) -> Number:
    """What head i adds, with the indices of some families moved."""
    a, v, c, o = (tables[name + mark][i + moved.get(name, 0)] for name in "AVcO")
    return a * (v + c) * o


def _sum(mark: str, heads: tuple[int, ...] = (1, 2), **moved: int) -> dict[str, Table]:
    """A sum over other heads, or with the index of one family moved."""
    tables = {name: {i: n + (i - 1)**2 * (n + 1) for i in _SPAN} for name, n in _NUMBERS.items()}
    tables["N"] = {i: 3 + i**2 for i in _SPAN}
    for name in ("V", "c", "O"):
        factor = {i: 1 / Fraction(tables["N"][i]) if name == "O" else tables["N"][i] for i in (1, 2)}
        tables[name + "'"] = {i: 11 + i for i in _SPAN} | {i: tables[name][3 - i] * factor[i] for i in (1, 2)}
    tables["A'"] = {i: tables["A"].get(3 - i, 1) for i in _SPAN}
    return {"R" + mark: {0: sum(_head(tables, mark, i, moved) for i in heads)}}


def _kills(weights: Formula) -> tuple[Kill, ...]:
    """Return the points; `weights` is the hypothesis on the weights, H12."""
    found = [Kill("two heads", _point(weights, t=t)) for t in (1, 2)]
    found += [Kill(f"head {t}, beyond the others", _point(weights, t=t)) for t in (0, 3)]
    found += [Kill(f"inverses at head {reads:+d}", _point(weights, t=1, reads=reads)) for reads in (1, -1)]
    for name in (*_FACTORS, "M", "N"):
        found += [Kill(f"{name}' at one head", _point(weights, t=head, **{f"{name}'": {head: 23}})) for head in (1, 2)]
        found += [Kill(f"{name}' with the indices {shift}", _point(weights, shifts={name: shift}))
                  for shift in ((1, 0, 0), (0, 1, 0), (0, 0, 1), (-1, 0, 0), (0, -1, 0), (0, 0, -1))]
    found += [Kill(f"weights with the indices {shift}", _point(weights, shifts={"A": shift}))
              for shift in ((1, 0, 0), (0, 1, 0), (-1, 0, 0), (0, -1, 0))]
    found += [Kill(f"weights of head {head}", _point(weights, **{"A'": {head: 23}})) for head in (1, 2)]
    found += [Kill(f"p = {order}", _point(weights, order=order, inverse=order)) for order in ((1, 1), (2, 2))]
    for mark in ("", "'"):
        found += [Kill(f"R{mark} = {value}", _point(weights, sums={"R" + mark: {0: value}})) for value in (0, 5)]
        found += [Kill(f"R{mark} = 5, heads without values", _point(weights, sums={"R" + mark: {0: 5}}, silent=True))]
        found += [Kill(f"R{mark} over the heads {heads}", _point(weights, sums=_sum(mark, heads)))
                  for heads in ((1,), (2,))]
        found += [Kill(f"R{mark} with {name} of the next head", _point(weights, sums=_sum(mark, **{name: 1})))
                  for name in "AVcO"]
    return tuple(found)


KILLS = _kills(STATEMENT.hypotheses[11][1])

SURVIVORS = (
    Survivor(("drop H1",), "true: without heads both sums are empty"),
    Survivor(("shift H2, index i of p", "shift H2, index i of p (2)", "shift H2, index i of w",
              "shift H2, index i of w (2)", "shift H2, index p(i) of w", "shift H2, index w(i) of p"),
             "true: on finitely many heads the other conditions already make p a bijection with the inverse w"),
)

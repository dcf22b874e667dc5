"""Refutation of one cell of activation patterns: elimination in path monomials, then signs of pre-activations.

In a cell the outputs are polynomials in the weights. If the elimination finds no contradiction by itself, signs may:
let P and Q be non-negative combinations of the pre-activations of one unit, with their signs in the cell. If v P and
v Q are known constants of opposite signs for an outgoing weight v, their product contradicts v^2 P Q >= 0.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from proofs_check.etr_training.exact_matrices import solve
from proofs_check.etr_training.polynomials import (
    ONE,
    Polynomial,
    TooManyTerms,
    add,
    constant,
    multiply,
    number,
    substitute,
    times,
    to_json,
    variable,
)
from proofs_check.etr_training.relu_patterns import Unit
from proofs_check.etr_training.tracked_elimination import Contradiction, Fact, PathMonomials, Reduced, eliminate

if TYPE_CHECKING:
    from theory.etr_training.instance import TrainingInstance

Key = tuple[int, int]


@dataclass(frozen=True)
class Square:
    """q * product of s z over pairs (unit, point) * polynomial^2."""

    coefficient: Fraction
    pairs: tuple[Key, ...]
    polynomial: Polynomial


@dataclass(frozen=True)
class CellRefutation:
    """-1 = sum cofactor * (output - label) + sum of squares, in the weights; keys are (point, sink index)."""

    cofactors: Mapping[Key, Polynomial]
    squares: tuple[Square, ...]

    def leaf(self, found: Sequence[Unit]) -> dict[str, Any]:
        """Return the leaf of the certificate."""
        return {"equations": [[i, t, to_json(p)] for (i, t), p in sorted(self.cofactors.items()) if p],
                "squares": [[number(s.coefficient), [[found[j].name, i] for j, i in s.pairs], to_json(s.polynomial)]
                            for s in self.squares]}


@dataclass(frozen=True)
class Cell:
    """Units with their signs: `decided` by splits, `signs` at all points that are known, implied ones included.

    Points that are `left_out` are not used.
    """

    instance: TrainingInstance
    units: tuple[Unit, ...]
    decided: tuple[Mapping[int, int], ...]
    signs: tuple[Mapping[int, int], ...]
    left_out: frozenset[int] = frozenset()

    @property
    def known(self) -> list[int]:
        """Points at which every unit has a sign, but for those that are left out."""
        return [i for i in range(len(self.instance.points))
                if i not in self.left_out and all(i in signs for signs in self.signs)]

    def implied_at(self, points: Iterable[int]) -> list[Key]:
        """Return the pairs (unit, point) at these points whose sign is implied, not decided."""
        return [(j, i) for i in points for j, decided in enumerate(self.decided) if i not in decided]

    def pre_activation(self, j: int, i: int) -> Polynomial:
        """Return z of unit j at point i."""
        unit = self.units[j]
        return {((name, 1),): x for name, x in zip(unit.weights, unit.rows[i], strict=True) if x}

    def equations(self) -> dict[Key, Polynomial]:
        """Return output - label at the known points, as polynomials in the weights."""
        instance, found = self.instance, {}
        position = {unit.name: j for j, unit in enumerate(self.units)}
        column = {s: k for k, s in enumerate(instance.sources)}
        for i in self.known:
            for t, (sink, label) in enumerate(zip(instance.sinks, instance.labels[i], strict=True)):
                if label is None:
                    continue
                total = constant(-label)
                if sink in instance.biases:
                    total = add(total, variable(sink))
                for start in instance.incoming[sink]:
                    if start in column:
                        total = add(total, variable(f"{start}->{sink}"), instance.points[i][column[start]])
                    elif self.signs[position[start]][i] > 0:
                        total = add(total, multiply(variable(f"{start}->{sink}"),
                                                    self.pre_activation(position[start], i)))
                found[i, t] = total
        return found


@dataclass(frozen=True)
class Open:
    """What the elimination leaves of a cell: names of the path monomials, and their relations."""

    paths: PathMonomials
    reduced: Reduced

    def values(self) -> dict[str, Fraction] | None:
        """Return values of the path monomials by name, what is free being 0; None if a relation then fails."""
        known: dict[str, Polynomial] = {name: {} for name in self.paths.value}
        for name, rule in reversed(self.reduced.solved):
            expression = add(variable(name), rule.polynomial, -1)
            known[name] = substitute(expression, known)
        if any(substitute(fact.polynomial, known) for fact in self.reduced.facts):
            return None
        return {name: value.get(ONE, Fraction(0)) for name, value in known.items()}


def rational_weights(cell: Cell, left: Open) -> dict[str, Fraction] | None:
    """Return weights that take the simplest values of the path monomials, if those fit all data.

    The products of a unit's weights with its outgoing ones form a matrix of rank one, v theta; theta is one of its
    rows, with the sign that the cell asks for.
    """
    values = left.values()
    if values is None:
        return None
    at = {monomial: values[name] for monomial, name in left.paths.name.items()}
    weights = {name: at.get(((name, 1),), Fraction(0)) for name in cell.instance.parameters}
    for j, unit in enumerate(cell.units):
        ends = [f"{unit.name}->{t}" for t in cell.instance.sinks if unit.name in cell.instance.incoming[t]]
        table = {v: [at.get(times(((v, 1),), ((u, 1),)), Fraction(0)) for u in unit.weights] for v in ends}
        row = next((table[v] for v in ends if any(table[v])), None)
        if row is None:
            continue
        pre = {i: sum((a * b for a, b in zip(row, unit.rows[i], strict=True)), Fraction(0)) for i in cell.decided[j]}
        sign = 1 if all(s * pre[i] >= 0 for i, s in cell.decided[j].items()) else -1
        place = next(k for k, x in enumerate(row) if x)
        weights |= {u: sign * x for u, x in zip(unit.weights, row, strict=True)}
        weights |= {v: table[v][place] / (sign * row[place]) for v in ends}
    return weights if cell.instance.loss(weights) == 0 else None


def refute_cell(cell: Cell) -> tuple[CellRefutation | None, Open | None]:
    """Return a refutation of the cell, or what the elimination leaves."""
    equations = cell.equations()
    keys = list(equations)
    paths = PathMonomials(list(equations.values()))
    facts = [Fact(paths.rewritten(equations[key]), {k: constant(1)}) for k, key in enumerate(keys)]
    # Linear contradictions are the most frequent and by far the cheapest.
    result = eliminate(facts)
    try:
        if isinstance(result, Reduced):
            facts += [Fact(binomial, {}) for binomial in paths.binomials()]
            result = eliminate(facts)
    except TooManyTerms:
        return None, None
    if isinstance(result, Contradiction):
        cofactors = {key: paths.expanded(result.cofactors.get(k, {})) for k, key in enumerate(keys)}
        squares = tuple(Square(q, (), paths.expanded(s)) for q, s in result.squares)
        return CellRefutation({k: p for k, p in cofactors.items() if p}, squares), None
    return _by_signs(cell, keys, paths, result), Open(paths, result)


def economical(cell: Cell, refutation: CellRefutation) -> CellRefutation:
    """Return a refutation that needs fewer implied signs, each of which doubles the number of leaves."""
    best = refutation
    tried: set[int] = set()
    while True:
        used = {i for i, _ in best.cofactors}
        cost = {i: len(cell.implied_at([i])) for i in used - tried}
        point = max(cost, key=lambda i: (cost[i], i), default=None)
        if point is None or not cost[point]:
            return best
        tried.add(point)
        unused = set(cell.known) - used
        smaller = replace(cell, left_out=cell.left_out | {point} | {i for i in unused if cell.implied_at([i])})
        found, _ = refute_cell(smaller)
        if found is not None and (len(cell.implied_at({i for i, _ in found.cofactors}))
                                  < len(cell.implied_at(used))):
            best = found


def _by_signs(cell: Cell, keys: Sequence[Key], paths: PathMonomials, reduced: Reduced) -> CellRefutation | None:
    """Refute by one unit: P, Q >= 0 among the cone of its decided pre-activations with v P = a < 0 and v Q = b > 0."""
    for j, unit in enumerate(cell.units):
        for sink in cell.instance.sinks:
            if unit.name not in cell.instance.incoming[sink]:
                continue
            v = variable(f"{unit.name}->{sink}")
            known: dict[int, Fact] = {}
            for i, sign in cell.decided[j].items():
                product = multiply(v, cell.pre_activation(j, i))
                if all(monomial in paths.name for monomial in product):
                    known[i] = reduced.normal_form(Fact(paths.rewritten(product), {})).scaled(Fraction(sign))
            below, above = _constant_combination(known, -1), _constant_combination(known, 1)
            if below is not None and above is not None:
                return _product(cell, keys, paths, _Side(j, below, known), _Side(j, above, known), v)
    return None


def _constant_combination(known: Mapping[int, Fact], value: int) -> dict[int, Fraction] | None:
    """Return q >= 0 on at most three points such that sum q * polynomial is the constant `value`, or None."""
    monomials = sorted({m for fact in known.values() for m in fact.polynomial} | {ONE})
    target = [Fraction(value if m == ONE else 0) for m in monomials]
    for size in (1, 2, 3):
        for subset in itertools.combinations(sorted(known), size):
            rows = [[known[i].polynomial.get(m, Fraction(0)) for i in subset] for m in monomials]
            found = solve(rows, target, size)
            if found is not None and all(q >= 0 for q in found):
                return {i: q for i, q in zip(subset, found, strict=True) if q}
    return None


@dataclass(frozen=True)
class _Side:
    """P = sum q s z over points of unit j, with the facts about v s z."""

    unit: int
    multipliers: Mapping[int, Fraction]
    facts: Mapping[int, Fact]

    def fact(self) -> Fact:
        """Return what is known of v P."""
        total = Fact({}, {})
        for i, q in self.multipliers.items():
            total = total.minus(self.facts[i], constant(-q))
        return total

    def polynomial(self, cell: Cell) -> Polynomial:
        """Return P in the weights."""
        total: Polynomial = {}
        for i, q in self.multipliers.items():
            total = add(total, cell.pre_activation(self.unit, i), q * cell.decided[self.unit][i])
        return total


def _product(cell: Cell, keys: Sequence[Key], paths: PathMonomials, below: _Side, above: _Side, v: Polynomial
             ) -> CellRefutation:
    """Return -1 = v^2 P Q - ((v P)(v Q) + 1) for v P = -1 and v Q = 1 up to the equations.

    A fact here says v P + 1 = -(its cofactors), and (v P)(v Q) + 1 = (v P + 1)(v Q) - (v Q - 1).
    """
    cofactors: dict[Key, Polynomial] = {}
    for factor, side in ((multiply(v, above.polynomial(cell)), below), (constant(-1), above)):
        for e, c in side.fact().cofactors.items():
            cofactors[keys[e]] = add(cofactors.get(keys[e], {}), multiply(factor, paths.expanded(c)))
    squares = tuple(Square(p * q, ((below.unit, i), (above.unit, k)), v)
                    for i, p in below.multipliers.items() for k, q in above.multipliers.items())
    return CellRefutation({key: p for key, p in cofactors.items() if p}, squares)


def flipped(cell: Cell, base: CellRefutation, flips: Sequence[Key]) -> CellRefutation:
    """Return the refutation of the cell in which implied signs are turned round, so that these z are 0.

    If unit j at point i is turned from on to off, its output there loses v z = 0. With g = sum of cofactor * v, the
    product z g is ((g + 1)^2 z - (g - 1)^2 z) / 4: one sign of z is decided by the split, the other one is implied.
    """
    squares = list(base.squares)
    quarter = Fraction(1, 4)
    for j, i in flips:
        sign = cell.signs[j][i]
        total: Polynomial = {}
        for (point, t), cofactor in base.cofactors.items():
            sink = cell.instance.sinks[t]
            if point == i and cell.units[j].name in cell.instance.incoming[sink]:
                total = add(total, multiply(cofactor, variable(f"{cell.units[j].name}->{sink}")), sign)
        if not total:
            continue
        above, below = add(total, constant(1)), add(total, constant(-1))
        decided_side, implied_side = (below, above) if sign > 0 else (above, below)
        squares.append(Square(quarter, ((j, i),), decided_side))
        for k, q in (cell.units[j].multipliers(cell.decided[j], i, sign) or {}).items():
            squares.append(Square(quarter * q, ((j, k),), implied_side))
    return CellRefutation(base.cofactors, tuple(squares))

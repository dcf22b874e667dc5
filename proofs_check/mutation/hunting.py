"""The hunt for points at which mutants are false: known points first, then their variations, then random small ones.

Every candidate is evaluated here by a filter that may be wrong; only what the checker replays counts. Nothing depends
on the clock: a hunt looks at a fixed number of points in a fixed order.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from proofs_check.engines.evaluate import holds
from theory.language.claims import Claim, Witness
from theory.language.derivation import Step
from theory.language.substitution import substitute
from theory.language.terms import RELATIONS, Formula, Sort, Term

from . import zoo
from .models import reduced, truth
from .targets import Target
from .zoo import Point

ENOUGH = 4
"""How many candidates are kept for one mutant that leave something undecided; half as many others are enough."""
Variables = tuple[tuple[str, Sort], ...]


@dataclass(frozen=True)
class Effort:
    """How many points are looked at: completions of a known point, variations in all, random points.

    `work` bounds what is evaluated for one group of targets, in nodes of formulas; it does not depend on the clock.
    """

    completions: int = 8
    variations: int = 5000
    samples: int = 2000
    work: int = 100_000


EFFORT = Effort()


@dataclass(frozen=True)
class Base:
    """A known point: values, and the steps that its author proves before naming them."""

    label: str
    steps: tuple[Step, ...]
    point: tuple[tuple[str, object], ...]


@dataclass(frozen=True)
class Candidate:
    """A witness worth trying against a target, and where it came from."""

    target: Target
    witness: Witness
    label: str
    certain: bool


@dataclass
class _Prey:
    """A target with its formulas numbered."""

    mutant: str
    target: Target
    hypotheses: frozenset[int]
    order: tuple[int, ...]
    conclusion: int


@dataclass
class Hunt:
    """Targets by mutant, and the candidates found so far."""

    bases: tuple[Base, ...]
    effort: Effort
    found: dict[str, list[Candidate]] = field(default_factory=dict)
    _numbers: dict[Formula, int] = field(default_factory=dict)
    _weights: list[int] = field(default_factory=list)
    _work: int = 0
    _formulas: list[Formula] = field(default_factory=list)

    def run(self, wanted: Iterable[tuple[str, tuple[Target, ...]]]) -> dict[str, list[Candidate]]:
        """Return candidates for each named mutant, the certain ones first."""
        groups: dict[Variables, list[_Prey]] = {}
        for name, several in wanted:
            self.found.setdefault(name, [])
            for target in several:
                groups.setdefault(target.statement.variables, []).append(self._prey(name, target))
        for variables, preys in groups.items():
            self._group(variables, preys)
        return {name: sorted(c, key=lambda one: not one.certain) for name, c in self.found.items()}

    def _prey(self, name: str, target: Target) -> _Prey:
        formula = target.statement.formula
        order = tuple(self._number(h) for h in formula[2])
        return _Prey(name, target, frozenset(order), order, self._number(formula[3]))

    def _number(self, formula: Formula) -> int:
        if formula not in self._numbers:
            self._numbers[formula] = len(self._formulas)
            self._formulas.append(formula)
            self._weights.append(_size(formula))
        return self._numbers[formula]

    def _group(self, variables: Variables, preys: list[_Prey]) -> None:
        self._work, known = 0, len(self.bases) * self.effort.completions
        preys = [p for p in preys if not self._enough(p.mutant)]
        for count, (label, steps, point) in enumerate(self._points(variables)):
            if not preys or (self._work > self.effort.work and count > known):
                return
            self._look(label, steps, point, preys)
            preys = [p for p in preys if not self._enough(p.mutant)]

    def _enough(self, mutant: str) -> bool:
        return sum(c.certain for c in self.found[mutant]) >= ENOUGH // 2

    def _points(self, variables: Variables) -> Iterator[tuple[str, tuple[Step, ...], Point]]:
        known = []
        for base in self.bases:
            for point in itertools.islice(completed(dict(base.point), variables), self.effort.completions):
                known.append((base, point))
                yield base.label, base.steps, point
        tries = (self._varied(base, point, variables) for base, point in known)
        count = 0
        for one in _in_turn(tries):
            if count >= self.effort.variations:
                break
            count += 1
            yield one
        for point in zoo.samples(variables, self.effort.samples, seed=7):
            yield "small values", (), point

    def _varied(self, base: Base, point: Point, variables: Variables
                ) -> Iterator[tuple[str, tuple[Step, ...], Point]]:
        def changes(name: str, sort: Sort) -> Iterator[tuple[str, tuple[Step, ...], Point]]:
            here = substitute(sort, {k: v for k, v in point.items() if k != name})
            for new in itertools.chain(zoo.varied(sort, point[name]), zoo.values(here, point)):
                if new != point[name]:
                    yield f"{base.label}, {name} changed", base.steps, {**point, name: new}

        return _in_turn(changes(name, sort) for name, sort in variables)

    def _look(self, label: str, steps: tuple[Step, ...], point: Point, preys: list[_Prey]) -> None:
        known: dict[int, bool | None] = {}
        false: set[int] = set()

        def at(number: int) -> bool | None:
            if number not in known:
                self._work += self._weights[number]
                try:
                    known[number] = truth(substitute(self._formulas[number], point))
                except (RecursionError, ValueError, TypeError, IndexError, AttributeError, ArithmeticError, KeyError):
                    known[number] = None
                if known[number] is False:
                    false.add(number)
            return known[number]

        for prey in preys:
            if self._enough(prey.mutant) or not prey.hypotheses.isdisjoint(false):
                continue
            # a relation that cannot be evaluated (a division by zero, say) cannot be replayed either
            if any(not at(n) and (known[n] is False or self._formulas[n][0] in RELATIONS) for n in prey.order):
                continue
            if at(prey.conclusion) is not False:
                continue
            certain = all(known[number] for number in prey.order)
            if certain or sum(not c.certain for c in self.found[prey.mutant]) < ENOUGH:
                witness = Witness((*steps, *enclosed(prey.target, point), Step("end", "witness", None,
                                                                               sub=tuple(point.items()))))
                self.found[prey.mutant].append(Candidate(prey.target, witness, label, certain))


def _size(formula: Formula) -> int:
    return 1 + sum(map(_size, formula)) if isinstance(formula, tuple) else 1


def bases_of(claim: Claim) -> tuple[Base, ...]:
    """Return the points that a claim comes with: offered against mutants, its instance, those of its controls."""
    named = [(kill.name, kill.witness) for kill in claim.kills]
    named += [("instance", claim.instance)] if claim.instance is not None else []
    named += [(f"control {c.name}", c.witness) for c in claim.controls]
    found = []
    for name, witness in named:
        *steps, last = witness.steps
        if last.by == "witness":
            found.append(Base(name, tuple(steps), last.sub))
    return tuple(found)


def completed(point: Point, variables: Variables) -> Iterator[Point]:
    """Yield the point restricted to the variables, missing ones given small values in all combinations."""
    missing = [(name, sort) for name, sort in variables if name not in point]
    kept = {name: point[name] for name, _ in variables if name in point}
    if all(sort in ("int", "real") for _, sort in missing):
        options = [zoo.values(sort, point) for _, sort in missing]
        for several in _diagonal(options):
            yield {**kept, **dict(zip((name for name, _ in missing), several))}
        return
    name, sort = missing[0]
    for new in zoo.values(substitute(sort, kept), kept):
        yield from itertools.islice(completed({**kept, name: new}, variables), 8)


def _diagonal(options: list[tuple[object, ...]]) -> Iterator[tuple[object, ...]]:
    """All combinations, those of early values first."""
    places = [range(len(o)) for o in options]
    order = itertools.product(*places) if len(places) < 2 else iter(
        sorted(itertools.islice(itertools.product(*places), 20_000), key=sum))
    for chosen in order:
        yield tuple(o[k] for o, k in zip(options, chosen))


def _in_turn(streams: Iterable[Iterator[tuple[str, tuple[Step, ...], Point]]]
             ) -> Iterator[tuple[str, tuple[Step, ...], Point]]:
    """One of each stream in turn, until all are empty."""
    waiting = list(streams)
    while waiting:
        kept = []
        for stream in waiting:
            for one in itertools.islice(stream, 1):
                kept.append(stream)
                yield one
        waiting = kept


def enclosed(target: Target, point: Point) -> tuple[Step, ...]:
    """Return steps that prove, by interval arithmetic, the inequalities at a point that no evaluation decides."""
    formula = target.statement.formula
    negated = {"<=": ("<", 2, 1), "<": ("<=", 2, 1)}.get(formula[3][0])
    end = [(negated[0], formula[3][2], formula[3][1])] if negated else []
    steps: list[Step] = []
    for f in (*formula[2], *end):
        if f[0] not in ("<=", "<"):
            continue
        closed = substitute(f, point)
        if closed[1] == closed[2] or closed[0] not in RELATIONS or holds(closed) is not None or not truth(closed):
            continue
        k, equations = len(steps) + 1, dict[Term, Term]()
        short = (closed[0], *(reduced(t, equations) for t in closed[1:]))
        box = ("all", (("z", "real"),), (("<=", 0, "z"), ("<=", "z", 1)), short)
        steps += [Step(f"box{k}", "enclose", box, hints=(("bits", 64), ("leaves", 4))),
                  Step(f"at{k}", "apply", short, (f"box{k}",), sub=(("z", 0),)),
                  *(Step(f"value{k}.{n}", "compute", ("=", t, v)) for n, (t, v) in enumerate(equations.items(), 1))]
        if equations:
            facts = (f"at{k}", *(f"value{k}.{n}" for n in range(1, len(equations) + 1)))
            steps.append(Step(f"whole{k}", "combine", closed, facts,
                              hints=(("mul", ()), ("squares", ()), ("degree", 1), ("rounds", 3))))
    return tuple(steps)

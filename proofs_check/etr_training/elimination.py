"""Exact fit of a network of identities as a small polynomial system: fix the gauge, eliminate what is linear.

Scaling the edges into a hidden vertex by s and those out of it by 1/s changes no output. So either all edges out of it
are 0, or one of them can be made 1; and hidden biases can be made 0 where the sinks have biases. Gauges fixed on edges
out of a vertex are compatible for all vertices: go from the sinks back to the sources.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from proofs_check.etr_training.polynomials import (
    ONE,
    Polynomial,
    constant,
    names,
    residuals,
    scale,
    substitute,
)

if TYPE_CHECKING:
    from proofs_check.etr_training.deadline import Deadline
    from theory.etr_training.instance import TrainingInstance


@dataclass(frozen=True)
class System:
    """Equations = 0 that are left, and the parameters already expressed, in order, by those that come later.

    `loose` are hidden vertices whose gauge is not fixed yet.
    """

    equations: tuple[Polynomial, ...]
    solved: tuple[tuple[str, Polynomial], ...] = ()
    loose: tuple[str, ...] = ()

    @property
    def contradictory(self) -> bool:
        """Whether some equation says that a non-zero constant is 0."""
        return any(set(equation) == {ONE} for equation in self.equations)

    @property
    def unknowns(self) -> list[str]:
        """Parameters in the equations, in order of name."""
        return sorted(set().union(*map(names, self.equations))) if self.equations else []

    def put(self, name: str, value: Polynomial) -> System:
        """Return the system with a parameter replaced."""
        equations = [substitute(e, {name: value}) if name in names(e) else e for e in self.equations]
        return System(tuple(e for e in equations if e), (*self.solved, (name, value)), self.loose)

    def fixed(self, vertex: str) -> System:
        """Return the system with the gauge of a vertex marked as fixed."""
        return System(self.equations, self.solved, tuple(v for v in self.loose if v != vertex))


def reachable_sinks(instance: TrainingInstance, vertex: str) -> set[str]:
    """Return the sinks that a vertex has a path to."""
    reached = {vertex}
    for name, _ in instance.vertices:
        if not reached.isdisjoint(instance.incoming[name]):
            reached.add(name)
    return reached & set(instance.sinks)


def initial_system(instance: TrainingInstance) -> System:
    """Return the equations output = label, hidden biases set to 0 where biases of sinks can make up for them."""
    pinned, biases = dict(instance.pinned), set(instance.biases)
    system = System(tuple(equation for _, _, equation in residuals(instance) if equation))
    loose = []
    for vertex in instance.hidden:
        edges = [f"{u}->{vertex}" for u in instance.incoming[vertex]]
        edges += [f"{u}->{v}" for u, v in instance.edges if u == vertex]
        bias_is_free = vertex in biases and vertex not in pinned
        if bias_is_free and all(t in biases and t not in pinned for t in reachable_sinks(instance, vertex)):
            system = system.put(vertex, {})
        if not any(edge in pinned for edge in edges) and not pinned.get(vertex, 0):
            loose.append(vertex)
    return System(system.equations, system.solved, tuple(loose))


def branches(instance: TrainingInstance, deadline: Deadline) -> Iterator[System]:
    """Yield systems such that the instance has an exact fit if and only if one of them has a real zero."""
    outgoing = {h: [f"{h}->{v}" for u, v in instance.edges if u == h] for h in instance.hidden}
    incoming = {h: [f"{u}->{h}" for u in instance.incoming[h]] for h in instance.hidden}
    waiting = [initial_system(instance)]
    while waiting and not deadline.passed:
        system = _simplified(waiting.pop(), incoming, outgoing)
        if system.contradictory or not system.loose:
            yield system
            continue
        unknowns = set(system.unknowns)
        vertex = max(system.loose, key=lambda h: len(unknowns.intersection(outgoing[h])))
        cases, rest = [], system.fixed(vertex)
        for edge in outgoing[vertex]:
            cases.append(rest.put(edge, constant(1)))
            rest = rest.put(edge, {})
        waiting += reversed([*cases, rest])


def _simplified(system: System, incoming: dict[str, list[str]], outgoing: dict[str, list[str]]) -> System:
    """Fix gauges that a datum shows to be possible, and eliminate linearly what no open gauge touches."""
    while not system.contradictory:
        step = _fix_gauge(system, outgoing) or _eliminate(system, incoming, outgoing)
        if step is None:
            break
        system = step
    return system


def _fix_gauge(system: System, outgoing: dict[str, list[str]]) -> System | None:
    """Set to 1 an edge out of a loose vertex that an equation monomial = constant shows to be non-zero."""
    owner = {edge: vertex for vertex in system.loose for edge in outgoing[vertex]}
    for equation in system.equations:
        if len(equation) == 2 and ONE in equation:
            for name, _ in next(monomial for monomial in equation if monomial):
                if name in owner:
                    return system.fixed(owner[name]).put(name, constant(1))
    return None


def _eliminate(system: System, incoming: dict[str, list[str]], outgoing: dict[str, list[str]]) -> System | None:
    """Solve the shortest equation that has a parameter linearly, alone and with a constant coefficient."""
    kept = {edge for vertex in system.loose for edge in (*incoming[vertex], *outgoing[vertex])} | set(system.loose)
    best: tuple[int, str, Polynomial] | None = None
    for equation in system.equations:
        if best is not None and best[0] <= len(equation):
            continue
        uses: dict[str, int] = {}
        for monomial in equation:
            for name, _ in monomial:
                uses[name] = uses.get(name, 0) + 1
        alone = [name for name, count in uses.items()
                 if count == 1 and name not in kept and ((name, 1),) in equation]
        if alone:
            best = len(equation), min(alone), equation
    if best is None:
        return None
    _, name, equation = best
    coefficient = equation[((name, 1),)]
    rest = {monomial: value for monomial, value in equation.items() if monomial != ((name, 1),)}
    return system.put(name, scale(rest, -1 / coefficient))

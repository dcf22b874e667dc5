"""A second opinion on a report: every `combine`, `compute` and `enclose` step checked again with python-flint.

The structure of the proofs is taken from the report (which facts are in force where); what each such step asserts is
recomputed by code that shares nothing with the checker: polynomial identities in fmpq_mpoly, matrix identities by words
of its own, values in exact rationals, ranges by balls. A disagreement means that the checker or this module is wrong.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flint import fmpq

from proofs_check.certificates.second_guards import equations, guard_list
from proofs_check.certificates.second_numbers import Evaluator, check_tree
from proofs_check.certificates.second_terms import Doubt, Matrix, Reader, Scope, plus, times, transpose

Facts = Mapping[str, Any]

__all__ = ["Disagreement", "SecondOpinion", "recheck"]

_FAILURES = (Doubt, ArithmeticError, AttributeError, IndexError, KeyError, RecursionError, TypeError, ValueError)


@dataclass(frozen=True)
class Disagreement:
    """A step that the second opinion does not confirm."""

    claim: str
    step: str
    reason: str


@dataclass(frozen=True)
class SecondOpinion:
    """How many steps were confirmed or not, by rule, and which were not."""

    checked: Mapping[str, int]
    disagreements: tuple[Disagreement, ...]

    @property
    def agrees(self) -> bool:
        """Whether every re-checked step was confirmed."""
        return not self.disagreements


def recheck(report: Mapping[str, Any], axioms: Mapping[str, Any]) -> SecondOpinion:
    """Check all `combine`, `compute` and `enclose` steps of a report again.

    **Arguments**
    - `report`: the parsed report; `axioms`: the parsed table of axioms it refers to.

    **Returns** the counts by rule and the disagreements. A part that cannot be read is a disagreement, never an error.
    """
    generators = _frozen(axioms["generators"])
    predicates = _frozen(axioms["predicates"])
    library: dict[str, Any] = {name: _frozen(f) for name, f in axioms["axioms"].items()}
    walker = _Walker(generators, predicates)
    for kind in ("cited", "claims", "points"):
        for record in report.get(kind, []):
            try:
                walker.record(kind, _frozen(record), library)
            except _FAILURES as error:
                walker.differ("all", error)
    return SecondOpinion(dict(sorted(walker.checked.items())), tuple(walker.disagreements))


def _frozen(value: Any) -> Any:
    """JSON lists as tuples, so that terms are hashable and cannot change; objects stay dictionaries."""
    if isinstance(value, (list, tuple)):
        return tuple(_frozen(v) for v in value)
    return {k: _frozen(v) for k, v in value.items()} if isinstance(value, dict) else value


class _Walker:
    """Walks the boxes of all proofs with the names and facts in force; the only state is the result so far."""

    def __init__(self, generators: Mapping[str, Any], predicates: Mapping[str, Any]) -> None:
        self.generators, self.predicates = generators, predicates
        self.owner = ""
        self.checked: Counter[str] = Counter()
        self.disagreements: list[Disagreement] = []
        self.rules: dict[str, Callable[[Any, Scope, Facts], None]] = {
            "combine": self.combine, "compute": self.compute, "enclose": self.enclose}

    def record(self, kind: str, record: Any, library: dict[str, Any]) -> None:
        """Check a claim or a point and make statements known; raises whatever a malformed record leads to."""
        self.owner = record["id"]
        if kind == "claims":
            self.claim(record, library)
        if kind == "points":
            self.steps(record["steps"], Scope(), library)
        else:
            library[self.owner] = record["statement"]

    def claim(self, claim: Any, library: Facts) -> None:
        _, variables, hyps, _ = claim["statement"]
        self.inside("hypotheses", Scope().declare(variables), library, claim["hyps"], equations(hyps), claim["steps"])
        if not claim.get("posed"):
            return
        try:
            open_guards = guard_list(claim["statement"], self.generators, self.predicates)
        except _FAILURES as error:
            self.differ("posed", error)
            return
        for proof in claim["posed"]:
            self.posed(proof, open_guards, library)

    def posed(self, proof: Any, open_guards: list[Any], library: Facts) -> None:
        """Find the obligation that a proof of well-posedness ends with; the first one confirmed counts as the one."""
        before = (self.checked.copy(), list(self.disagreements))
        result = None
        for k, (variables, hyps, guard) in enumerate(open_guards):
            scope = Scope().declare(variables)
            if len(hyps) != len(proof["ids"]) or not self.same(proof["steps"][-1]["goal"], guard, scope):
                continue
            self.inside("posed", scope, library, proof["ids"], hyps, proof["steps"])
            if len(self.disagreements) == len(before[1]):
                del open_guards[k]
                return
            result = result or (self.checked, self.disagreements)
            self.checked, self.disagreements = before[0].copy(), list(before[1])
        if result is None:
            self.differ("posed", Doubt(f"no obligation {proof['steps'][-1]['goal']}"))
        else:
            self.checked, self.disagreements = result

    def same(self, f: Any, g: Any, scope: Scope) -> bool:
        """Whether two relations, or an "or" or "and" of relations, are equal or have one normal form."""
        if f[0] == g[0] == "or" and len(f) == len(g):
            return all(self.same(a, b, scope) for a, b in zip(f[1:], g[1:], strict=True))
        if f[0] == g[0] == "some" and f[1] == g[1] == () and len(f[2]) == len(g[2]):
            return all(self.same(a, b, scope) for a, b in zip(f[2], g[2], strict=True))
        if f == g or f[0] != g[0] or len(f) != 3 or f[0] not in ("<=", "<", "=", "!="):
            return bool(f == g)
        try:
            reader = Reader(self.generators)
            a, b = (self.difference(x, reader, scope) for x in (f, g))
            minus = plus(a, times(-1, b))
            return reader.is_zero(minus) or (f[0] in ("=", "!=") and reader.is_zero(plus(a, b)))
        except _FAILURES:
            return False

    def inside(self, where: str, scope: Scope, facts: Facts, ids: Any, formulas: Sequence[Any], steps: Any) -> None:
        if len(ids) != len(formulas):
            self.differ(where, Doubt(f"{len(ids)} names for {len(formulas)} facts"))
            return
        self.steps(steps, scope, {**facts, **dict(zip(ids, formulas, strict=True))})

    def steps(self, steps: Any, scope: Scope, facts: Facts) -> None:
        known = dict(facts)
        for step in steps:
            rule = step["by"]
            try:
                if rule in self.rules:
                    self.checked[rule] += 1
                    self.rules[rule](step, scope, known)
                for where, inner, ids, formulas, body in self.boxes(step, scope, known):
                    self.inside(where, inner, known, ids, formulas, body)
            except _FAILURES as error:
                self.differ(step["id"], error)
            known[step["id"]] = step["goal"]

    def differ(self, step: str, error: Exception) -> None:
        reason = str(error) if isinstance(error, Doubt) else f"{type(error).__name__}: {error}"
        self.disagreements.append(Disagreement(self.owner, step, reason))

    def boxes(self, step: Any, scope: Scope, facts: Facts) -> Iterator[tuple[str, Scope, Any, Any, Any]]:
        """The boxes of a step: where, names in force, fact names, their formulas, steps."""
        rule, goal, name = step["by"], step["goal"], step["id"]
        if rule == "intro":
            yield name, scope.declare(goal[1]), step["ids"], equations(goal[2]), step["steps"]
        elif rule == "induct":
            yield name, scope, (), (), step["base"]
            yield name, scope.declare(goal[1]), step["ids"], (goal[2][0], goal[3]), step["steps"]
        elif rule == "cases":
            for alternative, body in zip(facts[step["fact"]][1:], step["boxes"], strict=True):
                yield name, scope, (step["as"],), (alternative,), body
        elif rule == "finite":
            for body in step["boxes"]:
                yield name, scope, (), (), body
        elif rule == "obtain":
            _, variables, formulas = facts[step["fact"]]
            yield name, scope.declare(variables), step["ids"], equations(formulas), step["steps"]
        elif rule == "define":
            inner = scope.declare(((step["def"][1], step["sort"]),))
            yield name, inner, step["ids"], equations([step["def"]]), step["steps"]

    # ---- the three rules ---------------------------------------------------------------------------------------------
    def compute(self, step: Any, _scope: Scope, _facts: Facts) -> None:
        if not Evaluator().relation(step["goal"]):
            raise Doubt("the relation is false")

    def enclose(self, step: Any, _scope: Scope, _facts: Facts) -> None:
        check_tree(step["goal"], step["tree"])

    def combine(self, step: Any, scope: Scope, facts: Facts) -> None:
        """mul * (right - left) = sum of weight * facts * square^2 + sum of l * (right - left) * r, identically."""
        goal, reader = step["goal"], Reader(self.generators)
        relation = goal[0]
        if relation not in ("<=", "<", "="):
            raise Doubt(f"combine cannot prove {relation}")
        left = self.difference(goal, reader, scope)
        matrix = isinstance(left, Matrix)
        for name in step.get("mul", ()):
            if not (facts[name][0] == "<" or (facts[name][0] == "!=" and relation == "=")):
                raise Doubt(f"the sign of the multiplier {name} is not known")
            left = times(left, self.scalar_difference(facts[name], reader, scope))
        total: Any = times(0, left) if matrix else 0
        strict = False
        for weight, names, square in step.get("sum", ()):
            if relation == "=":
                raise Doubt("an equation from inequalities")
            total = plus(total, self.summand(weight, names, square, reader, scope, facts))
            strict = strict or (square is None and all(facts[n][0] == "<" for n in names))
        for entry in step.get("eqs", ()):
            part = self.equation(entry, reader, scope, facts)
            if isinstance(part, Matrix) and not matrix:
                part = reader.trace(part)
            total = plus(total, part)
        if not reader.is_zero(plus(left, times(-1, total))):
            raise Doubt("the two sides differ")
        if relation == "<" and not strict:
            raise Doubt("nothing makes the inequality strict")

    def difference(self, relation: Any, reader: Reader, scope: Scope) -> Any:
        _, a, b = relation
        return plus(reader.read(b, scope), times(-1, reader.read(a, scope)))

    def scalar_difference(self, relation: Any, reader: Reader, scope: Scope) -> Any:
        value = self.difference(relation, reader, scope)
        if isinstance(value, Matrix):
            raise Doubt("a relation between scalars is expected")
        return value

    def summand(self, weight: Any, names: Any, square: Any, reader: Reader, scope: Scope, facts: Facts) -> Any:
        p, q = weight
        if type(p) is not int or type(q) is not int or not fmpq(p, q) > 0:
            raise Doubt(f"the weight {weight} is not a positive rational")
        total: Any = fmpq(p, q)
        for name in names:
            if facts[name][0] not in ("<=", "<"):
                raise Doubt(f"{name} is not an inequality")
            total = times(total, self.scalar_difference(facts[name], reader, scope))
        if square is not None:
            root = reader.read(square, scope)
            both = reader.trace(times(root, transpose(root))) if isinstance(root, Matrix) else times(root, root)
            total = times(total, both)
        return total

    def equation(self, entry: Any, reader: Reader, scope: Scope, facts: Facts) -> Any:
        """l * (right - left) * r of an equation fact, or l * (b * (1/b) - 1)."""
        if "inv" in entry:
            b = reader.scalar(entry["inv"], scope)
            fact = facts[entry["nz"]]
            known = self.scalar_difference(fact, reader, scope)
            if fact[0] not in ("<", "!=") or not (
                    reader.is_zero(plus(known, b)) or reader.is_zero(plus(known, times(-1, b)))):
                raise Doubt(f"{entry['nz']} does not say that {entry['inv']} is not 0")
            middle = plus(times(b, reader.inverse(entry["inv"], scope)), -1)
        else:
            fact = facts[entry["f"]]
            if fact[0] != "=":
                raise Doubt(f"{entry['f']} is not an equation")
            middle = self.difference(fact, reader, scope)
        if entry.get("T"):
            if not isinstance(middle, Matrix):
                raise Doubt("only a matrix equation can be transposed")
            middle = transpose(middle)
        for side in ("l", "r"):
            if side in entry:
                factor = reader.read(entry[side], scope)
                middle = times(factor, middle) if side == "l" else times(middle, factor)
        return middle

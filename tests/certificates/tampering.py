"""Random single edits of certificates, and what may explain that an edited certificate is still accepted.

An edit replaces, deletes, repeats or moves one part of the JSON of a claim or point. What the checker did with a
certificate is written down as a trace of canonical keys, so that an edit which only changed how something is written
can be told from one that changed what is proved.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import report
import rules
import terms

from proofs_check.certificates.second import recheck

Json = Any
Path = tuple[Any, ...]
RELATIONS, OPERATIONS = ["<=", "<", "=", "!="], ["+", "*", "/", "^"]
WORDS = [*RELATIONS, *OPERATIONS, "or", "all", "some", "int", "real", "sum", "prod", "combine", "apply"]
FACTS = ("prem", "mul", "fact", "facts", "f", "nz", "sum")  # fields that name facts
PRINTED = ("id", "of", "point", "digest")  # what `verify` compares with the claims of theory/


@dataclass(frozen=True)
class Edit:
    """One change of one part of a record: where, of which kind, from what to what."""

    record: str
    path: Path
    kind: str
    old: Json
    new: Json


def places(value: Json, path: Path = ()) -> Iterator[tuple[Path, Json]]:
    """Every part of a JSON value with the way to it."""
    yield path, value
    parts = value.items() if type(value) is dict else enumerate(value) if type(value) is list else ()
    for key, part in parts:
        yield from places(part, (*path, key))


def at(value: Json, path: Path) -> Json:
    """The part at the end of a way."""
    for key in path:
        value = value[key]
    return value


def put(value: Json, path: Path, new: Json) -> Json:
    """The value with another part at the end of a way; everything else is shared with the original."""
    if not path:
        return new
    copied = value.copy()
    copied[path[0]] = put(value[path[0]], path[1:], new)
    return copied


def role(path: Path) -> str:
    """What a text at the end of a way is: the name of a fact, the head of a term, a name in it, or a field's own."""
    last = max(k for k, part in enumerate(path) if type(part) is str)
    square = path[last] == "sum" and path[last + 2 : last + 3] == (2,)
    if path[last] in FACTS and not square:
        return "fact"
    if path[last] in ("goal", "statement", "sub", "l", "r", "inv", "def", "sum"):
        return "head" if path[-1] == 0 else "name"
    return str(path[last])


class Editor:
    """Draws edits of one record, most of them such that the edited part still has the right form."""

    def __init__(self, record: Json) -> None:
        self.record = record
        self.all = [(path, part) for path, part in places(record) if path]
        self.strings = sorted({part for _, part in self.all if type(part) is str})
        self.lists = [part for _, part in self.all if type(part) is list]
        self.roles: dict[str, set[str]] = {}
        for path, part in self.all:
            if type(part) is str:
                self.roles.setdefault(role(path), set()).add(part)

    def draw(self, rng: random.Random) -> tuple[Json, Edit]:
        """An edited record that differs from the original, and the edit."""
        while True:
            path, part = rng.choice(self.all)
            kind = rng.choice(("value", "value", "value", "delete", "repeat", "swap"))
            parent = at(self.record, path[:-1])
            new = self.value(path, part, rng) if kind == "value" else self.siblings(parent, path[-1], kind, rng)
            place = path if kind == "value" else path[:-1]
            old = part if kind == "value" else parent
            if new is not None and repr(new) != repr(old):
                return put(self.record, place, new), Edit(self.record["id"], path, kind, old, new)

    def value(self, path: Path, part: Json, rng: random.Random) -> Json:
        """Another value in place of a number, text, list or null."""
        if type(part) is int:
            return rng.choice((part + 1, part - 1, -part, part + 7, 2 * part, 0, 1, ["q", part, 1], str(part)))
        if type(part) is str and rng.random() < 0.2:
            return rng.choice((rng.choice(self.strings), rng.choice(WORDS), part + "'", 0, 1))
        if type(part) is str:
            alike = [words for words in (RELATIONS, OPERATIONS) if part in words]
            return rng.choice(alike[0] if alike else sorted(self.roles[role(path)]))
        return rng.choice(self.lists) if type(part) is list else rng.choice((None, [], {}, 1))

    def siblings(self, parent: Json, key: Any, kind: str, rng: random.Random) -> Json:
        """The list or object around a part without it, with it twice, or with two of its parts exchanged."""
        if type(parent) is dict:
            others = [name for name in parent if name != key]
            other = rng.choice(others or [key])
            return {"delete": {name: parent[name] for name in others},
                    "swap": {**parent, key: parent[other], other: parent[key]}}.get(kind)  # fmt: skip
        other = rng.randrange(len(parent))
        moved = list(parent)
        moved[key], moved[other] = moved[other], moved[key]
        before, after = parent[:key], parent[key + 1 :]
        return {"delete": before + after, "repeat": [*before, parent[key], parent[key], *after], "swap": moved}[kind]


class Traced(rules.Proof):
    """A proof that writes down each of its steps by canonical keys, whatever the rule itself looks at, and by no name.

    What a step consists of is read off its JSON here, not off what the rule did with it: a rule that forgot to look at
    a part would otherwise hide the part.
    """

    steps: set[Any] = set()

    def box(self, steps: Json, scope: Any, facts: Any, ids: Json, hypotheses: Json, goal: str) -> None:
        """Write down what a box has to show, under which hypotheses, and with what it ends."""
        super().box(steps, scope, facts, ids, hypotheses, goal)
        self.steps.add(("box", goal, self.latest, *[rules.key(part, scope) for part in rules.flat(hypotheses)]))

    def step(self, step: Json, scope: Any, facts: Any) -> str:
        """Write down rule, goal and fields of a step; the steps of its boxes stand for themselves."""
        known = {**self.library, **facts}
        self.latest = super().step(step, scope, facts)
        self.steps.add((step["by"], self.latest, described(step, scope, known)))
        return self.latest


def described(step: Json, scope: Any, facts: Any) -> str:
    """The fields of a step with facts as keys and terms as canonical texts; the order of sums does not count."""

    def text(term: Json) -> str:
        return rules.text_of(*rules.canon(term, scope))

    def summand(part: Json) -> Json:
        weight, names, square = part
        return [str(Fraction(*weight)), sorted(facts[name].key for name in names), square and text(square)]

    def equation(part: Json) -> Json:
        sides = [text(part.get(side, 1)) for side in "lr"]
        return [text(part["inv"]) if "inv" in part else "", facts[part.get("nz") or part["f"]].key, *sides, "T" in part]

    formula = facts[step["fact"]].formula if "fact" in step else step["goal"]
    quantified = step["by"] in ("apply", "witness") and formula[0] in ("all", "some")
    fields = {
        "mul": sorted(facts[name].key for name in step.get("mul", [])),
        "sum": sorted(map(repr, map(summand, step.get("sum", [])))),
        "eqs": sorted(map(repr, map(equation, step.get("eqs", [])))),
        "fact": facts[step["fact"]].key if "fact" in step else "",
        "prem": [facts[name].key for name in step.get("prem", step.get("facts", []))],
        "sub": instantiated(formula, step.get("sub", {}), scope) if quantified else [],
        "rest": [step.get("tree"), step.get("answers"), len(step.get("boxes", [])), step.get("def"), step.get("sort")],
    }  # fmt: skip
    return repr(fields)


def instantiated(formula: Json, substitution: Json, scope: Any) -> list[str]:
    """The keys of the parts of an `all` or `some` as read with terms in place of its variables."""
    inner = terms.instance(formula[1], substitution, scope)
    return [rules.key(part, inner) for part in [*rules.flat(formula[2]), *formula[3:]]]


@dataclass
class Bench:
    """A report whose claims and points can be checked again one by one, against what stood before them."""

    document: Mapping[str, Json]
    axioms: Json
    library: Any
    before: dict[str, dict[str, Any]] = field(default_factory=dict)
    editors: dict[str, Editor] = field(default_factory=dict)
    steps: dict[str, set[Any]] = field(default_factory=dict)

    @classmethod
    def of(cls, document: Mapping[str, Json], axioms: Json) -> Bench:
        """Admit all claims of an accepted report, keeping for each what it may use."""
        bench = cls(document, axioms, report.Library(axioms, document["cited"]))
        for claim in document["claims"]:
            bench.before[claim["id"]] = dict(bench.library.facts)
            bench.library.admit(claim["id"], claim["statement"], report.Support("claim"))
        return bench

    @property
    def records(self) -> list[Json]:
        """All claims and points."""
        return [*self.document["claims"], *self.document["points"]]

    def editor(self, record: Json) -> Editor:
        """The editor of a record, made once."""
        if record["id"] not in self.editors:
            self.editors[record["id"]] = Editor(record)
        return self.editors[record["id"]]

    def check(self, original: Json, edited: Json) -> tuple[Json, set[Any]]:
        """What the checker says about an edited record in the place of the original, and the steps it saw."""
        Traced.steps = set()
        if original["id"] in self.before:
            found = report.guarded(report.prove, edited, self.library, self.before[original["id"]])[1]
        else:
            found = report.guarded(report.prove_point, edited, self.library, {})[1]
        return found, Traced.steps

    def explain(self, original: Json, edited: Json, edit: Edit) -> str:
        """Why an edit does no harm, or the empty text.

        "rejected"; "printed": the name or the digest that the checker prints changed; "keys": the proof consists of
        steps of the original, canonically written; or the name of an indifferent edit.
        """
        found, steps = self.check(original, edited)
        if not found["accepted"]:
            return "rejected"
        if original["id"] not in self.steps:
            first, self.steps[original["id"]] = self.check(original, original)
            assert first["accepted"], (original["id"], first)
        shown = {**found, "id": edited["id"]}
        same = {"id": original["id"], "of": original.get("of"), "point": original.get("point"),
                "digest": report.digest(original["statement"])}  # fmt: skip
        if any(shown.get(name) != same[name] for name in PRINTED):
            return "printed"
        if steps <= self.steps[original["id"]]:
            return "keys"
        return self.indifferent(original, edited, edit, found, steps)

    def indifferent(self, original: Json, edited: Json, edit: Edit, found: Json, steps: set[Any]) -> str:
        """The name of an indifferent edit, or the empty text.

        "tree": other splits or bits of an `enclose` step that still closes. "idle": inside a step that the checker
        reports as used by nothing. "certificate": the same formulas as before, one of them with other numbers, facts or
        squares, which the second opinion confirms.
        """
        if "tree" in edit.path:
            return "tree"
        around = [at(edited, edit.path[:k]) for k in range(len(edit.path))]
        ids = {part["id"] for part in around if type(part) is dict and "by" in part}
        if ids & set(found.get("unused", {}).get("steps", ())):
            return "idle"
        before = {step[1] for step in self.steps[original["id"]]}
        if all(step[1] in before and step[0] in ("combine", "compute") for step in steps - self.steps[original["id"]]):
            return "certificate" if recheck(self.alone(original, edited), self.axioms).agrees else ""
        return ""

    def alone(self, original: Json, edited: Json) -> Json:
        """A report of one record, in which all that stands before it is cited."""
        allowed = self.before.get(original["id"], self.library.facts)
        cited = [{"id": claim["id"], "statement": claim["statement"], "source": "before"}
                 for claim in self.document["claims"] if claim["id"] in allowed]  # fmt: skip
        part = "points" if "of" in original else "claims"
        return {**self.document, "cited": cited, "claims": [], "points": [], part: [edited]}

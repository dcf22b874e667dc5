"""A whole report: reading the file, proving claims and points in order, grades, citations and digests.

The checker trusts the table of axioms, the citations (which it lists) and the answers of solvers in `decided` steps
(which lower the grade). Every failure, malformed input included, is a rejection that names claim and step.
"""

import hashlib
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from formulas import flat, key, negation
from obligations import check_table, posed
from rejection import DEPTH, DIGITS, FILE_BYTES, Reject, fields, listed, need, reason
from rules import Fact, Facts, Proof
from terms import Scope, Table

GRADES = ("exact", "enclosed", "decided", "sampled", "cited")
Result = dict[str, Any]


def load(data: bytes) -> Any:
    """Return the JSON value of a file; refuse floats, repeated keys, long numbers, deep nesting and large files.

    Raises `Reject`, and whatever `json` raises for a text that is not JSON or far too deep.
    """
    need(len(data) <= FILE_BYTES, "file too large")
    value = json.loads(data, object_pairs_hook=unique, parse_float=exact, parse_constant=exact, parse_int=exact)
    level = [value]
    for _ in range(DEPTH):
        inner = [part.values() if type(part) is dict else part for part in level if type(part) in (list, dict)]
        level = [x for part in inner for x in part]
    need(not level, "nested too deeply")
    return value


def unique(items: list[tuple[str, Any]]) -> Result:
    """Return an object whose keys come once."""
    need(len(dict(items)) == len(items), "repeated key in", [name for name, _ in items])
    return dict(items)


def exact(text: str) -> int:
    """Return an integer of at most 4,000 digits; refuse a float."""
    need(len(text) <= DIGITS and text.lstrip("-").isdigit(), "not an integer, or too long:", text[:40])
    return int(text)


def digest(statement: Any) -> str:
    """Return the SHA-256 of a statement as JSON without spaces, in ASCII."""
    return hashlib.sha256(json.dumps(statement, separators=(",", ":"), ensure_ascii=True).encode()).hexdigest()


def own_digest() -> str:
    """Return the SHA-256 of the files of this checker."""
    paths = sorted(Path(__file__).parent.glob("*.py"))
    return hashlib.sha256(b"\0".join([part for p in paths for part in (p.name.encode(), p.read_bytes())])).hexdigest()


class Support(NamedTuple):
    """What an admitted formula is and rests on: its grade, citations and axioms, all transitively."""

    kind: str  # "axiom", "cited" or "claim"
    grade: str = "exact"
    cited: frozenset[str] = frozenset()
    axioms: frozenset[str] = frozenset()


class Library:
    """The formulas that were admitted, and what each rests on."""

    def __init__(self, axioms: Result, cited: list[Result]) -> None:
        fields(axioms, "generators predicates axioms")
        self.scope = Scope(Table(axioms["generators"], axioms["predicates"]))
        check_table(self.scope.table)
        self.facts: Facts = {}
        self.supports: dict[str, Support] = {}
        for name, statement in axioms["axioms"].items():
            self.admit(name, statement, Support("axiom", axioms=frozenset([name])))
        for record in cited:
            fields(record, "id statement source")
            name, named = record["id"], type(record["source"]) is str and record["source"]
            need(named and record["statement"][0] == "all", "a citation is an `all` with its source:", name)
            self.admit(name, record["statement"], Support("cited", cited=frozenset([name])))

    def admit(self, name: Any, statement: Any, support: Support) -> None:
        """Add a formula under a new name."""
        self.facts[name], self.supports[name] = Fact(statement, self.scope), support

    def support(self, proof: Proof) -> Support:
        """Return what a proof rests on; the grade is the weakest of its steps and of what they use."""
        used = [self.supports[name] for name in proof.used]
        own = "decided" if proof.texts else "enclosed" if "enclose" in proof.rules else "exact"
        grade = max([own, *[support.grade for support in used]], key=GRADES.index)
        cited, axioms = (frozenset().union(*[support[part] for support in used]) for part in (2, 3))
        return Support("claim", grade, cited, axioms)


def prove(claim: Result, library: Library, facts: Facts | None = None) -> tuple[Proof, Result]:
    """Check a claim and its obligations against the library (or some of its facts); return what is printed of it."""
    fields(claim, "id statement hyps steps", "posed")
    head, variables, hypotheses, conclusion = claim["statement"]
    need(head == "all" and key(claim["statement"], library.scope), "a statement is an `all`")
    proof = Proof(library.facts if facts is None else facts, library.scope.table)
    scope = library.scope.fix(variables)
    proof.box(claim["steps"], scope, {}, claim["hyps"], hypotheses, key(conclusion, scope))
    used, unused = proof.references, proof.unused
    cites = only_cites(claim["steps"]) and any(library.supports[name].kind == "cited" for name in proof.used)
    required, given = posed(claim["statement"], library.scope.table), listed(claim.get("posed", []))
    need(len(given) == len(required), "obligations required:", [part[1:] for part in required])
    for number, (obligation, record) in enumerate(zip(required, given), 1):
        used = used | pose(obligation, record, proof, claim, number)
    support = library.support(proof)
    return proof, {
        "accepted": True, "grade": "cited" if cites else support.grade, "cited": sorted(support.cited),
        "axioms": sorted(support.axioms), "digest": digest(claim["statement"]), "instance": False,
        "uses": sorted(name for name in proof.used if library.supports[name].kind == "claim"),
        "unused": {"hypotheses": [name for name in claim["hyps"] if name not in used], "steps": unused},
        "decided": proof.texts,
    }  # fmt: skip


def pose(obligation: list[Any], record: Any, proof: Proof, claim: Result, number: int) -> set[str]:
    """Check the proof of an obligation; return the names of the claim's hypotheses that it uses."""
    fields(record, "ids steps")
    _, variables, hypotheses, guard = obligation
    scope = Scope(proof.table).fix(variables)
    proof.references = set()
    try:
        proof.box(record["steps"], scope, {}, record["ids"], hypotheses, key(guard, scope))
    except Reject as error:
        raise Reject(f"obligation {number}: {error}") from None
    # the first hypotheses in force around a guard are those of the statement, in order
    outer = zip(flat(claim["statement"][2]), claim["hyps"], hypotheses, record["ids"])
    return {name for own, name, there, local in outer if own == there and local in proof.references}


def only_cites(steps: list[Result]) -> bool:
    """Tell whether a proof is a single `apply`, perhaps under `intro`: with a citation this is no proof of our own."""
    last = steps[0]["by"] if len(steps) == 1 else ""
    return last == "apply" or (last == "intro" and only_cites(steps[0]["steps"]))


def prove_point(point: Result, library: Library, claims: dict[str, Result]) -> tuple[Proof, Result]:
    """Check an instance (some variables: hypotheses) or a refutation (with the negated conclusion)."""
    fields(point, "id of point statement steps")
    head, variables, hypotheses, conclusion = point["statement"]
    need(head == "all" and key(point["statement"], library.scope), "a statement is an `all`")
    need(type(point["of"]) is str, "a point names its claim (a refuted claim has no proof to look up)")
    need(point["point"] in ("instance", "refuted"), "unknown kind of point:", point["point"])
    parts = flat(hypotheses) + ([negation(conclusion)] if point["point"] == "refuted" else [])
    allowed = {name: fact for name, fact in library.facts.items() if not library.supports[name].cited}
    proof = Proof(allowed, library.scope.table)
    proof.box(point["steps"], library.scope, {}, [], [], key(["some", variables, parts], library.scope))
    found = {"of": point["of"], "point": point["point"], "digest": digest(point["statement"])}
    claim = claims.get(point["of"], {"accepted": False})
    if claim["accepted"] and point["point"] == "instance" and claim["digest"] == found["digest"]:
        claim["instance"] = True
    return proof, {"accepted": True, **found, "grade": library.support(proof).grade}


def guarded(run: Callable[..., tuple[Proof, Result]], *arguments: Any) -> tuple[Proof | None, Result]:
    """Run a check; every exception is a rejection with its reason."""
    start = time.perf_counter()
    try:
        proof, result = run(*arguments)
        return proof, {**result, "ms": round(1000 * (time.perf_counter() - start), 3)}
    except Exception as error:
        return None, {"accepted": False, "reason": reason(error)}


def check(document: Any, axioms: Result, only: set[str] | None = None, sha: str | None = None) -> Result:
    """Check a report against a table of axioms; return what the command line prints with `--json`.

    `sha` is the SHA-256 of the file of axioms, compared with the report's if given. With `only`, other claims are
    admitted unproved and other points skipped: for tests that check one edited claim again, never offered on the
    command line. Raises `Reject` if the report is malformed at top level.
    """
    fields(document, "format schema axioms cited claims", "points summary")
    need(document["format"] == "lemmascope-report" and repr(document["schema"]) == "1", "not a report of schema 1")
    need(sha is None or document["axioms"] == sha, "the report was made for another table of axioms")
    claims, points = listed(document["claims"]), listed(document.get("points", []))
    names = [*axioms["axioms"], *[record["id"] for record in [*listed(document["cited"]), *claims, *points]]]
    need(len(set(names)) == len(names) and all(type(name) is str for name in names), "an id is given twice")
    library, results = Library(axioms, document["cited"]), {}
    for claim in claims:
        name, proof = claim["id"], None
        if only is None or name in only:
            proof, results[name] = guarded(prove, claim, library)
        else:
            results[name] = {"accepted": True, "assumed": True, "digest": digest(claim["statement"])}
        if results[name]["accepted"]:
            support = library.support(proof)._replace(grade=results[name]["grade"]) if proof else Support("claim")
            library.admit(name, claim["statement"], support)
    shown = {p["id"]: guarded(prove_point, p, library, results)[1] for p in points if only is None or p["id"] in only}
    accepted = all(result["accepted"] for result in [*results.values(), *shown.values()])
    return {"axioms": sha, "checker": own_digest(), "accepted": accepted, "claims": results, "points": shown}

"""A whole report: reading the file, proving claims and points in order, grades, citations and digests.

The checker trusts the table of axioms, the citations (which it lists) and the answers of solvers in `decided` steps (which
lower the grade). Every failure, malformed input included, is a rejection that names claim and step.
"""

from __future__ import annotations

import hashlib
import json
import time
from pathlib import Path
from typing import Any

from formulas import check_table, flat, key, negation, posed
from rejection import DEPTH, DIGITS, FILE_BYTES, NAME_LENGTH, Reject, fields, need
from rules import Fact, Proof
from terms import Scope, Table

GRADES = ("exact", "enclosed", "decided", "sampled", "cited")
Result = dict[str, Any]


def load(data: bytes) -> Any:
    """Return the JSON value of a file; refuse floats, repeated keys, long numbers, deep nesting and large files."""
    need(len(data) <= FILE_BYTES, "file too large")
    try:
        value = json.loads(
            data.decode("utf-8"), object_pairs_hook=unique, parse_float=inexact, parse_constant=inexact, parse_int=short
        )
    except (ValueError, RecursionError, MemoryError) as error:
        raise Reject(f"not a JSON file: {type(error).__name__} {error}") from None
    level, depth = [value], 0
    while level:
        depth += 1
        need(depth <= DEPTH, "nested too deeply")
        inner = [part for part in level if type(part) is list or type(part) is dict]
        level = [x for part in inner for x in (part.values() if type(part) is dict else part)]
    return value


def unique(items: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object whose keys come once."""
    record = dict(items)
    need(len(record) == len(items), "repeated key in", ", ".join(name for name, _ in items))
    return record


def inexact(text: str) -> None:
    """Refuse a float."""
    raise Reject("not an integer: " + text[:40])


def short(text: str) -> int:
    """Return an integer of at most 4,000 digits."""
    need(len(text) <= DIGITS, "a number of more than", DIGITS, "digits")
    return int(text)


def digest(statement: Any) -> str:
    """Return the SHA-256 of a statement as JSON without spaces, in ASCII."""
    return hashlib.sha256(json.dumps(statement, separators=(",", ":"), ensure_ascii=True).encode()).hexdigest()


def own_digest() -> str:
    """Return the SHA-256 of the files of this checker."""
    total = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        total.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()


class Library:
    """What has been admitted: formulas in force, and for each what it rests on."""

    def __init__(self, axioms: dict[str, Any], cited: list[dict[str, Any]]) -> None:
        fields(axioms, ("generators", "predicates", "axioms"))
        self.table = Table(axioms["generators"], axioms["predicates"])
        check_table(self.table)
        self.scope = Scope(self.table)
        self.facts: dict[str, Fact] = {}
        self.grade: dict[str, str] = {}
        self.cited: dict[str, frozenset[str]] = {}
        self.axioms: dict[str, frozenset[str]] = {}
        self.claims: set[str] = set()
        self.citations: set[str] = set()
        for name, statement in axioms["axioms"].items():
            self.admit(name, statement, "exact", frozenset(), frozenset([name]))
        for record in cited:
            fields(record, ("id", "statement", "source"))
            need(type(record["source"]) is str and record["source"], "a citation needs a source")
            name = record["id"]
            need(type(record["statement"]) is list and record["statement"][:1] == ["all"], name, "is not an `all`")
            self.admit(name, record["statement"], "exact", frozenset([name]), frozenset())
            self.citations.add(name)

    def admit(self, name: Any, statement: Any, grade: str, cited: frozenset[str], axioms: frozenset[str]) -> None:
        """Add a formula under a new name."""
        need(type(name) is str and 0 < len(name) <= NAME_LENGTH, "the name of a formula is a string, found", name)
        need(name not in self.facts, "a formula is named twice:", name)
        try:
            self.facts[name] = Fact(statement, self.scope, key(statement, self.scope))
        except Exception as error:
            raise Reject(f"{name}: {error}") from None
        self.grade[name], self.cited[name], self.axioms[name] = grade, cited, axioms

    def uncited(self) -> dict[str, Fact]:
        """Return the formulas that rest on no citation."""
        return {name: fact for name, fact in self.facts.items() if not self.cited[name]}

    def assume(self, claim: dict[str, Any]) -> Result:
        """Admit the statement of a claim without its proof; only for tests that check another claim again."""
        self.admit(claim["id"], claim["statement"], "exact", frozenset(), frozenset())
        self.claims.add(claim["id"])
        return {"accepted": True, "assumed": True, "digest": digest(claim["statement"])}


def weakest(library: Library, proof: Proof) -> str:
    """Return the weakest grade of the steps and of what they use; citations themselves excluded."""
    own = "decided" if proof.texts else "enclosed" if "enclose" in proof.rules else "exact"
    return max([own, *[library.grade[name] for name in proof.used]], key=GRADES.index)


def together(table: dict[str, frozenset[str]], proof: Proof) -> frozenset[str]:
    """Return what the used formulas rest on, in all."""
    return frozenset().union(*[table[name] for name in proof.used])


def prove(claim: dict[str, Any], library: Library, facts: dict[str, Fact] | None = None) -> tuple[Proof, Result]:
    """Check a claim with its obligations against the library; return the proof and what is printed of it."""
    fields(claim, ("id", "statement", "hyps", "steps"), ("posed",))
    statement = claim["statement"]
    need(type(statement) is list and len(statement) == 4 and statement[0] == "all", "a statement is an `all`")
    need(type(claim["hyps"]) is list, "names of hypotheses expected")
    key(statement, library.scope)
    proof = Proof(library.facts if facts is None else facts)
    _, variables, hypotheses, conclusion = statement
    scope = library.scope.fix(variables)
    proof.box(claim["steps"], scope, {}, claim["hyps"], hypotheses, key(conclusion, scope))
    used = set(proof.references)
    cites = [name for name in proof.used if name in library.citations]
    grade = "cited" if cites and only_cites(claim["steps"]) else weakest(library, proof)
    obligations = posed(statement, library.table)
    given = claim.get("posed", [])
    need(type(given) is list and len(given) == len(obligations), "obligations:", json.dumps([g[1:] for g in obligations]))
    for number, (obligation, record) in enumerate(zip(obligations, given), 1):
        used |= pose(proof, obligation, record, claim, scope.table, number)
    grade = max(grade, weakest(library, proof), key=GRADES.index)
    result = {
        "accepted": True, "grade": grade, "cited": sorted(together(library.cited, proof)),
        "axioms": sorted(together(library.axioms, proof)), "uses": sorted(proof.used & library.claims),
        "digest": digest(statement), "instance": False,
        "unused": {"hypotheses": [name for name in claim["hyps"] if name not in used], "steps": proof.unused},
        "decided": proof.texts,
    }  # fmt: skip
    return proof, result


def pose(proof: Proof, obligation: list[Any], record: Any, claim: dict[str, Any], table: Table, number: int) -> set[str]:
    """Check the proof of an obligation; return the names of the claim's hypotheses that it uses."""
    fields(record, ("ids", "steps"))
    _, variables, hypotheses, guard = obligation
    scope = Scope(table).fix(variables)
    proof.references = set()
    try:
        proof.box(record["steps"], scope, {}, record["ids"], hypotheses, key(guard, scope))
    except Reject as error:
        raise Reject(f"obligation {number}: {error}") from None
    # the first hypotheses in force around a guard are those of the statement, in order
    outer = zip(flat(claim["statement"][2]), claim["hyps"], hypotheses, record["ids"])
    return {name for own, name, there, local in outer if own == there and local in proof.references}


def only_cites(steps: list[dict[str, Any]]) -> bool:
    """Tell whether a proof is a single `apply`, perhaps under `intro`: such a claim is a citation and not a proof."""
    while len(steps) == 1 and steps[0]["by"] == "intro":
        steps = steps[0]["steps"]
    return len(steps) == 1 and steps[0]["by"] == "apply"


def prove_point(point: dict[str, Any], library: Library, names: set[str]) -> tuple[Proof, Result]:
    """Check an instance (some variables: hypotheses) or a refutation (with the negated conclusion)."""
    fields(point, ("id", "of", "point", "statement", "steps"))
    statement, kind = point["statement"], point["point"]
    need(point["of"] in names, "no such claim:", point["of"])
    need(kind in ("instance", "refuted"), "unknown kind of point:", kind)
    need(type(statement) is list and len(statement) == 4 and statement[0] == "all", "a statement is an `all`")
    key(statement, library.scope)
    _, variables, hypotheses, conclusion = statement
    formulas = flat(hypotheses) + ([negation(conclusion)] if kind == "refuted" else [])
    proof = Proof(library.uncited())
    proof.box(point["steps"], library.scope, {}, [], [], key(["some", variables, formulas], library.scope))
    result = {"accepted": True, "of": point["of"], "point": kind, "grade": weakest(library, proof)}
    return proof, {**result, "digest": digest(statement)}


def guarded(run: Any, *arguments: Any) -> tuple[Proof | None, Result]:
    """Run a check; every exception is a rejection with its reason."""
    try:
        return run(*arguments)  # type: ignore[no-any-return]
    except Reject as error:
        return None, {"accepted": False, "reason": str(error)}
    except Exception as error:
        return None, {"accepted": False, "reason": f"malformed: {type(error).__name__} {error}"[:400]}


def listed(document: Result, part: str) -> list[dict[str, Any]]:
    """Return a list of records with string ids."""
    records = document.get(part, [])
    need(type(records) is list, part, "is not a list")
    for record in records:
        need(type(record) is dict and type(record.get("id")) is str, "an entry without a name in", part)
    return records


def check(document: Any, axioms: dict[str, Any], only: set[str] | None = None, sha: str | None = None) -> Result:
    """Check a report against a table of axioms; return what the command line prints with `--json`.

    `sha` is the SHA-256 of the file of axioms, compared with the report's if given. With `only`, other claims are admitted
    unproved and other points skipped: for tests that check one edited claim again, never offered on the command line.
    Raises `Reject` if the report is malformed at top level.
    """
    fields(document, ("format", "schema", "axioms", "cited", "claims"), ("points", "summary"))
    need(document["format"] == "lemmascope-report" and document["schema"] == 1, "not a report of schema 1")
    need(type(document["schema"]) is int, "not a report of schema 1")
    need(sha is None or document["axioms"] == sha, "the report was made for another table of axioms")
    claims, points = listed(document, "claims"), listed(document, "points")
    library = Library(axioms, listed(document, "cited"))
    names = [record["id"] for record in claims + points]
    need(len(set(names)) == len(names), "an id is given twice")
    need(not set(names) & set(library.facts), "the id of an axiom or citation is given again")
    results = {claim["id"]: claim_result(claim, library, only) for claim in claims}
    checked = {}
    for point in points:
        if only is None or point["id"] in only:
            checked[point["id"]] = guarded(prove_point, point, library, set(results))[1]
    for point in checked.values():
        if point["accepted"] and point["point"] == "instance" and results[point["of"]]["accepted"]:
            claim = results[point["of"]]
            claim["instance"] = claim.get("instance") or claim["digest"] == point["digest"]
    accepted = all(result["accepted"] for result in [*results.values(), *checked.values()])
    return {"axioms": sha, "checker": own_digest(), "accepted": accepted, "claims": results, "points": checked}


def claim_result(claim: dict[str, Any], library: Library, only: set[str] | None) -> Result:
    """Check one claim and admit it to the library if it is proved."""
    if only is not None and claim["id"] not in only:
        return library.assume(claim)
    start = time.perf_counter()
    proof, result = guarded(prove, claim, library)
    if proof is not None:
        cited, axioms = together(library.cited, proof), together(library.axioms, proof)
        library.admit(claim["id"], claim["statement"], result["grade"], cited, axioms)
        library.claims.add(claim["id"])
        result["ms"] = round(1000 * (time.perf_counter() - start), 3)
    return result

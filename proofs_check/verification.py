"""`verify`: search certificates, have the checker re-check all of them, run the experiments, and judge."""

from __future__ import annotations

import hashlib
import json
import re
import time
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from theory.language.claims import Claim, Lemma
from theory.language.errors import ExactnessError, InputError, explain

from . import fingerprint, measuring, registry
from .admission import examine
from .checking import AXIOMS, Checked, MachineryFailed, check, check_apart, own_digest
from .judging import Evidence, judge_claim, judge_experiment, judge_lemma
from .ledger import CHECKED, Ledger, content_key, write_atomic
from .mutation.attacking import Attack
from .processes import processors
from .registry import Registry
from .searching import Progress, Search, points_of
from .verdicts import ExperimentVerdict, Report

PROFILES = {"quick": 60.0, "full": 600.0}
"""Profiles with their time limit in seconds for one search."""
LEDGER = Path(".lemmascope")
Target = str | Claim


class Interrupted(KeyboardInterrupt):
    """Ctrl-C during a run: the ledger is valid, and `report` says what was known by then."""

    def __init__(self, report: Report) -> None:
        super().__init__("interrupted")
        self.report = report


def verify(target: Target | Iterable[Target] = "all", *, profile: str = "quick", jobs: int | None = None,
           timeout: float | None = None, ledger: str | Path | None = None, seed: int = 0,
           progress: Progress | None = None, library: Registry | None = None, attack: bool | None = None,
           measure: bool = True) -> Report:
    """Verify claims and return the report.

    Args:
        target: "all", "textbook", a family, the id of a claim or lemma, the path of a claim file, a `Claim`, or
            several of these.
        profile: "quick" or "full"; decides the time limit of one search and the size of the experiments.
        jobs: how many processes search at once; all processors by default.
        timeout: hard limit in seconds for one search, instead of the profile's.
        ledger: directory of stored results, `.lemmascope` by default; the report is written there too.
        seed: added to the seeds of the experiments; 0 is the registered run.
        progress: called with (what, done, total) as the work goes on.
        library: what there is to verify, instead of the textbook and the families present.
        attack: whether mutants are searched; by default in the full profile, while in the quick one those are shown
            that the ledger holds.
        measure: whether experiments are run.

    Raises:
        InputError, UnknownNameError: a target, profile or limit is not admissible; nothing was run.
        MachineryFailed: the checker did not answer or does not know our axioms.
        Interrupted: Ctrl-C; carries the partial report.
    """
    start = time.monotonic()
    _check_options(profile, jobs, timeout, seed)
    target = (target,) if isinstance(target, (str, Claim)) else tuple(target)
    base, claims, lemmas = select(target, registry.load(*target) if library is None else library)
    store = Ledger(Path(LEDGER if ledger is None else ledger))
    tell = progress or (lambda what, done, total: None)
    search = Search(base, store, jobs or processors(), timeout or PROFILES[profile], tell)
    axioms = axioms_digest(base)
    experiments: dict[str, ExperimentVerdict] = {}
    trials = _trials(target, claims, store, profile, seed) if measure else ()
    mutations = Attack(search, profile, only_stored=not (profile == "full" if attack is None else attack))
    interrupted = False
    try:
        search.run([item.id for item in (*claims, *lemmas)], [p for claim in claims for p in points_of(claim)])
        mutations.run(claims)
        measuring.run(trials, experiments, store, profile, seed, search.jobs, tell)
    except KeyboardInterrupt:
        interrupted = True
    tell("checker", 0, 1)
    path = store.root / "report.json"
    checked, certificates = _settled(search, mutations, path, axioms)
    evidence = Evidence(search, checked, experiments, trials, mutations.traces)
    report = Report(
        claims={claim.id: judge_claim(claim, evidence) for claim in claims},
        lemmas={lemma.id: judge_lemma(lemma, evidence) for lemma in _lemmas(lemmas, search)},
        experiments={t.id: judge_experiment(t.id, evidence) for t in trials},
        certificates=certificates, profile=profile, seed=seed, seconds=time.monotonic() - start,
        checker=checked.checker, axioms=checked.axioms,
        versions=fingerprint.versions((*fingerprint.ENGINES, *fingerprint.LEARNING)), path=path,
        interrupted=interrupted, notes=tuple(base.broken.values()) if "all" in _words(target) else ())
    write_report(report, path)
    tell("checker", 1, 1)
    if interrupted:
        raise Interrupted(report)
    return report


def select(target: Target | Iterable[Target], base: Registry) -> tuple[Registry, tuple[Claim, ...], tuple[Lemma, ...]]:
    """Return the registry with any claim files added, and the claims and lemmas the targets name, once each."""
    targets = [target] if isinstance(target, (str, Claim)) else list(target)
    claims: dict[str, Claim] = {}
    lemmas: dict[str, Lemma] = {}
    for one in targets or ["all"]:
        if isinstance(one, Claim):
            examine((one,), "target")
            base = base if base.items.get(one.id) == one else base.with_items((one,))
            found: tuple[tuple[Claim, ...], tuple[Lemma, ...]] = ((one,), ())
        elif not isinstance(one, str):
            remedy = "Name a family, an id or a file."
            raise InputError(explain("target", "a name or a Claim", type(one).__name__, remedy))
        elif registry.is_file(one) and one not in base.items:
            base, *found = registry.load_file(one, base)
        else:
            found = base.select(one)
        claims.update((c.id, c) for c in found[0])
        lemmas.update((e.id, e) for e in found[1])
    if not claims and not lemmas:
        raise InputError(explain("target", "at least one claim", "none", "Run `lemmascope list` to see what there is."))
    return base, tuple(claims.values()), tuple(lemmas.values())


def axioms_digest(base: Registry) -> str:
    """Return the SHA-256 of the checker's axioms.json, having compared it with the axioms in theory/textbook.

    Raises MachineryFailed if they differ: certificates would then be searched and checked against different axioms.
    """
    try:
        data = AXIOMS.read_bytes()
        table = json.loads(data)["axioms"]
    except (OSError, ValueError, KeyError) as error:
        remedy = "Write it again with `make axioms`, or install the package again."
        raise MachineryFailed(explain(str(AXIOMS), "the axioms of the checker", error, remedy)) from None
    ours = json.loads(json.dumps(base.axioms))
    if ours != table:
        different = sorted(k for k in ours.keys() | table.keys() if ours.get(k) != table.get(k))
        remedy = "Write it again with `make axioms`."
        raise MachineryFailed(explain(str(AXIOMS), "the axioms of theory/textbook", f"other {different[:3]}", remedy))
    return hashlib.sha256(data).hexdigest()


def write_report(report: Report, path: Path) -> None:
    """Write a report as JSON, whole or not at all. Raises InputError if that is not possible."""
    text = json.dumps(report.to_json(), ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    # One certificate or verdict a line: small enough to ship, readable enough to look at a difference of two reports.
    text = re.sub(r'(?<=[\[,])(?=\{"id":)', "\n", text) + "\n"
    _write(path, text.encode("ascii"))


def _write(path: Path, data: bytes) -> None:
    try:
        write_atomic(path, data)
    except (OSError, ValueError) as error:  # ValueError: a path that no file system can have
        raise InputError(explain(str(path), "a place that can be written", error, "Name another place.")) from None


def _checked(certificates: dict, path: Path, axioms: str, store: Ledger) -> tuple[Checked, dict]:
    """Write the certificates and have them checked by a fresh process.

    What the checker found is kept under the SHA-256 of the very bytes it read and of its own files: the same
    certificates are not checked twice by the same checker, a changed byte has everything checked again. A claim that
    stops the checker is left out of the certificates returned; the others are checked without it.
    """
    data = json.dumps(certificates, sort_keys=True, allow_nan=False, separators=(",", ":")).encode("ascii")
    key = content_key("checked", hashlib.sha256(data).hexdigest(), own_digest())
    stored = store.get(CHECKED, key)
    if stored is not None:
        return Checked(**stored), certificates
    _write(path, data)
    try:
        checked = check(path)
        store.put(CHECKED, key, asdict(checked))
    except (InputError, MachineryFailed):
        checked, certificates = check_apart(certificates, path)
    if checked.axioms != axioms:
        raise MachineryFailed(explain("checker", f"axioms with SHA-256 {axioms}", checked.axioms, "Install it again."))
    return checked, certificates


def _settled(search: Search, mutations: Attack, path: Path, axioms: str) -> tuple[Checked, dict]:
    """Have the certificates checked; those of mutants that are rejected leave the report, which is checked again."""
    checked, certificates = _checked(search.report(axioms), path, axioms, search.ledger)
    if mutations.withdraw(checked):
        checked, certificates = _checked(search.report(axioms), path, axioms, search.ledger)
    return checked, certificates


def _lemmas(lemmas: tuple[Lemma, ...], search: Search) -> list[Lemma]:
    """Return the lemmas asked for and those that the certificates rest on."""
    asked = {lemma.id for lemma in lemmas}
    used = search.claims.keys() | search.failures.keys()
    return [lemma for lemma in search.registry.lemmas if lemma.id in asked or lemma.id in used]


def _trials(target: Target | Iterable[Target], claims: tuple[Claim, ...], store: Ledger, profile: str, seed: int
            ) -> tuple[measuring.Entry, ...]:
    """Return the experiments to run, prepared: those of the claims, and all of a family asked for as a whole."""
    families = dict.fromkeys(claim.family for claim in claims)
    targets = _words(target)
    named = {claim.id for claim in claims}
    ids = {name for claim in claims for name in claim.experiments}
    found = tuple(e for e in measuring.index(families, store)
                  if e.id in ids or e.claim in named or "all" in targets or e.module.split(".")[1] in targets)
    measuring.prepare(found, store, profile, seed)
    return found


def _words(target: Target | Iterable[Target]) -> frozenset[str]:
    """Return the targets that are texts; no target at all means "all"."""
    targets = [target] if isinstance(target, (str, Claim)) else list(target)
    return frozenset(one for one in targets or ["all"] if isinstance(one, str))


def _check_options(profile: str, jobs: int | None, timeout: float | None, seed: int) -> None:
    if profile not in PROFILES:
        raise InputError(explain("profile", " or ".join(PROFILES), repr(profile), "Choose one of these."))
    if jobs is not None and (type(jobs) is not int or jobs < 1):
        raise InputError(explain("jobs", "a positive integer", repr(jobs), "Use jobs=1 for one process at a time."))
    if timeout is not None and (isinstance(timeout, bool) or not isinstance(timeout, (int, float)) or not timeout > 0):
        raise InputError(explain("timeout", "seconds > 0", repr(timeout), "Use timeout=60, say."))
    if type(seed) is not int:
        raise ExactnessError(explain("seed", "an integer", repr(seed), "Use seed=0 for the registered run."))

"""pytest plug-in: `pytest --claims my_claims.py` makes each part of each claim of a file a test of its own.

    my_claims.py::my_claims.first::proof                   a certificate of the statement that the checker accepts
    my_claims.py::my_claims.first::instance                a point at which all hypotheses hold
    my_claims.py::my_claims.first::control-extrapolation   a false neighbour, refuted by its witness
    my_claims.py::my_claims.second::refuted-zero_square    one way in which a claim declared Refuted fails

Single ones are chosen as any test is, by node id or by `-k`. Without `--claims` the plug-in does nothing and imports
nothing but pytest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from theory.language.claims import Claim, Lemma

    from .registry import Registry
    from .verdicts import PointVerdict, Verdict

_NEEDS = {
    "proof": "a certificate of the statement that the checker accepts",
    "instance": "a point at which all hypotheses hold together",
    "control": "a false neighbour of the claim, refuted by its witness",
    "refuted": "a witness against a claim that is declared Refuted",
    "experiment": "an experiment whose rule, stated beforehand, holds",
    "outcome": "the declared outcome",
}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--claims FILE`, the one option without which nothing else happens."""
    group = parser.getgroup("lemmascope", "claims as tests")
    group.addoption("--claims", action="append", default=[], metavar="FILE",
                    help="test the claims of this Python file (it is executed); may be repeated")
    group.addoption("--claims-ledger", metavar="DIR", help="directory of stored certificates (default: pytest's cache)")
    group.addoption("--claims-timeout", type=float, metavar="S", help="hard limit of one search in seconds (60)")


def pytest_configure(config: pytest.Config) -> None:
    """Have the named files collected; without other arguments they are all that is collected."""
    given = config.getoption("claims")
    if not given:
        return
    files = [Path(config.invocation_params.dir, name) for name in given]
    for name, file in zip(given, files):
        if not file.is_file():
            raise pytest.UsageError(f"--claims {name}: required a claim file, found no such file. Check the path, or "
                                    "write one to start from with `lemmascope new FILE`.")
    limit = config.getoption("claims_timeout")
    if limit is not None and not 0 < limit < 1e9:
        raise pytest.UsageError(f"--claims-timeout: required seconds > 0, found {limit!r}. Use 60, say.")
    config.pluginmanager.register(_Collection({file.resolve() for file in files}), "lemmascope-collection")
    if config.args_source is not config.ArgsSource.ARGS:
        config.args[:] = []
    named = {Path(config.invocation_params.dir, arg.split("::")[0]).resolve() for arg in config.args}
    config.args += [str(file) for file in files if file.resolve() not in named]


class _Collection:
    """Collects the named files as claims; everything else is left to pytest."""

    def __init__(self, files: set[Path]) -> None:
        self.files = files

    @pytest.hookimpl(wrapper=True)
    def pytest_collect_file(self, file_path: Path, parent: pytest.Collector) -> Iterator[None]:
        found = yield
        if file_path.resolve() in self.files:
            return [ClaimFile.from_parent(parent, path=file_path)]  # and not a module of test functions as well
        return found


class Unmet(Exception):
    """A part of a claim is not as it has to be; the message is all that is shown."""


class ClaimFile(pytest.File):
    """A claim file; loaded when pytest collects it, verified claim by claim when the first part of one runs."""

    registry: Registry

    def collect(self) -> Iterable[pytest.Collector]:
        """Yield one collector per claim and per lemma."""
        from theory.language.errors import LemmascopeError

        from . import registry

        try:
            self.registry, claims, lemmas = registry.load_file(str(self.path), registry.load())
        except LemmascopeError as error:
            raise self.CollectError(str(error)) from None
        text = self.path.read_text(encoding="utf-8", errors="replace").splitlines()
        for item in (*lemmas, *claims):
            line = next((n for n, words in enumerate(text) if f'"{item.id}"' in words or f"'{item.id}'" in words), None)
            yield ClaimParts.from_parent(self, name=item.id, item=item, line=line)


class ClaimParts(pytest.Collector):
    """One claim or lemma of a file, with its verdict once that is known."""

    def __init__(self, *, item: Claim | Lemma, line: int | None, **options: Any) -> None:
        super().__init__(**options)
        self.item, self.line = item, line
        self._verdict: Verdict | None = None

    def collect(self) -> Iterable[pytest.Item]:
        """Yield the parts that the declared outcome asks for; a part that is missing is an item too, and fails."""
        for kind, name in parts_of(self.item):
            label = kind + (re.sub(r"[\s:]+", "_", f"-{name}") if name else "")
            yield ClaimPart.from_parent(self, name=label, kind=kind, part=name)

    def verdict(self) -> Verdict:
        """Verify the claim, once, with the certificates found earlier."""
        if self._verdict is None:
            from .verification import verify

            file = self.parent
            ledger = self.config.getoption("claims_ledger") or _cache(self.config)
            target = self.item.id
            report = verify(target, library=file.registry, ledger=ledger,
                            timeout=self.config.getoption("claims_timeout"))
            self._verdict = report.claims.get(target) or report.lemmas[target]
        return self._verdict


class ClaimPart(pytest.Item):
    """One part of a claim as a test."""

    def __init__(self, *, kind: str, part: str, **options: Any) -> None:
        super().__init__(**options)
        self.kind, self.part = kind, part

    def runtest(self) -> None:
        """Fail with the reason if the part is not as declared."""
        owner = self.parent
        verdict = owner.verdict()
        self.user_properties += [("claim", verdict.id), ("outcome", str(verdict.outcome)),
                                 ("declared", str(verdict.declared)), ("grade", verdict.grade),
                                 ("digest", verdict.digest)]
        reason = shortcoming(verdict, self.kind, self.part)
        if reason:
            place = f"{self.path.name}::{verdict.id}"
            raise Unmet(f"{verdict.id}, {self.name}: required {_NEEDS[self.kind]}, found none: {reason}\n"
                        f"{_about(owner.item, self.kind, self.part)}\n"
                        f"Run `lemmascope verify {place}` for the whole verdict.")

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], *args: Any, **options: Any) -> Any:
        """Return the message alone where the failure is the claim's, the traceback where it is ours."""
        from theory.language.errors import LemmascopeError

        if isinstance(excinfo.value, (Unmet, LemmascopeError)):
            return str(excinfo.value)
        return super().repr_failure(excinfo, *args, **options)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Return the file, the line of the claim and the name that a failure is headed with."""
        return self.path, self.parent.line, f"{self.parent.name}, {self.name}"


def parts_of(item: Claim | Lemma) -> Iterator[tuple[str, str]]:
    """Yield (kind, name) of what the outcome that an item declares consists of; the first carries the whole verdict."""
    declared = getattr(item, "declared", "Proved")
    controls = [("control", control.name) for control in getattr(item, "controls", ())]
    if not hasattr(item, "declared"):
        yield "proof", ""
    elif declared == "Proved":
        yield from (("proof", ""), ("instance", ""), *(controls or [("control", "")]))
        yield from (("experiment", name) for name in item.experiments)
    else:
        words = {"Refuted": ("refuted", [name for name, _ in item.refutations]),
                 "Observed": ("experiment", list(item.experiments))}
        kind, names = words.get(declared, ("outcome", []))
        yield from ((kind, name) for name in names or [""])
        yield from ([("instance", "")] if item.instance is not None else [])
        yield from controls


def shortcoming(verdict: Verdict, kind: str, name: str) -> str:
    """Return why a part of a verdict is not as it has to be, or ""."""
    points = {("control", p.name): p for p in verdict.controls} | {("refuted", p.name): p for p in verdict.refutations}
    points |= {("proof", ""): verdict.proof, ("instance", ""): verdict.instance}
    trials = {trial.id: trial for trial in verdict.experiments}
    reason = ""
    if kind == "experiment" and name in trials:
        reason = "" if str(trials[name].trial) == "passed" else trials[name].text
    elif (kind, name) in points and points[kind, name] is not None:
        reason = _reason(points[kind, name])
    elif kind != "outcome" and not (kind == "proof" and verdict.as_declared):
        reason = verdict.reason or "none is given"
    leading = kind in ("proof", "refuted", "outcome") or (kind == "experiment" and str(verdict.declared) == "Observed")
    if leading and not reason and not verdict.as_declared:
        # What no other part accounts for is a failure too: nothing is green by accident.
        rest = [p for p in points.values() if p is not None and not p.accepted]
        rest += [trial for trial in trials.values() if str(trial.trial) != "passed"]
        absent = kind == "proof" and (verdict.instance is None or not verdict.controls)
        return "" if rest or absent else f"outcome {verdict.outcome}, declared {verdict.declared}. {verdict.reason}"
    return reason


def _reason(point: PointVerdict) -> str:
    return "" if point.accepted else point.reason or "it was not accepted"


def _about(item: Claim | Lemma, kind: str, name: str) -> str:
    """Return the statement that a part is about; for a control also what was changed in it."""
    for control in getattr(item, "controls", ()):
        if (kind, name) == ("control", control.name):
            return f"control: {control.statement}\nwhat was changed: {control.breaks}"
    return f"statement: {item.statement}"


def _cache(config: pytest.Config) -> Path:
    """Return a directory for certificates that survives between runs, or one for this run if there is no cache."""
    cache = getattr(config, "cache", None)
    if cache is not None:
        return Path(cache.mkdir("lemmascope"))
    import tempfile

    return Path(tempfile.mkdtemp(prefix="lemmascope-"))

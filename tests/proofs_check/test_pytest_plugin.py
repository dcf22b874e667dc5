"""The pytest plug-in: inert unless asked, one item per part of a claim, readable failures."""

from __future__ import annotations

import importlib.metadata
import subprocess
import sys
from pathlib import Path

import pytest

from proofs_check.pytest_plugin import parts_of, shortcoming
from proofs_check.verdicts import ExperimentVerdict, Outcome, PointVerdict, Trial, Verdict
from proofs_check.verification import verify

pytest_plugins = "pytester"
ROOT = Path(__file__).resolve().parents[2]
SMALL = (Path(__file__).with_name("small_claims.py")).read_text()
MODULE = "proofs_check.pytest_plugin"
INSTALLED = any(entry.value == MODULE for entry in importlib.metadata.entry_points(group="pytest11"))
PLUGIN = () if INSTALLED else ("-W", "ignore::pytest.PytestAssertRewriteWarning", "-p", MODULE)
"""Where the package is installed with this version's entry points, the plug-in is loaded by itself."""
QUICK = ("-p", "no:cacheprovider", "-p", "no:hypothesispytest")

BAD = SMALL + '''
from dataclasses import replace

CLAIMS = (
    replace(TRUE, id="bad.false", statement=statement("all x y:real | H1: 1 <= x => 3 <= x + y*y")),
    replace(TRUE, id="bad.control", controls=(Control("still true", "nothing at all", TRUE.statement,
                                                      TRUE.controls[0].witness),)),
    replace(TRUE, id="bad.bare", controls=(), instance=None),
    replace(FALSE, id="bad.refuted", refutations=()),
)
'''


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Certificates for the runs of this file; made here, so that all modules are loaded before pytester counts."""
    place = tmp_path_factory.mktemp("ledger")
    assert verify(str(Path(__file__).with_name("small_claims.py")), ledger=place).exit_code() == 0
    return place


@pytest.fixture
def run(pytester: pytest.Pytester, ledger: Path):  # noqa: ANN201 - a function
    """Run pytest on a claim file in a directory of its own."""
    pytester.makeini("[pytest]")
    pytester.makepyfile(small=SMALL, bad=BAD, test_other="def test_nothing():\n    pass\n")

    def run_pytest(*arguments: str) -> pytest.RunResult:
        return pytester.runpytest_inprocess(*PLUGIN, "--claims-ledger", str(ledger), *QUICK, *arguments)

    return run_pytest


def test_each_part_of_each_claim_is_an_item(run) -> None:  # noqa: ANN001
    """Proof, instance, each control and each refutation have a node id; other tests are left out unless named."""
    result = run("--claims", "small.py", "--collect-only", "-q")
    assert [line for line in result.outlines if "::" in line] == [
        "small.py::small.square::proof", "small.py::small.grows::proof", "small.py::small.grows::instance",
        "small.py::small.grows::control-larger", "small.py::small.shrinks::refuted-zero_square"]
    assert "5 tests collected" in result.outlines[-1]


def test_claims_beside_ordinary_tests(run) -> None:  # noqa: ANN001
    """With other arguments the claims are added to them."""
    result = run("--claims", "small.py", "test_other.py", "--collect-only", "-q")
    assert "6 tests collected" in result.outlines[-1]


def test_true_claims_pass(run) -> None:  # noqa: ANN001
    """A file in order is all green."""
    run("--claims", "small.py").assert_outcomes(passed=5)


def test_one_item_by_node_id_or_keyword(run) -> None:  # noqa: ANN001
    """Single parts are chosen as any test is."""
    run("--claims", "small.py", "small.py::small.grows::instance").assert_outcomes(passed=1)
    run("--claims", "small.py", "-k", "small.grows and control").assert_outcomes(passed=1, deselected=4)


def test_failures_are_read_without_a_traceback(run) -> None:  # noqa: ANN001
    """Each failing part says what was required, what was found, about which formula, and what to do."""
    result = run("--claims", "bad.py")
    result.assert_outcomes(passed=6, failed=5)
    text = result.stdout.str()
    assert "Traceback" not in text and "pytest_plugin.py" not in text
    assert "bad.false, proof: required a certificate of the statement that the checker accepts, found none: " in text
    assert "statement: all x y:real | 1 <= x => 3 <= x + y*y" in text
    assert "bad.control, control-still_true: required a false neighbour" in text
    assert "what was changed: nothing at all" in text
    assert "bad.bare, control: " in text and "not admitted: no control" in text and "bad.bare, instance: " in text
    assert "bad.refuted, refuted: " in text and "no refutation is given" in text
    assert "Run `lemmascope verify bad.py::bad.false` for the whole verdict." in text


@pytest.mark.parametrize("code, words", [
    ("raise RuntimeError('no data')", "line 1: required a file that can be executed, found RuntimeError: no data"),
    ("CLAIMS = 3", "required a tuple of Claim objects, found int"),
])
def test_a_file_that_cannot_be_loaded_is_a_collection_error(run, pytester: pytest.Pytester, code: str,  # noqa: ANN001
                                                            words: str) -> None:
    """The error is the one paragraph of the command line."""
    pytester.makepyfile(broken=code)
    result = run("--claims", "broken.py")
    text = " ".join(result.stdout.str().split())
    assert result.ret == pytest.ExitCode.INTERRUPTED and words in text and "Traceback" not in text


@pytest.mark.parametrize("arguments, words", [
    (("--claims", "absent.py"), "--claims absent.py: required a claim file, found no such file"),
    (("--claims", "small.py", "--claims-timeout", "-1"), "--claims-timeout: required seconds > 0, found -1.0"),
])
def test_bad_options_are_usage_errors(run, arguments: tuple[str, ...], words: str) -> None:  # noqa: ANN001
    """A missing file and a bad limit stop the run before anything is collected."""
    result = run(*arguments)
    assert result.ret == pytest.ExitCode.USAGE_ERROR and words in result.stderr.str()


def test_junit_properties_carry_the_verdict(run, pytester: pytest.Pytester) -> None:  # noqa: ANN001
    """What CI stores names outcome, grade and the digest of the statement."""
    run("--claims", "small.py", "-k", "small.grows and proof", "--junitxml", "out.xml")
    text = (pytester.path / "out.xml").read_text()
    assert '<property name="outcome" value="Proved"' in text and '<property name="grade" value="exact"' in text
    assert 'name="digest"' in text


def test_without_the_option_nothing_is_imported(tmp_path: Path) -> None:
    """An ordinary run of pytest loads neither our library nor a solver because of the plug-in."""
    (tmp_path / "test_it.py").write_text(
        "import sys\n\n\ndef test_modules():\n    heavy = {'theory', 'sympy', 'z3', 'flint', 'numpy', 'torch', 'rich',"
        " 'proofs_check.registry'}\n    assert not heavy & set(sys.modules)\n    assert 'proofs_check.pytest_plugin'"
        " in sys.modules\n")
    command = [sys.executable, "-m", "pytest", *PLUGIN, "-q", *QUICK, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr


ACCEPTED = PointVerdict("proof", True)


def verdict(outcome: Outcome, declared: Outcome, **parts: object) -> Verdict:
    """A verdict made by hand."""
    return Verdict("a.b", "t", outcome, declared, "0" * 64, **parts)  # type: ignore[arg-type]


def test_nothing_is_green_that_is_not_as_declared() -> None:
    """What no part accounts for fails the leading part; a failed experiment fails its own."""
    odd = verdict(Outcome.UNDECIDED, Outcome.PROVED, proof=ACCEPTED, instance=ACCEPTED,
                  controls=(PointVerdict("c", True),), reason="both proved and refuted")
    assert "both proved and refuted" in shortcoming(odd, "proof", "")
    assert shortcoming(odd, "instance", "") == shortcoming(odd, "control", "c") == ""
    failed = ExperimentVerdict("a.trial", Trial.CONTRADICTS, "3 of 10 above", 0.0)
    contradicted = verdict(Outcome.PROVED, Outcome.PROVED, proof=ACCEPTED, instance=ACCEPTED,
                           controls=(PointVerdict("c", True),), experiments=(failed,))
    assert shortcoming(contradicted, "experiment", "a.trial") == "3 of 10 above"
    assert shortcoming(contradicted, "experiment", "a.absent") != ""
    open_claim = verdict(Outcome.PROVED, Outcome.UNDECIDED, proof=ACCEPTED)
    assert "outcome Proved, declared Undecided" in shortcoming(open_claim, "outcome", "")
    assert shortcoming(verdict(Outcome.UNDECIDED, Outcome.UNDECIDED), "outcome", "") == ""


def test_every_declared_outcome_has_at_least_one_item() -> None:
    """A claim without any parts still has an item, which fails."""
    from dataclasses import replace

    from proofs_check.registry import Registry, load_file

    _, (true, false), lemmas = load_file(str(Path(__file__).with_name("small_claims.py")), Registry({}, (), (), ()))
    bare = replace(true, controls=(), instance=None)
    assert list(parts_of(bare)) == [("proof", ""), ("instance", ""), ("control", "")]
    assert list(parts_of(replace(bare, declared="Observed"))) == [("experiment", "")]
    assert list(parts_of(replace(bare, declared="Undecided"))) == [("outcome", "")]
    assert list(parts_of(replace(false, refutations=()))) == [("refuted", "")]
    assert list(parts_of(lemmas[0])) == [("proof", "")]

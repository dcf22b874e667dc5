"""Claims of a user: files, single claims in them, packages named by entry points, and what is not admitted."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from proofs_check import registry
from proofs_check.admission import ID, describe, examine
from proofs_check.cli import main
from proofs_check.cli_new import TEMPLATE
from proofs_check.registry import Registry, find, load, load_file
from proofs_check.searching import points_of
from proofs_check.verification import verify
from theory.language import Claim, Control, Lemma, Source, Statement, Witness, statement
from theory.language.derivation import Step, combine, witness
from theory.language.errors import ExactnessError, InputError, LemmascopeError, UnknownNameError

HERE = Path(__file__).parent
FILE = str(HERE / "small_claims.py")
EXAMPLES = HERE.parents[1] / "examples"
EMPTY = Registry({}, (), (), ())
POINT = Witness((witness("end", x="1"),))
GOOD = Claim("own.good", "A title", statement("all x:real | H1: 1 <= x => 0 <= x"),
             Source("nobody", 2026, "Small", "new"), "A summary.", derivation=(combine("end", facts="H1"),),
             instance=POINT, controls=(Control("larger", "0 made 2", statement("all x:real | H1: 1 <= x => 2 <= x"),
                                               POINT),))


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger for this file's runs, so that what does not change is searched once."""
    return tmp_path_factory.mktemp("ledger")


# ---- files


def test_one_claim_of_a_file(ledger: Path) -> None:
    """FILE::ID verifies that claim and what it rests on, and no other claim of the file."""
    report = verify(f"{FILE}::small.grows", ledger=ledger)
    assert list(report.claims) == ["small.grows"] and report.exit_code() == 0
    assert list(report.lemmas) == ["small.square"]


def test_several_targets_in_one_file() -> None:
    """Naming a file twice, or two of its claims, is no clash of ids."""
    first, claims, _ = load_file(f"{FILE}::small.grows", EMPTY)
    second, more, lemmas = load_file(FILE, first)
    assert [c.id for c in claims] == ["small.grows"]
    assert [c.id for c in more] == ["small.grows", "small.shrinks"] and [e.id for e in lemmas] == ["small.square"]
    assert list(second.items) == ["small.square", "small.grows", "small.shrinks"]


def test_misspelt_claim_of_a_file_names_the_nearest() -> None:
    """The message lists what the file defines, not what the library does."""
    with pytest.raises(UnknownNameError, match="Did you mean small.grows"):
        load_file(f"{FILE}::small.grow", EMPTY)
    with pytest.raises(UnknownNameError, match="The file defines small.grows, small.shrinks, small.square"):
        load_file(f"{FILE}::quite.different", EMPTY)
    with pytest.raises(UnknownNameError):
        load_file(f"{FILE}::", EMPTY)


def test_find_serves_ids_files_and_claims_in_files() -> None:
    """One function reads whatever a command calls CLAIM."""
    base = load()
    assert [item.id for item in find("covering.volume", base)[1]] == ["covering.volume"]
    assert [item.id for item in find(f"{FILE}::small.square", base)[1]] == ["small.square"]
    assert len(find(FILE, base)[1]) == 3
    with pytest.raises(UnknownNameError, match="Did you mean covering.volume"):
        find("covering.volum", base)


def test_what_a_claim_file_prints_stays_off_stdout(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--json -` stays JSON whatever the file prints while it is loaded."""
    (tmp_path / "loud.py").write_text("print('hello')\n" + Path(FILE).read_text().replace(
        "from __future__ import annotations\n", ""))
    load_file(str(tmp_path / "loud.py"), EMPTY)
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", "hello\n")


def test_an_edit_within_the_same_second_counts(tmp_path: Path) -> None:
    """The file is read, not byte code of an earlier second; nothing is written beside it."""
    path, text = tmp_path / "mine.py", TEMPLATE.format(file="mine.py", family="mine", year=2026)
    digests = set()
    for power in "234":
        path.write_text(text.replace("(a*u + (1 - a)*v)^2", f"(a*u + (1 - a)*v)^{power}"))
        digests.add(load_file(str(path), EMPTY)[1][0].digest)
    assert len(digests) == 3 and [p.name for p in tmp_path.iterdir()] == ["mine.py"]


def test_a_failure_in_an_imported_module_is_placed_in_the_claim_file(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The line is that of the user's file; a syntax error elsewhere is told with its own place."""
    monkeypatch.syspath_prepend(str(tmp_path))
    (tmp_path / "broken_import.py").write_text("x = (\n")
    (tmp_path / "mine.py").write_text("\n\nimport broken_import\n")
    with pytest.raises(InputError, match=r"mine.py, line 3: .*SyntaxError.*broken_import.py, line 1"):
        load_file(str(tmp_path / "mine.py"), EMPTY)


# ---- what a claim may hold

MALFORMED: dict[str, tuple[Callable[[], Claim], str]] = {
    "statement as text": (lambda: replace(GOOD, statement="all x:real => 0 <= x"),
                          "statement: required a Statement of theory.language, found 'all x:real"),
    "steps without a comma": (lambda: replace(GOOD, derivation=(combine("end"))), "derivation: required a tuple"),
    "a step as text": (lambda: replace(GOOD, derivation=("trivial",)), "derivation[0]: required a Step"),
    "a list of controls": (lambda: replace(GOOD, controls=list(GOOD.controls)), "controls: required a tuple"),
    "source as text": (lambda: replace(GOOD, source="folklore"), "source: required a Source"),
    "year as text": (lambda: replace(GOOD, source=Source("a", "2026", "t", "new")), "source.year: required an integer"),
    "status": (lambda: replace(GOOD, source=Source("a", 2026, "t", "stolen")), "source.status: required as stated or"),
    "id without a family": (lambda: replace(GOOD, id="good"), "id: required an id like family.short_name"),
    "id with a blank": (lambda: replace(GOOD, id="own.is good"), "id: required an id like"),
    "id as a number": (lambda: replace(GOOD, id=7), "id: required a text, found 7"),
    "declared": (lambda: replace(GOOD, declared="True"), "declared: required Proved, Refuted"),
    "control called instance": (lambda: replace(GOOD, controls=(replace(GOOD.controls[0], name="instance"),)),
                                "required usable names"),
    "controls of one name": (lambda: replace(GOOD, controls=GOOD.controls * 2), "names that are used once"),
    "witness as steps": (lambda: replace(GOOD, instance=POINT.steps), "instance: required a Witness"),
    "a refutation without name": (lambda: replace(GOOD, refutations=(POINT,)), "refutations[0]: required a tuple of 2"),
    "a statement by hand": (lambda: replace(GOOD, statement=Statement(("<=", 0, 1), ())), "statement: required a"),
    "a fraction in a formula": (
        lambda: replace(GOOD, statement=Statement(("all", (), (), ("<=", Fraction(1, 2), 1)), ())), "TypeError"),
    "a function among the hints": (
        lambda: replace(GOOD, derivation=(Step("end", "combine", hints=(("degree", len),)),)), "derivation[0].hints"),
}


@pytest.mark.parametrize("name", MALFORMED)
def test_malformed_claims_are_refused_with_their_place(name: str) -> None:
    """What Python's annotations promise is checked before anything is searched, and the place is named."""
    make, words = MALFORMED[name]
    with pytest.raises(InputError) as caught:
        examine((make(),), "mine.py")
    message = str(caught.value)
    assert message.startswith("mine.py") and words in message and "found" in message


def test_a_float_is_refused_with_the_remedy() -> None:
    """Exact values only: a float names its place and how to write it instead."""
    step = replace(GOOD.derivation[0], hints=(("weight", 0.5),))
    with pytest.raises(ExactnessError, match=r"derivation\[0\].hints\[0\]\[1\]: .*found the float 0.5. Write an int"):
        examine((replace(GOOD, derivation=(step,)),), "mine.py")


def test_deep_nesting_is_refused_and_good_claims_are_not() -> None:
    """The whole library passes; a term nested a thousand times does not."""
    base = load()
    examine((*base.lemmas, *base.claims, *base.cited), "theory")
    deep: object = "x"
    for _ in range(1000):
        deep = ("+", deep, 1)
    with pytest.raises(InputError, match="levels of nesting"):
        examine((replace(GOOD, statement=Statement(("all", (), (), ("<=", 0, deep)), ())),), "mine.py")


def test_subclasses_are_refused(tmp_path: Path) -> None:
    """A claim with methods of its own would carry code into the processes of the search."""
    class Sly(Claim):
        """A claim that could lie about its digest."""

    path = tmp_path / "sly.py"
    path.write_text("from theory.language import Claim\nclass Sly(Claim): pass\n"
                    "CLAIMS = (Sly('a.b', 't', None, None, ''),)")
    with pytest.raises(InputError, match="required a tuple of Claim objects, found Sly"):
        load_file(str(path), EMPTY)
    with pytest.raises(InputError, match="required a Statement"):
        verify(replace(GOOD, statement=None))


def test_descriptions_are_short_and_safe() -> None:
    """Whatever a user's object prints, a message stays one short line."""
    class Rude:
        """An object that cannot be printed."""

        def __repr__(self) -> str:
            raise RuntimeError

    assert describe(Rude()) == "a Rude" and describe("x" * 100).endswith("...") and len(describe("x" * 100)) == 60
    assert describe(10 ** 400) == "a long integer" and describe(None) == "None" and describe([1]) == "a list"
    assert ID.fullmatch("a.b") and not ID.fullmatch("a.b/c") and not ID.fullmatch("a..b")


def test_a_claim_is_admitted_only_if_a_control_is_refuted(ledger: Path) -> None:
    """Without a control, or with controls that are true, a claim is not Proved, and the first words say why."""
    true = replace(GOOD.controls[0], statement=GOOD.statement)
    for controls, words in (((), "not admitted: no control"), ((true,), "not admitted: none of its controls")):
        verdict = verify(replace(GOOD, controls=controls), ledger=ledger, library=EMPTY_WITH_AXIOMS).claims[GOOD.id]
        assert not verdict.as_declared and verdict.reason.startswith(words)
        assert verdict.proof is not None and verdict.proof.accepted


EMPTY_WITH_AXIOMS = Registry(load().axioms, (), (), ())


# ---- packages named by entry points


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place on the path for distributions that name claims by entry points."""
    monkeypatch.syspath_prepend(str(tmp_path))
    return tmp_path


def distribution(place: Path, name: str, code: str) -> None:
    """Put a distribution with one module and one entry point of our group into a place on the path."""
    (place / f"{name}.py").write_text(code)
    info = place / f"{name}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[{registry.GROUP}]\n{name} = {name}\n")


def own_module(family: str) -> str:
    """The text of a module with one claim, `family.first`."""
    return TEMPLATE.format(file="", family=family, year=2026)


def test_claims_of_an_installed_package_are_found(packages: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An entry point adds a family that can be listed and selected like ours."""
    distribution(packages, "lab_good", own_module("lab_good"))
    base = load()
    assert not base.broken and "lab_good" in base.families
    assert [c.id for c in base.select("lab_good")[0]] == ["lab_good.first"]
    assert main(["list", "lab_good"]) == 0 and "lab_good.first" in capsys.readouterr().out


BROKEN = {
    "import": ("import no_such_module_at_all\n", "ModuleNotFoundError: No module named"),
    "exit": ("raise SystemExit(3)\n", "SystemExit: 3"),
    "empty": ("x = 1\n", "a tuple CLAIMS of Claim objects, found none"),
    "wrong": ("CLAIMS = (1,)\n", "found int"),
    "taken": (own_module("covering").replace("covering.first", "covering.volume"), "ids that are used once"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_entry_point_is_named_and_takes_nothing_down(
        packages: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    """The message names entry point and distribution; our families and good packages are still there."""
    code, words = BROKEN[name]
    distribution(packages, f"lab_bad_{name}", code)
    distribution(packages, f"lab_also_{name}", own_module(f"lab_also_{name}"))
    base = load()
    message = base.broken[f"lab_bad_{name}"]
    assert f"entry point lab_bad_{name} = lab_bad_{name} of lab_bad_{name}" in message and words in message
    assert {"covering", f"lab_also_{name}"} <= set(base.families)
    assert main(["list"]) == 0
    captured = capsys.readouterr()
    assert "covering.volume" in captured.out and f"entry point lab_bad_{name}" in captured.err
    assert captured.err.count("\n") == 1 and "Traceback" not in captured.err
    with pytest.raises(InputError, match=f"entry point lab_bad_{name}"):
        base.select(f"lab_bad_{name}.first")
    assert main(["show", f"lab_bad_{name}.first"]) == 2


def test_verifying_everything_does_not_pass_over_a_broken_package(
        packages: Path, ledger: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The rest is verified and reported, the missing package is in the notes, and the exit code is not 0."""
    distribution(packages, "lab_absent", "import no_such_module_at_all\n")
    broken = load().broken
    small = replace(load_file(FILE, EMPTY_WITH_AXIOMS)[0], broken=broken)
    monkeypatch.setattr("proofs_check.registry.load", lambda *targets: small)
    assert main(["verify", "all", "--ledger", str(ledger)]) == 2
    captured = capsys.readouterr()
    assert "everything as declared: 2 claims" in captured.out
    assert captured.err.startswith("lemmascope: entry point lab_absent") and captured.err.count("\n") == 1
    assert main(["verify", "small.grows", "--ledger", str(ledger)]) == 0


# ---- examples


def test_the_example_is_short_and_in_order(ledger: Path) -> None:
    """examples/my_claim.py has under 30 lines, is Proved, both controls are refuted and every hypothesis is used."""
    path = EXAMPLES / "my_claim.py"
    assert len(path.read_text().splitlines()) < 30
    verdict = verify(str(path), ledger=ledger).claims["my_claim.descent"]
    assert verdict.as_declared and verdict.controls_refuted == "2/2" and verdict.findings == ()


def test_the_second_example_is_refuted_by_its_mutants(ledger: Path) -> None:
    """A true claim with needless hypotheses and twice the best constant: its mutants are proved instead of killed."""
    path = EXAMPLES / "refuted_by_mutants.py"
    verdict = verify(str(path), ledger=ledger, attack=True).claims["refuted_by_mutants.merged"]
    fates = {mutant.name: str(mutant.outcome) for mutant in verdict.mutants}
    assert fates["drop H1"] == fates["drop H2"] == "proved"
    constants = {fate for name, fate in fates.items() if name.startswith("constant")}
    assert constants == {"proved"}
    assert "hypotheses H1, H2 not used by the proof" in verdict.findings


# ---- malformed files in numbers


def edited(text: str, dice: random.Random) -> str:
    """A claim file after one to three random edits of tokens."""
    for _ in range(dice.randint(1, 3)):
        tokens = re.findall(r"\w+|\s+|[^\w\s]", text)
        k = dice.randrange(len(tokens))
        what = dice.randrange(4)
        if what == 0:
            tokens[k] = ""
        elif what == 1:
            tokens[k] = dice.choice(tokens)
        elif what == 2:
            tokens[k] += dice.choice(
                ("(", ")", "0.5", "None", "'", '"', ",", "\\", "1", "é", "\x00", "[]", "lambda: 0"))
        else:
            tokens = tokens[:k] if dice.random() < 0.2 else [*tokens[:k], *tokens[k + dice.randint(1, 4):]]
        text = "".join(tokens)
    return text


def read_everything(path: Path) -> str:
    """Load a claim file and prepare its search; return the message if it is refused, else ""."""
    try:
        base, claims, lemmas = load_file(str(path), EMPTY_WITH_AXIOMS)
        items: tuple[Claim | Lemma, ...] = (*claims, *lemmas)
        base.closure([item.id for item in items])
        for claim in claims:
            points_of(claim)
        return ""
    except LemmascopeError as error:
        return str(error)


def test_malformed_claim_files_give_messages_and_no_tracebacks(tmp_path: Path) -> None:
    """Of 300 randomly damaged files each is either usable or refused in one paragraph; 1,000 in the slow suite."""
    damaged(tmp_path, 300, 1)


@pytest.mark.slow
def test_a_thousand_malformed_claim_files(tmp_path: Path) -> None:
    """The same with a thousand files."""
    damaged(tmp_path, 1000, 2)


def damaged(place: Path, count: int, seed: int) -> None:
    """Read `count` damaged copies of the template and of the small claim file."""
    dice, path = random.Random(seed), place / "damaged.py"
    texts = (TEMPLATE.format(file="x.py", family="mine", year=2026), Path(FILE).read_text())
    messages = []
    for k in range(count):
        path.write_text(edited(texts[k % 2], dice), encoding="utf-8")
        messages.append(read_everything(path))
    refused = [message for message in messages if message]
    assert len(refused) > count // 3
    assert all("required" in message and "found" in message for message in refused)


def test_a_claim_whose_search_fails_does_not_stop_the_next(ledger: Path) -> None:
    """An engine that does not exist makes one claim Undecided, with the reason; the other is decided."""
    bad = replace(GOOD, id="own.bad", derivation=(replace(GOOD.derivation[0], by="no such engine"),))
    report = verify([bad, GOOD], ledger=ledger, library=EMPTY_WITH_AXIOMS)
    assert "no such engine" in report.claims["own.bad"].reason and report.claims["own.good"].as_declared

"""Bad arguments: one paragraph on stderr in four parts, exit code 2, nothing written, whatever is typed."""

from __future__ import annotations

import argparse
import random
from pathlib import Path

import pytest

from proofs_check.cli import build_parser, main
from proofs_check.cli_usage import usage_message


def run(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    """Return exit code, stdout and stderr of a command line, however it ends."""
    try:
        code = main(arguments)
    except SystemExit as stop:
        code = int(stop.code or 0)
    captured = capsys.readouterr()
    return code, captured.out, captured.err


@pytest.mark.parametrize("arguments, words", [
    ([], "lemmascope: required COMMAND, found nothing in its place. Run `lemmascope --help`"),
    (["verfy"], "COMMAND: required one of verify, list, "),
    (["verfy"], "found 'verfy'. Did you mean verify?"),
    (["show"], "lemmascope show: required CLAIM, found nothing in its place. Run `lemmascope show --help`"),
    (["list", "--josn"], "found --josn."),
    (["verify", "--profile", "huge"], "--profile: required one of quick, full, found 'huge'."),
    (["verify", "--jobs", "many"], "--jobs: required a whole number, found 'many'."),
    (["verify", "--jobs", "1.5"], "--jobs: required a whole number, found '1.5'."),
    (["verify", "--timeout", "soon"], "--timeout: required a number of seconds, found 'soon'."),
    (["verify", "--timeout", "inf"], "--timeout: required a number of seconds, found 'inf'."),
    (["verify", "--seed", "0x10"], "--seed: required a whole number, found '0x10'."),
    (["verify", "--ledger"], "--ledger: required one value, found none."),
    (["table", "covering", "--arch", "2-3-1"], "lemmascope table covering: required --eps, found nothing"),
    (["table", "coverings", "--arch", "2-3-1", "--eps", "0.1"], "found 'coverings'. Did you mean covering?"),
    (["table", "covering", "--arch", "2-3-1", "--eps", "1", "--format", "pdf"], "--format: required one of text, md"),
    (["table", "covering", "--arch", "2-3-1", "--eps", "-1/10"], "A value that begins with - is written --eps=VALUE."),
    (["check", "a.json", "b.json"], "found b.json."),
    (["new"], "lemmascope new: required FILE, found nothing"),
])
def test_usage_errors_have_four_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str],
                                      words: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Where, what is required, what was found, what to do; no usage block, no traceback, nothing written."""
    monkeypatch.chdir(tmp_path)
    code, out, err = run(arguments, capsys)
    assert (code, out) == (2, "") and words in err, err
    assert err.count("\n") == 1 and err.startswith("lemmascope") and "required" in err and "found" in err
    assert list(tmp_path.iterdir()) == []


def test_wrong_ranges_are_left_to_the_function_that_knows_them(capsys: pytest.CaptureFixture[str]) -> None:
    """A number that can be read but not used gives the message of the Python API."""
    assert "jobs: required a positive integer, found 0" in run(["verify", "--jobs", "0"], capsys)[2]
    assert "timeout: required seconds > 0, found -1.0" in run(["verify", "--timeout", "-1"], capsys)[2]


def sub_commands(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """The sub-commands of a parser by name."""
    actions = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    return dict(actions[0].choices)


def test_every_command_has_help_with_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    """--help of each sub-command that the parser knows shows how it is called, and every argument is explained."""
    commands = sub_commands(build_parser())
    assert {"verify", "list", "show", "check", "table", "assumptions", "doctor", "new", "cite"} <= set(commands)
    commands |= {f"table {family}": parser for family, parser in sub_commands(commands["table"]).items()}
    for name, parser in commands.items():
        code, out, _ = run([*name.split(), "--help"], capsys)
        assert code == 0 and f"\n  lemmascope {name}" in out, name
        assert parser.description and parser.description.endswith(".")
        # The checker's `-I -S` remark and the like stay below 120 columns, as the sources do.
        assert max(map(len, out.splitlines())) <= 120


def test_messages_that_argparse_may_write_elsewhere() -> None:
    """A message of a kind that we do not know keeps its words and still says what to do."""
    assert usage_message("lemmascope x", "something odd.") == (
        "lemmascope x: required what its help describes, found something odd. Run `lemmascope x --help` for examples.")
    assert usage_message("p", "argument --a: not allowed with argument --b").startswith("--a: required what its help")


COMMANDS = ["list", "show", "check", "table", "assumptions", "new", "cite", "verify"]
WORDS = [*COMMANDS, "covering", "textbook", "--arch", "--eps", "--format", "--json", "--ledger", "--jobs", "--timeout",
         "--seed", "--profile", "--second", "--bound", "--", "-", "-1", "0", "0.1", "1/0", "nan", "inf", "1e999999999",
         "9" * 400, "2-3-1", "2--1", "2-0-1", "", "é", "\u0663", "\x00", "a::b", "::", "x.py::", ".", "/",
         "..", "no/such.json", "no/such.py", "covering.volum", "ax.exp_ge", "quick", "md", "pdf", "'", "\n",
         "x" * 300 + ".py"]
"""What a confused user, or a script with an unset variable, may type."""


def random_lines(count: int, seed: int) -> list[list[str]]:
    """Command lines of one to six random words, most with a command in front; none that would start a long run."""
    dice = random.Random(seed)
    lines = []
    while len(lines) < count:
        first = dice.choice(COMMANDS) if dice.random() < 0.8 else dice.choice(WORDS)
        line = [first, *(dice.choice(WORDS) for _ in range(dice.randint(0, 5)))]
        if first == "table" and dice.random() < 0.5:
            line = ["table", "covering", "--arch", dice.choice(WORDS), "--eps", *line[1:]]
        if first != "verify" or any(word in ("no/such.py", "covering.volum", "nan", "::") for word in line):
            lines.append(line)
    return lines


def survive(lines: list[list[str]], place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each line ends with a documented code; bad input is one paragraph and leaves nothing behind."""
    for line in lines:
        code, _, err = run(line, capsys)
        assert code in (0, 1, 2), (line, code, err)
        assert "Traceback" not in err and "internal error" not in err, (line, err)
        if code == 2:
            assert err.count("\n") == 1 and "required" in err and "found" in err, (line, err)
        assert list(place.iterdir()) == [], line


def test_random_arguments_give_no_traceback(tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                            capsys: pytest.CaptureFixture[str]) -> None:
    """Forty random command lines; a thousand in the slow suite."""
    monkeypatch.chdir(tmp_path)
    survive(random_lines(40, 1), tmp_path, capsys)


@pytest.mark.slow
def test_a_thousand_random_command_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                         capsys: pytest.CaptureFixture[str]) -> None:
    """The same with a thousand lines."""
    monkeypatch.chdir(tmp_path)
    survive(random_lines(1000, 2), tmp_path, capsys)

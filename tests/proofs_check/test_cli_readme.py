"""What the documents tell a newcomer to type exists: commands, targets, files, names."""

from __future__ import annotations

import ast
import importlib
import re
import shlex
import tomllib
from pathlib import Path

import pytest

from proofs_check.cli import build_parser
from proofs_check.registry import is_file, load

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")]
COMMANDS = sorted(set(re.findall(r"^\$ lemmascope (.+)$", README, re.M)))


@pytest.mark.parametrize("line", COMMANDS)
def test_every_command_of_the_readme_can_be_typed(line: str) -> None:
    """The parser accepts it, and each claim or family that it names exists."""
    words = shlex.split(line, comments=True)
    args = build_parser().parse_args(words[: words.index("|")] if "|" in words else words)
    names = [*getattr(args, "targets", ()), *filter(None, [getattr(args, "claim", None)])]
    base = load()
    for name in names:
        assert is_file(name) or name in base.items or name in (*base.families, "textbook")


def test_the_tour_covers_what_a_newcomer_needs() -> None:
    """Each of the first commands is shown with its output."""
    shown = {line.split()[0] for line in COMMANDS}
    assert {"verify", "show", "check", "table", "new", "attack", "cite"} <= shown


def test_make_targets_and_scripts_of_the_documents_exist() -> None:
    """`make X` and `scripts/...` are there, and `make test` and `make verify` need nothing else."""
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    text = "\n".join(path.read_text(encoding="utf-8") for path in DOCUMENTS)
    assert set(re.findall(r"(?:`|\$ )make ([a-z-]+)", text)) <= targets
    folders = "scripts|examples|tests|proofs_check|theory|numerics|benchmarks"
    for path in re.findall(rf"(?:{folders})/[\w/]+\.(?:py|json)", text):
        assert (ROOT / path).is_file(), path


def test_python_of_the_readme_compiles_and_imports_what_exists() -> None:
    """Names that the examples import are there."""
    blocks = re.findall(r"```python\n(.*?)```", README, re.S)
    assert blocks
    for block in blocks:
        for node in ast.walk(ast.parse(block)):
            if isinstance(node, ast.ImportFrom) and node.module:
                module = importlib.import_module(node.module)
                assert all(hasattr(module, alias.name) for alias in node.names)


def test_entry_points_of_the_distribution_exist() -> None:
    """The console script and the pytest plug-in name modules and functions that are there."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    module, function = project["scripts"]["lemmascope"].split(":")
    assert callable(getattr(importlib.import_module(module), function))
    plugin = importlib.import_module(project["entry-points"]["pytest11"]["lemmascope"])
    assert callable(plugin.pytest_addoption)
    from proofs_check import __version__

    assert project["version"] == __version__

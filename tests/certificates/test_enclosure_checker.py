"""The enclosure checker: right bounds are confirmed, also those of the engine; wrong certificates of all kinds not."""

from __future__ import annotations

import ast
import copy
import importlib.util
import json
import subprocess
import sys
from fractions import Fraction
from math import exp
from math import tanh as float_tanh
from pathlib import Path
from typing import Any

import numpy as np
import pytest

ROOT = Path(__file__).resolve().parents[2]
CHECKER = ROOT / "proofs_check" / "certificates" / "enclosure_checker"
LINES = 350

if str(CHECKER) not in sys.path:
    sys.path.append(str(CHECKER))

_spec = importlib.util.spec_from_file_location("enclosure_checker_main", CHECKER / "__main__.py")
assert _spec is not None and _spec.loader is not None
main_module = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(main_module)

import curves  # noqa: E402


def layer(weight: Any, bias: Any, activation: str, noise: str = "1/2", **more: Any) -> dict[str, Any]:
    """A layer of a certificate."""
    return {"weight": weight, "bias": bias, "activation": activation, "slope": "0", "step": None, "noise": noise} | more


def certificate(layers: Any, cells: Any, claims: Any, inputs: Any = (("-1", "1"),), alpha: Any = ("1",)) -> Any:
    """A certificate; claims are pairs of a box and bounds."""
    return {"format": "lemmascope-enclosure", "schema": 1,
            "chain": {"input": [list(pair) for pair in inputs], "layers": layers,
                      "readout": {"alpha": list(alpha), "beta": "0"}},
            "cells": cells, "claims": [{"box": box, "bounds": bounds} for box, bounds in claims]}


def kink(bounds: tuple[str, str] = ("3/32", "5/32"), at: str = "0") -> Any:
    """x + noise, then relu, cells of width 1/8: sums of left and right ends give [3/32, 5/32] at 0, 1 +- 1/16 at 1."""
    layers = [layer([["1"]], ["0"], "identity"), layer([["1"]], ["0"], "relu")]
    claims = [([[at, at]], list(bounds)), ([["1", "1"]], ["15/16", "17/16"])]
    return certificate(layers, [{"window": 8, "origin": ["-1"], "counts": [16]}], claims)


def plane() -> Any:
    """Two coordinates that do not mix, relu, readout 2 y_1 - y_2, noise on [-1, 1], cells of width 1/2."""
    one = [["1", "0"], ["0", "1"]]
    layers = [layer(one, ["0", "0"], "identity", "1"), layer(one, ["0", "0"], "relu", "1")]
    cells = [{"window": 4, "origin": ["-1", "-1"], "counts": [4, 4]}]
    # window sums at 0: ends 0, 0, 0, 1/2 and 0, 0, 1/2, 1, so means of relu are in [1/8, 3/8]
    return certificate(layers, cells, [([["0", "0"], ["0", "0"]], ["-1/8", "5/8"])], (("-1", "1"),)*2, ("2", "-1"))


def engine(width: int = 1) -> Any:
    """A certificate that the engine wrote for three tanh layers and a leaky ReLU residual block."""
    from numerics.mori_zwanzig.chain import NoisyChain, NoisyLayer
    from numerics.mori_zwanzig.enclosure import enclose

    rng = np.random.default_rng(width)
    layers = [NoisyLayer.plain(rng.normal(size=(width, width)), rng.normal(size=width), name, "uniform:0.7", step)
              for name, step in (("tanh", None), ("sigmoid", None), ("leaky_relu", -0.5), ("tanh", 0.25))]
    chain = NoisyChain(tuple(layers), ((-1.0, 1.0),)*width, (rng.normal(size=(1, width)), np.array([0.5])))
    boxes = [[(Fraction(k, 4), Fraction(k, 4))]*width for k in (-4, 0, 3)] + [[(Fraction(0), Fraction(1, 8))]*width]
    return enclose(chain, 60 if width == 1 else 8).certificate(boxes)


def checked(value: Any, path: Path) -> dict[str, Any]:
    """The checker's finding on a JSON value or a text."""
    path.write_text(value if isinstance(value, str) else json.dumps(value))
    return main_module.examine(path)


def edited(value: Any, place: tuple[Any, ...], new: Any) -> Any:
    """A copy with another value at a place."""
    found = copy.deepcopy(value)
    part = found
    for key in place[:-1]:
        part = part[key]
    part[place[-1]] = new
    return found


@pytest.mark.parametrize(("name", "claims"), [("kink", 2), ("plane", 1), ("line", 4), ("two neurons", 4)])
def test_right_certificates_are_accepted(name: str, claims: int, tmp_path: Path) -> None:
    """Bounds computed by hand, and those of the engine in one and two coordinates, are confirmed."""
    made = {"kink": kink, "plane": plane, "line": engine, "two neurons": lambda: engine(2)}[name]()
    found = checked(made, tmp_path / "c.json")
    assert found["accepted"], found["reason"]
    assert found["claims"] == claims and found["layers"] == len(made["chain"]["layers"]) and len(found["chain"]) == 64


@pytest.mark.parametrize("bounds", [("385/4096", "5/32"), ("3/32", "639/4096"), ("5/32", "5/32")])
def test_bounds_that_the_cells_do_not_give_are_rejected(bounds: tuple[str, str], tmp_path: Path) -> None:
    """With eight cells a window nothing tighter than [3/32, 5/32] follows at 0, though 1/8 is the value."""
    found = checked(kink(bounds), tmp_path / "c.json")
    assert not found["accepted"] and "is not confirmed" in found["reason"]


def test_one_layer_needs_no_cells(tmp_path: Path) -> None:
    """q_0 = relu(1/4) exactly for one layer, whatever the noise; 1/4 + 2^-70 is not a lower bound."""
    made = certificate([layer([["1"]], ["0"], "relu", "9")], [], [([["1/4", "1/4"]], ["1/4", "1/4"])])
    assert checked(made, tmp_path / "c.json")["accepted"]
    wrong = edited(made, ("claims", 0, "bounds"), [str(Fraction(1, 4) + Fraction(1, 2**62)), "1"])
    assert not checked(wrong, tmp_path / "c.json")["accepted"]


HUGE = "1" * 2001
FIRST = ("chain", "layers", 0)
# (attack, place, new value, part of the reason)
ATTACKS = [
    ("another format", ("format",), "lemmascope-decision", "format or schema"),
    ("schema 2", ("schema",), 2, "format or schema"),
    ("schema true", ("schema",), True, "format or schema"),
    ("schema 1.0", ("schema",), 1.0, "format or schema"),
    ("a field too many", ("comment",), "trust me", "the fields format"),
    ("no claims", ("claims",), [], "claims: a list"),
    ("claims an object", ("claims",), {"box": []}, "claims: a list"),
    ("upper bound below the lower", ("claims", 0, "bounds"), ["1", "0"], "lower end is above"),
    ("bounds of another box", ("claims", 0, "box"), [["1/4", "1/4"]], "not confirmed"),
    ("a wider box", ("claims", 0, "box"), [["0", "1/8"]], "upper bound is not confirmed"),
    ("a box outside", ("claims", 0, "box"), [["0", "2"]], "outside the input box"),
    ("a box with exchanged ends", ("claims", 0, "box"), [["1/8", "0"]], "lower end is above"),
    ("a box of two coordinates", ("claims", 0, "box"), [["0", "0"]]*2, "a list of length 1"),
    ("bounds as floats", ("claims", 0, "bounds"), [0.0, 1.0], "a rational as a text"),
    ("infinite bounds", ("claims", 0, "bounds"), ["-inf", "inf"], "a rational as a text"),
    ("a decimal bound", ("claims", 0, "bounds"), ["0.09", "0.16"], "a rational as a text"),
    ("zero denominator", ("claims", 0, "bounds"), ["0/0", "1"], "a rational as a text"),
    ("a newline", ("claims", 0, "bounds"), ["0\n", "1"], "a rational as a text"),
    ("too many digits", ("claims", 0, "bounds"), ["0", HUGE], "a rational as a text"),
    ("smaller noise in the first layer", (*FIRST, "noise"), "1/4", "not confirmed"),
    ("larger noise in the first layer", (*FIRST, "noise"), "3/4", "not confirmed"),
    ("no noise", (*FIRST, "noise"), "0", "a positive amplitude"),
    ("negative noise", (*FIRST, "noise"), "-1/2", "a positive amplitude"),
    ("noise a number", (*FIRST, "noise"), 1, "a rational as a text"),
    ("another weight", (*FIRST, "weight"), [["1/2"]], "not confirmed"),
    ("a weight that leaves the cells", (*FIRST, "weight"), [["2"]], "do not contain all noise windows"),
    ("a bias that leaves the cells", (*FIRST, "bias"), ["2"], "do not contain all noise windows"),
    ("a column too many", (*FIRST, "weight"), [["1", "1"]], "1 columns expected"),
    ("a row too many", (*FIRST, "weight"), [["1"], ["1"]], "a list of length 1"),
    ("rows of two lengths", ("chain", "layers", 1), layer([["1"], ["1", "2"]], ["0", "0"], "relu"), "equal length"),
    ("unknown activation", (*FIRST, "activation"), "gelu", "one of tanh"),
    ("activation a list", (*FIRST, "activation"), ["identity"], "one of tanh"),
    ("another activation", ("chain", "layers", 1, "activation"), "identity", "lower bound is not confirmed"),
    ("a slope above 1", (*FIRST, "slope"), "2", "a slope from 0 to 1"),
    ("a decreasing slope", ("chain", "layers", 1), layer([["1"]], ["0"], "leaky_relu", slope="-1"), "a slope from 0"),
    ("a skip connection", ("chain", "layers", 1, "step"), "1", "not confirmed"),
    ("step a bool", (*FIRST, "step"), True, "a rational as a text"),
    ("another readout", ("chain", "readout", "alpha"), ["2"], "not confirmed"),
    ("a readout of two", ("chain", "readout", "alpha"), ["1", "1"], "a list of length 1"),
    ("a shifted readout", ("chain", "readout", "beta"), "1/4", "not confirmed"),
    ("no layers", ("chain", "layers"), [], "a list of length"),
    ("input box upside down", ("chain", "input"), [["1", "-1"]], "lower end is above"),
    ("no cells", ("cells",), [], "cells of 1 levels expected"),
    ("cells of a level too many", ("cells",), [kink()["cells"][0]]*2, "cells of 1 levels expected"),
    ("half the cells", ("cells", 0, "counts"), [8], "do not contain all noise windows"),
    ("shifted cells", ("cells", 0, "origin"), ["-5/4"], "do not contain all noise windows"),
    ("window 0", ("cells", 0, "window"), 0, "an integer from 1"),
    ("window as a bool", ("cells", 0, "window"), True, "an integer from 1"),
    ("a window of other cells", ("cells", 0, "window"), 7, "not confirmed"),
    ("coarser cells", ("cells", 0), {"window": 1, "origin": ["-1"], "counts": [2]}, "not confirmed"),
    ("two axes", ("cells", 0, "counts"), [16, 16], "a list of length 1"),
    ("too many cells", ("cells", 0, "counts"), [1 << 30], "an integer from 1"),
]


@pytest.mark.parametrize("attack", ATTACKS, ids=[attack[0] for attack in ATTACKS])
def test_wrong_certificates_are_rejected(attack: tuple[Any, ...], tmp_path: Path) -> None:
    """Each edit of an accepted certificate is rejected for its own reason."""
    _, place, new, reason = attack
    found = checked(edited(kink(), place, new), tmp_path / "c.json")
    assert not found["accepted"] and reason in found["reason"], found


@pytest.mark.parametrize(("text", "reason"), [
    ("", "JSONDecodeError"), ("[]", "an object"), ("null", "an object"), ("[" * 100_000, "RecursionError"),
    ('{"format": "lemmascope-enclosure", "format": "x"}', "a key twice"), ("9" * 5000, "ValueError"),
    (json.dumps(kink()).replace('"schema": 1', '"schema": NaN'), "format or schema")])
def test_files_that_hold_no_certificate_are_rejected(text: str, reason: str, tmp_path: Path) -> None:
    """Empty, nested, doubled and strange files prove nothing, and nothing is raised."""
    found = checked(text, tmp_path / "c.json")
    assert not found["accepted"] and reason in found["reason"]


def test_three_coordinates_have_no_cells(tmp_path: Path) -> None:
    """Cells exist for widths 1 and 2 only."""
    one = [["1", "0", "0"], ["0", "1", "0"], ["0", "0", "1"]]
    layers = [layer(one, ["0"]*3, "relu"), layer(one, ["0"]*3, "relu")]
    cells = [{"window": 1, "origin": ["0"]*3, "counts": [1]*3}]
    made = certificate(layers, cells, [([["0", "0"]]*3, ["0", "9"])], (("-1", "1"),)*3, ("1",)*3)
    assert "at most 2 coordinates" in checked(made, tmp_path / "c.json")["reason"]


def test_coarse_cells_before_fine_ones_are_refused_not_computed(tmp_path: Path) -> None:
    """A box of inputs over 2^14 lattice points would take as many evaluations: refused."""
    made = edited(kink(), ("chain", "layers", 0, "noise"), "1/1024")
    made["cells"] = [{"window": 16, "origin": ["-1"], "counts": [1 << 14]}]
    made["claims"][0]["box"] = [["-1", "1"]]
    assert "too coarse" in checked(made, tmp_path / "c.json")["reason"]


@pytest.mark.parametrize("z", [0.0, 1e-18, 2**-8, 0.3, 1.0, 5.5, 30.0, 70.0])
def test_activations_enclose_their_values(z: float) -> None:
    """tanh and the logistic function at both signs: within two units of 2^-80 around the floating-point value."""
    for sign in (1, -1):
        k = int(Fraction(sign*z)*curves.UNIT)
        for name, value in (("tanh", float_tanh(sign*z)), ("sigmoid", 1/(1 + exp(-sign*z)))):
            low, high = curves.activate(name, Fraction(0), k)
            assert low <= high <= low + 2 and abs(low/curves.UNIT - value) <= 2**-51


def test_activations_satisfy_exact_identities() -> None:
    """tanh(2z) = 2 t/(1 + t^2) holds between the bounds for many z: a check against no library."""
    for k in range(1, 60):
        z = curves.UNIT*k//17
        low, high = (Fraction(end, curves.UNIT) for end in curves.tanh(z))
        double = [Fraction(end, curves.UNIT) for end in curves.tanh(2*z)]
        assert double[0] <= 2*high/(1 + high*high) and 2*low/(1 + low*low) <= double[1]


def test_leaky_relu_rounds_outward() -> None:
    """One third of a negative number is rounded to both sides."""
    assert curves.activate("leaky_relu", Fraction(1, 3), -1) == (-1, 0)
    assert curves.activate("relu", Fraction(0), -5) == (0, 0) and curves.activate("relu", Fraction(0), 5) == (5, 5)


def test_the_program_runs_alone(tmp_path: Path) -> None:
    """`python -I -S` on the directory accepts with 0 and rejects with 1, in words and as JSON."""
    path = tmp_path / "c.json"
    for bounds, code, word in ((("0", "1"), 0, "accepted"), (("1/8", "1"), 1, "REJECTED")):
        path.write_text(json.dumps(kink(bounds)))
        done = [subprocess.run([sys.executable, "-I", "-S", str(CHECKER), str(path), *more], capture_output=True,
                               text=True, timeout=60) for more in ((), ("--json",))]
        assert [run.returncode for run in done] == [code, code] and done[0].stdout.startswith(word)
        assert json.loads(done[1].stdout)["accepted"] is (code == 0)


def test_lemmascope_check_knows_enclosures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`lemmascope check FILE` sends enclosures to their checker: 0 accepted, 1 rejected, --second refused with 2."""
    from proofs_check.cli import main

    path = tmp_path / "c.json"
    path.write_text(json.dumps(kink()))
    assert main(["check", str(path)]) == 0 and "accepted, enclosed: 2 bounds of 2 layers" in capsys.readouterr().out
    assert main(["check", str(path), "--json"]) == 0 and json.loads(capsys.readouterr().out)["accepted"] is True
    assert main(["check", str(path), "--second"]) == 2
    path.write_text(json.dumps(kink(("1/8", "1"))))
    assert main(["check", str(path)]) == 1 and "rejected" in capsys.readouterr().out


def test_the_checker_is_small_and_alone() -> None:
    """Standard library and its own files only, no relative imports, at most 350 lines, names of no other checker."""
    own = {path.stem for path in CHECKER.glob("*.py")}
    others = {path.stem for name in ("checker", "decision_checker") for path in (CHECKER.parent / name).glob("*.py")}
    assert own & others == {"__main__"}
    count = 0
    for path in CHECKER.glob("*.py"):
        tree = ast.parse(path.read_bytes())
        for node in ast.walk(tree):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                assert node.level == 0
                names = [str(node.module)]
            assert {name.split(".")[0] for name in names} <= own | set(sys.stdlib_module_names)
            assert not (isinstance(node, ast.Constant) and isinstance(node.value, float))
        count += sum(1 for text in path.read_text().splitlines() if text.strip() and not text.strip().startswith("#"))
    # docstrings are counted too
    assert count <= LINES

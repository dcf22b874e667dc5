"""The decision checker accepts right answers of every kind, says what it checked, and reads files as it promises."""

from __future__ import annotations

import json
import subprocess
import sys
from fractions import Fraction
from math import cos, exp, sin
from pathlib import Path
from typing import Any

import pytest
from small_decisions import (
    ABS,
    DECISION_CHECKER,
    FIVE,
    by_sign,
    checked,
    edited,
    halves,
    layered,
    leaf,
    network,
    refutations,
    sat,
    split,
    unsat,
    witnesses,
)

WITNESSES, REFUTATIONS = witnesses(), refutations()
EVERYTHING = WITNESSES | REFUTATIONS


@pytest.mark.parametrize("name", EVERYTHING)
def test_right_certificates_are_accepted(name: str) -> None:
    """Each hand-written certificate is accepted with its status, its kind, a sentence and a digest."""
    certificate = EVERYTHING[name]
    found = checked(certificate)
    assert found["accepted"], found["reason"]
    part = certificate.get("witness") or certificate["refutation"]
    assert (found["status"], found["kind"]) == (certificate["status"], part["kind"])
    assert found["checked"].endswith((".", "fixed.")) and len(found["instance"]) == 64


def test_every_kind_occurs() -> None:
    """No kind that the checker knows is without an accepted example."""
    import refutations as no
    import witnesses as yes

    assert {c["witness"]["kind"] for c in WITNESSES.values()} == set(yes.WITNESSES)
    assert {c["refutation"]["kind"] for c in REFUTATIONS.values()} == set(no.REFUTATIONS)


def threshold(name: str, value: Any, **more: Any) -> Any:
    """A certificate with another threshold."""
    made = edited(EVERYTHING[name], "instance", "threshold", to=value)
    return edited(made, "instance", "strict", to=more["strict"]) if more else made


@pytest.mark.parametrize(("name", "optimum"), [("abs5 at 14/5", "14/5"), ("xor at 1", 1)])
def test_weights_at_the_optimum(name: str, optimum: Any) -> None:
    """Weights of loss exactly 14/5 (1) meet the threshold 14/5 (1), but not strictly, nor 10^-12 below it."""
    below = Fraction(optimum) - Fraction(1, 10**12)
    assert checked(threshold(name, optimum))["accepted"]
    assert not checked(threshold(name, optimum, strict=True))["accepted"]
    assert not checked(threshold(name, f"{below.numerator}/{below.denominator}"))["accepted"]


@pytest.mark.parametrize(("name", "bound"), [
    ("conflict", Fraction(1, 2)), ("null", Fraction(2, 3)), ("null without biases", Fraction(1)),
    ("range", Fraction(1)), ("range of sin and step", Fraction(17, 4)), ("no neuron rays", Fraction(1)),
    ("abs5 rays", Fraction(1, 5)),
])
def test_refutations_reach_exactly_to_their_bound(name: str, bound: Fraction) -> None:
    """A bound computed by hand refutes a strict question at it, a closed one just below it, and none above it."""
    just_below, above = bound - Fraction(1, 10**9), bound + Fraction(1, 10**9)
    assert checked(threshold(name, str(bound), strict=True))["accepted"]
    assert checked(threshold(name, str(just_below), strict=False))["accepted"]
    assert not checked(threshold(name, str(above), strict=True))["accepted"]
    assert checked(threshold(name, str(bound), strict=False))["accepted"] is (name == "range")  # never attained


def test_abs5_just_below_14_5() -> None:
    """|x| on -2..2 with one neuron: no loss up to 14/5 - 10^-12, and none below 14/5."""
    # the neuron is on at both ends: the constant 6/5 is best; off at one end: 0 there costs 4, less what the rest gains
    tree = by_sign(leaf(-2, -1, 0, -1, -2), split([[0], 0], split([[0], 4], leaf(-4, 1, 6, 1, -4),
                   leaf(0, 0, 1, -2, -5)), leaf(-5, -2, 1)))
    for value, strict, proved in (("2799999999999/1000000000000", False, True), ("14/5", True, True),
                                  ("14/5", False, False), ("2800000000001/1000000000000", True, False)):
        made = unsat(layered(FIVE, ABS, 1, threshold=value, strict=strict), "rays", sink=0, signs=tree)
        assert checked(made)["accepted"] is proved, value


def test_two_neurons_of_one_sign_split_together() -> None:
    """Neurons of one sign and equal cone may be split as a group: the first is on, or all are off."""
    # 0, 1, 0, 1: p = 0 is below 0; p = 2 is convex; p = 1 is a convex plus a concave neuron
    middle, end = leaf(0, -1, 2, -1), leaf(0, 0, 0, -1)
    mixed = split([[0], 0], split([[0], 3], middle, end), split([[0], 1], middle, leaf(0, -1)))
    convex = leaf(1, -2, 1)

    def tree(both: Any) -> Any:
        signs = by_sign(leaf(0, -1, 0, -1), mixed, both)
        return checked(unsat(layered([0, 1, 2, 3], [0, 1, 0, 1], 2), "rays", sink=0, signs=signs))

    assert tree(convex)["accepted"]
    assert tree(split([[0, 1], 1], convex, convex))["accepted"]
    assert tree(split([[1, 0], 1], split([[1], 2], convex, convex), split([[0, 1], 2], convex, convex)))["accepted"]
    assert "equal cones" in tree(split([[0, 1], 1], split([[0, 1], 2], convex, convex), convex))["reason"]
    mixed = split([[0, 1], 0], split([[0], 3], middle, end), split([[0], 1], middle, leaf(0, -1)))
    assert "one sign" in tree(convex)["reason"]


def test_pins_smaller_classes_and_other_sinks() -> None:
    """What refutes all networks of a shape also refutes those with pins, a box, no bias, or fewer edges."""
    made = REFUTATIONS["abs5 rays"]
    for field, value in (("box", 3), ("pinned", {"h1->y1": 1}), ("biases", []), ("edges", [["h1", "y1"]])):
        assert checked(edited(made, "instance", field, to=value))["accepted"], field
    two = layered(FIVE, [[0, y] for y in ABS], 1)
    assert checked(edited(edited(made, "instance", to=two), "refutation", "sink", to=1))["accepted"]
    assert not checked(edited(made, "instance", to=two))["accepted"]


def test_a_cover_of_boxes() -> None:
    """hat on 0, 1, 2 with one sigmoid and weights up to 1/2: three boxes show loss > 2/5, none of them loss > 2/3."""
    instance = layered([0, 1, 2], [0, 1, 0], 1, "sigmoid", box="1/2", threshold="2/5")
    # |r|^2 = 6 and -<r, y> = 2: the bound is (2 - |<r, out>|)^2 / 6, below 2/3 whatever the intervals
    flat = leaf(1, -2, 1)
    made = unsat(instance, "boxes", sink=0, root=halves("x1->h1", 0, flat, halves("h1", 0, flat, flat)))
    assert checked(made)["accepted"], checked(made)["reason"]
    assert not checked(edited(made, "instance", "threshold", to="2/3"))["accepted"]


def test_instances_are_identified_by_their_digest() -> None:
    """The digest is that of the training instance, changes with every field, but not with the name."""
    from theory.etr_training.instance import TrainingInstance

    certificate = EVERYTHING["imaginary unit"]
    own = checked(certificate)["instance"]
    assert own == TrainingInstance.from_json(certificate["instance"]).digest
    assert checked(edited(certificate, "instance", "name", to="other"))["instance"] == own
    shuffled = json.loads(json.dumps(certificate, sort_keys=True))
    assert checked(shuffled)["instance"] == own
    assert checked(edited(certificate, "instance", "box", to=9))["instance"] != own


def run(*arguments: str) -> Any:
    """The checker as a process."""
    command = [sys.executable, "-I", "-S", str(DECISION_CHECKER), *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60)


def test_command_line(tmp_path: Path) -> None:
    """Exit code 0 and two lines if accepted, 1 and the reason if not, and the same as JSON."""
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    good.write_text(json.dumps(EVERYTHING["abs5"]))
    bad.write_text(json.dumps(edited(EVERYTHING["abs5"], "witness", "weights", "h1", to=1)))
    done = run(str(good))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("accepted  sat, rational: Rational weights bring the loss to the threshold")
    assert done.stdout.splitlines()[1] == f"instance  {checked(EVERYTHING['abs5'])['instance']}"
    done = run(str(bad), "--json")
    assert (done.returncode, done.stderr) == (1, "")
    found = json.loads(done.stdout)
    assert found["accepted"] is False and found["reason"].startswith("certificate.witness.weights: the loss is not")
    done = run()
    assert (done.returncode, done.stderr) == (1, "") and "REJECTED" in done.stdout


@pytest.mark.parametrize("data", [b"", b"[", b"null", b"[]", b"\xff", b'{"status": "sat"}', b"NaN", b"[" * 100_000,
                                  b"1" * 5000, b'{"a": 1, "a": 1}', b'"\\ud800"'])
def test_files_that_are_no_certificate(data: bytes, tmp_path: Path) -> None:
    """Whatever the file holds, the answer is one line with a reason, exit code 1, and no traceback."""
    path = tmp_path / "file"
    path.write_bytes(data)
    done = run(str(path))
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith(("REJECTED  file:", "REJECTED  certificate:")) and done.stdout.count("\n") == 1


class TestIntervals:
    """The enclosures of exp, sin and cos, against a second implementation and the functions of the standard library."""

    @pytest.mark.parametrize("x", [*(Fraction(k, 7) for k in range(-150, 150, 13)), Fraction(10**9), Fraction(-10**9)])
    def test_points(self, x: Fraction) -> None:
        """At points the intervals are narrow and agree with floating point to 1e-14."""
        import ranges

        (s, change), (si, co) = (f(ranges.around(x)) for f in (ranges.sigmoid, ranges.sine))
        wanted = 1 / (1 + exp(-float(x))) if x > -700 else 0.0
        assert close(s, wanted) and close(change, wanted * (1 - wanted))
        if abs(x) < 4096:
            assert close(si, sin(float(x))) and close(co, cos(float(x)))
        else:
            assert si == co == ranges.around(-1, 1)

    def test_contains_flint_balls(self) -> None:
        """On 400 random points and boxes the enclosures overlap the balls of flint at 300 bits, at both ends."""
        import random

        import flint
        import ranges

        rng = random.Random(7)
        with flint.ctx.workprec(300):
            for _ in range(400):
                low = Fraction(rng.randint(-4000, 4000), rng.randint(1, 600))
                box = ranges.around(low, low + Fraction(rng.randint(0, 50), 100))
                ends = (2 * box.lo, 2 * box.hi, box.lo + box.hi)
                ball = [flint.arb(flint.fmpq(end, 2 * ranges.UNIT)) for end in ends]
                (s, change), (si, co) = ranges.sigmoid(box), ranges.sine(box)
                for x in ball:
                    value = 1 / (1 + (-x).exp())
                    for found, wanted in ((s, value), (change, value * (1 - value)), (si, x.sin()), (co, x.cos())):
                        unit = flint.arb(2) ** ranges.K
                        assert not (wanted * unit < found.lo) and not (wanted * unit > found.hi)

    def test_products_are_rounded_outwards(self) -> None:
        """1/3 times 3 encloses 1, with integers only."""
        import ranges

        third = ranges.around(Fraction(1, 3))
        product = third * ranges.around(3)
        assert product.lo < ranges.UNIT <= product.hi or product.lo <= ranges.UNIT < product.hi
        assert all(type(end) is int for end in product)


def close(found: Any, wanted: float) -> bool:
    """Whether an interval is narrow and near a float.

    An argument below 22 is rounded by 2^-49 = 2e-15 at most, and the functions, of slope at most 1, by 2^-53 or so.
    """
    import ranges

    lo, hi = Fraction(found.lo, ranges.UNIT), Fraction(found.hi, ranges.UNIT)
    return hi - lo < Fraction(1, 10**40) and abs(float(lo) - wanted) < 1e-14


class TestRoots:
    """Signs of polynomials at a root."""

    def test_signs_at_the_square_root_of_two(self) -> None:
        """alpha^2 - 2 is zero, alpha - 7/5 positive, alpha - 3/2 negative, also for a reducible polynomial."""
        import algebra
        from refusal import Item

        def poly(*coefficients: Any) -> Any:
            return algebra.Polynomial((("alpha",) * k, Fraction(c)) for k, c in enumerate(coefficients))

        for f, ends in (([-2, 0, 1], [1, 2]), ([6, 0, -5, 0, 1], ["5/4", "3/2"]), ([-8, -8, 4, 4], [0, 9])):
            root = algebra.Root(list(map(Fraction, f)), list(map(Fraction, ends)), Item(None, "test"))
            assert root.sign(poly(-2, 0, 1)) == 0 == root.sign(poly()) == root.sign(poly(-2, 2, 1, -1))
            assert (root.sign(poly("-7/5", 1)), root.sign(poly("-3/2", 1)), root.sign(poly(-3))) == (1, -1, -1)

    def test_a_rational_root_found_by_bisection(self) -> None:
        """x - 1/2 on (0, 1): the first bisection hits the root, and signs stay exact."""
        import algebra
        from refusal import Item

        root = algebra.Root([Fraction(-1, 2), Fraction(1)], [Fraction(0), Fraction(1)], Item(None, "test"))
        half = algebra.Polynomial([(("alpha",), Fraction(2)), ((), Fraction(-1))])
        assert root.sign(half) == 0
        assert root.sign(algebra.Polynomial([(("alpha",), Fraction(2)), ((), Fraction(-2))])) == -1


def test_answers_to_both_sides_of_a_question() -> None:
    """abs5 cannot be both: with one neuron it is refuted, and the weights of two neurons do not fit one."""
    weights = {"h1": 0, "x1->h1": 1, "h1->y1": 1}
    assert not checked(sat(layered(FIVE, ABS, 1), "rational", weights=weights))["accepted"]
    refuted = edited(EVERYTHING["abs5 rays"], "instance", to=layered(FIVE, ABS, 2))
    assert "list of length 3" in checked(refuted)["reason"]


def test_a_network_without_parameters() -> None:
    """All weights pinned: the value is what it is."""
    instance = network("x", "y", "x>y", [[2]], [[6]], pinned={"y": 0, "x->y": 3})
    assert checked(sat(instance, "rational", weights={}))["accepted"]
    assert checked(sat(instance, "rational", weights={"y": 0, "x->y": "9/3"}))["accepted"]
    assert not checked(sat(instance, "rational", weights={"y": 6, "x->y": 0}))["accepted"]

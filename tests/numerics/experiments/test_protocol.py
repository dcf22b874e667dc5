"""The protocol keeps raw data, applies only the rule, and insists that planted violations are caught."""

from __future__ import annotations

import json
from dataclasses import FrozenInstanceError, replace
from fractions import Fraction

import pytest

from numerics.experiments.protocol import Decision, Experiment, PlantedViolation, Size, run
from theory.language.errors import InputError, UnknownNameError


def program(shift):
    """Return a program whose rows carry seed + shift."""
    return lambda seeds, size: tuple({"seed": s, "value": s + shift} for s in seeds)


def decide(rows):
    """The rule of these tests: every value equals its seed."""
    return Decision(all(r["value"] == r["seed"] for r in rows), float(len(rows)), (0.0, 1.0), "counted")


def flaky(seeds, size):
    """A wrong program that behaves well in the first two seeds."""
    return tuple({"seed": s, "value": s + (s > seeds[1])} for s in seeds)


TOY = Experiment(
    id="toy.equal",
    claim="toy.claim",
    title="Toy",
    population="integers",
    statistic="count",
    level=Fraction(1, 100),
    rule="every value equals its seed",
    tightest="equality",
    planted=(PlantedViolation("off by one", "value = seed + 1", program(1)),),
    program=program(0),
    decide=decide,
    quick=Size((1, 2), tuple(range(20)), (("n", 3),)),
    full=Size((1, 2, 3), tuple(range(20)), (("n", 5),)),
)


def test_a_right_program_passes_and_keeps_its_rows():
    """The measurement holds the raw rows, the seeds of the profile and the versions, and is JSON."""
    found = run(TOY, "full")
    assert found.passed and found.rule_held and found.seeds == (1, 2, 3)
    assert [row["value"] for row in found.rows] == [1, 2, 3]
    again = json.loads(json.dumps(found.to_dict()))
    assert again["rows"][0] == {"seed": 1, "value": 1} and "torch" in again["versions"] and again["level"] == "1/100"


def test_a_wrong_program_fails():
    """When the rule does not hold the measurement does not pass."""
    found = run(replace(TOY, program=program(2)))
    assert not found.passed and not found.rule_held


def test_a_planted_violation_must_be_caught():
    """A violation that escapes in 2 of 20 seeds takes the pass away although the rule held."""
    found = run(replace(TOY, planted=(PlantedViolation("flaky", "two seeds escape", flaky),)))
    assert found.rule_held and not found.passed
    assert (found.planted[0].caught, found.planted[0].seeds, found.planted[0].detected) == (18, 20, False)


def test_nineteen_of_twenty_suffice():
    """Exactly 19 of 20 counts as detected."""
    shifted = PlantedViolation("one escapes", "", lambda s, z: tuple({"seed": k, "value": k + (k > s[0])} for k in s))
    assert run(replace(TOY, planted=(shifted,))).passed


def test_exceptions_are_not_swallowed():
    """A program that raises gives no measurement."""
    with pytest.raises(ZeroDivisionError):
        run(replace(TOY, program=lambda seeds, size: 1 / 0))


def test_names_are_checked():
    """Unknown profiles and options are refused, and an experiment cannot be changed."""
    with pytest.raises(InputError, match="profile"):
        run(TOY, "fast")
    with pytest.raises(UnknownNameError, match="one of: n"):
        TOY.quick.option("m")
    with pytest.raises(FrozenInstanceError):
        TOY.rule = "anything"

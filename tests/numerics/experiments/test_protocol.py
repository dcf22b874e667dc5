"""The protocol keeps raw data, applies only the rule, and insists that planted violations are caught."""

from __future__ import annotations

import json
import math
from dataclasses import FrozenInstanceError, replace
from fractions import Fraction

import pytest

from numerics.experiments import (
    Criterion,
    Evidence,
    Experiment,
    NoMeasurementError,
    PlantedViolation,
    Plot,
    Registration,
    Rule,
    Series,
    Size,
    run,
)
from theory.language.errors import InputError, UnknownNameError


def program(shift):
    """Return a program whose rows carry seed + shift."""
    return lambda seeds, size: tuple({"seed": s, "value": s + shift} for s in seeds)


def evaluate(rows):
    """The figure of these tests: how many values differ from their seed."""
    wrong = sum(r["value"] != r["seed"] for r in rows)
    return Evidence(float(len(rows)), {"wrong": wrong}, len(rows) - wrong, len(rows), "counted")


def plot(rows):
    """Values against seeds."""
    points = Series("values", tuple(r["seed"] for r in rows), tuple(r["value"] for r in rows))
    return Plot("toy", "seed", "value", (points,), Series("equal", (0.0, 9.0), (0.0, 9.0), True))


def escaping(number):
    """Return a wrong program that behaves well in the first `number` seeds."""
    return lambda seeds, size: tuple({"seed": s, "value": s + (k >= number)} for k, s in enumerate(seeds))


TOY = Experiment(
    id="toy.equal",
    claim="toy.claim",
    title="Toy",
    population="integers",
    statistic="count",
    rule=Rule((Criterion("wrong", "=", Fraction(0), "wrong values"),), "a seed", Fraction(1, 10), Fraction(1, 100)),
    tightest="equality",
    registration=Registration((1000,), "seed 1000 was tried"),
    planted=(PlantedViolation("off by one", "value = seed + 1", program(1)),),
    program=program(0),
    evaluate=evaluate,
    plot=plot,
    quick=Size((1, 2), tuple(range(20, 40)), (("n", 3), ("k", 1)), (("n", 2),)),
    full=Size((1, 2, 3), tuple(range(20, 40)), (("n", 5),)),
)


def test_a_right_program_passes_and_keeps_everything_stated():
    """The measurement holds raw rows, seeds, rule, population, history and versions, and is JSON without NaN."""
    found = run(TOY, "full")
    assert found.passed and found.rule_held and found.seeds == (1, 2, 3) and found.false_alarms == 0
    again = json.loads(json.dumps(found.to_dict(), allow_nan=False))
    assert again["rows"] == [{"seed": s, "value": s} for s in (1, 2, 3)] and "torch" in again["versions"]
    assert again["level"] == "1/100" and again["registration"] == "seed 1000 was tried" and again["options"] == {"n": 5}
    assert again["rule"] == TOY.rule.text and again["population"] == "integers" and again["rule_digest"]
    assert again["checks"] == [{"text": "wrong values = 0", "value": 0.0, "holds": True, "guard": False}]
    assert again["plot"]["measured"][0]["y"] == [1.0, 2.0, 3.0]


def test_planted_rows_and_the_failed_criterion_are_kept():
    """For each violation the raw rows with their seeds are kept, and which criterion caught it how often."""
    planted = run(TOY).to_dict()["planted"][0]
    assert (planted["caught"], planted["seeds"], planted["missed"]) == (20, 20, ())
    assert planted["failed"] == {"wrong values = 0": 20}
    assert [row["seed"] for row in planted["rows"]] == list(range(20, 40))


def test_a_wrong_program_fails():
    """When the rule does not hold the measurement does not pass."""
    found = run(replace(TOY, program=program(2)))
    assert not found.passed and not found.rule_held


def test_a_planted_violation_must_be_caught():
    """A violation that escapes in 2 of 20 seeds takes the pass away although the rule held."""
    found = run(replace(TOY, planted=(PlantedViolation("flaky", "two seeds escape", escaping(2)),)))
    assert found.rule_held and not found.passed
    assert (found.planted[0].caught, found.planted[0].missed, found.planted[0].detected) == (18, (20, 21), False)


def test_nineteen_of_twenty_suffice():
    """Exactly 19 of 20 counts as detected."""
    assert run(replace(TOY, planted=(PlantedViolation("one escapes", "", escaping(1)),))).passed


def test_the_right_program_must_survive_small_samples():
    """A rule that rejects the right program on two planted seeds of 20 would catch anything: it does not pass."""
    def unlucky(seeds, size):
        return tuple({"seed": s, "value": s + (s in (20, 30))} for s in seeds)

    found = run(replace(TOY, program=unlucky))
    assert found.rule_held and found.false_alarms == 2 and not found.passed and "2 of 20" in found.detail
    once = replace(TOY, program=lambda seeds, size: tuple({"seed": s, "value": s + (s == 20)} for s in seeds))
    assert run(once).passed and run(once).false_alarms == 1


def test_exceptions_are_not_swallowed():
    """A program that raises gives no measurement, whether it is the right one or a planted one."""
    def broken(seeds, size):
        return 1 / 0

    for experiment in (replace(TOY, program=broken), replace(TOY, planted=(PlantedViolation("b", "", broken),))):
        with pytest.raises(ZeroDivisionError):
            run(experiment)


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
def test_numbers_that_are_not_finite_decide_nothing(bad):
    """NaN and infinity in a row give no measurement, in planted rows neither: a crash is no catch."""
    def broken(seeds, size):
        return tuple({"seed": s, "value": bad if s == seeds[-1] else s} for s in seeds)

    for experiment in (replace(TOY, program=broken), replace(TOY, planted=(PlantedViolation("b", "", broken),))):
        with pytest.raises(NoMeasurementError, match="finite numbers"):
            run(experiment)


def test_nothing_measured_decides_nothing():
    """A program without rows gives no measurement."""
    with pytest.raises(NoMeasurementError, match="at least one row"):
        run(replace(TOY, program=lambda seeds, size: ()))


def test_too_few_trials_decide_nothing():
    """With fewer trials than share and level need there is no measurement, not a rule that failed."""
    strict = replace(TOY.rule, share=Fraction(1, 2))
    with pytest.raises(NoMeasurementError, match="7 trials"):
        run(replace(TOY, rule=strict))


def guarded(rows):
    """The figures of these tests and the number of seeds, for a guard."""
    return replace(evaluate(rows), figures={"wrong": sum(r["value"] != r["seed"] for r in rows), "seeds": len(rows)})


def test_a_guard_that_fails_decides_nothing():
    """A sample that can show nothing gives no measurement, neither a rule that held nor one that failed."""
    guard = Criterion("seeds", ">=", Fraction(3), "number of seeds", guard=True)
    rule = replace(TOY.rule, criteria=(*TOY.rule.criteria, guard))
    for program_ in (program(0), program(1)):
        with pytest.raises(NoMeasurementError, match="number of seeds"):
            run(replace(TOY, rule=rule, evaluate=guarded, program=program_))


def test_a_guard_catches_no_planted_violation():
    """A wrong program is caught by a criterion, not because its sample shows nothing; then the right one fails too."""
    guard = Criterion("seeds", ">=", Fraction(2), "number of seeds", guard=True)
    rule = replace(TOY.rule, criteria=(*TOY.rule.criteria, guard))
    harmless = PlantedViolation("harmless", "nothing is wrong", program(0))
    found = run(replace(TOY, rule=rule, evaluate=guarded, planted=(harmless,)))
    assert found.rule_held and not found.passed
    assert (found.planted[0].caught, found.false_alarms) == (0, 20)
    assert dict(found.planted[0].failed)["number of seeds >= 2"] == 20


def test_planted_seeds_run_with_their_own_options():
    """A planted seed reads the planted options, and keeps the others."""
    seen = []

    def reading(seeds, size):
        seen.append((size.option("n"), size.option("k")))
        return program(0)(seeds, size)

    run(replace(TOY, program=reading))
    assert seen == [(3, 1), (2, 1)]


@pytest.mark.parametrize(("seeds", "planted"), [
    ((), range(20, 40)), ((1, 1), range(20, 40)), ((1, 2), range(20, 39)), ((1, 20), range(20, 40)),
    ((1, 1000), range(20, 40)), ((1, 2), [*range(20, 39), 1000]),
])
def test_seeds_are_enough_fresh_and_distinct(seeds, planted):
    """Missing seeds, fewer than 20 planted ones, repeated ones and ones seen in development are refused."""
    with pytest.raises(InputError, match="seeds"):
        replace(TOY, quick=Size(tuple(seeds), tuple(planted)))


def test_an_experiment_needs_a_planted_violation():
    """Without a wrong program to reject there is no experiment."""
    with pytest.raises(InputError, match="planted"):
        replace(TOY, planted=())


def test_names_are_checked():
    """Unknown profiles and options are refused, and an experiment cannot be changed."""
    with pytest.raises(InputError, match="profile"):
        run(TOY, "fast")
    with pytest.raises(UnknownNameError, match="one of: k, n"):
        TOY.quick.option("m")
    with pytest.raises(FrozenInstanceError):
        TOY.rule = "anything"

"""A rule is data with a digest; exact comparisons decide, and what is not finite decides nothing."""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction

import pytest

from numerics.experiments import Criterion, Evidence, NoMeasurementError, Rule, decide
from theory.language.errors import InputError

RULE = Rule(
    (Criterion("worst", "<=", Fraction(1, 10), "largest error"), Criterion("misses", "=", Fraction(0), "misses")),
    "a network",
    Fraction(1, 2),
    Fraction(1, 1000),
)
GOOD = Evidence(0.05, {"worst": Fraction(1, 20), "misses": 0}, 10, 10, "fine")


def test_all_criteria_and_the_share_are_needed():
    """Ten successes in ten trials reach one half at level 1/1000, nine in ten or nine in nine do not."""
    assert decide(RULE, GOOD).holds and decide(RULE, GOOD).covered
    for changed in (replace(GOOD, successes=9), replace(GOOD, successes=9, trials=9)):
        decision = decide(RULE, changed)
        assert decision.holds and not decision.covered
    decision = decide(RULE, replace(GOOD, figures={"worst": 0, "misses": 1}))
    assert not decision.holds and [check.holds for check in decision.checks] == [True, False]


def test_the_share_is_reached_by_trials_needed_exactly():
    """With the least number of trials, all successful, the share counts as reached although a float rounds."""
    for share in (Fraction(1, 2), Fraction(7, 10), Fraction(9, 10), Fraction(99, 100)):
        rule = replace(RULE, share=share, level=share**5)
        assert rule.trials_needed == 5
        assert decide(rule, replace(GOOD, successes=5, trials=5)).covered
        assert not decide(rule, replace(GOOD, successes=4, trials=4)).covered


def test_comparisons_are_exact():
    """The float nearest to 1/10 is above 1/10 and fails; the Fraction passes."""
    assert not decide(RULE, replace(GOOD, figures={"worst": 0.1, "misses": 0})).holds
    assert decide(RULE, replace(GOOD, figures={"worst": Fraction(1, 10), "misses": 0})).holds


@pytest.mark.parametrize("figures", [{"worst": math.nan, "misses": 0}, {"worst": 0, "misses": math.inf}])
def test_what_is_not_finite_decides_nothing(figures):
    """A figure that is NaN or infinite raises instead of comparing false or true."""
    with pytest.raises(NoMeasurementError, match="not finite"):
        decide(RULE, replace(GOOD, figures=figures))
    with pytest.raises(NoMeasurementError):
        decide(RULE, replace(GOOD, statistic=math.nan))


def test_no_trial_decides_nothing():
    """Without a trial there is no interval and no decision."""
    with pytest.raises(NoMeasurementError, match="0 trials"):
        decide(RULE, replace(GOOD, successes=0, trials=0))


def test_missing_figures_are_named():
    """A figure that the rule needs and the evidence lacks is an error of the experiment."""
    with pytest.raises(InputError, match="misses"):
        decide(RULE, replace(GOOD, figures={"worst": 0}))


def test_every_part_of_the_rule_is_in_its_digest():
    """Changing a threshold, a relation, the share, the level or the unit changes the digest."""
    first, second = RULE.criteria
    variants = [
        replace(RULE, criteria=(replace(first, threshold=Fraction(1, 9)), second)),
        replace(RULE, criteria=(replace(first, relation=">="), second)),
        replace(RULE, criteria=(first,)),
        replace(RULE, share=Fraction(1, 3)),
        replace(RULE, level=Fraction(1, 100)),
        replace(RULE, unit="a seed"),
    ]
    assert len({rule.digest() for rule in (RULE, *variants)}) == 7
    assert RULE.digest() == replace(RULE).digest()


def test_guards_are_told_apart():
    """A guard that fails makes the sample unsound and leaves the rule as it is; it is part of the digest."""
    guard = Criterion("gain", ">=", Fraction(1, 10), "gain", guard=True)
    rule = replace(RULE, criteria=(*RULE.criteria, guard))
    decision = decide(rule, replace(GOOD, figures={**GOOD.figures, "gain": 0}))
    assert decision.holds and not decision.sound
    assert decide(rule, replace(GOOD, figures={**GOOD.figures, "gain": 1})).sound
    assert "nothing is decided unless gain >= 1/10" in rule.text
    plain = replace(RULE, criteria=(*RULE.criteria, replace(guard, guard=False)))
    assert rule.digest() != plain.digest()
    with pytest.raises(InputError, match="besides guards"):
        replace(RULE, criteria=(guard,))


def test_the_text_says_how_many_trials_are_needed():
    """The sentence names criteria, level, unit and the least number of trials."""
    for words in ("largest error <= 1/10", "misses = 0", "level 1/1000", "a network", ">= 1/2", "10 trials"):
        assert words in RULE.text


@pytest.mark.parametrize(("relation", "threshold"), [("<", Fraction(1)), ("==", Fraction(1)), ("<=", 0.1)])
def test_relations_and_thresholds_are_checked(relation, threshold):
    """Only <=, >= and = with exact thresholds are criteria."""
    with pytest.raises(InputError, match="criterion"):
        Criterion("worst", relation, threshold, "text")


@pytest.mark.parametrize("change", [{"criteria": ()}, {"share": Fraction(1)}, {"level": Fraction(0)}, {"share": 0.5}])
def test_rules_without_criteria_or_with_inexact_levels_are_refused(change):
    """A rule has a criterion, and share and level are exact numbers between 0 and 1."""
    with pytest.raises(InputError):
        replace(RULE, **change)


def test_two_criteria_on_one_figure_are_refused():
    """Figures are told apart by name."""
    with pytest.raises(InputError, match="one for each figure"):
        replace(RULE, criteria=(RULE.criteria[0], RULE.criteria[0]))

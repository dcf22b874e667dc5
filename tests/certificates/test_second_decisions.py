"""The second opinion on decisions confirms right answers of each kind, and none that an edit has made wrong."""

from __future__ import annotations

import copy
import random
from fractions import Fraction
from typing import Any

import pytest
from small_decisions import checked, edited, refutations, witnesses

from proofs_check.certificates.second_decisions import recheck_decision
from proofs_check.certificates.second_layers import pieces, responses

EVERYTHING = witnesses() | refutations()


@pytest.mark.parametrize("name", EVERYTHING)
def test_right_answers_are_confirmed(name: str) -> None:
    """Witnesses and refutations written by hand, of each kind."""
    opinion = recheck_decision(EVERYTHING[name])
    assert opinion.agrees, opinion.reason


WRONG = [
    ("abs5", ("witness", "weights", "h1"), 1, "exceeds the threshold"),
    ("abs5 at 14/5", ("instance", "threshold"), "13/5", "exceeds the threshold"),
    ("abs5 at 14/5", ("instance", "strict"), True, "exceeds the threshold"),
    ("step", ("instance", "box"), "1/2", "outside the box"),
    ("pinned", ("witness", "weights", "a->g"), "-1", "not as pinned"),
    ("sigmoid", ("instance", "threshold"), "1/2800", "may exceed"),
    ("sin", ("witness", "weights", "x1->h1"), 1, "may exceed"),
    ("sqrt 2", ("witness", "interval"), [-2, -1], None),
    ("sqrt 2", ("witness", "interval"), [0, 1], "no real root"),
    ("sqrt 2", ("witness", "polynomial"), [-3, 0, 1], "exceeds the threshold"),
    ("sqrt 2 of a product", ("instance", "box"), "7/5", "outside the box"),
    ("krawczyk", ("witness", "centre"), [0, 1], "leaves the box"),
    ("krawczyk", ("witness", "radius"), ["1/1000", "1/10000000"], "leaves the box"),
    ("krawczyk", ("instance", "box"), 1, "admitted weights"),
    ("ln 3", ("witness", "weights", "x->y"), [[1, 2]], "logit"),
    ("ln 3 by roots", ("witness", "weights", "x->y"), [["1/2", 9]], "logit"),
    ("conflict", ("instance", "threshold"), "1/2", "separate"),
    ("conflict", ("instance", "points", 0), [0, 2], "differ"),
    ("null", ("instance", "labels", 1), [0], "separate"),
    ("null", ("refutation", "r"), [[0, 1], [1, -1]], "relation"),
    ("null without biases", ("instance", "biases"), ["y"], "relation"),
    ("rank", ("instance", "labels", 1), [0, 1], "singular"),
    ("rank", ("refutation", "cut"), ["x1"], "avoids the cut"),
    ("piercing", ("refutation", "positive"), [2], "no more intervals"),
    ("piercing", ("refutation", "positive"), [1, 3], "other sign"),
    ("piercing in the plane", ("instance", "points", 2), [2, 2], "line"),
    ("abs5 rays", ("refutation", "signs", 1, "root", "off"), {"r": [[4, -1]]}, "negative in a cell"),
    ("abs5 rays", ("instance", "threshold"), 1, "separate"),
    ("bias rays", ("refutation", "signs", 0, "root", "off"), {"r": [[1, -1]]}, "bias"),
    ("combined rays", ("instance", "threshold"), "1/12", "separate"),
    ("combined rays", ("refutation", "sink"), [1, 1], "separate"),
    ("threshold", ("instance", "strict"), False, "far enough"),
    ("range", ("instance", "threshold"), 2, "far enough"),
    ("LU", ("instance", "labels", 0, 0), 1, "identity does not hold"),
    ("LU", ("instance", "threshold"), 1, "within the threshold"),
    ("imaginary unit", ("refutation", "root", "squares", 0, 0), -1, "negative"),
    ("negative relu", ("instance", "labels", 0, 0), 1, "identity does not hold"),
    ("odds", ("instance", "labels", 2, 0), "9/10", "odds satisfy"),
    ("odds", ("refutation", "circuit", 0, 1), 2, "relation"),
    ("boxes", ("instance", "threshold"), 3, "separate"),
    ("boxes", ("refutation", "root", "split", 1), 1, "outside the box"),
    ("boxes", ("instance", "box"), None, "box"),
]


@pytest.mark.parametrize(("name", "path", "value", "reason"), WRONG, ids=str)
def test_wrong_answers_are_not_confirmed(name: str, path: tuple[Any, ...], value: Any, reason: str | None) -> None:
    """An edit that makes an answer wrong is found; None marks edits that the answer survives, which are confirmed."""
    made = edited(EVERYTHING[name], *path, to=value)
    opinion = recheck_decision(made)
    assert opinion.agrees == checked(made)["accepted"] == (reason is None), opinion.reason
    assert reason is None or reason in opinion.reason


def numbers(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The places of rationals below a value."""
    if isinstance(value, (dict, list)):
        inner = value.items() if isinstance(value, dict) else enumerate(value)
        return [place for key, part in inner for place in numbers(part, (*path, key))]
    rational = type(value) is int or type(value) is str and value.lstrip("-").replace("/", "", 1).isdigit()
    return [path] if rational and path[-1] != "schema" else []


@pytest.mark.parametrize("seed", range(6))
def test_both_checks_give_one_answer(seed: int) -> None:
    """Of 60 random changes of a number the checker and the second opinion accept the same.

    The preconditioner of a Krawczyk witness is left out: the second opinion uses its own.
    """
    rng, accepted = random.Random(seed), 0
    for _ in range(60):
        name = rng.choice(list(EVERYTHING))
        made = copy.deepcopy(EVERYTHING[name])
        places = [path for path in numbers(made) if "preconditioner" not in path
                  and (name != "krawczyk" or "equations" not in path)]
        *path, last = rng.choice(places)
        inner = made
        for key in path:
            inner = inner[key]
        inner[last] = rng.choice([0, 1, -1, 2, "1/2", "-1/3", 10**6, str(Fraction(inner[last]) + Fraction(1, 1000))])
        found, opinion = checked(made), recheck_decision(made)
        assert found["accepted"] == opinion.agrees, (name, path, last, found.get("reason"), opinion.reason)
        accepted += opinion.agrees
    assert 5 <= accepted <= 55


def test_cones_of_points_on_a_line() -> None:
    """Three points on a line, forms a x + b at x = 0, 1, 2: six cones, and convexity by hand.

    relu(b) - 2 relu(a + b) + relu(2 a + b) >= 0 on all of them.
    """
    from flint import fmpq

    cones = pieces([(fmpq(x), fmpq(1)) for x in (0, 1, 2)])
    assert len(cones) == 6 == len({cone.signs for cone in cones})
    changes = [[u - 2 * v + w for u, v, w in responses(cone)] for cone in cones]
    assert all(change >= 0 for found in changes for change in found)
    # relu(a x + b) has a kink between 0 and 2 in four of the six
    assert sum(any(found) for found in changes) == 4


def test_cones_of_points_in_the_plane() -> None:
    """n points in general position in the plane: 2 (1 + (n - 1) + C(n - 1, 2)) cones in the space of (a, b)."""
    from flint import fmpq

    points = [(0, 0), (1, 0), (0, 1), (2, 3), (5, 1)]
    for n in range(1, 6):
        forms = [(fmpq(x), fmpq(y), fmpq(1)) for x, y in points[:n]]
        assert len(pieces(forms)) == 2 * (1 + (n - 1) + (n - 1) * (n - 2) // 2)


@pytest.mark.parametrize("value", [None, 7, "", [], {}, {"status": "sat"}, {"status": "unsat", "instance": {}}])
def test_what_is_no_certificate_is_not_confirmed(value: Any) -> None:
    """Whatever is given, the answer is an opinion and no exception."""
    assert not recheck_decision(value).agrees


@pytest.mark.parametrize(("low", "high", "shift", "least", "most"), [
    (0, 1, 0, "sin 0", "sin 1"), (1, 2, 0, "sin 1", "1"), (4, 5, 0, "-1", "sin 4"), (0, 7, 0, "-1", "1"),
    (-2, -1, 0, "-1", "sin -1"), (3, 4, 0, "sin 4", "sin 3"), (-1, 2, 1, "cos 2", "1"), (2, 4, 1, "-1", "cos 2"),
    (7, 8, 1, "cos 8", "cos 7"), (-100, 100, 1, "-1", "1")])
def test_ranges_of_sine_by_turning_points(low: int, high: int, shift: int, least: str, most: str) -> None:
    """sin turns at pi/2 + k pi, cos at k pi: the ends are values at the ends of the interval, or -1 and 1."""
    from flint import arb, fmpq

    from proofs_check.certificates.second_networks import between

    def end(text: str) -> Any:
        name, _, x = text.rpartition(" ")
        return getattr(arb(int(x)), name)() if name else arb(int(x))

    found = between(fmpq(low), fmpq(high)).sine(shift)
    assert found.lo <= end(least).upper() and found.hi >= end(most).lower()
    assert abs(found.lo - end(least)) < fmpq(1, 2**40) and abs(found.hi - end(most)) < fmpq(1, 2**40)


def test_ranges_of_the_sigmoid() -> None:
    """s(0) = 1/2, s' has its largest value 1/4 at 0 and is even; s(-x) = 1 - s(x), also far out."""
    from flint import fmpq

    from proofs_check.certificates.second_networks import activated, jet

    z = activated("v", "sigmoid", jet(fmpq(-1), fmpq(3), "w"))
    slope = z.slopes["w"]
    assert slope.hi == fmpq(1, 4) and z.value.lo < fmpq(1, 2) < z.value.hi
    far = activated("v", "sigmoid", jet(fmpq(3), fmpq(10**6), "w"))
    # the least slope over [-1, 3] is that at 3, the largest over [3, 10^6]
    assert abs(far.slopes["w"].hi - slope.lo) < fmpq(1, 2**40) and 0 <= far.slopes["w"].lo < fmpq(1, 2**100)
    assert far.value.hi <= 1 + fmpq(1, 2**40) and abs(far.value.lo - z.value.hi) < fmpq(1, 2**40)

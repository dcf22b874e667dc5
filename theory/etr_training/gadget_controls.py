"""What goes wrong when a part of the gadgets is left out: instances, and weights that fit them although none should.

- Identity networks without the zero datum, or without the label of e_c at the second sink, fit the instance of
  X X = -1, which has no real solution.
- The calibration of a ReLU neuron without the datum c = 1 does not determine v w_c = 1, and without the datum a = -1
  it does not determine v w_a = omega.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from theory.etr_training.compile_identity import identity_instance
from theory.etr_training.flattening import GadgetSystem
from theory.etr_training.instance import TrainingInstance, Weights
from theory.etr_training.instance_assembly import Assembly
from theory.etr_training.slack_sources import with_slack_sources
from theory.language.errors import InputError, explain

MINUS_ONE_SQUARE = GadgetSystem(("x", "y"), constants=(("y", Fraction(-1)),), products=(("x", "x", "y"),))
"""X X = Y, Y = -1: no real solution."""

CALIBRATION_DATA = ("zero", "c=1", "c=2", "a=1", "a=-1")


@dataclass(frozen=True)
class GadgetControl:
    """A weakened instance, weights that fit it exactly, and what they violate."""

    missing: str
    instance: TrainingInstance
    weights: Weights
    violated: str


def without_zero_datum() -> GadgetControl:
    """X X = -1 becomes fittable, since the sinks' biases 1 replace the paths from every c."""
    raw = identity_instance(MINUS_ONE_SQUARE, frozenset({"zero datum"}))
    weights = {"t": 1, "u": 1, "g_x": 0, "g_y": 0, "h_1": 0,
               "a_x->g_x": 1, "c_x->g_x": 0, "g_x->t": 1, "g_x->u": 1,
               "a_y->g_y": 1, "c_y->g_y": 0, "g_y->t": -2, "g_y->u": -2,
               "A_1->h_1": 1, "C_1->h_1": 0, "h_1->t": 0, "h_1->u": -3}
    return _control("zero datum", raw, weights, "X X = -1")


def with_free_copy_label() -> GadgetControl:
    """X X = -1 becomes fittable, since X is 1 at sink t and -1 at sink u."""
    raw = identity_instance(MINUS_ONE_SQUARE, frozenset({"copy label"}))
    weights = {"t": 0, "u": 0, "g_x": 0, "g_y": 0, "h_1": 0,
               "a_x->g_x": 1, "c_x->g_x": 1, "g_x->t": 1, "g_x->u": -1,
               "a_y->g_y": -1, "c_y->g_y": 1, "g_y->t": 1, "g_y->u": 1,
               "A_1->h_1": 1, "C_1->h_1": 1, "h_1->t": 1, "h_1->u": -1}
    return _control("copy label", raw, weights, "X X = -1")


def _control(missing: str, raw: TrainingInstance, weights: dict[str, int], violated: str) -> GadgetControl:
    slackened = with_slack_sources(raw)
    exact = slackened.forward({name: Fraction(number) for name, number in weights.items()})
    return GadgetControl(missing, slackened.instance, exact, violated)


def calibration_instance(drop: str | None = None) -> TrainingInstance:
    """Return the calibration of one ReLU neuron: sources a, c -> g -> t and q -> t, with the data CALIBRATION_DATA.

    Every exact fit has w(g->t) w(c->g) = 1 and w(g->t) w(a->g) = w(q->t); the datum c=2 is not needed for that.

    Raises:
        InputError: `drop` is none of the data.
    """
    if drop is not None and drop not in CALIBRATION_DATA:
        raise InputError(explain("drop", f"one of {', '.join(CALIBRATION_DATA)}", repr(drop), "Leave it out."))
    assembly = Assembly(("t",))
    assembly.neuron("g", "relu", ("a", "c"), ("t",))
    assembly.direct("q", "t")
    rows = ({}, {"c": 1}, {"c": 2}, {"a": 1, "c": 2, "q": -1}, {"a": -1, "c": 2, "q": 1})
    for name, inputs, label in zip(CALIBRATION_DATA, rows, (0, 1, 2, 2, 2), strict=True):
        if name != drop:
            assembly.datum(inputs, label)
    return assembly.instance()


def without_calibration(datum: str) -> GadgetControl:
    """Weights (v, w_c, b, w_a, omega) that fit all calibration data but "c=1" or "a=-1", and violate the lemma.

    Raises:
        InputError: another datum.
    """
    found = {"c=1": (Fraction(2, 3), 2, -1, 0, 0), "a=-1": (1, 1, 0, -3, -2)}.get(datum)
    if found is None:
        raise InputError(explain("datum", "'c=1' or 'a=-1'", repr(datum), "c=2 is not needed at all."))
    v, w_c, b, w_a, omega = map(Fraction, found)
    weights = {"g": b, "a->g": w_a, "c->g": w_c, "g->t": v, "q->t": omega, "t": -v * max(b, Fraction(0))}
    return GadgetControl(datum, calibration_instance(datum), weights,
                         "v w_c = 1" if datum == "c=1" else "v w_a = omega")

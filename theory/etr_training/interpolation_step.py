"""One kink for two data points: the step of the interpolation with pi + 2 neurons.

An interpolant reaches x(1) with slope s(0). When the slopes of the next two pieces of the data rise,
s(0) < s(1) < s(2), one neuron c max(x - t, 0) with its kink t strictly between x(1) and x(2), where the incoming line
meets the line of the second piece, fits the data from x(2) on with slope s(2) and changes nothing up to x(1). Falling
slopes: the negative.
"""

from __future__ import annotations

from theory.language import Claim, Comparison, Control, Kill, Source, Statement, Witness, statement
from theory.language.derivation import apply, combine, intro, witness

_DATA = "h1: x1 < x2, h3: s0 < s1, h4: s1 < s2"
_KINK = "h5: c = s2 - s0, h6: c*t = c*x2 - (s1 - s0)*(x2 - x1)"
_BEFORE = "(all x:real | x <= x1 => c*max(x - t, 0) = 0)"
_AFTER = ("(all x:real | x2 <= x => y + s0*(x - x1) + c*max(x - t, 0) = y + s1*(x2 - x1) + s2*(x - x2))")
_ALL = "all x1 x2 y s0 s1 s2 c t:real"


def _statement(conclusion: str, data: str = _DATA, kink: str = _KINK) -> Statement:
    return statement(f"{_ALL} | {data}, {kink} => {conclusion}")


STATEMENT = _statement(f"some | 0 < c, x1 < t, t < x2, {_BEFORE}, {_AFTER}")
"""h1 two points; h3, h4 rising slopes before, between and after them; h5, h6 the weight and the kink of the neuron."""

_DERIVATION = (
    combine("c0", "0 < c", "h3 h4 h5"),
    combine("a1", "0 < (s2 - s1)*(x2 - x1)", "h1 h4"), combine("a2", "0 < (s1 - s0)*(x2 - x1)", "h1 h3"),
    combine("b1", "c*x1 < c*t", "a1 h5 h6", degree=1), combine("b2", "c*t < c*x2", "a2 h6", degree=1),
    combine("t1", "x1 < t", "b1", mul="c0", degree=1), combine("t2", "t < x2", "b2", mul="c0", degree=1),
    intro("before", _BEFORE[1:-1], "hx", combine("z0", "x - t <= 0", "hx t1"),
          apply("r", "etr_training.relu_off", z="x - t"), combine("z", facts="r")),
    intro("after", _AFTER[1:-1], "hx", combine("z0", "0 <= x - t", "hx t2"),
          apply("r", "etr_training.relu_on", z="x - t"), combine("z", facts="r h5 h6")),
    witness("end"),
)

_SQUARES = {"x1": "0", "x2": "1", "y": "0", "s0": "0", "s1": "1", "s2": "3", "c": "3", "t": "2/3"}
"""x^2 from 0 on, with slope 0 before: the neuron 3 ReLU(x - 2/3) = ReLU(3 x - 2) fits 0, 1 and 2."""

INSTANCE = Witness((witness("end", **_SQUARES),))

CONTROLS = (
    Control("kink_at_the_point", "the kink at the data point x1 instead: one neuron fits one further point only",
            _statement("y + s0*(x2 - x1) + c*max(x2 - t, 0) = y + s1*(x2 - x1)", kink="c = s2 - s0, t = x1"),
            Witness((witness("end", **{**_SQUARES, "t": "0"}),))),
    Control("slopes_turn", "slopes that rise and then fall: the lines do not meet between the points",
            _statement("t < x2", data="h1: x1 < x2, h3: s0 < s1"),
            Witness((witness("end", **{**_SQUARES, "s2": "-1", "c": "-1", "t": "2"}),))),
)

_FAR = {"x1": "100", "x2": "101", "y": "7", "s0": "1", "s1": "2", "s2": "4", "c": "3", "t": "302/3"}


def _point(name: str, **values: str) -> Kill:
    return Kill(name, Witness((witness("end", **{**_FAR, **values}),)))


KILLS = (
    _point("far from 0, before", x="100"), _point("far from 0, after", x="101"), _point("far from 0, later", x="103"),
    _point("slopes that do not rise first", s0="2", c="2", t="101", x="101"),
    _point("slopes that do not rise then", s2="2", c="1", t="100", x="101"),
    _point("negative places", x1="-101", x2="-100", t="-301/3", x="-101"),
    _point("negative places, after", x1="-101", x2="-100", t="-301/3", x="-100"),
)

CLAIM = Claim(
    id="etr_training.interpolation_step",
    title="One neuron fits two more points when the slopes rise twice",
    statement=STATEMENT,
    source=Source("Lemmascope", 2026, "Interpolation with piercing number plus two neurons", "new",
                  note="The step of the walk along the data that gives w* <= pi_+ + pi_- + 2; elementary."),
    summary="With c = s2 - s0 and the kink where the two lines meet, the interpolant is kept up to x1 and continues on"
            " the data with slope s2 from x2 on.",
    derivation=_DERIVATION,
    instance=INSTANCE,
    controls=CONTROLS,
    comparison=(
        Comparison("upper bound", "pi <= w* <= pi + 2, and pi + 1 with an output bias", "the step alone: one kink for"
                   " a pair of equal signs",
                   "weaker: that the walk uses ceil(l/2) kinks for a run of l equal signs, and"
                   " that the affine rest costs two neurons (one with a bias), is done by `interpolant` and tested"),
        Comparison("odd run", "first kink at the first data point of the run", "not in the statement",
                   "there one neuron with kink x1 and weight s1 - s0 changes the slope; nothing to prove"),
        Comparison("sign", "positive and negative pairs", "rising slopes, 0 < c", "falling slopes are the negative of"
                   " the data"),
    ),
    kills=KILLS,
    tightness="The kink is determined: two lines that differ meet once.",
)

"""Points against mutants of `covering.training_equivariant`: pairs of runs whose states are polynomials in step t.

Mutants are made of the theorem for losses that are affine along each coordinate, in which no hypothesis is about a
limit: an epsilon and a radius for every point would be needed otherwise, and nothing else would change. There is one
coordinate; what holds for it holds for all c as an identity, or is derived from c = 1.
"""

from __future__ import annotations

from theory.language import Kill, Step, Survivor, Witness
from theory.language.derivation import apply, cases, combine, intro, witness

_MIRROR = str.maketrans("xmsDFynzEG", "ynzEGxmsDF")


def _runs(U: str = "v", V: str = "m", W: str = "s", *steps: Step,  # noqa: N803
          t: int = 1, p: str = "c", mirror: bool = False, c: int = 1, **values: str) -> Witness:
    """Two runs for one coordinate: states that are not given are 0, slopes D and E give losses D u and E u.

    `mirror` exchanges the two runs. The conclusion is tried at the step t and the coordinate c.
    """
    point = {name: values.get(name, "0") for name in "xymnszDE"}
    point |= {loss: values.get(loss, f"({point[slope]})*u") for loss, slope in (("F", "D"), ("G", "E"))}
    if mirror:
        point = {name.translate(_MIRROR): value for name, value in point.items()}
    rules = {name: f"t, v, m, s, d -> {rule}" for name, rule in (("U", U), ("V", V), ("W", W))}
    tables = {name: f"t, c, u -> {value}" if name in "FG" else f"t, c -> {value}" for name, value in point.items()}
    return Witness((*steps, witness("end", S="1", p=f"c -> {p}", **rules, **tables, t=str(t), c=str(c))))


def _both(name: str, *rules: str, t: int = 1, **values: str) -> tuple[Kill, Kill]:
    """A point, and the same with the runs exchanged."""
    return (Kill(name, _runs(*rules, t=t, **values)),
            Kill(f"{name}, runs exchanged", _runs(*rules, t=t, mirror=True, **values)))


_APART = (
    _both("other starts", t=0, y="1"),
    _both("other starts that the first step hides", "v - 1", t=0, x="-t", y="1 - t"),
    _both("starts of the next coordinate", t=0, x="c", y="c - 1"),
    _both("other first moments", "v + m", y="t", n="1"),
    _both("other first moments that the first step hides", "v + m", "m - 1", m="-t", n="1 - t", x="-t*(t - 1)/2",
          y="t - t*(t - 1)/2"),
    _both("first moments of the next coordinate", "v + m", m="c", n="c - 1", x="c*t", y="(c - 1)*t"),
    _both("other second moments", "v + s", y="t", z="1"),
    _both("other second moments that the first step hides", "v + s", "m", "s - 1", s="-t", z="1 - t",
          x="-t*(t - 1)/2", y="t - t*(t - 1)/2"),
    _both("second moments of the next coordinate", "v + s", s="c", z="c - 1", x="c*t", y="(c - 1)*t"),
    _both("a loss that is not invariant", t=0, E="1"),
    _both("the loss of the next step", t=0, D="t + 1", E="t"),
    _both("the loss of the next coordinate", t=0, D="c", E="c - 1"),
    _both("a gradient of its own", t=0, D="1", F="0"),
    _both("the gradient of the next step's loss", t=0, D="t + 1", F="t*u", E="t"),
    _both("the gradient at the step before", t=0, D="t - 1", F="t*u", E="t"),
    _both("the gradient along the next coordinate", t=0, D="c + 1", F="c*u", E="c"),
    _both("the gradient along the coordinate before", t=0, D="c - 1", F="c*u", E="c"),
)

_UPDATES = {
    "a state of its own": ("t", "0", "{0}", ""),
    "twice the step": ("t", "2*t", "{0} + 2", ""),
    "the next coordinate": ("c", "c + t", "{0} + 1", ""),
    "the rule of the next step": ("t*(t + 1)", "t*(t - 1)", "{0} + 2*t", ""),
    "from the next coordinate": ("t + c", "c", "{0}", ""),
    "the gradient of the next step": ("t*(t + 1)", "t*(t - 1)", "{0} + d", "2*t"),
    "the gradient of the next coordinate": ("(c + 1)*t", "c*t", "{0} + d", "c"),
}
"""What the two runs do, by what rule, and the slope of both losses: an update of the first run reads another index."""

_SUMS = {"t": "t*(t - 1)/2", "0": "0", "2*t": "t*(t - 1)", "c": "c*t", "c + t": "c*t + t*(t - 1)/2",
         "t*(t + 1)": "(t - 1)*t*(t + 1)/3", "t*(t - 1)": "t*(t - 1)*(t - 2)/3", "t + c": "c*t + t*(t - 1)/2",
         "(c + 1)*t": "(c + 1)*t*(t - 1)/2", "c*t": "c*t*(t - 1)/2"}
"""Sums over the steps before t."""


def _updated() -> tuple[Kill, ...]:
    found: list[Kill] = []
    for name, (first, second, rule, slope) in _UPDATES.items():
        loss = {"D": slope, "E": slope} if slope else {}
        found += _both(f"state: {name}", rule.format("v"), x=first, y=second, **loss)
        found += _both(f"first moment: {name}", "v + m", rule.format("m"), t=2, x=_SUMS[first], y=_SUMS[second],
                       m=first, n=second, **loss)
        found += _both(f"second moment: {name}", "v + s", "m", rule.format("s"), t=2, x=_SUMS[first], y=_SUMS[second],
                       s=first, z=second, **loss)
    return tuple(found)


_LATER = {"x": "t*(t + 1)", "y": "t*(t - 1)"}
_ALONG = {"x": "(c + 1)*t", "y": "c*t"}
_TWICE = {"x": "(t - 1)*t*(t + 1)/3", "y": "t*(t - 1)*(t - 2)/3"}
_ONCE = {"x": "(c + 1)*t*(t - 1)/2", "y": "c*t*(t - 1)/2"}
_AHEAD = {"x": "2*t*t", "y": "t*(t + 1)"}
_NEXT, _LAST = "2*(t + 1)*(t + 1)", "(t + 1)*(t + 2)"
_SIDE = {"x": "t*(t - 1) + c*(4*t + 2)", "y": "c*(4*t + 2)", "D": "8*c", "E": "8*c"}
_SIDE_NEXT, _SIDE_LAST = "t*(t + 1) + c*(4*t + 6)", "c*(4*t + 6)"

_READS = (
    _both("state: the next first moment", "v + m", "m + 2", m="2*t", n="2*t", **_LATER),
    _both("state: the first moment of the next coordinate", "v + m", m="c", n="c", **_ALONG),
    _both("state: the next second moment", "v + s", "m", "s + 2", s="2*t", z="2*t", **_LATER),
    _both("state: the second moment of the next coordinate", "v + s", s="c", z="c", **_ALONG),
    _both("first moment: the next state", "m", "v + 4*t + 6", t=2, m=_NEXT, n=_LAST, **_AHEAD),
    _both("first moment: the state of the next coordinate", "m", "v + d", t=2, m=_SIDE_NEXT, n=_SIDE_LAST, **_SIDE),
    _both("first moment: the next second moment", "v + m", "m + s", "s + 2", t=2, m="t*(t + 1)", n="t*(t - 1)",
          s="2*t", z="2*t", **_TWICE),
    _both("first moment: the second moment of the next coordinate", "v + m", "m + s", t=2, m="(c + 1)*t", n="c*t",
          s="c", z="c", **_ONCE),
    _both("second moment: the next state", "s", "m", "v + 4*t + 6", t=2, s=_NEXT, z=_LAST, **_AHEAD),
    _both("second moment: the state of the next coordinate", "s", "m", "v + d", t=2, s=_SIDE_NEXT, z=_SIDE_LAST,
          **_SIDE),
    _both("second moment: the next first moment", "v + s", "m + 2", "m + s", t=2, s="t*(t + 1)", z="t*(t - 1)",
          m="2*t", n="2*t", **_TWICE),
    _both("second moment: the first moment of the next coordinate", "v + s", "m", "m + s", t=2, s="(c + 1)*t",
          z="c*t", m="c", n="c", **_ONCE),
)


def _only(values: str) -> Step:
    """An equation that holds at c = 1, for all t >= 0."""
    return intro("one", f"all t c:int | 0 <= t, 1 <= c, c <= 1 => {values}", "t0 c1 c2",
                 apply("e", "ax.antisym", "c = 1", x="c", y="1"), combine("z", facts="e", degree=1))


_ESCAPED = "(c - 1)*(t + 1) = (c - 1)*t"


def _refuted(left: str, right: str) -> tuple[Step, ...]:
    """left = right, from a fact "no" that is 1 <= 0."""
    gap = f"{left} - ({right})"
    return (apply("ab", "textbook.abs_nonneg", x=gap), combine("m", f"abs({gap}) <= 0", "no ab"),
            apply("up", "ax.abs_ge", x=gap), apply("down", "ax.abs_neg", x=gap),
            combine("le", f"{left} <= {right}", "m up"), combine("ge", f"{right} <= {left}", "m down"),
            apply("z", "ax.antisym", f"{left} = {right}", x=left, y=right))


def _empty(left: str, right: str, more: str = "", premise: str = "") -> tuple[Step, ...]:
    """left = right for no c at all: from 2 to 1, and from 1 to 0."""
    return tuple(intro(f"none{low}", f"all t c:int{more} | 0 <= t, {low} <= c, c <= {low - 1}{premise}"
                       f" => {left} = {right}", "t0 c1 c2" + " premise" * bool(premise),
                       combine("no", "1 <= 0", "c1 c2"), *_refuted(left, right)) for low in (2, 1))


_NO_SLOPE = tuple(intro(f"none{low}", f"all t c:int | 0 <= t, {low} <= c, c <= {low - 1} => (all h:real => 0 = h)",
                        "t0 c1 c2", combine("no", "1 <= 0", "c1 c2"),
                        intro("y", "all h:real => 0 = h", "", *_refuted("0", "h"))) for low in (2, 1))


def _premise(equation: str, at: str, *, first: int = 1, last: int = 1, step: int = 0) -> Step:
    """H5 where its premise fails: the loss of one run is 0, that of the other is u."""
    return intro("inv", f"all t c:int, u:real | {step} <= t, 1 <= c, c <= 1, (all i:int | {first} <= i, i <= {last}"
                 f" => {equation}) => u = 0", "t0 c1 c2 premise", apply("p", "premise", i=at),
                 combine("no", "1 <= 0", "p t0"), *_refuted("u", "0"))


_LATE = intro("late", "all t c:int | 1 <= t, 1 <= c, c <= 1 => ite(t + 1, 0, 0, 1) = ite(t, 0, 0, 1)", "t0 c1 c2",
              apply("a", "ax.ite_else", a="t + 1", b="0", x="0", y="1"),
              apply("b", "ax.ite_else", a="t", b="0", x="0", y="1"), combine("z", facts="a b"))
_FLAT = intro("late", "all t c:int | 1 <= t, 1 <= c, c <= 1 => (all h:real => 0 = ite(t, 0, 1, 0)*h)", "t0 c1 c2",
              apply("a", "ax.ite_else", a="t", b="0", x="1", y="0"),
              intro("y", "all h:real => 0 = ite(t, 0, 1, 0)*h", "", combine("z", facts="a")))
_SUMMED = intro("summed", "all t c:int | 0 <= t, 1 <= c, c <= 1"
                " => ite(t + 1, 0, 0, (t + 1) - 1) = ite(t, 0, 0, t - 1) + ite(t, 0, 0, 1)", "t0 c1 c2",
                apply("a", "ax.ite_else", a="t + 1", b="0", x="0", y="(t + 1) - 1"),
                apply("o", "ax.total", x="t", y="0"),
                cases("z", "o", "k",
                      [apply("b", "ax.ite_then", a="t", b="0", x="0", y="t - 1"),
                       apply("d", "ax.ite_then", a="t", b="0", x="0", y="1"),
                       apply("e", "ax.antisym", "t = 0", x="t", y="0"), combine("y", facts="a b d e")],
                      [apply("b", "ax.ite_else", a="t", b="0", x="0", y="t - 1"),
                       apply("d", "ax.ite_else", a="t", b="0", x="0", y="1"), combine("y", facts="a b d")]))
_SWITCH, _RAMP = "ite(t, 0, 0, 1)", "ite(t, 0, 0, t - 1)"
_PRESENT = intro("now", "all t c:int | 0 <= t, 1 <= c, c <= 1 => ite(0, t + 1, 0, 1) = ite(0, t, 0, 1)", "t0 c1 c2",
                 apply("a", "ax.ite_then", a="0", b="t + 1", x="0", y="1"),
                 apply("b", "ax.ite_then", a="0", b="t", x="0", y="1"), combine("z", facts="a b"))


def _once(name: str, *steps: Step, rules: tuple[str, ...] = (), t: int = 1, **values: str) -> tuple[Kill, Kill]:
    """A point with steps of its own, and the same with the runs exchanged."""
    padded = (*rules, "v", "m", "s")[:len(rules)] + ("v", "m", "s")[len(rules):]
    return (Kill(name, _runs(*padded, *steps, t=t, **values)),
            Kill(f"{name}, runs exchanged", _runs(*padded, *steps, t=t, mirror=True, **values)))


_NO_PREMISE = ", (all i:int | 1 <= i, i <= 1 => 0 = 0)"
_RANGES = (
    _once("a state of its own, no coordinate", *_empty("t + 1", "t"), x="t"),
    _once("a first moment of its own, no coordinate", *_empty("t + 1", "t"), rules=("v + m",), t=2, m="t",
          x=_SUMS["t"]),
    _once("a second moment of its own, no coordinate", *_empty("t + 1", "t"), rules=("v + s",), t=2, s="t",
          x=_SUMS["t"]),
    _once("a gradient of its own, no coordinate", *_NO_SLOPE, t=0, D="1", F="0"),
    _once("a loss that is not invariant, no coordinate", *_empty("u", "0", ", u:real", _NO_PREMISE), t=0, E="1"),
    _once("a first step of its own", _LATE, x=_SWITCH),
    _once("a first step of its own, first moment", _LATE, _SUMMED, rules=("v + m",), t=2, m=_SWITCH, x=_RAMP),
    _once("a first step of its own, second moment", _LATE, _SUMMED, rules=("v + s",), t=2, s=_SWITCH, x=_RAMP),
    _once("a first gradient of its own", _FLAT, t=0, D="ite(t, 0, 1, 0)", F="0"),
    _once("a step before the first", _PRESENT, t=-1, y="ite(0, t, 0, 1)"),
)

_PREMISES = (
    Kill("losses that part when the runs do", _runs("v - d", "m", "s", _premise("-t = 0", "1", step=1), t=0, y="-t",
                                                    E="1")),
    Kill("runs never where they will be", _runs("v - 1", "m", "s", _premise("-(t + 1) = -t", "1"), t=0, x="-t", y="-t",
                                                E="1")),
    Kill("runs never where they were", _runs("v - 1", "m", "s", _premise("-t = -(t + 1)", "1"), t=0, x="-t", y="-t",
                                             E="1")),
    Kill("coordinates that differ", _runs("v", "m", "s", _premise("i + 1 = i", "1"), t=0, x="c", y="c", E="1")),
    Kill("coordinates that differ, the other run", _runs("v", "m", "s", _premise("i = i + 1", "1"), t=0, x="c", y="c",
                                                         E="1")),
    Kill("runs that differ at coordinate 0", _runs("v", "m", "s", _premise("i - 1 = 0", "0", first=0), t=0, y="c - 1",
                                                   E="1")),
    Kill("runs that differ at coordinate 2", _runs("v", "m", "s", _premise("i - 1 = 0", "2", last=2), t=0, y="c - 1",
                                                   E="1")),
)

KILLS = (
    # those with steps of their own come first: few candidates are replayed for each mutant
    *(kill for pair in _RANGES for kill in pair), *_PREMISES,
    *(kill for pair in (*_APART, *_READS) for kill in pair), *_updated(),
    Kill("a coordinate beyond the last", _runs("v", "m", "s", _only(_ESCAPED), p="3 - c", x="(c - 1)*t")),
    Kill("a coordinate before the first", _runs("v", "m", "s", _only(_ESCAPED), p="c - 1", x="(c - 1)*t")),
    Kill("another start at coordinate 0", _runs(t=0, c=0, y="c - 1")),
    Kill("another start at coordinate 2", _runs(t=0, c=2, y="c - 1")),
    Kill("everything moves", _runs("v + 1", x="c + t", y="c + t", D="c + t", E="c + t")),
)


def _shifts(hypothesis: str, *places: str) -> tuple[str, ...]:
    return tuple(f"shift {hypothesis}, index {place}" for place in places)


SURVIVORS = (
    Survivor(_shifts("H6", "t of F (2)", "c of F (2)", "t of x (2)", "c of x (2)")
             + _shifts("H7", "t of G (2)", "c of G (2)", "t of y (2)", "c of y (2)"),
             "true: at h = 0 it says that the two values of the loss agree, so it implies the hypothesis"),
    Survivor(_shifts("H6", "t of x", "c of x") + _shifts("H7", "t of y", "c of y"),
             "true for losses that are affine along the coordinate (at h = 0 it says that the loss does not change);"
             " false for (u - t)(u - t - 1) at x(t) = t with D = 1, a derivative that no evaluation decides"),
)

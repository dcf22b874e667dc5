"""The zoo of training instances: named questions with the answer where it is known, all built exactly.

Names say the data, the width `w`, and the threshold: `abs5-w1-le-27-10` asks for loss <= 27/10, no `le` for exact fit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from types import MappingProxyType

from theory.etr_training import data_families as families
from theory.etr_training.data_families import Data
from theory.etr_training.instance import TrainingInstance
from theory.etr_training.rationals import Number
from theory.language.errors import UnknownNameError, explain

SAT, UNSAT = "sat", "unsat"


@dataclass(frozen=True)
class Exhibit:
    """How an instance is built, and the answer to it: "sat", "unsat", or None where it is not recorded."""

    build: Callable[[], TrainingInstance]
    truth: str | None = None


class Zoo(Mapping[str, TrainingInstance]):
    """Instances by name, built when they are first asked for."""

    def __init__(self, exhibits: Mapping[str, Exhibit]) -> None:
        self._exhibits = exhibits

    def __getitem__(self, name: str) -> TrainingInstance:
        return _built(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._exhibits)

    def __len__(self) -> int:
        return len(self._exhibits)

    def __contains__(self, name: object) -> bool:
        return name in self._exhibits

    def truth(self, name: str) -> str | None:
        """Return "sat", "unsat", or None where the answer is not recorded."""
        return _exhibit(name).truth


def _exhibit(name: str) -> Exhibit:
    if name not in EXHIBITS:
        near = [other for other in EXHIBITS if other.split("-")[0] == str(name).split("-")[0]]
        raise UnknownNameError(explain("zoo", "the name of an instance", repr(name),
                                       f"Near names: {', '.join(near[:6]) or ', '.join(list(EXHIBITS)[:6])}."))
    return EXHIBITS[name]


@cache
def _built(name: str) -> TrainingInstance:
    return replace(_exhibit(name).build(), name=name)


def one_hidden(name: str, width: int, activation: str = "relu", **question: Number | bool | None) -> TrainingInstance:
    """Return the one-hidden-layer question about a named data set of DATA."""
    points, labels = DATA[name]()
    return TrainingInstance.one_hidden_layer(points, labels, width, activation, **question)  # type: ignore[arg-type]


def reduction(formula: str, activation: str) -> TrainingInstance:
    """Return the training instance that a formula compiles to."""
    from theory.etr_training.compilation import compile_formula

    return compile_formula(formula, activation).instance


DATA: Mapping[str, Callable[[], Data]] = MappingProxyType({
    "abs5": lambda: families.absolute_values(5),
    "hat5": lambda: families.hat(5),
    "hat7": lambda: families.hat(7),
    "xor": lambda: families.parity(2),
    "par3": lambda: families.parity(3),
    **{f"sq{n}": (lambda n=n: families.squares(n)) for n in (5, 7)},
    **{f"zig{n}": (lambda n=n: families.zigzag(n)) for n in (3, 4, 5, 6, 7, 8)},
    "rnd1d10": lambda: families.random_line(10, 1),
    "rnd1d12": lambda: families.random_line(12, 3),
    "rnd1d16": lambda: families.random_line(16, 19),
    **{f"rnd2d{n}": (lambda n=n: families.random_points(n, 2, n)) for n in (8, 10, 12, 20)},
    "abs5-neg": lambda: families.joined(families.absolute_values(5), families.negated(families.absolute_values(5))),
    "hat5-abs": lambda: families.joined(families.hat(5), families.absolute_values(5)),
})
"""Data sets by name."""

_FITS = (
    ("abs5", {1: UNSAT, 2: SAT}), ("hat7", {2: UNSAT, 3: SAT}), ("xor", {1: UNSAT, 2: SAT}),
    ("par3", {3: SAT}), ("sq5", {1: UNSAT, 2: SAT}), ("sq7", {2: UNSAT, 3: SAT, 4: SAT}),
    ("zig3", {1: UNSAT, 2: SAT}), ("zig4", {2: UNSAT, 3: SAT}), ("zig5", {3: UNSAT, 4: SAT}),
    ("zig6", {2: UNSAT, 3: UNSAT, 4: SAT}), ("zig7", {4: UNSAT, 5: SAT}),
    ("zig8", {3: UNSAT, 4: UNSAT, 5: UNSAT, 6: SAT}),
    ("rnd1d10", {5: UNSAT, 6: UNSAT, 9: SAT}), ("rnd1d12", {5: UNSAT, 6: UNSAT, 10: SAT}),
    ("rnd1d16", {5: UNSAT, 6: UNSAT, 11: SAT}),
    ("rnd2d10", {3: UNSAT, 4: SAT}), ("rnd2d12", {3: UNSAT, 4: SAT}),
    # The difference of the outputs of hat5-abs, -2, -1, 1, -1, -2, takes four units alone.
    ("abs5-neg", {1: UNSAT, 2: SAT}), ("hat5-abs", {2: UNSAT, 3: UNSAT}),
)

_THRESHOLDS = (
    ("abs5", 1, (("27/10", UNSAT), ("14/5", SAT))), ("hat5", 1, (("3/4", UNSAT), ("4/5", SAT))),
    ("hat7", 2, (("1/10", UNSAT), ("1/2", SAT))), ("xor", 1, (("1/2", UNSAT), ("1", SAT))),
    ("sq5", 1, (("1/2", UNSAT), ("5/3", SAT), ("2", SAT))), ("sq7", 2, (("1/10", UNSAT),)),
    ("zig6", 2, (("1/2", UNSAT), ("119/100", UNSAT), ("6/5", SAT))), ("zig6", 3, (("1/2", UNSAT),)),
    ("zig8", 3, (("1/2", UNSAT),)), ("par3", 2, (("1/2", UNSAT), ("1", SAT))),
    ("rnd2d8", 1, (("20", UNSAT), ("40", SAT))), ("rnd2d8", 2, (("10", SAT),)),
    ("rnd2d12", 2, (("20", UNSAT), ("40", UNSAT))), ("rnd2d20", 3, (("40", UNSAT),)),
)


def _le(threshold: str) -> str:
    return f"-le-{threshold.replace('/', '-')}"


def _one_hidden_exhibits() -> Iterator[tuple[str, Exhibit]]:
    for data, truths in _FITS:
        for width, truth in truths.items():
            yield f"{data}-w{width}", Exhibit(lambda d=data, w=width: one_hidden(d, w), truth)
    for data, width, cases in _THRESHOLDS:
        for threshold, truth in cases:
            yield (f"{data}-w{width}{_le(threshold)}",
                   Exhibit(lambda d=data, w=width, t=threshold: one_hidden(d, w, threshold=t), truth))
    # At the optimum 14/5, loss < 14/5 asks for more than there is; an output bias saves one unit of zig5.
    yield "abs5-w1-lt-14-5", Exhibit(lambda: one_hidden("abs5", 1, threshold="14/5", strict=True), UNSAT)
    yield "zig5-w3-bias", Exhibit(lambda: one_hidden("zig5", 3, output_bias=True), SAT)
    for width, truth in ((2, UNSAT), (3, SAT)):
        yield f"step-zig4-w{width}", Exhibit(lambda w=width: one_hidden("zig4", w, "step"), truth)


def _linear_exhibits() -> Iterator[tuple[str, Exhibit]]:
    basis, permutation = ((1, 0), (0, 1)), ((0, 1), (1, 0))
    for width, truth in ((1, UNSAT), (2, SAT)):
        yield (f"chain-r{width}", Exhibit(lambda w=width: families.linear_chain(
            (2, w, 2), basis, permutation, biases=False), truth))
    # With biases two points lie on a line, and a chain of width 1 fits them.
    yield "chain-r1-bias", Exhibit(lambda: families.linear_chain((2, 1, 2), basis, permutation), SAT)
    yield "chain-r1-bias3", Exhibit(lambda: families.linear_chain(
        (2, 1, 2), (*basis, (0, 0)), (*permutation, (0, 0))), UNSAT)
    yield "chain-deep", Exhibit(lambda: families.linear_chain(
        (3, 2, 3, 3), ((1, 0, 0), (0, 1, 0), (0, 0, 1)), ((1, 2, 3), (2, 4, 6), (1, 0, 1)), biases=False), SAT)
    small = Fraction(1, 2**20)
    yield "lu", Exhibit(families.lu_support, UNSAT)
    yield "lu-zero", Exhibit(lambda: families.lu_support(biases=True, zero_datum=True), UNSAT)
    yield "lu-bias", Exhibit(lambda: families.lu_support(biases=True), SAT)
    yield "lu-le-2e-20", Exhibit(lambda: families.lu_support(small), SAT)


def _sigmoid_exhibits() -> Iterator[tuple[str, Exhibit]]:
    yield "logit-ln3", Exhibit(lambda: families.sigmoid_sink((0, 1, 2), ("1/2", "3/4", "9/10")), SAT)
    yield "logit-broken", Exhibit(lambda: families.sigmoid_sink((0, 1, 2), ("1/2", "3/4", "4/5")), UNSAT)
    yield "logit-one", Exhibit(lambda: families.sigmoid_sink((0,), (1,)), UNSAT)
    yield "logit-one-le-1-100", Exhibit(lambda: families.sigmoid_sink((0,), (1,), threshold="1/100"), SAT)
    for data, threshold, truth in (("hat3", "3/5", SAT), ("hat3", "3/10", UNSAT), ("rise3", "1/2", SAT),
                                   ("zig4", "3/10", UNSAT)):
        yield (f"sigmoid-{data}-w1{_le(threshold)}", Exhibit(lambda d=data, t=threshold: _boxed(d, t), truth))
    yield "sin-hat3-w1-le-1-10", Exhibit(lambda: _boxed("hat3", "1/10", "sin"), SAT)


def _boxed(data: str, threshold: str, activation: str = "sigmoid") -> TrainingInstance:
    points, labels = {"hat3": families.hat(3), "zig4": families.zigzag(4),
                      "rise3": (((Fraction(-1),), (Fraction(0),), (Fraction(1),)),
                                ((Fraction(0),), (Fraction(1),), (Fraction(1),)))}[data]
    return TrainingInstance.one_hidden_layer(points, labels, 1, activation, threshold=threshold, box=8)


_FORMULAS = (
    ("root2", "X*X = 2", SAT), ("minus1", "X*X = -1", UNSAT), ("cube", "X*X*X = 2", SAT),
    ("sum1", "x + y = 1 & x*y = 1", UNSAT), ("sum3", "x + y = 3 & x*y = 1", SAT),
    ("circle3", "x*x + y*y = 3 & x + y = 1", SAT), ("circle49", "x*x + y*y = 49/100 & x + y = 1", UNSAT),
)
"""Systems of the reduction from the existential theory of the reals."""


def _reduction_exhibits() -> Iterator[tuple[str, Exhibit]]:
    for name, formula, truth in _FORMULAS:
        for activation in ("id", "relu"):
            yield f"etr-{name}-{activation}", Exhibit(lambda f=formula, a=activation: reduction(f, a), truth)


EXHIBITS: Mapping[str, Exhibit] = MappingProxyType(dict((*_one_hidden_exhibits(), *_linear_exhibits(),
                                                         *_sigmoid_exhibits(), *_reduction_exhibits())))
"""Builders and answers by name."""

ZOO = Zoo(EXHIBITS)
"""All instances by name."""

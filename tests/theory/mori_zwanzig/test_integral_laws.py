"""The cited laws of integrals in finite models (a measure is a list of weights), where wrong variants fail."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from theory.language.notation import statement
from theory.mori_zwanzig.integral_laws import CITED

POINTS = [Fraction(k, 2) for k in range(-9, 10, 2)]
"""Half-odd numbers: intervals with integer ends contain no end, and integer shifts stay among them."""
LATTICE = [Fraction(k, 2) for k in range(-25, 26, 2)]
"""Where Lebesgue measure has its points: far enough for every moved interval."""


class _Table(dict):
    """A function by its values, made up on first use and bounded by 5."""

    def __init__(self, seed: int) -> None:
        super().__init__()
        self.draw = random.Random(seed)

    def __missing__(self, key: tuple) -> Fraction:
        self[key] = Fraction(self.draw.randint(-5, 5))
        return self[key]


def _value(term, at):  # noqa: ANN001, ANN202
    """A term in the model; `at` gives numbers, tables and measures (lists of point and weight)."""
    if isinstance(term, int):
        return Fraction(term)
    if isinstance(term, str):
        return at[term]
    op, *args = term
    if op == "q":
        return Fraction(args[0], args[1])
    if op == "bind":
        _, name, _, measure, body = args
        return sum((w * _value(body, {**at, name: x}) for x, w in _value(measure, at)), Fraction(0))
    values = [_value(a, at) for a in args]
    if op == "leb":
        return [(x, Fraction(1)) for x in LATTICE if values[0] < x < values[1]]
    if op == "+":
        return sum(values, Fraction(0))
    if op == "*":
        out = Fraction(1)
        for v in values:
            out *= v
        return out
    if op == "abs":
        return abs(values[0])
    return at[op][tuple(values)]


def _holds(formula, at) -> bool:  # noqa: ANN001
    """A formula in the model: quantified reals range over the points."""
    if formula[0] == "all":
        names = [name for name, _ in formula[1]]
        ways = [{}]
        for name in names:
            ways = [{**way, name: x} for way in ways for x in POINTS]
        return all(_holds(formula[3], {**at, **way}) for way in ways
                   if all(_holds(h, {**at, **way}) for h in formula[2]))
    left, right = (_value(side, at) for side in formula[1:3])
    return {"=": left == right, "<=": left <= right, "<": left < right}[formula[0]]


def _model(variables, seed: int) -> dict:  # noqa: ANN001
    """Random measures with weights 0..3, tables for functions, integers for ends, 5 for bounds."""
    draw = random.Random(seed)
    at: dict = {}
    for name, sort in variables:
        if sort == "obj":
            at[name] = [(x, Fraction(draw.randint(0, 3))) for x in draw.sample(POINTS, 4)]
        elif sort == "real":
            at[name] = Fraction(5) if name in "BC" else Fraction(draw.randint(-3, 3))
        else:
            at[name] = _Table(draw.randint(0, 10**6))
    return at


def _counterexamples(text, rounds: int = 100) -> tuple[int, int]:  # noqa: ANN001
    """How often the hypotheses held in random models, and how often the conclusion then failed."""
    formula = text.formula
    met = failed = 0
    for seed in range(rounds):
        at = _model(formula[1], seed)
        if "g" in at and "f" in at and seed % 2:  # comparable functions: the premises f <= g and f = g are met too
            lift = 0 if "f(x) = g(x)" in str(text) else 1
            at["g"].update({(x,): min(at["f"][(x,)] + lift, Fraction(5)) for x in POINTS})
        if all(_holds(h, at) for h in formula[2]):
            met += 1
            failed += not _holds(formula[3], at)
    return met, failed


@pytest.mark.parametrize("law", CITED, ids=lambda law: law.id)
def test_every_law_holds_in_finite_models(law):
    """The hypotheses are met in at least twenty random models and the conclusion holds in all of them."""
    met, failed = _counterexamples(law.statement)
    assert met >= 20
    assert failed == 0


WRONG = {
    "cite.integral_equal": "all mu nu:obj, f g:real->real | (all x:real => f(x) = g(x))"
                           " => integral(x in mu: f(x)) = integral(x in nu: g(x))",
    "cite.integral_linear": "all mu:obj, f g:real->real, s t B C:real => integral(x in mu: s*f(x) + t*g(x))"
                            " = s*integral(x in mu: f(x)) + integral(x in mu: g(x))",
    "cite.integral_monotone": "all mu:obj, f g:real->real, B C:real | (all x:real => f(x) <= g(x))"
                              " => integral(x in mu: g(x)) <= integral(x in mu: f(x))",
    "cite.fubini": "all mu nu:obj, f:(x:real,y:real)->real, B:real"
                   " => integral(x in mu: integral(y in nu: f(x,y))) = integral(y in mu: integral(x in nu: f(x,y)))",
    "cite.translation": "all f:real->real, a b c:real"
                        " => integral(x in leb(a,b): f(x + c)) = integral(x in leb(a,b): f(x))",
    "cite.interval_split": "all f:real->real, a b c B:real => integral(x in leb(a,c): f(x))"
                           " = integral(x in leb(a,b): f(x)) + integral(x in leb(b,c): f(x))",
    "cite.equal_inside": "all f g:real->real, a b:real | (all x:real | a + 1 < x, x < b => f(x) = g(x))"
                         " => integral(x in leb(a,b): f(x)) = integral(x in leb(a,b): g(x))",
}
"""A wrong variant of each law: another measure, a lost factor, reversed, swapped measures, not moved, no order."""


@pytest.mark.parametrize("law", CITED, ids=lambda law: law.id)
def test_a_wrong_variant_of_every_law_fails(law):
    """Some finite model meets the hypotheses of the variant and contradicts it."""
    assert _counterexamples(statement(WRONG[law.id]))[1] > 0


def test_unbounded_models_are_noticed():
    """The models use the hypotheses: with the bound 1 instead of 5 the linear law is never applicable."""
    law = next(c for c in CITED if c.id == "cite.integral_linear")
    at = {**_model(law.statement.variables, 3), "B": Fraction(1)}
    assert not all(_holds(h, at) for h in law.statement.formula[2])

"""Linear problems of the search: strict weights where the columns are linearly dependent."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

import pytest
from checked_lemmas import small, verdict

from proofs_check.engines.canonical import Canon
from proofs_check.engines.combine import combine
from proofs_check.engines.context import Context
from proofs_check.engines.linear import ENTRIES, solve_exactly, solve_nonnegative
from theory.language.derivation import combine as combine_step
from theory.language.errors import SearchFailed
from theory.language.terms import rational
from theory.textbook.axioms import GENERATORS, PREDICATES


@pytest.mark.parametrize(("text", "facts"), [
    ("all l:int | a: 0 <= l, b: 2 < l => 2 < l + 1", "a b"),
    ("all x:real | a: 0 <= x, b: 1 < x, c: 0 < x => 1 < 2*x", "a b c"),
    ("all x y:real | a: x <= y, b: x < y, c: x <= y + 1 => 2*x < 2*y", "a b c"),
    ("all x y:real | a: x <= y, b: y <= x, c: 0 < x => 0 < y", "a b c"),
    ("all x y:real | a: 0 <= x, b: x <= 0, c: y < 0, d: 0 <= y => x < y", "a b c d"),
    ("all x:real | a: x < 0, b: 0 < x, c: 0 <= x => 0 < 0", "a b c"),
    ("all x:real | a: 0 < x, b: 1 <= x, c: 2 <= x, d: 0 <= x => 0 < x^2 + 3*x", "a b c d"),
    ("all x y:real | a: 0 < x, b: 0 < y, c: x = y, d: 2*x = 2*y => 0 < x + y", "a b c d"),
])
def test_strict_goals_with_facts_to_spare(text: str, facts: str) -> None:
    """A strict goal is found from facts more than enough, of which some are combinations of others."""
    assert verdict(small(text, combine_step("end", facts=facts)))["accepted"]


def _product(rows: list[list[Fraction]], weights: list[Fraction]) -> list[Fraction]:
    return [sum((w * row[k] for w, row in zip(weights, rows)), Fraction(0)) for k in range(len(rows[0]))]


def _affine(coefficients: list[Fraction]) -> Any:
    """The term c0 x0 + ... + constant."""
    *scales, constant = coefficients
    return ("+", *(("*", rational(c), f"x{k}") for k, c in enumerate(scales)), rational(constant))


@pytest.mark.parametrize("seed", range(60))
def test_random_strict_consequences(seed: int) -> None:
    """A positive combination of random affine facts, one of them strict or with a positive constant, is found."""
    rng = random.Random(seed)
    width, count = rng.randint(1, 3) + 1, rng.randint(2, 6)
    rows = [[Fraction(rng.randint(-3, 3)) for _ in range(width)] for _ in range(count)]
    strict = [rng.random() < 0.5 for _ in rows]
    weights = [rng.choice([Fraction(0), Fraction(0), Fraction(1), Fraction(1, 2), Fraction(2)]) for _ in rows]
    target = _product(rows, weights)
    if not any(s and w for s, w in zip(strict, weights)):
        target[-1] += Fraction(1, 3)
    facts = {f"h{k}": ("<" if s else "<=", 0, _affine(row)) for k, (row, s) in enumerate(zip(rows, strict))}
    scope = tuple((f"x{k}", "real") for k in range(width - 1))
    context = Context(Canon(GENERATORS, PREDICATES), {}).child(scope, facts)
    found = combine(context, ("<", 0, _affine(target)), tuple(facts), degree=1)["sum"]
    total = [Fraction(0)] * width
    for (p, q), ids, square in found:
        row = rows[int(ids[0][1:])] if ids else [Fraction(0)] * (width - 1) + [Fraction(1)]
        total = [t + Fraction(p, q) * x for t, x in zip(total, row)]
        assert square is None and p > 0 and len(ids) <= 1
    assert total == target and any(not ids or strict[int(ids[0][1:])] for _, ids, _ in found)


def test_strict_weight_of_dependent_columns() -> None:
    """x1 + x2 + 2 x3 = 2 with the first strict: some solution with x1 > 0, exactly, and none where x1 must be 0."""
    columns = [{"m": Fraction(1)}, {"m": Fraction(1)}, {"m": Fraction(2)}]
    found = solve_nonnegative(columns, {"m": Fraction(2)}, [True] * 3, [3.0, 1.0, 1.0], [True, False, False])
    assert found is not None and found[0] > 0 and min(found.values()) >= 0
    assert sum((x * columns[j]["m"] for j, x in found.items()), Fraction(0)) == 2
    apart = [{"m": Fraction(1), "n": Fraction(1)}, {"m": Fraction(1)}]
    assert solve_nonnegative(apart, {"m": Fraction(2)}, [True] * 2, [1.0, 1.0], [True, False]) is None


def test_a_system_too_large_is_refused_before_it_is_built() -> None:
    """Memory of a dense elimination is bounded: the message says what to do."""
    rows = int(ENTRIES**0.5) + 1
    column = dict.fromkeys(range(rows), Fraction(1))
    with pytest.raises(SearchFailed, match="name fewer facts"):
        solve_exactly([column] * rows, column)

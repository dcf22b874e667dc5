"""Evaluation on the search side: the values that the checker finds, also for matrices without rows or columns."""

from __future__ import annotations

import itertools
import json
import random
import subprocess
import sys
from fractions import Fraction
from typing import Any

import pytest
from checked_lemmas import CHECKER, small, verdict

from proofs_check.engines.evaluate import Grid, NotComputable, grid, holds, integer, value
from theory.language import formula, term
from theory.language.derivation import compute
from theory.language.terms import to_json
from theory.textbook.axioms import GENERATORS

A = "build(i<=2, j<=0: 1)"  # 2 x 0
B = "build(i<=0, j<=3: 1)"  # 0 x 3
NONE = "build(i<=0, j<=0: 1)"  # 0 x 0


READ = """
import json, sys
sys.path.insert(0, sys.argv[1])
from evaluation import Evaluation
from terms import Table
generators, terms = json.load(sys.stdin)
values = [Evaluation(Table(generators, {})).value(t, {}) for t in terms]
print(json.dumps([[v.rows, v.columns, list(v.entries.items())] if hasattr(v, "entries") else v for v in values]))
"""


def _checked(terms: list[Any]) -> list[Fraction | Grid]:
    """The checker's own evaluation of closed terms, in a process of its own."""
    done = subprocess.run([sys.executable, "-I", "-S", "-c", READ, str(CHECKER)], capture_output=True, check=True,
                          input=json.dumps([GENERATORS, to_json(tuple(terms))]), text=True)
    return [Fraction(*v) if len(v) == 2 else Grid(v[0], v[1], {tuple(place): Fraction(*x) for place, x in v[2]})
            for v in json.loads(done.stdout)]


@pytest.mark.parametrize(("text", "shape"), [
    (f"{A}*{B}", (2, 3)), (f"T({A})", (0, 2)), (f"T({B})", (3, 0)), (f"T({A}*{B})", (3, 2)), (f"{B}*T({B})", (0, 0)),
    (f"T({B})*T({A})", (3, 2)), (f"{A} + {A}", (2, 0)), (f"{B} + 2*{B}", (0, 3)), (f"5*{A}", (2, 0)), ("I(0)", (0, 0)),
    (f"{A}*{NONE}*{B}", (2, 3)), (f"T({NONE})", (0, 0)), (f"{A}*T({A})", (2, 2)), ("I(2)*[[1],[2]]", (2, 1)),
])
def test_shapes_survive(text: str, shape: tuple[int, int]) -> None:
    """Products over nothing are zero, and every matrix keeps its shape, as in the checker."""
    found = value(term(text), {})
    assert (found.rows, found.columns) == shape and len(found.entries) == shape[0] * shape[1]
    assert [found] == _checked([term(text)])


@pytest.mark.parametrize(("text", "number"), [
    (f"tr({NONE})", 0), (f"tr({A}*T({A}))", 0), (f"tr({B}*T({B}))", 0), ("tr(I(0))", 0), ("tr(I(3))", 3),
    (f"({A})[1,1]", 0), (f"({A}*{B})[2,3]", 0), (f"({B})[0,1]", 0), ("[[1,2],[3,4]][3,1]", 0),
    ("[[1,2],[3,4]][2,1]", 3), ("root(8/27, 3)", Fraction(2, 3)), ("root(5, 1)", 5),
    ("sqrt(9/4)", Fraction(3, 2)), ("root(0, 4)", 0),
])
def test_numbers(text: str, number: Fraction | int) -> None:
    """Traces and entries of matrices without entries are 0; roots are exact."""
    assert value(term(text), {}) == number and _checked([term(text)]) == [number]


@pytest.mark.parametrize(("text", "truth"), [
    (f"{A}*{B} = [[0,0,0],[0,0,0]]", True), (f"{A}*{B} = [[0,0,0],[0,0,1]]", False),
    (f"T({A}*{B}) = T({B})*T({A})", True), (f"{A} = 2*{A}", True),
    (f"{A} != 2*{A}", False), ("I(2) != [[1,0],[0,2]]", True), (f"tr({NONE}) < 1", True),
    (f"{B}*T({B}) = I(0)", True), ("I(1) = I(2)", None), ("I(1) <= I(1)", None), ("x <= 1", None),
])
def test_relations(text: str, truth: bool | None) -> None:
    """Matrices are equal if all their entries are; shapes that differ, and what is not closed, have no truth."""
    assert holds(formula(text)) is truth


@pytest.mark.parametrize("text", [
    f"{A}*{B} = build(i<=2, j<=3: 0)", f"tr({B}*T({B})) = 0", f"T({A}*{B}) = T({B})*T({A})", f"{A} + {A} = 3*{A}",
    "tr(I(0)) = 0", "root(8, 3) = 2",
])
def test_the_checker_computes_the_same(text: str) -> None:
    """A `compute` step about matrices without entries, found true here, is accepted."""
    assert holds(formula(text))
    assert verdict(small(f"all => {text}", compute("end")))["accepted"]


def _random_matrix(rng: random.Random, rows: int, columns: int, depth: int) -> Any:
    if depth == 0 or rng.random() < 0.2:
        return ("build", "i", "j", rows, columns, ("+", ("*", rng.randint(-2, 2), "i"), "j", rng.randint(-2, 2)))
    kind = rng.randrange(4)
    if kind == 0:
        return ("T", _random_matrix(rng, columns, rows, depth - 1))
    if kind == 1:
        return ("+", *(_random_matrix(rng, rows, columns, depth - 1) for _ in range(2)))
    if kind == 2:
        return ("*", ("q", rng.randint(-3, 3), 2), _random_matrix(rng, rows, columns, depth - 1))
    inner = rng.randint(0, 2)
    return ("*", _random_matrix(rng, rows, inner, depth - 1), _random_matrix(rng, inner, columns, depth - 1))


@pytest.mark.parametrize(("rows", "columns"), [*itertools.product(range(3), repeat=2)])
def test_random_matrices(rows: int, columns: int) -> None:
    """Sums, products, multiples and transposes with shapes from 0 to 2, and their traces, agree with the checker."""
    rng = random.Random(3 * rows + columns)
    matrices = [_random_matrix(rng, rows, columns, 4) for _ in range(40)]
    terms = matrices + [("tr", ("*", t, ("T", t))) for t in matrices]
    assert [value(t, {}) for t in terms] == _checked(terms)


@pytest.mark.parametrize("text", ["root(2, 3)", "root(-8, 3)", "root(8, 0)", "sqrt(2)", "I(1) + I(2)", "I(1)*I(2)", "x",
                                  "build(i<=2000, j<=2000: 1)", "pow(2, -1)", "integral(x:real in leb(0,1): x)"])
def test_what_is_not_computed(text: str) -> None:
    """Irrational roots, shapes that do not fit, open terms and too large ones are refused."""
    with pytest.raises(NotComputable):
        value(term(text), {})


def test_indices() -> None:
    """An index is a whole number, not a matrix; the entries of a grid are asked for once each."""
    assert integer(term("6/2")) == 3
    for text in ("1/2", "I(1)"):
        with pytest.raises(NotComputable):
            integer(term(text))
    assert grid(2, 1, lambda i, j: Fraction(i + j)).entries == {(1, 1): 2, (2, 1): 3}

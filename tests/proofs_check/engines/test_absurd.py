"""A closed hypothesis that is false proves anything, and the checker accepts how."""

from __future__ import annotations

import pytest
from checked_lemmas import certificate, small, verdict

from proofs_check.engines.canonical import Canon
from proofs_check.engines.context import Context
from proofs_check.engines.discharge import Steps, discharge
from theory.language import SearchFailed, formula
from theory.language.derivation import apply
from theory.textbook import AXIOMS
from theory.textbook.axioms import GENERATORS, PREDICATES

FALSE = ["2 <= 1", "1 < 1", "2 < 1", "1/2 < 1/3", "1 = 2", "2 = 1", "1 != 1", "fact(3) <= 5", "6 < fact(3)",
         "fact(4) = 25", "fact(4) = 23", "fact(3) != 6", "sum(j=1..3: j) < 6", "tr(I(2)) <= 1"]
ANYTHING = ["x <= x - 1", "x < x", "x = x + 1", "x != x", "A = 2*A", "A != A", "0 < x or x < 0", "deriv(u: u, x, 2)",
            "all y:real | y <= x => x <= y", "some k:int | k^2 = 2", "some y:real | y < x, x < y",
            "some M:mat(2,2) | M != M", "some n:int | x = n", "some | x < 0, 0 < x"]


@pytest.mark.parametrize("false", FALSE)
def test_false_relations(false: str) -> None:
    """Every false relation between closed numbers, their values computed, gives a relation and a `some`."""
    for end in ("x < 0", "some y:real | y < x, x < y"):
        lemma = small(f"all x:real => (all y:real | 0 <= y, {false} => {end})")
        assert verdict(lemma)["accepted"]


@pytest.mark.parametrize("end", ANYTHING)
def test_anything_follows(end: str) -> None:
    """Relations of numbers and of matrices, `or`, properties, `all` and `some` follow from what is false."""
    lemma = small(f"all x:real, A:mat(2,3) => (all z:real | z <= x, 2 <= 1 => {end})")
    found = verdict(lemma)
    assert found["accepted"] and found["grade"] == "exact" and found["axioms"] == []


def test_bound_names_are_kept_apart() -> None:
    """The variable of the empty range is not one of the goal or of the scope."""
    lemma = small("all n n':int => (all z:real | 1 = 2 => n != n' or (some n'':int | n'' = n))")
    assert verdict(lemma)["accepted"]


def test_a_premise_of_apply() -> None:
    """A premise that is vacuous for the instance is found without being told how."""
    lemma = small("all x:real | h: (all f:real->real | (all y:real | 3 <= 2 => f(y) <= x) => x = 4) => x = 4",
                  apply("end", "h", f="y -> y + 1"))
    assert verdict(lemma)["accepted"]


@pytest.mark.parametrize("true", ["1 <= 1", "1 < 2", "2 = 2", "1 != 2", "fact(3) = 6"])
def test_true_hypotheses_prove_nothing(true: str) -> None:
    """A hypothesis that holds does not help."""
    with pytest.raises(SearchFailed):
        certificate(small(f"all x:real => (all y:real | {true} => x < y)"))


@pytest.mark.parametrize("false", ["I(2) = 0*I(2)", "I(2) != I(2)"])
def test_false_relations_of_matrices_are_not_used(false: str) -> None:
    """A false relation between matrices gives no number to compare, and the search says that it found nothing."""
    with pytest.raises(SearchFailed, match="no certificate for x < y"):
        certificate(small(f"all x:real => (all y:real | {false} => x < y)"))
    assert verdict(small(f"all x:real => (all y:real | {false}, 2 <= 1 => x < y)"))["accepted"]


def test_open_hypotheses_are_not_evaluated() -> None:
    """What is false for some values only is left alone."""
    context = Context(Canon(GENERATORS, PREDICATES), AXIOMS)
    steps: Steps = []
    with pytest.raises(SearchFailed):
        discharge(context, formula("all x:real | x < 0 => x < -1"), steps)

"""Side conditions that are found without being told how, and those that must not be."""

from __future__ import annotations

import pytest

from proofs_check.engines.canonical import Canon
from proofs_check.engines.context import Context
from proofs_check.engines.discharge import Steps, discharge
from theory.language import SearchFailed, formula, sort
from theory.textbook import AXIOMS, LEMMAS
from theory.textbook.axioms import GENERATORS, PREDICATES

LIBRARY = {**AXIOMS, **{lemma.id: lemma.statement.formula for lemma in LEMMAS}}
SORTS = {"x": "real", "y": "real", "z": "real", "n": "int", "m": "int", "f": "int->real", "d": "int->int",
         "g": "real->real"}


def _discharged(goal: str, facts: dict[str, str], use: tuple[str, ...] = ()) -> tuple[str, Steps]:
    context = Context(Canon(GENERATORS, PREDICATES), LIBRARY).child(
        tuple((n, sort(s)) for n, s in SORTS.items()), {k: formula(v) for k, v in facts.items()})
    steps: Steps = []
    name = discharge(context, formula(goal), steps, use=use)
    assert context.key(context.fact(name)) == context.key(formula(goal))
    return name, steps


def test_a_fact_with_the_same_key_needs_no_step() -> None:
    """A fact that differs only in writing is taken as it is, the latest first."""
    assert _discharged("0 <= y - x", {"h": "x <= y", "k": "y >= x"}) == ("k", [])


@pytest.mark.parametrize(("goal", "facts", "rule"), [
    ("1/3 + 1/6 = 1/2", {}, "compute"),
    ("sum(j=1..4: j^2) = 30", {}, "compute"),
    ("fact(5) != 121", {}, "compute"),
    ("[[1,2],[3,4]]*[[0,1],[1,0]] = [[2,1],[4,3]]", {}, "compute"),
    ("x < z + 1", {"h": "x <= y", "k": "y <= z"}, "combine"),
    ("f(n) <= 3", {"h": "f(n) = x", "k": "x <= 2"}, "combine"),
    ("n != 0", {"h": "1 <= n"}, "apply"),
    ("0 <= x^2*exp(y)", {}, "combine"),
    ("0 < x*exp(y) + 1", {"h": "0 <= x"}, "combine"),
    ("0 <= fact(n)*sqrt(x)", {"h": "0 <= x", "k": "0 <= n"}, "combine"),
    ("0 < x/fact(n)", {"h": "0 < x", "k": "0 <= n"}, "combine"),
    ("0 <= sum(j=1..n: abs(f(j)))", {"k": "0 <= n"}, "apply"),
    ("0 < prod(j=1..n: 1 + f(j)^2)", {"k": "0 <= n"}, "apply"),
    ("0 < f(m)", {"h": "all j:int | 1 <= j, j <= n => 0 < f(j)", "a": "1 <= m", "b": "m <= n"}, "apply"),
    ("all k:int | 2 <= k, k <= 4 => fact(k) <= 24", {}, "finite"),
    ("all k:int | 2 <= k, k <= n => 0 <= k", {}, "intro"),
    ("all k:int | 2 <= k, k <= n => 0 < f(k)", {"h": "all j:int | 1 <= j, j <= n => 0 < f(j)"}, "intro"),
    ("some | 0 <= x, x <= 2", {"h": "0 <= x", "k": "x <= 1"}, "witness"),
    ("some k:int | 1 < k, k^2 = 9", {}, "witness"),
])
def test_found(goal: str, facts: dict[str, str], rule: str) -> None:
    """Evaluation, linear combination, positivity by structure, facts that match, small witnesses, short ranges."""
    name, steps = _discharged(goal, facts)
    assert steps[-1]["id"] == name and steps[-1]["by"] == rule


@pytest.mark.parametrize(("goal", "facts", "reason"), [
    ("2 <= 1", {}, "false by evaluation"),
    ("fact(4) = 25", {}, "false by evaluation"),
    ("x <= 1", {"h": "x <= 2"}, "no certificate for x <= 1"),
    ("0 < x", {"h": "0 <= x"}, "no certificate"),
    ("0 <= x*y", {"h": "0 <= x"}, "no certificate"),
    ("0 < x/y", {"h": "0 < x"}, "no certificate"),
    ("0 < f(n)", {"h": "all j:int | 1 <= j, j <= n => 0 < f(j)"}, "no certificate"),
    ("n != 0", {"h": "0 <= n"}, "nothing in scope gives"),
    ("some k:int | k^2 = 2", {}, "no small integers satisfy"),
    ("deriv(u: u, x, 1)", {}, "nothing in scope gives"),
    ("all k:int | 1 <= k, k <= 9 => k <= 8", {}, "no certificate for k <= 8"),
    ("x <= 0 or 0 <= x", {}, "nothing in scope gives"),
])
def test_not_found(goal: str, facts: dict[str, str], reason: str) -> None:
    """What is false, or needs more than linear reasoning, is refused, and the message quotes the condition."""
    with pytest.raises(SearchFailed, match=reason):
        _discharged(goal, facts)


def test_facts_in_use_may_be_multiplied() -> None:
    """Products of facts are tried only for facts named by the author."""
    facts = {"h": "0 <= x", "k": "0 <= y", "m": "z <= 1"}
    assert _discharged("0 <= x*y", facts)[1][-1]["by"] == "combine"
    with pytest.raises(SearchFailed):
        _discharged("x*z <= x", facts)
    assert _discharged("x*z <= x", facts, use=("h", "m"))[1][-1]["sum"]


def test_bound_names_in_scope_are_renamed() -> None:
    """A condition that binds a name already in use is proved under a fresh name."""
    _, steps = _discharged("all n:int | 3 <= n => 2 <= n", {"h": "n <= 0"})
    assert steps[-1]["goal"][1] == (("n'", "int"),)


def test_nothing_is_left_behind_by_a_cheap_failure() -> None:
    """A false closed condition leaves no step."""
    context = Context(Canon(GENERATORS, PREDICATES), LIBRARY)
    steps: Steps = []
    with pytest.raises(SearchFailed):
        discharge(context, formula("1 <= 0"), steps)
    assert steps == [] and context.facts == {}

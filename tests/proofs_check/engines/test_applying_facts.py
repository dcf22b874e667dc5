"""`apply` of a fact that is not quantified: the goal has to be the fact, or follow from it by `combine`."""

from __future__ import annotations

import pytest
from checked_lemmas import certificate, small, verdict

from theory.language import SearchFailed
from theory.language.derivation import Step, apply, compute, intro


@pytest.mark.parametrize(("text", "steps", "rule"), [
    ("all x y:real | h: x <= y => 0 <= y - x", (apply("end", "h"),), "apply"),
    ("all x y:real | h: x <= y => 2*x <= 2*y + 1", (apply("end", "h"),), "combine"),
    ("all x y:real | h: x = y => x <= y", (apply("end", "h"),), "combine"),
    ("all x y z:real | h: x <= y, k: y < z => x < z", (apply("end", "h", use="k"),), "combine"),
    ("all x:real | h: (some k:int | x = 2*k) => (some k:int | x = 2*k)", (apply("end", "h"),), "apply"),
    ("all n:int, A B M:mat(n,n) | h: A = B => A*M = B*M", (apply("end", "h"),), "combine"),
    ("all x y:real | h: x <= y => x <= y + 1", (apply("a", "h", "x <= y + 1"), apply("end", "a")), "apply"),
])
def test_a_fact_again(text: str, steps: tuple[Step, ...], rule: str) -> None:
    """A fact is repeated as it stands or bridged to the goal by `combine`, and the checker accepts it."""
    lemma = small(text, *steps)
    assert certificate(lemma)["steps"][-1]["by"] == rule
    assert verdict(lemma)["accepted"]


@pytest.mark.parametrize(("text", "step", "message"), [
    ("all x y:real | h: x <= y => y <= x", apply("end", "h"), "no certificate for y <= x"),
    ("all x y:real | h: x != y => x < y", apply("end", "h", "x < y"), "h says x != y, not x < y"),
    ("all x y:real | h: x <= y => x <= y", apply("end", "h", "some | x <= y"), "h says x <= y, not some"),
    ("all x:real | h: (some k:int | x = k) => (some k:int | x = 2*k)", apply("end", "h"),
     r"h says .*k.*, not .*2\*k"),
    ("all x:real | h: 0 <= x or x <= 0 => x <= 0 or 0 <= x", apply("end", "h"), "h says .*, not "),
    ("all x y:real | h: x <= y => x <= y", apply("end", "h", z="x"),
     "h is not quantified, there is no variable z to name in it: it says x <= y"),
])
def test_a_fact_that_is_not_the_goal(text: str, step: Step, message: str) -> None:
    """A goal that the fact does not give fails in the search, with the fact and the goal in the message."""
    with pytest.raises(SearchFailed, match=f"^test.small, step end .*{message}"):
        certificate(small(text, step))


def test_a_quantified_fact_is_bridged_by_relations_only() -> None:
    """The conclusion of a quantified fact reaches a goal of another kind by no rule, and the message says so."""
    lemma = small("all x:real | h: (all y:real => y != x) => x < x",
                  intro("i", "all z:real => z < x", "", apply("a", "h", "z < x", y="z")), compute("end"))
    with pytest.raises(SearchFailed, match="h gives z != x, not z < x"):
        certificate(lemma)

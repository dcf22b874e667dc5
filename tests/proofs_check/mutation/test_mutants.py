"""Generated mutants: what is changed, in which direction, under which names, and what gives none."""

from __future__ import annotations

from proofs_check.mutation.operators import CONSTANT, DROP, NORM, SHIFT, STRICTNESS, mutants
from proofs_check.mutation.targets import targets
from theory.covering import counting_chain
from theory.language import formula, statement


def named(text: str) -> dict[str, tuple[str, ...]]:
    """Names of the mutants of a statement with the formulas of their directions."""
    return {m.name: tuple(way.formula for way in m.directions) for m in mutants(statement(text))}


def test_each_hypothesis_is_dropped_once():
    """A statement with two hypotheses has the two mutants in which one of them is missing."""
    found = named("all x y:real | A: 0 <= x, B: x <= y => 0 <= y")
    assert found["drop A"] == (statement("all x y:real | x <= y => 0 <= y").formula,)
    assert found["drop B"] == (statement("all x y:real | 0 <= x => 0 <= y").formula,)


def test_definitions_are_dropped_equation_by_equation():
    """A definition by recursion is two hypotheses, and each of them is dropped."""
    found = named("all f:int->real | a b: def f(0) = 1 then f(n+1) = f(n) + 1 => 0 <= f(0)")
    assert {"drop a", "drop b"} <= set(found)


def test_strictness_goes_the_way_that_strengthens():
    """< in a hypothesis becomes <=, <= in the conclusion becomes <; the reverse would only weaken the claim."""
    found = named("all x y:real | A: 0 < x, B: 0 <= y => 0 <= x + y")
    changed = [m for m in mutants(statement("all x y:real | A: 0 < x, B: 0 <= y => 0 <= x + y"))
               if m.kind == STRICTNESS]
    assert [m.name for m in changed] == ["strictness A", "strictness conclusion"]
    assert found["strictness A"] == (statement("all x y:real | 0 <= x, 0 <= y => 0 <= x + y").formula,)


def test_premises_inside_a_hypothesis_change_the_other_way():
    """A premise of a quantified hypothesis is made stronger, which makes the hypothesis weaker."""
    found = named("all f:real->real | A: (all u:real | 0 <= u => f(u) <= 1) => f(0) <= 1")
    assert found["strictness A"][0] == statement("all f:real->real | (all u:real | 0 < u => f(u) <= 1) => f(0) <= 1"
                                                 ).formula


def test_constants_are_sharpened_by_a_hundredth_and_a_half():
    """The constant 4 of a conclusion becomes 99/25 or 101/25, and 2 or 6; the bound as a whole has the constant 1."""
    found = named("all x:real | 0 <= x => x <= 4*x + x^2")
    for name, ends in (("4 by 1/100", ("99/25*x + x^2", "101/25*x + x^2")), ("4 by 1/2", ("2*x + x^2", "6*x + x^2")),
                       ("the bound by 1/2", ("1/2*(4*x + x^2)", "3/2*(4*x + x^2)"))):
        wanted = tuple(statement(f"all x:real | 0 <= x => x <= {end}").formula for end in ends)
        assert found[f"constant conclusion, {name}"] == wanted


def test_exponents_and_indices_move_by_one():
    """Powers, exponents, ends of sums and arguments of sequences each go up and down by one."""
    found = named("all n:int, f:int->real | 0 <= n => sum(j=1..n: f(j)^2) <= pow(2, n)*f(n)")
    shifted = {name for name, _ in found.items() if name.startswith("shift")}
    assert shifted == {"shift conclusion, end 1 of the sum", "shift conclusion, end n of the sum",
                       "shift conclusion, index j of f", "shift conclusion, power 2",
                       "shift conclusion, exponent n of pow", "shift conclusion, index n of f"}
    assert formula("sum(j=1..n: f(j)^3) <= pow(2, n)*f(n)") in [f[3] for f in found["shift conclusion, power 2"]]


def test_norms_are_exchanged_where_they_occur():
    """A sum of absolute values becomes one of squares, and the other way round."""
    swapped = [m for m in mutants(statement("all f:int->real, n:int => 0 <= sum(j=1..n: abs(f(j)))")) if m.kind == NORM]
    assert [way.formula[3] for m in swapped for way in m.directions] == [formula("0 <= sum(j=1..n: f(j)^2)")]


def test_equal_keys_and_misfits_do_not_count():
    """A change that only renames or reorders, repeats another mutant, or breaks a shape, gives no mutant."""
    found = mutants(statement("all r:int, A B:mat(r,r) | A = B => A[1,1] + B[1,1] = B[1,1] + A[1,1]"))
    keys = [way.formula for m in found for way in m.directions]
    assert len(keys) == len(set(keys))
    same = mutants(statement("all x:real | A: 0 <= x, B: 0 <= x => 0 <= x"))
    assert [m.name for m in same if m.kind == DROP] == ["drop A"], "dropping either one leaves the same statement"


def test_names_are_unique_and_stable():
    """Mutants of a claim have one name each, and the same ones every time."""
    claim = counting_chain.CLAIM
    first, second = ([m.name for m in mutants(claim.statement)] for _ in range(2))
    assert first == second
    assert len(first) == len(set(first))
    assert {m.kind for m in mutants(claim.statement)} >= {DROP, STRICTNESS, CONSTANT, SHIFT}


def test_parts_of_a_conclusion_stand_alone():
    """An "and" gives one part each, quantifiers come to the front, and hypotheses keep their names."""
    stated = statement("all x:real | A: 0 <= x => some | 0 <= x + 1, (all y:real | 0 <= y => 0 <= x + y)")
    first, second = targets(stated)
    assert first.statement.formula == statement("all x:real | 0 <= x => 0 <= x + 1").formula
    assert second.statement.formula == statement("all x y:real | 0 <= x, 0 <= y => 0 <= x + y").formula
    assert (first.statement.ids, second.statement.ids) == (("A",), ("A", "P1"))

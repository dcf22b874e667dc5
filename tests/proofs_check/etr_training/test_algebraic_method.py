"""Identity networks as polynomial systems: algebraic weights, identities that refute, gauges fixed rightly."""

from __future__ import annotations

import copy
from fractions import Fraction

import pytest

from proofs_check.etr_training.algebraic import common_root
from proofs_check.etr_training.confirmation import check_decision
from proofs_check.etr_training.decide import decide
from proofs_check.etr_training.ideal_membership import combination
from proofs_check.etr_training.number_field import Root, coefficients_of, common_field, evaluate
from proofs_check.etr_training.polynomials import add, constant, multiply, variable
from theory.etr_training.data_families import lu_support
from theory.etr_training.instance import TrainingInstance
from theory.etr_training.zoo import ZOO


@pytest.mark.parametrize(("name", "polynomial_degree"), [
    ("etr-root2-id", 2), ("etr-root2-relu", 2), ("etr-cube-id", 3), ("etr-cube-relu", 3), ("etr-sum3-id", 2),
    ("etr-circle3-relu", 2)])
def test_solvable_systems_get_weights_in_the_field_of_their_roots(name: str, polynomial_degree: int) -> None:
    """Square roots of 2 and 5 have degree 2 and the cube root of 2 degree 3; the checker accepts the weights."""
    decision = decide(ZOO[name], method="algebraic")
    assert decision.status == "sat" and decision.witness is not None
    assert len(decision.witness["polynomial"]) == polynomial_degree + 1


@pytest.mark.parametrize("name", ["etr-minus1-id", "etr-sum1-id", "etr-circle49-id", "lu", "lu-zero"])
def test_systems_without_solution_are_refuted_by_one_identity(name: str) -> None:
    """x^2 = -1; x + y = xy = 1; x^2 + y^2 = .49 on x + y = 1; and the pattern of L U without the matrix's support."""
    decision = decide(ZOO[name], method="algebraic")
    assert decision.status == "unsat" and decision.certificate is not None
    assert decision.certificate["refutation"]["kind"] == "identity"


def test_a_tampered_identity_is_refused() -> None:
    """The certificate is what convinces the checker, not the search: one changed coefficient is enough."""
    decision = decide(lu_support(), method="algebraic")
    forged = copy.deepcopy(decision.certificate or {})
    forged["refutation"]["root"]["equations"][0][2][0][0] = 7
    assert check_decision(decision.certificate or {}) is None
    assert check_decision(forged) is not None


@pytest.mark.slow
def test_without_the_zero_datum_biases_make_minus_one_a_square() -> None:
    """The control of the reduction: X X = -1 compiled, the datum 0 -> 0 dropped, has a fit."""
    instance = ZOO["etr-minus1-id"]
    kept = [i for i, point in enumerate(instance.points) if any(point)]
    weaker = TrainingInstance(instance.sources, instance.vertices, instance.sinks, instance.edges,
                              tuple(instance.points[i] for i in kept), tuple(instance.labels[i] for i in kept))
    assert len(kept) == len(instance.points) - 1
    assert decide(weaker, method="algebraic").status == "sat"


def test_biases_make_the_support_of_lu_solvable() -> None:
    """With trainable biases and the two data alone the same net fits, with rational weights."""
    instance = lu_support(biases=True)
    decision = decide(instance, method="algebraic")
    assert decision.status == "sat" and instance.loss(decision.weights or {}) == 0


def test_the_infimum_that_is_not_attained_is_approached() -> None:
    """Every positive threshold of the L U instance is met, here 2^-20, although 0 is not."""
    instance = lu_support(Fraction(1, 2**20))
    decision = decide(instance, method="algebraic")
    assert decision.status == "sat" and 0 < instance.loss(decision.weights or {}) <= Fraction(1, 2**20)


def test_pinned_weights_are_respected() -> None:
    """x -> u v x with u pinned to 2 needs v = 1/2; pinned to 0 it fits nothing but 0, which an identity shows."""
    def ask(pin: int) -> TrainingInstance:
        return TrainingInstance(("x",), (("h", "id"), ("y", "id")), ("y",), (("x", "h"), ("h", "y")),  # type: ignore
                                ((1,),), ((1,),), biases=(), pinned=(("x->h", pin),))  # type: ignore[arg-type]

    found = decide(ask(2), method="algebraic")
    assert found.weights is not None and found.weights["h->y"] == Fraction(1, 2)
    assert decide(ask(0), method="algebraic").status == "unsat"


def test_two_square_roots_and_a_fourth_root_share_one_generator() -> None:
    """In the field of sqrt 2, -sqrt 3 and 2^(1/4), of degree 8, the defining equations hold exactly."""
    field, elements = common_field({"a": Root((-2, 0, 1), 1), "b": Root((-2, 0, 0, 0, 1), 1), "c": Fraction(1, 2),
                                    "d": Root((-3, 0, 1), 0)})
    square = add(multiply(variable("b"), variable("b")), variable("a"), -1)
    assert len(field.generator.coefficients) == 9
    assert not evaluate(square, elements, field)
    assert not evaluate(add(multiply(variable("d"), variable("d")), constant(-3)), elements, field)
    assert (field.sign(elements["a"]), field.sign(elements["d"])) == (1, -1)
    assert coefficients_of(elements["c"]) == [Fraction(1, 2)]


def test_common_roots_prefer_rational_ones() -> None:
    """(z - 3)(z^2 - 2) alone has 3; with z^2 - 2 beside it only square roots; z^2 + 1 has none."""
    z = variable("z")
    quadratic = add(multiply(z, z), constant(-2))
    cubic = multiply(add(z, constant(-3)), quadratic)
    assert common_root([cubic]) == 3
    assert common_root([cubic, quadratic]) == Root((-2, 0, 1), 1)
    assert common_root([add(multiply(z, z), constant(1))]) is None


def test_ideal_membership_is_exact_in_both_directions() -> None:
    """-1 = -(xy - 1) + y x - ... : with xy = 1 and x = 0 the ideal is everything, with xy = 1 alone it is not."""
    x, y = variable("x"), variable("y")
    hyperbola = add(multiply(x, y), constant(-1))
    multipliers = [(), (("x", 1),), (("y", 1),)]
    assert combination(constant(-1), [hyperbola, x], [multipliers] * 2) == [constant(1), {(("y", 1),): Fraction(-1)}]
    assert combination(constant(-1), [hyperbola], [multipliers]) is None

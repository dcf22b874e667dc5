"""The search side's canonical form: equal keys mean equal values, and the rewritings it promises keep the key."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

import pytest

from proofs_check.engines.canonical import Canon
from proofs_check.engines.evaluate import value
from theory.language.errors import SearchFailed
from theory.language.notation import formula, sort, term
from theory.textbook.axioms import GENERATORS, PREDICATES

SORTS = {
    "x": "real", "y": "real", "n": "int", "m": "int", "f": sort("int->real"), "g": sort("real->real"), "S": "obj",
    "A": sort("mat(n,m)"), "B": sort("mat(n,m)"), "Q": sort("mat(n,n)"), "P": sort("mat(n,n)"),
    "W": sort("(l:int)->mat(l,l)"),
}
ENV = {name: (name, s) for name, s in SORTS.items()}


def _key(text: str) -> str:
    return Canon(GENERATORS, PREDICATES).key(formula(text), ENV)


def _same(one: str, other: str) -> bool:
    canon = Canon(GENERATORS, PREDICATES)
    return canon.key(formula(one), ENV) == canon.key(formula(other), ENV)


@pytest.mark.parametrize(("one", "other"), [
    ("(x + y)^2 <= 0", "x^2 + 2*x*y + y^2 <= 0"),
    ("x <= y", "0 <= y - x"),
    ("x = y", "y = x"),
    ("x/y + 1/y = 0", "(x + 1)*(1/y) = 0"),
    ("x/2 = 1", "1/2*x = 1"),
    ("sum(j=1..n: f(j)) = 0", "sum(k=1..n: f(k)) = 0"),
    ("sum(j=1..n: sum(k=1..j: f(k))) = 0", "sum(k=1..n: sum(j=1..k: f(j))) = 0"),
    ("exp(x + y) = 1", "exp(y + x) = 1"),
    ("T(A*T(B)) = B*T(A)", "B*T(A) = B*T(A)"),
    ("tr(A*T(B)) = 0", "tr(T(B)*A) = 0"),
    ("tr(A*T(B)) = 0", "tr(B*T(A)) = 0"),
    ("tr(Q*P*Q) = 0", "tr(Q*Q*P) = 0"),
    ("Q*I(n)*P = I(n)*Q*P", "Q*P = Q*P"),
    ("(Q + P)*(Q - P) = Q", "Q*Q - Q*P + P*Q - P*P = Q"),
    ("[[x,2],[3,4]][1,2] = 2", "2 = [[2,x]][1,1]"),
    ("all u:real | x <= u => u <= y", "all v:real | x <= v => v <= y"),
    ("all u v:real => u <= v", "all v u:real => v <= u"),
    ("some k:int | k <= n", "some j:int | j <= n"),
    ("deriv(u: u*x, y, x)", "deriv(v: x*v, y, x)"),
    ("build(i<=n, j<=m: f(i)) = A", "build(k<=n, l<=m: f(k)) = A"),
])
def test_same(one: str, other: str) -> None:
    """Commuting, associating, distributing, bound names, transposes and rotations under a trace do not count."""
    assert _same(one, other)


@pytest.mark.parametrize(("one", "other"), [
    ("x <= y", "x < y"), ("x <= y", "y <= x"), ("x != y", "x = y"),
    ("x/x = 1", "1 = 1"), ("pow(x*y, n) = 0", "pow(x, n)*pow(y, n) = 0"), ("abs(-x) = 0", "abs(x) = 0"),
    ("sum(j=1..n: f(j)) = 0", "sum(j=1..n+1: f(j)) = 0"), ("sum(j=1..n: f(j)) = 0", "prod(j=1..n: f(j)) = 0"),
    ("sum(j=1..n: sum(k=1..j: f(k))) = 0", "sum(j=1..n: sum(k=1..j: f(j))) = 0"),
    ("Q*P = Q", "P*Q = Q"), ("tr(Q*P*Q*P) = 0", "tr(Q*Q*P*P) = 0"), ("T(Q) = Q", "Q = P"),
    ("tr(I(n)) = x", "n = x"), ("[[x,2]][1,n] = 2", "[[x,2]][1,2] = 2"),
    ("x <= 0 or y <= 0", "y <= 0 or x <= 0"),
    ("all u:real | u <= x => u <= y", "all u:int | u <= x => u <= y"),
    ("all u v:real => u <= v", "all u v:real => v <= u"),
    ("all u:real | 0 <= u, u <= x => u <= y", "all u:real | u <= x, 0 <= u => u <= y"),
    ("all u:real => (some v:real | u <= v)", "some v:real | (all u:real => u <= v)"),
    ("deriv(u: u*x, y, x)", "deriv(u: u*y, x, y)"),
])
def test_different(one: str, other: str) -> None:
    """Formulas that mean different things, or whose equality needs a fact, have different keys."""
    assert not _same(one, other)


def test_shadowing_does_not_merge_variables() -> None:
    """An inner variable of the same name is another variable."""
    assert not _same("all u:real => (all u:real => u <= x)", "all u:real => (all v:real => u <= x)")
    assert _same("all u:real => (all u:real => u <= x)", "all u:real => (all v:real => v <= x)")


def test_equations_without_terms_keep_their_shape() -> None:
    """0 = 0 between square matrices is another fact than 0 = 0 between oblong ones."""
    assert not _same("A - A = B - B", "Q - Q = P - P")
    assert _same("A - A = B - B", "B = B")


def test_a_name_may_have_another_shape_in_another_box() -> None:
    """A symbol is met again with the shape of the box it stands in."""
    canon = Canon(GENERATORS, PREDICATES)
    canon.key(formula("A = B"), ENV)
    square = {**ENV, "A": ("A", SORTS["Q"])}
    shape, value = canon.canon("A", square)
    (((number, _),),) = value
    assert canon.symbol_shapes[number] == shape[1:] == canon.shape(SORTS["Q"], ENV)[1:]


@pytest.mark.parametrize(("text", "reason"), [
    ("z <= 1", "unknown name"), ("h(x) <= 1", "unknown function"), ("f <= 1", "needs arguments"),
    ("f(x) <= 1", "sort real, required int"), ("f(n, m) <= 1", "takes 1 arguments"), ("A + x = A", "shapes differ"),
    ("x + A = A", "scalar plus matrix"),
    ("A*A = A", "do not fit"), ("A = Q", "shapes differ"), ("A + Q = A", "shapes differ"), ("tr(A) = 0", "not square"),
    ("S = S", "relation between scalars"), ("exp(x, y) = 0", "unknown function"), ("fact(x) = 1", "required int"),
])
def test_ill_sorted(text: str, reason: str) -> None:
    """What has no sort or no shape is refused with its reason."""
    with pytest.raises(SearchFailed, match=reason):
        _key(text)


def test_back_to_terms() -> None:
    """A monomial and a word are written back as terms with the same canonical form."""
    canon = Canon(GENERATORS, PREDICATES)
    _, poly = canon.canon(term("3*x^2*exp(y)*(1/n)"), ENV)
    (monomial, coefficient), = poly.items()
    assert coefficient == 3 and canon.scalar(canon.monomial_term(monomial), ENV) == {monomial: 1}
    _, matrix = canon.canon(term("A*T(A)*Q"), ENV)
    (word, _), = matrix.items()
    assert canon.canon(canon.word_term(word), ENV)[1] == matrix


# ---- fuzz against the exact evaluator

NUMBERS = {"x": Fraction(3, 2), "y": Fraction(-2, 5), "n": Fraction(2), "m": Fraction(3), "k": Fraction(5)}


def _random_term(rng: random.Random, depth: int, bound: tuple[str, ...] = ()) -> Any:
    if depth == 0:
        return rng.choice(["x", "y", "n", rng.randint(-2, 2), ("q", 1, 2), *bound])
    part = lambda: _random_term(rng, rng.randint(0, depth - 1), bound)  # noqa: E731
    kind = rng.randrange(9)
    if kind <= 2:
        return ("+", part(), part())
    if kind <= 4:
        return ("*", part(), part())
    if kind == 5:
        return ("^", part(), rng.randint(0, 2))
    if kind == 6:
        return rng.choice([("abs", part()), ("max", part(), part()), ("min", part(), 1), ("floor", part())])
    if kind == 7:
        name = rng.choice("jk")
        return ("bind", rng.choice(["sum", "prod"]), name, 1, rng.choice([2, "n"]),
                _random_term(rng, depth - 1, (*bound, name)))
    return ("/", part(), rng.choice([2, 3, ("+", ("^", "x", 2), 1)]))


def _rewritten(t: Any, rng: random.Random) -> Any:
    """The same value by rewritings that the canonical form promises to undo."""
    if not isinstance(t, tuple) or t[0] == "q":
        return t
    if t[0] == "bind":
        return (*t[:5], _rewritten(t[5], rng))
    args = [_rewritten(a, rng) if not (t[0] == "^" and i == 1) else a for i, a in enumerate(t[1:])]
    if t[0] in ("+", "*"):
        args = args[::-1] if rng.random() < 0.5 else args
        if t[0] == "*" and isinstance(args[0], tuple) and args[0][0] == "+" and rng.random() < 0.7:
            return ("+", *(("*", part, *args[1:]) for part in args[0][1:]))
        if t[0] == "+" and rng.random() < 0.3:
            return ("+", *args, ("*", -1, 7), 7)
    if t[0] == "^" and t[2] == 2:
        return ("*", args[0], args[0])
    if t[0] == "/" and rng.random() < 0.5:
        return ("*", ("/", 1, args[1]), args[0])
    return (t[0], *args)


def test_rewritten_terms_keep_their_key_and_value() -> None:
    """A thousand random terms, rewritten by the laws of polynomials: same polynomial, same value."""
    rng = random.Random(21)
    canon = Canon(GENERATORS, PREDICATES)
    for _ in range(1000):
        t = _random_term(rng, 3)
        u = _rewritten(t, rng)
        assert value(t, NUMBERS) == value(u, NUMBERS)
        assert canon.scalar(t, ENV) == canon.scalar(u, ENV), (t, u)


def test_equal_polynomials_have_equal_values() -> None:
    """Among small random terms, many of which coincide, those with one polynomial have one value at three points."""
    rng = random.Random(22)
    canon = Canon(GENERATORS, PREDICATES)
    points = [NUMBERS, {**NUMBERS, "x": Fraction(-1)}, {**NUMBERS, "y": Fraction(4), "n": Fraction(1)}]
    seen: dict[str, tuple[Any, list[Fraction]]] = {}
    pairs = 0
    for _ in range(2000):
        t = _random_term(rng, 2)
        values = [value(t, p) for p in points]
        key = canon.show(canon.scalar(t, ENV))
        other, expected = seen.setdefault(key, (t, values))
        pairs += other != t
        assert values == expected, (t, other)
    assert pairs > 200


def test_matrices_with_one_form_have_one_value() -> None:
    """Random words in two square matrices, transposes and sums: equal forms give equal matrices and traces."""
    rng = random.Random(23)
    canon = Canon(GENERATORS, PREDICATES)
    at = {**NUMBERS, "Q": value(term("[[1,2],[0,-1]]"), {}), "P": value(term("[[3,1],[1,5]]"), {})}
    seen: dict[str, Any] = {}
    for _ in range(500):
        t = _random_matrix(rng, 3)
        form, trace = canon.canon(t, ENV)[1], canon.scalar(("tr", t), ENV)
        assert seen.setdefault(canon.show_matrix(form), value(t, at)) == value(t, at)
        assert seen.setdefault("tr" + canon.show(trace), value(("tr", t), at)) == value(("tr", t), at)
    assert len(seen) < 900


def _random_matrix(rng: random.Random, depth: int) -> Any:
    if depth == 0:
        return rng.choice(["Q", "P", ("I", "n")])
    part = lambda: _random_matrix(rng, rng.randint(0, depth - 1))  # noqa: E731
    kind = rng.randrange(4)
    return ("T", part()) if kind == 0 else ("+", part(), part()) if kind == 1 else ("*", part(), part())

"""The canonical form and substitution of the checker against exact evaluation, on random terms."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

import formulas
import polynomials as poly
import pytest
import terms
from fuzzing import FUNCTIONS, NUMBERS, SORTS, Terms, place, renamed, value
from rejection import Reject
from small_reports import AXIOMS

TABLE = terms.Table(AXIOMS["generators"], AXIOMS["predicates"])
SCOPE = terms.Scope(TABLE).fix([[name, sort] for name, sort in SORTS.items()])
VARIABLES = [[name, SORTS[name]] for name in (*NUMBERS, "n", "f")]


def text(term: Any, scope: Any = SCOPE) -> str:
    """Sort and canonical text of a term."""
    sort, found = terms.canon(term, scope)
    return f"{terms.sort_text(sort)} {poly.show(found)}"


def signature(term: Any, places: list[dict[str, Any]]) -> tuple[Any, ...]:
    """The values of a term at all places."""
    return tuple(repr(value(term, at)) for at in places)


def check_collisions(seed: int, rounds: int) -> int:
    """Terms of one canonical text have equal values, shuffled terms one text; return how many collisions there were."""
    rng = random.Random(seed)
    draw, places = Terms(rng), [place(rng) for _ in range(4)]
    known: dict[str, tuple[Any, ...]] = {}
    collisions = 0
    for _ in range(rounds):
        term = draw.number(SORTS, rng.choice((0, 1, 1, 2, 3, 4)))
        name, found = text(term), signature(term, places)
        collisions += name in known
        assert known.setdefault(name, found) == found, term
        other = draw.shuffled(term)
        assert text(other) == name and signature(other, places) == found, (term, other)
    return collisions


@pytest.mark.parametrize("seed", range(6))
def test_one_text_one_value(seed: int) -> None:
    """800 random terms with nested, shadowing binders: equal canonical forms have equal values at four places."""
    assert check_collisions(seed, 800) > 100


@pytest.mark.slow
def test_one_text_one_value_often() -> None:
    """The same for 40,000 terms."""
    assert sum(check_collisions(seed, 4000) for seed in range(50, 60)) > 8_000


def substitution(draw: Terms, rng: random.Random) -> dict[str, Any]:
    """Random terms for three real variables, an int variable and a function."""
    out: dict[str, Any] = {name: draw.number(SORTS, rng.randint(0, 2)) for name in NUMBERS}
    out["n"] = draw.integer({name: sort for name, sort in SORTS.items() if sort == "int"})
    parameter = rng.choice(("u", "x", "j"))
    return out | {"f": ["lam", [parameter], draw.number({**SORTS, parameter: "real"}, rng.randint(0, 2))]}


def evaluated(sub: dict[str, Any], at: dict[str, Any]) -> dict[str, Any]:
    """The place where the variables have the values of the terms put for them."""
    _, (parameter,), body = sub["f"]
    values = {name: value(term, at) for name, term in sub.items() if name != "f"}
    return {**at, **values, "f": lambda u: value(body, {**at, parameter: u})}


def check_substitution(seed: int, rounds: int) -> None:
    """A term read in the scope of a substitution is the term after renaming and replacing, in form and value."""
    rng = random.Random(seed)
    draw, places = Terms(rng), [place(rng) for _ in range(3)]
    known: dict[str, tuple[Any, ...]] = {}
    for _ in range(rounds):
        term, sub = draw.number(SORTS, rng.choice((1, 2, 3))), substitution(draw, rng)
        read = text(term, terms.instance(VARIABLES, sub, SCOPE))
        written = renamed(term, {**sub, "f": ("lam", sub["f"][1][0], sub["f"][2])})
        assert text(written) == read, (term, sub)
        found = tuple(repr(value(term, evaluated(sub, at))) for at in places)
        assert signature(written, places) == found, (term, sub)
        assert known.setdefault(read, found) == found, (term, sub)


@pytest.mark.parametrize("seed", range(6))
def test_substitution(seed: int) -> None:
    """400 random substitutions of numbers, ints and functions into random terms, captures included."""
    check_substitution(seed, 400)


@pytest.mark.slow
def test_substitution_often() -> None:
    """The same for 20,000 substitutions."""
    for seed in range(50, 60):
        check_substitution(seed, 2000)


@pytest.mark.parametrize("seed", range(4))
def test_keys_of_relations_have_the_difference(seed: int) -> None:
    """The key of a <= b is shared only by relations with the same b - a, and that of a = b also by b = a."""
    rng = random.Random(seed)
    draw, places = Terms(rng), [place(rng) for _ in range(4)]
    known: dict[str, list[Any]] = {}
    for _ in range(150):
        relation = rng.choice(formulas.RELATIONS)
        a, b = (draw.number(SORTS, rng.randint(0, 2)) for _ in range(2))
        difference = [value(b, at) - value(a, at) for at in places]
        name = formulas.key([relation, a, b], SCOPE)
        first = known.setdefault(name, difference)
        assert difference == first or (relation in ("=", "!=") and difference == [-x for x in first]), (relation, a, b)
        assert name.startswith(relation + " ")


def test_a_wrong_substitution_is_seen() -> None:
    """A substitution without renaming captures, and differs from the checker's in form and value."""
    term, sub = ["bind", "sum", "j", 1, 2, ["*", "x", "j"]], {"x": "j"}
    scope = SCOPE.fix([["j", "real"]])
    read = terms.canon(term, terms.instance([["x", "real"]], sub, scope))[1]
    naive = terms.canon(["bind", "sum", "j", 1, 2, ["*", "j", "j"]], scope)[1]
    assert poly.show(read) != poly.show(naive)
    assert text(renamed(term, sub), scope).endswith(poly.show(read))
    at = {"j": Fraction(7)}
    assert value(renamed(term, sub), at) == 21 and value(["bind", "sum", "j", 1, 2, ["*", "j", "j"]], at) == 5


def test_functions_are_given_by_lam_only() -> None:
    """A substitution without all its variables, or with a bare name for a function, is refused."""
    for sub in ({"x": 1}, {**{name: 1 for name in (*NUMBERS, "n")}, "f": FUNCTIONS[1]}):
        with pytest.raises(Reject):
            terms.instance(VARIABLES, sub, SCOPE)

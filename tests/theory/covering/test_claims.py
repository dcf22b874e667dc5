"""The claims of the covering family as data, and the formulas beside them against the statements' own terms."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from fractions import Fraction
from math import comb, factorial, prod
from pathlib import Path
from typing import Any

import pytest
from flint import arb, ctx, fmpq

from theory.covering import (
    CLAIMS,
    bias_ordered_count,
    closed_form_modulus,
    counting_chain,
    deep_bound,
    deep_bound_quoted,
    effective_volume,
    modulus_closed_form,
    param_lipschitz,
    parameter_count,
    parameter_modulus,
    quoted_deep_base,
    quoted_deep_log_bound,
    quoted_deep_radius_limit,
    quoted_shallow_log_bound,
    raw_count,
    representatives,
    shallow_bound_quoted,
    volume,
    volume_fraction,
    volume_ratio,
)
from theory.language import Claim, statement
from theory.language.claims import PROVENANCE

ROOT = Path(__file__).resolve().parents[3]
ALL = {claim.id: claim for claim in CLAIMS}
each = pytest.mark.parametrize("claim", ALL.values(), ids=ALL)


# ---- the claims as data


def test_ids_are_stable_names_of_the_family():
    """Ids are `covering.short_name`, once each, and the five published first stay what they are."""
    assert len({claim.id for claim in CLAIMS}) == len(CLAIMS)
    assert all(re.fullmatch(r"covering\.[a-z][a-z0-9_]*", name) for name in ALL)
    assert {"covering.param_lipschitz", "covering.counting_chain", "covering.volume", "covering.shallow_bound_quoted",
            "covering.deep_bound_quoted"} <= set(ALL)


@each
def test_every_claim_carries_what_a_reader_needs(claim: Claim):
    """A claim has an instance, two or more controls with reasons, a comparison, a summary and hypotheses by name."""
    assert claim.instance is not None and claim.instance.steps
    assert len(claim.controls) >= 2 and len({c.name for c in claim.controls}) == len(claim.controls)
    assert all(c.breaks and c.witness.steps for c in claim.controls)
    assert claim.comparison and all(line.part and line.source and line.formal for line in claim.comparison)
    assert claim.title and claim.summary
    names = [name for name, _ in claim.hypotheses]
    assert len(set(names)) == len(names)


@each
def test_controls_are_neighbours_of_the_claim(claim: Claim):
    """No control is the claim itself, and no two controls are the same statement."""
    digests = [c.statement.formula for c in claim.controls]
    assert claim.statement.formula not in digests
    assert len(set(digests)) == len(digests)


@each
def test_sources_are_complete(claim: Claim):
    """A source names authors, year, title and how the statement relates to them; what was not seen is said."""
    source = claim.source
    assert source.authors and source.title and 1900 < source.year < 2100
    assert source.status in PROVENANCE
    assert not source.arxiv or re.fullmatch(r"\d{4}\.\d{4,5}", source.arxiv)
    assert source.note or source.status == "as stated"


@each
def test_outcome_is_declared_with_its_evidence(claim: Claim):
    """A claim declared Proved has a derivation and no refutation, one declared Refuted the other way round."""
    assert claim.declared in ("Proved", "Refuted")
    assert bool(claim.derivation) == (claim.declared == "Proved")
    assert bool(claim.refutations) == (claim.declared == "Refuted")


@each
def test_statement_text_parses_back(claim: Claim):
    """The printed statement of a claim and of its controls, read again, is the same formula."""
    for one in (claim.statement, *(c.statement for c in claim.controls)):
        assert statement(str(one)).formula == one.formula


def test_digests_do_not_depend_on_the_process():
    """A fresh process with another hash seed computes the same digests."""
    code = ("from theory.covering import CLAIMS;"
            "print(*(f'{c.id} {c.digest}' for c in CLAIMS), sep='\\n')")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, timeout=60,
                          env={**os.environ, "PYTHONHASHSEED": "12345"})
    printed = dict(line.split() for line in done.stdout.splitlines())
    assert printed == {name: claim.digest for name, claim in ALL.items()}, done.stderr


# ---- an evaluator of terms that shares nothing with the engines


def value(term: Any, env: dict[str, Any], number: Callable[[Fraction], Any] = lambda q: q) -> Any:
    """Evaluate a scalar term; names are numbers or Python functions in `env`, `number` makes the constants."""
    if isinstance(term, int):
        return term
    if isinstance(term, str):
        return env[term]
    head, *args = term
    if head == "q":
        return number(Fraction(*args))
    if head == "bind":
        kind, name, lo, hi, body = args
        terms = [value(body, {**env, name: j}, number) for j in range(value(lo, env), value(hi, env) + 1)]
        return (sum if kind == "sum" else prod)(terms)
    if head == "^":
        return value(args[0], env, number) ** args[1]
    given = [value(arg, env, number) for arg in args]
    match head:
        case "+":
            return sum(given)
        case "*":
            return prod(given)
        case "/":
            return Fraction(given[0]) / given[1] if isinstance(given[0], int) else given[0] / given[1]
        case "pow":
            return given[0] ** given[1]
        case "fact":
            return factorial(given[0])
        case "binom":
            return comb(*given)
        case "sqrt":
            return arb(given[0]).sqrt()
    return env[head](*given)


def relation(formula: Any) -> tuple[Any, Any]:
    """The two sides of the relation inside quantifiers."""
    while formula[0] == "all":
        formula = formula[3]
    return formula[1], formula[2]


def hypothesis(claim: Claim, name: str) -> Any:
    """A hypothesis by its name."""
    return dict(claim.hypotheses)[name]


def part(claim: Claim, index: int) -> Any:
    """One of several formulas that a claim concludes."""
    return claim.conclusion[2][index]


# ---- the modulus

NETWORKS = [
    ((2, 8, 1), {"bound": 1, "input_radius": 1, "lipschitz": 1}),
    ((3, 4, 2, 5, 1), {"bound": Fraction(3, 2), "input_radius": Fraction(2, 3), "lipschitz": Fraction(4, 5)}),
    ((3, 4, 2), {"bound": (Fraction(1, 2), 3), "input_radius": 2, "lipschitz": 2, "offsets": Fraction(1, 7)}),
    ((1, 2, 3, 2), {"bound": (1, Fraction(5, 4), 2), "input_radius": 0, "lipschitz": (0, 3), "offsets": (1, 2)}),
    ((5, 3), {"bound": 2, "input_radius": Fraction(1, 2), "lipschitz": 1}),
]


def layers(given: Any, count: int) -> list[Fraction]:
    """One number for each layer."""
    return [Fraction(x) for x in (given if isinstance(given, tuple) else (given,) * count)]


def stated_moduli(widths: tuple[int, ...], bound: Any, input_radius: Any, lipschitz: Any,
                  offsets: Any = 0) -> Iterator[Fraction]:
    """The coefficients of delta(1..L+1) in the statement's conclusion, r being equal to its lower bound in H12."""
    hidden = len(widths) - 2
    B, rho, o = layers(bound, hidden + 1), [*layers(lipschitz, hidden), Fraction(1)], layers(offsets, hidden)
    r = [Fraction(input_radius)]
    env = {"L": hidden, "X": r[0], "d": lambda j: widths[j], "B": lambda j: B[j - 1], "rho": lambda j: rho[j - 1],
           "o": lambda j: o[j - 1], "r": lambda j: r[j]}
    least, _ = relation(hypothesis(param_lipschitz.CLAIM, "H12"))
    for k in range(1, hidden + 1):
        r.append(value(least, {**env, "l": k}))
    _, bound_term = relation(param_lipschitz.CLAIM.conclusion)
    for k in range(1, hidden + 2):
        yield value(bound_term, {**env, "delta": lambda j, k=k: int(j == k)})


@pytest.mark.parametrize(("widths", "constants"), NETWORKS, ids=lambda x: str(x) if isinstance(x, tuple) else "")
def test_parameter_modulus_is_the_stated_coefficient(widths, constants):
    """`parameter_modulus` returns the coefficients of delta in covering.param_lipschitz, offsets and boxes included."""
    assert parameter_modulus(widths, **constants) == tuple(stated_moduli(widths, **constants))


@pytest.mark.parametrize(("widths", "constants"), [
    ((2, 8, 1), {"bound": 1, "input_radius": 1, "lipschitz": 1}),
    ((3, 4, 2, 5, 1), {"bound": Fraction(3, 2), "input_radius": Fraction(2, 3), "lipschitz": (2, 3, 1)}),
    ((1, 1, 1), {"bound": Fraction(1, 8), "input_radius": 0, "lipschitz": 8}),
    ((4, 2), {"bound": 2, "input_radius": 3, "lipschitz": 1}),
])
def test_closed_form_is_the_stated_one(widths, constants):
    """`closed_form_modulus` is the right side of part (ii), B times the sum of the moduli is its left side."""
    claim, hidden = modulus_closed_form.CLAIM, len(widths) - 2
    B, rho = Fraction(constants["bound"]), [*layers(constants["lipschitz"], hidden), Fraction(1)]
    r = [Fraction(constants["input_radius"])]
    env = {"L": hidden, "X": r[0], "B": B, "d": lambda j: widths[j], "rho": lambda j: rho[j - 1], "r": lambda j: r[j]}
    _, step = relation(hypothesis(claim, "H9"))
    for k in range(hidden):
        r.append(value(step, {**env, "l": k}))
    total, closed = relation(part(claim, 1))
    assert value(closed, env) == closed_form_modulus(widths, **constants)
    assert value(total, env) == B * sum(parameter_modulus(widths, **constants)) <= value(closed, env)
    reach, limit = relation(part(claim, 0))
    assert all(value(reach, {**env, "l": k}) <= value(limit, {**env, "l": k}) for k in range(1, hidden + 2))


# ---- counts and volumes


@pytest.mark.parametrize("widths", [(1, 2, 1), (1, 3, 1), (1, 2, 2, 1), (2, 3, 4, 2), (3, 2)])
@pytest.mark.parametrize("points", [1, 2, 5])
def test_bias_ordered_count_is_the_middle_of_the_chain(widths, points):
    """`bias_ordered_count` and `raw_count` are the two sides of the chain's second inequality."""
    env = {"L": len(widths) - 2, "m": points, "S": parameter_count(widths), "d": lambda j: widths[j]}
    middle, cube = relation(part(counting_chain.CLAIM, 1))
    assert value(middle, env) == bias_ordered_count(widths, points)
    assert value(cube, env) == raw_count(widths, points)
    smaller, larger = relation(part(counting_chain.CLAIM, 0))
    assert value(smaller, env) == raw_count(widths, points)
    assert value(larger, env) == bias_ordered_count(widths, points) * prod(map(factorial, widths[1:-1]))


def volume_constants(widths: tuple[int, ...], layer: int, bound: Fraction) -> dict[str, Any]:
    """The constants of covering.volume for the hidden layer `layer`: V(n) = c^(S + p n) / (n! F)."""
    p = widths[layer - 1] + 1 + widths[layer + 1]
    others = prod(factorial(d) for k, d in enumerate(widths[1:-1], 1) if k != layer)
    return {"c": 2 * bound, "p": p, "S": parameter_count(widths) - p * widths[layer], "F": others}


@pytest.mark.parametrize("bound", [Fraction(1), Fraction(1, 3), Fraction(7, 5)])
@pytest.mark.parametrize(("widths", "layer"), [((1, 2, 1), 1), ((2, 5, 3, 1), 1), ((2, 5, 3, 1), 2)])
def test_effective_volume_is_the_stated_one(widths, layer, bound):
    """`effective_volume` before and after adding a unit, and `volume_ratio`, satisfy the claim's recursion term by
    term."""
    n = widths[layer]
    wider = (*widths[:layer], n + 1, *widths[layer + 1:])
    env = {**volume_constants(widths, layer, bound), "n": n}
    grown, scaled = relation(part(volume.CLAIM, 0))
    assert value(grown, env) == effective_volume(wider, bound=bound) * (n + 1)
    assert value(scaled, env) == value("c", env) ** env["p"] * effective_volume(widths, bound=bound)
    ratio = volume_ratio(wider, layer, bound=bound)
    assert ratio * effective_volume(widths, bound=bound) * (n + 1) == value(grown, env)
    share, rest = relation(part(volume.CLAIM, 7))
    assert value(share, env) == value(rest, env) == volume_fraction(widths)


# ---- logarithms of the quoted bounds


def encloses(enclosure: tuple[Fraction, Fraction], exact: arb) -> bool:
    """Whether the certain ball lies between the two ends."""
    lower, upper = (arb(fmpq(end.numerator, end.denominator)) for end in enclosure)
    return bool(lower <= exact) and bool(exact <= upper)


def ball(x: Any) -> arb:
    """An exact number as a ball."""
    x = Fraction(x)
    return arb(fmpq(x.numerator, x.denominator))


@pytest.mark.parametrize(("inputs", "hidden"), [(1, 1), (2, 3), (4, 8), (7, 5)])
@pytest.mark.parametrize(("eps", "B", "X", "rho"), [("0.1", 1, 1, 1), ("7", "2.5", 0, "0.01"), ("1/3", "1/8", 2, 3)])
def test_quoted_shallow_bound_is_the_stated_one(inputs, hidden, eps, B, X, rho):
    """The enclosure of the quoted shallow bound holds the logarithm of the statement's right side."""
    with ctx.workprec(300):
        env = {"d0": inputs, "d1": hidden, "B": ball(B), "X": ball(X), "eps": ball(eps), "rho": ball(rho)}
        _, right = relation(shallow_bound_quoted.CLAIM.conclusion)
        enclosure = quoted_shallow_log_bound((inputs, hidden, 1), eps=eps, bound=B, input_radius=X, lipschitz=rho)
        assert encloses(enclosure, value(right, env, ball).log())


@pytest.mark.parametrize(("widths", "rho"), [((2, 8, 1), 1), ((1, 2, 3, 1), "0.5"), ((3, 2, 2, 4, 1), (1, "1/3", 5))])
@pytest.mark.parametrize(("eps", "B", "X"), [("0.1", 1, 1), ("50", "1/8", 0), ("0.003", "2.5", 3)])
def test_quoted_deep_bound_is_the_stated_one(widths, rho, eps, B, X):
    """The enclosure of the quoted deep bound holds the logarithm of the statement's right side."""
    rates = layers(rho, len(widths) - 2)
    with ctx.workprec(300):
        env = {"L": len(widths) - 2, "d": lambda j: widths[j], "rho": lambda j: ball(rates[j - 1]), "B": ball(B),
               "X": ball(X), "eps": ball(eps)}
        _, right = relation(deep_bound_quoted.CLAIM.conclusion)
        enclosure = quoted_deep_log_bound(widths, eps=eps, bound=B, input_radius=X, lipschitz=rho)
        assert encloses(enclosure, value(right, env, ball).log())


@pytest.mark.parametrize(("widths", "rho"), [((2, 8, 1), 1), ((1, 2, 3, 1), "0.5"), ((3, 2, 2, 4, 1), (1, "1/3", 5))])
def test_guarded_deep_bound_is_the_quoted_one_up_to_its_radius_limit(widths, rho):
    """The guarded bound has the quoted base and exponent, and its guard H11 holds exactly up to the radius limit."""
    hidden, rates = len(widths) - 2, layers(rho, len(widths) - 2)
    env = {"L": hidden, "d": lambda j: widths[j], "rho": lambda j: rates[j - 1], "B": Fraction(5, 2), "X": 3}
    given = {"bound": "2.5", "input_radius": 3, "lipschitz": rho}
    n, limit = relation(deep_bound.CLAIM.conclusion[2][0])
    _, quoted = relation(deep_bound_quoted.CLAIM.conclusion)
    at = {**env, "eps": Fraction(1, 3)}
    assert value(limit, at) == quoted_deep_base(widths, eps="1/3", **given) ** parameter_count(widths)
    assert value(n, {**at, "n": 1}) * value(quoted, at) == value(limit, at)
    fine, base = relation(hypothesis(deep_bound.CLAIM, "H11"))
    largest = quoted_deep_radius_limit(widths, **given)
    slack = [value(base, env) - value(fine, {**env, "eps": largest, "l": k}) for k in range(1, hidden + 1)]
    assert min(slack) == 0


@pytest.mark.parametrize(("widths", "points"), [((1, 2, 1), (2, 2)), ((2, 3, 4, 2), (3, 1, 2)), ((3, 2), (4,))])
def test_length_of_the_list_of_representatives_is_the_bias_ordered_count(widths, points):
    """The bound on n in covering.sorted_representatives is `bias_ordered_count`, with one grid for each layer."""
    _, length = relation(representatives.REPRESENTATIVES.statement.conclusion[2][0])
    env = {"L": len(widths) - 2, "d": lambda j: widths[j], "m": lambda j: points[j - 1]}
    assert value(length, env) == bias_ordered_count(widths, points)

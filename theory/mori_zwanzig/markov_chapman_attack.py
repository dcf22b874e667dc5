"""Points against mutants of `mori_zwanzig.markov_chapman`: the recursion with finitely many outcomes is attacked.

Most points have one outcome and one value of the noise: independence is then an identity for all functions, and the
change lets a state, a mean function or a law go its own way.
"""

from __future__ import annotations

import re
from typing import Any

from theory.language import Kill, Survivor, Witness
from theory.language.derivation import Step, apply, combine, finite, intro, witness
from theory.mori_zwanzig.markov_chapman import CLAIM, MEANS, chain_of_states
from theory.mori_zwanzig.markov_points import two

ATTACKED = chain_of_states(MEANS)

_PLAIN = {"L": "1", "S": "1", "n": "1", "p": "o -> 1", "w": "l, k -> 1", "e": "l, o -> 1", "X": "l, o -> 0",
          "F": "l, r, k -> r", "h": "l, r -> r"}
"""One outcome, one layer that does nothing, the mean function r."""


def _at(text: str, **values: str) -> str:
    """The body of a function with its arguments replaced."""
    body = text.split("-> ", 1)[1]
    if not values:
        return body
    return re.sub(r"\b(" + "|".join(values) + r")\b", lambda m: values[m[1]], body)


def _one(name: str, body: str, variable: str) -> tuple[Step, ...]:
    """A sum over 1..1 written out."""
    return two(name, body, variable)[:2]


def _factors(point: dict[str, str]) -> Step:
    """The independence hypothesis of a point with one outcome, for all f and g."""
    depth, start = int(point["L"]), _at(point["X"], l="0")
    p, tail = _at(point["p"]), "prod(j=0..{} - 1: {})"
    law = f"sum(k=1..1: ({_at(point['w'], l='j')})*g(j,k))"
    left, right = f"({p})*f({start})*{tail.format(depth, 'g(j,1)')}", f"({p})*f({start})"
    products = (two("c", "g(j,1)", "j", "prod", 0), two("d", law, "j", "prod", 0))
    laws = tuple(step for j in range(depth)
                 for step in _one(f"e{j}", f"({_at(point['w'], l=str(j))})*g({j},k)", "k"))
    kept = [step for family in products for step in family[:depth + 1]]
    known = " ".join(step.id for step in (*kept, *laws))
    return intro("ind", f"all f:real->real, g:(j:int,k:int)->real => sum(o=1..1: {left})"
                 f" = sum(o=1..1: {right})*{tail.format(depth, law)}", "",
                 *kept, *laws, combine("m", f"{tail.format(depth, 'g(j,1)')} = {tail.format(depth, law)}", known,
                                       rounds=6),
                 *_one("a", left, "o"), *_one("b", right, "o"), combine("z", facts="a0 a1 b0 b1 m", rounds=6))


def _operator(point: dict[str, str], of_f: str, of_k: str) -> Step:
    """h(l, r) = sum_k w(l, k) h(l+1, F(l, r, k)) for one value of the noise, with F at the index `of_f`, `of_k`."""
    image = _at(point["F"], l=of_f, k=of_k)
    body = f"({_at(point['w'])})*({_at(point['h'], l='(l + 1)', r=f'({image})')})"
    single = point["L"] == "1"
    first = (apply("first", "ax.antisym", x="l", y="0"),) if single else ()
    known = "t0 t1 first" if single else "t0 t1"
    return intro("op", f"all l:int | 0 <= l, l <= {point['L']} - 1 => (all r:real => {_at(point['h'])}"
                 f" = sum(k=1..1: {body}))", "l1 l2", *first, intro("w", None, "", *_one("t", body, "k"),
                                                                  combine("z", facts=known, rounds=4)))


def _kill(name: str, *mutants: str, of_f: str = "l", of_k: str = "k", **values: str) -> Kill:
    point = {**_PLAIN, **values}
    steps = [_factors(point)]
    if re.search(r"\br\b", _at(point["h"])):
        steps.append(_operator(point, of_f, of_k))
    level = "1" if point["L"] == "2" else "0"
    return Kill(name, Witness((*steps, witness("end", l=level, **point))), mutants)


_LEVEL = ("end 0 of the range of l", "end L - 1 of the range of l")
_OUTCOME = ("end 1 of the range of o", "end S of the range of o")


def _shifts(hypothesis: str, *ends: str) -> tuple[str, ...]:
    return tuple(f"shift {hypothesis}, {end}" for end in ends)


KILLS = (
    Kill("two coins", CLAIM.instance),
    _kill("states of their own", "drop H3", *_shifts("H3", *_LEVEL, *_OUTCOME, "index l of X"), X="l, o -> l"),
    _kill("states two levels apart", "shift H3, index l + 1 of X", X="l, o -> l*(2 - l)"),
    _kill("the next outcome follows", "shift H3, index o of X", X="l, o -> l*(2 - o)"),
    _kill("the layer after", "shift H3, index l of F", X="l, o -> l", F="l, r, k -> r + l"),
    _kill("from the next outcome", "shift H3, index o of X (2)", X="l, o -> l + (o - 1)*(1 - l)"),
    _kill("another noise in the layer", "shift H3, index e(l, o) of F", X="l, o -> l", F="l, r, k -> r + k - 1"),
    _kill("mean functions of their own", "drop H8", *_shifts("H8", *_LEVEL, "index l of h", "end 1 of the sum"),
          h="l, r -> l"),
    _kill("one noise value too many", *_shifts("H8", "end 1 of the sum", "end n of the sum"), h="l, r -> 2 - l"),
    _kill("the law of the next level", "shift H8, index l of w", w="l, k -> l + 1", h="l, r -> 2 - l"),
    _kill("the weight of the next value", "shift H8, index k of w", w="l, k -> k", h="l, r -> 2 - l"),
    _kill("mean functions two levels apart", "shift H8, index l + 1 of h", h="l, r -> l*(2 - l)"),
    _kill("operator of the next layer", "shift H8, index l of F", of_f="(l + 1)", F="l, r, k -> r + l",
          h="l, r -> r + 1 - l"),
    _kill("operator of the next value", "shift H8, index k of F", of_k="(k + 1)", F="l, r, k -> r + k - 1",
          h="l, r -> r + 1 - l"),
    _kill("laws of mass 2 and 1/2", "drop H6", L="2", w="l, k -> 2 - 3/2*l", h="l, r -> 1 - l*(2 - l)/2"),
    _kill("laws of mass 2 and 1/2, a value 0", "shift H6, end 1 of the sum", L="2",
          w="l, k -> (2 - 3/2*l)*k + (3/2*l - 1)*(1 - k)", h="l, r -> 1 - l*(2 - l)/2"),
    _kill("laws of mass 2 and 1/2, a value 2", "shift H6, end n of the sum", L="2",
          w="l, k -> (2 - 3/2*l)*(2 - k) + (3/2*l - 1)*(k - 1)", h="l, r -> 1 - l*(2 - l)/2"),
    _kill("laws of mass 2 and 1/2, weight of the next value", "shift H6, index k of w", L="2",
          w="l, k -> (2 - 3/2*l)*(2 - k) + (k - 1)", h="l, r -> 1 - l*(2 - l)/2"),
    _kill("probabilities of the next outcome", *_shifts("conclusion", "index o of p", "index o of p (2)"),
          p="o -> o", h="l, r -> 1"),
)



def _terms(name: str, body: str, variable: str, kind: str, low: int, high: int) -> tuple[Step, ...]:
    """A sum or product over low..high written out."""
    at = f"{variable} -> {body}"
    return (apply(f"{name}e", f"ax.{kind}_empty", f=at, a=str(low), b=str(low - 1)),
            *(apply(f"{name}{k}", f"ax.{kind}_last", f=at, a=str(low), b=str(k)) for k in range(low, high + 1)))


def _independence(name: str, point: dict[str, str], *, left: tuple[int, int] | None = None, e: str = "",
                  weight: str = "o", law: tuple[str, str, str] = ("j", "k", "k"),
                  values: tuple[int, int] = (1, 2)) -> Step:
    """A changed independence at a point that starts in the state 0, for all f and g.

    `left`, `e`, `weight` are the levels, the change of the noise number and the outcome of p in the left mean; `law`
    the indices of the terms w(., .) g(j, .) on the right and `values` the range of their sums.
    """
    depth, outcomes = int(point["L"]), int(point["S"])
    low, high = left or (0, depth - 1)
    noise, p = _at(point["e"], l="j") + e, _at(point["p"])
    one = f"({_at(point['p'], o=f'({weight})')})*f(0)*prod(j={low}..{high}: g(j,{noise}))"
    term = f"({_at(point['w'], l=f'({law[0]})', k=f'({law[1]})')})*g(j,{law[2]})"
    sums = f"sum(k={values[0]}..{values[1]}: {term})"
    steps = [*_terms("a", one, "o", "sum", 1, outcomes), *_terms("b", f"({p})*f(0)", "o", "sum", 1, outcomes),
             *_terms("d", sums, "j", "prod", 0, depth - 1)]
    for o in range(1, outcomes + 1):
        steps += _terms(f"c{o}", f"g(j,{_at('o -> ' + noise, o=str(o))})", "j", "prod", low, high)
    for j in range(depth):
        steps += _terms(f"k{j}", _at("j -> " + term, j=str(j)), "k", "sum", *values)
    return intro(name, f"all f:real->real, g:(j:int,k:int)->real => sum(o=1..{outcomes}: {one})"
                 f" = sum(o=1..{outcomes}: ({p})*f(0))*prod(j=0..{depth - 1}: {sums})", "",
                 *steps, combine("z", facts=" ".join(step.id for step in steps), rounds=8))


def _values(name: str, *changes: dict[str, Any], **given: str) -> Kill:
    """The noise number in 1..2 is the next state: F(l, r, k) = k. The point satisfies the changed independences."""
    point = {**_PLAIN, "n": "2", "F": "l, r, k -> k", "X": "l, o -> 2*l", "e": "l, o -> 2", **given}
    depth = int(point["L"])
    levels = [[intro("w", None, "", *_terms("t", _backward(point, level), "k", "sum", 1, 2),
                     combine("z", facts="te t1 t2", rounds=4))] for level in range(depth)]
    operator = finite("op", f"all l:int | 0 <= l, l <= {depth} - 1 => (all r:real => {_at(point['h'])}"
                      f" = sum(k=1..2: {_backward(point, None)}))", *levels)
    return Kill(name, Witness((*(_independence(f"ind{k}", point, **change) for k, change in enumerate(changes)),
                               operator, witness("end", l="0", **point))))


def _backward(point: dict[str, str], level: int | None) -> str:
    here = "l" if level is None else str(level)
    return f"({_at(point['w'], l=here)})*({_at(point['h'], l=f'({here} + 1)', r='(k)')})"


_SIGNED = {"S": "2", "p": "o -> 3 - 2*o", "w": "l, k -> 1/2", "e": "l, o -> o", "X": "l, o -> l*o",
           "h": "l, r -> l*r + (1 - l)*3/2"}

KILLS += (
    _values("the operators have the noise 1, the outcome 2", {"e": " - 1"}, {"law": ("j + 1", "k", "k")},
            {"law": ("j", "k + 1", "k")}, {"law": ("j", "k", "k + 1")},
            w="l, k -> (1 - l)*(k - 2)^2 + l*(k - 1)", h="l, r -> l*r + 1 - l"),
    _values("signed weights of sum 0, a noise left out", {"left": (1, 0)}, {"left": (0, -1)}, **_SIGNED),
    _values("laws of mass 2 and 1/2 on the value 2", {"values": (2, 2)}, w="l, k -> (1 - l)*(3*k - 4) + l/2", L="2",
            X="l, o -> l*(3 - l)", h="l, r -> l*(l - 1)/2*r + (1 - l*(l - 1)/2)*3/2"),
    _values("probabilities of the next outcome in the joint law", {"weight": "o + 1"}, **_SIGNED | {
        "p": "o -> 3/4 - (o - 1)*(3 - o)/2", "w": "l, k -> k/2 - 1/4", "h": "l, r -> l*r + (1 - l)*7/4"}),
)

_RANGE = (*_LEVEL, *_OUTCOME, "index l of e", "index o of e")

SURVIVORS = (
    Survivor(("drop H1",), "true: for a negative number of outcomes all sums are empty"),
    Survivor(("drop H2",), "true: without a noise value H4 and H5 leave no outcome, or there is no layer"),
    Survivor(("drop H4", "drop H5", *_shifts("H4", *_RANGE), *_shifts("H5", *_RANGE)),
             "true: H7 with functions g that vanish on 1..n gives the outcomes outside the total weight 0 at every"
             " value of X(0, .) and of all noises, of which the states are functions; not proved here"),
    Survivor(_shifts("H6", *_LEVEL, "index l of w"),
             "true: by H7 with f = g = 1 the masses of the laws have the product 1, so one of them may be left out,"
             " or all means are 0"),
    Survivor(tuple(f"shift H7, {place}" for place in (
        "end 1 of the sum", "end S of the sum", "end 1 of the sum (2)", "end S of the sum (2)", "index o of p (2)",
        "index 0 of X (2)", "index o of X (2)")),
             "true: with g = 1 the product of the laws is 1 by H6, so the two means of f(X(0, .)) agree, and putting"
             " one for the other gives H7"),
    Survivor(tuple(f"shift H7, {place}" for place in (
        "index j of g", "index j of g (2)", "end 0 of the prod (2)", "end L - 1 of the prod (2)")),
             "true: one side depends on g at a level that the other does not have; with g = 0 there both are 0 for all"
             " f and all other g, so the outcomes have total weight 0 at every value of X(0, .) and of the noises, and"
             " all means are 0; not proved here"),
    Survivor(("shift H7, end 1 of the sum (3)", "shift H7, end n of the sum"),
             "false, not killed: laws of mass 2 and 1/2 on the value that the noise has, of mass 1 with the other"
             " value, as in the point here (and with the noise 1); the search tries two points of a mutant that it"
             " cannot decide"),
    Survivor(("shift H7, index o of p",),
             "false, not killed: p = 3/4, 1/4, 3/4 with noise 1, 2 of law 1/4, 3/4; the point is here, but the search"
             " tries two of a mutant that it cannot decide"),
    Survivor(("shift H7, index 0 of X",),
             "false for signed weights, not killed: five outcomes in which X(1, .) is independent of the noise and has"
             " the law of X(0, .), which is not"),
    Survivor(("shift H7, index o of X",),
             "false, not killed: four outcomes with X(0, .) = 0, 0, 1, 1, 0 and noise 1, 1, 2, 2, which is independent"
             " of the next outcome's start only"),
)

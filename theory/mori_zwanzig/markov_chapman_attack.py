"""Points against mutants of `mori_zwanzig.markov_chapman`: the recursion with finitely many outcomes is attacked.

Most points have one outcome and one value of the noise: independence is then an identity for all functions, and the
change lets a state, a mean function or a law go its own way.
"""

from __future__ import annotations

import re

from theory.language import Kill, Survivor, Witness
from theory.language.derivation import Step, combine, intro, witness
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
    return intro("op", f"all l:int | 0 <= l, l <= {point['L']} - 1 => (all r:real => {_at(point['h'])}"
                 f" = sum(k=1..1: {body}))", "l1 l2", intro("w", None, "", *_one("t", body, "k"),
                                                          combine("z", facts="t0 t1", rounds=4)))


def _kill(name: str, *mutants: str, of_f: str = "l", of_k: str = "k", **values: str) -> Kill:
    point = {**_PLAIN, **values}
    steps = [_factors(point)]
    if re.search(r"\br\b", _at(point["h"])):
        steps.append(_operator(point, of_f, of_k))
    return Kill(name, Witness((*steps, witness("end", **point))), mutants)


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
        "end 1 of the sum", "end S of the sum", "index o of p", "index 0 of X", "index o of X", "end 0 of the prod",
        "end L - 1 of the prod", "index j of g", "index e(j, o) of g", "end 1 of the sum (2)", "end S of the sum (2)",
        "index o of p (2)", "index 0 of X (2)", "index o of X (2)", "end 0 of the prod (2)",
        "end L - 1 of the prod (2)", "end 1 of the sum (3)", "end n of the sum", "index j of w", "index k of w",
        "index j of g (2)", "index k of g")),
             "open: at a point the changed independence is an identity for all f and g that needs a proof of its own;"
             " those of the points here prove the unchanged one"),
)

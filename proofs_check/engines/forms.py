"""Mean-value and second-order Taylor forms about the middle of a box, as terms of the grammar.

On a box that holds x and its centre c, f(x) = f(c) + f'(m)(x - c) for some m between, so a bound of the right side for
all x and m in the box is a bound of f. The form is sharper than f itself on a small box, because x occurs once in it.
The terms are proposals; the equation is proved by mean-value or Taylor steps.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations_with_replacement
from typing import Any

import sympy

from theory.language.errors import InputError, explain
from theory.language.symbolic import from_sympy, symbol, to_sympy

Term = Any
RationalBox = Mapping[str, tuple[Fraction | int, Fraction | int]]


@dataclass(frozen=True)
class Expansion:
    """A form about `centre`; `between` names, for each variable, the intermediate point of the last derivatives.

    `term` has both kinds of names free; over the box with each intermediate point in the range of its variable, every
    lower (upper) bound of `term` is one of the function.
    """

    centre: tuple[tuple[str, Fraction], ...]
    between: tuple[tuple[str, str], ...]
    term: Term


def mean_value_form(term: Term, box: RationalBox) -> Expansion:
    """Return f(c) + sum over i of (d_i f)(m) (x_i - c_i), c the middle of the box."""
    return _expand(term, box, order=1)


def taylor_form(term: Term, box: RationalBox) -> Expansion:
    """Return f(c) + sum_i (d_i f)(c)(x_i - c_i) + 1/2 sum_ij (d_ij f)(m)(x_i - c_i)(x_j - c_j), c the middle."""
    return _expand(term, box, order=2)


def _expand(term: Term, box: RationalBox, order: int) -> Expansion:
    centre = {name: (Fraction(lo) + Fraction(hi)) / 2 for name, (lo, hi) in box.items()}
    function = to_sympy(term)
    names = [name for name in sorted(box) if symbol(name) in function.free_symbols]
    unknown = {s.name for s in function.free_symbols} - set(box)
    if unknown:
        raise InputError(explain("form", "a range for each variable", sorted(unknown), "Add it to the box."))
    taken = set(box)
    between = {}
    for name in names:
        between[name] = f"{name}_m" if f"{name}_m" not in taken else _unused(name, taken)
        taken.add(between[name])
    at_centre = {symbol(n): sympy.Rational(centre[n].numerator, centre[n].denominator) for n in names}
    at_between = {symbol(n): symbol(m) for n, m in between.items()}
    parts = [from_sympy(function.subs(at_centre))]
    for degree in range(1, order + 1):
        place = at_between if degree == order else at_centre
        for chosen in combinations_with_replacement(names, degree):
            parts.append(_summand(function, chosen, place, centre))
    terms = [p for p in parts if p != 0]
    whole = ("+", *terms) if len(terms) > 1 else terms[0] if terms else 0
    return Expansion(tuple(sorted(centre.items())), tuple(between.items()), whole)


def _unused(name: str, taken: set[str]) -> str:
    k = 1
    while f"{name}_m{k}" in taken:
        k += 1
    return f"{name}_m{k}"


def _summand(function: Any, chosen: tuple[str, ...], place: Mapping[Any, Any], centre: Mapping[str, Fraction]) -> Term:
    """One derivative times its offsets; d_ij with i != j occurs twice in the second-order sum, d_ii once with 1/2."""
    slope = sympy.diff(function, *(symbol(n) for n in chosen)).subs(place, simultaneous=True)
    if len(chosen) == 2 and chosen[0] == chosen[1]:
        slope = slope / 2
    coefficient = from_sympy(slope)
    if coefficient == 0:
        return 0
    offsets = [from_sympy(symbol(n) - sympy.Rational(centre[n].numerator, centre[n].denominator)) for n in chosen]
    if len(offsets) == 2 and offsets[0] == offsets[1]:
        return ("*", coefficient, ("^", offsets[0], 2))
    return ("*", coefficient, *offsets)

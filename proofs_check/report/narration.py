"""A step of a certificate in words: which rule, from which facts, with which multipliers.

A narration is a list of parts that a page and a terminal render in their own ways: texts, names of facts, formulas.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from proofs_check.engines.evaluate import NotComputable, value
from theory.language.terms import from_json, literal


@dataclass(frozen=True)
class Fact:
    """A reference to a fact by its name: a hypothesis, a step, an axiom, a lemma."""

    name: str


@dataclass(frozen=True)
class Math:
    """A term or formula, with the sorts of its free names."""

    thing: Any
    sorts: Mapping[str, Any]


@dataclass(frozen=True)
class Given:
    """Named assumptions of a box: "(h1) 0 <= n"."""

    facts: tuple[tuple[str, Any], ...]
    sorts: Mapping[str, Any]


@dataclass(frozen=True)
class Variables:
    """Variables with what they are: "integers k and n"."""

    pairs: tuple[tuple[str, Any], ...]
    sorts: Mapping[str, Any]


Part = str | Fact | Math | Given | Variables
Words = tuple[Part, ...]

LONGEST_VALUE = 14
"""Values with more digits are shown rounded."""


def listing(parts: Iterable[Part], last: str = " and ") -> list[Part]:
    """Return the parts with commas and a last word between them."""
    parts = list(parts)
    out: list[Part] = []
    for k, part in enumerate(parts):
        out += ([last if k == len(parts) - 1 else ", "] if k else []) + [part]
    return out


def reason(step: Mapping[str, Any], sorts: Mapping[str, Any]) -> Words:
    """Return in a few words why the step's goal holds."""
    return _REASONS[step["by"]](step, sorts)


def details(step: Mapping[str, Any], sorts: Mapping[str, Any], statement: Callable[[str], Any]) -> list[Words]:
    """Return the certificate of the step, line by line; `statement` gives the formula of a fact, or None."""
    writer = _DETAILS.get(step["by"])
    return writer(step, sorts, statement) if writer else []


# ---- combine


def combined_facts(step: Mapping[str, Any]) -> list[str]:
    """Return the facts of a `combine` step, each once, in reading order."""
    found = list(step.get("mul", ()))
    for _, facts, _ in step.get("sum", ()):
        found += facts
    found += [eq[key] for eq in step.get("eqs", ()) for key in ("f", "nz") if key in eq]
    return list(dict.fromkeys(found))


def manner(step: Mapping[str, Any]) -> str:
    """Return what kind of arithmetic a `combine` step is."""
    sums, eqs = step.get("sum", ()), step.get("eqs", ())
    if not sums and not eqs and not step.get("mul"):
        return "both sides are the same polynomial"
    linear = all(len(facts) <= 1 and square is None for _, facts, square in sums)
    constant = all("f" in eq and literal(from_json(eq.get("l", 1))) is not None and "r" not in eq for eq in eqs)
    if any(square is not None for _, _, square in sums):
        return "a sum of squares"
    if linear and constant and not step.get("mul"):
        return "by linear arithmetic"
    if not sums:
        return "by algebra"
    return "by arithmetic with products of facts" if not linear else "by arithmetic"


def _combine_reason(step: Mapping[str, Any], sorts: Mapping[str, Any]) -> Words:
    names = combined_facts(step)
    return (manner(step), *([" from ", *listing(map(Fact, names))] if names else []))


def _combine_details(step: Mapping[str, Any], sorts: Mapping[str, Any], statement: Any) -> list[Words]:
    products = [*(_summand(entry, sorts) for entry in step.get("sum", ())),
                *(_multiple(eq, sorts) for eq in step.get("eqs", ()))]
    total: list[Part] = []
    for product in products:
        total += ([" + "] if total else []) + product
    left: list[Part] = [part for name in step.get("mul", ()) for part in ("(", Fact(name), ") · ")]
    lines: list[Words] = [(*left, "(goal) = ", *(total or ["0"]))]
    legend = "Here (goal) and every named fact stand for right side minus left side"
    strict = step["goal"][0] == "<"
    lines.append((legend, ", and the weights of inequalities are positive." if step.get("sum") else ".",
                  " At least one summand is positive, so the inequality is strict." if strict else ""))
    return lines


def _summand(entry: Any, sorts: Mapping[str, Any]) -> list[Part]:
    (p, q), facts, square = entry
    out: list[Part] = [] if (p, q) == (1, 1) and (facts or square is not None) else [
        Math(("q", p, q) if q != 1 else p, sorts)]
    for name in facts:
        out += ([" · "] if out else []) + ["(", Fact(name), ")"]
    if square is not None:
        out += ([" · "] if out else []) + [Math(("^", from_json(square), 2), sorts)]
    return out


def _multiple(eq: Mapping[str, Any], sorts: Mapping[str, Any]) -> list[Part]:
    left = from_json(eq.get("l", 1))
    out: list[Part] = []
    if left == -1:
        out = ["(−1) · "]
    elif left != 1:
        out = ["[", Math(left, sorts), "] · "]
    if "inv" in eq:
        b = from_json(eq["inv"])
        return [*out, "(", Math(("*", b, ("/", 1, b)), sorts), " − 1, where ", Fact(eq["nz"]), " rules out 0)"]
    mark = ")ᵀ" if eq.get("T") else ")"
    right: list[Part] = [" · [", Math(from_json(eq["r"]), sorts), "]"] if "r" in eq else []
    return [*out, "(", Fact(eq["f"]), mark, *right]


# ---- apply and the logical rules


def substitution(step: Mapping[str, Any], sorts: Mapping[str, Any]) -> list[Part]:
    """Return "x = 1, f = ..." of a step's substitution; functions as the maps they are."""
    out: list[Part] = []
    for name, term in step.get("sub", {}).items():
        if term == name or _is_same_function(name, term):
            continue
        out += ([", "] if out else []) + [Math(name, sorts), " := ", Math(from_json(term), sorts)]
    return out


def _is_same_function(name: str, term: Any) -> bool:
    return isinstance(term, list) and term[:1] == ["lam"] and term[2] == [name, *term[1]]


def _apply_reason(step: Mapping[str, Any], sorts: Mapping[str, Any]) -> Words:
    taken = [(name, from_json(term)) for name, term in step["sub"].items() if term != name]
    short = [(n, t) for n, t in taken if not (isinstance(t, tuple) and t[0] == "lam")]
    shown = len(taken) == len(short) <= 2 and all(len(str(t)) <= 24 for _, t in short)
    sub: list[Part] = []
    for name, term in short if shown else []:
        sub += ([", "] if sub else [" with "]) + [Math(name, sorts), " = ", Math(term, sorts)]
    return ("by ", Fact(step["fact"]), *sub)


def _apply_details(step: Mapping[str, Any], sorts: Mapping[str, Any], statement: Any) -> list[Words]:
    lines: list[Words] = []
    formula = statement(step["fact"])
    if formula is not None:
        lines.append((Fact(step["fact"]), ": ", Math(formula, sorts)))
    taken = substitution(step, sorts)
    if taken:
        lines.append(("It is used with ", *taken, "."))
    if step["prem"]:
        lines.append(("Its hypotheses hold by ", *listing(map(Fact, step["prem"])), "."))
    return lines


def _witness_reason(step: Mapping[str, Any], sorts: Mapping[str, Any]) -> Words:
    taken = substitution(step, sorts)
    what: list[Part] = ["take ", *taken] if taken else ["both parts hold" if len(step["prem"]) == 2 else "all hold"]
    prem = list(dict.fromkeys(step["prem"]))
    named = [name for name in prem if not is_routine(name)]
    return (*what, *([" by ", *listing(map(Fact, named))] if named and len(named) <= 12 else []))


def _witness_details(step: Mapping[str, Any], sorts: Mapping[str, Any], statement: Any) -> list[Words]:
    return [("The formulas hold by ", *listing(map(Fact, dict.fromkeys(step["prem"]))), ".")] if step["prem"] else []


def _compute_details(step: Mapping[str, Any], sorts: Mapping[str, Any], statement: Any) -> list[Words]:
    sides = [exact_value(from_json(side)) for side in step["goal"][1:]]
    return [("Left side ", sides[0], ", right side ", sides[1], ".")] if all(sides) else []


def exact_value(term: Any) -> str:
    """Return the value of a closed scalar term as text, long ones rounded, or "" if it cannot be evaluated here."""
    try:
        found = value(term, {})
    except (NotComputable, ArithmeticError, LookupError, TypeError, ValueError):
        return ""
    return shown_value(found) if isinstance(found, Fraction) else ""


def shown_value(number: Fraction) -> str:
    """Return a rational as text; a long one with five or six digits and "about".

    >>> shown_value(Fraction(3, 4)), shown_value(Fraction(2)**100)
    ('3/4', 'about 1.2677e30')
    """
    if max(abs(number.numerator), number.denominator) < 10**LONGEST_VALUE:
        return str(number)
    size = math.log10(abs(number.numerator)) - math.log10(number.denominator)
    power = math.floor(size)
    sign = "-" if number < 0 else ""
    return f"about {sign}{10 ** (size - power):.4f}e{power}" if abs(power) > 5 else f"about {float(number):.6g}"


def is_routine(name: str) -> bool:
    """Return whether a step was inserted by the search for a side condition: d.1, d.2, ..."""
    return name.startswith("d.") and name[2:].isdigit()


def _leaves(tree: Any) -> int:
    return 1 if isinstance(tree, int) else _leaves(tree[2]) + _leaves(tree[3])


def _cases_reason(step: Mapping[str, Any], sorts: Mapping[str, Any]) -> Words:
    return (f"in each of the {len(step['boxes'])} cases of ", Fact(step["fact"]))


_REASONS: dict[str, Callable[[Mapping[str, Any], Mapping[str, Any]], Words]] = {
    "combine": _combine_reason,
    "apply": _apply_reason,
    "witness": _witness_reason,
    "compute": lambda step, sorts: ("by exact evaluation of both sides",),
    "intro": lambda step, sorts: ("as follows",),
    "induct": lambda step, sorts: ("by induction on ", Math(step["goal"][1][0][0], sorts)),
    "cases": _cases_reason,
    "either": lambda step, sorts: ("one of the cases holds, by ", Fact(step["fact"])),
    "finite": lambda step, sorts: ("value by value",),
    "obtain": lambda step, sorts: ("with what ", Fact(step["fact"]), " provides"),
    "define": lambda step, sorts: ("with an auxiliary function ", Math(step["def"][1], sorts)),
    "enclose": lambda step, sorts: (f"by interval arithmetic on {_leaves(step['tree'])} boxes",),
    "decided": lambda step, sorts: ("two solvers report it, not checked, from ", *listing(map(Fact, step["facts"]))),
}

_DETAILS: dict[str, Callable[[Mapping[str, Any], Mapping[str, Any], Any], list[Words]]] = {
    "combine": _combine_details, "apply": _apply_details, "witness": _witness_details, "compute": _compute_details,
}

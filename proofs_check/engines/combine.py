"""Search for `combine` certificates: linear programming over products of facts, exact re-solve over the rationals.

prod(mul) * (b - a) = sum weight * prod(facts) * square^2 + sum l * (right - left) * r, as polynomials. Columns of the
linear problem are products of inequalities up to a degree, squares, and equations times the monomials that can cancel
something. Floats pick the support; the certificate is solved exactly on it by python-flint.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from theory.language.errors import SearchFailed
from theory.language.printing import text
from theory.language.terms import Formula, Term

from .canonical import (
    ONE,
    Monomial,
    Polynomial,
    Word,
    add,
    join,
    matrix_add,
    matrix_multiply,
    multiply,
    transpose_word,
)
from .context import Context
from .linear import solve_exactly, solve_nonnegative

MAX_COLUMNS = 6000
MAX_MULTIPLES = 1500
MATRIX_ROUNDS = 4


@dataclass(frozen=True)
class Column:
    """One unknown of the linear problem: its polynomial and what it contributes to the certificate."""

    poly: Any
    kind: str
    what: Any
    strict: bool = False


@dataclass(frozen=True)
class Equation:
    """An equation fact, or the relation b*(1/b) = 1 released by a fact that b is not zero."""

    entry: tuple[tuple[str, Any], ...]
    poly: Any
    shape: Any = None


def combine(context: Context, goal: Formula, facts: tuple[str, ...], *, mul: tuple[str, ...] = (),
            squares: tuple[Term, ...] = (), degree: int = 2, rounds: int = 2) -> dict[str, Any]:
    """Return the fields mul, sum, eqs of a certificate, or raise SearchFailed with what was tried."""
    if goal[0] not in ("<=", "<", "="):
        raise SearchFailed(f"combine proves <=, < and =, not {text(goal)}")
    sort, target = context.difference(goal)
    matrix = isinstance(sort, tuple)
    for id_ in mul:
        target = multiply(target, context.difference(context.fact(id_))[1])
    equations, inequalities = _sorted_facts(context, facts)
    equations += _reciprocals(context, goal, facts, mul)
    if matrix:
        return _matrix(context, target, sort, equations)
    degrees = range(1, degree + 1) if inequalities else (0,)
    effort = [(d, r) for d in degrees for r in range(1, rounds + 1)]
    for d, r in effort:
        columns = _products(context, inequalities, squares, d) if goal[0] != "=" else []
        columns += _multiples(context, equations, target, columns, r)
        if len(columns) > MAX_COLUMNS:
            break
        found = _solve(target, columns, goal[0])
        if found is not None:
            return _certificate(context, found, columns, mul)
    raise SearchFailed(_failure(context, goal, target, inequalities, equations, degree, rounds))


def _sorted_facts(context: Context, facts: tuple[str, ...]) -> tuple[list[Equation],
                                                                     list[tuple[str, Polynomial, bool]]]:
    equations: list[Equation] = []
    inequalities: list[tuple[str, Polynomial, bool]] = []
    for id_ in dict.fromkeys(facts):
        f = context.fact(id_)
        if f[0] == "=":
            sort, poly = context.difference(f)
            equations.append(Equation((("f", id_),), poly, sort if isinstance(sort, tuple) else None))
        elif f[0] in ("<", "<="):
            inequalities.append((id_, context.difference(f)[1], f[0] == "<"))
        elif f[0] != "!=":
            raise SearchFailed(f"the fact {id_} is not a relation: apply it first")
    return equations, inequalities


def _reciprocals(context: Context, goal: Formula, facts: tuple[str, ...], mul: tuple[str, ...]) -> list[Equation]:
    """Relations b*(1/b) - 1 for the reciprocals in sight whose b some fact in scope separates from zero."""
    canon, numbers = context.canon, set()
    for f in (goal, *(context.fact(i) for i in (*facts, *mul))):
        if f[0] in ("<=", "<", "=", "!="):
            sort, poly = context.difference(f)
            if not isinstance(sort, tuple):
                numbers |= {g for m in poly for g, _ in m if g in canon.bases}
    out = []
    for number in sorted(numbers):
        base = canon.bases[number]
        id_ = nonzero(context, base, (*facts, *mul))
        if id_ is not None:
            poly = add(multiply(base, {((number, 1),): Fraction(1)}), ONE, -1)
            out.append(Equation((("inv", canon.terms[number][2]), ("nz", id_)), poly))
    return out


def nonzero(context: Context, base: Polynomial, first: tuple[str, ...] = ()) -> str | None:
    """Name of a fact that separates exactly this polynomial from zero."""
    minus = add({}, base, -1)
    for id_ in (*first, *reversed(context.facts)):
        f = context.fact(id_)
        if f[0] in ("<", "!="):
            sort, poly = context.difference(f)
            if poly in (base, minus):
                return id_
    return None


def _products(context: Context, inequalities: list[tuple[str, Polynomial, bool]], squares: tuple[Term, ...],
              degree: int) -> list[Column]:
    """Products of up to `degree` inequalities, with and without a square."""
    out = [Column(ONE, "sum", ((), None), True)]
    squared = [(s, _square(context, s)) for s in squares]
    for k in range(degree + 1):
        for combo in itertools.combinations_with_replacement(inequalities, k):
            p = ONE
            for _, q, _ in combo:
                p = multiply(p, q)
            ids = tuple(i for i, _, _ in combo)
            if k and p:
                out.append(Column(p, "sum", (ids, None), all(s for _, _, s in combo)))
            out += [Column(multiply(p, q), "sum", (ids, s)) for s, q in squared if p]
    return out


def _square(context: Context, t: Term) -> Polynomial:
    sort, value = context.canon.canon(t, context.env)
    if not isinstance(sort, tuple):
        return multiply(value, value)
    other = {transpose_word(w): p for w, p in value.items()}
    return context.canon.trace(matrix_multiply(value, other), sort[1])


def _multiples(context: Context, equations: list[Equation], target: Polynomial, columns: list[Column],
               rounds: int) -> list[Column]:
    """Equations times the monomials that let one of their terms meet a monomial already present."""
    out: list[Column] = []
    seen: set[Any] = set()
    monomials = set(target) | {m for c in columns for m in c.poly}
    frontier = set(monomials)
    for _ in range(rounds):
        new: set[Monomial] = set()
        for k, e in enumerate(equations):
            makers = _traced(context, e, frontier) if e.shape else _scaled(e, frontier)
            for tag, poly in makers:
                if (k, tag) not in seen and poly:
                    seen.add((k, tag))
                    out.append(Column(poly, "eqs", (e.entry, tag)))
                    new |= set(poly)
            if len(out) > MAX_COLUMNS:
                return out
        frontier = new - monomials
        monomials |= new
    return out


def _scaled(e: Equation, monomials: set[Monomial]) -> list[tuple[Any, Polynomial]]:
    out = {}
    for part in e.poly:
        wanted = dict(part)
        for m in monomials:
            rest = dict(m)
            if all(rest.get(g, 0) >= k for g, k in wanted.items()):
                for g, k in wanted.items():
                    rest[g] -= k
                quotient = tuple(sorted((g, k) for g, k in rest.items() if k))
                out.setdefault((quotient, None, False), None)
    return [((q, None, False), multiply(e.poly, {q: Fraction(1)})) for q, _, _ in out]


def _traced(context: Context, e: Equation, monomials: set[Monomial]) -> list[tuple[Any, Polynomial]]:
    """A matrix equation under a trace: rotations of the words in sight that begin with a word of the equation."""
    canon, out = context.canon, {}
    for m in monomials:
        for g, k in m:
            if g not in canon.traces or k < 1:
                continue
            rest = tuple((h, n - (h == g)) for h, n in m if n - (h == g))
            word = canon.traces[g][0]
            for w in (word, transpose_word(word)):
                for i in range(len(w)):
                    rotated = w[i:] + w[:i]
                    for part in e.poly:
                        if part and rotated[: len(part)] == part:
                            out.setdefault((rest, rotated[len(part):], False), None)
                        if not part:
                            out.setdefault((rest, rotated, False), None)
    made = []
    for rest, right, flip in out:
        value = matrix_multiply(e.poly, {right: ONE})
        size = canon.symbol_shapes[right[-1][0]][0 if right[-1][1] else 1] if right else e.shape[2]
        if size != e.shape[1]:
            continue
        made.append(((rest, right, flip), multiply(canon.trace(value, size), {rest: Fraction(1)})))
    return made


def _solve(target: Polynomial, columns: list[Column], relation: str) -> dict[int, Fraction] | None:
    if not columns:
        return {} if not target and relation != "<" else None
    nonnegative = [c.kind == "sum" for c in columns]
    if not any(nonnegative):
        return solve_exactly([c.poly for c in columns], target)
    strict = [c.strict for c in columns] if relation == "<" else None
    cost = [1e-3 + len(c.what[0]) + (c.what[1] is not None) if c.kind == "sum" else 0.0 for c in columns]
    return solve_nonnegative([c.poly for c in columns], target, nonnegative, cost, strict)


def _certificate(context: Context, found: dict[int, Fraction], columns: list[Column],
                 mul: tuple[str, ...]) -> dict[str, Any]:
    sums, groups = [], {}
    for j, weight in found.items():
        c = columns[j]
        number = weight.numerator if weight.denominator == 1 else ("q", weight.numerator, weight.denominator)
        if c.kind == "sum":
            sums.append([[weight.numerator, weight.denominator], list(c.what[0]), c.what[1]])
            continue
        entry, (monomial, right, flip) = c.what
        body = context.canon.monomial_term(monomial)
        scaled = number if body == 1 else body if number == 1 else ("*", number, body)
        groups.setdefault((entry, right, flip), []).append(scaled)
    out: dict[str, Any] = {"mul": list(mul)} if mul else {}
    if sums:
        out["sum"] = sums
    if groups:
        out["eqs"] = [_entry(context, *group, parts) for group, parts in groups.items()]
    return out


def _entry(context: Context, entry: Any, right: Any, flip: bool, parts: list[Term]) -> dict[str, Any]:
    scale = parts[0] if len(parts) == 1 else ("+", *parts)
    out = dict(entry)
    if right is None:
        if scale != 1:
            out["l"] = scale
    elif right:
        word = context.canon.word_term(right)
        out["r"] = word if scale == 1 else ("*", scale, word)
    elif scale != 1:
        out["l"] = scale
    return {**out, "T": True} if flip else out


def _matrix(context: Context, target: Any, sort: Any, equations: list[Equation]) -> dict[str, Any]:
    """A matrix identity: two-sided multipliers l * equation * r found by factoring the words in sight."""
    columns: list[tuple[Any, Any]] = []
    seen: set[Any] = set()
    sight = {(w, m) for w, p in target.items() for m in p}
    new, found = set(sight), None if target else {}
    for _ in range(MATRIX_ROUNDS):
        if found is not None or not new or len(columns) > MAX_MULTIPLES:
            break
        before = len(columns)
        for k, e in enumerate(equations):
            for flip in (False, True) if e.shape else (False,):
                for left, scale, right in _factored(e, flip, new):
                    tag = (k, flip, left, scale, right)
                    if tag not in seen and _fits(context, e, tag, sort):
                        seen.add(tag)
                        columns.append((tag, _multiple(e, tag)))
        found = solve_exactly([_flat(value) for _, value in columns], _flat(target))
        new = {(w, m) for _, value in columns[before:] for w, p in value.items() for m in p} - sight
        sight |= new
    if found is None:
        raise SearchFailed(f"no matrix identity: {len(equations)} equations, {len(columns)} two-sided multiples tried; "
                           "name the equation whose words occur in the goal")
    out = [_matrix_entry(context, equations[columns[j][0][0]], columns[j][0], weight) for j, weight in found.items()]
    return {"eqs": out} if out else {}


def _sided(e: Equation, flip: bool) -> Any:
    """The equation of matrices, transposed if asked; a scalar equation as a multiple of the empty word."""
    if not e.shape:
        return {(): e.poly}
    return {transpose_word(w): p for w, p in e.poly.items()} if flip else e.poly


def _factored(e: Equation, flip: bool, sight: set[Any]) -> list[tuple[Word, Monomial, Word]]:
    """(left, scale, right) for which a term of left * scale * equation * right is in sight."""
    out = []
    for part, p in _sided(e, flip).items():
        for word, monomial in sight:
            scales = [q for m in p if (q := _quotient(monomial, m)) is not None]
            if not e.shape:
                out += [(word, q, ()) for q in scales if word]
                continue
            for i in range(len(word) - len(part) + 1) if scales else ():
                if word[i : i + len(part)] == part:
                    out += [(word[:i], q, word[i + len(part):]) for q in scales]
    return out


def _quotient(monomial: Monomial, by: Monomial) -> Monomial | None:
    rest = dict(monomial)
    for g, k in by:
        rest[g] = rest.get(g, 0) - k
    return None if any(k < 0 for k in rest.values()) else tuple(sorted((g, k) for g, k in rest.items() if k))


def _multiple(e: Equation, tag: Any) -> Any:
    _, flip, left, scale, right = tag
    return matrix_multiply(matrix_multiply({left: {scale: Fraction(1)}}, _sided(e, flip)), {right: ONE})


def _matrix_entry(context: Context, e: Equation, tag: Any, weight: Fraction) -> dict[str, Any]:
    _, flip, left, scale, right = tag
    number = weight.numerator if weight.denominator == 1 else ("q", weight.numerator, weight.denominator)
    factors = [t for t in (number, context.canon.monomial_term(scale)) if t != 1]
    factors += [context.canon.word_term(left)] if left else []
    entry = dict(e.entry)
    if factors:
        entry["l"] = factors[0] if len(factors) == 1 else ("*", *factors)
    if right:
        entry["r"] = context.canon.word_term(right)
    return {**entry, "T": True} if flip else entry


def _fits(context: Context, e: Equation, tag: Any, sort: Any) -> bool:
    """Whether left * equation * right has inner shapes that fit and the shape of the goal."""
    _, flip, left, _, right = tag
    shapes = [context.canon.symbol_shapes[s][::-1] if t else context.canon.symbol_shapes[s] for s, t in (*left, *right)]
    if e.shape:
        own = (e.shape[1], e.shape[2])
        shapes.insert(len(left), own[::-1] if flip else own)
    inside = all(a[1] == b[0] for a, b in zip(shapes, shapes[1:]))
    return inside and (shapes[0][0], shapes[-1][1]) == (sort[1], sort[2])


def _flat(value: Any) -> Polynomial:
    """A matrix as one polynomial-like dictionary keyed by (word, monomial)."""
    return {(w, m): c for w, p in value.items() for m, c in p.items()}  # type: ignore[misc]


def _failure(context: Context, goal: Formula, target: Polynomial, inequalities: Any, equations: Any, degree: int,
             rounds: int) -> str:
    known = {g for _, p, _ in inequalities for m in p for g, _ in m} | {
        g for e in equations if e.shape is None for m in e.poly for g, _ in m}
    missing = sorted({text(context.canon.terms[g]) for m in target for g, _ in m if g not in known})
    used = ", ".join(i for i, _, _ in inequalities) or "none"
    tied = ", ".join(str(dict(e.entry).get("f", "1/b")) for e in equations) or "none"
    hint = "every generator of the goal occurs in some fact"
    if missing:
        hint = f"no fact mentions {', '.join(missing[:6])}"
    open_bases = {text(context.canon.terms[g]) for m in target for g, _ in m
                  if g in context.canon.bases and nonzero(context, context.canon.bases[g]) is None}
    if open_bases:
        hint += f"; no fact says that the denominators of {', '.join(sorted(open_bases))} are not zero"
    return (f"no certificate for {text(goal)} from inequalities [{used}] (degree {degree}) and equations [{tied}] "
            f"({rounds} rounds): {hint}")


__all__ = ["combine", "join", "matrix_add", "nonzero"]

"""Proving small side conditions without being told how: premises of `apply`, formulas of witnesses, obligations.

In order: a fact with the same key; evaluation of closed relations; positivity by structure; linear combination of the
facts in scope; for quantified conditions, `intro` or `finite` and the same again, or a fact in scope that matches.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

from theory.language.errors import SearchFailed
from theory.language.printing import text
from theory.language.substitution import substitute
from theory.language.terms import RELATIONS, Formula, flatten, names

from .combine import combine
from .context import Context
from .evaluate import NotComputable, holds, integer
from .matching import match

Steps = list[dict[str, Any]]
MAX_FINITE = 64


def discharge(context: Context, goal: Formula, steps: Steps, *, use: tuple[str, ...] = (), depth: int = 5) -> str:
    """Return the name of a fact that is the goal, appending the steps that prove it. Raises SearchFailed."""
    known = context.same(goal)
    if known is not None:
        return known
    name = context.name("d")
    if goal[0] in RELATIONS:
        _relation(context, goal, steps, name, use, depth)
    elif goal[0] == "all":
        _quantified(context, goal, steps, name, use, depth)
    elif goal[0] == "or":
        _alternative(context, goal, steps, name, use, depth)
    elif goal[0] == "some" and not goal[1]:
        parts = [discharge(context, h, steps, use=use, depth=depth) for h in flatten(goal[2])]
        emit(context, steps, name, goal, by="witness", sub={}, prem=parts)
    elif goal[0] == "some" and all(sort == "int" for _, sort in goal[1]) and depth > 0:
        _small_witness(context, goal, steps, name, use, depth)
    else:
        _by_facts(context, goal, steps, name, use, depth)
    return name


def _alternative(context: Context, goal: Formula, steps: Steps, name: str, use: tuple[str, ...], depth: int) -> None:
    """`or` by the first alternative that can be discharged; else by a fact that matches the whole."""
    for part in goal[1:]:
        try:
            fact = discharge(context, part, steps, use=use, depth=depth)
        except SearchFailed:
            continue
        emit(context, steps, name, goal, by="either", fact=fact)
        return
    _by_facts(context, goal, steps, name, use, depth)


def _small_witness(context: Context, goal: Formula, steps: Steps, name: str, use: tuple[str, ...], depth: int) -> None:
    """`some` over integers: try the least values (0..3) whose formulas can all be discharged."""
    count = len(goal[1])
    for values in itertools.islice(itertools.product((1, 2, 3, 0), repeat=count), 64):
        sub = {v: k for (v, _), k in zip(goal[1], values)}
        parts = [substitute(h, sub) for h in flatten(goal[2])]
        if any(f[0] in RELATIONS and holds(f) is False for f in parts):
            continue
        try:
            prem = [discharge(context, f, steps, use=use, depth=depth - 1) for f in parts]
        except SearchFailed:
            continue
        emit(context, steps, name, goal, by="witness", sub=sub, prem=prem)
        return
    raise SearchFailed(f"no small integers satisfy {text(goal)}")


def emit(context: Context, steps: Steps, name: str, goal: Formula, /, **fields: Any) -> str:
    """Append a certificate step and bring its goal into scope."""
    steps.append({"id": name, "goal": goal, **fields})
    context.facts[name] = goal
    return name


def restate(context: Context, steps: Steps, name: str, goal: Formula, fact: str) -> str:
    """Repeat a fact as a step. `apply` instantiates an `all`, so a quantified fact is introduced again, and a `some`
    is opened and closed."""
    if goal[0] == "all":
        renamed = _fresh_names(context, goal)
        ids = tuple(context.name("h") for _ in renamed[2])
        inner = context.child(renamed[1], dict(zip(ids, renamed[2])))
        body: Steps = []
        sub = {old: new for (old, _), (new, _) in zip(context.fact(fact)[1], renamed[1])}
        emit(inner, body, inner.name("d"), renamed[3], by="apply", fact=fact, sub=sub, prem=list(ids))
        return emit(context, steps, name, renamed, by="intro", ids=list(ids), steps=body)
    if goal[0] == "some":
        f = _fresh_names(context, ("all", goal[1], goal[2], ("=", 0, 0)))
        ids = tuple(context.name("h") for _ in f[2])
        inner = context.child(f[1], dict(zip(ids, f[2])))
        body = []
        sub = {old: new for (old, _), (new, _) in zip(goal[1], f[1])}
        emit(inner, body, inner.name("d"), goal, by="witness", sub=sub, prem=list(ids))
        opened = dict(by="obtain", fact=fact, ids=list(ids), steps=body)
        return emit(context, steps, name, goal, **opened)
    return emit(context, steps, name, goal, by="apply", fact=fact, sub={}, prem=[])


def _relation(context: Context, goal: Formula, steps: Steps, name: str, use: tuple[str, ...], depth: int) -> None:
    truth = holds(goal)
    if truth:
        emit(context, steps, name, goal, by="compute")
        return
    if truth is False:
        raise SearchFailed(f"{text(goal)} is false by evaluation")
    if goal[0] == "!=":
        _unequal(context, goal, steps, name, use, depth)
        return
    try:
        emit(context, steps, name, goal, by="combine", **combine(context, goal, relevant(context, goal, use), degree=1))
        return
    except SearchFailed as error:
        failure = error
    if goal[0] != "=" and _positive(context, goal, steps, name, depth):
        return
    if use:
        try:
            emit(context, steps, name, goal, by="combine", **combine(context, goal, relations(context, use), degree=2))
            return
        except SearchFailed:
            pass
    try:
        _by_facts(context, goal, steps, name, use, depth)
    except SearchFailed:
        raise failure from None


def relations(context: Context, ids: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the facts that are relations between scalars."""
    out = []
    for i in ids:
        f = context.fact(i)
        if f[0] in ("<=", "<", "=") and not isinstance(context.difference(f)[0], tuple):
            out.append(i)
    return tuple(out)


def relevant(context: Context, goal: Formula, use: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The scalar relations in scope whose generators are connected with the goal's, and those in `use`."""
    chosen = list(relations(context, use))
    alive = _atoms(context, goal)
    for i in chosen:
        alive |= _atoms(context, context.fact(i))
    pool = [i for i in relations(context, tuple(context.facts)) if i not in chosen]
    for _ in range(3):
        new = [i for i in pool if i not in chosen and _atoms(context, context.facts[i]) & alive]
        if not new:
            break
        chosen += new
        for i in new:
            alive |= _atoms(context, context.facts[i])
    return tuple(chosen[:40])


def _atoms(context: Context, f: Formula) -> set[int]:
    sort, poly = context.difference(f)
    return set() if isinstance(sort, tuple) else {g for m in poly for g, _ in m}


def _unequal(context: Context, goal: Formula, steps: Steps, name: str, use: tuple[str, ...], depth: int) -> None:
    for a, b in ((goal[1], goal[2]), (goal[2], goal[1])):
        try:
            less = discharge(context, ("<", a, b), steps, use=use, depth=depth)
        except SearchFailed:
            continue
        emit(context, steps, name, ("!=", a, b), by="apply", fact="ax.lt_ne", sub={"x": a, "y": b}, prem=[less])
        return
    _by_facts(context, goal, steps, name, use, depth)


def _positive(context: Context, goal: Formula, steps: Steps, name: str, depth: int) -> bool:
    """0 <= t or 0 < t by the structure of t: products, sums, quotients, powers and generators known to be positive."""
    if goal[1] != 0 or depth <= 0:
        return False
    relation, t = goal[0], goal[2]
    if not isinstance(t, tuple):
        return False
    try:
        return _positive_term(context, relation, t, goal, steps, name, depth)
    except SearchFailed:
        return False


def _positive_term(context: Context, relation: str, t: Any, goal: Formula, steps: Steps, name: str,
                   depth: int) -> bool:
    op = t[0]
    prove = lambda f: discharge(context, f, steps, depth=depth - 1)  # noqa: E731
    if op in ("+", "*"):
        # A binary split keeps every certificate a product (or sum) of two facts.
        parts = (t[1], t[2] if len(t) == 3 else (op, *t[2:]))
        ids = _signs(prove, op, relation, parts)
        weights = [[[1, 1], [i], None] for i in ids] if op == "+" else [[[1, 1], ids, None]]
        emit(context, steps, name, goal, by="combine", sum=weights)
        return True
    if op == "/":
        below = prove(("<", 0, t[2]))
        part = emit(context, steps, context.name("d"), ("<", 0, ("/", 1, t[2])), by="apply", fact="ax.recip_pos",
                    sub={"x": t[2]}, prem=[below])
        above = prove((relation, 0, t[1]))
        emit(context, steps, name, goal, by="combine", sum=[[[1, 1], [above, part], None]])
        return True
    if op == "^" and t[2] >= 1:
        if relation == "<=" and t[2] % 2 == 0:
            half = t[1] if t[2] == 2 else ("^", t[1], t[2] // 2)
            emit(context, steps, name, goal, by="combine", sum=[[[1, 1], [], half]])
            return True
        base = prove((relation, 0, t[1]))
        emit(context, steps, name, goal, by="combine", sum=[[[1, 1], [base] * t[2], None]])
        return True
    if op == "bind" and t[1] in ("sum", "prod"):
        fact = {"sum<=": "textbook.sum_nonneg", "prod<=": "textbook.prod_nonneg",
                "prod<": "textbook.prod_pos"}.get(t[1] + relation)
        if fact is None or fact not in context.library:
            return False
        f, sub = context.fact(fact), {"f": ("lam", (t[2],), t[5]), "a": t[3], "b": t[4]}
        prem = [discharge(context, substitute(h, sub), steps, depth=depth - 1) for h in flatten(f[2])]
        emit(context, steps, name, goal, by="apply", fact=fact, sub=sub, prem=prem)
        return True
    try:  # a fact in scope that says 1 <= t
        one: Steps = []
        name_one = context.name("d")
        _by_facts(context, ("<=", 1, t), one, name_one, (), depth)
        steps += one
        emit(context, steps, name, goal, by="combine", sum=[[[1, 1], [name_one], None], [[1, 1], [], None]])
        return True
    except SearchFailed:
        pass
    for fact in POSITIVE_FACTS.get((op, relation), ()):
        if fact in context.library and _apply_fact(context, fact, goal, steps, name, (), depth - 1):
            return True
    if relation == "<=" and (op, "<") in POSITIVE_FACTS:
        emit(context, steps, name, goal, by="combine", sum=[[[1, 1], [prove(("<", 0, t))], None]])
        return True
    return False


def _signs(prove: Callable[[Formula], str], op: str, relation: str, parts: tuple[Any, Any]) -> list[str]:
    """Both parts with the sign that a product or sum needs; in a strict sum either part may be the strict one."""
    if op == "*" or relation == "<=":
        return [prove((relation, 0, part)) for part in parts]
    try:
        return [prove(("<", 0, parts[0])), prove(("<=", 0, parts[1]))]
    except SearchFailed:
        return [prove(("<=", 0, parts[0])), prove(("<", 0, parts[1]))]


POSITIVE_FACTS = {
    ("exp", "<"): ("ax.exp_pos",), ("fact", "<"): ("textbook.fact_pos",), ("sqrt", "<"): ("ax.sqrt_pos",),
    ("pow", "<"): ("textbook.pow_pos",), ("pow", "<="): ("textbook.pow_nonneg",),
    ("abs", "<="): ("textbook.abs_nonneg",),
    ("exp", "<="): ("textbook.exp_nonneg",), ("fact", "<="): ("textbook.fact_nonneg",),
    ("sqrt", "<="): ("ax.sqrt_nonneg",),
    ("prod", "<="): (), ("binom", "<="): ("textbook.binom_nonneg",), ("binom", "<"): ("textbook.binom_pos",),
}


def _quantified(context: Context, goal: Formula, steps: Steps, name: str, use: tuple[str, ...], depth: int) -> None:
    if depth <= 0:
        raise SearchFailed(f"not found within the depth of the search: {text(goal)}")
    if _finite(context, goal, steps, name, use, depth):
        return
    renamed = _fresh_names(context, goal)
    ids = tuple(context.name("h") for _ in renamed[2])
    inner = context.child(renamed[1], dict(zip(ids, renamed[2])))
    inner_steps: Steps = []
    for i, h in zip(ids, renamed[2]):
        if h[0] in RELATIONS and holds(h) is False and _absurd(inner, i, renamed[3], inner_steps):
            emit(context, steps, name, renamed, by="intro", ids=list(ids), steps=inner_steps)
            return
    last = discharge(inner, renamed[3], inner_steps, use=use, depth=depth - 1)
    if not inner_steps or inner_steps[-1]["id"] != last:
        restate(inner, inner_steps, inner.name("d"), renamed[3], last)
    emit(context, steps, name, renamed, by="intro", ids=list(ids), steps=inner_steps)


def _absurd(context: Context, false: str, goal: Formula, steps: Steps) -> bool:
    """Any goal from a closed relation between numbers that is false; False where that relates matrices.

    `compute` proves the opposite; with the false relation it adds up to 0 < 0.
    """
    relation, a, b = context.facts[false]
    if isinstance(context.difference(context.facts[false])[0], tuple):
        return False
    opposite = {"<=": ("<", b, a), "<": ("<=", b, a), "!=": ("=", a, b)}.get(relation)
    if opposite is None:
        opposite = ("<", a, b) if holds(("<", a, b)) else ("<", b, a)
    true = emit(context, steps, context.name("d"), opposite, by="compute")
    certificate: dict[str, Any] = {"sum": [[[1, 1], [false], None], [[1, 1], [true], None]]}
    if relation == "=":  # the gap of the strict relation cancels against that of the equation, perhaps turned round
        certificate = {"sum": [[[1, 1], [true], None]], "eqs": [{"f": false, "l": -1 if opposite[1] == a else 1}]}
    elif relation == "!=":  # what is not 0 divides every equation: (b - a)*(1 - 0) = b - a
        false = emit(context, steps, context.name("d"), ("=", 0, 1), by="combine", mul=[false], eqs=[{"f": true}])
        certificate = {"sum": [[[1, 1], [], None]], "eqs": [{"f": false, "l": -1}]}
    start = emit(context, steps, context.name("d"), ("<", 0, 0), by="combine", **certificate)
    _from_absurd(context, start, goal, steps)
    return True


def _from_absurd(context: Context, start: str, goal: Formula, steps: Steps) -> None:
    """What 0 < 0 proves: a relation, as 0 times its gap is the empty sum; all else, as it holds for 1 <= n <= 0."""
    if goal[0] in ("<=", "<", "="):  # a strict relation needs a strict summand, and 0 < 0 is one
        strict = {"sum": [[[1, 1], [start], None]]} if goal[0] == "<" else {}
        emit(context, steps, context.name("d"), goal, by="combine", mul=[start], **strict)
        return
    n = "n"
    while n in context.env or n in names(goal):
        n += "'"
    ranges = (("<=", 1, n), ("<=", n, 0))
    empty = emit(context, steps, context.name("d"), ("all", ((n, "int"),), ranges, goal), by="finite", boxes=[])
    low = emit(context, steps, context.name("d"), ("<=", 1, 1), by="compute")
    high = emit(context, steps, context.name("d"), ("<=", 1, 0), by="combine", mul=[start])
    emit(context, steps, context.name("d"), goal, by="apply", fact=empty, sub={n: 1}, prem=[low, high])


def _finite(context: Context, goal: Formula, steps: Steps, name: str, use: tuple[str, ...], depth: int) -> bool:
    """`finite` over the first variable where its range is closed and short; the rest is discharged in each box."""
    variables, hypotheses = goal[1], goal[2]
    if not variables or variables[0][1] != "int" or len(hypotheses) < 2:
        return False
    v = variables[0][0]
    values = _range(v, hypotheses[0], hypotheses[1])
    if values is None:
        return False
    rest = goal[3] if len(variables) == 1 and len(hypotheses) == 2 else ("all", variables[1:], hypotheses[2:], goal[3])
    nested = ("all", variables[:1], hypotheses[:2], rest)
    boxes = []
    try:
        for k in values:
            box: Steps = []
            inner = context.child()
            wanted = substitute(rest, {v: k})
            last = discharge(inner, wanted, box, use=use, depth=depth)
            if not box or box[-1]["id"] != last:
                restate(inner, box, inner.name("d"), wanted, last)
            boxes.append(box)
    except SearchFailed:
        return False
    if rest is goal[3]:
        emit(context, steps, name, goal, by="finite", boxes=boxes)
        return True
    first = emit(context, steps, context.name("d"), nested, by="finite", boxes=boxes)
    ids = tuple(context.name("h") for _ in hypotheses)
    renamed = _fresh_names(context, goal)
    inner = context.child(renamed[1], dict(zip(ids, renamed[2])))
    inner_steps: Steps = []
    u = renamed[1][0][0]
    middle = substitute(rest, {v: u})
    at = emit(inner, inner_steps, inner.name("d"), middle, by="apply", fact=first, sub={v: u}, prem=list(ids[:2]))
    sub = {w: n for (w, _), (n, _) in zip(middle[1], renamed[1][1:])}
    emit(inner, inner_steps, inner.name("d"), renamed[3], by="apply", fact=at, sub=sub, prem=list(ids[2:]))
    emit(context, steps, name, renamed, by="intro", ids=list(ids), steps=inner_steps)
    return True


def _range(v: str, low: Formula, high: Formula) -> range | None:
    """The values of lo <= v, v <= hi with closed ends, if there are at most MAX_FINITE."""
    if low[0] != "<=" or high[0] != "<=" or low[2] != v or high[1] != v:
        return None
    try:
        lo, hi = integer(low[1]), integer(high[2])
    except (NotComputable, TypeError, AttributeError, ValueError, IndexError):
        return None
    return range(lo, hi + 1) if hi - lo < MAX_FINITE else None


def _fresh_names(context: Context, goal: Formula) -> Formula:
    """The same quantified formula with bound names that are not in use here, hypotheses flattened."""
    mapping: dict[str, Any] = {}
    variables = []
    for v, sort in goal[1]:
        fresh = v
        while fresh in context.env or fresh in mapping.values():
            fresh += "'"
        if fresh != v:
            mapping[v] = fresh
        variables.append((fresh, substitute(sort, mapping)))
    hypotheses = tuple(substitute(h, mapping) for h in flatten(goal[2]))
    return ("all", tuple(variables), hypotheses, substitute(goal[3], mapping))


def _by_facts(context: Context, goal: Formula, steps: Steps, name: str, use: tuple[str, ...], depth: int) -> None:
    """Apply a quantified fact of `use` or of the scope whose conclusion matches the goal."""
    if depth > 0:
        scope = [i for i in reversed(context.facts) if context.facts[i][0] == "all" and i not in use]
        for fact in (*use, *scope):
            if context.fact(fact)[0] == "all" and _apply_fact(context, fact, goal, steps, name, use, depth - 1):
                return
    raise SearchFailed(f"nothing in scope gives {text(goal)}")


def _apply_fact(context: Context, fact: str, goal: Formula, steps: Steps, name: str, use: tuple[str, ...],
                depth: int) -> bool:
    f = context.fact(fact)
    variables = frozenset(v for v, _ in f[1])
    found: dict[str, Any] = {}
    if f[3][0] != goal[0] or not match(f[3], goal, variables, found) or set(found) != variables:
        return False
    try:
        if context.key(substitute(f[3], found)) != context.key(goal):
            return False
        prem = [discharge(context, substitute(h, found), steps, use=use, depth=depth) for h in flatten(f[2])]
    except SearchFailed:
        return False
    emit(context, steps, name, goal, by="apply", fact=fact, sub=found, prem=prem)
    return True

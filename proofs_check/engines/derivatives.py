"""The `calculus` engine: a `deriv` fact from the derivative axioms, by structure of the body.

Each rule applies one axiom; the value that the rules give is then shown equal to the wanted one by `combine`. The body
may be a matrix, by the axioms ax.dm_* for constants, sums, products, transposes and traces. No axiom replaces the value
of the derivative of a matrix by an equal one, so that it has to be the value of the rules up to matrix algebra.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from theory.language.errors import SearchFailed
from theory.language.printing import text
from theory.language.substitution import substitute
from theory.language.terms import Formula, Sort, Term, names

from .combine import combine
from .context import Context
from .discharge import Steps, discharge, emit


def differentiate(context: Context, name: str, goal: Formula, facts: tuple[str, ...], out: Steps) -> None:
    """Prove ("pred", "deriv", u, body, point, value), using the named `deriv` facts for unknown functions."""
    if goal[1] != "deriv":
        raise SearchFailed(f"calculus proves deriv facts, not {text(goal)}")
    _, _, u, body, point, value = goal
    known = [i for i in facts if context.fact(i)[0] == "pred" or _concludes_deriv(context.fact(i))]
    others = tuple(i for i in facts if i not in known)
    found, fact = _derive(context, u, body, point, tuple(known), out)
    if context.key(("pred", "deriv", u, body, point, found)) == context.key(goal):
        emit(context, out, name, goal, by="apply", fact=fact, sub={}, prem=[])
        return
    if _inside(context, u).is_matrix(body):
        raise SearchFailed(f"the rules give the derivative {text(found)}, not {text(value)}, and no axiom replaces the "
                           "value of the derivative of a matrix: write the value as the rules give it")
    equal = emit(context, out, context.name("e"), ("=", found, value), by="combine",
                 **combine(context, ("=", found, value), others))
    emit(context, out, name, goal, by="apply", fact="ax.d_eq",
         sub={"F": ("lam", (u,), body), "p": point, "f": found, "g": value}, prem=[fact, equal])


def _concludes_deriv(f: Formula) -> bool:
    return f[0] == "all" and f[3][0] == "pred" and f[3][1] == "deriv"


def _derive(context: Context, u: str, body: Term, point: Term, facts: tuple[str, ...], out: Steps) -> tuple[Term, str]:
    """Return (value, name of the deriv fact) for u -> body at the point."""
    direct = _known(context, u, body, point, facts, out)
    if direct is not None:
        return direct
    if _inside(context, u).is_matrix(body):
        return _derive_matrix(context, u, body, point, facts, out)
    if body == u:
        return _emit(context, out, u, body, point, 1, "ax.d_id", {"p": point}, [])
    if u not in names(body):
        return _emit(context, out, u, body, point, 0, "ax.d_const", {"c": body, "p": point}, [])
    if not isinstance(body, tuple):
        raise SearchFailed(f"no derivative rule for {text(body)}")
    op = body[0]
    lam = lambda t: ("lam", (u,), t)  # noqa: E731
    at = lambda t: substitute(t, {u: point})  # noqa: E731
    sub: dict[str, Any]
    if op in ("+", "*") and len(body) > 3:
        return _derive(context, u, (op, (op, *body[1:-1]), body[-1]), point, facts, out)
    if op in ("+", "*") and len(body) == 3:
        (f, i), (g, j) = (_derive(context, u, part, point, facts, out) for part in body[1:])
        sub = {"F": lam(body[1]), "G": lam(body[2]), "p": point, "f": f, "g": g}
        if op == "+":
            return _emit(context, out, u, body, point, ("+", f, g), "ax.d_add", sub, [i, j])
        value = ("+", ("*", f, at(body[2])), ("*", at(body[1]), g))
        return _emit(context, out, u, body, point, value, "ax.d_mul", sub, [i, j])
    if op == "^" and body[2] == 1:
        return _derive(context, u, body[1], point, facts, out)
    if op == "^" and body[2] > 1:
        rest = body[1] if body[2] == 2 else ("^", body[1], body[2] - 1)
        return _derive(context, u, ("*", rest, body[1]), point, facts, out)
    if op == "/":
        return _quotient(context, u, body, point, facts, out)
    if op == "tr":
        f, i = _derive(context, u, body[1], point, facts, out)
        size, _ = _inside(context, u).shape(body[1])
        sub = {"r": size, "F": lam(body[1]), "p": point, "f": f}
        return _emit(context, out, u, body, point, ("tr", f), "ax.dm_tr", sub, [i])
    if op in _CHAIN:
        fact, build, premise = _CHAIN[op]
        f, i = _derive(context, u, body[1], point, facts, out)
        sub = {"F": lam(body[1]), "p": point, "f": f}
        prem = [i]
        if op == "pow":
            sub["n"] = body[2]
            prem = [discharge(context, ("<=", 1, body[2]), out), i]
        elif premise:
            prem = [i, discharge(context, premise(at(body[1])), out)]
        return _emit(context, out, u, body, point, build(at(body[1]), f, body), fact, sub, prem)
    raise SearchFailed(f"no derivative rule for {text(body)}: give a deriv fact for it")


@dataclass(frozen=True)
class _Scope:
    """The names in force around the body of a derivative, its own variable included."""

    sorts: dict[str, Sort]

    def is_matrix(self, t: Term) -> bool:
        """Whether a well-sorted term is a matrix, by its outermost form."""
        if not isinstance(t, tuple):
            return isinstance(self.sorts.get(t), tuple)
        if t[0] in ("+", "*"):
            return any(self.is_matrix(part) for part in t[1:])
        sort = self.sorts.get(t[0])
        return t[0] in ("T", "I", "rows", "build") or (isinstance(sort, tuple) and isinstance(sort[2], tuple))

    def shape(self, t: Term) -> tuple[Term, Term]:
        """The numbers of rows and columns of a matrix, as terms."""
        if isinstance(t, str):
            rows, columns = self.sorts[t][1:]
            return rows, columns
        op, args = t[0], t[1:]
        if op == "T":
            return self.shape(args[0])[::-1]
        if op == "+":
            return self.shape(args[0])
        if op == "*":
            factors = [x for x in args if self.is_matrix(x)]
            return self.shape(factors[0])[0], self.shape(factors[-1])[1]
        if op == "I":
            return args[0], args[0]
        if op == "rows":
            return len(args[0]), len(args[0][0])
        if op == "build":
            return args[2], args[3]
        _, parameters, result = self.sorts[op]
        rows, columns = substitute(result, {p: a for (p, _), a in zip(parameters, args)})[1:]
        return rows, columns


def _inside(context: Context, u: str) -> _Scope:
    return _Scope({**{name: sort for name, (_, sort) in context.env.items()}, u: "real"})


def _derive_matrix(context: Context, u: str, body: Term, point: Term, facts: tuple[str, ...],
                   out: Steps) -> tuple[Term, str]:
    """The same for a body that is a matrix."""
    inside = _inside(context, u)
    rows, columns = inside.shape(body)
    if u not in names(body):
        sub: dict[str, Any] = {"r": rows, "c": columns, "C": body, "p": point}
        return _emit(context, out, u, body, point, ("*", 0, body), "ax.dm_const", sub, [])
    op = body[0]
    lam = lambda t: ("lam", (u,), t)  # noqa: E731
    if op == "T":
        f, i = _derive(context, u, body[1], point, facts, out)
        sub = {"r": columns, "c": rows, "F": lam(body[1]), "p": point, "f": f}
        return _emit(context, out, u, body, point, ("T", f), "ax.dm_T", sub, [i])
    if op == "+":
        first, last = _halves(op, body[1:])
        (f, i), (g, j) = (_derive(context, u, part, point, facts, out) for part in (first, last))
        sub = {"r": rows, "c": columns, "F": lam(first), "G": lam(last), "p": point, "f": f, "g": g}
        return _emit(context, out, u, body, point, ("+", f, g), "ax.dm_add", sub, [i, j])
    if op == "*":
        first, last = _halves(op, _matrix_factors(inside, u, body, rows))
        (f, i), (g, j) = (_derive(context, u, part, point, facts, out) for part in (first, last))
        sub = {"r": rows, "k": inside.shape(last)[0], "c": columns, "F": lam(first), "G": lam(last), "p": point, "f": f,
               "g": g}
        here, there = (substitute(part, {u: point}) for part in (first, last))
        value = ("+", ("*", f, there), ("*", here, g))
        return _emit(context, out, u, body, point, value, "ax.dm_mul", sub, [i, j])
    raise SearchFailed(f"no derivative rule for the matrix {text(body)}: give a deriv fact for it")


def _halves(op: str, parts: tuple[Term, ...]) -> tuple[Term, Term]:
    return parts[0] if len(parts) == 2 else (op, *parts[:-1]), parts[-1]


def _matrix_factors(inside: _Scope, u: str, body: Term, rows: Term) -> tuple[Term, ...]:
    """The matrices of a product; numbers among its factors become one constant multiple of the identity in front."""
    numbers = tuple(t for t in body[1:] if not inside.is_matrix(t))
    matrices = tuple(t for t in body[1:] if inside.is_matrix(t))
    moving = [t for t in numbers if u in names(t)]
    if moving:
        raise SearchFailed(f"no derivative rule for the number {text(moving[0])} times a matrix, only for constant "
                           f"numbers: give a deriv fact for {text(body)}")
    return (("*", *numbers, ("I", rows)), *matrices) if numbers else matrices


def _quotient(context: Context, u: str, body: Term, point: Term, facts: tuple[str, ...], out: Steps) -> tuple[Term,
                                                                                                              str]:
    above, below = body[1], body[2]
    if u not in names(below):
        rewritten = ("*", above, ("/", 1, below))
        return _derive(context, u, rewritten, point, facts, out)
    g, j = _derive(context, u, below, point, facts, out)
    b = substitute(below, {u: point})
    away = discharge(context, ("!=", b, 0), out)
    value = ("*", -1, g, ("/", 1, b), ("/", 1, b))
    inverse = ("/", 1, below)
    sub = {"F": ("lam", (u,), below), "p": point, "f": g}
    value, i = _emit(context, out, u, inverse, point, value, "ax.d_inv", sub, [j, away])
    if above == 1:
        return value, i
    f, k = _derive(context, u, above, point, facts, out)
    at = substitute(above, {u: point})
    total = ("+", ("*", f, ("/", 1, b)), ("*", at, value))
    sub = {"F": ("lam", (u,), above), "G": ("lam", (u,), inverse), "p": point, "f": f, "g": value}
    return _emit(context, out, u, body, point, total, "ax.d_mul", sub, [k, i])


def _emit(context: Context, out: Steps, u: str, body: Term, point: Term, value: Term, fact: str, sub: dict[str, Any],
          prem: list[str]) -> tuple[Term, str]:
    goal = ("pred", "deriv", u, body, point, value)
    return value, emit(context, out, context.name("v"), goal, by="apply", fact=fact, sub=sub, prem=prem)


def _known(context: Context, u: str, body: Term, point: Term, facts: tuple[str, ...], out: Steps) -> tuple[Term,
                                                                                                           str] | None:
    """A named `deriv` fact, possibly quantified, about exactly this body and point."""
    from .matching import match

    for i in facts:
        f = context.fact(i)
        pattern = f[3] if f[0] == "all" else f
        variables = frozenset(v for v, _ in f[1]) if f[0] == "all" else frozenset()
        found: dict[str, Any] = {}
        inner = {pattern[2]: u}
        if not match(pattern[4], point, variables, found) or not match(pattern[3], body, variables, found, inner):
            continue
        value = substitute(pattern[5], found)
        goal = ("pred", "deriv", u, body, point, value)
        if f[0] == "pred":
            return value, i
        if set(found) != variables:
            continue
        prem = [discharge(context, substitute(h, found), out) for h in f[2]]
        return value, emit(context, out, context.name("v"), goal, by="apply", fact=i, sub=found, prem=prem)
    return None


def _pow_value(at: Term, f: Term, body: Term) -> Term:
    return ("*", body[2], ("pow", at, ("+", body[2], -1)), f)


_CHAIN = {
    "exp": ("ax.d_exp", lambda at, f, body: ("*", ("exp", at), f), None),
    "log": ("ax.d_log", lambda at, f, body: ("*", ("/", 1, at), f), lambda at: ("<", 0, at)),
    "sin": ("ax.d_sin", lambda at, f, body: ("*", ("cos", at), f), None),
    "cos": ("ax.d_cos", lambda at, f, body: ("*", -1, ("sin", at), f), None),
    "pow": ("ax.d_pow", _pow_value, None),
}

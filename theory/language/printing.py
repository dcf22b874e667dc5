"""Formulas as text (the authors' notation, so that it can be read back) and as LaTeX."""

from __future__ import annotations

from typing import Any

from .layout import Sorts, layout
from .layout import negated as _negated
from .substitution import BOUND_PREDICATES
from .terms import RELATIONS
from .typeset import to_latex

_SUM, _PRODUCT, _POWER = 1, 2, 3


def text(thing: Any) -> str:
    """Return a term or formula in the notation of `theory.language.notation`."""
    if not isinstance(thing, tuple):
        return str(thing)
    head = thing[0]
    if head in RELATIONS:
        return f"{text(thing[1])} {head} {text(thing[2])}"
    if head == "or":
        return " or ".join(f"({text(g)})" if g[0] in ("all", "some", "or") else text(g) for g in thing[1:])
    if head == "pred":
        if thing[1] in BOUND_PREDICATES:
            return f"{thing[1]}({thing[2]}: {', '.join(map(text, thing[3:]))})"
        return f"is {thing[1]}({', '.join(map(text, thing[2:]))})"
    if head == "all":
        bar = " | " if thing[2] else " "
        return f"all {_variables(thing[1])}{bar}{_list(thing[2])}{' ' if thing[2] else ''}=> {text(thing[3])}"
    if head == "some":
        variables = _variables(thing[1])
        return f"some {variables}{' ' if variables else ''}| {_list(thing[2])}"
    if head == "def":
        _, f, parameters, lo, a, b = thing
        rest = "".join(f", {p}:{sort_text(s)}" for p, s in parameters[1:])
        return f"def {f}({text(lo)}{rest}) = {text(a)} then {f}({parameters[0][0]}+1) = {text(b)}"
    return _term(thing, 0)


def _list(parts: tuple[Any, ...]) -> str:
    return ", ".join(f"({text(h)})" if h[0] in ("all", "some", "or") else text(h) for h in parts)


def _variables(variables: tuple[tuple[str, Any], ...]) -> str:
    groups: list[tuple[list[str], Any]] = []
    for name, sort in variables:
        if groups and groups[-1][1] == sort:
            groups[-1][0].append(name)
        else:
            groups.append(([name], sort))
    return ", ".join(f"{' '.join(names)}:{sort_text(sort)}" for names, sort in groups)


def sort_text(sort: Any) -> str:
    """Return a sort in the notation."""
    if isinstance(sort, str):
        return sort
    if sort[0] == "mat":
        return f"mat({text(sort[1])},{text(sort[2])})"
    if len(sort[1]) == 1 and sort[1][0][0] == "u":
        return f"{sort_text(sort[1][0][1])}->{sort_text(sort[2])}"
    return "(" + ",".join(f"{p}:{sort_text(s)}" for p, s in sort[1]) + f")->{sort_text(sort[2])}"


def _term(t: Any, level: int) -> str:
    if not isinstance(t, tuple):
        return f"({t})" if isinstance(t, int) and t < 0 and level else str(t)
    op, args = t[0], t[1:]
    if op == "q":
        return f"({args[0]}/{args[1]})" if level >= _PRODUCT or args[0] < 0 and level else f"{args[0]}/{args[1]}"
    if op == "+":
        out = _term(args[0], _SUM)
        for a in args[1:]:
            minus = _negated(a)
            out += f" - {_term(minus, _PRODUCT)}" if minus is not None else f" + {_term(a, _SUM)}"
        return f"({out})" if level >= _SUM else out
    if op == "*":
        minus = _negated(t)
        out = f"-{_term(minus, _PRODUCT)}" if minus is not None else _product(args)
        return f"({out})" if level >= _POWER or (minus is not None and level) else out
    if op == "/":
        out = f"{_term(args[0], _PRODUCT)}/{_term(args[1], _POWER)}"
        return f"({out})" if level >= _PRODUCT else out
    if op == "^":
        return f"{_term(args[0], _POWER)}^{args[1]}"
    if op == "bind":
        kind, name, lo, hi, body = args
        if kind == "integral":
            bound = name if lo == "real" else f"{name}:{lo}"
            return f"integral({bound} in {_term(hi, 0)}: {_term(body, 0)})"
        return f"{kind}({name}={_term(lo, 0)}..{_term(hi, 0)}: {_term(body, 0)})"
    if op == "build":
        i, j, rows, columns, body = args
        return f"build({i}<={_term(rows, 0)}, {j}<={_term(columns, 0)}: {_term(body, 0)})"
    if op == "rows":
        return "[" + ",".join("[" + ",".join(_term(x, 0) for x in row) + "]" for row in args[0]) + "]"
    if op == "at":
        return f"{_term(args[0], _POWER)}[{_term(args[1], 0)},{_term(args[2], 0)}]"
    if op == "lam":
        return f"{', '.join(args[0])} -> {_term(args[1], 0)}"
    return f"{op}({', '.join(_term(a, 0) for a in args)})"


def _product(args: tuple[Any, ...]) -> str:
    # A product inside a product keeps its parentheses, so that reading the text gives the same nesting.
    first, *rest = (_term(a, _PRODUCT) for a in args)
    nested = (isinstance(a, tuple) and a[0] == "*" and _negated(a) is None for a in args[1:])
    return "*".join([first, *(f"({part})" if inner else part for part, inner in zip(rest, nested))])


# ---- LaTeX


def latex(thing: Any, sorts: Sorts | None = None) -> str:
    """Return a term or formula as LaTeX (without dollars); `sorts` are those of its free names, if they are known."""
    return to_latex(layout(thing, sorts)).strip()

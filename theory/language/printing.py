"""Formulas as text (the authors' notation, so that it can be read back) and as LaTeX."""

from __future__ import annotations

import re
from typing import Any

from .substitution import BOUND_PREDICATES
from .terms import literal

_LATEX_RELATION = {"<=": r"\le", "<": "<", "=": "=", "!=": r"\ne"}
_GREEK = frozenset(
    "alpha beta gamma delta epsilon eta theta kappa lambda mu nu xi rho sigma tau phi chi psi omega".split()
)
_SUM, _PRODUCT, _POWER = 1, 2, 3


def text(thing: Any) -> str:
    """Return a term or formula in the notation of `theory.language.notation`."""
    if not isinstance(thing, tuple):
        return str(thing)
    head = thing[0]
    if head in _LATEX_RELATION:
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


def _negated(t: Any) -> Any:
    """The positive part of -t, or None."""
    value = literal(t)
    if value is not None:
        return None if value >= 0 else _positive(value)
    if isinstance(t, tuple) and t[0] == "*" and t[1] == -1:
        return t[2] if len(t) == 3 else ("*", *t[2:])
    return None


def _positive(value: Any) -> Any:
    value = -value
    return value.numerator if value.denominator == 1 else ("q", value.numerator, value.denominator)


# ---- LaTeX


def latex(thing: Any) -> str:
    """Return a term or formula as LaTeX (without dollars)."""
    if not isinstance(thing, tuple):
        return _latex_term(thing, 0)
    head = thing[0]
    if head in _LATEX_RELATION:
        return f"{_latex_term(thing[1], 0)} {_LATEX_RELATION[head]} {_latex_term(thing[2], 0)}"
    if head == "or":
        return r" \;\lor\; ".join(latex(g) for g in thing[1:])
    if head == "pred":
        if thing[1] == "deriv":
            _, _, u, body, point, value = thing
            derivative = rf"\left.\tfrac{{d}}{{d{_symbol(u)}}} {_latex_term(body, _SUM)}\right|"
            return rf"{derivative}_{{{_latex_term(point, 0)}}} = {_latex_term(value, 0)}"
        return rf"\mathrm{{{thing[1]}}}(" + ", ".join(_latex_term(a, 0) for a in thing[2:]) + ")"
    if head == "all":
        quantifier = rf"\forall {_latex_variables(thing[1])}:\; " if thing[1] else ""
        hypotheses = r" \;\land\; ".join(_wrapped(h) for h in thing[2])
        return quantifier + (hypotheses + r" \;\Rightarrow\; " if hypotheses else "") + latex(thing[3])
    if head == "some":
        quantifier = rf"\exists {_latex_variables(thing[1])}:\; " if thing[1] else ""
        return quantifier + r" \;\land\; ".join(_wrapped(h) for h in thing[2])
    if head == "def":
        _, f, parameters, lo, a, b = thing
        rest = "".join(", " + _symbol(p) for p, _ in parameters[1:])
        n = _symbol(parameters[0][0])
        return (rf"{_symbol(f)}({_latex_term(lo, 0)}{rest}) = {_latex_term(a, 0)},\; "
                rf"{_symbol(f)}({n}+1{rest}) = {_latex_term(b, 0)}")
    return _latex_term(thing, 0)


def _wrapped(formula: Any) -> str:
    inner = latex(formula)
    return rf"\bigl({inner}\bigr)" if formula[0] in ("all", "some", "or") else inner


def _latex_variables(variables: tuple[tuple[str, Any], ...]) -> str:
    return ", ".join(_symbol(name) for name, _ in variables)


def _symbol(name: str) -> str:
    primes = len(name) - len(name.rstrip("'"))
    stem, digits = re.fullmatch(r"(.*?)(\d*)", name.rstrip("'")).groups()
    plain = stem.replace("_", r"\_")
    head = "\\" + stem if stem in _GREEK else plain if len(stem) == 1 else rf"\mathit{{{plain}}}"
    return head + (f"_{{{digits}}}" if digits else "") + "'" * primes


_CALLS = {
    "sqrt": r"\sqrt{%s}", "abs": r"\left|%s\right|", "exp": r"e^{%s}", "ceil": r"\left\lceil %s\right\rceil",
    "floor": r"\left\lfloor %s\right\rfloor", "T": r"{%s}^{\top}", "fact": r"(%s)!",
}


def _latex_term(t: Any, level: int) -> str:
    if isinstance(t, int):
        return f"({t})" if t < 0 and level else str(t)
    if isinstance(t, str):
        return _symbol(t)
    op, args = t[0], t[1:]
    if op == "q":
        sign = "-" if args[0] < 0 else ""
        return rf"{sign}\tfrac{{{abs(args[0])}}}{{{args[1]}}}"
    if op == "+":
        out = _latex_term(args[0], _SUM)
        for a in args[1:]:
            minus = _negated(a)
            out += f" - {_latex_term(minus, _PRODUCT)}" if minus is not None else f" + {_latex_term(a, _SUM)}"
        return rf"\left({out}\right)" if level >= _SUM else out
    if op == "*":
        minus = _negated(t)
        if minus is not None:
            out = f"-{_latex_term(minus, _PRODUCT)}"
            return rf"\left({out}\right)" if level else out
        out = r"\,".join(_latex_term(a, _PRODUCT) for a in args)
        return rf"\left({out}\right)" if level >= _POWER else out
    if op == "/":
        return rf"\frac{{{_latex_term(args[0], 0)}}}{{{_latex_term(args[1], 0)}}}"
    if op == "^":
        return rf"{{{_latex_term(args[0], _POWER)}}}^{{{args[1]}}}"
    if op == "pow":
        return rf"{{{_latex_term(args[0], _POWER)}}}^{{{_latex_term(args[1], 0)}}}"
    if op == "binom":
        return rf"\binom{{{_latex_term(args[0], 0)}}}{{{_latex_term(args[1], 0)}}}"
    if op == "bind":
        return _latex_binder(args, level)
    if op == "build":
        i, j, rows, columns, body = args
        return (rf"\bigl[{_latex_term(body, 0)}\bigr]_{{{_symbol(i)}\le {_latex_term(rows, 0)},"
                rf"{_symbol(j)}\le {_latex_term(columns, 0)}}}")
    if op == "rows":
        body = r" \\ ".join(" & ".join(_latex_term(x, 0) for x in row) for row in args[0])
        return rf"\begin{{pmatrix}}{body}\end{{pmatrix}}"
    if op == "at":
        return rf"{{{_latex_term(args[0], _POWER)}}}_{{{_latex_term(args[1], 0)},{_latex_term(args[2], 0)}}}"
    if op == "lam":
        return rf"{', '.join(map(_symbol, args[0]))} \mapsto {_latex_term(args[1], 0)}"
    inner = ", ".join(_latex_term(a, 0) for a in args)
    if op in _CALLS and len(args) == 1:
        return _CALLS[op] % (_latex_term(args[0], _POWER) if op == "T" else inner)
    if op in ("log", "max", "min", "sin", "cos", "tr"):
        return rf"\{op if op != 'tr' else 'operatorname{tr}'}({inner})"
    if op in ("tanh", "atan", "root", "leb", "ite", "iite"):
        return rf"\operatorname{{{op}}}({inner})"
    return f"{_symbol(op)}({inner})"


def _latex_binder(args: tuple[Any, ...], level: int) -> str:
    kind, name, lo, hi, body = args
    if kind == "integral":
        if isinstance(hi, tuple) and hi[0] == "leb":
            out = (rf"\int_{{{_latex_term(hi[1], 0)}}}^{{{_latex_term(hi[2], 0)}}} {_latex_term(body, _SUM)}"
                   rf"\,d{_symbol(name)}")
        else:
            out = rf"\int {_latex_term(body, _SUM)}\,d{_latex_term(hi, 0)}({_symbol(name)})"
    else:
        sign = r"\sum" if kind == "sum" else r"\prod"
        out = rf"{sign}_{{{_symbol(name)}={_latex_term(lo, 0)}}}^{{{_latex_term(hi, 0)}}} {_latex_term(body, _PRODUCT)}"
    return rf"\left({out}\right)" if level >= _PRODUCT else out

"""Formulas as HTML: quantifiers in words, relations as MathML, so that a browser can break lines between them.

Every function returns markup in which all texts are escaped; nothing here needs a style sheet or a script.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any

from .layout import Node, Sorts, layout, negated, row, with_variables
from .typeset import markup, to_mathml

WIDE = 42
"""Displayed relations wider than this many ems are broken before their relation sign, then before + and -."""

SHORT = 14
"""Relations of a conjunction at most this wide are not displayed."""

_WORDS = {"int": ("integer", "integers"), "real": ("real number", "real numbers"), "obj": ("object", "objects")}


def inline(thing: Any, sorts: Sorts | None = None) -> str:
    """Return a term or formula as one inline `math` element."""
    return to_mathml(layout(thing, sorts))


def sentence(formula: Any, sorts: Sorts | None = None) -> str:
    """Return a formula as part of a sentence: "for all integers l with 1 <= l: ..."."""
    known = dict(sorts or {})
    head = formula[0]
    if head == "all":
        inner = with_variables(known, formula[1])
        return f"{_for_all(formula, known)} {sentence(formula[3], inner)}"
    if head == "some":
        inner = with_variables(known, formula[1])
        parts = _and([_clause(h, inner) for h in _chained(formula[2])])
        return f"{_there_are(formula[1], known)}{parts}"
    if head == "or":
        return " or ".join(_clause(g, known) for g in formula[1:])
    return inline(formula, known)


def display(formula: Any, sorts: Sorts | None = None) -> str:
    """Return a formula as paragraphs: phrases in words, relations in lines of their own, conjunctions as a list."""
    known = dict(sorts or {})
    head = formula[0]
    if head == "all":
        inner = with_variables(known, formula[1])
        if any(_heavy(h, inner) for h in formula[2]):
            items = "".join(f"<li>{_item(h, inner)}</li>" for h in _chained(formula[2]))
            return f'<p>{_if(formula, known)}</p><ol class="parts">{items}</ol><p>then</p>{display(formula[3], inner)}'
        return f"<p>{_for_all(formula, known)}</p>{display(formula[3], inner)}"
    if head == "some" and len(formula[2]) > 1:
        inner = with_variables(known, formula[1])
        items = "".join(f"<li>{_item(h, inner)}</li>" for h in _chained(formula[2]))
        lead = f"<p>{_there_are(formula[1], known)}</p>" if formula[1] else ""
        return f'{lead}<ol class="parts">{items}</ol>'
    if head in ("some", "or", "def"):
        return f"<p>{sentence(formula, known)}</p>"
    return _relation(formula, known)


def _heavy(formula: Any, known: dict[str, Any]) -> bool:
    """Whether a condition holds a relation too wide for a line of text."""
    head = formula[0]
    if head in ("all", "some"):
        inner = with_variables(known, formula[1])
        return any(_heavy(part, inner) for part in (*formula[2], *formula[3:]))
    if head == "or":
        return any(_heavy(part, known) for part in formula[1:])
    return head in ("<=", "<", "=", "!=") and width(layout(formula, known)) > WIDE


def _item(formula: Any, known: dict[str, Any]) -> str:
    """One formula of a conjunction: short relations stand in their line, others are displayed."""
    if formula[0] == "chain":
        return _clause(formula, known)
    short = formula[0] in ("<=", "<", "=", "!=") and width(layout(formula, known)) <= SHORT
    return sentence(formula, known) if short else display(formula, known)


def named(variables: Iterable[tuple[str, Any]], sorts: Sorts | None = None) -> str:
    """Return variables with what they are: "integers k, n and real numbers x"."""
    known = dict(sorts or {})
    known.update(dict(variables))
    return _and([_kind(names, sort, known) for names, sort in _groups(variables)])


def introduced(variables: Iterable[tuple[str, Any]], sorts: Sorts | None = None) -> str:
    """Return variables as they are introduced: "an integer k and real numbers x and y"."""
    variables = tuple(variables)
    known = with_variables(sorts or {}, variables)
    groups = _groups(variables)
    words = [_kind(names, sort, known) for names, sort in groups]
    return _and([f"{'an' if word[0] in 'aeiou' else 'a'} {word}" if len(names) == 1 else word
                 for (names, _), word in zip(groups, words)])


def setting(variables: Iterable[tuple[str, Any]]) -> list[tuple[str, str]]:
    """Return pairs of markup (symbols, what they are), variables of one sort together."""
    variables = tuple(variables)
    letter = next((x for x in "klnijm" if x not in dict(variables)), "k")
    known = dict(variables)
    out = []
    for names, sort in _groups((name, _lettered(sort, letter)) for name, sort in variables):
        symbols = ", ".join(_symbol(name, sort) for name in names)
        out.append((symbols, _description(sort, known, len(names) > 1)))
    return out


def _lettered(sort: Any, letter: str) -> Any:
    """The sort int -> t, written without a parameter, with a letter that suits an index instead of the parser's u."""
    if isinstance(sort, tuple) and sort[0] == "fun" and sort[1] == (("u", "int"),):
        return ("fun", ((letter, "int"),), sort[2])
    return sort


def _groups(variables: Iterable[tuple[str, Any]]) -> list[tuple[list[str], Any]]:
    groups: list[tuple[list[str], Any]] = []
    for name, sort in variables:
        if groups and groups[-1][1] == sort:
            groups[-1][0].append(name)
        else:
            groups.append(([name], sort))
    return groups


def _symbol(name: str, sort: Any) -> str:
    """A name as it stands in formulas, with the parameters its sort gives it."""
    if isinstance(sort, tuple) and sort[0] == "fun":
        parameters = tuple(p for p, _ in sort[1])
        return to_mathml(layout((name, *parameters), {name: sort, **dict(sort[1])}))
    return inline(name)


def _description(sort: Any, known: dict[str, Any], many: bool) -> str:
    if isinstance(sort, str):
        word = _WORDS[sort][many]
        return word if many else f"{'an' if word[0] in 'aeiou' else 'a'} {word}"
    if sort[0] == "mat":
        return f"{_shape(sort, known)} {'matrices' if many else 'matrix'}"
    inside = {**known, **dict(sort[1])}
    indices = [p for p, s in sort[1] if s == "int"]
    rest = [(p, s) for p, s in sort[1] if s != "int"]
    if not rest:
        each = f" for each integer {', '.join(map(inline, indices))}"
        return _description(sort[2], inside, many) + each
    of_what = ("the " if len(rest) == 1 else "") + named(rest)
    words = f"function{'s' if many else ''} of {of_what} with {_values(sort[2], inside)}"
    each = f", one for each integer {', '.join(map(inline, indices))}" if indices else ""
    return ("" if many or indices else "a ") + words + each


def _values(sort: Any, known: dict[str, Any]) -> str:
    if isinstance(sort, str):
        return {"real": "real values", "int": "integer values", "obj": "objects as values"}[sort]
    return f"{_shape(sort, known)} matrices as values"


def _shape(sort: Any, known: dict[str, Any]) -> str:
    return to_mathml(row(layout(sort[1], known), ("op", "times"), layout(sort[2], known)))


def _kind(names: list[str], sort: Any, known: dict[str, Any]) -> str:
    symbols = _and([inline(n) for n in names])
    many = len(names) > 1
    if isinstance(sort, str):
        return f"{_WORDS[sort][many]} {symbols}"
    if sort[0] == "mat":
        return f"{_shape(sort, known)} {'matrices' if many else 'matrix'} {symbols}"
    sort = _lettered(sort, next((x for x in "klnijm" if x not in known), "k"))
    indices = all(s == "int" for _, s in sort[1])
    symbols = _and([_symbol(n, sort) for n in names])
    family = "families" if many else "family"
    if indices and isinstance(sort[2], str):
        return f"{family} of {_WORDS[sort[2]][1]} {symbols}"
    if indices:
        inside = {**known, **dict(sort[1])}
        return f"{family} of {_shape(sort[2], inside)} matrices {symbols}"
    return f"function{'s' if many else ''} {symbols}"


def _for_all(formula: Any, known: dict[str, Any]) -> str:
    _, variables, hypotheses, _ = formula
    inner = with_variables(known, variables)
    conditions = _and([_clause(h, inner) for h in _chained(hypotheses)])
    if not variables:
        return f"if {conditions}, then"
    return f"for {_each(variables, inner)}" + (f" with {conditions}:" if conditions else ":")


def _if(formula: Any, known: dict[str, Any]) -> str:
    """The words before conditions that stand in a list: "for every real number x: if"."""
    variables = formula[1]
    return f"for {_each(variables, with_variables(known, variables))}: if" if variables else "if"


def _each(variables: Any, known: dict[str, Any]) -> str:
    return _and([f"{'every' if len(names) == 1 else 'all'} {_kind(names, sort, known)}"
                 for names, sort in _groups(variables)])


def _there_are(variables: Any, known: dict[str, Any]) -> str:
    if not variables:
        return ""
    verb = "there is" if len(variables) == 1 else "there are"
    return f"{verb} {introduced(variables, known)} with "


def _clause(formula: Any, known: dict[str, Any]) -> str:
    out = sentence(formula, known) if formula[0] != "chain" else to_mathml(_chain(formula, known))
    return f"({out})" if formula[0] in ("all", "some", "or") else out


def _chained(hypotheses: Iterable[Any]) -> list[Any]:
    """Join a <= x and x <= b, one after the other, to one chain ("chain", a, mark, x, mark, b)."""
    out: list[Any] = []
    for h in hypotheses:
        last = out[-1] if out else None
        if last and h[0] in ("<=", "<") and last[0] in ("<=", "<") and last[2] == h[1]:
            out[-1] = ("chain", last[1], last[0], last[2], h[0], h[2])
        else:
            out.append(h)
    return out


def _chain(chain: Any, known: dict[str, Any]) -> Node:
    marks = {"<=": "le", "<": "<"}
    _, a, first, x, second, b = chain
    return row(layout(a, known), ("op", marks[first]), layout(x, known), ("op", marks[second]), layout(b, known))


def _and(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}" if parts else ""


def _relation(formula: Any, known: dict[str, Any]) -> str:
    """A relation in a line of its own, broken where it is too wide."""
    whole = layout(formula, known)
    if formula[0] not in ("<=", "<", "=", "!=") or width(whole) <= WIDE:
        return to_mathml(whole, display=True)
    mark = whole[2]
    lines = [row(*part) for part in _broken(formula[1], known)]
    right = _broken(formula[2], known)
    lines += [row(mark, *right[0]), *(row(*part) for part in right[1:])]
    rows = "".join(
        f'<mtr><mtd class="line">{"" if k == 0 else _INDENT}{markup(line)}</mtd></mtr>' for k, line in enumerate(lines))
    return f'<math display="block"><mtable displaystyle="true" class="lines">{rows}</mtable></math>'


_INDENT = '<mspace width="2em"></mspace>'


def _broken(t: Any, known: dict[str, Any]) -> list[list[Node]]:
    """The parts of a term, each for one line: the whole, or groups of summands."""
    node = layout(t, known)
    if width(node) <= WIDE or not (isinstance(t, tuple) and t[0] == "+"):
        return [[node]]
    lines: list[list[Node]] = [[]]
    for k, summand in enumerate(t[1:]):
        minus = negated(summand) if k else None
        sign = [("op", "-" if minus is not None else "+")] if k else []
        part = [*sign, layout(summand if minus is None else minus, known)]
        if lines[-1] and width(row(*lines[-1], *part)) > WIDE:
            lines.append(part)
        else:
            lines[-1] += part
    return lines


def width(node: Node) -> int:
    """Return about how many ems wide a layout is, in whole numbers; exact enough to decide where to break."""
    kind, parts = node[0], node[1:]
    if kind in ("id", "word", "text"):
        return max(1, len(parts[0]) // 2)
    if kind == "num":
        return 1 + len(parts[0]) // 2
    if kind == "op":
        return 2 if parts[0] in ("le", "<", "=", "ne", "implies", "or", "and", "mapsto") else 1
    if kind == "thin":
        return 0
    if kind in ("table", "cases"):
        return 2 + sum(max(map(width, column)) for column in zip(*parts[0]))
    if kind in ("frac", "tfrac", "choose"):
        return 1 + max(map(width, parts))
    if kind == "big":
        return 1 + max(2, *((width(part) * 2 + 2) // 3 for part in parts[1:]))
    if kind in ("sup", "sub"):
        return width(parts[0]) + (width(parts[1]) * 2 + 2) // 3
    if kind == "fence":
        return 1 + width(parts[2])
    return sum(map(width, parts))


def card(title: str, name: str, summary: str, variables: Iterable[tuple[str, Any]],
         hypotheses: Iterable[tuple[str, Any]], conclusion: Any) -> str:
    """Return a statement with its title as HTML for a notebook."""
    variables = tuple(variables)
    sorts = dict(variables)
    known = "".join(f"<li>{symbols}: {what}</li>" for symbols, what in setting(variables))
    given = "".join(f"<li><b>{escape(h)}</b> {sentence(formula, sorts)}</li>" for h, formula in hypotheses)
    parts = (f"<p><b>{escape(title)}</b> <code>{escape(name)}</code></p>",
             f"<p>{escape(summary)}</p>" if summary else "",
             f"<p>Let</p><ul>{known}</ul>" if known else "", f"<p>be such that</p><ul>{given}</ul>" if given else "",
             f"<p>Then</p>{display(conclusion, sorts)}")
    return f"<div>{''.join(parts)}</div>"

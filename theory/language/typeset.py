"""A layout as LaTeX or as MathML Core, which browsers set by themselves: no script, no font to load."""

from __future__ import annotations

import html
import re
from functools import lru_cache
from typing import Any

from .layout import Node

_GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "eps": "ε", "zeta": "ζ", "eta": "η",
    "theta": "θ", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ",
    "tau": "τ", "phi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω",
}
_LATEX_OPS = {
    "le": r" \le ", "<": " < ", "=": " = ", "is": "=", "ne": r" \ne ", "+": " + ", "-": " - ", "neg": "-",
    "cdot": r" \cdot ", ",": ", ", ":": r":\; ", "or": r" \;\lor\; ", "and": r" \;\land\; ",
    "implies": r" \;\Rightarrow\; ",
    "mapsto": r" \mapsto ", "forall": r"\forall ", "exists": r"\exists ", "d": "d", "/": "/", "!": "!",
    "top": r"\top", "integral": r"\int ", "in": r" \in ", "to": r" \to ", "times": r" \times ",
}
_MATHML_OPS = {
    "le": "≤", "<": "&lt;", "is": "=", "ne": "≠", "-": "−", "neg": "−", "cdot": "⋅", "or": "∨", "and": "∧",
    "implies": "⇒", "mapsto": "↦", "forall": "∀", "exists": "∃", "integral": "∫", "in": "∈", "to": "→", "times": "×",
}
_BIG = {"sum": (r"\sum", "∑"), "prod": (r"\prod", "∏"), "integral": (r"\int", "∫")}
_FENCES = {"lceil": (r"\lceil", "⌈"), "rceil": (r"\rceil", "⌉"), "lfloor": (r"\lfloor", "⌊"),
           "rfloor": (r"\rfloor", "⌋")}
_LATEX_WORDS = frozenset({"log", "max", "min", "sin", "cos", "tanh", "exp"})


@lru_cache(maxsize=4096)
def split_name(name: str) -> tuple[str, str, int]:
    """Return stem, index and number of primes of a name.

    >>> split_name("alpha2'"), split_name("x_max")
    (('alpha', '2', 1), ('x', 'max', 0))
    """
    bare = name.rstrip("'")
    found = re.fullmatch(r"(.+?)_?(\d*)", bare, re.DOTALL)
    stem, index = found.groups() if found else (bare, "")
    if not index and "_" in stem.strip("_"):
        stem, _, index = stem.partition("_")
    return stem, index, len(name) - len(bare)


# ---- LaTeX


def to_latex(node: Node) -> str:
    """Return a layout as LaTeX, without dollars."""
    kind, parts = node[0], node[1:]
    if kind == "id":
        return _latex_name(parts[0])
    if kind == "num":
        return parts[0]
    if kind == "op":
        return _LATEX_OPS[parts[0]]
    if kind == "row":
        return _latex_row(parts)
    if kind == "thin":
        return r"\,"
    if kind == "text":
        return rf"\text{{{_latex_text(parts[0])}}}" if parts[0] else ""
    if kind == "word":
        return "\\" + parts[0] if parts[0] in _LATEX_WORDS else rf"\operatorname{{{_latex_text(parts[0])}}}"
    return _latex_built(kind, parts)


def _latex_built(kind: str, parts: Any) -> str:
    if kind in ("table", "cases"):
        body = r" \\ ".join(" & ".join(to_latex(x) for x in line) for line in parts[0])
        name = "pmatrix" if kind == "table" else "cases"
        return rf"\begin{{{name}}}{body}\end{{{name}}}"
    if kind == "fence":
        left, right = (_FENCES.get(mark, (mark or ".",))[0] for mark in parts[:2])
        return rf"\left{left}{' ' if left[0] == chr(92) else ''}{to_latex(parts[2]).strip()}\right{right}"
    if kind == "big":
        return rf"{_BIG[parts[0]][0]}_{{{to_latex(parts[1])}}}^{{{to_latex(parts[2])}}}"
    if kind == "sqrt":
        return rf"\sqrt{{{to_latex(parts[0])}}}"
    a, b = (to_latex(part).strip() for part in parts)
    forms = {"frac": rf"\frac{{{a}}}{{{b}}}", "tfrac": rf"\tfrac{{{a}}}{{{b}}}", "choose": rf"\binom{{{a}}}{{{b}}}",
             "sup": rf"{{{a}}}^{{{b}}}", "sub": rf"{a}_{{{b}}}" if parts[0][0] == "id" else rf"{{{a}}}_{{{b}}}"}
    return forms[kind]


def _latex_row(parts: Any) -> str:
    out = ""
    for before, part in zip((None, *parts), parts):
        # A thin space after a big sign is an ordinary one: the sign brings its own.
        out += " " if part[0] == "thin" and before is not None and before[0] == "big" else to_latex(part)
    return out


def _latex_name(name: str) -> str:
    stem, index, primes = split_name(name)
    if stem in _GREEK:
        head = r"\varepsilon" if stem in ("eps", "epsilon") else "\\" + stem
    else:
        head = stem if len(stem) == 1 and stem.isalnum() else rf"\mathit{{{_latex_text(stem)}}}"
    size = index if index.isdigit() else rf"\mathrm{{{_latex_text(index)}}}"
    return head + (f"_{{{size}}}" if index else "") + "'" * primes


def _latex_text(text: str) -> str:
    special = {"\\": r"\backslash ", "^": r"\hat{}", "~": r"\sim "}
    return "".join(special.get(c, "\\" + c if c in "_%#&${}" else c) for c in text)


# ---- MathML


def to_mathml(node: Node, display: bool = False) -> str:
    """Return a layout as one `math` element, everything escaped."""
    block = ' display="block"' if display else ""
    return f"<math{block}>{markup(node)}</math>"


def markup(node: Node) -> str:
    """Return the markup of a layout inside a `math` element."""
    kind, parts = node[0], node[1:]
    if kind == "id":
        return _mathml_name(parts[0])
    if kind == "num":
        return f"<mn>{parts[0]}</mn>"
    if kind == "op":
        return _mathml_op(parts[0])
    if kind == "row":
        return f"<mrow>{''.join(map(markup, parts))}</mrow>"
    if kind == "thin":
        return '<mspace width="0.17em"></mspace>'
    if kind == "text":
        # A space at the end of an mtext would be dropped.
        return f"<mtext>{html.escape(parts[0]).replace(' ', '&#xa0;')}</mtext>" if parts[0] else "<mrow></mrow>"
    if kind == "word":
        return f'<mi mathvariant="normal">{html.escape(parts[0])}</mi>'
    return _mathml_built(kind, parts)


def _mathml_built(kind: str, parts: Any) -> str:
    if kind in ("table", "cases"):
        return _mathml_table(kind, parts[0])
    if kind == "fence":
        left, right = (_FENCES.get(mark, ("", mark))[1] for mark in parts[:2])
        grows = "true" if is_tall(parts[2]) else "false"
        ends = [f'<mo fence="true" stretchy="{grows}" form="{form}">{mark}</mo>' if mark else ""
                for mark, form in ((left, "prefix"), (right, "postfix"))]
        return f"<mrow>{ends[0]}{markup(parts[2])}{ends[1]}</mrow>"
    if kind == "big":
        tag = "msubsup" if parts[0] == "integral" else "munderover"
        return f"<{tag}><mo>{_BIG[parts[0]][1]}</mo>{markup(parts[1])}{markup(parts[2])}</{tag}>"
    if kind == "sqrt":
        return f"<msqrt>{markup(parts[0])}</msqrt>"
    a, b = map(markup, parts)
    if kind == "choose":
        return f'<mrow><mo>(</mo><mfrac linethickness="0">{a}{b}</mfrac><mo>)</mo></mrow>'
    if kind == "tfrac":
        return f'<mstyle displaystyle="false" scriptlevel="+1"><mfrac>{a}{b}</mfrac></mstyle>'
    tag = {"frac": "mfrac", "sup": "msup", "sub": "msub"}[kind]
    return f"<{tag}>{a}{b}</{tag}>"


def is_tall(node: Node) -> bool:
    """Return whether a layout is higher than a line, so that parentheses around it have to grow."""
    if node[0] in ("frac", "choose", "big", "table", "cases"):
        return True
    if node[0] in ("sup", "sub"):
        return is_tall(node[1])
    return any(is_tall(part) for part in node[1:] if isinstance(part, tuple))


def _mathml_table(kind: str, lines: Any) -> str:
    style = ' class="cases"' if kind == "cases" else ""
    rows = "".join("<mtr>" + "".join(f"<mtd>{markup(x)}</mtd>" for x in line) + "</mtr>" for line in lines)
    left, right = ("(", ")") if kind == "table" else ("{", "")
    marks = [f'<mo fence="true" stretchy="true" form="{form}">{mark}</mo>' if mark else ""
             for mark, form in ((left, "prefix"), (right, "postfix"))]
    return f"<mrow>{marks[0]}<mtable{style}>{rows}</mtable>{marks[1]}</mrow>"


def _mathml_op(mark: str) -> str:
    shown = _MATHML_OPS.get(mark, mark)
    if mark == "d":
        return '<mi mathvariant="normal">d</mi>'
    if mark == "neg":
        return f'<mo form="prefix" lspace="0" rspace="0.06em">{shown}</mo>'
    if mark in ("/", "!", "top"):
        return f'<mo lspace="0" rspace="0" stretchy="false">{"⊤" if mark == "top" else shown}</mo>'
    if mark in (",", ":"):
        return f'<mo separator="true" lspace="0" rspace="{"0.2em" if mark == "," else "0.3em"}">{shown}</mo>'
    return f"<mo>{shown}</mo>"


@lru_cache(maxsize=4096)
def _mathml_name(name: str) -> str:
    stem, index, primes = split_name(name)
    shown = f"<mi>{html.escape(_GREEK.get(stem, stem))}</mi>"
    if index:
        size = f"<mn>{index}</mn>" if index.isdigit() else f'<mi mathvariant="normal">{html.escape(index)}</mi>'
        shown = f"<msub>{shown}{size}</msub>"
    return f"<msup>{shown}<mo>{'′' * primes}</mo></msup>" if primes else shown

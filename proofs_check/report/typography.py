"""Authors' plain text ("at most sum_l kappa_l delta_l <= 1") with the signs, indices and exponents it stands for.

Only what is unmistakable is replaced; everything else is escaped and left as it is.
"""

from __future__ import annotations

import re
from html import escape

_GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "eps": "ε", "epsilon": "ε", "eta": "η", "theta": "θ",
    "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "rho": "ρ", "sigma": "σ", "tau": "τ", "phi": "φ",
    "chi": "χ", "psi": "ψ", "omega": "ω",
}
_SIGNS = {"<=": "≤", ">=": "≥", "!=": "≠", "->": "→", "=>": "⇒", "+-": "±", "...": "…"}
_STEM = "|".join([*_GREEK, "sum", "prod", "[A-Za-z]"])
_INDEX = r"\{[^{}]*\}|\((?:[^()]|\([^()]*\))*\)|[A-Za-z0-9]+|[+*](?!\w)"
_SUMMAND = re.compile(rf" (?:{_STEM})_")
_TOKEN = re.compile(
    rf"(?P<name>(?<!\w)(?<!\w\.)(?:{_STEM})(?:_(?:{_INDEX}))?(?![\w]))"
    rf"|(?P<power>\^(?:{_INDEX}|-[0-9]+))"
    r"|(?P<root>\bsqrt(?=\())"
    r"|(?P<sign><=|>=|!=|->|=>|\+-|\.\.\.)")


def pretty(text: str) -> str:
    """Return plain text as HTML.

    >>> pretty("n <= (2B)^(L+1) d_l")
    'n ≤ (2B)<sup>L+1</sup> <i>d</i><sub>l</sub>'
    >>> pretty("4 sigma_+^2")
    '4 σ<sub>+</sub><sup>2</sup>'
    """
    if "`" in text:
        pieces = text.split("`")
        return "".join(f"<code>{escape(p)}</code>" if k % 2 and k + 1 < len(pieces) else pretty(p)
                       for k, p in enumerate(pieces))
    out, end = [], 0
    for found in _TOKEN.finditer(text):
        out.append(escape(text[end:found.start()]))
        out.append(_shown(found))
        end = found.end()
    return "".join([*out, escape(text[end:])])


def _shown(found: re.Match[str]) -> str:
    kind, token = found.lastgroup, found[0]
    if kind == "sign":
        return _SIGNS[token]
    if kind == "root":
        return "√"
    if kind == "power":
        return f"<sup>{_index(token[1:])}</sup>"
    stem, _, index = token.partition("_")
    if token == "sum" and not _SUMMAND.match(found.string, found.end()):
        return token
    # A single letter without an index may be a word ("a", "I"), so it stays as it is.
    head = {"sum": "∑", "prod": "∏", **_GREEK}.get(stem, stem if not index else f"<i>{escape(stem)}</i>")
    return head + (f"<sub>{_index(index)}</sub>" if index else "")


def _index(text: str) -> str:
    inner = text[1:-1] if text[0] in "({" else text
    return pretty(inner) if inner != text else escape(_GREEK.get(text, text))


def paragraphs(text: str) -> str:
    """Return a docstring as paragraphs."""
    return "".join(f"<p>{pretty(' '.join(part.split()))}</p>" for part in text.split("\n\n") if part.strip())


_PUNCTUATED = re.compile(r"(<math>(?:(?!</math>).)*</math>)([,:.;)])")


def kept_together(markup: str) -> str:
    """Return markup in which no line can break between a formula and the punctuation after it."""
    return _PUNCTUATED.sub(r'<span class="nb">\1\2</span>', markup)

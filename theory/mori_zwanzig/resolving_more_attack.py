"""Attack on `mori_zwanzig.resolving_more`: its three bounds at one column x, mostly on chains of width one."""

from __future__ import annotations

from theory.language import Kill, Survivor, Witness
from theory.language.derivation import apply, combine, compute, intro, witness
from theory.mori_zwanzig.resolving_more import CLAIM, COLUMN, PARTS, nested, norm, oblique, on_line

ATTACKED = nested(f"some | {', '.join(PARTS)}", column=COLUMN)

_INSTANCE = CLAIM.instance.steps
_CHECKED = dict(one="0", s="1")
"""No constants: the correlation is the norm of the layer, 1."""

_ROW, _E1, _E2 = "[[1000,1]]", "[[1,0],[0,0]]", "[[0,0],[0,1]]"
_MIXED = {"d": "1", "e": "2", "f": "1", "g": "2", "M": _ROW, "C": "I(1)", "B": "I(2)", "P": "0*I(1)", "P1": "0*I(1)",
          "R": _E1, "R1": _E1, "one": "[[1],[0]]", "k": "1", "s": "1", "x": "[[1],[1]]"}
_REST, _NORMAL = f"{_ROW}*(x - {_E1}*x)", "T([[1],[0]])*T(I(2))*I(2)*x"
_LEAK = (
    compute("r1", f"T({_ROW} - {_ROW}*{_E1})*({_ROW} - {_ROW}*{_E1}) = {_E2}"), compute("r2", f"I(2) = {_E1} + {_E2}"),
    compute("r3", f"T({_E1}) = {_E1}"), compute("r4", f"{_E1}*{_E1} = {_E1}"),
    compute("r5", f"{_ROW} = 1000*T([[1],[0]]) + [[0,1]]"), compute("r6", f"T([[0,1]])*[[0,1]] = {_E2}"),
    intro("low", f"all x:mat(2,1) => tr(T(x)*{_E2}*x) <= {norm('I(2)', 'x')}", "",
          combine("a", f"tr(T(x)*x) = tr(T(x)*{_E1}*x) + tr(T(x)*{_E2}*x)", "r2"),
          combine("b", f"tr(T(x)*{_E1}*x) = tr(T({_E1}*x)*({_E1}*x))", "r3 r4"),
          combine("z", facts="a b", squares=(f"{_E1}*x",))),
    intro("rate", f"all x:mat(2,1) => {norm('I(1)', f'{_REST} - 0*I(1)*{_REST}')} <= 1^2*{norm('I(2)', 'x')}", "",
          combine("e", f"{norm('I(1)', f'{_REST} - 0*I(1)*{_REST}')} = tr(T(x)*{_E2}*x)", "r1", rounds=3),
          apply("l", "low", x="x"), combine("z", facts="e l")),
    intro("cor", f"all x:mat(2,1) | {_NORMAL} = 0*({_NORMAL})"
          f" => {norm('I(1)', f'{_ROW}*x')} <= 1^2*{norm('I(2)', 'x')}", "h",
          combine("m", f"{_ROW}*x = [[0,1]]*x", "r5 h"),
          combine("e", f"{norm('I(1)', f'{_ROW}*x')} = tr(T(x)*{_E2}*x)", "m r6", rounds=4),
          apply("l", "low", x="x"), combine("z", facts="e l")),
)
"""The layer (1000, 1) with the first input resolved: what is left is bounded by 1, what leaks is 1000 times larger."""

KILLS = (
    Kill("a large resolved input", Witness((*_LEAK, witness("end", **_MIXED)))),
    Kill("two states", Witness((*_INSTANCE[:-1], witness("end", x="[[1],[-1]]", **dict(_INSTANCE[-1].sub))))),
    Kill("P oblique", oblique("P")),
    Kill("P1 oblique", oblique("P1")),
    Kill("R oblique", oblique("R")),
    Kill("R1 oblique", oblique("R1")),
    Kill("rate 1/2", on_line(M="1/2", k="1/2", one="0", s="1/2")),
    Kill("rate 2", on_line(M="2", k="2", one="0", s="2")),
    Kill("P is 3", on_line(P="3", P1="1", k="2", **_CHECKED)),
    Kill("P1 is 3", on_line(P1="3", **_CHECKED)),
    Kill("R is 3", on_line(R="3", R1="1", k="2", **_CHECKED)),
    Kill("R1 is 3", on_line(R1="3", **_CHECKED)),
    Kill("P1 resolves less", on_line(P="1", k="0", **_CHECKED)),
    Kill("R1 resolves less", on_line(R="1", k="0", **_CHECKED)),
    Kill("constants not resolved", on_line()),
    Kill("nothing resolved", on_line(**_CHECKED)),
    Kill("all inputs resolved", on_line(R="1", R1="1", k="0")),
    Kill("all outputs resolved", on_line(P="1", P1="1", k="0", **_CHECKED)),
    Kill("rate to the power 3", on_line(powers=(3, 2), M="5/2", k="2", one="0", s="3")),
    Kill("correlation to the power 3", on_line(powers=(2, 3), M="5/2", k="3", one="0", s="2")),
    Kill("no rate", on_line(k="0", skip="rate", **_CHECKED)),
    Kill("no correlation", on_line(one="0", skip="cor")),
)

_FACTORS = {"1/100": ("99/100", "101/100"), "1/2": ("1/2", "3/2")}


def _same(part: int, place: int, name: str, factor: str) -> Survivor:
    """One of the two equal columns of a norm with a projection `factor` times as large: the inner product stays.

    Place 2 is the output projection P, which is orthogonal to what it leaves out; place 3 the input projection R inside
    its argument, so the change lies in the range of P.
    """
    p, r, fact, bound = ("P1", "R1", "A", "k") if part == 1 else ("P", "R", "D", "s")
    left, square = f"M*(x - {r}*x)", "H3 H4" if part == 1 else "H1 H2"
    moved = f"{left} - {factor}*{p}*{left}" if place == 2 else f"{left} - {p}*M*(x - {factor}*{r}*x)"
    changed = f"tr(T(C*({moved}))*(C*({left} - {p}*{left})))"
    steps = (intro("Z", f"all x:mat(e,1) => {changed} <= {bound}^2*{norm('B', 'x')}", "", apply("a", fact, x="x"),
                   combine("e", f"{changed} = {norm('C', f'{left} - {p}*{left}')}", square, rounds=4),
                   combine("z", facts="a e")),)
    return Survivor((f"constant conclusion {part}, -1 by {name} ({place})",),
                    "true: what an orthogonal projection leaves out is orthogonal to its range, where the change lies",
                    (*CLAIM.derivation, *steps))


SURVIVORS = tuple(_same(part, place, name, factor) for part in (1, 3) for place in (2, 3)
                  for name, both in _FACTORS.items() for factor in both)

"""Points against mutants of `mori_zwanzig.maximal_correlation`: decay along finite chains is attacked."""

from __future__ import annotations

from theory.language import Kill, Survivor, Witness
from theory.language.derivation import Step, apply, combine, finite, intro, witness
from theory.mori_zwanzig.maximal_correlation import DECAY, HALF, INDEPENDENT, correlated_chain

ATTACKED = correlated_chain(DECAY)


def _forgetting(**values: str) -> Witness:
    """Two states, everything forgotten in one layer; the bound on mean-zero functions is proved first."""
    return Witness((*INDEPENDENT, witness("end", **{**HALF, "h": "l, x -> ite(l, 0, 0, 2*x - 3)", **values})))


def _no_layer(**values: str) -> Witness:
    """Depth 0: two states, h = -1 and 1."""
    return Witness((witness("end", **{**HALF, "L": "0", "h": "l, x -> 2*x - 3", **values}),))


def _table(rows: str) -> str:
    """A function of level and state by its values at the levels 0, 1, 2 (between semicolons), states from 0 on."""
    return f"l, x -> [[{rows.replace(';', '],[')}]][l + 1,x + 1]"


_FREE = "(1 - 7/2*{0} + 3/2*{0}*{0})"
_ONE = "sum(y=1..1: 1*1*f(y))"


def _single(level: int) -> Step:
    """Functions of mean zero at one state vanish, or the weight before is not positive."""
    image, ahead = f"1*{_FREE.format(level)}*({_ONE}*{_ONE})", f"1*{_FREE.format(f'({level}+1)')}"
    return intro(f"w{level}", None, "m0", *(
        step for k, body in enumerate(("y -> 1*1*f(y)", f"x -> {image}", f"y -> {ahead}*f(y)"))
        for step in (apply(f"e{k}", "ax.sum_empty", f=body, a="1", b="0"),
                     apply(f"l{k}", "ax.sum_last", f=body, a="1", b="1"))),
        combine("z", facts="m0 e0 l0 e1 l1 e2 l2", rounds=5, squares=("f(1)",)))


_DENSITY = finite(
    "ze", "all l:int | 0 <= l, l <= 2 - 1 => (all f:int->real | sum(y=1..1: 1*" + _FREE.format("(l+1)") + "*f(y)) = 0"
    f" => sum(x=1..1: 1*{_FREE.format('l')}*({_ONE}*{_ONE})) <= 0*0*sum(y=1..1: 1*" + _FREE.format("(l+1)")
    + "*(f(y)*f(y))))", [_single(0)], [_single(1)])
"""One state at each of three levels with the weights 1, -1, 0, which no layer transfers."""

KILLS = (
    Kill("weights 1, -1, 0 of their own", Witness((_DENSITY, witness(
        "end", L="2", d="l -> 1", v="l, x -> 1", a="l, x, y -> 1", g=f"l, x -> {_FREE.format('l')}", s="l -> 0",
        h="l, x -> 1")))),
    Kill("no layer", _no_layer()),
    Kill("no layer, mean 1", _no_layer(h="l, x -> 1")),
    Kill("no layer, weights of either sign", _no_layer(v=_table("1/2,2,-1,-1;-1,1,1,1;0,1/2,1,1"),
         g=_table("1/2,1/2,2,1;1,0,-1,1/2;-1,-1,1/2,0"),
         h=_table("0,1,1/2,1;1/2,1/2,1,2;1,1,2,0"))),
    Kill("no layer, a negative weight of the first state", _no_layer(v=_table("1/2,1,1/2,1;1/2,0,2,1;1,1,1,-1"),
         g=_table("1,2,2,1;1,-1,-1,2;1,1,1/2,1"),
         h=_table("2,-1,2,1;1,1/2,1,0;-1,1,1,-1"))),
    Kill("no layer, values of either sign", _no_layer(v=_table("0,2,1/2,1;0,2,1/2,-1;1,1,2,1/2"),
         g=_table("1,1,-1,0;1,2,-1,1;-1,1,1,1/2"),
         h=_table("1,-1/4,-1,1;1,1/2,1,-1;1/2,2,0,-1"))),
    Kill("forgotten", _forgetting()),
    Kill("mean not zero", _forgetting(h="l, x -> 1")),
    Kill("mean function free", _forgetting(h="l, x -> 2*x - 3")),
    Kill("mean function of the first state free", _forgetting(h="l, x -> ite(l, 0, 2 - x, 2*x - 3)")),
    Kill("mean function of the second state free", _forgetting(h="l, x -> ite(l, 0, x - 1, 2*x - 3)")),
    Kill("mean function of the second state free, values outside",
         _forgetting(h=_table("0,0,1/2,2;1/2,2,-2,-1;1/2,1,2,2"))),
    Kill("mean zero by a value outside", _forgetting(h=_table("-1,-1/2,-1/2,0;1,1,-1,0;2,0,1,1"))),
    Kill("mean zero by the second state alone", _forgetting(h=_table("1,-1,-1,1/2;2,-2,0,1/2;1,0,-1,1/2"))),
    Kill("mean function free, values outside", _forgetting(h=_table("-1,-1,-1,0;-1,-2,2,0;2,-1,2,1"))),
    Kill("mean function of the first state free, values outside",
         _forgetting(h=_table("1,2,0,-1;-1,-1,1,1;1,1,1/2,1"))),
    Kill("mean zero by a value beyond", _forgetting(h=_table("2,2,2,2;2,0,4,1/2;1,0,1,-1"))),
    Kill("mean zero of another level", _forgetting(h=_table("1/2,1/2,1/2,1;1,1/2,1/2,0;2,-1,1,0"))),
    Kill("no contraction", Witness((witness("end", **{**HALF, "a": "l, x, y -> iite(x, y, iite(y, x, 1, 0), 0)",
                                                      "h": "l, x -> 2*x - 3"}),))),
    Kill("density free", Witness((witness("end", **{**HALF, "g": "l, x -> ite(l, 0, 1/2, 0)", "s": "l -> 1",
                                                    "a": "l, x, y -> iite(x, y, iite(y, x, 1, 0), 0)",
                                                    "h": "l, x -> 2*x - 3"}),))),
)

SURVIVORS = (
    Survivor(("drop H1", "shift H1, end 0 of the range of l", "shift H1, end L of the range of l",
              "shift H1, index l of d"), "true: a level of negative width has empty sums, as one without states"),
    Survivor(tuple(f"shift H2, {what}" for what in (
        "end 0 of the range of l", "end L - 1 of the range of l", "index l + 1 of g", "index y of g",
        "end 1 of the sum",
        "end d(l) of the sum", "index l of v", "index x of v", "index l of a", "index x of a", "index y of a",
        "index l of g", "index x of g")),
             "open: one layer never needs the transferred density, so a point has two layers and two bounds on all"
             " functions of mean zero; of these only the weights 1, -1, 0 are known"),
    Survivor(tuple(f"shift H3, index {what}" for what in ("l + 1 of v", "y of v", "l of a", "x of a", "y of a")),
             "open: v and a stand in the bound on functions too; the points known have them constant"),
    Survivor(tuple(f"shift H4, {what}" for what in (
        "end 1 of the sum", "end d(l + 1) of the sum", "index l + 1 of v", "index y of v", "index l + 1 of g",
        "index y of g", "index y of f", "end 1 of the sum (2)", "end d(l) of the sum", "index l of v", "index x of v",
        "index l of g", "index x of g", "end 1 of the sum (3)", "end d(l + 1) of the sum (2)", "index l + 1 of v (2)",
        "index y of v (2)", "index l of a", "index x of a", "index y of a", "index y of f (2)", "index l of s",
        "end 1 of the sum (4)", "end d(l + 1) of the sum (3)", "index l + 1 of v (3)", "index y of v (3)",
        "index l + 1 of g (2)", "index y of g (2)", "index y of f (3)")),
             "open: a point needs the shifted inequality for all functions f, each with a proof of its own"),
    Survivor(tuple(f"shift H5, index {what}" for what in ("L of v", "x of v", "L of g", "x of g")),
             "open: the weights at level L stand in the bound on functions too; the points known have them constant"),
    Survivor(("shift conclusion, index j of s",),
             "open: the layers of the points known have the bound 0 at every level"),
)

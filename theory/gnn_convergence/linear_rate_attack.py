"""Points against mutants of `gnn_convergence.linear_rate`: flows of two numbers in closed form."""

from __future__ import annotations

from theory.gnn_convergence.exponentials import less
from theory.gnn_convergence.linear_rate import decay
from theory.language import Kill, Survivor, Witness
from theory.language.derivation import Step, apply, calculus, cases, combine, intro, witness

_STEPS, _VALUES = decay("2")
_TO_ONE = (*_STEPS, apply("p", "ax.exp_pos", a="-4"), *less("exp(-101/25) < exp(-4)", "lt1"),
           *less("exp(-6) < exp(-4)", "lt2"), *less("exp(-16) < exp(-4)", "lt3"), *less("exp(-4) < exp(-2)", "lt4"))
"""w = 1 - exp(-2t), the loss is exp(-4t)."""


def _at(*steps: Step, **values: str) -> Witness:
    return Witness((*steps, witness("end", **{**_VALUES, **values})))


def _moves(name: str, body: str, slope: str, tau: str = "1") -> Step:
    return intro(name, f"all t:real | 0 <= t, t <= {tau} => deriv(u: {body.replace('*t', '*u')}, t, {slope})", "t1 t2",
                 calculus("z"))


_REST = (_moves("d0", "0", "0"), _moves("d7", "1", "0"), *less("exp(-4) < 1"), *less("exp(-4) < 1/2", "lh"))
_JUMP = "ite(t, 0, 1, 0)"
_STAY = (
    # w stays at 1 = y/b(0) while b jumps from 1 to 0: (w b - y) b = 0 at all times
    intro("jp", f"all t:real => ({_JUMP} - 1)*{_JUMP} = 0", "", apply("or", "ax.total", x="t", y="0"),
          cases("z", "or", "c", [apply("a", "ax.ite_then", a="t", b="0", x="1", y="0"), combine("y", facts="a")],
                [apply("a", "ax.ite_else", a="t", b="0", x="1", y="0"), combine("y", facts="a")])),
    apply("j0", "ax.ite_then", a="0", b="0", x="1", y="0"), apply("j1", "ax.ite_else", a="1", b="0", x="1", y="0"),
    intro("d6", f"all t:real | 0 <= t, t <= 1 => deriv(u: 1, t, -2*(1*{_JUMP}*1 - 1)*1*{_JUMP})", "t1 t2",
          apply("j", "jp", t="t"), calculus("z", facts="j")),
    intro("h11", f"all t V:real | 0 <= t, t <= 1 => 0*V^2 <= (V*{_JUMP})^2", "t1 t2",
          combine("z", squares=(f"V*{_JUMP}",))),
)
_NO_BOUNDS = (
    intro("h11", "all t V:real | 0 <= t, t <= 1 => 0*V^2 <= (V*1)^2", "t1 t2", combine("z", squares=("V",))),
    intro("h12", "all V:real => 0*(V*1)^2 <= (V*1*1)^2", "", combine("z", squares=("V",))),
    apply("e0", "ax.exp_zero"),
)
_S = "4*({} - 1)"
_UP = f"exp(-1/2*log(1 + exp(-{_S})))"
_DOWN = f"exp(-1/2*log(1 + exp({_S})))"
_LOGISTIC = (
    # a layer that ascends: b^2 = 1/(1 + exp(-s)), w^2 = 1/(1 + exp(s)) with s = 4 (t - 1), towards 0 and away from it
    intro("sq", f"all t:real => {_UP.format('t')}*{_UP.format('t')} = 1/(1 + exp(-{_S.format('t')}))", "",
          apply("ep", "ax.exp_pos", a=f"-{_S.format('t')}"), combine("p", f"0 < 1 + exp(-{_S.format('t')})", "ep"),
          apply("r", "ax.exp_log", x=f"1 + exp(-{_S.format('t')})"),
          apply("s", "ax.exp_add", a=f"-1/2*log(1 + exp(-{_S.format('t')}))",
                b=f"-1/2*log(1 + exp(-{_S.format('t')}))"),
          apply("o", "ax.exp_add", a=f"-log(1 + exp(-{_S.format('t')}))", b=f"log(1 + exp(-{_S.format('t')}))"),
          apply("e0", "ax.exp_zero"), combine("z", facts="r s o e0 p", mul="p", rounds=4)),
    intro("sw", f"all t:real => {_DOWN.format('t')}*{_DOWN.format('t')} = 1/(1 + exp({_S.format('t')}))", "",
          apply("ep", "ax.exp_pos", a=_S.format("t")), combine("p", f"0 < 1 + exp({_S.format('t')})", "ep"),
          apply("r", "ax.exp_log", x=f"1 + exp({_S.format('t')})"),
          apply("s", "ax.exp_add", a=f"-1/2*log(1 + exp({_S.format('t')}))", b=f"-1/2*log(1 + exp({_S.format('t')}))"),
          apply("o", "ax.exp_add", a=f"-log(1 + exp({_S.format('t')}))", b=f"log(1 + exp({_S.format('t')}))"),
          apply("e0", "ax.exp_zero"), combine("z", facts="r s o e0 p", mul="p", rounds=4)),
    intro("d6", f"all t:real | 0 <= t, t <= 1 => deriv(u: {_DOWN.format('u')}, t,"
          f" -2*({_DOWN.format('t')}*{_UP.format('t')}*1 - 0)*1*{_UP.format('t')})", "t1 t2",
          apply("q", "sq", t="t"), apply("ep", "ax.exp_pos", a=_S.format("t")),
          apply("em", "ax.exp_pos", a=f"-{_S.format('t')}"), combine("p1", f"0 < 1 + exp({_S.format('t')})", "ep"),
          combine("p2", f"0 < 1 + exp(-{_S.format('t')})", "em"),
          apply("pm", "ax.exp_add", a=_S.format("t"), b=f"-{_S.format('t')}"), apply("e0", "ax.exp_zero"),
          combine("in", f"exp({_S.format('t')})*(1/(1 + exp({_S.format('t')}))) = 1/(1 + exp(-{_S.format('t')}))",
                  "p1 p2 pm e0", rounds=4),
          calculus("z", facts="p1 q in")),
    intro("d7", f"all t:real | 0 <= t, t <= 1 => deriv(u: {_UP.format('u')}, t,"
          f" -2*-1*{_DOWN.format('t')}*({_DOWN.format('t')}*{_UP.format('t')}*1 - 0)*1)", "t1 t2",
          apply("q", "sw", t="t"), apply("ep", "ax.exp_pos", a=_S.format("t")),
          apply("em", "ax.exp_pos", a=f"-{_S.format('t')}"), combine("p1", f"0 < 1 + exp({_S.format('t')})", "ep"),
          combine("p2", f"0 < 1 + exp(-{_S.format('t')})", "em"),
          apply("pm", "ax.exp_add", a=_S.format("t"), b=f"-{_S.format('t')}"), apply("e0", "ax.exp_zero"),
          combine("in", f"exp(-{_S.format('t')})*(1/(1 + exp(-{_S.format('t')}))) = 1/(1 + exp({_S.format('t')}))",
                  "p1 p2 pm e0", rounds=4),
          calculus("z", facts="p2 q in")),
    intro("h11", f"all t V:real | 0 <= t, t <= 1 => 0*V^2 <= (V*{_UP.format('t')})^2", "t1 t2",
          combine("z", squares=(f"V*{_UP.format('t')}",))),
)
_BACK = "1 - exp(-2*t)"
_SIGNS = (*(f"constant conclusion, -1 by {size} ({place})" for size in ("1/100", "1/2") for place in (2, 3, 5)),
          "shift conclusion, power 2 (2)", "shift conclusion, power 2 (4)")

KILLS = (
    # points that satisfy all hypotheses first: only a few are replayed for each mutant
    Kill("at rest", _at(*_REST, w="t -> 1"), ("strictness conclusion",)),
    Kill("one number, exact decay", _at(*_TO_ONE), ("strictness conclusion",)),
    Kill("decay to zero", _at(_moves("d6", "exp(-2*t)", "-2*(exp(-2*t)*1*1 - 0)*1*1"), *_TO_ONE[1:],
                             w="t -> exp(-2*t)", y="0", z="0"), ("shift conclusion, power 2",)),
    Kill("no features", _at(*_REST, apply("p", "ax.exp_pos", a="-4"), w="t -> 0", x="0", y="2", z="0"), _SIGNS),
    Kill("no features, half labels", _at(*_REST, apply("p", "ax.exp_pos", a="-4"), w="t -> 0", x="0", y="1/2", z="0"),
         ("shift conclusion, power 2 (2)", "shift conclusion, power 2 (4)")),
    Kill("no features, negative labels", _at(
        *_REST, *_NO_BOUNDS, w="t -> 0", x="0", y="-2", z="0", mu="0", sig="0"), ("shift conclusion, power 2 (4)",)),
    Kill("negative time", _at(
        _moves("d6", _BACK, f"-2*(({_BACK})*1*1 - 1)*1*1", "-1"), _moves("d7", "1", "0", "-1"),
        apply("e0", "ax.exp_zero"), apply("sq", "ax.exp_add", a="2", b="2"), *less("1 < exp(4)"),
        intro("h11", "all t V:real | 0 <= t, t <= -1 => 0*V^2 <= (V*1)^2", "t1 t2", combine("z", squares=("V",))),
        tau="-1", mu="0"), ("drop H9",)),
    Kill("both bounds negative", _at(
        *_TO_ONE, intro("h11", "all t V:real | 0 <= t, t <= 1 => -2*V^2 <= (V*1)^2", "t1 t2",
                        combine("z", squares=("V",))),
        intro("h12", "all V:real => -2*(V*1)^2 <= (V*1*1)^2", "", combine("z", squares=("V",))), mu="-2", sig="-2"),
         ("drop H10",)),
    Kill("another Z, negative bound", _at(
        *_REST, apply("e0", "ax.exp_zero"), *less("1 < exp(4)", "lt2"),
        intro("h12", "all V:real => -1*(V*1)^2 <= (V*1*1)^2", "", combine("z", squares=("V",))), w="t -> 1", z="10",
        sig="-1")),
    Kill("layer that ascends", _at(*_LOGISTIC, w=f"t -> {_DOWN.format('t')}", b=f"t -> {_UP.format('t')}", e="-1",
                                   y="0", z="0", mu="0"), ("drop H1",)),
    Kill("too large a bound on the layers", _at(*_TO_ONE, mu="4"), ("drop H11",)),
    Kill("too large a bound on the features", _at(*_TO_ONE, sig="4"), ("drop H12",)),
    Kill("no flow of the head", _at(*_REST, w="t -> 1", y="0", z="0"), ("drop H6",)),
    Kill("layer free of the flow", _at(*_STAY, w="t -> 1", b=f"t -> {_JUMP}", e="1", mu="0"), ("drop H7",)),
)

SURVIVORS = (
    Survivor(("shift H11, power 2", "shift H11, power 2 (2)"),
             "true: mu V <= V^2 b^2 or mu V^3 <= V^2 b^2 for all V forces mu = 0, and the gap does not grow;"
             " mu V^2 <= V b or mu V^2 <= (V b)^3 forces b = 0 and so mu = 0"),
    Survivor(("shift H12, power 2", "shift H12, power 2 (2)"),
             "true: without features the gap is 0; else sig V x <= V^2 x^4 or with V^3 x^3 forces sig = 0, and"
             " sig V^2 x^2 <= V x^2 or (V x^2)^3 holds for no sig"),
    Survivor(("strictness H11", "strictness H11 (2)"),
             "true: b has a derivative, so it is continuous and keeps its bound at the ends of the interval"),
    Survivor(("strictness conclusion",),
             "false at rest, where both sides are 0 (control strictly_faster); the search does not see that intervals"
             " around equal numbers are equal"),
    Survivor(("strictness H6", "strictness H6 (2)", "strictness H7", "strictness H7 (2)"),
             "false, at a flow that jumps at one end as in the control jump_at_the_start; such a jump u*(1/u) is not"
             " evaluated by the search for points"),
)

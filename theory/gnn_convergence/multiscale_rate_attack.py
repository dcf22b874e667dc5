"""Points against mutants of `gnn_convergence.multiscale_rate`: two scales of width one, in closed form."""

from __future__ import annotations

from theory.gnn_convergence.exponentials import less
from theory.gnn_convergence.multiscale_rate import DECAY, one_scale
from theory.language import Kill, Survivor, Witness
from theory.language.derivation import Step, apply, calculus, cases, combine, intro, witness

_STEPS, _VALUES = one_scale()
_FAST = (*_STEPS, *less("exp(-101/25) < exp(-4)", "lt1"), *less("exp(-6) < exp(-4)", "lt2"),
         *less("exp(-16) < exp(-4)", "lt3"))
_REST = (*_STEPS[1:], intro("d1", "all t:real | 0 <= t, t <= 1 => deriv(u: 1, t, 0)", "t1 t2", calculus("z")),
         *less("exp(-4) < 1"))
_BACK = DECAY.format("t")
_EARLIER = (
    intro("d8", f"all t:real | 0 <= t, t <= -1 => deriv(u: {DECAY.format('u')}, t, -2*(({_BACK})*1 - 1)*1)", "t1 t2",
          calculus("z")),
    intro("d0", "all t:real | 0 <= t, t <= -1 => deriv(u: 0, t, 0)", "t1 t2", calculus("z")), _STEPS[2],
    intro("h13", "all V:real => 0*V^2 <= V^2", "", combine("z", squares=("V",))),
    intro("h14", "all V:real | (all K:real | K*1 = 0, K*0 = 0 => V*K = 0) => 0*V^2 <= 0*(V*1)^2 + 0*(V*0)^2", "v",
          combine("z")),
    apply("e0", "ax.exp_zero"), apply("sq", "ax.exp_add", a="2", b="2"), *less("1 < exp(4)"),
)


def _at(*steps: Step, **values: str) -> Witness:
    return Witness((*steps, witness("end", **{**_VALUES, **values})))


_NONE = (
    intro("h14", "all V:real | (all K:real | K*0 = 0, K*0 = 0 => V*K = 0) => 1*V^2 <= 1*(V*0)^2 + 0*(V*0)^2", "v",
          apply("k", "v", K="V"), combine("z", facts="k")),
)
_NEGATIVE = (
    intro("h14", "all V:real | (all K:real | K*1 = 0, K*0 = 0 => V*K = 0) => -1*V^2 <= 1*(V*1)^2 + 0*(V*0)^2", "v",
          combine("z", squares=("V",))),
)
_OTHER_SCALE = (
    intro("h14", "all V:real | (all K:real | K*0 = 0, K*1 = 0 => V*K = 0) => -1*V^2 <= 0*(V*0)^2 + 1*(V*1)^2", "v",
          combine("z", squares=("V",))),
    intro("sp2", "all K:real | K*0 = 0, K*1 = 0 => (1 + 10)*K = 0", "k0 k1", combine("z", facts="k1")),
    intro("h13", "all V:real => 0*V^2 <= V^2", "", combine("z", squares=("V",))),
)

_SECOND = (
    intro("sp2", "all K:real | K*0 = 0, K*1 = 0 => (1 + 0)*K = 0", "k0 k1", combine("z", facts="k1")),
    intro("h14", "all V:real | (all K:real | K*0 = 0, K*1 = 0 => V*K = 0) => 1*V^2 <= 0*(V*0)^2 + 1*(V*1)^2", "v",
          combine("z")),
    intro("h13", "all V:real => 0*V^2 <= V^2", "", combine("z", squares=("V",))),
)

_LEAP = "ite(t, 0, 1, 0)"
_STAY = (
    # the second head stays at 1 while its layer jumps from 1 to 0: (c b - 1) b = 0 at all times
    *_SECOND[:1],
    intro("jp", f"all t:real => ({_LEAP} - 1)*{_LEAP} = 0", "", apply("or", "ax.total", x="t", y="0"),
          cases("z", "or", "c", [apply("a", "ax.ite_then", a="t", b="0", x="1", y="0"), combine("y", facts="a")],
                [apply("a", "ax.ite_else", a="t", b="0", x="1", y="0"), combine("y", facts="a")])),
    apply("j0", "ax.ite_then", a="0", b="0", x="1", y="0"), apply("j1", "ax.ite_else", a="1", b="0", x="1", y="0"),
    intro("d0", "all t:real | 0 <= t, t <= 1 => deriv(u: 0, t, 0)", "t1 t2", calculus("z")),
    intro("d9", f"all t:real | 0 <= t, t <= 1 => deriv(u: 1, t, -2*(0*0 + 1*{_LEAP}*1 - 1)*1*{_LEAP})", "t1 t2",
          apply("j", "jp", t="t"), calculus("z", facts="j")),
    intro("h3", f"all t V:real | 0 <= t, t <= 1 => 0*V^2 <= (V*{_LEAP})^2", "t1 t2",
          combine("z", squares=(f"V*{_LEAP}",))),
    intro("h13", "all V:real => 0*V^2 <= V^2", "", combine("z", squares=("V",))),
    intro("h14", "all V:real | (all K:real | K*0 = 0, K*1 = 0 => V*K = 0) => 0*V^2 <= 0*(V*0)^2 + 0*(V*1)^2", "v",
          combine("z")),
)

KILLS = (
    # points that satisfy all hypotheses first: only a few are replayed for each mutant
    Kill("at rest", _at(*_REST, a="t -> 1")),
    Kill("one scale, exact decay", _at(*_FAST)),
    Kill("no features", _at(
        *_REST, intro("none", "all K:real | K*0 = 0, K*0 = 0 => (2 + -2)*K = 0", "k0 k1", combine("z")), *_NONE,
        a="t -> 0", g="0", y="2", N="-2")),
    Kill("no features, negative labels", _at(
        *_REST, intro("none", "all K:real | K*0 = 0, K*0 = 0 => (-2 + 2)*K = 0", "k0 k1", combine("z")), *_NONE,
        a="t -> 0", g="0", y="-2", N="2")),
    Kill("no features, N free", _at(*_REST, *_NONE, a="t -> 0", g="0", y="2")),
    Kill("another N, negative bound", _at(
        *_REST, *less("1 < exp(4)", "lt2"), *_NEGATIVE,
        intro("sp2", "all K:real | K*1 = 0, K*0 = 0 => (1 + 10)*K = 0", "k0 k1", combine("z", facts="k0")), a="t -> 1",
        N="10", kap="-1")),
    Kill("another N, negative bound, second scale", _at(
        *_REST, *less("1 < exp(4)", "lt2"), *_OTHER_SCALE, a="t -> 0", b="t -> 1", c="t -> 1", g="0", h="1", N="10",
        mu="0", nu="1", kap="-1")),
    Kill("negative time", _at(*_EARLIER, tau="-1", mu="0", kap="0")),
    Kill("too large a bound on the features", _at(*_FAST, kap="4")),
    Kill("too large a bound on the first scale", _at(*_FAST, mu="4", kap="4")),
    Kill("too large a bound on the second scale", _at(*_FAST, nu="4")),
    Kill("layer free of the flow", _at(*_STAY, a="t -> 0", b=f"t -> {_LEAP}", c="t -> 1", g="0", h="1", mu="0",
                                       kap="0")),
    Kill("second scale at zero", _at(*_REST, *_SECOND, a="t -> 0", g="0", h="1", mu="0", nu="1")),
    Kill("no flow of the second head", _at(*_REST, *_SECOND, a="t -> 0", b="t -> 1", g="0", h="1", mu="0", nu="1")),
    Kill("no flow", _at(*_REST, a="t -> 0")),
)

SURVIVORS = (
    Survivor(tuple(f"strictness H{k}{end}" for k in (8, 9, 1) for end in ("", " (2)")),
             "false, at a flow that jumps at one end, like the control jump_at_the_start of linear_rate; such"
             " a jump u*(1/u) is not evaluated by the search for points"),
    Survivor(tuple(f"strictness H3{end}" for end in ("", " (2)")),
             "true: b has a derivative, so it is continuous and keeps its bound at the ends of the interval"),
    Survivor(tuple(f"shift H13, power 2{end}" for end in ("", " (2)")),
             "true: mu V <= V^2 or mu V^3 <= V^2 for all V forces mu = 0; mu V^2 <= V or V^3 holds for no mu"),
    Survivor(tuple(f"shift H3, power 2{end}" for end in ("", " (2)")),
             "true: nu V or nu V^3 <= (V b)^2 for all V forces nu = 0; nu V^2 <= V b or (V b)^3 forces b = 0, nu <= 0"),
    Survivor(tuple(f"shift H14, power 2{end}" for end in ("", " (2)", " (3)")),
             "true: another power of V on the left forces kap = 0, or there are no features and the gap is 0; on the"
             " right it forces mu g = 0 or nu h = 0, so that the term is absent from both forms"),
    Survivor(("strictness conclusion",),
             "false at rest, where both sides are 0, like the control strictly_faster of gnn_convergence.linear_rate;"
             " the search does not see that intervals around equal numbers are equal"),
)

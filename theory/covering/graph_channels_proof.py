"""Permuted channels in layer graphs, layer by layer: the derivation of `covering.other_architectures`."""

from __future__ import annotations

from theory.covering.channels import INVERSE
from theory.covering.graph_channels import DEPTHWISE, OUTPUTS, RELABELLED, SKIPS, TERM, TIED, WINDOW, moment
from theory.language.derivation import Step, apply, cases, combine, induct, intro, obtain, witness

_UP_TO = ("(all l o r:int | 0 <= l, l <= z, l <= N, 1 <= o, o <= C(l), 0 <= r, r <= P(l)"
          " => g(l,o,r) = h(l,p(l,o),r))")
_PERMUTATION = "p1 p2 p3 p4 p5 p6"


def _inverse(name: str, source: str) -> Step:
    """The channels of one layer are permuted, as the lemma on double sums wants it."""
    inverse = INVERSE.format(source + ",", f"C({source})")
    return intro(name, f"all i:int | 1 <= i, i <= C({source}) => {inverse}", "x1 x2",
                 apply("ph", "H10", l=source, i="i"),
                 obtain("pz", "ph", "y1 y2 y3 y4 y5 y6", witness("py")))


_PADDING: tuple[Step, ...] = (
    apply("a1", "H21", l="l", o="p(l,o)"), apply("a2", "H22", l="l", o="o"),
    apply("a3", "ax.cong_int", f="t -> h(l,p(l,o),t)", x="r", y="0"),
    apply("a4", "ax.cong_int", f="t -> g(l,o,t)", x="r", y="0"), combine("az", facts="a1 a2 a3 a4"),
)
_INPUT: tuple[Step, ...] = (
    apply("l1", "ax.antisym", x="l", y="0"), apply("c1", "ax.cong_ii", f="t -> C(t)", x="l", y="0"),
    apply("c2", "ax.cong_ii", f="t -> P(t)", x="l", y="0"), apply("b1", "H20", o="o", r="r"), apply("b2", "H11", i="o"),
    apply("b3", "ax.cong_int", f="t -> g(t,o,r)", x="l", y="0"),
    apply("b4", "ax.cong_int", f="t -> h(t,p(l,o),r)", x="l", y="0"),
    apply("b5", "ax.cong_ii", f="t -> p(t,o)", x="l", y="0"),
    apply("b6", "ax.cong_int", f="t -> h(0,t,r)", x="p(l,o)", y="o"), combine("bz", facts="b1 b3 b4 b6"),
)

_OLD = {"W": "V(l,j,i',{c},k)", "h": "g", "c": "{c}", "r": "m"}
_NEW = {"W": "W(l,j,p(l,i'),{c},k)", "h": "h", "c": "{c}", "r": "m"}


def _term(kind: dict[str, str], c: str) -> str:
    return TERM.format(**{name: part.format(c=c) for name, part in kind.items()})


def _source_sum(kind: dict[str, str]) -> str:
    return f"sum(c=1..C(a(l,j)): sum(k=1..K(l,j): {_term(kind, 'c')}))"


_SOURCES = intro(
    "ks", f"all j:int | 1 <= j, j <= n(l) => {_source_sum(_OLD)} = {_source_sum(_NEW)}", "j1 j2",
    apply("q1", "H6", l="l", j="j"), apply("q2", "H7", l="l", j="j"), combine("q3", "a(l,j) <= z", "q2 lz"),
    combine("q4", "a(l,j) <= N", "q2 lN"), apply("q5", "H2", l="a(l,j)"), apply("q6", "H5", l="l", j="j"),
    _inverse("ps", "a(l,j)"),
    intro("tt", "all c k:int | 1 <= c, c <= C(a(l,j)), 1 <= k, k <= K(l,j)"
          f" => {_term(_OLD, 'c')} = {_term(_NEW, 'p(a(l,j),c)')}", "c1 c2 k1 k2",
          apply("t1", "H13", l="l", j="j", o="i'", c="c", k="k"), apply("t2", "H8", l="l", j="j", r="m", k="k"),
          apply("t3", "H9", l="l", j="j", r="m", k="k"), apply("t4", "ih", l="a(l,j)", o="c", r="e(l,j,m,k)"),
          combine("tz", facts="t1 t4")),
    apply("ky", "covering.channel_sum", n="C(a(l,j))", m="K(l,j)", f=f"c, k -> {_term(_OLD, 'c')}",
          g=f"c, k -> {_term(_NEW, 'c')}", p="i -> p(a(l,j),i)", v="i -> v(a(l,j),i)"),
)
_SUMS = intro(
    "pre", "all i' m:int | 1 <= i', i' <= C(l), 1 <= m, m <= P(l) => y(l,i',m) = x(l,p(l,i'),m)", "i1 i2 m1 m2",
    apply("pn", "H10", l="l", i="i'"),
    obtain("oz", "pn", "z1 z2 z3 z4 z5 z6",
           apply("ys", "H17", l="l", o="i'", r="m"), apply("xs", "H16", l="l", o="p(l,i')", r="m"), _SOURCES,
           apply("nl", "H4", l="l"),
           apply("sc", "textbook.sum_cong", f=f"j -> {_source_sum(_OLD)}", g=f"j -> {_source_sum(_NEW)}", a="1",
                 b="n(l)"),
           apply("bb", "H14", l="l", o="i'", i="0"), combine("yz", facts="ys xs sc bb")),
)


def _sum_of(name: str, power: str) -> tuple[Step, ...]:
    """The weighted sums that a normalisation uses are those of the relabelled channel."""
    old, new = f"J(l,o,r,c,m)*y(l,c,m){power}", "J(l,p(l,o),r,{0},m)*x(l,{0},m)" + power
    return (
        intro(f"{name}t", f"all c m:int | 1 <= c, c <= C(l), 1 <= m, m <= P(l) => {old} = {new.format('p(l,c)')}",
              "c1 c2 m1 m2", apply("g1", "H15", l="l", o="o", r="r", c="c", m="m"),
              apply("g2", "pre", **{"i'": "c"}, m="m"),
              combine("gz", facts="g1 g2", rounds=3)),
        apply(name, "covering.channel_sum", n="C(l)", m="P(l)", f=f"c, m -> {old}", g=f"c, m -> {new.format('c')}",
              p="i -> p(l,i)", v="i -> v(l,i)"),
    )


def _congruence() -> tuple[Step, ...]:
    """Replace the arguments of s one by one."""
    moments = [moment("x", "J(l,p(l,o),r,c,m)"), moment("x", "J(l,p(l,o),r,c,m)", "^2")]
    old = ["y(l,o,r)", moment("y"), moment("y", power="^2"), "d(l,o,1)", "d(l,o,2)"]
    new = ["x(l,p(l,o),r)", *moments, "b(l,p(l,o),1)", "b(l,p(l,o),2)"]
    called = [", ".join([*new[:k], "t", *old[k + 1:]]) for k in range(5)]
    return tuple(apply(f"e{k}", "ax.cong", f=f"t -> s(l, {called[k]})", x=old[k], y=new[k]) for k in range(5))


_CHANNEL: tuple[Step, ...] = (
    apply("u1", "H23", l="l"), apply("u2", "H24", l="l"), apply("u3", "H25", l="l", o="o"),
    apply("u4", "H6", l="l", j="1"),
    apply("u5", "H7", l="l", j="1"), combine("u6", "a(l,1) <= z", "u5 lz"), combine("u7", "a(l,1) <= N", "u5 lN"),
    intro("window", "all k:int | 1 <= k, k <= K(l,1)"
          f" => {WINDOW.format(h='g', o='o')} = {WINDOW.format(h='h', o='p(l,o)')}", "k1 k2",
          apply("t2", "H8", l="l", j="1", r="r", k="k"), apply("t3", "H9", l="l", j="1", r="r", k="k"),
          apply("t4", "ih", l="a(l,1)", o="o", r="e(l,1,r,k)"),
          apply("t5", "ax.cong_int", f="t -> h(a(l,1), t, e(l,1,r,k))", x="p(l,o)", y="p(a(l,1),o)"),
          combine("tz", facts="t4 t5")),
    apply("wz", "H26", l="l", o="o", r="r"),
)
_SUMMED: tuple[Step, ...] = (
    apply("cl", "H2", l="l"), apply("pl", "H3", l="l"),
    _inverse("pl'", "l"), _SUMS, *_sum_of("mean", ""), *_sum_of("square", "^2"),
    apply("ux", "pre", **{"i'": "o"}, m="r"),
    apply("d1", "H14", l="l", o="o", i="1"), apply("d2", "H14", l="l", o="o", i="2"),
    apply("hs", "H18", l="l", o="p(l,o)", r="r"), apply("gs", "H19", l="l", o="o", r="r"), *_congruence(),
    combine("sz", facts="hs gs e0 e1 e2 e3 e4", rounds=4),
)
_LAYER: tuple[Step, ...] = (
    combine("lz", "l - 1 <= z", "lz1"), combine("l1", "1 <= l", "n1 hz"),
    apply("or2", "ax.eq_or_ne", x="kind(l)", y="1"), cases("kz", "or2", "k0", list(_CHANNEL), list(_SUMMED)),
)

_INDUCTION = induct(
    "I", f"all z:int | 0 <= z => {_UP_TO}", "hz ih",
    [intro("iz", None, "l0 lz1 lN o1 o2 r0 rP", apply("pm", "H10", l="l", i="o"), obtain(
        "iy", "pm", _PERMUTATION, apply("or1", "ax.int_split", m="0", n="r"),
        cases("ix", "or1", "c", list(_PADDING), list(_INPUT))))],
    [intro("iz", None, "l0 lz1 lN o1 o2 r0 rP", apply("or0", "ax.total", x="l", y="z"), cases(
        "iy", "or0", "c", [apply("old", "ih", l="l", o="o", r="r")],
        [apply("n1", "ax.int_step", m="z", n="l"), apply("pm", "H10", l="l", i="o"), obtain(
            "ix", "pm", _PERMUTATION, apply("or1", "ax.int_split", m="0", n="r"),
            cases("iw", "or1", "c'", list(_PADDING), list(_LAYER)))]))],
)

_TIES = intro(
    "ties", TIED[1:-1], "l1 l2 j1 j2 l3 l4 j3 j4 ec ea ek hr hc hw",
    intro("tz", None, "o1 o2 c1 c2 k1 k2",
          apply("f1", "H6", l="l", j="j"), apply("f2", "H7", l="l", j="j"), combine("f3", "a(l,j) <= N", "f2 l2"),
          apply("f4", "H10", l="l", i="o"), apply("f5", "H10", l="a(l,j)", i="c"),
          obtain("ty", "f4", _PERMUTATION, obtain(
              "tx", "f5", "s1 s2 s3 s4 s5 s6", apply("v1", "H13", l="l", j="j", o="o", c="c", k="k"),
              apply("v2", "H13", l="l'", j="j'", o="o", c="c", k="k"), apply("w1", "hr", i="o"),
              apply("w2", "hc", i="c"),
              apply("w3", "ax.cong_int", f="t -> W(l',j',t,p(a(l',j'),c),k)", x="p(l',o)", y="p(l,o)"),
              apply("w4", "ax.cong_int", f="t -> W(l',j',p(l,o),t,k)", x="p(a(l',j'),c)", y="p(a(l,j),c)"),
              apply("w5", "hw", o="p(l,o)", c="p(a(l,j),c)", k="k"), combine("tw", facts="v1 v2 w3 w4 w5", rounds=4)))),
)

def _kernel_at(c: str) -> tuple[Step, ...]:
    """V(l,j,o,c,k) = W(l,j,p(l,o),p(l,c),k)."""
    return (apply("v1", "H13", l="l", j="j", o="o", c=c, k="k"), apply("v2", "hp", i=c),
            apply("v3", "ax.cong_int", f="t -> W(l,j,p(l,o),t,k)", x=f"p(a(l,j),{c})", y=f"p(l,{c})"),
            apply("f4", "H10", l="l", i="o"))


_DEPTHWISE = intro(
    "deep", DEPTHWISE[1:-1], "l1 l2 j1 j2 k1 k2 ec hp hw",
    intro("dz", None, "o1 o2 c1 c2 oc", *_kernel_at("c"), apply("f5", "H10", l="l", i="c"), obtain(
        "dy", "f4", _PERMUTATION, obtain(
            "dx", "f5", "s1 s2 s3 s4 s5 s6", apply("or1", "ax.eq_or_ne", x="p(l,o)", y="p(l,c)"),
            cases("dw", "or1", "e", [
                apply("e1", "ax.cong_ii", f="t -> v(l,t)", x="p(l,o)", y="p(l,c)"),
                combine("dv", facts="e1 p5 s5", mul="oc")],
                [apply("w1", "hw", o="p(l,o)", c="p(l,c)"), combine("dv", facts="v1 v3 w1", rounds=3)])))),
)
_SKIPS = intro(
    "skip", SKIPS[1:-1], "l1 l2 j1 j2 k1 k2 ec hp hw",
    intro("sz", None, "o1 o2", *_kernel_at("o"), obtain(
        "sy", "f4", _PERMUTATION, apply("w1", "hw", o="p(l,o)"), combine("sx", facts="v1 v3 w1", rounds=3))),
)

DERIVATION = (
    _INDUCTION,
    intro("A", RELABELLED[1:-1], "l1 l2 o1 o2 r1 r2", apply("J1", "I", z="l"), apply("z", "J1")),
    intro("B", OUTPUTS[1:-1], "o1 o2 r1 r2", apply("J1", "A", l="N", o="o", r="r"), apply("J2", "H12", i="o"),
          apply("J3", "ax.cong_int", f="t -> h(N,t,r)", x="p(N,o)", y="o"), combine("z", facts="J1 J3")),
    _TIES, _DEPTHWISE, _SKIPS, witness("end"),
)

"""Integer circuits decide linear consistency: the alternative of Fredholm for integer columns and real values.

Real numbers y_1, ..., y_n are a linear combination of D integer columns X(., k) exactly if sum c_i y_i = 0 for all
integers c with sum c_i X(i, k) = 0 for all k. "Only if" is evident. "If" goes by induction on D: a column
u = X(., D + 1) that is 0 is left out, any other one is projected away, X'(., k) = S X(., k) - u sum_l u_l X(l, k) and
y' = S y - u sum_l u_l y_l with S = sum_l u_l^2, which keeps integers integers. Affine consistency is the case of one
column of ones more.
"""

from __future__ import annotations

from theory.language import Lemma, Step, statement
from theory.language.derivation import apply, cases, combine, induct, intro, obtain, witness

_EACH = "all i:int | 1 <= i, i <= n => "
_UNIT = "iite({0}, j, iite(j, {0}, 1, 0), 0)"

UNIT_SUM = Lemma(
    "etr_training.unit_sum", "A sum against the j-th unit vector picks the j-th term",
    statement(f"all y:int->real, n j:int | h1: 1 <= j, h2: j <= n => sum(i=1..n: {_UNIT.format('i')}*y(i)) = y(j)"),
    (
        combine("n0", "0 <= n", "h1 h2"),
        intro("t", f"{_EACH}{_UNIT.format('i')}*y(i) = y(i)*I(n)[i,j]", "i1 i2",
              apply("o", "ax.total", x="i", y="j"), apply("p", "ax.total", x="j", y="i"),
              cases("z", "o", "c",
                    [apply("a", "ax.iite_then", a="i", b="j", x="iite(j, i, 1, 0)", y="0"),
                     cases("y", "p", "d",
                           [apply("b", "ax.iite_then", a="j", b="i", x="1", y="0"),
                            apply("e", "ax.antisym", "i = j", x="i", y="j"),
                            apply("g", "ax.at_diagonal", n="n", p="j"),
                            apply("k", "ax.cong_int", f="l -> I(n)[l,j]", x="i", y="j"), combine("x", facts="a b g k")],
                           [apply("b", "ax.iite_else", a="j", b="i", x="1", y="0"),
                            apply("e", "ax.lt_ne", x="i", y="j"),
                            apply("g", "ax.at_off_diagonal", n="n", p="i", v="j"), combine("x", facts="a b g")])],
                    [apply("a", "ax.iite_else", a="i", b="j", x="iite(j, i, 1, 0)", y="0"),
                     apply("e", "ax.lt_ne", "i != j", x="j", y="i"),
                     apply("g", "ax.at_off_diagonal", n="n", p="i", v="j"), combine("y", facts="a g")])),
        apply("s", "textbook.sum_cong", f=f"i -> {_UNIT.format('i')}*y(i)", g="i -> y(i)*I(n)[i,j]", a="1", b="n"),
        apply("d", "textbook.sum_delta", f="i -> y(i)", n="n", m="j"), combine("end", facts="s d"),
    ),
)

SUM_PAIR = Lemma(
    "etr_training.sum_pair", "A sum of linear combinations is the linear combination of the sums",
    statement(f"all f g h:int->real, s t:real, n:int | hn: 0 <= n, hp: ({_EACH}h(i) = s*f(i) + t*g(i))"
              " => sum(i=1..n: h(i)) = s*sum(i=1..n: f(i)) + t*sum(i=1..n: g(i))"),
    (
        apply("c", "textbook.sum_cong", f="i -> h(i)", g="i -> s*f(i) + t*g(i)", a="1", b="n"),
        apply("a", "textbook.sum_add", f="i -> s*f(i)", g="i -> t*g(i)", a="1", b="n"),
        *(step for v, m in (("f", "s"), ("g", "t")) for step in (
            intro(f"e{v}", f"{_EACH}{m}*{v}(i) = {m}*{v}(i)", "i1 i2", combine("z")),
            apply(f"s{v}", "textbook.sum_scale", f=f"i -> {m}*{v}(i)", g=f"i -> {v}(i)", c=m, a="1", b="n"))),
        combine("end", facts="c a sf sg"),
    ),
)

_S, _T = "sum(l=1..n: u(l)*u(l))", "sum(l=1..n: c(l)*u(l))"
_PROJECTED = "sum(l=1..n: u(l)*v(l))"

MOVED = Lemma(
    "etr_training.projected_circuit", "Projecting a circuit or projecting a column gives one sum",
    statement(f"all u v c:int->real, S:real, n:int | hn: 0 <= n => sum(i=1..n: (S*c(i) - u(i)*{_T})*v(i))"
              f" = sum(i=1..n: c(i)*(S*v(i) - u(i)*{_PROJECTED}))"),
    (
        intro("e1", f"{_EACH}(S*c(i) - u(i)*{_T})*v(i) = S*(c(i)*v(i)) + -{_T}*(u(i)*v(i))", "i1 i2", combine("z")),
        apply("a", "etr_training.sum_pair", f="i -> c(i)*v(i)", g="i -> u(i)*v(i)",
              h=f"i -> (S*c(i) - u(i)*{_T})*v(i)", s="S", t=f"-{_T}", n="n"),
        intro("e2", f"{_EACH}c(i)*(S*v(i) - u(i)*{_PROJECTED}) = S*(c(i)*v(i)) + -{_PROJECTED}*(c(i)*u(i))", "i1 i2",
              combine("z")),
        apply("b", "etr_training.sum_pair", f="i -> c(i)*v(i)", g="i -> c(i)*u(i)",
              h=f"i -> c(i)*(S*v(i) - u(i)*{_PROJECTED})", s="S", t=f"-{_PROJECTED}", n="n"),
        combine("end", facts="a b"),
    ),
)

_CIRCUITS = ("(all c:int->int | (all k:int | 1 <= k, k <= {D} => sum(i=1..n: c(i)*X(i,k)) = 0)"
             " => sum(i=1..n: c(i)*y(i)) = 0)")
_COMBINED = "some a:int->real | (all i:int | 1 <= i, i <= n => y(i) = sum(k=1..{D}: a(k)*X(i,k)))"
_ALL = "all X:(i:int,k:int)->int, y:int->real | {circuits} => {combined}"


def _claimed(D: str) -> str:
    return "(" + _ALL.format(circuits=_CIRCUITS.format(D=D), combined=_COMBINED.format(D=D)) + ")"


_U = "X({0},D + 1)"
_SS = "sum(l=1..n: X(l,D + 1)*X(l,D + 1))"
_G = "sum(l=1..n: X(l,D + 1)*X(l,{0}))"
_GY = "sum(l=1..n: X(l,D + 1)*y(l))"
_TT = "sum(l=1..n: c(l)*X(l,D + 1))"
_XP = f"({_SS}*X(i,k) - X(i,D + 1)*{_G.format('k')})"
_YP = f"({_SS}*y(i) - X(i,D + 1)*{_GY})"
_CP = f"({_SS}*c({{0}}) - X({{0}},D + 1)*{_TT})"
_LAST = f"(({_GY} - sum(k=1..D: a(k)*{_G.format('k')}))/{_SS})"

_ZERO_COLUMN: tuple[Step, ...] = (
    intro("zero", f"{_EACH}{_U.format('i')} = 0", "i1 i2",
          apply("t", "textbook.term_at_most_sum", f="l -> X(l,D + 1)*X(l,D + 1)", n="n", c="i"),
          combine("q", f"{_U.format('i')}*{_U.format('i')} <= 0", "t o"), apply("sq", "sqs", l="i"),
          apply("e", "ax.antisym", x=f"{_U.format('i')}*{_U.format('i')}", y="0"),
          apply("ne", "ax.eq_or_ne", x=_U.format("i"), y="0"),
          cases("z", "ne", "m", [combine("y", facts="m")], [combine("y", facts="e", mul="m")])),
    intro("less", _CIRCUITS.format(D="D")[1:-1], "ck",
          intro("more", "all k:int | 1 <= k, k <= D + 1 => sum(i=1..n: c(i)*X(i,k)) = 0", "k1 k2",
                apply("sp", "ax.int_split", m="k", n="D + 1"),
                cases("z", "sp", "j",
                      [intro("e", f"{_EACH}c(i)*X(i,k) = 0*c(i)", "i1 i2", apply("w", "zero", i="i"),
                             apply("g", "ax.cong_int", f="k -> X(i,k)", x="D + 1", y="k"), combine("y", facts="w g")),
                       apply("s", "textbook.sum_scale", f="i -> c(i)*X(i,k)", g="i -> c(i)", c="0", a="1", b="n"),
                       combine("y", facts="s")],
                      [combine("k3", "k <= D", "j"), apply("y", "ck", k="k")])),
          apply("z", "h", c="i -> c(i)")),
    apply("J", "ih", X="i, k -> X(i,k)", y="i -> y(i)"),
    obtain("x", "J", "f", intro("fit", f"{_EACH}y(i) = sum(k=1..D + 1: a(k)*X(i,k))", "i1 i2",
                                apply("w", "f", i="i"), apply("g", "zero", i="i"),
                                apply("s", "ax.sum_last", f="k -> a(k)*X(i,k)", a="1", b="D + 1"),
                                combine("z", facts="w g s")),
           witness("w", a="k -> a(k)")),
)

_PROJECTION: tuple[Step, ...] = (
    intro("less", "all c:int->int | (all k:int | 1 <= k, k <= D => sum(i=1..n: c(i)*" + _XP + ") = 0)"
                  " => sum(i=1..n: c(i)*" + _YP + ") = 0", "ck",
          intro("more", "all k:int | 1 <= k, k <= D + 1 => sum(i=1..n: " + _CP.format("i") + "*X(i,k)) = 0", "k1 k2",
                apply("m", "etr_training.projected_circuit", u="i -> X(i,D + 1)", v="i -> X(i,k)", c="i -> c(i)",
                      S=_SS, n="n"),
                apply("sp", "ax.int_split", m="k", n="D + 1"),
                cases("z", "sp", "j",
                      [intro("e", f"{_EACH}c(i)*{_XP} = 0*c(i)", "i1 i2",
                             apply("g", "ax.cong_int", f=f"k -> {_XP}", x="D + 1", y="k"), combine("y", facts="g")),
                       apply("s", "textbook.sum_scale", f=f"i -> c(i)*{_XP}", g="i -> c(i)", c="0", a="1", b="n"),
                       combine("y", facts="m s")],
                      [combine("k3", "k <= D", "j"), apply("w", "ck", k="k"), combine("y", facts="m w")])),
          apply("q", "h", c="i -> " + _CP.format("i")),
          apply("m", "etr_training.projected_circuit", u="i -> X(i,D + 1)", v="i -> y(i)", c="i -> c(i)", S=_SS,
                n="n"),
          combine("z", facts="q m")),
    apply("J", "ih", X=f"i, k -> {_XP}", y=f"i -> {_YP}"),
    obtain("x", "J", "f",
           intro("fit", f"{_EACH}y(i) = sum(k=1..D + 1: ite(k, D, a(k), {_LAST})*X(i,k))", "i1 i2",
                 apply("w", "f", i="i"),
                 intro("e", f"all k:int | 1 <= k, k <= D => a(k)*{_XP} = {_SS}*(a(k)*X(i,k))"
                            f" + -X(i,D + 1)*(a(k)*{_G.format('k')})", "k1 k2", combine("z")),
                 apply("s1", "etr_training.sum_pair", f="k -> a(k)*X(i,k)", g=f"k -> a(k)*{_G.format('k')}",
                       h=f"k -> a(k)*{_XP}", s=_SS, t="-X(i,D + 1)", n="D"),
                 apply("s2", "ax.sum_last", f=f"k -> ite(k, D, a(k), {_LAST})*X(i,k)", a="1", b="D + 1"),
                 intro("e2", f"all k:int | 1 <= k, k <= D => ite(k, D, a(k), {_LAST})*X(i,k) = a(k)*X(i,k)", "k1 k2",
                       apply("b", "ax.ite_then", a="k", b="D", x="a(k)", y=_LAST), combine("z", facts="b")),
                 apply("s3", "textbook.sum_cong", f=f"k -> ite(k, D, a(k), {_LAST})*X(i,k)", g="k -> a(k)*X(i,k)",
                       a="1", b="D"),
                 combine("lt", "D < D + 1"),
                 apply("b", "ax.ite_else", a="D + 1", b="D", x="a(D + 1)", y=_LAST),
                 combine("z", facts="w s1 s2 s3 b", mul="o", rounds=4)),
           witness("w", a=f"k -> ite(k, D, a(k), {_LAST})")),
)

COMBINED = Lemma(
    "etr_training.integer_circuits", "Values that vanish on all integer circuits are combinations of the columns",
    statement(f"all n:int | hn: 0 <= n => (all D:int | 0 <= D => {_claimed('D')})"),
    (
        induct("end", f"all D:int | 0 <= D => {_claimed('D')}", "hD ih",
               [intro("z", None, "h",
                      intro("fit", f"{_EACH}y(i) = sum(k=1..0: 0*X(i,k))", "i1 i2",
                            intro("no", "all k:int | 1 <= k, k <= 0 => sum(l=1..n: "
                                  + _UNIT.format("l").replace("j", "i") + "*X(l,k)) = 0", "k1 k2",
                                  combine("w", "0 < 0", "k1 k2"), combine("y", mul="w")),
                            apply("u", "h", c="l -> " + _UNIT.format("l").replace("j", "i")),
                            apply("d", "etr_training.unit_sum", y="l -> y(l)", n="n", j="i"),
                            apply("e", "ax.sum_empty", f="k -> 0*X(i,k)", a="1", b="0"),
                            combine("z", facts="u d e")),
                      witness("y", a="k -> 0"))],
               [intro("z", None, "h",
                      intro("sqs", "all l:int | 1 <= l, l <= n => 0 <= X(l,D + 1)*X(l,D + 1)", "l1 l2",
                            combine("y", squares=("X(l,D + 1)",))),
                      apply("or", "ax.total", x=_SS, y="0"),
                      cases("y", "or", "o", _ZERO_COLUMN, _PROJECTION))]),
    ),
)

_ONES = "iite(k, d, z(i,k), 1)"
_FIT = f"some a:int->real, b:real | ({_EACH}sum(k=1..d: a(k)*x(i,k)) + b = y(i))"

CONSISTENT = Lemma(
    "etr_training.affine_consistency", "Values that vanish on all integer affine circuits are affine in the inputs",
    statement("all n d m:int, x:(i:int,k:int)->real, z:(i:int,k:int)->int, y:int->real | hn: 0 <= n, hd: 0 <= d,"
              " hm: 1 <= m, hx: (all i k:int | 1 <= i, i <= n, 1 <= k, k <= d => x(i,k)*m = z(i,k)),"
              " hc: (all c:int->int | sum(i=1..n: c(i)) = 0, (all k:int | 1 <= k, k <= d"
              f" => sum(i=1..n: c(i)*x(i,k)) = 0) => sum(i=1..n: c(i)*y(i)) = 0) => {_FIT}"),
    (
        combine("m0", "0 < m", "hm"),
        intro("at", "all i k:int | 1 <= k, k <= d => " + _ONES + " = z(i,k)", "k1 k2",
              apply("z", "ax.iite_then", a="k", b="d", x="z(i,k)", y="1")),
        combine("lt", "d < d + 1"),
        intro("one", "all i:int => " + _ONES.replace("k", "(d + 1)") + " = 1", "",
              apply("z", "ax.iite_else", a="d + 1", b="d", x="z(i,d + 1)", y="1")),
        intro("h", "all c:int->int | (all k:int | 1 <= k, k <= d + 1 => sum(i=1..n: c(i)*" + _ONES + ") = 0)"
                   " => sum(i=1..n: c(i)*y(i)) = 0", "ck",
              apply("l", "ck", k="d + 1"),
              intro("e0", f"{_EACH}c(i)*{_ONES.replace('k', '(d + 1)')} = c(i)", "i1 i2", apply("g", "one", i="i"),
                    combine("z", facts="g")),
              apply("s0", "textbook.sum_cong", f=f"i -> c(i)*{_ONES.replace('k', '(d + 1)')}", g="i -> c(i)", a="1",
                    b="n"),
              combine("c0", "sum(i=1..n: c(i)) = 0", "l s0"),
              intro("cx", "all k:int | 1 <= k, k <= d => sum(i=1..n: c(i)*x(i,k)) = 0", "k1 k2",
                    apply("col", "ck", k="k"),
                    intro("e", f"{_EACH}c(i)*{_ONES} = m*(c(i)*x(i,k))", "i1 i2", apply("g", "at", i="i", k="k"),
                          apply("f", "hx", i="i", k="k"), combine("y", facts="g f")),
                    apply("s", "textbook.sum_scale", f=f"i -> c(i)*{_ONES}", g="i -> c(i)*x(i,k)", c="m", a="1", b="n"),
                    combine("z", facts="col s", mul="m0")),
              apply("z", "hc", c="i -> c(i)")),
        apply("I", "etr_training.integer_circuits", n="n"), apply("D", "I", D="d + 1"),
        apply("J", "D", X=f"i, k -> {_ONES}", y="i -> y(i)"),
        obtain("end", "J", "f",
               intro("fit", f"{_EACH}sum(k=1..d: m*a(k)*x(i,k)) + a(d + 1) = y(i)", "i1 i2",
                     apply("w", "f", i="i"), apply("g", "one", i="i"),
                     apply("s", "ax.sum_last", f=f"k -> a(k)*{_ONES}", a="1", b="d + 1"),
                     intro("e", f"all k:int | 1 <= k, k <= d => m*a(k)*x(i,k) = a(k)*{_ONES}", "k1 k2",
                           apply("u", "at", i="i", k="k"), apply("v", "hx", i="i", k="k"), combine("y", facts="u v")),
                     apply("t", "textbook.sum_cong", f="k -> m*a(k)*x(i,k)", g=f"k -> a(k)*{_ONES}", a="1", b="d"),
                     combine("z", facts="w g s t")),
               witness("y", a="k -> m*a(k)", b="a(d + 1)")),
    ),
)

_PARTS = "iite(0, c(i), c(i), 0)", "iite(0, c(i), 0, -c(i))"

SIGNED = Lemma(
    "etr_training.two_parts", "Integers are differences of integers that are not negative",
    statement("all c:int->int => some p s:int->int | (all i:int => 0 <= p(i)), (all i:int => 0 <= s(i)),"
              " (all i:int => p(i) - s(i) = c(i))"),
    (
        *(intro(id, f"all i:int => {goal}", "", apply("o", "ax.total", x="0", y="c(i)"),
                cases("z", "o", "k", *([*(apply(u, f"ax.iite_{way}", a="0", b="c(i)", x=x, y=y)
                                          for u, x, y in (("u", "c(i)", "0"), ("v", "0", "-c(i)")) if u in used),
                                        combine("y", facts=f"k {used}")] for way in ("then", "else"))))
          for id, goal, used in (("p0", f"0 <= {_PARTS[0]}", "u"), ("s0", f"0 <= {_PARTS[1]}", "v"),
                                 ("ps", f"{_PARTS[0]} - {_PARTS[1]} = c(i)", "u v"))),
        witness("end", p=f"i -> {_PARTS[0]}", s=f"i -> {_PARTS[1]}"),
    ),
)

LEMMAS = (UNIT_SUM, SUM_PAIR, MOVED, COMBINED, CONSISTENT, SIGNED)

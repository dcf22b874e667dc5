"""The piercing bound for one sign: P disjoint intervals with positive second difference need P positive neurons."""

from __future__ import annotations

from theory.etr_training.second_differences import J_RANGE, K_RANGE, POSITIONS, SORTED, difference, sign_change
from theory.language import Lemma, statement
from theory.language.derivation import apply, cases, combine, intro, obtain, witness

FIT = "(all i:int | 1 <= i, i <= n => y(i) = sum(j=1..w: v(j)*max(a(j)*x(i) + b(j), 0)) + e)"
ALL = "all n w P:int, x y v a b:int->real, p:int->int, e:real"

_Y = "y({})"
_H = "max(a(j)*x({}) + b(j), 0)"
_Z = "(a(j)*x({}) + b(j))"
_E = sign_change("j", "p(k)")
_SCORE = f"min(v(j), -1*({_Z.format('p(k) - 1')}*{_Z.format('p(k) + 1')}))"
_PLACE = {"a": "a(j)", "b": "b(j)", "s": "x(p(k) - 1)", "t": "x(p(k))", "u": "x(p(k) + 1)"}

CONTRIBUTION = Lemma(
    "etr_training.second_difference_sum", "The second difference of a network is the sum over its neurons",
    statement("all w:int, v h k g:int->real, c d f:real | hw: 0 <= w"
              " => c*sum(j=1..w: v(j)*h(j)) + d*sum(j=1..w: v(j)*k(j)) + f*sum(j=1..w: v(j)*g(j))"
              " = sum(j=1..w: v(j)*(c*h(j) + d*k(j) + f*g(j)))"),
    (
        *(step for name, m in (("c", "h"), ("d", "k"), ("f", "g")) for step in (
            intro(f"t{name}", f"all j:int | 1 <= j, j <= w => {name}*(v(j)*{m}(j)) = {name}*(v(j)*{m}(j))", "j1 j2",
                  combine("z")),
            apply(f"s{name}", "textbook.sum_scale", f=f"j -> {name}*(v(j)*{m}(j))", g=f"j -> v(j)*{m}(j)", c=name,
                  a="1",
                  b="w"))),
        apply("A", "textbook.sum_add", f="j -> c*(v(j)*h(j))", g="j -> d*(v(j)*k(j))", a="1", b="w"),
        apply("B", "textbook.sum_add", f="j -> c*(v(j)*h(j)) + d*(v(j)*k(j))", g="j -> f*(v(j)*g(j))", a="1", b="w"),
        combine("end", facts="sc sd sf A B", rounds=5),
    ),
)

_TERM = f"v(j)*({difference(_H, 'p(k)')})"

EVERY_INTERVAL = Lemma(
    "etr_training.interval_needs_neuron", "Every positive second difference has a positive neuron that changes sign",
    statement(f"{ALL}, k:int | hw: 0 <= w, hx: {SORTED}, hy: {FIT}, q1: 2 <= p(k), q2: p(k) + 1 <= n,"
              f" hd: 0 < {difference(_Y, 'p(k)')} => 1 <= sum(j=1..w: {_E})"),
    (
        apply("x1", "hx", i="p(k) - 1", l="p(k)"), apply("x2", "hx", i="p(k)", l="p(k) + 1"),
        *(apply(f"y{n}", "hy", i=f"p(k){at}") for n, at in ((0, " - 1"), (1, ""), (2, " + 1"))),
        apply("s", "etr_training.second_difference_sum", w="w", v="j -> v(j)",
              h=f"j -> {_H.format('p(k) - 1')}", k=f"j -> {_H.format('p(k)')}", g=f"j -> {_H.format('p(k) + 1')}",
              c="x(p(k) + 1) - x(p(k))", d="-1*(x(p(k) + 1) - x(p(k) - 1))", f="x(p(k)) - x(p(k) - 1)"),
        combine("pos", f"0 < sum(j=1..w: {_TERM})", "hd y0 y1 y2 s", degree=1, rounds=3),
        intro("h", f"all j:int | {J_RANGE}, {_SCORE} <= 0 => {_TERM} <= 0", "j1 j2 sc",
              apply("c", "etr_training.hat_convex", **_PLACE),
              apply("or", "ax.total", x="v(j)", y="0"),
              cases("z", "or", "o",
                    [combine("y", facts="c o")],
                    [apply("or2", "ax.total", x=f"-1*({_Z.format('p(k) - 1')}*{_Z.format('p(k) + 1')})", y="0"),
                     cases("y", "or2", "o2",
                           [combine("f", f"0 <= {_Z.format('p(k) - 1')}*{_Z.format('p(k) + 1')}", "o2", degree=1),
                            apply("g", "etr_training.hat_flat", **_PLACE), combine("w1", facts="g")],
                           # both positive: then the score is positive as well
                           [apply("mt", "ax.total", x="v(j)",
                                  y=f"-1*({_Z.format('p(k) - 1')}*{_Z.format('p(k) + 1')})"),
                            cases("w1", "mt", "m",
                                  [apply("g", "ax.min_ge", x="v(j)", z="v(j)",
                                         y=f"-1*({_Z.format('p(k) - 1')}*{_Z.format('p(k) + 1')})"),
                                   combine("no", "0 < 0", "g sc o", degree=1), combine("v1", mul="no")],
                                  [apply("g", "ax.min_ge", x="v(j)",
                                         z=f"-1*({_Z.format('p(k) - 1')}*{_Z.format('p(k) + 1')})",
                                         y=f"-1*({_Z.format('p(k) - 1')}*{_Z.format('p(k) + 1')})"),
                                   combine("no", "0 < 0", "g sc o2", degree=1), combine("v1", mul="no")])])])),
        apply("end", "etr_training.positive_sum", f=f"j -> {_TERM}", g=f"j -> {_SCORE}", w="w"),
    ),
)

_ALL_THREE = (combine("x1", "ite(u, 0, 0, 1) <= ite(v, 0, 0, 1)", "e f"), combine("x2", "0 <= ite(u, 0, 0, 1)", "e"),
              combine("x3", "ite(u, 0, 0, 1) <= 1", "e"), witness("y"))

STEP = Lemma(
    "etr_training.unit_step", "The unit step rises from 0 to 1",
    statement("all u v:real | h: u <= v => some | ite(u, 0, 0, 1) <= ite(v, 0, 0, 1), 0 <= ite(u, 0, 0, 1),"
              " ite(u, 0, 0, 1) <= 1"),
    (
        apply("tu", "ax.total", x="u", y="0"), apply("tv", "ax.total", x="v", y="0"),
        cases("end", "tu", "c",
              [apply("e", "ax.ite_then", a="u", b="0", x="0", y="1"),
               cases("z", "tv", "d",
                     [apply("f", "ax.ite_then", a="v", b="0", x="0", y="1"), *_ALL_THREE],
                     [apply("f", "ax.ite_else", a="v", b="0", x="0", y="1"), *_ALL_THREE])],
              [apply("e", "ax.ite_else", a="u", b="0", x="0", y="1"), combine("v0", "0 < v", "c h"),
               apply("f", "ax.ite_else", a="v", b="0", x="0", y="1"), *_ALL_THREE]),
    ),
)

_Z1 = "(a*x({}) + b)"
_CHANGE = f"-1*({_Z1.format('p(k) - 1')}*{_Z1.format('p(k) + 1')})"
_ONE = f"ite(min(v, {_CHANGE}), 0, 0, 1)"
_UNIT = "ite({}, 0, 0, 1)"
_NEURON = f"all n P:int, x:int->real, p:int->int, v a b:real | hP: 0 <= P, hx: {SORTED}, {POSITIONS}"
_BEFORE, _AFTER = _Z1.format("p(k) - 1"), _Z1.format("p(k) + 1")

_MONOTONE = (
    intro("zz", f"all i l:int | 1 <= i, i <= l, l <= n => {_Z1.format('i')} <= {_Z1.format('l')}", "i1 i2 l1",
          apply("or", "ax.int_split", m="i", n="l"),
          cases("z", "or", "o",
                [apply("e", "ax.cong_int", f="t -> x(t)", x="l", y="i"), combine("y1", facts="e")],
                [apply("xx", "hx", i="i", l="l"), combine("y1", facts="xx ha")])),
    intro("g1",
          f"all i l:int | 1 <= i, i <= l, l <= n => {_UNIT.format(_Z1.format('i'))} <= {_UNIT.format(_Z1.format('l'))}",
          "i1 i2 l1", apply("q", "zz", i="i", l="l"),
          apply("s", "etr_training.unit_step", u=_Z1.format("i"), v=_Z1.format("l")),
          obtain("z", "s", "s1 s2 s3", combine("y1", facts="s1"))),
    *(intro(name, f"all i:int | 1 <= i, i <= n => {relation}", "i1 i2",
            apply("s", "etr_training.unit_step", u=_Z1.format("i"), v=_Z1.format("i")),
            obtain("z", "s", "s1 s2 s3", combine("y1", facts=fact)))
      for name, relation, fact in (("g2", f"0 <= {_UNIT.format(_Z1.format('i'))}", "s2"),
                                   ("g3", f"{_UNIT.format(_Z1.format('i'))} <= 1", "s3"))),
)

_INTERVAL = intro(
    "h", f"all k:int | {K_RANGE} => {_ONE} <= {_UNIT.format(_AFTER)} - {_UNIT.format(_BEFORE)}", "k1 k2",
    apply("q1", "p1", k="k"), apply("q2", "p2", k="k"), apply("q", "zz", i="p(k) - 1", l="p(k) + 1"),
    apply("g", "g1", i="p(k) - 1", l="p(k) + 1"), apply("or", "ax.total", x=f"min(v, {_CHANGE})", y="0"),
    cases("z", "or", "o",
          [apply("e", "ax.ite_then", a=f"min(v, {_CHANGE})", b="0", x="0", y="1"),
           combine("y1", facts="e g", degree=1)],
          [apply("e", "ax.ite_else", a=f"min(v, {_CHANGE})", b="0", x="0", y="1"),
           apply("r", "ax.min_right", x="v", y=_CHANGE), combine("c", f"0 < {_CHANGE}", "r o", degree=1),
           apply("tb", "ax.total", x=_BEFORE, y="0"), apply("ta", "ax.total", x=_AFTER, y="0"),
           cases("y1", "tb", "d",
                 [apply("f", "ax.ite_then", a=_BEFORE, b="0", x="0", y="1"),
                  cases("w", "ta", "d2",
                        [combine("no", "0 < 0", "c d d2"), combine("v1", mul="no")],
                        [apply("f2", "ax.ite_else", a=_AFTER, b="0", x="0", y="1"),
                         combine("v1", facts="e f f2", degree=1)])],
                 [combine("d3", f"0 < {_AFTER}", "d q", degree=1), combine("no", "0 < 0", "c d d3"),
                  combine("w", mul="no")])]))

NEURON_UP = Lemma(
    "etr_training.one_kink_rising", "A rising neuron changes its sign on at most one of several disjoint intervals",
    statement(f"{_NEURON}, ha: 0 <= a => sum(k=1..P: {_ONE}) <= ite(v, 0, 0, 1)"),
    (
        apply("ov", "ax.total", x="v", y="0"),
        cases("end", "ov", "op",
              [intro("t", f"all k:int | {K_RANGE} => {_ONE} = 0", "k1 k2", apply("l", "ax.min_left", x="v", y=_CHANGE),
                     combine("m", f"min(v, {_CHANGE}) <= 0", "l op", degree=1),
                     apply("z", "ax.ite_then", a=f"min(v, {_CHANGE})", b="0", x="0", y="1")),
               apply("s", "textbook.sum_cong", f=f"k -> {_ONE}", g="k -> 0", a="1", b="P"),
               apply("c", "textbook.sum_const", c="0", n="P"),
               apply("e", "ax.ite_then", a="v", b="0", x="0", y="1"), combine("z", facts="s c e")],
              [*_MONOTONE, _INTERVAL,
               apply("s", "etr_training.telescope", g=f"i -> {_UNIT.format(_Z1.format('i'))}", f=f"k -> {_ONE}",
                     p="k -> p(k)", n="n", P="P"),
               apply("e", "ax.ite_else", a="v", b="0", x="0", y="1"), combine("z", facts="s e", degree=1)]),
    ),
)

_GIVEN = {"n": "n", "P": "P", "x": "i -> x(i)", "p": "k -> p(k)", "v": "v"}

NEURON = Lemma(
    "etr_training.one_kink", "A neuron changes its sign on at most one of several disjoint intervals",
    statement(f"{_NEURON} => sum(k=1..P: {_ONE}) <= ite(v, 0, 0, 1)"),
    (
        apply("or", "ax.total", x="0", y="a"),
        cases("end", "or", "o",
              [apply("z", "etr_training.one_kink_rising", a="a", b="b", **_GIVEN)],
              [combine("o2", "0 <= -a", "o"),
               # z and -z have the same product at two places
               apply("z", "etr_training.one_kink_rising", a="-a", b="-b", **_GIVEN)]),
    ),
)

POSITIVE = f"(all k:int | {K_RANGE} => 0 < {difference(_Y, 'p(k)')})"

SIDE = Lemma(
    "etr_training.piercing_side", "Disjoint intervals with positive second difference need that many positive neurons",
    statement(f"{ALL} | hP: 0 <= P, hw: 0 <= w, hx: {SORTED}, hy: {FIT}, {POSITIONS}, hd: {POSITIVE}"
              " => P <= sum(j=1..w: ite(v(j), 0, 0, 1))"),
    (
        intro("t", f"all k:int | {K_RANGE} => 1 <= sum(j=1..w: {_E})", "k1 k2", apply("q1", "p1", k="k"),
              apply("q2", "p2", k="k"), apply("d", "hd", k="k"),
              apply("z", "etr_training.interval_needs_neuron", n="n", w="w", P="P", x="i -> x(i)", y="i -> y(i)",
                    v="j -> v(j)", a="j -> a(j)", b="j -> b(j)", p="k -> p(k)", e="e", k="k")),
        apply("A", "textbook.sum_mono", f="k -> 1", g=f"k -> sum(j=1..w: {_E})", a="1", b="P"),
        apply("B", "textbook.sum_const", c="1", n="P"),
        apply("C", "textbook.double_sum", f=f"k, j -> {_E}", n="P", k="w"),
        intro("u", f"all j:int | {J_RANGE} => sum(k=1..P: {_E}) <= ite(v(j), 0, 0, 1)", "j1 j2",
              apply("z", "etr_training.one_kink", n="n", P="P", x="i -> x(i)", p="k -> p(k)", v="v(j)", a="a(j)",
                    b="b(j)")),
        apply("D", "textbook.sum_mono", f=f"j -> sum(k=1..P: {_E})", g="j -> ite(v(j), 0, 0, 1)", a="1", b="w"),
        combine("end", facts="A B C D", degree=1),
    ),
)

LEMMAS = (CONTRIBUTION, EVERY_INTERVAL, STEP, NEURON_UP, NEURON, SIDE)

"""Training in the existential theory of the reals: a sentence of size O(n |E|) that holds exactly for yes-instances.

One variable for every value of every vertex at every point, an equation that defines what the vertex receives, and an
atom for its activation: the straight-line program of the network, never multiplied out. For ReLU the atom is
`h >= 0, h >= z, (h <= 0 or h <= z)`.
"""

from __future__ import annotations

from theory.etr_training.network_values import ACTIVATIONS, DATA, PLACE, VALUES, WEIGHTS, affine, network, sentence
from theory.language import Claim, Comparison, Control, Source, Statement, Step, Witness, statement
from theory.language.derivation import apply, combine, compute, intro, obtain, witness


def _loss(x: str) -> str:
    return f"sum(i=1..n: sum(v=1..N: M(i,v)*({x}(i,v) - y(i,v))^2)) <= c"


_ALL = f"all {DATA}, M y:{VALUES}"
_EQUAL = f"(all i v:int | {PLACE}, 1 <= v, v <= N => x(i,v) = g(i,v))"
_DETERMINED = f"(all {WEIGHTS}, g x z:{VALUES} | {network('g')}, {sentence('x', 'z')} => {_EQUAL})"
_SATISFIED = f"(some x z:{VALUES} | {sentence('x', 'z')}, {_loss('x')})"
_THERE = f"(all {WEIGHTS}, g:{VALUES}, c:real | {network('g')}, {_loss('g')} => {_SATISFIED})"
_BACK = f"(all {WEIGHTS}, g x z:{VALUES}, c:real | {network('g')}, {sentence('x', 'z')}, {_loss('x')} => {_loss('g')})"
_VALUES = f"(all {WEIGHTS} => some g:{VALUES} | {network('g')})"
_SENTENCE = f"(some {WEIGHTS}, x z:{VALUES} | {sentence('x', 'z')}, {_loss('x')})"
_YES = f"(some {WEIGHTS}, g:{VALUES} | {network('g')}, {_loss('g')})"
_SOUND = f"(all c:real | {_SENTENCE} => {_YES})"
_COMPLETE = f"(all c:real | {_YES} => {_SENTENCE})"


def _statement(conclusion: str) -> Statement:
    return statement(f"{_ALL} | 0 <= n, 0 <= S, 0 <= N, {ACTIVATIONS} => {conclusion}")


STATEMENT = _statement(f"some | {_DETERMINED}, {_VALUES}, {_THERE}, {_BACK}, {_SOUND}, {_COMPLETE}")
"""H1-H3 counts; H4, H5 the activations 0 (identity) and 1 (ReLU); the others are any functions of F."""

_ATOMS = "a1 a2 a3 a4 a5 a6 a7"
_SAME: tuple[Step, ...] = (
    apply("n2", "etr_training.sentence_to_network", n="n", S="S", N="N", k="v -> k(v)", s="t, z -> s(t,z)",
          E="u, v -> E(u,v)", D="i, v -> D(i,v)", W="u, v -> W(u,v)", b="v -> b(v)", x="i, v -> x(i,v)",
          z="i, v -> z(i,v)"),
    apply("same", "etr_training.network_values_unique", n="n", S="S", N="N", k="v -> k(v)", s="t, z -> s(t,z)",
          E="u, v -> E(u,v)", D="i, v -> D(i,v)", W="u, v -> W(u,v)", b="v -> b(v)", g="i, v -> x(i,v)",
          h="i, v -> g(i,v)"),
)
"""Variables that satisfy the atoms are the values g."""

_D = intro("C1", _DETERMINED[1:-1], f"g1 g2 {_ATOMS}", *_SAME)
_TERM = "M(i,v)*({}(i,v) - y(i,v))^2"
_B = intro(
    "C4", _BACK[1:-1], f"g1 g2 {_ATOMS} fit",
    apply("eq", "C1", W="u, v -> W(u,v)", b="v -> b(v)", g="i, v -> g(i,v)", x="i, v -> x(i,v)", z="i, v -> z(i,v)"),
    intro("rows", f"all i:int | {PLACE} => sum(v=1..N: {_TERM.format('x')}) = sum(v=1..N: {_TERM.format('g')})",
          "i1 i2",
          intro("t", f"all v:int | 1 <= v, v <= N => {_TERM.format('x')} = {_TERM.format('g')}", "v1 v2",
                apply("e", "eq", i="i", v="v"), combine("w", facts="e", rounds=3)),
          apply("z1", "textbook.sum_cong", f=f"v -> {_TERM.format('x')}", g=f"v -> {_TERM.format('g')}", a="1", b="N")),
    apply("s", "textbook.sum_cong", f=f"i -> sum(v=1..N: {_TERM.format('x')})",
          g=f"i -> sum(v=1..N: {_TERM.format('g')})", a="1", b="n"),
    combine("z1", facts="s fit", degree=1))

_INNER = "i1 i2 v1 v2"
_AFFINE = affine("g")


def _relu(name: str, atom: str, ids: str, last: tuple[Step, ...]) -> Step:
    """One of the ReLU atoms for x = g and z = what the vertex receives."""
    return intro(name, atom, ids, apply("p", "g2", i="i", v="v"), apply("f", "H5", u=_AFFINE),
                 apply("ck", "ax.cong_int", f=f"t -> s(t, {_AFFINE})", x="k(v)", y="1"),
                 combine("r", f"g(i,v) = max({_AFFINE}, 0)", "p f ck"),
                 apply("o", "etr_training.relu_atom_back", h="g(i,v)", z=_AFFINE), *last)


_WHERE = f"all i v:int | {PLACE}, S + 1 <= v, v <= N"
_TO_SENTENCE = (
    intro("b2", f"{_WHERE} => {_AFFINE} = {_AFFINE}", _INNER, combine("z1")),
    intro("b3", f"{_WHERE}, k(v) = 0 => g(i,v) = {_AFFINE}", f"{_INNER} k0", apply("p", "g2", i="i", v="v"),
          apply("f", "H4", u=_AFFINE), apply("ck", "ax.cong_int", f=f"t -> s(t, {_AFFINE})", x="k(v)", y="0"),
          combine("z1", facts="p f ck")),
    _relu("b4", f"{_WHERE}, k(v) = 1 => 0 <= g(i,v)", f"{_INNER} k1",
          (obtain("z1", "o", "o1 o2 o3", combine("y1", facts="o1")),)),
    _relu("b5", f"{_WHERE}, k(v) = 1 => {_AFFINE} <= g(i,v)", f"{_INNER} k1",
          (obtain("z1", "o", "o1 o2 o3", combine("y1", facts="o2")),)),
    _relu("b6", f"{_WHERE}, k(v) = 1, 0 < g(i,v) => g(i,v) <= {_AFFINE}", f"{_INNER} k1 pos",
          (obtain("z1", "o", "o1 o2 o3", apply("y1", "o3")),)),
    intro("b7", f"{_WHERE}, k(v) != 0, k(v) != 1 => g(i,v) = s(k(v), {_AFFINE})", f"{_INNER} k0 k1",
          apply("z1", "g2", i="i", v="v")),
)

_T = intro("C3", _THERE[1:-1], "g1 g2 fit", *_TO_SENTENCE,
           witness("z1", x="i, v -> g(i,v)", z=f"i, v -> {_AFFINE}"))
_E = intro("C2", _VALUES[1:-1], "",
           apply("z1", "etr_training.network_values", n="n", S="S", N="N", k="v -> k(v)", s="t, z -> s(t,z)",
                 E="u, v -> E(u,v)", D="i, v -> D(i,v)", W="u, v -> W(u,v)", b="v -> b(v)"))
_S = intro("C5", _SOUND[1:-1], "have",
           obtain("z1", "have", f"{_ATOMS} fit", apply("have2", "C2", W="u, v -> W(u,v)", b="v -> b(v)"),
                  obtain("y1", "have2", "g1 g2",
                         apply("l", "C4", W="u, v -> W(u,v)", b="v -> b(v)", g="i, v -> g(i,v)", x="i, v -> x(i,v)",
                               z="i, v -> z(i,v)", c="c"),
                         witness("w1", W="u, v -> W(u,v)", b="v -> b(v)", g="i, v -> g(i,v)"))))
_C = intro("C6", _COMPLETE[1:-1], "have",
           obtain("z1", "have", "g1 g2 fit",
                  apply("l", "C3", W="u, v -> W(u,v)", b="v -> b(v)", g="i, v -> g(i,v)", c="c"),
                  obtain("y1", "l", f"{_ATOMS} fit2",
                         witness("w1", W="u, v -> W(u,v)", b="v -> b(v)", x="i, v -> x(i,v)", z="i, v -> z(i,v)"))))

ACTIVATION = "t, z -> ite(t, 0, z, ite(t, 1, max(z, 0), z*z))"
"""Kind 0 is the identity, 1 is ReLU, 2 the square."""

ACTIVATION_STEPS = (
    intro("identity", "all u:real => ite(0, 0, u, ite(0, 1, max(u, 0), u*u)) = u", "",
          apply("z1", "ax.ite_then", a="0", b="0", x="u", y="ite(0, 1, max(u, 0), u*u)")),
    intro("relu", "all u:real => ite(1, 0, u, ite(1, 1, max(u, 0), u*u)) = max(u, 0)", "",
          compute("c", "0 < 1"),
          apply("e", "ax.ite_else", a="1", b="0", x="u", y="ite(1, 1, max(u, 0), u*u)"),
          apply("f", "ax.ite_then", a="1", b="1", x="max(u, 0)", y="u*u"), combine("z1", facts="e f")),
)
"""Kinds 0 and 1 are the identity and ReLU."""

_WEAK = sentence("x", "z").replace(f", (all i v:int | {PLACE}, S + 1 <= v, v <= N, k(v) = 1, 0 < x(i,v) => x(i,v)"
                                   " <= z(i,v))", "")
_LOOSE = f"{_ALL}, {WEIGHTS}, g x z:{VALUES}, c:real | 0 <= n, 0 <= S, 0 <= N, {ACTIVATIONS}, {network('g')}"

CONTROLS = (
    Control("upper_clause_dropped", "ReLU atoms without h <= 0 or h <= z: abs on five points is fitted by one neuron",
            statement(f"{_LOOSE}, {_WEAK}, {_loss('x')} => {_loss('g')}"),
            Witness((*ACTIVATION_STEPS, witness(
                "end", n="5", S="1", N="3", k="v -> iite(v, 2, 1, 0)", s=ACTIVATION, E="u, v -> iite(v, u + 1, 1, 0)",
                D="i, v -> i - 3", M="i, v -> iite(v, 2, 0, 1)", y="i, v -> ite(v, 1, i - 3, abs(i - 3))",
                W="u, v -> ite(u, 1, 0, 1)", b="v -> 0", g="i, v -> ite(v, 1, i - 3, 0)",
                x="i, v -> ite(v, 1, i - 3, abs(i - 3))", z="i, v -> ite(v, 2, 0, abs(i - 3))", c="0")))),
    Control("cycle", "a vertex that reads itself: with weight 1 and bias 0 every value obeys its definition",
            statement((f"{_ALL}, {WEIGHTS}, g x z:{VALUES} | 0 <= n, 0 <= S, 0 <= N, {ACTIVATIONS}, {network('g')},"
                       f" {sentence('x', 'z')} => {_EQUAL}").replace("u=1..v - 1", "u=1..v")),
            Witness((*ACTIVATION_STEPS, witness(
                "end", n="1", S="0", N="1", k="v -> 0", s=ACTIVATION, E="u, v -> 1", D="i, v -> 0", M="i, v -> 1",
                y="i, v -> 0", W="u, v -> 1", b="v -> 0", g="i, v -> 0", x="i, v -> 1", z="i, v -> 1")))),
    Control("inlined", "definitions inlined: the output of a ladder of L rungs is a sum over 2^L paths, not O(L)",
            statement("all p:int->real, L:int | 0 <= L, p(0) = 1, (all l:int | 0 <= l => p(l+1) = 2*p(l))"
                      " => p(L) <= 4*L + 1"),
            Witness((apply("zero", "ax.pow_zero", b="2"),
                     intro("rule", "all l:int | 0 <= l => pow(2, l+1) = 2*pow(2, l)", "l0",
                           apply("e", "ax.pow_succ", b="2", n="l"), combine("z1", facts="e")),
                     compute("big", "4*5 + 1 < pow(2, 5)"), witness("end", p="l -> pow(2, l)", L="5")))),
)

INSTANCE = Witness((*ACTIVATION_STEPS, witness(
    "end", n="5", S="1", N="3", k="v -> iite(v, 2, 1, 0)", s=ACTIVATION, E="u, v -> iite(v, u + 1, 1, 0)",
    D="i, v -> i - 3", M="i, v -> iite(v, 2, 0, 1)", y="i, v -> abs(i - 3)")))
"""|x| at -2, -1, 0, 1, 2 with one ReLU neuron and an identity output."""

CLAIM = Claim(
    id="etr_training.membership",
    title="Training is a sentence of the existential theory of the reals",
    statement=STATEMENT,
    source=Source("T. Hankala, M. Hannula, J. Kontinen, J. Virtema", 2023, "Complexity of neural network training and"
                  " ETR: extensions with effectively continuous functions", "reconstructed", arxiv="2305.11833",
                  note="The abstract states the equivalence of training with activation f and ETR_f; the body was not"
                  " seen, the sentence and its proof are ours."),
    summary="Atoms for the values of every vertex at every point hold exactly at the values of the network, so the"
            " weights that satisfy the sentence are the weights whose loss is at most the threshold.",
    derivation=(_D, _E, _T, _B, _S, _C, witness("end")),
    instance=INSTANCE,
    controls=CONTROLS,
    comparison=(
        Comparison("objects", "any DAG, activations F and id, rational data with don't-cares, squared cost, threshold",
                   "vertices 1..N in a topological order, E(u,v) an adjacency table, kinds k(v) with activations"
                   " s(k(v), .), 0 the identity and 1 ReLU; labels y with a mask M; real data, threshold c",
                   "all sizes; data may be real, E and M are given numbers, not only 0 and 1"),
        Comparison("sentence", "n |V - S| value variables and definitions, an activation atom for each non-id neuron"
                   " and point, one cost atom", "the same atoms; x(i,v) the value and z(i,v) what the vertex receives",
                   "an identity vertex has x = z, so the count takes one variable for it; strict thresholds are not"
                   " in the statement"),
        Comparison("ReLU atom", "h >= 0, h >= z, (h <= 0 or h <= z)", "the disjunction written as 0 < h implies h <= z",
                   "the same by the order of the reals; lemmas relu_atom and relu_atom_back"),
        Comparison("conclusion", "satisfiable iff yes-instance", "for each weight vector: the value variables are"
                   " determined, and some values satisfy the sentence iff the loss is at most c; hence satisfiable iff"
                   " yes-instance", "stronger: the weights are the same on both sides"),
        Comparison("size", "O(n |E|)", "encoding_size, exact counts as a function; control inlined for the ladder",
                   "not"
                   " part of the statement: the grammar does not speak about formulas; tested against a count of the"
                   " atoms one by one"),
    ),
    tightness="An equivalence. Without the upper clause one neuron fits |x| (control upper_clause_dropped).",
    attacked=_statement(_DETERMINED),
    attack="theory.etr_training.membership_attack",
)

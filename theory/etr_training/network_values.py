"""The values of a feed-forward network on a data set, vertex by vertex: they exist, and nothing else obeys the rules.

Vertices are 1..N in a topological order, the first S are sources; E(u,v) is 1 where there is an edge from u to v, and
0 elsewhere; v has the activation s(k(v), .), with s(0, z) = z and s(1, z) = max(z, 0), others as given.
"""

from __future__ import annotations

from theory.language import Lemma, statement
from theory.language.derivation import apply, cases, combine, define, induct, intro, witness

PLACE = "1 <= i, i <= n"
INNER = f"{PLACE}, S + 1 <= v, v <= N"


def affine(g: str, before: str = "v - 1") -> str:
    """What vertex v receives at point i when the values before it are g."""
    return f"sum(u=1..{before}: E(u,v)*W(u,v)*{g}(i,u)) + b(v)"


def network(g: str, names: str = "") -> str:
    """The rules of the values g: sources carry the data, others s(k(v), .) of what they receive."""
    first, second = names.split() if names else ("", "")
    return (f"{first + ': ' if first else ''}(all i v:int | {PLACE}, 1 <= v, v <= S, v <= N => {g}(i,v) = D(i,v)),"
            f" {second + ': ' if second else ''}(all i v:int | {INNER} => {g}(i,v) = s(k(v), {affine(g)}))")


def sentence(x: str, z: str) -> str:
    """The atoms about the value variables x and z: data, definitions, identities, ReLU atoms, other activations."""
    return f"(all i v:int | {PLACE}, 1 <= v, v <= S, v <= N => {x}(i,v) = D(i,v)), {inner_atoms(x, z)}"


def inner_atoms(x: str, z: str) -> str:
    """The atoms of the vertices that are not sources."""
    return (f"(all i v:int | {INNER} => {z}(i,v) = {affine(x)}),"
            f" (all i v:int | {INNER}, k(v) = 0 => {x}(i,v) = {z}(i,v)),"
            f" (all i v:int | {INNER}, k(v) = 1 => 0 <= {x}(i,v)),"
            f" (all i v:int | {INNER}, k(v) = 1 => {z}(i,v) <= {x}(i,v)),"
            f" (all i v:int | {INNER}, k(v) = 1, 0 < {x}(i,v) => {x}(i,v) <= {z}(i,v)),"
            f" (all i v:int | {INNER}, k(v) != 0, k(v) != 1 => {x}(i,v) = s(k(v), {z}(i,v)))")


DATA = "n S N:int, k:int->int, s:(t:int,z:real)->real, E:(u:int,v:int)->real, D:(i:int,v:int)->real"
WEIGHTS = "W:(u:int,v:int)->real, b:int->real"
VALUES = "(i:int,v:int)->real"
ACTIVATIONS = "(all u:real => s(0,u) = u), (all u:real => s(1,u) = max(u, 0))"
_GIVEN = {name: f"{names} -> {name}({names})" for name, names in
          (("k", "v"), ("s", "t, z"), ("E", "u, v"), ("D", "i, v"), ("W", "u, v"), ("b", "v"))}
GIVEN = {**{name: name for name in ("n", "S", "N")}, **_GIVEN}
"""The substitution that leaves data and weights as they are."""



def _fresh(m: str) -> str:
    """The value of v computed from what is there after step m."""
    return f"ite(v, S, D(i,v), s(k(v), sum(u=1..v-1: E(u,v)*W(u,v)*H({m},i,u)) + b(v)))"


_FRESH = _fresh("v-1")
_GOAL = f"some g:{VALUES} | {network('g')}"

_COMPUTED = (
    # after step v the value of v is never changed again
    intro("keep", "all i v m:int | 1 <= v, v <= m => H(m,i,v) = H(v,i,v)", "v1 vm",
          induct("P", "all p:int | v <= p => H(p,i,v) = H(v,i,v)", "hp ih", [combine("z")],
                 [combine("p0", "0 <= p", "v1 hp"), apply("r", "e1", m="p", i="i", v="v"),
                  apply("e", "ax.ite_then", a="v", b="p", x="H(p,i,v)",
                        y=_fresh("p")),
                  combine("z", facts="r e ih")]),
          apply("z", "P", p="m")),
    intro("own", f"all i v:int | 1 <= v => H(v,i,v) = {_FRESH}", "v1",
          combine("v0", "0 <= v - 1", "v1"), apply("r", "e1", f"H(v,i,v) = ite(v, v-1, H(v-1,i,v), {_FRESH})",
                                                   m="v - 1", i="i", v="v"),
          apply("e", "ax.ite_else", a="v", b="v - 1", x="H(v-1,i,v)", y=_FRESH), combine("z", facts="r e")),
    intro("first", f"all i v:int | {PLACE}, 1 <= v, v <= S, v <= N => H(N,i,v) = D(i,v)", "i1 i2 v1 v2 v3",
          apply("a", "keep", i="i", v="v", m="N"), apply("o", "own", i="i", v="v"),
          apply("e", "ax.ite_then", a="v", b="S", x="D(i,v)",
                y="s(k(v), sum(u=1..v-1: E(u,v)*W(u,v)*H(v-1,i,u)) + b(v))"), combine("z", facts="a o e")),
    intro("second", f"all i v:int | {INNER} => H(N,i,v) = s(k(v), sum(u=1..v-1: E(u,v)*W(u,v)*H(N,i,u)) + b(v))",
          "i1 i2 v1 v2",
          combine("v0", "1 <= v", "v1 HS"), apply("a", "keep", i="i", v="v", m="N"), apply("o", "own", i="i", v="v"),
          combine("vs", "S < v", "v1"),
          apply("e", "ax.ite_else", a="v", b="S", x="D(i,v)",
                y="s(k(v), sum(u=1..v-1: E(u,v)*W(u,v)*H(v-1,i,u)) + b(v))"),
          intro("t", "all u:int | 1 <= u, u <= v - 1 => E(u,v)*W(u,v)*H(v-1,i,u) = E(u,v)*W(u,v)*H(N,i,u)", "u1 u2",
                combine("u3", "u <= N", "u2 v2"), apply("b1", "keep", i="i", v="u", m="v - 1"),
                apply("b2", "keep", i="i", v="u", m="N"), combine("z", facts="b1 b2")),
          apply("sm", "textbook.sum_cong", f="u -> E(u,v)*W(u,v)*H(v-1,i,u)", g="u -> E(u,v)*W(u,v)*H(N,i,u)", a="1",
                b="v - 1"),
          apply("c", "ax.cong", f="t -> s(k(v), t)", x="sum(u=1..v-1: E(u,v)*W(u,v)*H(v-1,i,u)) + b(v)",
                y="sum(u=1..v-1: E(u,v)*W(u,v)*H(N,i,u)) + b(v)"), combine("z", facts="a o e c")),
    witness("y", g="i, v -> H(N,i,v)"),
)

NETWORK_VALUES = Lemma(
    "etr_training.network_values", "Every network has values at all points",
    statement(f"all {DATA}, {WEIGHTS} | HS: 0 <= S => {_GOAL}"),
    (
        define("end", f"def H(0, i:int, v:int) = 0 then H(m+1) = ite(v, m, H(m,i,v), {_fresh('m')})",
               "(m:int,i:int,v:int)->real", "e0 e1",
               *_COMPUTED),
    ),
)

_SAME_SUMS = (
    intro("t", "all u:int | 1 <= u, u <= v - 1 => E(u,v)*W(u,v)*g(i,u) = E(u,v)*W(u,v)*h(i,u)", "u1 u2",
          combine("u3", "u <= N", "u2 v3"), combine("u4", "u <= K", "u2 v2"), apply("b", "ih", i="i", v="u"),
          combine("w", facts="b")),
    apply("sm", "textbook.sum_cong", f="u -> E(u,v)*W(u,v)*g(i,u)", g="u -> E(u,v)*W(u,v)*h(i,u)", a="1", b="v - 1"),
    apply("c", "ax.cong", f="t -> s(k(v), t)", x=affine("g"), y=affine("h")),
)

VALUES_UNIQUE = Lemma(
    "etr_training.network_values_unique", "Values that obey the rules of a network are determined by them",
    statement(f"all {DATA}, {WEIGHTS}, g h:{VALUES} | HN: 0 <= N, {network('g', 'g1 g2')},"
              f" {network('h', 'h1 h2')} => (all i v:int | {PLACE}, 1 <= v, v <= N => g(i,v) = h(i,v))"),
    (
        induct("I", f"all K:int | 0 <= K => (all i v:int | {PLACE}, 1 <= v, v <= K, v <= N => g(i,v) = h(i,v))",
               "hK ih",
               [intro("z", None, "i1 i2 v1 v2 v3", combine("no", "0 < 0", "v1 v2"), combine("y", mul="no"))],
               [intro("z", None, "i1 i2 v1 v2 v3", apply("or", "ax.total", x="v", y="S"),
                      cases("y", "or", "o",
                            [apply("p", "g1", i="i", v="v"), apply("r", "h1", i="i", v="v"),
                             combine("x", facts="p r")],
                            [apply("o1", "ax.int_step", m="S", n="v"), *_SAME_SUMS,
                             apply("p", "g2", i="i", v="v"), apply("r", "h2", i="i", v="v"),
                             combine("x", facts="p r c")]))]),
        intro("end", None, "i1 i2 v1 v2", apply("J", "I", K="N"), apply("z", "J", i="i", v="v")),
    ),
)

RELU_ATOM = Lemma(
    "etr_training.relu_atom", "The atoms h >= 0, h >= z and h <= 0 or h <= z say that h = max(z, 0)",
    statement("all h z:real | h1: 0 <= h, h2: z <= h, h3: (all | 0 < h => h <= z) => h = max(z, 0)"),
    (
        apply("a", "ax.max_le", x="z", y="0", z="h"), apply("b", "ax.max_right", x="z", y="0"),
        apply("m", "ax.max_left", x="z", y="0"), apply("or", "ax.total", x="h", y="0"),
        cases("end", "or", "c",
              [combine("u", "h <= max(z, 0)", "c b"), apply("z1", "ax.antisym", x="h", y="max(z, 0)")],
              [apply("d", "h3"), combine("u", "h <= max(z, 0)", "d m"),
               apply("z1", "ax.antisym", x="h", y="max(z, 0)")]),
    ),
)

RELU_ATOM_BACK = Lemma(
    "etr_training.relu_atom_back", "max(z, 0) obeys the ReLU atoms, and a disjunction gives the implication",
    statement("all h z:real | h1: h = max(z, 0) => some | 0 <= h, z <= h, (all | 0 < h => h <= z)"),
    (
        apply("b", "ax.max_right", x="z", y="0"), apply("m", "ax.max_left", x="z", y="0"),
        combine("u1", "0 <= h", "b h1"), combine("u2", "z <= h", "m h1"),
        intro("u3", "all | 0 < h => h <= z", "p", apply("or", "ax.total", x="z", y="0"),
              cases("z1", "or", "c",
                    [apply("o", "etr_training.relu_off", z="z"), combine("no", "0 < 0", "p o h1"),
                     combine("y", mul="no")],
                    [apply("o", "etr_training.relu_on", z="z"), combine("y", facts="o h1")])),
        witness("end"),
    ),
)

SENTENCE_TO_NETWORK = Lemma(
    "etr_training.sentence_to_network", "Value variables that satisfy the sentence are the values of the network",
    statement(f"all {DATA}, {WEIGHTS}, x z:{VALUES} | f0: (all u:real => s(0,u) = u),"
              f" f1: (all u:real => s(1,u) = max(u, 0)), {inner_atoms('x', 'z')}"
              f" => (all i v:int | {INNER} => x(i,v) = s(k(v), {affine('x')}))"),
    (
        intro("end", None, "i1 i2 v1 v2",
              apply("d", "H3", i="i", v="v"), apply("cz", "ax.cong", f="t -> s(k(v), t)", x="z(i,v)", y=affine("x")),
              apply("or", "ax.eq_or_ne", x="k(v)", y="0"), apply("or2", "ax.eq_or_ne", x="k(v)", y="1"),
              cases("w", "or", "c",
                    [apply("e", "H4", i="i", v="v"), apply("f", "f0", u="z(i,v)"),
                     apply("ck", "ax.cong_int", f="t -> s(t, z(i,v))", x="k(v)", y="0"),
                     combine("y", facts="e f ck cz")],
                    [cases("y", "or2", "c2",
                           [apply("e1", "H5", i="i", v="v"), apply("e2", "H6", i="i", v="v"),
                            intro("e3", "all | 0 < x(i,v) => x(i,v) <= z(i,v)", "p", apply("u", "H7", i="i", v="v")),
                            apply("m", "etr_training.relu_atom", h="x(i,v)", z="z(i,v)"),
                            apply("f", "f1", u="z(i,v)"),
                            apply("ck", "ax.cong_int", f="t -> s(t, z(i,v))", x="k(v)", y="1"),
                            combine("u", facts="m f ck cz")],
                           [apply("e", "H8", i="i", v="v"), combine("u", facts="e cz")])])),
    ),
)

LEMMAS = (NETWORK_VALUES, VALUES_UNIQUE, RELU_ATOM, RELU_ATOM_BACK, SENTENCE_TO_NETWORK)

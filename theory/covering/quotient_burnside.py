"""The covering number of the cube modulo a group as a mean over the group of m^(number of cycles), given Burnside.

The cycles of the permutation p(g, .) are numbered 1..z(g): u(g, i) is the number of the cycle of i, w(g, t) a place in
cycle t, and a function that p(g, .) leaves unchanged takes the same value at i and at w(g, u(g, i)).
"""

from __future__ import annotations

from theory.covering import small_groups
from theory.covering.grid_orbits import AT, GROUP, OF, ORBIT_PARTS, REPRESENTATIVES
from theory.covering.quotient_exact import CENTRES, LEAST
from theory.language import Cited, Claim, Comparison, Control, Kill, Source, Witness, statement
from theory.language.derivation import apply, obtain, witness

DISTINCT = f"(all g h:int | {OF}, 1 <= h, h <= N, (all i:int | {AT} => p(g,i) = p(h,i)) => g = h)"
"""No permutation is listed twice."""

_CONSTANT = (f"(all g:int, f:int->int | {OF}, (all i:int | {AT} => f(p(g,i)) = f(i))"
             f" => (all i:int | {AT} => f(i) = f(w(g,u(g,i)))))")
CYCLES = (
    f"(all g:int | {OF} => 0 <= z(g)),"
    f" (all g i:int | {OF}, {AT} => some | 1 <= u(g,i), u(g,i) <= z(g), u(g,p(g,i)) = u(g,i)),"
    f" (all g t:int | {OF}, 1 <= t, t <= z(g) => some | 1 <= w(g,t), w(g,t) <= S, u(g,w(g,t)) = t), {_CONSTANT}"
)
"""z(g) is the number of cycles of p(g, .)."""

_VARIABLES = ("S N m n:int, p c u w:(g:int,h:int)->int, v z:int->int, C:(k:int,i:int)->int | 0 <= S, 1 <= N,"
              f" {GROUP}, {DISTINCT}")
_MEAN = "N*n = sum(g=1..N: pow(m, z(g)))"

BURNSIDE = Cited(
    "cite.burnside", "Burnside's lemma (Cauchy, Frobenius) for the grid 1..m: N n is the sum of m^(number of cycles)",
    statement(f"all {_VARIABLES}, {CYCLES}, 1 <= m, {REPRESENTATIVES} => {_MEAN}"),
    Source("G. Frobenius", 1887, "Ueber die Congruenz nach einem aus zwei endlichen Gruppen gebildeten Doppelmodul",
           "reconstructed", note="Recalled; also in W. Burnside, Theory of Groups of Finite Order (1897). Written for a"
           " group of coordinate permutations: a point is fixed by g when it is constant on the cycles of g. Compared"
           " with enumeration in the tests."),
)

CITED = (BURNSIDE,)

_HYPOTHESES = f"all B delta:real, {_VARIABLES}, {CYCLES}, 0 < B, 0 < delta, m = ceil(B/delta), {REPRESENTATIVES}"

STATEMENT = statement(f"{_HYPOTHESES} => some | {CENTRES}, {LEAST}, {_MEAN}")
"""H1, H2 sizes; H3-H6 group; H7-H10 cycles; H11-H13 grid; H14-H16 representatives."""

_ACTION = {"S": "S", "N": "N", "m": "m", "n": "n", "p": "g, h -> p(g,h)", "v": "g -> v(g)", "c": "g, h -> c(g,h)",
           "C": "k, i -> C(k,i)"}

_DERIVATION = (
    apply("step", "covering.grid_step", B="B", delta="delta", m="m"),
    obtain("m1", "step", "s1 s2 s3 s4", apply("y", "s1"), goal="1 <= m"),
    apply("E", "covering.quotient_exact", B="B", delta="delta", **_ACTION),
    apply("F", "cite.burnside", z="g -> z(g)", u="g, h -> u(g,h)", w="g, h -> w(g,h)", **_ACTION),
    obtain("end", "E", "e1 e2 e3 e4", witness("x")),
)

LEMMAS = ()

_PAIR, _TWICE = ((1, 2), (2, 1)), ((1, 2), (1, 2), (2, 1))
"""Two coordinates that may be exchanged; the same with the identity listed twice."""


def _point(group: tuple[tuple[int, ...], ...], distinct: bool = True) -> Witness:
    """All variables for a group of permutations of two coordinates and two points per axis."""
    steps = (*(small_groups.distinct_steps(group, DISTINCT[1:-1]) if distinct else ()),
             *small_groups.constant_steps(group, _CONSTANT[1:-1]),
             *small_groups.orbit_steps(group, 2, *(part[1:-1] for part in ORBIT_PARTS[1:])))
    values = small_groups.values(group, 2) | small_groups.cycle_values(group)
    return Witness((*steps, witness("end", **values, B="1", delta="1/2")))


CLAIM = Claim(
    id="covering.quotient_burnside",
    title="The covering number of the quotient is the mean of m^(number of cycles) over the group",
    statement=STATEMENT,
    source=Source("G. Shen", 2023, "Complexity of Feed-Forward Neural Networks from the Perspective of Functional"
                  " Equivalence", "new", arxiv="2305.11417",
                  note="covering.quotient_exact with the number of orbits by Burnside's lemma, which is cited."),
    summary="The exact covering number of the cube modulo a group of coordinate permutations is the mean over the group"
            " of m^c, c the number of cycles of a permutation on the S coordinates and m = ceil(B/delta).",
    derivation=_DERIVATION,
    instance=_point(_PAIR),
    controls=(
        Control("listed_twice", "without distinct permutations (H6): the identity twice gives 10 in place of 9",
                statement(f"{_HYPOTHESES.replace(f', {DISTINCT}', '')} => {_MEAN}"), _point(_TWICE, distinct=False)),
        Control("coordinates_for_cycles", "m^S for every permutation, as if each fixed every grid point: 8, not 6",
                statement(f"{_HYPOTHESES} => {_MEAN.replace('z(g)', 'S')}"), _point(_PAIR)),
        Control("identity_left_out", "the sum over the other elements alone: 2 in place of 6",
                statement(f"{_HYPOTHESES} => {_MEAN.replace('g=1', 'g=2')}"), _point(_PAIR)),
    ),
    comparison=(
        Comparison("formula", "N(cube / Gamma, delta) = (1/|Gamma|) sum over g of m^c(g)",
                   "n centres cover, no cover has fewer, and N n is the sum of m^z(g)", "given Burnside's lemma"),
        Comparison("cycles", "c(g) = number of cycles of g on the coordinates",
                   "numbers u(g, i) in 1..z(g) constant along g, all taken, and invariant functions constant where u"
                   " is (H7-H10)", "the definition, without iterating g"),
        Comparison("closed forms", "gcd formula for deep networks, multisets for shallow ones",
                   "not formalised: computed by theory.covering.orbit_count", "compared with enumeration in the tests"),
    ),
    tightness="An equality.",
    kills=(Kill("the identity listed twice", _point(_TWICE, distinct=False)),),
    attack="theory.covering.quotient_burnside_attack",
    attacked=statement(f"{_HYPOTHESES} => {_MEAN}"),
)

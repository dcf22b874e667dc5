"""What an affine circuit of the data says about the neurons of a network that fits it: lemmas for propositional search.

Points with coefficients c, sum c_i x_i = 0 and sum c_i = 0. No neuron separates {c > 0} from {c < 0}; if sum c_i y_i is
not 0, some neuron is not constant on the circuit; and if only one coefficient is negative (three points of a line, a
point in a simplex) and the sum is positive, then some neuron with a positive output weight has different patterns at
the other points.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from theory.language import Claim, Comparison, Control, Source, Statement, Step, Witness, statement
from theory.language.derivation import apply, cases, combine, compute, intro, obtain, witness
from theory.language.errors import InputError, explain

Number = int | Fraction


def circuit_sum(coefficients: Sequence[Number], labels: Sequence[Number]) -> Fraction:
    """Return sum c_i y_i, whose sign is that of a neuron that bends on the circuit.

    >>> circuit_sum([1, -2, 1], [1, 0, 1])
    Fraction(2, 1)
    """
    if len(coefficients) != len(labels):
        raise InputError(explain("labels", f"{len(coefficients)} numbers", str(len(labels)), "Give one a point."))
    return sum((Fraction(c) * y for c, y in zip(coefficients, labels)), Fraction(0))


def collinear_circuit(left: Number, middle: Number, right: Number) -> tuple[Fraction, Fraction, Fraction]:
    """Return the coefficients (r - m, l - r, m - l) of three places l < m < r of a line.

    >>> collinear_circuit(0, 1, 3)
    (Fraction(2, 1), Fraction(-3, 1), Fraction(1, 1))
    """
    if not left < middle < right:
        found = f"{left}, {middle}, {right}"
        raise InputError(explain("left, middle, right", "three increasing places", found, "Sort different places."))
    return Fraction(right - middle), Fraction(left - right), Fraction(middle - left)


_I = "1 <= i, i <= n"
_J = "1 <= j, j <= w"
_Z = f"(all j i:int | {_J}, {_I} => z(j,i) = sum(r=1..d: a(j,r)*X(i,r)) + b(j))"
_Y = f"(all i:int | {_I} => y(i) = sum(j=1..w: v(j)*max(z(j,i), 0)) + e)"
_FLAT = "(all r:int | 1 <= r, r <= d => sum(i=1..n: c(i)*X(i,r)) = 0)"
_ALL = ("all n d w:int, X:(i:int,r:int)->real, c y b v:int->real, a:(j:int,r:int)->real, z:(j:int,i:int)->real,"
        " e:real")


def _sides(positive: str, negative: str) -> str:
    return (f"(all j:int | {_J}, (all i:int | {_I}, 0 < c(i) => {positive}), (all i:int | {_I}, c(i) < 0 =>"
            f" {negative}) => (all i:int | {_I} => c(i) = 0))")


_SEP = _sides("0 < z(j,i)", "z(j,i) <= 0")
_SEP_BACK = _sides("z(j,i) <= 0", "0 < z(j,i)")


def constant(where: str) -> str:
    """The neuron j has one sign, 1 or -1, at all points of the circuit with the condition `where`."""
    return f"some p:real | p*p = 1, (all i:int | {_I}, {where} => 0 <= p*z(j,i))"


_SUM = "sum(i=1..n: c(i)*y(i))"
_KINK = f"(all | (all j:int | {_J} => {constant('c(i) != 0')}) => {_SUM} = 0)"


def bend(sign: str, conclusion: str) -> str:
    """Neurons with the condition `sign` on the output weight have one pattern at the ends: the sum has a sign."""
    return (f"(all m:int | 1 <= m, m <= n, (all i:int | {_I}, i != m => 0 <= c(i)), (all j:int | {_J}, {sign} =>"
            f" {constant('i != m, c(i) != 0')}) => {conclusion})")


_UP = bend("0 < v(j)", f"{_SUM} <= 0")
_DOWN = bend("v(j) < 0", f"0 <= {_SUM}")


def _statement(conclusion: str, flat: str = _FLAT, zero: str = "sum(i=1..n: c(i)) = 0") -> Statement:
    parts = ["0 <= n", "0 <= w", "0 <= d", flat, zero, _Z, _Y]
    return statement(f"{_ALL} | {', '.join(filter(None, parts))} => {conclusion}")


_IDENTITY = f"{_SUM} = sum(j=1..w: v(j)*sum(i=1..n: c(i)*max(z(j,i), 0)))"

STATEMENT = _statement(f"some | {_IDENTITY}, {_SEP}, {_SEP_BACK}, {_KINK}, {_UP}, {_DOWN}")
"""H1-H3 sizes; H4, H5 the circuit; H6 pre-activations z; H7 the network fits the labels, with an output bias e."""

_AFFINE = intro(
    "Z", f"all j:int | {_J} => sum(i=1..n: c(i)*z(j,i)) = 0", "j1 j2",
    intro("h", f"all i:int | {_I} => z(j,i) = sum(r=1..d: a(j,r)*X(i,r)) + b(j)", "i1 i2",
          apply("w1", "H6", j="j", i="i")),
    apply("z1", "etr_training.circuit_affine", n="n", d="d", X="i, r -> X(i,r)", c="i -> c(i)", z="i -> z(j,i)",
          a="r -> a(j,r)", b="b(j)"))

_SEPARATION = (
    intro("E1", _SEP[1:-1], "j1 j2 pos neg", apply("h", "Z", j="j"),
          apply("z1", "etr_training.circuit_separated", n="n", c="i -> c(i)", z="i -> z(j,i)")),
    apply("N", "textbook.sum_scale", "sum(i=1..n: -1*c(i)) = -1*sum(i=1..n: c(i))", f="i -> -1*c(i)", g="i -> c(i)",
          c="-1", a="1", b="n"),
    combine("N0", "sum(i=1..n: -1*c(i)) = 0", "N H5"),
    intro("E2", _SEP_BACK[1:-1], "j1 j2 pos neg", apply("h", "Z", j="j"),
          apply("g", "textbook.sum_scale", "sum(i=1..n: -1*c(i)*z(j,i)) = -1*sum(i=1..n: c(i)*z(j,i))",
                f="i -> -1*c(i)*z(j,i)", g="i -> c(i)*z(j,i)", c="-1", a="1", b="n"),
          combine("g0", "sum(i=1..n: -1*c(i)*z(j,i)) = 0", "g h"),
          intro("p", f"all i:int | {_I}, 0 < -1*c(i) => 0 < z(j,i)", "i1 i2 q1", combine("q2", "c(i) < 0", "q1"),
                apply("w1", "neg", i="i")),
          intro("k", f"all i:int | {_I}, -1*c(i) < 0 => z(j,i) <= 0", "i1 i2 q1", combine("q2", "0 < c(i)", "q1"),
                apply("w1", "pos", i="i")),
          apply("s", "etr_training.circuit_separated", n="n", c="i -> -1*c(i)", z="i -> z(j,i)"),
          intro("z1", None, "i1 i2", apply("u", "s", i="i"), combine("y1", facts="u"))),
)

_ADDED = "sum(i=1..n: c(i)*max(z(j,i), 0))"
_CONTRIBUTION = f"v(j)*{_ADDED}"
_AT_J = {"n": "n", "c": "i -> c(i)", "z": "i -> z(j,i)"}
_OUTPUT = apply("O", "etr_training.circuit_output", n="n", w="w", c="i -> c(i)", y="i -> y(i)", v="j -> v(j)",
                z="j, i -> z(j,i)", e="e")



def _by_sign(where: str, names: str, goal: str, on: tuple[Step, ...], off: tuple[Step, ...]) -> Step:
    """The goal from `one`, that neuron j has one sign where `where` holds: `hp` says which in each of two cases."""
    def sign(relation: str) -> Step:
        return intro("hp", f"all i:int | {_I}, {where} => {relation}", names, apply("u", "p2", i="i"),
                     combine("k", "p*(p*z(j,i)) = z(j,i)", "p1", rounds=3), combine("w1", facts="u k o"))

    return obtain("up", "one", "p1 p2", apply("or", "ax.total", x="0", y="p"),
                  cases("y2", "or", "o", [sign("0 <= z(j,i)"), *on], [sign("z(j,i) <= 0"), *off]), goal=goal)


_KINKED = intro(
    "E3", _KINK[1:-1], "flat",
    intro("t", f"all j:int | {_J} => {_CONTRIBUTION} = 0", "j1 j2", apply("h", "Z", j="j"), apply("one", "flat", j="j"),
          _by_sign("c(i) != 0", "i1 i2 i3", f"{_ADDED} = 0",
                   (apply("y1", "etr_training.circuit_constant_on", **_AT_J),),
                   (apply("y1", "etr_training.circuit_constant_off", **_AT_J),)),
          combine("z1", facts="up")),
    apply("s", "textbook.sum_cong", f=f"j -> {_CONTRIBUTION}", g="j -> 0", a="1", b="w"),
    apply("z0", "textbook.sum_const", c="0", n="w"), combine("z1", facts="O s z0", rounds=3))

_MIDDLE = (
    apply("or3", "ax.total", x="c(m)", y="0"),
    cases("cm", "or3", "o3", [combine("y1", facts="o3")],
          [intro("all", f"all i:int | {_I} => 0 <= c(i)", "i1 i2", apply("or4", "ax.eq_or_ne", x="i", y="m"),
                 cases("y1", "or4", "o4",
                       [apply("g", "ax.cong_int", f="t -> c(t)", x="i", y="m"), combine("x1", facts="g o3")],
                       [apply("x1", "pos", i="i")])),
           apply("s", "textbook.term_at_most_sum", f="i -> c(i)", n="n", c="m"), combine("y1", facts="s H5")],
          goal="c(m) <= 0"),
)
"""The coefficient in the middle is not positive."""

_BY_ENDS = _by_sign("i != m, c(i) != 0", "i1 i2 i3 i4", f"{_ADDED} <= 0",
                    (apply("y1", "etr_training.circuit_ends_on", **_AT_J, m="m"),),
                    (apply("y1", "etr_training.circuit_ends_off", **_AT_J, m="m"),))


def _bent(name: str, goal: str, order: tuple[str, str], term: str, *last: Step) -> Step:
    """The sum has a sign: by convexity for one sign of v(j), by the patterns at the ends for the other."""
    return intro(
        name, goal, "m1 m2 pos ends", *_MIDDLE,
        intro("t", f"all j:int | {_J} => {term}", "j1 j2", apply("h", "Z", j="j"),
              apply("je", "etr_training.circuit_convex", **_AT_J, m="m"),
              apply("or2", "ax.total", x=order[0], y=order[1]),
              cases("z1", "or2", "o2", [combine("y1", facts="je o2")],
                    [apply("one", "ends", j="j"), _BY_ENDS, combine("y1", facts="up o2")])),
        *last)


_DERIVATION = (
    _AFFINE, *_SEPARATION, _OUTPUT, _KINKED,
    _bent("E4", _UP[1:-1], ("v(j)", "0"), f"{_CONTRIBUTION} <= 0",
          apply("s", "textbook.sum_mono", f=f"j -> {_CONTRIBUTION}", g="j -> 0", a="1", b="w"),
          apply("z0", "textbook.sum_const", c="0", n="w"), combine("z1", facts="O s z0", degree=1)),
    _bent("E5", _DOWN[1:-1], ("0", "v(j)"), f"0 <= {_CONTRIBUTION}",
          apply("s", "textbook.sum_nonneg", f=f"j -> {_CONTRIBUTION}", a="1", b="w"),
          combine("z1", facts="O s", degree=1)),
    witness("end"),
)



def _lifted(variables: str, premises: tuple[str, ...], conclusion: str, flat: str = _FLAT,
            zero: str = "sum(i=1..n: c(i)) = 0") -> Statement:
    """A neighbour with the quantifiers of its conclusion in front, so that a point refutes it."""
    parts = ["0 <= n", "0 <= w", "0 <= d", flat, zero, _Z, _Y, *premises]
    return statement(f"{_ALL}, {variables} | {', '.join(filter(None, parts))} => {conclusion}")


_SEPARATES = (_J, "(all i:int | 1 <= i, i <= n, 0 < c(i) => {0})", "(all i:int | 1 <= i, i <= n, c(i) < 0 => {1})",
              "1 <= p", "p <= n")
_STRICT = tuple(part.format("0 < z(j,i)", "z(j,i) <= 0") for part in _SEPARATES)

_ABS = {"n": "3", "d": "1", "w": "2", "X": "i, r -> i - 2", "c": "i -> [[1],[-2],[1]][i,1]", "y": "i -> abs(i - 2)",
        "b": "j -> 0", "v": "j -> 1", "a": "j, r -> 3 - 2*j", "z": "j, i -> (3 - 2*j)*(i - 2)", "e": "0"}
"""|x| = ReLU(x) + ReLU(-x) at -1, 0, 1."""

_ONE = {"n": "1", "d": "1", "w": "1", "X": "i, r -> 0", "c": "i -> 1", "y": "i -> 1", "b": "j -> 1", "v": "j -> 1",
        "a": "j, r -> 0", "z": "j, i -> 1", "e": "0"}
"""One point and a neuron that is 1 there."""

CONTROLS = (
    Control("flipped_sign", "the clause of the sign with negative neurons: |x| has a positive sum and none of them",
            _lifted("m:int", ("1 <= m", "m <= n", f"(all i:int | {_I}, i != m => 0 <= c(i))",
                              f"(all j:int | {_J}, v(j) < 0"
                                  f" => {constant('i != m, c(i) != 0')})"), f"{_SUM} <= 0"),
            Witness((
                intro("ends", "all i:int | 1 <= i, i <= 3, i != 2 => 0 <= [[1],[-2],[1]][i,1]", "i1 i2 i3",
                      apply("s1", "ax.int_split", m="i", n="3"),
                      cases("z1", "s1", "o",
                            [apply("e", "ax.cong_int", f="t -> [[1],[-2],[1]][t,1]", x="i", y="3"),
                             compute("f", "[[1],[-2],[1]][3,1] = 1"), combine("y1", facts="e f")],
                            [apply("s2", "ax.int_split", m="i", n="2"),
                             cases("y1", "s2", "p",
                                   [combine("x2", "i = 2", "p"), combine("no", "0 = 1", "x2", mul="i3"),
                                    combine("x1", facts="no")],
                                   [apply("one", "ax.antisym", x="i", y="1"),
                                    apply("e", "ax.cong_int", f="t -> [[1],[-2],[1]][t,1]", x="i", y="1"),
                                    compute("f", "[[1],[-2],[1]][1,1] = 1"), combine("x1", facts="e f")])])),
                intro("none", "all j:int | 1 <= j, j <= 2, 1 < 0 => some p:real | p*p = 1, (all i:int | 1 <= i, i <= 3,"
                      " i != 2, [[1],[-2],[1]][i,1] != 0 => 0 <= p*((3 - 2*j)*(i - 2)))", "j1 j2 no",
                      intro("u", "all i:int | 1 <= i, i <= 3, i != 2, [[1],[-2],[1]][i,1] != 0"
                            " => 0 <= 1*((3 - 2*j)*(i - 2))", "i1 i2 i3 i4", combine("x1", "0 < 0", "no"),
                            combine("w1", mul="x1")),
                      witness("z1", p="1")),
                witness("end", **_ABS, m="2")))),
    Control("weak_signs", "a neuron that is not negative on {c > 0} and not positive on {c < 0}: it may vanish",
            _lifted("j p:int", tuple(t.format("0 <= z(j,i)", "z(j,i) <= 0") for t in _SEPARATES), "c(p) = 0"),
            Witness((witness("end", **{**_ABS, "w": "1", "y": "i -> 0", "a": "j, r -> 0", "z": "j, i -> 0"}, j="1",
                             p="1"),))),
    Control("not_affine", "coefficients with sum c_i x_i = 0 but sum c_i not 0: the bias separates",
            _lifted("j p:int", _STRICT, "c(p) = 0", zero=""), Witness((witness("end", **_ONE, j="1", p="1"),))),
    Control("not_flat", "coefficients with sum c_i = 0 but sum c_i x_i not 0: two points on a line",
            _lifted("j p:int", _STRICT, "c(p) = 0", flat=""),
            Witness((witness("end", n="2", d="1", w="1", X="i, r -> i", c="i -> 2*i - 3", y="i -> max(2*i - 3, 0)",
                             b="j -> -3", v="j -> 1", a="j, r -> 2", z="j, i -> 2*i - 3", e="0", j="1", p="1"),))),
)

INSTANCE = Witness((witness("end", **_ABS),))

CLAIM = Claim(
    id="etr_training.circuit_lemmas",
    title="Affine circuits of the data restrict the patterns of the neurons that fit them",
    statement=STATEMENT,
    source=Source("Lemmascope", 2026, "Affine circuits as lemmas for training decisions", "new",
                  note="The separation lemma is Radon's theorem read backwards; as propositional lemmas for training"
                  " they were not seen in print."),
    summary="No neuron separates the two sides of a circuit; if sum c_i y_i is not 0 some neuron is not constant on it;"
            " with one negative coefficient a positive sum needs a positive neuron that bends between the others.",
    derivation=_DERIVATION,
    instance=INSTANCE,
    controls=CONTROLS,
    comparison=(
        Comparison("objects", "a minimal affine circuit I, neuron patterns p_ij iff z_ij > 0",
                   "any coefficients c on the points with sum c_i x_i = 0 and sum c_i = 0, minimal or not",
                   "stronger: all n, d, w; the network may have an output bias e"),
        Comparison("sep", "never p = 1 on I+ and p = 0 on I-, nor the reverse",
                   "if so (strict on one side, weak on the other) then c = 0", "as stated"),
        Comparison("kink", "sum c_i y_i not 0: some neuron is non-constant on I",
                   "if every neuron has one weak sign on I, then the sum is 0", "contraposed; weak signs, so a neuron"
                   " that touches 0 counts as constant: stronger"),
        Comparison("|I| = 3", "the sign of the neuron is that of the second difference, and its pattern differs at the"
                   " two end points", "one coefficient (at m) may be negative: if no positive neuron changes its sign"
                   " over the other points, the sum is at most 0; and the mirror image",
                   "stronger: a point in a simplex of any dimension, not only three points of a line"),
        Comparison("speed", "measured factors of 20 to 60 in the search", "not part of the statement",
                   "see the benchmark of decide"),
    ),
    tightness="The signs must be strict on one side (control weak_signs).",
    attacked=_statement(f"some | {_IDENTITY}, {_SEP}, {_SEP_BACK}"),
    attack="theory.etr_training.circuit_lemmas_attack",
)

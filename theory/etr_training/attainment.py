"""An exact fit that no weights reach although every positive loss is reached: sparse identity networks.

Sources x1, x2, hidden h1 (reads x1, x2) and h2 (reads x2), sinks y1 (reads h1) and y2 (reads h1, h2): a lower times an
upper triangular matrix. The target exchanges the two inputs. The product of the corner entries of a triangular
factorisation would have to be 1 and 0 at once, so weights must grow: |l22 u22| >= 1/e - e at loss e^2.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from theory.language import Claim, Comparison, Control, Lemma, Source, Witness, statement
from theory.language.derivation import apply, cases, combine, intro, obtain, witness
from theory.language.errors import InputError, explain

WEIGHTS = "l11 l21 l22 u11 u12 u22:real"
"""h1 -> y1, h1 -> y2, h2 -> y2, x1 -> h1, x2 -> h1, x2 -> h2."""

BIASES = "b1 b2 p1 p2:real"
"""The biases of h1, h2, y1, y2."""

PATHS = ("(l11*u11)", "(l11*u12)", "(l21*u11)", "(l21*u12 + l22*u22)")
"""The path matrix by rows."""

LOSS = "{0}^2 + ({1} - 1)^2 + ({2} - 1)^2 + {3}^2".format(*PATHS)
"""The squared loss of the network without biases on e1 -> (0, 1), e2 -> (1, 0)."""


def outputs(x1: int, x2: int) -> tuple[str, str]:
    """The outputs of the network with biases at a point, as text."""
    h1, h2 = f"(u11*{x1} + u12*{x2} + b1)", f"(u22*{x2} + b2)"
    return f"l11*{h1} + p1", f"l21*{h1} + l22*{h2} + p2"


def _loss(points: tuple[tuple[tuple[int, int], tuple[int, int]], ...]) -> str:
    return " + ".join(f"({out} - {y})^2" for x, ys in points for out, y in zip(outputs(*x), ys))


_POINTS = (((0, 0), (0, 0)), ((1, 0), (0, 1)), ((0, 1), (1, 0)))
LOSS_WITH_BIASES = _loss(_POINTS)
"""The squared loss of the network with biases on 0 -> (0, 0), e1 -> (0, 1), e2 -> (1, 0)."""

TWO_DATA = _loss(_POINTS[1:])
"""The same without the zero datum."""

_ABSURD = (
    # with v = (u12, -u11) in the kernel of the rank one part, |(P - A) v|^2 <= e^2 |v|^2
    combine("k", "u11^2 + (u12 + l22*u22*u11)^2 <= e^2*(u11^2 + u12^2)", "h",
            squares=("u11", "u12", f"{PATHS[0]}*u11 + ({PATHS[1]} - 1)*u12", f"({PATHS[2]} - 1)*u11 + {PATHS[3]}*u12"),
            degree=1),
    apply("m1", "ax.abs_ge", x="l22*u22"), apply("m2", "ax.abs_neg", x="l22*u22"),
    combine("m3", "(l22*u22)^2 <= abs(l22*u22)^2", "m1 m2"),
    combine("m4", "e^2*(l22*u22)^2 <= e^2*abs(l22*u22)^2", "m3", squares=("e",)),
    combine("m5", "0 <= e*abs(l22*u22)", "he a0"), combine("m6", "e^2*abs(l22*u22)^2 < (1 - e^2)^2", "c2 m5"),
    combine("D", "0 < (1 - e^2)^2 - e^2*(l22*u22)^2", "m4 m6"),
    # (1 - e^2) times k is a square and D u11^2
    combine("k2", "((1 - e^2)^2 - e^2*(l22*u22)^2)*u11^2 <= 0", "k s0", squares=("(1 - e^2)*u12 + l22*u22*u11",)),
    combine("u", "u11^2 <= 0", "k2", mul="D"), combine("w2", "(l21*u11)^2 <= 0", "u", squares=("l21",)),
    # but the loss says |l21 u11 - 1| < 1
    combine("w1", "0 < l21*u11", "h s0", squares=("l21*u11", *PATHS[:1], f"{PATHS[1]} - 1", PATHS[3]), degree=1),
    combine("no", "1 <= 0", "w2", mul="w1 w1"), combine("y", facts="no c2"),
)

GROWTH = Lemma(
    "etr_training.lu_growth", "Loss e^2 needs |l22 u22| >= 1/e - e",
    statement(f"all {WEIGHTS}, e:real | he: 0 <= e, h: {LOSS} <= e^2 => 1 - e^2 <= e*abs(l22*u22)"),
    (
        # with v = (u12, -u11) in the kernel of the rank one part: |(P - A) v|^2 <= e^2 |v|^2
        apply("a0", "textbook.abs_nonneg", x="l22*u22"),
        apply("t1", "ax.total", x="1", y="e"),
        cases("end", "t1", "c1",
              [combine("z", facts="c1 he a0")],
              [combine("s0", "0 < 1 - e^2", "c1 he"), apply("t2", "ax.total", x="1 - e^2", y="e*abs(l22*u22)"),
               cases("z", "t2", "c2", [combine("y", facts="c2")], list(_ABSURD))]),
    ),
)

LEMMAS = (GROWTH,)

_GROWN = f"all {WEIGHTS}, e:real | 0 <= e, {LOSS} <= e^2 => 1 - e^2 <= e*abs(l22*u22)"
_BOUNDED = (f"all {WEIGHTS}, e B:real | 0 <= e, {LOSS} <= e^2, abs(l22) <= B, abs(u22) <= B => 1 - e^2 <= e*B^2")
_NEVER = f"all {WEIGHTS}, {BIASES} => 0 < {LOSS_WITH_BIASES}"
_REACHED = f"all g:real | 0 < g => some {WEIGHTS} | {LOSS} <= g"
_SHARP = f"all e:real | 0 < e, e <= 1 => some {WEIGHTS} | {LOSS} = e^2, e*(l22*u22) = 1 - e^2"
STATEMENT = statement(f"all => some | ({_NEVER}), ({_REACHED}), ({_GROWN}), ({_BOUNDED}), ({_SHARP})")
"""No exact fit, with biases and the zero datum; every positive loss, without biases; how weights grow; no slower."""

ATTACKED = statement(f"all => some | ({_NEVER}), ({_GROWN}), ({_BOUNDED})")
"""The parts that are not about existence."""


def reaching_weights(loss_root: Fraction | int) -> dict[str, Fraction]:
    """Return weights without biases whose loss is e^2 with |l22 u22| = 1/e - e, the least possible, for 0 < e <= 1."""
    e = Fraction(loss_root)
    if not 0 < e <= 1:
        raise InputError(explain("reaching_weights", "a square root of the loss in (0, 1]", e,
                                 "Zero is never reached and beyond 1 the diagonal target does better."))
    return {"l11": Fraction(1), "l21": -1 / e, "l22": Fraction(1), "u11": -e / (1 + e**2), "u12": 1 / (1 + e**2),
            "u22": 1 / e - e}


def squared_loss(weights: Mapping[str, Fraction | int]) -> Fraction:
    """Return the squared loss of the network without biases on e1 -> (0, 1), e2 -> (1, 0)."""
    w = {name: Fraction(value) for name, value in weights.items()}
    return ((w["l11"] * w["u11"]) ** 2 + (w["l11"] * w["u12"] - 1) ** 2 + (w["l21"] * w["u11"] - 1) ** 2
            + (w["l21"] * w["u12"] + w["l22"] * w["u22"]) ** 2)


_SHIFT = ("l11*b1 + p1", "l21*b1 + l22*b2 + p2")
_ERRORS = ((PATHS[0], PATHS[1] + " - 1"), (PATHS[2] + " - 1", PATHS[3]))
_VALUES = {"l11": "1", "l21": "-1/{e}", "l22": "1", "u11": "-{e}*{r}", "u12": "{r}", "u22": "1/{e} - {e}"}


def _values(e: str) -> dict[str, str]:
    return {name: text.format(e=e, r=f"(1/(1 + {e}^2))") for name, text in _VALUES.items()}


_FIT = (combine("e0", "0 < 1 + e^2", squares=("e",)),
        combine("f", LOSS.replace("u11", "(-e*(1/(1 + e^2)))").replace("u12", "(1/(1 + e^2))")
                .replace("u22", "(1/e - e)").replace("l21", "(-1/e)").replace("l11", "1").replace("l22", "1")
                + " = e^2", "h e0", rounds=4))
_MEANS = tuple(x for s, (p, q) in zip(_SHIFT, _ERRORS) for x in (f"3*({s}) + ({p}) + ({q})", f"({p}) - ({q})"))
_RESIDUALS = tuple(f"{out} - {y}" for x, ys in _POINTS for out, y in zip(outputs(*x), ys))
_DERIVATION = (
    intro("c1", _NEVER, "", apply("or", "ax.total", x=LOSS, y="0"),
          cases("z", "or", "c",
                [combine("c2", f"{LOSS} <= 0^2", "c"),
                 apply("g", "etr_training.lu_growth", l11="l11", l21="l21", l22="l22", u11="u11", u12="u12", u22="u22",
                       e="0"), combine("no", "1 <= 0", "g"),
                 # 0 < loss from its squares and 0 < 1 <= 0
                 combine("y", facts="no", degree=1, squares=_RESIDUALS)],
                # three times the loss is that without biases and squares
                [combine("y", facts="c", degree=1, squares=_MEANS)])),
    intro("c3", _GROWN, "he h", apply("z", "etr_training.lu_growth", l11="l11", l21="l21", l22="l22", u11="u11",
                                      u12="u12", u22="u22", e="e")),
    intro("c4", _BOUNDED, "he h k1 k2", apply("a", "c3", l11="l11", l21="l21", l22="l22", u11="u11", u12="u12",
                                              u22="u22", e="e"),
          apply("m", "textbook.abs_mul_le", x="l22", y="u22", u="B", v="B"), combine("z", facts="a m he")),
    intro("c5", _SHARP, "h h1", *_FIT, combine("g", "e*(1*(1/e - e)) = 1 - e^2", "h"),
          witness("z", **_values("e"))),
    intro("c2", _REACHED, "hg", combine("g1", "0 < 1 + g", "hg"), apply("i", "ax.recip_pos", x="1 + g"),
          combine("e1", "0 < g*(1/(1 + g))", "i hg"), combine("e2", "g*(1/(1 + g)) <= 1", "i g1"),
          combine("e3", "(g*(1/(1 + g)))^2 <= g", "e1 e2 i hg g1"),
          apply("s", "c5", e="g*(1/(1 + g))"),
          obtain("z", "s", "s1 s2", combine("t", f"{LOSS} <= g", "s1 e3"),
                 witness("y", **{w: w for w in WEIGHTS.removesuffix(":real").split()}))),
    witness("end"),
)

CONTROLS = (
    Control("two_data_with_biases", "the zero datum is left out and biases are trained",
            statement(f"all {WEIGHTS}, {BIASES} => 0 < {TWO_DATA}"),
            Witness((witness("end", l11="-1", u11="1", p1="1", l21="0", u12="0", l22="1", u22="-1", b2="1", p2="0",
                             b1="0"),))),
    Control("fully_connected", "all four weights of both layers are there: the set of products is closed",
            statement("all l11 l12 l21 l22 u11 u12 u21 u22:real => 0 < (l11*u11 + l12*u21)^2"
                      " + (l11*u12 + l12*u22 - 1)^2 + (l21*u11 + l22*u21 - 1)^2 + (l21*u12 + l22*u22)^2"),
            Witness((witness("end", l11="1", l12="0", l21="0", l22="1", u11="0", u12="1", u21="1", u22="0"),))),
    Control("growth_too_fast", "|l22 u22| >= 1/e in place of 1/e - e, at e = 1/2",
            statement(f"all {WEIGHTS}, e:real | 0 <= e, {LOSS} <= e^2 => 1 <= e*abs(l22*u22)"),
            Witness((witness("end", l11="1", l21="-2", l22="1", u11="-2/5", u12="4/5", u22="3/2", e="1/2"),))),
)

CLAIM = Claim(
    id="etr_training.attainment",
    title="A sparse identity network with no exact fit and losses as small as one likes",
    statement=STATEMENT,
    source=Source("Q.-T. Le, E. Riccietti, R. Gribonval", 2023,
                  "Does a sparse ReLU network training problem always admit an optimum?", "strengthened",
                  arxiv="2306.02666",
                  note="The abstract was seen (sparse deep networks may have no optimum); the example with a triangular"
                  " support is the usual one. The sharp growth 1/e - e is ours; the dossier has orders of magnitude."),
    summary="Loss zero is never reached, every positive loss is, and loss e^2 needs |l22 u22| >= 1/e - e, with equality"
            " possible: so some weight is at least sqrt(1/e - e), of order (loss)^(-1/4).",
    derivation=_DERIVATION,
    instance=Witness((witness("end"),)),
    controls=CONTROLS,
    comparison=(
        Comparison("network", "triangular support, target [[0,1],[1,0]], no biases, or with the datum 0 -> 0",
                   "unreachability with biases and the zero datum (zero biases are a case of it), reaching without",
                   "both sides in their stronger form"),
        Comparison("growth", "|l22 u22| of order gamma^(-1/2)", "e |l22 u22| >= 1 - e^2 for loss at most e^2, sharp for"
                   " every 0 < e <= 1", "strengthened: exact constant, attained by rational weights"),
        Comparison("largest weight", "of order gamma^(-1/4)", "1 - e^2 <= e B^2 if |l22|, |u22| <= B",
                   "explicit; the order is attained by the balanced weights, the constant is not claimed"),
        Comparison("closedness", "fully connected networks attain their infimum", "control fully_connected only",
                   "the general statement is not part of this claim"),
    ),
    tightness="Attained: for every 0 < e <= 1 rational weights have loss e^2 and l22 u22 = 1/e - e.",
    attack="theory.etr_training.attainment_attack",
    attacked=ATTACKED,
)

"""Linear networks: which data a fully connected identity chain with a narrow layer of width r fits exactly.

Columns of X are inputs, of Y labels. Some W2 (m x r), W1 (r x n) have W2 W1 X = Y if and only if Y is a linear image of
X (Y = Z X, equivalently Y P X = Y for a generalised inverse P of X, such as the pseudoinverse) and Y factorises through
width r (Y = U V, rank at most r). The rank of X does not enter: with X P X = X, W2 = U and W1 = V P.
"""

from __future__ import annotations

from theory.language import Claim, Comparison, Control, Source, Witness, statement
from theory.language.derivation import apply, combine, intro, obtain, witness

_ALL = "all m n k r:int, X:mat(n,k), Y:mat(m,k)"
FITTED = "(some W2:mat(m,r), W1:mat(r,n) | W2*W1*X = Y)"
RANK = "(some Z:mat(m,n), U:mat(m,r), V:mat(r,k) | Z*X = Y, U*V = Y)"
IMAGE = "(all P:mat(k,n), Z:mat(m,n) | X*P*X = X, Z*X = Y => Y*P*X = Y)"
INVERSE = "(some P:mat(k,n) | X*P*X = X)"
FACTORS = "(all P:mat(k,n), U:mat(m,r), V:mat(r,k) | Y*P*X = Y, U*V = Y => U*(V*P)*X = Y)"

STATEMENT = statement(f"{_ALL} => some | (all | {FITTED} => {RANK}), (all | {RANK} => {FITTED}), {INVERSE},"
                      f" {IMAGE}, {FACTORS}")
"""A fit exists if and only if Y = Z X and Y = U V; the test with a generalised inverse, and the weights it gives."""

ATTACKED = statement(f"{_ALL} => some | {IMAGE}, {FACTORS}")

_DERIVATION = (
    intro("only", f"all | {FITTED} => {RANK}", "fit",
          obtain("z", "fit", "w", witness("y", Z="W2*W1", U="W2", V="W1*X"))),
    apply("inverse", "textbook.generalised_inverse", n="n", t="k", X="X"),
    intro("image", IMAGE[1:-1], "p z", combine("a", "Y*P*X = Z*X*P*X", "z"), combine("y", facts="a p z")),
    intro("factors", FACTORS[1:-1], "p f", combine("y", facts="p f")),
    intro("if", f"all | {RANK} => {FITTED}", "rank",
          obtain("z", "rank", "z1 f", obtain("y", "inverse", "p",
                 apply("i", "image", P="P", Z="Z"), apply("v", "factors", P="P", U="U", V="V"),
                 witness("x", W2="U", W1="V*P")))),
    witness("end"),
)

INSTANCE = Witness((witness("end", m="2", n="2", k="3", r="1", X="[[1,0,1],[0,1,1]]", Y="[[1,2,3],[2,4,6]]"),))
"""Three points in the plane, labels 1, 2, 3 and their doubles: rank one."""

CONTROLS = (
    Control("rank_alone", "labels of rank one that are not a linear image of the inputs: the input 0 has the label 1",
            statement(f"{_ALL} | (some U:mat(m,r), V:mat(r,k) | U*V = Y),"
                      " (all W2:mat(m,r), W1:mat(r,n) => (W2*W1*X)[1,1] = 0) => Y[1,1] = 0"),
            Witness((
                intro("zero", "all W2:mat(1,1), W1:mat(1,1) => (W2*W1*[[0]])[1,1] = 0", "",
                      apply("a", "textbook.outer_entry", r="1", c="1", A="W2*W1", B="[[0]]", p="1", v="1"),
                      combine("z", facts="a")),
                witness("uv", "some U:mat(1,1), V:mat(1,1) | U*V = [[1]]", U="[[1]]", V="[[1]]"),
                witness("end", m="1", n="1", k="1", r="1", X="[[0]]", Y="[[1]]")))),
    Control("image_alone", "a linear image of the inputs of rank two through one neuron: the identity",
            statement("all Z:mat(2,2), a b c d:real | Z*I(2) = I(2), a*c = (Z*I(2))[1,1], a*d = (Z*I(2))[1,2],"
                      " b*c = (Z*I(2))[2,1] => b*d = (Z*I(2))[2,2]"),
            Witness((witness("end", Z="[[1,0],[0,1]]", a="1", c="1", d="0", b="0"),))),
    Control("any_inverse", "a matrix P that is no generalised inverse of X, here P = 0",
            statement(f"{_ALL}, P:mat(k,n), Z:mat(m,n) | Z*X = Y => Y*P*X = Y"),
            Witness((witness("end", m="1", n="1", k="1", r="1", X="[[1]]", Y="[[1]]", P="[[0]]", Z="[[1]]"),))),
)

CLAIM = Claim(
    id="etr_training.linear_rank",
    title="A linear network fits exactly when the labels are a linear image of the inputs of low rank",
    statement=STATEMENT,
    source=Source("folklore", 2023, "Low-rank regression without noise", "reconstructed",
                  note="Stated in the dossier with the pseudoinverse; proved here from the axioms for all shapes."),
    summary="W2 W1 X = Y has a solution through width r iff Y = Z X and Y = U V; Y P X = Y tests the first for any"
            " generalised inverse P, which exists, and W2 = U, W1 = V P are the weights.",
    derivation=_DERIVATION,
    instance=INSTANCE,
    controls=CONTROLS,
    comparison=(
        Comparison("chain", "fully connected chain, any depth, least hidden width r", "one hidden layer of width r",
                   "weaker: deeper chains reduce to it by multiplying layers together and by padding with zeros, which"
                   " is not formalised"),
        Comparison("image", "Y X^+ X = Y", "Y P X = Y for every P with X P X = X, equivalent to Y = Z X",
                   "stronger: any generalised inverse; that one exists is proved (textbook.generalised_inverse)"),
        Comparison("rank", "rank Y <= r", "Y = U V with r columns in U", "the definition by factorisation"),
        Comparison("biases", "subtract the column means first", "not stated", "weaker: no biases"),
    ),
    tightness="An equivalence; neither condition implies the other (controls).",
    attack="theory.etr_training.linear_rank_attack",
    attacked=ATTACKED,
)

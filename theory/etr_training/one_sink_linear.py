"""With a single sink and a direct edge from every source, exact training of identity networks is linear algebra.

The output is affine in the inputs, and the direct edges make every coefficient free: the data are fit if and only if
one affine function fits them. So products cannot be written with one sink; two are needed in `id_hardness`.
"""

from __future__ import annotations

from theory.language import Claim, Comparison, Control, Source, Witness, statement
from theory.language.derivation import combine, intro, obtain, witness

_ALL = "all n m k:int, X:mat(n,k), J Y:mat(1,k)"
OUTPUT = "v*(W*X + b*J) + w*X + s*J"
"""Hidden weights W and biases b, output weights v, direct edges w, bias s of the sink; J is the row of ones."""

WEIGHTS = "W:mat(m,n), b:mat(m,1), v:mat(1,m), w:mat(1,n), s:mat(1,1)"
FITTED = f"(some {WEIGHTS} | {OUTPUT} = Y)"
SOLVABLE = "(some P:mat(1,n), r:mat(1,1) | P*X + r*J = Y)"
_PATHS = f"(all {WEIGHTS}, P:mat(1,n), r:mat(1,1) | P = v*W + w, r = v*b + s => {OUTPUT} = P*X + r*J)"
_PRIVATE = "(all W:mat(m,n), v:mat(1,m), P w:mat(1,n) | w = P - v*W => v*(W*X) + w*X = P*X)"

STATEMENT = statement(f"{_ALL} => some | (all | {FITTED} => {SOLVABLE}), (all | {SOLVABLE} => {FITTED}), {_PATHS},"
                      f" {_PRIVATE}")
"""Fit iff an affine function fits; what the paths are; direct edges make up for any hidden weights."""

ATTACKED = statement(f"{_ALL} => some | {_PATHS}, {_PRIVATE}")
"""The parts that are not about existence."""

_DERIVATION = (
    intro("paths", _PATHS[1:-1], "p q", combine("z", facts="p q")),
    intro("private", _PRIVATE[1:-1], "p", combine("z", facts="p")),
    intro("only", f"all | {FITTED} => {SOLVABLE}", "fit",
          obtain("z", "fit", "f", combine("g", "(v*W + w)*X + (v*b + s)*J = Y", "f"),
                 witness("y", P="v*W + w", r="v*b + s"))),
    intro("if", f"all | {SOLVABLE} => {FITTED}", "sol",
          obtain("z", "sol", "f", witness("y", W="build(i<=m, j<=n: 0)", b="build(i<=m, j<=1: 0)",
                                      v="0*build(i<=1, j<=m: 0)", w="P", s="r"))),
    witness("end"),
)

INSTANCE = Witness((witness("end", n="1", m="1", k="2", X="[[0,1]]", J="[[1,1]]", Y="[[1,3]]"),))

CONTROLS = (
    Control("no_direct_edges", "without direct edges two outputs through one neuron: the identity is not fit",
            statement("all a b c d:real | a*c = 1, a*d = 0, b*c = 0 => b*d = 1"),
            Witness((witness("end", a="1", b="0", c="1", d="0"),))),
    Control("relu_sink", "a ReLU at the single sink fits 0, 0, 1 at -1, 0, 1, which are not affine",
            statement("all w s x y z:real | max(-w + s, 0) = x, max(s, 0) = y, max(w + s, 0) = z => x + z = 2*y"),
            Witness((witness("end", w="1", s="0", x="0", y="0", z="1"),))),
    Control("two_sinks_copy", "the second sink has its own direct edge: the two path products need not be equal",
            statement("all v u w p d:real | v*w + p = 1 => u*w + d = v*w + p"),
            Witness((witness("end", v="1", u="1", w="1", p="0", d="1"),))),
)

CLAIM = Claim(
    id="etr_training.one_sink_linear",
    title="With one sink and a direct edge from every source exact identity training is linear algebra",
    statement=STATEMENT,
    source=Source("T. Hankala, M. Hannula, J. Kontinen, J. Virtema", 2023,
                  "Complexity of Neural Network Training and ETR: Extensions with Effectively Continuous Functions",
                  "new", arxiv="2305.11833",
                  note="Ours, to show why the reduction needs two sinks; not in the abstract."),
    summary="A network with identity neurons, one sink and direct edges fits (X, Y) iff P X + r J = Y for some row P"
            " and number r; whatever the hidden weights are, the direct edges P - v W make up for them.",
    derivation=_DERIVATION,
    instance=INSTANCE,
    controls=CONTROLS,
    comparison=(
        Comparison("hypotheses", "one sink, a private edge from every source, any hidden part",
                   "one hidden layer, all of its edges; leaving some out is W with zeros, of which the second direction"
                   " makes no use", "deeper identity networks have W a product of matrices"),
        Comparison("conclusion", "any consistent linear system on P is fit", "an equivalence, biases included",
                   "stronger"),
        Comparison("complexity", "rational linear algebra, polynomial time", "the linear system itself",
                   "running times are not formalised"),
    ),
    tightness="An equivalence.",
    attack="theory.etr_training.one_sink_linear_attack",
    attacked=ATTACKED,
)

"""A stream on which nothing nonlinear acts may be changed by any invertible matrix, through any number of blocks.

The stream h(0) = A X + a, h(k) = h(k-1) + U(k) y(k) + u(k) ends in C h(L) + c. Block k reads W(k) h(k-1), where W(k)
stacks all maps that read the stream, and makes y(k) of it in any way: its other weights, activations, attention over
the columns of X (tokens). Changed are A, a, U(k), u(k) to M A, M a, M U(k), M u(k) and W(k), C to W(k) N, C N with
N M = I; M may also lead into a wider stream.
"""

from __future__ import annotations

from theory.language import Claim, Comparison, Control, Source, Witness, statement
from theory.language.derivation import apply, combine, induct, intro, witness

_BLOCKS = "all k:int | 1 <= k, k <= L"
_MAPS = (
    "W:(k:int)->mat(w(k),d), U:(k:int)->mat(d,m(k)), u h:(k:int)->mat(d,t), V:(k:int)->mat(w(k),r),"
    " E:(k:int)->mat(r,m(k)), e g:(k:int)->mat(r,t), y z:(k:int)->mat(m(k),t)")
VARIABLES = ("all L i o d r t:int, w m:int->int, A:mat(d,i), X:mat(i,t), a:mat(d,t), C:mat(o,d), c:mat(o,t),"
             f" M:mat(r,d), N:mat(d,r), {_MAPS}")
READ = "V({0})*g({0}-1) = W({0})*h({0}-1)"
"""The block reads the same in both networks."""
CHANGED = (f"({_BLOCKS} => V(k) = W(k)*N), ({_BLOCKS} => E(k) = M*U(k)), ({_BLOCKS} => e(k) = M*u(k)),"
           " h(0) = A*X + a, g(0) = M*A*X + M*a")
"""H3-H7: the changed maps, and both streams behind the encoder."""
BLOCKS = (f"({_BLOCKS} => h(k) = h(k-1) + U(k)*y(k) + u(k)), ({_BLOCKS} => g(k) = g(k-1) + E(k)*z(k) + e(k)),"
          f" ({_BLOCKS}, {READ.format('k')} => z(k) = y(k))")
"""H8-H10: the blocks add to their streams, and make equal things of equal ones."""
OUTPUTS = "C*N*g(L) + c = C*h(L) + c"

STATEMENT = statement(
    f"{VARIABLES} | 0 <= L, N*M = I(d), {CHANGED}, {BLOCKS}"
    f" => some | (all k:int | 0 <= k, k <= L => g(k) = M*h(k)), {OUTPUTS},"
    " (all R:mat(i,d) | A*R = I(d) => M*A*R = M)")

_DERIVATION = (
    induct("J", "all k:int | 0 <= k => (all | k <= L => g(k) = M*h(k))", "hk ih",
           [intro("z", None, "hl", combine("y", facts="H6 H7"))],
           [intro("z", None, "hl", apply("old", "ih"), apply("f1", "H3", k="k + 1"), apply("f2", "H4", k="k + 1"),
                  apply("f3", "H5", k="k + 1"), apply("f4", "H8", k="k + 1"), apply("f5", "H9", k="k + 1"),
                  combine("same", "V(k+1)*g(k) = W(k+1)*h(k)", "f1 old H2"), apply("f6", "H10", k="k + 1"),
                  combine("y", facts="f4 f5 f2 f3 f6 old"))]),
    intro("S", "all k:int | 0 <= k, k <= L => g(k) = M*h(k)", "k1 k2", apply("s", "J", k="k"), apply("z", "s")),
    apply("last", "S", k="L"), combine("O", OUTPUTS, "last H2"),
    intro("F", "all R:mat(i,d) | A*R = I(d) => M*A*R = M", "hr", combine("z", facts="hr")), witness("end"),
)

_ONE = {"i": "1", "o": "1", "t": "1", "w": "k -> 1", "m": "k -> 1", "X": "[[1]]", "c": "[[0]]"}
_PLANE = {**_ONE, "d": "2", "r": "2", "A": "[[1], [1]]", "a": "[[0], [0]]", "C": "[[1, 2]]"}
"""One input, one output, one token, a stream of two units."""
_SHEAR = {"M": "[[1, 1], [0, 1]]", "N": "[[1, -1], [0, 1]]"}

INSTANCE = Witness((witness(
    "end", L="1", **_PLANE, **_SHEAR, W="k -> [[1, 1]]", U="k -> [[1], [2]]", u="k -> [[0], [1]]", y="k -> [[4]]",
    z="k -> [[4]]", V="k -> [[1, 0]]", E="k -> [[3], [2]]", e="k -> [[1], [1]]",
    h="k -> [[1 + 4*k], [1 + 9*k]]", g="k -> [[2 + 13*k], [1 + 9*k]]"),))
"""A block that squares: it reads 2 and adds (4, 8 + 1) to the stream (1, 1), under the shear (x, y) -> (x + y, y)."""

_EACH = VARIABLES.replace("M:mat(r,d), N:mat(d,r)", "M:(k:int)->mat(r,d), N:(k:int)->mat(d,r)")
_RELU = "(all k j s:int | 1 <= k, k <= L, 1 <= j, j <= {1}, 1 <= s, s <= t => {0}(k)[j,s] = max({2}[j,s], 0))"
_ZERO = {"W": "k -> [[0, 0]]", "U": "k -> [[0], [0]]", "u": "k -> [[0], [0]]", "y": "k -> [[0]]", "z": "k -> [[0]]",
         "V": "k -> [[0, 0]]", "E": "k -> [[0], [0]]", "e": "k -> [[0], [0]]"}
"""Blocks that add nothing."""

CLAIM = Claim(
    id="covering.residual_symmetry",
    title="A linear residual stream may be changed by any invertible matrix, through any number of blocks",
    statement=STATEMENT,
    source=Source("G. Shen", 2024, "Exploring the Complexity of Deep Neural Networks through Functional Equivalence",
                  "reconstructed", note="The abstract names residual networks; statement and proof are ours (dossier"
                  " 3.11), a stream of another width and the freeness of the action were added."),
    summary="Encoder and writing maps times M, reading maps and decoder times an inverse of M: every block reads what"
            " it read before, so the outputs agree, for any depth and any blocks.",
    derivation=_DERIVATION,
    instance=INSTANCE,
    controls=(
        Control("each_block_its_own_matrix", "every block's part of the stream changed by a matrix of its own",
                statement(
                    f"{_EACH} | 0 <= L,"
                    f" (all k:int | 0 <= k, k <= L => N(k)*M(k) = I(d)), ({_BLOCKS} => V(k) = W(k)*N(k)),"
                    f" ({_BLOCKS} => E(k) = M(k)*U(k)), ({_BLOCKS} => e(k) = M(k)*u(k)), h(0) = A*X + a,"
                    f" g(0) = M(0)*A*X + M(0)*a, {BLOCKS} => C*N(L)*g(L) + c = C*h(L) + c"),
                Witness((witness(
                    "end", L="1", **{**_PLANE, "A": "[[1], [0]]"}, **_ZERO, h="k -> [[1], [0]]", g="k -> [[1], [0]]",
                    M="k -> [[1 - k, k], [k, 1 - k]]", N="k -> [[1 - k, k], [k, 1 - k]]"),))),
        Control("nonlinear_stream", "a ReLU acts on the stream after each addition",
                statement(
                    f"{VARIABLES} | 0 <= L, N*M = I(d), {CHANGED},"
                    f" {_RELU.format('h', 'd', '(h(k-1) + U(k)*y(k) + u(k))')},"
                    f" {_RELU.format('g', 'r', '(g(k-1) + E(k)*z(k) + e(k))')}, ({_BLOCKS}, {READ.format('k')}"
                    f" => z(k) = y(k)) => {OUTPUTS}"),
                Witness((witness(
                    "end", L="1", **{**_PLANE, "A": "[[1], [0]]"}, **_ZERO, M="[[-1, 0], [0, 1]]",
                    N="[[-1, 0], [0, 1]]", h="k -> [[1], [0]]", g="k -> [[k - 1], [0]]"),))),
        Control("narrower_stream", "M N = I in place of N M = I: a stream with less room",
                statement(f"{VARIABLES} | 0 <= L, M*N = I(r), {CHANGED}, {BLOCKS} => {OUTPUTS}"),
                Witness((witness(
                    "end", L="0", **{**_PLANE, **_ZERO, "r": "1", "V": "k -> [[0]]", "E": "k -> [[0]]",
                                     "e": "k -> [[0]]"}, M="[[1, 0]]", N="[[1], [0]]", h="k -> [[1], [1]]",
                    g="k -> [[1]]"),))),
        Control("decoder_left", "the decoder is not changed along",
                statement(f"{VARIABLES.replace('C:mat(o,d)', 'C:mat(o,d), G:mat(o,r)')} | 0 <= L, N*M = I(d), r = d,"
                          f" (all p q':int | 1 <= p, p <= o, 1 <= q', q' <= d => G[p,q'] = C[p,q']), {CHANGED},"
                          f" {BLOCKS} => G*g(L) + c = C*h(L) + c"),
                Witness((witness("end", L="0", **_PLANE, **_ZERO, **_SHEAR, G="[[1, 2]]", h="k -> [[1], [1]]",
                                 g="k -> [[2], [1]]"),))),
    ),
    comparison=(
        Comparison("group", "GL(d): (A, W1, W2, C) -> (M A, W1 M^-1, M W2, C M^-1), prototype error 1e-14",
                   "any M with a left inverse N, in all dimensions, with biases", "more general; GL(d) is r = d"),
        Comparison("depth", "one block in the prototype", "L blocks, L symbolic", "as stated for streams of any depth"),
        Comparison("blocks", "W2 sigma(W1 x)", "anything that is a function of W(k) h(k-1), all tokens at once",
                   "more general: inner widths, activations, attention over tokens"),
        Comparison("dimension", "the exponent drops by d^2",
                   "M = (M A) R if A R = I: the changed encoder determines M, so the orbit has d^2 dimensions",
                   "for encoders of full row rank; a covering bound with the smaller exponent is not proved here"),
    ),
    tightness="An equality. If the encoder has full row rank, different M give different parameters.",
    attack="theory.covering.residual_symmetry_attack",
)

LEMMAS = ()

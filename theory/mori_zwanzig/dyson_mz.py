"""The exact discrete Mori-Zwanzig equation of a chain of linear layers: streaming, memory and noise terms.

Conditional expectations run backward, u(l) = M(l) u(l+1); at every level P(l) + Q(l) = I. With the propagator of the
orthogonal dynamics G(n+1) = M(n), G(m+1) = G(m) Q(m) M(m), that is G(m) = M(n) Q(n+1) M(n+1) ... Q(m-1) M(m-1),

    u(n) = M(n) P(n+1) u(n+1)  +  sum_{m=n+2}^{K} G(m) P(m) u(m)  +  G(K) Q(K) u(K),     n < K <= L.

K = L is the equation with its noise term, K < L says exactly what a truncated memory leaves out. The columns of u are
observables carried at once; the widths d(l) may differ from level to level.
"""

from __future__ import annotations

from collections.abc import Sequence

from theory.exact.matrices import Matrix, combination, identity, product
from theory.language import Claim, Comparison, Control, Lemma, Source, Statement, Witness, statement
from theory.language.derivation import apply, combine, induct, intro, witness
from theory.language.errors import InputError, explain

CHAIN = ("all L n r:int, d:int->int, M:(l:int)->mat(d(l),d(l+1)), P Q:(l:int)->mat(d(l),d(l)),"
         " u:(l:int)->mat(d(l),r), G:(l:int)->mat(d(n),d(l)), S:(l:int)->mat(d(n),r)")
BACKWARD = "(all l:int | n <= l, l <= L - 1 => u(l) = M(l)*u(l+1))"
SPLITTING = "(all l:int | n + 1 <= l, l <= L => P(l) + Q(l) = I(d(l)))"
PROPAGATOR = "def G(n + 1) = M(n) then G(m+1) = G(m)*Q(m)*M(m)"
MEMORY = "def S(n + 1) = 0*u(n) then S(m+1) = S(m) + G(m)*Q(m)*M(m)*P(m+1)*u(m+1)"
_STREAMING = "M(n)*P(n+1)*u(n+1)"
_EVERY = f"(all K:int | n + 1 <= K, K <= L => u(n) = {_STREAMING} + S(K) + G(K)*Q(K)*u(K))"
_FULL = f"u(n) = {_STREAMING} + S(L) + G(L)*Q(L)*u(L)"
_RESOLVED = f"(all | Q(L)*u(L) = 0*u(L) => u(n) = {_STREAMING} + S(L))"
_PROJECTED = f"P(n)*u(n) = P(n)*{_STREAMING} + P(n)*S(L) + P(n)*G(L)*Q(L)*u(L)"
_ORTHOGONAL = ("(all | P(n)*P(n) = P(n), P(n) + Q(n) = I(d(n)) => some |"
               " P(n)*Q(n)*S(L) = 0*S(L), P(n)*Q(n)*G(L) = 0*G(L))")
_CONCLUSION = f"some | {_EVERY}, {_FULL}, {_RESOLVED}, {_PROJECTED}, {_ORTHOGONAL}"


def _statement(*, propagator: str = PROPAGATOR, memory: str = MEMORY, conclusion: str = _CONCLUSION) -> Statement:
    return statement(f"{CHAIN} | H1: n + 1 <= L, H2: {BACKWARD}, H3: {SPLITTING}, H4 H5: {propagator},"
                     f" H6 H7: {memory} => {conclusion}")


TRUNCATED = Lemma(
    "mori_zwanzig.dyson_truncated", "Streaming, K - n - 1 memory terms, and what is left at level K",
    statement(f"{CHAIN}, K:int | H1: n + 1 <= K, H8: K <= L, H2: {BACKWARD}, H3: {SPLITTING}, H4 H5: {PROPAGATOR},"
              f" H6 H7: {MEMORY} => u(n) = {_STREAMING} + S(K) + G(K)*Q(K)*u(K)"),
    (
        induct("I", f"all k:int | n + 1 <= k => (all | k <= L => u(n) = {_STREAMING} + S(k) + G(k)*Q(k)*u(k))",
               "hk ih",
               [intro("z", None, "hL", apply("b", "H2", l="n"), apply("s", "H3", l="n + 1"),
                      combine("b1", f"u(n) = {_STREAMING} + M(n)*Q(n+1)*u(n+1)", "b s", rounds=3),
                      combine("y", facts="b1 H4 H6", rounds=3))],
               [intro("z", None, "hL", apply("use", "ih"), apply("b", "H2", l="k"), apply("s", "H3", l="k + 1"),
                      apply("g", "H5", m="k"), apply("m", "H7", m="k"),
                      combine("b1", "G(k)*Q(k)*u(k) = G(k)*Q(k)*M(k)*P(k+1)*u(k+1) + G(k)*Q(k)*M(k)*Q(k+1)*u(k+1)",
                              "b s", rounds=3),
                      combine("b2", "G(k+1)*Q(k+1)*u(k+1) = G(k)*Q(k)*M(k)*Q(k+1)*u(k+1)", "g"),
                      combine("y", facts="use b1 b2 m", degree=1))]),
        apply("J", "I", k="K"), apply("end", "J"),
    ),
)

_FORWARD = ("all L n r:int, d:int->int, N:(l:int)->mat(d(l+1),d(l)), P Q:(l:int)->mat(d(l),d(l)),"
            " p:(l:int)->mat(d(l),r), G:(l:int)->mat(d(L-n),d(L-l)), S:(l:int)->mat(d(L-n),r)")

DENSITY = Lemma(
    "mori_zwanzig.dyson_density", "The equation for densities: forward order, p(l+1) = N(l) p(l)",
    statement(
        f"{_FORWARD} | H1: 0 <= n, H2: n + 1 <= L, H3: (all l:int | 0 <= l, l <= L - 1 => p(l+1) = N(l)*p(l)),"
        " H4: (all l:int | 0 <= l, l <= L => P(l) + Q(l) = I(d(l))),"
        " H5 H6: def G(n + 1) = N(L-n-1) then G(m+1) = G(m)*Q(L-m)*N(L-m-1),"
        " H7 H8: def S(n + 1) = 0*p(L-n) then S(m+1) = S(m) + G(m)*Q(L-m)*N(L-m-1)*P(L-m-1)*p(L-m-1)"
        " => p(L-n) = N(L-n-1)*P(L-n-1)*p(L-n-1) + S(L) + G(L)*Q(0)*p(0)"),
    (
        intro("B", "all l:int | n <= l, l <= L - 1 => p(L-l) = N(L-l-1)*p(L-l-1)", "l1 l2",
              apply("z", "H3", l="L - l - 1")),
        intro("C", "all l:int | n + 1 <= l, l <= L => P(L-l) + Q(L-l) = I(d(L-l))", "l1 l2",
              apply("z", "H4", l="L - l")),
        apply("end", "mori_zwanzig.dyson_truncated", L="L", n="n", r="r", K="L", d="l -> d(L-l)",
              M="l -> N(L-l-1)", P="l -> P(L-l)", Q="l -> Q(L-l)", u="l -> p(L-l)", G="l -> G(l)", S="l -> S(l)"),
    ),
)

LEMMAS = (TRUNCATED, DENSITY)

_NAMES = {name: f"l -> {name}(l)" for name in ("d", "M", "P", "Q", "u", "G", "S")}
_DERIVATION = (
    intro("A", _EVERY[1:-1], "k1 k2", apply("z", "mori_zwanzig.dyson_truncated", L="L", n="n", r="r", K="K", **_NAMES)),
    apply("B", "A", K="L"),
    intro("C", _RESOLVED[1:-1], "h", combine("c", "G(L)*Q(L)*u(L) = 0*u(n)", "h"), combine("z", facts="B c", degree=1)),
    combine("D", _PROJECTED, "B"),
    intro("E", _ORTHOGONAL[1:-1], "h1 h2", combine("e", "P(n)*Q(n) = 0*P(n)", "h1 h2"),
          combine("e1", "P(n)*Q(n)*S(L) = 0*S(L)", "e"), combine("e2", "P(n)*Q(n)*G(L) = 0*G(L)", "e")),
)

_MEMORY = MEMORY.replace("0*u(n)", "0")
SCALARS = ("all L n:int, M P Q u G S:int->real | H1: n + 1 <= L, H2: {backward}, H3: {splitting}, H4 H5: {propagator},"
           " H6 H7: {memory} => {conclusion}")


def scalar_statement(*, splitting: str = SPLITTING.replace("I(d(l))", "1"), propagator: str = PROPAGATOR,
                     memory: str = _MEMORY, conclusion: str = _FULL) -> Statement:
    """Return the equation for chains of width one, with the parts given in place of the true ones."""
    return statement(SCALARS.format(backward=BACKWARD, splitting=splitting, propagator=propagator, memory=memory,
                                    conclusion=conclusion))


_DOUBLED = {"n": "0", "L": "2", "u": "l -> 1 + l/2 + l^2/2", "M": "l -> 1/2", "P": "l -> -1", "Q": "l -> 2"}
"""Q M = 1, so the propagator is constant; u(0), u(1), u(2) = 1, 2, 4."""
_SUM = "-1/2*(l + l*(l + 1)/4 + l*(l + 1)*(2*l + 1)/12 - 2)"
_ALONE = {"n": "0", "u": "l -> 1", "M": "l -> 1"}

CONTROLS = (
    Control("streaming_counted_twice", "the memory sum starts at m = n + 1",
            scalar_statement(memory=_MEMORY.replace("= 0 then", "= M(n)*P(n+1)*u(n+1) then")),
            Witness((witness("end", **_DOUBLED, G="l -> 1/2", S=f"l -> {_SUM} - 1"),))),
    Control("a_projection_missing", "one Q is left out of the product: with P = 1 there is no memory, and it reports 1",
            scalar_statement(propagator="def G(n + 1) = M(n) then G(m+1) = G(m)*M(m)",
                             memory="def S(n + 1) = 0 then S(m+1) = S(m) + G(m)*M(m)*P(m+1)*u(m+1)"),
            Witness((witness("end", **_ALONE, L="2", P="l -> 1", Q="l -> 0", G="l -> 1", S="l -> l - 1"),))),
    Control("noise_dropped", "the noise term left out when Q(L) u != 0: u orthogonal to the projection on constants",
            statement(f"{CHAIN} | n + 1 <= L, {BACKWARD}, {SPLITTING}, (all l:int => P(l)*P(l) = P(l)), {PROPAGATOR},"
                      f" {MEMORY} => u(n) = {_STREAMING} + S(L)"),
            Witness((witness("end", n="0", L="3", r="1", d="l -> 2", M="l -> [[1/2,-1/2],[-1/2,1/2]]",
                             P="l -> [[1/2,1/2],[1/2,1/2]]", Q="l -> [[1/2,-1/2],[-1/2,1/2]]", u="l -> [[1],[-1]]",
                             G="l -> [[1/2,-1/2],[-1/2,1/2]]", S="l -> [[0],[0]]"),))),
    Control("not_idempotent", "P Q = 0 for every splitting: with P = Q = 1/2 it is 1/4",
            statement("all r:int, P Q:mat(r,r) | P + Q = I(r) => P*Q = 0*P"),
            Witness((witness("end", r="1", P="[[1/2]]", Q="[[1/2]]"),))),
)

CLAIM = Claim(
    id="mori_zwanzig.dyson_mz",
    title="The exact discrete Mori-Zwanzig equation for any splitting of every level",
    statement=_statement(),
    source=Source("D. Venturi, X. Li", 2022, "The Mori-Zwanzig formulation of deep learning", "reconstructed",
                  arxiv="2209.05544",
                  note="Title, abstract and introduction of the paper were seen; the equation, its exact truncation and"
                  " the density version were derived here, for rectangular layers and splittings that need not be"
                  " projections."),
    summary="What a layer predicts is a streaming term of the next level, a sum of memory terms carried by the"
            " orthogonal dynamics, and a noise term; cut at any level the remainder is known exactly.",
    derivation=_DERIVATION,
    instance=Witness((witness(
        "end", n="0", L="3", r="1", d="l -> 2", M="l -> [[1/2,-1/2],[-1/2,1/2]]",
        P="l -> [[1/2,1/2],[1/2,1/2]]", Q="l -> [[1/2,-1/2],[-1/2,1/2]]",
        u="l -> [[1],[-1]]", G="l -> [[1/2,-1/2],[-1/2,1/2]]", S="l -> [[0],[0]]"),)),
    controls=CONTROLS,
    comparison=(
        Comparison("objects", "linear operators M_n between function spaces, P_n + Q_n = I",
                   "matrices of symbolic and level-dependent shapes, r observables at once",
                   "weaker: finite-dimensional levels; the algebra is that of any linear spaces"),
        Comparison("equation", "streaming + sum over m = n+2..L of memory terms + noise term",
                   "the same; the sum and the products are matrix recursions S and G, the term of m being"
                   " G(m) P(m) u(m) with G(m) = G(m-1) Q(m-1) M(m-1)", "proved upward in L, not by downward induction"),
        Comparison("truncation", "remainder estimated", "G(K) Q(K) u(K), for every K between n + 1 and L", "stronger"),
        Comparison("noise", "zero if Q_L u = 0", "as stated; control noise_dropped", ""),
        Comparison("projected equation", "apply P_n; idempotence only for P_n Q_n M_n [...] = 0",
                   "as stated: idempotent P(n) kills Q(n) S and Q(n) G; nothing is claimed of P(n) G", ""),
        Comparison("densities", "the same with N and forward order", "lemma mori_zwanzig.dyson_density, an instance"
                   " with reversed levels", ""),
    ),
    tightness="An identity; idempotence of P or Q is not needed for it.",
    experiments=("mori_zwanzig.memory_truncation",),
    attack="theory.mori_zwanzig.dyson_mz_attack",
)


def dyson_terms(layers: Sequence[Matrix], projections: Sequence[Matrix], observable: Matrix,
                ) -> tuple[Matrix, tuple[Matrix, ...], Matrix]:
    """Return (streaming, memory terms for m = 2..L, noise) at level 0, exactly.

    Args:
        layers: M(0), ..., M(L-1), each with as many rows as the one before has columns.
        projections: P(1), ..., P(L), square.
        observable: u(L), one column or several.

    Raises:
        InputError: no layer, or not one projection for each layer, or shapes that do not fit.

    >>> from theory.exact.matrices import matrix
    >>> one, half = matrix([[1]], "M"), matrix([["1/2"]], "P")
    >>> streaming, memory, noise = dyson_terms([one, one], [half, half], one)
    >>> streaming[0][0], memory[0][0][0], noise[0][0]
    (Fraction(1, 2), Fraction(1, 4), Fraction(1, 4))
    """
    depth = len(layers)
    if depth < 1 or len(projections) != depth:
        raise InputError(explain("dyson_terms", "one projection for each of at least one layer",
                                 (depth, len(projections)), "Give P(1), ..., P(L) for M(0), ..., M(L-1)."))
    states = [observable]
    for layer in reversed(layers):
        states.insert(0, product(layer, states[0]))
    resolved = [product(p, state) for p, state in zip(projections, states[1:])]
    propagator, terms = layers[0], [product(layers[0], resolved[0])]
    for m in range(1, depth):
        rest = combination(identity(len(projections[m - 1])), projections[m - 1], -1)
        propagator = product(product(propagator, rest), layers[m])
        terms.append(product(propagator, resolved[m]))
    return terms[0], tuple(terms[1:]), product(propagator, combination(observable, resolved[-1], -1))

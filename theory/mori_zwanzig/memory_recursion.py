"""Memory cut at every level at once: how the remainders of all levels add up in the states.

The levels n, ..., L are stacked in one column. K collects what is kept of the memory, the block of levels (l, m) being
M(l) Q(l+1) M(l+1) ... Q(m-1) M(m-1) for m <= l + 1 + h and 0 beyond; the exact states satisfy u = N + K P u + R with
the noise N and the remainders R that mori_zwanzig.memory_decay bounds, the computed ones v = N + K P v. Then

    u - v = R + T P R,      T = K + T P K,

where the block (n, j) of T is the truncated propagator from level n to level j.
"""

from __future__ import annotations

from theory.exact.matrices import Matrix, combination, product
from theory.language import Claim, Comparison, Control, Kill, Source, Statement, Witness, statement
from theory.language.derivation import apply, combine, intro, witness
from theory.language.errors import InputError, explain

_R = "tr(T(C*R)*(C*R))"
_DIFFERENCE = "tr(T(C*(u - v))*(C*(u - v)))"
IDENTITY = "u - v = R + T1*P*R"
ROUGH = (f"(all t s:real | 0 <= t, 0 <= s, {_R} <= s^2, tr(T(C*(T1*P*R))*(C*(T1*P*R))) <= (t*s)^2"
         f" => {_DIFFERENCE} <= ((1 + t)*s)^2)")
_HYPOTHESES = ("H1: u = N + K*P*u + R", "H2: v = N + K*P*v", "H3: T1 = K + T1*P*K")


def cut_everywhere(conclusion: str, *, propagator: str = _HYPOTHESES[2]) -> Statement:
    """Exact states u and computed states v of all levels, stacked; T1 is the truncated propagator."""
    return statement("all D E r:int, K P T1:mat(D,D), u v N R:mat(D,1), C:mat(E,D) |"
                     f" {_HYPOTHESES[0]}, {_HYPOTHESES[1]}, {propagator} => {conclusion}".replace(" r:int", ":int"))


STATEMENT = cut_everywhere(f"some | {IDENTITY}, {ROUGH}")

_DERIVATION = (
    combine("a", "u - v - K*P*(u - v) = R", "H1 H2"),
    combine("c", "T1*P*K*P*(u - v) = T1*P*(u - v) - K*P*(u - v)", "H3"),
    combine("A", IDENTITY, "a c"),
    intro("B", ROUGH[1:-1], "t0 s0 hr ht",
          combine("ts", "0 <= t*s", "t0 s0"),
          apply("tri", "mori_zwanzig.euclidean_triangle", n="E", X="C*R", Y="C*(T1*P*R)", a="s", b="t*s"),
          combine("e", "C*(u - v) = C*R + C*(T1*P*R)", "A"),
          combine("f", f"{_DIFFERENCE} = tr(T(C*R + C*(T1*P*R))*(C*R + C*(T1*P*R)))", "e", rounds=3),
          combine("z", facts="tri f", degree=1)),
)

_SHIFT = "[[0,1,0,0],[0,0,1,0],[0,0,0,1],[0,0,0,0]]"
_FOUR = {"D": "4", "E": "4", "K": _SHIFT, "P": "I(4)", "T1": "[[0,1,1,1],[0,0,1,1],[0,0,0,1],[0,0,0,0]]",
         "u": "[[4],[3],[2],[1]]", "v": "[[0],[0],[0],[0]]", "N": "[[0],[0],[0],[0]]", "R": "[[1],[1],[1],[1]]",
         "C": "I(4)"}
"""Four levels, each passing the next one on and adding a remainder 1: errors 4, 3, 2, 1."""

_ONE = {"D": "1", "E": "1", **{name: "[[0]]" for name in ("K", "P", "T1", "u", "v", "N", "R")}, "C": "[[1]]"}

CONTROLS = (
    Control("one_step", "the remainders of later levels left out: the error of a level is its own remainder",
            cut_everywhere("u - v = R"), Witness((witness("end", **_FOUR),))),
    Control("propagator_not_resummed", "T = K: later levels counted once; with four levels 2 in place of 4",
            cut_everywhere(IDENTITY, propagator="H3: T1 = K"), Witness((witness("end", **{**_FOUR, "T1": _SHIFT}),))),
    Control("propagator_contracts", "the truncated propagator is no larger than 1 when K P is: errors 4, 3, 2, 1 from"
                                    " remainders 1, so |T P R|^2 = 14 > 4",
            cut_everywhere("tr(T(T1*P*R)*(T1*P*R)) <= tr(T(R)*R)"), Witness((witness("end", **_FOUR),))),
)

CLAIM = Claim(
    id="mori_zwanzig.memory_recursion",
    title="With memory cut at every level the remainders add up through the truncated propagator",
    statement=STATEMENT,
    source=Source("D. Venturi, X. Li", 2022, "The Mori-Zwanzig formulation of deep learning", "new",
                  arxiv="2209.05544", note="Derived here; title, abstract and introduction of the paper were seen."),
    summary="Computing every level from computed levels gives the errors R + T P R, with T = K + T P K; the norm of T P"
            " must be computed, since a truncated propagator need not contract.",
    derivation=_DERIVATION,
    instance=Witness((witness("end", **_FOUR),)),
    controls=CONTROLS,
    comparison=(
        Comparison("equation", "e_n = R_n + sum_{j>n} T^(h)_{n:j} P_j R_j", "u - v = R + T1 P R for the stacked levels:"
                   " block row n is the sum over j", "as stated, for all widths, depths and lags"),
        Comparison("propagator", "T^(h): the propagator with truncated memory", "T1 = K + T1 P K, any K and P",
                   "in block form T(n,j) = K(n,j) + sum_m T(n,m) P(m) K(m,j), a finite recursion as K goes to later"
                   " levels only"),
        Comparison("size", "compute |T P|, do not assume 1", "part 2: |u - v| <= (1 + t) s for |R| <= s, |T P R| <= t"
                   " s; control propagator_contracts", "for one norm |C x| of all levels together"),
        Comparison("remainders", "R_n bounded by mori_zwanzig.memory_decay", "any R", "stronger"),
    ),
    tightness="An identity.",
    kills=(
        Kill("four levels", Witness((witness("end", **_FOUR),))),
        Kill("exact states free", Witness((witness("end", **{**_ONE, "u": "[[1]]"}),))),
        Kill("computed states free", Witness((witness("end", **{**_ONE, "v": "[[1]]"}),))),
        Kill("computed and exact states agree", Witness((witness("end", **{**_ONE, "u": "[[1]]", "v": "[[1]]",
                                                                           "N": "[[1]]"}),))),
        Kill("propagator free", Witness((witness("end", **{**_ONE, "T1": "[[1]]", "P": "[[1]]", "R": "[[1]]",
                                                           "u": "[[1]]"}),))),
    ),
    attacked=cut_everywhere(IDENTITY),
)


def accumulated_error(kept: Matrix, projection: Matrix, remainder: Matrix) -> Matrix:
    """Return R + T P R for stacked levels, exactly, by repeated substitution e -> R + K P e.

    Args:
        kept: K, whose blocks lead from a level to later ones only.
        projection: P, block diagonal.
        remainder: R, one column or several.

    Raises:
        InputError: K P leads from a coordinate to itself or back, so that no finite recursion exists.

    >>> from theory.exact.matrices import matrix
    >>> k, p = matrix([[0, 1], [0, 0]], "K"), matrix([[1, 0], [0, 1]], "P")
    >>> accumulated_error(k, p, matrix([[1], [1]], "R"))
    ((Fraction(2, 1),), (Fraction(1, 1),))
    """
    step, error = product(kept, projection), remainder
    if any(step[i][j] for i in range(len(step)) for j in range(i + 1)):
        raise InputError(explain("accumulated_error", "K P strictly upper triangular", "an entry on or below the"
                                 " diagonal", "List the levels in order, first the one that is computed last."))
    for _ in step:
        error = combination(remainder, product(step, error), 1)
    return error

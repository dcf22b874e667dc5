"""Attack on `covering.deep_bound` through its consequence for M networks pairwise more than 2 eps apart.

The conclusion of the claim is an existence, whose negation no rule of the kernel can prove; the bound for separated
networks follows from it (pigeonhole). Since Q >= 2 (H11), one hidden unit allows 2^4 networks: many points need 17.
"""

from __future__ import annotations

import re

from theory.covering.deep_bound_quoted import BASE, separated
from theory.language import Kill, Statement, Step, Survivor, Witness
from theory.language.derivation import apply, intro, witness

ZERO = "(all l:int | 1 <= l, l <= L => s(l,0) = 0)"
GAIN = "(all l:int | 1 <= l, l <= L => 1 <= B*rho(l)*d(l))"
FINE = f"(all l:int | 1 <= l, l <= L => 2*d(l)*eps <= {BASE})"
_IDS = ("H1", "", "", "H3", "H5", "H2", "K1", "H6", "H8", "K2", "K3", "K4", "K5", "K6", "K7", "K8", "H4", "H9", "H10",
        "H11")


def _attacked() -> Statement:
    """The consequence, its hypotheses named as in the claim; 1 <= M and 0 < B, which it does not need, are left out."""
    head, variables, hypotheses, conclusion = separated("1/8 <= B", ZERO, GAIN, FINE).formula
    kept = tuple(h for h, name in zip(hypotheses, _IDS) if name)
    return Statement((head, variables, kept, conclusion), tuple(filter(None, _IDS)))


ATTACKED = _attacked()


def _single(*steps: Step, **values: str) -> Witness:
    """One network whose parameters and states are all 0: one function, where the bound is below 1."""
    width = values["d"]
    before, first = (re.sub(r"\bl\b", at, width) for at in ("(l - 1)", "0"))
    point = {"L": "1", "M": "1", "s": "l, u -> u", "rho": "l -> 1", "B": "1", "X": "1", "eps": "1"}
    point |= {name: f"l -> {value}" if name in ("d", "rho") else value for name, value in values.items()}
    return Witness((*steps, witness("end", **point, W=f"t, l -> build(i<={width}, j<={before}: 0)",
                                    b=f"t, l -> build(i<={width}, j<=1: 0)",
                                    h=f"t, k, p, l -> build(i<={width}, j<=1: 0)",
                                    x=f"k, p -> build(i<={first}, j<=1: 0)"),))


def _steep(slope: str) -> Step:
    """u -> slope u has Lipschitz constant slope."""
    return intro("lip", f"all u v:real => abs({slope}*u - {slope}*v) <= {slope}*abs(u - v)", "",
                 apply("c", "ax.abs_ge", x="u - v"), apply("c2", "ax.abs_neg", x="u - v"),
                 apply("z", "ax.abs_le", x=f"{slope}*u - {slope}*v", y=f"{slope}*abs(u - v)"))


_WIDE = "iite(l, 0, 4, 1)"
_SLOPE = "[[0],[{}],[{}]][l+1,1]"

KILLS = (
    Kill("no hidden layer", _single(L="0", d="1", eps="100")),
    Kill("eps = -1000", _single(d="1", eps="-1000")),
    Kill("eps = 1000", _single(d="1", eps="1000")),
    Kill("B = 1/8, Q = 2", _single(_steep("8"), d="1", B="1/8", X="0", rho=_SLOPE.format(8, 0), s="l, u -> 8*u",
                                   eps="1/2")),
    Kill("B = 100, a coarse eps", _single(d="1", B="100", eps="640000000")),
    Kill("B = 8, rho = 1/8, a coarse eps", _single(_steep("1/8"), d="1", B="8", X="0", rho=_SLOPE.format("1/8", 100),
                                                   s="l, u -> 1/8*u", eps="8192")),
    Kill("four inputs, a coarse eps", _single(d=_WIDE, eps="1000")),
    Kill("a width before the inputs", _single(d="iite(l, -1, 100, 1)", eps="1000")),
    Kill("two units, four inputs, a coarse eps", _single(d="iite(l, 0, 4, iite(l, 1, 2, 1))", eps="1000")),
    Kill("B = 1/8, Q = 2, two units", _single(_steep("8"), d="iite(l, 1, 1, 1)", B="1/8", X="0",
                                              rho=_SLOPE.format(8, "1/100"), s="l, u -> 8*u", eps="1/2")),
    Kill("B = 1/8, Q = 2, slope 4, two units", _single(_steep("4"), d="iite(l, 0, 1, iite(l, 1, 2, 1))", B="1/8",
                                                       X="0", rho=_SLOPE.format(4, 0), s="l, u -> 4*u", eps="1/4")),
)

SURVIVORS = (
    Survivor((
        "drop H9", "shift H9, end 1 of the range of l", "shift H9, end L of the range of l", "shift H9, index l of s",
    ),
             "refuted by the control offset_allowed, but only by 17 networks, more than the search of witnesses "
             "evaluates"),
    Survivor((
        "drop H10", "shift H10, end 1 of the range of l", "shift H10, end L of the range of l",
        "shift H10, index l of rho", "shift H10, index l of d",
    ),
             "refuted by the control contraction_allowed, but only by 17 networks, more than the search evaluates"),
    Survivor((
        "drop H3",
    ),
             "true: |x| <= X at some input implies 0 <= X"),
    Survivor((
        "drop H6", "shift H6, end 1 of the range of l", "shift H6, end L of the range of l", "strictness H6",
        "shift H6, index l of rho",
    ),
             "true: H10 makes rho(l) positive, as B and d(l) are"),
    Survivor((
        "drop H2", "shift H2, end 0 of the range of l", "shift H2, end L + 1 of the range of l",
        "shift H2, index l of d",
    ),
             "a witness needs a layer of negative or no width, where H10 and H11 fail or nothing is evaluated"),
    Survivor((
        "strictness H5",
    ),
             "eps = 0 makes the bound ill posed"),
    Survivor((
        "drop K1", "drop H8", "drop K2", "drop K3", "drop K4", "drop K5", "drop K6", "drop K7", "drop K8", "drop H4",
        "shift K1, index L + 1 of d", "shift H8, end 1 of the range of l", "shift H8, end L of the range of l",
        "shift H8, index l of s", "shift H8, index l of s (2)", "shift H8, index l of rho",
        "shift K2, end 1 of the range of t", "shift K2, end M of the range of t", "shift K2, end 1 of the range of l",
        "shift K2, end L + 1 of the range of l", "shift K2, end 1 of the range of i",
        "shift K2, end d(l) of the range of i", "shift K2, end 1 of the range of j",
        "shift K2, end d(l - 1) of the range of j", "shift K2, index t of W", "shift K2, index l of W",
        "shift K2, index i of entry", "shift K2, index j of entry", "shift K3, end 1 of the range of t",
        "shift K3, end M of the range of t", "shift K3, end 1 of the range of l",
        "shift K3, end L + 1 of the range of l", "shift K3, end 1 of the range of i",
        "shift K3, end d(l) of the range of i", "shift K3, index t of b", "shift K3, index l of b",
        "shift K3, index i of entry", "shift K3, index 1 of entry", "shift K4, end 1 of the range of k",
        "shift K4, end M of the range of k", "shift K4, end 1 of the range of p", "shift K4, end M of the range of p",
        "shift K4, end 1 of the range of i", "shift K4, end d(0) of the range of i", "shift K4, index k of x",
        "shift K4, index p of x", "shift K4, index i of entry", "shift K4, index 1 of entry",
        "shift K5, end 1 of the range of t", "shift K5, end M of the range of t", "shift K5, end 1 of the range of k",
        "shift K5, end M of the range of k", "shift K5, end 1 of the range of p", "shift K5, end M of the range of p",
        "shift K5, index t of h", "shift K5, index k of h", "shift K5, index p of h", "shift K5, index k of x",
        "shift K5, index p of x", "shift K6, end 1 of the range of t", "shift K6, end M of the range of t",
        "shift K6, end 1 of the range of k", "shift K6, end M of the range of k", "shift K6, end 1 of the range of p",
        "shift K6, end M of the range of p", "shift K6, end 1 of the range of l", "shift K6, end L of the range of l",
        "shift K6, end 1 of the range of i", "shift K6, end d(l) of the range of i", "shift K6, index t of h",
        "shift K6, index k of h", "shift K6, index p of h", "shift K6, index l of h", "shift K6, index i of entry",
        "shift K6, index 1 of entry", "shift K6, index l of s", "shift K6, index t of W", "shift K6, index t of h (2)",
        "shift K6, index k of h (2)", "shift K6, index p of h (2)", "shift K6, index t of b",
        "shift K6, index i of entry (2)", "shift K6, index 1 of entry (2)", "shift K7, end 1 of the range of t",
        "shift K7, end M of the range of t", "shift K7, end 1 of the range of k", "shift K7, end M of the range of k",
        "shift K7, end 1 of the range of p", "shift K7, end M of the range of p", "shift K7, index t of h",
        "shift K7, index k of h", "shift K7, index p of h", "shift K7, index t of W", "shift K7, index t of h (2)",
        "shift K7, index k of h (2)", "shift K7, index p of h (2)", "shift K7, index t of b",
        "shift K8, end 1 of the range of k", "shift K8, end M of the range of k",
        "shift K8, end k + 1 of the range of p", "shift K8, end M of the range of p", "strictness K8",
        "shift K8, index k of h", "shift K8, index k of h (2)", "shift K8, index p of h", "shift K8, index L + 1 of h",
        "shift K8, index 1 of entry", "shift K8, index 1 of entry (2)", "shift K8, index p of h (2)",
        "shift K8, index k of h (3)", "shift K8, index p of h (3)", "shift K8, index L + 1 of h (2)",
        "shift K8, index 1 of entry (3)", "shift K8, index 1 of entry (4)",
    ),
             "H11 makes Q at least 2, so one hidden unit allows 16 functions and a refutation needs 17 networks: more "
             "than the search evaluates"),
    Survivor((
        "shift H11, index l of d", "shift H11, end 1 of the prod", "shift H11, end L of the prod",
        "shift H11, index j of rho", "shift H11, index 0 of d", "shift H11, end L of the prod (2)",
    ),
             "a point needs widths of about 100 (2^S < d!), or the change makes the condition stronger"),
    Survivor((
        "strictness conclusion", "constant conclusion, the bound by 1/100", "constant conclusion, the bound by 1/2",
        "constant conclusion, 4 by 1/100", "constant conclusion, 4 by 1/2", "constant conclusion, 1 by 1/100",
        "constant conclusion, 1 by 1/2", "constant conclusion, 1 by 1/100 (2)", "constant conclusion, 1 by 1/2 (2)",
        "constant conclusion, 2 by 1/100", "shift conclusion, index 0 of d", "shift conclusion, end 1 of the prod (2)",
        "shift conclusion, end L of the prod (2)", "shift conclusion, index j of d",
        "shift conclusion, exponent sum(l=1..L + 1: d(l)*(d(l - 1) + 1)) of pow",
        "shift conclusion, end 1 of the prod (3)", "shift conclusion, end L of the prod (3)",
        "shift conclusion, index d(l) of fact",
    ),
             "true where it was tried: H11 makes Q at least 2, so the bound is 16 or more for every class, and a "
             "smaller constant, exponent or width leaves it above the number of separated functions"),
)

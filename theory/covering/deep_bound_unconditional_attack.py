"""Attack on `covering.deep_bound_unconditional` through a consequence: with one cell per axis, two networks of the box.

The conclusion of the claim is an existence under quantifiers, whose negation no rule of the kernel can prove. With
m(l) = 1 the grid has one assignment, so n = 1, the cover is one network within eps of all, and any two networks of the
box are within 2 eps of each other. Mutants are made of that; it leaves H3, H11, H12 and H13 (the grid) out.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from theory.covering.small_networks import Layer, Number, Pair
from theory.language import Kill, Survivor, Witness, rational, statement
from theory.language.derivation import apply, combine, compute, intro, witness

_L = "1 <= l, l <= L + 1, 1 <= i, i <= d(l)"
_IJ = f"{_L}, 1 <= j, j <= d(l-1)"

ATTACKED = statement(
    "all L:int, d:int->int, s:(l:int,u:real)->real, B rho o r:int->real, X eps:real,"
    " W V:(l:int)->mat(d(l),d(l-1)), b c h g:(l:int)->mat(d(l),1) | H1: 0 <= L,"
    " H2: (all l:int | 0 <= l, l <= L + 1 => 0 <= d(l)), H4: (all l:int | 1 <= l, l <= L + 1 => 0 < B(l)),"
    " H5: (all l:int | 1 <= l, l <= L + 1 => 0 <= rho(l)),"
    " H6: (all l:int, u v:real | 1 <= l, l <= L + 1 => abs(s(l,u) - s(l,v)) <= rho(l)*abs(u - v)),"
    " H7: (all l:int | 1 <= l, l <= L => abs(s(l,0)) <= o(l)), H8: r(0) = X,"
    " H9: (all l:int | 1 <= l, l <= L => rho(l)*B(l)*(d(l-1)*r(l-1) + 1) + o(l) <= r(l)),"
    " H10: sum(l=1..L+1: (d(l-1)*r(l-1) + 1)*rho(l)*prod(j=l+1..L+1: B(j)*d(j-1)*rho(j))*B(l)) <= eps,"
    f" K1: (all l i j:int | {_IJ} => abs(W(l)[i,j]) <= B(l)), K2: (all l i j:int | {_IJ} => abs(V(l)[i,j]) <= B(l)),"
    f" K3: (all l i:int | {_L} => abs(b(l)[i,1]) <= B(l)), K4: (all l i:int | {_L} => abs(c(l)[i,1]) <= B(l)),"
    " K5: (all i:int | 1 <= i, i <= d(0) => abs(h(0)[i,1]) <= X), K6: g(0) = h(0),"
    f" K7: (all l i:int | {_L} => h(l)[i,1] = s(l, (W(l)*h(l-1) + b(l))[i,1])),"
    f" K8: (all l i:int | {_L} => g(l)[i,1] = s(l, (V(l)*g(l-1) + c(l))[i,1]))"
    " => (all i:int | 1 <= i, i <= d(L+1) => abs(h(L+1)[i,1] - g(L+1)[i,1]) <= 2*eps)")
"""Two networks of the box are within 2 eps: the claim for m = 1, n = 1 and the triangle inequality."""


def _point(pair: Pair, given: Number | None = None) -> Witness:
    """The pair with the least eps that H10 allows, or another one."""
    bounds, eps = pair.bounds(), Fraction(0)
    for l in range(1, pair.depth + 2):  # noqa: E741 - the layer's name in every formula
        term = Fraction(pair.widths[l - 1] * bounds["r"][l - 1] + 1) * bounds["rho"][l] * bounds["B"][l]
        for j in range(l + 1, pair.depth + 2):
            term *= bounds["B"][j] * pair.widths[j - 1] * bounds["rho"][j]
        eps += term
    point = {name: value for name, value in pair.point().items() if name != "delta"}
    return Witness((*pair.lipschitz(), witness("end", eps=rational(eps if given is None else given), **point)))


def _chain(*layers: tuple[Number, Number, Number, Number], x: Number = 1, offsets: tuple[Number, ...] = (),
           slopes: tuple[Number, ...] = (), eps: Number | None = None, **given: Mapping[int, Number]) -> Witness:
    """A chain of single units; a layer is (weight, bias) of the first network, then of the second."""
    first: list[Layer] = [((w, b),) for w, b, _, _ in layers]
    return _point(Pair((x,), first, [((v, c),) for _, _, v, c in layers], offsets, slopes, given), eps)


_WIDE = (1, 1, -1, -1)
_SAME = (1, 1, 1, 1)
_NULL = (0, 0, 0, 0)
_ONE = {1: 1, 2: 1, 3: 1}
_LARGER = {1: 1, 2: 100}

KILLS = (
    Kill("the ends of the box, one layer", _chain(_WIDE)),
    Kill("the ends of the box, two layers", _chain(_SAME, _WIDE)),
    Kill("the ends of the box behind an offset", _chain((Fraction(1, 100),) * 4, _WIDE, offsets=(100,))),
    Kill("weights beyond the box", _chain((100, 0, -1, -1), B=_LARGER)),
    Kill("other weights beyond the box", _chain((1, 1, -100, 0), B=_LARGER)),
    Kill("a bias beyond the box", _chain((0, 100, -1, -1), B=_LARGER)),
    Kill("another bias beyond the box", _chain((1, 1, 0, -100), B=_LARGER)),
    Kill("inputs beyond X", _chain(_WIDE, x=2, X={0: 1})),
    Kill("a second input", _chain(_SAME, g={0: 100})),
    Kill("states of their own, all parameters 0", _chain(_NULL, B=_ONE, h={1: 100})),
    Kill("other states of their own, all parameters 0", _chain(_NULL, B=_ONE, g={1: 100})),
    Kill("states without pre-activation", _chain((1, 0, 1, 0), x=100, B={1: Fraction(1, 1)}, X={0: 100}, h={1: -100})),
    Kill("states of the next activation", _chain((1, 0, 1, 0), offsets=(0, 500), h={1: 500})),
    Kill("other states of the next activation", _chain((1, 0, 1, 0), offsets=(0, 500), g={1: 500})),
    Kill("a slope that rho does not bound", _chain(_WIDE, slopes=(2,), rho={1: 1, 2: 2, 3: 2})),
    Kill("no Lipschitz constant", _chain(_WIDE, rho={1: 0, 2: 1, 3: 1})),
    Kill("an offset that o does not bound", _chain(_SAME, _WIDE, offsets=(100,), o={1: 0, 2: 100})),
    Kill("an offset that r does not bound", _chain(_SAME, _WIDE, offsets=(100,), r={1: 2})),
    Kill("an offset that r does not bound, o(2) smaller",
         _chain(_SAME, _WIDE, offsets=(100,), o={1: 100, 2: 0}, r={1: 2, 2: 1000})),
    Kill("r(0) below X", _chain(_WIDE, r={0: 0, 1: 1})),
    Kill("eps = 0", _chain(_WIDE, eps=0)),
    Kill("eps = 1, r(1) = 0", _chain(_WIDE, eps=1, r={1: 0})),
    Kill("eps = 2, two inputs", _point(Pair((1, 1), [((1, 1, 1),)], [((-1, -1, -1),)]), 2)),
    Kill("an offset behind the last layer", _chain(_WIDE, offsets=(100,))),
    Kill("different layers", _chain((2, 2, -2, -2), (Fraction(1, 2),) * 4, (3, 3, -3, -3), x=2)),
    Kill("no network at all", Witness((
        witness("end", L="-2", d="l -> 1", W="l -> [[0]]", V="l -> [[0]]", b="l -> [[0]]", c="l -> [[0]]",
                h="l -> [[ite(l, -1, 1, 0)]]", g="l -> [[0]]", s="l, u -> u", B="l -> 1", rho="l -> 1", o="l -> 0",
                r="l -> 0", X="0", eps="0", i="1"),))),
)

_SIGN = intro("sign", "all l:int | 1 <= l, l <= L + 1 => 0 <= rho(l)", "l1 l2",
              apply("lip", "H6", l="l", u="1", v="0"), apply("a", "textbook.abs_nonneg", x="s(l,1) - s(l,0)"),
              compute("one", "abs(1 - 0) = 1"), combine("z", facts="lip a one"))
_NAMES = {name: f"l -> {name}(l)" for name in "d m B rho o r".split()}

SURVIVORS = (
    Survivor(("drop H5", "shift H5, end 1 of the range of l", "shift H5, end L + 1 of the range of l",
              "shift H5, index l of rho"),
             "the Lipschitz condition H6 at u = 1, v = 0 implies 0 <= rho(l), so H5 may be left out",
             (_SIGN, apply("end", "covering.deep_bound_unconditional", L="L", n="n", X="X", eps="eps",
                           s="l, u -> s(l,u)", C="k, l, i, j -> C(k,l,i,j)", **_NAMES))),
    Survivor(("drop H4", "strictness H4", "shift H4, end 1 of the range of l", "shift H4, end L + 1 of the range of l",
              "shift H4, index l of B"),
             "true here: a box that holds a parameter has 0 <= B(l); the claim divides by B(l) in its grid"),
    Survivor(("shift H9, index l of rho", "shift H9, index l of B", "shift H9, index l - 1 of d",
              "shift H9, index l - 1 of r", "shift H10, end 1 of the sum", "shift H10, end l + 1 of the prod",
              "shift H10, end L + 1 of the prod", "shift H10, index j of B", "shift H10, index j - 1 of d",
              "shift H10, index j of rho"),
             "with one cell the last term of the modulus alone bounds the diameter; a finer grid would be needed, whose"
             " representatives (H13) no small witness proves; the modulus is attacked in covering.param_lipschitz"),
    Survivor(("shift H6, index l of s", "shift H6, index l of s (2)"),
             "at u = v it says that neighbouring activations are equal, so it implies H6: a weaker claim"),
    Survivor(("shift K7, index i of entry (2)", "shift K7, index 1 of entry (2)", "shift K8, index i of entry (2)",
              "shift K8, index 1 of entry (2)"),
             "true here: states without a pre-activation lie in the middle, within eps of all others"),
    Survivor(("shift conclusion, end 1 of the range of i", "shift conclusion, end d(L + 1) of the range of i"),
             "true: entries outside a matrix evaluate to 0; no axiom says so for a matrix that is not concrete"),
    Survivor(("drop H2", "shift H2, end 0 of the range of l", "shift H2, end L + 1 of the range of l",
              "shift H2, index l of d"), "a witness needs a layer of negative width, which the search cannot evaluate"),
)

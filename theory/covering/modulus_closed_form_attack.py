"""Points against mutants of `covering.modulus_closed_form`: short networks with a reach r that is followed for ever.

The recursion of r is a hypothesis for all l >= 0, so beyond the last layer that matters rho vanishes, and r with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from theory.covering.small_networks import Number, by_layer
from theory.language import Kill, Survivor, Witness, formula, rational, substitute
from theory.language.derivation import apply, cases, combine, finite, intro, witness

LAW = "r(l+1) = rho(l+1)*B*(d(l)*r(l) + 1)"


def _point(depth: int, widths: Sequence[int], rho: Sequence[Number], reach: Sequence[Number] | None = None, *,
           bound: Number = 1, radius: Number = 1, law: str = LAW, start: int = 0) -> Witness:
    """Widths d(0), ...; rho(1), ...; r(0), ... (by the recursion if not given), all 0 from the end of rho on.

    `law` is what r obeys from l = `start` on, if it is not the recursion of the theorem.
    """
    last = len(rho)
    if reach is None:
        reach = [radius]
        for l in range(last):  # noqa: E741 - the layer's name in every formula
            reach = [*reach, rho[l] * bound * ((widths[l] if l < len(widths) else 0) * reach[l] + 1)]
    tables = {"r": by_layer(reach), "rho": by_layer([0, *rho])}
    values = {"d": ("lam", ("l",), by_layer(widths)), "B": rational(bound),
              **{name: ("lam", ("l",), ("ite", "l", last, table, 0)) for name, table in tables.items()}}
    claim = substitute(formula(law), values)
    first = ("all", (("k", "int"),), (("<=", start, "k"), ("<=", "k", last)), substitute(claim, {"l": "k"}))
    # stated first, since a search among all facts in scope need not find them
    after = [combine(f"a{k}", ("<", last, ("+", "l", k)), "c") for k in (1, 2)]
    beyond = [apply(f"{name}{k}", "ax.ite_else", a=f"l + {k}", b=rational(last),
                    x=substitute(table, {"l": ("+", "l", k)}), y="0") for name, table in tables.items() for k in (1, 2)]
    steps = (
        intro("rec", ("all", (("l", "int"),), (("<=", start, "l"),), claim), "l0",
              apply("t", "ax.total", x="l", y=rational(last)),
              cases("z", "t", "c",
                    [finite("f", first), apply("y", "f", k="l")],
                    [*after, *beyond, combine("y", claim, "r1 r2 rho1 rho2", rounds=3)])),
    )
    return Witness((*steps, witness("end", L=rational(depth), X=rational(radius), **values)))


_TENTH, _HALF = Fraction(1, 10), Fraction(1, 2)

KILLS = (
    Kill("X = -1", _point(1, (1, 1), (1, 1), radius=-1)),
    Kill("B = -1", _point(0, (2, 1), (1,), bound=-1, radius=0)),
    Kill("rho(L+1) = 5", _point(0, (1, 1), (5, 1))),
    Kill("no inputs, one unit", _point(0, (0, 1), (1,), radius=0)),
    Kill("rho(1) small", _point(1, (1, 1), (_TENTH, 1), radius=0)),
    Kill("no hidden unit", _point(1, (1, 0, 1), (1, 1))),
    Kill("r(1) free", _point(1, (1, 1), (1, 1), (1, 100, 101), start=1)),
    Kill("r(1) free, r in steps of two", _point(1, (1, 1), (1, 1, 0, 0), (1, 100, 2, 101),
                                                law="r(l+2) = rho(l+1)*B*(d(l)*r(l) + 1)")),
    Kill("r by the next rho", _point(1, (1, 2), (_HALF, 1), (1, 2), law="r(l+1) = rho(l+2)*B*(d(l)*r(l) + 1)")),
    Kill("r by the next width", _point(1, (1, 10), (1, 1), (1, 11, 1),
                                       law="r(l+1) = rho(l+1)*B*(d(l+1)*r(l) + 1)")),
    Kill("r by itself", _point(1, (1, 2), (9 * _TENTH, 1), (0, 9, -1), radius=0,
                               law="r(l+1) = rho(l+1)*B*(d(l)*r(l+1) + 1)")),
    Kill("a wide first layer", _point(1, (1, 100, 1), (1, 1))),
    Kill("a wide last layer", _point(1, (1, 1, 100), (1, 1, 1))),
    Kill("a steep first layer", _point(1, (1, 1), (10, 1))),
    Kill("a steep layer behind the network", _point(1, (1, 1, 1), (1, 1, 100))),
    Kill("ten inputs", _point(1, (10, 1), (1, 1))),
    Kill("two hidden layers", _point(2, (1, 3, 5), (2, 7, 1))),
)

SURVIVORS = (
    Survivor(("strictness H3",), "true: B = 0 contradicts H7 unless L = 0, where both sides are 0"),
    Survivor(("drop H4", "shift H4, end 1 of the range of l", "shift H4, end L of the range of l",
              "shift H4, index l of rho"),
             "true: only the products B rho(l) d(l) matter, and H7 makes them at least 1; a width may be negative with"
             " its rho, so H4 is not implied and the claim's derivation needs it"),
    Survivor(("constant conclusion 2, 2 by 1/100",),
             "true: for L >= 1 the sum is at most (L+1)(L+2)/2 times the rest, so (ii) is attained only at L = 0"),
)

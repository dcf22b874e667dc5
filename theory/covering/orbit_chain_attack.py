"""Points against mutants of `covering.orbit_chain`: networks of one or two parameters, numbered by value.

Most have no hidden layer and no input: C(k, 1, 1, 0) = k is the output bias of network k. Of two equal networks, H5
says that they are one; changed premises that no permutations satisfy hide that.
"""

from __future__ import annotations

from theory.covering.relabellings import FOUND, joined, relabels
from theory.language import Formula, Kill, Survivor, Witness, formula, substitute
from theory.language.derivation import Step, apply, combine, intro, witness
from theory.language.notation import substitution

_FIRST, _SECOND = relabels("C(b,", "C(a,", "p")
_NAMES = "a1 a2 b1 b2 h1 h2 h3 h4 h5 h6 h7 h8 s1 s2"
_BIASES = {"L": "0", "n": "2", "d": "l -> l", "m": "l -> 2", "C": "k, l, i, j -> k"}
"""No inputs, one output, two points per axis, both networks."""
_TWICE = {"L": "0", "n": "2", "m": "l -> 1"}


def _different(values: dict[str, str], name: str, steps: tuple[Step, ...], *changed: tuple[int, str, str]) -> Step:
    """H5 at a point; `changed` are premise (0..9), old and new text."""
    parts = [*FOUND, _FIRST, _SECOND]
    for k, old, new in changed:
        parts[k] = parts[k].replace(old, new)
    text = ("all a b:int, p v:(l:int,i:int)->int | 1 <= a, a <= n, 1 <= b, b <= n, " + joined(*parts) + " => a = b")
    formed: Formula = formula(text)
    return intro(name, substitute(formed, {key: substitution(term) for key, term in values.items()}), _NAMES, *steps)


_BY_BIAS = (apply("place", "h8", i="1"), apply("x", "s1", l="1", i="1"), combine("z", facts="place x", rounds=4))
_ONE = (*(apply(x, "ax.antisym", f"{x} = 1", x=x, y="1") for x in "ab"), combine("z", facts="a b"))
_NONE = (combine("no", "0 < 0", "a1 a2"), combine("z", mul="no"))


def _point(steps: tuple[Step, ...] = _BY_BIAS, **changed: str) -> Witness:
    values = {**_BIASES, **changed}
    return Witness((_different(values, "different", steps), witness("end", **values)))


_HIDDEN_BIAS = (apply("lo", "h1", l="1", i="1"), apply("hi", "h2", l="1", i="1"),
                apply("place", "ax.antisym", "p(1,1) = 1", x="p(1,1)", y="1"), apply("x", "s1", l="1", i="1"),
                combine("z", facts="place x", rounds=4))
_NO = (combine("z", mul="no"),)
_PLACES = (apply("p0", "h7", i="1"), apply("p1", "h8", i="1"))
_BACK = (*_PLACES, apply("w", "h5", l="0", i="1"), apply("c", "ax.cong_ii", f="t -> v(0,t)", x="p(0,1)", y="1"))


def _seen(by: str, *more: Step) -> tuple[Step, ...]:
    """The premise `by` contradicts the others."""
    facts = " ".join(("q p0 p1 a1 b1", *(step.id for step in more[2:])))
    return (*more, apply("q", by, l="0" if by in ("h1", "h2", "h3", "h4") else "1", i="1",
                         **({"j": "1"} if by == "s2" else {})),
            combine("no", "0 < 0", facts, rounds=4), *_NO)


def _spread() -> Witness:
    """Two equal networks of one input and one output; other numbers where no parameter is."""
    values = {**_TWICE, "d": "l -> 1", "C": "k, l, i, j -> 1 + k*(1 - l)^2 + 4*(i - 1) + 2*j*(j - 1)"}
    strict = (((0, "1 <= p(l,i)", "1 < p(l,i)"), "h1", _PLACES),
              ((1, "p(l,i) <= d(l)", "p(l,i) < d(l)"), "h2", _PLACES),
              ((2, "1 <= v(l,i)", "1 < v(l,i)"), "h3", _BACK), ((3, "v(l,i) <= d(l)", "v(l,i) < d(l)"), "h4", _BACK))
    entries = [(8, old, new) for old, new in (
        ("C(b,l,i,0)", "C(b,l+1,i,0)"), ("C(b,l,i,0)", "C(b,l,i+1,0)"), ("C(b,l,i,0)", "C(b,l,i,-1)"),
        ("C(a,l,p(l,i),0)", "C(a,l+1,p(l,i),0)"), ("C(a,l,p(l,i),0)", "C(a,l,p(l,i)+1,0)"),
        ("C(a,l,p(l,i),0)", "C(a,l,p(l,i),-1)"))]
    entries += [(9, old, new) for old, new in (
        ("C(b,l,i,j)", "C(b,l+1,i,j)"), ("C(b,l,i,j)", "C(b,l,i+1,j)"), ("C(b,l,i,j)", "C(b,l,i,j+1)"),
        ("C(a,l,p(l,i),", "C(a,l+1,p(l,i),"), ("C(a,l,p(l,i),", "C(a,l,p(l,i)+1,"), ("p(l-1,j))", "p(l-1,j)+1)"))]
    steps = [_different(values, f"strict{k}", _seen(by, *more), change) for k, (change, by, more) in enumerate(strict)]
    steps += [_different(values, f"entry{k}", _seen("s1" if change[0] == 8 else "s2", *_PLACES), change)
              for k, change in enumerate(entries)]
    first = (*_PLACES, apply("x", "s1", l="0", i="1"), combine("z", facts="p0 x", rounds=4))
    steps.append(_different(values, "before", first, (8, "1 <= l", "0 <= l")))
    return Witness((*steps, witness("end", **values)))


KILLS = (
    Kill("two output biases", _point()),
    Kill("L below 0", _point(_ONE, L="-1", n="1", d="l -> l + 1", m="l -> 0")),
    Kill("a layer of negative width", _point(_ONE, n="1", d="l -> -l")),
    Kill("negative many inputs", _point(_ONE, n="1", d="l -> 3*l - 2")),
    Kill("m(1) below 0", _point(_NONE, n="0", m="l -> 2*l - 3")),
    Kill("a first bias below the grid", _point(n="3", C="k, l, i, j -> 1 + (k - 2)*(2 - l)*(2 - i)*(1 - j)")),
    Kill("a last bias below the grid", _point(n="3", C="k, l, i, j -> 3 - k")),
    Kill("a last bias above the grid", _point(n="3", m="l -> l + 1")),
    Kill("a first bias above the grid", _point(n="3", C="k, l, i, j -> 1 + (3 - k)*(2 - l)*(2 - i)*(1 - j)")),
    Kill("m(0) = 0, an output bias", _point(m="l -> 2*l")),
    Kill("m(0) = 0, a hidden bias", _point(_HIDDEN_BIAS, L="1", d="l -> [[1,1,0]][1,l+1]", m="l -> 2*l",
                                           C="k, l, i, j -> k*(1 - j) + j")),
    Kill("one input, no output", _point(_ONE, n="1", d="l -> 1 - l")),
    Kill("five points per axis, one hidden bias", _point(_ONE, n="1", L="1", d="l -> l*(2 - l)", m="l -> 5")),
    Kill("two equal networks, other numbers around them", _spread()),
)

_FREE = tuple(f"shift H5, {where}" for where in (
    "end 1 of the range of a", "end n of the range of a", "end 1 of the range of b", "end n of the range of b",
    "end 0 of the range of l", "end L + 1 of the range of l", "end 1 of the range of i", "end d(l) of the range of i",
    "index l of p", "index i of p", "end 0 of the range of l (2)", "end L + 1 of the range of l (2)",
    "end 1 of the range of i (2)", "end d(l) of the range of i (2)", "index l of p (2)", "index i of p (2)",
    "index l of d", "end 0 of the range of l (3)", "end L + 1 of the range of l (3)", "end 1 of the range of i (3)",
    "end d(l) of the range of i (3)", "index l of v", "index i of v", "end 0 of the range of l (4)",
    "end L + 1 of the range of l (4)", "end 1 of the range of i (4)", "end d(l) of the range of i (4)",
    "index l of v (2)", "index i of v (2)", "index l of d (2)", "end 0 of the range of l (5)",
    "end L + 1 of the range of l (5)", "end 1 of the range of i (5)", "end d(l) of the range of i (5)",
    "index l of v (3)", "index p(l, i) of v", "end 0 of the range of l (6)", "end L + 1 of the range of l (6)",
    "end 1 of the range of i (6)", "end d(l) of the range of i (6)", "index l of p (3)", "index v(l, i) of p",
    "end 1 of the range of i (7)", "end d(0) of the range of i", "index 0 of p", "index i of p (3)",
    "end 1 of the range of i (8)", "end d(L + 1) of the range of i", "index L + 1 of p", "index i of p (4)",
    "end L + 1 of the range of l (7)", "end 1 of the range of i (9)", "end d(l) of the range of i (7)",
    "index b of C", "index a of C", "end 1 of the range of l (2)", "end L + 1 of the range of l (8)",
    "end 1 of the range of i (10)", "end d(l) of the range of i (8)", "end 1 of the range of j",
    "end d(l - 1) of the range of j", "index b of C (2)", "index a of C (2)",
))

SURVIVORS = (
    Survivor(_FREE, "mostly true: H5 is symmetric in a and b, and p, v are free outside the units, so that a condition"
                    " there, or one of the six conditions of a permutation less, changes nothing; where a condition"
                    " moves between layers of different widths a witness needs long lists of networks"),
    Survivor(("shift conclusion, exponent d(l)*d(l - 1) of pow",),
             "a witness needs two hidden layers or one with inputs and a list of all its networks"),
)

"""Small sample spaces for `covering.generalization`: its instance, its controls, and points against its mutants."""

from __future__ import annotations

from dataclasses import dataclass, field

from theory.covering.generalization_terms import (
    CHOSEN,
    GAP,
    LIPSCHITZ,
    LOGARITHMS,
    RADIUS,
    REPEATED,
    good_event,
    hypotheses,
)
from theory.covering.hoeffding import INDEPENDENT
from theory.language import (
    Control,
    Formula,
    Kill,
    Survivor,
    Term,
    Witness,
    formula,
    statement,
    substitute,
    substitution,
    term,
)
from theory.language.derivation import Step, apply, combine, compute, enclose, finite, intro, obtain, witness

_ONE_SAMPLE = {"n": "1", "A": "2", "K": "2", "N": "1", "z": "t, o -> o", "l": "a, u -> u"}
"""One sample of two data points, and a loss that is the prediction itself."""

_RARE = {"w": "o -> [[999/1000, 1/1000]][1,o]", "D": "a -> [[999/1000, 1/1000]][1,a]"}
"""The second data point is rare: seen once in 1000, when the learner is much misled."""

_FAIR = {"w": "o -> 1/2", "D": "a -> 1/2"}


@dataclass(frozen=True)
class Space:
    """A finite space with n samples of the data points 1..A in K outcomes, and a learner, as texts of the notation.

    `failing` maps outcomes in which the estimate fails to what the two losses differ by there.
    """

    values: dict[str, str]
    failing: dict[int, str] = field(default_factory=dict)

    def closed(self, part: Formula | Term, **more: int) -> Formula | Term:
        """A formula or term at these values."""
        return substitute(part, {name: substitution(value) for name, value in self.values.items()} | more)

    def count(self, name: str) -> int:
        """One of the numbers n, A, K, N."""
        return int(self.values[name])

    def independence(self) -> tuple[Step, ...]:
        """Both sides of the equation of independence written out, for every function u."""
        parts: list[Step] = []
        samples, outcomes = range(1, self.count("n") + 1), range(1, self.count("K") + 1)
        for o in outcomes:
            parts += _written(f"p{o}", "prod", self.closed(term("u(t,z(t,o))"), o=o), "t", len(samples))
        parts += _written("s", "sum", self.closed(term("w(o)*prod(t=1..n: u(t,z(t,o)))")), "o", len(outcomes))
        for t in samples:
            parts += _written(f"d{t}", "sum", self.closed(term("D(a)*u(t,a)"), t=t), "a", self.count("A"))
        parts += _written("q", "prod", self.closed(term("sum(a=1..A: D(a)*u(t,a))")), "t", len(samples))
        facts = ["s", "q", *(f"p{o}" for o in outcomes), *(f"d{t}" for t in samples)]
        return (intro("iid", self.closed(formula(INDEPENDENT[1:-1])), "", *parts,
                      combine("z", facts=" ".join(facts), rounds=len(samples) + 3)),)

    def same_law(self) -> tuple[Step, ...]:
        """Every sample has the law D."""
        parts = [*_written("s", "sum", self.closed(term("w(o)*u(z(t,o))")), "o", self.count("K")),
                 *_written("d", "sum", self.closed(term("D(a)*u(a)")), "a", self.count("A"))]
        return (intro("law", self.closed(formula(REPEATED[1:-1])), "t1 t2", *parts, combine("z", facts="s d")),)

    def choice(self, centres: tuple[int, ...] = ()) -> tuple[Step, ...]:
        """The chosen function is near a centre in every outcome (the first one, unless another is named)."""
        outcomes = range(1, self.count("K") + 1)
        parts = formula(CHOSEN[1:-1])[3][2][2]
        boxes = [[finite("near", self.closed(parts, o=o, k=k)), witness("z", k=str(k))]
                 for o, k in zip(outcomes, centres or (1,) * len(outcomes))]
        return (finite("chosen", self.closed(formula(CHOSEN[1:-1])), *boxes),
                intro("lip", self.closed(formula(LIPSCHITZ[1:-1])), "a1 a2", combine("z")))

    def failure(self, bound: str) -> tuple[Step, ...]:
        """The estimate with this bound holds with probability less than 1 - eta."""
        gap, event = term(GAP), term(good_event(bound))
        steps: list[Step] = []
        for o in range(1, self.count("K") + 1):
            a, b = self.closed(gap, o=o), self.closed(term(bound), o=o)
            if o in self.failing:
                value = term(self.failing[o])
                at_zero = ("all", (("x", "real"),), (("<=", 0, "x"), ("<=", "x", 0)), ("<", b, value))
                steps += [compute(f"g{o}", ("=", a, value)), enclose(f"b{o}", at_zero),
                          apply(f"c{o}", f"b{o}", x="0"), combine(f"d{o}", ("<", b, a), f"g{o} c{o}"),
                          apply(f"v{o}", "ax.ite_else", a=a, b=b, x="1", y="0")]
            else:
                steps += [apply(f"i{o}", "covering.indicator", a=a, b=b),
                          obtain(f"v{o}", f"i{o}", "x1 x2 x3", combine("y", facts="x3"),
                                 goal=("<=", self.closed(event, o=o), 1))]
        body = self.closed(term(f"w(o)*{good_event(bound)}"))
        steps += _written("s", "sum", body, "o", self.count("K"))
        facts = " ".join(["s", *(f"v{o}" for o in range(1, self.count("K") + 1))])
        total = ("bind", "sum", "o", 1, self.count("K"), body)
        return (*steps, combine("fails", ("<", total, self.closed(term("1 - eta"))), facts, degree=1))

    def named(self) -> Step:
        """The values."""
        return witness("end", **self.values)


def _written(name: str, kind: str, body: Term, index: str, count: int) -> list[Step]:
    """sum or prod of body over index = 1..count as a sum or product of its terms, under the given name."""
    function = ("lam", (index,), body)
    steps = [apply(f"{name}_{k}", f"ax.{kind}_last", f=function, a="1", b=str(k)) for k in range(count, 0, -1)]
    steps.append(apply(f"{name}_0", f"ax.{kind}_empty", f=function, a="1", b="0"))
    terms = tuple(substitute(body, {index: k}) for k in range(1, count + 1))
    written = terms[0] if count == 1 else ("+" if kind == "sum" else "*", *terms)
    facts = " ".join(step.id for step in steps)
    return [*steps, combine(name, ("=", ("bind", kind, index, 1, count, body), written), facts, rounds=count + 1)]


_INSTANCE = Space({
    "n": "2", "A": "2", "K": "4", "N": "2", "w": "o -> 1/4", "D": "a -> 1/2", "l": "a, u -> abs(u)",
    "z": "t, o -> [[1, 1, 2, 2], [1, 2, 1, 2]][t,o]", "c": "k, a -> k - 1", "f": "o, a -> ite(o, 2, 1/10, 9/10)",
    "M": "1", "eps": "1/10", "eta": "1/20",
})
"""Two samples of a fair coin; two constants as centres; the learner picks a function near one of them."""

INSTANCE = Witness((
    *_INSTANCE.independence(), _INSTANCE.choice((1, 1, 2, 2))[0],
    intro("lip", _INSTANCE.closed(formula(LIPSCHITZ[1:-1])), "a1 a2",
          apply("p", "ax.abs_ge", x="u - v"), apply("m", "ax.abs_neg", x="u - v"),
          apply("b", "textbook.abs_add_le", "abs(u - v + v) <= abs(u - v) + abs(v)", x="u - v", y="v", u="abs(u - v)",
                v="abs(v)"),
          apply("e1", "ax.abs_le", x="v - u", y="abs(u - v)"), combine("e2", "abs(u) <= abs(u)"),
          apply("c", "textbook.abs_add_le", "abs(v - u + u) <= abs(u - v) + abs(u)", x="v - u", y="u", u="abs(u - v)",
                v="abs(u)"),
          apply("z", "ax.abs_le", x="abs(u) - abs(v)", y="abs(u - v)")),
    _INSTANCE.named(),
))

_MISLED = Space({**_ONE_SAMPLE, **_RARE, "c": "k, a -> 0", "f": "o, a -> ite(a, 1, -1, ite(o, 1, -1, 1))",
                 "M": "1/1000000", "eps": "1", "eta": "1/2000"}, {2: "999/500"})
"""When the rare point is seen the learner is off by eps there and by -eps elsewhere: 2 eps (1 - 1/1000) in all."""

_MEMORY = Space({**_ONE_SAMPLE, **_FAIR, "N": "2", "c": "k, a -> ite(abs(a - k), 0, 1, 0)",
                 "f": "o, a -> ite(abs(a - o), 0, 1, 0)", "M": "1", "eps": "1/100", "eta": "9/10"},
                {1: "1/2", 2: "1/2"})
"""Of two indicator functions the learner picks the one of the point it saw: loss 1 against 1/2."""

_COPIES = Space({**_ONE_SAMPLE, **_FAIR, "n": "100", "c": "k, a -> ite(a, 1, 1, 0)",
                 "f": "o, a -> ite(a, 1, 1, 0)", "M": "1", "eps": "1/100", "eta": "9/10"}, {1: "1/2", 2: "1/2"})
"""One sample repeated 100 times."""


def _control(name: str, breaks: str, space: Space, bound: str, centres: tuple[int, ...] = (),
             independent: str = INDEPENDENT) -> Control:
    law = space.independence() if independent == INDEPENDENT else space.same_law()
    return Control(name, breaks,
                   statement(f"{hypotheses(independent)} => 1 - eta <= sum(o=1..K: w(o)*{good_event(bound)})"),
                   Witness((*law, *space.choice(centres), *space.failure(bound), space.named())))


CONTROLS = (
    _control("radius_forgotten", "without 2 eps: as if the chosen function were a centre", _MISLED, RADIUS),
    _control("radius_once", "eps in place of 2 eps: the empirical loss moves too", _MISLED, f"eps + {RADIUS}"),
    _control("no_union_bound", "ln 1 in place of ln(2N): as if the function were chosen before the samples",
             _MEMORY, "2*eps + M*sqrt(log(1/eta)/(2*n))", (1, 2)),
    _control("dependent_samples", "n copies of one sample counted as n independent ones", _COPIES,
             f"2*eps + {RADIUS}", (), REPEATED),
)

def _kill(name: str, space: Space, r: str, *, law: bool = True, centres: tuple[int, ...] = (), near: bool = True,
          slope: bool = True, **other: str) -> Kill:
    """A point with the number r above the square root; `law`, `near` and `slope` say which hypotheses hold there."""
    values = space.values | other
    moved = Space(values, space.failing)
    root = Space(values | {"r": r})
    at_zero = root.closed(formula(f"all x:real | 0 <= x, x <= 0 => {LOGARITHMS}"))
    choice = moved.choice(centres)
    return Kill(name, Witness((
        *(moved.independence() if law else ()), *(choice[:1] if near else ()), *(choice[1:] if slope else ()),
        enclose("logs", at_zero), apply("log", "logs", x="0"), root.named())))


_ALWAYS = Space({**_ONE_SAMPLE, "A": "1", "K": "1", "w": "o -> 1", "D": "a -> 1", "c": "k, a -> 0",
                 "f": "o, a -> 0", "M": "1/100", "eps": "0", "eta": "99/100"})
"""One data point, so that nothing is random."""

_TWICE = Space({**_ONE_SAMPLE, **_FAIR, "c": "k, a -> ite(a, 1, 1, 0)", "f": "o, a -> ite(a, 1, 1, 0)", "M": "1/100",
                "eps": "0", "eta": "99/100"})
"""A function with values 0 and 1 on two points."""

_SIGNED = Space({**_ONE_SAMPLE, "K": "3", "N": "2", "w": "o -> [[-10, 101/10, 9/10]][1,o]",
                 "D": "a -> [[1/10, 9/10]][1,a]", "z": "t, o -> [[1, 1, 2]][t,o]", "c": "k, a -> ite(k + a, 2, 1, 0)",
                 "f": "o, a -> ite(abs(o - 2) + a, 1, 1, 0)", "M": "1", "eps": "0", "eta": "99/100"})
"""Two outcomes with the rare point, one of negative weight."""

_SIGNED_LAST = Space(_SIGNED.values | {
    "w": "o -> [[9/10, 101/10, -10]][1,o]", "z": "t, o -> [[2, 1, 1]][t,o]"})
"""The same with the negative weight last."""

_DOUBLE = Space({**_ONE_SAMPLE, "w": "o -> [[1, 1]][1,o]", "D": "a -> [[1, 1]][1,a]", "c": "k, a -> 1",
                 "f": "o, a -> 1", "M": "1", "eps": "0", "eta": "99/100"})
"""Two points of weight 1."""


def _no_level(name: str, eta: str) -> Kill:
    """A level at which 1/eta or its logarithm makes no sense."""
    return Kill(name, Witness((*_ALWAYS.independence(), *_ALWAYS.choice(),
                               Space(_ALWAYS.values | {"eta": eta, "r": "1"}).named())))


KILLS = (
    _kill("2 eps nearly reached", _MISLED, "3"),
    _kill("one sample, the learner knows it", _MEMORY, "1", centres=(1, 2)),
    _kill("samples of another law", _ALWAYS, "3/5", law=False, A="2", K="1", D="a -> ite(a, 1, 0, 1)",
          f="o, a -> ite(a, 1, 1, 0)", c="k, a -> ite(a, 1, 1, 0)", M="1"),
    _kill("a steep loss", _TWICE, "3/5", slope=False, l="a, u -> 100*u", c="k, a -> 0", eps="1"),
    _kill("losses above M", _TWICE, "3/5"),
    _kill("losses below 0", _TWICE, "3/5", c="k, a -> ite(a, 1, -1, 0)", f="o, a -> ite(a, 1, -1, 0)"),
    _kill("a function that is near no centre", _TWICE, "3/5", near=False, c="k, a -> 0"),
    _kill("weights of total 2", _ALWAYS, "3/5", w="o -> 2", D="a -> 2", c="k, a -> 1", f="o, a -> 1", M="1"),
    _kill("a negative weight", _SIGNED, "21/25", centres=(2, 1, 2)),
    _kill("losses above M at the last point", _TWICE, "3/5", c="k, a -> ite(a, 1, 0, 1)", f="o, a -> ite(a, 1, 0, 1)"),
    _kill("losses below 0 at the last point", _TWICE, "3/5", c="k, a -> ite(a, 1, 0, -1)",
          f="o, a -> ite(a, 1, 0, -1)"),
    _kill("losses of the next centre", _TWICE, "3/5", c="k, a -> ite(k, 1, ite(a, 1, 1, 0), 0)"),
    _kill("negative losses, the next centre", _TWICE, "3/5", c="k, a -> ite(k, 1, ite(a, 1, -1, 0), 0)",
          f="o, a -> ite(a, 1, -1, 0)"),
    _kill("two points of weight 1", _DOUBLE, "3/5"),
    _kill("a negative weight, the last", _SIGNED_LAST, "21/25", centres=(1, 1, 2),
          f="o, a -> ite(abs(o - 2) + a, 1, 1, 0)"),
    _no_level("eta = 0", "0"),
    _no_level("eta < 0", "-1"),
    _kill("r below the root", _TWICE, "3/5", M="1"),
)

_PLACES = ("end 1 of the range of o", "end K of the range of o", "end 1 of the range of t", "end n of the range of t",
           "index t of z", "index o of z")
_LAW = ("end 1 of the sum", "end K of the sum", "index o of w", "end 1 of the prod", "end n of the prod",
        "index t of u", "index z(t, o) of u", "end 1 of the prod (2)", "end n of the prod (2)", "end 1 of the sum (2)",
        "end A of the sum", "index a of D", "index t of u (2)", "index a of u")

SURVIVORS = (
    Survivor(("drop H1", "drop H2"), "true: with n <= 0 no r is above the root, with N <= 0 no centre is near (H17)"),
    Survivor(("drop H3", "drop H4"), "true: A < 0 contradicts H6, and K < 0 contradicts H10 with u = 1"),
    Survivor(("drop H5", "shift H5, end 1 of the range of a", "shift H5, end A of the range of a",
              "shift H5, index a of D"),
             "true: with u the indicator of a in the first sample H10 gives D(a) as a sum of weights"),
    Survivor(("drop H8", "drop H9", *(f"shift {h}, {place}" for h in ("H8", "H9") for place in _PLACES)),
             "true: by H10 the outcomes with a sample outside 1..A have probability 0"),
    Survivor(("drop H14", "strictness H14"), "true: with M = 0 all losses of the centres are 0; M < 0 contradicts H12"),
    Survivor(("drop H16",), "true: with eta > 1 the left side is negative; its root may make no sense then"),
    Survivor(tuple(f"shift H10, {place}" for place in _LAW),
             "a changed equation of independence holds at no point that the search can prove"),
    Survivor(("strictness conclusion", "constant conclusion, -1 by 1/100", "constant conclusion, -1 by 1/2"),
             "Hoeffding's inequality is not sharp: the probability is above 1 - eta at every small point"),
)

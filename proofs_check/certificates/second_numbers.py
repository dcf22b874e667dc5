"""Numbers of the second opinion: exact values by flint's fmpz, fmpq and fmpq_mat, ranges by balls of 256 bits.

Ranges keep exact rational ends, because the radius of a ball is rounded up and a ball around [0, 1] holds negative
numbers; only the value of a transcendental function at an end is a ball.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from flint import arb, ctx, fmpq, fmpq_mat, fmpz

from proofs_check.certificates.second_terms import Doubt

Term = Any
Range = tuple[fmpq, fmpq]

MAX_BITS = 1 << 22
MAX_INDEX = 10**5
MAX_SUMMANDS = 2 * 10**6
BALL_BITS = 256


# ---- exact values --------------------------------------------------------------------------------------------------
class Evaluator:
    """Exact evaluation of closed terms, with one budget of summands for a step."""

    def __init__(self) -> None:
        self.left = MAX_SUMMANDS

    def relation(self, goal: Any) -> bool:
        """Whether a relation between closed terms is true."""
        relation, a, b = goal[0], self.value(goal[1], {}), self.value(goal[2], {})
        if relation in ("=", "!="):
            same = isinstance(a, fmpq_mat) == isinstance(b, fmpq_mat) and a == b
            return bool(same) is (relation == "=")
        if relation not in ("<=", "<") or isinstance(a, fmpq_mat) or isinstance(b, fmpq_mat):
            raise Doubt(f"no relation between numbers: {relation}")
        return bool(a <= b) if relation == "<=" else bool(a < b)

    def value(self, t: Term, at: Mapping[str, fmpq]) -> Any:
        """The exact value of a closed term."""
        if type(t) is int:
            return fmpq(t)
        if isinstance(t, str):
            if t not in at:
                raise Doubt(f"{t} has no value")
            return at[t]
        head, args = t[0], t[1:]
        if head in _LAZY:
            return getattr(self, f"_value_{head}")(args, at)
        if head == "^":
            return _power(self.value(args[0], at), args[1])
        values = [self.value(a, at) for a in args]
        if head in _ARITHMETIC:
            return _short(_ARITHMETIC[head](*values))
        if head in _EXACT:
            return _short(_EXACT[head](*values))
        raise Doubt(f"{head} has no exact value")

    def index(self, t: Term, at: Mapping[str, fmpq], most: int = MAX_INDEX) -> int:
        """The value of a closed integer term, at most `most` in size."""
        return _index(self.value(t, at), most)

    def spend(self, amount: int) -> None:
        """Count evaluated summands against the cap of a step."""
        self.left -= amount
        if self.left < 0:
            raise Doubt("too many summands")

    def _value_q(self, args: Any, _at: Mapping[str, fmpq]) -> fmpq:
        return fmpq(args[0], args[1])

    def _value_bind(self, args: Any, at: Mapping[str, fmpq]) -> fmpq:
        kind, name, first, last, body = args
        if kind not in ("sum", "prod"):
            raise Doubt("an integral has no exact value")
        total = fmpq(0 if kind == "sum" else 1)
        for j in range(self.index(first, at), self.index(last, at) + 1):
            self.spend(1)
            value = self.value(body, {**at, name: fmpq(j)})
            total = _short(total + value if kind == "sum" else total * value)
        return total

    def _value_ite(self, args: Any, at: Mapping[str, fmpq]) -> Any:
        a, b, x, y = args
        return self.value(x if self.value(a, at) <= self.value(b, at) else y, at)

    _value_iite = _value_ite

    def _value_rows(self, args: Any, at: Mapping[str, fmpq]) -> fmpq_mat:
        rows = [[self.value(x, at) for x in row] for row in args[0]]
        return fmpq_mat(len(rows), len(rows[0]), [x for row in rows for x in row])

    def _value_build(self, args: Any, at: Mapping[str, fmpq]) -> fmpq_mat:
        i, j, rows, columns, body = args
        r, c = (max(self.index(x, at), 0) for x in (rows, columns))
        self.spend(r * c)
        entries = [self.value(body, {**at, i: fmpq(p), j: fmpq(q)}) for p in range(1, r + 1) for q in range(1, c + 1)]
        return fmpq_mat(r, c, entries)

    def _value_I(self, args: Any, at: Mapping[str, fmpq]) -> fmpq_mat:
        n = max(self.index(args[0], at), 0)
        self.spend(n * n)
        return fmpq_mat(n, n, [fmpq(int(p == q)) for p in range(n) for q in range(n)])

    def _value_at(self, args: Any, at: Mapping[str, fmpq]) -> fmpq:
        m = self.value(args[0], at)
        i, j = (self.index(x, at, 10**9) for x in args[1:])
        inside = 1 <= i <= m.nrows() and 1 <= j <= m.ncols()
        return m[i - 1, j - 1] if inside else fmpq(0)


_LAZY = frozenset({"q", "bind", "ite", "iite", "rows", "build", "I", "at"})


def _short(value: Any) -> Any:
    if isinstance(value, fmpq) and int(value.p.bit_length()) + int(value.q.bit_length()) > MAX_BITS:
        raise Doubt("a number is too large")
    return value


def _index(value: fmpq, most: int = MAX_INDEX) -> int:
    if value.q != 1 or abs(value) > most:
        raise Doubt(f"an integer of at most {most} is expected")
    return int(value.p)


def _power(base: fmpq, n: int) -> fmpq:
    if n < 0:
        raise Doubt("a negative exponent")
    if max(int(base.p.bit_length()), int(base.q.bit_length())) * n > MAX_BITS:
        raise Doubt("a power is too large")
    return base**n


def _add(*values: Any) -> Any:
    total = values[0]
    for value in values[1:]:
        if isinstance(total, fmpq_mat) != isinstance(value, fmpq_mat):
            raise Doubt("a scalar plus a matrix")
        total = total + value
    return total


def _multiply(*values: Any) -> Any:
    total = values[0]
    for value in values[1:]:
        total = total * value
    return total


def _divide(a: fmpq, b: fmpq) -> fmpq:
    if b == 0:
        raise Doubt("division by zero")
    return a / b


def _root(x: fmpq, n: fmpq) -> fmpq:
    k = _index(n)
    if x < 0 or k < 1:
        raise Doubt("a root outside its guard")
    value = fmpq(x.p.root(k), x.q.root(k))
    if value**k != x:
        raise Doubt("an irrational root")
    return value


def _factorial(n: fmpq) -> fmpq:
    if n < 0:
        raise Doubt("a factorial outside its guard")
    return fmpq(fmpz.fac_ui(fmpz(_index(n))))


def _binomial(n: fmpq, k: fmpq) -> fmpq:
    if n < 0:
        raise Doubt("a binomial coefficient outside its guard")
    return fmpq(fmpz.bin_uiui(_index(n), _index(k))) if 0 <= k <= n else fmpq(0)


def _transpose(m: fmpq_mat) -> fmpq_mat:
    return m.transpose()


def _trace(m: fmpq_mat) -> fmpq:
    return sum((m[i, i] for i in range(m.nrows())), fmpq(0))


_ARITHMETIC: dict[str, Callable[..., Any]] = {
    "+": _add, "*": _multiply, "/": _divide, "T": _transpose, "tr": _trace}
_EXACT: dict[str, Callable[..., fmpq]] = {
    "abs": abs,
    "max": lambda a, b: b if a <= b else a,
    "min": lambda a, b: a if a <= b else b,
    "ceil": lambda x: fmpq(x.ceil()),
    "floor": lambda x: fmpq(x.floor()),
    "sqrt": lambda x: _root(x, fmpq(2)),
    "root": _root,
    "pow": lambda b, n: _power(b, _index(n)),
    "fact": _factorial,
    "binom": _binomial,
}


# ---- ranges --------------------------------------------------------------------------------------------------------
def check_tree(goal: Any, tree: Any) -> None:
    """Confirm all x in a box: a <= b (or <) leaf by leaf; raises Doubt at the first leaf that fails."""
    _, variables, hyps, (relation, small, large) = goal
    if relation not in ("<=", "<") or len(hyps) != 2 * len(variables):
        raise Doubt("the goal of enclose is a bound over a box")
    box, constant = {}, Evaluator()
    for (name, _), low, high in zip(variables, hyps[::2], hyps[1::2], strict=True):
        if (low[0], low[2], high[0], high[1]) != ("<=", name, "<=", name):
            raise Doubt(f"no range of {name}")
        box[name] = (constant.value(low[1], {}), constant.value(high[2], {}))
    pending = [(tree, box)]
    while pending:
        node, here = pending.pop()
        if isinstance(node, tuple):
            name, split, left, right = node
            lo, hi = here[name]
            middle = constant.value(split, {})
            if not lo < middle < hi:
                raise Doubt(f"split of {name} outside its range")
            pending += [(left, {**here, name: (lo, middle)}), (right, {**here, name: (middle, hi)})]
            continue
        gap = span(large, here)[0] - span(small, here)[1]
        if gap < 0 or (gap == 0 and relation == "<"):
            raise Doubt("a leaf fails: " + ", ".join(f"{n} in [{lo}, {hi}]" for n, (lo, hi) in here.items()))


def span(t: Term, box: Mapping[str, Range]) -> Range:
    """Rational bounds of a term over a box."""
    if type(t) is int:
        return fmpq(t), fmpq(t)
    if isinstance(t, str):
        return box[t]
    head, args = t[0], t[1:]
    if head == "q":
        return (fmpq(args[0], args[1]),) * 2
    if head == "pi" and not args:
        return _ball(lambda: arb.pi())
    if head in ("^", "pow"):
        return _range_power(span(args[0], box), _index(Evaluator().value(args[1], {})))
    parts = [span(a, box) for a in args]
    if head == "+":
        return sum((p[0] for p in parts), fmpq(0)), sum((p[1] for p in parts), fmpq(0))
    if head in ("*", "/"):
        lo, hi = parts[0]
        for c, d in parts[1:]:
            if head == "/":
                if c <= 0 <= d:
                    raise Doubt("a denominator may vanish")
                c, d = 1 / d, 1 / c
            ends = (lo * c, lo * d, hi * c, hi * d)
            lo, hi = min(ends), max(ends)
        return lo, hi
    if head in ("max", "min"):
        pick = max if head == "max" else min
        return pick(p[0] for p in parts), pick(p[1] for p in parts)
    if head not in _RANGES:
        raise Doubt(f"no range is known for {head}")
    return _RANGES[head](*parts[0])


def _ball(compute: Callable[[], arb]) -> Range:
    with ctx.workprec(BALL_BITS):
        ball = compute()
        if not ball.is_finite():
            raise Doubt("a function without a finite value")
        return ball.lower().fmpq(), ball.upper().fmpq()


def _call(function: Callable[[arb], arb], x: fmpq) -> arb:
    return function(arb(x))


def _rising(function: Callable[[arb], arb]) -> Callable[[fmpq, fmpq], Range]:
    return lambda lo, hi: (_ball(lambda: function(arb(lo)))[0], _ball(lambda: function(arb(hi)))[1])


def _range_power(base: Range, n: int) -> Range:
    if n < 0:
        raise Doubt("a negative exponent")
    lo, hi = base
    if n % 2 == 0 and n > 0:
        lo, hi = _range_abs(lo, hi)
    return (lo**n, hi**n) if n else (fmpq(1), fmpq(1))


def _range_abs(lo: fmpq, hi: fmpq) -> Range:
    if lo <= 0 <= hi:
        return fmpq(0), max(-lo, hi)
    return min(abs(lo), abs(hi)), max(abs(lo), abs(hi))


def _range_log(lo: fmpq, hi: fmpq) -> Range:
    if lo <= 0:
        raise Doubt("a logarithm of a number that may not be positive")
    return _rising(arb.log)(lo, hi)


def _range_sqrt(lo: fmpq, hi: fmpq) -> Range:
    if lo < 0:
        raise Doubt("a square root of a number that may be negative")
    return _rising(arb.sqrt)(lo, hi)


def _wave(function: Callable[[arb], arb], peak: int) -> Callable[[fmpq, fmpq], Range]:
    """Range of a function of period 2 pi with its maximum at peak * pi/2 and its minimum half a period later."""

    def reach(lo: fmpq, hi: fmpq) -> Range:
        ends = [_ball(partial(_call, function, x)) for x in (lo, hi)]
        with ctx.workprec(BALL_BITS):
            def meets(quarters: int) -> bool:
                turns = [(arb(x) / arb.pi() * 2 - quarters) / 4 for x in (lo, hi)]
                return bool(turns[0].lower().fmpq().ceil() <= turns[1].upper().fmpq().floor())

            high = fmpq(1) if meets(peak) else max(e[1] for e in ends)
            low = fmpq(-1) if meets(peak + 2) else min(e[0] for e in ends)
        return max(low, fmpq(-1)), min(high, fmpq(1))

    return reach


_RANGES: dict[str, Callable[[fmpq, fmpq], Range]] = {
    "exp": _rising(arb.exp), "log": _range_log, "sqrt": _range_sqrt, "abs": _range_abs, "atan": _rising(arb.atan),
    "tanh": _rising(arb.tanh), "sin": _wave(arb.sin, 1), "cos": _wave(arb.cos, 0)}

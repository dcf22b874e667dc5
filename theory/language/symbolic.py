"""The one converter between terms of the statement grammar and SymPy expressions.

SymPy is only ever a proposer: it differentiates, solves, sums and prints, and what it returns is proved again by the
checker. It cancels x/x and reorders sums at construction, so a term that went to SymPy and back is equal to the old one
only up to such changes (and only where the denominators do not vanish); statements never take this road.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

import sympy

from theory.language.errors import ExactnessError, InputError, explain
from theory.language.terms import rational

Term = Any
Sorts = Mapping[str, Any]

MAX_LITERAL_POWER = 64

_TO_CALL: dict[str, Callable[..., Any]] = {
    "exp": sympy.exp,
    "log": sympy.log,
    "sqrt": sympy.sqrt,
    "root": lambda x, n: x ** (sympy.Integer(1) / n),
    "pow": sympy.Pow,
    "fact": sympy.factorial,
    "binom": sympy.binomial,
    "abs": sympy.Abs,
    "max": sympy.Max,
    "min": sympy.Min,
    "sin": sympy.sin,
    "cos": sympy.cos,
    "atan": sympy.atan,
    "tanh": sympy.tanh,
    "ceil": sympy.ceiling,
    "floor": sympy.floor,
    "pi": lambda: sympy.pi,
    "ite": lambda a, b, x, y: sympy.Piecewise((x, sympy.Le(a, b)), (y, True)),
}

_FROM_CALL: dict[Any, str] = {
    sympy.exp: "exp",
    sympy.log: "log",
    sympy.factorial: "fact",
    sympy.binomial: "binom",
    sympy.Abs: "abs",
    sympy.sin: "sin",
    sympy.cos: "cos",
    sympy.atan: "atan",
    sympy.tanh: "tanh",
    sympy.ceiling: "ceil",
    sympy.floor: "floor",
}


def symbol(name: str, sort: Any = "real") -> sympy.Symbol:
    """Return the SymPy symbol of a scalar name: an integer one for sort "int", a real one otherwise.

    Every symbol of the project is made here, because SymPy takes symbols with equal names and different assumptions
    for different ones.
    """
    if sort == "int":
        return sympy.Symbol(name, integer=True)
    if sort == "real":
        return sympy.Symbol(name, real=True)
    raise InputError(explain(name, 'the sort "real" or "int"', sort, "Matrices, functions and objects are no symbols."))


def to_sympy(term: Term, sorts: Sorts | None = None) -> sympy.Expr:
    """Return the SymPy expression of a scalar term.

    **Arguments**
    - `term`: a term as nested tuples (or lists); matrices are refused.
    - `sorts`: the sorts of the free names; a name that is not listed is real, a head that is not listed and is no
      generator known here becomes an undefined `sympy.Function`.

    **Raises** InputError for a matrix or malformed term, ExactnessError for a float.
    """
    sorts = sorts or {}
    if isinstance(term, bool) or isinstance(term, float):
        raise ExactnessError(explain("to_sympy", "exact numbers", term, 'Write ["q", p, q] for a fraction.'))
    if isinstance(term, int):
        return sympy.Integer(term)
    if isinstance(term, str):
        return symbol(term, sorts.get(term, "real"))
    if not isinstance(term, (tuple, list)) or not term or not isinstance(term[0], str):
        raise InputError(explain("to_sympy", "a term of the grammar", term, "See the grammar of statements."))
    head, args = term[0], term[1:]
    if head == "bind":
        return _binder(tuple(args), sorts)
    if head in ("T", "tr", "I", "rows", "at", "build"):
        raise InputError(explain("to_sympy", "a scalar term", f"the matrix operation {head}", "Convert entries only."))
    if head == "q":
        return sympy.Rational(args[0], args[1])
    if head == "^":
        return to_sympy(args[0], sorts) ** int(args[1])
    values = [to_sympy(a, sorts) for a in args]
    if head == "+":
        return sympy.Add(*values)
    if head == "*":
        return sympy.Mul(*values)
    if head == "/":
        return values[0] / values[1]
    if head in _TO_CALL and head not in sorts:
        return _TO_CALL[head](*values)
    return sympy.Function(head, real=True)(*values)


def _binder(args: tuple[Any, ...], sorts: Sorts) -> sympy.Expr:
    """Sum, product or interval integral; never evaluated, so SymPy's convention for reversed bounds plays no part."""
    kind, name = args[0], args[1]
    if kind in ("sum", "prod"):
        lo, hi = (to_sympy(a, sorts) for a in args[2:4])
        body = to_sympy(args[4], {**sorts, name: "int"})
        return (sympy.Sum if kind == "sum" else sympy.Product)(body, (symbol(name, "int"), lo, hi))
    measure = args[3]
    if args[2] != "real" or not isinstance(measure, (tuple, list)) or measure[0] != "leb":
        raise InputError(explain("to_sympy", "an integral over leb(a, b)", measure, "Abstract measures stay terms."))
    lo, hi = (to_sympy(a, sorts) for a in measure[1:])
    return sympy.Integral(to_sympy(args[4], {**sorts, name: "real"}), (symbol(name), lo, hi))


def from_sympy(expr: Any) -> Term:
    """Return the term of a SymPy expression.

    Negative powers become quotients, half-integer powers `sqrt`, other rational ones `root`, symbolic integer exponents
    `pow`. The term is only a proposal: SymPy may have cancelled a denominator before.

    **Raises** ExactnessError for anything that holds a Float, InputError where the grammar has no such term.
    """
    expr = sympy.sympify(expr)
    if expr.has(sympy.Float):
        raise ExactnessError(explain("from_sympy", "exact numbers", expr, "Give Rational(p, q) in place of a decimal."))
    return _term(expr)


def _term(expr: Any) -> Term:
    if expr.is_Rational:
        return rational(Fraction(int(expr.p), int(expr.q)))
    if expr.is_Symbol:
        return expr.name
    if expr is sympy.pi:
        return ("pi",)
    if expr is sympy.E:
        return ("exp", 1)
    if expr.is_Add:
        return ("+", *(_term(a) for a in expr.as_ordered_terms()))
    if expr.is_Mul:
        return _product(expr)
    if expr.func is sympy.exp:
        return ("exp", _term(expr.args[0]))
    if expr.is_Pow:
        return _power(expr.base, expr.exp)
    if isinstance(expr, (sympy.Sum, sympy.Product, sympy.Integral)):
        return _bound(expr)
    if isinstance(expr, (sympy.Max, sympy.Min)):
        return _nested("max" if isinstance(expr, sympy.Max) else "min", [_term(a) for a in expr.args])
    if isinstance(expr, sympy.Piecewise):
        return _choice(expr)
    if isinstance(expr, sympy.core.function.AppliedUndef):
        return (expr.func.__name__, *(_term(a) for a in expr.args))
    if expr.func in _FROM_CALL:
        return (_FROM_CALL[expr.func], *(_term(a) for a in expr.args))
    raise InputError(explain("from_sympy", "an expression of the grammar", expr, "Rewrite it with known generators."))


def _nested(head: str, terms: list[Term]) -> Term:
    """max and min have two arguments in the grammar; more of them nest to the left, in an order fixed by their text."""
    first, *rest = sorted(terms, key=repr)
    for term in rest:
        first = (head, first, term)
    return first


def _product(expr: Any) -> Term:
    """A product as (numerator) / (denominator), the rational coefficient in front."""
    coefficient, factors = Fraction(1), []
    below: list[Term] = []
    for factor in expr.as_ordered_factors():
        if factor.is_Rational:
            coefficient *= Fraction(int(factor.p), int(factor.q))
        elif factor.is_Pow and factor.func is not sympy.exp and factor.exp.could_extract_minus_sign():
            below.append(_power(factor.base, -factor.exp))
        else:
            factors.append(_term(factor))
    if coefficient != 1 or not factors:
        factors.insert(0, rational(coefficient))
    above = factors[0] if len(factors) == 1 else ("*", *factors)
    if not below:
        return above
    return ("/", above, below[0] if len(below) == 1 else ("*", *below))


def _power(base: Any, exponent: Any) -> Term:
    """b^e by the kind of its exponent; a real symbolic exponent has no term."""
    if exponent.could_extract_minus_sign():
        return ("/", 1, _power(base, -exponent))
    inner = _term(base)
    if exponent.is_Integer:
        n = int(exponent)
        if n == 1:
            return inner
        return ("^", inner, n) if n <= MAX_LITERAL_POWER else ("pow", inner, n)
    if exponent.is_Rational:
        p, q = int(exponent.p), int(exponent.q)
        root = ("sqrt", inner) if q == 2 else ("root", inner, q)
        return root if p == 1 else ("^", root, p)
    if (1 / exponent).is_integer:
        return ("root", inner, _term(1 / exponent))
    if exponent.is_integer:
        return ("pow", inner, _term(exponent))
    raise InputError(explain("from_sympy", "an integer or rational exponent", exponent, "Write exp(e*log(b)) instead."))


def _bound(expr: Any) -> Term:
    """Sums, products and integrals with explicit bounds; several limits nest, the first one innermost."""
    body = _term(expr.function)
    for limit in expr.limits:
        if len(limit) != 3:
            raise InputError(explain("from_sympy", "both bounds of a binder", expr, "Give lower and upper bound."))
        name, lo, hi = limit[0].name, _term(limit[1]), _term(limit[2])
        if isinstance(expr, sympy.Integral):
            body = ("bind", "integral", name, "real", ("leb", lo, hi), body)
        else:
            body = ("bind", "sum" if isinstance(expr, sympy.Sum) else "prod", name, lo, hi, body)
    return body


def _choice(expr: Any) -> Term:
    """Piecewise((x, a <= b), (y, True)) is ite(a, b, x, y); other conditions have no term."""
    pieces = expr.args
    if len(pieces) == 2 and pieces[1][1] == sympy.true and isinstance(pieces[0][1], (sympy.Le, sympy.Ge)):
        condition = pieces[0][1]
        lower, upper = (condition.lhs, condition.rhs) if isinstance(condition, sympy.Le) else (
            condition.rhs, condition.lhs)
        return ("ite", _term(lower), _term(upper), _term(pieces[0][0]), _term(pieces[1][0]))
    raise InputError(explain("from_sympy", "two pieces with one condition a <= b", expr, "Split the cases before."))


def derivative(term: Term, name: str, sorts: Sorts | None = None) -> Term:
    """Return SymPy's derivative of a term in the real variable `name`, as a term: only a proposal.

    >>> derivative(("*", "x", ("exp", "x")), "x")
    ('+', ('*', 'x', ('exp', 'x')), ('exp', 'x'))
    """
    sorts = dict(sorts or {})
    if sorts.get(name, "real") != "real":
        raise InputError(explain("derivative", "a real variable", name, "Differentiate in a real name only."))
    return from_sympy(sympy.diff(to_sympy(term, sorts), symbol(name)))

"""Sorts, scopes and the canonical form of terms; substitution by scopes, so that nothing can be captured.

A term means something in a `Scope`: every name stands for a variable, for a term of another scope (`Closure`) or for a
function given by a body (`Lambda`). To substitute is to read a formula in a scope where its variables are closures:
no name is ever moved under a foreign binder. Variables bound inside a formula are labelled `#k` by their nesting depth,
above every live one; free variables are labelled by their name, which never contains a mark used in canonical texts.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from typing import Any, NamedTuple

import polynomials as poly
from rejection import NAME_LENGTH, listed, need

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_']*\Z")
RESERVED = set("q T tr I rows at build bind sum prod integral lam all some or def pred mat fun real int obj".split())
SIMPLE = ("int", "real", "obj")


class Shape(NamedTuple):
    """The sort of a matrix: canonical texts of its numbers of rows and columns."""

    rows: str
    columns: str


class Function:
    """The sort of a function, read in the scope where it was declared."""

    def __init__(self, parameters: Any, result: Any, scope: Scope) -> None:
        inner, sorts = declare(parameters, scope)
        need(sorts and all(sort in SIMPLE for sort in sorts), "a function needs numbers or objects as parameters")
        value = resolve(result, inner)
        need(type(value) is not Function, "a function cannot yield a function")
        self.parameters, self.result, self.scope = parameters, result, scope
        self.text = f"fun({','.join(sorts)}:{sort_text(value)})"


class Variable:
    """A name that stands for itself: its label in canonical texts and its sort."""

    def __init__(self, label: str, sort: Any) -> None:
        self.label, self.sort = label, sort
        self.canonical = atom(sort, label)

    def value(self, depth: int) -> tuple[Any, poly.Value]:
        """Return the canonical form, the same at every depth."""
        need(type(self.sort) is not Function, "a function needs arguments:", self.label)
        return self.canonical


class Lambda(NamedTuple):
    """A function given by a body with named parameters, read in the scope where it was written."""

    names: list[str]
    body: Any
    scope: Scope


class Closure:
    """A name that stands for a term of another scope."""

    def __init__(self, term: Any, scope: Scope) -> None:
        self.term, self.scope = term, scope
        self.memo: dict[int, tuple[Any, poly.Value]] = {}

    def value(self, depth: int) -> tuple[Any, poly.Value]:
        """Return the canonical form where `depth` binders are open around the place of use."""
        if depth not in self.memo:
            self.memo[depth] = canon(self.term, self.scope.at(depth))
        return self.memo[depth]


class Table(NamedTuple):
    """The generators and predicates of `axioms.json`."""

    generators: dict[str, dict[str, Any]]
    predicates: dict[str, dict[str, Any]]


class Scope:
    """What every name stands for, and how many binders of the formula being read are open."""

    __slots__ = ("depth", "names", "table")

    def __init__(self, table: Table, names: dict[str, Any] | None = None, depth: int = 0) -> None:
        self.table, self.names, self.depth = table, names or {}, depth

    def at(self, depth: int) -> Scope:
        """Return the same names with another number of open binders."""
        return self if depth == self.depth else Scope(self.table, self.names, depth)

    def stand(self, meanings: dict[str, Any]) -> Scope:
        """Return the scope in which names stand for variables, closures or lambdas."""
        return Scope(self.table, {**self.names, **meanings}, self.depth)

    def bind(self, name: str, sort: Any) -> Scope:
        """Return the scope inside a binder of the name."""
        check_name(name, self.table)
        return Scope(self.table, {**self.names, name: Variable(f"#{self.depth}", sort)}, self.depth + 1)

    def fix(self, variables: Any) -> Scope:
        """Return the scope of a box that introduces fresh variables, labelled by their own names."""
        scope = self
        for name, sort in pairs(variables):
            check_name(name, self.table)
            need(name not in scope.names, "the name", name, "is already in use")
            scope = scope.stand({name: Variable(name, resolve(sort, scope))})
        return scope


def check_name(name: Any, table: Table) -> None:
    """Refuse what is not a name, a word of the grammar, or the name of a generator."""
    need(type(name) is str and len(name) <= NAME_LENGTH and NAME.match(name), "not a name:", name)
    need(name not in RESERVED and name not in table.generators, "a word of the grammar or a generator:", name)


def pairs(variables: Any) -> list[list[Any]]:
    """Return a list of [name, sort] after checking its form and that no name comes twice."""
    good = type(variables) is list and all(type(v) is list and len(v) == 2 and type(v[0]) is str for v in variables)
    need(good, "a list of [name, sort] expected, found", variables)
    need(len({name for name, _ in variables}) == len(variables), "a name is declared twice in", variables)
    return variables  # type: ignore[no-any-return]


def declare(variables: Any, scope: Scope) -> tuple[Scope, list[Any]]:
    """Return the scope inside a quantifier, and the sorts of its variables."""
    sorts = []
    for name, sort in pairs(variables):
        sorts.append(resolve(sort, scope))
        scope = scope.bind(name, sorts[-1])
    return scope, sorts


def resolve(sort: Any, scope: Scope) -> Any:
    """Return a checked sort: "int", "real", "obj", a `Shape` or a `Function`."""
    if type(sort) is str and sort in SIMPLE:
        return sort
    need(type(sort) is list and len(sort) == 3 and sort[0] in ("mat", "fun"), "not a sort:", sort)
    _, first, second = sort
    return Shape(integer(first, scope), integer(second, scope)) if sort[0] == "mat" else Function(first, second, scope)


def sort_text(sort: Any) -> str:
    """Return the text of a checked sort inside canonical texts."""
    return f"mat[{sort.rows},{sort.columns}]" if type(sort) is Shape else getattr(sort, "text", sort)


def fits(sort: Any, wanted: Any) -> bool:
    """Tell whether a term of the first sort may stand where the second is wanted."""
    return bool(sort == wanted or (sort == "int" and wanted == "real"))


def text_of(sort: Any, value: poly.Value) -> str:
    """Return the canonical text of a value, for a matrix with its shape."""
    return f"[{sort.rows},{sort.columns}]{poly.show(value)}" if type(sort) is Shape else poly.show(value)


def atom(sort: Any, text: str) -> tuple[Any, poly.Value]:
    """Return an opaque value of a sort with its canonical text."""
    return sort, poly.generator(text, type(sort) is Shape)


def canon(term: Any, scope: Scope) -> tuple[Any, poly.Value]:
    """Return sort and canonical value of a term."""
    if type(term) is int:
        return "int", poly.constant(term)
    if type(term) is str:
        meaning = scope.names.get(term)
        need(type(meaning) in (Variable, Closure), "not a variable in force:", term)
        return meaning.value(scope.depth)  # type: ignore[no-any-return, union-attr]
    need(type(term) is list and term and type(term[0]) is str, "not a term:", term)
    count, form = OPERATORS.get(term[0], (len(term), call))
    need(len(term) == count or (count == 0 and len(term) > 1), "wrong number of arguments in", term)
    return form(term, scope)


def scalar(term: Any, scope: Scope) -> poly.Value:
    """Return the polynomial of a real or int term."""
    sort, value = canon(term, scope)
    need(sort in ("int", "real"), "a number expected, found", term)
    return value


def integer(term: Any, scope: Scope) -> str:
    """Return the canonical text of an int-sorted term."""
    sort, value = canon(term, scope)
    need(sort == "int", "an int-sorted term expected, found", term)
    return poly.show(value)


def rational(term: list[Any], scope: Scope) -> tuple[Any, poly.Value]:
    """["q", p, q] with q > 0."""
    need(type(term[1]) is int and type(term[2]) is int and term[2] > 0, "bad rational", term)
    return "real", poly.constant(Fraction(term[1], term[2]))


def product_sort(a: Any, b: Any) -> Any:
    """Return the sort of a product of numbers and matrices whose shapes fit."""
    need("obj" not in (a, b), "no arithmetic on objects")
    if type(a) is Shape and type(b) is Shape:
        need(a.columns == b.rows, "shapes do not fit:", sort_text(a), sort_text(b))
        return Shape(a.rows, b.columns)
    return b if type(b) is Shape or a == "int" else a


def arithmetic(term: list[Any], scope: Scope) -> tuple[Any, poly.Value]:
    """["+", t, ...] of numbers or of matrices of one shape, ["*", t, ...] of numbers and matrices whose shapes fit."""
    sort, out = canon(term[1], scope)
    need(sort != "obj", "no arithmetic on objects:", term)
    for part in term[2:]:
        other, value = canon(part, scope)
        if term[0] == "*":
            sort, out = product_sort(sort, other), poly.multiply(out, value)
        else:
            need(fits(other, sort) or fits(sort, other), "numbers, or matrices of one shape, expected in", term)
            sort, out = other if fits(sort, other) else sort, poly.add(out, value)
    return sort, out


def literal_power(term: list[Any], scope: Scope) -> tuple[Any, poly.Value]:
    """["^", t, k] of a number, with a literal exponent from 0 to 64."""
    sort, value = canon(term[1], scope)
    need(sort in ("int", "real") and type(term[2]) is int and 0 <= term[2] <= 64, "bad power:", term)
    return sort, poly.power(value, term[2])


def quotient(term: list[Any], scope: Scope) -> tuple[Any, poly.Value]:
    """["/", a, b]: by a number different from 0 at once, else a times the generator 1/b."""
    a, b = scalar(term[1], scope), scalar(term[2], scope)
    plain = set(b) == {poly.UNIT}
    return "real", poly.multiply(a, poly.constant(1 / Fraction(b[poly.UNIT])) if plain else poly.inverse(b))


def square(term: list[Any], scope: Scope) -> tuple[Any, poly.Value]:
    """["T", M], ["tr", M] of a square matrix, or ["I", n]."""
    if term[0] == "I":
        return resolve(["mat", term[1], term[1]], scope), poly.ONE
    sort, value = canon(term[1], scope)
    need(type(sort) is Shape, "a matrix expected in", term)
    if term[0] == "T":
        return Shape(sort.columns, sort.rows), poly.transpose(value)
    need(sort.rows == sort.columns, "trace of a matrix that is not square:", term)
    return "real", poly.trace(value, sort.rows)


def cells(term: list[Any], scope: Scope) -> list[list[tuple[Any, poly.Value]]]:
    """Return sorts and values of the entries of ["rows", [[t, ...], ...]], of numbers and not empty."""
    values = [[canon(x, scope) for x in listed(row)] for row in listed(term[1])]
    sizes, sorts = {len(row) for row in values}, {sort for row in values for sort, _ in row}
    need(len(term) == 2 and len(sizes) == 1 and 0 not in sizes and sorts <= {"int", "real"}, "no matrix:", term)
    return values


def table_of(values: list[list[tuple[Any, poly.Value]]]) -> tuple[Any, poly.Value]:
    """Return the literal matrix with these entries."""
    text = "|".join([";".join([poly.show(value) for _, value in row]) for row in values])
    return atom(Shape(str(len(values)), str(len(values[0]))), f"rows[{text}]")


def entry(term: list[Any], scope: Scope) -> tuple[Any, poly.Value]:
    """["at", M, i, j]; of a literal table at literal indices that entry, and int-sorted if all entries are."""
    i, j = integer(term[2], scope), integer(term[3], scope)
    table, home = unfold(term[1], scope)
    values = cells(table, home) if table[0] == "rows" else []
    if i.isdigit() and j.isdigit() and 0 < int(i) <= len(values) and 0 < int(j) <= len(values[0]):
        return values[int(i) - 1][int(j) - 1]
    whole = values and all(sort == "int" for row in values for sort, _ in row)
    sort, value = table_of(values) if values else canon(term[1], scope)
    need(type(sort) is Shape, "a matrix expected in", term)
    return "int" if whole else "real", poly.generator(f"at({text_of(sort, value)};{i};{j})")


def unfold(term: Any, scope: Scope) -> tuple[Any, Scope]:
    """Return the term that a closure or an applied lambda stands for, with its scope."""
    meaning = scope.names.get(term if type(term) is str else term[0])
    if type(meaning) is Closure:
        return unfold(meaning.term, meaning.scope.at(scope.depth))
    return unfold(meaning.body, enter(meaning, term, scope)) if type(meaning) is Lambda else (term, scope)


def enter(meaning: Lambda, term: list[Any], scope: Scope) -> Scope:
    """Return the scope of the body of a lambda that is applied to the arguments of the term."""
    need(len(meaning.names) == len(term) - 1, "wrong number of arguments in", term)
    arguments = {name: Closure(part, scope) for name, part in zip(meaning.names, term[1:])}
    return meaning.scope.at(scope.depth).stand(arguments)


def built(term: list[Any], scope: Scope) -> tuple[Any, poly.Value]:
    """["build", i, j, rows, columns, body]: the matrix with these entries."""
    _, i, j, rows, columns, body = term
    need(i != j, "one name for both indices:", term)
    sort = resolve(["mat", rows, columns], scope)
    text = poly.show(scalar(body, scope.bind(i, "int").bind(j, "int")))
    return atom(sort, f"build(#{scope.depth};{sort.rows};{sort.columns};{text})")


def bound(term: list[Any], scope: Scope) -> tuple[Any, poly.Value]:
    """["bind", "sum" | "prod", j, lo, hi, body] or ["bind", "integral", x, sort, measure, body]."""
    _, kind, name, first, second, body = term
    need(type(kind) is str and kind in ("sum", "prod", "integral"), "bad binder", term)
    if kind == "integral":
        over, measure = resolve(first, scope), canon(second, scope)
        need(over in SIMPLE and measure[0] == "obj", "an integral needs a simple sort and a measure:", term)
        outer = f"{over};{poly.show(measure[1])}"
    else:
        over, outer = "int", f"{integer(first, scope)};{integer(second, scope)}"
    result, value = canon(body, scope.bind(name, over))
    need(result in ("int", "real"), "the body of a binder is a number:", term)
    return atom("real" if kind == "integral" else result, f"{kind}(#{scope.depth};{outer};{poly.show(value)})")


def call(term: list[Any], scope: Scope) -> tuple[Any, poly.Value]:
    """A generator of the table, a function variable, or a function given by a body, with its arguments."""
    row, meaning = scope.table.generators.get(term[0]), scope.names.get(term[0])
    if type(meaning) is Lambda:
        return canon(meaning.body, enter(meaning, term, scope))
    if row is not None:
        parameters, result, home, label = row["args"], row["sort"], Scope(scope.table, {}, scope.depth), term[0]
    else:
        need(type(meaning) is Variable and type(meaning.sort) is Function, "unknown function:", term[0])
        label, sort = meaning.label, meaning.sort  # type: ignore[union-attr]
        parameters, result, home = sort.parameters, sort.result, sort.scope.at(scope.depth)
    need(len(parameters) == len(term) - 1, "wrong number of arguments in", term)
    dependent = type(result) is not str or any(type(wanted) is list for _, wanted in parameters)
    texts = []
    for (parameter, wanted), argument in zip(parameters, term[1:]):
        meaning = Closure(argument, scope)
        got, value = meaning.value(scope.depth)
        need(fits(got, resolve(wanted, home) if dependent else wanted), "an argument of the wrong sort in", term)
        texts.append(text_of(got, value))
        home = home.stand({parameter: meaning}) if dependent else home
    return atom(resolve(result, home) if dependent else result, f"{label}({';'.join(texts)})")


# the length of a form (0: any, but not empty) and its reader
OPERATORS: dict[str, tuple[int, Callable[[list[Any], Scope], tuple[Any, poly.Value]]]] = {
    "q": (3, rational), "+": (0, arithmetic), "*": (0, arithmetic), "^": (3, literal_power), "/": (3, quotient),
    "T": (2, square), "tr": (2, square), "I": (2, square), "at": (4, entry), "build": (6, built),
    "bind": (6, bound), "rows": (2, lambda term, scope: table_of(cells(term, scope))),
}  # fmt: skip


def instance(variables: Any, substitution: Any, scope: Scope) -> Scope:
    """Return the scope in which a fact is read: each of its variables stands for the given term of its sort.

    `scope` is that of the step; the fact is read in it too, because it was stated in this scope or one around it.
    """
    good = type(substitution) is dict and set(substitution) == {name for name, _ in variables}
    need(good, "a substitution of exactly these expected:", variables)
    inner = scope
    for name, sort in variables:
        wanted, term = resolve(sort, inner), substitution[name]
        meaning = function_value(wanted, term, scope) if type(wanted) is Function else Closure(term, scope)
        if type(meaning) is Closure:
            got = meaning.value(scope.depth)[0]
            need(fits(got, wanted), name, "is", sort_text(got), "but must be", sort_text(wanted))
        inner = inner.stand({name: meaning})
    return inner


def function_value(wanted: Function, term: Any, scope: Scope) -> Lambda:
    """Return the meaning of ["lam", names, body] after checking that it has the wanted function sort."""
    need(type(term) is list and len(term) == 3 and term[0] == "lam", "a function is given by lam, found", term)
    _, names, body = term
    need(type(names) is list and len(names) == len(wanted.parameters), "wrong number of parameters in", term)
    inner = declare([[name, sort] for name, (_, sort) in zip(names, wanted.parameters)], scope)[0]
    result = resolve(wanted.result, declare(wanted.parameters, wanted.scope.at(scope.depth))[0])
    got = canon(body, inner)[0]
    need(fits(got, result), "the body is", sort_text(got), "but must be", sort_text(result), "in", term)
    return Lambda(names, body, scope)


def names_in(term: Any) -> set[str]:
    """Return every string in a term or formula: a superset of its free names."""
    if type(term) is str:
        return {term}
    return set().union(*map(names_in, term)) if type(term) is list else set()

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
from rejection import NAME_LENGTH, need

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_']*\Z")
RESERVED = frozenset(
    "q T tr I rows at build bind sum prod integral lam all some or def pred mat fun real int obj".split()
)
SIMPLE = ("int", "real", "obj")


class Shape(NamedTuple):
    """The sort of a matrix: canonical texts of its numbers of rows and columns."""

    rows: str
    columns: str


class Function:
    """The sort of a function, read in the scope where it was declared."""

    __slots__ = ("parameters", "result", "scope", "text")

    def __init__(self, parameters: list[list[Any]], result: Any, scope: Scope) -> None:
        need(type(parameters) is list and parameters, "a function needs parameters")
        inner, sorts = declare(parameters, scope)
        need(all(sort in SIMPLE for sort in sorts), "a parameter is a number or an object")
        value = resolve(result, inner)
        need(type(value) is not Function, "a function cannot yield a function")
        self.parameters, self.result, self.scope = parameters, result, scope
        self.text = f"fun({','.join(sorts)}:{sort_text(value)})"


class Variable(NamedTuple):
    """A name that stands for itself: its label in canonical texts and its sort."""

    label: str
    sort: Any


class Closure:
    """A name that stands for a term of another scope."""

    __slots__ = ("memo", "scope", "term")

    def __init__(self, term: Any, scope: Scope) -> None:
        self.term, self.scope = term, scope
        self.memo: dict[int, tuple[Any, Any]] = {}

    def value(self, depth: int) -> tuple[Any, Any]:
        """Return the canonical form where `depth` binders are open around the place of use."""
        if depth not in self.memo:
            self.memo[depth] = canon(self.term, self.scope.at(depth))
        return self.memo[depth]


class Lambda(NamedTuple):
    """A function given by a body with named parameters, read in the scope where it was written."""

    names: list[str]
    body: Any
    scope: Scope


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

    def stand(self, name: str, meaning: Any) -> Scope:
        """Return the scope in which the name stands for a closure or lambda."""
        return Scope(self.table, {**self.names, name: meaning}, self.depth)

    def bind(self, name: object, sort: Any) -> Scope:
        """Return the scope inside a binder of the name."""
        check_name(name, self.table)
        variable = Variable(f"#{self.depth}", sort)
        return Scope(self.table, {**self.names, name: variable}, self.depth + 1)  # type: ignore[dict-item]

    def fix(self, variables: object) -> Scope:
        """Return the scope of a box that introduces fresh variables, labelled by their own names."""
        scope = self
        for name, sort in pairs(variables):
            check_name(name, self.table)
            need(name not in scope.names, "the name", name, "is already in use")
            scope = scope.stand(name, Variable(name, resolve(sort, scope)))
        return scope


def check_name(name: object, table: Table) -> None:
    """Refuse what is not a name, a word of the grammar, or the name of a generator."""
    need(type(name) is str and len(name) <= NAME_LENGTH and NAME.match(name), "not a name:", name)
    need(name not in RESERVED, "a word of the grammar cannot be a name:", name)
    need(name not in table.generators, "the name of a generator cannot be a variable:", name)


def pairs(variables: Any) -> list[list[Any]]:
    """Return a list of [name, sort] after checking its form and that no name comes twice."""
    need(type(variables) is list, "a list of variables expected, found", variables)
    need(all(type(v) is list and len(v) == 2 and type(v[0]) is str for v in variables), "[name, sort] expected", variables)
    need(len({v[0] for v in variables}) == len(variables), "a name is declared twice", variables)
    return variables


def declare(variables: object, scope: Scope) -> tuple[Scope, list[Any]]:
    """Return the scope inside a quantifier, and the sorts of its variables."""
    sorts = []
    for name, sort in pairs(variables):
        sorts.append(resolve(sort, scope))
        scope = scope.bind(name, sorts[-1])
    return scope, sorts


def resolve(sort: Any, scope: Scope) -> Any:
    """Return a checked sort: "int", "real", "obj", a `Shape` or a `Function`."""
    if type(sort) is str:
        need(sort in SIMPLE, "unknown sort", sort)
        return sort
    need(type(sort) is list and len(sort) == 3 and sort[0] in ("mat", "fun"), "not a sort", sort)
    return shape(sort[1], sort[2], scope) if sort[0] == "mat" else Function(sort[1], sort[2], scope)


def shape(rows: Any, columns: Any, scope: Scope) -> Shape:
    """Return the shape given by two int-sorted terms."""
    return Shape(integer(rows, scope), integer(columns, scope))


def integer(term: Any, scope: Scope) -> str:
    """Return the canonical text of an int-sorted term."""
    sort, value = canon(term, scope)
    need(sort == "int", "an int-sorted term expected, found", term)
    return poly.show(value)


def sort_text(sort: Any) -> str:
    """Return the text of a checked sort inside canonical texts."""
    if type(sort) is Shape:
        return f"mat[{sort.rows},{sort.columns}]"
    return sort.text if type(sort) is Function else sort


def fits(sort: Any, wanted: Any) -> bool:
    """Tell whether a term of the first sort may stand where the second is wanted."""
    return bool(sort == wanted or (sort == "int" and wanted == "real"))


def value_text(sort: Any, value: Any) -> str:
    """Return the canonical text of a value of a scalar, object or matrix sort."""
    return poly.show_matrix(value, sort.rows, sort.columns) if type(sort) is Shape else poly.show(value)


def canon(term: Any, scope: Scope) -> tuple[Any, Any]:
    """Return sort and canonical value of a term: a polynomial, or for a matrix a polynomial in words."""
    kind = type(term)
    if kind is int:
        return "int", poly.constant(term)
    if kind is str:
        return name_value(term, scope)
    need(kind is list and term and type(term[0]) is str, "not a term:", term)
    operator = OPERATORS.get(term[0])
    return operator(term, scope) if operator else call(term, scope)


def name_value(name: str, scope: Scope) -> tuple[Any, Any]:
    """Return the value of a name that is not applied."""
    meaning = scope.names.get(name)
    need(meaning is not None, "unknown name", name)
    if type(meaning) is Closure:
        return meaning.value(scope.depth)
    need(type(meaning) is Variable and type(meaning.sort) is not Function, "a function needs arguments:", name)
    sort, label = meaning.sort, meaning.label
    return sort, ({((label, False),): poly.ONE} if type(sort) is Shape else poly.generator(label))


def scalar(term: Any, scope: Scope) -> poly.Polynomial:
    """Return the polynomial of a real or int term."""
    sort, value = canon(term, scope)
    need(sort in ("int", "real"), "a number expected, found", term)
    return value


def rational(term: list[Any], scope: Scope) -> tuple[Any, Any]:
    """["q", p, q] with q > 0."""
    need(len(term) == 3 and type(term[1]) is int and type(term[2]) is int and term[2] > 0, "bad rational", term)
    return "real", poly.constant(Fraction(term[1], term[2]))


def total(term: list[Any], scope: Scope) -> tuple[Any, Any]:
    """["+", t, ...] of numbers, or of matrices of one shape."""
    need(len(term) > 1, "empty sum")
    values = [canon(a, scope) for a in term[1:]]
    sort, out = values[0]
    for other, value in values[1:]:
        if type(sort) is Shape:
            need(other == sort, "shapes differ in", term)
            out = poly.matrix_add(out, value)
        else:
            need(other in ("int", "real"), "numbers expected in", term)
            sort, out = ("int" if sort == other == "int" else "real" if sort != "obj" else sort), poly.add(out, value)
    need(sort != "obj", "no arithmetic on objects:", term)
    return sort, out


def product(term: list[Any], scope: Scope) -> tuple[Any, Any]:
    """["*", t, ...] of numbers and matrices whose shapes fit."""
    need(len(term) > 1, "empty product")
    sort: Any = "int"
    out: Any = poly.ONE
    for argument in term[1:]:
        other, value = canon(argument, scope)
        need(other != "obj", "no arithmetic on objects:", term)
        if type(sort) is not Shape and type(other) is not Shape:
            sort, out = ("int" if sort == other == "int" else "real"), poly.multiply(out, value)
        elif type(sort) is not Shape:
            sort, out = other, poly.scale(value, out)
        elif type(other) is not Shape:
            out = poly.scale(out, value)
        else:
            need(sort.columns == other.rows, "shapes do not fit in", term)
            sort, out = Shape(sort.rows, other.columns), poly.matrix_multiply(out, value)
    return sort, out


def literal_power(term: list[Any], scope: Scope) -> tuple[Any, Any]:
    """["^", t, k] of a number, with a literal exponent from 0 to 64."""
    need(len(term) == 3 and type(term[2]) is int and 0 <= term[2] <= 64, "bad power", term)
    sort, value = canon(term[1], scope)
    need(sort in ("int", "real"), "power of what is not a number:", term)
    return sort, poly.power(value, term[2])


def quotient(term: list[Any], scope: Scope) -> tuple[Any, Any]:
    """["/", a, b]: by a number different from 0 at once, else a times the generator 1/b."""
    need(len(term) == 3, "bad quotient", term)
    a, b = scalar(term[1], scope), scalar(term[2], scope)
    if len(b) == 1 and () in b:
        return "real", poly.multiply(a, poly.constant(Fraction(1) / b[()]))
    return "real", poly.multiply(a, poly.inverse(b))


def matrix(term: Any, scope: Scope) -> tuple[Shape, poly.Matrix]:
    """Return shape and value of a matrix term."""
    sort, value = canon(term, scope)
    need(type(sort) is Shape, "a matrix expected, found", term)
    return sort, value


def transposed(term: list[Any], scope: Scope) -> tuple[Any, Any]:
    """["T", M]."""
    need(len(term) == 2, "one argument expected:", term)
    sort, value = matrix(term[1], scope)
    return Shape(sort.columns, sort.rows), poly.transpose(value)


def traced(term: list[Any], scope: Scope) -> tuple[Any, Any]:
    """["tr", M] of a square matrix."""
    need(len(term) == 2, "one argument expected:", term)
    sort, value = matrix(term[1], scope)
    need(sort.rows == sort.columns, "trace of a matrix that is not square:", term)
    return "real", poly.trace(value, sort.rows)


def identity(term: list[Any], scope: Scope) -> tuple[Any, Any]:
    """["I", n]."""
    need(len(term) == 2, "one argument expected:", term)
    return shape(term[1], term[1], scope), {(): poly.ONE}


def concrete(term: list[Any], scope: Scope) -> tuple[Any, Any]:
    """["rows", [[t, ...], ...]] of numbers, not empty."""
    need(len(term) == 2 and type(term[1]) is list and term[1], "bad matrix", term)
    need(all(type(row) is list and 0 < len(row) == len(term[1][0]) for row in term[1]), "rows differ in length", term)
    text = "|".join([";".join([poly.show(scalar(x, scope)) for x in row]) for row in term[1]])
    return Shape(str(len(term[1])), str(len(term[1][0]))), {((f"rows[{text}]", False),): poly.ONE}


def entry(term: list[Any], scope: Scope) -> tuple[Any, Any]:
    """["at", M, i, j]; of a literal table at literal indices that entry, and int-sorted if all entries are."""
    need(len(term) == 4, "bad entry", term)
    sort, value = matrix(term[1], scope)
    i, j = integer(term[2], scope), integer(term[3], scope)
    table, home = unfold(term[1], scope)
    result = "real"
    if type(table) is list and table[0] == "rows":
        rows = table[1]
        if i.isdigit() and j.isdigit() and 0 < int(i) <= len(rows) and 0 < int(j) <= len(rows[0]):
            return canon(rows[int(i) - 1][int(j) - 1], home)
        if all(canon(x, home)[0] == "int" for row in rows for x in row):
            result = "int"
    return result, poly.generator(f"at({value_text(sort, value)};{i};{j})")


def unfold(term: Any, scope: Scope) -> tuple[Any, Scope]:
    """Return the term that a closure or an applied lambda stands for, with its scope."""
    while True:
        if type(term) is str and type(scope.names.get(term)) is Closure:
            closure = scope.names[term]
            term, scope = closure.term, closure.scope.at(scope.depth)
        elif type(term) is list and type(scope.names.get(term[0])) is Lambda:
            term, scope = scope.names[term[0]].body, enter(term, scope)
        else:
            return term, scope


def built(term: list[Any], scope: Scope) -> tuple[Any, Any]:
    """["build", i, j, rows, columns, body]: the matrix with these entries."""
    need(len(term) == 6 and term[1] != term[2], "bad matrix", term)
    sort = shape(term[3], term[4], scope)
    body = poly.show(scalar(term[5], scope.bind(term[1], "int").bind(term[2], "int")))
    return sort, {((f"build(#{scope.depth};{sort.rows};{sort.columns};{body})", False),): poly.ONE}


def bound(term: list[Any], scope: Scope) -> tuple[Any, Any]:
    """["bind", "sum" | "prod", j, lo, hi, body] or ["bind", "integral", x, sort, measure, body]."""
    need(len(term) == 6 and term[1] in ("sum", "prod", "integral"), "bad binder", term)
    _, kind, name, first, second, body = term
    if kind == "integral":
        need(type(first) is str and first in SIMPLE, "an integral runs over a simple sort:", term)
        sort, measure = canon(second, scope)
        need(sort == "obj", "a measure expected in", term)
        outer, over = f"{first};{poly.show(measure)}", first
    else:
        outer, over = f"{integer(first, scope)};{integer(second, scope)}", "int"
    result, value = canon(body, scope.bind(name, over))
    need(result in ("int", "real"), "the body of a binder is a number:", term)
    text = f"{kind}(#{scope.depth};{outer};{poly.show(value)})"
    return ("real" if kind == "integral" else result), poly.generator(text)


def call(term: list[Any], scope: Scope) -> tuple[Any, Any]:
    """A generator of the table, a function variable, or a function given by a body, with its arguments."""
    name = term[0]
    row = scope.table.generators.get(name)
    if row is not None:
        parameters, result, home, label = row["args"], row["sort"], Scope(scope.table), name
    else:
        meaning: Any = scope.names.get(name)
        if type(meaning) is Lambda:
            return canon(meaning.body, enter(term, scope))
        need(type(meaning) is Variable and type(meaning.sort) is Function, "unknown function", name)
        function, label = meaning.sort, meaning.label
        parameters, result, home = function.parameters, function.result, function.scope
    need(len(parameters) == len(term) - 1, "wrong number of arguments in", term)
    texts = []
    home = home.at(scope.depth)
    dependent = type(result) is not str or any(type(wanted) is list for _, wanted in parameters)
    for (parameter, wanted), argument in zip(parameters, term[1:]):
        sort, value = canon(argument, scope)
        need(fits(sort, resolve(wanted, home)), "an argument of the wrong sort in", term)
        texts.append(value_text(sort, value))
        if dependent:
            home = home.stand(parameter, Closure(argument, scope))
    text = f"{label}({';'.join(texts)})"
    sort = resolve(result, home)
    return sort, ({((text, False),): poly.ONE} if type(sort) is Shape else poly.generator(text))


def enter(term: list[Any], scope: Scope) -> Scope:
    """Return the scope of the body of a lambda that is applied to the arguments of the term."""
    meaning = scope.names[term[0]]
    need(len(meaning.names) == len(term) - 1, "wrong number of arguments in", term)
    names = dict(meaning.scope.names)
    for name, argument in zip(meaning.names, term[1:]):
        names[name] = Closure(argument, scope)
    return Scope(scope.table, names, scope.depth)


OPERATORS: dict[str, Callable[[list[Any], Scope], tuple[Any, Any]]] = {
    "q": rational, "+": total, "*": product, "^": literal_power, "/": quotient, "T": transposed, "tr": traced,
    "I": identity, "rows": concrete, "at": entry, "build": built, "bind": bound,
}  # fmt: skip


def admit(variables: list[list[Any]], substitution: Any, scope: Scope) -> dict[str, Any]:
    """Return what each variable of a fact stands for: exactly the bound names, each with a term of its sort.

    `scope` is that of the step; the fact itself is read in it too, because facts never lose their free names.
    """
    need(type(substitution) is dict, "a substitution expected")
    names = [name for name, _ in variables]
    need(set(substitution) == set(names), "the substitution must name exactly", ", ".join(names))
    inner, meanings = scope, {}
    for name, sort in variables:
        wanted, term = resolve(sort, inner), substitution[name]
        meanings[name] = function_value(wanted, term, scope) if type(wanted) is Function else Closure(term, scope)
        if type(wanted) is not Function:
            got = meanings[name].value(scope.depth)[0]
            need(fits(got, wanted), name, "is", sort_text(got), "but must be", sort_text(wanted))
        inner = inner.stand(name, meanings[name])
    return meanings


def function_value(wanted: Function, term: Any, scope: Scope) -> Lambda:
    """Return the meaning of ["lam", names, body] after checking that it has the wanted function sort."""
    need(type(term) is list and len(term) == 3 and term[0] == "lam", "a function is given by lam, found", term)
    names = term[1]
    need(type(names) is list and len(names) == len(wanted.parameters), "wrong number of parameters in", term)
    inner = declare([[name, sort] for name, (_, sort) in zip(names, wanted.parameters)], scope)[0]
    result = resolve(wanted.result, declare(wanted.parameters, wanted.scope.at(scope.depth))[0])
    got = canon(term[2], inner)[0]
    need(fits(got, result), "the body is", sort_text(got), "but must be", sort_text(result), "in", term)
    return Lambda(names, term[2], scope)


def names_in(term: Any) -> set[str]:
    """Return every string in a term or formula: a superset of its free names."""
    if type(term) is str:
        return {term}
    return set().union(*map(names_in, term)) if type(term) is list else set()

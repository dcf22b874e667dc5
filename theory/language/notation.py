"""The authors' notation: text to terms, formulas and statements by an own recursive-descent parser (never `eval`).

    all x y:real, f:int->real, A:mat(r,c) | H1: 0 <= x, 1 <= r <= c => sum(j=1..r: f(j)) <= x*A[1,2] + 1/2
    some x:real | 0 < x, x^2 = 2          a <= b or b < a          def V(0, t:real) = 1 then V(d+1) = d*V(d, t)
    sum(j=a..b: body)   prod(j=a..b: body)   integral(u in leb(a,b): body)   build(i<=r, j<=c: body)
    deriv(u: u^2, p, 2*p)   [[1,2],[3,4]]   T(A)   tr(A)   I(n)   max(x,0)   x -> f(x+1) (in substitutions)
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from .errors import NotationError
from .substitution import BOUND_PREDICATES
from .terms import RELATIONS, RESERVED, Formula, Sort, Term, flatten, literal, negative, rational

_TOKEN = re.compile(r"\s*(?:(\d+)|([A-Za-z_][A-Za-z0-9_']*)|(<=|>=|!=|->|=>|\.\.|[-+*/^()\[\],:|<>=]))")
_KINDS = {1: "int", 2: "name", 3: "symbol"}
_AHEAD = 3
"""Places beyond the end that may be looked at: the token itself and two after it."""
_ENDS = (",", "=>", ")", "or", "", "then")


@dataclass(frozen=True)
class Statement:
    """A closed formula `all` together with the names of its hypotheses (definitions count as two)."""

    formula: Formula
    ids: tuple[str, ...]

    @property
    def variables(self) -> tuple[tuple[str, Sort], ...]:
        """The quantified variables with their sorts."""
        return self.formula[1]

    @property
    def hypotheses(self) -> tuple[tuple[str, Formula], ...]:
        """Pairs (name, formula), every definition flattened into its two equations."""
        return tuple(zip(self.ids, flatten(self.formula[2])))

    @property
    def conclusion(self) -> Formula:
        """What is claimed under the hypotheses."""
        return self.formula[3]

    def __str__(self) -> str:
        from .printing import text

        return text(self.formula)


@lru_cache(maxsize=None)
def term(text: str) -> Term:
    """Parse a term. Raises NotationError at the place where it stops making sense."""
    return _whole(text, _Parser.term)


@lru_cache(maxsize=None)
def formula(text: str) -> Formula:
    """Parse a formula."""
    return _whole(text, _Parser.formula)


@lru_cache(maxsize=None)
def sort(text: str) -> Sort:
    """Parse a sort: real, int, obj, mat(r,c), int->real, (int,real)->real, (l:int)->mat(d(l),d(l-1))."""
    return _whole(text, _Parser.sort)


@lru_cache(maxsize=None)
def definition(text: str) -> Formula:
    """Parse a definition by recursion, `def f(lo, ...) = a then f(n+1) = b`."""
    return _whole(text, _Parser.definition)


@lru_cache(maxsize=None)
def substitution(text: str) -> Term:
    """Parse a term, or a function `x, y -> body` as ("lam", names, body)."""
    return _whole(text, _Parser.substitution)


@lru_cache(maxsize=None)
def statement(text: str) -> Statement:
    """Parse `all variables | name: hypothesis, ... => conclusion`; unnamed hypotheses are called H1, H2, ..."""
    parser = _Parser(text)
    if parser.peek() != "all":
        parser._fail("'all' (a statement is closed by it, `all => ...` if there are no variables)")
    parsed = parser.quantified(named=True)
    parser.expect("")
    labels = parser.labels
    return Statement(parsed, tuple(name or f"H{k}" for k, name in enumerate(labels, 1)))


def _whole(text: str, rule):  # noqa: ANN001, ANN202 - a method of the private parser
    parser = _Parser(text)
    out = rule(parser)
    parser.expect("")
    return out


class _Parser:
    """Tokens of one text and a position in them."""

    def __init__(self, text: str) -> None:
        self.text, self.at, self.labels = text, 0, []
        self.texts: list[str] = []
        self.kinds: list[str] = []
        self.starts: list[int] = []
        place = 0
        for match in _TOKEN.finditer(text):
            if match.start() != place:
                break
            self.kinds.append(_KINDS[match.lastindex])
            self.texts.append(match[match.lastindex])
            self.starts.append(match.start(match.lastindex))
            place = match.end()
        if text[place:].strip():
            self._fail("a known symbol", place + len(text[place:]) - len(text[place:].lstrip()))
        # empty tokens at the end: looking ahead never needs a test of length
        self.texts += [""] * _AHEAD
        self.kinds += [""] * _AHEAD
        self.starts += [len(text)] * _AHEAD

    def _fail(self, wanted: str, place: int | None = None) -> None:
        place = self.starts[self.at] if place is None else place
        raise NotationError(f"notation: required {wanted} at the mark, found: {self.text[:place]} <<<here>>> "
                            f"{self.text[place:]}. Correct the text; the grammar is in theory/language/notation.py.")

    def peek(self, ahead: int = 0) -> str:
        """The text of a coming token, "" at the end."""
        return self.texts[self.at + ahead]

    def kind(self, ahead: int = 0) -> str:
        """The kind of a coming token, "" at the end."""
        return self.kinds[self.at + ahead]

    def take(self, *wanted: str) -> bool:
        """Consume the next token if it is one of `wanted`."""
        if self.texts[self.at] in wanted:
            self.at += 1
            return True
        return False

    def expect(self, wanted: str) -> None:
        """Consume exactly this token, or the end for ""."""
        if self.peek() != wanted:
            self._fail(f"'{wanted}'" if wanted else "the end")
        self.at += wanted != ""

    def name(self) -> str:
        """Consume a name."""
        if self.kind() != "name":
            self._fail("a name")
        self.at += 1
        return self.texts[self.at - 1]

    # ---- sorts and variables

    def sort(self) -> Sort:
        """A sort; `->` makes a function of the parameters before it."""
        if self.peek() == "(":
            parameters = self._parameters()
        else:
            head = self._plain_sort()
            if not self.take("->"):
                return head
            return ("fun", (("u", head),), self.sort())
        self.expect("->")
        return ("fun", parameters, self.sort())

    def _plain_sort(self) -> Sort:
        name = self.name()
        if name == "mat":
            self.expect("(")
            rows = self.term()
            self.expect(",")
            columns = self.term()
            self.expect(")")
            return ("mat", rows, columns)
        if name not in ("real", "int", "obj"):
            self.at -= 1
            self._fail("a sort (real, int, obj, mat(r,c) or a function)")
        return name

    def _parameters(self) -> tuple[tuple[str, Sort], ...]:
        self.expect("(")
        out: list[tuple[str, Sort]] = []
        while not self.take(")"):
            if out:
                self.expect(",")
            if self.peek(1) == ":":
                name = self.name()
                self.expect(":")
            else:
                name = f"u{len(out) + 1}" if out else "u"
            out.append((name, self._plain_sort()))
        return tuple(out)

    def variables(self) -> tuple[tuple[str, Sort], ...]:
        """`x y:real, f:int->real` up to `|` or `=>`."""
        out: list[tuple[str, Sort]] = []
        while self.kind() == "name":
            group = [self.name()]
            while self.kind() == "name":
                group.append(self.name())
            self.expect(":")
            for name in group:
                if name in RESERVED:
                    self._fail(f"a variable name that is not a word of the grammar (found {name})")
            kind = self.sort()
            out += [(name, kind) for name in group]
            if not self.take(","):
                break
        return tuple(out)

    # ---- formulas

    def formula(self) -> Formula:
        """Quantified formula or alternatives separated by `or`."""
        if self.peek() in ("all", "some"):
            return self.quantified()
        parts = [self.disjunct()]
        while self.take("or"):
            parts.append(self.disjunct())
        return parts[0] if len(parts) == 1 else ("or", *parts)

    def quantified(self, named: bool = False) -> Formula:
        """`all vars | hypotheses => conclusion` or `some vars | formulas`."""
        kind = self.name()
        if kind not in ("all", "some"):
            self.at -= 1
            self._fail("'all' or 'some'")
        variables = self.variables()
        parts, labels = self._list() if self.take("|") else ((), [])
        if kind == "some":
            return ("some", variables, parts)
        self.expect("=>")
        conclusion = self.formula()
        if named:
            self.labels = labels
        return ("all", variables, parts, conclusion)

    def _list(self) -> tuple[tuple[Formula, ...], list[str]]:
        out: list[Formula] = []
        labels: list[str] = []
        while self.peek() not in ("=>", ")", ""):
            given = self._label()
            new = [self.definition()] if self.peek() == "def" else self._chain()
            count = len(flatten(tuple(new)))
            if given and len(given) != count:
                self._fail(f"{count} names before ':' for the hypotheses just read")
            labels += given or [""] * count
            out += new
            if not self.take(","):
                break
        return tuple(out), labels

    def _label(self) -> list[str]:
        ahead = 0
        while self.kind(ahead) == "name" and self.peek(ahead) not in ("all", "some", "def"):
            ahead += 1
        if ahead == 0 or self.peek(ahead) != ":":
            return []
        given = [self.name() for _ in range(ahead)]
        self.expect(":")
        return given

    def _chain(self) -> list[Formula]:
        """A formula; a chain a <= b <= c is two."""
        first = self.formula()
        out = [first]
        while self.peek() in (*RELATIONS, ">=", ">") and first[0] in RELATIONS:
            symbol = self.texts[self.at]
            self.at += 1
            out.append(_relation(symbol, out[-1][1] if symbol in (">", ">=") else out[-1][2], self.term()))
        return out

    def disjunct(self) -> Formula:
        """A relation, a predicate, or a formula in parentheses."""
        if self.peek() == "deriv" or self.peek() in BOUND_PREDICATES:
            return self._bound_predicate()
        if self.take("is"):
            return ("pred", self.name(), *self._arguments())
        if self.peek() == "(":
            start = self.at
            try:
                self.at += 1
                inner = self.formula()
                self.expect(")")
                if self.peek() in _ENDS:
                    return inner
            except NotationError:
                pass
            self.at = start
        left = self.term()
        symbol = self.peek()
        if symbol not in (*RELATIONS, ">=", ">"):
            self._fail("a relation")
        self.at += 1
        return _relation(symbol, left, self.term())

    def _bound_predicate(self) -> Formula:
        name = self.name()
        self.expect("(")
        bound = self.name()
        self.expect(":")
        args = [self.term()]
        while self.take(","):
            args.append(self.term())
        self.expect(")")
        return ("pred", name, bound, *args)

    def definition(self) -> Formula:
        """`def f(lo, p:sort, ...) = a then f(n+1) = b`."""
        self.expect("def")
        name = self.name()
        self.expect("(")
        lo = self.term()
        rest: list[tuple[str, Sort]] = []
        while self.take(","):
            parameter = self.name()
            self.expect(":")
            rest.append((parameter, self._plain_sort()))
        self.expect(")")
        self.expect("=")
        a = self.term()
        self.expect("then")
        self.expect(name)
        self.expect("(")
        index = self.name()
        self.expect("+")
        self.expect("1")
        self.expect(")")
        self.expect("=")
        return ("def", name, ((index, "int"), *rest), lo, a, self.term())

    # ---- terms

    def substitution(self) -> Term:
        """A term or `x, y -> body`."""
        ahead = 0
        while self.kind(ahead) == "name" and self.peek(ahead + 1) == ",":
            ahead += 2
        if self.kind(ahead) == "name" and self.peek(ahead + 1) == "->":
            bound = [self.name()]
            while self.take(","):
                bound.append(self.name())
            self.expect("->")
            return ("lam", tuple(bound), self.term())
        return self.term()

    def term(self) -> Term:
        """Sums and differences of products."""
        parts = [negative(self.product()) if self.take("-") else self.product()]
        while self.peek() in ("+", "-"):
            minus = self.take("-")
            if not minus:
                self.expect("+")
            part = self.product()
            parts.append(negative(part) if minus else part)
        return parts[0] if len(parts) == 1 else ("+", *parts)

    def product(self) -> Term:
        """Products and quotients, from the left."""
        out = self.power()
        while self.peek() in ("*", "/"):
            if self.take("*"):
                factor = self.power()
                flat = out if isinstance(out, tuple) and out[0] == "*" else ("*", out)
                out = (*flat, factor)
            else:
                self.expect("/")
                below = self.power()
                above, under = literal(out), literal(below)
                out = rational(above / under) if above is not None and under else ("/", out, below)
        return out

    def power(self) -> Term:
        """`base^k` with a literal exponent, and entries M[i,j]."""
        if self.take("-"):
            return negative(self.power())
        out = self.atom()
        while self.peek() in ("^", "["):
            if self.take("^"):
                if self.kind() != "int" or int(self.peek()) > 64:
                    self._fail("a literal exponent 0..64 (use pow(b, n) for a symbolic one)")
                out = ("^", out, int(self.texts[self.at]))
                self.at += 1
            else:
                self.expect("[")
                i = self.term()
                self.expect(",")
                j = self.term()
                self.expect("]")
                out = ("at", out, i, j)
        return out

    def atom(self) -> Term:
        """A number, a name, a call, a binder, a matrix literal or a term in parentheses."""
        if self.kind() == "int":
            self.at += 1
            return int(self.texts[self.at - 1])
        if self.take("("):
            out = self.term()
            self.expect(")")
            return out
        if self.peek() == "[":
            return self._rows()
        name = self.name()
        if self.peek() != "(":
            return name
        if name in ("sum", "prod"):
            return self._indexed(name)
        if name == "integral":
            return self._integral()
        if name == "build":
            return self._build()
        if name in RESERVED and name not in ("T", "tr", "I"):
            self._fail(f"a function that is not a word of the grammar (found {name})")
        return (name, *self._arguments())

    def _arguments(self) -> tuple[Term, ...]:
        self.expect("(")
        out: list[Term] = []
        while not self.take(")"):
            if out:
                self.expect(",")
            out.append(self.term())
        return tuple(out)

    def _rows(self) -> Term:
        self.expect("[")
        rows: list[tuple[Term, ...]] = []
        while not self.take("]"):
            if rows:
                self.expect(",")
            self.expect("[")
            row = [self.term()]
            while self.take(","):
                row.append(self.term())
            self.expect("]")
            rows.append(tuple(row))
        return ("rows", tuple(rows))

    def _indexed(self, kind: str) -> Term:
        self.expect("(")
        name = self.name()
        self.expect("=")
        lo = self.term()
        self.expect("..")
        hi = self.term()
        self.expect(":")
        body = self.term()
        self.expect(")")
        return ("bind", kind, name, lo, hi, body)

    def _integral(self) -> Term:
        self.expect("(")
        name = self.name()
        kind = self._plain_sort() if self.take(":") else "real"
        self.expect("in")
        measure = self.term()
        self.expect(":")
        body = self.term()
        self.expect(")")
        return ("bind", "integral", name, kind, measure, body)

    def _build(self) -> Term:
        self.expect("(")
        i = self.name()
        self.expect("<=")
        rows = self.term()
        self.expect(",")
        j = self.name()
        self.expect("<=")
        columns = self.term()
        self.expect(":")
        body = self.term()
        self.expect(")")
        return ("build", i, j, rows, columns, body)


def _relation(symbol: str, left: Term, right: Term) -> Formula:
    return ({">=": "<=", ">": "<"}[symbol], right, left) if symbol in (">", ">=") else (symbol, left, right)

"""Reading existential formulas from text with a recursive-descent parser; nothing is ever evaluated as code.

    formula := conjunct ("|" conjunct)*              "or" may be written for "|"
    conjunct := unit (("&" | ",") unit)*             "and" may be written for "&"
    unit    := "(" formula ")" | "true" | "false" | term (relation term)+
    relation := "=" | "<" | "<=" | ">" | ">="        "a < b <= c" means "a < b & b <= c"
    term    := ["-"] product (("+" | "-") product)*
    product := power (["*"] power | "/" power)*      "*" may be left out after a number; divisors are constants
    power   := primary ["^" natural]
    primary := number | name | function "(" term ")" | "(" term ")"

Numbers are decimals without sign and exponent, names match [A-Za-z][A-Za-z0-9_]*, functions are those of `FUNCTIONS`.
"""

from __future__ import annotations

import re
from fractions import Fraction

from theory.etr_training.formulas import (
    FUNCTIONS,
    And,
    Apply,
    Atom,
    Const,
    Formula,
    Or,
    Term,
    Var,
    difference,
    product_of,
    sum_of,
)
from theory.language.errors import NotationError, explain

MAX_LENGTH, MAX_NESTING, MAX_POWER, MAX_DIGITS = 1_000_000, 100, 1000, 4000
_TOKEN = re.compile(r"\s*(?:(\d+(?:\.\d+)?)|([A-Za-z][A-Za-z0-9_]*)|(<=|>=|[-+*/^()=<>&|,]))")
_EXPONENT = re.compile(r"[eE]\d")
_RELATIONS = ("=", "<", "<=", ">", ">=")
_WORDS = {"and": "&", "or": "|"}


def parse(text: str) -> Formula:
    """Return the formula that a text denotes.

    Raises:
        NotationError: the text does not follow the grammar; the message gives the place.

    >>> parse("x*x = 2 & x < 0").parts[0]
    Atom(relation='=', left=Product(parts=(Var(name='x'), Var(name='x'))), right=Const(value=Fraction(2, 1)))
    """
    reader = _Reader(text)
    formula = reader.formula()
    reader.expect_end()
    return formula


def parse_term(text: str) -> Term:
    """Return the term that a text denotes.

    Raises:
        NotationError: the text does not follow the grammar; the message gives the place.
    """
    reader = _Reader(text)
    term = reader.term()
    reader.expect_end()
    return term


class _Reader:
    """The tokens of a text and the place reached in them."""

    def __init__(self, text: str) -> None:
        if not isinstance(text, str):
            raise NotationError(explain("formula", "a text", f"a {type(text).__name__}", "Write 'x*x = 2'."))
        if len(text) > MAX_LENGTH:
            raise NotationError(explain("formula", f"at most {MAX_LENGTH} characters", len(text), "Split it."))
        self.text = text
        self.tokens: list[tuple[str, int]] = []
        place = 0
        stripped = text.rstrip()
        while place < len(stripped):
            match = _TOKEN.match(stripped, place)
            if match is None:
                raise self._error("a number, a name or one of + - * / ^ ( ) = < <= > >= & |", stripped[place:place + 9],
                                  place)
            token = match.group(match.lastindex or 0)
            if match.lastindex == 1 and _EXPONENT.match(stripped, match.end()):
                # 1e5 would otherwise be read as 1 times the variable e5.
                raise self._error("a number without exponent", stripped[match.start(1):match.end() + 2], place)
            self.tokens.append((_WORDS.get(token, token), match.start(match.lastindex or 0)))
            place = match.end()
        self.at, self.depth = 0, 0
        self.group_is_formula = self._classify_groups()

    def _classify_groups(self) -> dict[int, bool]:
        """For each opening parenthesis: whether a relation or truth value occurs inside."""
        result: dict[int, bool] = {}
        open_at: list[int] = []
        for index, (token, _) in enumerate(self.tokens):
            if token == "(":
                open_at.append(index)
                result[index] = False
                if len(open_at) > MAX_NESTING:
                    raise self._error(f"at most {MAX_NESTING} nested parentheses", "more", self.tokens[index][1])
            elif token == ")" and open_at:
                open_at.pop()
            elif token in _RELATIONS or token in ("true", "false"):
                result.update(dict.fromkeys(open_at, True))
        return result

    def _error(self, required: str, found: str, place: int) -> NotationError:
        return NotationError(explain(f"formula, character {place + 1}", required, repr(found), "See the grammar."))

    def fail(self, required: str) -> NotationError:
        token, place = self.tokens[self.at] if self.at < len(self.tokens) else ("end of text", len(self.text))
        return self._error(required, token, place)

    @property
    def token(self) -> str:
        return self.tokens[self.at][0] if self.at < len(self.tokens) else ""

    def take(self, *wanted: str) -> str:
        token = self.token
        if token not in wanted:
            raise self.fail(" or ".join(repr(w) for w in wanted))
        self.at += 1
        return token

    def expect_end(self) -> None:
        if self.at < len(self.tokens):
            raise self.fail("the end of the text")

    def formula(self) -> Formula:
        parts = [self.conjunct()]
        while self.token == "|":
            self.take("|")
            parts.append(self.conjunct())
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def conjunct(self) -> Formula:
        parts = [self.unit()]
        while self.token in ("&", ","):
            self.take("&", ",")
            parts.append(self.unit())
        flat = [inner for part in parts for inner in (part.parts if isinstance(part, And) else (part,))]
        return flat[0] if len(flat) == 1 else And(tuple(flat))

    def unit(self) -> Formula:
        if self.token in ("true", "false"):
            return And(()) if self.take("true", "false") == "true" else Or(())
        if self.token == "(" and self.group_is_formula[self.at]:
            self.take("(")
            inner = self.formula()
            self.take(")")
            return inner
        terms, relations = [self.term()], []
        while self.token in _RELATIONS:
            relations.append(self.take(*_RELATIONS))
            terms.append(self.term())
        if not relations:
            raise self.fail("a relation = < <= > >=")
        found = tuple(Atom(relation.replace(">", "<"), *((b, a) if ">" in relation else (a, b)))
                      for relation, a, b in zip(relations, terms, terms[1:], strict=False))
        return found[0] if len(found) == 1 else And(found)

    def term(self) -> Term:
        negative = self.token == "-" and bool(self.take("-"))
        first = self.product()
        total = difference(sum_of(), first) if negative else first
        while self.token in ("+", "-"):
            sign = self.take("+", "-")
            total = sum_of(total, self.product()) if sign == "+" else difference(total, self.product())
        return total

    def product(self) -> Term:
        last_is_number = self.token[:1].isdigit()
        total = self.power()
        while self.token in ("*", "/") or (last_is_number and (self.token == "(" or self.token[:1].isalpha())
                                           and self.token not in ("true", "false")):
            sign = self.take("*", "/") if self.token in ("*", "/") else "*"
            last_is_number = self.token[:1].isdigit()
            factor = self.power()
            if sign == "/":
                if not isinstance(factor, Const) or not factor.value:
                    raise self.fail("before this a divisor that is a constant other than 0")
                factor = Const(1 / factor.value)
            constants = isinstance(total, Const) and isinstance(factor, Const)
            total = Const(total.value * factor.value) if constants else product_of(total, factor)
        return total

    def power(self) -> Term:
        base = self.primary()
        if self.token != "^":
            return base
        self.take("^")
        token = self.token
        if not token.isdigit() or len(token) > 4 or int(token) > MAX_POWER:
            raise self.fail(f"a natural exponent, at most {MAX_POWER}")
        self.at += 1
        if isinstance(base, Const):
            return Const(base.value ** int(token))
        return product_of(*(base,) * int(token))

    def primary(self) -> Term:
        token = self.token
        if token[:1].isdigit():
            if len(token) > MAX_DIGITS:
                raise self.fail(f"a number of at most {MAX_DIGITS} digits")
            self.at += 1
            return Const(Fraction(token))
        if token == "(":
            self.take("(")
            inner = self.term()
            self.take(")")
            return inner
        if not token[:1].isalpha() or token in ("true", "false"):
            raise self.fail("a number, a name or '('")
        self.at += 1
        if token not in FUNCTIONS:
            if self.token == "(":
                self.at -= 1
                raise self.fail(f"one of the functions {', '.join(FUNCTIONS)} before '('")
            return Var(token)
        self.take("(")
        argument = self.term()
        self.take(")")
        return Apply(token, argument)

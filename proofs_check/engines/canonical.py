"""The search side's own canonical form: scalars as polynomials in interned generators, matrices in free words.

Written independently of the checker. Two formulas with the same key mean the same; the converse is left to `combine`.
A polynomial is {monomial: Fraction}, a monomial a sorted tuple of (generator number, exponent); a matrix is
{word: polynomial}, a word a tuple of (symbol number, transposed).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from theory.language.errors import SearchFailed
from theory.language.substitution import BOUND_PREDICATES, substitute
from theory.language.terms import RELATIONS, Formula, Sort, Term, flatten

Monomial = tuple[tuple[int, int], ...]
Polynomial = dict[Monomial, Fraction]
Word = tuple[tuple[int, bool], ...]
Matrix = dict[Word, Polynomial]
Env = Mapping[str, tuple[str, Sort]]

ONE: Polynomial = {(): Fraction(1)}


def add(a: Polynomial, b: Polynomial, k: Fraction | int = 1) -> Polynomial:
    """Return a + k*b."""
    out = dict(a)
    for m, c in b.items():
        v = out.get(m, 0) + k * c
        if v:
            out[m] = v
        else:
            out.pop(m, None)
    return out


def join(m: Monomial, n: Monomial) -> Monomial:
    """Return the product of two monomials."""
    if not m or not n:
        return m or n
    e = dict(m)
    for g, k in n:
        e[g] = e.get(g, 0) + k
    return tuple(sorted(e.items()))


def multiply(a: Polynomial, b: Polynomial) -> Polynomial:
    """Return a*b."""
    if len(a) * len(b) > 200_000:
        raise SearchFailed("polynomials too large to multiply: split the step")
    out: Polynomial = {}
    for m, c in a.items():
        for n, d in b.items():
            k = join(m, n)
            v = out.get(k, 0) + c * d
            if v:
                out[k] = v
            else:
                del out[k]
    return out


def matrix_add(a: Matrix, b: Matrix, k: Fraction | int = 1) -> Matrix:
    """Return a + k*b for matrices."""
    out = dict(a)
    for w, p in b.items():
        v = add(out.get(w, {}), p, k)
        if v:
            out[w] = v
        else:
            out.pop(w, None)
    return out


def matrix_multiply(a: Matrix, b: Matrix) -> Matrix:
    """Return a*b for matrices."""
    out: Matrix = {}
    for v, p in a.items():
        for w, q in b.items():
            out = matrix_add(out, {v + w: multiply(p, q)})
    return out


def transpose_word(w: Word) -> Word:
    """Return the word of the transpose."""
    return tuple((s, not t) for s, t in reversed(w))


@dataclass
class Canon:
    """Interned generators and matrix symbols of one elaboration, with a representative term for each."""

    generators: Mapping[str, Any]
    predicates: Mapping[str, Any]
    numbers: dict[str, int] = field(default_factory=dict)
    terms: list[Term] = field(default_factory=list)
    bases: dict[int, Polynomial] = field(default_factory=dict)
    traces: dict[int, tuple[Word, str]] = field(default_factory=dict)
    symbols: dict[str, int] = field(default_factory=dict)
    symbol_terms: list[Term] = field(default_factory=list)
    symbol_shapes: list[tuple[str, str]] = field(default_factory=list)

    # ---- interning

    def generator(self, key: str, term: Term) -> Polynomial:
        """The polynomial of one generator."""
        number = self.numbers.get(key)
        if number is None:
            number = self.numbers[key] = len(self.terms)
            self.terms.append(term)
        return {((number, 1),): Fraction(1)}

    def symbol(self, key: str, term: Term, shape: tuple[str, str]) -> Matrix:
        """The matrix of one symbol."""
        number = self.symbols.get(key)
        if number is None:
            number = self.symbols[key] = len(self.symbol_terms)
            self.symbol_terms.append(term)
            self.symbol_shapes.append(shape)
        return {((number, False),): ONE}

    def show(self, p: Polynomial) -> str:
        """A text that equal polynomials share."""
        return "+".join(f"{p[m]}" + "".join(f"*{g}^{k}" for g, k in m) for m in sorted(p)) or "0"

    def show_matrix(self, a: Matrix) -> str:
        """A text that equal matrices share."""
        return "M" + "+".join(f"({self.show(a[w])})" + " ".join(f"{s}{'~' * t}" for s, t in w) for w in sorted(a))

    # ---- terms

    def canon(self, t: Term, env: Env) -> tuple[Any, Any]:
        """Return (sort, value); a matrix sort is ("mat", rows, columns) with canonical texts."""
        if type(t) is int:
            return "int", ({(): Fraction(t)} if t else {})
        if isinstance(t, str):
            return self._name(t, env)
        if not isinstance(t, tuple) or not t or not isinstance(t[0], str):
            raise SearchFailed(f"not a term: {t}")
        rule = getattr(self, "_op_" + _RULES[t[0]], None) if t[0] in _RULES else None
        return rule(t, env) if rule else self._call(t, env)

    def scalar(self, t: Term, env: Env) -> Polynomial:
        """The polynomial of a scalar term."""
        sort, value = self.canon(t, env)
        if sort not in ("int", "real"):
            raise SearchFailed(f"a scalar is required, found sort {sort} for {t}")
        return value

    def _name(self, t: str, env: Env) -> tuple[Any, Any]:
        if t not in env:
            raise SearchFailed(f"unknown name {t}")
        label, sort = env[t]
        if isinstance(sort, str):
            return sort, self.generator(label, t)
        if sort[0] != "mat":
            raise SearchFailed(f"function {t} needs arguments")
        shape = self.shape(sort, env)
        # a name may have another shape in another box, and symbols live as long as the elaboration
        return shape, self.symbol(f"{label}:{shape[1]}x{shape[2]}", t, shape[1:])

    def shape(self, sort: Sort, env: Env) -> tuple[str, str, str]:
        """The canonical form of ("mat", rows, columns)."""
        return ("mat", self.show(self.scalar(sort[1], env)), self.show(self.scalar(sort[2], env)))

    def _op_q(self, t: Term, env: Env) -> tuple[Any, Any]:
        value = Fraction(t[1], t[2])
        return "real", ({(): value} if value else {})

    def _op_sum(self, t: Term, env: Env) -> tuple[Any, Any]:
        values = [self.canon(a, env) for a in t[1:]]
        if isinstance(values[0][0], tuple):
            if any(s != values[0][0] for s, _ in values):
                raise SearchFailed(f"shapes differ in {t}")
            out: Any = {}
            for _, v in values:
                out = matrix_add(out, v)
            return values[0][0], out
        if any(isinstance(s, tuple) or s == "obj" for s, _ in values):
            raise SearchFailed(f"scalar plus matrix in {t}")
        out = {}
        for _, v in values:
            out = add(out, v)
        return ("int" if all(s == "int" for s, _ in values) else "real"), out

    def _op_product(self, t: Term, env: Env) -> tuple[Any, Any]:
        sort: Any = "int"
        value: Any = ONE
        for s, v in (self.canon(a, env) for a in t[1:]):
            if not isinstance(sort, tuple) and not isinstance(s, tuple):
                sort, value = ("int" if sort == s == "int" else "real"), multiply(value, v)
            elif not isinstance(sort, tuple):
                sort, value = s, {w: q for w, p in v.items() if (q := multiply(value, p))}
            elif not isinstance(s, tuple):
                value = {w: q for w, p in value.items() if (q := multiply(p, v))}
            else:
                if sort[2] != s[1]:
                    raise SearchFailed(f"shapes do not fit in {t}")
                sort, value = ("mat", sort[1], s[2]), matrix_multiply(value, v)
        return sort, value

    def _op_power(self, t: Term, env: Env) -> tuple[Any, Any]:
        sort, value = self.canon(t[1], env)
        out = ONE
        for _ in range(t[2]):
            out = multiply(out, value)
        return sort, out

    def _op_quotient(self, t: Term, env: Env) -> tuple[Any, Any]:
        above, below = self.scalar(t[1], env), self.scalar(t[2], env)
        if set(below) == {()}:
            return "real", {m: c / below[()] for m, c in above.items()}
        return "real", multiply(above, self.reciprocal(below, t[2]))

    def reciprocal(self, below: Polynomial, term: Term) -> Polynomial:
        """The generator 1/b of a polynomial b."""
        out = self.generator("1/{" + self.show(below) + "}", ("/", 1, term))
        self.bases[next(iter(out))[0][0]] = below
        return out

    def _op_transpose(self, t: Term, env: Env) -> tuple[Any, Any]:
        sort, value = self.canon(t[1], env)
        return ("mat", sort[2], sort[1]), {transpose_word(w): p for w, p in value.items()}

    def _op_trace(self, t: Term, env: Env) -> tuple[Any, Any]:
        sort, value = self.canon(t[1], env)
        if not isinstance(sort, tuple) or sort[1] != sort[2]:
            raise SearchFailed(f"trace of a matrix that is not square: {t}")
        return "real", self.trace(value, sort[1], t[1])

    def trace(self, value: Matrix, size: str, term: Term = None) -> Polynomial:
        """The trace of a square matrix, word by word, up to rotation and transposition."""
        out: Polynomial = {}
        for w, p in value.items():
            forms = [u[i:] + u[:i] for u in (w, transpose_word(w)) for i in range(len(u))]
            least = min(forms) if w else ()
            key = "tr[" + (" ".join(f"{s}{'~' * t}" for s, t in least) if w else "I" + size) + "]"
            g = self.generator(key, ("tr", self.word_term(least) if w else term))
            if w:
                self.traces[next(iter(g))[0][0]] = (least, size)
            out = add(out, multiply(p, g))
        return out

    def _op_identity(self, t: Term, env: Env) -> tuple[Any, Any]:
        return self.shape(("mat", t[1], t[1]), env), {(): ONE}

    def _op_rows(self, t: Term, env: Env) -> tuple[Any, Any]:
        text = "|".join(";".join(self.show(self.scalar(x, env)) for x in row) for row in t[1])
        shape = ("mat", str(len(t[1])), str(len(t[1][0])))
        return shape, self.symbol(f"rows[{text}]", t, shape[1:])

    def _op_entry(self, t: Term, env: Env) -> tuple[Any, Any]:
        (_, value), i, j = self.canon(t[1], env), self.scalar(t[2], env), self.scalar(t[3], env)
        table = t[1] if isinstance(t[1], tuple) and t[1][0] == "rows" else None
        if table and _index(i, len(table[1])) and _index(j, len(table[1][0])):
            return self.canon(table[1][_index(i, len(table[1])) - 1][_index(j, len(table[1][0])) - 1], env)
        ints = table and all(self.canon(x, env)[0] == "int" for row in table[1] for x in row)
        key = f"at({self.show_matrix(value)};{self.show(i)};{self.show(j)})"
        return ("int" if ints else "real"), self.generator(key, t)

    def _op_build(self, t: Term, env: Env) -> tuple[Any, Any]:
        _, i, j, rows, columns, body = t
        shape = self.shape(("mat", rows, columns), env)
        inner, labels = dict(env), []
        for name in (i, j):
            labels.append(fresh_label(inner))
            inner[name] = (labels[-1], "int")
        key = f"build({labels[0]};{labels[1]};{shape[1]};{shape[2]};{self.show(self.scalar(body, inner))})"
        return shape, self.symbol(key, t, shape[1:])

    def _op_bind(self, t: Term, env: Env) -> tuple[Any, Any]:
        _, kind, name, lo, hi, body = t
        label = fresh_label(env)
        if kind == "integral":
            outer, sort = f"{lo};{self.show(self.canon(hi, env)[1])}", lo
        else:
            outer, sort = f"{self.show(self.scalar(lo, env))};{self.show(self.scalar(hi, env))}", "int"
        got, value = self.canon(body, {**env, name: (label, sort)})
        key = f"{kind}({label};{outer};{self.show(value)})"
        return ("real" if kind == "integral" else got), self.generator(key, t)

    def _call(self, t: Term, env: Env) -> tuple[Any, Any]:
        op, args = t[0], t[1:]
        if op in env and not isinstance(env[op][1], str) and env[op][1][0] == "fun":
            label, (_, parameters, result) = env[op]
            if len(parameters) != len(args):
                raise SearchFailed(f"{op} takes {len(parameters)} arguments: {t}")
            key = f"{label}({';'.join(self.show(self._argument(a, s, env, t)) for a, (_, s) in zip(args, parameters))})"
            if isinstance(result, str):
                return result, self.generator(key, t)
            shape = self.shape(substitute(result, {p: a for (p, _), a in zip(parameters, args)}), env)
            return shape, self.symbol(f"{key}:{shape[1]}x{shape[2]}", t, shape[1:])
        row = self.generators.get(op)
        if row is None or len(row["args"]) != len(args):
            raise SearchFailed(f"unknown function {op} of {len(args)} arguments in {t}")
        parts = [self.show(self._argument(a, s, env, t)) for a, (_, s) in zip(args, row["args"])]
        return row["sort"], self.generator(f"{op}({';'.join(parts)})", t)

    def _argument(self, a: Term, want: Sort, env: Env, call: Term) -> Polynomial:
        sort, value = self.canon(a, env)
        if sort != want and (sort, want) != ("int", "real"):
            raise SearchFailed(f"argument {a} of {call} has sort {sort}, required {want}")
        return value

    # ---- back to terms

    def monomial_term(self, m: Monomial) -> Term:
        """A term of a monomial."""
        factors = [("^", self.terms[g], k) if k > 1 else self.terms[g] for g, k in m]
        return 1 if not factors else factors[0] if len(factors) == 1 else ("*", *factors)

    def word_term(self, w: Word) -> Term:
        """A term of a non-empty word."""
        factors = [("T", self.symbol_terms[s]) if t else self.symbol_terms[s] for s, t in w]
        return factors[0] if len(factors) == 1 else ("*", *factors)

    # ---- formulas

    def difference(self, f: Formula, env: Env) -> tuple[Any, Any]:
        """(sort, b - a) of a relation a R b."""
        (s, a), (u, b) = self.canon(f[1], env), self.canon(f[2], env)
        if isinstance(s, tuple):
            if s != u:
                raise SearchFailed(f"shapes differ: {f}")
            return s, matrix_add(b, a, -1)
        if s == "obj" or u == "obj" or isinstance(u, tuple):
            raise SearchFailed(f"a relation between scalars is required: {f}")
        return "real", add(b, a, -1)

    def key(self, f: Formula, env: Env) -> str:
        """A text that two formulas share only if they mean the same."""
        head = f[0]
        if head in RELATIONS:
            sort, d = self.difference(f, env)
            show = self.show_matrix if isinstance(sort, tuple) else self.show
            text = show(d)
            if head in ("=", "!="):
                other = matrix_add({}, d, -1) if isinstance(sort, tuple) else add({}, d, -1)
                text = min(text, show(other))
            # an equation without terms means another thing for each shape
            return f"{head} {' '.join(sort)} {text}" if isinstance(sort, tuple) else f"{head} {text}"
        if head == "or":
            return "or[" + "|".join(self.key(g, env) for g in f[1:]) + "]"
        if head == "pred":
            return self._predicate_key(f, env)
        inner, sorts = self.declare(f[1], env)
        parts = "&".join(self.key(h, inner) for h in flatten(f[2]))
        end = "=>" + self.key(f[3], inner) if head == "all" else ""
        return f"{head}[{','.join(sorts)}]{{{parts}{end}}}"

    def _predicate_key(self, f: Formula, env: Env) -> str:
        args, inner, parts = f[2:], env, []
        if f[1] in BOUND_PREDICATES:
            label = fresh_label(env)
            inner, args = {**env, args[0]: (label, self.predicates[f[1]]["bound"])}, args[1:]
            parts.append(label)
        for k, t in enumerate(args):
            sort, value = self.canon(t, inner if k == 0 else env)
            parts.append(self.show_matrix(value) if isinstance(sort, tuple) else self.show(value))
        return f"{f[1]}({';'.join(parts)})"

    def declare(self, variables: tuple[tuple[str, Sort], ...], env: Env) -> tuple[dict[str, Any], list[str]]:
        """Bind variables with fresh labels; return the environment and the texts of their sorts."""
        inner, texts = dict(env), []
        for name, sort in variables:
            inner_label = fresh_label(inner)
            texts.append(self._sort_text(sort, inner))
            inner[name] = (inner_label, sort)
        return inner, texts

    def _sort_text(self, sort: Sort, env: Env) -> str:
        if isinstance(sort, str):
            return sort
        if sort[0] == "mat":
            return " ".join(self.shape(sort, env))
        inner = dict(env)
        for p, s in sort[1]:
            inner[p] = (fresh_label(inner), s)
        return f"fun({','.join(s for _, s in sort[1])})->{self._sort_text(sort[2], inner)}"


_RULES = {
    "q": "q", "+": "sum", "*": "product", "^": "power", "/": "quotient", "T": "transpose", "tr": "trace",
    "I": "identity", "rows": "rows", "at": "entry", "build": "build", "bind": "bind",
}


def fresh_label(env: Env) -> str:
    """A label above every live one (counting them instead would merge variables under shadowing)."""
    return "#" + str(1 + max((int(label[1:]) for label, _ in env.values() if label[0] == "#"), default=-1))


def _index(p: Polynomial, top: int) -> int:
    """The literal index of a polynomial within 1..top, else 0."""
    if set(p) != {()} or p[()].denominator != 1:
        return 0
    return int(p[()]) if 1 <= p[()] <= top else 0

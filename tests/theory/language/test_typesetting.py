"""Layouts as MathML and LaTeX: well formed for every formula, and set as a reader expects in cases worked by hand."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from theory.covering import CLAIMS
from theory.language.layout import layout
from theory.language.notation import formula, sort, term
from theory.language.printing import latex
from theory.language.prose import display, inline, introduced, sentence, setting, width
from theory.language.typeset import to_mathml
from theory.textbook import AXIOMS, LEMMAS

FORMULAS = {**AXIOMS, **{item.id: item.statement.formula for item in (*LEMMAS, *CLAIMS)}}
WIDTHS = {"d": sort("int->int"), "W": sort("(l:int)->mat(d(l),d(l-1))"), "h": sort("(l:int)->mat(d(l),1)"),
          "s": sort("(l:int,u:real)->real"), "l": "int", "i": "int", "j": "int"}
CORE = frozenset(
    "math mrow mi mn mo mtext mspace mstyle msub msup msubsup munderover mfrac msqrt mtable mtr mtd".split())


def words(markup: str) -> str:
    """The characters of a piece of markup, without spaces."""
    return "".join("".join(ElementTree.fromstring(f"<x>{markup}</x>").itertext()).split())


@pytest.mark.parametrize("name", FORMULAS)
def test_every_formula_is_well_formed_mathml_core(name: str) -> None:
    """Every axiom, lemma and claim gives markup of MathML Core only, inline, as prose and displayed."""
    for markup in (inline(FORMULAS[name]), sentence(FORMULAS[name]), display(FORMULAS[name])):
        tree = ElementTree.fromstring(f"<x>{markup.replace('&#xa0;', ' ')}</x>")
        inside = {part.tag for math in tree.iter("math") for part in math.iter()}
        assert inside and inside <= CORE
        scripts = [part for part in tree.iter() if part.tag in ("msub", "msup", "mfrac")]
        assert all(len(part) == 2 for part in scripts)
        assert all(len(part) == 3 for part in tree.iter() if part.tag in ("munderover", "msubsup"))


def test_indexed_families_get_subscripts() -> None:
    """Arguments of sort int become subscripts, entries join them, real arguments stay in parentheses."""
    assert latex(term("d(l-1)"), WIDTHS) == "d_{l - 1}"
    assert latex(term("W(l)[i,j]"), WIDTHS) == "W_{l, ij}"
    assert latex(term("h(l)[i,1]"), WIDTHS) == "h_{l, i}"
    assert latex(term("s(l, 0)"), WIDTHS) == r"s_{l}\left(0\right)"
    assert latex(term("d(l)")) == r"d\left(l\right)"
    assert latex(term("(W(l)*h(l-1))[i,1]"), WIDTHS) == r"{\left(W_{l}\,h_{l - 1}\right)}_{i}"


@pytest.mark.parametrize(("written", "expected"), [
    ("S - sum(l=1..L: x)", r"S - \sum_{l=1}^{L} x"),
    ("sum(l=1..L: x) + 1", r"\left(\sum_{l=1}^{L} x\right) + 1"),
    ("sum(l=1..L: x)^2", r"{\left(\sum_{l=1}^{L} x\right)}^{2}"),
    ("2*3*x", r"2 \cdot 3\,x"), ("n*n*a", r"{n}^{2}\,a"), ("(a/b)^2", r"{\left(\frac{a}{b}\right)}^{2}"),
    ("pow(c, a/b)", r"{c}^{a/b}"), ("pow(pow(c, p), n)", r"{\left({c}^{p}\right)}^{n}"),
    ("x_max", r"x_{\mathrm{max}}"), ("eps2", r"\varepsilon_{2}"),
    ("ite(n, 1, 0, x)", r"\begin{cases}0 & \text{if }n \le 1 \\ x & \text{otherwise}\end{cases}"),
    ("[[1],[2]][i,1]", r"{\left(1, 2\right)}_{i}"),
    ("fact(n+1)", r"\left(n + 1\right)!"),
])
def test_latex_by_hand(written: str, expected: str) -> None:
    """Sums end where they can be read to end, powers of equal factors are joined, scripts have no fractions."""
    assert latex(term(written)) == expected


def test_differences_that_the_search_writes() -> None:
    """u + (-1)*0, which no author writes, is set as u - 0."""
    assert latex(("+", "u", ("*", -1, 0))) == "u - 0"


def test_hostile_names_are_escaped() -> None:
    """A name that is markup stays text in MathML and harmless in LaTeX."""
    markup = to_mathml(layout("<b>&"))
    assert "<b>" not in markup and words(markup) == "<b>&"
    assert latex("a_b^c$") != "a_b^c$"


def test_sentences_by_hand() -> None:
    """Chains of comparisons are joined, quantifiers are words, alternatives and conjunctions are spelt out."""
    two = formula("all l i:int, x:real | 1 <= l, l <= 3, 0 < x => l <= x or x < i")
    assert words(sentence(two)) == "forallintegersl,iandeveryrealnumberxwith1≤l≤3and0<x:l≤xorx<i".replace(",i", "andi")
    assert words(sentence(formula("some k:int | 1 <= k, k <= 2"))) == "thereisanintegerkwith1≤kandk≤2".replace(
        "1≤kandk≤2", "1≤k≤2")
    assert words(sentence(formula("all | 0 <= x => x <= 1"))) == "if0≤x,thenx≤1"


def test_settings_name_every_variable_once() -> None:
    """Variables of one sort share a line that says what they are."""
    found = setting(formula("all L:int, d:int->int, W V:(l:int)->mat(d(l),1), x:real => x = x")[1])
    assert [words(what) for _, what in found] == [
        "aninteger", "anintegerforeachintegerk", "dl×1matricesforeachintegerl", "arealnumber"]
    assert words(introduced((("k", "int"), ("x", "real"), ("y", "real")))) == "anintegerkandrealnumbersxandy"
    assert words(introduced((("d", sort("int->int")),))) == "afamilyofintegersdk"


def test_wide_relations_are_broken_before_their_sign() -> None:
    """A relation that is too wide for a line stands on several, and nothing is lost."""
    long = formula(" + ".join(f"a{k}*b{k}" for k in range(40)) + " <= c")
    assert width(layout(long)) > 42
    markup = display(long)
    assert markup.count("<mtr>") >= 3
    assert words(markup) == words(inline(long))


def test_wide_conditions_stand_in_a_list() -> None:
    """A condition too wide for a line of text is displayed like a conclusion; short ones stay in the sentence."""
    wide = " + ".join(f"f({k})*g({k})" for k in range(12))
    long = display(formula(f"all f g:int->real | {wide} = 1, 0 <= f(1) => f(2) = 1"))
    assert long.startswith("<p>for all families of real numbers") and ': if</p><ol class="parts"><li>' in long
    assert long.count("<li>") == 2 and "</ol><p>then</p>" in long
    short = display(formula("all f:int->real | 0 <= f(1) => f(2) = 1"))
    assert "<li>" not in short and " with <math>" in short

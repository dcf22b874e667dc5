"""Absolute values: sign, products, triangle inequality."""

from theory.language import Lemma, statement
from theory.language.derivation import apply, combine

ABS_NONNEG = Lemma(
    "textbook.abs_nonneg", "Absolute values are non-negative",
    statement("all x:real => 0 <= abs(x)"),
    (apply("a", "ax.abs_ge", x="x"), apply("b", "ax.abs_neg", x="x"), combine("end", facts="a b")),
)

ABS_BOUNDS = Lemma(
    "textbook.abs_bounds", "A bound on |x| bounds x from both sides",
    statement("all x y:real | h: abs(x) <= y => some | x <= y, -x <= y, 0 <= y"),
    (
        apply("a", "ax.abs_ge", x="x"), apply("b", "ax.abs_neg", x="x"), combine("u", "x <= y", "a h"),
        combine("v", "-x <= y", "b h"), combine("w", "0 <= y", "u v"),
    ),
)

ABS_MUL_LE = Lemma(
    "textbook.abs_mul_le", "The bound of a product is the product of the bounds",
    statement("all x y u v:real | hx: abs(x) <= u, hy: abs(y) <= v => abs(x*y) <= u*v"),
    (
        apply("a", "ax.abs_ge", x="x"), apply("b", "ax.abs_neg", x="x"),
        apply("c", "ax.abs_ge", x="y"), apply("d", "ax.abs_neg", x="y"),
        combine("xp", "x <= u", "a hx"), combine("xm", "-x <= u", "b hx"),
        combine("yp", "y <= v", "c hy"), combine("ym", "-y <= v", "d hy"),
        combine("p", "x*y <= u*v", "xp xm yp ym"), combine("m", "-(x*y) <= u*v", "xp xm yp ym"),
        apply("end", "ax.abs_le", x="x*y", y="u*v"),
    ),
)

ABS_ADD_LE = Lemma(
    "textbook.abs_add_le", "The triangle inequality with bounds",
    statement("all x y u v:real | hx: abs(x) <= u, hy: abs(y) <= v => abs(x + y) <= u + v"),
    (
        apply("a", "ax.abs_ge", x="x"), apply("b", "ax.abs_neg", x="x"),
        apply("c", "ax.abs_ge", x="y"), apply("d", "ax.abs_neg", x="y"),
        combine("p", "x + y <= u + v", "a c hx hy"), combine("m", "-(x + y) <= u + v", "b d hx hy"),
        apply("end", "ax.abs_le", x="x + y", y="u + v"),
    ),
)

LEMMAS = (ABS_NONNEG, ABS_BOUNDS, ABS_MUL_LE, ABS_ADD_LE)

"""The terms of `covering.prior_bounds`: our bound, the two prior ones, the hypotheses they share."""

from __future__ import annotations

from theory.covering.deep_bound_quoted import COUNT
from theory.language import statement


def reach(end: str) -> str:
    """prod_{j <= end} (d_j + 1)."""
    return f"prod(j=0..{end}: d(j) + 1)"


_P, _V = reach("L"), reach("L+1")

OURS = f"pow(ceil((L + 1)*{_P}/eps), {COUNT})"
"""Our own bound under these hypotheses: the number of grid points."""

SCHMIDT_HIEBER = f"pow(2*(L + 1)*{_V}*{_V}/eps, {COUNT})"
"""The base 2 (L+1) V^2 / eps of Schmidt-Hieber's bound to the power S; the bound itself has S + 1."""

SUZUKI = f"pow((L + 1)*pow(w + 1, 2*L + 2)/eps, {COUNT})"
"""Suzuki's bound for B <= 1: (Lambda (W+1)^(2 Lambda) / eps)^S, Lambda = L + 1."""

FINE = f"eps <= (L + 1)*{_P}"
"""Coarser than this one function would do."""

_SIZES = ("{count}:int, d:int->int,{activation} eps:real | H1: 0 <= L,"
          " H2: (all l:int | 0 <= l, l <= L + 1 => 1 <= d(l)), H3: (all l:int | 0 <= l, l <= L => d(l) <= w),"
          " H4: 0 < eps{fine}")
_ACTIVATIONS = (" H6: (all l:int, u v:real | 1 <= l, l <= L => abs(s(l,u) - s(l,v)) <= abs(u - v)),"
                " H7: (all l:int | 1 <= l, l <= L => s(l,0) = 0), H8: (all u:real => s(L+1,u) = u)")


def hypotheses(fine: str = f", H5: {FINE}") -> str:
    """Return variables and hypotheses; a control leaves H5 out."""
    return f"all {_SIZES.format(count='L w', activation=' s:(l:int,u:real)->real,', fine=fine)},{_ACTIVATIONS}"


HYPOTHESES = hypotheses()

BELOW = (f"{OURS}*pow(2*{_V}, {COUNT}) <= {SCHMIDT_HIEBER}",
         f"{OURS}*pow(pow(w + 1, L + 1), {COUNT}) <= pow(2, {COUNT})*{SUZUKI}")
"""Our bound is below the prior ones by the factors (2V)^S and ((w+1)^(L+1)/2)^S."""

ATTACKED = statement(f"all {_SIZES.format(count='L w', activation='', fine=f', H5: {FINE}')}"
                     f" => some | ceil(1/eps) <= {OURS}, {', '.join(BELOW)}")
"""A consequence in numbers alone, without networks: the universal floor is below our bound, ours below the others."""

"""Labels that carry signal are learned faster than noise, from zero heads: by the factor n tr(M^2) / (tr M)^2.

At W = 0 with orthogonal layers -dL/dt = 4 ||Y G'||^2 and L = ||Y||^2. For isotropic labels the expected ratio is
4 tr(M)/n with M = G G' and n training nodes; for Y = O G with isotropic O the ratio of the expectations is
4 tr(M^2)/tr(M). Their quotient is at least n over the rank of G, so at least 1. Expectations are finite weighted sums.
"""

from __future__ import annotations

from theory.language import Claim, Comparison, Control, Kill, Source, Survivor, Witness, statement
from theory.language.derivation import apply, combine, intro, witness

_M, _M2 = "tr(G*T(G))", "tr(G*T(G)*G*T(G))"
_NOISE = f"n*sum(j=1..k: a(j)*tr(Y(j)*(T(G)*G)*T(Y(j)))) = c*{_M}"
_SIGNAL = (f"sum(j=1..k: b(j)*tr(O(j)*(G*T(G)*G*T(G))*T(O(j)))) = w*{_M2}",
           f"sum(j=1..k: b(j)*tr(O(j)*(G*T(G))*T(O(j)))) = w*{_M}")
_CAUCHY, _ALL = f"{_M}^2 <= tr(E)*{_M2}", f"{_M}^2 <= n*{_M2}"
_EQUAL = f"(all s:real | T(G)*G = s*E => {_M}^2 = tr(E)*{_M2})"

STATEMENT = statement(
    "all n p r k:int, G:mat(p,n), E:mat(n,n), Y:int->mat(r,n), O:int->mat(r,p), a b:int->real, c w:real |"
    " H1: 0 <= n, H2: T(E) = E, H3: E*E = E, H4: G*E = G, H5: 0 < tr(E),"
    " H6: (all N:mat(n,n) => n*sum(j=1..k: a(j)*tr(Y(j)*N*T(Y(j)))) = c*tr(N)),"
    " H7: (all N:mat(p,p) => sum(j=1..k: b(j)*tr(O(j)*N*T(O(j)))) = w*tr(N))"
    f" => some | {_NOISE}, {_SIGNAL[0]}, {_SIGNAL[1]}, {_CAUCHY}, tr(E) <= n, {_ALL}, {_EQUAL}")
"""H2-H5 E projects onto the row space of G, its trace is the rank; H6 isotropic labels with mean square c, H7 isotropic
weights of the signal."""

_DERIVATION = (
    apply("noise", "H6", N="T(G)*G"), apply("s1", "H7", N="G*T(G)*G*T(G)"), apply("s2", "H7", N="G*T(G)"),
    combine("cross", f"tr(T(G)*G*E) = {_M}", "H4"),
    combine("sq", f"0 <= tr((tr(E)*(T(G)*G) - {_M}*E)*T(tr(E)*(T(G)*G) - {_M}*E))",
            squares=(f"tr(E)*(T(G)*G) - {_M}*E",)),
    combine("ee", "tr(E*T(E)) = tr(E)", "H2 H3", rounds=3),
    combine("gt", f"tr(T(G)*G*T(E)) = {_M}", "H2 cross"),
    combine("se", f"{_M}^2*tr(E*T(E)) = {_M}^2*tr(E)", "ee"),
    combine("sg", f"tr(E)*{_M}*tr(T(G)*G*T(E)) = tr(E)*{_M}^2", "gt"),
    combine("times", f"tr(E)*{_M}^2 <= tr(E)*(tr(E)*{_M2})", "sq se sg", degree=1),
    combine("cauchy", _CAUCHY, "times", mul="H5", degree=1),
    apply("ti", "textbook.trace_identity", n="n"),
    combine("off", "0 <= tr((I(n) - E)*T(I(n) - E))", squares=("I(n) - E",)),
    combine("rank", "tr(E) <= n", "off ti ee", degree=1),
    combine("m0", f"0 <= {_M2}", squares=("G*T(G)",)),
    combine("m1", f"tr(E)*{_M2} <= n*{_M2}", "rank m0"), combine("whole", _ALL, "cauchy m1", degree=1),
    intro("equal", _EQUAL[1:-1], "h", combine("t1", f"{_M} = s*tr(E)", "h"),
          combine("t2", f"{_M2} = s*s*tr(E)", "h H3", rounds=4), combine("z", facts="t1 t2", rounds=4)),
    witness("end"),
)

ATTACKED = statement(
    "all g h e f n:real | H2: e*e = e, H3: f*f = f, H4: g*e = g, H1: h*f = h, H5: 0 < e + f, H6: e + f <= n"
    " => (g^2 + h^2)^2 <= n*(g^4 + h^4)")
"""Two singular values g, h and the indicators e, f of being in the row space."""


def _at(**values: str) -> Witness:
    return Witness((witness("end", **{**{"g": "1", "h": "1", "e": "1", "f": "1", "n": "2"}, **values}),))


KILLS = (
    Kill("two equal", _at()), Kill("one", _at(h="0", f="0", n="1")), Kill("two equal, two", _at(g="2", h="2")),
    Kill("other one", _at(g="0", e="0", n="1")), Kill("half", _at(g="1/2", h="1/2")),
    Kill("first projection half", _at(e="1/2", n="3/2")), Kill("second projection half", _at(f="1/2", n="3/2")),
    Kill("first outside", _at(e="0", n="1")), Kill("second outside", _at(f="0", n="1")),
    Kill("too few nodes", _at(n="1")), Kill("empty", _at(g="0", h="0", e="0", f="0", n="0")),
    Kill("twice the projection", _at(e="-1", f="2", n="1")),
    Kill("first indicator negative where nothing is", _at(g="0", e="-1/2", n="1/2")),
    Kill("second indicator negative where nothing is", _at(h="0", f="-1/2", n="1/2")),
    Kill("three and one", _at(g="3", h="3", n="2")),
)
SURVIVORS = (
    Survivor(("drop H5", "strictness H5"), "true: without a row space G is zero"),
    Survivor(("shift H2, power 2", "shift H3, power 2"), "equivalent: an indicator is its own power"),
)

CONTROLS = (
    Control("strictly_faster", "signal strictly faster than noise always: for G = I both ratios are the same",
            statement("all n:int, G:mat(n,n) | 0 <= n => tr(G*T(G))^2 < n*tr(G*T(G)*G*T(G))"),
            Witness((witness("end", n="2", G="[[1,0],[0,1]]"),))),
    Control("twice_the_factor", "the factor 2 n over the rank: G of rank one with one node",
            statement("all g e n:real | e*e = e, g*e = g, 0 < e, e <= n => 2*(g^2)^2 <= e*g^4"),
            Witness((witness("end", g="1", e="1", n="1"),))),
    Control("top_direction", "labels drawn as signal learned at the rate of the largest singular value",
            statement("all g h:real | h^2 <= g^2, 0 < g^2 => g^2*(g^2 + h^2) <= g^4 + h^4"),
            Witness((witness("end", g="2", h="1"),))),
)

CLAIM = Claim(
    id="gnn_convergence.label_signal",
    title="Labels that follow the aggregated features are learned faster than noise",
    statement=STATEMENT,
    source=Source("K. Xu, M. Zhang, S. Jegelka, K. Kawaguchi", 2021,
                  "Optimization of Graph Neural Networks: Implicit Acceleration by Skip Connections and More Depth",
                  "strengthened", arxiv="2105.04550",
                  note="The paper's observation on label distributions, with an exact factor and when it is 1."),
    summary="From zero heads signal labels Y = O G are learned faster than isotropic noise by the factor"
            " n tr(M^2)/(tr M)^2 >= n / rank(G) >= 1.",
    derivation=_DERIVATION,
    instance=Witness((
        intro("iso", "all N:mat(1,1) => 1*sum(j=1..1: 1*tr(I(1)*N*T(I(1)))) = 1*tr(N)", "",
              apply("a", "ax.sum_last", f="j -> 1*tr(I(1)*N*T(I(1)))", a="1", b="1"),
              apply("b", "ax.sum_empty", f="j -> 1*tr(I(1)*N*T(I(1)))", a="1", b="0"), combine("z", facts="a b")),
        apply("t", "textbook.trace_identity", n="1"),
        witness("end", n="1", p="1", r="1", k="1", G="I(1)", E="I(1)", Y="j -> I(1)", O="j -> I(1)", a="j -> 1",
                b="j -> 1", c="1", w="1"),
    )),
    controls=CONTROLS,
    comparison=(
        Comparison("decrease", "-dL/dt = 4 ||Y G'||^2 at W = 0, B orthogonal", "the quadratic forms in Y and O",
                   "that this is the decrease is gnn_convergence.depth_accelerates"),
        Comparison("noise", "uniform on a sphere", "any weighted labels with sum a_j Y_j' Y_j = (c/n) I", "all that the"
                   " expectation uses; the sphere is one such law"),
        Comparison("signal", "Y = O G with O isotropic", "weighted O_j with sum b_j O_j' O_j = w I", "as stated"),
        Comparison("factor", "n tr(M^2)/(tr M)^2 >= n/rank >= 1", "(tr M)^2 <= tr(E) tr(M^2) and tr(E) <= n", "the"
                   " trace of the projection is the rank; equality when G'G = s E (part 7)"),
    ),
    tightness="Equality for G'G = s E; the factor is 1 when also E = I.",
    experiments=("gnn_convergence.dynamics", "gnn_convergence.skip_depth_labels"),
    kills=KILLS,
    survivors=SURVIVORS,
    attacked=ATTACKED,
)

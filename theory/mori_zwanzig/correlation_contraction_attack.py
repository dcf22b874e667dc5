"""Points against mutants of `mori_zwanzig.correlation_contraction`: one layer on at most three states is attacked.

Laws, rows and observables are given at the numbers 0 to 4, so that what a shifted index reads is part of the point.
"""

from __future__ import annotations

from theory.language import Kill, Survivor, Witness
from theory.language.derivation import witness
from theory.mori_zwanzig.correlation_contraction import ERASED, layer_statement

ATTACKED = layer_statement()


def _point(*, m: str, n: str, delta: str, p: str, f: str, M: tuple[str, ...]) -> Witness:
    """A law p, rows M and an observable f by their values at 0, 1, 2, 3, 4."""
    rows = ",".join(f"[{row}]" for row in M)
    return Witness((witness("end", m=m, n=n, delta=delta, p=f"x -> [[{p}]][1,x + 1]", f=f"y -> [[{f}]][1,y + 1]",
                            M=f"x, y -> [{rows}][x + 1,y + 1]"),))


KILLS = (
    Kill("a sign lost with probability 1/2", Witness((witness("end", **ERASED),))),
    Kill("everything kept, the bound attained", _point(m="2", n="2", delta="1", p="1/4,1/2,1/2,1,1", f="1,-2,2,2,-1",
         M=("1/2,1/2,0,1/2,1/2", "0,1,0,1/4,1", "1,0,1,0,1/4",
            "0,1,1,1,0", "1/4,1,0,1,1"))),
    Kill("one output, mean zero by a value outside", _point(m="2", n="1", delta="0", p="-1,0,1,-1,0", f="1,-1,0,-1,1",
         M=("0,2,-1,1/2,1", "0,1,-1,1/2,1/2", "1/2,1,0,0,-1/2",
            "0,0,0,-1,0", "-1/2,1,1,1/2,-1"))),
    Kill("a single state, delta below 0", _point(m="1", n="2", delta="-1", p="-1/2,1,2,1/2,1/2", f="-1,2,-6,-2,-2",
         M=("1,2,1,1/2,-1/2", "1,3/4,1/4,2,-1", "0,2,0,0,2",
            "-1,0,2,1,-1", "1/2,-1/2,1/2,-1,-1/2"))),
    Kill("a single state, another row of mass one", _point(m="1", n="2", delta="-1/2", p="0,1,0,0,1/2", f="0,2,-1,1,1",
         M=("1/4,3/4,1/4,1/2,1", "0,1/2,1,0,1", "-1,1,0,1/4,0",
            "0,1/4,0,1,1", "0,1/2,1,0,1"))),
    Kill("a negative transition to the last output", _point(m="2", n="2", delta="2", p="1,1/4,3/4,1,0",
         f="-1,1/3,1,-2,-2",
         M=("0,0,0,-1/2,0", "0,0,1,1,0", "0,2,-1,1/2,1/2",
            "-1/2,0,2,-1/2,2", "1/2,2,2,0,-1/2"))),
    Kill("a negative weight of the first state", _point(m="3", n="2", delta="1", p="1,-1/4,1/4,1,1", f="-1,-2,6/13,2,2",
         M=("0,-1,-1/2,1/2,2", "1/2,1/4,3/4,-1/2,1/2", "1,1,0,0,2",
            "0,0,1,2,-1", "0,1/2,0,0,-1"))),
    Kill("an overlap counted outside the outputs", _point(m="2", n="2", delta="1/2", p="0,1/2,1/2,1/4,0",
         f="-1,2,-6/5,0,-2",
         M=("1,1/2,1,1,1/2", "0,0,1,1,1/2", "1/4,3/4,1/4,1,0",
            "1/2,1/4,1,1/4,1/4", "1/4,1,1/2,1/4,0"))),
    Kill("everything kept, unequal rows outside", _point(m="2", n="2", delta="1", p="0,1/2,1/2,1/2,0",
         f="-2,-1,1,-1,-1",
         M=("0,0,0,1/4,1/2", "1/2,1,0,1,1/4", "1,0,1,1/4,1/4",
            "0,1/2,0,1/2,1", "1,1,-1/2,1,0"))),
    Kill("three states, two outputs", _point(m="3", n="2", delta="3/4", p="0,1/4,1/2,1/4,-1", f="-2,-3/13,1,1,-1",
         M=("1,2,1/2,-1/2,0", "0,1,0,1,0", "-1/2,1,0,2,2",
            "0,1/4,3/4,-1,2", "1/2,1/2,2,-1/2,2"))),
    Kill("a negative transition", _point(m="3", n="2", delta="2", p="-1/2,1/4,0,3/4,-1", f="0,-1,1,-1,1",
         M=("-1,1/2,-1/2,-1,2", "0,2,-1,2,0", "-1/2,1/4,3/4,-1,1",
            "2,0,1,0,1/2", "-1/2,-1/2,0,0,1"))),
    Kill("a constant", _point(m="2", n="1", delta="0", p="1/2,1,0,0,1", f="-1,-2,0,2,1",
         M=("0,-1,-1/2,2,1", "1,1,2,-1/2,1/2", "-1/2,1,2,2,2",
            "-1,-1,1,0,0", "0,-1/2,-1,-1/2,1"))),
    Kill("a negative transition from the last state", _point(m="2", n="3", delta="1", p="0,0,1,0,1/2", f="2,4,1,2,0",
         M=("1/2,1,0,1,-1", "2,0,0,1,0", "2,-1/2,1,1/2,-1",
            "1,1/2,0,1/2,1/2", "1,0,1/2,0,1"))),
    Kill("a row of mass two", _point(m="2", n="2", delta="-1/4", p="0,0,1,1,1", f="0,-1/2,2,2,-2",
         M=("1/2,-1/2,1/2,1,1", "1/4,1,1/2,1/2,1", "1,1,1/4,0,1",
            "1/2,0,1/4,0,1/4", "1,0,0,1,1"))),
    Kill("half forgotten, other outputs outside", _point(m="2", n="2", delta="1/2", p="0,1/2,1/2,2,1/2",
         f="2,2,-2/3,0,0",
         M=("0,1,0,-1/2,1/2", "1,1/2,1/2,0,2", "-1/2,0,1,1/2,2",
            "-1,0,2,0,1", "0,0,1,1,-1/2"))),
    Kill("a negative weight of the last state", _point(m="3", n="2", delta="3/4", p="0,1/2,1,-1/2,0", f="0,-1,1/7,1,2",
         M=("0,2,-1,-1/2,0", "-1/2,3/4,1/4,1/2,0", "0,0,1,0,1/2",
            "2,1/2,1/2,1,0", "0,2,-1/2,-1/2,1/2"))),
)

SURVIVORS = (
    Survivor(("drop H2", "shift H2, end 1 of the sum", "shift H2, end m of the sum", "shift H2, index x of p"),
             "true: both sides and the mean are linear in p, so the mass of the law does not matter"),
    Survivor(("shift H5, index x of M", "shift H5, index z of M"),
             "true: every two different rows are still compared, in one of the two orders; an overlap is at most 1"),
)

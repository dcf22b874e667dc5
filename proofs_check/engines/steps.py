"""The engines by name: how each kind of authored step becomes certificate steps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from theory.language.derivation import Step
from theory.language.errors import LemmascopeError, SearchFailed
from theory.language.printing import text
from theory.language.substitution import substitute
from theory.language.terms import RELATIONS, Formula, flatten

from .combine import combine
from .context import Context, opened
from .derivatives import differentiate
from .discharge import Steps, discharge, emit, restate
from .evaluate import integer
from .matching import match

if TYPE_CHECKING:
    from .elaboration import _Elaboration


def _need(goal: Formula | None, kind: str | None = None) -> Formula:
    if goal is None:
        raise SearchFailed("this step needs a goal: only the last step of a box may leave it out")
    if kind is not None and goal[0] != kind:
        raise SearchFailed(f"the goal has to be a `{kind}`, it is {text(goal)}")
    return goal


def _combine(work: _Elaboration, context: Context, step: Step, goal: Formula | None, out: Steps) -> None:
    goal = _need(goal)
    found = combine(context, goal, step.facts, **dict(step.hints))
    emit(context, out, step.id, goal, by="combine", **found)


def _compute(work: _Elaboration, context: Context, step: Step, goal: Formula | None, out: Steps) -> None:
    emit(context, out, step.id, _need(goal), by="compute")


def _apply(work: _Elaboration, context: Context, step: Step, goal: Formula | None, out: Steps) -> None:
    fact, *use = step.facts
    f = context.fact(fact)
    if f[0] != "all":
        _again(context, step, goal, out)
        return
    sub = _substitution(context, f, dict(step.sub), goal, tuple(use))
    prem = []
    for h in flatten(f[2]):
        prem.append(discharge(context, substitute(h, sub), out, use=tuple(use)))
    conclusion = substitute(f[3], sub)
    if goal is None or context.key(conclusion) == context.key(goal):
        emit(context, out, step.id, goal or conclusion, by="apply", fact=fact, sub=sub, prem=prem)
        return
    if not _bridged(conclusion, goal):
        raise SearchFailed(f"{fact} gives {text(conclusion)}, not {text(goal)}")
    name = emit(context, out, context.name("a"), conclusion, by="apply", fact=fact, sub=sub, prem=prem)
    _bridge(context, step.id, goal, (name, *use), out)


def _again(context: Context, step: Step, goal: Formula | None, out: Steps) -> None:
    """A fact that is not quantified, once more: as it stands, or where both are relations as what `combine` bridges."""
    fact, *use = step.facts
    f = context.fact(fact)
    if step.sub:
        stray = ", ".join(sorted(v for v, _ in step.sub))
        raise SearchFailed(f"{fact} is not quantified, there is no variable {stray} to name in it: it says {text(f)}")
    if goal is None or context.key(f) == context.key(goal):
        emit(context, out, step.id, goal or f, by="apply", fact=fact, sub={}, prem=[])
    elif _bridged(f, goal):
        _bridge(context, step.id, goal, (fact, *use), out)
    else:
        raise SearchFailed(f"{fact} says {text(f)}, not {text(goal)}")


def _bridged(f: Formula, goal: Formula) -> bool:
    """Whether `combine` may lead from one formula to the other."""
    return {f[0], goal[0]} <= {"<=", "<", "="}


def _bridge(context: Context, name: str, goal: Formula, facts: tuple[str, ...], out: Steps) -> None:
    extra = tuple(i for i in dict.fromkeys(facts) if context.fact(i)[0] in RELATIONS)
    emit(context, out, name, goal, by="combine", **combine(context, goal, extra))


def _substitution(context: Context, f: Formula, given: dict[str, Any], goal: Formula | None,
                  use: tuple[str, ...]) -> dict[str, Any]:
    """Complete a partial substitution by matching the goal, then premises against named facts and the scope."""
    variables = frozenset(v for v, _ in f[1])
    stray = set(given) - variables
    if stray:
        known = ", ".join(sorted(variables))
        raise SearchFailed(f"the fact has no variable {', '.join(sorted(stray))}; it has {known}")
    found = dict(given)
    if goal is not None and set(found) != variables:
        attempt = dict(found)
        if match(f[3], goal, variables, attempt):
            found = attempt
    taken: set[str] = set()
    for h in flatten(f[2]):
        for i in (*use, *reversed(context.facts)):
            if set(found) == variables:
                break
            attempt = dict(found)
            if i not in taken and match(h, context.fact(i), variables, attempt) and set(attempt) > set(found):
                found = attempt
                taken.add(i)
                break
    missing = [v for v, _ in f[1] if v not in found]
    if missing:
        raise SearchFailed(f"no term found for {', '.join(missing)} of {text(f)}: name them")
    return {v: found[v] for v, _ in f[1]}


def _intro(work: _Elaboration, context: Context, step: Step, goal: Formula | None, out: Steps) -> None:
    goal = _need(goal, "all")
    box = step.boxes[0]
    inner = context.child(goal[1], opened(box.ids, goal[2]))
    emit(context, out, step.id, goal, by="intro", ids=list(box.ids), steps=work.box(inner, box.steps, goal[3]))


def _induct(work: _Elaboration, context: Context, step: Step, goal: Formula | None, out: Steps) -> None:
    goal = _need(goal, "all")
    n = goal[1][0][0] if goal[1] else ""
    ranges = len(goal[2]) == 1 and goal[2][0][0] == "<=" and goal[2][0][2] == n
    if len(goal[1]) != 1 or goal[1][0][1] != "int" or not ranges:
        raise SearchFailed(f"induction needs `all n:int | lo <= n => P(n)`, found {text(goal)}")
    lo, claim = goal[2][0][1], goal[3]
    base, rise = step.boxes
    first = work.box(context.child(), base.steps, substitute(claim, {n: lo}))
    inner = context.child(goal[1], opened(rise.ids, (goal[2][0], claim)))
    steps = work.box(inner, rise.steps, substitute(claim, {n: ("+", n, 1)}))
    emit(context, out, step.id, goal, by="induct", base=first, ids=list(rise.ids), steps=steps)


def _cases(work: _Elaboration, context: Context, step: Step, goal: Formula | None, out: Steps) -> None:
    goal, f = _need(goal), context.fact(step.facts[0])
    if f[0] != "or" or len(f) - 1 != len(step.boxes):
        raise SearchFailed(f"one box for each alternative of an `or` is needed, the fact is {text(f)}")
    boxes = []
    for g, box in zip(f[1:], step.boxes):
        boxes.append(work.box(context.child((), {box.ids[0]: g}), box.steps, goal))
    emit(context, out, step.id, goal,
         **{"by": "cases", "fact": step.facts[0], "as": step.boxes[0].ids[0], "boxes": boxes})


def _either(work: _Elaboration, context: Context, step: Step, goal: Formula | None, out: Steps) -> None:
    goal = _need(goal, "or")
    keys = [context.key(part) for part in goal[1:]]
    if context.key(context.fact(step.facts[0])) not in keys:
        raise SearchFailed(f"{step.facts[0]} is none of the alternatives of {text(goal)}")
    emit(context, out, step.id, goal, by="either", fact=step.facts[0])


def _finite(work: _Elaboration, context: Context, step: Step, goal: Formula | None, out: Steps) -> None:
    goal = _need(goal, "all")
    if not step.boxes:
        restate(context, out, step.id, goal, discharge(context, goal, out))
        return
    n, lo, hi = goal[1][0][0], integer(goal[2][0][1]), integer(goal[2][1][2])
    if len(step.boxes) not in (1, hi - lo + 1):
        raise SearchFailed(f"{hi - lo + 1} boxes are needed (or one for all values), {len(step.boxes)} given")
    boxes = []
    for k in range(lo, hi + 1):
        box = step.boxes[0 if len(step.boxes) == 1 else k - lo]
        boxes.append(work.box(context.child(), box.steps, substitute(goal[3], {n: k})))
    emit(context, out, step.id, goal, by="finite", boxes=boxes)


def _witness(work: _Elaboration, context: Context, step: Step, goal: Formula | None, out: Steps) -> None:
    goal = _need(goal, "some")
    sub = dict(step.sub)
    if set(sub) != {v for v, _ in goal[1]}:
        wanted = ", ".join(v for v, _ in goal[1])
        raise SearchFailed(f"a witness names exactly {wanted}; given: {', '.join(sub) or 'none'}")
    prem = [discharge(context, substitute(h, sub), out, use=step.facts) for h in flatten(goal[2])]
    emit(context, out, step.id, goal, by="witness", sub=sub, prem=prem)


def _obtain(work: _Elaboration, context: Context, step: Step, goal: Formula | None, out: Steps) -> None:
    goal, f, box = _need(goal), context.fact(step.facts[0]), step.boxes[0]
    if f[0] != "some":
        raise SearchFailed(f"obtain needs a `some`, the fact is {text(f)}")
    inner = context.child(f[1], opened(box.ids, f[2]))
    emit(context, out, step.id, goal, by="obtain", fact=step.facts[0], ids=list(box.ids),
         steps=work.box(inner, box.steps, goal))


def _define(work: _Elaboration, context: Context, step: Step, goal: Formula | None, out: Steps) -> None:
    goal, box = _need(goal), step.boxes[0]
    definition, sort = step.hint("def"), step.hint("sort")
    if sort[2] == "real":  # the checker wants the exact result sort: an integer value is written as a real one
        definition = (*definition[:4], *(_as_real(t) for t in definition[4:]))
    inner = context.child(((definition[1], sort),), opened(box.ids, (definition,)))
    steps = work.box(inner, box.steps, goal)
    emit(context, out, step.id, goal,
         **{"by": "define", "def": definition, "sort": sort, "ids": list(box.ids), "steps": steps})


def _as_real(t: Any) -> Any:
    return ("q", t, 1) if type(t) is int else ("*", ("q", 1, 1), t)


def _enclose(work: _Elaboration, context: Context, step: Step, goal: Formula | None, out: Steps) -> None:
    from .enclosure import find_tree

    goal = _need(goal, "all")
    try:
        tree = find_tree(goal, bits=step.hint("bits"), max_leaves=step.hint("leaves"))
    except SearchFailed as failure:
        _by_derivatives(work, context, step.id, goal, failure, out)
        return
    emit(context, out, step.id, goal, by="enclose", tree=tree)


def _by_derivatives(work: _Elaboration, context: Context, name: str, goal: Formula, failure: SearchFailed,
                    out: Steps) -> None:
    """Where no tree closes: a plan by signs and bounds of derivatives, elaborated like an author's steps."""
    from .monotone import plan

    try:
        for part in plan(goal, name):
            work.step(context, part, part.goal, out)
    except LemmascopeError:
        raise failure from None


def _decided(work: _Elaboration, context: Context, step: Step, goal: Formula | None, out: Steps) -> None:
    from .decided import decide

    goal = _need(goal)
    facts = [context.fact(i) for i in step.facts]
    decision = decide(facts, goal, {n: s for n, (_, s) in context.env.items()}, timeout=step.hint("timeout"))
    if (decision.z3, decision.cvc5) != ("unsat", "unsat"):
        raise SearchFailed(f"the solvers do not agree on unsat: z3 {decision.z3}, cvc5 {decision.cvc5}")
    emit(context, out, step.id, goal, by="decided", facts=list(step.facts), answers={"z3": "unsat", "cvc5": "unsat"})


def _calc(work: _Elaboration, context: Context, step: Step, goal: Formula | None, out: Steps) -> None:
    goal, names = _need(goal), []
    for k, (link, facts) in enumerate(step.hint("links"), 1):
        name = f"{step.id}.{k}"
        emit(context, out, name, link, by="combine", **combine(context, link, facts))
        names.append(name)
    emit(context, out, step.id, goal, by="combine", **combine(context, goal, tuple(names), degree=1))


def _calculus(work: _Elaboration, context: Context, step: Step, goal: Formula | None, out: Steps) -> None:
    goal = _need(goal, "pred")
    differentiate(context, step.id, goal, step.facts, out)


RULES = {
    "combine": _combine, "compute": _compute, "apply": _apply, "intro": _intro, "induct": _induct, "cases": _cases,
    "either": _either, "finite": _finite, "witness": _witness, "obtain": _obtain, "define": _define,
    "enclose": _enclose, "decided": _decided, "calc": _calc, "calculus": _calculus,
}
SEARCHING = frozenset({"combine", "enclose", "decided"})
"""Engines whose result is one step that depends only on goal, facts and hints, so that the ledger can keep it."""

"""The parts of a claim's page: statement, hypotheses, attack, experiments, assumptions. Each returns HTML."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from proofs_check.verdicts import ExperimentVerdict, Fate, MutantVerdict, Trial, Verdict
from theory.language.claims import Claim, Comparison, Control, Lemma, Source
from theory.language.printing import latex, text
from theory.language.prose import inline, sentence, setting
from theory.language.terms import negation

from .fragments import Links, folded, join_words, mark, table
from .necessity import Need, changed, needs, same_conclusion
from .proofs import conclusion
from .typography import pretty
from .witnesses import ReadableWitness
from .wording import count

SHORT_WITNESS = 60
"""A witness of a mutant that is longer than this many characters is folded."""
Points = Mapping[str, ReadableWitness | None]


def statement(item: Claim | Lemma, verdict: Verdict, points: Points) -> str:
    """Return setting, hypotheses with what shows that they are needed, and conclusion."""
    variables = item.statement.variables
    known = needs(item, verdict) if isinstance(item, Claim) else {}
    rows = "".join(f"<dt>{symbols}</dt><dd>{what}</dd>" for symbols, what in setting(variables))
    sorts = dict(variables)
    places = {c.name: k for k, c in enumerate(item.controls, 1)} if isinstance(item, Claim) else {}
    hypotheses = "".join(
        f'<li id="h{k}"><span class="name">{escape(name)}</span> <div>{sentence(formula, sorts)}'
        f"{_need(known.get(name), places, points)}</div></li>"
        for k, (name, formula) in enumerate(item.statement.hypotheses, 1))
    written = (f"<p>In the notation of claim files:</p><pre>{escape(text(item.statement.formula))}</pre>"
               f"<p>LaTeX, without the names of the hypotheses:</p><pre>{escape(latex(item.statement.formula))}</pre>"
               f"<p>SHA-256 of the statement: <code>{escape(item.digest)}</code></p>")
    return ((f'<h3>Setting</h3><dl class="setting">{rows}</dl>' if rows else "")
            + (f'<h3>Hypotheses</h3><ol class="hypotheses">{hypotheses}</ol>' if hypotheses else "")
            + f"<h3>Conclusion</h3>{conclusion(item.statement.conclusion, sorts)}"
            + folded("The statement as text, LaTeX and digest", written))


def _need(need: Need | None, places: Mapping[str, int], points: Points) -> str:
    if need is None or (not need.controls and need.dropped is None):
        return ""
    parts = [f'control <a href="#c{places[name]}">{escape(name)}</a>' for name in need.controls]
    body = ""
    if need.shown_needed and need.dropped is not None:
        label, _, objects = need.dropped.witness.partition(": ")
        head = "Needed: the claim is false without it" + (f" ({pretty(label)})" if objects else "")
        point = points.get(f"mutant: {need.dropped.name}")
        body = witness(point, "The other hypotheses hold at") or f"<p>{escape(need.dropped.witness)}</p>"
    elif need.shown_idle:
        head = "Not needed: the claim was also proved without it"
    elif need.dropped is not None and need.dropped.outcome is Fate.EQUIVALENT:
        head = "Redundant: the claim says the same without it"
    else:
        head = "Needed in this form" if parts else "Whether it is needed is open"
    tail = f" (see {join_words(parts)})" if parts else ""
    words = f"{head}{tail}."
    return folded(words, body, "need") if body else f'<span class="need">{words}</span>'


def source(found: Source | None) -> str:
    """Return where a statement comes from and what was done to it."""
    if found is None:
        return "<p>An auxiliary result of this project, proved from the axioms.</p>"
    place = [f"arXiv {found.arxiv}"] if found.arxiv else []
    place += [found.theorem] if found.theorem else []
    note = f"<p>{pretty(found.note)}</p>" if found.note else ""
    where = f" ({escape(', '.join(place))})" if place else ""
    return (f"<p>{escape(found.authors)} ({found.year}), <cite>{escape(found.title)}</cite>{where}. "
            f"Here: {mark(found.status, None)}.</p>{note}")


def comparison(lines: Iterable[Comparison]) -> str:
    """Return *formal against dossier*, line by line."""
    rows = [(f"<b>{escape(c.part)}</b>", pretty(c.source), pretty(c.formal), pretty(c.remark)) for c in lines]
    return table(("part", "in the source", "proved here", "what differs"), rows, "comparison") if rows else ""


def witness(found: ReadableWitness | None, what: str) -> str:
    """Return a witness: the objects, then the relation that holds there, with both values."""
    if found is None:
        return ""
    objects = "".join(f"<li>{inline(equation, found.sorts)}</li>" for equation in found.objects)
    out = f'<p>{escape(what)}</p><ul class="objects">{objects}</ul>'
    if found.relation is None:
        return out
    claimed = negation(found.relation)
    if found.left and found.right:
        sides = {found.relation[1]: found.left, found.relation[2]: found.right}
        left, right = (escape(sides[side]) for side in claimed[1:])
        sign = {"<=": "≤", "<": "&lt;", "=": "=", "!=": "≠"}[claimed[0]]
        return out + f'<p>There the conclusion would say <span class="nb">{left} {sign} {right}</span>.</p>'
    return out + f"<p>There the conclusion would say {inline(claimed)}, which is false.</p>"


def instance(verdict: Verdict, points: Points) -> str:
    """Return the instance that shows that the hypotheses can hold together."""
    if verdict.instance is None:
        return ""
    if not verdict.instance.accepted:
        return f"<p>{mark('missing', False)} {escape(verdict.instance.reason)}</p>"
    lead = "All hypotheses hold together, so the statement is not empty; the checker replayed this point:"
    return witness(points.get("instance"), lead) or f"<p>{lead}</p>"


def refutations(verdict: Verdict, points: Points) -> str:
    """Return the ways in which a claim declared Refuted fails."""
    out = []
    for point in verdict.refutations:
        state = mark("refuted", True) if point.accepted else mark("open", False, " " + point.reason)
        body = witness(points.get(f"refuted: {point.name}"), "Take")
        out.append(f"<h3>{escape(point.name)} {state}</h3>{body}")
    return "".join(out)


def controls(claim: Claim, verdict: Verdict, points: Points) -> str:
    """Return the false neighbours of a claim, each with what it changes and the point that refutes it."""
    found = {c.name: c for c in verdict.controls}
    out = []
    for number, control in enumerate(claim.controls, 1):
        state = found.get(control.name)
        accepted = state is not None and state.accepted
        shown = mark("refuted", True) if accepted else mark("not refuted", False)
        reason = f"<p>{escape(state.reason)}</p>" if state is not None and state.reason else ""
        body = (f"<p>{_sentence(control.breaks)}</p>{_differs(claim, control)}{reason}"
                f"{witness(points.get(control.name), 'A point that refutes it:')}")
        out.append(f'<div class="control" id="c{number}"><h3>'
                   f'{escape(control.name.replace("_", " "))} {shown}</h3>{body}</div>')
    lead = ("<p>Each of these statements differs from the claim in one place and is false. A proof that did not use "
            "that place would prove them too.</p>" if out else "")
    return lead + "".join(out)


def _differs(claim: Claim, control: Control) -> str:
    """The place where a control differs: other hypotheses, another conclusion, or the whole if little is shared."""
    kept = {formula for _, formula in claim.hypotheses}
    sorts = dict(control.statement.variables)
    fresh = [(n, f) for n, f in control.statement.hypotheses if f not in kept]
    if 2 * len(fresh) >= len(claim.hypotheses) or control.statement.variables != claim.statement.variables:
        return folded("the false statement", conclusion(control.statement.formula, {}))
    lacking = changed(claim, control)
    lines = []
    if lacking:
        names = join_words(f'<a class="fact" href="#h{_number(claim, n)}">{escape(n)}</a>' for n in lacking)
        lines.append(f"<p>Missing or changed: {names}.</p>")
    lines += [f"<p>{'In its place' if lacking else 'Added'}: {sentence(formula, sorts)}</p>" for _, formula in fresh]
    if not same_conclusion(claim, control):
        lines.append(f"<p>False conclusion:</p>{conclusion(control.statement.conclusion, sorts)}")
    return folded("what is changed", "".join(lines)) if lines else ""


def _sentence(words: str) -> str:
    """Words as a sentence: a capital in front, a full stop at the end."""
    shown = pretty(words)
    shown = shown[:1].upper() + shown[1:] if shown[:1].isascii() and words[:1] == shown[:1] else shown
    return shown if shown.endswith((".", "…")) else shown + "."


def _number(claim: Claim, name: str) -> int:
    return [n for n, _ in claim.hypotheses].index(name) + 1


def mutants(verdict: Verdict) -> str:
    """Return the kill score, the survivors in full, and the killed mutants folded."""
    every = verdict.mutants
    if not every:
        return ""
    by = {fate: [m for m in every if m.outcome is fate] for fate in Fate}
    counts = ", ".join(f"{len(found)} {fate}" for fate, found in by.items() if found)
    out = ["<p>Generated from the statement by dropping hypotheses, relaxing or sharpening relations and constants, "
           f"and shifting exponents and indices: <b>{escape(verdict.mutants_killed)}</b> killed "
           f"({escape(counts)}).</p>"]
    survivors = [m for fate in (Fate.PROVED, Fate.OPEN) for m in by[fate]]
    if survivors:
        out += ["<h3>Survivors</h3>", _mutant_table(survivors)]
    if by[Fate.KILLED]:
        title = f"{count(len(by[Fate.KILLED]), 'killed mutant')} with witnesses"
        out.append(folded(title, _mutant_table(by[Fate.KILLED])))
    if by[Fate.EQUIVALENT]:
        title = f"{count(len(by[Fate.EQUIVALENT]), 'equivalent mutant')}, saying the same as the claim"
        out.append(folded(title, _mutant_table(by[Fate.EQUIVALENT])))
    return "".join(out)


def _mutant_table(found: list[MutantVerdict]) -> str:
    good = {Fate.KILLED: True, Fate.OPEN: False}
    rows = [(escape(m.name), pretty(m.change), mark(str(m.outcome), good.get(m.outcome)),
             _why(m)) for m in found]
    return table(("mutant", "change", "fate", "witness or reason"), rows)


def _why(mutant: MutantVerdict) -> str:
    """The witness of a mutant, folded below its label where it is long, and the reason."""
    label, _, objects = mutant.witness.partition(": ")
    if len(mutant.witness) <= SHORT_WITNESS:
        shown = escape(mutant.witness)
    else:
        shown = folded(escape(label if objects else "witness"), f"<code>{escape(objects or label)}</code>")
    return "<br>".join(part for part in (shown, escape(mutant.reason)) if part)


def experiments(found: Iterable[ExperimentVerdict], figure: Any) -> str:
    """Return every experiment with rule, result, planted violations and figure; `figure` draws it or returns ""."""
    out = []
    for trial in found:
        data = trial.data
        lines = [f"<h3>{escape(str(data.get('title', trial.id)))} {mark(str(trial.trial), trial.trial is Trial.PASSED)}"
                 f"</h3>", f"<p>{_sentence(trial.text)}</p>", figure(data)]
        facts = [("rule, fixed beforehand", data.get("rule")), ("population", data.get("population")),
                 ("measured", data.get("measured")), ("tightest case", data.get("tightest")),
                 ("level", data.get("level")), ("seeds", _seeds(data.get("seeds"))),
                 ("registration", data.get("registration"))]
        rows = [(f"<b>{name}</b>", pretty(str(value))) for name, value in facts if value]
        rows += [("<b>raw data</b>", f"<code>{escape(str(data['raw']))}</code>")] if data.get("raw") else []
        lines.append(table(("", ""), rows, "facts"))
        lines.append(_planted(data.get("planted", ())))
        out.append("".join(lines))
    return "".join(out)


def _seeds(seeds: Any) -> str:
    return ", ".join(map(str, seeds)) if seeds else ""


def _planted(planted: Any) -> str:
    rows = [(pretty(str(p["name"])), pretty(str(p["text"])), f"{int(p['caught'])} of {int(p['seeds'])}",
             mark("caught", True) if p["detected"] else mark("missed", False)) for p in planted]
    lead = "<p>Wrong programs planted on purpose, which the same rule has to reject in at least 19 of 20 seeds:</p>"
    return lead + table(("planted violation", "what is wrong", "rejected", ""), rows) if rows else ""


def assumptions(verdict: Verdict, axioms: Mapping[str, Any], citations: Mapping[str, Any], links: Links) -> str:
    """Return what the proof takes on trust: axioms and citations, read off by the checker, transitively."""
    rows = [(links.fact(name, {}), sentence(axioms[name])) for name in verdict.axioms if name in axioms]
    cited = [(links.fact(name, {}), escape(str(citations[name].source)), sentence(citations[name].statement.formula))
             for name in verdict.cited if name in citations]
    if cited:
        given = table(("cited", "source", "statement"), cited)
    else:
        given = "<p>No theorem of the literature is taken without proof.</p>"
    trust = (f"<p>{count(len(rows), 'axiom')} about the functions that occur, and the rules of the checker.</p>"
             + folded("the axioms", table(("axiom", "statement"), rows)) if rows else "")
    return given + trust if verdict.grade else ""


def reproduce(item: Claim | Lemma, facts: Mapping[str, str], versions: Mapping[str, str]) -> str:
    """Return commands, digests and versions."""
    commands = (f"lemmascope verify {item.id}\nlemmascope explain {item.id}\nlemmascope show {item.id}\n"
                f"python -I -S proofs_check/certificates/checker {facts['report']}")
    rows = [(f"<b>{name}</b>", f"<code>{escape(value)}</code>") for name, value in (
        ("statement", item.digest), ("axioms", facts["axioms"]), ("checker", facts["checker"]),
        ("profile, seed", f"{facts['profile']}, {facts['seed']}"),
        ("versions", ", ".join(f"{name} {version}" for name, version in versions.items())))]
    return (f"<pre>{escape(commands)}</pre><p>The last command re-checks the certificates with the standard library "
            f"alone, without any search.</p>{table(('', 'SHA-256 or value'), rows, 'facts')}")

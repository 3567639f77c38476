"""Why a sentence yields what it yields: parse, mentions, the frames that were tried, and why each came to
nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.extract.claims import drafts_of_sentence, layout_candidates
from kg.extract.classifier.reading import DOUBTED, Scored, is_likely, scores
from kg.extract.constructions import IN_SENTENCE, Candidate
from kg.extract.context import Context
from kg.extract.drafts import LEAST
from kg.extract.fillers import Filled
from kg.extract.gate import judge
from kg.extract.pronouns import note_pronouns
from kg.extract.referents import Referent
from kg.extract.slots import resolve
from kg.extract.tree import Tree
from kg.model import Value

TOLD = 0.3
"""How probable a relation is that is worth a line."""


def explain(context: Context) -> str:
    """The explanation of a whole text as plain text, sentence by sentence."""
    layout = layout_candidates(context)
    lines: list[str] = []
    if context.focus.main:
        lines.append(f"film in focus: {context.focus.main.label}")
    for tree in context.trees:
        note_pronouns(context, tree)
        span = tree.sentence.span
        lines += [f"sentence {tree.number + 1}: {context.text(span)}", "  parse"]
        lines += [f"    {line}" for line in parse_lines(tree)]
        lines.append("  mentions")
        lines += [f"    {line}" for line in mention_lines(context, tree)] or ["    none"]
        lines.append("  frames tried")
        candidates = [*layout.get(tree.number, ()), *(c for read in IN_SENTENCE for c in read(context, tree))]
        lines += [f"    {line}" for c in candidates for line in candidate_lines(context, c)] or [
            "    none: no word of a frame stands here"
        ]
        lines.append("  what the classifier says")
        found = scores(context, tree, drafts_of_sentence(context, tree, layout))
        lines += [f"    {line}" for line in classifier_lines(found)] or ["    nothing likely"]
    return "\n".join(lines)


def parse_lines(tree: Tree) -> Iterator[str]:
    """One line a word: number, word, lemma, tag, label and head."""
    for token in tree.tokens:
        head = tree[token.head].text if token.head >= 0 else "-"
        word = f"{token.index + 1:>3} {token.text:<18} {token.lemma:<16}"
        yield f"{word} {token.upos:<6} {token.label:<14} {head}"


def mention_lines(context: Context, tree: Tree) -> Iterator[str]:
    """One line a mention: its words, its type, the entity it belongs to."""
    seen = set()
    for token in tree.tokens:
        mention = context.mentions.at(tree, token.index)
        if mention and mention.span not in seen:
            seen.add(mention.span)
            referent = context.mentions.of[mention.span]
            fuller = f", {referent.label}" if referent.label != mention.text else ""
            yield f"{mention.text} ({referent.type}{fuller})"


def candidate_lines(context: Context, candidate: Candidate) -> Iterator[str]:
    """What became of one frame: its facts, or the slot that stayed open, or why the gate said no."""
    where = f"{candidate.rule} (line {candidate.frame.line})"
    fillings, why = resolve(context, candidate)
    if not fillings:
        yield f"{where}: no, {why or 'nothing fills it'}"
    for filled in fillings:
        verdict = judge(context, candidate.tree, candidate.predicate, list(filled.values()))
        confidence = candidate.confidence
        for argument in filled.values():
            confidence *= argument.confidence
        if not verdict.passed:
            yield f"{where}: no, {verdict.why}: {in_words(filled)}"
        elif confidence < LEAST:
            yield f"{where}: no, too unsure ({confidence:.2f}): {in_words(filled)}"
        else:
            yield f"{where}: yes ({confidence:.2f}): {in_words(filled)}"


def classifier_lines(found: Iterable[Scored]) -> Iterator[str]:
    """One line for each relation that is likely or that a frame said: its ends, probability, outcome."""
    for scored in sorted(found, key=lambda s: -s.confidence):
        if scored.confidence < TOLD and not scored.drafts:
            continue
        said = "said by a frame" if scored.drafts else "said by no frame"
        stands = scored.confidence >= DOUBTED if scored.drafts else is_likely(scored)
        outcome = "yes" if stands else "no"
        one, two = scored.one, scored.two
        ends = f"s = {name_of(one.filler)} ({one.how}), o = {name_of(two.filler)} ({two.how})"
        yield f"{scored.relation}, {said}: {outcome} ({scored.confidence:.2f}): {ends}"


def in_words(filled: Filled) -> str:
    """The filled slots as a line to read."""
    return ", ".join(f"{slot} = {name_of(a.filler)}" for slot, a in filled.items())


def name_of(filler: Referent | Value | None) -> str:
    """The label of an entity, or a value with its unit; "it" for what has no name yet."""
    if filler is None:
        return "it"
    return filler.label if isinstance(filler, Referent) else f"{filler.text} {filler.unit}".strip()

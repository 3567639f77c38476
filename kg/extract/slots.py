"""From the heads that a frame found to the things that fill its slots."""

from __future__ import annotations

from itertools import combinations, product

from kg.extract.constructions.candidate import Candidate
from kg.extract.context import Argument, Context
from kg.extract.fillers import Filled, as_referent, entities
from kg.extract.parts import cast
from kg.extract.qualifiers import qualifiers_of
from kg.extract.referents import Referent
from kg.extract.tree import Tree
from kg.extract.values import KIND_OF_RELATION
from kg.extract.words import word_itself, words_at
from kg.model import Span, Value

DERIVED = frozenset({"sequelOf", "remakeOf", "parodyOf"})
"""Relations whose other film, where it is not named, is the one that the article is about."""


def resolve(context: Context, candidate: Candidate) -> tuple[list[Filled], str]:
    """The fillings of a candidate's slots, one for each combination of subject and object, or why there
    is none.
    """
    relation = context.ontology.relation(candidate.frame.relation)
    subjects, why = subject_of(context, candidate, relation.domain)
    if why:
        return [], why
    if relation.name == "castMember":
        return cast(context, candidate, subjects)
    if relation.symmetric and not candidate.filled("o") and len(subjects) > 1:
        return [{"s": a, "o": b} for a, b in combinations(subjects, 2)], ""
    objects = objects_of(context, candidate, relation.name, relation.range)
    if not objects:
        return [], "nothing that fits stands in o"
    qualifiers = qualifiers_of(context, candidate)
    if any(slot not in qualifiers for slot in candidate.frame.must):
        return [], f"{candidate.frame.must[0]} is not named"
    return [{"s": s, "o": o, **qualifiers} for s, o in pair_up(candidate, subjects, objects)], ""


def pair_up(
    candidate: Candidate, subjects: list[Argument], objects: list[Argument]
) -> list[tuple[Argument, Argument]]:
    """Subjects with objects: one by one under "respectively", else each with each."""
    words = {t.lemma.lower() for t in candidate.tree.tokens}
    if len(subjects) == len(objects) > 1 and "respectively" in words:
        return list(zip(subjects, objects, strict=True))
    return list(product(subjects, objects))


def subject_of(context: Context, candidate: Candidate, domain: str) -> tuple[list[Argument], str]:
    """What fills s; a film that is not named comes from the focus, anything else must be said."""
    found = entities(context, candidate, "s", domain)
    works = [r for a in found if (r := as_referent(a)) is not None and r.type == "Work"]
    if candidate.frame.relation == "writer" and works:
        return [], "what stands in s is no film: its writer is its author"
    if found:
        return found, ""
    shot = candidate.frame.relation == "filmedIn" and all(
        candidate.tree[t].upos == "NOUN" for t in candidate.slots.get("s", [])
    )
    if domain in ("CreativeWork", "Film") and (film := described_by(context, candidate)):
        if candidate.frame.position("o") == "subject":
            candidate.slots["o"] = agents_behind(context, candidate.tree, candidate.trigger)
        return [film], ""
    if candidate.filled("s") and not shot and not leads(candidate.tree, candidate.trigger):
        return [], f"what stands in s is no {domain}"
    if domain in ("CreativeWork", "Film"):
        focus = context.focus.at(candidate.tree, candidate.trigger)
        if focus:
            return [Argument(focus[0], candidate.tree[candidate.trigger].span, focus[1])], ""
        return [], "no film in focus"
    return [], "nothing stands in s"


def leads(tree: Tree, trigger: int) -> bool:
    """True for a participle that opens a sentence and tells of its subject: "Shot by X, the film …"."""
    first = trigger
    while tree[first].label == "conj" and tree[first].head >= 0:
        first = tree[first].head
    opens = all(t.upos in ("PUNCT", "ADV") for t in tree.tokens[: min(first, trigger)])
    return opens and tree[trigger].xpos == "VBN" and not tree.children(trigger, "aux", "aux:pass")


def described_by(context: Context, candidate: Candidate) -> Argument | None:
    """The film of "X is a 1995 cartoon directed by …", where the participle hangs on the description."""
    tree, trigger = candidate.tree, candidate.trigger
    if tree[trigger].xpos != "VBN" or tree.children(trigger, "aux", "aux:pass"):
        return None
    found = context.defined[tree.number]
    if found is None:
        return None
    first = trigger
    while tree[first].label == "conj" and tree[first].head >= 0:
        first = tree[first].head
    work, said = found
    above = tree[first].head
    on_it = above < 0 or said.phrase.contains(tree[above].span) or work.span.contains(tree[above].span)
    return work if on_it and tree[trigger].span.start >= said.phrase.end else None


def agents_behind(context: Context, tree: Tree, trigger: int) -> list[int]:
    """The head of who stands after the participle's own "by": in a row of participles parsers mix them up."""
    k = trigger + 1
    while k < len(tree.tokens) and (tree[k].upos in ("CCONJ", "ADV", "VERB") or tree[k].text in (",", "-")):
        k += 1
    if k >= len(tree.tokens) or tree[k].text != "by":
        return []
    named = next(
        (j for j in range(k + 1, min(k + 6, len(tree.tokens))) if context.mentions.at(tree, j)), None
    )
    while (
        named is not None
        and tree[named].head > k
        and context.mentions.at(tree, tree[named].head) is (context.mentions.at(tree, named))
    ):
        named = tree[named].head
    return [] if named is None else [named]


def objects_of(context: Context, candidate: Candidate, relation: str, expected: str) -> list[Argument]:
    """What fills o: entities, values of the relation's kind, or the words themselves."""
    frame, tree = candidate.frame, candidate.tree
    if "o" in candidate.fixed:
        return candidate.fixed["o"]
    if frame.word_is_object:
        return [word_itself(context, candidate)]
    constant = dict(frame.constants).get("o")
    if constant is not None:
        return [Argument(Value(constant), tree[candidate.trigger].span, 1.0, candidate.trigger)]
    if relation in KIND_OF_RELATION or expected.startswith("xsd:"):
        return values_of(context, candidate, relation)
    found = entities(context, candidate, "o", expected)
    if not found and relation in DERIVED and not candidate.filled("o"):
        main = context.focus.main
        subjects = entities(context, candidate, "s", expected)
        if main is not None and subjects and all(a.filler is not main for a in subjects):
            return [Argument(main, tree[candidate.trigger].span, 0.8)]
    if relation == "producer":  # a company that produces is the production company
        return [
            a for a in found if isinstance(a.filler, Referent) and a.filler.type in ("Person", "Character")
        ]
    return found


def values_of(context: Context, candidate: Candidate, relation: str) -> list[Argument]:
    """The values in o: of the relation's kind where it has one, else the words of each conjunct."""
    tree, heads = candidate.tree, candidate.slots.get("o", [])
    if relation in KIND_OF_RELATION:
        said = [context.value(tree, i, relation) for i in heads]
    else:
        said = [words_at(context, candidate, i) for head in heads for i in tree.conjuncts(head)]
    return [value for value in said if value]


def hull(context: Context, candidate: Candidate, filled: Filled) -> Span:
    """The smallest span inside the sentence that holds the trigger and all that fills a slot."""
    tree = candidate.tree
    sentence = tree.sentence.span
    spans = [a.span for a in filled.values() if sentence.contains(a.span) and a.span != sentence]
    if candidate.construction not in ("label-line", "credit", "data-line") and candidate.trigger < len(
        tree.tokens
    ):
        spans.append(tree[candidate.trigger].span)
    if not spans:
        spans = [a.span for a in filled.values() if a.span != sentence] or [sentence]
    out = spans[0]
    for span in spans[1:]:
        out = out.join(span)
    block = context.parse.blocks[tree.sentence.block]
    return block.span if candidate.construction in ("label-line", "credit") and len(block.span) < 300 else out

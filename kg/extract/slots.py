"""From the heads that a frame found to the things that fill its slots: conjuncts, parts, context, values."""

from __future__ import annotations

import re
from itertools import combinations, product

from kg.extract.constructions.candidate import Candidate
from kg.extract.context import Argument, Context
from kg.extract.mentions import Referent
from kg.extract.values import KIND_OF_RELATION
from kg.model import Span, Value

PART_NOUNS = frozenset(["role", "part", "character", "lead", "figure"])
LISTING = re.compile(r",? (?:among them|including|such as|like|notably|chief among them)\b")
DERIVED = frozenset({"sequelOf", "remakeOf", "parodyOf"})
"""Relations whose other film, where it is not named, is the one that the article is about."""
RANKS = frozenset(["private", "chief", "assistant", "managing", "deputy", "associate", "lay"])
Filled = dict[str, Argument]


def resolve(context: Context, candidate: Candidate) -> tuple[list[Filled], str]:
    """The fillings of a candidate's slots, one for each combination of subject and object, or why there is none."""
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
    return [{"s": s, "o": o, **qualifiers} for s, o in pair_up(candidate, subjects, objects)], ""


def pair_up(
    candidate: Candidate, subjects: list[Argument], objects: list[Argument]
) -> list[tuple[Argument, Argument]]:
    """Subjects with objects: one by one under "respectively", else each with each."""
    words = {t.lemma.lower() for t in candidate.tree.tokens}
    if len(subjects) == len(objects) > 1 and "respectively" in words:
        return list(zip(subjects, objects, strict=True))
    return list(product(subjects, objects))


def entities(context: Context, candidate: Candidate, slot: str, expected: str) -> list[Argument]:
    """The entities that stand in `slot`, conjuncts expanded, none twice."""
    out = list(candidate.fixed.get(slot, []))
    tree = candidate.tree
    for head in candidate.slots.get(slot, []):
        for i in [head] if slot == candidate.single else tree.conjuncts(head):
            if expected == "Figure" and tree[i].text.lower() in ("they", "their", "them"):
                out += [a for a in context.couple(tree, i) if all(a.filler is not o.filler for o in out)]
                continue
            if (
                expected in ("CreativeWork", "Honouree")
                and tree[i].upos == "NOUN"
                and (listed := listed_films(context, tree, i))
            ):
                out += [a for a in listed if all(a.filler is not o.filler for o in out)]
                continue
            found = context.entity(tree, i, expected)
            if found and all(found.filler is not o.filler for o in out):
                out.append(found)
    return out


def listed_films(context: Context, tree: Tree, i: int) -> list[Argument]:
    """The titles that a plural stands for: "more than forty films, among them X and Y", "films such as X"."""
    if tree.lemma(i) not in context.film_nouns or tree[i].xpos not in ("NNS", "NN"):
        return []
    text = context.parse.text[tree[i].span.end : tree.sentence.span.end]
    cue = LISTING.match(text)
    if not cue:
        return []
    start = tree[i].span.end + cue.end()
    stop = re.search(r"[.;]|\b(?:which|who|where|but)\b", text[cue.end() :])
    end = start + stop.start() if stop else tree.sentence.span.end
    return [
        Argument(r, s, 0.9)
        for s, r in sorted(context.mentions.of.items())
        if r.type == "Film" and start <= s.start and s.start < end
    ]


def subject_of(context: Context, candidate: Candidate, domain: str) -> tuple[list[Argument], str]:
    """What fills s; a film that is not named comes from the focus, anything else must be said."""
    found = entities(context, candidate, "s", domain)
    if candidate.frame.relation == "writer" and any(
        as_referent(a).type == "Work" for a in found if as_referent(a)
    ):  # type: ignore[union-attr]
        return [], "what stands in s is no film: its writer is its author"
    if found:
        return found, ""
    shot = candidate.frame.relation == "filmedIn" and all(
        candidate.tree[t].upos == "NOUN" for t in candidate.slots.get("s", [])
    )
    if candidate.filled("s") and not shot:
        return [], f"what stands in s is no {domain}"
    if domain in ("CreativeWork", "Film"):
        focus = context.focus.at(candidate.tree, candidate.trigger)
        if focus:
            return [Argument(focus[0], candidate.tree[candidate.trigger].span, focus[1])], ""
        return [], "no film in focus"
    return [], "nothing stands in s"


def objects_of(context: Context, candidate: Candidate, relation: str, expected: str) -> list[Argument]:
    """What fills o: entities, values of the relation's kind, or the words themselves."""
    frame, tree = candidate.frame, candidate.tree
    if "o" in candidate.fixed:
        return candidate.fixed["o"]
    if frame.word_is_object:
        return [word_itself(context, candidate, relation)]
    constant = dict(frame.constants).get("o")
    if constant is not None:
        return [Argument(Value(constant), tree[candidate.trigger].span, 1.0, candidate.trigger)]
    if relation in KIND_OF_RELATION or expected.startswith("xsd:"):
        out = []
        for head in candidate.slots.get("o", []):
            for i in [head] if relation in KIND_OF_RELATION else tree.conjuncts(head):
                found = (
                    context.value(tree, i, relation)
                    if relation in KIND_OF_RELATION
                    else words_at(context, candidate, i)
                )
                if found:
                    out.append(found)
        return out
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


def word_itself(context: Context, candidate: Candidate, relation: str) -> Argument:
    """The triggering noun with the nouns that make it one thing: "film editor", "security guard"."""
    tree, i = candidate.tree, candidate.trigger
    first = i
    while first and i - first < 4:
        before = tree[first - 1]
        joined = before.text == "-" or tree[first].text == "-"
        noun = (
            before.label == "compound"
            and before.upos in ("NOUN", "ADJ")
            and before.head in range(first, i + 1)
        )
        ranked = before.text.lower() in RANKS
        if not (joined or noun or ranked) or before.lemma.lower() == "century":
            break
        first -= 1
    while tree[first].text == "-":
        first += 1
    words = [
        context.parse.text[tree[first].span.start : tree[i].span.start],
        lemma_form(tree[i].text, tree.lemma(i)),
    ]
    return Argument(Value(re.sub(r"\s+", " ", "".join(words)).strip().lower()), tree.span([first, i]), 1.0, i)


def lemma_form(text: str, lemma: str) -> str:
    """The singular of a noun as it is written."""
    return lemma if text.lower() != lemma else text.lower()


def words_at(context: Context, candidate: Candidate, i: int) -> Argument | None:
    """A noun phrase as a value: "family shame", "loneliness"; proper names stay as written."""
    tree = candidate.tree
    if tree[i].upos in ("PRON", "DET", "VERB", "AUX") or tree[i].xpos == "WP":
        return None
    if tree.lemma(i) == "theme":
        return None
    text, span = context.phrase(tree, i)
    if candidate.frame.relation == "ownerOf":
        before = [
            k for k in tree.subtree(i) if k <= i and tree[k].label not in ("det", "nmod:poss", "cc", "case")
        ]
        span = tree.span([k for k in before if all(j in before for j in range(k, i))])
        text = context.text(span)
    follow = [k for k in tree.children(i, "nmod") if "of" in tree.prepositions(k)]
    if candidate.frame.relation in ("theme", "ownerOf") and follow:
        span = span.join(tree.span([k for k in tree.subtree(follow[0]) if tree[k].label != "punct"]))
        text = context.text(span)
    if not text or (
        candidate.frame.relation == "language" and text not in context.lexicon.words("languages")
    ):
        return None
    if candidate.frame.relation not in ("language", "contentRating", "ownerOf"):
        text = text.lower()
    return Argument(Value(text), span, 0.9, i)


def qualifiers_of(context: Context, candidate: Candidate) -> Filled:
    """The qualifiers that stand in the clause or that the frame itself gives."""
    out: Filled = {}
    frame, tree = candidate.frame, candidate.tree
    here = tree[candidate.trigger].span
    for name, value in frame.constants:
        if name not in ("s", "o"):
            out[name] = Argument(Value(value), here, 1.0)
    for slot in {s for _, s in frame.slots} - {"s", "o", "portrayed"}:
        expected = context.ontology.range_of(slot)
        if slot in KIND_OF_RELATION:
            found = next(
                (v for h in candidate.slots.get(slot, []) if (v := context.value(tree, h, slot))), None
            )
        else:
            found = next(iter(entities(context, candidate, slot, expected)), None)
            if found is None and slot == "forFilm":
                found = film_below(context, candidate)
        if found:
            out[slot] = found
    for slot, fixed in candidate.fixed.items():
        if slot not in ("s", "o", "portrayed") and fixed:
            out[slot] = fixed[0]
    if (
        frame.relation in ("awardWon", "awardNominated")
        and "year" not in out
        and (year := year_said(context, candidate))
    ):
        out["year"] = year
    return out


def year_said(context: Context, candidate: Candidate) -> Argument | None:
    """The year of a recognition: the only one that its sentence gives outside parentheses."""
    tree = candidate.tree
    text = context.parse.text
    plain = [
        v
        for v in context.values[tree.number]
        if v.kind == "year" and text[v.span.start - 1 : v.span.start] != "("
    ]
    return Argument(plain[0].value, plain[0].span, 1.0) if len(plain) == 1 else None


def film_below(context: Context, candidate: Candidate) -> Argument | None:
    """The film named inside what the award was for: "for her performance in X"."""
    tree = candidate.tree
    for head in candidate.slots.get("forFilm", []):
        for k in tree.subtree(head):
            referent, mention = context.mentions.referent(tree, k), context.mentions.at(tree, k)
            if referent and mention and referent.type == "Film":
                return Argument(referent, mention.span, 0.95, k)
        if any(tree.lemma(k) in context.film_nouns for k in tree.subtree(head)):
            focus = context.focus.at(tree, head)
            return Argument(focus[0], tree[head].span, focus[1], head) if focus else None
    return None


def cast(context: Context, candidate: Candidate, subjects: list[Argument]) -> tuple[list[Filled], str]:
    """Performers with their parts: one part each where there are as many, a shared one where there is one."""
    performers = entities(context, candidate, "o", "Person")
    if not performers:
        return [], "no performer stands in o"
    asked = candidate.frame.position("portrayed")
    parts = parts_of(context, candidate)
    if "portrayed" in candidate.frame.must and not any(parts):
        return [], "no part is named"
    if asked == "object" and not parts:
        return [], "what is played is no character and no part"
    shared = qualifiers_of(context, candidate)
    rows: list[tuple[Argument, Filled]]
    if len(parts) == len(performers):
        rows = list(zip(performers, parts, strict=True))
    elif len(performers) == 1:
        rows = [(performers[0], part) for part in parts] or [(performers[0], {})]
    elif asked == "object" and len(parts) == 1:
        rows = [(p, parts[0]) for p in performers]
    else:
        rows = [(p, {}) for p in performers]
    return [{"s": s, "o": p, **shared, **part} for s in subjects for p, part in rows], ""


def parts_of(context: Context, candidate: Candidate) -> list[Filled]:
    """The parts that are named: characters, or words for people ("a bartender"); {} for "the lead role"."""
    if "portrayed" in candidate.fixed:
        return [{"portrayed": p} for p in candidate.fixed["portrayed"]]
    tree = candidate.tree
    out: list[Filled] = []
    for head in candidate.slots.get("portrayed", []):
        for i in tree.conjuncts(head):
            found = context.entity(tree, i, "Figure")
            inner = [k for k in tree.children(i, "nmod") if "of" in tree.prepositions(k)]
            if found:
                out.append({"portrayed": found})
            elif tree.lemma(i) in PART_NOUNS:
                named = [
                    e for k in inner for c in tree.conjuncts(k) if (e := context.entity(tree, c, "Figure"))
                ]
                out += [{"portrayed": n} for n in named] or [{}]
            elif is_person_noun(context, tree.lemma(i)) and tree[i].upos == "NOUN":
                text, span = context.phrase(tree, i)
                out.append({"role": Argument(Value(text.lower()), span, 0.9, i)})
    return out


def is_person_noun(context: Context, lemma: str) -> bool:
    """True for a noun that a performer can be said to play: an occupation, a relative, a kind of person."""
    return lemma in context.lexicon.words("occupations") or lemma in context.lexicon.words("people-nouns")


def as_referent(argument: Argument) -> Referent | None:
    """The referent that fills a slot, or None for a value."""
    return argument.filler if isinstance(argument.filler, Referent) else None


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

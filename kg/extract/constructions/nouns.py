"""Relational nouns: "the director of S", "S's director, O", "director O", "O, son of P", "O was the
author of S".
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.clauses import arguments
from kg.extract.constructions.candidate import Candidate
from kg.extract.constructions.holders import holders
from kg.extract.context import Argument, Context
from kg.extract.references import entity
from kg.extract.tree import Tree
from kg.lexicon import Frame
from kg.model import Value

KIN_AFFIX = ("in-law", "in law")
MAKING = frozenset({"make", "create", "shoot", "film", "do"})
"""What "a film … by X" may put between; "produced by X" says something else."""
STEP = ("step", "half", "god", "foster", "grand", "great", "ex")


def noun_frames(context: Context, tree: Tree) -> Iterator[Candidate]:
    """Candidates of all frames whose noun stands in the sentence."""
    for token in tree.tokens:
        i = token.index
        inside = context.mentions.at(tree, i)
        if token.upos not in ("NOUN", "PROPN", "ADJ", "ADV") or (inside and inside.type != "Award"):
            continue
        about_awards = inside is not None
        label = context.parse.blocks[tree.sentence.block].label
        if label is not None and label.contains(token.span):
            continue
        triggered = ((w, context.lexicon.triggered("noun", w)) for w in compound_words(tree, i))
        word, frames = next(((w, frames) for w, frames in triggered if frames), (tree.lemma(i), ()))
        frames = (*frames, *trade_frames(context, tree, i, word))
        if frames and not affixed(context, tree, i):
            for frame in frames:
                if not about_awards or frame.relation.startswith("award"):
                    yield from read_noun(context, tree, i, frame, word)


def trade_frames(context: Context, tree: Tree, i: int, word: str) -> tuple[Frame, ...]:
    """The frames of a trade that the list does not hold as such: "film editor", "beekeeper"."""
    lemma = tree.lemma(i)
    frames = context.lexicon.triggered("noun", word)
    if tree[i].upos != "NOUN" or any(frame.relation == "occupation" for frame in frames):
        return ()
    trades = context.lexicon.triggered("noun", lemma) if word != lemma else ()
    if not trades and lemma.endswith(tuple(context.lexicon.words("occupation-endings"))):
        trades = context.lexicon.triggered("noun", "actor")
    return tuple(frame for frame in trades if frame.relation == "occupation")


def compound_words(tree: Tree, i: int) -> list[str]:
    """The noun with the word before it ("production company", "co-writer"), then alone."""
    out = []
    if i and tree[i - 1].head == i and tree[i - 1].label in ("compound", "amod", "nmod:desc"):
        out.append(f"{tree[i - 1].text.lower()} {tree.lemma(i)}")
    if i > 1 and tree[i - 1].text == "-":
        out.append(f"{tree[i - 2].text.lower()}-{tree.lemma(i)}")
    if i + 2 < len(tree.tokens) and tree[i + 1].text.lower() == "of":
        out.append(f"{tree.lemma(i)} of {tree.lemma(i + 2)}")
    return [*out, tree.lemma(i)]


def affixed(context: Context, tree: Tree, i: int) -> bool:
    """True for in-laws and step-relations: named as what they are, never as the plain kind."""
    text = context.parse.text
    end, start = tree[i].span.end, tree[i].span.start
    after = text[end : end + 8].lower().lstrip("-– ")
    before = text[max(0, start - 8) : start].lower().rstrip("- ")
    return after.startswith(KIN_AFFIX) or (text[start - 1 : start] == "-" and before.endswith(STEP))


def read_noun(context: Context, tree: Tree, i: int, frame: Frame, word: str = "") -> Iterator[Candidate]:
    """The candidates of one frame at one noun: one for each way in which somebody is said to be it."""
    positions = dict(frame.slots)
    slots = slots_of(tree, i, frame)
    for position, nouns in frame.needs:
        if not any(tree.lemma(t) in nouns for t in dependents(tree, i, position)):
            return
    if "is" not in positions:
        if any(s in slots for s in ("s", "o", "portrayed")):
            yield Candidate(frame, "noun", tree, i, slots, predicate=clause_of(tree, i))
        return
    expected = context.ontology.relation(frame.relation)
    asked = expected.domain if positions["is"] == "s" else expected.range
    for how, tokens, confidence in holders(context, tree, i):
        if not any(
            entity(context, tree, t, asked) or tree[t].text.lower() in ("they", "them") for t in tokens
        ):
            continue
        if unlikely(context, tree, i, frame, how, slots):
            return
        single = positions["is"] if tree[i].xpos in ("NN", "NNP") else ""
        filled = {**slots, positions["is"]: tokens}
        candidate = Candidate(
            frame, how, tree, i, filled, confidence=confidence, predicate=clause_of(tree, i), single=single
        )
        if i and frame.word_is_object and " " in word:
            candidate.fixed["o"] = [Argument(Value(word), tree.span([i - 1, i]), 1.0, i)]
        yield candidate
        return


def slots_of(tree: Tree, i: int, frame: Frame) -> dict[str, list[int]]:
    """Slot to tokens, for the slots whose position has something in it at the noun; `is` is for the
    holders.
    """
    positions = dict(frame.slots)
    slots: dict[str, list[int]] = {}
    for position, slot in frame.slots:
        if position == "is":
            continue
        tokens = dependents(tree, i, position)
        if not tokens and position == "of" and "possessor" not in positions:
            tokens = dependents(tree, i, "possessor") or had_by(tree, i)
        if tokens:
            slots[slot] = tokens
    return slots


def unlikely(
    context: Context, tree: Tree, i: int, frame: Frame, how: str, slots: dict[str, list[int]]
) -> bool:
    """True where the noun names a trade rather than a share in the film in focus, or a part rather than a
    trade.
    """
    determiners = {tree.lemma(k) for k in tree.children(i, "det", "nmod:poss")}
    if frame.relation == "occupation":
        subjects = tree.exactly(i, "nsubj")
        # "he is a general" in an article about a film tells of the part as often as of the man
        told_of_part = context.focus.person is None and any(tree[k].upos == "PRON" for k in subjects)
        if how == "as" or (how == "copula" and told_of_part):
            return True
        return (how == "copula" and "the" in determiners) or credited(context, tree, i, determiners)
    if not context.is_work(frame.relation) or slots.get("s") or frame.position("s") == "is":
        return False  # a film that is named, also "a sequel, X": nothing is left to the focus
    if any(tree[k].upos in ("NOUN", "PROPN", "ADJ") and k < i for k in tree.children(i, "compound", "amod")):
        return True
    if i and tree[i].text[:1].isupper() and tree[i - 1].text[:1].isupper():  # "Managing Editor"
        return True
    if how not in ("beside", "apposition") or determiners & {"its", "it"} or i == 0:
        return False
    # "director X" beside no title: of the film that the article is about, unless it has another
    others = [f for _, f in context.focus.films_in(tree) if f is not context.focus.main]
    related = set(tree.prepositions(i)) or tree[i].label in ("nmod", "conj", "appos")
    return context.focus.main is None or bool(others) or bool(related)


def credited(context: Context, tree: Tree, i: int, determiners: set[str]) -> bool:
    """True where the noun names a share in a film: "the director of X", "the editor, Ana Lima"."""
    if crew_of_film(context, tree, i):
        return True
    after = tree[i + 1].text if i + 1 < len(tree.tokens) else ""
    told = "the" in determiners or not determiners
    return tree.lemma(i) in context.lexicon.words("crew-nouns") and told and after in (",", ":")


def crew_of_film(context: Context, tree: Tree, i: int) -> bool:
    """True where the noun is what somebody is in a named film: "the director of X" states no trade
    besides.
    """
    if not any(context.is_work(f.relation) for f in context.lexicon.triggered("noun", tree.lemma(i))):
        return False
    if any(tree.lemma(k) in ("its", "it") for k in tree.exactly(i, "nmod:poss")):
        return True
    return any(
        entity(context, tree, k, "CreativeWork") for p in ("of", "possessor") for k in dependents(tree, i, p)
    )


def had_by(tree: Tree, i: int) -> list[int]:
    """Who has it: "he had a daughter, X"."""
    head = tree[i].head
    if (
        tree[i].label == "obj"
        and head >= 0
        and tree.lemma(head) in ("have", "leave", "raise", "father", "adopt")
    ):
        return arguments(tree, head).get("subject", [])
    return []


def dependents(tree: Tree, i: int, position: str) -> list[int]:
    """What stands in `position` of the noun: its possessor, or its phrase with that preposition."""
    if position == "possessor":
        own = tree.exactly(i, "nmod:poss")
        return [tree.unrelative(k) for k in own] or [
            k for k in tree.exactly(i, "compound") if tree[k].upos == "PROPN"
        ]
    out = []
    for k in tree.children(i, "nmod", "obl", "acl"):
        if position in tree.prepositions(k):
            out.append(tree.unrelative(k))
    if not out and position == "by":
        for k in tree.children(i, "acl"):
            if tree.lemma(k) in MAKING:
                out += [o for o in tree.children(k, "obl") if "by" in tree.prepositions(o)]
    if not out and position == "by":
        for k in tree.children(i, "appos", "flat"):
            out += [n for n in tree.children(k, "nmod") if "by" in tree.prepositions(n)]
    if not out and position == "of" and i + 1 < len(tree.tokens) and tree[i + 1].text.lower() == "of":
        out = [tree.unrelative(tree[i + 1].head)]  # whatever the parser hung the phrase on
    out = out[:1]
    head = tree[i].head
    if not out and tree[i].label == "obj" and position in ("by", "for"):
        out = [k for k in tree.children(head, "obl") if k > i and position in tree.prepositions(k)][:1]
    if not out and tree[i].label == "nsubj" and position in tree.prepositions(head):
        out = [head]
    return out


def clause_of(tree: Tree, i: int) -> int | None:
    """The predicate of the clause in which the noun itself is predicated, or None where it only stands in
    a phrase.
    """
    if tree.children(i, "cop"):
        return i
    if tree[i].label in ("obj", "xcomp", "obl") and tree[i].head >= 0:
        return tree[i].head
    return None

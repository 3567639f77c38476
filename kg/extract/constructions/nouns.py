"""Relational nouns: "the director of S", "S's director, O", "director O", "O, son of P", "O was the author of S"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.constructions.candidate import Candidate
from kg.extract.context import Argument, Context
from kg.extract.tree import Tree
from kg.lexicon import Frame
from kg.model import Value

SERVING = frozenset(
    [
        "serve",
        "act",
        "work",
        "double",
        "function",
        "return",
        "credit",
        "hire",
        "employ",
        "engage",
        "recruit",
        "bring",
        "join",
    ]
)
NAMED_BY = ("flat", "appos", "nmod:desc", "nmod:unmarked", "list", "compound", "parataxis")
KIN_AFFIX = ("in-law", "in law")
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
        for word in compound_words(tree, i):
            frames = context.lexicon.triggered("noun", word)
            if frames:
                if not affixed(context, tree, i):
                    for frame in frames:
                        if about_awards and not frame.relation.startswith("award"):
                            continue
                        yield from read_noun(context, tree, i, frame, word)
                break


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
    slots: dict[str, list[int]] = {}
    for position, slot in frame.slots:
        if position == "is":
            continue
        tokens = dependents(tree, i, position)
        if not tokens and position == "of" and "possessor" not in positions:
            tokens = dependents(tree, i, "possessor") or had_by(tree, i)
        if tokens:
            slots[slot] = tokens
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
            context.entity(tree, t, asked) or tree[t].text.lower() in ("they", "them") for t in tokens
        ):
            continue
        if unlikely(context, tree, i, frame, how, slots):
            return
        single = positions["is"] if tree[i].xpos in ("NN", "NNP") else ""
        filled = {**slots, positions["is"]: tokens}
        candidate = Candidate(
            frame, how, tree, i, filled, confidence=confidence, predicate=clause_of(tree, i), single=single
        )
        if frame.word_is_object and " " in word:
            candidate.fixed["o"] = [Argument(Value(word), tree.span([i - 1, i]), 1.0, i)]
        yield candidate
        return


def unlikely(
    context: Context, tree: Tree, i: int, frame: Frame, how: str, slots: dict[str, list[int]]
) -> bool:
    """True where the noun names a trade rather than a share in the film in focus, or a part rather than a trade."""
    determiners = {tree.lemma(k) for k in tree.children(i, "det", "nmod:poss")}
    if frame.relation == "occupation":
        return (how == "copula" and "the" in determiners) or crew_of_film(context, tree, i)
    if not context.is_work(frame.relation) or slots.get("s"):
        return False
    if any(tree[k].upos in ("NOUN", "PROPN", "ADJ") and k < i for k in tree.children(i, "compound", "amod")):
        return True
    if how not in ("beside", "apposition") or determiners & {"its", "it"} or i == 0:
        return False
    # "director X" beside no title: of the film that the article is about, unless it has another
    others = [f for _, f in context.focus.films_in(tree) if f is not context.focus.main]
    related = set(tree.prepositions(i)) or tree[i].label in ("nmod", "conj", "appos")
    return context.focus.main is None or bool(others) or bool(related)


def crew_of_film(context: Context, tree: Tree, i: int) -> bool:
    """True where the noun is what somebody is in a named film: "the director of X" states no trade besides."""
    if not any(context.is_work(f.relation) for f in context.lexicon.triggered("noun", tree.lemma(i))):
        return False
    if any(tree.lemma(k) in ("its", "it") for k in tree.exactly(i, "nmod:poss")):
        return True
    return any(
        context.entity(tree, k, "CreativeWork") for p in ("of", "possessor") for k in dependents(tree, i, p)
    )


def had_by(tree: Tree, i: int) -> list[int]:
    """Who has it: "he had a daughter, X"."""
    head = tree[i].head
    if (
        tree[i].label == "obj"
        and head >= 0
        and tree.lemma(head) in ("have", "leave", "raise", "father", "adopt")
    ):
        return tree.arguments(head).get("subject", [])
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
            out += [o for o in tree.children(k, "obl") if "by" in tree.prepositions(o)]
    if not out and position == "by":
        for k in tree.children(i, "appos", "flat"):
            out += [n for n in tree.children(k, "nmod") if "by" in tree.prepositions(n)]
    out = out[:1]
    head = tree[i].head
    if not out and tree[i].label == "obj" and position in ("by", "for"):
        out = [k for k in tree.children(head, "obl") if k > i and position in tree.prepositions(k)][:1]
    if not out and tree[i].label == "nsubj" and position in tree.prepositions(head):
        out = [head]
    return out


def clause_of(tree: Tree, i: int) -> int | None:
    """The predicate of the clause in which the noun itself is predicated, or None where it only stands in a phrase."""
    if tree.children(i, "cop"):
        return i
    if tree[i].label in ("obj", "xcomp", "obl") and tree[i].head >= 0:
        return tree[i].head
    return None


def holders(context: Context, tree: Tree, i: int) -> Iterator[tuple[str, list[int], float]]:
    """Who is said to be the noun: by apposition, beside the name, by copula, "as director", best first."""
    token = tree[i]
    if tree.children(i, "cop"):
        if subjects := tree.exactly(i, "nsubj", "nsubj:outer"):
            yield "copula", [tree.unrelative(k) for k in subjects], 0.95
    inside = [
        k
        for k in tree.children(i, *NAMED_BY)
        if named(context, tree, k) and not between_mark(tree, i, k, "(")
    ]
    after = [k for k in inside if k > i]
    if after:
        yield "apposition", after[:1], 0.95
    if token.head >= 0 and token.label in (*NAMED_BY, "nmod", "parataxis") and not tree.prepositions(i):
        head = token.head
        known = named(context, tree, head) or (
            token.label == "appos" and context.entity(tree, head, "Figure")
        )
        if known and (token.label != "compound" or head > i):
            yield "apposition", [nearest_name(context, tree, head, i)], 0.95
    predicate = token.head >= 0 and bool(tree.children(token.head, "cop"))
    if (
        token.label == "conj"
        and token.head >= 0
        and tree[token.head].upos == "NOUN"
        and (predicate or not tree.children(i, "det", "cop"))
    ) or (token.label == "appos" and predicate and tree[token.head].upos == "NOUN"):
        yield from holders(context, tree, token.head)
    if token.head >= 0 and token.label in ("nsubj", "nsubj:outer") and tree.children(token.head, "cop"):
        yield "copula", [token.head], 0.9
    if set(tree.prepositions(i)) & {"of", "among"} and token.head >= 0:
        above = token.head if "of" in tree.prepositions(i) else i
        if tree.children(above, "cop") and (above == i or tree.lemma(above) == "one"):
            yield "copula", tree.exactly(above, "nsubj"), 0.9
    if "as" in tree.prepositions(i) and token.head >= 0:
        yield from as_holder(context, tree, i)
    if (
        token.label in ("xcomp", "obj")
        and token.head >= 0
        and tree.lemma(token.head) in ("become", "remain", "name", "appoint")
    ):
        above = tree.arguments(token.head)
        if (
            found := above.get("subject")
            if not tree.is_passive(token.head)
            else above.get("object", above.get("indirect"))
        ):
            yield "become", found, 0.9
    beside = adjacent_name(context, tree, i)
    if beside is not None:
        yield "beside", [beside], 0.85


def nearest_name(context: Context, tree: Tree, head: int, i: int) -> int:
    """The last person named between `head` and the noun that the parser hung on it: who stands beside it is meant."""
    between = [
        k
        for k in range(head + 1, i)
        if (m := context.mentions.at(tree, k)) and m.type in ("Person", "Character")
    ]
    mention = context.mentions.at(tree, head)
    others = [
        k
        for k in between
        if context.mentions.at(tree, k) is not mention and not between_mark(tree, head, k, "(")
    ]
    if others and all(
        tree[k].upos in ("PUNCT", "DET", "ADJ", "NOUN", "PROPN") for k in range(others[-1] + 1, i)
    ):
        return others[-1]
    return head


def as_holder(context: Context, tree: Tree, i: int) -> Iterator[tuple[str, list[int], float]]:
    """Who serves as it: "with X as director", "X served as editor"."""
    head = tree[i].head
    if named(context, tree, head):
        yield "as", [head], 0.85
    elif tree.lemma(head) in SERVING:
        above = tree.arguments(head)
        who = above.get("object") if tree.is_passive(head) or above.get("object") else above.get("subject")
        if who:
            yield "as", who, 0.85


def adjacent_name(context: Context, tree: Tree, i: int) -> int | None:
    """The name right after the noun, whatever the parser made of it: "director Mike Figgis"."""
    if i + 1 < len(tree.tokens) and tree[i + 1].upos == "PROPN" and named(context, tree, i + 1):
        mention = context.mentions.at(tree, i + 1)
        if (
            mention
            and mention.span.start == tree[i + 1].span.start
            and mention.type in ("Person", "Character", "Organization")
        ):
            return i + 1
    return None


def named(context: Context, tree: Tree, i: int) -> bool:
    """True where a mention or a personal pronoun stands at `i`."""
    return context.mentions.at(tree, i) is not None or tree[i].text.lower() in (
        "he",
        "she",
        "who",
        "him",
        "her",
    )


def between_mark(tree: Tree, i: int, k: int, mark: str) -> bool:
    """True where the character `mark` stands between two tokens."""
    return any(tree[j].text == mark for j in range(min(i, k), max(i, k)))

"""The arguments of a predicate, by logical position.

Positions are logical, not superficial: the subject of "was directed by X" is X. What a clause leaves out is
fetched from where English shares it: conjunction, control, relative clauses, participles.
"""

from __future__ import annotations

from kg.extract.tree import RELATIVE, Tree

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET", "X", "SYM"})
Arguments = dict[str, list[int]]


def arguments(tree: Tree, i: int) -> Arguments:
    """Logical position to tokens for the predicate `i`; lists hold heads, not yet their conjuncts."""
    if i not in tree.arguments_of:
        tree.arguments_of[i] = {}  # a cycle of sharing ends here
        tree.arguments_of[i] = read_arguments(tree, i)
    return tree.arguments_of[i]


def read_arguments(tree: Tree, i: int) -> Arguments:
    """The arguments of the predicate `i`, read off its children and what it shares."""
    passive = is_passive(tree, i)
    out: Arguments = {}

    def put(position: str, tokens: list[int]) -> None:
        if tokens and position not in out:
            out[position] = [tree.unrelative(t) for t in tokens]

    objects = tree.exactly(i, "obj")
    subjects = tree.exactly(i, "nsubj", "nsubj:pass", "nsubj:outer")
    agents = [k for k in subjects if said_by(tree, k)]
    agent = agents[0] if agents else by_phrase(tree, i) if passive else None
    surface = [k for k in subjects if k != agent] or shared_subject(tree, i)
    if passive and objects:
        put("indirect", surface)
    else:
        put("object" if passive else "subject", surface)
    put("object", objects)
    put("indirect", tree.exactly(i, "iobj"))
    put("measure", tree.exactly(i, "obl:unmarked", "obl:tmod", "obl:npmod"))
    put("complement", [k for k in tree.exactly(i, "xcomp") if tree.tokens[k].upos in NOMINAL])
    for k in tree.children(i, "obl"):
        put_oblique(tree, out, k, passive)
    if agent is not None and "subject" not in out:
        out["subject"] = [agent]
    put_relative(tree, i, out)
    put_shared(tree, i, out)
    return out


def put_oblique(tree: Tree, out: Arguments, k: int, passive: bool) -> None:
    """Puts the oblique `k` under its preposition, and under subject where it is an agent."""
    prepositions = tree.prepositions(k)
    if "by" in prepositions and passive:
        out.setdefault("subject", []).append(k)
    for preposition in prepositions[:1]:
        out.setdefault(preposition, []).append(tree.unrelative(k))
    if not prepositions and tree.tokens[k].label == "obl:agent":
        out.setdefault("subject", []).append(k)


def shared_subject(tree: Tree, i: int) -> list[int]:
    """The surface subject that a clause without one takes from its surroundings."""
    token = tree.tokens[i]
    if token.head < 0:
        return []
    above = arguments(tree, token.head) if token.head != i else {}
    if token.label == "conj":
        if any(tree.tokens[k].text == ";" for k in range(token.head, i)):
            return []
        if tree.tokens[token.head].upos not in ("VERB", "AUX") and not tree.is_predicate(token.head):
            return [k for k in tree.exactly(token.head, "nsubj", "nsubj:pass") if not said_by(tree, k)]
        return above.get("object" if is_passive(tree, token.head) else "subject", [])
    if token.label == "acl":
        return [token.head]
    if token.label in ("advcl", "xcomp", "ccomp", "parataxis") and not tree.children(i, "mark"):
        return surface_of(tree, token.head, prefer_object=token.label == "xcomp")
    if token.label in ("advcl", "xcomp") and any(tree.lemma(m) == "to" for m in tree.children(i, "mark")):
        return surface_of(tree, token.head, prefer_object=token.label == "xcomp")
    if token.label == "advcl" and token.xpos == "VBG":
        return surface_of(tree, token.head, prefer_object=False)
    return []


def surface_of(tree: Tree, head: int, prefer_object: bool) -> list[int]:
    """What a clause below the predicate `head` takes from it as its subject."""
    above = arguments(tree, head)
    if prefer_object and above.get("object") and not is_passive(tree, head):
        return above["object"]
    if is_passive(tree, head):
        return above.get("object", []) or above.get("indirect", [])
    return above.get("subject", []) or tree.exactly(head, "nsubj", "nsubj:pass")


def put_relative(tree: Tree, i: int, out: Arguments) -> None:
    """In a relative clause without its pronoun ("the film he directed") the noun is the missing
    object.
    """
    token = tree.tokens[i]
    if token.label != "acl:relcl":
        return
    if any(tree.lemma(k) in RELATIVE and tree.tokens[k].upos == "PRON" for k in tree.subtree(i)):
        return
    stranded = [
        k
        for k in tree.kids[i]
        if tree.tokens[k].upos == "ADP" and not tree.kids[k] and tree.tokens[k].label != "compound:prt"
    ]
    if stranded:
        out.setdefault(tree.lemma(stranded[0]), []).append(token.head)
    elif "object" not in out and "subject" in out:
        out["object"] = [token.head]


def put_shared(tree: Tree, i: int, out: Arguments) -> None:
    """What stands once for several coordinated verbs: "wrote and directed X", "written and directed
    by Y".
    """
    token = tree.tokens[i]
    others = [k for k in tree.children(i, "conj") if tree.is_predicate(k)]
    if token.label == "conj" and tree.is_predicate(token.head):
        others.append(token.head)
        others += [k for k in tree.children(token.head, "conj") if k != i and tree.is_predicate(k)]
    for other in others:
        last = max(i, other)
        if is_passive(tree, other) != is_passive(tree, i):
            continue
        for label, position in (("obj", "object"), ("obl", "subject")):
            shared = [k for k in tree.children(other, label) if k > last and not interrupted(tree, i, other)]
            if label == "obl":
                shared = [k for k in shared if is_passive(tree, i) and "by" in tree.prepositions(k)]
            elif is_passive(tree, i):
                shared = []
            if shared and position not in out:
                out[position] = [tree.unrelative(k) for k in shared]


def interrupted(tree: Tree, i: int, other: int) -> bool:
    """True where an argument of the first of two verbs stands between them."""
    first, last = min(i, other), max(i, other)
    return any(
        first < k < last and tree.tokens[k].label in ("obj", "obl", "obl:agent") for k in tree.kids[first]
    )


def is_passive(tree: Tree, i: int) -> bool:
    """True where what is grammatically the subject of `i` is logically its object."""
    if tree.exactly(i, "nsubj:pass", "aux:pass", "csubj:pass"):
        return True
    token = tree.tokens[i]
    if by_phrase(tree, i) is not None and not tree.children(i, "obj") and token.xpos in ("VBN", "VBD"):
        return True
    if (
        tree.exactly(i, "aux")
        or any(not said_by(tree, k) for k in tree.exactly(i, "nsubj"))
        or token.xpos not in ("VBN", "VBD", "JJ")
    ):
        return False
    if tree.children(i, "obj"):
        return token.xpos == "VBN" and token.label == "acl"
    by = any("by" in tree.prepositions(k) for k in tree.children(i, "obl"))
    if token.label == "conj":
        return by or (token.xpos == "VBN" and is_passive(tree, token.head))
    if token.xpos == "VBN" or token.xpos == "JJ":
        return token.label in (
            "acl",
            "advcl",
            "root",
            "parataxis",
            "amod",
            "appos",
            "dep",
            "ccomp",
            "xcomp",
            "list",
        )
    return by


def said_by(tree: Tree, k: int) -> bool:
    """True for an agent that the parser took for a subject: "by" stands before it."""
    return any(tree.lemma(c) == "by" for c in tree.kids[k] if tree[c].label == "case")


def by_phrase(tree: Tree, i: int) -> int | None:
    """The noun after "by" right behind a participle, whatever the parser hung it on: "directed by X"."""
    k = i + 1
    while (
        k < len(tree.tokens)
        and tree.tokens[k].upos in ("ADV", "PUNCT")
        and tree.tokens[k].text != "."
        and k - i < 3
    ):
        k += 1
    if k >= len(tree.tokens) or tree.tokens[k].text.lower() != "by":
        return None
    head = tree.tokens[k].head
    if head > k:
        return head
    return next(
        (j for j in range(k + 1, min(k + 5, len(tree.tokens))) if tree.tokens[j].upos == "PROPN"), None
    )

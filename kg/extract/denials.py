"""What denies a clause or an argument: negation, modality, conditions, hedges, verbs that leave it open."""

from __future__ import annotations

from kg.extract.tree import Tree

NEGATIONS = frozenset(
    [
        "not",
        "n't",
        "n’t",
        "never",
        "neither",
        "nor",
        "no",
        "hardly",
        "scarcely",
        "without",
        "nobody",
        "none",
        "cannot",
    ]
)
MODALS = frozenset(["would", "could", "might", "may", "should", "can", "ought", "must", "shall", "'d", "’d"])
HEDGES = frozenset(
    [
        "perhaps",
        "maybe",
        "possibly",
        "probably",
        "supposedly",
        "presumably",
        "conceivably",
        "arguably",
        "almost",
        "nearly",
        "potentially",
        "ostensibly",
        "practically",
        "virtually",
        "once-rumoured",
    ]
)
UNREAL = frozenset(
    [
        "refuse",
        "decline",
        "reject",
        "want",
        "hope",
        "plan",
        "offer",
        "consider",
        "wish",
        "intend",
        "mean",
        "try",
        "attempt",
        "fail",
        "slate",
        "rumour",
        "rumor",
        "expect",
        "suppose",
        "think",
        "believe",
        "dream",
        "threaten",
        "seek",
        "aim",
        "propose",
        "suggest",
        "deny",
        "doubt",
        "avoid",
        "pass",
        "ask",
        "invite",
        "approach",
        "tap",
        "beg",
        "audition",
        "campaign",
        "fear",
        "speculate",
        "imagine",
        "pretend",
        "wonder",
        "tempt",
        "urge",
        "push",
        "lobby",
        "bid",
        "vie",
        "compete",
        "test",
        "eye",
        "tip",
        "favor",
        "favour",
        "ponder",
        "contemplate",
        "need",
        "like",
        "love",
        "hate",
        "prefer",
        "deserve",
        "tout",
        "mention",
        "discuss",
    ]
)
"""Verbs whose complement is not said to have happened."""
REPLACED = frozenset(["cast", "attach", "announce", "sign", "hire", "slate", "choose", "pick", "name"])
CONDITION = frozenset(["if", "unless", "whether", "lest", "though-if"])
COMPARING = frozenset(["like", "unlike", "than"])


def clause_denied(tree: Tree, node: int, first: bool) -> str:
    """Why the clause of `node` asserts nothing, or ""."""
    for k in tree.kids[node]:
        word, label = tree.lemma(k), tree[k].label
        if label.startswith("advmod") or label in ("det", "cc", "cc:preconj"):
            if word in NEGATIONS or tree[k].text.lower() in NEGATIONS:
                return "negated"
            if word in HEDGES:
                return f"hedged: {word}"
            if word in ("originally", "initially", "first") and tree.lemma(node) in REPLACED:
                return f"{word}, and then not"
        if label == "aux" and (word in MODALS or tree[k].text.lower() in MODALS):
            return f"a modal verb: {word}"
        if label == "mark" and word in CONDITION:
            return f"a condition: {word}"
        if label in ("nsubj", "nsubj:pass") and word in ("nobody", "none"):
            return "negated"
    return ""


def complement_denied(tree: Tree, node: int, below: int) -> str:
    """Why what `node` says of the clause `below` leaves it open, or ""."""
    verb = tree.lemma(node)
    if verb in UNREAL and tree[below].label in ("xcomp", "ccomp", "acl", "obj", "csubj", "obl", "advcl"):
        if tree[below].label == "obl" and not any(
            tree.lemma(k) in ("for", "to", "with", "as") for k in tree.children(below, "case")
        ):
            return ""
        return f"not said to have happened: {verb}"
    return ""


def argument_denied(tree: Tree, i: int) -> str:
    """Why what stands at `i` is not asserted: "no Oscar", "unlike X", "not X but Y"."""
    for k in tree.kids[i]:
        word = tree.lemma(k)
        if tree[k].label in ("det", "advmod", "cc:preconj") and word in NEGATIONS:
            return "negated"
        if tree[k].label == "case" and word in COMPARING:
            return f"a comparison: {word}"
    return ""

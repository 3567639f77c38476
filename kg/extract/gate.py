"""What a sentence does not assert: questions, negation, modality, plans, hedges; and what it only reports."""

from __future__ import annotations

from dataclasses import dataclass

from kg.extract.context import Argument, Context
from kg.extract.denials import CONDITION, MODALS, argument_denied, clause_denied, complement_denied
from kg.extract.referents import Referent
from kg.extract.tree import Tree
from kg.model import Value

REPORTED = frozenset(["reportedly", "allegedly", "apparently"])
SAYING = frozenset(
    [
        "say",
        "report",
        "tell",
        "claim",
        "write",
        "reveal",
        "recall",
        "note",
        "state",
        "announce",
        "confirm",
        "explain",
        "add",
        "insist",
        "suggest",
        "according",
    ]
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a candidate may become a claim, why not, how sure, and who is said to have said it."""

    passed: bool
    why: str = ""
    source: Referent | Value | None = None


PASS = Verdict(True)
DEPENDENT = frozenset({"ccomp", "xcomp", "csubj", "acl", "parataxis", "obj", "obl", "advcl", "aux"})
"""Labels of a clause or phrase that stands or falls with what it hangs on."""


def judge(context: Context, tree: Tree, predicate: int | None, involved: list[Argument]) -> Verdict:
    """The verdict on a clause: `predicate` heads it, None for a phrase; `involved` are its resolved slots."""
    if is_question(context, tree):
        return Verdict(False, "a question")
    for argument in involved:
        if argument.token >= 0 and (why := argument_denied(tree, argument.token)):
            return Verdict(False, why)
    if predicate is None:
        return PASS
    source: Referent | Value | None = None
    node, below = predicate, -1
    for _ in range(8):
        if why := clause_denied(tree, node, first=below < 0):
            return Verdict(False, why)
        if below >= 0 and (why := complement_denied(tree, node, below)):
            return Verdict(False, why)
        source = source or reported(context, tree, node, below)
        if not hangs_on_head(tree, node, below):
            if shares_modal(tree, node):
                return Verdict(False, "a modal verb")
            break
        below, node = node, tree[node].head
    return Verdict(True, source=source)


def hangs_on_head(tree: Tree, node: int, below: int) -> bool:
    """True where what is said of the head of `node` counts for the clause of `node` too."""
    label = tree[node].label
    if tree[node].head < 0 or label not in DEPENDENT:
        return False
    if label == "advcl":
        return bool({tree.lemma(k) for k in tree.children(node, "mark")} & CONDITION)
    return below < 0 or label not in ("obl", "obj", "parataxis")


def shares_modal(tree: Tree, node: int) -> bool:
    """True for a coordinated verb under the modal of the first: "would write and direct"."""
    head = tree[node].head
    if tree[node].label != "conj" or head < 0 or tree.exactly(node, "nsubj", "nsubj:pass", "aux"):
        return False
    return bool({tree.lemma(k) for k in tree.children(head, "aux")} & (MODALS - {"can"}))


def is_question(context: Context, tree: Tree) -> bool:
    """True for a sentence that asks; a title may end in a question mark."""
    last = next((t for t in reversed(tree.tokens) if t.text not in ("”", '"', "’", "'", ")", "*")), None)
    return last is not None and last.text.endswith("?") and context.mentions.at(tree, last.index) is None


def reported(context: Context, tree: Tree, node: int, below: int) -> Referent | Value | None:
    """Who is said to say it: the adverb itself, the source of "according to", the subject of a verb of
    saying.
    """
    for k in tree.kids[node]:
        if tree.lemma(k) in REPORTED:
            return Value(tree.lemma(k))
        if tree[k].label.startswith("obl") and any(tree.lemma(c) == "according" for c in tree.kids[k]):
            referent = context.mentions.referent(tree, k)
            return referent or Value(
                context.text(tree.span([j for j in tree.subtree(k) if tree[j].label != "case"]))
            )
    if below >= 0 and tree[below].label == "ccomp" and tree.lemma(node) in SAYING:
        for k in tree.exactly(node, "nsubj"):
            referent = context.mentions.referent(tree, k)
            return referent or Value(tree[k].text)
    return None

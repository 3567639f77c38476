"""Text to claims: parse, mentions, film in focus, constructions, classifier, gate. Each step only reads what
stands before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from kg.extract.claims import draft_claims
from kg.extract.context import Context
from kg.extract.drafts import Draft
from kg.extract.explain import explain as explain_context
from kg.extract.focus import Focus
from kg.extract.mentions import Mentions
from kg.extract.referents import Referent
from kg.extract.tree import Tree
from kg.facts import facts_of
from kg.language import parse
from kg.language.parse import Name, Parse, Title
from kg.lexicon import Lexicon, load_lexicon
from kg.model import Claim, Document, Entity, Extraction, Fact, Qualifiers, Triple, Value, evidence_in
from kg.ontology import Ontology, load_ontology
from kg.shipped import shipped

__all__ = ["context_of", "explain", "extract", "extract_document", "shipped_lexicon", "shipped_ontology"]


@lru_cache(maxsize=1)
def shipped_ontology() -> Ontology:
    """The ontology that comes with film-kg."""
    return load_ontology()


@lru_cache(maxsize=1)
def shipped_lexicon() -> Lexicon:
    """The English lexicon that comes with film-kg."""
    return load_lexicon(shipped_ontology(), shipped("ontology/lexicon.en.yaml"))


def extract(text: str, name: str = "text") -> tuple[Fact, ...]:
    """The facts that `text` states, each with its evidence, in a fixed order; entities are the text's own.

    `name` is the id of the document that the evidence cites.
    """
    return facts_of(extract_document(Document(name, text)).claims)


def extract_document(
    document: Document,
    lexicon: Lexicon | None = None,
    ontology: Ontology | None = None,
    marks: Sequence[Name] = (),
    classify: bool = True,
) -> Extraction:
    """What one document says: its entities and one claim for each reading.

    `marks` are names that are known beforehand; they take the place of what the model would find there.
    Without `classify` the frames of the lexicon alone speak, and the classifier neither adds nor doubts.
    """
    context = context_of(document.text, lexicon, ontology, marks)
    drafts = draft_claims(context, classify)
    entities = number_entities(document, context, drafts)
    claims = tuple(claim_of(document, draft, entities) for draft in drafts)
    return Extraction(document, tuple(entities.values()), claims)


def context_of(
    text: str, lexicon: Lexicon | None = None, ontology: Ontology | None = None, marks: Sequence[Name] = ()
) -> Context:
    """A text made ready for the constructions: parse, trees, mentions, film in focus."""
    lexicon, ontology = lexicon or shipped_lexicon(), ontology or shipped_ontology()
    titles = [m.text for m in marks if m.type in ("Film", "Work")]
    found = with_marks(parse(text, titles), marks)
    trees = [Tree(sentence, n) for n, sentence in enumerate(found.sentences)]
    mentions = Mentions(found, trees, lexicon.words("first-names"), lexicon.words("awards"))
    film_nouns = {*lexicon.words("film-nouns"), *lexicon.words("genres")}
    focus = Focus(found, trees, mentions, film_nouns)
    return Context(found, trees, mentions, focus, ontology, lexicon)


def with_marks(found: Parse, marks: Sequence[Name]) -> Parse:
    """The parse with the marks in place of the names and titles that overlap them."""
    if not marks:
        return found
    names = [n for n in found.names if not any(n.span.overlaps(m.span) for m in marks)]
    titles = [t for t in found.titles if not any(t.span.overlaps(m.span) for m in marks)]
    named = [m for m in marks if m.type not in ("Film", "Work")]
    titled = [Title(m.span, m.text, m.type, "mark") for m in marks if m.type in ("Film", "Work")]
    return Parse(
        found.text,
        found.blocks,
        found.sentences,
        tuple(sorted(names + named, key=lambda n: n.span)),
        tuple(sorted(titles + titled, key=lambda t: t.span)),
    )


def number_entities(document: Document, context: Context, drafts: list[Draft]) -> dict[int, Entity]:
    """The entities that the drafts speak of, by referent, numbered in the order of their first mention."""
    used: dict[int, Referent] = {}
    for draft in drafts:
        for thing in (draft.subject, draft.object, *draft.qualifiers.values()):
            if isinstance(thing, Referent):
                used[thing.number] = thing
    ordered = sorted(used.values(), key=lambda r: (min(m.span for m in r.mentions), r.number))
    out = {}
    for n, referent in enumerate(ordered):
        mentions = tuple(sorted(referent.mentions, key=lambda m: m.span))
        label = context.text(mentions[0].span) if not referent.names else referent.label
        names = tuple(" ".join(name.split()) for name in dict.fromkeys(referent.names))
        country = context.lexicon.words("demonyms").get(label) if referent.type == "Place" else None
        if (
            country and country not in names
        ):  # "Brazilian" stands for a place that the text calls nothing else
            names = (*names, country)
        out[referent.number] = Entity(
            f"{document.iri}#e{n}", " ".join(label.split()), referent.type, names, mentions
        )
    return out


def claim_of(document: Document, draft: Draft, entities: dict[int, Entity]) -> Claim:
    """The claim of a draft, in the document's own entities."""

    def thing(filler: Referent | Value) -> Entity | Value:
        return entities[filler.number] if isinstance(filler, Referent) else filler

    subject = entities[draft.subject.number]
    qualifiers: Qualifiers = tuple(sorted((k, thing(v)) for k, v in draft.qualifiers.items()))
    evidence = evidence_in(document, draft.span, draft.rule, round(draft.confidence, 3))
    return Claim(Triple(subject, draft.relation, thing(draft.object)), qualifiers, evidence)


def explain(text: str, lexicon: Lexicon | None = None, ontology: Ontology | None = None) -> str:
    """Why `text` yields what it yields: parse, mentions, frames tried and what each lacked, as plain text."""
    return explain_context(context_of(text, lexicon, ontology))

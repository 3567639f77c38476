"""The page of an entity: what is said of it, with which words, and what points to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pyoxigraph as ox

from kg.errors import QueryError
from kg.facts import confidence_of, facts_of
from kg.http.page.reply import Reply, html
from kg.http.refusals import RefusedError
from kg.model import DOCUMENT_BASE, Entity, Fact, Object
from kg.ontology import Ontology
from kg.query.names import MAY_DENOTE, label_of
from kg.rdf.names import DEFAULT, FACT, ID, INFERRED, ONTOLOGY, PREFIXES
from kg.rdf.readings import LABEL, TYPE
from kg.rdf.stored import ontology_of
from kg.rdf.told import Told
from kg.view.graph import said_in
from kg.view.words import in_words, qualifiers_in_words

MOST = 400
"""So many readings of one entity a page shows; a query gives the others."""
MOST_STATEMENTS = 200

Item = dict[str, Any]


def page(quads: ox.Store, given: Mapping[str, str]) -> Reply:
    """The page of the IRI that is given as `iri`, or its triples where an RDF format is given."""
    node = known(quads, given.get("iri", ""))
    if given.get("format"):
        return _triples(quads, node, given["format"])
    ontology = ontology_of(quads)
    told = Told(quads, ontology)
    # Of a term of the ontology half of all readings speak.
    claims = told.about(node.value, MOST + 1) if node.value.startswith(ID) else []
    is_entity = bool(claims) and not node.value.startswith((FACT, DOCUMENT_BASE))
    facts = facts_of(claims[:MOST], ontology)
    about = told.entity(node)
    own = [fact for fact in facts if fact.triple.subject.iri == node.value]
    of_others = [fact for fact in facts if fact.triple.subject.iri != node.value]
    return html(
        "entity.html.j2",
        iri=node.value,
        name=about.label if is_entity else _name(quads, node),
        names=about.names[1:],
        types=_types(quads, node),
        facts=_by_relation(quads, own, ontology),
        incoming=_by_relation(quads, of_others, ontology),
        inferred=_inferred(quads, node, ontology, facts),
        may_be=_related(quads, node, MAY_DENOTE),
        statements=[] if is_entity else _statements(quads, node),
        is_cut=len(claims) > MOST,
        most=MOST,
        is_drawn=is_entity and any(isinstance(fact.triple.object, Entity) for fact in facts),
    )


def known(quads: ox.Store, iri: str) -> ox.NamedNode:
    """The node of an IRI; RefusedError where it is none, or the graph does not have it."""
    try:
        node = ox.NamedNode(iri)
    except ValueError:
        raise RefusedError(404, f"{iri[:200]!r} is no IRI") from None
    if any(
        True
        for ends in ((node, None), (None, node))
        for _ in quads.quads_for_pattern(ends[0], None, ends[1], None)
    ):
        return node
    raise RefusedError(404, f"this graph knows nothing of {iri[:200]}")


def _triples(quads: ox.Store, node: ox.NamedNode, media_type: str) -> Reply:
    """What the default graph and the ontology say of a node, and of others with it."""
    format_ = ox.RdfFormat.from_media_type(media_type)
    if format_ is None:
        raise QueryError("format", f"{media_type[:100]}: no such format")
    found = [
        quad.triple
        for graph in (DEFAULT, ONTOLOGY)
        for start, end in ((node, None), (None, node))
        for quad in quads.quads_for_pattern(start, None, end, graph)
    ]
    return Reply(
        format_.media_type, lambda out: ox.serialize(dict.fromkeys(found), out, format_, prefixes=PREFIXES)
    )


def _types(quads: ox.Store, node: ox.NamedNode) -> list[Item]:
    found = []
    for quad in quads.quads_for_pattern(node, TYPE, None, None):
        if isinstance(quad.object, ox.NamedNode):
            found.append({"iri": quad.object.value, "name": _name(quads, quad.object)})
    unique = {item["iri"]: item for item in found}
    return sorted(unique.values(), key=lambda item: str(item["name"]))


def _name(quads: ox.Store, node: ox.NamedNode) -> str:
    """The label of an entity or of a term of the ontology; else what its IRI ends in."""
    for quad in quads.quads_for_pattern(node, LABEL, None, ONTOLOGY):
        return str(quad.object.value) if isinstance(quad.object, ox.Literal) else node.value
    return label_of(quads, node) or node.value.rpartition("#")[2]


def _by_relation(quads: ox.Store, facts: Iterable[Fact], ontology: Ontology) -> list[Item]:
    """The facts under their relations: those to other entities first, then values, each by alphabet."""
    found: dict[str, Item] = {}
    for fact in facts:
        relation = ontology.relation(fact.triple.relation)
        group = found.setdefault(relation.name, {"label": relation.label, "iri": relation.iri, "facts": []})
        group["facts"].append(
            {
                "subject": _thing(fact.triple.subject),
                "object": _thing(fact.triple.object),
                "qualifiers": list(qualifiers_in_words(fact.qualifiers)),
                "confidence": confidence_of(fact),
                "sentences": [said_in(quads, each) for each in fact.evidence],
            }
        )
    return sorted(found.values(), key=lambda group: (not group["facts"][0]["object"]["iri"], group["label"]))


def _thing(thing: Object) -> Item:
    return {"name": in_words(thing), "iri": thing.iri if isinstance(thing, Entity) else ""}


def _inferred(quads: ox.Store, node: ox.NamedNode, ontology: Ontology, facts: Iterable[Fact]) -> list[Item]:
    """What follows from the facts, without what says one of them the other way round."""
    ends = ((node, None), (None, node))
    read = {(fact.triple.subject.iri, _thing(fact.triple.object)["iri"]) for fact in facts}
    found = []
    for start, end in ends:
        for quad in quads.quads_for_pattern(start, None, end, INFERRED):
            subject, object_ = quad.subject, quad.object
            if not (isinstance(subject, ox.NamedNode) and isinstance(object_, ox.NamedNode)):
                continue
            if (object_.value, subject.value) in read:
                continue
            things = [{"iri": each.value, "name": _name(quads, each)} for each in (subject, object_)]
            found.append({"subject": things[0], "label": _name(quads, quad.predicate), "object": things[1]})
    return sorted(found, key=str)[:MOST_STATEMENTS]


def _related(quads: ox.Store, node: ox.NamedNode, predicate: ox.NamedNode) -> list[Item]:
    found = quads.quads_for_pattern(node, predicate, None, DEFAULT)
    nodes = [quad.object for quad in found if isinstance(quad.object, ox.NamedNode)]
    return sorted(({"iri": each.value, "name": _name(quads, each)} for each in nodes), key=str)


def _statements(quads: ox.Store, node: ox.NamedNode) -> list[Item]:
    """What is said of a node that is no entity: a term, a document, a fact in full."""
    found: dict[tuple[str, str], Item] = {}
    for quad in quads.quads_for_pattern(node, None, None, None):
        if quad.predicate in {TYPE, LABEL} or len(found) >= MOST_STATEMENTS:
            continue
        found[quad.predicate.value, str(quad.object)] = {
            "label": _name(quads, quad.predicate),
            "iri": quad.predicate.value,
            "object": _linked(quads, quad.object),
        }
    return [found[key] for key in sorted(found)]


def _linked(quads: ox.Store, term: object) -> Item:
    if isinstance(term, ox.NamedNode):
        return {"name": _name(quads, term), "iri": term.value}
    return {"name": term.value if isinstance(term, ox.Literal) else str(term), "iri": ""}

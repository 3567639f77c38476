"""The ways of speaking: each yields candidates for every relation that has a frame of its kind."""

from kg.extract.constructions.award_lines import award_lines
from kg.extract.constructions.candidate import Candidate
from kg.extract.constructions.definitions import definitions
from kg.extract.constructions.epithets import epithets
from kg.extract.constructions.films import film_phrases
from kg.extract.constructions.labels import label_lines
from kg.extract.constructions.lives import lives
from kg.extract.constructions.nouns import noun_frames
from kg.extract.constructions.pairs import pairs
from kg.extract.constructions.possessives import possessives
from kg.extract.constructions.reviews import reviews
from kg.extract.constructions.roles import roles
from kg.extract.constructions.sources import sources
from kg.extract.constructions.verbs import verb_frames

IN_LAYOUT = (label_lines, award_lines, reviews)
"""The constructions that read the layout of the whole document."""

IN_SENTENCE = (
    verb_frames,
    noun_frames,
    possessives,
    film_phrases,
    definitions,
    pairs,
    epithets,
    lives,
    sources,
    roles,
)
"""The constructions that read one sentence at a time."""

__all__ = ["IN_LAYOUT", "IN_SENTENCE", "Candidate"]

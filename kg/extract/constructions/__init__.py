"""The ways of speaking: each yields candidates for every relation that has a frame of its kind."""

from kg.extract.constructions.candidate import Candidate
from kg.extract.constructions.films import film_phrases
from kg.extract.constructions.labels import label_lines
from kg.extract.constructions.nouns import noun_frames
from kg.extract.constructions.pairs import pairs
from kg.extract.constructions.possessives import possessives
from kg.extract.constructions.verbs import verb_frames

IN_SENTENCE = (verb_frames, noun_frames, possessives, film_phrases, pairs)
"""The constructions that read one sentence at a time; `label_lines` reads the layout."""

__all__ = ["IN_SENTENCE", "Candidate", "label_lines"]

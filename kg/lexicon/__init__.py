"""The lexicon: how English says each relation, read from YAML into frames, with file and line in every
error.
"""

from kg.lexicon.frames import KINDS, POSITIONS, PREPOSITIONS, Example, Frame, Lexicon
from kg.lexicon.reading import load_lexicon

__all__ = ["KINDS", "POSITIONS", "PREPOSITIONS", "Example", "Frame", "Lexicon", "load_lexicon"]

"""The relation classifier: how probable each relation is between every two ends of a sentence.

It was trained on articles with gold (`python -m kg.train`). It weighs what the constructions drafted, and it
drafts what no frame says.
"""

from kg.extract.classifier.reading import classified

__all__ = ["classified"]

"""What the readings and the derived graphs were made by, as hashes: another hash means to make them again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from kg.ontology import Ontology
from kg.shipped import PACKAGE, shipped

READING = ("language", "extract", "rdf", "ontology", "lexicon", "model.py")
"""The parts of the package that decide what a document graph holds."""
DERIVING = ("build", "link", "rdf", "ontology", "facts.py")
ARITHMETIC = ("numpy", "onnxruntime", "tokenizers")
"""Libraries that compute: another version may read a sentence in another way."""
LEXICON = "ontology/lexicon.en.yaml"


def reading_fingerprint(ontology: Ontology, lexicons: Sequence[Path] = ()) -> str:
    """A hash of all that reads a text: code, model, ontology, the shipped lexicon and further ones."""
    versions = [f"{name} {_version(name)}" for name in ARITHMETIC]
    return _hash([*_files(READING), *ontology.paths, shipped(LEXICON), *lexicons], versions)


def deriving_fingerprint(ontology: Ontology) -> str:
    """A hash of all that works out the derived graphs from the document graphs."""
    return _hash([*_files(DERIVING), *ontology.paths])


def content_hash(text: str, fingerprint: str) -> str:
    """The hash by which a build knows that a document need not be read again."""
    return hashlib.sha256(f"{fingerprint}\n{text}".encode()).hexdigest()


def _files(parts: Iterable[str]) -> list[Path]:
    """The files of some parts of the package, without what Python keeps beside them."""
    found: list[Path] = []
    for part in parts:
        path = PACKAGE / part
        assert path.exists(), f"{part} is no part of the package"
        inside = sorted(path.rglob("*")) if path.is_dir() else [path]
        found += [file for file in inside if file.is_file() and "__pycache__" not in file.parts]
    return found


def _hash(files: Iterable[Path], words: Iterable[str] = ()) -> str:
    """A hash of the content of files, whatever folder they lie in."""
    total = hashlib.sha256("\n".join(words).encode())
    for file in files:
        total.update(f"\n{file.name}\n".encode())
        total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "none"

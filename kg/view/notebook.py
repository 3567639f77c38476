"""The page of a graph inside a notebook."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape


@dataclass(frozen=True, slots=True)
class Shown:
    """A page that a notebook shows in a frame of its own, which reaches neither notebook nor network."""

    page: str
    height: int

    def _repr_html_(self) -> str:
        """What Jupyter and its kin display."""
        return (
            f'<iframe title="film-kg" sandbox="allow-scripts" width="100%" height="{int(self.height)}" '
            f'style="border: 1px solid #8888" srcdoc="{escape(self.page)}"></iframe>'
        )

    def __repr__(self) -> str:
        return f"<a film-kg page of {len(self.page):,} characters, to be shown in a notebook>"

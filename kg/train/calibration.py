"""Calibration: logits to the share of such pairs that was right in texts not learned from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import torch
from torch import Tensor
from torch.nn import functional

from kg.extract.classifier.confidence import log_odds, terms
from kg.extract.classifier.network import HOWS, Classifier
from kg.train.examples import Example

_FACTORS = ("logit", "drafted")
_DRAWN = 1.0
"""How strongly each term is drawn to nothing: what few pairs show counts little."""


def calibrated(classifier: Classifier, examples: Iterable[Example]) -> Mapping[str, float]:
    """The terms of a logistic regression by name (Platt, 1999), as `confidence` adds them up.

    Each relation has a term of its own, so has each way in which an end stands, and each of the two together.
    """
    rows: list[tuple[tuple[str, ...], float, float, float]] = []
    for example in examples:
        sides = [pair.one for pair in example.pairs], [pair.two for pair in example.pairs]
        rows_of = [pair.rows for pair in example.pairs]
        logits = classifier.scores_of(example.words, example.kinds, example.focused, sides, rows_of)
        if logits is None:
            continue
        for pair, scores in zip(example.pairs, logits.tolist(), strict=True):
            label, read = pair.label, dict(pair.label.drafted)
            for n, relation in enumerate(classifier.relations):
                asked = relation not in label.unknown or relation in label.right
                if relation in pair.relations and asked:
                    names = terms(relation, HOWS[pair.one[2]], HOWS[pair.two[2]], relation in read)
                    odds = log_odds(read[relation]) if relation in read else 0.0
                    rows.append((names, scores[n], odds, float(relation in label.right)))
    return _fitted(rows)


def _fitted(rows: Sequence[tuple[tuple[str, ...], float, float, float]]) -> dict[str, float]:
    names = sorted({name for row in rows for name in row[0]})
    number = {name: n for n, name in enumerate(names)}
    chosen = torch.tensor([[number[name] for name in row[0]] for row in rows])
    table = torch.tensor([row[1:3] for row in rows])
    right = torch.tensor([row[3] for row in rows])
    factors = torch.tensor([1.0, 0.0], requires_grad=True)
    own = torch.zeros(len(names), requires_grad=True)
    optimizer = torch.optim.LBFGS([factors, own], max_iter=300, line_search_fn="strong_wolfe")

    def step() -> Tensor:
        optimizer.zero_grad()
        scores = own[chosen].sum(1) + (table * factors).sum(1)
        loss = functional.binary_cross_entropy_with_logits(scores, right, reduction="sum")
        loss = loss + _DRAWN * own.square().sum()
        loss.backward()
        return loss

    optimizer.step(step)
    found = {name: round(value, 3) for name, value in zip(names, own.tolist(), strict=True)}
    return found | {name: round(value, 4) for name, value in zip(_FACTORS, factors.tolist(), strict=True)}

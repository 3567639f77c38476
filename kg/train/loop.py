"""Training: seeded epochs over the sentences, the running mean of the weights."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from kg.language.network import MOST_PIECES, word_pieces
from kg.language.train.examples import Pieces
from kg.train.examples import Example
from kg.train.network import PairNetwork

_PIECES = 700
_WARM_UP = 100
_LEAST_RATE = 0.02
_ORDINARY = 0.1
"""What a pair without a relation counts beside one with, in the mean of a loss."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how fast to train: `rate` is that of the top layer, each below has `decay` of it; the head
    learns at `head`, the tables of clues at twice that.
    """

    epochs: int = 8
    seed: int = 0
    rate: float = 2e-4
    decay: float = 0.85
    head: float = 1e-3
    average: float = 0.99
    bfloat16: bool = True


@dataclass(frozen=True, slots=True)
class Sentence:
    """An example as numbers."""

    example: Example
    pieces: list[int]
    case: list[int]
    first: list[int]


def numbered(examples: Sequence[Example], pieces: Pieces) -> list[Sentence]:
    """The examples in word pieces; those too long for the network are left out."""
    found = []
    for example in examples:
        sentence = Sentence(example, *word_pieces(example.words, pieces.of_word))
        if len(sentence.pieces) <= MOST_PIECES:
            found.append(sentence)
    return found


def train(
    model: PairNetwork,
    sentences: Sequence[Sentence],
    relations: Sequence[str],
    plan: Plan,
    tell: Callable[[int, float], None],
) -> PairNetwork:
    """The model with the running mean of its weights; `tell` gets each epoch and its mean loss."""
    torch.manual_seed(plan.seed)
    chance = random.Random(plan.seed)
    mean = AveragedModel(model, multi_avg_fn=get_ema_multi_avg_fn(plan.average))
    optimizer = torch.optim.AdamW(_rates(model, plan), weight_decay=0.01)
    steps, step = plan.epochs * len(_batches(sentences, random.Random(0))), 0
    model.train()
    for epoch in range(1, plan.epochs + 1):
        losses = []
        for chosen in _batches(sentences, chance):
            share = min(1, (step + 1) / _WARM_UP) * max(_LEAST_RATE, 1 - step / steps)
            for group in optimizer.param_groups:
                group["lr"] = group["peak"] * share
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=plan.bfloat16):
                loss = _loss(model, [sentences[n] for n in chosen], relations)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            mean.update_parameters(model)
            losses.append(loss.item())
            step += 1
        tell(epoch, sum(losses) / len(losses))
    averaged: PairNetwork = mean.module.eval()
    return averaged


def _rates(model: PairNetwork, plan: Plan) -> list[dict[str, object]]:
    groups: list[dict[str, object]] = []
    for name, parameter in model.named_parameters():
        rate = 2 * plan.head if name.startswith(("rows", "weights")) else plan.head
        if name.startswith("layers."):
            rate = plan.rate * plan.decay ** (len(model.layers) - 1 - int(name.split(".")[1]))
        groups.append({"params": [parameter], "lr": rate, "peak": rate})
    return groups


def _loss(model: PairNetwork, sentences: Sequence[Sentence], relations: Sequence[str]) -> Tensor:
    batch = collate(sentences)
    said, counts = targets(sentences, relations)
    scores = model(batch).float()
    losses = functional.binary_cross_entropy_with_logits(scores, said, reduction="none") * counts
    return losses.sum() / max(1.0, said.sum().item() + _ORDINARY * len(said))


def _batches(sentences: Sequence[Sentence], chance: random.Random) -> list[list[int]]:
    """Sentences of like length together, as many as fill a batch of pieces; in any order."""
    order = list(range(len(sentences)))
    chance.shuffle(order)
    order.sort(key=lambda n: len(sentences[n].pieces) // 8)
    found: list[list[int]] = []
    longest = 0
    for n in order:
        longest = max(longest, len(sentences[n].pieces))
        if not found or longest * (len(found[-1]) + 1) > _PIECES:
            found.append([])
            longest = len(sentences[n].pieces)
        found[-1].append(n)
    chance.shuffle(found)
    return found


def collate(sentences: Sequence[Sentence]) -> dict[str, Tensor]:
    """Sentences as one batch: word pieces, marks, and the pairs of all of them in order."""
    columns: dict[str, list[list[int]]] = {
        name: [] for name in ("ids", "case", "mask", "kinds", "focused", "first")
    }
    numbers: dict[str, list[int]] = {
        name: [] for name in ("sentence", "s", "o", "s_kind", "o_kind", "s_how", "o_how", "clues", "offsets")
    }
    for n, sentence in enumerate(sentences):
        example = sentence.example
        columns["ids"].append(sentence.pieces)
        columns["case"].append(sentence.case)
        columns["mask"].append([1] * len(sentence.pieces))
        columns["first"].append(sentence.first)
        columns["kinds"].append(_spread(example.kinds, sentence))
        columns["focused"].append(_spread(example.focused, sentence))
        for pair in example.pairs:
            numbers["sentence"].append(n)
            numbers["offsets"].append(len(numbers["clues"]))
            numbers["clues"] += pair.rows
            for side, (head, kind, how) in (("s", pair.one), ("o", pair.two)):
                numbers[side].append(head + 1)
                numbers[f"{side}_kind"].append(kind)
                numbers[f"{side}_how"].append(how)
    batch = {name: torch.tensor(values) for name, values in numbers.items()}
    for name, rows_of in columns.items():
        longest = max(map(len, rows_of))
        batch[name] = torch.tensor([row + [0] * (longest - len(row)) for row in rows_of])
    return batch


def _spread(marks: Sequence[int], sentence: Sentence) -> list[int]:
    """The mark of each word at each of its pieces."""
    ends = [*sentence.first[1:], len(sentence.pieces) - 1]
    found = [0] * len(sentence.pieces)
    for mark, start, end in zip(marks, sentence.first, ends, strict=True):
        found[start:end] = [mark] * (end - start)
    return found


def targets(sentences: Sequence[Sentence], relations: Sequence[str]) -> tuple[Tensor, Tensor]:
    """Which relations each pair has, and which count: those that it may have and the gold knows of."""
    number = {relation: n for n, relation in enumerate(relations)}
    pairs = [pair for sentence in sentences for pair in sentence.example.pairs]
    said, counts = torch.zeros(len(pairs), len(relations)), torch.zeros(len(pairs), len(relations))
    for n, pair in enumerate(pairs):
        for name in pair.relations:
            if name in number and name not in pair.label.unknown:
                counts[n, number[name]] = 1
                said[n, number[name]] = float(name in pair.label.asserted)
    return said, counts

"""Training step by step: seeded, counted in steps, saved so that an interrupted run can go on."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import nn

from kg.errors import FilmKGError
from kg.language.train.examples import TREE_KEYS, Example, batches, collate
from kg.language.train.joint import Joint, layer_rates, name_loss, tree_loss

CHECKPOINT = "checkpoint.pt"
_PIECES = {"trees": 700, "names": 800}
_WARM_UP = 150
_LEAST_RATE = 0.01
_MOST_NORM = 1.0
_TOLD_EVERY = 100
# Of five steps three learn trees.
_TURNS = ("trees", "trees", "trees", "names", "names")


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how fast to train: steps, seed, and the rates.

    `rate` is that of the encoder's top layer; each layer below has `decay` of it, the heads `heads` times it.
    `unknown` is the share of word pieces that are hidden, `average` how much of the running mean of the
    weights each step keeps. `bfloat16` multiplies in half precision, the weights stay whole.
    """

    steps: int
    seed: int = 0
    rate: float = 2e-4
    decay: float = 0.9
    heads: float = 10
    unknown: float = 0.05
    average: float = 0.998
    bfloat16: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a run is: the step, mean losses since the last report, seconds so far and seconds left.

    The first report of a run that goes on has no losses and does not know what is left.
    """

    step: int
    losses: dict[str, float]
    seconds: float
    left: float | None


def train(
    model: Joint,
    trees: Sequence[Example],
    names: Callable[[random.Random], Sequence[Example]],
    plan: Plan,
    folder: Path,
    tell: Callable[[Progress], None],
    save_every: int = 500,
) -> Joint:
    """The model with the running mean of its weights; goes on from `folder`'s checkpoint where there is one.

    `names` draws one epoch's chunks. What a step does depends on the seed and its number alone, so a run that
    was interrupted ends as one that was not. FilmKGError where the checkpoint belongs to another plan.
    """
    device = next(model.parameters()).device
    mean = _running_mean(model, plan.average)
    rates = layer_rates(model, plan.rate, plan.decay, plan.heads)
    optimizer = torch.optim.AdamW(rates, weight_decay=0.01, fused=True)
    done = _restored(folder / CHECKPOINT, plan, model, mean, optimizer)
    draws = {"trees": lambda chance: trees, "names": names}
    sources = {kind: _endless(plan.seed, kind, draw, done) for kind, draw in draws.items()}
    report = _Report(plan.steps, done, tell)
    model.train()
    for step in range(done, plan.steps):
        kind = _TURNS[step % len(_TURNS)]
        chance = random.Random(f"{plan.seed} {step}")
        torch.manual_seed(chance.getrandbits(60))
        keys = TREE_KEYS if kind == "trees" else ("start",)
        batch = collate(next(sources[kind]), keys, device, plan.unknown, chance)
        _set_rates(optimizer, min(1, (step + 1) / _WARM_UP) * max(_LEAST_RATE, 1 - step / plan.steps))
        with torch.autocast(device.type, dtype=torch.bfloat16, enabled=plan.bfloat16):
            loss = tree_loss(model, batch) if kind == "trees" else name_loss(model, batch)
        _learn(model, optimizer, loss)
        mean.update_parameters(model)
        report.add(step, kind, loss.item())
        if (step + 1) % save_every == 0 or step + 1 == plan.steps:
            _save(folder / CHECKPOINT, step + 1, plan, model, mean, optimizer)
    averaged: Joint = mean.module
    return averaged


def _learn(model: Joint, optimizer: torch.optim.Optimizer, loss: torch.Tensor) -> None:
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), _MOST_NORM)
    optimizer.step()
    optimizer.zero_grad(set_to_none=True)


class _Report:
    """Tells how a run goes, every hundred steps."""

    def __init__(self, steps: int, done: int, tell: Callable[[Progress], None]) -> None:
        self._steps, self._done, self._tell = steps, done, tell
        self._began = time.monotonic()
        self._losses = dict.fromkeys(_TURNS, 0.0)
        if done:
            tell(Progress(done, {}, 0.0, None))

    def add(self, step: int, kind: str, loss: float) -> None:
        """One more step, with its loss."""
        self._losses[kind] += loss
        if (step + 1) % _TOLD_EVERY:
            return
        seconds = time.monotonic() - self._began
        left = seconds / (step + 1 - self._done) * (self._steps - step - 1)
        turns = _TOLD_EVERY / len(_TURNS)
        means = {kind: total / turns / _TURNS.count(kind) for kind, total in self._losses.items()}
        self._tell(Progress(step + 1, means, seconds, left))
        self._losses = dict.fromkeys(_TURNS, 0.0)


def _running_mean(model: Joint, average: float) -> Any:
    return torch.optim.swa_utils.AveragedModel(
        model, avg_fn=lambda mean, now, seen: torch.lerp(mean, now, 1 - _kept(average, int(seen)))
    )


def _kept(average: float, seen: int) -> float:
    """The share of the running mean that stays; less at first, so that the first weights are forgotten."""
    return min(average, (1 + seen) / (10 + seen))


def _endless(
    seed: int, kind: str, draw: Callable[[random.Random], Sequence[Example]], done: int
) -> Iterator[list[Example]]:
    """Batches of one epoch after another, from where the steps that are done left off."""
    skipped = sum(_TURNS[step % len(_TURNS)] == kind for step in range(done))
    epoch = 0
    while True:
        chance = random.Random(f"{seed} {kind} {epoch}")
        found = batches(draw(chance), _PIECES[kind], chance)
        yield from found[skipped:]
        skipped = max(0, skipped - len(found))
        epoch += 1


def _set_rates(optimizer: torch.optim.Optimizer, share: float) -> None:
    for group in optimizer.param_groups:
        group["lr"] = group["peak"] * share


def _save(path: Path, step: int, plan: Plan, *parts: Any) -> None:
    draft = path.with_suffix(".new")
    torch.save({"step": step, "plan": plan, "parts": [part.state_dict() for part in parts]}, draft)
    draft.replace(path)


def _restored(path: Path, plan: Plan, *parts: Any) -> int:
    """How many steps are done; the parts are as they were after the last of them."""
    if not path.exists():
        return 0
    # Our own file, written by this function's twin: it holds a dataclass besides tensors.
    saved = torch.load(path, weights_only=False)
    if saved["plan"] != plan:
        raise FilmKGError(f"{path} belongs to another run ({saved['plan']}); remove it to begin anew")
    for part, state in zip(parts, saved["parts"], strict=True):
        part.load_state_dict(state)
    step: int = saved["step"]
    return step

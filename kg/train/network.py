"""The classifier in PyTorch, and as the files that `kg.extract.classifier` reads."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from kg.extract.classifier.clues import BITS
from kg.extract.classifier.network import HEAD, HOWS, KINDS, LABELS, LAYERS
from kg.language.train.joint import MIDDLE, Joint
from kg.language.train.weights import as_int8, traced

_WIDTH, _CLUES, _KIND, _HOW = 192, 96, 24, 12
_DROPPED = 0.3
_VIEWS = ("s", "o", "root", "between")


class PairNetwork(nn.Module):
    """Pairs to a logit for each relation, over the language model's lower layers, which stay as they are."""

    def __init__(self, joint: Joint, relations: int) -> None:
        super().__init__()
        width = joint.bert.config.hidden_size
        self._below = [joint]  # in a list: none of its weights are ours to train
        self.layers = nn.ModuleList(joint.bert.encoder.layer[MIDDLE:])
        self.word_kind, self.word_focus = nn.Embedding(len(KINDS), width), nn.Embedding(2, width)
        nn.init.zeros_(self.word_kind.weight)
        nn.init.zeros_(self.word_focus.weight)
        self.kinds = nn.ModuleDict({side: nn.Embedding(len(KINDS), _KIND) for side in "so"})
        self.hows = nn.ModuleDict({side: nn.Embedding(len(HOWS), _HOW) for side in "so"})
        self.views = nn.ModuleDict({view: nn.Linear(width, _WIDTH) for view in _VIEWS})
        self.rows = nn.EmbeddingBag(1 << BITS, _CLUES, mode="mean")
        nn.init.normal_(self.rows.weight, std=0.3)
        self.weights = nn.EmbeddingBag(1 << BITS, relations, mode="sum")
        nn.init.zeros_(self.weights.weight)
        self.hidden = nn.Linear(2 * (_KIND + _HOW) + len(_VIEWS) * _WIDTH + _CLUES, _WIDTH)
        self.out = nn.Linear(_WIDTH, relations)
        nn.init.constant_(self.out.bias, -2.0)
        self.drop = nn.Dropout(_DROPPED)

    def forward(self, batch: Mapping[str, Tensor]) -> Tensor:
        """A row of logits for each pair of the batch."""
        words = self.drop(self._words(batch))
        at, one, two = batch["sentence"], batch["s"], batch["o"]
        left, right = torch.minimum(one, two), torch.maximum(one, two)
        total = torch.cat([torch.zeros_like(words[:, :1]), words.cumsum(1)], 1)
        count = (right - left - 1).clamp(min=1).unsqueeze(-1)
        between = (total[at, right] - total[at, (left + 1).clamp(max=words.size(1))]) / count
        between = between * (right - left > 1).unsqueeze(-1)
        seen = (words[at, one], words[at, two], words[at, torch.zeros_like(one)], between)
        parts = []
        for side in "so":
            parts += [self.kinds[side](batch[f"{side}_kind"]), self.hows[side](batch[f"{side}_how"])]
        parts += [_gelu(self.views[view](states)) for view, states in zip(_VIEWS, seen, strict=True)]
        parts.append(self.drop(self.rows(batch["clues"], batch["offsets"])))
        hidden = _gelu(self.hidden(self.drop(torch.cat(parts, -1))))
        return self.out(self.drop(hidden)) + self.weights(batch["clues"], batch["offsets"])

    def _words(self, batch: Mapping[str, Tensor]) -> Tensor:
        """The state of each word: sentences × words × width."""
        bert = self._below[0].bert
        with torch.no_grad():
            embedded = bert.embeddings.word_embeddings(batch["ids"]) + self._below[0].case(batch["case"])
            states = bert.embeddings(inputs_embeds=embedded)
            mask = (1.0 - batch["mask"][:, None, None, :].to(states.dtype)) * -1e9
            for layer in bert.encoder.layer[:MIDDLE]:
                states = _first(layer(states, attention_mask=mask))
        states = states + self.word_kind(batch["kinds"]) + self.word_focus(batch["focused"])
        for layer in self.layers:
            states = _first(layer(states, attention_mask=mask))
        return torch.gather(states, 1, batch["first"].unsqueeze(-1).expand(-1, -1, states.size(-1)))


class _Upper(nn.Module):
    """The upper layers alone, unpadded: what is exported."""

    def __init__(self, layers: nn.ModuleList) -> None:
        super().__init__()
        self.layers = layers

    def forward(self, middle: Tensor) -> Tensor:
        for layer in self.layers:
            middle = _first(layer(middle))
        return middle


def _first(found: Any) -> Tensor:
    states: Tensor = found[0] if isinstance(found, tuple) else found
    return states


def _gelu(states: Tensor) -> Tensor:
    return functional.gelu(states, approximate="tanh")


def write(model: PairNetwork, relations: Sequence[str], folder: Path) -> None:
    """Writes the files of a classifier: layers and tables as int8, the rest as half floats."""
    folder.mkdir(parents=True, exist_ok=True)
    example = (torch.zeros(1, 9, model.word_kind.embedding_dim),)
    axes = {"middle": {1: "pieces"}, "states": {1: "pieces"}}
    graph = as_int8(
        traced(_Upper(model.layers).eval(), example, ("middle",), ("states",), axes, folder / "traced")
    )
    (folder / LAYERS).write_bytes(graph.SerializeToString())
    parts: dict[str, np.ndarray[Any, Any]] = {}
    for name in ("rows", "weights"):
        parts[name], parts[f"{name}_scale"] = _int8(getattr(model, name).weight.detach().numpy())
    named: dict[str, Tensor] = {
        "word_kind": model.word_kind.weight,
        "word_focus": model.word_focus.weight,
        **{f"{side}_kind": model.kinds[side].weight for side in "so"},
        **{f"{side}_how": model.hows[side].weight for side in "so"},
    }
    linears = {f"view_{view}": model.views[view] for view in _VIEWS} | {
        "hidden": model.hidden,
        "out": model.out,
    }
    for name, linear in linears.items():
        named |= {f"{name}_weight": linear.weight, f"{name}_bias": linear.bias}
    parts |= {name: tensor.detach().numpy().astype(np.float16) for name, tensor in named.items()}
    with (folder / HEAD).open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, **parts)
    label(relations, {}, folder)


def label(relations: Sequence[str], calibration: Mapping[str, float], folder: Path) -> None:
    """Writes the names of the relations and the calibration."""
    labels = {"relations": list(relations), "calibration": calibration}
    (folder / LABELS).write_text(json.dumps(labels, indent=1) + "\n", encoding="utf8")


def _int8(table: np.ndarray[Any, Any]) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    scale = np.abs(table).max(1, keepdims=True).astype(np.float32) / 127
    scale[scale == 0] = 1
    return np.rint(table / scale).astype(np.int8), scale.astype(np.float16)

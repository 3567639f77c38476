"""The network in PyTorch: a small BERT encoder, tagging heads on first pieces, biaffine arcs and labels.

The parser is that of Dozat and Manning (2017), without the recurrent layers that the encoder replaces.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers import BertConfig, BertModel

TAGS = ("upos", "xpos", "rule", "names", "start")
CASES = 7
"""How a word can be written: `kg.language.network.case_of`."""
MIDDLE = 3
"""The layer whose states are an output too: what reads relations goes on from them."""
_ARC, _RELATION = 256, 96
_DROPPED = 0.2
_HEAD_WIDTH = 32


def encoder(folder: Path) -> BertModel:
    """The BERT encoder of a folder in the manner of transformers (`config.json`, `model.safetensors`)."""
    bert: BertModel = BertModel.from_pretrained(folder, add_pooling_layer=False, attn_implementation="eager")
    return bert


def encoder_like(weights: Mapping[str, Tensor]) -> BertModel:
    """An encoder of the shape that the weights have, itself still random; a head is 32 wide, as in MiniLM."""
    vocabulary, width = weights["bert.embeddings.word_embeddings.weight"].shape
    layers = {name.split(".")[3] for name in weights if name.startswith("bert.encoder.layer.")}
    config = BertConfig(
        vocab_size=vocabulary,
        hidden_size=width,
        num_hidden_layers=len(layers),
        num_attention_heads=width // _HEAD_WIDTH,
        intermediate_size=len(weights["bert.encoder.layer.0.intermediate.dense.bias"]),
        max_position_embeddings=len(weights["bert.embeddings.position_embeddings.weight"]),
        attn_implementation="eager",
    )
    return BertModel(config, add_pooling_layer=False)


class Joint(nn.Module):
    """Words to tag, name and start scores, arc scores, and two views that make label scores of any arc."""

    def __init__(self, sizes: Mapping[str, int], bert: BertModel) -> None:
        super().__init__()
        width = bert.config.hidden_size
        self.bert = bert
        self.case = nn.Embedding(CASES, width)
        nn.init.zeros_(self.case.weight)
        self.drop = nn.Dropout(_DROPPED)
        self.tags = nn.ModuleDict({key: nn.Linear(width, sizes[key]) for key in TAGS})
        self.ah, self.ad = nn.Linear(width, _ARC), nn.Linear(width, _ARC)
        self.rh, self.rd = nn.Linear(width, _RELATION), nn.Linear(width, _RELATION)
        self.U = nn.Parameter(nn.init.xavier_uniform_(torch.empty(_ARC + 1, _ARC)))
        self.R = nn.Parameter(
            nn.init.xavier_uniform_(torch.empty(sizes["dep"], _RELATION + 1, _RELATION + 1))
        )

    def words(self, ids: Tensor, case: Tensor, mask: Tensor, first: Tensor) -> Tensor:
        """The state of each word: batch × words × width; the first is the root's."""
        return self.drop(_of_words(self._states(ids, case, mask)[-1], first))

    def _states(self, ids: Tensor, case: Tensor, mask: Tensor) -> tuple[Tensor, ...]:
        """The states of every piece, below the first layer and behind each."""
        embedded = self.bert.embeddings.word_embeddings(ids) + self.case(case)
        found: tuple[Tensor, ...] = self.bert(
            inputs_embeds=embedded, attention_mask=mask, output_hidden_states=True
        ).hidden_states
        return found

    def arcs(self, words: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Arc scores (dependent × head), and each word's view as a head and as a dependent."""
        one = torch.ones_like(words[..., :1])

        def view(layer: nn.Linear) -> Tensor:
            return self.drop(functional.gelu(layer(words)))

        arcs = torch.cat([view(self.ad), one], -1) @ self.U @ view(self.ah).transpose(1, 2)
        return arcs, torch.cat([view(self.rh), one], -1), torch.cat([view(self.rd), one], -1)

    def relations(self, as_head: Tensor, as_dependent: Tensor, heads: Tensor) -> Tensor:
        """Label scores of the arc from each word to its head: batch × words × labels."""
        chosen = torch.gather(as_head, 1, heads.unsqueeze(-1).expand(-1, -1, as_head.size(-1)))
        return torch.einsum("bti,rij,btj->btr", as_dependent, self.R, chosen)

    def forward(self, ids: Tensor, case: Tensor, mask: Tensor, first: Tensor) -> tuple[Tensor, ...]:
        """What the exported network gives, in the order of its outputs."""
        states = self._states(ids, case, mask)
        words = _of_words(states[-1], first)
        middle = states[min(MIDDLE, len(states) - 1)]
        return (*(self.tags[key](words) for key in TAGS), *self.arcs(words), middle)


def _of_words(states: Tensor, first: Tensor) -> Tensor:
    return torch.gather(states, 1, first.unsqueeze(-1).expand(-1, -1, states.size(-1)))


def tree_loss(model: Joint, batch: Mapping[str, Tensor]) -> Tensor:
    """Cross-entropy of heads, labels (of the right arcs), tags and lemma rules; the last two count half."""
    words = model.words(batch["ids"], batch["case"], batch["mask"], batch["first"])
    arcs, as_head, as_dependent = model.arcs(words)
    arcs = arcs.masked_fill(~batch["words"][:, None, :], -1e9)
    relations = model.relations(as_head, as_dependent, batch["head"].clamp(min=0))
    loss = _cross_entropy(arcs, batch["head"]) + _cross_entropy(relations, batch["dep"])
    for key, weight in (("upos", 1.0), ("xpos", 0.5), ("rule", 0.5)):
        loss = loss + weight * _cross_entropy(model.tags[key](words), batch[key])
    return loss


def name_loss(model: Joint, batch: Mapping[str, Tensor]) -> Tensor:
    """Less the log of what a word's allowed labels get together; half the cross-entropy of starts."""
    words = model.words(batch["ids"], batch["case"], batch["mask"], batch["first"])
    loss = words.sum() * 0
    said = batch["names"].any(-1)
    if said.any():
        scores = model.tags["names"](words).float().log_softmax(-1)[said]
        loss = loss - scores.masked_fill(~batch["names"][said], -1e9).logsumexp(-1).mean()
    if (batch["start"] >= 0).any():
        loss = loss + 0.5 * _cross_entropy(model.tags["start"](words), batch["start"])
    return loss


def _cross_entropy(scores: Tensor, targets: Tensor) -> Tensor:
    return functional.cross_entropy(scores.flatten(0, 1).float(), targets.flatten())


def layer_rates(model: Joint, rate: float, decay: float, heads: float) -> Sequence[dict[str, object]]:
    """Parameter groups: the encoder's top layer at `rate`, each below it at `decay` of the one above.

    All that stands on the encoder has `heads` times the rate.
    """
    layers = len(model.bert.encoder.layer)
    groups: dict[float, list[nn.Parameter]] = {}
    for name, parameter in model.named_parameters():
        if not name.startswith("bert."):
            own = heads * rate
        elif name.startswith("bert.encoder.layer."):
            own = rate * decay ** (layers - 1 - int(name.split(".")[3]))
        else:
            own = rate * decay**layers
        groups.setdefault(own, []).append(parameter)
    return [{"params": parameters, "lr": own, "peak": own} for own, parameters in sorted(groups.items())]

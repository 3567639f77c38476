"""The network as files: PyTorch's weights to int8 ONNX and back, so that training can go on from a model."""

from __future__ import annotations

import json
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import helper, numpy_helper

from kg.errors import FilmKGError
from kg.language.train.joint import TAGS, Joint, encoder_like

INPUTS = ("ids", "case", "mask", "first")
OUTPUTS = (*TAGS, "arc", "rh", "rd", "middle")
WEIGHTS, RELATIONS, LABELS = "weights8.onnx", "relations.npy", "labels.json"
_SMALLEST = 20_000
"""Numbers in a matrix below which it stays as floats."""
_OPSET = 18


def write(model: Joint, labels: Mapping[str, Sequence[str]], tokenizer: Path, folder: Path) -> None:
    """Writes the four files that `Network` reads; every large matrix as int8 with a scale for each column."""
    folder.mkdir(parents=True, exist_ok=True)
    graph = as_int8(_traced(model, folder / "traced.onnx"))
    (folder / WEIGHTS).write_bytes(graph.SerializeToString())
    np.save(folder / RELATIONS, model.R.detach().cpu().numpy().astype(np.float16))
    (folder / LABELS).write_text(json.dumps(labels, ensure_ascii=False), encoding="utf8")
    if tokenizer.resolve() != (folder / "tokenizer.json").resolve():
        (folder / "tokenizer.json").write_bytes(tokenizer.read_bytes())


def _traced(model: Joint, path: Path) -> Any:
    pieces, words = 12, 8
    example = (
        torch.randint(1000, 2000, (1, pieces)),
        torch.zeros(1, pieces, dtype=torch.long),
        torch.ones(1, pieces, dtype=torch.long),
        torch.arange(words)[None],
    )
    axes = {name: {0: "batch", 1: "pieces"} for name in (*INPUTS[:3], "middle")}
    axes |= {name: {0: "batch", 1: "words"} for name in ("first", *OUTPUTS[:-1])}
    axes["arc"] = {0: "batch", 1: "words", 2: "words"}
    return traced(model, example, INPUTS, OUTPUTS, axes, path)


def traced(
    model: torch.nn.Module,
    example: tuple[torch.Tensor, ...],
    inputs: Sequence[str],
    outputs: Sequence[str],
    axes: Mapping[str, Mapping[int, str]],
    path: Path,
) -> Any:
    """The ONNX graph of a model, traced with an example; `path` is used on the way and removed."""
    was_training = model.training
    model.eval()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the older exporter says at length that it is the older
        torch.onnx.export(
            model,
            example,
            str(path),
            dynamo=False,
            input_names=list(inputs),
            output_names=list(outputs),
            opset_version=_OPSET,
            dynamic_axes=axes,
        )
    model.train(was_training)
    graph = onnx.load(str(path))
    path.unlink()
    return graph


def as_int8(model: Any) -> Any:
    """The graph with every large matrix as int8 and a scale for each column, rows of a table for each row."""
    graph = model.graph
    users: dict[str, list[Any]] = {}
    for node in graph.node:
        for name in node.input:
            users.setdefault(name, []).append(node)
    for tensor in list(graph.initializer):
        if (
            tensor.data_type != onnx.TensorProto.FLOAT
            or len(tensor.dims) != 2
            or np.prod(tensor.dims) < _SMALLEST
        ):
            continue
        table = numpy_helper.to_array(tensor)
        looked_up = users[tensor.name][0].op_type == "Gather"
        kept = 0 if looked_up else 1
        scale = np.abs(table).max(axis=1 - kept).astype(np.float32) / 127
        scale[scale == 0] = 1
        small = np.clip(np.rint(table / np.expand_dims(scale, 1 - kept)), -127, 127).astype(np.int8)
        graph.initializer.remove(tensor)
        graph.initializer.append(numpy_helper.from_array(small, f"{tensor.name}_q"))
        if looked_up:
            graph.initializer.append(numpy_helper.from_array(scale[:, None].copy(), f"{tensor.name}_s"))
            for node in users[tensor.name]:
                _look_up_int8(graph, node, tensor.name)
        else:
            graph.initializer.append(numpy_helper.from_array(scale, f"{tensor.name}_s"))
            names = [f"{tensor.name}_q", f"{tensor.name}_s"]
            graph.node.insert(0, helper.make_node("DequantizeLinear", names, [tensor.name], axis=1))
    return model


def _look_up_int8(graph: Any, node: Any, table: str) -> None:
    """Rows are looked up as int8 and scaled then: the table never becomes floats."""
    at, out, ids = list(graph.node).index(node), node.output[0], node.input[1]
    graph.node.remove(node)
    steps = [
        helper.make_node("Gather", [f"{table}_q", ids], [f"{out}_q"], axis=0),
        helper.make_node("Cast", [f"{out}_q"], [f"{out}_f"], to=onnx.TensorProto.FLOAT),
        helper.make_node("Gather", [f"{table}_s", ids], [f"{out}_s"], axis=0),
        helper.make_node("Mul", [f"{out}_f", f"{out}_s"], [out]),
    ]
    for offset, step in enumerate(steps):
        graph.node.insert(at + offset, step)


def read_labels(folder: Path) -> dict[str, list[str]]:
    """The classes of every head of a written network."""
    labels: dict[str, list[str]] = json.loads((folder / LABELS).read_text(encoding="utf8"))
    return labels


def restored(folder: Path) -> Joint:
    """The model of a written network; FilmKGError where weights are missing."""
    weights = read(folder)
    model = Joint({key: len(values) for key, values in read_labels(folder).items()}, encoder_like(weights))
    missing = model.load_state_dict(weights, strict=False).missing_keys
    if missing:
        raise FilmKGError(f"{folder / WEIGHTS} lacks {', '.join(missing)}")
    return model


def mixed(model: Joint, folder: Path, share: float) -> Joint:
    """The model with `share` of the weights of the one that it began from.

    What was learned before and what was learned now add up: better than either alone (Wortsman et al.,
    "Robust fine-tuning of zero-shot models", 2022).
    """
    before = restored(folder).state_dict()
    now = model.state_dict()
    for name, tensor in now.items():
        if tensor.is_floating_point():
            now[name] = torch.lerp(tensor, before[name], share)
    model.load_state_dict(now)
    return model


def read(folder: Path) -> dict[str, torch.Tensor]:
    """The weights of a written network by their names in PyTorch, int8 ones as the floats they stand for."""
    graph = onnx.load(str(folder / WEIGHTS)).graph
    arrays = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    found = {name: array for name, array in arrays.items() if array.dtype == np.float32}
    for name, array in arrays.items():
        if name.endswith("_q"):
            scale = arrays[f"{name[:-2]}_s"]
            found[name[:-2]] = array * scale
    added = {name: node for node in graph.node if node.op_type == "Add" for name in node.input}
    for node in graph.node:
        # A linear layer's weight is stored turned and without its name: the bias that is added next has it.
        if node.op_type == "MatMul" and node.input[1] in found and node.output[0] in added:
            bias = next((name for name in added[node.output[0]].input if name.endswith(".bias")), "")
            if bias:
                found[f"{bias[:-4]}weight"] = found.pop(node.input[1]).T
    found["R"] = np.load(folder / RELATIONS).astype(np.float32)
    return {name: torch.tensor(np.ascontiguousarray(array)) for name, array in found.items()}

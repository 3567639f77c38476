"""Training of the shipped model: annotated files in, the four files of `kg/language/model` out.

`python -m kg.language.train OUT --trees … --names … --articles …` does all of it; it needs the extra `train`
(PyTorch, transformers, onnx). Nothing that reads texts imports this package.
"""

"""Training of the relation classifier: `python -m kg.train OUT --articles DIR …`; needs the extra `train`."""

"""Words to lemmas: what the list of forms says, else what English endings say, else the model's rule."""

from __future__ import annotations

import re

from kg.language.forms import forms

_AS_WRITTEN = frozenset(("PROPN", "PUNCT", "SYM", "NUM", "X"))
_CLITICS = {
    "'s": "be",
    "'re": "be",
    "'m": "be",
    "'ve": "have",
    "'ll": "will",
    "'d": "would",
    "ca": "can",
    "wo": "will",
    "sha": "shall",
}
_SHORT = re.compile(r"[^aeiou]*[aeiou][^aeiouwxy]$")
_SILENT_E = re.compile(
    r"(?:[csvzu]|[^aeiou]um|[aeiou][^aeiou]+um|[^aeiou]l|[dr]g|(?<!e)at|ur|[^aeiou]ir|[^aeiou]in|[^aeiou]id|ud|[^o]ut|ag)$(?<!ss)|^[^aeiou]*[aeiou][^aeiouwxy]$"
)


def lemma(form: str, tag: str, ruled: str) -> str:
    """The lemma of a word with a universal tag; `ruled` is what the model's rule makes of it."""
    if tag in _AS_WRITTEN or form[0].isdigit():
        return form
    low = form.lower().replace("’", "'")
    if low == "n't":
        return "not"
    if tag in ("AUX", "VERB") and low in _CLITICS:
        return ruled if ruled in ("have", "will", "be") else _CLITICS[low]
    known = forms().get(low, {})
    if tag in known:
        return known[tag]
    if tag in ("AUX", "VERB") and ("VERB" in known or "AUX" in known):
        return known.get("VERB") or known["AUX"]
    prefix, dash, rest = low.rpartition("-")
    if dash and tag in forms().get(rest, {}):
        return f"{prefix}-{forms()[rest][tag]}"
    if tag == "VERB":
        return _verb(low)
    if tag == "NOUN":
        return form if form.isupper() else _noun(low)
    if low.endswith(("er", "est")) and tag in ("ADJ", "ADV") and low.startswith(ruled.lower()[:3]):
        return ruled.lower()
    return low


def _verb(word: str) -> str:
    """The base form of a regular verb: stars, starring, starred, star; scored, score."""
    if word.endswith(("ied", "ies")) and len(word) > 4:
        return word[:-3] + "y"
    for ending in ("ing", "ed"):
        stem = word[: -len(ending)]
        if word.endswith(ending) and len(stem) > 1 and re.search("[aeiouy]", stem):
            return _stem(stem)
    if word.endswith(("ches", "shes", "sses", "xes", "zzes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def _stem(stem: str) -> str:
    """The verb behind what is left before -ed and -ing: one that is known, else by its spelling."""
    doubled = len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in "aeiou"
    shorter = [stem[:-1]] if doubled else [stem + "e"]
    for known in (*shorter, stem) if _SHORT.match(stem) else (stem, *shorter):
        if "VERB" in forms().get(known, {}):
            return known
    if doubled:
        return stem if stem[-1] in "lszf" and not stem.endswith(("ell", "oll")) else stem[:-1]
    return stem + "e" if _SILENT_E.search(stem) else stem


def _noun(word: str) -> str:
    """The singular of a regular noun."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("men") and len(word) > 4:
        return word[:-2] + "an"
    if word.endswith("children"):
        return word[:-3]
    if word.endswith(("ches", "shes", "sses", "xes", "zzes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word

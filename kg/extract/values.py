"""Values in a text: dates, years, money, durations, shares and clock times, normalised to XSD types."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from dateutil import parser as date_parser

from kg.model import Span, Value

MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)"
)
DAY = r"(?:[0-3]?\d)(?:st|nd|rd|th)?"
YEAR = r"(?:1\d\d\d|20\d\d)"
DATE = re.compile(
    rf"\b(?:{DAY}\s+(?:of\s+)?{MONTH}\b\.?,?(?:\s+{YEAR}\b)?|{MONTH}\b\.?\s+{DAY}\b(?:,?\s+{YEAR}\b)?|{MONTH}\b\.?,?\s+(?:of\s+)?{YEAR}\b|{YEAR}-\d\d-\d\d\b)"
)
YEAR_ALONE = re.compile(r"(?<![\d$£€.,/-])(?:1[5-9]\d\d|20\d\d)(?![\d%]|,\d|\.\d|-minute|s\b)")
NUMBER = r"\d+(?:[,.]\d{3})*(?:\.\d+)?"
SCALE = {
    "thousand": 1e3,
    "k": 1e3,
    "million": 1e6,
    "mln": 1e6,
    "mn": 1e6,
    "m": 1e6,
    "billion": 1e9,
    "bn": 1e9,
    "b": 1e9,
    "crore": 1e7,
    "lakh": 1e5,
}
SIGNS = {
    "US$": "USD",
    "A$": "AUD",
    "C$": "CAD",
    "HK$": "HKD",
    "NZ$": "NZD",
    "R$": "BRL",
    "$": "USD",
    "£": "GBP",
    "€": "EUR",
    "¥": "JPY",
    "₹": "INR",
    "Rs.": "INR",
    "Rs": "INR",
    "₩": "KRW",
}
CURRENCIES = {
    "dollar": "USD", "pound": "GBP", "euro": "EUR", "yen": "JPY", "rupee": "INR", "won": "KRW",
    "yuan": "CNY", "peseta": "ESP", "franc": "FRF", "mark": "DEM", "lira": "ITL", "lire": "ITL",
    "peso": "MXN", "krona": "SEK", "kronor": "SEK", "krone": "NOK", "kroner": "NOK", "rouble": "RUB",
    "ruble": "RUB", "zloty": "PLN", "forint": "HUF", "real": "BRL", "reais": "BRL", "naira": "NGN",
    "rand": "ZAR", "USD": "USD", "GBP": "GBP", "EUR": "EUR", "INR": "INR", "drachma": "GRD", "escudo": "PTE",
    "guilder": "NLG", "shekel": "ILS", "baht": "THB",
}  # fmt: skip
_SIGN = "|".join(re.escape(s) for s in sorted(SIGNS, key=len, reverse=True))
_SCALE = r"(?:thousand|million|mln|mn|billion|bn|crores?|lakhs?|[mkb](?![a-z]))"
_CURRENCY = "|".join(sorted(CURRENCIES, key=len, reverse=True))
MONEY = re.compile(
    rf"(?P<sign>{_SIGN})\s?(?P<n>{NUMBER})(?:[\s-]?(?P<scale>{_SCALE}))?"
    rf"|\b(?P<n2>{NUMBER})[\s-]?(?P<scale2>{_SCALE})?\s?"
    rf"(?:(?:US|American|Australian|Canadian|Hong Kong)\s)?(?P<cur>{_CURRENCY})s?\b",
    re.I,
)
HOURS = re.compile(
    r"\b(?P<h>\d)\s?(?:hours?|hrs?|h)\b\.?(?:,?\s?(?:and\s)?(?P<m>\d\d?)\s?(?:minutes?|mins?|m)\b\.?)?"
)
MINUTES = re.compile(r"\b(?P<m>\d{1,3})[\s-]?(?:minutes?|mins?|min|m|′|')(?![\w])")
SHARE = re.compile(r"\b(?P<n>\d{1,3}(?:\.\d+)?)\s?(?:%|percent\b|per cent\b)")
TIME = re.compile(
    r"\b(?P<h>[01]?\d|2[0-3])(?:[:.](?P<m>[0-5]\d))?\s?(?P<half>[ap])\.?m\b\.?|\b(?P<h2>[01]?\d|2[0-3]):(?P<m2>[0-5]\d)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class ValueMention:
    """A value where it stands; `kind` is year, date, money, minutes, share or time."""

    span: Span
    kind: str
    value: Value


def read_date(text: str) -> Value | None:
    """The date in `text`, as precisely as it is said: day, month and year, month and year, or day and
    month.
    """
    text = re.sub(r"\bof\b", " ", text)
    try:
        one = date_parser.parse(text, default=datetime(2004, 1, 1))
        two = date_parser.parse(text, default=datetime(2008, 2, 2))
    except (ValueError, OverflowError):
        return None
    if one.year == two.year and one.day == two.day:
        return Value(f"{one:%Y-%m-%d}", "xsd:date")
    if one.year == two.year:
        return Value(f"{one:%Y-%m}", "xsd:gYearMonth")
    return Value(f"--{one:%m-%d}", "xsd:gMonthDay")


def _number(text: str) -> float:
    """The number that is written, commas or points between its thousands."""
    if re.fullmatch(r"\d{1,3}(?:\.\d{3}){2,}", text):
        text = text.replace(".", "")
    return float(text.replace(",", ""))


def _money(m: re.Match[str]) -> Value | None:
    """The amount of a match of MONEY with its currency, or None where no currency is known."""
    amount = _number(m["n"] or m["n2"])
    scale = (m["scale"] or m["scale2"] or "").lower()
    amount *= SCALE.get(scale.rstrip("s") if len(scale) > 2 else scale, 1)
    if m["sign"]:
        unit = SIGNS[next(s for s in SIGNS if s.lower() == m["sign"].lower())]
    else:
        word = m["cur"]
        unit = CURRENCIES.get(word.upper(), "") or CURRENCIES.get(word.lower(), "")
    return (
        Value(f"{amount:.10g}" if amount < 1e10 else f"{amount:.0f}", "xsd:decimal", unit) if unit else None
    )


def read_time(m: re.Match[str]) -> Value:
    """The clock time of a match of TIME."""
    hour, minute = int(m["h"] or m["h2"]), int(m["m"] or m["m2"] or 0)
    if m["half"]:
        hour = hour % 12 + (12 if m["half"].lower() == "p" else 0)
    return Value(f"{hour:02}:{minute:02}", "xsd:time")


def find_values(text: str, start: int = 0) -> list[ValueMention]:
    """The values in `text`, in order, none inside another; offsets count from `start`."""
    found: list[ValueMention] = []
    taken: list[tuple[int, int]] = []

    def put(m: re.Match[str], kind: str, value: Value | None) -> None:
        if value is None or any(a < m.end() and m.start() < b for a, b in taken):
            return
        taken.append((m.start(), m.end()))
        found.append(ValueMention(Span(start + m.start(), start + m.end()), kind, value))

    for m in MONEY.finditer(text):
        put(m, "money", _money(m))
    for m in DATE.finditer(text):
        put(m, "date", read_date(m.group()))
    for m in SHARE.finditer(text):
        put(m, "share", Value(f"{float(m['n']):g}%"))
    for m in TIME.finditer(text):
        put(m, "time", read_time(m))
    for m in HOURS.finditer(text):
        put(m, "minutes", Value(str(int(m["h"]) * 60 + int(m["m"] or 0)), "xsd:integer"))
    for m in MINUTES.finditer(text):
        put(m, "minutes", Value(m["m"], "xsd:integer"))
    for m in YEAR_ALONE.finditer(text):
        put(m, "year", Value(m.group(), "xsd:integer"))
    return sorted(found, key=lambda v: v.span)


KIND_OF_RELATION = {
    "releaseYear": ("year",),
    "releaseDate": ("date",),
    "birthDate": ("date", "year"),
    "deathDate": ("date", "year"),
    "runtime": ("minutes",),
    "budget": ("money",),
    "boxOffice": ("money",),
    "aggregateRating": ("share",),
    "year": ("year", "date"),
    "date": ("date", "year"),
    "time": ("time",),
    "price": ("money",),
}
"""Which kinds of value a relation or a qualifier takes; others take the words themselves."""

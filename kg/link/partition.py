"""Those of one name, parted: which speak for one thing, which contradict each other, which leave it open."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from itertools import combinations
from typing import Generic, TypeVar

from kg.link.profiles import Profile

T = TypeVar("T", bound=Hashable)


class Union(Generic[T]):
    """Disjoint sets of things, joined two by two."""

    def __init__(self, things: Iterable[T]) -> None:
        self.above = {thing: thing for thing in things}

    def root(self, thing: T) -> T:
        """What stands for the set that holds `thing`."""
        while self.above[thing] != thing:
            self.above[thing] = self.above[self.above[thing]]
            thing = self.above[thing]
        return thing

    def join(self, one: T, other: T) -> None:
        """Makes one set of two."""
        self.above[self.root(one)] = self.root(other)

    def sets(self) -> list[list[T]]:
        """All sets, in the order in which the things were given."""
        found: dict[T, list[T]] = {}
        for thing in self.above:
            found.setdefault(self.root(thing), []).append(thing)
        return list(found.values())


@dataclass(slots=True, eq=False)
class Bundle:
    """Profiles that are taken for one, with all that they say."""

    members: list[Profile]
    years: set[int] = field(default_factory=set)
    lives: set[tuple[str, int]] = field(default_factory=set)
    makers: set[str] = field(default_factory=set)
    people: set[str] = field(default_factory=set)
    kin: set[str] = field(default_factory=set)
    works: set[int] = field(default_factory=set)
    types: set[str] = field(default_factory=set)
    rivals: set[Profile] = field(default_factory=set)


def bundle(members: Iterable[Profile], number_of: dict[Profile, int]) -> Bundle:
    """One bundle of some profiles. Works count by the number of what they were found to be."""
    found = Bundle(list(members))
    for profile in found.members:
        found.years |= profile.years
        found.lives |= profile.lives
        found.makers |= profile.makers
        found.people |= profile.people
        found.kin |= profile.kin
        found.works |= {number_of[work] for work in profile.works if work in number_of}
        found.types.add(profile.entity.type)
        found.rivals |= profile.rivals
    return found


Verdict = Callable[[Bundle, Bundle], int]
"""Above 0: the two are one; below 0: they are not."""
Tie = Callable[[Bundle, Bundle], bool]
"""True where the two have something in common that others of the name have not."""


@dataclass(frozen=True, slots=True)
class Parted:
    """What those of one name are: so many things, and those that could be several of these."""

    groups: list[list[Profile]]
    open: list[list[Profile]]


def part(informed: list[Bundle], silent: list[Bundle], verdict: Verdict, tie: Tie) -> Parted:
    """The things that one name stands for. A function of the set of bundles, not of their order.

    Who agrees is one. Where nobody contradicts anybody, all are one, the silent too. Where some do, those
    that could be either go where they have a tie, if it is to one side only; otherwise it stays open.
    """
    agreed = Union(range(len(informed)))
    verdicts = {(a, b): verdict(informed[a], informed[b]) for a, b in combinations(range(len(informed)), 2)}
    for (a, b), said in verdicts.items():
        if said > 0:
            agreed.join(a, b)
    contrary = {frozenset((agreed.root(a), agreed.root(b))) for (a, b), said in verdicts.items() if said < 0}
    contrary = {pair for pair in contrary if len(pair) == 2}
    if not contrary:
        return Parted([_members([*informed, *silent])] if informed or silent else [], [])
    opposed = {root for pair in contrary for root in pair}
    sides, others = [], list(silent)
    for numbers in agreed.sets():
        if agreed.root(numbers[0]) in opposed:
            sides.append((agreed.root(numbers[0]), [informed[n] for n in numbers]))
        else:
            others += [informed[n] for n in numbers]
    groups = _compatible(sides, contrary)
    return _with_ties(groups, others, tie)


def _compatible(sides: list[tuple[int, list[Bundle]]], contrary: set[frozenset[int]]) -> list[list[Bundle]]:
    """Sides that contradict a third and not each other, joined where that is no choice between two."""
    names = Union(name for name, _ in sides)
    for (a, _), (b, _) in combinations(sides, 2):
        if frozenset((a, b)) not in contrary:
            names.join(a, b)
    content = dict(sides)
    found: list[list[Bundle]] = []
    for together in names.sets():
        if any(frozenset(pair) in contrary for pair in combinations(together, 2)):
            found += [content[name] for name in together]
        else:
            found.append([each for name in together for each in content[name]])
    return found


def _with_ties(groups: list[list[Bundle]], others: list[Bundle], tie: Tie) -> Parted:
    """The groups with those of the others that are tied to one of them alone."""
    joined: list[list[Bundle]] = [list(group) for group in groups]
    left_open: list[list[Profile]] = []
    for other in others:
        tied = [n for n, group in enumerate(groups) if any(tie(other, each) for each in group)]
        if len(tied) == 1:
            joined[tied[0]].append(other)
        else:
            left_open.append(other.members)
    return Parted([_members(group) for group in joined], left_open)


def _members(bundles: Iterable[Bundle]) -> list[Profile]:
    return [profile for each in bundles for profile in each.members]

"""English word forms with their lemmas by tag: what the treebanks have in lower case, and irregular verbs."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PATH = Path(__file__).parent / "model" / "forms.tsv"
_IRREGULAR = """
arise arose arisen | awake awoke awoken | bear bore born borne | beat beat beaten | become became become |
begin began begun | bend bent | bet bet | bid bid bidden | bind bound | bite bit bitten | bleed bled |
blow blew blown | break broke broken | breed bred | bring brought | broadcast broadcast | build built |
burn burnt | burst burst | buy bought | cast cast | catch caught | choose chose chosen | cling clung |
come came | cost cost | creep crept | cut cut | deal dealt | dig dug | dive dove | do did done | draw drew
drawn | dream dreamt | drink drank drunk | drive drove driven | dwell dwelt | eat ate eaten | fall fell
fallen | feed fed | feel felt | fight fought | find found | flee fled | fling flung | fly flew flown |
forbid forbade forbidden | forecast forecast | foresee foresaw foreseen | forget forgot forgotten |
forgive forgave forgiven | freeze froze frozen | get got gotten | give gave given | go went gone | grind
ground | grow grew grown | hang hung | have had | hear heard | hide hid hidden | hit hit | hold held |
hurt hurt | keep kept | kneel knelt | know knew known | lay laid | lead led | leap leapt | learn learnt |
leave left | lend lent | let let | light lit | lose lost | make made | mean meant | meet met | miscast
miscast | mistake mistook mistaken | outdo outdid outdone | outsell outsold | overcome overcame | overtake
overtook overtaken | oversee oversaw overseen | pay paid | put put | quit quit | read read | rebuild
rebuilt | recast recast | remake remade | rerun reran | reset reset | retell retold | rewrite rewrote
rewritten | rid rid | ride rode ridden | ring rang rung | rise rose risen | run ran | say said | see saw
seen | seek sought | sell sold | send sent | set set | shake shook shaken | shed shed | shine shone |
shoot shot | show shown | shrink shrank shrunk | shut shut | sing sang sung | sink sank sunk | sit sat |
sleep slept | slide slid | sling slung | speak spoke spoken | spend spent | spin spun | split split |
spread spread | spring sprang sprung | stand stood | steal stole stolen | stick stuck | sting stung |
strike struck stricken | string strung | strive strove striven | swear swore sworn | sweep swept | swell
swollen | swim swam swum | swing swung | take took taken | teach taught | tear tore torn | tell told |
think thought | throw threw thrown | tread trod trodden | undergo underwent undergone | understand
understood | undertake undertook undertaken | upset upset | wake woke woken | wear wore worn | weave wove
woven | wed wed | weep wept | win won | wind wound | withdraw withdrew withdrawn | withstand withstood |
write wrote written | cowrite cowrote cowritten | star starred | dub dubbed | pan panned | rob robbed |
plan planned | helm helmed | score scored | premiere premiered premiering | lens lensed lensing | guest-
star guest-starred
"""


def word_set(words: str) -> frozenset[str]:
    """The words of a string, as a set."""
    return frozenset(words.split())


@cache
def forms() -> dict[str, dict[str, str]]:
    """The lemma of each known lower-case form, by universal tag."""
    table: dict[str, dict[str, str]] = {}
    with _PATH.open(encoding="utf8") as lines:
        for line in lines:
            form, _, entries = line.rstrip("\n").partition("\t")
            pairs = (entry.split("=", 1) for entry in entries.split())
            table[form] = {tag: lemma or form for tag, lemma in pairs}
    for entry in " ".join(_IRREGULAR.split("\n")).split("|"):
        lemma, *inflected = entry.split()
        for form in inflected:
            table.setdefault(form, {})["VERB"] = lemma
    return table


def is_common(word: str) -> bool:
    """True for a word that English texts write in lower case."""
    return word.lower() in forms()


def is_sentence_word(word: str) -> bool:
    """True for a word that no name of a person, a place or a body holds, but titles do: 'Who', 'Goes'."""
    tags = forms().get(word.lower())
    return tags is not None and not set(tags) & {"NOUN", "ADJ", "NUM", "DET", "ADP", "CCONJ"}

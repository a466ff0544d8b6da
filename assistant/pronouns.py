"""Pronouns, and questions of one or two words, filled in with what was last spoken of."""

from __future__ import annotations

import re
from typing import Final

from assistant.terms import Terms
from assistant.topics import Topic, first_sentence, kind_of, names_treatment, subject_of

# A pronoun that stands for the one thing last spoken of; "that chain", "this year" are none.
ITS: Final = re.compile(
    # "Its the spinal one" is no possessive.
    r"\b(?:its|their)\b(?! (?:own|the|an?|not|been|just|only|too|so|now|time|all|that|this|for|clear|better|worse|okay|"
    r"ok|really|still|already|got|her|him)\b)",
    re.IGNORECASE,
)
IT: Final = re.compile(
    r"\b(?:(?:that|this) (?:one|block|procedure|treatment|technique|drug)|it|(?<!name )(?<!list )them|"
    r"they(?= (?:are|work|help|fail|cause|carry|relieve)\w*\b)|"
    r"(?:that|this)(?=\s*(?:$|[?.,!;]|fails?\b|failed\b|is\b|isn't\b|was\b|wasn't\b|"
    r"did\b|didn't\b|has\b|hasn't\b|never\b|gave\b|lasted\b|made\b|"
    r"does\b|doesn't\b|do\b|wears?\b|works?\b|help\w*\b|too\b|too?\b|"
    r"one\b|in\b|for\b|at\b|with\b)))(?!')\b",
    re.IGNORECASE,
)
_BOTH: Final = re.compile(r"\b(?:both|neither|either)(?: of them| of these| of those)?\b", re.IGNORECASE)
_LASTS: Final = re.compile(
    r"\b(?:it|that|this|they)\b(?= (?:last|persist|hold|held|wear|wore|fade|continue|keep|stay)\w*\b)", re.IGNORECASE
)
# What is asked of a study rather than of a treatment.
_OF_STUDY: Final = re.compile(
    r"\b(?:wrote|written|authors?|publish\w*|find|found|show(?:ed|n|s)?|conclud\w*|participants|enrol\w*|"
    r"recruit\w*|blind\w*|"
    r"randomi[sz]\w*|who was in|how big|sample|controlled)\b",
    re.IGNORECASE,
)
# What treatments do ...
_OF_TREATMENT: Final = re.compile(
    r"\b(?:it|that|they|this) (?:has |had |have )?(?:took|taken|work|help|fail|wear|wore|caus|reliev)\w*\b",
    re.IGNORECASE,
)
# ... and what pain does.
_OF_PAIN: Final = re.compile(
    r"\bhow (?:common|frequent|prevalent)\b|"
    r"\bit (?:does |will |ever )?(?:becom\w*|turns?|spreads?|com(?:es?|ing) back|recurs?|"
    r"gets? worse|hurts?|started|stays?|returns?)\b",
    re.IGNORECASE,
)
_COMPARES: Final = re.compile(r"\b(?:than|versus|vs|compared|over|or)\b", re.IGNORECASE)
_FOR_IT: Final = re.compile(r"\b(?:for|in|treat|help|helps|with) (?:it|that|this)\b", re.IGNORECASE)
# What stands for nothing: "is it true that", "how long does it take to".
EMPTY_IT: Final = re.compile(
    r"\b(?:is|was) it (?:true|possible|known|ok|okay|clear|safe to|reasonable|likely|the case)\b", re.IGNORECASE
)
_WHY_NOT: Final = re.compile(
    r"^\W*(?:(?:and|so|but|ok|then)\b[\s,]*)*why not\b(?P<what>[^?.]*?)(?: then| now| first| instead| yet)*\W*$",
    re.IGNORECASE,
)
# The same with a reason before or after it, or of somebody: "why can't I just go for a stimulator, she's keen".
_WHY_NOT_WITHIN: Final = re.compile(
    r"\bwhy (?:not|(?:ca|do|should|wo|would|could)n'?t (?:i|we|you|she|he|they|one))\b"
    r"(?: (?:just|simply|we|i|you|go|going|straight|directly|to|for|do|doing|use|using|try|trying|offer|give|"
    r"her|him|them|have|jump|skip|"
    r"start|with|put|in|a|an|the|implant))*+ (?P<what>[^?.,;]*?)(?: then| now| first| instead| yet|"
    r" straight away)*(?=\W*$|[?.,;])",
    re.IGNORECASE,
)
# A verb that is left out because the question before has it, by its stem.
_NO_VERB: Final = re.compile(
    r"(?P<left>\b(?:might|may|can|could|does|do|did|will|would|should) (?:it|this|that|they) (?:not|n't))(?P<end>\W*)$",
    re.IGNORECASE,
)
_VERB: Final = re.compile(r"\b(work|help|last|hold|fail|respond|happen|succeed)\w*\b", re.IGNORECASE)
# Words in which a treatment is named for whom.
_MOST_NAMED: Final = 6
_WHEN: Final = re.compile(r"^\W*(?:(?:and|so|but|ok|then)\b[\s,]*)*when(?: then)?\W*$", re.IGNORECASE)


def filled_in(text: str, topic: Topic | None, terms: Terms) -> str:
    """The text with its first pronoun replaced by what it stands for, where that is sure."""
    if topic is None or EMPTY_IT.search(text):
        return text
    text = _with_verb(text, topic)
    studies = [c for c in subject_of(topic, terms) if terms.kind(c) == "study"]
    if _OF_STUDY.search(text):
        return (put(IT, terms.label(studies[0]), text) or text) if len(studies) == 1 else text
    named = _spoken_of(topic, text, terms)
    if not named:
        return text
    if len(named) > 1 and (done := put(_BOTH, terms.labels(named[:2]).replace(", ", " and "), text)):
        return done
    label = terms.label(named[0])
    effect = f"the effect of {label}" + (f" in {terms.label(studies[0])}" if len(studies) == 1 else "")
    for pattern, words_for in ((_LASTS, effect), (ITS, f"{label}'s"), (IT, label)):
        if done := put(pattern, words_for, text):
            return done
    return text


def _with_verb(text: str, topic: Topic) -> str:
    """The text with the verb that it leaves out: "and why might it not?" after "how do I know that it worked?"."""
    said = _VERB.findall(topic.question)
    if not said or not _NO_VERB.search(text):
        return text
    return _NO_VERB.sub(rf"\g<left> {said[-1].lower()}\g<end>", text)


def _spoken_of(topic: Topic, text: str, terms: Terms) -> list[str]:
    """What "it" stands for in a text, likeliest first; empty where nothing is likely."""
    subject = subject_of(topic, terms)
    treated = [c for c in subject if kind_of(c, terms) == "treatment"]
    things = [c for c in subject if terms.kind(c) in ("mechanism", "anatomy", "finding")]
    others = [c for c in subject if kind_of(c, terms) == "intervention"]
    conditions = [c for c in subject if terms.kind(c) == "condition"]
    if names_treatment(text, terms):
        # Of another treatment it is asked what it does to the thing spoken of, unless the two are compared.
        return treated if _COMPARES.search(text) else things or (conditions if _FOR_IT.search(text) else [])
    # What the answer begins with is what is spoken of: Horner's syndrome rather than the block that it comes with.
    first = terms.concepts(first_sentence(topic.opening))[:1]
    if _OF_PAIN.search(text):
        return conditions
    if treated and _OF_TREATMENT.search(text):
        return treated
    return [c for c in (*things, *others) if c in first] or treated or things or others or conditions


def completed(text: str, topic: Topic, terms: Terms) -> str:
    """The text, with "why not SCS?" and "so when?" as the questions of order that they are."""
    why_not = _WHY_NOT.search(text)
    subject = next((c for c in subject_of(topic, terms) if kind_of(c, terms) == "treatment"), None)
    label = terms.label(subject) if subject else ""
    if why_not and (what := why_not["what"].strip() or label):
        return f"Why not {what} first?"
    within = _WHY_NOT_WITHIN.search(text)
    if within and names_neuromodulation(within["what"], terms):
        return f"Why not {within['what'].strip()} first?"
    if label and _WHEN.match(text):
        return f"When should {label} be considered?"
    return text


def names_neuromodulation(text: str, terms: Terms) -> bool:
    """Whether the text names a treatment, or stimulation of any kind, and little else."""
    named = [m for m in terms.find(text) if terms.is_treatment(m.id) or m.id == "neuromodulation"]
    return bool(named) and len(text.split()) <= _MOST_NAMED


def put(pattern: re.Pattern[str], label: str, text: str) -> str | None:
    """The text with the first match of `pattern` replaced; None where there is none."""
    return pattern.sub(lambda _: label, text, count=1) if pattern.search(text) else None

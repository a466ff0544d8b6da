"""Comparisons that the review never makes, and questions called settled that it leaves open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from assistant.guardrail.context import denied_at
from assistant.guardrail.rules import finding
from assistant.guardrail.types import Finding
from assistant.guardrail.units import Document, Unit, step_of

STEPS: Final = frozenset({"block", "ketamine", "pns", "scs"})
# Comparisons of effect, and the forms of stimulation that are compared as if they were treatments of their own.
_BETTER: Final = re.compile(
    r"\b(?:superior(?:ity)? (?:to|over)|inferior to|(?:far |much |significantly |clearly )?(?:better|worse|"
    r"more effective\w*|less effective\w*|more efficacious) (?:\w+ ){0,4}?than|"
    r"outperform\w*|outclass\w*|beats?|beaten|surpass\w*|outdo\w*|as (?:good|effective|efficacious) as|"
    r"equivalent to|equally effective|wins? over|trumps?|"
    r"(?:more|greater|better|longer|less) (?:pain )?(?:relief|control|benefit|results?|outcomes?|"
    r"success) (?:\w+ ){0,3}?than|has the edge over)\b",
    re.IGNORECASE,
)
_FORMS: Final = frozenset({"tonic_stimulation", "burst_stimulation", "high_frequency_stimulation", "drg_stimulation"})
_OPEN: Final = re.compile(
    r"\b(?:whether|which|no (?:trial|study|comparison|head)|neither|nor|not|never|nothing|unclear|unknown|open|"
    r"ongoing|under (?:study|way|investigation)|"
    r"remains?|(?:yet|still|need\w*|has|have|ought) to be (?:\w+ )?(?:determin|establish|settl|work|defin|clarif|"
    r"resolv|studied|shown|prov)\w*|yet to|still|controvers\w+|differ\w*|vary|varies|variation|undetermined|"
    r"unsettled|debated?|might|claim\w*|cannot|without|need\w*)\b|n't\b",
    re.IGNORECASE,
)
_SETTLED: Final = re.compile(
    r"\b(?:(?:well[- ])?established|settled|prove[ns]?|proved|(?:well[- ])?known|clear(?:ly|-cut)?|"
    r"beyond (?:any )?(?:doubt|dispute|question)|certain(?:ly|ty)?|"
    r"no longer (?:open|in doubt|debated|controversial|disputed|a question)|undisputed|agreed|consensus|"
    r"determined|well[- ]defined|standardi[sz]ed|resolved|conclusive\w*|"
    r"definite(?:ly)?|undoubtedly|fixed|worked out|demonstrated|fully understood|well understood|"
    r"without (?:a )?doubt|definitive\w*|unequivocal\w*)\b",
    re.IGNORECASE,
)
# What the review leaves open: a step or concept that is named, words of the question, the statement that says so.
_OPEN_TOPICS: Final = (
    (
        "ketamine",
        (
            r"\b(?:dos(?:e|es|ing|age)|regimens?|schedule|protocol|how much|how long|how many|duration|"
            r"long[- ]term|repeat\w*)\b"
        ),
        "ketamine-risk-dosing-gap",
    ),
    (
        "block",
        r"\b(?:how often|how frequently|frequency|interval|repeat\w*|number of blocks)\b",
        "block-benefit-repeat-unclear",
    ),
    (
        "scs",
        (
            r"\b(?:best|superior\w*|better|compar\w+|which (?:pattern|waveform|form)|optimal)\b.*\b(?:pattern|"
            r"waveform|mode|form|burst|tonic|frequency|paradigm)s?\b|"
            r"\b(?:pattern|waveform|mode|form|burst|tonic|frequency|paradigm)s?\b.*\b(?:best|superior\w*|better|"
            r"optimal)\b"
        ),
        "scs-comparison-open",
    ),
    ("sympathetically", r"\b(?:mechanism|arises?|cause)\b", "smp-mechanism-unclear"),
)
_PREVENTS: Final = re.compile(
    r"\b(?:prevent\w*|avert\w*|stops?|forestall\w*|protect\w*|ward off|rules? out|"
    r"fewer cases|lowers? the (?:risk|chance|incidence|occurrence)|reduces? the (?:risk|chance|incidence|"
    r"occurrence))\b",
    re.IGNORECASE,
)
_HEDGED: Final = re.compile(
    r"\b(?:may|might|could|can|possibly|perhaps|some stud\w+|suggest\w*|indicat\w*|"
    r"controvers\w+|disputed|unsettled|unclear|debat\w+|not|no|whether)\b|n't\b",
    re.IGNORECASE,
)


def steps_of(unit: Unit) -> set[str]:
    """The interventional steps that a sentence names."""
    return {step_of()[name] for name in unit.concepts if step_of().get(name) in STEPS}


def compared(document: Document, unit: Unit) -> Iterator[Finding]:
    """A comparison of effect between two treatments that the review never compares."""
    for cue in _BETTER.finditer(unit.text):
        treatments = [(mention.start, mention.id) for mention in unit.mentions if mention.id in step_of()]
        left = [name for at, name in treatments if at < cue.start()]
        right = [name for at, name in treatments if at >= cue.end() - 1] or (
            [left.pop()] if "equally" in cue.group().lower() and len(left) > 1 else []
        )
        if not left or not right or _OPEN.search(unit.text):
            continue
        one, two = left[-1], right[0]
        both = {step_of()[one], step_of()[two]}
        if (len(both) == 2 and both <= STEPS) or (one != two and (one in _FORMS or two in _FORMS)):
            forms = both == {"scs"}
            yield finding("EVI-4", document, unit, statement="scs-comparison-open" if forms else None)
            return


def settled(document: Document, unit: Unit) -> Iterator[Finding]:
    """A question called settled that the review leaves open."""
    concepts = set(unit.concepts)
    if (
        {"acute_zoster", "phn"} <= concepts
        and "block" in steps_of(unit)
        and _PREVENTS.search(unit.text)
        and not _HEDGED.search(unit.text)
    ):
        yield finding("EVI-5", document, unit, statement="block-benefit-zoster-prevents-phn")
        return
    word = _SETTLED.search(unit.text)
    if (
        not word
        or denied_at(unit, word.start())
        or (_OPEN.search(unit.text) and "no longer" not in word.group().lower())
    ):
        return
    for about, words, statement in _OPEN_TOPICS:
        if (about in steps_of(unit) or about in unit.text.lower()) and re.search(words, unit.text, re.IGNORECASE):
            yield finding("EVI-5", document, unit, statement=statement)
            return

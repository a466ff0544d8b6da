"""Sentences generated from the encoded algorithm and the typed facts: right ones, each with what turns it wrong.

Nothing here names a rule or a pattern: names and pairs come from `algorithm.yaml`, the statements' typed numbers and a
few plain words; a template is said once rightly, and once with its two places swapped or its polarity turned.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from assistant.guardrail.facts import studies
from assistant.pathway import load_algorithm


@dataclass(frozen=True)
class Pair:
    """A right sentence, and the same turned wrong; `severity`: what the wrong one must get at least."""

    kind: str
    right: str
    wrong: str
    severity: str


NAMES = {
    "drugs": ("drugs", "tablets", "medication", "pharmacotherapy"),
    "block": ("sympathetic blocks", "stellate and lumbar blocks", "the sympathetic blocks"),
    "ketamine": ("ketamine infusions", "intravenous ketamine", "ketamine"),
    "both": ("blocks and ketamine infusions", "sympathetic blocks and ketamine"),
    "scs": ("spinal cord stimulation", "SCS", "a spinal cord stimulator"),
}
# Earlier before later, as the algorithm has them; SCS only with both steps before it, for to name one leaves one out.
ORDERED = (("drugs", "block"), ("drugs", "ketamine"), ("both", "scs"))
ORDER = (
    "{e} come before {l}.",
    "{l} comes after {e}.",
    "{l} is considered once {e} have failed.",
    "Once {e} have failed, consider {l}.",
    "First {e}, then {l}.",
    "{l} should wait until {e} have been tried.",
    "{l} should not be offered before {e} have been tried.",
    "If {e} fail, {l} may be considered next.",
    "Offer {e} first; {l} follows if the relief is inadequate.",
    "{e} precede {l} in the pathway.",
)
# Polarity of what an earlier step is for a later one.
NEEDED = (
    ("{e} should be tried before {l}.", "{e} need not be tried before {l}."),
    ("{l} should not come before {e}.", "{l} should come before {e}."),
    ("It is wrong to put {l} before {e}.", "It is right to put {l} before {e}."),
    ("{l} is not the step to take before {e}.", "{l} is the step to take before {e}."),
    ("Do not skip {e} on the way to {l}.", "Skip {e} on the way to {l}."),
)
SITES = {
    "upper_limb": ("the arm", "the hand", "the upper limb"),
    "lower_limb": ("the leg", "the foot", "the lower limb"),
    "abdomen": ("the abdomen",),
    "pelvis": ("the pelvis",),
    "perineum": ("the perineum",),
}
BLOCKS = {
    "stellate_block": "stellate ganglion block",
    "lumbar_block": "lumbar sympathetic block",
    "celiac_block": "celiac plexus block",
    "hypogastric_block": "superior hypogastric block",
    "impar_block": "ganglion impar block",
}
PLACED = (
    "For pain in {s} the {b} is the one to use.",
    "The {b} is used for pain in {s}.",
    "Pain in {s} calls for a {b}.",
    "If drugs have failed for pain in {s}, offer a {b}.",
)
GRADED = (
    "The evidence for ketamine in {c} is {g}.",
    "In {c} ketamine has {g} evidence.",
    "{g} evidence supports ketamine in {c}.",
    "Ketamine in {c}: evidence {g}.",
)
ARMS = (
    "In {a}'s trial {x}% {o} with {p} and {y}% with {q} [{r}].",
    "{a}: {x}% {o} with {p}, against {y}% with {q} [{r}].",
    "With {p} {x}% {o}, with {q} {y}%, in {a}'s trial [{r}].",
    "{a} found that {y}% {o} with {q} but {x}% with {p} [{r}].",
)
TRIALS = (
    ("Kumar", "reached half relief at 6 months", "SCS", "medical management alone", 48, 9, 58),
    ("Kemler", "were much improved at 6 months", "SCS", "physical therapy alone", 39, 6, 61),
    ("Gilmore", "had at least half relief at 12 months", "PNS", "placebo", 67, 0, 71),
)


def pairs() -> tuple[Pair, ...]:
    """Every generated pair, in one order."""
    return (*_orders(), *_needs(), *_places(), *_grades(), *_arms())


def _orders() -> Iterator[Pair]:
    for earlier, later in ORDERED:
        for first, then, template in product(NAMES[earlier], NAMES[later], ORDER):
            yield Pair("order", _said(template, e=first, l=then), _said(template, e=then, l=first), "caution")


def _needs() -> Iterator[Pair]:
    for first, then, (right, wrong) in product(NAMES["both"], NAMES["scs"], NEEDED):
        yield Pair("polarity", _said(right, e=first, l=then), _said(wrong, e=first, l=then), "block")


def _places() -> Iterator[Pair]:
    for entry in load_algorithm().sites:
        for name, block in product(SITES.get(entry.site, ()), entry.blocks):
            for other in sorted(set(BLOCKS) - set(entry.blocks)):
                for template in PLACED:
                    right, wrong = (_said(template, s=name, b=BLOCKS[each]) for each in (block, other))
                    yield Pair("site", right, wrong, "block")


def _grades() -> Iterator[Pair]:
    levels = {"moderate": "strong", "weak": "moderate"}
    for item in load_algorithm().standings:
        if item.intervention == "ketamine" and item.evidence in levels:
            condition = (
                item.condition.replace("_", " ").replace("phn", "postherpetic neuralgia").replace("crps", "CRPS")
            )
            for template in GRADED:
                right, wrong = (_said(template, c=condition, g=g) for g in (item.evidence, levels[item.evidence]))
                yield Pair("evidence", right, wrong, "caution")


def _arms() -> Iterator[Pair]:
    known = {fact.quantity.value for study in studies().values() for fact in study.facts}
    for (author, told, p, q, x, y, reference), template in product(TRIALS, ARMS):
        assert {x, y} <= known | {0}, (author, "its figures are those of the statements")
        right, wrong = (
            _said(template, a=author, o=told, p=p, q=q, x=one, y=two, r=reference) for one, two in ((x, y), (y, x))
        )
        yield Pair("arms", right, wrong, "block")


def _said(template: str, **given: object) -> str:
    text = template.format(**given)
    return text[0].upper() + text[1:]

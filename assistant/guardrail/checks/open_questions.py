"""Comparisons that the review never makes, and questions called settled that it leaves open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from assistant.guardrail.context import denied_at
from assistant.guardrail.rules import finding
from assistant.guardrail.subjects import STEPS, Subject
from assistant.guardrail.types import Finding, Severity
from assistant.guardrail.units import Document, Unit, step_of

# Comparisons of effect: one thing before or after another, or one called the best.
_GAIN: Final = (
    r"(?:relief|control|benefit|results?|outcomes?|success|analgesia|effect\w*|improvement|response|efficacy)"
)
_BETTER: Final = re.compile(
    r"\b(?:superior(?:ity)?|inferior(?:ity)?) (?:to|over)|"
    r"\b(?:better|worse|more effective\w*|less effective\w*|more efficacious|more potent|less potent|more successful|"
    r"stronger|more powerful) (?:\w+ ){0,5}?than|"
    r"\b(?:outperform\w*|outclass\w*|outstrip\w*|outshine\w*|beats?|beaten|surpass\w*|outdo\w*|outdid|"
    r"leaves?(?= (?:\w+ ){1,4}(?:far |well |way )?behind)|puts?(?= (?:\w+ ){1,4}in the shade)|eclips\w+|"
    r"trumps?|"
    r"trounc\w+|bests|rivals|match(?:es|ed)(?= (?:<|the|that|those|its|both|scs|spinal|pns|ket|block|symp)))\b|"
    r"\b(?:as (?:good|effective\w*|efficacious|potent|successful|useful) as|"
    r"(?:work\w*|do(?:es)?|did|far(?:e|es|ed)|perform\w*|help\w*|reliev\w*|just|equally|every bit|"
    r"respond\w*) as well as|equivalent to|equal to|equally|"
    r"to the same (?:degree|extent)|alike|as much as|"
    r"on a par with|comparable (?:to|with)|no (?:better|worse|different) (?:than|from)|interchangeable with|"
    r"(?:wins?|won) (?:out )?(?:over|against)|ahead of (?=\w+ (?:for|in) )|"
    r"(?:come|comes|came|coming|comes out|out|well|far|clearly|is|was|were|stays?) ahead of|"
    r"(?:has|have|had) the (?:edge|advantage|upper hand) over|an (?:edge|advantage) over|preferable to|"
    r"lags? behind|loses? (?:out )?to|falls? short of|pales? (?:beside|against))\b|"
    rf"\b(?:more|greater|better|longer|less|stronger|superior|deeper|fuller) (?:pain )?(?:{_GAIN}|"
    rf"pain) (?:\w+ ){{0,5}}?than\b|"
    r"\b(?:more|less|better|worse|stronger|longer|greater|deeper|faster|quicker|superior)\b(?! (?:invasive|wid|often|"
    r"common|rare|"
    r"frequent|costly|expensive|recent|demanding|complex|studied|likely to (?:cause|bring)|suit|than (?:once|one|two|"
    r"\d|half|a))\w*)"
    r"(?:(?!\binvasive)[^.;:]){0,40}? than\b",
    re.IGNORECASE,
)
# Cues that both treatments may stand before.
_EVENLY: Final = frozenset({"equally", "to the same degree", "to the same extent", "alike"})
# One of several named, or of all, called the best; "compared with X, Y is the more effective".
_BEST: Final = re.compile(
    r"\b(?:best|most effective|most efficacious|more effective|more efficacious|less effective|better|superior|"
    r"inferior|winner|"
    r"wins?|won|on top|top performer|in the lead|leads the|strongest|most potent|champion|ahead|the edge|first place|"
    r"(?:larger|bigger|greater|deeper|faster|quicker|stronger|longer|higher|steeper|worse|smaller|shorter|weaker)|"
    rf"(?:greater|greatest|better|more|most|superior|less) (?:pain )?{_GAIN})\b",
    re.IGNORECASE,
)
_AMONG: Final = re.compile(
    r"\b(?:compared (?:with|to)|between|versus|vs|against|relative to|as against|of the two|unlike)\b", re.I
)
# What is compared is no effect of a treatment.
_NOT_EFFECT: Final = re.compile(
    r"\b(?:wait\w*|delay\w*|h[eo]ld back|evidence|support(?:ed)?|data|recommend\w*|studied|documented|"
    r"best (?:arrived|decided|done|dose|duration)|"
    r"affinity|potency|"
    r"potent as|half-life|bind\w*|reoperation|surgery|medical management|CMM|physical therapy|physiotherapy|placebo|"
    r"saline|"
    r"baseline|at best|best (?:\w+ )?(?:candidates?|place)|works? best|no difference|control (?:groups?|arms?)|"
    r"controls?(?! (?:pain|symptoms|it|crps)))\b",
    re.IGNORECASE,
)
_FORMS: Final = frozenset({"tonic_stimulation", "burst_stimulation", "high_frequency_stimulation", "drg_stimulation"})
_BARE_DRG: Final = re.compile(r"\b(?:DRG|dorsal root ganglion)\b(?! neuron)", re.IGNORECASE)
_OPEN: Final = re.compile(
    r"\b(?:whether|which(?! (?:is|was|means|makes|explains|earns|puts)\b)|"
    r"no (?:trial|study|comparison|head)|neither|nor|not|never|nothing|unclear|unknown|open|"
    r"ongoing|under (?:study|way|investigation)|"
    r"remains?|(?:yet|still|need\w*|has|have|ought) to be (?:\w+ )?(?:determin|establish|settl|work|defin|clarif|"
    r"resolv|studied|shown|prov)\w*|yet to|still|controvers\w+|differ\w*|vary|varies|variation|undetermined|"
    r"unsettled|debated?|might|claim\w*|cannot|without|need\w*)\b|n't\b",
    re.IGNORECASE,
)
_SETTLED: Final = re.compile(
    r"\b(?:is|are|has been|have been) (?:now |already |fully |by now |quite )*(?:known|complete|final|standard|"
    r"mapped out|nailed down|"
    r"pinned down|sorted|figured out|clear|a given|common knowledge|no mystery)\b|"
    r"\b(?:(?:well[- ])?established|settled|closed|answered|accepted|laid to rest|put to bed|decided|over and done|"
    r"(?:we|is|are|it is) (?:now|by now) know\w*|agree\w*|past (?:all )?(?:doubt|debate|dispute)|no debate|cleared up|"
    r"ironed out|beyond debate|prove[ns]?|proved|(?:well[- ])?known|clear(?:ly|-cut)?|"
    r"beyond (?:any )?(?:doubt|dispute|question)|certain(?:ly|ty)?|"
    r"no longer (?:open|in doubt|debated|controversial|disputed|a question)|undisputed|agreed|consensus|"
    r"determined|well[- ]defined|standardi[sz]ed|resolved|conclusive\w*|"
    r"definite(?:ly)?|undoubtedly|fixed|worked out|demonstrated|fully understood|well understood|"
    r"without (?:a )?doubt|definitive\w*|unequivocal\w*)\b",
    re.IGNORECASE,
)
# Doubt itself said to be over.
_CLOSING: Final = re.compile(
    r"\b(?:no longer|not (?:any more|any longer)|settled|closed|over|laid to rest|put to bed|answered|past|beyond|"
    r"ended|resolved)\b",
    re.IGNORECASE,
)
_TOPIC_OF_PREVENTION: Final = re.compile(
    r"\b(?:prevent\w+ (?:of )?(?:phn|post)|(?:phn|neuralgia) prevention|prophyla\w+)", re.IGNORECASE
)
# What the review leaves open: a step or concept that is named, words of the question, the statement that says so.
_OPEN_TOPICS: Final = (
    (
        "ketamine",
        (
            r"\b(?:dos(?:e|es|ing|age)|regimens?|schedule|protocol|sessions?|optim\w+|number|how much|how long|"
            r"how many|duration|"
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
_PHN: Final = r"(?:phn|post-?\s?herpetic(?: neuralgia)?|(?:(?<!trigeminal )neuralgia))"
_PREVENT: Final = (
    r"(?:prevent\w*|avert\w*|stops?|stopp\w+|forestall\w*|protect\w*|(?:ward|head|stav|fend)\w* off|rules? out|"
    r"avoid\w*|"
    r"keep\w*|kept|spare\w*|abolish\w*|eliminat\w*|guard\w*|shield\w*|prophyla\w+|preclud\w*|obviat\w*|save\w*|"
    r"makes? (?:\w+ )?(?=phn|post-?\s?herpetic)|rarit(?:y|ies)|infrequent|uncommon|exceptional|nips? in the bud|nip|"
    r"do(?:es)? away with|"
    r"put\w* (?:an end|a stop|paid) to|escape\w*|never (?:go|goes|went) on to|fewer|less (?:common|frequent|likely)|"
    r"rarer|"
    r"(?:lower|reduc|cut|halv|decreas|lessen|diminish|curb)\w* (?:the |her |his |their |your )?(?:later |subsequent )?"
    r"(?:risk|chances?|incidence|occurrence|frequency|rates?|likelihood|odds|number|cases|development|probability))"
)
_PREVENTS: Final = re.compile(
    rf"\b(?:cut|halv|reduc|lower|slash|shrink|curb|lessen|diminish|decreas|avoid|block|tackl|suppress|quell)\w* "
    rf"(?:later |subsequent |the |any |most )?{_PHN}(?! pain| relief)|"
    rf"\b(?:nobody|no ?one|no patients?|none|not one|never)\b[^.;]{{0,60}}?\b(?:gets?|develops?|goes?|ends?|suffers?|"
    rf"has|have|left|"
    rf"see|progress\w*)\b[^.;]{{0,20}}?\b{_PHN}|"
    rf"\b{_PREVENT}\b[^.;]{{0,60}}?\b{_PHN}|"
    rf"\b(?:do|does|did|will|would)(?: not|n't) (?:go on to|progress to|end up with|develop|get)\b[^.;]{{0,20}}?"
    rf"\b{_PHN}|"
    rf"\b{_PHN}\b[^.;]{{0,40}}?\b(?:{_PREVENT}|prevented|averted|avoided|off the table|out of the question|impossible|"
    r"will not (?:develop|follow|occur)|won't (?:develop|follow|occur|happen)|(?:does|do) not (?:develop|follow)|never "
    r"(?:develops|follows|occurs))\b",
    re.IGNORECASE,
)
_HEDGED: Final = re.compile(
    r"\b(?:may|might|could|possibly|perhaps|some (?:\w+ )?(?:stud\w+|authors|reports|data)|suggest\w*|indicat\w*|"
    r"controvers\w+|disput\w+|unsettled|unclear|debat\w+|not|no|whether|uncertain\w*|open|contest\w*|claim\w*|"
    r"if (?!you|one|we|treat\w*|given|started|done|performed|used|blocks? (?:is|are) (?:given|done|used|started)|an? )|"
    r"conflict\w*|unproven|contradict\w*|cannot|disagree\w*|hop\w+|question|argu\w+|mixed|doubt\w*)\b|n't\b",
    re.IGNORECASE,
)
_CERTAIN: Final = re.compile(
    r"\b(?:every time|always|never|guarantee\w*|without (?:fail|exception)|100 ?%|certainly|in all (?:cases|patients)|"
    r"in every|off the table|impossible|out of the question)\b",
    re.IGNORECASE,
)


def steps_of(unit: Unit) -> set[str]:
    """The interventional steps that a sentence names."""
    return {step_of()[name] for name in unit.concepts if step_of().get(name) in STEPS}


def compared(document: Document, unit: Unit, subject: Subject) -> Iterator[Finding]:
    """A comparison of effect between two treatments that the review never compares."""
    treatments = _treatments(unit)
    if not treatments or _OPEN.search(unit.text) or _NOT_EFFECT.search(unit.text):
        return
    for cue in _BETTER.finditer(unit.text):
        left = [name for at, name in treatments if at < cue.end() - 1]
        right = [name for at, name in treatments if at >= cue.end() - 1]
        if not right and len(left) > 1 and cue.group().lower() in _EVENLY:
            right = [left.pop()]
        if left and right and _is_new(left[-1], right[0]):
            yield _compared(document, unit, left[-1], right[0])
            return
    names = list(dict.fromkeys(name for _, name in treatments))
    if _BEST.search(unit.text) and names:
        others = [name for name in names[1:] if _is_new(names[0], name)]
        alone = len(names) == 1 and names[0] in _FORMS and "scs" in subject.steps | {"scs"}
        if alone or (others and (_AMONG.search(unit.text) or _FORMS & {names[0], *others})):
            yield _compared(document, unit, names[0], others[0] if others else names[0])


def _treatments(unit: Unit) -> list[tuple[int, str]]:
    """Treatments named, each with its place; the ganglion stands for its stimulation beside another form."""
    found = [(mention.start, mention.id) for mention in unit.mentions if mention.id in step_of()]
    bare = _BARE_DRG.search(unit.text)
    if (
        bare
        and not any(name == "drg_stimulation" for _, name in found)
        and re.search(r"stimul|waveform", unit.text)
        or bare
        and any(name in _FORMS for _, name in found)
    ):
        found.append((bare.start(), "drg_stimulation"))
    return sorted(found)


def _is_new(one: str, two: str) -> bool:
    """Whether the review has no comparison of the two: two interventional steps, or a form with another."""
    both = {step_of()[one], step_of()[two]}
    return (len(both) == 2 and both <= STEPS) or (both == {"scs"} and one != two and bool({one, two} & _FORMS))


def _compared(document: Document, unit: Unit, one: str, two: str) -> Finding:
    forms = {step_of()[one], step_of()[two]} == {"scs"}
    return finding("EVI-4", document, unit, statement="scs-comparison-open" if forms else None)


def settled(document: Document, unit: Unit, subject: Subject) -> Iterator[Finding]:
    """A question called settled that the review leaves open."""
    word = next((match for match in _SETTLED.finditer(unit.text) if not denied_at(unit, match.start())), None)
    closed = word is not None and (not _OPEN.search(unit.text) or bool(_CLOSING.search(unit.text)))
    if _is_about_prevention(unit, subject) and (closed or not _is_hedged(unit.text)):
        severity: Severity | None = "block" if _CERTAIN.search(unit.text) else None
        yield finding("EVI-5", document, unit, statement="block-benefit-zoster-prevents-phn", severity=severity)
        return
    if not closed:
        return
    for about, words, statement in _OPEN_TOPICS:
        if (about in subject.steps or about in unit.text.lower()) and re.search(words, unit.text, re.IGNORECASE):
            yield finding("EVI-5", document, unit, statement=statement)
            return


def _is_hedged(text: str) -> bool:
    """Whether a sentence on prevention leaves it open; the negation in "will not follow" is the claim itself."""
    claim = _PREVENTS.search(text)
    return bool(_HEDGED.search(text[: claim.start()] + text[claim.end() :] if claim else text))


def _is_about_prevention(unit: Unit, subject: Subject) -> bool:
    """Whether blocks, named or gone on with, are said to keep postherpetic neuralgia away."""
    if "block" not in subject.steps and "acute_zoster" not in subject.conditions:
        return False
    if subject.own_steps - {"block"}:
        return False
    return bool(_PREVENTS.search(unit.text) or (_TOPIC_OF_PREVENTION.search(unit.text)))

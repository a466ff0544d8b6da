"""Which treatments a unit positively recommends or directs: not what it reports, denies, asks or makes conditional."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from assistant.guardrail.lay import lay_mentions
from assistant.guardrail.mood import is_framed, is_request, negations
from assistant.guardrail.offers import is_put_forward
from assistant.guardrail.units import Unit, step_of
from assistant.reading import Mention

_VERB: Final = (
    r"(?:book|list|offer|give|try|start|arrange|refer|schedule|proceed|go|move|use|do|perform|put|consider|repeat|"
    r"begin|add|continue|switch|trial|plan|"
    r"organi[sz]e|set up|get|send|choose|opt|escalate|step up|bring|carry on|turn|press on|run|discuss|implant|place|"
    r"insert|pick|order|have|re-?book|re-?list)"
)
# What directs a treatment named after it, whoever the patient.
_STRONG: Final = re.compile(
    r"^\W*(?:plan|next(?: step)?|recommendation|suggestion|advice|action)\b[\"']?\s*[:,-]\s*|\b(?:i|we)(?:'ve| have) "
    r"(?:put|booked|listed|scheduled|arranged|referred|ordered|planned|requested)\b"
    r"|\b(?:is|are) (?:booked|listed|scheduled|down) for\b|\bwould (?:do well with|benefit from)\b"
    rf"|(?:^|[.;:,]\s+|\b(?:and|then|so|now|please|therefore|just|also|to)\s+)(?:please\s+)?{_VERB}\b"
    r"|\b(?:i|we)(?:'d|'ll| would| will| should| shall| can| could| might| may| suggest| recommend| propose| favou?r| "
    r"advise| think| am going| plan| intend| want)\b(?!'t|not)|\bhigh time\b"
    r"|\blet(?:'s| us)\b|\b(?:my|our) (?:advice|suggestion|recommendation|plan|choice|preference|proposal)\b"
    r"|\bnext\b(?:\s+(?:step|move|thing|option|one|stage|treatment|intervention|up))?"
    r"(?: (?:for|in) (?:this|his|her|the|your) \w+)?(?:[^.;?!]{0,30}?\b(?:is|would be|"
    r"will be|comes|should be)\b|[\"']?\s*[:,-]|\s+to consider)"
    r"|\b(?:proceed|go ahead|go|move on|move|moving on|turn|on) (?:straight |directly |now )?(?:to|with|for)\b"
    r"|\b(?:should|must|ought to|needs?|deserves|is due|due|ready for|(?:candidate|prospect|bet|subject|case) for|"
    r"time for|time "
    r"to|suitable for|eligible for|fit for)\b"
    r"|\bthe (?:[a-z]+ ){0,2}(?:step|thing|choice|option|move|treatment|answer|way forward|course)(?: \w+){0,3}? (?:is|"
    r"would be)\b"
    r"|\b(?:recommended|advised|suggested|indicated) (?:is|treatment is|step is)\b|\b(?:worth|worthwhile) (?:trying|a "
    r"try|offering|repeating|considering)\b"
)
# What recommends a treatment named before it. The weak ones do so only where the text speaks of this patient.
_STRONG_AFTER: Final = re.compile(
    r"^(?:,[^,;.]{0,50},)?\W*(?:trial |infusion |block |lead |course |again |\w+ ){0,4}?(?:(?:is|would be|will be|"
    r"comes|looks|seems) (?:therefore |now |clearly |then )?(?:the )?(?:next|due|called for|my (?:choice|advice|"
    r"suggestion)|what i would|what i'd|"
    r"the (?:[a-z]+ )?(?:step|thing|choice|option|move|way)|worth (?:a|another|trying|offering|repeating))|(?:should|"
    r"must|ought to|needs to|can now|could now) (?:now |next |therefore )?be\b|"
    r"next\b(?! to)|is to be|now seems|on (?:monday|tuesday|wednesday|thursday|friday)|(?:this|next) (?:week|month)|"
    r"again\b)"
)
_WEAK_AFTER: Final = re.compile(
    r"^(?:,[^,;.]{0,50},)?\W*(?:\w+ ){0,4}?(?:(?:is|would be|seems|appears|looks)(?: \w+){0,2}? (?:reasonable|worth|"
    r"appropriate|indicated|justified|sensible|suitable|an option|a (?:\w+ )?(?:option|choice|thing|step))|"
    r"(?:can|may|could|might) (?:now |then |also |well |still )?(?:be|run|go|start|follow|help))\b"
)
_PATIENT: Final = re.compile(
    r"\b(?:his|her|him|he|she|hers|now|here|therefore|this (?:man|woman|lady|patient|gentleman|case|hand|arm|leg|"
    r"foot|limb|girl|boy)|the patient|your patient|such patients|mr|mrs|ms)\b"
)
# Between cue and treatment: what takes the treatment out of the cue's reach.
_BREAK: Final = re.compile(
    r"[.;:!?]|\b(?:because|since|after|once|when|if|until|unless|before|although|though|given|where|whose|who|which|"
    r"instead of|rather than|than|without|"
    r"as|despite|following|having|against|whether|not|no|never|avoid\w*|hold\w*|defer\w*|postpone|delay|wait\w*|"
    r"withhold|steer|rule out|stay|reserve|keep|skip\w*|leave|drop|forget|bypass\w*|from|review|article|failed|failure|"
    r"stop\w*|how|why|what|about|tell|told|evidence)\b"
)
_RULED_OUT: Final = re.compile(
    r"^[^.;!?]{0,50}\b(?:wrong|not|never|isn't|[a-z]*n't|no|off the table|ruled out|contraindicated|exhausted|"
    r"failed|fail|"
    r"unsuitable|inappropriate|can wait|would have to wait|later|behind (?:us|him|her)|"
    r"only if|only when|only after|only once|eventually|hold back|held back|keep back|put off)\b"
)
_POLITE: Final = re.compile(r"\bif you (?:could|would|can|agree|are happy|were able)\b|\bwould you mind\b")
_NO_OBJECTION: Final = re.compile(
    r"\b(?:nothing (?:speaks|stands|argues|counts|is)|no (?:objection|argument|case|reason)) (?:to|against)\b(?! "
    r"the claim)"
)
_ELSEWHERE: Final = re.compile(
    r"\b(?:in|for) (?:most|other|many)(?: patients| people| cases)?\b|\bfor others\b|"
    r"\b(?:normally|ordinarily)\b"
)
_HAS_BEEN: Final = re.compile(
    r"^'s (?:already |now )?(?:had|been|failed|gone|worn|done|run|let)\b|^ had (?:its|their) (?:turn|chance|go|run|"
    r"time|day)\b|"
    r"^\W*(?:[\w-]+ ){0,5}?(?:(?:has|have|had|having)\b(?! (?:moderate|limited|weak|strong|good|some|an?|the|evidence|"
    r"support|to|its)\b)|hasn't|haven't|gave|brought|failed|proved|helped|stopped|wore|achieved|produced|yielded|did)\b"
)
# "..., in her case stellate."
_FOR_THEM: Final = re.compile(r"\b(?:in (?:her|his|this) case|for (?:him|her))\b,? (?:an? |the )?$")
_CLOSED: Final = re.compile(r"^\s*(?:[.,;)]|$)")
_UNREAL: Final = re.compile(
    r"\b(?:tempt\w*|reluctant|had (?:it|he|she|this|the)|would have|could have|asked|wanted|wants|wish\w*|hop(?:ed|"
    r"ing)|refus\w*|declin\w*)\b"
)
_CLAUSE_END: Final = re.compile(
    r"[;.!?]|, (?:but|and|so|because|since|with|which|given)\b| (?:because|since|rather than|instead of|given that)\b"
)
_SILENT: Final = re.compile(
    r"\b(?:your judgement|judgment|does not (?:say|cover)|doesn't (?:say|cover)|isn't something)\b"
)
# What is listed there are risks.
_RISKS: Final = re.compile(
    r"\b(?:review|article|author|paper) (?:\w+ )?(?:lists?|names?|gives?|mentions?) (?:no |the |any )?(?:risks?|"
    r"complications|side effects)\b"
)
# "The ganglion impar block is a sympathetic block for pelvic pain" says what it is.
_DEFINES: Final = re.compile(
    r"^\W*(?:an? |the )?(?:\w+ ){1,3}blocks? (?:is|are) (?:an? |the |"
    r"one of the )?(?:\w+ )?blocks? (?:\w+ ){0,2}?(?:for|of) [\w, -]*pain\b"
)
# "The first step for the arm is now due: a trial of blocks."
_ANNOUNCED: Final = re.compile(r"^[^.;:!?]{0,30}:\s(?=(?:an? |the |his |her )?(?:\w+ ){0,3}$)")
# Farther than that a cue does not reach.
_REACH: Final = 70
# Longer clauses are read near the treatment only.
_CLAUSE: Final = 300


@dataclass(frozen=True, slots=True)
class Advice:
    """A treatment that a unit recommends: its concept, its step (short name) and where it is named."""

    concept: str
    step: str
    mention: Mention


def recommended(unit: Unit) -> Iterator[Advice]:
    """The steps of the pathway that the unit recommends or directs."""
    text = unit.text.lower()
    if (unit.is_question and not is_request(text)) or is_framed(text) or _SILENT.search(text) or _RISKS.search(text):
        return
    if _DEFINES.match(text) and not _PATIENT.search(text):
        return
    text = _POLITE.sub(lambda match: "please".ljust(len(match.group())), text)
    text = _NO_OBJECTION.sub(lambda match: "consider".ljust(len(match.group())), text)
    found = set[str]()
    speaks_of_patient = bool(_PATIENT.search(text))
    for mention in (*unit.mentions, *_lay(unit, text)):
        step = step_of().get(mention.id)
        if not step or mention.id in found:
            continue
        if _is_past(text, mention):
            continue
        if (
            _directed(text, mention)
            or _named_good(text, mention, speaks_of_patient)
            or is_put_forward(text, mention.start, mention.end)
        ):
            found.add(mention.id)
            yield Advice(mention.id, step, mention)


_PLAN: Final = re.compile(
    r"^\W*(?:\d{1,2}[.)] )?(?:the |my |our |suggested |proposed |recommended )?(?:plan|next steps?|recommendations?|"
    r"management(?: plan)?|"
    r"way forward|actions?|what (?:next|i would do|to do(?: next| now)?)|suggestions?|advice|treatment plan|"
    r"options? now)"
    r"(?: (?:for|in) (?:him|her|this patient|the clinic|today))?\W*$",
    re.IGNORECASE,
)
# An item that is a treatment's name and no more.
_NAME_ALONE: Final = re.compile(
    r"^\W*(?:\d{1,2}[.)] )?(?:an? |the )?(?:trial of |percutaneous |repeat )?<(?P<step>[a-z]+)>"
    r"(?: (?:trial|series|infusion|course|implant|screening trial))?\W*(?:$|[.:(–-] ?)"
)


def is_plan(text: str) -> bool:
    """Whether a heading announces what is to be done."""
    return bool(_PLAN.match(text))


def listed(unit: Unit) -> Iterator[Advice]:
    """The step whose name alone begins an item of a plan."""
    match = _NAME_ALONE.match(unit.masked)
    if not match or _RULED_OUT.search(unit.text[:60].lower()) or negations(unit.masked) % 2:
        return
    found = (mention for mention in unit.mentions if step_of().get(mention.id) == match["step"])
    yield from (Advice(mention.id, match["step"], mention) for mention in list(found)[:1])


def named(unit: Unit) -> frozenset[str]:
    """Short names of the steps that the unit names."""
    found = {step_of().get(mention.id) for mention in (*unit.mentions, *_lay(unit, unit.text.lower()))}
    return frozenset(step for step in found if step)


def _lay(unit: Unit, text: str) -> Iterator[Mention]:
    """Treatments named in plain words, where the vocabulary has not named one."""
    for step, start, end in lay_mentions(text):
        if not any(start < item.end and item.start < end and item.id in step_of() for item in unit.mentions):
            named = text[start:end]
            block = (
                "stellate_block"
                if "stellate" in named
                else "lumbar_block"
                if "lumbar" in named
                else "sympathetic_block"
            )
            yield Mention({"block": block, "drugs": "pharmacotherapy"}.get(step, step), start, end)


def _is_past(text: str, mention: Mention) -> bool:
    """Whether the treatment is the subject of what has happened, or is said of others."""
    after = _clause_after(text, mention.end)
    return bool(
        _HAS_BEEN.search(after) or _ELSEWHERE.search(text[max(0, mention.start - 40) : mention.start] + " | " + after)
    )


def _directed(text: str, mention: Mention) -> bool:
    """Whether a cue before the treatment reaches it."""
    if _RULED_OUT.search(_clause_after(text, mention.end)):
        return False
    start = max(0, mention.start - _REACH)
    if _FOR_THEM.search(text[start : mention.start]) and _CLOSED.search(text[mention.end : mention.end + 3]):
        return True
    for cue in _STRONG.finditer(text, max(0, start - _REACH), mention.start):
        gap = _ANNOUNCED.sub(" ", text[cue.end() : mention.start])
        if cue.end() >= start and not _BREAK.search(gap) and not _denied_or_past(text, cue.start(), cue.end()):
            return True
    return False


def _denied_or_past(text: str, start: int, end: int) -> bool:
    cut = max(text.rfind(mark, 0, start + 1) for mark in ";:.,!") + 1
    clause = text[max(cut, start - _CLAUSE) : end]
    return bool(negations(clause) % 2 or _UNREAL.search(clause))


def _named_good(text: str, mention: Mention, speaks_of_patient: bool) -> bool:
    """Whether what is said after the treatment recommends it."""
    cut = max(text.rfind(mark, 0, mention.start) for mark in ";:.,") + 1
    before = text[max(cut, mention.start - _CLAUSE) : mention.start]
    after = _clause_after(text, mention.end)
    if negations(before) % 2 or _BREAK.search(before) or _RULED_OUT.search(after):
        return False
    return bool(_STRONG_AFTER.search(after)) or (speaks_of_patient and bool(_WEAK_AFTER.search(after)))


def _clause_after(text: str, end: int) -> str:
    """What follows to the end of the clause."""
    return _CLAUSE_END.split(text[end : end + 120], maxsplit=1)[0]

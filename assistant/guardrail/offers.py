"""Whether a clause puts a treatment forward for the patient: by its verb, its judgement, its heading or a list.

What counts is that some word of offering and some word of here and now stand in the treatment's clause, in any order,
and nothing that takes it back: a negation, a past, a condition, a place at the back.
"""

from __future__ import annotations

import re
from typing import Final

from assistant.guardrail.mood import negations

# What a fronted clause tells is done with.
_FRONTED: Final = re.compile(
    r"^\W*(?:as|since|because|now that|given|with|although|though|while|whereas|seeing)\b.*,|"
    r"^\W*(?:after|with|once|when) (?:\w+ ){0,2}?(?:drugs?|medication|tablets|medicines|pharmacotherapy|treatment)"
    r"(?: (?:has |have )?fail\w*)?\b,?"
)
_LISTING: Final = re.compile(
    r"\b(?:has|have|had)\b(?: \w+){0,3} (?:through|tried|used|given|received|undergone|"
    r"completed|exhausted|had)\b[^;:.]{0,90}$"
)
_CUT: Final = re.compile(
    r"(?:→|➔|➜|⇒|=>|->)|[;.!?](?=\s|$)|(?:—| - )|,? (?:but|because|although|though|whereas|rather than|instead of|so "
    r"that|yet|while|now that)\b"
    r"|, (?:and|so|since|with|which|given|as|where|for which|who|whose|having|in whom)\b|: "
)
# Verbs by which somebody goes about a treatment, in any form but the past.
_ACTION: Final = re.compile(
    r"\b(?:book|list|offer|giv|try|start|arrang|refer|schedul|proceed|mov|us|do|perform|put|consider|repeat|begin|"
    r"beginn|add|continu|"
    r"switch|plan|organi[sz]|set|get|send|choos|opt|escalat|step|bring|carr|turn|press|run|discuss|implant|plac|"
    r"insert|pick|order|"
    r"request|suggest|recommend|propos|advis|favou?r|prescrib|fit|rais|weigh|explor|talk|pursu|undertak|trigger|mov|"
    r"head|attempt|tri|treat|"
    r"target|aim|select|hav|pencil|line|accept|approv|authori[sz]|justif|qualif|warrant|indicat|suit|go|retr|resum|"
    r"restart|renew|revisit|"
    r"recommend|invit|admit|bridg|commenc|initiat|employ|appl|draw|lean|look|tak|sen|listed|forward)(?:e|es|s|ing|"
    r"ying|y|ies|ied|ed|en|t)?\b"
)
_JUDGED: Final = re.compile(
    r"\b(?:reasonable|fair|sensible|logical|natural|right|appropriate|indicated|justified|suitable|sound|"
    r"worth(?:while)?|due|best|better|obvious|"
    r"usual|open|warranted|advisable|called for|in order|timely|good|ideal|attractive|promising|candidate|eligible|"
    r"qualifies|ready|step|move|"
    r"well served by|do(?:es)? well (?:on|with)|profit from|stands? to gain|merits?|earned|made for|r[ei]pe for|"
    r"choice|option|options|suggestion|way (?:ahead|forward)|bet|answer|port of call|course|next|preferred|strongest|"
    r"first intervention|stage|"
    r"indication|makes sense|case for|role for|place for|room for|time for|time to|time has come|brings? us to|"
    r"points? to|leads? (?:us )?to|"
    r"supports?|turns? to|calls? for|follows|natural|pick|treatment of choice|goes|deserves?|proposal|proposed|place "
    r"in|obstacle|objection|under way|underway|where to go|on offer|offers|continuation|sequel|remains|left|benefit "
    r"from|fits?|what (?:i|we)(?:'d| would))\b"
)
# "The block for her is ..."
_IDENTIFIES: Final = re.compile(r"\bthe (?:[\w']+ ){1,6}(?:is|would be|should be) (?:the |an? |to )?$")
# Here and now, or somebody who acts.
_HERE: Final = re.compile(
    r"\b(?:now|here|next|today|tomorrow|at this (?:point|stage|time|juncture)|at present|currently|this (?:month|"
    r"week|hand|arm|leg|foot|limb|pain|"
    r"patient|man|woman|lady|gentleman|girl|boy|case|stage|point|person|time)|(?:for|in|to|with|from) (?:her|him|"
    r"them)|her|his|she|he|they|your patient|the "
    r"patient|mr|mrs|ms|on (?:mon|tues|wednes|thurs|fri)day|in (?:january|february|march|april|may|june|july|august|"
    r"september|october|november|"
    r"december)|i|we|i'd|we'd|i'll|we'll|let's|please|you|your|should|must|again|another|further|more|repeat|once "
    r"more|day case|at the next|next)\b"
)
# What holds of patients at large.
_GENERAL: Final = re.compile(
    r"\b(?:often|usually|commonly|generally|typically|frequently|widely|mainly|patients|people|those|in (?:crps|phn|"
    r"general|practice|clinical)|review|article|"
    r"author|paper|trials|stud(?:y|ies)|case series|\w+'s (?:series|trial)|reported|evidence|conditions?|cases|"
    r"survey\w*|guidelines?|listed|indications?|recommendation|such as|"
    r"in which|conditions|randomi\w+|some|many|most)\b"
)
# What tells of risks, mechanisms or studies, and speaks for nothing.
_TOLD: Final = re.compile(
    r"\b(?:side effects?|adverse|risks?|include|complications?|randomi\w+|participants|receptors?|horner\w*|"
    r"hallucinat\w+|toxicity|mechanism|"
    r"enzymes|dos(?:e|es|ing)|names?|called|fluoroscop\w+|serves?|abdomen|for the (?:arm|hand|leg|foot|pelvis|"
    r"abdomen|face))\b"
)
_IMPERATIVE: Final = re.compile(
    r"^\W*(?:then |and |so |please |now |just |therefore )*(?:book|list|offer|give|try|start|arrange|refer|schedule|"
    r"proceed|move|use|perform|put|consider|"
    r"repeat|begin|add|continue|switch|trial|plan|organi[sz]e|set up|get|send|choose|opt|go|turn|run|discuss|implant|"
    r"place|insert|pick|order|request|"
    r"prescribe|fit|explore|pursue|accept|approve|invite|resume|restart|treat|target|aim|commence|initiate)\b"
)
_HEADING: Final = re.compile(
    r"\b(?:plan|next(?: \w+)?|recommend\w*|options?(?: \w+){0,3}|way (?:ahead|forward)|suggest\w*|advice|outcome|"
    r"action|opinion|vetting|proposal|"
    r"to do|decision|step|conclusion|management|treatment|offer|answer|request|order|refer\w*)\W{0,4}$"
)
_LISTED: Final = re.compile(r"^\W*(?:\d{1,2}[.)]|[→➔>-]+|step \d\W)\W*(?:\w+ ){0,3}$")
_NUMBERED: Final = re.compile(r"\W{0,4}\d{1,2}[.)]")
_BACKGROUND: Final = re.compile(
    r"^\W*(?:risks?|evidence|side effects?|complications|trials?|results?|background|"
    r"history|anatomy|mechanism)\b"
)
# Before the treatment: it is not what is put forward, but what is denied, past, compared, or waited for.
_TAKES_BACK: Final = re.compile(
    r"\b(?:before|after|once|when|if|until|unless|without|than|instead of|rather than|following|despite|failed|"
    r"failing|failure of|had|tried|since|(?:has|have|been|gone|worked) (?:\w+ )?(?:through|used|given|received|"
    r"undergone|completed|exhausted)|"
    r"against|avoid\w*|skip\w*|stop\w*|previous|earlier|prior|last|unlike|not|never|no(?! (?:obstacle|objection|"
    r"problem|harm|bar|doubt|reason not))|nor|neither|cannot|[a-z]+n't|having|risks? of|"
    r"past|beyond|done with|finished with|through with|at the end of|run out of|"
    r"effects? of|review of|mechanism of|as (?:have|has|had|did|do|does|were|was)|leave|left|hold\w*|defer\w*|"
    r"reserve\w*|keep\w*|"
    r"postpone\w*|rule out|ruled out|in most|most patients|for others|would have)\b(?:(?! (?:is|are|comes|would be) )"
    r"[^,;:]){0,60}$"
)
_ABOUT: Final = re.compile(r"\bevidence (?:for|behind|on|base for)\b[^,;:]{0,40}$")
# "..., as have lumbar blocks."
_INVERTED: Final = re.compile(r"\W*(?:has|have|had|did|was|were) (?:the |her |his )?$")
# After the treatment: its past, its failure, its denial, its place at the back or elsewhere, its risks.
_THEN_TAKEN_BACK: Final = re.compile(
    r"^[^;:.]{0,90}\b(?:has|have|had)\b(?! (?:moderate|limited|weak|strong|good|some|an?|the|evidence|support|to|its)"
    r"\b)|^\W*(?:[\w-]+ ){0,4}?(?:hasn't|haven't|did|didn't|gave|brought|was|were|wasn't|weren't|failed|fails|proved|"
    r"helped|came|stopped|"
    r"wore|let|achieved|produced|yielded|serves?|cause[sd]?)\b"
    r"|^(?:,[^,;.]{0,50},)?[^,;.]{0,70}\b(?:not|never|no|little (?:sense|point|use|reason)|hardly|pointless|futile|"
    r"isn't|can't|cannot|won't|wouldn't|shouldn't|aren't|wrong|"
    r"off the table|ruled out|contraindicated|exhausted|"
    r"unsuitable|inappropriate|wait|later|behind|last|only (?:if|when|after|once)|once|unless|until|eventually|"
    r"already|premature|too (?:early|far|soon)|"
    r"hold back|held back|in reserve|comes? before|come first|did not|come(?:s)? after|if (?:they|it|that|this|those|"
    r"drugs|both|neither|pain))\b"
)
_EFFECT: Final = re.compile(
    r"^\W*(?:\w+ ){0,3}?(?:(?:may|can|could|might|will) (?:also |sometimes |rarely )?(?:cause|produce|provoke|induce|"
    r"bring on|be followed|be associated|lead to|"
    r"result in|reduce|relieve|help reduce|inhibit|block|act|work|carry)|causes|produces|provokes|induces|reduces|"
    r"relieves|inhibits|blocks|acts|works|carries)\b"
)
_PAST_FRAME: Final = re.compile(
    r"\b(?:had (?:it|he|she|this|the pain) been|would have been|could have been|if (?:it|"
    r"this|the pain) (?:were|was))\b"
)


def speaks_of_patient(text: str) -> bool:
    """Whether the lower-case text speaks of somebody here and now."""
    return bool(_HERE.search(text))


def is_put_forward(text: str, start: int, end: int) -> bool:
    """Whether the lower-case text puts the treatment named at text[start:end] forward for the patient."""
    left, right = _clause(text, start, end)
    before, after = _FRONTED.sub("", text[left:start]), text[end:right]
    clause = before + text[start:right]
    if (
        _TAKES_BACK.search(before)
        or _THEN_TAKEN_BACK.search(after)
        or _EFFECT.search(after)
        or _PAST_FRAME.search(text[max(0, left - 120) : right])
    ):
        return False
    if (
        _INVERTED.match(before)
        or _ABOUT.search(before)
        or _LISTING.search(before)
        or negations(before) % 2
        or _BACKGROUND.search(clause)
    ):
        return False
    if _is_headed(text, left, before) or _IMPERATIVE.search(before):
        return True
    is_offer = bool(
        _IDENTIFIES.search(before)
        or _ACTION.search(before)
        or _ACTION.search(after)
        or _JUDGED.search(before + " , " + after)
    )
    return is_offer and (bool(_HERE.search(clause)) or not _GENERAL.search(clause))


def is_in_good_light(text: str, start: int, end: int) -> bool:
    """Whether the treatment is spoken of, for whomever, not as a risk or a study, and nothing takes it back."""
    left, right = _clause(text, start, end)
    before, after = _FRONTED.sub("", text[left:start]), text[end:right]
    if _TAKES_BACK.search(before) or _THEN_TAKEN_BACK.search(after) or _LISTING.search(before) or negations(before) % 2:
        return False
    return not _TOLD.search(before + " , " + after)


def _clause(text: str, start: int, end: int) -> tuple[int, int]:
    """The clause of text[start:end], no more than some words to either side."""
    mark = _NUMBERED.match(text)
    low = max(0, start - 160)
    left = max((match.end() for match in _CUT.finditer(text, max(low, mark.end() if mark else 0), start)), default=low)
    cut = _CUT.search(text, end, end + 160)
    return left, cut.start() if cut else min(len(text), end + 160)


def _is_headed(text: str, left: int, before: str) -> bool:
    """Whether a heading that plans, or a place at the head of a list item, puts it forward."""
    if left and text[max(0, left - 60) : left].rstrip().endswith(":") and len(before.split()) < 7:
        return bool(_HEADING.search(text[max(0, left - 60) : left]))
    return bool(_LISTED.match(before)) and not left

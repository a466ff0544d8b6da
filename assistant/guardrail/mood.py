"""Whether a relation holds as the text has it: negations over it, frames that deny it, and whose word it is."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from assistant.guardrail.rejections import IDIOMS

# Words of failing name no negation of what fails.
_NEGATION: Final = re.compile(
    r"\b(?:not|never|nowhere(?! (?:does|in|is))|no|neither|don't|doesn't|didn't|isn't|aren't|shouldn't|wouldn't|"
    r"mustn't|can't|cannot|won't|"
    r"needn't|"
    r"hardly|"
    r"nobody|nothing|none|"
    r"too (?:\w+ly )?\w+ (?:now )?to (?:have to |need to )?(?:be (?:kept|held|made)|queue|wait|stand|hang)|"
    r"avoid\w*|against|refrain|resist|discourag\w*|premature|too (?:early|soon)|unwise|inappropriate|wrong to|"
    r"tempt\w*|(?:uneasy|wary|uncomfortable|unhappy|hesita\w+|reluctan\w+|loath) (?:about|with|to|of|over)|"
    r"hard to (?:justify|defend)|ill[- ]advised|unjustified|indefensible)\b"
)
_NOR: Final = re.compile(r"\bnor\b")
# Negations that deny nothing of what follows, and negations of an objection, which allow.
_IDLE: Final = re.compile(
    r"\b(?:not only|not just|not merely|no longer|no doubt|no (?:problem|harm|objection|bar|issue|obstacle|barrier|"
    r"reason (?:not|against))|nothing (?:wrong|"
    r"against|to (?:stop|prevent|hinder)|stops?|prevents?|speaks against|forbids)|whether or not|(?:he|she|"
    r"they) (?:has |have |had )?never (?:yet )?(?:had|tried|received|been (?:offered|"
    r"given)))\b|(?:^|[:;.] )\W*no,"
)
# Words that keep a step waiting; with "until" and "unless" they deny that it comes now.
_HOLDING: Final = re.compile(
    r"\b(?:hold(?:s|ing)?|held|withh\w+|defer\w*|postpon\w*|delay\w*|keep(?:s|ing)?|kept|reserv\w*|wait(?:s|ing)?|"
    r"leav(?:e|es|ing)|left|later|back seat|queue\w*|park\w*|shelv\w*|on hold|on ice|put (?:off|back)|push\w*|"
    r"bar(?:red)?|back|premature|"
    r"stay\w*|pause\w*|rest)\b"
)
_DENYING_FRAME: Final = re.compile(
    r"\b(?:claim|idea|notion|belief|suggestion|statement|view|assertion|myth|misconception|advice|thought|draft|"
    r"colleague|anyone|whoever|argument|rule)\b.{0,90}"
    r"\b(?:not (?:supported|right|correct|true|what|hold)|wrong|incorrect|false|unsupported|mistaken|untrue|"
    r"contradict\w*|goes against|no (?:basis|support)|misread\w*|misquot\w*|"
    r"misunderst\w+|doesn't hold|does not hold|back to front|backwards|upside down|the wrong way (?:round|around))\b"
)
# The same with no claim named before it.
_PLAIN_FRAME: Final = re.compile(
    r"\b(?:it is|it's|that is|that's|would be) (?:wrong|incorrect|false|untrue|a (?:\w+ )?(?:mistake|myth|"
    r"misconception|error|misreading|misunderstanding|fallacy)|"
    r"not (?:true|right|correct|the case))\b"
    r"|\b(?:wrong|mistaken|unfair|an error|a mistake) to (?:infer|conclude|assume|deduce|read|think|say)\b"
    r"|\b(?:misconception|myth|misreading|misunderstanding|fallacy|error|mistake)s? (?:is|was|has it|holds|says|to "
    r"(?:think|say|believe))\b"
    r"|\bcontrary to\b|\bnowhere (?:does|in|is)\b|\b(?:does not|doesn't|did not|didn't|nor does it) (?:say|support|"
    r"advise|recommend|suggest|state|back|endorse|put|rank|place)\w*\b(?! (?:how|when|whether|where|what|which|why|"
    r"exactly))|\bnever (?:says?|supports?|advises?|recommends?|suggests?|states?|endorses?)\b"
    r"|^\W*(?:(?:common|popular|old|another) )?(?:myth|misconception|fiction|wrong|false|incorrect|error|mistake|"
    r"untrue|trap|"
    r"pitfall|not so|claim)\b[^a-z<]{0,3}[:.-]|: *(?:no|wrong|never|false|incorrect|untrue|myth|contradicted|"
    r"unsupported|not supported|✗|❌)(?= ?(?:[.;!]|$|,(?! (?:do|"
    r"please|never|keep)\b)))|: not\b"
    r"|\b(?:the (?:reverse|opposite) of|not|nor|against|at odds with) what (?:the|this) (?:review|article|author|"
    r"paper)\b"
    r"|\bnot (?:in the (?:review|article|paper)|the (?:order|sequence|advice)|(?:supported|backed|endorsed|advised|"
    r"recommended|"
    r"described|suggested|advocated|borne out)(?: \w+){0,2} (?:by|in) the (?:review|article|author|paper))\b"
    r"|\bthe (?:review|article|author|paper) (?:disagrees?|begs to differ|says otherwise|does not agree|has it "
    r"otherwise)\b"
    r"|\"(?:verdict|status|assessment|judge?ment|ruling|supported|correct|true|valid|holds|is_\w+|in_review|"
    r"review)\" ?: ?"
    r"\"?(?:contradict\w*|false|wrong|no\b|incorrect|unsupported|untrue|refuted|rejected|myth|not supported)"
    r"|\b(?:misread\w*|mistak(?:e|en|ing))\b[^.;]{0,60}\b(?:as|for)\b"
    r"|[\"'] (?:does|is|would|will|do|are|was)(?: not|n't)\b(?! (?:only|just|merely))"
    r"|\b(?:would be|is|are|puts? (?:it|things|this)|would put (?:it|things)) (?:back to front|upside down|the wrong "
    r"way "
    r"(?:round|around)|to put the cart before the horse)(?=\W*$)"
    rf"|{IDIOMS}"
    r"|\bnothing in the (?:review|article|paper)\b|\bno (?:support|basis|backing|evidence) (?:in the \w+ )?for\b"
)
# Somebody asked for it or drafted it; the text itself asserts nothing by saying so.
_ASKED: Final = re.compile(
    r"\b(?:asked|asking|ask(?! (?:you|them|for your|whoever))|"
    r"(?<!review )(?<!article )(?<!paper )(?<!author )asks|wonder(?:ed|ing|s)?|wants? to know|wanted to know|"
    r"enquir\w+|inquir\w+|request\w*|"
    r"(?:his|her|their|(?:the|this|your) (?:patient|family|man|woman|lady|gentleman|colleague|surgeon|registrar|gp)'s) "
    r"(?:\w+ )?(?:wish|hope|desire|plea|idea|eagerness|hurry|impatience|keenness|insistence|temptation)\b"
    r"(?![^.;]*\b(?:reasonable|right|sensible|sound|granted|honou?red|supported|justified|correct|good|met|"
    r"in order|makes "
    r"sense|can go|fine)\b)|"
    r"whether (?!or not)|(?:he|she|they|patient|man|woman|lady|family) (?:wants?|wishes|would like|went|has gone|had "
    r"gone|is keen)|(?:says|suggests?|said|wrote) (?:the|your) (?:draft|letter|referral))\b"
)
_REQUEST: Final = re.compile(
    r"\b(?:could|would|can|will|might) (?:you|your team|somebody|someone) (?!say|tell|explain)|\bhow about \w+ing\b|"
    r"\bmay i (?:ask|"
    r"suggest|propose|request)|\b(?:shall|why don't) we\b"
)
_DIRECTING: Final = re.compile(
    r"\b(?:should|must|ought|therefore|recommend\w*|offer|book|go ahead|proceed|advise|"
    r"(?:i|we)(?: would|'d|'ll) (?!ask|explain|tell|say))\b"
)
# What happened in a study is no advice.
_REPORT: Final = re.compile(
    r"\b(?:randomi[sz]ed|crossed over|crossover|allocated|assigned|enrolled|participants|in (?:the|that|a|this|one|his|"
    r"her|their|\w+'s) (?:[a-z]+ (?:et al )?){0,2}?(?:trial|study|series|cohort|rct)|\w+'s (?:patients|group|cohort|"
    r"team|participants)|followed for)\b"
    # "Twenty-nine people ... were then given ...": counted people in the past.
    r"|\b(?:\d+|[a-z]+ty(?:-\w+)?|ten|twelve|several) (?:\w+ ){0,2}?(?:people|patients|men|women|"
    r"subjects)\b[^.;]{0,120}"
    r"\b(?:were|was|had|received|underwent|got)\b"
)
_OTHERS: Final = re.compile(
    r"\b(?:some|other|many|several|certain|most|a few|our|my|the|your|one|her|his|their|"
    r"another)\s(?:\w+\s){0,2}?(?:experts?|authors?|"
    r"colleagues?|clinicians?|cent(?:re|er)s?|surgeons?|rep|"
    r"company|manufacturer|specialists?|consultants?|doctors?|physicians?|guidelines?|people|teams?|registrar|others|"
    r"textbooks?|leaflets?|websites?|brochures?|blogs?|forums?|apps?|tools?|chatbots?|slides?|posters?|newspapers?|"
    r"handouts?|"
    r"salesm[ae]n|vendors?|neighbours?|relatives?)\b[^.;:]{0,30}"
    r"\b(?:argu\w+|says?|said|claim\w*|believ\w+|hold|holds|maintain\w*|think|thinks|suggest\w*|feel|feels|insist\w*|"
    r"advocat\w+|recommend\w*|prefer\w*|propos\w+|contend\w*|swear\w*|go(?:es)? (?:straight )?(?:for|to)|opt\w* for|"
    r"choos\w+|jump\w*|rush\w*)\b"
    r"|\b(?:it is|it's|is) (?:often|sometimes|commonly|frequently|widely|occasionally) (?:said|claimed|believed|"
    r"thought|assumed|held|argued|"
    r"suggested|heard|taught)\b|\byou (?:may|will|might|sometimes) (?:\w+ )?(?:hear|read)\b|\bone (?:\w+ )?(?:hears|"
    r"reads)\b"
    r"|\baccording to (?:some|other|many|our|my|the (?:rep|manufacturer|company))\b"
)


# "Some think so, but others dispute it": the text takes no side.
_DISPUTED: Final = re.compile(
    r"\b(?:some|certain|several|one (?:group|team|author|study|camp)|a few|many)\b.{3,160}?(?:[,;:.]|\b(?:but|while|"
    r"whereas|though|although|and)\b).{0,40}?\b(?:others?|another|not (?:all|everyone|every)|critics|rivals|the rest|"
    r"nobody else)\b[^.;]{0,40}\b(?:disput|disagree|contest|doubt|question|den(?:y|ies|ied)|reject|refut|contradict|"
    r"oppos|challeng|(?:do|does|did|could|have|has) not|(?:do|does|did|could|have|has)n't|agree|no such|otherwise|"
    r"found no|find no|saw no|see no|remain)\w*",
    re.IGNORECASE | re.DOTALL,
)


@lru_cache(maxsize=2048)
def is_disputed(text: str) -> bool:
    """Whether the sentence sets one opinion against another and takes no side."""
    return bool(_DISPUTED.search(text))


@lru_cache(maxsize=2048)
def is_framed(masked: str) -> bool:
    """Whether the sentence names what it says as wrong."""
    return bool(_DENYING_FRAME.search(masked) or _PLAIN_FRAME.search(masked))


@lru_cache(maxsize=2048)
def without_frame(masked: str) -> str:
    """The sentence with the words blanked that deny it as a whole, so that they are not counted twice."""
    return _PLAIN_FRAME.sub(lambda match: " " * len(match.group()), masked)


@lru_cache(maxsize=2048)
def is_asked(masked: str) -> bool:
    """Whether the sentence only tells of a question or a request."""
    return bool(_ASKED.search(masked)) and not _DIRECTING.search(masked)


def is_directing(masked: str) -> bool:
    """Whether a sentence, or a clause of one, says what should be done."""
    return bool(_DIRECTING.search(masked))


def is_request(masked: str) -> bool:
    """Whether a question only asks politely that something be done."""
    return bool(_REQUEST.search(masked))


# "Why put her through a drip when ...": a reproach, no question.
_RHETORICAL: Final = re.compile(
    r"^\W*(?:so |then |but )?why (?:on earth )?(?:put|bother|wait|waste|make|drag|subject|send|insist|delay|linger|"
    r"mess|"
    r"trouble|spend|force|torment|hold|keep|ask|fiddle|tinker|toil|stop|start with|go through|detour|queue|endure|"
    r"should (?:anyone|anybody|somebody|someone|a patient|we|she|he|they|patients) (?:\w+ )?(?:have to |be made to |"
    r"need to )?(?:wait|bother|suffer|queue|endure|go through|sit through|put|try|work|climb))\b"
)
_REPLY: Final = re.compile(
    r"^\W*(?:because|since|as|for|so that|the (?:answer|reason|review|author)|no\b|it|they|"
    r"that)"
)


def is_rhetorical(masked: str, following: str) -> bool:
    """Whether a question is a reproach to which the text itself gives no answer."""
    return bool(_RHETORICAL.search(masked)) and not _REPLY.match(following)


@lru_cache(maxsize=2048)
def is_reported(masked: str) -> bool:
    """Whether the sentence only tells of a question, a request or a study, and directs nothing."""
    return bool(_ASKED.search(masked) or _REPORT.search(masked)) and not _DIRECTING.search(masked)


@lru_cache(maxsize=2048)
def is_of_others(masked: str) -> bool:
    """Whether the sentence gives it as somebody else's opinion."""
    return bool(_OTHERS.search(masked))


@lru_cache(maxsize=2048)
def negations(text: str) -> int:
    """How many negations stand in `text`; "nor" goes on with one begun before it."""
    rest = _IDLE.sub(" ", text)
    count = len(_NEGATION.findall(rest))
    return count or int(bool(_NOR.search(rest)))


# To hold back denied: it need not wait.
_NOT_HELD: Final = re.compile(
    r"(?:\bnot|n't|\bnever|\bno need to|\bno reason to|\bwithout) (?:have to |need to |to )?(?:be )?(?:(?:hold|held|"
    r"withh|defer|postpon|"
    r"delay|keep|kept|reserv|wait|leav|left|park|shelv|queu)\w*|take a back seat|give way|stand (?:back|aside))"
)


@lru_cache(maxsize=2048)
def is_kept_waiting(text: str) -> bool:
    """Whether `text` puts something off: "do not offer it ...", "hold it back ...", not "no reason not to ..."."""
    text = _NOT_HELD.sub(" ", text)
    count = negations(text)
    return count % 2 == 1 or (not count and bool(_HOLDING.search(text)))


def clause_start(masked: str, at: int) -> int:
    """Where the clause that holds `at` begins."""
    cuts = ((masked.rfind(mark, 0, at), len(mark)) for mark in (";", ":", ". ", ", but ", ", so ", ", and "))
    return max((found + length for found, length in cuts if found >= 0), default=0)


# What begins a sentence that takes back the one before.
_TAKES_BACK: Final = re.compile(
    r"^\W*(?:i (?:do not|don't|cannot|can't) (?:agree|support|share)|i disagree|no\b(?=\s*[,:;.!-])|not (?:so|true|"
    r"quite|what|in|according|at all|the)\b|wrong|false|incorrect|untrue|"
    r"nonsense|"
    r"(?:it|that|this|which) (?:should|ought to) (?:say|read|have said) (?:the|just|quite|it|other)|"
    r"(?:that|this|it)(?:'s| is| would be| was)(?:n't)? (?:not |simply |quite )?(?!\w+ (?:to|that|for)\b)(?:wrong|"
    r"false|incorrect|untrue|true|"
    r"so|right|a (?:myth|"
    r"misconception|misreading|mistake|error)|the (?:wrong|other)|not|backwards|back to front|upside down)|(?:quite |"
    r"just |rather )?the "
    r"(?:reverse|opposite|contrary|other way)|on the contrary|in fact|actually|in reality|reality|fact|rather|other "
    r"way)\b|"
    r"\bthe (?:review|article|author|paper)\b.{0,40}\b(?:other way|opposite|reverse|otherwise|does not|doesn't|"
    r"disagrees?|contradicts?)\b"
)
_OF_REVIEW: Final = re.compile(r"\b(?:review|article|author|paper|chin|however|but|yet|instead)\b")
_QUOTED: Final = re.compile(r"^\W{0,3}(?:\d{1,2}[.)]\s*)?[\"'].*[\"']\W*$")


def is_taken_back(masked: str, following: str) -> bool:
    """Whether the sentence is a claim that the one after it denies: quoted, or given as what people say."""
    if is_of_others(masked) and (_OF_REVIEW.search(following) or _OF_REVIEW.search(masked.partition(";")[2])):
        return True
    return bool(_TAKES_BACK.search(following)) and (bool(_QUOTED.match(masked)) or is_of_others(masked))

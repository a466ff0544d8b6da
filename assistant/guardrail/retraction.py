"""Claims that a text only reports, to reject them: taken back by what follows, or listed under a head that does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from assistant.guardrail.rejections import ASKS_FOR_WRONG, FALSE, NONE_OF_THEM, REJECTING_HEAD

# What others say, and the words that then take it back.
_HEARSAY: Final = re.compile(
    r"\b(?:told|heard|read|hear|claims?|claimed|said|says|draft|leaflet|letter|referral|website|forum|rep|colleague|"
    r"registrar|textbooks?|often|sometimes|commonly|widely|popularly|people|some(?:one|body)?|you|one|many|pictured|"
    r"thought|assumed|believed|assume|think|believe|suppose[ds]?|myth|misconception|rumou?r|slide|poster|summary|"
    r"note)\b",
    re.IGNORECASE,
)
# Whose wish or view it is: anybody's but the writer's.
_OTHER: Final = (
    r"(?:(?:his|her|their|the|my|our|your|a|an|one|some|another|many|most|several|every|this|that|these|those)"
    r" (?:[\w'-]+ ){0,3}?[\w-]+|he|she|they|people|patients|colleagues|everyone|everybody|someone|somebody|some|"
    r"dr \w+|mrs? \w+)"
)
_WANTS: Final = re.compile(
    rf"\b{_OTHER}(?:'d| would) (?:much |far |really )?(?:rather|sooner|prefer|like|love)\b|"
    rf"\b{_OTHER} (?:(?:still|always|now|often|really|both|all|would|had|has|have|is|was|were|are|keeps?|kept) )"
    r"{0,2}(?:wants?|wanted|wishes|wished|insists?|insisted|insisting|reckons?|reckoned|argu(?:es?|ed|ing)|urg(?:es?|"
    r"ed|ing)|pushing for|pressing for|pushes for|pushed for|ask(?:s|ed|ing)? (?:me |us |us all )?(?:for|about|"
    r"whether|if|to)|keen (?:on|to|that|for)|"
    r"set on|hopes?|hoped|hoping|likes? (?:to|the)|prefers?|preferred|proposes?|proposed|suggests?|suggested|"
    r"advis(?:es|"
    r"ed)|maintains?|swears?|swore|plans? to|planned to|intends?|intended|fanc(?:ies|ied)|lean(?:s|ing|t) towards|"
    r"thinks?|thought|believes?|believed|says?|said|tells? me|told me|holds? that|assumes?|assumed|would like|"
    r"would (?:rather|sooner)|was (?:about|going) to|is (?:about|going) to|wrote|writes)\b",
    re.IGNORECASE,
)
# What the article, a study or the plan itself says is the text's own claim.
_OF_SOURCE: Final = re.compile(
    r"\b(?:review|article|paper|authors?|chin|evidence|trials?|stud(?:y|ies)|data|results?|findings?|plan|advice|view|"
    r"(?:we|i|you)|recommendation|suggestion|guidance|statement|text|series|experience|practice)\b",
    re.IGNORECASE,
)
# "Should the patient prefer it, ..." tells of no wish.
_SUPPOSED: Final = re.compile(r"\b(?:if|should|whether|unless|when|where|whoever|in case) $", re.IGNORECASE)
_TAKEN_BACK: Final = re.compile(
    r"\W*(?:but |yet |however,? |in fact,? |actually,? )?(?:"
    r"(?:that|this|it|which)(?:'s| is| was| would be)(?: \w+)? (?!\w+ (?:to|that|for)\b)(?:wrong|mistaken|false|"
    r"untrue|incorrect|the opposite|"
    r"the reverse|a myth|a mistake|an error|a misreading|backwards|the wrong way (?:round|around)|upside down|not so|"
    r"not (?:true|right|correct|the case|what)|no(?:t| longer) (?:true|right|correct|so|how))|"
    r"(?:that|this|it) (?:has|gets|puts|turns) (?:\w+ ){0,4}(?:the wrong way|backwards|upside down|wrong|round the "
    r"wrong)|"
    r"(?:it|that|this) (?:is|was|isn't|wasn't)(?: \w+){0,2} (?:opposite|reverse)|"
    r"(?:the |this )?(?:review|article|paper|evidence|author|chin) (?:says|puts|has|gives|finds|states|shows) "
    r"(?:\w+ )?(?:otherwise|the opposite|the reverse|something else|it the other way)|"
    r"(?:the |this )?(?:review|article|paper|evidence|author|chin) (?:does not|doesn't|did not|didn't|never) (?:\w+ )?"
    r"(?:say|put|state|support|claim|show|bear|back|suggest)\b|"
    r"(?:not so|not true|wrong|no|incorrect|false|fact|reality|correction|the truth)\b ?[,.:;—-]|"
    r"(?:that|this|it) (?:does not|doesn't|won't|will not) (?:hold|stand|do|follow|fit)|"
    r"i (?:disagree|can't agree|would not|wouldn't)|there is no (?:basis|support)|"
    r"(?:please )?(?:strike|delete|cross out|remove|drop) (?:it|that|this|them|the (?:line|sentence|claim|word))\b|"
    r"(?:in|according to) (?:the|this) (?:review|article|paper),? (?:that|this|it|they) (?!.{0,80}\b(?:confirm|support|"
    r"true|agree|right|same|also|too))|"
    r"(?:please )?(?:swap|reverse|switch|exchange|transpose|turn) (?:them|the two|these|those|it|that)\b|"
    r"(?:it|that|this) (?:should|ought to|must) (?:be|read|say|have (?:been|said|read))\b(?! (?:noted|remembered|"
    r"stressed|emphasi[sz]ed|added|clear|possible|safe|fine|enough|done|considered|kept|that))|"
    r"(?:quite |just |rather )?the (?:other way|wrong way) (?:about|round|around)\b|"
    r"(?:it|that|this|they|he|she|(?:the |this )?(?:review|article|paper|evidence|author|chin)) "
    r"(?:does|do|is|are|has|have|can|will|did|was|were)(?:n't| not)\b ?(?=[.,:;!—-]|$))",
    re.IGNORECASE,
)
# The writer's own no, to a wish or a view that the sentence before gives as somebody else's.
_REFUSED: Final = re.compile(
    r"\W*(?:(?:and|but|so|well|sorry|personally|frankly|here|there),? )?(?:"
    r"(?:i|we)(?:'d|'ll|'ve| would| will| have| had| did)? (?:\w+ )?(?:push(?:ed)? back|disagree\w*|resist\w*|"
    r"declin\w+|demur\w*|refus\w+|object\w*|balk\w*|differ\b|dissent\w*|part company|advis\w+ against|steer\w* (?:him|"
    r"her|them) "
    r"(?:off|away)|t(?:alk|old|ell|alked) (?:him|her|them) (?:out of|no|otherwise|not)|sa(?:y|id) (?:no|not|"
    r"otherwise)\b|"
    r"hold\w* (?:off|back|out|fire)|veto\w*|put (?:a stop|my foot))|"
    r"(?:i|we)(?:'d|'ll| would| will| should)? (?:\w+ )?(?:stick|keep|hold|stay|go|side) (?:to|with|by) (?:the |"
    r"this |what the )?"
    r"(?:review|article|paper|author|evidence|pathway|order|chin)\b|"
    r"(?:i|we)(?:'m| am|'re| are) (?:against|not (?:so |at all )?(?:keen|convinced|persuaded|with|having)|unconvinced|"
    r"unpersuaded|opposed)|"
    r"(?:i|we) (?:do not|don't|did not|didn't|cannot|can't|could not|couldn't|would not|wouldn't|won't|will not|"
    r"shouldn't) (?:\w+ )?(?:agree|share|see it|buy|support|go along|follow|accept|hold with|think so|think (?:he|"
    r"she|they|it|that)|back|endorse|do (?:it|that|so)|recommend|advise|want)|"
    r"my (?:answer|reply|view|advice|response)(?: to (?:him|her|them|that))? (?:is|was|would be|differs|remains)"
    r"(?: (?:simple|short|always|still|to))? ?(?:that|no\b|not\b|different|otherwise|the (?:opposite|reverse)|:|wait)|"
    r"(?:he|she|they|people|the \w+)(?:'s|'re| is| are| has| have| was| were) (?:\w+ )?(?:wrong|mistaken|got (?:it|"
    r"that)|"
    r"had (?:it|that) (?:backwards|wrong)|(?:getting )?ahead of|jumping)|"
    r"(?:understandabl[ey]|natural(?:ly)?|fair(?: enough)?|human|tempting|(?:i|one|we) (?:can )?(?:see|understand) why)"
    r"\b[^.;]{0,40}\b(?:but|yet|though|only)\b|"
    r"(?:hardly|rubbish|nonsense|far from it|not on|no chance|not yet|not before|not a bit|not really|no|never|quite "
    r"the|on the contrary|steady|hold on|wait|too (?:soon|early|quick|hasty|fast)|wrong way|premature|i(?:'d| would) "
    r"(?:rather not|not\b)|i think not|they don't|it doesn't|it isn't|it hasn't|that isn't|that doesn't|"
    r"not (?:any|by|in|how|what|for|until)\b)\b|"
    r"(?:i|we) (?:have |'ve )?(?:told|reminded|answered|explained(?: to)?|said to) (?:him|her|them|"
    r"the \w+)?\b(?: that)?"
    r"(?=[^.;]{0,80}\b(?:before|first|not|no|only|until|wait|other way|n't)\b)|"
    r"(?:i|we) (?:say|tell (?:him|her|them|people)|answer|reply|explain) (?:that )?(?:nobody|no one|no\b|not\b|"
    r"we don't|"
    r"(?:it|that) (?:isn't|is not|doesn't))|"
    r"(?:i|we) (?:don't|do not|didn't|did not|wouldn't|would not|won't|haven't|can't)\W*$|"
    r"(?:that|this|it)(?:'s|'d| is| would be| was) (?:too (?:soon|early|quick|hasty)|premature|the wrong|back to front|"
    r"jumping|putting|getting|skipping|out of (?:turn|order|sequence)|not (?:how|my|the|on|yet|for)))",
    re.IGNORECASE,
)
_INTERESTED: Final = re.compile(
    r"\b(?:reps?|sales\w*|company|manufacturer|brochure|advert\w*|website|forum|blog|leaflet|newspaper|internet|online|"
    r"chatbot|neighbour|brother|sister|cousin|friend|husband|wife|mother|father|mum|dad|app)\b[^.;:]{0,30}"
    r"\b(?:told|tells?|says?|said|claims?|claimed|insists?|swears?|thinks?|has it|reads?|wrote|promis\w+|had it)\b",
    re.IGNORECASE,
)
_ARTICLE_SAYS: Final = re.compile(
    r"\W*(?:but |yet |well,? )?(?:the |this )?(?:review|article|paper|evidence|author|chin)\b", re.IGNORECASE
)
_AGREES: Final = re.compile(
    r"\b(?:agree\w*|same|so too|too|also|as much|confirm\w*|bears? (?:it|that|this|him|her) out|back(?:s|ed)? (?:it|"
    r"that|"
    r"this|him|her|them)|support\w*|right|likewise|concur\w*|indeed)\b",
    re.IGNORECASE,
)
# A sentence in quotation marks, with at most who says it behind.
_QUOTED: Final = re.compile(
    r"\W{0,4}(?:\(?(?:\d{1,2}|[a-z])[.):]\s*)?(?:(?:q|claim|myth|they say|people say|we hear|i hear)\s*[:,]\s*)?"
    r"[\"'“‘«](?P<said>[^\"“”]{3,400}?)[.,!?]?[\"'”’»][.,!?]?(?P<behind>[^\"'“”.]{0,60})[.,!:]?\s*$",
    re.IGNORECASE,
)
_BARE_QUOTE: Final = re.compile(r"[\"'“‘«][^\"“”]{3,300}[.,!?][\"'”’»] (?:\w+ ){0,3}\w+\.?\s*$")
# What takes a claim back at the end of its own sentence is short; what is longer claims something itself.
_SHORT: Final = 40
# Behind a quotation somebody else's words may have a sentence or two of comment before the answer comes.
_COMMENT: Final = 2
_ENDORSED: Final = re.compile(
    r"\W*(?:(?:and|so|well|which),? )?(?:yes|indeed|quite|exactly|agreed|fair enough|(?:i|we)(?:'d| would)? (?:\w+ )?"
    r"(?:agree|concur|second|support|share)|(?:he|she|they)(?:'s|'re| is| are| was| were) (?:\w+ )?(?:right|correct)|"
    r"(?:that|this|it)(?:'s| is| was| seems| sounds)(?: \w+)? (?:right|correct|fine|true|sensible|reasonable|so|sound|"
    r"good)|rightly|so do i|happy to|let's|fine by|why not|go ahead|good idea)\b",
    re.IGNORECASE,
)


def retracted(texts: Sequence[str], is_item: Sequence[bool]) -> list[bool]:
    """For each sentence of a text, whether it only reports what the text then rejects; `is_item`: it begins an item."""
    found: list[bool] = []
    is_headed = False
    for position, text in enumerate(texts):
        quoted = _QUOTED.match(text)
        is_listed = is_headed and (is_item[position] or bool(quoted))
        is_marked = is_item[position] and position + 1 < len(texts) and bool(FALSE.match(texts[position + 1]))
        found.append(
            is_listed
            or is_marked
            or bool(position and ASKS_FOR_WRONG.search(texts[position - 1]) and not _NO.match(text))
            or _is_rejected(text, texts[position + 1 : position + 1 + _COMMENT], quoted)
        )
        if _is_head(texts, is_item, position):
            is_headed = bool(REJECTING_HEAD.search(text)) or (is_headed and is_item[position])
        if NONE_OF_THEM.match(text):
            _reject_before(texts, found)
    return found


_NO: Final = re.compile(r"\W*(?:nothing|none|neither|nobody|no\b|not\b)", re.IGNORECASE)


def _is_head(texts: Sequence[str], is_item: Sequence[bool], position: int) -> bool:
    """Whether a sentence announces what follows: it ends in a colon, or in nothing before a list."""
    text = texts[position].rstrip(" *_\"'”")
    if text.endswith(":"):
        return True
    follows = position + 1 < len(texts) and (is_item[position + 1] or bool(_QUOTED.match(texts[position + 1])))
    return follows and not is_item[position] and text[-1:].isalnum()


def _reject_before(texts: Sequence[str], found: list[bool]) -> None:
    """Marks the quotations that stand without a break before the last sentence."""
    for position in range(len(found) - 2, -1, -1):
        if not _QUOTED.match(texts[position]):
            return
        found[position] = True


# "..., and he's right."
_RIGHTLY: Final = re.compile(
    r"[,;] (?:and )?(?:(?:he|she|they|that|this|it)(?:'s|'re| is| are) (?:\w+ )?(?:right|correct|true)|rightly|"
    r"(?:i|we) (?:\w+ )?(?:agree|concur))\b(?! \w+ (?:not|wrong))",
    re.IGNORECASE,
)


def endorses_itself(text: str) -> bool:
    """Whether a sentence itself agrees with what it reports."""
    return bool(_RIGHTLY.search(text))


def is_endorsed(following: str) -> bool:
    """Whether a sentence begins by agreeing with what the one before reports."""
    return bool(_ENDORSED.match(following))


def _is_rejected(text: str, following: Sequence[str], quoted: re.Match[str] | None) -> bool:
    """Whether the sentence tells what others say or want, and what follows takes it back or says no to it."""
    if _is_rejected_within(text):
        return True
    if not following or is_endorsed(following[0]):
        return False
    if is_taken_back(text, following[0]) or _is_contrasted(text, following[0]):
        return True
    if quoted or _BARE_QUOTE.match(text):
        # Words in quotation marks stand alone, so that a remark may come before the answer.
        return any(_REFUSED.match(each) or _TAKEN_BACK.match(each) for each in following)
    return is_of_another(text) and bool(_REFUSED.match(following[0]))


def _is_rejected_within(text: str) -> bool:
    """Whether a sentence tells what others say and ends by taking it back: "you'll read that ...; it doesn't"."""
    said, cut, rest = text.rpartition("; ")
    if not cut:
        said, cut, rest = text.rpartition(", but ")
    if not cut or len(rest) > _SHORT:
        return False
    return bool(_HEARSAY.search(said) and _TAKEN_BACK.match(rest) or is_of_another(said) and _REFUSED.match(rest))


def _is_contrasted(text: str, following: str) -> bool:
    """Whether what an interested or a lay source says is set against what the article says."""
    return bool(_INTERESTED.search(text) and _ARTICLE_SAYS.match(following) and not _AGREES.search(following))


def is_of_another(text: str, at: int | None = None) -> bool:
    """Whether what stands at `at` (anywhere, where None) is given as the wish or the view of somebody else."""
    wish = _WANTS.search(text)
    if not wish or _OF_SOURCE.search(wish.group()) or _SUPPOSED.search(text[max(0, wish.start() - 12) : wish.start()]):
        return False
    return at is None or wish.end() <= at


def is_taken_back(text: str, following: str) -> bool:
    """Whether `text` tells what others say and `following` begins by taking it back."""
    return bool(_TAKEN_BACK.match(following) and _HEARSAY.search(text))

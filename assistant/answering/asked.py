"""What a question about a patient asks: the next step, the evidence for an option, what the findings are called."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from assistant.corpus import Corpus
from assistant.pathway import load_algorithm
from assistant.question import Query
from assistant.reading import STOPWORDS, words
from assistant.vignette import any_of, asking, put_forward

_NEXT: Final = any_of(
    "now what", "what now", "and now", r"now\?", "what else", "where (?:now|to|do (?:we|i) go)", "options?", "offer",
    "which (?:sympathetic |nerve )?(?:blocks?|target|plexus|one|injection)",
    "what (?:sympathetic |nerve )?(?:block|target)", "(?:sympathetic|interventional) (?:target|option)", "target for",
    "any (?:sympathetic )?block", "order", "what would", "what should", "pathway",
    "what (?:do|can|could) (?:i|we)(?! (?:warn|tell|say|mention|look|watch|expect|monitor|consent|quote|discuss))",
    "after that", "refer", "interventional", "anything (?:else|left|more|less|interventional|temporary|percutaneous)",
    "is there (?:a|any|something|anything)", "what is left", "move on", r"suggest\w*", "advice", "advise", "plan",
    "thoughts", "views?", "ideas", "come in", "sympathetic option", "less (?:drastic|invasive)", "repeat",
    "from here", "next", r"which(?=\W*(?:$|and\b|or\b))",
    r"which (?:do|does|would|should) (?:the review|you|we|i|they|one) \w+",
    "changes? (?:something|anything|things|what|the (?:plan|answer|block|step))",
)  # fmt: skip
# Asks for a yes or a no to what is put forward.
_AGREE: Final = any_of(
    "agreed?", "straight (?:to|there)", "ok(?:ay)?", "reasonable", "fair", "sensible",
    "right (?:move|thing|call|one|choice|block|option)",
    "good (?:idea|move|call|choice)",
    "skip", "go ahead", "candidate", "ready", "appropriate", "too (?:soon|early)", "premature", "justified",
    "indicated", "open to", "possible", "an option", "allowed",
    # "Which effects should I warn of?" asks for these, not for leave.
    "(?:should|could|can|may|shall) (?:i|we|she|he|they|the|this)(?! (?:warn|tell|mention|discuss|watch|look|expect|"
    "monitor|say|quote|list|consent|be (?:warning|telling|watching)|wear|drive|fly|work|swim|sleep|eat|walk|run|lift|"
    "bend|travel|sit|stand))",
    "would (?:you|u|it be|it make|we)",
    r"go along w\w*", "go with (?:that|it|this)", "side with", "wise", "advisable",
    "worth (?:it|a|trying|doing|considering)", "y/n",
    r"first(?! (?:\w+ )?(?:years?|months?|weeks?|days?)\b)", "before", "instead", "try", "consider",
    "still (?:do|give|offer|try|go|have|use|on|worth|block|book)",
)  # fmt: skip
_EVIDENCE: Final = any_of(
    "evidence", "data", "support(?:ed|s)?", "proof", "proven", "studies", "RCTs?", "how (?:good|strong|well|solid)",
    "worth (?:it|a)", "any good", "pros", "candidate", "does it work", "do they(?: work)?", "would it (?:work|help)",
    "been used", "work (?:for|in)", "help (?:her|him|this)", "what does the review say",
)  # fmt: skip
_COMPARES: Final = re.compile(r"\b(?:or|versus|vs\.?|better|best|compare\w*|than|stronger)\b", re.IGNORECASE)
_LABEL: Final = any_of(
    "label", "SMP", "SIP", "sympathetic(?:ally)?[- ](?:maintained|driven|independent|mediated)",
    "(?:is|was|pain|it|this|that) (?:not )?sympathetic(?=\\W*(?:$|[?.,;]|or\\b|pain|at all|after all|then))",
    "what (?:is|do you call) (?:this|it) called",
)  # fmt: skip
_WARN: Final = re.compile(
    r"\b(?:warn|risks?|downsides?|complications?|consent|side[- ]effects?|cons|dangers?)\b", re.IGNORECASE
)
# Asks for a fact on the way, whoever the patient is.
_FACT: Final = any_of(
    "how (?:will|would|do|does|did|is|are|long|often|many|soon|come)", "why", "linked", "explanation", "explain",
    "mechanism", "sound like", "what does that", "going on", "normal", "vanish", "years?", "months?", r"percent\w*",
    "proportion", "under sedation", "be sedated",
)  # fmt: skip
_WHY: Final = re.compile(r"\bwhy (?:not|can't|shouldn't|wouldn't|is|are|do|does|should|would|wait)\b", re.IGNORECASE)
# Whether one waits for the other, or goes with it, is no question of which has the better evidence.
_JOINTLY: Final = (
    r"\b(?:wait\w*|overlap\w*|same (?:time|day|week|month)|at once|together|alongside|concurrent\w*|combin\w*|"
    r"parallel|run both)\b"
)
_TOGETHER: Final = re.compile(_JOINTLY, re.IGNORECASE)
_INFUSION: Final = r"\b(?:ket\w*|infusions?)\b"
# Words that ask for a form of treatment without naming it, and what the review says of that form.
_HINTS: Final = (
    (re.compile(r"\b(?:no|not|nothing|refuses?|without|hates?|against|keen on)\b[^.?]{0,40}\b(?:battery|box|"
                r"implant\w*|permanent\w*)|"
                r"\btemporary\b|\bbattery\b|\bremovable\b", re.IGNORECASE),
     "pns", ("pns-evidence-sixty-day-system",)),
    (re.compile(r"\bless (?:drastic|invasive)|\bpercutaneous|\b(?:that|the|a) (?:one|single) nerve\b", re.IGNORECASE),
     "pns", ("order-why-pns-earlier",)),
    # Not tingling that the patient came with.
    (re.compile(r"\b(?:no|not|without|hate[sd]?|avoid\w*|dislike[sd]?|bother\w*|stand|mind\w*|spare|free of|loath\w*|"
                r"feel\w*|put off by)\b[^.?;]{0,40}\b(?:tingl\w+|par(?:a)?esthesia)\b|"
                r"\b(?:tingl\w+|par(?:a)?esthesia)[- ](?:free|less)\b",
                re.IGNORECASE), "scs", ("scs-waveforms",)),
    (re.compile(r"\b(?:what|and) if (?:it|this|that|the block|relief) (?:only |just )?(?:holds|lasts|wears|doesn't|"
                r"does not|is brief)\b",
                re.IGNORECASE), "", ("order-brief-block-relief",)),
    (re.compile(r"\bstraight to (?:a |the )?(?:permanent|full|implant\w*)\b(?! scs)|"
                r"\bpermanent(?: (?:scs|implant|one|device|system))? or\b|"
                r"\b(?:without|skip\w*|omit\w*|need\w*) (?:a |the )?trial (?:lead|period|stimulation|first)\b",
                re.IGNORECASE), "", ("pns-evidence-scs-permanent-after-trial",)),
    (re.compile(rf"{_JOINTLY}[^.?]*{_INFUSION}|{_INFUSION}[^.?]*{_JOINTLY}", re.IGNORECASE),
     "", ("order-ketamine-relative-to-blocks",)),
)  # fmt: skip
_REPEATS: Final = re.compile(r"\b(?:repeat|again|another (?:block|one))\b", re.IGNORECASE)
# Words beside the names of treatments, the question mark for one, in a question that only names them.
_BARE_WORDS: Final = 2
_IDLE: Final = frozenset("next ok okay maybe instead alone again please pls thanks yet trial block now".split())
_WHICH: Final = re.compile(r"\b(?:which|what|where|when|who|why|how)\b", re.IGNORECASE)
# What is asked of somebody's words, or of a step that was another's or for another place.
_OF_A_VIEW: Final = re.compile(
    r"\b(?:side with|go along|right\?|same)\b|\bis (?:he|she|it) (?:right|wrong)\b", re.IGNORECASE
)
_WIDE: Final = frozenset({"permanent_implant", "trial_stimulation", "neuromodulation"})


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked about a patient.

    options: steps of the pathway, or blocks, that are put forward; hints: statements on a form that is asked for;
    may_agree: whether a plain "yes" can be an answer; warns: whether nothing but the risks of an option is asked for.
    """

    next_step: bool
    evidence: bool
    label: bool
    yes_or_no: bool
    may_agree: bool
    risks: bool
    warns: bool
    repeats: bool
    options: tuple[str, ...]
    hints: tuple[str, ...]

    @property
    def any(self) -> bool:
        """Whether the pathway's place of the patient answers it."""
        return self.next_step or self.label or self.warns or (self.evidence and bool(self.options))


def asked_of(query: Query, corpus: Corpus) -> Asked:
    """What the query asks about its patient."""
    text = " ".join(clause.text for clause in asking(query.question))
    # In the words typed: what a follow-up takes over may hold the name of a form.
    hints = [hint for hint in _HINTS if hint[0].search(query.asked)]
    named = put_forward(query.question, query.mentions, corpus)
    options = tuple(dict.fromkeys((*_steps(named), *(step for _, step, _ in hints if step))))
    options = _of_evidence(query, named, options)
    # Which of two blocks is a matter of the site.
    blocks = load_algorithm().intervention("sympathetic_block").forms
    steps = {"sympathetic_block" if name in blocks else name for name in options}
    is_compared = len(steps) > 1 and bool(_COMPARES.search(text)) and not _TOGETHER.search(text)
    is_evidence = bool(_EVIDENCE.search(text)) or is_compared
    # A plan that somebody tells of, with nothing asked, is put up for a yes or a no.
    which = any(clause.asks and _WHICH.search(clause.text) for clause in asking(query.question))
    is_told = "?" not in query.question and ("whether" in query.question or not which)
    is_put_up = bool(options) and is_told and not _WARN.search(text)
    agrees = bool(_AGREE.search(text)) or is_put_up
    is_fact = bool(_FACT.search(text)) and not _AGREE.search(text)
    # "Why not SCS first?" asks for a reason, not for a yes or a no, nor for what comes next.
    if _WHY.search(text):
        agrees, is_fact = False, True
    # "?SCS" asks without a word; "if we repeat it" supposes.
    asked = " ".join(clause.text for clause in asking(query.question) if not clause.supposes) or text
    names_next = bool(_NEXT.search(asked)) or text.lstrip().startswith("?")
    is_next = names_next or ((agrees or bool(hints)) and bool(options))
    is_bare = bool(options) and _is_bare(query)
    is_next = is_next and not (is_fact and not names_next) or is_bare
    # "Downside?" in a follow-up may be asked of whatever was spoken of.
    warns = bool(_WARN.search(text)) and bool(options) and not (is_next or query.is_followup)
    return Asked(
        next_step=is_next,
        evidence=is_evidence and not is_fact,
        label=bool(_LABEL.search(text)),
        yes_or_no=agrees or is_bare,
        may_agree=(agrees or is_bare) and _may_agree(query),
        risks=bool(_WARN.search(text)),
        warns=warns,
        repeats=bool(_REPEATS.search(text)),
        options=options,
        hints=tuple(name for _, _, names in hints for name in names),
    )


def _may_agree(query: Query) -> bool:
    """Whether some clause asks for a yes or a no, not what or which, and none for a judgement of what was said."""
    clauses = [clause.text for clause in asking(query.question)]
    return any(not _WHICH.search(text) for text in clauses) and not any(_OF_A_VIEW.search(text) for text in clauses)


def _of_evidence(query: Query, named: Sequence[str], options: tuple[str, ...]) -> tuple[str, ...]:
    """Of the options those whose evidence is asked for, where it is asked of some by name: "any SCS data?"."""
    clauses = [clause for clause in asking(query.question) if _EVIDENCE.search(clause.text)]
    within = [m.id for m in query.mentions if m.id in named and any(c.start <= m.start < c.end for c in clauses)]
    return tuple(dict.fromkeys(_steps(within))) or options


def _is_bare(query: Query) -> bool:
    """Whether hardly more is asked than the name of a treatment: "PNS?", "SGB then ketamine?"."""
    clauses = asking(query.question)
    left = "".join(
        character
        for clause in clauses
        for at, character in enumerate(clause.text, clause.start)
        if not any(m.start <= at < m.end for m in query.mentions)
    )
    # "Mood too?" or "downside?" asks for something else of it.
    is_idle = all(word.folded in STOPWORDS or word.folded in _IDLE for word in words(left))
    return len(left.split()) <= _BARE_WORDS and is_idle and not _WHICH.search(left)


def _steps(named: Sequence[str]) -> list[str]:
    """The steps that names stand for; a block stands for itself."""
    found: list[str] = []
    for name in named:
        for item in load_algorithm().interventions:
            if name in item.includes:
                found.append(name if item.id == "sympathetic_block" and name in item.forms else item.id)
        if name in _WIDE:
            found.append("scs")
    return [name for name in found if name not in ("pharmacotherapy", "non_drug_care")]

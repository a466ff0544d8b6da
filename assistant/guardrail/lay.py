"""What treatments are called in plain words and by pronouns, read into the masked text for the checks on order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from assistant.guardrail.lay_names import HINT, NAMES
from assistant.guardrail.order_words import FAILED
from assistant.guardrail.placeholders import join
from assistant.guardrail.units import Document, Unit

# Bare words for the spinal device, where the text speaks of no other.
_BARE: Final = re.compile(
    r"(?<!nerve )(?<!electrical )(?<!prolonged )(?<!painful )(?<!of )\bstim(?:ulation)?\b(?! (?:pattern|of|parameter|"
    r"in "
    r"the trial))"
    r"|\b(?:the|an?|his|her|their|your) (?:implant|device|leads?|cord|electrodes?)\b"
    r"(?! (?:to|in|is placed|related|was removed|migration|of))|\btrials? of stimulation\b"
)
# The chain or ganglion stands for its block where the sentence sets it beside another treatment.
_AIMED_AT: Final = re.compile(
    r"(?:<block> (?:of )?the )?\b(?:stellate|lumbar|sympathetic|lumbar sympathetic|cervical sympathetic) "
    r"(?:chain|ganglion|ganglia|trunk)\b(?! (?:lies?|sits?|runs?|carr|contain|receives?|inject|at [a-z]\d|fuse))"
)
_TRIAL: Final = re.compile(
    r"\b(?:spinal(?: cord)?|cord|dorsal[- ]column|epidural)[- ]stimulators?\b|\b(?:trial of stimulation|stimulation "
    r"trial|trial stimulation)\b|\b(?:a|the|this|"
    r"another) stimulator\b(?! (?:for|on|at|beside) (?:the )?nerve)"
)
_TRIAL_LEAD: Final = re.compile(
    r"\b(?:a|the) trial (?:lead|electrode)\b(?= (?:is|seems|looks|would|could|should|"
    r"can|makes)\b)"
)
_TRIED_LEAD: Final = re.compile(r"\b(?:a|the) trial (?:lead|electrode)\b")
_NOT_THE_OTHER: Final = re.compile(
    r"(?:(?<=\bbefore)|(?<=\bafter)),? (?:and |but )?(?:not|never|rather than|instead of) (?:before|after|until),? "
    r"|(?:(?<=\bearlier)|(?<=\bsooner)) rather than later "
)
_STIMULATE: Final = re.compile(r"(?:(?<=; )|(?<=, )|^)stimulate (?=first|early|now|before)")

# "Blocks: third choice, ..."
_HEADED: Final = re.compile(r"^(\W{0,8}(?:\d{1,2}[.)] )?<[a-z|]+>)(?: trial)? ?: (?=[a-z])")
_P: Final = re.compile(r"<([a-z|]+)>")
# A pronoun where it is a treatment: it fails, it was tried, it is kept; or something comes before or after it.
_ACTS: Final = (
    rf"(?: (?:has|have|had|is|are|was|were|do|does|did|can|could|should|will|may|might|both|all|too|each|being|been|"
    rf"not|never|also|"
    rf"already|only|then|best|now|still|rather|nevertheless|nonetheless|therefore|thus|\w+ly)){{0,4}} ?(?:n't "
    rf")?(?:{FAILED}|given\b|tried|done\b|com(?:es?|ing)\b|came|rank|"
    rf"wait|follow|preced|kept|held|"
    rf"reserv|sav(?:ed|ing)|deferr|postpon|skipp|omit|left|earn|belong|serve|go(?:es)?\b|work|help|first|last|"
    rf"earlier|later|"
    rf"before|after|ahead|behind|fail|needed|required|necessary|optional|hurdle|a\b|the\b)"
)
_PRONOUN: Final = re.compile(
    rf"(?<!have )(?<!has )(?<!had )(?<!are )(?<!were )(?<!> )\b(?P<both>(?:both|each|either|neither) of (?:them|"
    rf"these|the two)\b|(?:both|either(?! (?:at|before|after|with|"
    rf"alongside|during|in|concurrently|together|by|as|because|for)\b)|neither|the two)\b(?! (?:of|and|arms|stimulat|"
    rf"forms|kinds|groups|types|studies|trials?|study|one|the|side|group|can give)|here\b|[^<]{{0,20}}<))"
    rf"|\b(?P<one>it|they|(?:(?<![a-z] )|(?<=if )|(?<=when )|(?<=once )|(?<=after )|(?<=because )|(?<=since )|"
    rf"(?<=should )|(?<=and )|"
    rf"(?<=but )|(?<=until )|(?<=unless )|(?<=case )|(?<=where )|(?<=while )|(?<=then )|(?<=so )|(?<=all ))that(?! "
    rf"(?:an?|the|it|"
    rf"they|there)\b)|(?:this|these|which)(?! (?:an?|the|it|they|there)\b)|the former|"
    rf"the "
    rf"latter)\b(?={_ACTS}|n't|'s (?:fail|been|had))"
    r"|(?<!in )\b(?:its|their)\b(?= (?:(?:proper|own|right|true|natural|real|rightful) )?(?:place|turn|time|moment|"
    r"slot|position|spot|rung|seat|home)\b)"
    r"|(?:(?<=use )|(?<=using )|(?<=offer )|(?<=try )|(?<=start )|(?<=place )|(?<=give )|(?<=fit )|(?<=put )|"
    r"(?<=book )|(?<=choose ))(?P<object>it|them|one)\b(?= (?:in )?(?:while|until|till|before|first|early|at once|now|"
    r"instead|ahead|straight|once|as soon|pending)\b)"
    r"|(?<=for )(?P<one_more>one)\b(?= (?:before|first|ahead|prior)\b)"
    r"|(?<=before )(?P<after>it|them|that|these|this)\b(?! <)|(?<=after )(?P<after2>it|them|that|these|this)\b(?! <)"
    r"|(?<=precede )(?P<after5>it|them)\b(?! <)|(?<=precedes )(?P<after6>it|them)\b(?! <)"
    r"|(?<=ahead of )(?P<after3>it|them|that|these|this)\b(?! <)|(?<=behind )(?P<after4>it|them|that|these|this)"
    r"\b(?! <)"
)
_EXPLETIVE: Final = re.compile(
    r"(?:it|this|that)(?:'s| is| was| would be| seems| appears| may be| remains| can be| makes| has been| should be| "
    r"comes as)?"
    r"(?: \w+){0,2} (?:that|to|clear|reasonable|said|claimed|true|right|wrong)\b|(?:it|that|this) (?:is|was) (?:the|"
    r"a|an) "
)
# "With them or after them": they are what the sentence sets beside, whatever was named last.
_ALONGSIDE: Final = re.compile(r"\b(?:with|beside|alongside) (?:it|them|these|those) or (?:after|before) $")
_PLACED: Final = re.compile(r"\b(?:after|before|precedes?|behind|ahead of) $")
# "Block -> if it fails -> ...": what fails is the step before the arrow.
_ARROW: Final = re.compile(r"[→⇒➔➜›]|[-=]>")
# "Book the lead, and if it fails ...": what fails is the lead.
_GOES_ON: Final = re.compile(r",? (?:and|then|but|so)(?: only)? (?:if|when|once|should|where|after)\b[^<]*$")
_OPENS: Final = re.compile(
    r"\b(?:if|when|once|where|until|till|unless|after|because|since|case|whom|should|for)"
    r"\b[^<]*$"
)


# What the next sentence goes on with is the subject, not what that is only compared with.
_COMPARED: Final = re.compile(
    r"^\W{0,4}(?:the |an? |but |and |yet |so ){0,2}<[a-z|]+>[^<>;:]{0,40}\b(?:wait(?:ing)? for|than|unlike|instead of|"
    r"rather than) (?:the |an? )?<[a-z|]+>[^<>]{0,40}$"
)


def plain(document: Document) -> Document:
    """The document with lay names and pronouns of treatments masked as the names are."""
    whole = " ".join(unit.masked for unit in document.units)
    is_bare = bool(re.search(r"<scs>", whole)) or not re.search(r"\bnerves?\b|<[a-z|]*pns|amputat", whole)
    units: list[Unit] = []
    last: list[str] = []
    for unit in document.units:
        # "Before, not after, the block" is before it.
        said = _NOT_THE_OTHER.sub(" ", unit.masked)
        masked = _resolved(_named(said, is_bare=is_bare and "<pns>" not in unit.masked), last)
        units.append(unit if masked == unit.masked else replace(unit, masked=masked))
        named = [match[1] for match in _P.finditer(masked)]
        if _COMPARED.match(masked):
            named.reverse()
        last = [*last, *named][-4:] if named else last
    return Document(document.normalised, tuple(units))


def _named(masked: str, *, is_bare: bool) -> str:
    if not HINT.search(masked):
        return _HEADED.sub(r"\1 is ", masked)
    for name, pattern in NAMES:
        masked = pattern.sub(f"<{name}>", masked)
    if "<" in masked:
        masked = _AIMED_AT.sub("<block>", masked)
    if "<block" in masked:
        # Beside a block, the lead that is tried is a spinal one.
        masked = _TRIED_LEAD.sub("<scs>", masked)
    if is_bare:
        masked = _STIMULATE.sub("<scs> ", _BARE.sub("<scs>", masked))
    return _HEADED.sub(r"\1 is ", join(masked))


def _resolved(masked: str, last: list[str]) -> str:
    """The same with pronouns replaced by the treatment that they stand for."""
    pieces, at = list[str](), 0
    for match in _PRONOUN.finditer(masked):
        if _EXPLETIVE.match(masked, match.start()) or _ALONGSIDE.search(masked[: match.start()]):
            continue
        before = "".join((*pieces, masked[at : match.start()]))
        name = _both(before, last) if match["both"] else _one(match.group(), before, masked[match.end() :], last)
        if name:
            pieces += [masked[at : match.start()], f"<{name}>"]
            at = match.end()
    return "".join((*pieces, masked[at:]))


def _both(before: str, last: list[str]) -> str | None:
    named: list[str] = list(dict.fromkeys([*last, *_P.findall(before)]))
    # "Once drugs have failed, the two may ..."
    named = [name for name in named if name != "drugs"] if len(named) > 2 else named
    if named and "|" in named[-1]:
        return named[-1]
    if len(named) == 1:
        return named[0]
    pair = [name for name in named[-2:] if "|" not in name]
    return "|".join(pair) if len(pair) == 2 and pair[0] != pair[1] else None


def _one(pronoun: str, before: str, after: str, last: list[str]) -> str | None:
    """The treatment that a pronoun stands for; of several that are listed none is "it" where one was named before."""
    meant = _latest(pronoun, before, after, last)
    if pronoun != "it" or meant not in ("block|ketamine", "ketamine|block"):
        return meant
    ahead = _P.search(after)
    named = [name for name in (*last, *_P.findall(before)) if "|" not in name and name != "drugs"]
    named = [name for name in named if not (ahead and name == ahead[1])]
    return named[-1] if named else meant


def _latest(pronoun: str, before: str, after: str, last: list[str]) -> str | None:
    """The treatment named last, but not the one that waits for it."""
    named: list[str] = list(dict.fromkeys(reversed([*last, *_P.findall(before)])))
    ahead = _P.search(after)
    named = [name for name in named if not (ahead and name == ahead[1])]
    if pronoun == "it" and len(named) > 2:
        # Drugs are many; of three things "it" is another one.
        named = [name for name in named if name != "drugs"]
    if not named:
        return None
    if pronoun.endswith("er"):
        return named[0] if pronoun.endswith("latter") else named[1] if len(named) > 1 else None
    if _PLACED.search(before):
        is_own = ">" in re.split(r"[,;:]", before)[-1]
        return named[1] if is_own and len(named) > 1 else named[0]
    clause = before.rpartition(";")[0] if ">" in before and ";" in before[before.rfind(">") :] else ""
    if clause and pronoun in ("it", "they"):
        # A new clause goes on with the subject of the one before.
        subject = _P.search(clause.rpartition(";")[2])
        return subject[1] if subject and not (ahead and subject[1] == ahead[1]) else named[0]
    if pronoun == "it" and named[0] == "drugs" and len(named) > 1 and not before.strip():
        # "X may come early once the tablets have failed. It ..."
        return named[1]
    since = before[before.rfind(">") + 1 :] if ">" in before else ""
    waits = _OPENS.search(since) if since and not _GOES_ON.search(since) and not _ARROW.search(since) else None
    return named[1] if waits and len(named) > 1 and _P.search(_clause(before)) else named[0]


def _clause(before: str) -> str:
    """The clause that the text ends in."""
    return re.split(r"[;:]", before)[-1]


def lay_mentions(text: str) -> Iterator[tuple[str, int, int]]:
    """Lay names in a lower-case text: short name of the step, start and end."""
    if not HINT.search(text):
        return
    for name, pattern in NAMES:
        if "|" not in name:
            for match in pattern.finditer(text):
                yield name, match.start(), match.end()
    for match in (*_TRIAL.finditer(text), *_TRIAL_LEAD.finditer(text)):
        yield "scs", match.start(), match.end()

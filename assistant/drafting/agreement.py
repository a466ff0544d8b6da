"""Whether a drafted sentence says what a statement says, and nothing besides; what can't be tied to it is refused.

No model judges this. Each word of the sentence must be one of the statement, or stand for one; each figure must be
there with its unit and bound; what a negation reaches there it must reach here; treatments, arms, sites and figures
keep their places; and hedges, grades of evidence and conditions must not be lost. A rewording that this does not know
is refused, too: then the statement itself is shown.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from assistant.corpus import load
from assistant.drafting.places import TIMES, misplaced
from assistant.drafting.sayings import Said, Saying, Thing, saying
from assistant.drafting.wordings import load_wordings
from assistant.entries import Statement
from assistant.reading import Number, stem

# Letters that two words of one root share: "inject" and "injection".
_ROOT: Final = 5
_ENDINGS: Final = frozenset(
    ["", *"e s t y i al ial ion ation ition ive ative iv ativ ment ly or er ing ed ant ent anc enc ance ence ic ical "
     "ity iti ness able abl ible ibl at ate iz ize is ise ici iciti ag osi oni".split()]
)  # fmt: skip
_BOUNDS: Final = (
    ("over", re.compile(r"\b(?:more than|over|above|exceed\w*|greater than|upwards of|beyond)\W+(?:\w+\W+)?$", re.I)),
    ("under", re.compile(r"\b(?:less than|under|below|fewer than|short of)\W+(?:\w+\W+)?$", re.I)),
    ("least", re.compile(r"\b(?:at least|no less than|a minimum of|or more)\W+(?:\w+\W+)?$", re.I)),
    ("most", re.compile(r"\b(?:at most|up to|no more than|as long as|as many as)\W+(?:\w+\W+)?$", re.I)),
)
# "Can occur" is as careful as "may occur".
_ALSO_HEDGES: Final = frozenset({"can", "could", "thought", "often"})
# Words that claim nothing where the review is said to be silent.
_IN_SILENCE: Final = frozenset({"should", "must", "may", "need", "any", "only", "exact", "specif"})
# A word that no list has is let pass among so many others and names that are the statement's, if it is this long.
_CARRIED: Final = 5
_SHORTEST: Final = 4
# Words on either side among which a word must stand as in the statement.
_WINDOW: Final = 2
# Share of a sentence's words that stand only in conditions of the statement from which it tells one as a fact.
_MOSTLY: Final = 0.75
# A part of a statement is told by a sentence that has this share of its words.
_TOLD: Final = 0.4
# What the review leaves open.
_SILENT: Final = re.compile(
    r"\b(?:not|no|nor|neither|never|nowhere|without|n't|only|unclear|undefined|undetermined|unknown|uncertain|unsettled|"
    r"open|yet to be|still to be|remains? to be|still have to|still has to|lost|incomplete|lacking|missing|silent)\b",
    re.IGNORECASE,
)
_NOT_TOLD: Final = re.compile(
    r"\b(?:review|it|article)\b[^.;]{0,80}\b(?:does not|doesn't|gives no|names no|gives neither|specifies no|describes no|"
    r"states no|mentions no|provides no|offers no|reports no|leaves)\b|"
    r"\b(?:not|nor|no|neither)\b[^.;]{0,120}\b(?:stated|named|given|specified|described|mentioned|reported|provided)\b|"
    r"\b(?:undefined|undetermined|unclear|left open|remains? open|(?:still|yet|remains?) to be (?:determined|worked out))\b",
    re.IGNORECASE,
)
_ALIKE: Final = ({"percent", "fraction"}, {None, "patients"}, {None, "fold"})
# Stems of words that leave something open.
_OPEN: Final = frozenset(map(stem, "only lost incomplete clear unclear open undefined unknown exclude rule".split()))
_PHRASAL: Final = re.compile(r"\b(?:carried|carry|ruled?|worked|work|set|taken|stands?) $", re.IGNORECASE)
# What only holds under a condition: from its word to the end of the clause.
_CONDITION: Final = re.compile(r"\b(?:once|if|when|after|until|unless|where)\b[^,;:.]*", re.IGNORECASE)
_ORDERS: Final = re.compile(
    r"\W*(?:please |always |never |do not |don't |then |next,? |first,? )*(?:mention|tell|decide|offer|give|use|start|check|discuss|"
    r"consider|explain|note|avoid|book|list|refer|try|ask|warn|place|inject|order|stop|add|continue|repeat|choose|"
    r"remember|keep|look|expect|proceed|move|go|do|let|make|take|begin|prescribe|switch|skip|monitor|treat|perform)\b",
    re.IGNORECASE,
)
_SUBORDINATE: Final = re.compile(r"\b(?:once|if|when|until|unless)\b[^,;:.]*", re.IGNORECASE)
# A sentence without one of these outside its conditions tells nothing, and reads as advice.
_VERB: Final = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|may|might|can|could|should|would|will|does|do|did|"
    r"(?:help|show|compar|includ|suggest|improv|reduc|us|giv|carr|remain|appear|seem|nam|describ|stat|"
    r"mention|provid|specif|leav|occur|aris|originat|involv|maintain|produc|contribut|cause|increas|decreas|lower|reliev|"
    r"alleviat|activat|inhibit|affect|develop|respond|experienc|suffer|randomis|randomiz|receiv|assign|allocat|cross|follow|reach|"
    r"achiev|depend|var|last|differ|indicat|consist|belong|refer|mean|represent|allow|bring|tak|plac|target|"
    r"stimulat|run|pass|com|go|lie|suppl|serv|requir|exist|expect|guid|conclud|agree|found|"
    r"evaluat|assess|enrol|look|keep|stay|caus|act|interact|bind|hold|express|sprout|evok|trigger|releas|"
    r"sensitis|sensitiz|regard|consider|recommend|benefit|outweigh|ease|pos|prefer|call|class|"
    r"accompan|becom|obtain|exclud|appear|contain|attribut|declar|appl|publish|comprise|compris|lessen|shorten|undergo|proceed|conduct|succeed|succe|offer|"
    r"deliver|implant|insert|remov|say|speak|draw|cit)(?:s|e|es|ed|d|y|ies|ied|ize|izes|ized|ise|ises|ised)?|"
    r"(?:report|list|support|form|work|need|test|result|block|treat|count|place|stud|lead|target|accept)(?:ed|ied)|needs|works|counts|"
    r"lies|leads to|results in|forms|gave|found|came|went|ran|lay|brought|led|took|left|made|held|became|said|drew|began|kept|fell|rose|had|saw)\b",
    re.IGNORECASE,
)
# Kinds of things of which only the neighbours tell the role.
_NEIGHBOURED: Final = frozenset({"mechanism", "anatomy", "finding", "technique"})
# Words that deny by themselves, as "rather than" does not.
_STRONG: Final = re.compile(
    r"\b(?:not|no|never|none|nothing|nobody|nowhere|neither|nor|without|cannot|lack\w*|absence|[a-z]+n't)\b",
    re.IGNORECASE,
)
# Names for whatever is done.
_GENERAL: Final = frozenset({"interventional_care", "named_drug", "pain_relief"})
_PRONOUN: Final = re.compile(r"\b(?:an?|the|this|that)\s+(?:\w+\s+)?$", re.IGNORECASE)
_PARTS: Final = re.compile(
    r";\s+|,?\s+(?:but|while|whereas|although|though|yet)\s+|,\s+(?:and|so|except that|yet)\s+|:\s+"
)


def disagreement(sentence: str, statements: Sequence[Statement], named: Iterable[str] = ()) -> str | None:
    """Why the sentence is not what one of the statements says; None where it is.

    named: concept ids that the question or the sentence before has named, so that the sentence need not. A sentence
    of several parts may take each from another of the statements.
    """
    reasons = [_against(saying(sentence), statement, frozenset(named)) for statement in statements]
    if not reasons or None in reasons:
        return None if reasons else "it cites no statement"
    parts = [part for part in _PARTS.split(sentence) if part.strip()]
    if len(statements) > 1 and len(parts) > 1 and _is_joined(parts, statements, frozenset(named)):
        return None
    return reasons[0]


def _is_joined(parts: Sequence[str], statements: Sequence[Statement], named: frozenset[str]) -> bool:
    known = named
    for part in parts:
        if all(_against(saying(part), statement, known) for statement in statements):
            return False
        known |= saying(part).ids
    return True


def _against(said: Saying, statement: Statement, named: frozenset[str]) -> str | None:
    source = saying(statement.text)
    if [word.stem for word in said.words] == [word.stem for word in source.words] and said.text == source.text:
        return None
    for check in (
        _foreign_things,
        _foreign_figures,
        _foreign_words,
        _no_sentence,
        _polar,
        _elsewhere,
        _turned,
        _losses,
        _overstated,
    ):
        reason = check(said, source, statement, named)
        if reason:
            return reason
    return misplaced(said, source)


def _foreign_things(said: Saying, source: Saying, statement: Statement, named: frozenset[str]) -> str | None:
    """Something named that the statement does not name; a broader word for it is allowed."""
    known = load().concepts
    there = load().with_broader([name for name in (*source.ids, *statement.about) if name in known]) | source.ids
    for thing in said.things:
        if thing.id not in there and not all(_stands_for(word, source) for word in said.words_in(thing)):
            return f"its statement does not speak of “{said.text[thing.start : thing.end]}”"
    return None


def _foreign_figures(said: Saying, source: Saying, statement: Statement, named: frozenset[str]) -> str | None:
    for figure in said.figures:
        is_pronoun = said.text[figure.start : figure.end].lower() == "one" and _PRONOUN.search(
            said.text[: figure.start]
        )
        if not is_pronoun and not any(_is_same(figure, said, other, source) for other in source.figures):
            return f"its statement does not have the figure “{said.text[figure.start : figure.end]}” so"
    here = Counter(_value(figure) for figure in said.figures if not _is_pronoun(said, figure))
    there = Counter(map(_value, source.figures))
    often = [value for value, count in here.items() if count > 1 and count > there[value]]
    return f"it has the figure {often[0]:g} more often than its statement" if often else None


def _is_pronoun(said: Saying, figure: Number) -> bool:
    """Whether it is the "one" of "a prospective one"."""
    return said.text[figure.start : figure.end].lower() == "one" and bool(_PRONOUN.search(said.text[: figure.start]))


def _value(figure: Number) -> float:
    return round(figure.value * 100 if figure.unit == "fraction" else figure.value, 2)


def _is_same(one: Number, said: Saying, other: Number, source: Saying) -> bool:
    """Whether two figures have value, unit and bound in common, and are both denied or both not."""
    values = {(one.value, one.upper), *([(one.value * 100, one.upper)] if one.unit == "fraction" else [])}
    others = {(other.value, other.upper), *([(other.value * 100, other.upper)] if other.unit == "fraction" else [])}
    close = any(abs(a[0] - b[0]) < 0.01 and a[1] == b[1] for a in values for b in others)
    units = {one.unit, other.unit}
    fits = len(units) == 1 or units in _ALIKE
    alike = said.is_denied_at(one.start) == source.is_denied_at(other.start) or _NOT_TOLD.search(said.text) is not None
    times = [figure for figure in source.figures if figure.unit in TIMES]
    attached = _is_attached(said.text, one) == _is_attached(source.text, other) or len(times) < 2
    return close and fits and alike and attached and _bound(said.text, one) == _bound(source.text, other)


def _is_attached(text: str, figure: Number) -> bool:
    """Whether the figure is tied to its unit before a noun: "4-hour infusions"."""
    return figure.unit in TIMES and "-" in re.sub(r"\d\s*-\s*\d", "", text[figure.start : figure.end])


def _bound(text: str, figure: Number) -> str | None:
    before = text[max(0, figure.start - 24) : figure.start]
    return next((name for name, pattern in _BOUNDS if pattern.search(before)), None)


def _foreign_words(said: Saying, source: Saying, statement: Statement, named: frozenset[str]) -> str | None:
    wordings = load_wordings()
    content = [word for word in said.free_words() if word.stem not in wordings.free | wordings.telling]
    weak = _IN_SILENCE if _both_silent(said, statement) else frozenset[str]()
    foreign = [
        word for word in content
        if not _stands_for(word, source) and word.stem not in weak and not (word.text == "any" and word.is_denied)
        and not (word.text == "out" and _PHRASAL.search(said.text[: word.start]))
    ]  # fmt: skip
    if not foreign:
        return None
    is_plain = len(foreign) == 1 and _is_plain(foreign[0]) and len(content) - 1 + len(said.things) >= _CARRIED
    return None if is_plain else f"its statement does not say “{foreign[0].text}”"


def _is_plain(word: Said) -> bool:
    """Whether a word is in no list, and so neither known to claim something nor a name."""
    wordings = load_wordings()
    lists = wordings.never | wordings.hedges | wordings.grades | wordings.conditions | wordings.limits
    return not word.groups and word.stem not in lists and len(word.text) >= _SHORTEST and not word.is_name


def _stands_for(word: Said, source: Saying) -> bool:
    if word.text in ("may", "might") and any(other.stem in load_wordings().hedges for other in source.words):
        return True
    return any(_same(word, other) for other in source.words) or _is_converse(word, source)


def _same(word: Said, other: Said) -> bool:
    return word.stem == other.stem or bool(word.groups & other.groups) or _is_of_one_root(word.stem, other.stem)


def _is_of_one_root(one: str, other: str) -> bool:
    """Whether two stems differ by endings only: "inject" and "injection", but not "place" and "placebo"."""
    shared = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return shared >= _ROOT and one[shared:] in _ENDINGS and other[shared:] in _ENDINGS


def _is_converse(word: Said, source: Saying) -> bool:
    """Whether the word turns a relation of the statement round; then what it relates must change places, too."""
    converse = load_wordings().converse
    wanted = {other for group in word.groups for other in converse.get(group, ())}
    return any(other.groups & wanted for other in source.words)


def _polar(said: Saying, source: Saying, statement: Statement, named: frozenset[str]) -> str | None:
    """A word of direction, such as "more" or "later", that stands beside something else than in the statement."""
    polar = load_wordings().polar
    for at, word in enumerate(said.words):
        if word.stem not in polar:
            continue
        like = [i for i, other in enumerate(source.words) if _same(word, other)]
        near = _near(said, at)
        if like and not any(_same(one, other) for i in like for one in near for other in _near(source, i)):
            return f"its statement does not say “{word.text}” of this"
    return _lost_direction(said, [word for part in _told_parts(said, statement.text) for word in part.words])


def _lost_direction(said: Saying, told: Sequence[Said]) -> str | None:
    """A word of direction that the sentence leaves out beside what it directs."""
    wordings = load_wordings()
    here = said.words
    for at, word in enumerate(told):
        if word.stem not in wordings.directions or any(_same(word, other) for other in here):
            continue
        after = [other for other in told[at + 1 :] if other.stem not in wordings.free][:1]
        if any(_same(one, other) for one in after for other in here) and not _is_converse_of(word, here):
            return f"it leaves out “{word.text}”"
    return None


def _is_converse_of(word: Said, others: Sequence[Said]) -> bool:
    converse = load_wordings().converse
    wanted = {other for group in word.groups for other in converse.get(group, ())}
    return any(other.groups & wanted for other in others)


def _no_sentence(said: Saying, source: Saying, statement: Statement, named: frozenset[str]) -> str | None:
    """A scrap without a verb, or one that tells as a fact what the statement has only as a condition."""
    if _ORDERS.match(said.text):
        return "it gives an order, which no statement does"
    if not _VERB.search(_SUBORDINATE.sub(" ", said.text)):
        return "it is no whole sentence"
    spans = [match.span() for match in _CONDITION.finditer(source.text)]
    idle = load_wordings().free | load_wordings().telling
    own = [match.span() for match in _CONDITION.finditer(said.text)]
    content = [word for word in said.words if word.stem not in idle and not _is_in(word, own)]
    sources = [[other for other in source.words if _same(word, other)] for word in content]
    only = [like for like in sources if like and all(_is_in(other, spans) for other in like)]
    failing = [
        word for word in said.free_words() if word in content and word.groups & load_wordings().groups_of("failed")
    ]
    if any(like and all(_is_in(other, spans) for other in like) for like in
           ([other for other in source.free_words() if _same(word, other)] for word in failing)):  # fmt: skip
        return "it tells as a fact what its statement has as a condition"
    if content and len(only) >= _MOSTLY * len(content):
        return "it tells as a fact what its statement has as a condition"
    return None


def _is_in(word: Said, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= word.start < end for start, end in spans)


def _elsewhere(said: Saying, source: Saying, statement: Statement, named: frozenset[str]) -> str | None:
    """Something named among other words than in the statement: "calcium" where that has "magnesium"."""
    for thing in said.things:
        if thing.kind not in _NEIGHBOURED:
            continue
        own = said.words_in(thing)
        places = [other for other in source.things if other.id == thing.id]
        around = _around(said, thing.start, thing.end)
        if (
            own
            and places
            and around
            and not any(
                _same(one, other)
                for place in places
                for one in around
                for other in _around(source, place.start, place.end)
            )
        ):
            return f"its statement says something else of “{said.text[thing.start : thing.end]}”"
    return _word_elsewhere(said, source)


def _word_elsewhere(said: Saying, source: Saying) -> str | None:
    """The same for a word that stands for itself alone, such as the name of an ion."""
    wordings = load_wordings()
    for word in said.free_words():
        if (
            word.groups
            or word.stem in wordings.free | wordings.telling
            or word.stem not in {w.stem for w in source.words}
        ):
            continue
        around = _around(said, word.start, word.start + 1)
        places = [other for other in source.words if other.stem == word.stem]
        near = [other for place in places for other in _around(source, place.start, place.start + 1)]
        if around and near and not any(_same(one, other) for one in around for other in near):
            return f"its statement says something else of “{word.text}”"
    return None


def _around(text: Saying, start: int, end: int) -> list[Said]:
    """The words with content next to a stretch, three on either side."""
    idle = load_wordings().free
    before = [word for word in text.words if word.start < start and word.stem not in idle][-_WINDOW:]
    return before + [word for word in text.words if word.start >= end and word.stem not in idle][:_WINDOW]


def _near(text: Saying, at: int) -> list[Said]:
    """The words with content next to a word, two on either side."""
    idle = load_wordings().free
    before = [word for word in text.words[:at] if word.stem not in idle][-2:]
    return before + [word for word in text.words[at + 1 :] if word.stem not in idle][:2]


def _turned(said: Saying, source: Saying, statement: Statement, named: frozenset[str]) -> str | None:
    """What is denied here and not there, or there and not here.

    A negation may stand at another place of the clause, so that a word before it comes behind it; then what is denied
    in both must outweigh what is not.
    """
    wordings = load_wordings()
    if _both_silent(said, statement):
        return None
    if _STRONG.search(said.text) and not _STRONG.search(source.text):
        return "its statement denies nothing"
    for word in said.words:
        like = [other for other in source.words if _same(word, other)]
        if word.is_struck and like and not any(other.is_denied or other.is_open for other in like):
            return f"its statement says “{word.text}” the other way round"
    turned, alike = list[Said](), 0
    for word in said.free_words():
        if word.stem in wordings.free or word.stem in wordings.telling:
            continue
        like = [other for other in source.words if _same(word, other)]
        there = {other.is_denied for other in like}
        is_other = bool(there) and word.is_denied not in there
        if is_other and not (word.is_open or any(other.is_open for other in like)):
            turned.append(word)
            if word.is_struck or any(other.is_struck for other in like):
                return f"its statement says “{word.text}” the other way round"
        elif word.is_denied and there:
            alike += 1
    if turned and not (said.is_denying and alike >= len(turned)):
        return f"its statement says “{turned[0].text}” the other way round"
    return None


def _losses(said: Saying, source: Saying, statement: Statement, named: frozenset[str]) -> str | None:
    """A hedge, a grade of evidence, a condition or a limit lost, of those parts of the statement that are told."""
    if _both_silent(said, statement):
        return _lost_subject(said, statement, named)
    wordings = load_wordings()
    told = [word for part in _told_parts(said, statement.text) for word in part.words]
    free = {word.stem for part in _told_parts(said, statement.text) for word in part.free_words()}
    here, there = {word.stem for word in said.words}, {word.stem for word in told}
    if there & wordings.hedges and not here & (wordings.hedges | _ALSO_HEDGES):
        return "its statement is more cautious"
    if (there & wordings.grades) - here and "evid" in here and not here & wordings.grades:
        return "it leaves out how strong the evidence is"
    groups_here = {group for word in said.words for group in word.groups}
    for word in told:
        if word.stem not in free or word.stem in here or word.groups & groups_here:
            continue
        if word.stem in wordings.conditions:
            return f"it leaves out a condition of its statement: “{word.text}”"
        if word.stem in wordings.limits:
            return f"it leaves out a limit of its statement: “{word.text}”"
    if "gap" in statement.aspects and _is_silence(statement.text) and not _is_open_too(said, statement):
        return "its statement is on what the review leaves open"
    return _lost_subject(said, statement, named)


def _told_parts(said: Saying, text: str) -> list[Saying]:
    """The parts of a statement that a sentence tells; all of them where it tells none by itself."""
    wordings = load_wordings()
    here = {word.stem for word in said.words}
    parts = [saying(part) for part in _PARTS.split(text) if part and part.strip()]
    found = []
    for part in parts:
        content = [word for word in part.words if word.stem not in wordings.free]
        told = sum(word.stem in here or any(_same(word, other) for other in said.words) for word in content)
        if content and told >= _TOLD * len(content):
            found.append(part)
    return found or [saying(text)]


def _both_silent(said: Saying, statement: Statement) -> bool:
    """Whether both say that the review does not tell something; then what it does not tell is denied in neither."""
    is_gap = "gap" in statement.aspects
    return is_gap and bool(_NOT_TOLD.search(said.text)) and bool(_NOT_TOLD.search(statement.text))


def _is_open_too(said: Saying, statement: Statement) -> bool:
    """Whether a sentence leaves open what its statement does, in that way or by the same word."""
    here, there = ({word.stem for word in text.words} & _OPEN for text in (said, saying(statement.text)))
    return _both_silent(said, statement) or bool(here and there)


def _is_silence(text: str) -> bool:
    return bool(_SILENT.search(text))


def _lost_subject(said: Saying, statement: Statement, named: frozenset[str]) -> str | None:
    """A sentence must name, of the treatments and of the conditions that its statement is about, one each."""
    known = load().concepts
    about = load().with_broader(statement.about)
    things = [thing for part in _told_parts(said, statement.text) for thing in part.things]
    for kind in ("intervention", "condition"):
        of_kind = {thing.id for thing in things if thing.kind == kind and thing.id in about} - _GENERAL
        wider = load().with_broader(name for name in of_kind if name in known)
        near = {thing.id for thing in said.things if thing.kind == kind} | (named & set(known))
        narrower = load().with_broader(name for name in near if name in known)
        if of_kind and not (near & wider or narrower & of_kind):
            return f"it does not say of which {'treatment' if kind == 'intervention' else kind} it speaks"
    return None


def _overstated(said: Saying, source: Saying, statement: Statement, named: frozenset[str]) -> str | None:
    """A grade or a superlative put to another noun than in the statement."""
    grades = load_wordings().grades
    pairs = {pair for at, _ in enumerate(source.words) for pair in _graded(source.words, at, grades)}
    for at, word in enumerate(said.words):
        if word.stem in grades:
            here = set(_graded(said.words, at, grades))
            if here and pairs and not here & pairs and any(pair[0] == word.stem for pair in pairs):
                return f"its statement puts “{word.text}” to something else"
    return None


def _graded(words: Sequence[Said], at: int, grades: frozenset[str]) -> Iterable[tuple[str, str]]:
    """The word with the nouns of grading that follow or precede closely."""
    if words[at].stem not in grades:
        return
    for other in words[max(0, at - 4) : at + 6]:
        if other.stem in ("evid", "recommend", "support", "effect", "relief"):
            yield words[at].stem, other.stem


__all__ = ["Thing", "disagreement"]

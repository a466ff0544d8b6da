"""A turn of a conversation as a question that stands alone: one visible order of rules, no language model."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from assistant.besides import asks, asks_only_next, bare_mentions, content
from assistant.conversation import People, Person, hear
from assistant.courtesy import asks_again, asks_source, courtesy, lead_end
from assistant.offered import answers_inquiry, with_offered
from assistant.patient import Patient
from assistant.pronouns import EMPTY_IT, IT, ITS, completed, filled_in, put
from assistant.reading import Mention
from assistant.record import in_words
from assistant.spelling import spelled_out, with_forms_named
from assistant.terms import Terms
from assistant.topics import (
    POINTS_BACK,
    Conversation,
    Kind,
    Topic,
    Turn,
    another_study,
    carried_on,
    fitting,
    kind_of,
    latest_about,
    names_treatment,
    replied,
    same_kind,
    study_behind,
    subject_of,
)
from assistant.types import Message
from assistant.whom import with_patient

_MOST_LABELS: Final = 4
_SHORT: Final = 4
_MOST_SOURCES: Final = 3
# Further back, nobody has a question in mind.
_FRAMES: Final = 3
_OTHER_STUDY: Final = re.compile(
    r"\b(?:the|any|an|is there (?:any|an)?)? ?\b(?:other|second|another|outpatient) (?:trial|study|rct|paper|one)\b",
    re.IGNORECASE,
)
_BACK_TO: Final = re.compile(
    r"^\W*(?:(?:ok|so|now|and|but|right|let's|can we|could we|let us|i want to|please)\b[\s,]*)*"
    r"(?:go(?:ing)? |get(?:ting)? |com(?:e|ing) )?"
    r"(?:back|return(?:ing)?) to\b",
    re.IGNORECASE,
)
# "Back to the first one": somebody, and no thing.
_TO_PERSON: Final = re.compile(
    r"\b(?:first|second|last|other|previous|earlier) (?:one|patient|pt|case)\b", re.IGNORECASE
)
_LEADS_ON: Final = re.compile(r"^\W*(?:and|so|but|also|then|or)\b", re.IGNORECASE)
_SETS_AGAINST: Final = re.compile(
    r"^\W*(?:(?:and|or|so|how about)\W+)?((?:vs|versus|against|(?:as )?compared (?:with|to)))\b", re.IGNORECASE
)
_ASKS_WITH: Final = re.compile(
    r"^\W*(?:what|which|who|whose|when|where|why|how|is|are|was|were|does|do|did|can|could|should|would|"
    r"will|define|explain|describe|"
    r"tell me about|any)\b",
    re.IGNORECASE,
)
# "It's the foot. Which block?" has a question of its own.
_ASKS_WHICH: Final = re.compile(
    r"[.,;:]\s*(?:and |so |then )?which (?:\w+ )?(?:blocks?|one|injection)\b", re.IGNORECASE
)
BLOCK: Final = "sympathetic_block"
_NEXT: Final = "What next on the review's pathway?"


def conversation(turns: Sequence[Message], terms: Terms, record: Patient | None = None) -> Conversation:
    """What a conversation has been about, turn by turn; `record` is the patient that it is known to be about."""
    known = Conversation(people=People((Person(patient=record),), 0) if record else People(), record=record)
    for turn in turns:
        if turn["role"] == "assistant":
            known = replied(known, turn["content"])
        elif turn["content"].strip():
            understood, known = follow(known, turn["content"], terms)
            if not (understood.courtesy or understood.is_again or understood.asks_source):
                known = replace(known, topics=(*known.topics, Topic(understood, about=known.people.current)))
    return known


def follow(known: Conversation, text: str, terms: Terms) -> tuple[Turn, Conversation]:
    """The turn as a question that stands alone, and the conversation with the people that it tells of."""
    if kind := courtesy(text):
        return Turn("small talk", text, text, courtesy=kind), known
    typed = text
    if known.topic:
        text = with_forms_named(spelled_out(text), subject_of(known.topic, terms), terms)
        text = _with_both_sides(text, known.topic, terms)
    for rule in (_again, _source):
        if known.topic and (turn := rule(known.topic, text)):
            return turn, known
    named = with_offered(text, known, terms)
    resolved = named if named != text else filled_in(text, known.topic, terms)
    people = hear(known.people, _with_question(resolved, text, known, terms), terms)
    after = replace(known, people=people)
    if people.current != known.people.current and people.current in range(len(known.people.all)):
        # Somebody come back to is asked about as they were left.
        own = tuple(topic for topic in known.topics if topic.about == people.current)
        known = replace(known, topics=own or known.topics)
    turn = next(turn for rule in RULES if (turn := rule(_Heard(text, resolved, known, people, named != text), terms)))
    if turn.kind == "alone" and turn.text == spelled_out(typed):
        # A whole question is read as it was typed.
        turn = replace(turn, text=typed, standalone=typed)
    return with_patient(turn, known, people, text, terms), after


def _with_both_sides(text: str, topic: Topic, terms: Terms) -> str:
    """With the treatment before it that was spoken of: "vs PNS?"."""
    found = _SETS_AGAINST.match(text)
    treated = [c for c in subject_of(topic, terms) if kind_of(c, terms) == "treatment"] if found else []
    if not found or not treated or not names_treatment(text, terms) or treated[0] in terms.concepts(text):
        return text
    return f"{terms.label(treated[0])} {text[found.start(1) :]}"


def _with_question(resolved: str, text: str, known: Conversation, terms: Terms) -> str:
    """What is told in answer to the last reply, with the question before it: "CRPS foot, what next?", "both failed"."""
    asked = known.topic.turn if known.topic else None
    if known.people.person is None and asked and answers_inquiry(text, known, terms):
        return f"{asked.text.rstrip('?. ')}. {resolved}"
    return resolved


@dataclass(frozen=True, slots=True)
class _Heard:
    """What a rule looks at: the words, the same with pronouns resolved, the conversation before, the people after.

    is_elliptic: whether the words left out which treatment they tell of.
    """

    text: str
    resolved: str
    before: Conversation
    people: People
    is_elliptic: bool = False

    @property
    def person(self) -> Person | None:
        return self.people.person


def _again(topic: Topic, text: str) -> Turn | None:
    """The last question once more, after "are you sure?"."""
    if topic.turn is None or not asks_again(text):
        return None
    return replace(topic.turn, is_again=True)


def _source(topic: Topic, text: str) -> Turn | None:
    """The last question, and the references behind the beginning of its answer, after "ref for that?"."""
    if not asks_source(text):
        return None
    asked = topic.turn or Turn("carried", topic.opening, topic.opening)
    return replace(asked, asks_source=True, references=topic.references[:_MOST_SOURCES])


def _news(heard: _Heard, terms: Terms) -> Turn | None:
    """What comes next, after news of the patient without a question, or with no other than this."""
    person = heard.person
    if person is None or person.patient is None or not heard.before.topics:
        return None
    if asks(heard.resolved) and not (heard.is_elliptic and asks_only_next(heard.resolved)):
        return None
    if heard.people is heard.before.people:
        return None
    return Turn("news", _NEXT, f"{_NEXT} ({in_words(person.patient, terms.corpus, person.age)})")


def _return(heard: _Heard, terms: Terms) -> Turn | None:
    """What is asked of a thing spoken of before the last one, after "back to the stellate: ..."."""
    found = _BACK_TO.search(heard.text)
    after = heard.text[found.end() :] if found else ""
    near = len(heard.text) - len(after) + len(_TO_PERSON.split(re.split(r"[.,:;?]", after)[0])[0])
    named = [
        m for m in terms.find(heard.text) if found and found.end() <= m.start < near and m.id in terms.corpus.concepts
    ]
    if not found or not named:
        return None
    topic = latest_about(named[0].id, heard.before, terms)
    rest = heard.text[named[0].end :].strip(" ,.:;-\u2013")
    if not content(rest):
        return replace(topic.turn, kind="return") if topic and topic.turn else None
    written = heard.text[named[0].start : named[0].end]
    label = terms.label(named[0].id) if terms.kind(named[0].id) != "condition" else written
    asked = put(IT, label, rest) or put(ITS, f"{label}'s", rest) or f"{rest} ({label})"
    carried = carried_on(topic, asked, terms) if topic else ()
    return _turn("return", asked, carried, "", (), terms)


def _other(heard: _Heard, terms: Terms) -> Turn | None:
    """Another study of the same treatment in the same condition, after "and the other trial?"."""
    found = _OTHER_STUDY.search(heard.text)
    topic = heard.before.topic
    if not found or topic is None:
        return None
    # The study that was asked about; an answer may name the other beside it.
    asked = [c for t in heard.before.topics[-3:] for c in terms.concepts(t.question) if terms.kind(c) == "study"]
    spoken = [c for t in heard.before.topics[-3:] for c in terms.concepts(t.opening)]
    studies = (
        asked
        or [c for c in spoken if terms.kind(c) == "study"]
        or [study for number in topic.references if (study := study_behind(number, terms))]
    )
    subjects = [*studies, *subject_of(topic, terms)]
    other = another_study(set(studies), subjects, terms)
    if not studies or other is None:
        return None
    label = terms.label(other)
    rest = (heard.text[: found.start()] + label + heard.text[found.end() :]).strip()
    question = rest if content(rest.replace(label, "")) else f"What did {label} find?"
    return Turn("changed", question, question)


def _alone(heard: _Heard, terms: Terms) -> Turn | None:
    """A whole question, or the first: nothing is carried."""
    if not heard.before.topics:
        return Turn("alone", heard.text, heard.text)
    own = heard.text[lead_end(heard.text) :]
    if POINTS_BACK.search(own) and not EMPTY_IT.search(own):
        return None
    if bare_mentions(heard.text, terms):
        return None
    if not _has_substance(own, terms):
        return None
    if len(terms.stems(own)) < _SHORT and not _ASKS_WITH.search(own):
        return None
    if _LEADS_ON.search(heard.text) and carried_on(heard.before.topic, heard.text, terms):
        return None
    return Turn("alone", heard.text, heard.text)


def _changed(heard: _Heard, terms: Terms) -> Turn | None:
    """The last question with another subject of the same kind, after "and ketamine?", "what about the leg"."""
    if _ASKS_WHICH.search(heard.text):
        return None
    named = bare_mentions(heard.text, terms)
    topic = _frame(heard.before.topics, named, terms)
    if not named or topic is None or topic.turn is None:
        return None
    asked, added = topic.turn.standalone, []
    for mention in named:
        old = same_kind(asked, mention.id, terms)
        written = re.sub(r"'s?$", "", heard.text[mention.start : mention.end])
        if old is None:
            added.append(written)
        else:
            asked = asked[: old.start] + written + asked[old.end :]
    if len(added) == len(named):
        return None
    asked = f"{asked} ({', '.join(added)})" if added else asked
    asked = _refitted(asked, [m.id for m in named], terms)
    return Turn("changed", asked, asked)


def _frame(topics: Sequence[Topic], named: Sequence[Mention], terms: Terms) -> Topic | None:
    """The latest question that can be asked of another treatment.

    One about a single effect or structure of its own ("is a Horner's a complication?") can't.
    """
    last = topics[-1] if topics else None
    if any(terms.is_treatment(mention.id) for mention in named):
        for topic in reversed(topics[-_FRAMES:]):
            own = terms.concepts(topic.turn.text) if topic.turn else ()
            if any(terms.is_treatment(c) for c in own):
                return topic
            if not any(terms.kind(c) in ("finding", "mechanism", "anatomy") for c in own):
                break
    return last


def _refitted(text: str, named: Sequence[str], terms: Terms) -> str:
    """The text without blocks that do not serve the site that it now names."""
    for mention in reversed(terms.find(text)):
        if mention.id not in named and fitting(mention.id, named, terms) != mention.id:
            text = text[: mention.start] + terms.label(BLOCK) + text[mention.end :]
    return text


def _carry(heard: _Heard, terms: Terms) -> Turn | None:
    """Anything else: its own words, with the subject of the last question and of the answer to it."""
    topic = heard.before.topic
    if topic is None:
        return Turn("alone", heard.text, heard.text)
    text = completed(heard.resolved, topic, terms)
    carried = carried_on(topic, text, terms)
    # A treatment that was not spoken of is a new subject, of which the old words say nothing.
    treated = {c for c in terms.concepts(heard.text) if terms.is_treatment(c)}
    is_new = bool(treated) and not treated & {*terms.concepts(topic.question), *terms.concepts(topic.opening)}
    is_whole = names_treatment(text, terms) and bool(terms.aspects(text))
    context = "" if is_new or is_whole else f"{topic.question} {topic.opening}"
    # Figures asked of "it" are those of the trial that was spoken of.
    is_of_trial = not is_new and not names_treatment(heard.text, terms) and "result" in terms.aspects(text)
    references = topic.references if context or is_of_trial else ()
    return _turn("carried", text, carried, context, references, terms)


# In this order; the last takes whatever comes.
Rule = Callable[[_Heard, Terms], Turn | None]
RULES: Final[tuple[Rule, ...]] = (_news, _return, _other, _alone, _changed, _carry)


def _turn(
    kind: Kind, text: str, carried: Sequence[str], context: str, references: tuple[int, ...], terms: Terms
) -> Turn:
    labels = terms.labels(carried[:_MOST_LABELS])
    standalone = f"{text} ({labels})" if labels else text
    return Turn(kind, text, standalone, tuple(carried), context, references)


def _has_substance(text: str, terms: Terms) -> bool:
    return any(
        terms.kind(c) in ("intervention", "condition", "study", "mechanism", "anatomy", "source")
        for c in terms.concepts(text)
    )

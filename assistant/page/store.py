"""Conversations and feedback kept in a database, where one is named; no Streamlit."""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    DateTime,
    Engine,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    delete,
    select,
)
from sqlalchemy.exc import SQLAlchemyError

from assistant.corpus import Corpus
from assistant.errors import AssistantError, StoreError
from assistant.page.chats import Chat, Feedback
from assistant.page.models import Turn
from assistant.page.saved import disagreements, from_json, to_json
from assistant.settings import Settings

# What names a reader's conversations: whoever has it has them, so it is long and drawn at random.
_OWNER: Final = re.compile(r"[A-Za-z0-9_-]{22,64}")
_METADATA: Final = MetaData()
_CONVERSATIONS: Final = Table(
    "stellate_conversations",
    _METADATA,
    Column("id", String(32), primary_key=True),
    Column("owner", String(64), nullable=False, index=True),
    Column("updated", DateTime, nullable=False),
    Column("document", Text, nullable=False),
)
_FEEDBACK: Final = Table(
    "stellate_feedback",
    _METADATA,
    Column("conversation", String(32), primary_key=True),
    Column("position", String(8), primary_key=True),
    Column("owner", String(64), nullable=False, index=True),
    Column("updated", DateTime, nullable=False),
    Column("helpful", Boolean, nullable=True),
    Column("wrong_evidence", Text, nullable=False),
    Column("comment", Text, nullable=False),
    Column("question", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("identity", String(64), nullable=False),
)

_DISAGREED: Final = Table(
    "stellate_disagreements",
    _METADATA,
    Column("conversation", String(32), primary_key=True),
    Column("position", String(8), primary_key=True),
    Column("owner", String(64), nullable=False, index=True),
    Column("updated", DateTime, nullable=False),
    Column("rule", String(100), nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("identity", String(64), nullable=False),
)


def new_owner() -> str:
    """A name that nobody can guess for the conversations of one reader."""
    return secrets.token_urlsafe(16)


def is_owner(name: str) -> bool:
    """Whether it may be such a name."""
    return bool(_OWNER.fullmatch(name))


def identity(settings: Settings) -> str:
    """What answers depend on, in short: the index's manifest and the settings, without where the store is."""
    manifest = settings.index_dir / "manifest.json"
    index = manifest.read_bytes() if manifest.is_file() else b""
    rest = json.dumps(settings.model_dump(mode="json", exclude={"store"}), sort_keys=True).encode()
    return f"{hashlib.sha256(index).hexdigest()[:12]}-{hashlib.sha256(rest).hexdigest()[:12]}"


class Store:
    """The conversations in a database, each under its owner's name; raises StoreError where that can't be used."""

    def __init__(self, url: str) -> None:
        """Open the database and make its tables where they are missing."""
        with _told():
            self._engine: Engine = create_engine(url)
            _METADATA.create_all(self._engine)

    def load(self, owner: str, corpus: Corpus, unreadable: list[str] | None = None) -> list[Chat]:
        """The owner's conversations, the last changed first, their turns numbered through.

        One that can't be read is left where it is; why is put into `unreadable`, or raised where there is none.
        """
        query = select(_CONVERSATIONS.c.document).where(_CONVERSATIONS.c.owner == owner)
        with _told(), self._engine.connect() as connection:
            documents = list(connection.scalars(query.order_by(_CONVERSATIONS.c.updated.desc())))
        found: list[Chat] = []
        for document in documents:
            try:
                found.append(from_json(document, corpus, sum(len(chat.turns) for chat in found))[0])
            except AssistantError as error:
                if unreadable is None:
                    raise
                unreadable.append(str(error))
        return found

    def fingerprint(self, owner: str, chat: str) -> str:
        """What tells one state of the owner's kept conversation from another; "" where it is not kept."""
        query = select(_CONVERSATIONS.c.document).where(_CONVERSATIONS.c.owner == owner, _CONVERSATIONS.c.id == chat)
        with _told(), self._engine.connect() as connection:
            document = connection.scalar(query)
        return hashlib.sha256(document.encode()).hexdigest() if document else ""

    def save(self, owner: str, chat: Chat, identity: str) -> None:
        """Keep the conversation, in place of an earlier state of it, with feedback and what was disagreed with."""
        now = datetime.now(UTC).replace(tzinfo=None)
        all_have = {"owner": owner, "updated": now, "identity": identity, "conversation": chat.id}
        row = {"id": chat.id, "owner": owner, "updated": now, "document": to_json(chat, identity)}
        notes = [
            all_have | _note(position, turn, chat.feedback[turn.number])
            for position, turn in enumerate(chat.turns, 1)
            if turn.number in chat.feedback
        ]
        against = [all_have | item | {"position": str(at)} for at, item in enumerate(disagreements(chat), 1)]
        with _told(), self._engine.begin() as connection:
            _forget(owner, chat.id, connection)
            connection.execute(_CONVERSATIONS.insert(), row)
            if notes:
                connection.execute(_FEEDBACK.insert(), notes)
            if against:
                connection.execute(_DISAGREED.insert(), against)

    def forget(self, owner: str, chat: str) -> None:
        """Delete the owner's conversation of that id with its feedback; an id that is not there changes nothing."""
        with _told(), self._engine.begin() as connection:
            _forget(owner, chat, connection)

    def close(self) -> None:
        """Close what connections are open."""
        self._engine.dispose()


def _forget(owner: str, chat: str, connection: Connection) -> None:
    columns = (_CONVERSATIONS.c.id, _FEEDBACK.c.conversation, _DISAGREED.c.conversation)
    for table, column in zip((_CONVERSATIONS, _FEEDBACK, _DISAGREED), columns, strict=True):
        connection.execute(delete(table).where(column == chat, table.c.owner == owner))


def _note(position: int, turn: Turn, feedback: Feedback) -> dict[str, object]:
    said = asdict(feedback)
    return {
        "position": str(position),
        "helpful": said["helpful"],
        "wrong_evidence": json.dumps(said["wrong_evidence"]),
        "comment": said["comment"],
        "question": turn.question,
        "answer": json.dumps(turn.answer.to_dict() if turn.answer else None, ensure_ascii=False),
    }


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except (SQLAlchemyError, ImportError, ValueError) as error:
        # Without the statement and its values, which hold what was asked; and without the URL's password.
        reason = str(getattr(error, "orig", None) or error).splitlines()[0][:200]
        raise StoreError(
            f"store: {reason}; name a database that can be written in ASSISTANT_STORE, such as sqlite:///stellate.db"
        ) from None

"""Replies of a model kept in a file, so that an evaluation that is run again asks nothing twice."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from pydantic import PrivateAttr

from assistant.errors import ModelError


class KeptReplies(BaseChatModel):
    """A chat model that answers from a file of JSON lines what it has answered before; faults are not kept.

    name: what tells one model's replies from another's in the file. Raises ModelError for a file that can't be used.
    """

    model: BaseChatModel
    named: str
    path: Path
    _known: dict[str, str] = PrivateAttr(default_factory=dict)
    _lock: Any = PrivateAttr(default_factory=threading.Lock)

    def model_post_init(self, context: Any, /) -> None:
        """Read what the file holds."""
        if not self.path.exists():
            return
        try:
            lines = self.path.read_text(encoding="utf-8").split("\n")
            self._known.update((line["key"], line["text"]) for line in map(json.loads, filter(str.strip, lines)))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ModelError(
                f"{self.path}: can't be read as kept replies ({type(error).__name__}); delete it or name another file"
            ) from None

    @property
    def _llm_type(self) -> str:
        return "kept-replies"

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        key = self._key(messages)
        text = self._known.get(key)
        if text is None:
            # Streamed, as a draft is without kept replies, so that a provider is asked in the same way.
            pieces = list(self.model.stream(messages))
            refusal = next((piece.additional_kwargs["refusal"] for piece in pieces
                            if piece.additional_kwargs.get("refusal")), None)  # fmt: skip
            if refusal:
                declined = AIMessage("", additional_kwargs={"refusal": refusal})
                return ChatResult(generations=[ChatGeneration(message=declined)])
            text = "".join(str(piece.text) for piece in pieces)
            self._keep(key, text)
        return ChatResult(generations=[ChatGeneration(message=AIMessage(text))])

    def _key(self, messages: Sequence[BaseMessage]) -> str:
        asked = json.dumps([self.named, [[message.type, message.content] for message in messages]])
        return hashlib.sha256(asked.encode()).hexdigest()

    def _keep(self, key: str, text: str) -> None:
        if not text.strip():
            return
        with self._lock:
            self._known[key] = text
            try:
                with self.path.open("a", encoding="utf-8") as file:
                    file.write(json.dumps({"key": key, "text": text}, ensure_ascii=False) + "\n")
            except OSError as error:
                raise ModelError(f"{self.path}: can't be written ({error}); name another file") from None

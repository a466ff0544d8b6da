"""Questions made up for tests of the metrics."""

from __future__ import annotations

from typing import Any

from assistant.evaluation.sets import Item


def item(identity: str = "x1", **changes: Any) -> Item:
    """A question about the block for the arm, changed as wanted."""
    values: dict[str, Any] = {
        "id": identity,
        "kind": "factual",
        "question": f"Which block is for the arm ({identity})?",
        "must": [{"text": "stellate", "any": ["stellate"]}],
        "refs": [27],
        "expect": "answer",
    }
    return Item.model_validate(values | changes)


def arms() -> Item:
    """A question whose wrong answer has the right numbers the wrong way round."""
    return item(
        "arms",
        kind="numeric",
        must=[
            {"text": "67 % PNS", "any": [r"\b67 ?% with stimulation"]},
            {"text": "0 %", "any": [r"\b0 ?% of controls"]},
        ],
        mustnot=[r"\b67 ?% of controls"],
        refs=[71],
    )

"""A canonical sentence with one thing changed: made false, or put in other words and still true."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Variant:
    """A changed sentence; what: the change in short; is_true: it says the same as before.

    is_grave: by contract a text that says so is to be blocked: a wrong order, the wrong block for a site, a result in
    which arms or direction are reversed; for other false sentences a caution is enough.
    """

    kind: str
    statement: str
    text: str
    what: str
    is_true: bool
    is_grave: bool = False


@dataclass(frozen=True, slots=True)
class Skipped:
    """A change that was not tried, because the sentence would be no clear falsehood."""

    kind: str
    statement: str
    what: str
    why: str

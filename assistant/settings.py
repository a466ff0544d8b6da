"""What a deployer changes, in one place; environment variables have the prefix ASSISTANT_."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final, Self
from urllib.parse import urlsplit

import platformdirs
from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from assistant.errors import SettingsError

PROJECT_DIR: Final = Path(__file__).resolve().parent.parent
PACKAGED_MODEL: Final = "all-MiniLM-L6-v2"
LONGEST_QUESTION: Final = 4000


def _in_checkout() -> bool:
    return (PROJECT_DIR / "pyproject.toml").is_file()


def _index_dir() -> Path:
    return (
        PROJECT_DIR / ".stellate" / "index"
        if _in_checkout()
        else Path(platformdirs.user_cache_dir("stellate"), "index")
    )


def _library_dir() -> Path:
    if _in_checkout():
        return PROJECT_DIR / "corpus" / "library"
    return Path(platformdirs.user_data_dir("stellate"), "library")


class Settings(BaseSettings):
    """All settings; `Settings()` reads the environment, keyword arguments win over it.

    model: a chat model as `provider:name`, such as openai:gpt-5; none by default.
    model_timeout_s: seconds that drafting one answer may take, all calls of the model together; 1 to 600.
    embedding_model: a sentence-transformers model's folder; by default the packaged all-MiniLM-L6-v2.
    index_dir: where the index is built and read.
    library_dir: your own copies of documents, the review's text or PDF among them.
    corpus_dir: statements, references and vocabulary.
    chroma_url: a Chroma server as http(s)://host:port; by default Chroma runs embedded in `index_dir`.
    store: a database URL to keep conversations in, such as sqlite:///stellate.db; by default nothing is kept.
    """

    model_config = SettingsConfigDict(env_prefix="ASSISTANT_", frozen=True, env_ignore_empty=True, extra="forbid")

    model: str | None = None
    model_timeout_s: float = Field(default=60.0, ge=1, le=600)
    embedding_model: str = PACKAGED_MODEL
    index_dir: Path = Field(default_factory=_index_dir)
    library_dir: Path = Field(default_factory=_library_dir)
    corpus_dir: Path = PROJECT_DIR / "corpus"
    chroma_url: str | None = None
    store: str | None = None

    def __init__(self, **values: Any) -> None:
        try:
            super().__init__(**values)
        except ValidationError as error:
            raise SettingsError(_describe(error)) from None

    @field_validator("model")
    @classmethod
    def _names_a_provider(cls, value: str | None) -> str | None:
        provider, _, name = (value or "").partition(":")
        if value and not (provider.strip() and name.strip()):
            raise ValueError(
                "must be provider:name, such as openai:gpt-5, anthropic:claude-sonnet-4-5 or ollama:llama3"
            )
        return value

    @field_validator("store")
    @classmethod
    def _is_database(cls, value: str | None) -> str | None:
        if value and "://" not in value:
            raise ValueError("must be a database URL, such as sqlite:///stellate.db")
        return value

    @field_validator("chroma_url")
    @classmethod
    def _is_url(cls, value: str | None) -> str | None:
        if value:
            url = urlsplit(value)
            try:
                is_usable = url.scheme in ("http", "https") and bool(url.hostname) and url.port != 0
            except ValueError:  # from url.port, where it is no number or too large
                is_usable = False
            if not is_usable:
                raise ValueError("must be http://host:port or https://host:port")
        return value

    @model_validator(mode="after")
    def _corpus_is_there(self) -> Self:
        if not (self.corpus_dir / "statements").is_dir():
            raise ValueError(f"corpus_dir: {self.corpus_dir} has no folder 'statements'; name the folder of a corpus")
        return self


def _describe(error: ValidationError) -> str:
    """One sentence per fault, naming the environment variable."""
    faults = []
    for fault in error.errors():
        name = "_".join(str(part) for part in fault["loc"]).upper()
        message = fault["msg"].removeprefix("Value error, ")
        prefix = f"ASSISTANT_{name} {message} (got {fault['input']!r})" if name else message
        faults.append(f"settings: {prefix}; allowed: {', '.join(Settings.model_fields)}")
    return "; ".join(faults)

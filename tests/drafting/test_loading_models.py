"""The model that the settings name: clear errors for what is missing, and nothing loaded without one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from langchain_core.language_models import GenericFakeChatModel
from langchain_core.messages import AIMessage, HumanMessage

from assistant import Settings
from assistant.drafting.models import load_model
from assistant.drafting.replies import KeptReplies
from assistant.errors import ModelError, SettingsError
from assistant.settings import PROJECT_DIR


def test_a_missing_key_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(ModelError, match="no key; set OPENAI_API_KEY, or unset ASSISTANT_MODEL"):
        load_model(Settings(model="openai:gpt-5"))


@pytest.mark.parametrize("provider", ["mistralai", "groq"])
def test_a_missing_package_is_named_with_the_command(provider: str) -> None:
    with pytest.raises(ModelError, match=f"not installed; run `pip install 'langchain-{provider}'`"):
        load_model(Settings(model=f"{provider}:some-model"))


def test_an_unknown_provider_is_named_with_what_is_allowed() -> None:
    with pytest.raises(ModelError, match="LangChain knows no such provider.*openai, anthropic, ollama"):
        load_model(Settings(model="nobody:some-model"))


@pytest.mark.parametrize("value", ["gpt-5", "openai:", ":gpt-5"])
def test_a_model_without_provider_or_name_is_refused(value: str) -> None:
    with pytest.raises(SettingsError, match="ASSISTANT_MODEL must be provider:name"):
        Settings(model=value)


def test_without_a_model_nothing_of_it_is_imported() -> None:
    script = (
        "import sys, assistant.api, assistant.answering.chain\n"
        "print([name for name in sys.modules if name.startswith(('assistant.drafting', 'openai', 'langchain_openai'))])"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=PROJECT_DIR, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_kept_replies_are_not_asked_for_again(tmp_path: Path) -> None:
    path = tmp_path / "replies.jsonl"
    first = KeptReplies(model=GenericFakeChatModel(messages=iter([AIMessage("once")])), named="a", path=path)
    assert first.invoke([HumanMessage("hello")]).text == "once"
    silent = GenericFakeChatModel(messages=iter([AIMessage("twice")]))
    again = KeptReplies(model=silent, named="a", path=path)
    assert again.invoke([HumanMessage("hello")]).text == "once"
    assert KeptReplies(model=silent, named="b", path=path).invoke([HumanMessage("hello")]).text == "twice"


def test_a_damaged_file_of_replies_is_named(tmp_path: Path) -> None:
    path = tmp_path / "replies.jsonl"
    path.write_text("not JSON\n", encoding="utf-8")
    with pytest.raises(ModelError, match=r"replies\.jsonl: can't be read as kept replies"):
        KeptReplies(model=GenericFakeChatModel(messages=iter([])), named="a", path=path)

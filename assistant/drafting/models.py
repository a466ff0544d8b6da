"""The chat model that the settings name, through LangChain's `init_chat_model`."""

from __future__ import annotations

import os
from typing import Any, Final

from langchain_core.language_models import BaseChatModel

from assistant.errors import ModelError
from assistant.settings import Settings

# Providers with an extra of this project, and the environment variable of their key.
KEYS: Final = {"openai": "OPENAI_API_KEY", "anthropic": "ANTHROPIC_API_KEY", "ollama": None}


def load_model(settings: Settings) -> BaseChatModel:
    """The chat model of `settings.model`; raises ModelError with the next step where package, key or name is missing.

    The client's own retries are off and its time-out is that of the settings: how long drafting may take in all is
    decided by the caller. No message of the client is passed on, since it may quote the key.
    """
    from langchain.chat_models import init_chat_model

    given = settings.model or ""
    provider, _, name = given.partition(":")
    key = KEYS.get(provider)
    if key and not os.environ.get(key):
        raise ModelError(f"ASSISTANT_MODEL={given}: no key; set {key}, or unset ASSISTANT_MODEL to do without a model")
    try:
        model: BaseChatModel = init_chat_model(
            name, model_provider=provider, **_options(provider, settings.model_timeout_s)
        )
        return model
    except ImportError:
        package = f"stellate[{provider}]" if provider in KEYS else f"langchain-{provider.replace('_', '-')}"
        raise ModelError(
            f"ASSISTANT_MODEL={given}: the package for {provider!r} is not installed; run `pip install '{package}'`"
        ) from None
    except ValueError:
        raise ModelError(
            f"ASSISTANT_MODEL={given}: LangChain knows no such provider or can't set it up; allowed: provider:name "
            f"with a provider of init_chat_model, such as {', '.join(KEYS)}"
        ) from None
    except Exception as error:  # whatever a client raises; its message may hold the key
        raise ModelError(
            f"ASSISTANT_MODEL={given}: the model can't be set up ({type(error).__name__}); check the provider's "
            "package and environment variables"
        ) from None


def _options(provider: str, timeout_s: float) -> dict[str, Any]:
    if provider in ("openai", "anthropic"):
        return {"timeout": timeout_s, "max_retries": 0}
    return {"client_kwargs": {"timeout": timeout_s}} if provider == "ollama" else {}

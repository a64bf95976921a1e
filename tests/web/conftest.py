"""What the tests of the interfaces for other programs share: one running app with a token and a language model."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from index import Library
from rag import LanguageModel, Writer
from tests.conftest import serve
from tests.model_server import Model, serving_model
from tests.writing import KEY, PATIENCE
from web.background import Background
from web.server import build_server

TOKEN = "a-token-for-programs"


@dataclass(frozen=True)
class Doors:
    """A running app over the sample articles, its token, and the language model behind it."""

    url: str
    token: str
    library: Library
    model: Model

    @property
    def bearer(self) -> dict[str, str]:
        """The header with the token."""
        return {"Authorization": f"Bearer {self.token}"}


@pytest.fixture(scope="session")
def doors(samples: Library) -> Iterator[Doors]:
    with serving_model() as model:
        writer = Writer(samples, LanguageModel(model.url, "test", KEY), PATIENCE)
        background = Background(samples, writer.prepare)
        background.start()
        assert background.wait_until_ready()
        for url in serve(build_server(samples, background, TOKEN, writer=writer)):
            yield Doors(url, TOKEN, samples, model)
        background.stop()

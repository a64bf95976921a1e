"""JSON of what is to be exported."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from rag import Citation, Mode
from rag.export import Claim

from ...limits import MAX_EXPORTED_CITATIONS, MAX_EXPORTED_TURNS
from ...messages import export as texts
from ..parameters import MAX_INTEGER
from ..schemas import Body, WholeNumber
from .formats import ExportFormat


class _PartOfAnswer(BaseModel):
    """A part of an answer as this API returned it. The fields that an export doesn't need are ignored."""

    model_config = ConfigDict(extra="ignore")


class CitationBody(_PartOfAnswer):
    """A citation: it is exported only if the article has the quote at this place."""

    marker: WholeNumber = Field(ge=0, le=MAX_INTEGER)
    article_id: WholeNumber = Field(ge=0, le=MAX_INTEGER)
    quote: str
    start: WholeNumber = Field(ge=0, le=MAX_INTEGER)
    end: WholeNumber = Field(ge=0, le=MAX_INTEGER)


class TurnToExport(_PartOfAnswer):
    """An answer as `/ask` returned it."""

    question: str = Field(examples=["What did Kirby say?"])
    text: str = ""
    mode: Mode = "quotes"
    abstained: bool = False
    short_answer: str | None = None
    citations: list[CitationBody] = Field(default=[], max_length=MAX_EXPORTED_CITATIONS, examples=[[]])

    def claim(self) -> Claim:
        """What the client says that the answer was."""
        citations = [Citation(c.marker, c.article_id, c.quote, c.start, c.end) for c in self.citations]
        return Claim(self.question, self.text, self.mode, self.abstained, self.short_answer or "", citations)


class ExportBody(Body):
    """Answers to export, in the form in which `/ask` returned them."""

    format: ExportFormat = Field(examples=["md"])
    title: str = Field(default=texts.CONVERSATION, max_length=300, examples=["Kirby"])
    turns: list[TurnToExport] = Field(max_length=MAX_EXPORTED_TURNS)

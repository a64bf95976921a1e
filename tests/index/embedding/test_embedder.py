"""The bundled model: the published one, one forward pass for passages and sentences."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from index import Embedder, Library, Span
from index.embedding.codec import pack_bytes, pack_signs, unpack_bytes, unpack_signs
from index.embedding.embedder import BUNDLED, SentenceTransformerEmbedder, precision_of
from index.embedding.precision import multiply_in_bfloat16
from index.errors import EmbedderMismatch, LibraryUnusable
from index.text import content_spans

TEXT = "Kirby spoke on Thursday. The ferry sails again."
SENTENCES = [Span(0, 24), Span(25, 47)]
WORDS = content_spans(TEXT)


def test_vectors_have_length_one_and_meaning(embedder: Embedder) -> None:
    [embedding] = embedder.embed_passages([TEXT], [SENTENCES], [WORDS])
    assert embedding.passage.shape == (embedder.dim,)
    assert embedding.sentences.shape == (2, embedder.dim)
    assert np.allclose(np.linalg.norm(embedding.sentences, axis=1), 1, atol=1e-5)
    boat = embedder.embed_question("When does the boat go?")
    assert embedding.sentences[1] @ boat > embedding.sentences[0] @ boat


def test_a_passage_of_one_sentence_is_its_sentence(embedder: Embedder) -> None:
    # The model pools by the mean too; only its two special tokens differ.
    [embedding] = embedder.embed_passages([TEXT], [[Span(0, len(TEXT))]], [[]])
    assert embedding.words.shape == (0, embedder.dim)
    assert embedding.passage @ embedding.sentences[0] > 0.95


@given(arrays(np.float32, (3, 8), elements=st.floats(-1, 1, width=32)))
def test_vectors_in_bytes_point_where_they_did(vectors: np.ndarray) -> None:
    lengths = np.linalg.norm(vectors, axis=1)
    restored = unpack_bytes(pack_bytes(vectors), 8)
    assert restored.shape == vectors.shape
    for vector, length, other in zip(vectors, lengths, restored, strict=True):
        if length > 1e-6:
            assert np.linalg.norm(other) == pytest.approx(1, abs=1e-5)
            assert vector @ other / length > 0.999


def test_sentence_vectors_are_read_as_they_were_made(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "ferry.txt"
    path.write_text(f"Ferry\n\n{TEXT}")
    [article_id] = library.add(path).added
    [passage] = library.passages.of_article(article_id)
    spans = [span.shifted(-passage.start) for span in passage.sentences]
    [made] = library.embedder.embed_passages([passage.text], [spans], [[]])
    read = library.passages.sentence_vectors([passage.id])[passage.id]
    assert (read * made.sentences).sum(axis=1).min() > 0.9995


def test_batches_change_nothing(embedder: SentenceTransformerEmbedder) -> None:
    long = "A much longer passage stands beside it so that there is padding. " * 8
    alone = embedder.embed_passages([TEXT], [SENTENCES], [WORDS])[0]
    beside = embedder.embed_passages([long, TEXT], [[Span(0, len(long))], SENTENCES], [[], WORDS])[1]
    # In bfloat16, an input of a multiplication may be rounded to either side: an angle below a third of a degree.
    near = 1e-4 if embedder.precision == "full" else 5e-3
    assert np.allclose(alone.sentences, beside.sentences, atol=near)
    assert np.allclose(alone.words, beside.words, atol=near)


def test_bfloat16_gives_the_same_vectors(samples: Library) -> None:
    full = SentenceTransformerEmbedder.load(precision="full")
    half = SentenceTransformerEmbedder.load(precision="full")
    multiply_in_bfloat16(half._model)  # on any processor, however slow
    assert (full.precision, precision_of(BUNDLED, "full"), precision_of("other-model", "auto")) == ("full",) * 3
    passages = [passage for article in samples.articles() for passage in samples.passages.of_article(article.id)]
    texts = [passage.text for passage in passages]
    spans = [[span.shifted(-passage.start) for span in passage.sentences] for passage in passages]
    words = [content_spans(text) for text in texts]
    for one, other in zip(
        full.embed_passages(texts, spans, words), half.embed_passages(texts, spans, words), strict=True
    ):
        assert one.passage @ other.passage >= 0.9999
        assert (one.sentences * other.sentences).sum(axis=1).min() >= 0.9998
        assert (one.words * other.words).sum(axis=1).mean() >= 0.9998
    question = "Who said that the ferry sails again?"
    assert full.embed_question(question) @ half.embed_question(question) >= 0.9999


def test_words_meet_those_of_a_question(embedder: Embedder) -> None:
    [embedding] = embedder.embed_passages([TEXT], [SENTENCES], [WORDS])
    assert [word.of(TEXT) for word in WORDS] == ["Kirby", "spoke", "Thursday", "ferry", "sails", "again"]
    assert embedding.word_counts == (3, 3)
    question = "Does the boat go?"
    [boat] = embedder.embed_words(question, [Span(9, 13)])
    assert WORDS[int(np.argmax(embedding.words @ boat))].of(TEXT) == "ferry"


def test_words_beyond_the_limit_of_a_question_are_zero(embedder: Embedder) -> None:
    question = "word " * 400 + "ferry"
    found = embedder.embed_words(question, [Span(0, 4), Span(2000, 2005)])
    assert np.linalg.norm(found, axis=1).round(3).tolist() == [1, 0]


@pytest.mark.parametrize("words", [0, 1, 7])
def test_signs_are_kept(words: int) -> None:
    vectors = np.random.default_rng(words).standard_normal((words, 384)).astype(np.float32)
    kept = unpack_signs(pack_signs(vectors), 384)
    assert kept.shape == vectors.shape
    assert np.array_equal(kept > 0, vectors > 0)
    assert np.allclose(np.linalg.norm(kept, axis=1), 1)


def test_too_long_a_passage_is_refused_and_a_question_is_cut(embedder: Embedder) -> None:
    with pytest.raises(ValueError, match="has 300 tokens; the model reads at most 254"):
        embedder.embed_passages(["word " * 300], [[Span(0, 4)]], [[]])
    assert embedder.embed_question("word " * 5000).shape == (embedder.dim,)


def test_a_library_keeps_to_its_model(tmp_path: Path, embedder: Embedder) -> None:
    Library.open(tmp_path, embedder).close()
    with pytest.raises(EmbedderMismatch, match="other-model"):
        Library.open(tmp_path, "other-model")


def test_a_missing_model_says_so(tmp_path: Path) -> None:
    with pytest.raises(LibraryUnusable, match="can't be loaded"):
        SentenceTransformerEmbedder.load(str(tmp_path / "nowhere"))

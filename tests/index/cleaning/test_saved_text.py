"""Cleaning the text of saved news pages."""

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.cleaning.saved_text import clean_saved_page, fold_white_space
from tests.index.cleaning.saved_page import HEADLINE, MESSY, PARAGRAPHS


def test_a_messy_page_is_cleaned() -> None:
    page = clean_saved_page(MESSY)
    assert page.title == HEADLINE
    assert page.text == "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize("ends", ["\r\n", "\r", "\n"])
def test_line_ends_of_every_platform(ends: str) -> None:
    assert clean_saved_page(MESSY.replace("\n", ends)).text == "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    "credit",
    [
        "Photo by A B/AGENCY via Getty Images",
        " Photo by Drew Angerer/GETTY IMAGES",
        " (Photo by A B / AFP) (Photo by A B/AFP via Getty Images)",
        "Photo: A B/Reuters",
        " (AP Photo/Evan Carter)",
        "Mary Jones/AFP via Getty Images",
    ],
)
def test_credits_after_a_headline(credit: str) -> None:
    page = clean_saved_page(f"Town council votes for a new bridge{credit}\n\nThe council voted on Monday.\n")
    assert page.title == "Town council votes for a new bridge"
    assert page.text == "The council voted on Monday."


def test_a_caption_followed_by_its_credit() -> None:
    raw = "A headline here\n\nThe council met.\n\nThe town hall in Lundby on March 3, 2023.\nPhoto by A B/AFP\n"
    assert clean_saved_page(raw).text == "The council met."


def test_text_similar_to_credits_is_kept() -> None:
    sentence = "A photo by NASA shows the planet, according to Reuters and the Times/News poll by AP."
    assert clean_saved_page(f"A headline here\n\n{sentence}\n\nMore.").text == f"{sentence}\n\nMore."


def test_a_headline_that_may_be_a_sentence_is_kept_in_the_text() -> None:
    raw = "The council has voted for a new bridge.\n\nThe mayor was glad.\n\nNobody else was."
    page = clean_saved_page(raw)
    assert page.title == "The council has voted for a new bridge."
    assert page.text == raw


def test_a_wiki_title_is_not_a_photo_tag() -> None:
    page = clean_saved_page("Angela Merkel\n\nEarly life\n\nShe was born in Hamburg and grew up in Templin.")
    assert page.title == "Angela Merkel"
    assert page.text.startswith("Early life")


def test_a_byline_is_the_author() -> None:
    page = clean_saved_page("Council votes for bridge\nBy Jane Porter\n\nThe council voted.")
    assert (page.title, page.author, page.text) == ("Council votes for bridge", "Jane Porter", "The council voted.")


def test_wrapped_lines_are_joined_but_not_lists() -> None:
    wrapped = "The council voted on Monday for the new bridge that the town\nhas wanted for years. It costs a lot."
    assert clean_saved_page(f"Headline here\n\n{wrapped}").text == wrapped.replace("\n", " ")
    listed = "Here is what the council wants to do about it in the next year\n- build a bridge\n- close the ferry"
    assert clean_saved_page(f"Headline here\n\n{listed}").text == listed


@pytest.mark.parametrize(
    "sentence",
    [
        "The story was first reported by the joint desk of Reuters/AFP.",
        "Images were supplied by John Smith/Reuters.",
        "The winner of the prize was the Photo by Annie Leibovitz.",
        "Copyright 2023 was the hardest year for publishers, said Smith.",
        "“All rights reserved” is a phrase that nobody reads, he said.",
        "The treaty was signed in Geneva on December 22, 2022.",
        "Home News / World News / Politics / Europe / Ukraine / Russia / Business / Sports / Culture / Travel / Video…",
    ],
)
def test_sentences_of_the_article_are_kept(sentence: str) -> None:
    for raw in (f"A headline here\n\nFirst.\n\n{sentence}\n\nLast.", f"A headline here\n\nFirst.\n\nThen. {sentence}"):
        assert clean_saved_page(raw).text.count(sentence) == 1
    raw = f"A headline here\n\n{sentence}\n\nPhoto by A B/AFP via Getty Images\n\nOne.\n\nTwo.\n\nThree.\n\nFour."
    assert sentence in clean_saved_page(raw).text


@pytest.mark.parametrize(
    "headline",
    [
        "In Pictures: King Charles Coronation",
        "Photos: Putin Meets Zelensky",
        "Putin Slams Reuters/AFP",
        "The Story Behind the Photo by Nick Ut",
        "Kherson Is Free",
    ],
)
def test_headlines_are_not_cut(headline: str) -> None:
    raw = f"{headline}\n\nUkrainian forces entered the city on Friday after the Russians withdrew from it\n\nMore."
    assert clean_saved_page(raw).title == headline


def test_a_copyright_notice_after_the_last_paragraph() -> None:
    raw = "A headline here\n\nOne.\n\n“Nobody is serious,” one said. © 2024 Outlet. All rights reserved. Do not copy."
    assert clean_saved_page(raw).text == "One.\n\n“Nobody is serious,” one said."


def test_a_wrapped_article_without_a_headline_loses_nothing() -> None:
    text = "The president of the country said on Thursday that the war would go on for a while. " * 4
    raw = "\n".join(textwrap.wrap(text, 72)) + "\n\nMore."
    assert clean_saved_page(raw).text == f"{text.strip()}\n\nMore."


@pytest.mark.parametrize(
    "line",
    ["." * 100_000, "A." * 50_000, "Ab Cd/Ef/" * 11_000, "Photo by A B" + " | Menu" * 9_000 + "!", "A" * 99_000],
)
def test_pathological_lines_are_fast(line: str) -> None:
    assert clean_saved_page(f"A headline here\n\n{line}\n\nLast.").text.endswith("Last.")


@given(st.lists(st.text(st.characters(categories=["L", "N", "Zs"]), min_size=1).filter(str.strip), min_size=1))
def test_no_word_of_plain_paragraphs_is_lost(paragraphs: list[str]) -> None:
    raw = "\n\n".join(f"{paragraph.strip()}." for paragraph in paragraphs)
    page = clean_saved_page(raw)
    kept = f"{page.title or ''} {page.text}".split()
    assert all(word in kept for word in fold_white_space(raw).split())

"""Every renderer takes every block, whatever words people put into it: nothing breaks out, nothing is lost."""

from __future__ import annotations

import io
from typing import Any, get_args

import docx
import lxml.html
import pikepdf
import pytest

from frankpledge.engine.documents.blocks import Block, Document
from frankpledge.engine.documents.html import render_blocks, render_html
from frankpledge.engine.documents.pdf import render_pdf
from frankpledge.engine.documents.word import render_word
from tests.engine.documents.samples import CALM, HOSTILE, blocks_with, document_of

KINDS = [kind.__name__ for kind in get_args(Block)]
TEXTS = {"calm": CALM, **HOSTILE}


def block_of(kind: str, text: str) -> Block:
    return next(block for key, block in blocks_with(text).items() if key.__name__ == kind)


def test_the_samples_hold_every_block() -> None:
    assert {kind.__name__ for kind in blocks_with(CALM)} == set(KINDS)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("kind", KINDS)
def test_page(kind: str, text: str) -> None:
    drawn = render_blocks([block_of(kind, text)], figure_href=lambda figure_id: f"/figures/{figure_id}/")
    tree = lxml.html.fragment_fromstring(drawn, create_parent="div")
    assert not tree.xpath("//script | //style | //iframe | //link")
    assert not tree.xpath("//@style"), "a strict policy refuses style attributes"
    assert not [name for element in tree.iter() for name in element.attrib if name.startswith("on")]
    assert all(not href.lower().startswith("javascript:") for href in tree.xpath("//@href"))


def opened_word(document: Document) -> Any:
    return docx.Document(io.BytesIO(render_word(document)))


@pytest.mark.parametrize("kind", KINDS)
def test_each_block_alone_on_paper(kind: str) -> None:
    document = document_of(block_of(kind, CALM))
    assert opened_word(document).paragraphs[0].style.name == "Title"
    with pikepdf.open(io.BytesIO(render_pdf(document))) as opened:
        assert opened.Root.MarkInfo.Marked


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_words_on_paper(text: str) -> None:
    document = document_of(*blocks_with(text).values(), text=text)
    assert len(opened_word(document).tables) >= 3
    with pikepdf.open(io.BytesIO(render_pdf(document))) as opened:
        assert len(opened.pages) >= 3


@pytest.mark.parametrize("name", ["script", "ampersand", "welsh", "typst", "template"])
def test_words_arrive_as_they_were_written(name: str) -> None:
    text = HOSTILE[name]
    document = document_of(block_of("Paragraph", text), text=text)
    page = lxml.html.document_fromstring(render_html(document)).text_content()
    word = "\n".join(paragraph.text for paragraph in opened_word(document).paragraphs)
    assert text in page
    assert text in word

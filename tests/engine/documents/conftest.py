"""The whole sample document, rendered once for all tests that look into it."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from frankpledge.engine.documents.html import render_html
from frankpledge.engine.documents.pdf import render_pdf
from frankpledge.engine.documents.word import render_word
from tests.engine.documents.samples import whole_document


@pytest.fixture(scope="session")
def standalone() -> str:
    """The sample document as one HTML file."""
    return render_html(whole_document())


@pytest.fixture(scope="session")
def word_parts() -> dict[str, str]:
    """The parts of the sample Word document, pictures left out."""
    with zipfile.ZipFile(io.BytesIO(render_word(whole_document()))) as package:
        return {name: package.read(name).decode() for name in package.namelist() if re.search(r"\.(xml|rels)$", name)}


@pytest.fixture(scope="session")
def pdf() -> bytes:
    """The sample document as PDF."""
    return render_pdf(whole_document())

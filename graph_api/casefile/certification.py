"""The page that goes with a file that is filed: which file, made of what, by whom and when. It is apart from the file, and not signed."""

from __future__ import annotations

from datetime import datetime

from graph_api import __version__
from graph_api.casefile.blocks import CaseFileDocument, Facts, Paragraph, Run
from graph_api.casefile.case_file import CaseFile
from graph_api.casefile.document_texts import CERTIFICATION_TEXTS, DOCUMENT_TEXTS, METHOD_TEXTS
from graph_api.casefile.layout import CONTRACT_VERSION, LayoutOptions
from graph_api.casefile.messages import message_text
from graph_api.evidence.projection import PROJECTION_VERSION
from graph_api.evidence.status_text import Language


def certification(file: CaseFile, name: str, digest: str, made: datetime, options: LayoutOptions) -> CaseFileDocument:
    """Return the certification of a file: its name, the SHA-256 of its bytes in hexadecimal digits, and when it was made, in UTC."""
    language = Language(file.language)

    def text(key: str) -> str:
        return message_text(CERTIFICATION_TEXTS[key], language)

    def method(key: str, **values: object) -> str:
        return message_text(METHOD_TEXTS[key], language, **values)

    versions = method("version-list", program=__version__, rules=PROJECTION_VERSION, contract=CONTRACT_VERSION)
    stated = (
        (text("file"), name),
        (text("subject"), file.name),
        (text("sha256"), digest),
        (method("content-hash"), file.content_hash),
        (method("graph-hash"), file.snapshot or message_text(DOCUMENT_TEXTS["not-given"], language)),
        (method("versions"), versions),
        (text("generated"), f"{made:%Y-%m-%d %H:%M:%S} UTC"),
        (text("by"), options.operator or method("not-stated")),
        (method("contact"), options.contact or method("contact-not-stated")),
    )
    signed = ((text(key), text("open")) for key in ("compared", "name", "signed"))
    blocks = (
        Facts(tuple((label, (Run(words),)) for label, words in stated)),
        Paragraph((Run(text("statement")),)),
        Facts(tuple((label, (Run(words),)) for label, words in signed)),
    )
    page = message_text(DOCUMENT_TEXTS["page"], language, page="{page}", pages="{pages}")
    footer = f"{text('title')} · {digest[:16]}"
    return CaseFileDocument(
        text("title"), language.value.lower(), options.operator, f"{made:%Y-%m-%d}", footer, page, blocks
    )

"""Case files as plain text: one line a paragraph, a blank line before what begins a part."""

from __future__ import annotations

from graph_api.casefile.blocks import CaseFileDocument, Heading, Notice, NumberedLines, TableBlock, block_lines
from graph_api.export.case_files.case_file_format import CaseFileFormat


def _write(document: CaseFileDocument) -> bytes:
    """Return a document as text in UTF-8; its last line is what stands at the foot of pages in other formats."""
    lines = [document.title]
    for block in document.blocks:
        is_apart = isinstance(block, Heading | Notice | NumberedLines | TableBlock) and lines[-1]
        lines += ["", *block_lines(block)] if is_apart else block_lines(block)
        if isinstance(block, Heading):
            lines.append("")
    return "\n".join((*lines, "", document.footer, "")).encode()


FORMAT = CaseFileFormat("text", "text/plain; charset=utf-8", _write)

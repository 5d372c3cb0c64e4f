"""Case files as files to take away: every format draws the blocks of one document, so that their words are the same.

``text``, ``html``, ``pdf`` and ``docx`` are formats; ``case_file_format`` is what a format is, ``registry`` has every format by its name.
PDF and DOCX need the packages of the extra named "documents". The same document gives the same bytes: no format reads a clock.
"""

"""Answers as files: one module for each format, one registry.

``export_format``  what a format is
``rows``           the rows of an answer, and its lists flattened into cells
``csv``            comma-separated values for spreadsheets
``jsonl``          one JSON object a line
``registry``       every format by its name
"""

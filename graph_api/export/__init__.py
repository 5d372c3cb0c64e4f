"""Answers as files: one module for each format, one registry.

``export_format``  what a format is
``rows``           the rows of an answer, and its lists flattened into cells
``csv``            comma-separated values for spreadsheets
``jsonl``          one JSON object a line
``records``        the records of an answer, and the fields that lead from one to another
``followthemoney`` entities for the tools of investigators
``graphml``        a graph for Gephi and networkx
``geojson``        features at the points of places
``registry``       every format by its name
``case_files``     case files as PDF, DOCX, HTML and text
"""

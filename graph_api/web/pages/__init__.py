"""Pages for readers: rendered here, one stored operation behind each, so that a page, its JSON and its table are the same answer.

They work without script and fetch nothing from elsewhere.

``routes`` lists them; ``server`` answers a request; ``responses`` are its headers and formats, ``page_cache`` keeps pages,
and ``caching`` answers with them. ``page`` is what a
page is, ``parts`` what it is made of; ``start``, ``find``, ``people``, ``events``, ``exchanges``, ``map``, ``years``, ``figures``, ``connect``,
``news``, ``differences``, ``questions``, ``about``, ``sources`` and ``records`` (the other kinds) are pages, ``case_files`` documents to take away,
``listing`` is what all lists have around them, ``facets`` are their counts by the values of a property, ``event_rows`` are events in tables,
``person_parts`` what stands beside the lines of a person, ``timeline`` is a picture of them, ``map_picture`` that of places, ``year_bars`` that of
counts. ``filters`` turns a query string into a filter of the schema. ``operations`` are the stored operations, ``question_fields`` are the controls
of the forms of questions, ``rendering`` draws templates, ``assets`` are the style sheet and the script. ``known`` has pages as of a day,
``languages`` the catalogues, ``labels`` the words for values of closed lists, ``notices`` which of the fixed lines stand where.
"""

// Names in every spelling, as they are written and folded (graph_api/model/folding.py). The analyzer leaves no word out: «По» is a name.
CREATE FULLTEXT INDEX record_spellings IF NOT EXISTS FOR (n:Record) ON EACH [n.name_text, n.fold_tokens]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-no-stop-words', `fulltext.eventually_consistent`: false}};

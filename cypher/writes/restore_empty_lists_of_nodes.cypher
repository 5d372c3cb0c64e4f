// restore_empty_lists_of_nodes() -> [count]
// Makes empty lists, and lists of one empty text, of the texts that stand for them in the files of an import; in transactions of its own.
MATCH (x)
WITH x, [key IN keys(x) WHERE x[key] = ['\u001e'] OR x[key] = ['\u001d']] AS empty WHERE size(empty) > 0
CALL (x, empty) {
  UNWIND empty AS key
  SET x[key] = CASE WHEN x[key] = ['\u001e'] THEN [] ELSE [''] END
} IN TRANSACTIONS OF 20000 ROWS
RETURN count(*) AS count

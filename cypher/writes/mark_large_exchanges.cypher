// mark_large_exchanges(most) -> [count]
// Marks the exchanges of more people than that, which connect everybody with everybody: by names, or by what a figure states of one side.
MATCH (e:Exchange)
WITH e, COUNT { (e)<-[:TOOK_PART]-() } > $most OR EXISTS {
  MATCH (e)<-[:ABOUT]-(f:Figure {measure: 'freed'})
  WHERE f.quantity_low > $most AND COUNT { (f)-[:ABOUT]->(:Exchange) } = 1
} AS is_large
SET e.is_large = CASE WHEN is_large THEN true END
RETURN count(*) AS count

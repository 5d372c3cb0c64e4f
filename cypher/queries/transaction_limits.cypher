// transaction_limits() -> [value]
// How much memory one transaction, and all of them together, may use; no rows where the user may not read settings.
SHOW SETTINGS 'db.memory.transaction.max', 'dbms.memory.transaction.total.max' YIELD value
RETURN value

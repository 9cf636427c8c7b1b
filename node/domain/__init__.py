"""What this organisation decides: plain functions on plain values. Knows `vocab` only; no protocol, table, clock or framework."""

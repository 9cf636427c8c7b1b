"""Deeds that begin in this house: each opens with a person's or the node's own wish and ends in rows."""

"""Rows in, values out. The only room that knows SQL."""

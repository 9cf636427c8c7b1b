"""The shelves: each maps the rows of one concern to values, by hand."""

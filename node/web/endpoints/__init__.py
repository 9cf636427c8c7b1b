"""Answers for machines, one file per concern. Each defines ENDPOINT."""

"""Signatures on requests, by standard."""

"""One file per object type."""

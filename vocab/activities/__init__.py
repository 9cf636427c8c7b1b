"""One file per activity type."""

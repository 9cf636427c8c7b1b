"""One file per activity: how we send it, check it, act on it, undo it. Each defines HANDLER."""

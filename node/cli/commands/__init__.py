"""One file per command. Each defines COMMAND, a click command."""

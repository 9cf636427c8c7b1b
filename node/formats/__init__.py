"""One file per exchange format. Each defines FORMAT."""

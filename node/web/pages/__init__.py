"""One pair of files per page: about.py and about.html. Each defines PAGE."""

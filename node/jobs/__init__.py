"""One file per kind of waiting work. Each defines JOB."""

"""What is public, as statements: an index beside the database, and questions to it in a process that can be killed."""

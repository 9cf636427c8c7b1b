"""The tables, SQLAlchemy Core, one file per shelf."""

"""How each kind of server sees us: one file per server that defines ORACLE; the folder is the registry."""

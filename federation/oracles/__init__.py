"""How each kind of server sees us: one file per server that defines ORACLE; the folder is the registry.

A file names the code that it re-states. What several servers do alike is taken from federation.appearance; what only looks alike
(which keys are needed, which properties are shown) is said for each, for it changes with that server alone.
"""

"""What this organisation runs: the server. See README.md for the rooms and who may import whom."""

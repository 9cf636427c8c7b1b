"""The demonstration: three nodes on this machine and the story they live through."""

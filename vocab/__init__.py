"""What can be said: the open vocabulary of communities of practice, usable without our server.

No socket, table, clock or log in here. Spec: ActivityStreams 2.0.
"""

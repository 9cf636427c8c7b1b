"""What servers owe one another: the protocol as pure values and tables. No socket, table, clock or log of its own."""

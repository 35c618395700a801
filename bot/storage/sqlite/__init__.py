"""SQLite: the database that comes with the program, safe for several processes on one machine."""

"""Bàn làm việc trên web: the one Django app, in which each role sees its own desk and nothing more."""

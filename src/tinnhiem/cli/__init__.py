"""Dòng lệnh: what an office, or another program, asks for in a terminal. `main` is the door, one module stands for each command."""

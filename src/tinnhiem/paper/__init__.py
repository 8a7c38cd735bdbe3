"""Phiếu giấy: the printed ballot, and what is read back from its scan.

Contract: one geometry in millimetres draws the sheet and reads it, so that the two cannot drift apart. Only `paper.scan` knows of pixels.
"""

"""Tra cứu: stored rows → values of the core. Nothing here changes anything."""

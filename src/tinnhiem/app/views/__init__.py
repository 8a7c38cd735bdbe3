"""Trang: requests in, pages out. Views ask `access` and `queries`, call one action, and choose a template; no rule stands here."""

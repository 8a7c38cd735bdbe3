"""Hình thức văn bản: fonts and their letters, Party and State headings, numbers in words, charts. Knows no form and no book."""

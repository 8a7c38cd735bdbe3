# The doors of this checkout. Every target needs only python3 (3.11 or later) with venv, make and git; the tools are plain Python
# in tools/, so that a machine without make (Windows) runs the same steps by hand: see CONTRIBUTING.md.
PYTHON ?= python3
BIN := .venv/bin
.DEFAULT_GOAL := help
.PHONY: help setup system demo test check bench wheel lock clean

help: ## Danh sách lệnh: this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 20

setup: ## Dựng .venv và mọi thứ bên cạnh: everything that development needs, from hashed locks
	@$(PYTHON) tools/setup_environment.py dev

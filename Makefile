# The doors of this checkout. Every target needs only python3 (3.11 or later) with venv, make and git; the work is done by plain
# Python in tools/, so that a machine without make runs the same steps by hand: see CONTRIBUTING.md.
PYTHON ?= python3
BIN := .venv/bin
TESTS ?= tests
FIRST_SEED ?= 100000
# SERVE=0 and SEED=n given to make reach the demo as environment variables.
.DEFAULT_GOAL := help
.PHONY: help demo test setup setup-run system check format messages bench bench-paper mutants wheel lock

help: ## danh sách lệnh này · this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 20

demo: setup-run ## chơi trọn một đợt với người bịa, rồi mở trang · play one round, then serve it (SERVE=0, SEED=n)
	@$(BIN)/tinnhiem demo

test: system setup ## chạy mọi kiểm thử · every test, on real parts
	@$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder $(TESTS)

setup: ## dựng .venv và mọi thứ bên cạnh, từ bản khoá có mã băm · all that development needs, from hashed locks
	@$(PYTHON) tools/setup_environment.py dev

setup-run: ## như trên, chỉ phần để chạy · the same, only what the product needs
	@$(PYTHON) tools/setup_environment.py run

system: ## phần mềm hệ thống mà kiểm thử cần (quyền quản trị) · what tests need from Debian, as root
	@$(PYTHON) tools/system_packages.py

check: setup ## định dạng, quy tắc, kiểu, phụ thuộc, tài liệu · every gate in one pass
	@$(BIN)/python tools/check.py

format: setup ## sửa định dạng và lỗi nhỏ · mend what can be mended by machine
	@$(BIN)/ruff check --fix-only --quiet; $(BIN)/ruff format --quiet

messages: setup ## gom câu chữ của trang vào bản dịch · bring what pages say into the catalogues
	@$(BIN)/python tools/translations.py update

bench: setup ## đo tốc độ · figures, written to bench/README.md
	@$(BIN)/python -m bench.run

# All four run even where a goal of one is missed; FIRST_SEED is where fresh sheets begin.
bench-paper: setup ## đo máy đọc phiếu và trọn buổi kiểm phiếu, nửa giờ · the page reader and a whole count, half an hour
	@missed=0; \
	$(BIN)/python -m bench.reading_speed --write || missed=1; \
	$(BIN)/python -m bench.whole_job --write || missed=1; \
	$(BIN)/python -m bench.read_pages --whole --from $(FIRST_SEED) --jobs 2 --write || missed=1; \
	$(BIN)/python -m bench.amc --write || missed=1; \
	exit $$missed

mutants: setup ## thử sửa sai mã của law và poll xem kiểm thử có thấy · mutation testing on law and poll
	@$(BIN)/mutmut run && $(BIN)/mutmut results

wheel: setup ## gói cài đặt trong dist/ · the wheel, with type and pages inside
	@rm -rf dist && $(BIN)/python -m hatchling build --target wheel

lock: setup ## khoá lại phiên bản; UPGRADE=1 lấy bản mới · write the locks anew
	@$(BIN)/python tools/lock_requirements.py $(if $(UPGRADE),--upgrade)
	@cd web && PATH="$(CURDIR)/$(BIN):$$PATH" npm $(if $(UPGRADE),update,install) --package-lock-only --ignore-scripts

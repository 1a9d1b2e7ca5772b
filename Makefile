# The same without make, on any system: python scripts/bootstrap.py run | test | soak | install
PYTHON ?= python3

.PHONY: install run test soak clean
install:
	$(PYTHON) scripts/bootstrap.py install
run:
	$(PYTHON) scripts/bootstrap.py run $(ARGS)
test:
	$(PYTHON) scripts/bootstrap.py test $(ARGS)
soak:
	$(PYTHON) scripts/bootstrap.py soak $(ARGS)
clean:
	rm -rf .venv build *.egg-info .pytest_cache .mypy_cache .ruff_cache

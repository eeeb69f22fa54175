# The menu over ./run and ./test.
.PHONY: run test quick lint bench locks
run:
	./run
test:
	./test
quick:
	./test quick
lint:
	./test lint
bench:
	.venv/bin/python -m benchmarks
locks: ## after editing requirements/*.in
	for name in uv base dev node; do .venv/bin/uv pip compile -q --generate-hashes --no-emit-index-url --universal -p 3.11 requirements/$$name.in -o requirements/$$name.txt; done
	npm install --package-lock-only --ignore-scripts --no-audit --no-fund

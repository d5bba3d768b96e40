# Verbs. `make run` and `make test` install what is missing; a second call of either does no set-up again.

SHELL := /bin/bash
CARGO ?= cargo
OUT   ?= out
PORT  ?= 8787
APT   := gcc g++ cmake libc6-dev pkg-config libssl-dev poppler-utils dbus dbus-daemon gnome-keyring python3 python3-venv
NPM   := central/node_modules/.setup-$(shell cksum < central/package-lock.json | cut -d' ' -f1)
STAMP := target/.setup-$(shell printf '%s' "$(APT)" | cksum | cut -d' ' -f1)

.PHONY: run demo central test bench lint fmt setup pictures clean

# Until the window exists the main job runs headless.
run: demo

demo: setup
	@echo "There is no window yet: this is the same job, headless, on sample data."
	@mkdir -p $(OUT)
	$(CARGO) build --release --locked -p fieldquote-cli
	@target/release/fieldquote demo --out $(OUT)

# The central on this machine, with the sample market's reference data; what it stores is in out/central.
central: setup $(NPM)
	$(CARGO) build --release --locked -p fieldquote-cli
	@mkdir -p $(OUT)/central
	@test -s $(OUT)/central/reference.ndjson || { rm -rf $(OUT)/central/market && export FIELDQUOTE_PASSPHRASE=sample && \
	  target/release/fieldquote --home $(OUT)/central/market init --sample >/dev/null && \
	  target/release/fieldquote --home $(OUT)/central/market export reference $(OUT)/central/reference.ndjson; }
	@cd central && exec node dev/serve.mjs --port $(PORT) --state $(abspath $(OUT))/central --seed $(abspath $(OUT))/central/reference.ndjson

test: setup $(NPM) lint
	$(CARGO) build --workspace --bins --locked
	$(CARGO) nextest run --workspace --locked --no-fail-fast
	$(CARGO) test --workspace --locked --doc
	bash tests/cli/first-run.sh
	cd central && npm test && npm run fuzz

lint: setup $(NPM)
	cd central && npm run check
	$(CARGO) fmt --all --check
	$(CARGO) clippy --workspace --all-targets --locked -- -D warnings
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --workspace --no-deps --locked --quiet

bench: setup $(NPM)
	$(CARGO) bench --locked -p fieldquote-desktop --bench main_job
	$(CARGO) bench --locked -p fieldquote-desktop --bench sync
	cd central && npm run bench

# The pages of the demonstration's PDF as pictures.
pictures: demo
	@for pdf in $(OUT)/*.pdf; do pdftoppm -r 80 -png "$$pdf" "$${pdf%.pdf}"; done; ls $(OUT)/*.png

fmt:
	$(CARGO) fmt --all

setup: $(STAMP)

$(NPM):
	@node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 20 ? 0 : 1)' || \
	  { echo "The central needs Node.js 20 or newer."; exit 1; }
	cd central && npm ci --no-audit --no-fund
	@touch $@

$(STAMP):
	@bash .ci/setup $(APT)
	@mkdir -p target && touch $@

clean:
	$(CARGO) clean
	rm -rf $(OUT)

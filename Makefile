# Verbs. `make run` and `make test` install what is missing; a second call of either does no set-up again.

SHELL := /bin/bash
CARGO ?= cargo
OUT   ?= out
PORT  ?= 8787

# Debian packages: for the command line, for the window beside that, and for the tests beside both.
FOR_CLI    := gcc libc6-dev pkg-config libssl-dev
FOR_WINDOW := $(FOR_CLI) libwebkit2gtk-4.1-dev libayatana-appindicator3-dev
FOR_TESTS  := $(FOR_WINDOW) g++ cmake poppler-utils dbus dbus-daemon gnome-keyring python3 python3-venv \
              xvfb webkit2gtk-driver xdotool

# What is set up is stamped under the sum of what it was asked for.
sum     = $(shell printf '%s' "$(1)" | cksum | cut -d' ' -f1)
modules = $(1)/node_modules/.setup-$(shell cksum < $(1)/package-lock.json | cut -d' ' -f1)
CLI     := target/.setup-$(call sum,$(FOR_CLI))
WINDOW  := target/.setup-$(call sum,$(FOR_WINDOW))
TESTS   := target/.setup-$(call sum,$(FOR_TESTS))
CENTRAL := $(call modules,central)
UI      := $(call modules,ui)
E2E     := $(call modules,tests/e2e)
DRIVER  := target/tools/bin/tauri-driver
# Beside the lock files: of its packages for other systems not all are to be had everywhere, and npm ci wants all.
PACKAGER := target/tools/node_modules/.bin/tauri

# The interface inside the binary.
INSIDE  := --features fieldquote-desktop/custom-protocol
SAMPLE  := $(abspath $(OUT))/sample

.PHONY: run window demo central test rust e2e lint interface bench chat-eval fmt pictures package package-check measure clean

run:
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then $(MAKE) --no-print-directory window; \
	else echo "There is no display here: this is the same job, headless, on sample data."; \
	  $(MAKE) --no-print-directory demo; fi

# The window on sample data, in a profile of its own under out/.
window: $(WINDOW) interface
	$(CARGO) build --release --locked $(INSIDE) -p fieldquote-desktop -p fieldquote-cli
	@export FIELDQUOTE_HOME=$(SAMPLE) FIELDQUOTE_PASSPHRASE='sample data'; \
	test -e $(SAMPLE)/fieldquote.db || target/release/fieldquote init --sample >/dev/null; \
	exec target/release/fieldquote-desktop

demo: $(CLI)
	@mkdir -p $(OUT)
	$(CARGO) build --release --locked -p fieldquote-cli
	@target/release/fieldquote demo --out $(OUT)

# The central on this machine, with the sample market's reference data; what it stores is in out/central.
central: $(CLI) $(CENTRAL)
	$(CARGO) build --release --locked -p fieldquote-cli
	@mkdir -p $(OUT)/central
	@test -s $(OUT)/central/reference.ndjson || { rm -rf $(OUT)/central/market && export FIELDQUOTE_PASSPHRASE=sample && \
	  target/release/fieldquote --home $(OUT)/central/market init --sample >/dev/null && \
	  target/release/fieldquote --home $(OUT)/central/market export reference $(OUT)/central/reference.ndjson; }
	@cd central && exec node dev/serve.mjs --port $(PORT) --state $(abspath $(OUT))/central --seed $(abspath $(OUT))/central/reference.ndjson

test: lint rust e2e
	cd central && npm test && npm run fuzz

rust: $(TESTS) $(CENTRAL) interface
	$(CARGO) build --workspace --bins --locked $(INSIDE)
	$(CARGO) nextest run --workspace --locked --no-fail-fast $(INSIDE)
	$(CARGO) test --workspace --locked --doc $(INSIDE)
	bash tests/cli/first-run.sh target/debug/fieldquote

# The real window under a screen nobody sees, with a real central.
e2e: $(TESTS) $(CENTRAL) $(E2E) $(DRIVER) interface
	$(CARGO) build --workspace --bins --locked $(INSIDE)
	cd tests/e2e && npm test

interface: $(UI)
	cd ui && npm run --silent build

lint: $(TESTS) $(CENTRAL) interface
	cd central && npm run check
	cd ui && npm run check && npm test
	$(CARGO) fmt --all --check
	$(CARGO) clippy --workspace --all-targets --locked $(INSIDE) -- -D warnings
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --workspace --no-deps --locked --quiet $(INSIDE)

bench: $(TESTS) $(CENTRAL)
	$(CARGO) bench --locked -p fieldquote-desktop --bench main_job
	$(CARGO) bench --locked -p fieldquote-drafting --bench document
	$(CARGO) bench --locked -p fieldquote-desktop --bench drafts
	$(CARGO) bench --locked -p fieldquote-desktop --bench sync
	cd central && npm run bench

# How well the chat reads the labelled messages of tests/chat, or of MARKET=folder, and how long it takes over long lists.
chat-eval: $(CLI)
	$(CARGO) run --release --locked --quiet -p fieldquote-testkit --bin chat_eval -- $(if $(MARKET),--market $(MARKET))

# Every view, light and dark, in two sizes, into out/pictures.
pictures: $(TESTS) $(E2E) $(DRIVER) interface
	$(CARGO) build --workspace --bins --locked $(INSIDE)
	cd tests/e2e && npm run --silent pictures -- $(abspath $(OUT))/pictures

# How long until the window can be used, a keystroke in search takes, and what memory it holds, with a million prices.
measure: $(TESTS) $(E2E) $(DRIVER) interface
	$(CARGO) build --release --locked $(INSIDE) -p fieldquote-desktop -p fieldquote-cli --bins
	cd tests/e2e && FIELDQUOTE_WINDOW=$(abspath target/release/fieldquote-desktop) npm run --silent measure

package: $(WINDOW) $(UI) $(PACKAGER)
	$(PACKAGER) build --bundles deb -- --locked -p fieldquote-desktop -p fieldquote-cli
	@ls -l target/release/bundle/deb/*.deb

# Installs the package, starts the window, and takes the package away again: needs root.
package-check: package $(TESTS) $(E2E) $(DRIVER)
	bash tests/package/deb.sh target/release/bundle/deb/*.deb

fmt:
	$(CARGO) fmt --all

$(CENTRAL) $(UI) $(E2E):
	@node -e 'const [major, minor] = process.versions.node.split(".").map(Number); process.exit(major > 20 || (major === 20 && minor >= 19) ? 0 : 1)' || \
	  { echo "Node.js 20.19 or newer is needed."; exit 1; }
	cd $(patsubst %/node_modules,%,$(@D)) && npm ci --no-audit --no-fund
	@touch $@

$(CLI) $(WINDOW) $(TESTS):
	@bash .ci/setup $(if $(filter $@,$(TESTS)),$(FOR_TESTS),$(if $(filter $@,$(WINDOW)),$(FOR_WINDOW),$(FOR_CLI)))
	@mkdir -p target && touch $@

$(PACKAGER):
	npm install --prefix target/tools --no-save --no-audit --no-fund @tauri-apps/cli@2.12.4

$(DRIVER):
	$(CARGO) install --locked --root target/tools tauri-driver --version '^2'

clean:
	$(CARGO) clean
	rm -rf $(OUT)

# Verbs. `make run` and `make test` install what is missing; a second call of either does no set-up again.

SHELL := /bin/bash
CARGO ?= cargo
OUT   ?= out
APT   := gcc libc6-dev pkg-config libssl-dev poppler-utils dbus dbus-daemon gnome-keyring
STAMP := target/.setup-$(shell printf '%s' "$(APT)" | cksum | cut -d' ' -f1)

.PHONY: run demo test bench lint fmt setup pictures clean

# Until the window exists the main job runs headless.
run: demo

demo: setup
	@echo "There is no window yet: this is the same job, headless, on sample data."
	@mkdir -p $(OUT)
	$(CARGO) build --release --locked -p fieldquote-cli
	@target/release/fieldquote demo --out $(OUT)

test: setup lint
	$(CARGO) nextest run --workspace --locked --no-fail-fast
	$(CARGO) test --workspace --locked --doc
	bash tests/cli/first-run.sh

lint: setup
	$(CARGO) fmt --all --check
	$(CARGO) clippy --workspace --all-targets --locked -- -D warnings
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --workspace --no-deps --locked --quiet

bench: setup
	$(CARGO) bench --locked -p fieldquote-desktop --bench main_job

# The pages of the demonstration's PDF as pictures.
pictures: demo
	@for pdf in $(OUT)/*.pdf; do pdftoppm -r 80 -png "$$pdf" "$${pdf%.pdf}"; done; ls $(OUT)/*.png

fmt:
	$(CARGO) fmt --all

setup: $(STAMP)

$(STAMP):
	@bash .ci/setup $(APT)
	@mkdir -p target && touch $@

clean:
	$(CARGO) clean
	rm -rf $(OUT)

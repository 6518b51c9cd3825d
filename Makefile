# retrohunt's tasks. `make run` and `make test` need Go and make, nothing else; `make check` is what CI asks for.

GO      ?= go
VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo devel)
FUZZTIME ?= 10s

export CGO_ENABLED ?= 0

.PHONY: build docs install release run test check vet staticcheck format race purego asm tidy clean-tree fuzz bench corpus

build:
	$(GO) build -trimpath -ldflags '-s -w -X main.release=$(VERSION)' -o bin/retrohunt ./cmd/retrohunt

# The pages of all commands, for man and in Markdown, the page of the query language, and the shells' completions.
docs: build
	bin/retrohunt docs commands build/docs
	bin/retrohunt docs language docs
	@mkdir -p build/completions
	bin/retrohunt completion bash > build/completions/retrohunt.bash
	bin/retrohunt completion zsh > build/completions/_retrohunt
	bin/retrohunt completion fish > build/completions/retrohunt.fish
	bin/retrohunt completion powershell > build/completions/retrohunt.ps1

PREFIX  ?= /usr/local
DESTDIR ?=
share    = $(DESTDIR)$(PREFIX)/share

install: docs
	install -D -m 755 bin/retrohunt $(DESTDIR)$(PREFIX)/bin/retrohunt
	install -d $(share)/man/man1
	install -m 644 build/docs/man1/*.1 $(share)/man/man1
	install -D -m 644 build/completions/retrohunt.bash $(share)/bash-completion/completions/retrohunt
	install -D -m 644 build/completions/_retrohunt $(share)/zsh/site-functions/_retrohunt
	install -D -m 644 build/completions/retrohunt.fish $(share)/fish/vendor_completions.d/retrohunt.fish

# What is handed out, in dist/: binaries, each built twice and found the same, bills of materials, packages, sums. nfpm is a tool of
# release/tools, which has its own go.mod.
release:
	release/release.sh

# The shipped logs through the shipped detection.
run: build
	bin/retrohunt hunt fixtures/logs -t table

test:
	$(GO) test ./...

check: test vet staticcheck format race purego asm tidy clean-tree

vet:
	$(GO) vet ./...

staticcheck:
	$(GO) tool staticcheck ./...

format:
	@out=$$($(GO) tool gofumpt -d .); if [ -n "$$out" ]; then echo "$$out"; echo "not formatted: go tool gofumpt -w ."; exit 1; fi

# The race detector needs cgo and a C compiler.
race:
	CGO_ENABLED=1 $(GO) test -race -short ./...

# The packages that have a twin without unsafe, built as that twin.
purego:
	$(GO) test -short -tags purego ./internal/... ./normalize/... ./engine/... ./sources/...

# The assembly that is generated is what its generator writes.
asm:
	$(GO) generate ./engine/match/literal ./sources/archive/crc
	git diff --exit-code -- engine/match/literal sources/archive/crc

tidy:
	$(GO) mod tidy -diff

# Tests and builds leave nothing behind that git would see.
clean-tree:
	@out=$$(git status --porcelain); if [ -n "$$out" ]; then echo "$$out"; echo "the tree is not clean"; exit 1; fi

# Every fuzz target of FUZZPACKAGES that FUZZ matches for FUZZTIME each, FUZZJOBS at a time on a core each. Minimizing an input that
# is merely new would take the time of finding one that fails. Where time is up, Go now and then takes its own deadline for a failure,
# of no input (golang/go#75804): that is none.
FUZZPACKAGES ?= ./...
FUZZ ?= ^Fuzz
FUZZJOBS ?= 2

fuzz:
	@for pkg in $$($(GO) list $(FUZZPACKAGES)); do \
		$(GO) test -list '$(FUZZ)' $$pkg | grep '^Fuzz' | sed "s|^|$$pkg |"; \
	done | xargs -P $(FUZZJOBS) -n 2 sh -c ' \
		if out=$$($(GO) test -parallel 1 -run "^$$" -fuzz "^$$1$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 10x $$0 2>&1); \
		then echo "ok $$0 $$1"; \
		elif echo "$$out" | grep -q "^    context deadline exceeded$$" && ! echo "$$out" | grep -q "^ *Failing input\|^panic:"; \
		then echo "ok $$0 $$1, at the deadline"; else echo "$$out"; echo "FAILED $$0 $$1"; exit 255; fi'

# A run of all measurements, kept in BENCH_OUT: whole passes over corpora of SIZE whose rows are known, the curves, the stations of the
# data path one by one, and what other programs take.
CORPUS    ?= bench/corpus
SIZE      ?= 1GiB
BENCH_OUT ?= build/bench

bench: build
	CORPUS=$(CORPUS) SIZE=$(SIZE) bench/run.sh $(BENCH_OUT)

corpus:
	$(GO) run ./bench/gen -dir $(CORPUS)/plain -size $(SIZE) -files 8

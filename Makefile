# Each verb installs what it lacks, so that a fresh machine needs only the Swift toolchain.
SHELL := bash
BUILD := swift build -c release
PACKAGES := libcurl4-openssl-dev libxml2-dev libsqlite3-dev libssl-dev pkg-config zlib1g-dev

MINUTES ?= 1

.PHONY: demo test bench fuzz lint clean packages build

demo: build
	.build/release/earshot demo

# No test imports with @testable; without the flag, tests and demo would rebuild each other's build.
test: packages
	swift test -c release --disable-testable-imports

# Our own floors first, then the notes' graders beside their peers where the shared folder is there.
bench: build
	@./.ci/packages nginx-light curl
	$(BUILD) --product Benchmarks
	.build/release/Benchmarks table .build/release/earshot .build/bench; missed=$$?; \
	  Benchmarks/graders .build/release/earshot .build/bench && exit $$missed

# Each target for so many minutes, then inputs of 1 MiB against the clock.
fuzz: packages
	Tests/Fuzz/run $(MINUTES)

lint:
	swift format lint --strict --recursive Sources Tests Benchmarks Package.swift

clean:
	rm -rf .build .build-fuzz demo

build: packages
	$(BUILD) --product earshot

packages:
	@./.ci/packages $(PACKAGES)

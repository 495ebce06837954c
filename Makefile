# Each verb installs what it lacks, so that a fresh machine needs only the Swift toolchain.
SHELL := bash
BUILD := swift build -c release
PACKAGES := libcurl4-openssl-dev libxml2-dev libsqlite3-dev libssl-dev pkg-config zlib1g-dev

.PHONY: demo test lint clean packages build

demo: build
	.build/release/earshot demo

# No test imports with @testable; without the flag, tests and demo would rebuild each other's build.
test: packages
	swift test -c release --disable-testable-imports

lint:
	swift format lint --strict --recursive Sources Tests Package.swift

clean:
	rm -rf .build demo

build: packages
	$(BUILD) --product earshot

packages:
	@./.ci/packages $(PACKAGES)

# The two commands to know: `make run` (install, build, start the demo) and `make test`.
# Everything else is a script in tools/ that says in its first lines what it does.

.PHONY: run build test bench fmt lint fuzz sim soak clean outage recover

run:
	@tools/install-packages.sh build run
	@tools/build.sh candor acme
	@tools/run-demo.sh

build:
	@tools/install-packages.sh build
	@tools/build.sh candor

test:
	@tools/run-tests.sh

bench:
	@tools/run-bench.sh

fmt:
	@tools/install-packages.sh lint
	@tools/format.sh

lint:
	@tools/install-packages.sh build test lint
	@tools/lint.sh

fuzz:
	@tools/install-packages.sh build test fuzz
	@tools/run-fuzz.sh

sim:
	@tools/run-campaign.sh sim

soak:
	@tools/run-campaign.sh soak

# make outage [KIND=down|latency|errors|dns|flap] [AREA=directory|signin|profiles|calls|voicemail]
outage:
	@tools/demo-control.sh outage $(or $(KIND),down) $(AREA)

recover:
	@tools/demo-control.sh recover

clean:
	rm -rf build

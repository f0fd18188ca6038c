# dfv: Unix filters for the DEFFINOV programme's records.
#
#   make            the four commands, in build/bin/
#   make demo       installs what is missing, builds, runs the main job
#   make check      installs what is missing, builds, runs every test
#   make help       the other targets

VERSION = 0.1.0

PREFIX  = /usr/local
BINDIR  = $(PREFIX)/bin
MANDIR  = $(PREFIX)/share/man
DATADIR = $(PREFIX)/share/dfv
LOCALEDIR = $(PREFIX)/share/locale
BASHDIR = $(PREFIX)/share/bash-completion/completions
ZSHDIR  = $(PREFIX)/share/zsh/site-functions
FISHDIR = $(PREFIX)/share/fish/vendor_completions.d

CC      = cc
CFLAGS  = -O2 -g
# The commands have their libraries in them: they start in two thirds of the
# time, and run where they are copied to. `make LINK=` for shared ones.
LINK    = -static-pie
BUILD   = build
TOOLS   = dfv-filter dfv-stats dfv-validate dfv-geo

# One line a library: YAML, regular expressions, Unicode, gzip, Zstandard.
PKGS     = yaml-0.1 libpcre2-8 libutf8proc zlib libzstd
PKG_DEPS = libyaml-dev libpcre2-dev libutf8proc-dev zlib1g-dev libzstd-dev
BUILD_DEPS = gcc make pkg-config gettext $(PKG_DEPS)
CHECK_DEPS = bats mandoc python3 parallel datamash valgrind
LINT_DEPS  = clang clang-tidy clang-format cppcheck shellcheck mandoc
FUZZ_DEPS  = clang libclang-rt-dev

WARN = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion \
	-Wstrict-prototypes -Wmissing-prototypes -Wwrite-strings -Wcast-qual \
	-Wformat=2 -Wundef -Wvla -Wimplicit-fallthrough -Wdouble-promotion \
	-Wno-enum-float-conversion # enums name whole numbers, for doubles too
STD  = -std=c11 -D_POSIX_C_SOURCE=200809L -pthread -fPIE

PKG_CFLAGS = $(shell pkg-config --cflags $(PKGS) 2>/dev/null)
PKG_LIBS   = $(shell pkg-config --libs $(PKGS) 2>/dev/null)
ALL_CFLAGS = $(STD) $(WARN) -Icommon $(PKG_CFLAGS) -MMD -MP \
	-DDFV_VERSION='"$(VERSION)"' $(CPPFLAGS) $(CFLAGS) $(XCFLAGS)
ALL_LIBS   = $(PKG_LIBS) -lm -pthread $(LDLIBS)

COMMON_SRC = $(wildcard common/*.c)
COMMON_OBJ = $(COMMON_SRC:%.c=$(BUILD)/%.o)
UNIT_SRC   = $(wildcard tests/unit/test_*.c)
UNIT_BIN   = $(UNIT_SRC:tests/unit/%.c=$(BUILD)/unit/%)
C_FILES    = $(wildcard common/*.[ch] cmd/*/*.[ch] tests/unit/*.[ch] \
	tests/bench/*.[ch] tests/fuzz/*.[ch])
SH_FILES   = .ci/run $(wildcard tests/*.bash tests/*.sh tests/*.bats \
	tests/bench/*.sh tests/fuzz/*.sh common/completion/*.sh)
MAN_PAGES  = $(wildcard man/*.[157])

.PHONY: all always deps deps-check deps-lint deps-fuzz demo check unit strict \
	sanitize lint format fuzz fuzzers replays instructions bench \
	bench-full bench-table bench-growth reference install uninstall dist \
	clean help

FR_MO      = $(BUILD)/locale/fr/LC_MESSAGES/dfv-validate.mo

COMPLETIONS = $(TOOLS:%=$(BUILD)/completion/%.bash) \
	$(TOOLS:%=$(BUILD)/completion/%.zsh) $(TOOLS:%=$(BUILD)/completion/%.fish)

all: $(TOOLS:%=$(BUILD)/bin/%) $(FR_MO) $(COMPLETIONS)

help:
	@sed -n 's/^#   //p' Makefile
	@echo 'strict sanitize lint fuzz format bench bench-full bench-table bench-growth'
	@echo 'instructions reference install uninstall dist clean'

# --- what is missing is installed, through apt as root or sudo -------------

deps:
	@tests/deps.sh $(BUILD_DEPS)

deps-check: deps
	@tests/deps.sh $(CHECK_DEPS)

deps-lint: deps-check
	@tests/deps.sh $(LINT_DEPS)

deps-fuzz: deps
	@tests/deps.sh $(FUZZ_DEPS)

# --- the commands -----------------------------------------------------------

# Written again when the compiler, a flag or the version is another one: then
# all is built anew.
$(BUILD)/flags: export FLAGS = $(CC) $(ALL_CFLAGS) $(LINK) $(LDFLAGS) $(ALL_LIBS)
$(BUILD)/flags: always
	@mkdir -p $(@D)
	@echo "$$FLAGS" | cmp -s - $@ || echo "$$FLAGS" >$@

$(BUILD)/%.o: %.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -Icmd/$(word 2,$(subst /, ,$*)) -c -o $@ $<

$(BUILD)/common.a: $(COMMON_OBJ)
	@rm -f $@
	$(AR) rcs $@ $^

define link_tool
$(1)_OBJ = $$(patsubst %.c,$$(BUILD)/%.o,$$(wildcard cmd/$(1)/*.c))
$$(BUILD)/bin/$(1): $$($(1)_OBJ) $$(BUILD)/common.a
	@mkdir -p $$(@D)
	$$(CC) $$(ALL_CFLAGS) $$(LINK) $$(LDFLAGS) -o $$@ $$^ $$(ALL_LIBS)
endef
$(foreach tool,$(TOOLS),$(eval $(call link_tool,$(tool))))

$(FR_MO): cmd/dfv-validate/fr.po
	@mkdir -p $(@D)
	msgfmt --check-format -o $@ $<

# What shells complete, from the option tables of the commands.
define make_completion
$$(BUILD)/completion/$(1).%: $$(BUILD)/bin/$(1) common/completion/make.sh \
    common/completion/%.awk common/completion/template.bash
	@mkdir -p $$(@D)
	common/completion/make.sh $$* $$< >$$@.part && mv $$@.part $$@
endef
$(foreach tool,$(TOOLS),$(eval $(call make_completion,$(tool))))

# --- the main job, on the real data -----------------------------------------

demo: deps
	@$(MAKE) --no-print-directory all
	@tests/demo.sh $(BUILD)

# --- tests -------------------------------------------------------------------

# A unit test may name what it needs beyond common/ in a line `link: cmd/…`.
needs = $(filter cmd/%.c,$(shell sed -n 's/^.*link: //p' $(1)))

needed_obj = $(patsubst %.c,$(BUILD)/%.o,$(call needs,$(1)))

.SECONDEXPANSION:
$(BUILD)/unit/%: tests/unit/%.c tests/unit/unit.h $(BUILD)/common.a \
    $$(call needed_obj,tests/unit/$$*.c)
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -Itests/unit $(addprefix -I,$(dir $(call needs,$<))) \
	    $(LDFLAGS) -o $@ $< $(call needed_obj,$<) \
	    $(BUILD)/common.a $(ALL_LIBS)

unit: $(UNIT_BIN) replays

check: deps-check
	@$(MAKE) --no-print-directory all unit
	@$(COUNTED)
	@tests/run.sh $(BUILD)

# What instructions are counted of (tests/instructions.bats): always the same.
COUNTED = $(MAKE) --no-print-directory BUILD=build/counted CFLAGS=-O2 \
	CPPFLAGS= LINK=-static-pie LDFLAGS= LDLIBS= XCFLAGS= all build/counted/bench/gen

instructions: deps-check
	@$(COUNTED)
	tests/bench/instructions.sh count build/counted >build/counted.tsv
	mv build/counted.tsv tests/bench/instructions.tsv

strict:
	$(MAKE) all unit CC=gcc BUILD=build/strict-gcc XCFLAGS=-Werror
	$(MAKE) all unit CC=clang BUILD=build/strict-clang XCFLAGS=-Werror

SANITIZE = -fsanitize=address,undefined -fno-sanitize-recover=all \
	-fno-omit-frame-pointer

sanitize: deps-check
	@$(MAKE) --no-print-directory all unit BUILD=build/sanitize \
	    CFLAGS='-O1 -g $(SANITIZE)' LINK= LDFLAGS='$(SANITIZE)'
	@$(COUNTED)
	@tests/run.sh build/sanitize

# --- fuzzing: FUZZ_SECONDS for each of tests/fuzz, by libFuzzer -----------------

FUZZ_SECONDS = 60
FUZZ_SRC = $(wildcard tests/fuzz/fuzz_*.c)
FUZZ_BIN = $(FUZZ_SRC:tests/fuzz/%.c=$(BUILD)/fuzz/%)

$(BUILD)/fuzz/%: tests/fuzz/%.c $(BUILD)/common.a
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -Itests/unit -fsanitize=fuzzer $(LDFLAGS) -o $@ $< \
	    $(BUILD)/common.a $(ALL_LIBS)

fuzzers: $(FUZZ_BIN)

# The same targets without a fuzzer, for the ordinary suite.
REPLAY_BIN = $(FUZZ_SRC:tests/fuzz/%.c=$(BUILD)/replay/%)

$(BUILD)/replay/%: tests/fuzz/%.c tests/fuzz/replay.c $(BUILD)/common.a
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -Itests/unit -Itests/fuzz $(LDFLAGS) -o $@ $(filter %.c,$^) \
	    $(BUILD)/common.a $(ALL_LIBS)

replays: $(REPLAY_BIN)

fuzz: deps-fuzz
	@$(MAKE) --no-print-directory fuzzers BUILD=build/fuzz CC=clang \
	    CFLAGS='-O1 -g -fsanitize=fuzzer-no-link $(SANITIZE)' \
	    LDFLAGS='$(SANITIZE)'
	@tests/fuzz/fuzz.sh build/fuzz/fuzz $(FUZZ_SECONDS)

lint: deps-lint
	@tests/lint.sh '$(C_FILES)' '$(SH_FILES)' '$(MAN_PAGES)' \
	    '$(STD) -Icommon $(patsubst %,-I%,$(wildcard cmd/*)) -Itests/unit -Itests/fuzz $(PKG_CFLAGS)'

format:
	clang-format -i $(C_FILES)

# --- benchmarks: files of BENCH_MB, kept in $(BUILD)/bench, against peers ----

BENCH_MB  = 50
BENCH_BIN = $(patsubst %,$(BUILD)/bench/%,gen floor run yaml_events)

$(BUILD)/bench/gen: tests/bench/records.c
$(BUILD)/bench/%: tests/bench/%.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $(filter %.c,$^) $(ALL_LIBS)

bench: all $(BENCH_BIN)
	@BENCH_MB=$(BENCH_MB) tests/bench/bench.sh $(BUILD)

bench-full: all $(BENCH_BIN)
	@BENCH_MB=1000 BENCH_RUNS=5 tests/bench/bench.sh $(BUILD)

bench-table:
	@tests/bench/table.sh $(BUILD)/bench/results.tsv README.md

bench-growth: all $(BENCH_BIN)
	@tests/bench/growth.sh $(BUILD)

# --- the geography that ships, from three npm packages (Node.js) -------------

reference:
	mkdir -p build/reference
	cp data/reference/package.json build/reference/
	npm install --prefix build/reference --ignore-scripts \
	    --no-package-lock --no-audit --no-fund
	node data/reference/build.mjs build/reference/node_modules data/reference

# --- installing --------------------------------------------------------------

install: all
	install -d $(DESTDIR)$(BINDIR) $(DESTDIR)$(DATADIR)/deffinov/schemas \
	    $(DESTDIR)$(DATADIR)/reference
	install -m 755 $(TOOLS:%=$(BUILD)/bin/%) $(DESTDIR)$(BINDIR)
	install -m 644 $(wildcard data/deffinov/*.*) $(DESTDIR)$(DATADIR)/deffinov
	install -m 644 $(wildcard data/deffinov/schemas/*) \
	    $(DESTDIR)$(DATADIR)/deffinov/schemas
	install -m 644 $(wildcard data/reference/*.tsv data/reference/*.geojson \
	    data/reference/*.md) $(DESTDIR)$(DATADIR)/reference
	install -d $(DESTDIR)$(LOCALEDIR)/fr/LC_MESSAGES
	install -m 644 $(FR_MO) $(DESTDIR)$(LOCALEDIR)/fr/LC_MESSAGES
	install -d $(DESTDIR)$(BASHDIR) $(DESTDIR)$(ZSHDIR) $(DESTDIR)$(FISHDIR)
	for tool in $(TOOLS); do \
	    from=$(BUILD)/completion/$$tool && \
	    install -m 644 $$from.bash $(DESTDIR)$(BASHDIR)/$$tool && \
	    install -m 644 $$from.zsh $(DESTDIR)$(ZSHDIR)/_$$tool && \
	    install -m 644 $$from.fish $(DESTDIR)$(FISHDIR) || exit 1; \
	done
	for page in $(MAN_PAGES); do \
	    section=$(DESTDIR)$(MANDIR)/man$${page##*.}; \
	    install -d $$section && install -m 644 $$page $$section || exit 1; \
	done

uninstall:
	cd $(DESTDIR)$(BINDIR) && rm -f $(TOOLS)
	rm -rf $(DESTDIR)$(DATADIR)
	rm -f $(DESTDIR)$(LOCALEDIR)/fr/LC_MESSAGES/$(notdir $(FR_MO))
	rm -f $(TOOLS:%=$(DESTDIR)$(BASHDIR)/%) $(TOOLS:%=$(DESTDIR)$(ZSHDIR)/_%) \
	    $(TOOLS:%=$(DESTDIR)$(FISHDIR)/%.fish)
	for page in $(notdir $(MAN_PAGES)); do \
	    rm -f $(DESTDIR)$(MANDIR)/man$${page##*.}/$$page; \
	done

dist:
	mkdir -p build
	git archive --prefix=dfv-$(VERSION)/ -o build/dfv-$(VERSION).tar.gz HEAD

clean:
	rm -rf build

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)

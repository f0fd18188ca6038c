# Loaded by every bats suite: the commands of this build on the PATH, a
# scratch folder of the test's own, and the three things that are checked
# separately: standard output, standard error, and the exact status.

# shellcheck disable=SC2034,SC2154 # used by the suites, set by run
: "${TOP:=$(cd "${BATS_TEST_DIRNAME}/.." && pwd)}"
: "${BIN:=$TOP/build/bin}"
DATA=$TOP/data/deffinov
REFERENCE=$TOP/data/reference
SHARED=$TOP/../shared
PATH=$BIN:$PATH
export LC_ALL=C.UTF-8
bats_require_minimum_version 1.5.0

setup() {
	cd "$BATS_TEST_TMPDIR" || return 1
}

# expect STATUS COMMAND...: runs it; then $output is standard output (without
# its last newline) and $stderr standard error.
expect() {
	local status_wanted=$1
	shift
	run --separate-stderr "$@"
	if [ "$status" -ne "$status_wanted" ]; then
		printf 'status %s, wanted %s\nstdout: %s\nstderr: %s\n' \
			"$status" "$status_wanted" "$output" "$stderr"
		return 1
	fi
}

# is ACTUAL WANTED
is() {
	if [ "$1" != "$2" ]; then
		printf 'have: %s\nwant: %s\n' "$1" "$2"
		return 1
	fi
}

# has TEXT PART
has() {
	case $1 in
	*"$2"*) ;;
	*)
		printf 'have: %s\nwithout: %s\n' "$1" "$2"
		return 1
		;;
	esac
}

# A test of the shared material is skipped, by name, where it is absent.
need_shared() {
	[ -d "$SHARED/reference" ] || skip "needs ../shared"
}

# with_memory KB COMMAND...: within so much address space, and ten seconds of
# processor time. A sanitizer reserves all the space there is and goes without
# the limit.
with_memory() {
	local kb=$1
	shift
	(
		(ulimit -v "$kb" && dfv-filter --version) >/dev/null 2>&1 &&
			ulimit -v "$kb"
		ulimit -t 10
		"$@"
	)
}

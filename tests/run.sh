#!/bin/sh
# run.sh BUILD: every unit test and bats suite; ends with a line such as
# `412 passed, 0 failed, 3 skipped`, and fails when a test failed.
set -u

build=$1
top=$(cd "$(dirname "$0")/.." && pwd)
tap=$build/tests.tap
export TOP="$top" BIN="$top/$build/bin" UNIT="$top/$build/unit"
export LC_ALL=C.UTF-8
unset DFV_DATA DFV_GEOGRAPHY NO_COLOR

cd "$top" || exit 1
for source in tests/unit/test_*.c; do
	name=$(basename "$source" .c)
	test=$build/unit/$name
	if ! "$test" >"$tap.one" 2>&1; then
		echo "not ok 0 - $name: it exits with 0" >>"$tap.one"
	fi
	sed "s/ - / - $name: /" "$tap.one"
done >"$tap"
bats --tap tests/*.bats >>"$tap" 2>&1
rm -f "$tap.one"

grep -v -e '^ok ' -e '^1\.\.' "$tap" || true
grep '^ok .*# skip' "$tap" || true
passed=$(grep '^ok ' "$tap" | grep -vc '# skip')
failed=$(grep -c '^not ok ' "$tap")
skipped=$(grep -c '^ok .*# skip' "$tap")
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]

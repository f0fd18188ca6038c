#!/usr/bin/env bats
# Expressions against an independent reading of them, in Python.

load helper

@test "oracle: random expressions over random records come to the same" {
	expect 0 python3 "$TOP/tests/oracle.py" 20251110 600 40
	is "$output" '24000 cases'
}

@test "oracle: random options of dfv-filter together do the same, in any order of options and with any -j" {
	expect 0 python3 "$TOP/tests/filter_oracle.py" 20251110 150
	is "$output" '150 cases'
}

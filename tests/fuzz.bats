load helper

# The fuzz targets without a fuzzer: some texts, and changes of them.

replay() {
	expect 0 "$UNIT/../replay/fuzz_$1"
}

@test "fuzz: records do not depend on where blocks end, nor on YAML's short way" {
	replay records
}

@test "fuzz: no text as an expression trips it" {
	replay expr
}

@test "fuzz: no text as a YAML or JSON document trips it" {
	replay node
}

@test "fuzz: numbers are what the C library reads, whatever the text" {
	replay number
}

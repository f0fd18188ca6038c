#!/usr/bin/env bats
# The documentation against the programs: what it shows is what they do.

load helper

# page NAME.SECTION
page() {
	printf '%s/man/%s\n' "$TOP" "$1"
}

examples() {
	python3 "$TOP/tests/examples.py" "$@"
}

# The pages in a tree where mandoc finds what they refer to.
man_tree() {
	local page
	for page in "$TOP"/man/*.[157]; do
		mkdir -p "man/man${page##*.}"
		cp "$page" "man/man${page##*.}"
	done
	PATH=$PATH:/usr/sbin makewhatis man
	export MANPATH=$PWD/man
}

@test "docs: the examples of dfv(7) give what it shows" {
	expect 0 examples run "$(page dfv.7)"
}

@test "docs: the examples of dfv-filter(1) give what it shows" {
	expect 0 examples run "$(page dfv-filter.1)"
}

@test "docs: the examples of dfv-stats(1) give what it shows" {
	expect 0 examples run "$(page dfv-stats.1)"
}

@test "docs: the examples of dfv-validate(1) give what it shows" {
	expect 0 examples run "$(page dfv-validate.1)"
}

@test "docs: the examples of dfv-geo(1) give what it shows" {
	expect 0 examples run "$(page dfv-geo.1)"
}

@test "docs: the examples of dfv-records(5) give what it shows" {
	expect 0 examples run "$(page dfv-records.5)"
}

@test "docs: the examples of dfv-indicators(5) give what it shows" {
	expect 0 examples run "$(page dfv-indicators.5)"
}

@test "docs: the examples of dfv-geography(5) give what it shows" {
	expect 0 examples run "$(page dfv-geography.5)"
}

@test "docs: the examples of dfv-package(5) give what it shows" {
	expect 0 examples run "$(page dfv-package.5)"
}

@test "docs: the examples of dfv-schema(5) give what it shows" {
	expect 0 examples run "$(page dfv-schema.5)"
}

@test "docs: the examples of dfv-partial(7) give what it shows" {
	expect 0 examples run "$(page dfv-partial.7)"
}

@test "docs: the examples of dfv-expr(7) give what it shows" {
	expect 0 examples run "$(page dfv-expr.7)"
}

@test "docs: the examples of README.md give what it shows" {
	expect 0 examples run "$TOP/README.md"
}

@test "docs: an example that does not give what is shown is told" {
	printf '.Bd -literal\n$ echo un\ndeux\n.Ed\n' >wrong.7
	expect 1 examples run wrong.7
	has "$output" "wrong.7:2: \$ echo un"
}

@test "docs: a page without examples is told" {
	printf '.Bd -literal\nun = deux\n.Ed\n' >none.7
	expect 1 examples run none.7
	is "$output" "none.7: no example"
}

@test "docs: a manual page lists every option, as the command has it" {
	local pages=("$TOP"/man/*.1)
	[ "${#pages[@]}" -eq 4 ]
	expect 0 examples options "${pages[@]}"
	is "$output" ""
}

@test "docs: an option that a manual page lacks is told" {
	sed '/^\.It Fl o /d; /Fl o Ar FILE/d' "$TOP/man/dfv-filter.1" \
		>"$PWD/dfv-filter.1"
	expect 1 examples options dfv-filter.1
	has "$output" "--output: the command has ('o', 'FILE'), the page None"
	has "$output" "SYNOPSIS lacks --output"
}

@test "docs: dfv(7) lists every diagnostic, as the programs have it" {
	expect 0 examples diagnostics "$(page dfv.7)" \
		"$TOP/common/diag_list.h"
	is "$output" ""
}

@test "docs: a diagnostic whose words changed is told" {
	sed 's/no such place/no place of that name/' \
		"$TOP/common/diag_list.h" >list.h
	expect 1 examples diagnostics "$(page dfv.7)" list.h
	has "$output" "no place of that name"
}

@test "docs: dfv-validate(1) lists every finding, as the program has it" {
	expect 0 examples diagnostics "$(page dfv-validate.1)" \
		"$TOP/cmd/dfv-validate/finding_list.h"
	is "$output" ""
}

@test "docs: dfv-expr(7) has every function, with an example" {
	expect 0 examples names "$(page dfv-expr.7)" "$TOP/common/expr_func.c"
	is "$output" ""
}

@test "docs: dfv-stats(1) has every aggregate, with an example" {
	expect 0 examples names "$(page dfv-stats.1)" \
		"$TOP/cmd/dfv-stats/aggregate.c"
	is "$output" ""
}

@test "docs: dfv-schema(5) has every type, constraint, property and check" {
	local source
	for source in type constraint; do
		expect 0 examples names "$(page dfv-schema.5)" \
			"$TOP/cmd/dfv-validate/$source.c"
	done
	sed -n 's/.*{\(KIND(\)\{0,1\}"\([a-z]*-*[a-z-]*\)", .*/\2/p' \
		"$TOP/cmd/dfv-validate/french_check.c" \
		"$TOP/cmd/dfv-validate/rowcheck.c" |
		grep -v -e '^code-postal-commune$' >names
	[ "$(wc -l <names)" -ge 21 ]
	while read -r source; do
		grep -q "Li $source\b" "$(page dfv-schema.5)" ||
			{ echo "$source is missing"; return 1; }
	done <names
}

@test "docs: a function that has no example is told" {
	sed 's/^\$ .*distance_km.*/$ true/' "$(page dfv-expr.7)" >expr.7
	expect 1 examples names expr.7 "$TOP/common/expr_func.c"
	is "$output" "expr.7: distance_km() has no example"
}

@test "docs: mandoc has nothing to say about the manual pages" {
	man_tree
	expect 0 mandoc -T lint -W style "$TOP"/man/*.[157]
	is "$output" ""
}

@test "docs: README.md refers to files that are there" {
	local file
	grep -o '](\([^)#]*\))' "$TOP/README.md" | tr -d '()]' |
		grep -v '^https\?:' >links
	[ -s links ]
	while read -r file; do
		[ -e "$TOP/$file" ] || { echo "no $file"; return 1; }
	done <links
}

@test "docs: dfv(7) names every manual page" {
	local name
	for name in "$TOP"/man/*.[157]; do
		name=$(basename "$name")
		[ "$name" = dfv.7 ] ||
			grep -q "Xr ${name%.*} ${name##*.}" "$(page dfv.7)" ||
			{ echo "no $name"; return 1; }
	done
}

@test "docs: dfv-geo(1) gives the errors that were measured" {
	local precision
	for precision in commune code-postal epci; do
		is "$(sed -n "s/^\.It Li $precision Ta .* Ta \([0-9.]*\) km Ta \([0-9.]*\) km\$/\1 \2/p" \
			"$(page dfv-geo.1)")" \
			"$(awk -F ' *[|] *' -v p="$precision" \
				'$2 == p && NF > 8 { print $6, $7 }' \
				"$REFERENCE/SOURCES.md")"
	done
}

@test "docs: the map that README.md shows is what its command draws" {
	export DFV_DATA=$TOP/data
	ln -s "$TOP/data" data
	awk '/^```/ { if (block ~ /-o laureats\.svg/) print block; block = "" }
		!/^```/ { sub(/^\$ /, ""); block = block $0 "\n" }' \
		"$TOP/README.md" >draw.sh
	expect 0 sh -e draw.sh
	cmp laureats.svg "$TOP/man/laureats.svg"
}

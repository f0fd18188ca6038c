load helper

# gzip and Zstandard, in by their first bytes and out by the name's suffix.

@test "packed: what is written to .gz and .zst reads back the same" {
	for z in gz zst; do
		dfv-filter -o "x.tsv.$z" "$REFERENCE/communes.tsv"
		[ "$(wc -c <"x.tsv.$z")" -lt 1000000 ]
		dfv-filter "x.tsv.$z" | cmp - "$REFERENCE/communes.tsv"
		dfv-filter <"x.tsv.$z" | cmp - "$REFERENCE/communes.tsv"
	done
}

@test "packed: gzip itself reads what is written" {
	dfv-filter -o x.tsv.gz "$DATA/projets.tsv"
	gzip -dc x.tsv.gz | cmp - "$DATA/projets.tsv"
}

@test "packed: the format is told by the suffix before .gz" {
	dfv-filter -t yaml "$DATA/projets.tsv" | gzip -c >x.yaml.gz
	dfv-filter -t tsv x.yaml.gz | cmp - "$DATA/projets.tsv"
}

@test "packed: members one behind the other are one stream" {
	{
		gzip -c "$DATA/projets.tsv"
		tail -n +2 "$DATA/projets.tsv" | gzip -c
	} >x.gz
	expect 0 dfv-filter --count x.gz
	is "$output" 404
}

@test "packed: a stream that is cut short stops the tool" {
	for z in gz zst; do
		dfv-filter -o "x.tsv.$z" "$REFERENCE/communes.tsv"
		head -c 100000 "x.tsv.$z" >"cut.tsv.$z"
		expect 2 dfv-filter --count "cut.tsv.$z"
		has "$stderr" "cut.tsv.$z: error: cannot read: the "
		has "$stderr" "is cut short: fetch the file again [cannot-read]"
	done
}

@test "packed: a damaged stream stops the tool" {
	dfv-filter -o x.tsv.gz "$REFERENCE/communes.tsv"
	printf '\377\377\377\377' | dd of=x.tsv.gz bs=1 seek=5000 conv=notrunc 2>/dev/null
	expect 2 dfv-filter --count x.tsv.gz
	has "$stderr" "is damaged"
}

@test "packed: Zstandard may begin with a frame to be skipped, as of pzstd" {
	printf '\x50\x2a\x4d\x18\x04\x00\x00\x00abcd' >x.tsv.zst
	printf 'a\tb\n1\t2\n' >x.tsv
	dfv-filter -o y.zst x.tsv
	cat y.zst >>x.tsv.zst
	expect 0 dfv-filter x.tsv.zst
	is "$output" "$(cat x.tsv)"
}

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

@test "packed: a header of the letters that bzip2 and PDF begin with is a header" {
	for name in BZh BZh9 BZh91AY %PDF-A 'SQLite format 3'; do
		printf '%s\tb\n1\t2\n' "$name" >x.tsv
		expect 0 dfv-filter x.tsv
		is "$output" "$(cat x.tsv)"
	done
}

@test "packed: bzip2 of nothing is told as bzip2" {
	printf 'BZh9\x17\x72\x45\x38\x50\x90\x00\x00\x00\x00' >x.tsv
	expect 2 dfv-filter x.tsv
	has "$stderr" "x.tsv: error: cannot read: compressed by bzip2"
}

# A frame's header that asks for a window of 2^log bytes, and an empty block.
zstd_of_window() {
	printf '\x28\xb5\x2f\xfd\x00'
	printf '%b' "\\0$(printf %03o $((($1 - 10) << 3)))"
	printf '\x01\x00\x00'
}

@test "packed: a Zstandard window without end is told, not called damage" {
	zstd_of_window 30 >x.tsv.zst
	expect 2 dfv-filter x.tsv.zst
	has "$stderr" "x.tsv.zst: error: cannot read: the Zstandard stream needs more than 128 MiB at hand: unpack it with zstd -d --long=31 [cannot-read]"
}

@test "packed: no memory for a Zstandard window is told as such" {
	zstd_of_window 27 >x.tsv.zst
	expect 2 with_memory 90000 dfv-filter -j 1 x.tsv.zst
	case $stderr in
	*'no header line'*) ;; # under a sanitizer, without the limit
	*) is "$stderr" "dfv: error: out of memory [no-memory]" ;;
	esac
}

#!/usr/bin/env bats
# The expression language (dfv-expr(7)), through dfv-filter.
# shellcheck disable=SC2154,SC1003,SC1112,SC2016 # run sets stderr; quotes of every kind are meant

load helper

setup() {
	cd "$BATS_TEST_TMPDIR" || return 1
	{
		printf 'n\tm\tneg\tt\tacc\tlist\tone\td\te\tz\tq\tnom complet\tbar\n'
		printf '10\t2.5\t-3\tBlois\tSaint-Étienne\ta|b c|d\\|e\tx\t2025-11-10\t\t\\N\tl1\\nl2\\tt\tJean\ty\\|z\n'
	} >one.tsv
	printf 'a\tb\tc\n1\tx\t\n2\ty\t5\n3\t\t7\n' >in.tsv
}

# values EXPR WANTED [EXPR WANTED]...: what each comes to for one.tsv's
# record, as a cell; all in one process.
values() {
	local -a options=() exprs=() wanted=() cells
	local i
	while [ $# -gt 0 ]; do
		exprs+=("$1")
		wanted+=("$2")
		options+=(-s "r${#exprs[@]}=$1")
		shift 2
	done
	expect 0 dfv-filter "${options[@]}" -c 'r1..' one.tsv || return 1
	is "$stderr" '' || return 1
	mapfile -t cells < <(tr '\t' '\n' <<<"${lines[1]}")
	for i in "${!exprs[@]}"; do
		is "${exprs[i]} -> ${cells[i]}" "${exprs[i]} -> ${wanted[i]}" ||
			return 1
	done
}

# caret EXPR MESSAGE MARK: refused before any input is read, with MARK, the
# spaces and the caret, under the expression.
caret() {
	expect 2 dfv-filter -w "$1" one.tsv || return 1
	is "$output" '' || return 1
	is "$stderr" "dfv-filter: error: mistake in an expression: --where: $2 [expression]
    $1
    $3"
}

# bad_cell EXPR COLUMN CODE VALUE: a mistake met in one.tsv's record.
bad_cell() {
	expect 2 dfv-filter -w "$1" -t tsv one.tsv || return 1
	is "$(wc -l <<<"$output")" 1 || return 1
	has "$stderr" "dfv-filter: one.tsv:2:$2: error: " || return 1
	has "$stderr" ": '$4': " || return 1
	has "$stderr" " [$3]"
}

# --- values ------------------------------------------------------------------

@test "expr: numbers, texts, names and parentheses" {
	values 1 1 1.50 1.5 .5 0.5 '5.' 5 1e3 1000 1E-2 0.01 '(1)' 1 \
		'"a"' a "'a'" a "'a\"b'" 'a"b' '"a\"b"' 'a"b' "'it\\'s'" "it's" \
		'"\t"' '\t' '"\n"' '\n' '"\\"' '\\' '"\."' '\\.' '"|"' '\|' \
		n 10 '{n}' 10 '{nom complet}' Jean t Blois e '' z '' \
		true true false false '"é"' é '" a "' ' a '
}

@test "expr: arithmetic is that of decimals, not of binary fractions" {
	values '0.1 + 0.2' 0.3 '0.1 + 0.2 == 0.3' true '1.1 * 1.1' 1.21 \
		'0.1 * 3' 0.3 '1 - 0.9' 0.1 '10 / 4' 2.5 '1 / 8' 0.125 \
		'n + m' 12.5 'n - m' 7.5 'n * m' 25 'n / m' 4 'n - n' 0 \
		'-n' -10 '- -n' 10 '-neg' 3 '3 - -3' 6 '0 * -1' 0 '-0' 0 \
		'100000000000000000 + 1' 100000000000000001 \
		'1 / 3 * 3 == 1' true
}

@test "expr: precedence is that of arithmetic" {
	values '1 + 2 * 3' 7 '(1 + 2) * 3' 9 '10 - 2 - 3' 5 '24 / 4 / 2' 3 \
		'24 / (4 / 2)' 12 '2 * 3 + 4 * 5' 26 '-2 * 3' -6 '2 * -3' -6 \
		'-(2 + 3)' -5 '10 - 4 + 2' 8 '8 / 4 * 2' 4
}

@test "expr: not binds closer than and, and closer than or" {
	values 'true or false and false' true '(true or false) and false' false \
		'not true or true' true 'not (true or true)' false \
		'not false and false' false 'not n == 11' true 'not not true' true \
		'false or not false' true 'n == 10 and not t == "Tours"' true \
		'n + 1 == 11' true '1 + 1 < 3 and 2 * 2 >= 4' true \
		'not "a" in ("b")' true 'not list has "z"' true
}

@test "expr: a comparison with a number is numeric" {
	values 'n == 10.0' true 'n == 1e1' true 'n != 10' false 'n < 9' false \
		'n > 9' true 'n >= 10' true 'n <= 10' true 'n > m' false \
		'n + 0 > m' true 'neg < 0' true 'm == 2.50' true '10 == n' true \
		'9 < n' true '-3 == neg' true 'n == 10.0000000000000001' false
}

@test "expr: a comparison of texts is by code point, byte for byte" {
	values 'n < "9"' true 'n == "10.0"' false 'n == "10"' true \
		't == "Blois"' true 't == "blois"' false 't != "blois"' true \
		't > "Blo"' true 't < "Blp"' true '"Z" < "a"' true '"z" < "é"' true \
		'"Blois" == t' true 't == t' true 'n < m' true \
		'q == "l1\nl2\tt"' true 'bar == "y|z"' true '"y|z" == bar' true \
		'bar != "y|z"' false '"a" <= "a"' true '"" == ""' true
}

@test "expr: a comparison of dates is by date" {
	values 'date(d) == date("2025-11-10")' true 'd < date("2025-11-11")' true \
		'date("2025-11-09") < d' true 'date(d) >= date("2025-12-01")' false \
		'date(d) != date("2025-11-10")' false 'date(d)' 2025-11-10
}

@test "expr: every comparison with a missing cell is false" {
	for op in == != '<' '<=' '>' '>='; do
		values "e $op 1" false "e $op 'x'" false "1 $op e" false \
			"'x' $op e" false "e $op e" false "z $op 1" false "z $op z" false \
			"e $op t" false "t $op e" false "date(e) $op date(d)" false \
			"e + 1 $op 1" false "z $op ''" false "e $op ''" false
	done
	values 'e ~ "x"' false 'e ~ ""' false 'e =~ "x*"' false 'e has "x"' false \
		'"x" in e' false 'e in ("x", "")' false 'not e == 1' true
}

@test "expr: missing() asks, and is the only one that says true" {
	values 'missing(e)' true 'missing(z)' true 'missing(n)' false \
		'missing(e + 1)' true 'missing(1 / 0)' true 'missing("")' false \
		'missing(date(e))' true 'missing(n / 0)' true 'not missing(t)' true
}

@test "expr: what is worked out from a missing cell is missing" {
	values 'e + 1' '' '1 - e' '' 'e * 0' '' 'n / 0' '' 'n / e' '' '-e' '' \
		'lower(e)' '' 'len(e)' '' 'trim(z)' '' 'round(e)' '' 'abs(z)' '' \
		'year(e)' '' 'days(e, d)' '' 'days(d, e)' '' 'number(e)' '' \
		'substr(e, 1)' '' 'replace(e, "a", "b")' '' 'floor(e)' '' 'ceil(e)' ''
}

@test "expr: ~ finds text with accents, case, ligatures, apostrophes aside" {
	values 'acc ~ "saint etienne"' false 'acc ~ "saint-etienne"' true \
		'acc ~ "ÉTIENNE"' true 't ~ "LOI"' true 't ~ "tours"' false \
		't ~ ""' true '"Œuvre" ~ "oeuvre"' true '"oeuvre" ~ "ŒUVRE"' true \
		'"l’Atelier" ~ "l'"'"'atelier"' true '"STRASSE" ~ "straße"' true \
		'"été" ~ "ete"' true '"cœur d’Hérault" ~ "COEUR D'"'"'HERAULT"' true \
		'"a  b" ~ "a b"' true '"æ" ~ "AE"' true '"e\u" ~ "zz"' false
}

@test "expr: ~ of the design's example holds" {
	printf 'nom\nSaint Étienne\nSAINT ETIENNE LE VIEUX\nSainte\n' >x.tsv
	expect 0 dfv-filter -w 'nom ~ "saint etienne"' --count x.tsv
	is "$output" 2
}

@test "expr: =~ is a regular expression, anywhere unless anchored" {
	values 't =~ "^Bl"' true 't =~ "ois$"' true 't =~ "lo"' true \
		't =~ "^lo"' false 't =~ "^B.o[a-z]s$"' true 't =~ "bl"' false \
		't =~ "(?i)bl"' true 'n =~ "^[0-9]+$"' true 'n =~ "^\d+$"' true \
		'acc =~ "^Saint.É"' true 'acc =~ "^.{13}$"' true 'q =~ "\t"' true \
		't =~ "Tours|Blois"' true '"a.c" =~ "a\.c"' true '"abc" =~ "a\.c"' false \
		't =~ ""' true 'bar =~ "y[|]z"' true
}

@test "expr: has asks for a value of a list, whole" {
	values 'list has "a"' true 'list has "b c"' true 'list has "b"' false \
		'list has "d|e"' true 'list has "d"' false 'list has ""' false \
		'one has "x"' true 'one has "y"' false 'list has t' false \
		'list has one' false 'bar has "y|z"' true 'bar has "y"' false \
		't has "Blois"' true 'split("u,v", ",") has "v"' true
}

@test "expr: in asks for one of several values" {
	values 't in ("Tours", "Blois")' true 't in ("Tours")' false \
		'n in (1, 10)' true 'n in (1, 2)' false 'n in ("1", "10")' true \
		'"b c" in list' true '"b" in list' false 't in ()' false \
		'list in ("z", "a")' true 'list in ("z", "d")' false \
		'm in (2.50)' true 'n + 1 in (11)' true '"a" in ("a")' true \
		't in (one, t)' true 'n in (m, n)' true \
		'date(d) in (date("2025-11-10"))' true 'bar in ("y|z")' true
}

# --- functions ---------------------------------------------------------------

@test "in: a few codes, too many or too long for words, in cells of every kind" {
	local codes='"01","02","2A","É","12345678"' more='"x","y","z","a b"'
	local few="in ($codes)" many long out
	many="in ($codes,$more,\"t\",\"u\",\"v\",\"w\",\"s\",\"r\",\"q\",\"p\",\"o\")"
	long="in ($codes,\"123456789\")"
	printf 'c\n01\n2A\n2a\n\\N\n\n1\n12345678\n123456789\n9|2A\n9|2B\n\\t|É\n0\\\\|1\n01 \n' \
	    >codes.tsv
	for set in "$few" "$many" "$long"; do
		expect 0 dfv-filter -w "c $set and c != \"123456789\"" codes.tsv
		is "$output" $'c\n01\n2A\n12345678\n9|2A\n\\t|É'
		expect 0 dfv-filter --count -w "not c $set" codes.tsv
		out=8
		[ "$set" != "$long" ] || out=7
		is "$output" $out
	done
	expect 0 dfv-filter -w 'c in ("0\\", "\t", "01", "01")' codes.tsv
	is "$output" $'c\n01\n\\t|É\n0\\\\|1'
}

@test "expr: len counts characters" {
	values 'len(t)' 5 'len(acc)' 13 'len("é")' 1 'len("🎉")' 1 'len(q)' 7 \
		'len(bar)' 3 'len(n)' 2
}

@test "expr: lower, upper, fold and trim" {
	values 'lower(acc)' saint-étienne 'upper(acc)' SAINT-ÉTIENNE \
		'lower("ŒÉÀ")' œéà 'upper("œéàÿ")' ŒÉÀŸ 'fold(acc)' saint-etienne \
		'fold("Œuvre d’Été")' "oeuvre d'ete" 'trim("  a b  ")' 'a b' \
		'trim("\t a\n")' a 'trim("   ")' '' 'trim(t)' Blois 'lower(q)' 'l1\nl2\tt'
}

@test "expr: concat leaves missing parts out" {
	values 'concat(t, "-", n)' Blois-10 'concat(t, e, n)' Blois10 \
		'concat(e, z)' '' 'concat(e, "x")' x 'concat("a|b")' 'a\|b' \
		'concat(t)' Blois 'concat(lower(t), upper(t))' bloisBLOIS \
		'concat(substr(t, 1, 2), replace(t, "B", "C"), lower(t))' BlCloisblois
}

@test "expr: substr counts characters from 1" {
	values 'substr(t, 1)' Blois 'substr(t, 2)' lois 'substr(t, 2, 2)' lo \
		'substr(t, 5)' s 'substr(t, 6)' '' 'substr(t, 1, 0)' '' \
		'substr(t, 1, 99)' Blois 'substr(acc, 7, 2)' Ét 'substr(t, 0)' Blois \
		'substr("🎉é", 2, 1)' é
}

@test "expr: replace replaces every place, from left to right" {
	values 'replace(t, "o", "0")' Bl0is 'replace("aaa", "aa", "b")' ba \
		'replace("aaa", "a", "")' '' 'replace(t, "zz", "y")' Blois \
		'replace(t, "", "y")' Blois 'replace("a.b", ".", "x")' axb \
		'replace("é", "é", "e")' e 'replace(bar, "|", "/")' y/z \
		'replace(t, "B", "a|")' 'a\|lois' 'replace(t, "Blois", e)' ''
}

@test "expr: split makes a list, count counts its values" {
	values 'split("a,b,c", ",")' 'a|b|c' 'count(split("a,b,c", ","))' 3 \
		'split(t, ",")' Blois 'split("a, b", ", ")' 'a|b' \
		'split("a|b,c", ",")' 'a\|b|c' 'count(list)' 3 'count(one)' 1 \
		'count(e)' 0 'count(bar)' 1 'split("a,,b", ",")' 'a||b' \
		'count(split("a,,b", ","))' 3
}

@test "expr: round, floor, ceil and abs" {
	values 'round(2.5)' 3 'round(-2.5)' -3 'round(2.4)' 2 'round(-2.4)' -2 \
		'round(2.345, 2)' 2.35 'round(1234, -2)' 1200 'round(1250, -2)' 1300 \
		'round(0.5)' 1 'round(-0.4)' 0 'round(m)' 3 'round(2.675, 2)' 2.68 \
		'floor(2.7)' 2 'floor(-2.1)' -3 'floor(3)' 3 'ceil(2.1)' 3 \
		'ceil(-2.7)' -2 'ceil(-0.5)' 0 'abs(-3)' 3 'abs(neg)' 3 'abs(3)' 3 \
		'abs(0)' 0 'round(1 / 3, 4)' 0.3333
}

@test "expr: min and max pass over missing values" {
	values 'min(3, 1, 2)' 1 'max(3, 1, 2)' 3 'min(n, m)' 2.5 'max(n, m)' 10 \
		'min(e, 5)' 5 'max(e, z)' '' 'min(neg, e, n)' -3 'max(1)' 1
}

@test "expr: coalesce is the first that is there" {
	values 'coalesce(e, t)' Blois 'coalesce(t, e)' Blois 'coalesce(e, z)' '' \
		'coalesce(e, "none")' none 'coalesce(e, 0)' 0 'coalesce(e, 0) + 1' 1 \
		'coalesce(n, 0) + 1' 11 'coalesce(e, list)' 'a|b c|d\|e' \
		'coalesce(e, z, one)' x
}

@test "expr: a list stays a list through coalesce and if, beside a text" {
	values 'coalesce(list, "none")' 'a|b c|d\|e' 'coalesce(e, "a|b")' 'a\|b' \
		'if(missing(list), "none", list)' 'a|b c|d\|e' \
		'if(true, list, "x")' 'a|b c|d\|e' 'count(coalesce(list, "none"))' 3
}

@test "expr: if takes the second, or the third" {
	values 'if(n > 5, "big", "small")' big 'if(n > 50, "big", "small")' small \
		'if(e == 1, 1, 2)' 2 'if(missing(e), 0, n) + 1' 1 'if(true, t, n)' Blois \
		'if(false, 1, e)' '' \
		'if(n == 10, n * 2, n)' 20 'if(true, true, false)' true \
		'if(true, list, one)' 'a|b c|d\|e'
}

@test "expr: number and date convert" {
	values 'number(n) + 1' 11 'number(n) > 9' true 'date(d)' 2025-11-10 \
		'date("2024-02-29")' 2024-02-29 'date("0001-01-01")' 0001-01-01
}

@test "expr: year, month, week and quarter of a date" {
	values 'year(d)' 2025 'year(d) + 1' 2026 'month(d)' 2025-11 \
		'week(d)' 2025-W46 'quarter(d)' 2025-Q4 'week("2024-12-30")' 2025-W01 \
		'week("2027-01-01")' 2026-W53 'week("2026-12-31")' 2026-W53 \
		'quarter("2025-03-31")' 2025-Q1 'quarter("2025-04-01")' 2025-Q2 \
		'month("2024-02-29")' 2024-02
}

@test "expr: days counts from the first to the second" {
	values 'days("2024-02-28", "2024-03-01")' 2 'days("2023-02-28", "2023-03-01")' 1 \
		'days(d, d)' 0 'days("2025-11-11", d)' -1 \
		'days("1970-01-01", "2000-01-01")' 10957
}

@test "expr: distance_km is the great-circle distance" {
	# Paris to Marseille, 48.8566, 2.3522 to 43.2965, 5.3698: 660.48 km by
	# the haversine formula on a sphere of 6371.0088 km.
	values 'round(distance_km(48.8566, 2.3522, 43.2965, 5.3698), 0)' 660 \
		'distance_km(45, 5, 45, 5)' 0 \
		'round(distance_km(0, 0, 0, 180), 1)' 20015.1 \
		'round(distance_km(90, 0, -90, 0), 1)' 20015.1 \
		'distance_km(e, 1, 2, 3)' ''
}

# --- mistakes in the text ----------------------------------------------------

@test "expr: a name that is no column suggests the nearest" {
	caret 'nn > 1' "unknown column 'nn', did you mean 'n'?" '^~'
	caret 'n > 1 and lst has "a"' "unknown column 'lst', did you mean 'list'?" \
		'          ^~~'
	caret '{nom complt} == "x"' \
		"unknown column 'nom complt', did you mean 'nom complet'?" '^~~~~~~~~~~~'
}

@test "expr: the caret counts a terminal's columns, not bytes" {
	caret '"éé" == "🎉" and lst has "a"' \
		"unknown column 'lst', did you mean 'list'?" '                 ^~~'
}

@test "expr: a function that is none suggests the nearest" {
	caret 'lenn(t) > 1' "unknown function 'lenn', did you mean 'len'?" '^~~~'
	caret 'n > 1 and lowr(t) == "x"' \
		"unknown function 'lowr', did you mean 'lower'?" '          ^~~~'
	caret 'xyzzy(t) == 1' "unknown function 'xyzzy': dfv-expr(7) lists them all" \
		'^~~~~'
}

@test "expr: what is missing at the end is told there" {
	caret 'n ==' 'a value is missing at the end' '    ^'
	caret 'n == 1 and' 'a value is missing at the end' '          ^'
	caret '(n == 1' '`)` is missing at the end' '       ^'
	caret 'len(t' '`,` or `)` is missing at the end' '     ^'
	caret 'not' 'a value is missing at the end' '   ^'
	caret '' 'a value is missing at the end' '^'
}

@test "expr: what was not expected is told where it stands" {
	caret 'n == )' 'a value was expected here' '     ^'
	caret 'n == 1 2' 'an operator, or the end, was expected here' '       ^'
	caret 'n == 1)' 'an operator, or the end, was expected here' '      ^'
	caret 'n < m < 3' 'an operator, or the end, was expected here' '      ^'
	caret 'and n' 'a value was expected here' '^~~'
	caret 't in "x", "y"' 'an operator, or the end, was expected here' \
		'        ^'
}

@test "expr: operators of other languages are told this one's" {
	caret 'n = 1' 'equality is written ==' '  ^'
	caret 'n == 1 && m == 2' 'conditions are joined by `and`, `or`' '       ^'
	caret 'n == 1 || m == 2' 'conditions are joined by `and`, `or`' '       ^'
	caret '!missing(n)' 'negation is written `not`, or !=' '^'
	caret 'n <> 1' 'inequality is written !=' '  ^~'
	caret 'n == 1 AND m == 2' 'the words of the language are in small letters' \
		'       ^~~'
	caret 'Not n == 1' 'the words of the language are in small letters' '^~~'
	caret 'n ≥ 1' 'at least is written >=' '  ^'
	caret 't == “x”' "quotes are straight, \" or '" '     ^~~'
	caret 'n % 2 == 0' 'a character that means nothing here' '  ^'
}

@test "expr: a column whose name needs braces is shown with them" {
	printf 'code postal,cp,or,x-y\n1,2,3,4\n' >braces.csv
	expect 2 dfv-filter -w 'code postal == 1' braces.csv
	has "$stderr" "that column is written {code postal} [expression]"
	expect 2 dfv-filter -w 'cp == 2 and (code postal == 1)' braces.csv
	has "$stderr" "that column is written {code postal} [expression]"
	expect 2 dfv-filter -w 'x-y > 1' braces.csv
	has "$stderr" "that column is written {x-y} [expression]"
	expect 2 dfv-filter -w 'cp == 2 and or == 1' braces.csv
	has "$stderr" "that column is written {or} [expression]"
	expect 2 dfv-filter -w '{cod postal} == 1' braces.csv
	has "$stderr" "unknown column 'cod postal', did you mean 'code postal'?"
}

@test "expr: texts and names that are not closed are told where they open" {
	caret 't == "Blois' 'text without its closing quote' '     ^'
	caret "t == 'it's'" 'an operator, or the end, was expected here' '         ^'
	caret '{n == 1' 'a column name without its closing }' '^'
}

@test "expr: numbers that are none are told" {
	caret 'n == 2A' 'not a number (text goes in quotes, as in "2A")' '     ^~'
	caret 'n == 1.2.3' 'not a number (text goes in quotes, as in "2A")' \
		'     ^~~~~'
	caret 'n == 1e' 'not a number (text goes in quotes, as in "2A")' '     ^~'
}

@test "expr: what is no condition is told, with what it is" {
	caret 'n' 'a condition is wanted, this is a column: compare it with something' '^'
	caret 'n + 1' \
		'a condition is wanted, this is a number: compare it with something' '^~~~~'
	caret '"x"' \
		'a condition is wanted, this is text: compare it with something' '^~~'
	caret 'n == 1 and t' \
		'a condition is wanted, this is a column: compare it with something' \
		'           ^'
}

@test "expr: types that cannot be are told before any input is read" {
	caret 'len(t) > "3"' 'a number is wanted here: write it without quotes' \
		'         ^~~'
	caret 'list has 3' 'a list holds texts: write it in quotes' '         ^'
	caret '(n == 1) == (m == 2)' \
		'conditions are not compared: use `and`, `or`, `not`' \
		' ^~~~~~~~~~~~~~~~~~'
	caret '"a" + "b" == "ab"' 'texts are joined by concat(a, b)' '^~~~~~~~~'
	caret 'n =~ t' 'the pattern of =~ is text in quotes' '     ^'
	caret 'year(len(t)) == 1' 'a date is wanted here, this is a number' \
		'     ^~~'
	caret 'lower(n + 1) == "x"' 'text is wanted here, this is a number' \
		'      ^~~~~'
}

@test "expr: the wrong number of arguments is told" {
	caret 'len() > 1' 'len takes 1 argument' '^~~'
	caret 'len(t, t) > 1' 'len takes 1 argument' '^~~'
	caret 'substr(t) == ""' 'substr takes 2 arguments or more' '^~~~~~'
	caret 'substr(t, 1, 2, 3) == ""' 'substr takes 3 arguments at most' '^~~~~~'
	caret 'if(true, 1) == 1' 'if takes 3 arguments' '^~'
	caret 'min() == 1' 'min takes 1 argument or more' '^~~'
}

@test "expr: a pattern that is none, and a date that is none, are told" {
	caret 't =~ "("' 'not a regular expression: missing closing parenthesis' \
		'     ^~~'
	caret 'd < date("2025-02-30")' "not a date: '2025-02-30'" \
		'         ^~~~~~~~~~~~'
}

@test "expr: nesting without end is refused, without a crash" {
	deep=$(printf '%*s' 20000 '' | tr ' ' '(')
	expect 2 dfv-filter -w "$deep" one.tsv
	has "$stderr" 'nested too deeply'
	expect 2 dfv-filter -w "${deep//(/-}1 > 0" one.tsv
	has "$stderr" 'nested too deeply'
	expect 2 dfv-filter -w "${deep//(/not }true" one.tsv
	has "$stderr" 'nested too deeply'
	many='n == 1'
	for i in 1 2 3 4 5 6 7 8 9 10; do many="$many or $many"; done
	expect 0 dfv-filter --count -w "$many or n == 10" one.tsv
	is "$output" 1
}

@test "expr: a mistake is told before a file's records are read" {
	printf 'a\tb\n1\n' >bad.tsv
	expect 2 dfv-filter -w 'nosuch == 1' bad.tsv
	has "$stderr" ' [expression]'
	expect 2 dfv-stats -w 'a' -a 'n=count()' bad.tsv
	has "$stderr" ' [expression]'
	is "$output" ''
}

@test "expr: --set has carets of its own" {
	expect 2 dfv-filter -s 'x=nn + 1' one.tsv
	has "$stderr" "mistake in an expression: --set: unknown column 'nn'"
	has "$stderr" $'\n    nn + 1\n    ^~'
}

# --- mistakes in the records -------------------------------------------------

@test "expr: a cell that should be a number and is not is told with its place" {
	bad_cell 't > 5' 11 not-a-number Blois
	bad_cell 'n > 5 and t + 1 == 2' 11 not-a-number Blois
	bad_cell 'round(acc) == 1' 17 not-a-number Saint-Étienne
	bad_cell 'one < n + 1' 42 not-a-number x
}

@test "expr: a cell that should be a date and is not is told with its place" {
	bad_cell 'date(t) < date("2025-01-01")' 11 not-a-date Blois
	bad_cell 'year(n) == 2025' 1 not-a-date 10
}

@test "expr: numbers have one form in every place" {
	for cell in 0x10 1_000 '1 000' 1,5 inf nan NaN Infinity 1e 1e+ . - + -- \
		1.2.3 ' 1' '1 ' ١ 1f 1d '１'; do
		printf 'v\n%s\n' "$cell" >x.tsv
		expect 2 dfv-filter -w 'v > 0' x.tsv
		is "$output" v
		has "$stderr" "x.tsv:2:1: error: not a number: '$cell': " ||
			return 1
	done
	for cell in 1 +1 1. 1.0 01 1e0 10e-1 .1e1 1E0 1e+00; do
		printf 'v\n%s\n' "$cell" >x.tsv
		expect 0 dfv-filter -w 'v == 1' --count x.tsv
		is "$output" 1 || { echo "$cell"; return 1; }
	done
}

@test "expr: --decimal-comma also takes French numbers" {
	printf 'v\n1234,56\n1 234,56\n1\302\240234,56\n1\342\200\257234,56\n1234.56\n' >x.tsv
	expect 0 dfv-filter --decimal-comma -w 'v == 1234.56' --count x.tsv
	is "$output" 5
	expect 2 dfv-filter -w 'v == 1234.56' --count x.tsv
	has "$stderr" "x.tsv:2:1: error: not a number: '1234,56': "
	printf 'v\n1 23,4\n' >x.tsv
	expect 2 dfv-filter --decimal-comma -w 'v > 0' x.tsv
	has "$stderr" ' [not-a-number]'
}

@test "expr: dates are ISO 8601 days that exist" {
	for cell in 2025-02-29 2025-13-01 2025-00-10 2025-1-1 20251110 10/11/2025 \
		'2025-11-10T10:00:00Z' 0000-01-01 2025-11-31; do
		printf 'v\n%s\n' "$cell" >x.tsv
		expect 2 dfv-filter -w 'year(v) > 0' x.tsv
		has "$stderr" "x.tsv:2:1: error: not a date: '$cell': " || return 1
	done
}

@test "expr: and, or and if do not look at what does not count" {
	values 'n == 11 and t > 5' false 'n == 10 or t > 5' true \
		'if(n == 10, 1, t + 1)' 1 'coalesce(n, t + 1)' 10
}

@test "expr: the first bad cell is the one told, for any number of threads" {
	seq 60000 | sed '1i n' >x.tsv
	sed -i '30001s/.*/bad/; 50001s/.*/worse/' x.tsv
	for j in 1 2 7; do
		expect 2 dfv-filter -j $j -w 'n >= 0' --count x.tsv
		has "$stderr" "x.tsv:30001:1: error: not a number: 'bad'"
		is "$(wc -l <<<"$stderr")" 1
		dfv-filter -j $j -w 'n >= 0' x.tsv 2>err | cmp - <(head -30000 x.tsv)
	done
}

@test "expr: a list where a number is wanted is told" {
	bad_cell 'list > 5' 31 not-a-number 'a|b c|d\|e'
}

@test "expr: a pattern that would backtrack for minutes ends with a report" {
	printf 'a\n%s!\n' "$(printf '%*s' 5000 '' | tr ' ' a)" >x.tsv
	expect 2 timeout 20 dfv-filter -w 'a =~ "^(a+)+$"' x.tsv
	has "$stderr" 'x.tsv:2:1: error: '
}

@test "expr: a result too large for any number is told, not infinity" {
	printf 'a\n1e300\n' >x.tsv
	expect 2 dfv-filter -s 'b=a * a' x.tsv
	has "$stderr" ' [out-of-range]'
	is "$output" $'a\tb'
}

@test "expr: the caret stands under the place in a terminal: wide letters, accents of their own, tabs, controls" {
	expect 2 dfv-filter -w 'a == "日本語" and nope' in.tsv
	is "$(sed -n 3p <<<"$stderr")" '                      ^~~~'
	expect 2 dfv-filter -w $'a == "e\u0301" and nope' in.tsv
	is "$(sed -n 3p <<<"$stderr")" '                 ^~~~'
	expect 2 dfv-filter -w $'a ==\t\tnope' in.tsv
	is "$(sed -n 3p <<<"$stderr")" '          ^~~~'
	expect 2 dfv-filter -w '{日本} == 1' in.tsv
	is "$(sed -n 3p <<<"$stderr")" '    ^~~~~~'
	expect 2 dfv-filter -w $'a == "\e[31m" and nope' in.tsv
	is "$(sed -n 2p <<<"$stderr")" '    a == "?[31m" and nope'
}

@test "expr: concat takes numbers and dates as they are written" {
	printf 'a\tb\n1.50\t\n' >c.tsv
	expect 0 dfv-filter -s 'c=concat(a, "/", a * 2, "/", b * 2, date("2024-01-31"), "/", 1 / 3)' -c c c.tsv
	is "$output" $'c\n1.50/3/2024-01-31/0.3333333333333333'
	expect 2 dfv-filter -s 'c=concat(a == 1)' c.tsv
	has "$stderr" 'text is wanted here, this is a condition'
}

@test "expr: a constant that is out of range is told with its reason" {
	expect 2 dfv-filter -s 'c=1e308 * 10' in.tsv
	has "$stderr" 'a number out of range: the result is too large'
	expect 2 dfv-filter -s 'c=distance_km(91, 2, 48, 2)' in.tsv
	has "$stderr" "a number out of range: '91'"
}

@test "expr: ten thousand texts in an expression take no more memory than they are long" {
	local texts
	texts=$(printf ',"x%d"' {1..12000})
	expect 0 with_memory 200000 dfv-filter -j 1 --count -w "a in (${texts#,}, \"3\")" in.tsv
	is "$output" 1
}

@test "expr: a sum of thousands is worked out, one without end is refused" {
	local terms
	terms=$(printf '+1.5%.0s' {1..9000})
	expect 0 dfv-filter -n 1 -s "s=0$terms" -c s in.tsv
	is "$output" $'s\n13500'
	terms=$(printf '+a%.0s' {1..9000})
	expect 0 dfv-filter -j 1 --count -w "0$terms > 0" in.tsv
	terms=$(printf '+1%.0s' {1..10001})
	expect 2 dfv-filter -s "s=0$terms" in.tsv
	has "$stderr" 'more than 10000 operations'
	has "$stderr" '    ...+1+1'
	[ "${#stderr}" -lt 1000 ]
}

@test "expr: a number with spaces or a unit around it is told how to be read" {
	printf 'x\tu\n 12 \t7 %%\n' >units.tsv
	expect 2 dfv-filter -w 'x > 1' units.tsv
	has "$stderr" "not a number: ' 12 ': number(trim(x)) reads it"
	expect 2 dfv-stats -a 's=sum(u)' units.tsv
	has "$stderr" "not a number: '7 %': number(trim(replace(x, unit, \"\")))"
	expect 2 dfv-filter -k u:n units.tsv
	has "$stderr" "reads it without its unit [not-a-number]"
	expect 0 dfv-stats -a 's=sum(number(trim(x)))' \
		-a 't=sum(number(trim(replace(u, "%", ""))))' units.tsv
	is "$output" $'s\tt\n12\t7'
}

@test "expr: a pattern with a group takes a cell of a few hundred kilobytes" {
	printf 'a\n%s\n' "$(printf 'ab%.0s' {1..100000})" >x.tsv
	expect 0 dfv-filter --count -w 'a =~ "^(a|b)*$"' x.tsv
	is "$output" 1
}

@test "expr: a date in another form is told how to be read" {
	printf 'a,b,c\n06/01/2025,2025/01/06,2025-01-06T14:30:00Z\n' >dates.csv
	expect 2 dfv-filter -w 'year(a) > 1' dates.csv
	has "$stderr" "'06/01/2025': write it as 2025-11-10; dfv-expr(7) turns"
	expect 2 dfv-stats -g b:week -a 'n=count()' dates.csv
	has "$stderr" "'2025/01/06': date(replace(substr(x, 1, 10), \"/\", \"-\"))"
	expect 2 dfv-stats -a 'd=min(date(c))' dates.csv
	has "$stderr" "'2025-01-06T14:30:00Z': date(substr(x, 1, 10)) reads"
	expect 0 dfv-filter -t tsv -s 'b=date(replace(substr(b, 1, 10), "/", "-"))' \
		-s 'c=date(substr(c, 1, 10))' -c b,c dates.csv
	is "$output" $'b\tc\n2025-01-06\t2025-01-06'
}

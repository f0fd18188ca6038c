# bash: a function that says what an option takes, one that says which options
# there are, and the one that bash calls.

# What stands for the argument: words, or one of @file @dir @columns @text.
function kind_of(arg, words) {
	if (words != "") return words
	if (arg ~ /FILE$/ && arg !~ /^[A-Z]+=FILE/) return "@file"
	if (arg == "DIR") return "@dir"
	if (arg ~ /^(COL|COLS|KEYS)$/) return "@columns"
	return "@text"
}

{
	if (!($1 in options)) verb[++nverb] = $1
	options[$1] = options[$1] (options[$1] == "" ? "" : " ") "--" $3
	if ($4 == "") next
	pattern = $2 == "" ? "" : $1 ":-" $2
	if (!seen[$1, $3]++)
		pattern = pattern (pattern == "" ? "" : " | ") $1 ":--" $3
	takes = takes "\t" pattern ") echo '" kind_of($4, $6) "' ;;\n"
}

END {
	f = "_" name
	gsub(/-/, "_", f)
	print "# bash completion of " name ", made from its option table"
	print f "_takes() {\n\tcase $1 in"
	printf "%s", takes
	print "\t*) return 1 ;;\n\tesac\n}\n"
	print f "_options() {\n\tcase $1 in"
	for (i = 1; i <= nverb; i++) {
		verbs = verbs (i == 1 ? "" : " ") verb[i]
		print "\t'" verb[i] "') echo '" options[verb[i]] "' ;;"
	}
	print "\t*) echo '--help --version' ;;\n\tesac\n}\n"
	while ((getline line < template) > 0) {
		gsub(/@FUNCTION@/, f, line)
		gsub(/@VERBS@/, verbs, line)
		gsub(/@NAME@/, name, line)
		print line
	}
}

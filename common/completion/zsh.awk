# zsh: a specification an option, for _arguments.

# With a backslash before what _arguments would take for its own.
function plain(text) {
	gsub(/\\/, "\\\\", text)
	gsub(/\[/, "\\[", text)
	gsub(/\]/, "\\]", text)
	gsub(/:/, "\\:", text)
	gsub(/'/, "'\\''", text)
	return text
}

function specification(letter, name, arg, help, words,    what) {
	help = plain(help)
	arg = plain(arg)
	if (arg != "") {
		what = ":" arg ":"
		if (words != "") what = what "(" words ")"
		else if (arg ~ /FILE$/) what = what "_files"
		else if (arg == "DIR") what = what "_files -/"
	}
	if (letter == "") return "'*--" name "[" help "]" what "'"
	return "'*'{-" letter ",--" name "}'[" help "]" what "'"
}

{
	if (!($1 in options)) verb[++nverb] = $1
	options[$1] = options[$1] " \\\n\t\t" specification($2, $3, $4, $5, $6)
}

END {
	print "#compdef " name
	print "# made from the option table of " name
	if (verb[1] == "") {
		print "_arguments -s -S" options[""] " \\\n\t\t'*:file:_files'"
		exit
	}
	printf "if (( CURRENT == 2 )); then\n\tcompadd --"
	for (i = 1; i <= nverb; i++) printf " %s", verb[i]
	print " --help --version\n\treturn\nfi"
	print "shift words\n(( CURRENT-- ))\ncase $words[1] in"
	for (i = 1; i <= nverb; i++)
		print verb[i] ")\n\t_arguments -s -S" options[verb[i]] " \\\n\t\t'*:file:_files'\n\t;;"
	print "esac"
}

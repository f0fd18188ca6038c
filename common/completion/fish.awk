# fish: a line an option.

{
	line = "complete -c " name
	if ($1 == "") condition = ""
	else condition = " -n '__fish_seen_subcommand_from " $1 "'"
	if ($1 != "" && !known[$1]++)
		print line " -n __fish_use_subcommand -f -a " $1
	gsub(/'/, "\\'", $5)
	line = line condition ($2 == "" ? "" : " -s " $2) " -l " $3
	if ($4 ~ /FILE$/ || $4 == "DIR") line = line " -r"
	else if ($4 != "") line = line " -x"
	print line ($6 == "" ? "" : " -a '" $6 "'") " -d '" $5 "'"
}

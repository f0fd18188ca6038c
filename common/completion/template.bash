# The columns of the first file on the line; those with blanks are left out.
@FUNCTION@_columns() {
	local word
	for word in "${COMP_WORDS[@]:1}"; do
		[ -f "$word" ] || continue
		dfv-filter -q -n 0 -t tsv -- "$word" 2>/dev/null |
			head -n 1 | tr '\t' '\n' | grep -v '[[:space:]]'
		return
	done
}

# @FUNCTION@_reply KIND WORD
@FUNCTION@_reply() {
	local head=${2%"${2##*,}"} last=${2##*,}
	case $1 in
	@text) ;;
	@file)
		compopt -o filenames 2>/dev/null
		mapfile -t COMPREPLY < <(compgen -f -- "$2")
		;;
	@dir)
		compopt -o filenames 2>/dev/null
		mapfile -t COMPREPLY < <(compgen -d -- "$2")
		;;
	@columns)
		case $last in -*) head=$head- last=${last#-} ;; esac
		compopt -o nospace 2>/dev/null
		mapfile -t COMPREPLY < <(compgen -P "$head" \
			-W "$(@FUNCTION@_columns)" -- "$last")
		;;
	*) mapfile -t COMPREPLY < <(compgen -W "$1" -- "$2") ;;
	esac
}

@FUNCTION@() {
	local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
	local verb='' kind verbs='@VERBS@'
	COMPREPLY=()
	# bash takes --name=value for three words.
	case $word:$before in
	=:*) word= ;;
	*:=) before=${COMP_WORDS[COMP_CWORD - 2]} ;;
	esac
	case " $verbs " in *" ${COMP_WORDS[1]} "*) verb=${COMP_WORDS[1]} ;; esac
	if kind=$(@FUNCTION@_takes "$verb:$before"); then
		@FUNCTION@_reply "$kind" "$word"
	elif [ "${word#-}" != "$word" ]; then
		@FUNCTION@_reply "$(@FUNCTION@_options "$verb")" "$word"
	elif [ "$COMP_CWORD" -eq 1 ] && [ -n "$verbs" ]; then
		@FUNCTION@_reply "$verbs" "$word"
	else
		@FUNCTION@_reply @file "$word"
	fi
}

complete -F @FUNCTION@ @NAME@

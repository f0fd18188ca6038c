#!/usr/bin/env bats
# What the shells complete, made from the option tables of the commands.

load helper

COMPLETION=$BIN/../completion

# completed WORD...: what bash offers for the last word of a line, a line each.
completed() {
	local function=_${1//-/_}
	# shellcheck disable=SC2016 # it is the other shell's
	bash -c 'source "$1" && function=$2 && shift 2 && COMP_WORDS=("$@") &&
		COMP_CWORD=$(($# - 1)) && "$function" &&
		printf "%s\n" "${COMPREPLY[@]}"' - \
		"$COMPLETION/$1.bash" "$function" "$@"
}

@test "completion: bash offers every option that --help lists" {
	for tool in dfv-filter dfv-stats dfv-validate; do
		is "$(completed $tool -- | sort)" \
			"$($tool --help | sed -n 's/^  .\{4\}\(--[a-z-]*\).*/\1/p' | sort)"
	done
	for verb in locate near nearest extract coverage map; do
		is "$(completed dfv-geo $verb -- | sort -u)" \
			"$(dfv-geo $verb --help | sed -n 's/^  .\{4\}\(--[a-z-]*\).*/\1/p' | sort -u)"
	done
}

@test "completion: bash goes on with what was begun" {
	is "$(completed dfv-filter --sk)" --skip
	is "$(completed dfv-filter -w 'a == 1' --ex)" $'--exclude\n--exit-empty'
	is "$(completed dfv-filter --nosuch)" ''
}

@test "completion: bash offers the words that an option takes" {
	is "$(completed dfv-filter -t '')" $'tsv\ncsv\nyaml\njsonl\nmd'
	is "$(completed dfv-stats --to h)" html
	is "$(completed dfv-filter --color a)" $'auto\nalways'
	is "$(completed dfv-validate -d sa)" sarif
}

@test "completion: bash offers them behind an equals sign too" {
	is "$(completed dfv-filter --color =)" $'auto\nalways\nnever'
	is "$(completed dfv-filter --color = n)" never
}

@test "completion: bash offers the verbs of dfv-geo, and the options of each" {
	is "$(completed dfv-geo '')" $'locate\nnear\nnearest\nextract\ncoverage\nmap'
	is "$(completed dfv-geo nea)" $'near\nnearest'
	is "$(completed dfv-geo map --by d)" departement
	is "$(completed dfv-geo coverage --by e)" epci
	is "$(completed dfv-geo --v)" --version
}

@test "completion: bash offers files where files go, and nothing for free text" {
	mkdir -p in/deep
	touch in/a.tsv
	is "$(completed dfv-filter in/)" $'in/a.tsv\nin/deep'
	is "$(completed dfv-filter --join in/a)" in/a.tsv
	is "$(completed dfv-geo nearest --to in/a)" in/a.tsv
	is "$(completed dfv-geo extract -d in/)" in/deep
	is "$(completed dfv-filter -w in/)" ''
}

@test "completion: bash offers the columns of a file that is on the line" {
	printf 'région;montant;mon nom\n1;2;3\n' >x.csv
	is "$(completed dfv-filter x.csv -c '')" $'région\nmontant'
	is "$(completed dfv-filter x.csv -c montant,)" $'montant,région\nmontant,montant'
	is "$(completed dfv-filter x.csv -k -mon)" -montant
	is "$(completed dfv-stats x.csv -g r)" région
	is "$(completed dfv-filter none.csv -c '')" ''
}

@test "completion: a command takes every word that is offered" {
	for tool in dfv-filter dfv-stats dfv-validate 'dfv-geo locate' \
		'dfv-geo near' 'dfv-geo extract' 'dfv-geo coverage' 'dfv-geo map'; do
		$tool --dump-options | cut -f 2,5 >options
		while IFS=$'\t' read -r name words; do
			for word in $words; do
				$tool "--$name" "$word" </dev/null >out 2>err || :
				if grep -e bad-argument -e unknown-format err; then
					echo "$tool --$name $word"
					return 1
				fi
			done
		done <options
	done
}

@test "completion: zsh and fish read theirs" {
	for shell in zsh fish; do
		command -v $shell >/dev/null || continue
		for file in "$COMPLETION"/*."$shell"; do
			expect 0 $shell -n "$file"
			is "$stderr" ''
		done
	done
	for tool in dfv-filter dfv-geo dfv-stats dfv-validate; do
		is "$(head -n 1 "$COMPLETION/$tool.zsh")" "#compdef $tool"
		grep -q "^complete -c $tool .* -l output -r " "$COMPLETION/$tool.fish"
	done
}

@test "completion: each is installed where its shell looks for it" {
	expect 0 make -s -C "$TOP" -o all install BUILD="$(dirname "$BIN")" DESTDIR="$PWD/to" PREFIX=/usr
	cmp to/usr/share/bash-completion/completions/dfv-geo "$COMPLETION/dfv-geo.bash"
	cmp to/usr/share/zsh/site-functions/_dfv-geo "$COMPLETION/dfv-geo.zsh"
	cmp to/usr/share/fish/vendor_completions.d/dfv-geo.fish "$COMPLETION/dfv-geo.fish"
}

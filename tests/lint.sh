#!/bin/sh
# lint.sh C_FILES SH_FILES MAN_PAGES CFLAGS: each linter over all it can read.
# Prints what is found and fails when something is.
set -u
c_files=$1 sh_files=$2 man_pages=$3 cflags=$4
bad=0

# shellcheck disable=SC2086 # lists of words throughout
{
	c_sources=$(printf '%s\n' $c_files | grep '\.c$')
	clang-format --dry-run -Werror $c_files || bad=1
	clang-tidy --quiet --warnings-as-errors='*' $c_sources -- $cflags \
		2>/dev/null || bad=1
	cppcheck --quiet --std=c11 --error-exitcode=1 --inline-suppr --suppress=varFuncNullUB \
		--enable=warning,performance,portability -Icommon $c_sources || bad=1
	for f in $c_sources; do
		gcc $cflags -O1 -fanalyzer -Werror -c -o /dev/null "$f" || bad=1
	done
	shellcheck -x $sh_files || bad=1
	for page in $man_pages; do
		mandoc -T lint -W warning "$page" || bad=1
	done
}
[ "$bad" -eq 0 ] && echo 'lint: clean'
exit "$bad"

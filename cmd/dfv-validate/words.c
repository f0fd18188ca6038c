#include "words.h"

#include <limits.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "datadir.h"

static const char domain[] = "dfv-validate";

/* What the environment asks for, by the order of POSIX. */
static const char *
environment(void)
{
	static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		const char *value = getenv(names[i]);

		if (value != NULL && value[0] != '\0')
			return value;
	}
	return "C";
}

/* gettext translates in no locale but a real one, which need not be French:
 * LANGUAGE goes before it. */
static void
choose_locale(void)
{
	static const char *const names[] = {
	    "", "fr_FR.UTF-8", "en_US.UTF-8", "C.UTF-8"};

	setenv("LANGUAGE", "fr", 1);
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		const char *got = setlocale(LC_MESSAGES, names[i]);

		if (got != NULL && strcmp(got, "C") != 0 &&
		    strcmp(got, "POSIX") != 0)
			return;
	}
}

/* Beside the build, or where `make install` puts it. */
static void
bind_words(void)
{
	static const char *const below[] = {"/../locale", "/../share/locale"};
	char dir[PATH_MAX], path[PATH_MAX + 64];

	datadir_program(dir, sizeof dir);
	for (size_t i = 0; i < sizeof below / sizeof below[0]; i++) {
		int n = snprintf(path, sizeof path, "%s%s", dir, below[i]);

		snprintf(path + n, sizeof path - (size_t)n,
		    "/fr/LC_MESSAGES/%s.mo", domain);
		if (access(path, R_OK) != 0)
			continue;
		path[n] = '\0';
		bindtextdomain(domain, path);
		bind_textdomain_codeset(domain, "UTF-8");
		textdomain(domain);
		return;
	}
}

int
words_choose(const char *lang)
{
	if (lang == NULL)
		lang = strncmp(environment(), "fr", 2) == 0 ? "fr" : "en";
	if (strcmp(lang, "en") == 0)
		return 0;
	if (strcmp(lang, "fr") != 0)
		return -1;
	choose_locale();
	bind_words();
	return 0;
}

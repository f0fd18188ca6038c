#include "cleanup.h"

#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

static _Atomic(const char *) paths[CLEANUP_MAX];
static atomic_bool installed;

static void
remove_all(void)
{
	for (int i = 0; i < CLEANUP_MAX; i++) {
		const char *path = atomic_load(&paths[i]);

		if (path != NULL)
			unlink(path);
	}
}

static void
remove_and_die(int sig)
{
	remove_all();
	/* SA_RESETHAND has put the default back: die of the signal itself. */
	raise(sig);
}

static void
install(void)
{
	static const int signals[] = {
	    SIGHUP, SIGINT, SIGPIPE, SIGQUIT, SIGTERM, SIGXCPU};
	struct sigaction sa, old;

	memset(&sa, 0, sizeof sa);
	sa.sa_handler = remove_and_die;
	sa.sa_flags = (int)SA_RESETHAND;
	sigemptyset(&sa.sa_mask);
	for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
		/* What the parent ignores (nohup) stays ignored. */
		if (sigaction(signals[i], NULL, &old) == 0 &&
		    old.sa_handler != SIG_IGN)
			sigaction(signals[i], &sa, NULL);
	}
}

void
cleanup_remember(const char *path)
{
	if (!atomic_exchange(&installed, true))
		install();
	for (int i = 0; i < CLEANUP_MAX; i++) {
		const char *none = NULL;

		if (atomic_compare_exchange_strong(&paths[i], &none, path))
			return;
	}
}

void
cleanup_forget(const char *path)
{
	for (int i = 0; i < CLEANUP_MAX; i++) {
		const char *mine = path;

		if (atomic_compare_exchange_strong(&paths[i], &mine, NULL))
			return;
	}
}

static void
input_shrank(int sig)
{
	static const char msg[] = "dfv: error: cannot read: an input became "
				  "shorter while it was read [cannot-read]\n";

	remove_all();
	_exit(write(STDERR_FILENO, msg, sizeof msg - 1) < 0 ? sig : 2);
}

void
cleanup_on_bus_error(void)
{
	struct sigaction sa;

	memset(&sa, 0, sizeof sa);
	sa.sa_handler = input_shrank;
	sigemptyset(&sa.sa_mask);
	sigaction(SIGBUS, &sa, NULL);
}

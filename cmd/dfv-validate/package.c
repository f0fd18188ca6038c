#include "package.h"

#include <string.h>
#include <sys/stat.h>

#include "mem.h"

static int
mistake(struct package *p, const struct node *n, const char *what)
{
	diag_report(
	    p->diag, DIAG_BAD_PACKAGE, &n->place, node_text(n), "%s", what);
	return -1;
}

/* A path beside the package's file, NUL behind its end. */
static const char *
path_beside(const struct package *p, struct span name)
{
	const char *slash = strrchr(p->file, '/');
	int n = slash == NULL ? 0 : (int)(slash - p->file) + 1;

	if (name.n > 0 && name.p[0] == '/')
		n = 0;
	return arena_printf(
	    p->arena, "%.*s%.*s", n, p->file, (int)name.n, name.p)
	    .p;
}

/* A schema is in the package, or in a file of its own. */
static int
load_schema(struct package *p, const struct node *n, struct table *t)
{
	if (node_null(n) || p->bare)
		return 0;
	if (n->kind == NODE_SCALAR) {
		n = node_load(path_beside(p, n->text), p->arena, p->diag);
		if (n == NULL)
			return -1;
	}
	p->schema[t - p->table] = n;
	t->schema = schema_load(n, p->decimal_comma, p->arena, p->diag);
	return t->schema == NULL ? -1 : 0;
}

/* One path or a list of them. */
static int
load_paths(
    struct package *p, const struct node *n, const char ***file, size_t *nfile)
{
	const struct node *path = node_get(n, "path");

	if (node_null(path))
		return mistake(p, n, "a table has a path");
	*nfile = path->kind == NODE_SEQUENCE ? path->n : 1;
	*file = ARENA_ARRAY(p->arena, const char *, *nfile);
	for (size_t i = 0; i < *nfile; i++) {
		const struct node *one =
		    path->kind == NODE_SEQUENCE ? &path->item[i] : path;

		if (one->kind != NODE_SCALAR || one->text.n == 0)
			return mistake(p, one, "a path is text");
		(*file)[i] = path_beside(p, one->text);
	}
	return *nfile > 0 ? 0 : mistake(p, path, "a table has a path");
}

static int
load_table(struct package *p, const struct node *n,
    const struct reader_opts *defaults, struct table *t)
{
	struct reader_opts opts = *defaults;
	const struct node *format = node_get(n, "format");
	const struct node *encoding = node_get(n, "encoding");
	const char **file = NULL;
	size_t nfile = 0;

	t->name = node_text(node_get(n, "name"));
	if (t->name.n == 0)
		return mistake(p, n, "a table has a name");
	if (load_paths(p, n, &file, &nfile) != 0 ||
	    load_schema(p, node_get(n, "schema"), t) != 0)
		return -1;
	t->path = file[0];
	if (!node_null(format))
		opts.from = node_text(format).p;
	if (!node_null(encoding))
		opts.encoding = node_text(encoding).p;
	return table_load(t, file, nfile, &opts, p->arena, p->diag);
}

static int
load_tables(
    struct package *p, const struct node *root, const struct reader_opts *opts)
{
	const struct node *n = node_get(root, "tables");

	if (n == NULL)
		n = node_get(root, "resources");
	if (n == NULL || n->kind != NODE_SEQUENCE)
		return mistake(
		    p, n == NULL ? root : n, "a package has a list of tables");
	p->table = ARENA_ARRAY(p->arena, struct table, n->n);
	p->schema = ARENA_ARRAY(p->arena, const struct node *, n->n);
	for (size_t i = 0; i < n->n; i++) {
		struct table *t = &p->table[p->ntable++];

		if (load_table(p, &n->item[i], opts, t) != 0)
			return -1;
		if (package_find(p, t->name) != t)
			return mistake(p, node_get(&n->item[i], "name"),
			    "an earlier table has this name");
	}
	return 0;
}

static int
load_rules(struct package *p, const struct node *n)
{
	int status = 0;

	if (node_null(n))
		return 0;
	if (n->kind != NODE_SEQUENCE)
		return mistake(p, n, "rules are a list");
	p->rule = ARENA_ARRAY(p->arena, struct rule, n->n);
	for (size_t i = 0; i < n->n; i++)
		if (rule_load(&p->rule[p->nrule++], p, &n->item[i]) != 0)
			status = -1;
	return status;
}

static int
load_reports(struct package *p, const struct node *n)
{
	int status = 0;

	if (node_null(n))
		return 0;
	if (n->kind != NODE_SEQUENCE)
		return mistake(p, n, "reports are a list");
	p->owed = ARENA_ARRAY(p->arena, struct owed, n->n);
	for (size_t i = 0; i < n->n; i++)
		if (owed_load(&p->owed[p->nowed++], p, &n->item[i]) != 0)
			status = -1;
	return status;
}

struct table *
package_find(const struct package *p, struct span name)
{
	for (size_t i = 0; i < p->ntable; i++)
		if (span_eq(p->table[i].name, name))
			return &p->table[i];
	return NULL;
}

int
package_load(
    struct package *p, const char *path, const struct reader_opts *opts)
{
	struct stat st;
	const struct node *root;

	p->file = path;
	if (stat(path, &st) == 0 && S_ISDIR(st.st_mode))
		p->file = arena_printf(p->arena, "%s%spackage.yaml", path,
		    path[strlen(path) - 1] == '/' ? "" : "/")
			      .p;
	root = node_load(p->file, p->arena, p->diag);
	if (root == NULL || load_tables(p, root, opts) != 0)
		return -1;
	if (p->bare)
		return 0;
	for (size_t i = 0; i < p->ntable; i++)
		if (foreign_check(p, &p->table[i]) != 0)
			return -1;
	return load_rules(p, node_get(root, "rules")) |
	    load_reports(p, node_get(root, "reports"));
}

void
package_release(struct package *p)
{
	for (size_t i = 0; i < p->nrule; i++)
		rule_release(&p->rule[i]);
	for (size_t i = 0; i < p->nowed; i++)
		owed_release(&p->owed[i]);
	for (size_t i = 0; i < p->ntable; i++)
		table_release(&p->table[i]);
}

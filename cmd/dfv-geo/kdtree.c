#include "kdtree.h"

#include <string.h>

#include "mem.h"

enum { LEAF_MOST = 8 };

/* What the tree is made of while it grows. */
struct seed {
	double at[3];
	uint32_t id;
};

struct build {
	struct kdtree *tree;
	struct seed *seed;
};

/* Where leaf i's places start. */
static size_t
leaf_start(const struct kdtree *t, size_t i)
{
	return i * t->n / t->nleaf;
}

/* The axis on which seeds lie furthest apart. */
static unsigned
widest_axis(const struct seed *s, size_t n)
{
	double least[3], most[3];
	unsigned best = 0;

	memcpy(least, s[0].at, sizeof least);
	memcpy(most, s[0].at, sizeof most);
	for (size_t i = 1; i < n; i++)
		for (int d = 0; d < 3; d++) {
			double v = s[i].at[d];

			least[d] = v < least[d] ? v : least[d];
			most[d] = v > most[d] ? v : most[d];
		}
	for (unsigned d = 1; d < 3; d++)
		if (most[d] - least[d] > most[best] - least[best])
			best = d;
	return best;
}

static void
swap_seeds(struct seed *a, struct seed *b)
{
	struct seed was = *a;

	*a = *b;
	*b = was;
}

/* Hoare's selection: what is before s[nth] is not above it, what is behind it
 * not below. */
static void
select_nth(struct seed *s, ptrdiff_t n, ptrdiff_t nth, unsigned axis)
{
	ptrdiff_t low = 0, high = n - 1;

	while (low < high) {
		double pivot = s[low + (high - low) / 2].at[axis];
		ptrdiff_t i = low, j = high;

		while (i <= j) {
			while (s[i].at[axis] < pivot)
				i++;
			while (s[j].at[axis] > pivot)
				j--;
			if (i <= j)
				swap_seeds(&s[i++], &s[j--]);
		}
		if (nth <= j)
			high = j;
		else if (nth >= i)
			low = i;
		else
			return;
	}
}

/* Cuts the places of nleaf leaves, from leaf `first` on, in two. */
static void
cut(const struct build *b, size_t node, size_t first, size_t nleaf)
{
	struct kdtree *t = b->tree;
	size_t from = leaf_start(t, first);
	size_t mid = leaf_start(t, first + nleaf / 2);
	size_t end = leaf_start(t, first + nleaf);
	unsigned axis;

	if (nleaf == 1)
		return;
	axis = widest_axis(b->seed + from, end - from);
	select_nth(b->seed + from, (ptrdiff_t)(end - from),
	    (ptrdiff_t)(mid - from), axis);
	t->axis[node] = (uint8_t)axis;
	t->split[node] = b->seed[mid].at[axis];
	cut(b, 2 * node, first, nleaf / 2);
	cut(b, 2 * node + 1, first + nleaf / 2, nleaf / 2);
}

void
kdtree_build(struct kdtree *t, const struct vec *at, size_t n)
{
	struct build b = {t, mem_alloc(n + 1, sizeof *b.seed)};

	*t = (struct kdtree){.n = n, .nleaf = 1};
	while (n > t->nleaf * LEAF_MOST)
		t->nleaf *= 2;
	for (size_t i = 0; i < n; i++)
		b.seed[i] =
		    (struct seed){{at[i].x, at[i].y, at[i].z}, (uint32_t)i};
	t->split = mem_alloc(t->nleaf, sizeof *t->split);
	t->axis = mem_alloc(t->nleaf, sizeof *t->axis);
	cut(&b, 1, 0, t->nleaf);
	t->x = mem_alloc(3 * n + 1, sizeof *t->x);
	t->y = t->x + n;
	t->z = t->y + n;
	t->id = mem_alloc(n + 1, sizeof *t->id);
	for (size_t i = 0; i < n; i++) {
		t->x[i] = b.seed[i].at[0];
		t->y[i] = b.seed[i].at[1];
		t->z[i] = b.seed[i].at[2];
		t->id[i] = b.seed[i].id;
	}
	mem_free(b.seed);
}

/* A question while it is answered: hits so far, and the chord's square beyond
 * which there are no better ones. */
struct quest {
	const struct kdtree *tree;
	double at[3];
	size_t k;
	size_t n;
	struct kd_hit *hit;
	double worst;
	double off[3]; /* from the cell at hand, by axis */
};

static void
take_hit(struct quest *q, double chord2, uint32_t at)
{
	uint32_t id = q->tree->id[at];
	size_t i = q->n < q->k ? q->n : q->k - 1;

	if (q->n == q->k &&
	    (chord2 > q->hit[i].chord2 ||
		(chord2 == q->hit[i].chord2 && id > q->hit[i].id)))
		return;
	for (; i > 0 &&
	     (q->hit[i - 1].chord2 > chord2 ||
		 (q->hit[i - 1].chord2 == chord2 && q->hit[i - 1].id > id));
	     i--)
		q->hit[i] = q->hit[i - 1];
	q->hit[i] = (struct kd_hit){chord2, id, at};
	q->n += q->n < q->k;
	if (q->n == q->k)
		q->worst = q->hit[q->k - 1].chord2;
}

static void
search_leaf(struct quest *q, size_t leaf)
{
	const struct kdtree *t = q->tree;
	size_t from = leaf_start(t, leaf), n = leaf_start(t, leaf + 1) - from;
	double chord2[LEAF_MOST];

	for (size_t i = 0; i < n; i++) {
		double x = t->x[from + i] - q->at[0];
		double y = t->y[from + i] - q->at[1];
		double z = t->z[from + i] - q->at[2];

		chord2[i] = x * x + y * y + z * z;
	}
	for (size_t i = 0; i < n; i++)
		if (chord2[i] <= q->worst)
			take_hit(q, chord2[i], (uint32_t)(from + i));
}

/*
 * Looks into a node whose cell is at least `far`, a square, away. How far grows
 * axis by axis on the way down (S. Arya, D. M. Mount, DCC 1993).
 */
static void
search(struct quest *q, size_t node, double far)
{
	const struct kdtree *t = q->tree;
	double off, was;
	size_t side, axis;

	if (node >= t->nleaf) {
		search_leaf(q, node - t->nleaf);
		return;
	}
	axis = t->axis[node];
	off = q->at[axis] - t->split[node];
	side = off >= 0;
	search(q, 2 * node + side, far);
	was = q->off[axis];
	far += off * off - was * was;
	/* Sums round: what is as near as the worst is still looked at. */
	if (far * (1 - 1e-12) > q->worst)
		return;
	q->off[axis] = off;
	search(q, 2 * node + (1 - side), far);
	q->off[axis] = was;
}

size_t
kdtree_nearest(const struct kdtree *t, struct vec at, size_t k,
    double within_chord2, struct kd_hit *hit)
{
	struct quest q = {.tree = t,
	    .at = {at.x, at.y, at.z},
	    .k = k,
	    .hit = hit,
	    .worst = within_chord2};

	if (t->n > 0 && k > 0)
		search(&q, 1, 0);
	return q.n;
}

void
kdtree_release(struct kdtree *t)
{
	mem_free(t->x);
	mem_free(t->id);
	mem_free(t->split);
	mem_free(t->axis);
	*t = KDTREE_EMPTY;
}

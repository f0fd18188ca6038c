#include "rtree.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "mem.h"

enum { AXES = 3, FANOUT = 8, LEAF = 8, LEVELS_MOST = 24 };

/* Numbers that are dealt with together, as every processor can. */
typedef float four __attribute__((vector_size(16)));
typedef int32_t four_bits __attribute__((vector_size(16)));
typedef double two __attribute__((vector_size(16)));

/* The boxes of a node's children: nodes of the level below, or leaves of LEAF
 * places. Where there is no child half is -INFINITY, and nothing is near it. */
struct rtree_node {
	four middle[AXES][FANOUT / 4];
	four half[AXES][FANOUT / 4];
};

/* The same while it is built. */
struct boxes {
	float least[AXES][FANOUT];
	float most[AXES][FANOUT];
};

/* Where there is no place: nothing is near it either. */
static const double nowhere = 9;

/* By so much boxes are wider than they have to be: more than a float rounds. */
static const double slack = 2e-7;

/* What is sorted: how far along the curve a place is, above its number. Of a
 * degree's 32 bits the upper half: 730 metres at the equator. */
enum { AXIS_BITS = 16, NUMBER_BITS = 32, DIGIT_BITS = 11 };
enum { DIGITS = 1 << DIGIT_BITS };

/*
 * How far along the curve a place is. Of each bit of its axes the curve makes
 * two, by how it has turned so far: a row of the table, which says them and,
 * above them, the next row. Two steps are taken at once.
 */
static const uint8_t curve_turned[4][4] = {
    {8, 1, 15, 2}, {6, 11, 5, 12}, {0, 7, 9, 10}, {14, 13, 3, 4}};

/* By row, and by two bits of x above two of y. */
struct curve {
	uint8_t turned[4][16];
};

static struct curve
curve_of_two_steps(void)
{
	struct curve c;

	for (unsigned row = 0; row < 4; row++)
		for (unsigned xy = 0; xy < 16; xy++) {
			uint8_t upper = (xy >> 2 & 2) | (xy >> 1 & 1);
			uint8_t lower = (xy >> 1 & 2) | (xy & 1);
			uint8_t a = curve_turned[row][upper];
			uint8_t b = curve_turned[a >> 2][lower];

			c.turned[row][xy] =
			    (uint8_t)(b >> 2 << 4 | (a & 3) << 2 | (b & 3));
		}
	return c;
}

static uint64_t
curve_key(const struct curve *c, struct point p)
{
	uint32_t x = (uint32_t)p.lon_e7 ^ UINT32_C(0x80000000);
	uint32_t y = (uint32_t)p.lat_e7 ^ UINT32_C(0x80000000);
	uint32_t key = 0;
	uint8_t step = 0;

	for (unsigned bit = 32; bit > 32 - AXIS_BITS;) {
		bit -= 2;
		step =
		    c->turned[step >> 4][(x >> bit & 3) << 2 | (y >> bit & 3)];
		key = key << 4 | (step & 15);
	}
	return key;
}

/* Sorts by one digit: false, and nothing is done, where all have the same. */
static bool
sort_digit(const uint64_t *from, uint64_t *to, size_t n, unsigned shift)
{
	size_t start[DIGITS + 1] = {0};

	for (size_t i = 0; i < n; i++)
		start[(from[i] >> shift) % DIGITS + 1]++;
	if (start[(from[0] >> shift) % DIGITS + 1] == n)
		return false;
	for (size_t d = 0; d < DIGITS; d++)
		start[d + 1] += start[d];
	for (size_t i = 0; i < n; i++)
		to[start[(from[i] >> shift) % DIGITS]++] = from[i];
	return true;
}

/* Puts the places in the order of the curve. */
static void
sort_places(struct rtree *t, const struct point *at)
{
	uint64_t *room = mem_alloc(2 * t->n + 1, sizeof *room);
	uint64_t *from = room, *to = room + t->n;
	const struct curve curve = curve_of_two_steps();

	for (size_t i = 0; i < t->n; i++)
		from[i] = curve_key(&curve, at[i]) << NUMBER_BITS | i;
	for (unsigned shift = NUMBER_BITS; t->n > 1 && shift < 64;
	     shift += DIGIT_BITS)
		if (sort_digit(from, to, t->n, shift)) {
			uint64_t *was = from;

			from = to;
			to = was;
		}
	for (size_t i = 0; i < t->n; i++) {
		uint32_t id = (uint32_t)from[i];
		struct vec v = sphere_vec(at[id]);

		t->id[i] = id;
		t->x[i] = v.x;
		t->y[i] = v.y;
		t->z[i] = v.z;
	}
	mem_free(room);
}

/* Makes a box so wide that what lies from least to most on an axis is in it. */
static void
widen(struct boxes *b, size_t child, size_t axis, double least, double most)
{
	float *low = &b->least[axis][child], *high = &b->most[axis][child];

	if (least < (double)*low)
		*low = (float)least;
	if (most > (double)*high)
		*high = (float)most;
}

/* The boxes of leaves. */
static void
box_places(const struct rtree *t, struct boxes *b)
{
	const double *axis[AXES] = {t->x, t->y, t->z};

	for (size_t leaf = 0; leaf * LEAF < t->n; leaf++)
		for (size_t a = 0; a < AXES; a++) {
			size_t i = leaf * LEAF;
			size_t end = i + LEAF < t->n ? i + LEAF : t->n;
			double least = axis[a][i], most = least;

			while (++i < end) {
				double v = axis[a][i];

				least = v < least ? v : least;
				most = v > most ? v : most;
			}
			widen(&b[leaf / FANOUT], leaf % FANOUT, a,
			    least - slack, most + slack);
		}
}

/* The boxes of a level, of the n nodes below. */
static void
box_nodes(const struct boxes *below, size_t n, struct boxes *b)
{
	for (size_t i = 0; i < n; i++)
		for (size_t a = 0; a < AXES; a++)
			for (size_t c = 0; c < FANOUT; c++)
				widen(&b[i / FANOUT], i % FANOUT, a,
				    (double)below[i].least[a][c],
				    (double)below[i].most[a][c]);
}

static void
empty_boxes(struct boxes *b)
{
	for (size_t a = 0; a < AXES; a++)
		for (size_t c = 0; c < FANOUT; c++) {
			b->least[a][c] = INFINITY;
			b->most[a][c] = -INFINITY;
		}
}

static void
settle_node(struct rtree_node *node, const struct boxes *b)
{
	for (size_t a = 0; a < AXES; a++)
		for (size_t c = 0; c < FANOUT; c++) {
			float least = b->least[a][c], most = b->most[a][c];
			bool empty = least > most;

			node->middle[a][c / 4][c % 4] =
			    empty ? 0 : (least + most) / 2;
			node->half[a][c / 4][c % 4] = (most - least) / 2;
		}
}

/* How many nodes there are, and where each level's start. */
static size_t
plan_levels(struct rtree *t)
{
	size_t children = t->n / LEAF + 1, nnode = 0;

	t->level = mem_alloc(LEVELS_MOST, sizeof *t->level);
	do {
		children = (children + FANOUT - 1) / FANOUT;
		t->level[t->nlevel++] = nnode;
		nnode += children;
	} while (children > 1);
	return nnode;
}

static void
build_nodes(struct rtree *t)
{
	size_t nnode = plan_levels(t);
	const size_t *level = t->level;
	struct boxes *b = mem_alloc(nnode, sizeof *b);

	for (size_t i = 0; i < nnode; i++)
		empty_boxes(&b[i]);
	box_places(t, b);
	for (size_t i = 1; i < t->nlevel; i++)
		box_nodes(
		    b + level[i - 1], level[i] - level[i - 1], b + level[i]);
	t->node = mem_alloc(nnode, sizeof *t->node);
	for (size_t i = 0; i < nnode; i++)
		settle_node(&t->node[i], &b[i]);
	mem_free(b);
}

void
rtree_build(struct rtree *t, const struct point *at, size_t n)
{
	size_t room = (n / LEAF + 1) * LEAF;

	*t = (struct rtree){.n = n};
	t->x = mem_alloc(AXES * room, sizeof *t->x);
	t->y = t->x + room;
	t->z = t->y + room;
	for (size_t i = n; i < room; i++)
		t->x[i] = nowhere;
	t->id = mem_alloc(n + 1, sizeof *t->id);
	sort_places(t, at);
	build_nodes(t);
}

/* A question while it is answered: hits so far, and the chord's square beyond
 * which there are no better ones. */
struct quest {
	const struct rtree *tree;
	double at[AXES];
	float coarse[AXES]; /* the same */
	size_t k;
	size_t n;
	struct rtree_hit *hit;
	double worst;
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
	q->hit[i] = (struct rtree_hit){chord2, id, at};
	q->n += q->n < q->k;
	if (q->n == q->k)
		q->worst = q->hit[q->k - 1].chord2;
}

/* The differences of two places from one that is asked about, on an axis. */
static inline two
apart(const double *axis, double at)
{
	two v;

	memcpy(&v, axis, sizeof v);
	return v - at;
}

static void
search_leaf(struct quest *q, size_t leaf)
{
	const struct rtree *t = q->tree;
	size_t from = leaf * LEAF;
	double chord2[LEAF];

	for (size_t i = 0; i < LEAF; i += 2) {
		two x = apart(t->x + from + i, q->at[0]);
		two y = apart(t->y + from + i, q->at[1]);
		two z = apart(t->z + from + i, q->at[2]);

		x = x * x + y * y + z * z;
		memcpy(chord2 + i, &x, sizeof x);
	}
	for (size_t i = 0; i < LEAF; i++)
		if (chord2[i] <= q->worst)
			take_hit(q, chord2[i], (uint32_t)(from + i));
}

static inline four
absolute(four v)
{
	return (four)((four_bits)v & INT32_MAX);
}

/* How far the boxes are from a place, at least, as four times the square. */
static inline void
box_distances(
    const struct rtree_node *node, const float at[AXES], float far[FANOUT])
{
	for (size_t i = 0; i < FANOUT / 4; i++) {
		four sum = {0};

		for (size_t a = 0; a < AXES; a++) {
			four out = absolute(at[a] - node->middle[a][i]) -
			    node->half[a][i];

			out += absolute(out); /* twice it, or 0 inside */
			sum += out * out;
		}
		memcpy(far + 4 * i, &sum, sizeof sum);
	}
}

/* Up to which of these distances boxes are looked into. Floats are rounded: what
 * is as near as the worst still is. */
static inline float
far_most(const struct quest *q)
{
	return (float)(q->worst * (4 + 1e-5));
}

/* Looks into a node's nearest child, then into the others. */
static void
search(struct quest *q, size_t level, size_t node)
{
	const struct rtree *t = q->tree;
	float far[FANOUT], most = far_most(q);
	size_t next = 0;

	box_distances(&t->node[t->level[level] + node], q->coarse, far);
	for (size_t c = 1; c < FANOUT; c++)
		next = far[c] < far[next] ? c : next;
	for (size_t c = 0; far[next] <= most; next = c++) {
		if (level == 0)
			search_leaf(q, node * FANOUT + next);
		else
			search(q, level - 1, node * FANOUT + next);
		far[next] = INFINITY;
		most = far_most(q);
		while (c < FANOUT && far[c] > most)
			c++;
		if (c == FANOUT)
			return;
	}
}

size_t
rtree_nearest(const struct rtree *t, struct vec at, size_t k,
    double within_chord2, struct rtree_hit *hit)
{
	struct quest q = {.tree = t,
	    .at = {at.x, at.y, at.z},
	    .coarse = {(float)at.x, (float)at.y, (float)at.z},
	    .k = k,
	    .hit = hit,
	    .worst = within_chord2};

	if (t->n > 0 && k > 0)
		search(&q, t->nlevel - 1, 0);
	return q.n;
}

void
rtree_release(struct rtree *t)
{
	mem_free(t->x);
	mem_free(t->id);
	mem_free(t->node);
	mem_free(t->level);
	*t = RTREE_EMPTY;
}

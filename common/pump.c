#include "pump.h"

#include <pthread.h>
#include <stdbool.h>

#include "mem.h"

/*
 * A thread takes a free task, fills it (the reader's lock keeps the order),
 * works on it, and parks it in the ring at its serial's place. Whoever finds
 * the next one due parked there puts out all that follow; the others do not
 * wait for it but go on, as long as tasks are free.
 */
enum { TASKS_PER_JOB = 4 };

struct ring {
	const struct pump *pump;
	pthread_mutex_t lock;
	pthread_cond_t freed;
	struct pump_task *task;
	size_t ntask;
	struct pump_task **idle; /* a stack of nidle */
	size_t nidle;
	struct pump_task **parked; /* by serial % ntask */
	uint64_t due;
	bool emitting;
	bool stopping;
	int status;
	pthread_t *thread; /* the started ones, without the caller's */
	unsigned nthread;
};

static struct pump_task *
take_idle(struct ring *r)
{
	struct pump_task *t = NULL;

	pthread_mutex_lock(&r->lock);
	while (r->nidle == 0 && !r->stopping)
		pthread_cond_wait(&r->freed, &r->lock);
	if (!r->stopping)
		t = r->idle[--r->nidle];
	pthread_mutex_unlock(&r->lock);
	return t;
}

/* Reports a mistake of the tool's work, or else of the input. */
static int
report_faults(struct reader *reader, struct pump_task *t)
{
	if (t->fault.id != DIAG_NONE)
		return reader_fault(reader, &t->block, &t->fault);
	if (t->block.fault.id != DIAG_NONE)
		return reader_fault(reader, &t->block, &t->block.fault);
	return 0;
}

static int
emit_task(const struct pump *p, struct pump_task *t)
{
	int rc = 0;

	reader_sequence(p->reader, &t->block);
	if (p->emit != NULL)
		rc = p->emit(p->ctx, t);
	return rc != 0 ? rc : report_faults(p->reader, t);
}

/* With the lock held: everything that is due and parked. */
static void
emit_due(struct ring *r)
{
	struct pump_task *t;

	if (r->emitting)
		return;
	r->emitting = true;
	while (!r->stopping && (t = r->parked[r->due % r->ntask]) != NULL) {
		int rc;

		r->parked[r->due % r->ntask] = NULL;
		pthread_mutex_unlock(&r->lock);
		rc = emit_task(r->pump, t);
		pthread_mutex_lock(&r->lock);
		r->due++;
		r->idle[r->nidle++] = t;
		if (rc != 0) {
			r->status = rc;
			r->stopping = true;
		}
		pthread_cond_broadcast(&r->freed);
	}
	r->emitting = false;
}

static void
park(struct ring *r, struct pump_task *t)
{
	pthread_mutex_lock(&r->lock);
	r->parked[t->block.serial % r->ntask] = t;
	emit_due(r);
	pthread_mutex_unlock(&r->lock);
}

static void
give_back(struct ring *r, struct pump_task *t)
{
	pthread_mutex_lock(&r->lock);
	r->idle[r->nidle++] = t;
	pthread_mutex_unlock(&r->lock);
}

static void
do_work(const struct pump *p, void *worker, struct pump_task *t)
{
	t->fault.id = DIAG_NONE;
	reader_index(p->reader, &t->block);
	p->work(worker, t);
}

/* The next task with a block of input in it; NULL when there is none. */
static struct pump_task *
next_task(struct ring *r)
{
	struct pump_task *t = take_idle(r);

	if (t != NULL && reader_fill(r->pump->reader, &t->block) == 0) {
		give_back(r, t);
		return NULL;
	}
	return t;
}

static void *worker_main(void *);

/* The caller's thread is one of them; fewer than asked for will do. */
static void
start_threads(struct ring *r)
{
	while (r->nthread + 1 < r->pump->jobs &&
	    pthread_create(&r->thread[r->nthread], NULL, worker_main, r) == 0)
		r->nthread++;
}

/* The caller's thread begins alone, and most inputs are over with the first
 * block: it starts the others when it finds a second. */
static void *
worker_main(void *arg)
{
	struct ring *r = arg;
	const struct pump *p = r->pump;
	void *worker = p->worker_new == NULL ? p->ctx : p->worker_new(p->ctx);
	struct pump_task *t;

	while ((t = next_task(r)) != NULL) {
		if (t->block.serial == 1)
			start_threads(r);
		do_work(p, worker, t);
		park(r, t);
	}
	if (p->worker_free != NULL)
		p->worker_free(p->ctx, worker);
	return NULL;
}

static void
task_init(const struct pump *p, struct pump_task *t)
{
	*t = (struct pump_task){.block = BLOCK_EMPTY};
	if (p->result_new != NULL)
		t->result = p->result_new(p->ctx);
}

static void
task_release(const struct pump *p, struct pump_task *t)
{
	if (p->result_free != NULL)
		p->result_free(p->ctx, t->result);
	block_release(&t->block);
}

/* One thread needs no ring. */
static int
run_alone(const struct pump *p)
{
	void *worker = p->worker_new == NULL ? p->ctx : p->worker_new(p->ctx);
	struct pump_task t;
	int rc = 0;

	task_init(p, &t);
	while (rc == 0 && reader_fill(p->reader, &t.block) > 0) {
		do_work(p, worker, &t);
		rc = emit_task(p, &t);
	}
	task_release(p, &t);
	if (p->worker_free != NULL)
		p->worker_free(p->ctx, worker);
	return rc;
}

static void
ring_init(struct ring *r, const struct pump *p)
{
	*r = (struct ring){.pump = p, .ntask = p->jobs * TASKS_PER_JOB};
	r->task = mem_alloc(r->ntask, sizeof *r->task);
	r->idle = mem_alloc(r->ntask, sizeof *r->idle);
	r->parked = mem_alloc(r->ntask, sizeof *r->parked);
	r->thread = mem_alloc(p->jobs, sizeof *r->thread);
	for (size_t i = 0; i < r->ntask; i++) {
		task_init(p, &r->task[i]);
		r->idle[r->nidle++] = &r->task[i];
	}
	pthread_mutex_init(&r->lock, NULL);
	pthread_cond_init(&r->freed, NULL);
}

static void
ring_release(struct ring *r)
{
	for (size_t i = 0; i < r->ntask; i++)
		task_release(r->pump, &r->task[i]);
	mem_free(r->task);
	mem_free(r->idle);
	mem_free(r->parked);
	mem_free(r->thread);
	pthread_mutex_destroy(&r->lock);
	pthread_cond_destroy(&r->freed);
}

int
pump_run(const struct pump *p)
{
	struct ring r;

	if (p->jobs <= 1)
		return run_alone(p);
	ring_init(&r, p);
	worker_main(&r);
	while (r.nthread > 0)
		pthread_join(r.thread[--r.nthread], NULL);
	ring_release(&r);
	return r.status;
}

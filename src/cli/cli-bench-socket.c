/* What a call of a model in another process takes beyond the model's own time: the other side is a
 * thread of this program that answers every question with the array that came last in it. */
#include "cli-bench.h"

#include <glib/gstdio.h>
#include <math.h>
#include <pthread.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "pisd-error.h"
#include "pisd-local-socket.h"
#include "pisd-model-frame.h"
#include "pisd-representation.h"
#include "pisd-socket-hello.h"
#include "pisd-socket-link.h"
#include "pisd-sort.h"

#define N_CALLS 200
#define MOST_ROWS 16
/* Milliseconds that a call may take. */
#define MOST 1.0
/* Seconds that an answer may take. */
#define PATIENCE 20.0

/* The other side. */
typedef struct
{
  char *directory, *path;
  int listener;
  pthread_t thread;
} Echo;

static const PisdLocalWait forever = { .seconds = INFINITY };

/* The frame of the answer in place of the question's: its payload is the last part of the
 * question's, an array, or an empty name beside the number of rows that fit. */
static void
turn_frame (PisdModelFrame *frame)
{
  const gboolean is_hello = frame->type == PISD_MODEL_HELLO;

  frame->length = is_hello ? 0 : sizeof (double) * frame->rows * frame->columns;
  frame->rows = is_hello ? MOST_ROWS : frame->rows;
  frame->type++;
}

/* Until the other side closes. */
static void
answer_all (int fd)
{
  guint8 header[PISD_MODEL_HEADER];
  g_autofree guint8 *payload = NULL;
  PisdModelFrame frame;

  while (pisd_local_socket_receive (fd, header, sizeof header, &forever, NULL))
    {
      gsize length;

      pisd_model_frame_take (header, &frame);
      length = frame.length;
      payload = g_realloc (payload, length);
      if (!pisd_local_socket_receive (fd, payload, length, &forever, NULL))
        return;
      turn_frame (&frame);
      pisd_model_frame_pack (&frame, header);
      if (!pisd_local_socket_send (fd, header, sizeof header, &forever, NULL)
          || !pisd_local_socket_send (fd, payload + length - frame.length, frame.length, &forever,
                                      NULL))
        return;
    }
}

static void *
echo_main (void *data)
{
  const Echo *self = data;
  const int fd = accept (self->listener, NULL, NULL);

  if (fd >= 0)
    {
      answer_all (fd);
      close (fd);
    }
  return NULL;
}

static gboolean
echo_begin (Echo *self, GError **error)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };

  self->directory = g_dir_make_tmp ("pisd-bench-XXXXXX", error);
  if (self->directory == NULL)
    return FALSE;
  self->path = g_build_filename (self->directory, "echo", NULL);
  g_strlcpy (address.sun_path, self->path, sizeof address.sun_path);
  self->listener = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (bind (self->listener, (struct sockaddr *) &address, sizeof address) == 0
      && listen (self->listener, 1) == 0
      && pthread_create (&self->thread, NULL, echo_main, self) == 0)
    return TRUE;
  g_set_error (error, PISD_ERROR, PISD_ERROR_IO, "%s: nobody can listen there", self->path);
  return FALSE;
}

/* After the link is gone, or where there was none, which the thread would wait for. */
static void
echo_end (Echo *self)
{
  shutdown (self->listener, SHUT_RDWR);
  pthread_join (self->thread, NULL);
  close (self->listener);
  g_unlink (self->path);
  g_rmdir (self->directory);
  g_free (self->path);
  g_free (self->directory);
}

typedef struct
{
  PisdSocketLink *link;
  gsize n;
  double *sigma, *x; /* [rows], [rows, n] */
} Caller;

static gboolean
call (Caller *self, guint rows, gboolean is_product, GError **error)
{
  return is_product ? pisd_socket_link_vjp (self->link, rows, self->sigma, self->x, self->x,
                                            self->x, NULL, error)
                    : pisd_socket_link_denoise (self->link, rows, self->sigma, self->x, self->x,
                                                NULL, error);
}

/* Milliseconds of the median call. */
static gboolean
measure (Caller *self, guint rows, gboolean is_product, double *median, GError **error)
{
  double times[N_CALLS];

  for (guint i = 0; i < N_CALLS; i++)
    {
      const gint64 start = g_get_monotonic_time ();

      if (!call (self, rows, is_product, error))
        return FALSE;
      times[i] = 1e-3 * (g_get_monotonic_time () - start);
    }
  *median = pisd_sort_median (N_CALLS, times);
  return TRUE;
}

static gboolean
add_rows (const CliBenchOptions *options, Caller *self, CliTable *table, GError **error)
{
  static const guint batches[] = { 1, MOST_ROWS };

  for (guint b = 0; b < G_N_ELEMENTS (batches); b++)
    for (guint is_product = 0; is_product < 2; is_product++)
      {
        const guint rows = batches[b];
        CliRow row;
        double median;

        if (!cli_bench_may_go_on (options, error)
            || !measure (self, rows, is_product, &median, error))
          return FALSE;
        row =
            cli_row (g_strdup_printf ("%s, batch %u", is_product ? "vjp" : "D", rows), median, "ms",
                     g_strdup_printf ("median of %d, %zu numbers each way", N_CALLS,
                                      (is_product ? 2 : 1) * rows * self->n));
        row.maximum = rows == 1 ? MOST : NAN;
        cli_table_add (table, row);
      }
  return TRUE;
}

gboolean
cli_bench_socket (const CliBenchOptions *options, CliTable *table, GError **error)
{
  PisdSettings settings;
  g_autoptr (PisdRepresentation) representation = NULL;
  g_autoptr (GBytes) hello = NULL;
  g_autofree double *sigma = g_new0 (double, MOST_ROWS);
  g_autofree double *x = NULL;
  Caller caller = { .sigma = sigma };
  Echo echo = { 0 };
  gboolean good;

  pisd_settings_init_default (&settings);
  representation = pisd_representation_new (&settings, error);
  if (representation == NULL || !echo_begin (&echo, error))
    return FALSE;
  cli_signals_begin_run (options->signals);
  caller.n = pisd_representation_get_n (representation);
  caller.x = x = g_new0 (double, MOST_ROWS *caller.n);
  hello = pisd_socket_hello_new_brief (representation);
  caller.link = pisd_socket_link_new (echo.path, hello, caller.n, PATIENCE);
  good = add_rows (options, &caller, table, error);
  pisd_socket_link_free (caller.link);
  echo_end (&echo);
  return good;
}

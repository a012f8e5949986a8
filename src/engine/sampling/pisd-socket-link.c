#include "pisd-socket-link.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "pisd-error.h"
#include "pisd-local-socket.h"

struct _PisdSocketLink
{
  char *name;  /* as it was chosen, escaped */
  char *path;  /* of the socket */
  char *title; /* what the model calls itself; NULL: it was not asked */
  char *expected;
  GBytes *hello;
  gsize n;
  double seconds; /* of silence, at most */
  PisdSocketSlow slow;
  const char *what; /* the question, as messages call it; NULL: none */
  int fd;           /* -1: closed */
  guint64 number;
  guint most_rows;
  guint8 *question, *answer; /* header and payload */
  double *numbers;           /* [rows, n] */
  guint rows;                /* that there is room for */
};

PisdSocketLink *
pisd_socket_link_new (const char *name, GBytes *hello, gsize n, double seconds)
{
  PisdSocketLink *self = g_new0 (PisdSocketLink, 1);

  self->name = pisd_error_escape (name);
  self->path = pisd_local_socket_dup_path (name);
  self->hello = g_bytes_ref (hello);
  self->n = n;
  self->seconds = seconds;
  self->fd = -1;
  return self;
}

void
pisd_socket_link_watch_slow (PisdSocketLink *self, const PisdSocketSlow *slow)
{
  self->slow = slow != NULL ? *slow : (PisdSocketSlow){ 0 };
}

static void
hang_up (PisdSocketLink *self)
{
  if (self->fd >= 0)
    close (self->fd);
  self->fd = -1;
}

void
pisd_socket_link_free (PisdSocketLink *self)
{
  if (self == NULL)
    return;
  hang_up (self);
  g_bytes_unref (self->hello);
  g_free (self->name);
  g_free (self->path);
  g_free (self->title);
  g_free (self->expected);
  g_free (self->question);
  g_free (self->answer);
  g_free (self->numbers);
  g_free (self);
}

void
pisd_socket_link_expect (PisdSocketLink *self, const char *title)
{
  g_free (self->expected);
  self->expected = g_strdup (title);
}

/* The largest question has sigma, x and v, the largest answer one array. */
static void
make_room (PisdSocketLink *self, guint rows)
{
  if (rows <= self->rows)
    return;
  self->question =
      g_realloc (self->question, PISD_MODEL_HEADER + sizeof (double) * rows * (1 + 2 * self->n));
  self->answer = g_realloc (self->answer, sizeof (double) * rows * self->n);
  self->numbers = g_renew (double, self->numbers, rows * self->n);
  self->rows = rows;
}

/* What a model says is wrong is shown, whatever it holds. */
static gboolean
fail_by_model (PisdSocketLink *self,
               const PisdModelFrame *frame,
               const PisdLocalWait *wait,
               GError **error)
{
  char text[PISD_MODEL_MOST_TEXT + 1] = { 0 };
  g_autofree char *escaped = NULL;

  if (!pisd_local_socket_receive (self->fd, text, frame->length, wait, error))
    return FALSE;
  escaped = pisd_error_escape (text);
  return pisd_error_fail (error, PISD_ERROR_UNKNOWN, _ ("it says: %s"), escaped);
}

/* The header of the answer to a question, and its payload into `bytes`, which has room for what is
 * expected. */
static gboolean
hear (PisdSocketLink *self,
      PisdModelFrame *expected,
      guint8 *bytes,
      const PisdLocalWait *wait,
      GError **error)
{
  guint8 header[PISD_MODEL_HEADER];
  PisdModelFrame frame;

  if (!pisd_local_socket_receive (self->fd, header, sizeof header, wait, error)
      || !pisd_model_frame_unpack (header, expected, &frame, error))
    return FALSE;
  if (frame.type == PISD_MODEL_ERROR)
    return fail_by_model (self, &frame, wait, error);
  *expected = frame;
  return pisd_local_socket_receive (self->fd, bytes, frame.length, wait, error);
}

static gboolean
check_title (PisdSocketLink *self, GError **error)
{
  if (self->expected == NULL || g_str_equal (self->title, self->expected))
    return TRUE;
  return pisd_error_fail (error, PISD_ERROR_UNKNOWN, _ ("name: got %s, expected %s"), self->title,
                          self->expected);
}

static PisdModelFrame
make_frame (PisdSocketLink *self, PisdModelFrameType type, guint rows, gsize length)
{
  return (
      PisdModelFrame){ PISD_MODEL_VERSION, type, rows, (guint32) self->n, self->number, length };
}

/* HELLO, and what is heard of it. */
static gboolean
greet (PisdSocketLink *self, const PisdLocalWait *wait, GError **error)
{
  gsize size;
  gconstpointer hello = g_bytes_get_data (self->hello, &size);
  PisdModelFrame frame = make_frame (self, PISD_MODEL_HELLO, 1, size);
  char title[PISD_MODEL_MOST_TEXT + 1] = { 0 };
  guint8 header[PISD_MODEL_HEADER];

  pisd_model_frame_pack (&frame, header);
  if (!pisd_local_socket_send (self->fd, header, sizeof header, wait, error)
      || !pisd_local_socket_send (self->fd, hello, size, wait, error))
    return FALSE;
  frame.type = PISD_MODEL_READY;
  if (!hear (self, &frame, (guint8 *) title, wait, error))
    return FALSE;
  self->most_rows = frame.rows;
  g_free (self->title);
  self->title = pisd_error_escape (title);
  return check_title (self, error);
}

/* Connected and greeted; the wait is that of the question. */
static gboolean
connect_once (PisdSocketLink *self, const PisdLocalWait *wait, GError **error)
{
  if (self->fd >= 0)
    return TRUE;
  self->number = 0;
  self->fd = pisd_local_socket_connect (self->path, wait, error);
  return self->fd >= 0 && greet (self, wait, error);
}

/* After an error of the model itself the connection is in order; after any other nobody knows what
 * comes next. */
static gboolean
blame (PisdSocketLink *self, const char *what, GError **error)
{
  if (error == NULL || *error == NULL || (*error)->code != PISD_ERROR_UNKNOWN || self->number == 0)
    hang_up (self);
  if (what[0] != '\0')
    g_prefix_error (error, "%s: ", what);
  g_prefix_error (error, _ ("model %s: "), self->name);
  return FALSE;
}

static void
on_slow (gpointer data)
{
  const PisdSocketLink *self = data;
  g_autoptr (GError) notice =
      g_error_new (PISD_ERROR, PISD_ERROR_SILENT, _ ("no answer in %g s"), self->slow.after);

  if (self->what != NULL)
    g_prefix_error (&notice, "%s: ", self->what);
  g_prefix_error (&notice, _ ("model %s: "), self->name);
  self->slow.tell (notice, self->slow.data);
}

static PisdLocalWait
begin_wait (PisdSocketLink *self, const char *what, PisdCancel *cancel)
{
  self->what = what;
  return (PisdLocalWait){ self->seconds, cancel, self->slow.after,
                          self->slow.tell != NULL ? on_slow : NULL, self };
}

const char *
pisd_socket_link_get_title (PisdSocketLink *self, PisdCancel *cancel, GError **error)
{
  const PisdLocalWait wait = begin_wait (self, NULL, cancel);

  if (connect_once (self, &wait, error))
    return self->title;
  blame (self, "", error);
  return NULL;
}

guint
pisd_socket_link_get_most_rows (const PisdSocketLink *self)
{
  return self->most_rows;
}

/* Question and answer over an open connection; the numbers of the answer are in `numbers`. */
static gboolean
exchange (PisdSocketLink *self,
          PisdModelFrame *frame,
          PisdModelFrameType answer,
          const PisdLocalWait *wait,
          GError **error)
{
  const gsize n = frame->rows * self->n;

  frame->number = ++self->number;
  pisd_model_frame_pack (frame, self->question);
  if (!pisd_local_socket_send (self->fd, self->question, PISD_MODEL_HEADER + frame->length, wait,
                               error))
    return FALSE;
  frame->type = answer;
  frame->length = sizeof (double) * n;
  return hear (self, frame, self->answer, wait, error)
         && pisd_model_take_numbers (self->answer, n, self->n, self->numbers, error);
}

/* "D (x, 0.31)": the question, as messages call it. */
static gboolean
ask (PisdSocketLink *self,
     PisdModelFrame *frame,
     PisdModelFrameType answer,
     const char *what,
     double *out,
     PisdCancel *cancel,
     GError **error)
{
  const PisdLocalWait wait = begin_wait (self, what, cancel);
  const guint rows = frame->rows;
  GError *own = NULL;

  if (connect_once (self, &wait, &own) && rows > self->most_rows)
    pisd_error_fail (&own, PISD_ERROR_SHAPE, _ ("rows: got %u, expected at most %u"), rows,
                     self->most_rows);
  if (own == NULL && exchange (self, frame, answer, &wait, &own))
    {
      memcpy (out, self->numbers, sizeof (double) * rows * self->n);
      return TRUE;
    }
  blame (self, what, &own);
  g_propagate_error (error, own);
  return FALSE;
}

/* sigma, x and, of a product, v behind the header. */
static gsize
fill_question (PisdSocketLink *self,
               guint rows,
               const double *sigma,
               const double *x,
               const double *v)
{
  guint8 *bytes;
  const gsize n = rows * self->n;

  make_room (self, rows);
  bytes = self->question + PISD_MODEL_HEADER;
  pisd_model_put_numbers (sigma, rows, bytes);
  pisd_model_put_numbers (x, n, bytes + sizeof (double) * rows);
  if (v != NULL)
    pisd_model_put_numbers (v, n, bytes + sizeof (double) * (rows + n));
  return sizeof (double) * (rows + (v != NULL ? 2 : 1) * n);
}

gboolean
pisd_socket_link_denoise (PisdSocketLink *self,
                          guint rows,
                          const double *sigma,
                          const double *x,
                          double *out,
                          PisdCancel *cancel,
                          GError **error)
{
  const gsize length = fill_question (self, rows, sigma, x, NULL);
  PisdModelFrame frame = make_frame (self, PISD_MODEL_DENOISE, rows, length);
  char what[64];

  g_snprintf (what, sizeof what, "D (x, %g)", sigma[0]);
  return ask (self, &frame, PISD_MODEL_DENOISED, what, out, cancel, error);
}

gboolean
pisd_socket_link_vjp (PisdSocketLink *self,
                      guint rows,
                      const double *sigma,
                      const double *x,
                      const double *v,
                      double *out,
                      PisdCancel *cancel,
                      GError **error)
{
  const gsize length = fill_question (self, rows, sigma, x, v);
  PisdModelFrame frame = make_frame (self, PISD_MODEL_VJP, rows, length);
  char what[64];

  g_snprintf (what, sizeof what, "(dD/dx)' v, sigma %g", sigma[0]);
  return ask (self, &frame, PISD_MODEL_PRODUCT, what, out, cancel, error);
}

/* A model behind a socket, on a thread of the test: it answers as the built-in Gaussian denoiser
 * does, or as somebody who means no good. */
#pragma once

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "pisd-denoiser.h"
#include "pisd-local-socket.h"
#include "pisd-model-frame.h"
#include "pisd-test-files.h"
#include "pisd-test.h"

typedef enum
{
  TEST_FAULT_NONE,
  TEST_FAULT_SILENT,
  TEST_FAULT_LATE,    /* answers well, once it may */
  TEST_FAULT_CLOSED,  /* in place of an answer */
  TEST_FAULT_CUT,     /* in the middle of its payload */
  TEST_FAULT_HEADER,  /* in the middle of its header */
  TEST_FAULT_GARBAGE, /* another protocol's answer */
  TEST_FAULT_VERSION,
  TEST_FAULT_TYPE,
  TEST_FAULT_NUMBER,
  TEST_FAULT_ROWS,
  TEST_FAULT_COLUMNS,
  TEST_FAULT_LENGTH,
  TEST_FAULT_HUGE,
  TEST_FAULT_NAN,
  TEST_FAULT_INFINITE,
  TEST_FAULT_SAYS,     /* what is wrong */
  TEST_FAULT_SAYS_MUCH /* more than a text may have */
} TestFault;

#define TEST_MODEL_CLIENTS 8

typedef struct
{
  char *directory, *path;
  const char *title;
  /* What it computes with; only the server's thread uses them. */
  PisdRepresentation *representation;
  PisdPrior *prior;
  PisdDenoiser *denoiser;
  gsize n;
  int listener;
  GPollFD clients[TEST_MODEL_CLIENTS + 1]; /* the listener first */
  guint n_clients;
  pthread_t thread;
  gboolean runs;
  atomic_bool stop;
  atomic_bool may_answer;
  atomic_uint n_answered; /* of D and its products */
  /* Question number `at` of `type` is answered badly; then, where it `dies`, nobody listens. */
  PisdModelFrameType type;
  guint at;
  TestFault fault;
  gboolean dies;
} TestModel;

static const PisdLocalWait test_model_wait = { .seconds = INFINITY };

static void
test_model_listen (TestModel *model)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };

  unlink (model->path);
  g_strlcpy (address.sun_path, model->path, sizeof address.sun_path);
  model->listener = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_assert_cmpint (bind (model->listener, (struct sockaddr *) &address, sizeof address), ==, 0);
  g_assert_cmpint (listen (model->listener, TEST_MODEL_CLIENTS), ==, 0);
  model->clients[0] = (GPollFD){ model->listener, G_IO_IN, 0 };
  model->n_clients = 1;
}

static void
test_model_drop (TestModel *model, guint client)
{
  close (model->clients[client].fd);
  model->clients[client] = model->clients[--model->n_clients];
}

static PisdModelFrame
test_model_read_header (const guint8 *bytes)
{
  PisdModelFrame frame = { 0 };

  for (guint i = 0; i < 8; i++)
    {
      frame.number |= (guint64) bytes[16 + i] << 8 * i;
      frame.length |= (guint64) bytes[24 + i] << 8 * i;
    }
  for (guint i = 0; i < 4; i++)
    {
      frame.rows |= (guint32) bytes[8 + i] << 8 * i;
      frame.columns |= (guint32) bytes[12 + i] << 8 * i;
    }
  frame.version = bytes[4] | bytes[5] << 8;
  frame.type = bytes[6] | bytes[7] << 8;
  return frame;
}

/* What is wrong with the answer. */
static void
test_model_spoil (TestFault fault, PisdModelFrame *frame, GByteArray *payload)
{
  const double bad = fault == TEST_FAULT_NAN ? NAN : INFINITY;

  frame->version += fault == TEST_FAULT_VERSION;
  frame->number += fault == TEST_FAULT_NUMBER;
  frame->rows += fault == TEST_FAULT_ROWS;
  frame->columns += fault == TEST_FAULT_COLUMNS;
  frame->length += fault == TEST_FAULT_LENGTH ? 8 : 0;
  if (fault == TEST_FAULT_TYPE)
    frame->type = PISD_MODEL_HELLO;
  if (fault == TEST_FAULT_HUGE)
    frame->length = G_MAXUINT64;
  if (fault == TEST_FAULT_NAN || fault == TEST_FAULT_INFINITE)
    pisd_model_put_numbers (&bad, 1, payload->data + 8 * 5);
  if (fault == TEST_FAULT_SAYS || fault == TEST_FAULT_SAYS_MUCH)
    {
      static const char text[] = "no memory\n\033[31m";

      g_byte_array_set_size (payload, 0);
      g_byte_array_append (payload, (const guint8 *) text, strlen (text));
      if (fault == TEST_FAULT_SAYS_MUCH)
        g_byte_array_set_size (payload, PISD_MODEL_MOST_TEXT + 1);
      frame->type = PISD_MODEL_ERROR;
      frame->length = payload->len;
    }
}

/* FALSE: the connection is to be closed. */
static gboolean
test_model_say (TestModel *model,
                int fd,
                TestFault fault,
                PisdModelFrame *frame,
                GByteArray *payload)
{
  static const char other[] = "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n";
  guint8 header[PISD_MODEL_HEADER];
  gsize n;

  if (fault == TEST_FAULT_SILENT)
    return TRUE;
  while (fault == TEST_FAULT_LATE && !atomic_load (&model->may_answer))
    g_usleep (1000);
  test_model_spoil (fault, frame, payload);
  n = payload->len;
  if (fault == TEST_FAULT_CLOSED)
    return FALSE;
  if (fault == TEST_FAULT_GARBAGE)
    return pisd_local_socket_send (fd, other, sizeof other, &test_model_wait, NULL);
  pisd_model_frame_pack (frame, header);
  if (fault == TEST_FAULT_HEADER)
    return pisd_local_socket_send (fd, header, 12, &test_model_wait, NULL) && FALSE;
  if (fault == TEST_FAULT_CUT)
    n /= 2;
  return pisd_local_socket_send (fd, header, sizeof header, &test_model_wait, NULL)
         && pisd_local_socket_send (fd, payload->data, n, &test_model_wait, NULL)
         && fault != TEST_FAULT_CUT;
}

/* Bytes of a question about states as the model's: sigma, x and, of a product, v. */
static gsize
test_model_get_length (const TestModel *model, const PisdModelFrame *frame)
{
  return 8 * (gsize) frame->rows * (1 + (frame->type == PISD_MODEL_VJP ? 2 : 1) * model->n);
}

/* sigma, x and, of a product, v in; D or the product out. */
static GByteArray *
test_model_compute (TestModel *model, const PisdModelFrame *frame, const guint8 *bytes)
{
  const gboolean is_product = frame->type == PISD_MODEL_VJP;
  const gsize n = model->n, n_row = (is_product ? 2 : 1) * n;
  g_autofree double *numbers = g_new (double, frame->rows *(1 + n_row));
  g_autofree double *out = g_new (double, frame->rows *n);
  GByteArray *payload = g_byte_array_new ();

  g_assert_true (pisd_model_take_numbers (bytes, frame->rows * (1 + n_row), n, numbers, NULL));
  for (guint r = 0; r < frame->rows; r++)
    {
      const double *x = numbers + frame->rows + r * n, *v = x + frame->rows * n;

      if (is_product)
        pisd_denoiser_vjp (model->denoiser, numbers[r], x, v, out + r * n);
      else
        pisd_denoiser_denoise (model->denoiser, numbers[r], x, out + r * n);
    }
  g_byte_array_set_size (payload, 8 * frame->rows * n);
  pisd_model_put_numbers (out, frame->rows * n, payload->data);
  return payload;
}

/* FALSE: the connection is to be closed. */
static gboolean
test_model_answer (TestModel *model, int fd)
{
  guint8 header[PISD_MODEL_HEADER];
  g_autofree guint8 *bytes = NULL;
  g_autoptr (GByteArray) payload = NULL;
  PisdModelFrame frame;
  TestFault fault = TEST_FAULT_NONE;

  if (!pisd_local_socket_receive (fd, header, sizeof header, &test_model_wait, NULL))
    return FALSE;
  frame = test_model_read_header (header);
  bytes = g_malloc (frame.length);
  if (!pisd_local_socket_receive (fd, bytes, frame.length, &test_model_wait, NULL))
    return FALSE;
  if (frame.type != PISD_MODEL_HELLO && frame.length != test_model_get_length (model, &frame))
    return FALSE; /* a question about another set-up's states */
  if (frame.type == model->type && model->at-- == 0)
    fault = model->fault;
  if (frame.type == PISD_MODEL_HELLO)
    {
      payload = g_byte_array_new ();
      g_byte_array_append (payload, (const guint8 *) model->title, strlen (model->title));
      frame.rows = 64; /* the most at once */
    }
  else
    {
      payload = test_model_compute (model, &frame, bytes);
      atomic_fetch_add (&model->n_answered, 1);
    }
  frame.type++; /* the answer's is the question's next */
  frame.length = payload->len;
  if (!test_model_say (model, fd, fault, &frame, payload))
    return FALSE;
  return fault == TEST_FAULT_NONE || !model->dies;
}

static void *
test_model_main (void *data)
{
  TestModel *model = data;

  while (!atomic_load (&model->stop))
    {
      g_poll (model->clients, model->n_clients, 5);
      for (guint c = model->n_clients; c-- > 1;)
        if (model->clients[c].revents != 0 && !test_model_answer (model, model->clients[c].fd))
          test_model_drop (model, c);
      if (model->clients[0].revents != 0 && model->n_clients <= TEST_MODEL_CLIENTS)
        model->clients[model->n_clients++] =
            (GPollFD){ accept (model->listener, NULL, NULL), G_IO_IN, 0 };
      if (model->dies && model->at == G_MAXUINT)
        break;
    }
  while (model->n_clients > 0)
    test_model_drop (model, model->n_clients - 1);
  unlink (model->path);
  return NULL;
}

/* For latents of these settings. */
static void
test_model_init (TestModel *model, const PisdSettings *settings)
{
  PisdSettings own = *settings;
  g_autoptr (GError) error = NULL;

  *model = (TestModel){ .title = "gaussian of the test" };
  model->directory = test_directory_new ();
  model->path = g_build_filename (model->directory, "model", NULL);
  pisd_settings_make_gaussian (&own);
  model->representation = pisd_representation_new (&own, &error);
  g_assert_no_error (error);
  model->prior = pisd_prior_new (PISD_PRIOR_GAUSSIAN, model->representation, 1, NULL, &error);
  g_assert_no_error (error);
  model->denoiser = pisd_denoiser_new (model->prior, model->representation);
  model->n = pisd_representation_get_n (model->representation);
}

/* Listens when this returns. */
static void
test_model_start (TestModel *model)
{
  test_model_listen (model);
  atomic_store (&model->stop, FALSE);
  g_assert_cmpint (pthread_create (&model->thread, NULL, test_model_main, model), ==, 0);
  model->runs = TRUE;
}

static void
test_model_join (TestModel *model)
{
  if (model->runs)
    pthread_join (model->thread, NULL);
  model->runs = FALSE;
}

static void
test_model_clear (TestModel *model)
{
  atomic_store (&model->stop, TRUE);
  test_model_join (model);
  pisd_denoiser_free (model->denoiser);
  pisd_prior_unref (model->prior);
  pisd_representation_free (model->representation);
  test_directory_remove (model->directory);
  g_free (model->directory);
  g_free (model->path);
}

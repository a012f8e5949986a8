#include "pisd-socket-prior.h"

#include <glib/gi18n-lib.h>

#include "pisd-error.h"
#include "pisd-socket-hello.h"
#include "pisd-socket-link.h"

struct _PisdSocketPrior
{
  char *name;  /* of the socket */
  char *title; /* of the model */
  GBytes *hello;
  GBytes *brief; /* what says for which latents it is */
  gsize n;
  double seconds;
};

struct _PisdSocketPart
{
  PisdSocketLink *link;
  PisdDenoiserWatch watch;
  GError *failure; /* nobody has taken it */
};

PisdSocketPrior *
pisd_socket_prior_new (const PisdLearned *learned,
                       const PisdRepresentation *representation,
                       guint n_threads,
                       PisdCancel *cancel,
                       GError **error)
{
  g_autoptr (PisdSocketPrior) self = NULL;
  g_autoptr (PisdSocketLink) link = NULL;

  if (learned->socket == NULL)
    {
      pisd_error_fail (error, PISD_ERROR_UNKNOWN,
                       _ ("prior: got socket and no name, expected socket:NAME"));
      return NULL;
    }
  self = g_new0 (PisdSocketPrior, 1);
  self->name = g_strdup (learned->socket);
  self->hello = pisd_socket_hello_new (representation, n_threads, cancel, error);
  if (self->hello == NULL)
    return NULL;
  self->brief = pisd_socket_hello_new_brief (representation);
  self->n = pisd_representation_get_n (representation);
  self->seconds = learned->seconds;
  link = pisd_socket_link_new (self->name, self->hello, self->n, self->seconds);
  self->title = g_strdup (pisd_socket_link_get_title (link, cancel, error));
  return self->title != NULL ? g_steal_pointer (&self) : NULL;
}

void
pisd_socket_prior_free (PisdSocketPrior *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->title);
  g_clear_pointer (&self->hello, g_bytes_unref);
  g_clear_pointer (&self->brief, g_bytes_unref);
  g_free (self);
}

/* What the model was told says all that its answers depend on. */
gboolean
pisd_socket_prior_fits (const PisdSocketPrior *self, const PisdRepresentation *representation)
{
  g_autoptr (GBytes) brief = pisd_socket_hello_new_brief (representation);

  return g_bytes_equal (brief, self->brief);
}

PisdSocketPart *
pisd_socket_part_new (const PisdSocketPrior *prior)
{
  PisdSocketPart *self = g_new0 (PisdSocketPart, 1);

  self->link = pisd_socket_link_new (prior->name, prior->hello, prior->n, prior->seconds);
  pisd_socket_link_expect (self->link, prior->title);
  return self;
}

void
pisd_socket_part_free (PisdSocketPart *self)
{
  if (self == NULL)
    return;
  pisd_socket_link_free (self->link);
  g_clear_error (&self->failure);
  g_free (self);
}

void
pisd_socket_part_watch (PisdSocketPart *self, const PisdDenoiserWatch *watch)
{
  const PisdSocketSlow slow = { watch->slow_after, watch->slow, watch->data };

  self->watch = *watch;
  pisd_socket_link_watch_slow (self->link, &slow);
}

GError *
pisd_socket_part_take_failure (PisdSocketPart *self)
{
  return g_steal_pointer (&self->failure);
}

/* Whether a question that has failed is to be asked again; else its error is the failure, or that
 * somebody has said stop.  `failed`: when it failed for the first time; 0: it did not. */
static gboolean
may_ask_again (PisdSocketPart *self, gint64 *failed, GError *error)
{
  const PisdDenoiserWatch *watch = &self->watch;
  const gint64 now = g_get_monotonic_time ();

  if (*failed == 0)
    *failed = now;
  if (g_error_matches (error, PISD_ERROR, PISD_ERROR_CANCELLED) || watch->bear == NULL
      || !watch->bear (error, now - *failed, watch->data))
    {
      self->failure = error;
      return FALSE;
    }
  g_error_free (error);
  return pisd_cancel_check (watch->cancel, "model", &self->failure);
}

void
pisd_socket_part_denoise (PisdSocketPart *self, double sigma, const double *x, double *m)
{
  GError *error = NULL;
  gint64 failed = 0;

  while (self->failure == NULL
         && !pisd_socket_link_denoise (self->link, 1, &sigma, x, m, self->watch.cancel, &error)
         && may_ask_again (self, &failed, g_steal_pointer (&error)))
    ;
}

void
pisd_socket_part_vjp (PisdSocketPart *self,
                      double sigma,
                      const double *x,
                      const double *v,
                      double *out)
{
  GError *error = NULL;
  gint64 failed = 0;

  while (self->failure == NULL
         && !pisd_socket_link_vjp (self->link, 1, &sigma, x, v, out, self->watch.cancel, &error)
         && may_ask_again (self, &failed, g_steal_pointer (&error)))
    ;
}

#include "pisd-cancel.h"

#include <glib/gi18n-lib.h>
#include <stdatomic.h>

#include "pisd-error.h"

struct _PisdCancel
{
  atomic_bool triggered;
  PisdCancelPoll poll; /* NULL: none */
  gpointer data;
  GThread *thread; /* the one that may poll; only compared */
};

PisdCancel *
pisd_cancel_new (void)
{
  return pisd_cancel_new_polling (NULL, NULL);
}

PisdCancel *
pisd_cancel_new_polling (PisdCancelPoll poll, gpointer data)
{
  PisdCancel *self = g_atomic_rc_box_new0 (PisdCancel);

  atomic_init (&self->triggered, FALSE);
  self->poll = poll;
  self->data = data;
  self->thread = g_thread_self ();
  return self;
}

PisdCancel *
pisd_cancel_ref (PisdCancel *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
pisd_cancel_unref (PisdCancel *self)
{
  if (self != NULL)
    g_atomic_rc_box_release (self);
}

void
pisd_cancel_trigger (PisdCancel *self)
{
  if (self != NULL)
    atomic_store (&self->triggered, TRUE);
}

gboolean
pisd_cancel_look (PisdCancel *self)
{
  if (self == NULL)
    return FALSE;
  if (self->poll != NULL && self->thread == g_thread_self () && self->poll (self->data))
    pisd_cancel_trigger (self);
  return atomic_load (&self->triggered);
}

gboolean
pisd_cancel_check (PisdCancel *self, const char *what, GError **error)
{
  if (!pisd_cancel_look (self))
    return TRUE;
  g_set_error (error, PISD_ERROR, PISD_ERROR_CANCELLED, _ ("%s: stopped on request"), what);
  return FALSE;
}

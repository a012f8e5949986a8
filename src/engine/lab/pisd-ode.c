#include "pisd-ode.h"

#include <math.h>
#include <string.h>

#include "pisd-error.h"

#ifdef PISD_WITH_SUNDIALS

#include <arkode/arkode_erkstep.h>
#include <nvector/nvector_serial.h>

/* Version 7 has the same functions under other names, too, of which version 6 knows none. */
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"

struct _PisdOde
{
  gsize n;
  PisdOdeSlope slope;
  gpointer data;
  SUNContext context;
  N_Vector y;
  void *stepper;
  char *failure; /* what the library says of it */
};

static int
evaluate (sunrealtype t, N_Vector y, N_Vector dy, void *data)
{
  PisdOde *self = data;

  self->slope (t, N_VGetArrayPointer (y), N_VGetArrayPointer (dy), self->data);
  return 0;
}

static void
keep_failure (PisdOde *self, const char *message)
{
  g_free (self->failure);
  self->failure = g_strdup (message);
}

/* The library prints what it has to say unless somebody listens. */
#if SUNDIALS_VERSION_MAJOR >= 7
static void
listen (int line,
        const char *function,
        const char *file,
        const char *message,
        SUNErrCode code,
        void *data,
        SUNContext context)
{
  keep_failure (data, message);
}

static gboolean
begin_listening (PisdOde *self)
{
  return SUNContext_ClearErrHandlers (self->context) == 0
         && SUNContext_PushErrHandler (self->context, listen, self) == 0;
}
#define NO_COMMUNICATOR SUN_COMM_NULL
#else
static void
listen (int code, const char *module, const char *function, char *message, void *data)
{
  keep_failure (data, message);
}

static gboolean
begin_listening (PisdOde *self)
{
  return ERKStepSetErrHandlerFn (self->stepper, listen, self) == 0;
}
#define NO_COMMUNICATOR NULL
#endif

static const char *
get_failure (const PisdOde *self)
{
  return self->failure != NULL ? self->failure : "SUNDIALS does not say why";
}

static gboolean
prepare (PisdOde *self, double relative, double absolute)
{
  return self->stepper != NULL && begin_listening (self)
         && ERKStepSetUserData (self->stepper, self) == 0
         && ERKStepSetTableNum (self->stepper, ARKODE_DORMAND_PRINCE_7_4_5) == 0
         && ERKStepSStolerances (self->stepper, relative, absolute) == 0;
}

PisdOde *
pisd_ode_new (gsize n,
              const double *y,
              double relative,
              double absolute,
              PisdOdeSlope slope,
              gpointer data,
              GError **error)
{
  g_autoptr (PisdOde) self = g_new0 (PisdOde, 1);

  self->n = n;
  self->slope = slope;
  self->data = data;
  SUNContext_Create (NO_COMMUNICATOR, &self->context);
  self->y = N_VNew_Serial ((sunindextype) n, self->context);
  memcpy (N_VGetArrayPointer (self->y), y, n * sizeof (double));
  self->stepper = ERKStepCreate (evaluate, 0.0, self->y, self->context);
  if (prepare (self, relative, absolute))
    return g_steal_pointer (&self);
  pisd_error_fail (error, PISD_ERROR_NUMERIC, "the gradient flow cannot begin: %s",
                   get_failure (self));
  return NULL;
}

void
pisd_ode_free (PisdOde *self)
{
  if (self == NULL)
    return;
  if (self->stepper != NULL)
    ERKStepFree (&self->stepper);
  N_VDestroy (self->y);
  SUNContext_Free (&self->context);
  g_free (self->failure);
  g_free (self);
}

/* The library chooses its first step by the way to the end; without one that is a unit of time. */
gboolean
pisd_ode_step (PisdOde *self, double end, double *t, double *y, GError **error)
{
  const double goal = isfinite (end) ? end : *t + 1.0;
  sunrealtype now = *t;

  if ((isfinite (end) && ERKStepSetStopTime (self->stepper, end) != 0)
      || ERKStepEvolve (self->stepper, goal, self->y, &now, ARK_ONE_STEP) < 0)
    return pisd_error_fail (error, PISD_ERROR_NUMERIC, "the gradient flow stops at t = %g: %s", *t,
                            get_failure (self));
  *t = now;
  memcpy (y, N_VGetArrayPointer (self->y), self->n * sizeof (double));
  return TRUE;
}

#else

PisdOde *
pisd_ode_new (gsize n,
              const double *y,
              double relative,
              double absolute,
              PisdOdeSlope slope,
              gpointer data,
              GError **error)
{
  pisd_error_fail (error, PISD_ERROR_UNKNOWN,
                   "the gradient flow needs SUNDIALS (libsundials-dev), which this program was "
                   "built without");
  return NULL;
}

void
pisd_ode_free (PisdOde *self)
{
}

gboolean
pisd_ode_step (PisdOde *self, double end, double *t, double *y, GError **error)
{
  return FALSE;
}

#endif

#include "pisd-activation-kernels.h"

#include <math.h>

#include "pisd-clones.h"

#define VECTORS PISD_CLONES ("avx512f", "arch=x86-64-v3", "default")

/* Entries do not depend on one another, which gcc has to be told. */
#if defined __GNUC__ && !defined __clang__
#define ALONE _Pragma ("GCC ivdep")
#else
#define ALONE
#endif

/* One function body a kernel: `VALUE` and `SLOPE` see x[i] as `x` and what `SHARED` declares.  Both
 * loops are apart, so that nothing is asked within them; y may be `in`, entry by entry. */
#define KERNEL(name, SHARED, VALUE, SLOPE)                                                         \
  VECTORS void pisd_activation_kernel_##name (gsize n, const double *in, double *y, double *slope) \
  {                                                                                                \
    if (slope == NULL)                                                                             \
      {                                                                                            \
        ALONE for (gsize i = 0; i < n; i++)                                                        \
        {                                                                                          \
          const double x = in[i];                                                                  \
          SHARED;                                                                                  \
          y[i] = VALUE;                                                                            \
        }                                                                                          \
        return;                                                                                    \
      }                                                                                            \
    ALONE for (gsize i = 0; i < n; i++)                                                            \
    {                                                                                              \
      const double x = in[i];                                                                      \
      SHARED;                                                                                      \
      const double value = VALUE;                                                                  \
      slope[i] = SLOPE;                                                                            \
      y[i] = value;                                                                                \
    }                                                                                              \
  }

/* s = 1 / (1 + e^-x) and o = 1 - s by e^-|x|, which never overflows: s' = s (1 - s). */
#define SIGMOID                                                         \
  const double e = exp (-fabs (x)), r = 1.0 / (1.0 + e), small = e * r; \
  const double s = x < 0.0 ? small : r, o = x < 0.0 ? r : small;        \
  (void) s, (void) o

KERNEL (logistic, SIGMOID, s, value *o)
KERNEL (tanh, (void) 0, tanh (x), 1.0 - value * value)
/* ln (1 + e^x) = max (x, 0) + ln (1 + e^-|x|), whose derivative is s. */
KERNEL (softplus, SIGMOID, (x < 0.0 ? 0.0 : x) + log1p (e), s)
/* (x s)' = s + x s (1 - s). */
KERNEL (swish, SIGMOID, x *s, s + value * o)
/* (x P)' = P + x p, with the normal distribution P and its density p. */
KERNEL (gelu,
        const double p = 0.5 + 0.5 * erf (x * G_SQRT2 / 2.0),
        x *p,
        p + x * 0.39894228040143267794 * exp (-0.5 * x * x))
KERNEL (elu, const double e = expm1 (x < 0.0 ? x : 0.0), x < 0.0 ? e : x, 1.0 + e)
KERNEL (relu, (void) 0, x > 0.0 ? x : 0.0, value > 0.0 ? 1.0 : 0.0)
KERNEL (identity, (void) 0, x, 1.0)

#include "pisd-schedule.h"

#include <math.h>

void
pisd_schedule_fill (guint n_steps, double sigma_min, double sigma_max, double rho, double *out)
{
  double high = pow (sigma_max, 1.0 / rho), low = pow (sigma_min, 1.0 / rho);

  g_return_if_fail (n_steps >= 1 && sigma_min > 0.0 && sigma_max > sigma_min && rho > 0.0);

  for (guint i = 0; i < n_steps; i++)
    {
      double fraction = n_steps == 1 ? 0.0 : (double) i / (n_steps - 1);

      out[i] = pow (high + fraction * (low - high), rho);
    }
  out[n_steps] = 0.0;
}

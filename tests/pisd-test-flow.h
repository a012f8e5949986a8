/* The equation of flows, whether the list of equations has it or not, and random flows.  A main function asks for the
 * problem before anything else, so that the settings know its constants. */
#pragma once

#include "pisd-test.h"

extern const PisdOperator pisd_navier_stokes;

static inline PisdProblemId
test_flow_get_problem (void)
{
  for (guint id = 0; id < pisd_operator_get_n (); id++)
    if (pisd_operator_get (id) == &pisd_navier_stokes)
      return id;
  return pisd_operator_register (&pisd_navier_stokes);
}

static inline PisdInstance *
test_flow_new (guint64 seed)
{
  g_autoptr (GError) error = NULL;
  PisdInstance *flow = pisd_instance_new_random (TEST_EQUATION (test_flow_get_problem (), 1e-3),
                                                 PISD_FAMILY_GRF, seed, &error);

  g_assert_no_error (error);
  return flow;
}

/* The equations, one row each: what the number of a problem is made of, and the object that
 * describes it.
 *
 * A row X (NAME, object) names PISD_PROBLEM_NAME and the PisdOperator `object` of its own file.
 * Numbers are not stored anywhere: files hold names. */
#pragma once

#define PISD_OPERATOR_LIST(X)   \
  X (POISSON, pisd_poisson)     \
  X (HELMHOLTZ, pisd_helmholtz) \
  X (NAVIER_STOKES, pisd_navier_stokes)

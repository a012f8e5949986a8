#include "cli-published.h"

/* The posterior mean under the true prior: no method can be better on average. */
#define LIMIT "posterior mean in closed form, our own numpy reference"
#define FUNDPS "FunDPS, NeurIPS 2025; 500 steps, GPU"
#define DDIS "DDIS, 2026; GPU"
#define DIFFUSIONPDE "DiffusionPDE, NeurIPS 2024; 2000 steps, GPU"

static const CliPublished figures[] = {
  { "best possible", PISD_PROBLEM_POISSON, PISD_TASK_FORWARD, 1.4, LIMIT },
  { "best possible", PISD_PROBLEM_POISSON, PISD_TASK_INVERSE, 5.4, LIMIT },
  { "best possible", PISD_PROBLEM_HELMHOLTZ, PISD_TASK_FORWARD, 1.4, LIMIT },
  { "best possible", PISD_PROBLEM_HELMHOLTZ, PISD_TASK_INVERSE, 5.4, LIMIT },
  { "FunDPS", PISD_PROBLEM_POISSON, PISD_TASK_FORWARD, 1.99, FUNDPS },
  { "FunDPS", PISD_PROBLEM_POISSON, PISD_TASK_INVERSE, 20.47, FUNDPS },
  { "FunDPS", PISD_PROBLEM_HELMHOLTZ, PISD_TASK_FORWARD, 2.13, FUNDPS },
  { "FunDPS", PISD_PROBLEM_HELMHOLTZ, PISD_TASK_INVERSE, 17.16, FUNDPS },
  { "DDIS", PISD_PROBLEM_POISSON, PISD_TASK_INVERSE, 15.78, DDIS },
  { "DDIS", PISD_PROBLEM_HELMHOLTZ, PISD_TASK_INVERSE, 15.08, DDIS },
  { "DiffusionPDE", PISD_PROBLEM_POISSON, PISD_TASK_FORWARD, 4.88, DIFFUSIONPDE },
  { "DiffusionPDE", PISD_PROBLEM_POISSON, PISD_TASK_INVERSE, 21.10, DIFFUSIONPDE },
  { "DiffusionPDE", PISD_PROBLEM_HELMHOLTZ, PISD_TASK_FORWARD, 12.64, DIFFUSIONPDE },
  { "DiffusionPDE", PISD_PROBLEM_HELMHOLTZ, PISD_TASK_INVERSE, 19.07, DIFFUSIONPDE },
};

const CliPublished *
cli_published_get (guint *n)
{
  *n = G_N_ELEMENTS (figures);
  return figures;
}

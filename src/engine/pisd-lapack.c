#include "pisd-lapack.h"

/* OpenBLAS brings these; no header declares them. */
extern void dsyevd_ (const char *job,
                     const char *triangle,
                     const int *n,
                     double *matrix,
                     const int *lda,
                     double *eigenvalues,
                     double *work,
                     const int *lwork,
                     int *iwork,
                     const int *liwork,
                     int *info);
extern void dpotrf_ (const char *triangle, const int *n, double *matrix, const int *lda, int *info);

/* Column-major LAPACK leaves eigenvectors in columns, which are the rows of a row-major array. */
void
pisd_lapack_eigen (guint order, double *matrix, double *eigenvalues)
{
  int n = (int) order, info = 0, lwork = -1, liwork = -1, iwork_size;
  double work_size;
  g_autofree double *work = NULL;
  g_autofree int *iwork = NULL;

  if (n == 0)
    return;
  dsyevd_ ("V", "L", &n, matrix, &n, eigenvalues, &work_size, &lwork, &iwork_size, &liwork, &info);
  lwork = (int) work_size;
  liwork = iwork_size;
  work = g_new (double, lwork);
  iwork = g_new (int, liwork);
  dsyevd_ ("V", "L", &n, matrix, &n, eigenvalues, work, &lwork, iwork, &liwork, &info);
  g_return_if_fail (info == 0);
}

/* The row-major lower triangle is the column-major upper one: matrix = U' U with U' = L. */
gboolean
pisd_lapack_cholesky (guint order, double *matrix)
{
  int n = (int) order, info = 0;

  if (n == 0)
    return TRUE;
  dpotrf_ ("U", &n, matrix, &n, &info);
  return info == 0;
}

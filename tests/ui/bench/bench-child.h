/* Measurements in a process of their own: the benchmark starts itself and reads what the child
 * prints, one "name value" a line. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define BENCH_CHILD_OPTION "--child"

/* The child's side. */
void bench_child_print (const char *name, double value);
/* The parent's side: runs the child of that name with one number and returns what it printed. */
char *bench_child_run (const char *name, guint number);
double bench_child_get (const char *printed, const char *name);

G_END_DECLS

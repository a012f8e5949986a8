/* What benchmarks found: rows of measured figures beside their targets, and tables of their own, as
 * markdown and as JSON. */
#pragma once

#include "cli-grid.h"

G_BEGIN_DECLS

typedef struct
{
  char *what; /* owned, here and below */
  double value;
  double error;            /* standard error; NaN where there is none */
  const char *unit;        /* static */
  double minimum, maximum; /* the target; NaN where it is open on that side */
  char *counted; /* how often, how many: "median of 5, 200 steps, 500 sensors"; or the source of a
                    published figure */
} CliRow;

/* Takes over the strings; standard error and target are open. */
CliRow cli_row (char *what, double value, const char *unit, char *counted);

typedef struct _CliTable CliTable;

CliTable *cli_table_new (void);
void cli_table_free (CliTable *self); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliTable, cli_table_free)

/* Rows added from here on belong to this section. */
void cli_table_begin (CliTable *self, const char *section);
/* Takes over the row's strings. */
void cli_table_add (CliTable *self, CliRow row);
/* A table of the section's own, shown before its rows; takes it over. */
void cli_table_take_grid (CliTable *self, CliGrid *grid);
/* The current section as markdown on standard output. */
void cli_table_print (CliTable *self);
/* All sections with the machine, atomically.  Errors: PISD_ERROR_IO. */
gboolean cli_table_save_json (CliTable *self, const char *path, GError **error);

/* "AMD EPYC 9354, 2 cores" */
char *cli_machine_dup_name (void);

G_END_DECLS

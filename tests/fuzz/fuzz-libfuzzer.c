/* What libFuzzer calls: the target is named in the environment. */
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>

#include "fuzz.h"

#define VARIABLE "PISD_FUZZ_TARGET"

/* Declared by whoever calls them. */
int LLVMFuzzerInitialize (int *argc, char ***argv);
int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static const FuzzTarget *
get_target (void)
{
  const char *name = g_getenv (VARIABLE);
  const FuzzTarget *target = name != NULL ? fuzz_find_target (name) : NULL;

  if (target == NULL)
    g_error (VARIABLE ": got `%s`, expected a row of tests/fuzz/meson.build", name);
  return target;
}

/* GLib ends a program by a trap, which libFuzzer does not know. */
static void
on_trap (int number)
{
  abort ();
}

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  signal (SIGTRAP, on_trap);
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);
  return get_target () == NULL;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);

  get_target ()->feed (bytes);
  return 0;
}

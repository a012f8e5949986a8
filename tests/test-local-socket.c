/* Connections to processes of this machine: what cannot be reached, and waits that end. */
#include "pisd-local-socket.h"

#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "pisd-error.h"
#include "pisd-test.h"

static const PisdLocalWait patient = { .end = G_MAXINT64 };

/* Names stand for sockets in one folder, paths for themselves. */
static void
test_names (void)
{
  g_autofree char *named = pisd_local_socket_dup_path ("mine");
  g_autofree char *path = pisd_local_socket_dup_path ("./mine");

  g_assert_true (g_path_is_absolute (named));
  g_assert_true (g_str_has_suffix (named, "/pisd-mine"));
  g_assert_cmpstr (path, ==, "./mine");
}

static void
test_nobody (void)
{
  g_autofree char *longest = g_strnfill (108, 'x');
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (pisd_local_socket_connect ("/nobody/listens", &patient, &error), ==, -1);
  g_assert_error (error, PISD_ERROR, PISD_ERROR_IO);
  g_clear_error (&error);
  g_assert_cmpint (pisd_local_socket_connect (longest, &patient, &error), ==, -1);
  g_assert_error (error, PISD_ERROR, PISD_ERROR_LIMIT);
}

/* More than a socket holds goes out only while somebody reads it; a wait ends with its time, at a
 * stop, and where the other side has gone, without a signal. */
static void
test_waits (void)
{
  const gsize n = 16 * 1024 * 1024;
  g_autofree char *bytes = g_malloc0 (n);
  TestTrip trip = { 0, 3 };
  g_autoptr (PisdCancel) cancel = pisd_cancel_new_polling (test_trip, &trip);
  const PisdLocalWait stopped = { G_MAXINT64, 0.0, cancel },
                      over = { g_get_monotonic_time (), 2.5, NULL };
  g_autoptr (GError) error = NULL;
  int ends[2];

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM, 0, ends), ==, 0);
  g_assert_false (pisd_local_socket_receive (ends[0], bytes, 1, &over, &error));
  g_assert_error (error, PISD_ERROR, PISD_ERROR_IO);
  g_assert_nonnull (strstr (error->message, "2.5 s"));
  g_clear_error (&error);
  g_assert_false (pisd_local_socket_send (ends[0], bytes, n, &stopped, &error));
  g_assert_error (error, PISD_ERROR, PISD_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_true (pisd_local_socket_send (ends[1], "abc", 3, &patient, &error));
  close (ends[1]);
  g_assert_false (pisd_local_socket_send (ends[0], bytes, n, &patient, &error));
  g_assert_error (error, PISD_ERROR, PISD_ERROR_IO);
  close (ends[0]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/local-socket/names", test_names);
  g_test_add_func ("/base/local-socket/nobody", test_nobody);
  g_test_add_func ("/base/local-socket/waits", test_waits);
  return g_test_run ();
}

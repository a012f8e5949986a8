/* Connections to processes of this machine: what cannot be reached, waits that end, and a silence
 * that is told of. */
#include "pisd-local-socket.h"

#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "pisd-error.h"
#include "pisd-test-files.h"
#include "pisd-test.h"

static const PisdLocalWait patient = { .seconds = INFINITY };

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
  const PisdLocalWait stopped = { .seconds = INFINITY, .cancel = cancel }, over = { 0 };
  g_autoptr (GError) error = NULL;
  int ends[2];

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM, 0, ends), ==, 0);
  g_assert_false (pisd_local_socket_receive (ends[0], bytes, 1, &over, &error));
  g_assert_error (error, PISD_ERROR, PISD_ERROR_SILENT);
  g_assert_nonnull (strstr (error->message, "got no answer in 0 s"));
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

static int
open_socket (const char *path)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  const int fd = socket (AF_UNIX, SOCK_STREAM, 0);

  g_strlcpy (address.sun_path, path, sizeof address.sun_path);
  g_assert_cmpint (bind (fd, (struct sockaddr *) &address, sizeof address), ==, 0);
  return fd;
}

/* The other side of `ends` answers when it is said that it is slow. */
static void
answer_late (gpointer ends)
{
  g_assert_cmpint (write (((int *) ends)[1], "abc", 3), ==, 3);
}

/* A silence is told of once, and waited for. */
static void
test_slow (void)
{
  int ends[2];
  const PisdLocalWait wait = { .seconds = INFINITY, .slow = answer_late, .data = ends };
  g_autoptr (GError) error = NULL;
  char bytes[4] = { 0 };

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM, 0, ends), ==, 0);
  g_assert_true (pisd_local_socket_receive (ends[0], bytes, 3, &wait, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (bytes, ==, "abc");
  close (ends[0]);
  close (ends[1]);
}

/* Sockets of that beginning, whose names can be typed, in their order; nothing else. */
static void
test_list (void)
{
  static const char *const files[] = { "pisd-second", "pisd-first", "other", "pisd-", "pisd-\377" };
  g_autofree char *file = g_build_filename (g_get_user_runtime_dir (), "pisd-file", NULL);
  g_auto (GStrv) before = pisd_local_socket_list (), names = NULL;

  g_assert_null (before[0]);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (g_get_user_runtime_dir (), files[i], NULL);

      close (open_socket (path));
    }
  g_assert_true (g_file_set_contents (file, "", 0, NULL));
  names = pisd_local_socket_list ();
  g_assert_cmpuint (g_strv_length (names), ==, 2);
  g_assert_cmpstr (names[0], ==, "first");
  g_assert_cmpstr (names[1], ==, "second");
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = test_directory_new ();
  int failed;

  g_setenv ("XDG_RUNTIME_DIR", folder, TRUE); /* which GLib looks at once */
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/local-socket/names", test_names);
  g_test_add_func ("/base/local-socket/nobody", test_nobody);
  g_test_add_func ("/base/local-socket/waits", test_waits);
  g_test_add_func ("/base/local-socket/slow", test_slow);
  g_test_add_func ("/base/local-socket/list", test_list);
  failed = g_test_run ();
  test_directory_remove (folder);
  return failed;
}

#include "pisd-file-stamp.h"

#include <glib/gstdio.h>
#include <sys/stat.h>

gboolean
pisd_file_stamp_init (PisdFileStamp *stamp, const char *path)
{
  GStatBuf info;

  *stamp = (PisdFileStamp){ 0 };
  if (g_stat (path, &info) != 0 || !S_ISREG (info.st_mode))
    return FALSE;
  *stamp = (PisdFileStamp){ (guint64) info.st_size, info.st_ino, info.st_mtim.tv_sec,
                            info.st_mtim.tv_nsec };
  return TRUE;
}

gboolean
pisd_file_stamp_equal (const PisdFileStamp *a, const PisdFileStamp *b)
{
  return a->size == b->size && a->number == b->number && a->seconds == b->seconds
         && a->nanos == b->nanos;
}

#include "pisd-npz-stream.h"

#include <string.h>

#include "pisd-npy.h"
#include "pisd-npz.h"
#include "pisd-save.h"

#define LOCAL_SIZE (30 + 20)       /* of a local header with its 64-bit sizes, without the name */
#define VERSION 45                 /* of the format: the first with 64-bit sizes */
#define MADE_BY (3 << 8 | VERSION) /* on Unix */
#define MODE ((guint32) 0100644 << 16)
#define DATE (1 << 5 | 1) /* the first of 1980 */
#define CRC_POLYNOMIAL 0xedb88320u

typedef struct
{
  char *name;
  guint64 offset;     /* of its local header */
  GByteArray *header; /* of its array */
  guint64 size;       /* of array header and elements */
  guint64 end;        /* of what was written */
  guint32 crc;        /* of header and elements, inverted */
} Member;

struct _PisdNpzStream
{
  PisdSaving *saving;
  GArray *members; /* of Member */
  guint64 end;     /* of the members */
  guint32 crc[256];
};

static void
member_clear (gpointer data)
{
  Member *member = data;

  g_free (member->name);
  g_byte_array_unref (member->header);
}

static guint64
get_begin (const Member *member)
{
  return member->offset + LOCAL_SIZE + strlen (member->name);
}

PisdNpzStream *
pisd_npz_stream_new (const char *path, GError **error)
{
  PisdSaving *saving = pisd_saving_new (path, error);
  PisdNpzStream *self;

  if (saving == NULL)
    return NULL;
  self = g_new0 (PisdNpzStream, 1);
  self->saving = saving;
  self->members = g_array_new (FALSE, TRUE, sizeof (Member));
  g_array_set_clear_func (self->members, member_clear);
  for (guint32 i = 0; i < G_N_ELEMENTS (self->crc); i++)
    {
      self->crc[i] = i;
      for (guint bit = 0; bit < 8; bit++)
        self->crc[i] = self->crc[i] >> 1 ^ (self->crc[i] & 1 ? CRC_POLYNOMIAL : 0);
    }
  return self;
}

void
pisd_npz_stream_free (PisdNpzStream *self)
{
  if (self == NULL)
    return;
  pisd_saving_free (self->saving);
  g_array_unref (self->members);
  g_free (self);
}

const char *
pisd_npz_stream_get_temporary (const PisdNpzStream *self)
{
  return pisd_saving_get_temporary (self->saving);
}

static void
add_to_crc (const PisdNpzStream *self, Member *member, const guint8 *bytes, gsize n)
{
  for (gsize i = 0; i < n; i++)
    member->crc = member->crc >> 8 ^ self->crc[(member->crc ^ bytes[i]) & 0xff];
}

guint
pisd_npz_stream_add (PisdNpzStream *self,
                     const char *name,
                     const char *code,
                     guint n_dimensions,
                     const gsize *shape)
{
  Member member = { g_strconcat (name, PISD_NPZ_SUFFIX, NULL), self->end };
  guint64 n_bytes = g_ascii_digit_value (code[1]);

  for (guint d = 0; d < n_dimensions; d++)
    n_bytes *= shape[d];
  member.header = pisd_npy_format_header (code, n_dimensions, shape);
  member.size = member.header->len + n_bytes;
  member.end = get_begin (&member) + member.header->len;
  member.crc = G_MAXUINT32;
  add_to_crc (self, &member, member.header->data, member.header->len);
  self->end = member.end + n_bytes;
  g_array_append_val (self->members, member);
  return self->members->len - 1;
}

gboolean
pisd_npz_stream_append (PisdNpzStream *self,
                        guint array,
                        const void *elements,
                        gsize n_bytes,
                        GError **error)
{
  Member *member;

  g_return_val_if_fail (array < self->members->len, FALSE);

  member = &g_array_index (self->members, Member, array);
  g_return_val_if_fail (member->end + n_bytes <= get_begin (member) + member->size, FALSE);
  add_to_crc (self, member, elements, n_bytes);
  if (!pisd_saving_write (self->saving, member->end, elements, n_bytes, error))
    return FALSE;
  member->end += n_bytes;
  return TRUE;
}

/* Numbers in the format's order, the lowest byte first. */
static void
put (GByteArray *bytes, guint size, guint64 value)
{
  for (guint i = 0; i < size; i++)
    {
      const guint8 byte = value >> 8 * i & 0xff;

      g_byte_array_append (bytes, &byte, 1);
    }
}

/* What the local and the central header of a member have in common, from the version on: the sizes
 * stand in the extra field. */
static void
put_member (GByteArray *bytes, const Member *member, guint extra_size)
{
  put (bytes, 2, VERSION);
  put (bytes, 2, 0); /* flags */
  put (bytes, 2, 0); /* stored */
  put (bytes, 2, 0); /* midnight */
  put (bytes, 2, DATE);
  put (bytes, 4, ~member->crc & G_MAXUINT32);
  put (bytes, 4, G_MAXUINT32);
  put (bytes, 4, G_MAXUINT32);
  put (bytes, 2, strlen (member->name));
  put (bytes, 2, extra_size);
}

/* The extra field begins with both sizes, packed and not. */
static void
put_extra (GByteArray *bytes, const Member *member, guint extra_size)
{
  put (bytes, 2, 1);
  put (bytes, 2, extra_size - 4);
  put (bytes, 8, member->size);
  put (bytes, 8, member->size);
}

static void
put_name (GByteArray *bytes, const Member *member)
{
  g_byte_array_append (bytes, (const guint8 *) member->name, strlen (member->name));
}

/* Local header, and what stands before the elements. */
static gboolean
write_header (PisdNpzStream *self, const Member *member, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  put (bytes, 4, 0x04034b50);
  put_member (bytes, member, 20);
  put_name (bytes, member);
  put_extra (bytes, member, 20);
  g_byte_array_append (bytes, member->header->data, member->header->len);
  return pisd_saving_write (self->saving, member->offset, bytes->data, bytes->len, error);
}

static void
put_central (GByteArray *bytes, const Member *member)
{
  put (bytes, 4, 0x02014b50);
  put (bytes, 2, MADE_BY);
  put_member (bytes, member, 28);
  put (bytes, 2, 0); /* comment */
  put (bytes, 2, 0); /* disk */
  put (bytes, 2, 0); /* kind */
  put (bytes, 4, MODE);
  put (bytes, 4, G_MAXUINT32);
  put_name (bytes, member);
  put_extra (bytes, member, 28);
  put (bytes, 8, member->offset);
}

/* The end of the archive in its 64-bit form, where that is, and the old form with the comment. */
static void
put_end (GByteArray *bytes, guint n, guint64 begin, guint64 size, const char *comment)
{
  put (bytes, 4, 0x06064b50);
  put (bytes, 8, 44);
  put (bytes, 2, MADE_BY);
  put (bytes, 2, VERSION);
  put (bytes, 8, 0); /* disks */
  put (bytes, 8, n);
  put (bytes, 8, n);
  put (bytes, 8, size);
  put (bytes, 8, begin);

  put (bytes, 4, 0x07064b50);
  put (bytes, 4, 0);
  put (bytes, 8, begin + size);
  put (bytes, 4, 1);

  put (bytes, 4, 0x06054b50);
  put (bytes, 4, 0); /* disks */
  put (bytes, 2, n);
  put (bytes, 2, n);
  put (bytes, 4, size);
  put (bytes, 4, G_MAXUINT32);
  put (bytes, 2, strlen (comment));
  g_byte_array_append (bytes, (const guint8 *) comment, strlen (comment));
}

gboolean
pisd_npz_stream_finish (PisdNpzStream *self, const char *comment, GError **error)
{
  g_autoptr (GByteArray) directory = g_byte_array_new ();

  g_return_val_if_fail (comment != NULL && strlen (comment) <= G_MAXUINT16, FALSE);

  for (guint i = 0; i < self->members->len; i++)
    {
      const Member *member = &g_array_index (self->members, Member, i);

      g_return_val_if_fail (member->end == get_begin (member) + member->size, FALSE);
      if (!write_header (self, member, error))
        return FALSE;
      put_central (directory, member);
    }
  put_end (directory, self->members->len, self->end, directory->len, comment);
  return pisd_saving_write (self->saving, self->end, directory->data, directory->len, error)
         && pisd_saving_commit (self->saving, error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GLib 2.74 gives up its first table of quarks when a program needs more than 2,048 of them, as
 * windows with many types do, because other threads may still be reading it. To a leak checker it
 * is lost, and no suppression can name it without hiding other leaks. Linked into a test, this
 * finds the table before it is given up, and tells the leak checker. */
#define _GNU_SOURCE
#include <glib.h>

#ifdef __SANITIZE_ADDRESS__

#include <link.h>
#include <string.h>

#include <sanitizer/lsan_interface.h>

#define N_QUARKS 2048

/* In allocator_interface.h, which GCC does not bring along. */
int    __sanitizer_get_ownership      (const volatile void *p);
size_t __sanitizer_get_allocated_size (const volatile void *p);

static gboolean
is_table (const void *p)
{
  return p != NULL && __sanitizer_get_ownership (p) &&
         __sanitizer_get_allocated_size (p) == N_QUARKS * sizeof (char *) &&
         ((const char *const *) p)[1] == g_quark_to_string (1);
}

/* The pointer to it is one of GLib's own variables. */
static int
look_cb (struct dl_phdr_info *info,
         size_t               size,
         void                *data)
{
  if (strstr (info->dlpi_name, "libglib-2.0") == NULL)
    return 0;
  for (guint i = 0; i < info->dlpi_phnum; i++)
    {
      const ElfW(Phdr) *segment = &info->dlpi_phdr[i];
      const void *const *words = (const void *const *) (info->dlpi_addr + segment->p_vaddr);

      if (segment->p_type != PT_LOAD || !(segment->p_flags & PF_W))
        continue;
      for (gsize k = 0; k < segment->p_memsz / sizeof *words; k++)
        if (is_table (words[k]))
          {
            __lsan_ignore_object (words[k]);
            return 1;
          }
    }
  return 0;
}

__attribute__((constructor)) static void
keep_quarks (void)
{
  dl_iterate_phdr (look_cb, NULL);
}

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-heap.h"

#include <malloc.h>

/* More than any ordinary text takes. */
#define LARGE_BYTES (1024 * 1024)

/**
 * bal_heap_give_back_large_blocks:
 *
 * Has each block of a megabyte and more returned to the system when it is freed, for a program to call first of all.
 *
 * The C library raises that bound to the largest block that was ever freed, up to 32 MiB, so that after one answer of
 * megabytes blocks of that size are kept in each thread's heap and, with something small behind them, never come back:
 * the same sync then took 140 or 210 MiB, as the threads happened to run. A bound that is set stays.
 */
void
bal_heap_give_back_large_blocks (void)
{
#ifdef M_MMAP_THRESHOLD
  mallopt (M_MMAP_THRESHOLD, LARGE_BYTES);
  /* Its default goes with the bound that moves. */
  mallopt (M_TRIM_THRESHOLD, 2 * LARGE_BYTES);
#endif
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

/* A critical is a finding like a crash. */
int
LLVMFuzzerInitialize (int    *argc,
                      char ***argv)
{
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING | G_LOG_FATAL_MASK);
  return 0;
}

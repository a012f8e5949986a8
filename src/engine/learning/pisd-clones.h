/* Loops that cost time are compiled once for each width of vectors, and the program chooses when it
 * starts; what looks into memory for mistakes does not stand such a choice, and clang 14 gives it a
 * name of its own. */
#pragma once

/* PISD_CLONES ("avx512f", ..., "default") before a function: what it is compiled for. */
#if defined __x86_64__ && defined __GNUC__ && !defined __clang__ && !defined __SANITIZE_ADDRESS__ \
    && !defined __SANITIZE_THREAD__
#define PISD_CLONES(...) __attribute__ ((target_clones (__VA_ARGS__)))
#else
#define PISD_CLONES(...)
#endif

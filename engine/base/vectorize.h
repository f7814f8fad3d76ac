#pragma once

/// Marks a function with loops that the compiler should also translate for wider vector units; the best version for the processor is
/// picked when the program starts. Sanitizers cannot be up by then, so their builds have the portable version only.
#if defined(__GNUC__) && !defined(__clang__) && defined(__x86_64__) && defined(__linux__) && !defined(__SANITIZE_ADDRESS__) && \
    !defined(__SANITIZE_THREAD__)
#define CRYSTALLITE_VECTORIZE __attribute__((target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4")))
#else
#define CRYSTALLITE_VECTORIZE
#endif

/// Marks what such a function calls for every few numbers: a function that is not part of it would be the portable version.
#if defined(__GNUC__)
#define CRYSTALLITE_ALWAYS_INLINE [[gnu::always_inline]] inline
#else
#define CRYSTALLITE_ALWAYS_INLINE inline
#endif

// Assertions: MX_ASSERT is always checked, MX_DEBUG_ASSERT unless NDEBUG is
// defined. A failed one says where, and aborts.

#ifndef LIBMX_MAGENTA_ASSERT_H_
#define LIBMX_MAGENTA_ASSERT_H_

#include <stdio.h>
#include <stdlib.h>

#include <magenta/compiler.h>

#define MX_PANIC(...) (fprintf(stderr, __VA_ARGS__), abort())

#define MX_ASSERT(x)                                                                  \
    do {                                                                              \
        if (unlikely(!(x))) {                                                         \
            MX_PANIC("ASSERT FAILED at (%s:%d): %s\n", __FILE__, __LINE__, #x);       \
        }                                                                             \
    } while (0)

// The message is a format and its arguments.
#define MX_ASSERT_MSG(x, ...)                                                         \
    do {                                                                              \
        if (unlikely(!(x))) {                                                         \
            fprintf(stderr, "ASSERT FAILED at (%s:%d): %s: ", __FILE__, __LINE__, #x); \
            fprintf(stderr, __VA_ARGS__);                                             \
            MX_PANIC("\n");                                                           \
        }                                                                             \
    } while (0)

#ifdef NDEBUG
#define MX_DEBUG_ASSERT_IMPLEMENTED 0
#else
#define MX_DEBUG_ASSERT_IMPLEMENTED 1
#endif

#define MX_DEBUG_ASSERT(x)                   \
    do {                                     \
        if (MX_DEBUG_ASSERT_IMPLEMENTED) {   \
            MX_ASSERT(x);                    \
        }                                    \
    } while (0)

#define MX_DEBUG_ASSERT_MSG(x, ...)          \
    do {                                     \
        if (MX_DEBUG_ASSERT_IMPLEMENTED) {   \
            MX_ASSERT_MSG(x, __VA_ARGS__);   \
        }                                    \
    } while (0)

#endif

// Assertions: ZX_ASSERT is always checked, ZX_DEBUG_ASSERT unless NDEBUG is
// defined. A failed one says where, and aborts.

#ifndef LIBMX_ZIRCON_ASSERT_H_
#define LIBMX_ZIRCON_ASSERT_H_

#include <stdio.h>
#include <stdlib.h>

#include <zircon/compiler.h>

#define ZX_PANIC(...) (fprintf(stderr, __VA_ARGS__), abort())

#define ZX_ASSERT(x)                                                                  \
    do {                                                                              \
        if (unlikely(!(x))) {                                                         \
            ZX_PANIC("ASSERT FAILED at (%s:%d): %s\n", __FILE__, __LINE__, #x);       \
        }                                                                             \
    } while (0)

// The message is a format and its arguments.
#define ZX_ASSERT_MSG(x, ...)                                                         \
    do {                                                                              \
        if (unlikely(!(x))) {                                                         \
            fprintf(stderr, "ASSERT FAILED at (%s:%d): %s: ", __FILE__, __LINE__, #x); \
            fprintf(stderr, __VA_ARGS__);                                             \
            ZX_PANIC("\n");                                                           \
        }                                                                             \
    } while (0)

#ifdef NDEBUG
#define ZX_DEBUG_ASSERT_IMPLEMENTED 0
#else
#define ZX_DEBUG_ASSERT_IMPLEMENTED 1
#endif

#define ZX_DEBUG_ASSERT(x)                   \
    do {                                     \
        if (ZX_DEBUG_ASSERT_IMPLEMENTED) {   \
            ZX_ASSERT(x);                    \
        }                                    \
    } while (0)

#define ZX_DEBUG_ASSERT_MSG(x, ...)          \
    do {                                     \
        if (ZX_DEBUG_ASSERT_IMPLEMENTED) {   \
            ZX_ASSERT_MSG(x, __VA_ARGS__);   \
        }                                    \
    } while (0)

#endif

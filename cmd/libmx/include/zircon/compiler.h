// The names of 2017, and those that came later.

#ifndef LIBMX_ZIRCON_COMPILER_H_
#define LIBMX_ZIRCON_COMPILER_H_

#include <magenta/compiler.h>

// Arithmetic that reports whether the result did not fit.
#ifndef add_overflow
#define add_overflow(a, b, result) __builtin_add_overflow(a, b, result)
#endif
#ifndef sub_overflow
#define sub_overflow(a, b, result) __builtin_sub_overflow(a, b, result)
#endif
#ifndef mul_overflow
#define mul_overflow(a, b, result) __builtin_mul_overflow(a, b, result)
#endif

#endif

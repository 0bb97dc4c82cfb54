// The same names as in 2017.

#ifndef LIBMX_ZIRCON_COMPILER_H_
#define LIBMX_ZIRCON_COMPILER_H_

#include <magenta/compiler.h>

#endif

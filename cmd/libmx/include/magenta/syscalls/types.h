// The types that the calls take.

#ifndef LIBMX_MAGENTA_SYSCALLS_TYPES_H_
#define LIBMX_MAGENTA_SYSCALLS_TYPES_H_

#include <magenta/syscalls/object.h>
#include <magenta/syscalls/port.h>
#include <magenta/types.h>

#endif

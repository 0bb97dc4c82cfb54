// The types that the calls take.

#ifndef LIBMX_ZIRCON_SYSCALLS_TYPES_H_
#define LIBMX_ZIRCON_SYSCALLS_TYPES_H_

#include <zircon/syscalls/object.h>
#include <zircon/syscalls/port.h>
#include <zircon/types.h>

#endif

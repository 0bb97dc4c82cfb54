//go:build cgo && unix

// The calls that this library has not.

#define LIBMX_UNSUPPORTED_BODY         \
    {                                  \
        return MX_ERR_NOT_SUPPORTED;   \
    }

#include <magenta/syscalls.h>
#include <zircon/syscalls.h>

// The types and constants that all calls share.

#ifndef LIBMX_ZIRCON_TYPES_H_
#define LIBMX_ZIRCON_TYPES_H_

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <zircon/compiler.h>
#include <zircon/errors.h>
#include <zircon/rights.h>

__BEGIN_CDECLS

// A handle is a process's name for an object. Zero never is one.
typedef uint32_t zx_handle_t;
#define ZX_HANDLE_INVALID ((zx_handle_t)0)

// A status is what most calls return: zero, or one of <zircon/errors.h>.
typedef int32_t zx_status_t;

// Time, in nanoseconds. A deadline is a time of the monotonic clock; 0 and less
// is past.
typedef int64_t zx_time_t;
typedef int64_t zx_duration_t;
typedef int64_t zx_ticks_t;
#define ZX_TIME_INFINITE INT64_MAX
#define ZX_TIME_INFINITE_PAST INT64_MIN
#define ZX_NSEC(n) ((zx_duration_t)1LL * (n))
#define ZX_USEC(n) ((zx_duration_t)1000LL * (n))
#define ZX_MSEC(n) ((zx_duration_t)1000000LL * (n))
#define ZX_SEC(n) ((zx_duration_t)1000000000LL * (n))
#define ZX_MIN(n) ((zx_duration_t)60000000000LL * (n))
#define ZX_HOUR(n) ((zx_duration_t)3600000000000LL * (n))

// The clocks of zx_time_get.
#define ZX_CLOCK_MONOTONIC (0u)
#define ZX_CLOCK_UTC (1u)
#define ZX_CLOCK_THREAD (2u)

// A koid is an object's number, never used again.
typedef uint64_t zx_koid_t;
#define ZX_KOID_INVALID ((uint64_t)0)

// A type of object: see <zircon/syscalls/object.h>.
typedef uint32_t zx_obj_type_t;

typedef uint32_t zx_signals_t;

// Signals: the states of an object that can be waited for.
#define ZX_SIGNAL_NONE                  ((zx_signals_t)0u)

// Sockets.
#define ZX_SOCKET_READABLE              ((zx_signals_t)1u << 0)
#define ZX_SOCKET_WRITABLE              ((zx_signals_t)1u << 1)
#define ZX_SOCKET_PEER_CLOSED           ((zx_signals_t)1u << 2)
#define ZX_SOCKET_PEER_WRITE_DISABLED   ((zx_signals_t)1u << 4)
#define ZX_SOCKET_WRITE_DISABLED        ((zx_signals_t)1u << 5)
#define ZX_SOCKET_READ_THRESHOLD        ((zx_signals_t)1u << 10)
#define ZX_SOCKET_WRITE_THRESHOLD       ((zx_signals_t)1u << 11)

// Events.
#define ZX_EVENT_SIGNALED               ((zx_signals_t)1u << 3)
#define ZX_EVENT_SIGNAL_MASK            (ZX_USER_SIGNAL_ALL | ZX_EVENT_SIGNALED)

// Any object. The first is only reported by a wait that was canceled.
#define ZX_SIGNAL_HANDLE_CLOSED         ((zx_signals_t)1u << 23)
#define ZX_USER_SIGNAL_0                ((zx_signals_t)1u << 24)
#define ZX_USER_SIGNAL_1                ((zx_signals_t)1u << 25)
#define ZX_USER_SIGNAL_2                ((zx_signals_t)1u << 26)
#define ZX_USER_SIGNAL_3                ((zx_signals_t)1u << 27)
#define ZX_USER_SIGNAL_4                ((zx_signals_t)1u << 28)
#define ZX_USER_SIGNAL_5                ((zx_signals_t)1u << 29)
#define ZX_USER_SIGNAL_6                ((zx_signals_t)1u << 30)
#define ZX_USER_SIGNAL_7                ((zx_signals_t)1u << 31)
#define ZX_USER_SIGNAL_ALL              ((zx_signals_t)0xff000000u)

// What zx_object_wait_many waits for: signals of an object. pending is filled
// in by the call.
typedef struct zx_wait_item {
    zx_handle_t handle;
    zx_signals_t waitfor;
    zx_signals_t pending;
} zx_wait_item_t;
#define ZX_WAIT_MANY_MAX_ITEMS (64u)

// Options of zx_object_wait_async.
#define ZX_WAIT_ASYNC_ONCE (0u)
#define ZX_WAIT_ASYNC_TIMESTAMP (1u)
#define ZX_WAIT_ASYNC_EDGE (2u)

// Options of zx_socket_create, and of zx_socket_read.
#define ZX_SOCKET_STREAM (0u)
#define ZX_SOCKET_DATAGRAM (1u)
#define ZX_SOCKET_CREATE_MASK (ZX_SOCKET_DATAGRAM)
#define ZX_SOCKET_PEEK (8u)

// What zx_socket_set_disposition may be told of an endpoint; 0 leaves it as it
// is.
#define ZX_SOCKET_DISPOSITION_WRITE_DISABLED (1u)
#define ZX_SOCKET_DISPOSITION_WRITE_ENABLED (2u)
#define ZX_SOCKET_DISPOSITION_MASK \
    (ZX_SOCKET_DISPOSITION_WRITE_DISABLED | ZX_SOCKET_DISPOSITION_WRITE_ENABLED)

// Options of zx_port_create. There are no interrupts here to bind.
#define ZX_PORT_BIND_TO_INTERRUPT (1u)

__END_CDECLS

#endif

// Types and constants of the calls and objects that this library has not: see
// <libmx/unsupported_zx.h>. <zircon/types.h> includes this.

#ifndef LIBMX_UNSUPPORTED_ZX_TYPES_H_
#define LIBMX_UNSUPPORTED_ZX_TYPES_H_

#include <zircon/types.h>

__BEGIN_CDECLS

typedef uintptr_t zx_vaddr_t;
typedef uintptr_t zx_paddr_t;
typedef uintptr_t zx_gpaddr_t;
typedef uint64_t zx_off_t;
typedef uint32_t zx_vm_option_t;
typedef uint32_t zx_txid_t;
typedef uint32_t zx_handle_op_t;
typedef uint32_t zx_stream_seek_origin_t;
typedef uint64_t zx_iob_write_options_t;
typedef struct zx_profile_info zx_profile_info_t;
typedef struct zx_exception_context zx_exception_context_t;

// In C11 a futex is an atomic_int; C++ and C99 have no such type.
#if !defined(__cplusplus) && __STDC_VERSION__ >= 201112L && !defined(__STDC_NO_ATOMICS__)
#include <stdatomic.h>
typedef atomic_int zx_futex_t;
#else
typedef int zx_futex_t;
#endif

typedef struct zx_iovec {
    void* buffer;
    size_t capacity;
} zx_iovec_t;

typedef struct zx_handle_info {
    zx_handle_t handle;
    zx_obj_type_t type;
    zx_rights_t rights;
    uint32_t unused;
} zx_handle_info_t;

typedef struct zx_handle_disposition {
    zx_handle_op_t operation;
    zx_handle_t handle;
    zx_obj_type_t type;
    zx_rights_t rights;
    zx_status_t result;
} zx_handle_disposition_t;
#define ZX_HANDLE_OP_MOVE               ((zx_handle_op_t)0u)
#define ZX_HANDLE_OP_DUPLICATE          ((zx_handle_op_t)1u)

typedef struct zx_channel_call_args {
    const void* wr_bytes;
    const zx_handle_t* wr_handles;
    void* rd_bytes;
    zx_handle_t* rd_handles;
    uint32_t wr_num_bytes;
    uint32_t wr_num_handles;
    uint32_t rd_num_bytes;
    uint32_t rd_num_handles;
} zx_channel_call_args_t;

typedef struct zx_channel_call_etc_args {
    const void* wr_bytes;
    zx_handle_disposition_t* wr_handles;
    void* rd_bytes;
    zx_handle_info_t* rd_handles;
    uint32_t wr_num_bytes;
    uint32_t wr_num_handles;
    uint32_t rd_num_bytes;
    uint32_t rd_num_handles;
} zx_channel_call_etc_args_t;

// Signals.
#define ZX_EVENTPAIR_SIGNALED           ((zx_signals_t)1u << 3)
#define ZX_EVENTPAIR_PEER_CLOSED        ((zx_signals_t)1u << 2)
#define ZX_EVENTPAIR_SIGNAL_MASK \
    (ZX_USER_SIGNAL_ALL | ZX_EVENTPAIR_SIGNALED | ZX_EVENTPAIR_PEER_CLOSED)
#define ZX_CHANNEL_READABLE             ((zx_signals_t)1u << 0)
#define ZX_CHANNEL_WRITABLE             ((zx_signals_t)1u << 1)
#define ZX_CHANNEL_PEER_CLOSED          ((zx_signals_t)1u << 2)
#define ZX_CLOCK_STARTED                ((zx_signals_t)1u << 4)
#define ZX_CLOCK_UPDATED                ((zx_signals_t)1u << 5)
#define ZX_FIFO_READABLE                ((zx_signals_t)1u << 0)
#define ZX_FIFO_WRITABLE                ((zx_signals_t)1u << 1)
#define ZX_FIFO_PEER_CLOSED             ((zx_signals_t)1u << 2)
#define ZX_TASK_TERMINATED              ((zx_signals_t)1u << 3)
#define ZX_JOB_TERMINATED               ((zx_signals_t)1u << 3)
#define ZX_JOB_NO_JOBS                  ((zx_signals_t)1u << 4)
#define ZX_JOB_NO_PROCESSES             ((zx_signals_t)1u << 5)
#define ZX_PROCESS_TERMINATED           ((zx_signals_t)1u << 3)
#define ZX_THREAD_TERMINATED            ((zx_signals_t)1u << 3)
#define ZX_THREAD_RUNNING               ((zx_signals_t)1u << 4)
#define ZX_THREAD_SUSPENDED             ((zx_signals_t)1u << 5)
#define ZX_LOG_READABLE                 ((zx_signals_t)1u << 0)
#define ZX_LOG_WRITABLE                 ((zx_signals_t)1u << 1)
#define ZX_TIMER_SIGNALED               ((zx_signals_t)1u << 3)
#define ZX_VMO_ZERO_CHILDREN            ((zx_signals_t)1u << 3)
#define ZX_COUNTER_SIGNALED             ((zx_signals_t)1u << 3)

// Of sockets, as of 2018.
#define ZX_SOCKET_SHUTDOWN_WRITE        (1u << 0)
#define ZX_SOCKET_SHUTDOWN_READ         (1u << 1)
#define ZX_SOCKET_SHUTDOWN_MASK         (ZX_SOCKET_SHUTDOWN_WRITE | ZX_SOCKET_SHUTDOWN_READ)
#define ZX_SOCKET_HAS_CONTROL           (1u << 1)
#define ZX_SOCKET_HAS_ACCEPT            (1u << 2)
#define ZX_SOCKET_CONTROL               (1u << 2)
#define ZX_SOCKET_CONTROL_READABLE      ((zx_signals_t)1u << 6)
#define ZX_SOCKET_CONTROL_WRITABLE      ((zx_signals_t)1u << 7)
#define ZX_SOCKET_ACCEPT                ((zx_signals_t)1u << 8)
#define ZX_SOCKET_SHARE                 ((zx_signals_t)1u << 9)
#define ZX_SOCKET_READ_DISABLED         ZX_SOCKET_PEER_WRITE_DISABLED

// Options and limits.
#define ZX_CHANNEL_READ_MAY_DISCARD     ((uint32_t)1u)
#define ZX_CHANNEL_WRITE_USE_IOVEC      ((uint32_t)2u)
#define ZX_CHANNEL_MAX_MSG_BYTES        ((uint32_t)65536u)
#define ZX_CHANNEL_MAX_MSG_HANDLES      ((uint32_t)64u)
#define ZX_CHANNEL_MAX_MSG_IOVECS       ((uint32_t)8192u)
#define ZX_FIFO_MAX_SIZE_BYTES          ((uint32_t)4096u)
#define ZX_MAX_NAME_LEN                 ((size_t)32u)
#define ZX_CPRNG_DRAW_MAX_LEN           ((size_t)256u)
#define ZX_CPRNG_ADD_ENTROPY_MAX_LEN    ((size_t)256u)
#define ZX_TIMER_SLACK_CENTER           ((uint32_t)0u)
#define ZX_TIMER_SLACK_EARLY            ((uint32_t)1u)
#define ZX_TIMER_SLACK_LATE             ((uint32_t)2u)
#define ZX_STREAM_MODE_READ             ((uint32_t)1u << 0)
#define ZX_STREAM_MODE_WRITE            ((uint32_t)1u << 1)
#define ZX_STREAM_MODE_APPEND           ((uint32_t)1u << 2)
#define ZX_VMO_RESIZABLE                ((uint32_t)1u << 1)
#define ZX_VMO_CHILD_SNAPSHOT           ((uint32_t)1u << 0)
#define ZX_VM_PERM_READ                 ((zx_vm_option_t)(1u << 0))
#define ZX_VM_PERM_WRITE                ((zx_vm_option_t)(1u << 1))
#define ZX_VM_PERM_EXECUTE              ((zx_vm_option_t)(1u << 2))

__END_CDECLS

#endif

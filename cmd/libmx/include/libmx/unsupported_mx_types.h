// Types and constants of the calls and objects that this library has not: see
// <libmx/unsupported_mx.h>. <magenta/types.h> includes this.

#ifndef LIBMX_UNSUPPORTED_MX_TYPES_H_
#define LIBMX_UNSUPPORTED_MX_TYPES_H_

#include <magenta/types.h>

__BEGIN_CDECLS

typedef uintptr_t mx_vaddr_t;
typedef uintptr_t mx_paddr_t;
typedef uint64_t mx_off_t;
typedef int64_t mx_rel_off_t;
typedef uint32_t mx_txid_t;
typedef uint32_t mx_cache_policy_t;
typedef union mx_rrec mx_rrec_t;

// In C11 a futex is an atomic_int; C++ and C99 have no such type.
#if !defined(__cplusplus) && __STDC_VERSION__ >= 201112L && !defined(__STDC_NO_ATOMICS__)
#include <stdatomic.h>
typedef atomic_int mx_futex_t;
#else
typedef int mx_futex_t;
#endif

typedef struct {
    void* wr_bytes;
    mx_handle_t* wr_handles;
    void* rd_bytes;
    mx_handle_t* rd_handles;
    uint32_t wr_num_bytes;
    uint32_t wr_num_handles;
    uint32_t rd_num_bytes;
    uint32_t rd_num_handles;
} mx_channel_call_args_t;

typedef struct mx_waitset_result {
    uint64_t cookie;
    mx_status_t status;
    mx_signals_t observed;
} mx_waitset_result_t;

// Signals.
#define MX_EPAIR_SIGNALED               ((mx_signals_t)1u << 3)
#define MX_EPAIR_PEER_CLOSED            ((mx_signals_t)1u << 2)
#define MX_EPAIR_SIGNAL_MASK            (MX_USER_SIGNAL_ALL | MX_EPAIR_SIGNALED | MX_EPAIR_PEER_CLOSED)
#define MX_CHANNEL_READABLE             ((mx_signals_t)1u << 0)
#define MX_CHANNEL_WRITABLE             ((mx_signals_t)1u << 1)
#define MX_CHANNEL_PEER_CLOSED          ((mx_signals_t)1u << 2)
#define MX_PORT_READABLE                ((mx_signals_t)1u << 0)
#define MX_FIFO_READABLE                ((mx_signals_t)1u << 0)
#define MX_FIFO_WRITABLE                ((mx_signals_t)1u << 1)
#define MX_FIFO_PEER_CLOSED             ((mx_signals_t)1u << 2)
#define MX_WAITSET_READABLE             ((mx_signals_t)1u << 0)
#define MX_TASK_TERMINATED              ((mx_signals_t)1u << 3)
#define MX_JOB_NO_PROCESSES             ((mx_signals_t)1u << 3)
#define MX_JOB_NO_JOBS                  ((mx_signals_t)1u << 4)
#define MX_PROCESS_TERMINATED           ((mx_signals_t)1u << 3)
#define MX_THREAD_TERMINATED            ((mx_signals_t)1u << 3)
#define MX_LOG_READABLE                 ((mx_signals_t)1u << 0)
#define MX_LOG_WRITABLE                 ((mx_signals_t)1u << 1)
#define MX_TIMER_SIGNALED               ((mx_signals_t)1u << 3)

// Options and limits.
#define MX_CHANNEL_READ_MAY_DISCARD     1u
#define MX_CHANNEL_MAX_MSG_BYTES        65536u
#define MX_CHANNEL_MAX_MSG_HANDLES      64u
#define MX_MAX_NAME_LEN                 (32)
#define MX_CPRNG_DRAW_MAX_LEN           256
#define MX_CPRNG_ADD_ENTROPY_MAX_LEN    256
#define MX_VMO_OP_COMMIT                1u
#define MX_VMO_OP_DECOMMIT              2u
#define MX_VMO_OP_LOCK                  3u
#define MX_VMO_OP_UNLOCK                4u
#define MX_VMO_OP_LOOKUP                5u
#define MX_VMO_OP_CACHE_SYNC            6u
#define MX_VMO_CLONE_COPY_ON_WRITE      1u
#define MX_VM_FLAG_PERM_READ            (1u << 0)
#define MX_VM_FLAG_PERM_WRITE           (1u << 1)
#define MX_VM_FLAG_PERM_EXECUTE         (1u << 2)
#define MX_VM_FLAG_COMPACT              (1u << 3)
#define MX_VM_FLAG_SPECIFIC             (1u << 4)
#define MX_VM_FLAG_SPECIFIC_OVERWRITE   (1u << 5)
#define MX_VM_FLAG_CAN_MAP_SPECIFIC     (1u << 6)
#define MX_VM_FLAG_CAN_MAP_READ         (1u << 7)
#define MX_VM_FLAG_CAN_MAP_WRITE        (1u << 8)
#define MX_VM_FLAG_CAN_MAP_EXECUTE      (1u << 9)
#define MX_VM_FLAG_MAP_RANGE            (1u << 10)

__END_CDECLS

#endif

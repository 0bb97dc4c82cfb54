// The headers on their own: every layout and number that programs were
// compiled against. It is C and C++. It prints the names of all statuses.

#define MX_UNPREFIXED_ERRORS

#include <libmx/lab.h>
#include <magenta/assert.h>
#include <magenta/compiler.h>
#include <magenta/errors.h>
#include <magenta/process.h>
#include <magenta/rights.h>
#include <magenta/status.h>
#include <magenta/syscalls.h>
#include <magenta/syscalls/object.h>
#include <magenta/syscalls/port.h>
#include <magenta/syscalls/types.h>
#include <magenta/types.h>
#include <zircon/assert.h>
#include <zircon/availability.h>
#include <zircon/compiler.h>
#include <zircon/errors.h>
#include <zircon/process.h>
#include <zircon/rights.h>
#include <zircon/status.h>
#include <zircon/syscalls.h>
#include <zircon/syscalls/clock.h>
#include <zircon/syscalls/object.h>
#include <zircon/syscalls/port.h>
#include <zircon/syscalls/types.h>
#include <zircon/time.h>
#include <zircon/types.h>

#include <stdio.h>

#define JOIN2(a, b) a##b
#define JOIN(a, b) JOIN2(a, b)
#define IS(condition) typedef char JOIN(is_, __COUNTER__)[(condition) ? 1 : -1] __UNUSED
#define FIELD(type, field, offset, size) \
    IS(offsetof(type, field) == (offset) && sizeof(((type*)0)->field) == (size))

// Scalars. -1 tells a type with a sign from one without.
IS(sizeof(mx_handle_t) == 4 && (mx_handle_t)-1 < 0);
IS(sizeof(zx_handle_t) == 4 && (zx_handle_t)-1 > 0);
IS(sizeof(mx_status_t) == 4 && (mx_status_t)-1 < 0);
IS(sizeof(zx_status_t) == 4 && (zx_status_t)-1 < 0);
IS(sizeof(mx_time_t) == 8 && (mx_time_t)-1 > 0 && MX_TIME_INFINITE == UINT64_MAX);
IS(sizeof(zx_time_t) == 8 && (zx_time_t)-1 < 0 && ZX_TIME_INFINITE == INT64_MAX);
IS(sizeof(mx_duration_t) == 8 && sizeof(zx_duration_t) == 8 && (zx_duration_t)-1 < 0);
IS(sizeof(mx_signals_t) == 4 && sizeof(zx_signals_t) == 4);
IS(sizeof(mx_rights_t) == 4 && sizeof(zx_rights_t) == 4);
IS(sizeof(mx_koid_t) == 8 && sizeof(zx_koid_t) == 8);
IS(MX_HANDLE_INVALID == 0 && ZX_HANDLE_INVALID == 0 && MX_KOID_INVALID == 0);

// Structures.
#define BOTH(p)                                               \
    IS(sizeof(p##_wait_item_t) == 12);                        \
    FIELD(p##_wait_item_t, handle, 0, 4);                     \
    FIELD(p##_wait_item_t, waitfor, 4, 4);                    \
    FIELD(p##_wait_item_t, pending, 8, 4);                    \
    IS(sizeof(p##_info_handle_basic_t) == 32);                \
    FIELD(p##_info_handle_basic_t, koid, 0, 8);               \
    FIELD(p##_info_handle_basic_t, rights, 8, 4);             \
    FIELD(p##_info_handle_basic_t, type, 12, 4);              \
    FIELD(p##_info_handle_basic_t, related_koid, 16, 8);      \
    FIELD(p##_info_handle_basic_t, props, 24, 4);             \
    IS(sizeof(p##_packet_user_t) == 32);                      \
    FIELD(p##_packet_user_t, u64, 0, 32);                     \
    FIELD(p##_packet_user_t, u32, 0, 32);                     \
    FIELD(p##_packet_user_t, u16, 0, 32);                     \
    FIELD(p##_packet_user_t, c8, 0, 32);                      \
    IS(sizeof(p##_port_packet_t) == 48);                      \
    FIELD(p##_port_packet_t, key, 0, 8);                      \
    FIELD(p##_port_packet_t, type, 8, 4);                     \
    FIELD(p##_port_packet_t, status, 12, 4);                  \
    FIELD(p##_port_packet_t, user, 16, 32);                   \
    FIELD(p##_port_packet_t, signal.trigger, 16, 4);          \
    FIELD(p##_port_packet_t, signal.observed, 20, 4);         \
    FIELD(p##_port_packet_t, signal.count, 24, 8)
BOTH(mx);
BOTH(zx);
FIELD(zx_port_packet_t, signal.timestamp, 32, 8);
FIELD(zx_port_packet_t, signal.reserved1, 40, 8);
IS(sizeof(zx_info_socket_t) == 48);
FIELD(zx_info_socket_t, options, 0, 4);
FIELD(zx_info_socket_t, rx_buf_max, 8, 8);
FIELD(zx_info_socket_t, rx_buf_size, 16, 8);
FIELD(zx_info_socket_t, rx_buf_available, 24, 8);
FIELD(zx_info_socket_t, tx_buf_max, 32, 8);
FIELD(zx_info_socket_t, tx_buf_size, 40, 8);

// Constants.
#define RIGHT(name, bit) IS(MX_RIGHT_##name == 1u << (bit) && ZX_RIGHT_##name == 1u << (bit))
RIGHT(DUPLICATE, 0);
RIGHT(TRANSFER, 1);
RIGHT(READ, 2);
RIGHT(WRITE, 3);
RIGHT(EXECUTE, 4);
RIGHT(MAP, 5);
RIGHT(GET_PROPERTY, 6);
RIGHT(SET_PROPERTY, 7);
RIGHT(ENUMERATE, 8);
RIGHT(DESTROY, 9);
RIGHT(SET_POLICY, 10);
RIGHT(GET_POLICY, 11);
RIGHT(SIGNAL, 12);
RIGHT(SIGNAL_PEER, 13);
RIGHT(SAME_RIGHTS, 31);
IS(ZX_RIGHT_WAIT == 1u << 14 && ZX_RIGHT_INSPECT == 1u << 15 && ZX_RIGHT_MANAGE_SOCKET == 1u << 20);
IS(MX_RIGHT_NONE == 0 && ZX_RIGHT_NONE == 0);
IS(MX_DEFAULT_SOCKET_RIGHTS == 0xf && ZX_DEFAULT_SOCKET_RIGHTS == 0x10f0cf);
IS(MX_DEFAULT_EVENT_RIGHTS == 0xf && ZX_DEFAULT_EVENT_RIGHTS == 0xd003);
IS(MX_DEFAULT_PORT_RIGHTS == 0xf && ZX_DEFAULT_PORT_RIGHTS == 0x800f);

#define SIGNAL(name, value) IS(MX_##name == (value) && ZX_##name == (value))
SIGNAL(SIGNAL_NONE, 0);
SIGNAL(SOCKET_READABLE, 1u << 0);
SIGNAL(SOCKET_WRITABLE, 1u << 1);
SIGNAL(SOCKET_PEER_CLOSED, 1u << 2);
SIGNAL(EVENT_SIGNALED, 1u << 3);
SIGNAL(SIGNAL_HANDLE_CLOSED, 1u << 23);
SIGNAL(USER_SIGNAL_0, 1u << 24);
SIGNAL(USER_SIGNAL_1, 1u << 25);
SIGNAL(USER_SIGNAL_2, 1u << 26);
SIGNAL(USER_SIGNAL_3, 1u << 27);
SIGNAL(USER_SIGNAL_4, 1u << 28);
SIGNAL(USER_SIGNAL_5, 1u << 29);
SIGNAL(USER_SIGNAL_6, 1u << 30);
SIGNAL(USER_SIGNAL_7, 1u << 31);
SIGNAL(USER_SIGNAL_ALL, 0xff000000u);
IS(MX_SIGNAL_LAST_HANDLE == 1u << 22);
IS(ZX_SOCKET_PEER_WRITE_DISABLED == 1u << 4 && ZX_SOCKET_WRITE_DISABLED == 1u << 5);
IS(ZX_SOCKET_READ_THRESHOLD == 1u << 10 && ZX_SOCKET_WRITE_THRESHOLD == 1u << 11);

IS(MX_SOCKET_STREAM == 0 && MX_SOCKET_DATAGRAM == 1 && MX_SOCKET_HALF_CLOSE == 1);
IS(ZX_SOCKET_STREAM == 0 && ZX_SOCKET_DATAGRAM == 1 && ZX_SOCKET_PEEK == 8);
IS(ZX_SOCKET_DISPOSITION_WRITE_DISABLED == 1 && ZX_SOCKET_DISPOSITION_WRITE_ENABLED == 2);
IS(MX_PORT_OPT_V1 == 0 && MX_PORT_OPT_V2 == 1);
IS(MX_WAIT_ASYNC_ONCE == 0 && MX_WAIT_ASYNC_REPEATING == 1);
IS(ZX_WAIT_ASYNC_ONCE == 0 && ZX_WAIT_ASYNC_TIMESTAMP == 1 && ZX_WAIT_ASYNC_EDGE == 2);
IS(ZX_WAIT_ASYNC_BOOT_TIMESTAMP == 4 && MX_PORT_MAX_PKT_SIZE == 128);
IS(ZX_HANDLE_FIXED_BITS_MASK == 3 && ZX_KOID_FIRST == 1024 && MX_KOID_KERNEL == 1);
IS(sizeof(zx_clock_t) == 4 && ZX_CLOCK_MONOTONIC == 0 && ZX_CLOCK_UTC == 1 && ZX_CLOCK_THREAD == 2);
IS(sizeof(zx_instant_mono_t) == 8 && (zx_instant_boot_t)-1 < 0);
IS(MX_WAIT_MANY_MAX_ITEMS == 1024 && ZX_WAIT_MANY_MAX_ITEMS == 64);
IS(MX_PKT_TYPE_USER == 0 && MX_PKT_TYPE_SIGNAL_ONE == 1 && MX_PKT_TYPE_SIGNAL_REP == 2);
IS(ZX_PKT_TYPE_USER == 0 && ZX_PKT_TYPE_SIGNAL_ONE == 1);
IS(MX_OBJ_TYPE_EVENT == 5 && MX_OBJ_TYPE_SOCKET == 14 && MX_OBJ_TYPE_PORT == 20);
IS(MX_OBJ_TYPE_IOPORT == 6 && MX_OBJ_TYPE_IOPORT2 == 20 && MX_OBJ_TYPE_TIMER == 23);
IS(ZX_OBJ_TYPE_CHANNEL == 4 && ZX_OBJ_TYPE_TIMER == 22 && ZX_OBJ_TYPE_COUNTER == 34);
IS(ZX_OBJ_TYPE_EVENT == 5 && ZX_OBJ_TYPE_SOCKET == 14 && ZX_OBJ_TYPE_PORT == 6);
IS(MX_INFO_HANDLE_VALID == 1 && MX_INFO_HANDLE_BASIC == 2 && MX_OBJ_PROP_WAITABLE == 1);
IS(ZX_INFO_HANDLE_VALID == 1 && ZX_INFO_HANDLE_BASIC == 2 && ZX_INFO_SOCKET == 22);
IS(ZX_PROP_SOCKET_RX_THRESHOLD == 12 && ZX_PROP_SOCKET_TX_THRESHOLD == 13);
IS(MX_NSEC(2) == 2 && MX_USEC(2) == 2000 && MX_MSEC(2) == 2000000 && MX_SEC(2) == 2000000000);
IS(ZX_NSEC(2) == 2 && ZX_USEC(2) == 2000 && ZX_MSEC(2) == 2000000 && ZX_SEC(-2) == -2000000000);
IS(MX_MIN(1) == MX_SEC(60) && MX_HOUR(1) == MX_SEC(3600) && ZX_MIN(1) == ZX_SEC(60) && ZX_HOUR(1) == ZX_SEC(3600));

// The three spellings of a status.
#define STATUS(name, value) IS(MX_ERR_##name == (value) && ZX_ERR_##name == (value) && ERR_##name == (value))
IS(MX_OK == 0 && ZX_OK == 0 && NO_ERROR == 0);
STATUS(INTERNAL, -1);
STATUS(NOT_SUPPORTED, -2);
STATUS(NO_RESOURCES, -3);
STATUS(NO_MEMORY, -4);
STATUS(CALL_FAILED, -5);
STATUS(INTERRUPTED_RETRY, -6);
STATUS(INVALID_ARGS, -10);
STATUS(BAD_HANDLE, -11);
STATUS(WRONG_TYPE, -12);
STATUS(BAD_SYSCALL, -13);
STATUS(OUT_OF_RANGE, -14);
STATUS(BUFFER_TOO_SMALL, -15);
STATUS(BAD_STATE, -20);
STATUS(TIMED_OUT, -21);
STATUS(SHOULD_WAIT, -22);
STATUS(CANCELED, -23);
STATUS(PEER_CLOSED, -24);
STATUS(NOT_FOUND, -25);
STATUS(ALREADY_EXISTS, -26);
STATUS(ALREADY_BOUND, -27);
STATUS(UNAVAILABLE, -28);
STATUS(ACCESS_DENIED, -30);
STATUS(IO, -40);
STATUS(IO_REFUSED, -41);
STATUS(IO_DATA_INTEGRITY, -42);
STATUS(IO_DATA_LOSS, -43);
STATUS(BAD_PATH, -50);
STATUS(NOT_DIR, -51);
STATUS(NOT_FILE, -52);
STATUS(FILE_BIG, -53);
STATUS(NO_SPACE, -54);
STATUS(STOP, -60);
STATUS(NEXT, -61);

// The calls that are not here are declared, with what they take.
IS(sizeof(mx_channel_call_args_t) == 48 && sizeof(zx_channel_call_args_t) == 48);
IS(sizeof(mx_waitset_result_t) == 16 && sizeof(zx_handle_info_t) == 16 && sizeof(zx_handle_disposition_t) == 20);
IS(sizeof(mx_futex_t) == 4 && sizeof(zx_futex_t) == 4);
IS(sizeof(zx_clock_details_v1_t) == 112 && sizeof(zx_clock_update_args_v2_t) == 32);

// What programs initialize as a whole.
static const mx_port_packet_t packet = {12ull, MX_PKT_TYPE_USER, -3, {{{1, 2, 3, 4}}}};
static const mx_wait_item_t item = {MX_HANDLE_INVALID, MX_SOCKET_READABLE, 0u};

__BEGIN_CDECLS
static inline int fall(int x) {
    switch (x) {
    case 1:
        x++;
        __FALLTHROUGH;
    default:
        return x;
    }
}
__END_CDECLS

// Every pair of these values: what a wider type says, brought back into range.
__extension__ typedef __int128 wide;
static int64_t clamp(wide n) {
    return n > INT64_MAX ? ZX_TIME_INFINITE : n < INT64_MIN ? ZX_TIME_INFINITE_PAST : (int64_t)n;
}

static void times(void) {
    static const int64_t all[] = {INT64_MIN, INT64_MIN + 1, INT64_MIN / 2, -3037000500, -1000, -2, -1, 0,
                                  INT64_MAX, INT64_MAX - 1, INT64_MAX / 2, 3037000500,  1000,  2,  1};
    for (size_t i = 0; i < countof(all); i++) {
        for (size_t j = 0; j < countof(all); j++) {
            const wide a = all[i], b = all[j];
            ZX_ASSERT(zx_time_add_duration(all[i], all[j]) == clamp(a + b));
            ZX_ASSERT(zx_time_sub_duration(all[i], all[j]) == clamp(a - b));
            ZX_ASSERT(zx_duration_mul_int64(all[i], all[j]) == clamp(a * b));
        }
        ZX_ASSERT(zx_duration_from_msec(all[i]) == clamp((wide)all[i] * 1000000));
        ZX_ASSERT(zx_duration_from_hour(all[i]) == clamp((wide)all[i] * 3600000000000));
    }
}

int main(void) {
    static const int two[] = {1, 2};
    MX_ASSERT(countof(two) == 2);
    ZX_ASSERT_MSG(likely(packet.user.u64[3] == 4), "packet has %d", (int)packet.user.u64[3]);
    MX_DEBUG_ASSERT(!unlikely(item.waitfor != 1u));
    ZX_DEBUG_ASSERT_MSG(fall(1) == 2, "%d", fall(1));
    times();
    for (int s = 0; s >= -100; s--) {
        printf("%d %s %s\n", s, mx_status_get_string(s), zx_status_get_string(s));
    }
    return 0;
}

// Every bad pointer on every argument of every call, in the edition that
// MX_EDITION names: the status, the effect, and the process lives. SPELLING is
// mx or zx.

#include "check.h"
#include "badmem.h"

#include <magenta/syscalls.h>
#include <zircon/syscalls.h>

#ifndef SPELLING
#define SPELLING mx
#endif
#define JOIN2(a, b) a##_##b
#define JOIN(a, b) JOIN2(a, b)
#define CALL(name) JOIN(SPELLING, name)

typedef CALL(handle_t) handle_t;
typedef CALL(port_packet_t) packet_t;
typedef CALL(wait_item_t) item_t;
typedef CALL(info_handle_basic_t) basic_t;

static void pair(uint32_t options, handle_t* a, handle_t* b) {
    EQ(CALL(socket_create)(options, a, b), MX_OK);
}

// outstanding is how many bytes there are to read at h, which is emptied.
static size_t outstanding(handle_t h) {
    static char buffer[300000];
    size_t n, all = 0;
    while (CALL(socket_read)(h, 0u, buffer, sizeof(buffer), &n) == MX_OK) {
        all += n;
    }
    return all;
}

static void writes(int kind, uint32_t options) {
    enum { SIZE = 1000 };
    const int stream = options == MX_SOCKET_STREAM;
    const size_t good = crosses(kind) ? SIZE - 1 : 0;
    handle_t a, b;
    size_t n = 99;
    pair(options, &a, &b);
    // What the editions say of a stream: W-FAULT.
    mx_status_t want = MX_ERR_INVALID_ARGS;
    size_t kept = 0;
    if (stream && kind != IS_NULL) {
        want = BY_EDITION(MX_ERR_INVALID_ARGS, good > 0 ? MX_OK : MX_ERR_SHOULD_WAIT, MX_ERR_INVALID_ARGS);
        kept = BY_EDITION(0, good, good);
    }
    EQ_NOTE(bad_names[kind], CALL(socket_write)(a, 0u, bad(kind, SIZE), SIZE, &n), want);
    EQ_NOTE(bad_names[kind], n, want == MX_OK ? good : 99);
    EQ_NOTE(bad_names[kind], outstanding(b), kept);
    // Null comes before a bad handle, an unreadable page after it.
    EQ_NOTE(bad_names[kind], CALL(socket_write)(0, 0u, bad(kind, SIZE), SIZE, &n),
            kind == IS_NULL ? MX_ERR_INVALID_ARGS : MX_ERR_BAD_HANDLE);
    // No byte, no page.
    EQ_NOTE(bad_names[kind], CALL(socket_write)(a, 0u, bad(kind, SIZE), 0, &n), MX_OK);
    EQ_NOTE(bad_names[kind], CALL(socket_write)(a, 0u, bad(kind, SIZE), (size_t)1 << 32, &n), MX_ERR_INVALID_ARGS);
    EQ_NOTE(bad_names[kind], outstanding(b), 0);
    // Full is decided first.
    static char big[264160];
    EQ(CALL(socket_write)(a, 0u, big, BY_EDITION(257024, 257024, sizeof(big)), NULL), MX_OK);
    EQ_NOTE(bad_names[kind], CALL(socket_write)(a, 0u, bad(kind, SIZE), SIZE, &n),
            kind == IS_NULL ? MX_ERR_INVALID_ARGS : MX_ERR_SHOULD_WAIT);
    CALL(handle_close)(a);
    CALL(handle_close)(b);
}

static void reads(int kind, uint32_t options) {
    enum { SIZE = 1000, MORE = 10 };
    static char message[SIZE + MORE];
    const size_t good = crosses(kind) ? SIZE - 1 : 0;
    handle_t a, b;
    size_t n = 99;
    pair(options, &a, &b);
    EQ_NOTE(bad_names[kind], CALL(socket_read)(b, 0u, bad(kind, SIZE), SIZE, &n),
            kind == IS_NULL ? MX_ERR_INVALID_ARGS : MX_ERR_SHOULD_WAIT);
    EQ(CALL(socket_write)(a, 0u, message, sizeof(message), NULL), MX_OK);
    // R-FAULT.
    mx_status_t want = MX_ERR_INVALID_ARGS;
    size_t consumed = 0;
    if (kind != IS_NULL) {
        want = BY_EDITION(MX_ERR_INVALID_ARGS, MX_OK, MX_ERR_INVALID_ARGS);
        consumed = BY_EDITION(0, good, good);
        if (options == MX_SOCKET_DATAGRAM && edition() != MANUAL) {
            consumed = sizeof(message);
        }
    }
    EQ_NOTE(bad_names[kind], CALL(socket_read)(b, 0u, bad(kind, SIZE), SIZE, &n), want);
    EQ_NOTE(bad_names[kind], n, want == MX_OK ? good : 99);
    EQ_NOTE(bad_names[kind], outstanding(b), sizeof(message) - consumed);
    EQ_NOTE(bad_names[kind], CALL(socket_read)(0, 0u, bad(kind, SIZE), SIZE, &n),
            kind == IS_NULL ? MX_ERR_INVALID_ARGS : MX_ERR_BAD_HANDLE);
    EQ_NOTE(bad_names[kind], CALL(socket_read)(b, 0u, bad(kind, SIZE), (size_t)1 << 32, &n), MX_ERR_INVALID_ARGS);
    CALL(handle_close)(a);
    CALL(handle_close)(b);
}

// An actual that cannot be written: the effect comes first. Null is ignored.
static void actuals(int kind) {
    handle_t a, b;
    size_t* actual = bad(kind, sizeof(size_t));
    mx_status_t want = kind == IS_NULL ? MX_OK : MX_ERR_INVALID_ARGS;
    pair(MX_SOCKET_STREAM, &a, &b);
    EQ_NOTE(bad_names[kind], CALL(socket_write)(a, 0u, "hello", 5, actual), want);
    EQ_NOTE(bad_names[kind], outstanding(b), 5);
    EQ(CALL(socket_write)(a, 0u, "hello", 5, NULL), MX_OK);
    char buffer[4] = "";
    EQ_NOTE(bad_names[kind], CALL(socket_read)(b, 0u, buffer, 2, actual), want);
    TRUE(memcmp(buffer, "he", 2) == 0);
    EQ_NOTE(bad_names[kind], outstanding(b), 3);
    // A failed call does not look at it.
    EQ_NOTE(bad_names[kind], CALL(socket_read)(b, 0u, buffer, 2, actual), MX_ERR_SHOULD_WAIT);
    EQ_NOTE(bad_names[kind], CALL(socket_write)(0, 0u, buffer, 2, actual), MX_ERR_BAD_HANDLE);
    if (edition() != ZIRCON) {
        EQ_NOTE(bad_names[kind], CALL(socket_read)(b, 0u, NULL, 0, actual), want);
        EQ_NOTE(bad_names[kind], CALL(socket_write)(a, MX_SOCKET_HALF_CLOSE, NULL, 0, actual), MX_OK); // which tells no count
        EQ(CALL(socket_write)(a, 0u, "x", 1, NULL), BY_EDITION(MX_OK, MX_ERR_BAD_STATE, 0));
    }
    CALL(handle_close)(a);
    CALL(handle_close)(b);
}

// Calls that give out handles: nothing is made.
static void makers(int kind) {
    const mx_status_t want = MX_ERR_INVALID_ARGS;
    handle_t* out = bad(kind, sizeof(handle_t));
    handle_t a, b, h = 4711, r = 4711;
    EQ_NOTE(bad_names[kind], CALL(socket_create)(0u, out, &h), want);
    EQ_NOTE(bad_names[kind], CALL(socket_create)(0u, &h, out), want);
    EQ_NOTE(bad_names[kind], CALL(socket_create)(0u, out, out), want);
    EQ_NOTE(bad_names[kind], h, 4711);
    EQ_NOTE(bad_names[kind], CALL(event_create)(0u, out), want);
    EQ_NOTE(bad_names[kind], CALL(port_create)(edition() == ZIRCON ? 0u : 1u, out), want);

    pair(0u, &a, &b);
    EQ_NOTE(bad_names[kind], CALL(handle_duplicate)(a, MX_RIGHT_SAME_RIGHTS, out), want);
    EQ_NOTE(bad_names[kind], CALL(object_get_child)(a, 1u, 0u, out), want);
    if (edition() != ZIRCON) {
        EQ_NOTE(bad_names[kind], CALL(object_wait_one)(a, MX_SIGNAL_LAST_HANDLE, 0u, NULL), MX_OK);
    }
    // X-REPLACE-RIGHTS says what becomes of a handle whose replace fails.
    EQ_NOTE(bad_names[kind], CALL(handle_replace)(a, MX_RIGHT_SAME_RIGHTS, out), want);
    EQ_NOTE(bad_names[kind], CALL(handle_replace)(a, MX_RIGHT_SAME_RIGHTS, &r),
            BY_EDITION(MX_OK, MX_OK, MX_ERR_BAD_HANDLE));
    EQ_NOTE(bad_names[kind], CALL(object_wait_one)(b, MX_SOCKET_PEER_CLOSED, 0u, NULL),
            BY_EDITION(MX_ERR_TIMED_OUT, MX_ERR_TIMED_OUT, MX_OK));
    CALL(handle_close)(r);
    CALL(handle_close)(b);
}

static void waits(int kind) {
    const mx_status_t want = MX_ERR_INVALID_ARGS;
    handle_t e;
    EQ(CALL(event_create)(0u, &e), MX_OK);
    uint32_t* observed = bad(kind, sizeof(uint32_t));
    const mx_status_t polled = kind == IS_NULL ? MX_ERR_TIMED_OUT : want;
    EQ_NOTE(bad_names[kind], CALL(object_wait_one)(e, MX_EVENT_SIGNALED, 0u, observed), polled);
    EQ(CALL(object_signal)(e, 0u, MX_EVENT_SIGNALED), MX_OK);
    EQ_NOTE(bad_names[kind], CALL(object_wait_one)(e, MX_EVENT_SIGNALED, MX_TIME_INFINITE, observed),
            kind == IS_NULL ? MX_OK : want);
    EQ_NOTE(bad_names[kind], CALL(object_wait_many)(bad(kind, 2 * sizeof(item_t)), 2u, MX_TIME_INFINITE), want);
    EQ_NOTE(bad_names[kind], CALL(object_wait_many)(bad(kind, 2 * sizeof(item_t)), 0u, 0u), MX_ERR_TIMED_OUT);
    EQ_NOTE(bad_names[kind], CALL(object_wait_many)(bad(kind, 60 * sizeof(item_t)), 60u, 0u), want);
    EQ_NOTE(bad_names[kind], CALL(object_wait_many)(bad(kind, 1024 * sizeof(item_t)), 1024u, 0u),
            BY_EDITION(want, want, MX_ERR_OUT_OF_RANGE));
    EQ_NOTE(bad_names[kind], CALL(object_wait_many)(bad(kind, sizeof(item_t)), UINT32_MAX, 0u),
            BY_EDITION(want, want, MX_ERR_OUT_OF_RANGE));
    CALL(handle_close)(e);
}

static mx_status_t queue(handle_t port, const void* packet);
static mx_status_t take(handle_t port, void* packet);

static void ports(int kind) {
    const mx_status_t want = MX_ERR_INVALID_ARGS;
    handle_t port;
    packet_t packet = {1u, MX_PKT_TYPE_USER, 0, {{{0}}}};
    EQ(CALL(port_create)(edition() == ZIRCON ? 0u : 1u, &port), MX_OK);
    if (kind < BAD_INPUTS) {
        EQ_NOTE(bad_names[kind], queue(port, bad(kind, sizeof(packet))), want);
        EQ(take(port, &packet), MX_ERR_TIMED_OUT);
    }
    // A packet is not lost to a bad pointer.
    EQ(queue(port, &packet), MX_OK);
    EQ_NOTE(bad_names[kind], take(port, bad(kind, sizeof(packet))), want);
    EQ(take(port, &packet), MX_OK);
    CALL(handle_close)(port);
}

static void infos(int kind) {
    const mx_status_t want = MX_ERR_INVALID_ARGS;
    const mx_status_t optional = kind == IS_NULL ? MX_OK : want;
    handle_t a, b;
    basic_t info;
    memset(&info, 0, sizeof(info));
    size_t n = 99, *count = bad(kind, sizeof(size_t));
    pair(0u, &a, &b);
    EQ_NOTE(bad_names[kind],
            CALL(object_get_info)(a, MX_INFO_HANDLE_BASIC, bad(kind, sizeof(info)), sizeof(info), &n, &n), want);
    EQ_NOTE(bad_names[kind], n, 99);
    EQ_NOTE(bad_names[kind], CALL(object_get_info)(a, MX_INFO_HANDLE_BASIC, &info, sizeof(info), count, NULL), optional);
    EQ_NOTE(bad_names[kind], CALL(object_get_info)(a, MX_INFO_HANDLE_BASIC, &info, sizeof(info), &n, count), optional);
    EQ_NOTE(bad_names[kind], n, kind == IS_NULL ? 1 : 99);
    EQ_NOTE(bad_names[kind], info.koid != 0, kind == IS_NULL);
    EQ_NOTE(bad_names[kind], CALL(object_get_info)(a, MX_INFO_HANDLE_BASIC, NULL, 0, NULL, count),
            kind == IS_NULL ? MX_ERR_BUFFER_TOO_SMALL : want);
    // A topic without a record looks at none of them, nor at a size.
    EQ_NOTE(bad_names[kind], CALL(object_get_info)(a, MX_INFO_HANDLE_VALID, NULL, 0, count, NULL), MX_OK);
    EQ_NOTE(bad_names[kind], CALL(object_get_info)(a, MX_INFO_HANDLE_VALID, bad(kind, 8), 8, count, count), MX_OK);
    // The handle and the size come before the buffer, which nothing is put into
    // that is too small.
    EQ_NOTE(bad_names[kind], CALL(object_get_info)(0, MX_INFO_HANDLE_BASIC, bad(kind, sizeof(info)), sizeof(info), &n, &n),
            MX_ERR_BAD_HANDLE);
    EQ_NOTE(bad_names[kind],
            CALL(object_get_info)(a, MX_INFO_HANDLE_BASIC, bad(kind, sizeof(info)), sizeof(info) - 1, NULL, NULL),
            MX_ERR_BUFFER_TOO_SMALL);
    EQ_NOTE(bad_names[kind], CALL(object_get_info)(0, MX_INFO_HANDLE_BASIC, &info, sizeof(info), count, count),
            MX_ERR_BAD_HANDLE);
    EQ_NOTE(bad_names[kind], CALL(object_get_info)(a, ZX_INFO_SOCKET, bad(kind, 48), 48, NULL, NULL),
            BY_EDITION(MX_ERR_NOT_SUPPORTED, MX_ERR_NOT_SUPPORTED, want));

    // In 2017 no handle has the right, which comes before the value.
    const mx_status_t property = kind == IS_NULL ? want : BY_EDITION(MX_ERR_ACCESS_DENIED, MX_ERR_ACCESS_DENIED, want);
    EQ_NOTE(bad_names[kind],
            CALL(object_get_property)(a, ZX_PROP_SOCKET_RX_THRESHOLD, bad(kind, sizeof(n)), sizeof(n)), property);
    if (kind < BAD_INPUTS) {
        EQ_NOTE(bad_names[kind],
                CALL(object_set_property)(a, ZX_PROP_SOCKET_RX_THRESHOLD, bad(kind, sizeof(n)), sizeof(n)), property);
    }
    CALL(handle_close)(a);
    CALL(handle_close)(b);
}

#define IS_ZX_mx 0
#define IS_ZX_zx 1
#define IS_ZX JOIN(IS_ZX, SPELLING)
#if IS_ZX
static mx_status_t queue(handle_t port, const void* packet) { return zx_port_queue(port, packet); }
static mx_status_t take(handle_t port, void* packet) { return zx_port_wait(port, 0, packet); }
static void others(int kind) {
    EQ_NOTE(bad_names[kind], zx_clock_get(ZX_CLOCK_MONOTONIC, bad(kind, sizeof(zx_time_t))), ZX_ERR_INVALID_ARGS);
    EQ_NOTE(bad_names[kind], zx_clock_get_new(ZX_CLOCK_UTC, bad(kind, sizeof(zx_time_t))), ZX_ERR_INVALID_ARGS);
    EQ_NOTE(bad_names[kind], zx_handle_close_many(bad(kind, 4), 0), ZX_OK);
    if (kind < BAD_INPUTS) {
        EQ_NOTE(bad_names[kind], zx_handle_close_many(bad(kind, 16), 4), ZX_ERR_INVALID_ARGS);
        EQ_NOTE(bad_names[kind], zx_handle_close_many(bad(kind, 16), SIZE_MAX), ZX_ERR_INVALID_ARGS);
    }
}
#else
static mx_status_t queue(handle_t port, const void* packet) { return mx_port_queue(port, packet, 0u); }
static mx_status_t take(handle_t port, void* packet) { return mx_port_wait(port, 0u, packet, 0u); }
// Calls with a size that is for other ports look at no packet.
static void others(int kind) {
    handle_t port;
    EQ(mx_port_create(edition() == ZIRCON ? 0u : 1u, &port), MX_OK);
    EQ_NOTE(bad_names[kind], mx_port_queue(port, bad(kind, 48), 48), MX_ERR_WRONG_TYPE);
    EQ_NOTE(bad_names[kind], mx_port_wait(port, 0u, bad(kind, 48), 48),
            kind == IS_NULL ? MX_ERR_INVALID_ARGS : MX_ERR_WRONG_TYPE);
    mx_handle_close(port);
}
#endif

int main(void) {
    make_bad_memory();
    // This does not choose an edition, and is no first use.
    for (int kind = 0; kind < BAD_INPUTS; kind++) {
        EQ_NOTE(bad_names[kind], mx_set_edition(bad(kind, 1)), MX_ERR_INVALID_ARGS);
    }
    for (int kind = 0; kind < BAD_OUTPUTS; kind++) {
        for (uint32_t options = 0; options < 2; options++) {
            if (kind < BAD_INPUTS) {
                writes(kind, options);
            }
            reads(kind, options);
        }
        actuals(kind);
        makers(kind);
        waits(kind);
        ports(kind);
        infos(kind);
        others(kind);
    }
    return report();
}

// Every call spelled mx_, once for what it does and once for how it fails, in
// the edition that MX_EDITION names.

#include "check.h"

#include <magenta/syscalls.h>

static void pair(uint32_t options, mx_handle_t* a, mx_handle_t* b) {
    *a = *b = MX_HANDLE_INVALID;
    EQ(mx_socket_create(options, a, b), MX_OK);
    TRUE(*a > 0 && *b > 0 && *a != *b);
}

static mx_handle_t event(void) {
    mx_handle_t h = MX_HANDLE_INVALID;
    EQ(mx_event_create(0u, &h), MX_OK);
    TRUE(h > 0);
    return h;
}

static mx_signals_t signals(mx_handle_t h) {
    mx_signals_t seen = 0xabcdu;
    EQ(mx_object_wait_one(h, 0u, 0u, &seen), MX_ERR_TIMED_OUT);
    return seen;
}

static void streams(void) {
    mx_handle_t a, b;
    char buffer[32] = "";
    size_t n = 99;
    EQ(mx_socket_create(7u, &a, &b), MX_ERR_INVALID_ARGS);
    pair(MX_SOCKET_STREAM, &a, &b);
    EQ(mx_socket_read(b, 0u, buffer, sizeof(buffer), &n), MX_ERR_SHOULD_WAIT);
    EQ(n, 99);
    EQ(mx_socket_write(a, 0u, "hello, ", 7, &n), MX_OK);
    EQ(n, 7);
    EQ(mx_socket_write(a, 0u, "world", 5, NULL), MX_OK);
    if (edition() != ZIRCON) {
        EQ(mx_socket_read(b, 0u, NULL, 0, &n), MX_OK);
        EQ(n, 12);
    }
    EQ(mx_socket_read(b, 0u, buffer, sizeof(buffer), &n), MX_OK);
    EQ(n, 12);
    TRUE(memcmp(buffer, "hello, world", 12) == 0);

    static char big[300000];
    EQ(mx_socket_write(b, 0u, big, sizeof(big), &n), MX_OK);
    EQ(n, edition() == ZIRCON ? 264160 : 257024);
    n = 99;
    EQ(mx_socket_write(b, 0u, big, 1, &n), MX_ERR_SHOULD_WAIT);
    EQ(n, 99);
    // Above 4 GiB, and so is the address space behind the buffer; nothing is
    // copied.
    EQ(mx_socket_write(a, 0u, big, (size_t)1 << 32, &n), MX_ERR_INVALID_ARGS);
    EQ(mx_socket_read(a, 0u, big, (size_t)1 << 32, &n), MX_ERR_INVALID_ARGS);
    EQ(n, 99);
    EQ(mx_socket_read(a, 0u, big, sizeof(big), &n), MX_OK);
    EQ(n, edition() == ZIRCON ? 264160 : 257024);

    // The half close: the other end's writes, this end's, or none such.
    EQ(mx_socket_write(a, MX_SOCKET_HALF_CLOSE, NULL, 0, NULL), BY_EDITION(MX_OK, MX_OK, MX_ERR_INVALID_ARGS));
    EQ(mx_socket_write(a, 0u, "x", 1, NULL), BY_EDITION(MX_OK, MX_ERR_BAD_STATE, MX_OK));
    EQ(mx_socket_write(b, 0u, "x", 1, NULL), BY_EDITION(MX_ERR_BAD_STATE, MX_OK, MX_OK));

    EQ(mx_handle_close(a), MX_OK);
    EQ(mx_handle_close(a), MX_ERR_BAD_HANDLE);
    EQ(mx_socket_write(a, 0u, "x", 1, NULL), MX_ERR_BAD_HANDLE);
    EQ(mx_socket_write(b, 0u, "x", 1, NULL), MX_ERR_PEER_CLOSED);
    EQ(mx_handle_close(b), MX_OK);
    EQ(mx_handle_close(MX_HANDLE_INVALID), BY_EDITION(MX_ERR_BAD_HANDLE, MX_ERR_BAD_HANDLE, MX_OK));
}

static void datagrams(void) {
    mx_handle_t a, b;
    char buffer[8] = "";
    size_t n = 0;
    pair(MX_SOCKET_DATAGRAM, &a, &b);
    EQ(mx_socket_write(a, 0u, "first", 5, &n), MX_OK);
    EQ(mx_socket_write(a, 0u, "second", 6, &n), MX_OK);
    EQ(mx_socket_read(b, 0u, buffer, 2, &n), MX_OK);
    EQ(n, 2);
    EQ(mx_socket_read(b, 0u, buffer, sizeof(buffer), &n), MX_OK);
    EQ(n, 6);
    TRUE(memcmp(buffer, "second", 6) == 0);
    static char big[300000];
    EQ(mx_socket_write(a, 0u, big, sizeof(big), &n),
       BY_EDITION(MX_ERR_SHOULD_WAIT, MX_ERR_SHOULD_WAIT, MX_ERR_OUT_OF_RANGE));
    mx_handle_close(a);
    mx_handle_close(b);
}

static void handles(void) {
    mx_handle_t a, b, c = 0, d = 0;
    mx_info_handle_basic_t info[2];
    size_t actual = 9, avail = 9;
    pair(MX_SOCKET_STREAM, &a, &b);
    EQ(mx_object_get_info(a, MX_INFO_HANDLE_VALID, NULL, 99, &actual, &avail), MX_OK);
    TRUE(actual == 9 && avail == 9); // there are no records to count
    EQ(mx_object_get_info(a, MX_INFO_HANDLE_BASIC, &info[0], sizeof(info[0]), &actual, &avail), MX_OK);
    EQ(actual, 1);
    EQ(avail, 1);
    EQ(mx_object_get_info(b, MX_INFO_HANDLE_BASIC, &info[1], sizeof(info[1]), NULL, NULL), MX_OK);
    TRUE(info[0].koid != 0 && info[1].koid != 0 && info[0].koid != info[1].koid);
    EQ(info[0].related_koid, info[1].koid);
    EQ(info[1].related_koid, info[0].koid);
    EQ(info[0].type, MX_OBJ_TYPE_SOCKET);
    EQ(info[0].props, MX_OBJ_PROP_WAITABLE);
    EQ(info[0].rights, BY_EDITION(MX_DEFAULT_SOCKET_RIGHTS, MX_DEFAULT_SOCKET_RIGHTS, 0x10f0cfu));
    EQ(mx_object_get_info(a, MX_INFO_HANDLE_BASIC, &info[0], sizeof(info[0]) - 1, &actual, &avail),
       MX_ERR_BUFFER_TOO_SMALL);
    EQ(actual, 0);
    EQ(avail, 1);
    EQ(mx_object_get_info(a, 4711u, &info[0], sizeof(info[0]), NULL, NULL), MX_ERR_NOT_SUPPORTED);
    EQ(mx_object_get_info(a + 1, MX_INFO_HANDLE_VALID, NULL, 0, NULL, NULL), MX_ERR_BAD_HANDLE);

    EQ(mx_handle_duplicate(a, MX_RIGHT_READ | MX_RIGHT_DUPLICATE, &c), MX_OK);
    EQ(mx_object_get_info(c, MX_INFO_HANDLE_BASIC, &info[1], sizeof(info[1]), NULL, NULL), MX_OK);
    EQ(info[1].koid, info[0].koid);
    EQ(info[1].rights, MX_RIGHT_READ | MX_RIGHT_DUPLICATE);
    EQ(mx_socket_write(c, 0u, "x", 1, NULL), MX_ERR_ACCESS_DENIED);
    EQ(mx_handle_duplicate(c, MX_RIGHT_WRITE, &d), MX_ERR_INVALID_ARGS);
    EQ(mx_handle_duplicate(c, MX_RIGHT_SAME_RIGHTS, &d), MX_OK);
    EQ(mx_handle_close(d), MX_OK);
    EQ(mx_handle_replace(c, MX_RIGHT_READ, &d), MX_OK);
    TRUE(d != c);
    EQ(mx_handle_close(c), MX_ERR_BAD_HANDLE);
    EQ(mx_handle_duplicate(d, MX_RIGHT_SAME_RIGHTS, &c), MX_ERR_ACCESS_DENIED);
    EQ(mx_handle_replace(d, MX_RIGHT_WRITE, &c), MX_ERR_INVALID_ARGS);
    EQ(mx_handle_close(d), BY_EDITION(MX_OK, MX_OK, MX_ERR_BAD_HANDLE));
    EQ(mx_object_get_child(a, info[0].koid, MX_RIGHT_SAME_RIGHTS, &c), MX_ERR_ACCESS_DENIED);
    EQ(mx_object_get_child(d, info[0].koid, MX_RIGHT_SAME_RIGHTS, &c), MX_ERR_BAD_HANDLE);
    mx_handle_close(a);
    mx_handle_close(b);
}

static void waits(void) {
    const mx_signals_t last = BY_EDITION(MX_SIGNAL_LAST_HANDLE, MX_SIGNAL_LAST_HANDLE, 0u);
    mx_handle_t a, b, e = event();
    mx_signals_t seen = 0;
    pair(MX_SOCKET_STREAM, &a, &b);
    EQ(signals(a), MX_SOCKET_WRITABLE | last);
    EQ(signals(e), last);
    EQ(mx_object_signal(e, 0u, MX_EVENT_SIGNALED | MX_USER_SIGNAL_7), MX_OK);
    EQ(mx_object_signal(e, MX_USER_SIGNAL_7, MX_USER_SIGNAL_0), MX_OK);
    EQ(mx_object_wait_one(e, MX_EVENT_SIGNALED, MX_TIME_INFINITE, &seen), MX_OK);
    EQ(seen, MX_EVENT_SIGNALED | MX_USER_SIGNAL_0 | last);
    EQ(mx_object_wait_one(e, MX_EVENT_SIGNALED, MX_TIME_INFINITE, NULL), MX_OK);
    EQ(mx_object_signal(a, 0u, MX_EVENT_SIGNALED), MX_ERR_INVALID_ARGS);
    EQ(mx_object_signal_peer(a, MX_SOCKET_WRITABLE, 0u), MX_ERR_INVALID_ARGS);
    EQ(mx_object_signal_peer(a, 0u, MX_USER_SIGNAL_1), MX_OK);
    EQ(signals(b), MX_SOCKET_WRITABLE | MX_USER_SIGNAL_1 | last);
    EQ(signals(a), MX_SOCKET_WRITABLE | last);
    EQ(mx_object_signal_peer(e, 0u, MX_USER_SIGNAL_1),
       BY_EDITION(MX_ERR_NOT_SUPPORTED, MX_ERR_NOT_SUPPORTED, MX_ERR_ACCESS_DENIED));

    mx_wait_item_t items[2] = {{a, MX_SOCKET_READABLE, 7u}, {e, MX_USER_SIGNAL_3, 7u}};
    EQ(mx_object_wait_many(items, 2u, mx_deadline_after(MX_MSEC(1))), MX_ERR_TIMED_OUT);
    EQ(items[0].pending, MX_SOCKET_WRITABLE | last);
    EQ(mx_socket_write(b, 0u, "x", 1, NULL), MX_OK);
    EQ(mx_object_wait_many(items, 2u, MX_TIME_INFINITE), MX_OK);
    EQ(items[0].pending, MX_SOCKET_WRITABLE | MX_SOCKET_READABLE | last);
    EQ(items[1].pending, MX_EVENT_SIGNALED | MX_USER_SIGNAL_0 | last);
    EQ(items[0].handle, a);
    EQ(items[1].waitfor, MX_USER_SIGNAL_3);
    EQ(mx_object_wait_many(NULL, 0u, mx_deadline_after(MX_USEC(10))), MX_ERR_TIMED_OUT);

    static mx_wait_item_t many[1025];
    for (size_t i = 0; i < countof(many); i++) {
        many[i].handle = a;
        many[i].waitfor = MX_SOCKET_READABLE;
    }
    EQ(mx_object_wait_many(many, 64u, MX_TIME_INFINITE), MX_OK);
    EQ(many[63].pending, MX_SOCKET_WRITABLE | MX_SOCKET_READABLE | last);
    EQ(mx_object_wait_many(many, 1024u, MX_TIME_INFINITE), BY_EDITION(MX_OK, MX_OK, MX_ERR_OUT_OF_RANGE));
    EQ(mx_object_wait_many(many, 1025u, MX_TIME_INFINITE),
       BY_EDITION(MX_ERR_INVALID_ARGS, MX_ERR_INVALID_ARGS, MX_ERR_OUT_OF_RANGE));
    EQ(mx_object_wait_many(many, UINT32_MAX, MX_TIME_INFINITE),
       BY_EDITION(MX_ERR_INVALID_ARGS, MX_ERR_INVALID_ARGS, MX_ERR_OUT_OF_RANGE));
    many[3].handle = MX_HANDLE_INVALID;
    EQ(mx_object_wait_many(many, 5u, MX_TIME_INFINITE), MX_ERR_BAD_HANDLE);

    mx_handle_close(b);
    EQ(signals(a), MX_SOCKET_PEER_CLOSED | MX_SOCKET_READABLE | last);
    EQ(mx_object_signal_peer(a, 0u, MX_USER_SIGNAL_1), MX_ERR_PEER_CLOSED);
    EQ(mx_object_wait_one(b, MX_SOCKET_READABLE, 0u, &seen), MX_ERR_BAD_HANDLE);
    mx_handle_close(a);
    mx_handle_close(e);
}

// sizes are of packets for ports of the first version, which none here is. The
// size itself comes before the handle, and the handle before its type.
static void sizes(mx_handle_t port, mx_handle_t other) {
    const mx_status_t lacks_right = BY_EDITION(MX_ERR_ACCESS_DENIED, MX_ERR_ACCESS_DENIED, MX_ERR_WRONG_TYPE);
    mx_port_packet_t packet = {0};
    mx_handle_t read_only = 0, write_only = 0;
    EQ(mx_handle_duplicate(port, MX_RIGHT_READ, &read_only), MX_OK);
    EQ(mx_handle_duplicate(port, MX_RIGHT_WRITE, &write_only), MX_OK);
    EQ(mx_port_queue(port, &packet, 1u), MX_ERR_WRONG_TYPE);
    EQ(mx_port_queue(port, NULL, 128u), MX_ERR_WRONG_TYPE);
    EQ(mx_port_queue(port, &packet, 129u), MX_ERR_BUFFER_TOO_SMALL);
    EQ(mx_port_queue(0, NULL, 129u), MX_ERR_BUFFER_TOO_SMALL);
    EQ(mx_port_queue(0, &packet, 48u), MX_ERR_BAD_HANDLE);
    EQ(mx_port_queue(other, &packet, 48u), MX_ERR_WRONG_TYPE);
    EQ(mx_port_queue(write_only, &packet, 48u), MX_ERR_WRONG_TYPE);
    EQ(mx_port_queue(read_only, &packet, 48u), lacks_right);
    EQ(mx_port_wait(port, 0u, &packet, 48u), MX_ERR_WRONG_TYPE);
    EQ(mx_port_wait(port, MX_TIME_INFINITE, &packet, 1u << 20), MX_ERR_WRONG_TYPE);
    EQ(mx_port_wait(0, 0u, NULL, 48u), MX_ERR_INVALID_ARGS);
    EQ(mx_port_wait(0, 0u, &packet, 48u), MX_ERR_BAD_HANDLE);
    EQ(mx_port_wait(read_only, 0u, &packet, 48u), MX_ERR_WRONG_TYPE);
    EQ(mx_port_wait(write_only, 0u, &packet, 48u), lacks_right);
    mx_handle_close(read_only);
    mx_handle_close(write_only);
}

// unsupported is one call of each group that is only declared.
static void unsupported(mx_handle_t h) {
    mx_handle_t a = 7, b = 7;
    uint64_t n = 7;
    EQ(mx_port_bind(h, 1u, h, MX_SOCKET_READABLE), MX_ERR_NOT_SUPPORTED);
    EQ(mx_channel_create(0u, &a, &b), MX_ERR_NOT_SUPPORTED);
    EQ(mx_eventpair_create(0u, &a, &b), MX_ERR_NOT_SUPPORTED);
    EQ(mx_fifo_create(1u, 1u, 0u, &a, &b), MX_ERR_NOT_SUPPORTED);
    EQ(mx_timer_create(0u, MX_CLOCK_MONOTONIC, &a), MX_ERR_NOT_SUPPORTED);
    EQ(mx_object_get_cookie(h, h, &n), MX_ERR_NOT_SUPPORTED);
    EQ(mx_vmo_create(1u, 0u, &a), MX_ERR_NOT_SUPPORTED);
    EQ(mx_thread_create(h, "t", 1u, 0u, &a), MX_ERR_NOT_SUPPORTED);
    EQ(mx_log_create(0u, &a), MX_ERR_NOT_SUPPORTED);
    TRUE(a == 7 && b == 7 && n == 7);
    TRUE(mx_system_get_num_cpus() > 0 && mx_system_get_physmem() > 1 << 20);
}

static void ports(void) {
    const int zircon = edition() == ZIRCON;
    const mx_signals_t last = zircon ? 0u : MX_SIGNAL_LAST_HANDLE;
    mx_handle_t port = 0, e = event();
    mx_port_packet_t in = {12u, MX_PKT_TYPE_USER, -3, {{{1, 2, 3, 4}}}}, out;
    EQ(mx_port_create(MX_PORT_OPT_V2, &port), BY_EDITION(MX_OK, MX_OK, MX_ERR_NOT_SUPPORTED));
    EQ(mx_port_create(7u, &port), MX_ERR_INVALID_ARGS);
    if (zircon) {
        EQ(mx_port_create(0u, &port), MX_OK);
    }
    TRUE(port > 0);
    EQ(mx_port_wait(port, 0u, &out, 0u), MX_ERR_TIMED_OUT);
    sizes(port, e);
    EQ(mx_port_queue(port, &in, 0u), MX_OK);
    in.key = 13u;
    in.type = MX_PKT_TYPE_USER + 5u;
    EQ(mx_port_queue(port, &in, 0u), MX_OK);
    EQ(mx_port_wait(port, MX_TIME_INFINITE, &out, 0u), MX_OK);
    EQ(out.key, 12u);
    EQ(out.type, MX_PKT_TYPE_USER);
    EQ(out.status, -3);
    TRUE(memcmp(&in.user, &out.user, sizeof(in.user)) == 0);
    EQ(mx_port_wait(port, 0u, &out, 0u), MX_OK);
    EQ(out.key, 13u);
    EQ(out.type, MX_PKT_TYPE_USER);

    EQ(mx_object_wait_async(e, port, 21u, MX_EVENT_SIGNALED, MX_WAIT_ASYNC_ONCE), MX_OK);
    // To the kernel of 2017 any other option was REPEATING.
    EQ(mx_object_wait_async(e, port, 22u, MX_USER_SIGNAL_1, 8u),
       BY_EDITION(MX_ERR_INVALID_ARGS, MX_OK, MX_ERR_INVALID_ARGS));
    EQ(mx_port_cancel(port, e, 22u), BY_EDITION(MX_ERR_NOT_FOUND, MX_OK, MX_ERR_NOT_FOUND));
    EQ(mx_port_wait(port, 0u, &out, 0u), MX_ERR_TIMED_OUT);
    EQ(mx_object_signal(e, 0u, MX_EVENT_SIGNALED), MX_OK);
    EQ(mx_port_wait(port, MX_TIME_INFINITE, &out, 0u), MX_OK);
    EQ(out.key, 21u);
    EQ(out.type, MX_PKT_TYPE_SIGNAL_ONE);
    EQ(out.status, MX_OK);
    EQ(out.signal.trigger, MX_EVENT_SIGNALED);
    EQ(out.signal.observed, MX_EVENT_SIGNALED | last);
    EQ(out.signal.count, 1u);
    if (!zircon) {
        EQ(mx_object_wait_async(e, port, 23u, MX_EVENT_SIGNALED, MX_WAIT_ASYNC_REPEATING), MX_OK);
        EQ(mx_port_wait(port, 0u, &out, 0u), MX_OK);
        EQ(out.type, MX_PKT_TYPE_SIGNAL_REP);
        EQ(out.key, 23u);
    }
    EQ(mx_port_cancel(port, e, 23u), BY_EDITION(MX_OK, MX_OK, MX_ERR_NOT_FOUND));
    EQ(mx_port_cancel(e, port, 23u), MX_ERR_WRONG_TYPE);
    EQ(mx_object_signal(e, 0u, MX_USER_SIGNAL_1), MX_OK);
    EQ(mx_port_wait(port, 0u, &out, 0u), MX_ERR_TIMED_OUT);
    EQ(mx_object_wait_one(port, 0u, 0u, NULL),
       BY_EDITION(MX_ERR_NOT_SUPPORTED, MX_ERR_NOT_SUPPORTED, MX_ERR_ACCESS_DENIED));
    unsupported(e);
    mx_handle_close(port);
    EQ(mx_port_wait(port, 0u, &out, 0u), MX_ERR_BAD_HANDLE);
    mx_handle_close(e);
}

static void properties(void) {
    const uint32_t rx_threshold = 12u;
    mx_handle_t a, b, c = 0;
    size_t value = 5;
    pair(MX_SOCKET_STREAM, &a, &b);
    const mx_status_t denied = MX_ERR_ACCESS_DENIED;
    EQ(mx_object_set_property(a, rx_threshold, &value, sizeof(value)), BY_EDITION(denied, denied, MX_OK));
    value = 0;
    EQ(mx_object_get_property(a, rx_threshold, &value, sizeof(value)), BY_EDITION(denied, denied, MX_OK));
    EQ(value, BY_EDITION(0, 0, 5));
    EQ(mx_object_set_property(a, rx_threshold, &value, sizeof(value) - 1),
       BY_EDITION(denied, denied, MX_ERR_BUFFER_TOO_SMALL));
    EQ(mx_object_get_property(a, rx_threshold, &value, sizeof(value) - 1),
       BY_EDITION(denied, denied, MX_ERR_BUFFER_TOO_SMALL));
    // The handle comes before the size and the value, and null
    // before everything.
    EQ(mx_object_get_property(0, rx_threshold, &value, 0), MX_ERR_BAD_HANDLE);
    EQ(mx_object_set_property(0, rx_threshold, &value, 0), MX_ERR_BAD_HANDLE);
    EQ(mx_object_get_property(0, 4711u, NULL, 0), MX_ERR_INVALID_ARGS);
    EQ(mx_object_set_property(0, 4711u, NULL, 0), MX_ERR_INVALID_ARGS);
    EQ(mx_handle_duplicate(a, MX_RIGHT_READ, &c), MX_OK);
    EQ(mx_object_get_property(c, rx_threshold, &value, 0), denied);
    EQ(mx_object_set_property(c, rx_threshold, &value, 0), denied);
    mx_handle_close(c);
    mx_handle_close(a);
    mx_handle_close(b);
}

static void clocks(void) {
    mx_time_t before = mx_time_get(MX_CLOCK_MONOTONIC);
    mx_time_t deadline = mx_deadline_after(MX_MSEC(2));
    TRUE(before > 0 && deadline >= before + MX_MSEC(2) && deadline < before + MX_SEC(60));
    EQ(mx_nanosleep(deadline), MX_OK);
    TRUE(mx_time_get(MX_CLOCK_MONOTONIC) >= deadline);
    EQ(mx_nanosleep(0u), MX_OK);
    TRUE(mx_deadline_after(MX_TIME_INFINITE) == MX_TIME_INFINITE);
    TRUE(mx_deadline_after(MX_TIME_INFINITE - 1) == MX_TIME_INFINITE);
    TRUE(mx_time_get(MX_CLOCK_UTC) > MX_SEC(1500000000));
    TRUE(mx_time_get(MX_CLOCK_THREAD) > 0);
    EQ(mx_time_get(77u), 0);
    TRUE(mx_ticks_get() > 0 && mx_ticks_per_second() > 0);

    mx_handle_t e = event();
    deadline = mx_deadline_after(MX_MSEC(1));
    EQ(mx_object_wait_one(e, MX_EVENT_SIGNALED, deadline, NULL), MX_ERR_TIMED_OUT);
    TRUE(mx_time_get(MX_CLOCK_MONOTONIC) >= deadline);
    mx_handle_close(e);
}

int main(void) {
    streams();
    datagrams();
    handles();
    waits();
    ports();
    properties();
    clocks();
    return report();
}

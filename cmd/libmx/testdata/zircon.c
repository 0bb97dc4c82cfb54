// The calls spelled zx_ that differ from those spelled mx_. The environment
// names no edition: the first call is spelled zx_, and that decides.

#include "check.h"

#include <magenta/syscalls.h>
#include <zircon/status.h>
#include <zircon/syscalls.h>

static zx_signals_t signals(zx_handle_t h) {
    zx_signals_t seen = 0xabcdu;
    EQ(zx_object_wait_one(h, 0u, 0, &seen), ZX_ERR_TIMED_OUT);
    return seen;
}

static void sockets(void) {
    zx_handle_t a, b;
    char buffer[8] = "";
    size_t n = 0, value;
    EQ(zx_handle_close(ZX_HANDLE_INVALID), ZX_OK);
    EQ(zx_socket_create(ZX_SOCKET_STREAM, &a, &b), ZX_OK);
    EQ(signals(a), ZX_SOCKET_WRITABLE);
    EQ(zx_socket_write(a, 0u, "hello", 5, &n), ZX_OK);
    EQ(n, 5);
    EQ(zx_socket_read(b, ZX_SOCKET_PEEK, buffer, 4, &n), ZX_OK);
    EQ(n, 4);
    TRUE(memcmp(buffer, "hell", 4) == 0);

    zx_info_socket_t info;
    memset(&info, 0xff, sizeof(info));
    EQ(zx_object_get_info(b, ZX_INFO_SOCKET, &info, sizeof(info), &n, NULL), ZX_OK);
    EQ(n, 1);
    EQ(info.options, ZX_SOCKET_STREAM);
    EQ(info.rx_buf_max, 264160);
    EQ(info.rx_buf_size, 5);
    EQ(info.rx_buf_available, 5);
    EQ(info.tx_buf_max, 264160);
    EQ(info.tx_buf_size, 0);
    size_t actual = 9, avail = 9;
    EQ(zx_object_get_info(b, ZX_INFO_SOCKET, &info, sizeof(info) - 1, &actual, &avail), ZX_ERR_BUFFER_TOO_SMALL);
    EQ(actual, 0);
    EQ(avail, 1);
    zx_info_handle_basic_t basic;
    EQ(zx_object_get_info(b, ZX_INFO_HANDLE_BASIC, &basic, sizeof(basic) - 1, &actual, &avail),
       ZX_ERR_BUFFER_TOO_SMALL);
    EQ(actual, 0);
    EQ(zx_object_get_info(b, ZX_INFO_HANDLE_BASIC, &basic, sizeof(basic), &actual, &avail), ZX_OK);
    EQ(actual, 1);
    EQ(basic.rights, ZX_DEFAULT_SOCKET_RIGHTS);

    value = 5;
    EQ(zx_object_set_property(b, ZX_PROP_SOCKET_RX_THRESHOLD, &value, sizeof(value)), ZX_OK);
    EQ(signals(b), ZX_SOCKET_READABLE | ZX_SOCKET_WRITABLE | ZX_SOCKET_READ_THRESHOLD);
    value = 0;
    EQ(zx_object_get_property(b, ZX_PROP_SOCKET_RX_THRESHOLD, &value, sizeof(value)), ZX_OK);
    EQ(value, 5);
    value = 1000000;
    EQ(zx_object_set_property(b, ZX_PROP_SOCKET_TX_THRESHOLD, &value, sizeof(value)), ZX_ERR_INVALID_ARGS);

    EQ(zx_socket_set_disposition(a, 7u, 0u), ZX_ERR_INVALID_ARGS);
    EQ(zx_socket_set_disposition(a, ZX_SOCKET_DISPOSITION_WRITE_DISABLED, 0u), ZX_OK);
    EQ(zx_socket_write(a, 0u, "x", 1, &n), ZX_ERR_BAD_STATE);
    EQ(zx_socket_read(b, 0u, buffer, sizeof(buffer), &n), ZX_OK);
    EQ(n, 5);
    EQ(zx_socket_read(b, 0u, buffer, sizeof(buffer), &n), ZX_ERR_BAD_STATE);
    EQ(signals(b), ZX_SOCKET_WRITABLE | ZX_SOCKET_PEER_WRITE_DISABLED);
    EQ(signals(a), ZX_SOCKET_WRITE_DISABLED);
    EQ(zx_socket_set_disposition(b, ZX_SOCKET_DISPOSITION_WRITE_DISABLED, ZX_SOCKET_DISPOSITION_WRITE_ENABLED),
       ZX_OK);
    EQ(zx_socket_write(a, 0u, "x", 1, &n), ZX_OK);
    EQ(zx_socket_write(b, 0u, "x", 1, &n), ZX_ERR_BAD_STATE);

    // The mx_ spelling is of the same library, and has the same rules.
    EQ(mx_socket_write((mx_handle_t)a, 1u, NULL, 0, NULL), MX_ERR_INVALID_ARGS);
    EQ(mx_set_edition("manual"), MX_ERR_BAD_STATE);
    EQ(zx_handle_close(a), ZX_OK);
    EQ(zx_handle_close(b), ZX_OK);
}

static void handles(void) {
    zx_handle_t e, d = 0, r = 0;
    zx_info_handle_basic_t info;
    EQ(zx_event_create(0u, &e), ZX_OK);
    EQ(zx_object_get_info(e, ZX_INFO_HANDLE_BASIC, &info, sizeof(info), NULL, NULL), ZX_OK);
    EQ(info.rights, ZX_DEFAULT_EVENT_RIGHTS);
    EQ(info.type, ZX_OBJ_TYPE_EVENT);
    EQ(zx_handle_duplicate(e, ZX_RIGHT_SAME_RIGHTS, &d), ZX_OK);
    EQ(zx_handle_replace(d, ZX_RIGHT_WAIT, &r), ZX_OK);
    EQ(zx_handle_replace(r, ZX_RIGHT_WRITE, &d), ZX_ERR_INVALID_ARGS);
    EQ(zx_handle_close(r), ZX_ERR_BAD_HANDLE);
    EQ(zx_object_signal(e, 0u, ZX_EVENT_SIGNALED), ZX_OK);
    EQ(zx_object_signal_peer(e, 0u, ZX_USER_SIGNAL_0), ZX_ERR_ACCESS_DENIED);
    zx_wait_item_t item = {e, ZX_EVENT_SIGNALED, 0u};
    EQ(zx_object_wait_many(&item, 1, ZX_TIME_INFINITE), ZX_OK);
    EQ(item.pending, ZX_EVENT_SIGNALED);
    EQ(zx_object_wait_many(&item, (size_t)1 << 40, ZX_TIME_INFINITE), ZX_ERR_OUT_OF_RANGE);
    EQ(zx_object_get_child(e, 1, 0u, &d), ZX_ERR_ACCESS_DENIED);
    EQ(zx_handle_close(e), ZX_OK);
}

static void ports(void) {
    zx_handle_t port, a, b;
    zx_port_packet_t in = {12u, ZX_PKT_TYPE_USER, -3, {{{1, 2, 3, 4}}}}, out;
    EQ(zx_port_create(0u, &port), ZX_OK);
    EQ(zx_socket_create(ZX_SOCKET_DATAGRAM, &a, &b), ZX_OK);
    EQ(zx_port_queue(port, &in), ZX_OK);
    EQ(zx_port_wait(port, ZX_TIME_INFINITE, &out), ZX_OK);
    TRUE(memcmp(&in, &out, sizeof(in)) == 0);
    EQ(zx_port_wait(port, ZX_TIME_INFINITE_PAST, &out), ZX_ERR_TIMED_OUT);

    zx_time_t before = zx_clock_get_monotonic();
    EQ(zx_object_wait_async(a, port, 5u, ZX_SOCKET_WRITABLE, ZX_WAIT_ASYNC_TIMESTAMP), ZX_OK);
    EQ(zx_port_wait(port, ZX_TIME_INFINITE, &out), ZX_OK);
    EQ(out.type, ZX_PKT_TYPE_SIGNAL_ONE);
    EQ(out.signal.trigger, ZX_SOCKET_WRITABLE);
    TRUE(out.signal.timestamp >= before && out.signal.timestamp <= zx_clock_get_monotonic());
    EQ(zx_object_wait_async(a, port, 6u, ZX_SOCKET_WRITABLE, ZX_WAIT_ASYNC_EDGE), ZX_OK);
    EQ(zx_port_wait(port, 0, &out), ZX_ERR_TIMED_OUT);
    EQ(zx_port_cancel(port, a, 6u), ZX_OK);
    EQ(zx_port_cancel(port, a, 6u), ZX_ERR_NOT_FOUND);
    EQ(zx_object_wait_async(a, port, 7u, ZX_SOCKET_WRITABLE, 0u), ZX_OK);
    EQ(zx_port_wait(port, 0, &out), ZX_OK);
    EQ(out.signal.timestamp, 0);
    zx_handle_close(port);
    zx_handle_close(a);
    zx_handle_close(b);
}

// keys ends everything of one key, whatever it came from.
static void keys(void) {
    zx_handle_t port, e;
    zx_port_packet_t in = {5u, ZX_PKT_TYPE_USER, 0, {{{0}}}}, out;
    EQ(zx_port_create(0u, &port), ZX_OK);
    EQ(zx_event_create(0u, &e), ZX_OK);
    EQ(zx_port_cancel_key(port, 0u, 5u), ZX_ERR_NOT_FOUND);
    EQ(zx_port_queue(port, &in), ZX_OK);
    in.key = 6u;
    EQ(zx_port_queue(port, &in), ZX_OK);
    EQ(zx_object_wait_async(e, port, 5u, ZX_EVENT_SIGNALED, 0u), ZX_OK);
    EQ(zx_port_cancel_key(port, 1u, 5u), ZX_ERR_INVALID_ARGS);
    EQ(zx_port_cancel_key(e, 0u, 5u), ZX_ERR_WRONG_TYPE);
    EQ(zx_port_cancel_key(port, 0u, 5u), ZX_OK);
    EQ(zx_object_signal(e, 0u, ZX_EVENT_SIGNALED), ZX_OK);
    EQ(zx_port_wait(port, 0, &out), ZX_OK);
    EQ(out.key, 6u);
    EQ(zx_port_wait(port, 0, &out), ZX_ERR_TIMED_OUT);
    zx_handle_close(port);
    zx_handle_close(e);
}

// many closes handles by the hundred. Like the kernel it looks at 64 at a time,
// and tells of the last of them.
static void many(void) {
    enum { MANY = 200 };
    static zx_handle_t all[MANY];
    zx_handle_t e;
    EQ(zx_handle_close_many(NULL, 0), ZX_OK);
    for (int i = 0; i < MANY; i++) {
        EQ(zx_event_create(0u, &all[i]), ZX_OK);
    }
    e = all[MANY - 1];
    all[7] = ZX_HANDLE_INVALID;
    EQ(zx_handle_check_valid(e), ZX_OK);
    EQ(zx_handle_close_many(all, MANY), ZX_OK);
    EQ(zx_handle_check_valid(e), ZX_ERR_BAD_HANDLE);
    EQ(zx_handle_close_many(all, MANY), ZX_ERR_BAD_HANDLE);
    all[0] = e;
    EQ(zx_event_create(0u, &all[1]), ZX_OK);
    e = all[1];
    EQ(zx_handle_close_many(all, 2), ZX_ERR_BAD_HANDLE);
    EQ(zx_handle_close(e), ZX_ERR_BAD_HANDLE); // it was closed all the same
    for (int i = 64; i < 128; i++) {
        all[i] = ZX_HANDLE_INVALID;
    }
    EQ(zx_handle_close_many(all, 64), ZX_ERR_BAD_HANDLE);
    EQ(zx_handle_close_many(all, 128), ZX_OK);
}

static void clocks(void) {
    zx_time_t now = zx_clock_get_monotonic(), read = 0;
    EQ(zx_clock_get(ZX_CLOCK_MONOTONIC, &read), ZX_OK);
    TRUE(now > 0 && read >= now && zx_time_get(ZX_CLOCK_MONOTONIC) >= read);
    EQ(zx_clock_get(ZX_CLOCK_UTC, &read), ZX_OK);
    TRUE(read > ZX_SEC(1500000000));
    EQ(zx_clock_get(77u, &read), ZX_ERR_INVALID_ARGS);
    TRUE(zx_deadline_after(ZX_TIME_INFINITE) == ZX_TIME_INFINITE);
    TRUE(zx_deadline_after(ZX_SEC(-1)) < zx_clock_get_monotonic());
    EQ(zx_nanosleep(ZX_TIME_INFINITE_PAST), ZX_OK);
    now = zx_deadline_after(ZX_MSEC(1));
    EQ(zx_nanosleep(now), ZX_OK);
    TRUE(zx_clock_get_monotonic() >= now);
    TRUE(zx_ticks_get() > 0 && zx_ticks_per_second() > 0);
    now = zx_clock_get_monotonic();
    TRUE(zx_clock_get_boot() >= now && zx_ticks_get_boot() > 0);
    EQ(zx_clock_get_new(ZX_CLOCK_UTC, &read), ZX_OK);
    TRUE(read > ZX_SEC(1500000000));
    unsigned char random[600] = {0};
    int zeros = 0;
    zx_cprng_draw(random, sizeof(random));
    for (size_t i = 0; i < sizeof(random); i++) {
        zeros += random[i] == 0;
    }
    TRUE(zeros < 60);
    EQ(zx_channel_create(0u, NULL, NULL), ZX_ERR_NOT_SUPPORTED);
    TRUE(zx_system_get_page_size() >= 4096 && zx_system_get_num_cpus() > 0 && zx_system_get_physmem() > 0);
    TRUE(strcmp(zx_status_get_string(ZX_ERR_PEER_CLOSED), "ZX_ERR_PEER_CLOSED") == 0);
}

int main(void) {
    sockets();
    handles();
    ports();
    keys();
    many();
    clocks();
    return report();
}

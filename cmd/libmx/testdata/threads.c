// Many threads: calls at the same time, waits that block one thread only, waits
// that another thread ends, threads that come and go.

#include "check.h"

#include <magenta/syscalls.h>

#include <pthread.h>
#include <sched.h>

enum { PAIRS = 4, ROUNDS = 500, SHORT_LIVED = 200 };

static mx_handle_t port, ends[PAIRS][2];

static pthread_t start(void* (*run)(void*), void* argument) {
    pthread_t thread;
    if (pthread_create(&thread, NULL, run, argument) != 0) {
        perror("pthread_create");
        exit(3);
    }
    return thread;
}

// A wait that another thread ends.
struct wait {
    mx_handle_t handle;
    int many;
    int begins;
    mx_status_t status;
    mx_signals_t seen;
};

static void* wait_for_ever(void* argument) {
    struct wait* w = argument;
    mx_wait_item_t items[2] = {{w->handle, MX_EVENT_SIGNALED, 0u}, {ends[0][0], MX_USER_SIGNAL_7, 0u}};
    __atomic_store_n(&w->begins, 1, __ATOMIC_SEQ_CST);
    if (w->many) {
        w->status = mx_object_wait_many(items, 2u, MX_TIME_INFINITE);
        w->seen = items[0].pending;
    } else {
        w->status = mx_object_wait_one(w->handle, MX_EVENT_SIGNALED, MX_TIME_INFINITE, &w->seen);
    }
    return NULL;
}

// A handle that is closed ends the wait on it; a wait that had yet to begin
// finds no handle. It is given more time to begin from attempt to attempt.
static void cancels(int many) {
    enum { ATTEMPTS = 1000 };
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        struct wait w = {MX_HANDLE_INVALID, many, 0, MX_OK, 0u};
        EQ(mx_event_create(0u, &w.handle), MX_OK);
        pthread_t thread = start(wait_for_ever, &w);
        while (!__atomic_load_n(&w.begins, __ATOMIC_SEQ_CST)) {
            sched_yield();
        }
        for (int i = 0; i < attempt; i++) {
            sched_yield();
        }
        EQ(mx_handle_close(w.handle), MX_OK);
        pthread_join(thread, NULL);
        if (w.status == MX_ERR_CANCELED) {
            TRUE(w.seen & MX_SIGNAL_HANDLE_CLOSED);
            return;
        }
        EQ(w.status, MX_ERR_BAD_HANDLE);
    }
    EQ(many, -1); // no wait has ever begun
}

static void* wait_for_packet(void* got) {
    mx_port_packet_t packet;
    EQ(mx_port_wait(port, MX_TIME_INFINITE, &packet, 0u), MX_OK);
    *(uint64_t*)got = packet.key;
    return NULL;
}

// play sends a number to the other end, which sends the next one back.
static void* play(void* argument) {
    mx_handle_t h = *(mx_handle_t*)argument;
    for (;;) {
        uint32_t ball;
        size_t n;
        mx_status_t status = mx_socket_read(h, 0u, &ball, sizeof(ball), &n);
        if (status == MX_ERR_SHOULD_WAIT) {
            EQ(mx_object_wait_one(h, MX_SOCKET_READABLE | MX_SOCKET_PEER_CLOSED, MX_TIME_INFINITE, NULL), MX_OK);
            continue;
        }
        if (status == MX_ERR_PEER_CLOSED) {
            return NULL;
        }
        EQ(status, MX_OK);
        if (++ball > ROUNDS) {
            EQ(ball, ROUNDS + 1);
            EQ(mx_handle_close(h), MX_OK);
            return NULL;
        }
        EQ(mx_socket_write(h, 0u, &ball, sizeof(ball), NULL), MX_OK);
    }
}

static void* come_and_go(void* argument) {
    mx_handle_t h = 0;
    (void)argument;
    EQ(mx_event_create(0u, &h), MX_OK);
    EQ(mx_object_signal(h, 0u, MX_EVENT_SIGNALED), MX_OK);
    EQ(mx_object_wait_one(h, MX_EVENT_SIGNALED, MX_TIME_INFINITE, NULL), MX_OK);
    EQ(mx_socket_write(h, 0u, NULL, 5, NULL), MX_ERR_INVALID_ARGS);
    EQ(mx_event_create(0u, (mx_handle_t*)8), MX_ERR_INVALID_ARGS);
    EQ(mx_handle_close(h), MX_OK);
    return NULL;
}

int main(void) {
    struct wait one = {MX_HANDLE_INVALID, 0, 0, MX_ERR_INTERNAL, 0u};
    uint64_t key = 0;
    EQ(mx_event_create(0u, &one.handle), MX_OK);
    EQ(mx_port_create(edition() == ZIRCON ? 0u : MX_PORT_OPT_V2, &port), MX_OK);
    pthread_t for_ever = start(wait_for_ever, &one);
    pthread_t packet = start(wait_for_packet, &key);

    // With these blocked, others go on.
    pthread_t players[PAIRS][2];
    for (int i = 0; i < PAIRS; i++) {
        uint32_t ball = 0;
        EQ(mx_socket_create(MX_SOCKET_STREAM, &ends[i][0], &ends[i][1]), MX_OK);
        EQ(mx_socket_write(ends[i][0], 0u, &ball, sizeof(ball), NULL), MX_OK);
        for (int k = 0; k < 2; k++) {
            players[i][k] = start(play, &ends[i][k]);
        }
    }
    for (int i = 0; i < PAIRS; i++) {
        pthread_join(players[i][0], NULL);
        pthread_join(players[i][1], NULL);
    }
    for (int i = 0; i < SHORT_LIVED; i++) {
        pthread_join(start(come_and_go, NULL), NULL);
    }

    EQ(mx_object_signal(one.handle, 0u, MX_EVENT_SIGNALED), MX_OK);
    pthread_join(for_ever, NULL);
    EQ(one.status, MX_OK);
    mx_port_packet_t in = {77u, MX_PKT_TYPE_USER, 0, {{{0}}}};
    EQ(mx_port_queue(port, &in, 0u), MX_OK);
    pthread_join(packet, NULL);
    EQ(key, 77);

    EQ(mx_socket_create(MX_SOCKET_STREAM, &ends[0][0], &ends[0][1]), MX_OK);
    cancels(0);
    cancels(1);
    return report();
}

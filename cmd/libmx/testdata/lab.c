// What <libmx/lab.h> is for: small sockets, limits that are reached, handles
// that change their process, waits that say when they block.

#include "check.h"
#include "badmem.h"

#include <libmx/lab.h>
#include <magenta/syscalls.h>
#include <zircon/syscalls.h>

#include <pthread.h>
#include <semaphore.h>

static void before(void) {
    uint32_t id;
    mx_handle_t h;
    EQ(mx_lab_process_create(NULL, MX_LAB_NO_LIMIT, MX_LAB_NO_LIMIT, &id), MX_ERR_BAD_STATE);
    EQ(mx_lab_process_enter(0), MX_ERR_BAD_STATE);
    EQ(mx_lab_socket_create(0u, 5, &h, &h), MX_ERR_BAD_STATE);
    EQ(mx_lab_handle_transfer(1, 0u, &h), MX_ERR_BAD_STATE);
    EQ(mx_lab_socket_outstanding(1, NULL), MX_ERR_BAD_STATE);
    EQ(mx_lab_on_block(NULL, NULL), MX_ERR_BAD_STATE);
    EQ(mx_lab_reset("kernel2018"), MX_ERR_INVALID_ARGS);
}

// The walk-through of a short write.
static void capacity(void) {
    mx_handle_t a, b;
    size_t n = 0;
    EQ(mx_lab_socket_create(MX_SOCKET_STREAM, 5, &a, &b), MX_OK);
    EQ(mx_socket_write(a, 0u, "HELLO-WORLD", 11, &n), MX_OK);
    EQ(n, 5);
    EQ(mx_socket_write(a, 0u, "-WORLD", 6, &n), MX_ERR_SHOULD_WAIT);
    EQ(mx_lab_socket_outstanding(b, &n), MX_OK);
    EQ(n, 5);
    EQ(mx_lab_socket_outstanding(a, NULL), MX_OK);
    EQ(mx_lab_socket_create(MX_SOCKET_STREAM, 0, &a, &b), MX_ERR_INVALID_ARGS);
    EQ(mx_lab_socket_create(MX_SOCKET_STREAM, (uint64_t)1 << 32, &a, &b), MX_ERR_INVALID_ARGS);
}

static void limits(void) {
    uint32_t few = 99, little = 99;
    mx_handle_t a, b, c;
    size_t n = 0;
    static char big[100000];
    EQ(mx_lab_process_create(NULL, 2, MX_LAB_NO_LIMIT, &few), MX_OK);
    EQ(mx_lab_process_create(NULL, MX_LAB_NO_LIMIT, 5000, &little), MX_OK);
    EQ(mx_lab_process_create(NULL, 1u << 30, MX_LAB_NO_LIMIT, &few), MX_ERR_INVALID_ARGS);
    EQ(mx_lab_process_create("x", 1, 1, &few), MX_ERR_INVALID_ARGS);
    EQ(mx_lab_process_enter(77), MX_ERR_NOT_FOUND);
    EQ(mx_lab_process_enter(few), MX_OK);
    EQ(mx_socket_create(0u, &a, &b), MX_OK);
    EQ(mx_event_create(0u, &c), MX_ERR_NO_MEMORY);
    EQ(mx_handle_close(b), MX_OK);
    EQ(mx_event_create(0u, &c), MX_OK);
    EQ(mx_lab_process_enter(little), MX_OK);
    EQ(mx_handle_close(c), MX_ERR_BAD_HANDLE); // a handle of another process
    EQ(mx_socket_create(0u, &a, &b), MX_OK);
    EQ(mx_socket_write(a, 0u, big, sizeof(big), &n), MX_OK);
    TRUE(n > 0 && n < 5000);
    EQ(mx_lab_process_enter(0), MX_OK);
}

static void transfer(void) {
    uint32_t other = 0, old = 0;
    mx_handle_t a, b, moved = 0;
    size_t n = 0;
    char buffer[8] = "";
    EQ(mx_lab_process_create(NULL, MX_LAB_NO_LIMIT, MX_LAB_NO_LIMIT, &other), MX_OK);
    EQ(mx_lab_process_create("zircon", MX_LAB_NO_LIMIT, MX_LAB_NO_LIMIT, &old), MX_OK);
    EQ(mx_socket_create(0u, &a, &b), MX_OK);
    EQ(mx_lab_handle_transfer(b, 77, &moved), MX_ERR_NOT_FOUND);
    EQ(mx_lab_handle_transfer(b, old, &moved), MX_ERR_NOT_SUPPORTED);
    EQ(mx_lab_handle_transfer(b, other, &moved), MX_OK);
    EQ(mx_handle_close(b), MX_ERR_BAD_HANDLE);
    EQ(mx_socket_write(a, 0u, "hello", 5, NULL), MX_OK);
    EQ(mx_lab_process_enter(other), MX_OK);
    EQ(mx_socket_read(moved, 0u, buffer, sizeof(buffer), &n), MX_OK);
    EQ(n, 5);
    EQ(mx_lab_process_enter(old), MX_OK);
    EQ(zx_port_create(0u, (zx_handle_t*)&b), ZX_OK); // by the rules of its edition
    EQ(mx_lab_process_enter(0), MX_OK);
}

static sem_t blocked;
static mx_handle_t one;
static mx_status_t result;

static void post(void* argument) {
    sem_post(argument);
}

static void* wait_for_one(void* argument) {
    mx_wait_item_t item = {one, MX_EVENT_SIGNALED, 0u};
    mx_port_packet_t packet;
    (void)argument;
    EQ(mx_lab_on_block(post, &blocked), MX_OK);
    mx_object_wait_one(one, MX_EVENT_SIGNALED, 0u, NULL); // does not block, and takes the hook
    EQ(sem_trywait(&blocked), -1);
    EQ(mx_lab_on_block(post, &blocked), MX_OK);
    result = mx_object_wait_one(one, MX_EVENT_SIGNALED, MX_TIME_INFINITE, NULL);
    EQ(mx_lab_on_block(post, &blocked), MX_OK);
    mx_object_wait_many(&item, 1u, MX_TIME_INFINITE); // until the reset
    EQ(mx_port_wait(one, 0u, &packet, 0u), MX_ERR_BAD_HANDLE);
    return NULL;
}

// No sleep: the wait itself says that it blocks.
static void blocking(void) {
    pthread_t thread;
    sem_init(&blocked, 0, 0);
    EQ(mx_event_create(0u, &one), MX_OK);
    pthread_create(&thread, NULL, wait_for_one, NULL);
    sem_wait(&blocked);
    EQ(mx_object_signal(one, 0u, MX_EVENT_SIGNALED), MX_OK);
    EQ(mx_object_signal(one, MX_EVENT_SIGNALED, 0u), MX_OK);
    sem_wait(&blocked);
    EQ(result, MX_OK);
    EQ(mx_lab_reset("zircon"), MX_OK); // ends the second wait, and the event
    pthread_join(thread, NULL);
    EQ(mx_handle_close(one), MX_ERR_BAD_HANDLE);
    EQ(mx_handle_close(0), MX_OK);
}

static void pointers(void) {
    make_bad_memory();
    for (int kind = 0; kind < BAD_OUTPUTS; kind++) {
        mx_handle_t a = 0, b = 0;
        EQ(mx_socket_create(0u, &a, &b), MX_OK);
        if (kind < BAD_INPUTS) {
            EQ_NOTE(bad_names[kind], mx_lab_reset(bad(kind, 1)), MX_ERR_INVALID_ARGS);
        }
        EQ_NOTE(bad_names[kind], mx_lab_process_create(NULL, 1, 1, bad(kind, 4)), MX_ERR_INVALID_ARGS);
        EQ_NOTE(bad_names[kind], mx_lab_handle_transfer(a, 0u, bad(kind, 4)), MX_ERR_INVALID_ARGS);
        EQ_NOTE(bad_names[kind], mx_lab_socket_outstanding(a, bad(kind, 8)),
                kind == IS_NULL ? MX_OK : MX_ERR_INVALID_ARGS);
        EQ_NOTE(bad_names[kind], mx_lab_socket_create(0u, 5, bad(kind, 4), &a), MX_ERR_INVALID_ARGS);
        EQ_NOTE(bad_names[kind], mx_lab_socket_create(0u, 5, &a, bad(kind, 4)), MX_ERR_INVALID_ARGS);
        EQ_NOTE(bad_names[kind], mx_handle_close(a), MX_OK);
        mx_handle_close(b);
    }
}

static mx_handle_t ordinary;

// Its wait ends with the process that it began in, or finds that one gone.
static void* wait_for_ordinary(void* argument) {
    mx_status_t status = mx_object_wait_one(ordinary, MX_EVENT_SIGNALED, MX_TIME_INFINITE, NULL);
    (void)argument;
    TRUE(status == MX_ERR_CANCELED || status == MX_ERR_BAD_HANDLE);
    return NULL;
}

int main(void) {
    pthread_t thread;
    before();
    EQ(mx_event_create(0u, &ordinary), MX_OK);
    pthread_create(&thread, NULL, wait_for_ordinary, NULL);
    EQ(mx_lab_reset("manual"), MX_OK);
    pthread_join(thread, NULL);
    EQ(mx_handle_close(ordinary), MX_ERR_BAD_HANDLE);
    EQ(mx_set_edition("manual"), MX_ERR_BAD_STATE);
    capacity();
    limits();
    transfer();
    blocking();
    EQ(mx_lab_reset("kernel2017"), MX_OK);
    pointers();
    return report();
}

// The adapter to system calls of Magenta and Zircon: those of libmx, which has
// the laboratory (<libmx/lab.h>) for what the calls of a kernel leave out.
// 2017 is asked in the spelling mx_, zircon in the spelling zx_.
//
//     cc -o mx-adapter mx.c mxwire.c $(pkg-config --cflags --libs libmx) -lpthread
//     mxconform run -exec ./mx-adapter

#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <libmx/lab.h>
#include <magenta/syscalls.h>
#include <magenta/syscalls/object.h>
#include <magenta/syscalls/port.h>
#include <zircon/syscalls.h>
#include <zircon/syscalls/object.h>
#include <zircon/syscalls/port.h>

#include "mxwire.h"

enum { DATA = 4 << 20, ITEMS = 4096, WALL = 1 << 16 };

static struct mxwire kernel;
static int zircon;                       // the edition of the kernel
static uint8_t data[DATA], *wall;        // DATA good bytes end where wall begins
static struct mxwire_item items[ITEMS];

// A wait that may block has a thread of its own.
struct wait {
    struct mxwire_call call;
    int status;
    int parked, done, dropped; // guarded by mutex
};

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER, printing = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int blocked; // waits that are parked; guarded by mutex

#define CALL(name, ...) (zircon ? zx_##name(__VA_ARGS__) : mx_##name(__VA_ARGS__))

// raw makes a write or a read of memory that may be bad.
static int raw(struct mxwire_call* c) {
    size_t actual = MXWIRE_UNTOUCHED;
    size_t* pointer = c->memory.actual == MXWIRE_ACTUAL_GOOD   ? &actual
                      : c->memory.actual == MXWIRE_ACTUAL_NULL ? NULL
                                                               : (size_t*)(void*)wall;
    uint8_t* memory = c->memory.null ? NULL : wall - c->size;
    uint64_t size = c->size + c->memory.bad;
    int status;
    if (c->call == MXWIRE_WRITE_RAW) {
        memcpy(wall - c->size, c->data, c->size);
        status = CALL(socket_write, c->handle, (uint32_t)c->in[0], memory, size, pointer);
    } else {
        status = CALL(socket_read, c->handle, (uint32_t)c->in[0], memory, size, pointer);
        memcpy(c->data, wall - c->size, c->size);
    }
    c->out[0] = actual;
    return status;
}

// block makes a call that may block.
static int block(struct mxwire_call* c) {
    int64_t end = c->deadline == MXWIRE_NEVER  ? ZX_TIME_INFINITE
                  : c->deadline == MXWIRE_PAST ? 0
                                               : zx_deadline_after((int64_t)c->deadline * 1000);
    if (c->call == MXWIRE_WAIT) {
        return CALL(object_wait_one, c->handle, c->items->signals, end, &c->items->observed);
    }
    if (c->call == MXWIRE_WAIT_MANY) {
        return CALL(object_wait_many, (void*)c->items, (uint32_t)c->size, end);
    }
    zx_port_packet_t p = {0};
    int status = zircon ? zx_port_wait(c->handle, end, &p) : mx_port_wait((mx_handle_t)c->handle, (uint64_t)end, &p, 0);
    c->packet = (struct mxwire_packet){
        p.key, p.type, p.status, {0}, p.signal.trigger, p.signal.observed, p.signal.count, (uint64_t)p.signal.timestamp};
    memcpy(c->packet.user, &p.user, sizeof c->packet.user);
    return status;
}

static int abandon(void) {
    mx_lab_reset("manual"); // which cancels its waits
    pthread_mutex_lock(&mutex);
    while (blocked > 0) {
        pthread_cond_wait(&changed, &mutex);
    }
    pthread_mutex_unlock(&mutex);
    return MX_OK;
}

static int create(struct mxwire_call* c) {
    mx_handle_t a = 0, b = 0;
    int status = c->given[1] ? mx_lab_socket_create((uint32_t)c->in[0], c->in[1], &a, &b)
                             : CALL(socket_create, (uint32_t)c->in[0], (void*)&a, (void*)&b);
    c->out[0] = (uint32_t)a;
    c->out[1] = (uint32_t)b;
    return status;
}

static int socket_info(struct mxwire_call* c) {
    zx_info_socket_t i = {0};
    int status = zx_object_get_info(c->handle, ZX_INFO_SOCKET, &i, sizeof i, NULL, NULL);
    const uint64_t out[] = {i.options, i.rx_buf_max, i.rx_buf_size, i.rx_buf_available, i.tx_buf_max, i.tx_buf_size};
    memcpy(c->out, out, sizeof out);
    return status;
}

static int info(struct mxwire_call* c) {
    zx_info_handle_basic_t i = {0};
    int status = CALL(object_get_info, c->handle, ZX_INFO_HANDLE_BASIC, &i, sizeof i, NULL, NULL);
    const uint64_t out[] = {i.type, i.rights, i.koid, i.related_koid, i.props & ZX_OBJ_PROP_WAITABLE};
    memcpy(c->out, out, sizeof out);
    return status;
}

static int port_queue(struct mxwire_call* c) {
    zx_port_packet_t p = {.key = c->packet.key, .type = c->packet.type, .status = c->packet.status};
    memcpy(&p.user, c->packet.user, sizeof c->packet.user);
    return zircon ? zx_port_queue(c->handle, &p) : mx_port_queue((mx_handle_t)c->handle, &p, 0);
}

static int await(struct mxwire_call* c);

// make makes any call.
static int make(void* unused, struct mxwire_call* c) {
    (void)unused;
    const uint32_t h = c->handle, x = (uint32_t)c->in[0], y = (uint32_t)c->in[1];
    uint32_t made = 0;
    size_t count = MXWIRE_UNTOUCHED, value = c->in[1];
    int status = MX_OK;
    switch (c->call) {
    case MXWIRE_ABANDON:
        return abandon();
    case MXWIRE_RESET:
        zircon = strcmp(c->edition, "zircon") == 0;
        abandon();
        return mx_lab_reset(c->edition);
    case MXWIRE_TABLE:
        status = mx_lab_process_create(c->edition[0] ? c->edition : NULL, c->given[0] ? c->in[0] : MX_LAB_NO_LIMIT,
                                       c->given[1] ? c->in[1] : MX_LAB_NO_LIMIT, &made);
        c->out[0] = made;
        return status;
    }
    if (mx_lab_process_enter(c->process) != MX_OK) {
        c->text = "there is no such process";
        return MXWIRE_NO;
    }
    switch (c->call) {
    case MXWIRE_CREATE: return create(c);
    case MXWIRE_WRITE_RAW:
    case MXWIRE_READ_RAW: return raw(c);
    case MXWIRE_INFO: return info(c);
    case MXWIRE_SOCKET_INFO: return socket_info(c);
    case MXWIRE_PORT_QUEUE: return port_queue(c);
    case MXWIRE_WAIT:
    case MXWIRE_WAIT_MANY:
    case MXWIRE_PORT_WAIT: return await(c);
    case MXWIRE_CLOSE: return CALL(handle_close, h);
    case MXWIRE_SIGNAL: return CALL(object_signal, h, x, y);
    case MXWIRE_SIGNAL_PEER: return CALL(object_signal_peer, h, x, y);
    case MXWIRE_SET_DISPOSITION: return zx_socket_set_disposition(h, x, y);
    case MXWIRE_SET_PROPERTY: return CALL(object_set_property, h, x, &value, sizeof value);
    case MXWIRE_WAIT_ASYNC: return CALL(object_wait_async, h, x, c->in[1], (uint32_t)c->in[2], (uint32_t)c->in[3]);
    case MXWIRE_PORT_CANCEL: return CALL(port_cancel, x, h, c->in[1]);
    // These give a handle, or a count.
    case MXWIRE_EVENT: status = CALL(event_create, 0, (void*)&made); break;
    case MXWIRE_PORT: status = CALL(port_create, x, (void*)&made); break;
    case MXWIRE_DUPLICATE: status = CALL(handle_duplicate, h, x, (void*)&made); break;
    case MXWIRE_REPLACE: status = CALL(handle_replace, h, x, (void*)&made); break;
    case MXWIRE_TRANSFER: status = mx_lab_handle_transfer((mx_handle_t)h, x, (void*)&made); break;
    case MXWIRE_WRITE: status = CALL(socket_write, h, x, c->data, c->size, &count); break;
    case MXWIRE_READ: status = CALL(socket_read, h, x, c->data, c->size, &count); break;
    case MXWIRE_GET_PROPERTY: status = CALL(object_get_property, h, x, &count, sizeof count); break;
    case MXWIRE_OUTSTANDING:
        status = zircon ? mx_lab_socket_outstanding((mx_handle_t)h, &count)
                        : mx_socket_read((mx_handle_t)h, 0, NULL, 0, &count);
    }
    c->out[0] = made ? made : count;
    return status;
}

static void has_blocked(void* argument) {
    struct wait* w = argument;
    mxwire_parked(&kernel, w->call.number);
    pthread_mutex_lock(&mutex);
    w->parked = 1;
    blocked++;
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&mutex);
}

// drop lets go of a wait, which its thread and await share. The mutex is held.
static void drop(struct wait* w) {
    if (w->dropped++) {
        free(w->call.items);
        free(w);
    }
}

static void* waiter(void* argument) {
    struct wait* w = argument;
    mx_lab_process_enter(w->call.process);
    mx_lab_on_block(has_blocked, w);
    w->status = block(&w->call);
    if (w->parked) { // only this thread sets it
        mxwire_answer(&kernel, &w->call, w->status);
    }
    pthread_mutex_lock(&mutex);
    blocked -= w->parked;
    w->done = 1;
    pthread_cond_broadcast(&changed);
    drop(w);
    pthread_mutex_unlock(&mutex);
    return NULL;
}

// await makes a call that may block on a thread of its own, and returns when it
// has blocked or returned.
static int await(struct mxwire_call* c) {
    if (c->deadline == MXWIRE_PAST) {
        return block(c);
    }
    struct wait* w = calloc(1, sizeof *w);
    pthread_t thread;
    w->call = *c;
    w->call.items = memcpy(calloc(c->size + 1, sizeof *c->items), c->items, c->size * sizeof *c->items);
    if (pthread_create(&thread, NULL, waiter, w) != 0) {
        abort();
    }
    pthread_detach(thread);
    pthread_mutex_lock(&mutex);
    while (!w->parked && !w->done) {
        pthread_cond_wait(&changed, &mutex);
    }
    int status = MXWIRE_PARKED;
    if (!w->parked) {
        status = w->status;
        memcpy(c->items, w->call.items, c->size * sizeof *c->items);
        c->packet = w->call.packet;
    }
    drop(w);
    pthread_mutex_unlock(&mutex);
    return status;
}

// Standard input and output.

static int get(void* unused) {
    (void)unused;
    return getchar_unlocked();
}

static void put(void* unused, char c) {
    (void)unused;
    putchar_unlocked(c);
}

static void flush(void* unused) {
    (void)unused;
    fflush(stdout);
}

static void lock(void* unused) {
    (void)unused;
    pthread_mutex_lock(&printing);
}

static void unlock(void* unused) {
    (void)unused;
    pthread_mutex_unlock(&printing);
}

static struct mxwire kernel = {
    .get = get, .put = put, .flush = flush, .lock = lock, .unlock = unlock,
    .hello = "name=libmx editions=manual,kernel2017,zircon waits=16 has=churn lacks=close-all,holds",
    .data = data, .data_size = DATA, .items = items, .items_size = ITEMS,
};

int main(void) {
    // Nothing can be read or written behind the good bytes.
    uint8_t* memory = mmap(NULL, DATA + WALL, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED || mprotect(memory + DATA, WALL, PROT_NONE) != 0) {
        perror("memory");
        return 1;
    }
    wall = memory + DATA;
    for (int i = 0; i < MXWIRE_CALLS; i++) {
        kernel.calls[i] = i == MXWIRE_INTERRUPT ? NULL : make;
    }
    mxwire_serve(&kernel);
    fflush(stdout);
    _exit(0); // whatever still waits
}

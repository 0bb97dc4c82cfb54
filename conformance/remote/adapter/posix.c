// The adapter to descriptors of POSIX: AF_UNIX stream and datagram sockets, and
// pipes. It translates as package posixfd does, and its results are judged as
// those of that package are. It has one thread: a wait that sleeps in poll is a
// set of descriptors that the loop which reads requests polls, too.
//
//     cc -static -o posix-adapter posix.c mxwire.c
//     mxconform run -exec './posix-adapter pipe'      (or unix-stream, unix-dgram)

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "mxwire.h"

enum {
    DATA = 4 << 20, ITEMS = 4096, WALL = 1 << 16, VALUES = 1 << 16, WAITS = 8, AWAY = 100, CLOSED = -1,
    READABLE = 1, WRITABLE = 2, GONE = 4, SAME_RIGHTS = 1 << 31, ALL_RIGHTS = 15,
    TIMED_OUT = -21, INTERRUPTED = -6,
    ALWAYS = POLLHUP | POLLERR | POLLNVAL, EVERYTHING = POLLIN | POLLOUT | POLLRDHUP,
};

// A handle: a descriptor, or the two of a pipe, of an end that may have more.
struct handle {
    int r, w, live;
    int* end; // how many handles the end has
};

struct wait {
    struct mxwire_call call; // its items are a copy
    struct pollfd* asked;
    uint64_t end; // when the deadline is, in nanoseconds
    int active;
};

static struct mxwire kernel;
static uint8_t data[DATA], *wall;
static struct mxwire_item items[ITEMS];
static const char* kind;
static int is_pipe, half_close_reads; // SHUT_RD is what a half close ends
static struct handle handles[VALUES];  // by value
static uint8_t owned[VALUES];          // descriptors that are open and a case's
static int ends[VALUES], used;
static uint32_t last;                  // the largest value given out
static struct wait waits[WAITS];
static int in, out;
static char output[1 << 16], input[1 << 16];
static size_t printed, got, taken;

static int no(struct mxwire_call* c, const char* name, const char* why) {
    c->name = name;
    c->text = why;
    return MXWIRE_NO;
}

static int failed(struct mxwire_call* c, int error) {
    static const struct { int error, status; } statuses[] = {
        {EAGAIN, -22}, {EPIPE, -24}, {ECONNRESET, -24}, {ECONNREFUSED, -24}, {ENOTCONN, -24},
        {EBADF, -11}, {ENOTSOCK, -12}, {EINVAL, -10}, {EFAULT, -10}, {EACCES, -30}, {EPERM, -30},
        {ENOMEM, -4}, {ENOBUFS, -4}, {EMFILE, -4}, {ENFILE, -4}, {EMSGSIZE, -14},
    };
    c->error = error;
    for (unsigned i = 0; i < sizeof statuses / sizeof *statuses; i++) {
        if (statuses[i].error == error) {
            return statuses[i].status;
        }
    }
    return -1;
}

static int foreign(struct mxwire_call* c) {
    return no(c, "fd-reuse", "that is no descriptor of this case: the number may belong to the adapter");
}

// find says what a value stands for: also one that is closed, or never was.
static struct handle* find(uint32_t h) {
    static struct handle stranger;
    if (h < VALUES && (handles[h].live || (is_pipe && h > 0 && h <= last))) {
        return &handles[h];
    }
    stranger = (struct handle){(int)h, (int)h, 0, NULL};
    return is_pipe ? NULL : &stranger;
}

// reach reports whether a system call may be made on fd: it is the case's, or it
// is closed and the call can only fail.
static int reach(int fd) {
    return fd == CLOSED || (fd >= 0 && fd < VALUES && owned[fd]) || fcntl(fd, F_GETFD) < 0;
}

// own takes charge of a new descriptor, above those of the standard streams.
static int own(int fd) {
    if (fd >= 0 && fd <= 2) {
        int moved = fcntl(fd, F_DUPFD_CLOEXEC, 3);
        close(fd);
        fd = moved;
    }
    if (fd >= 0) {
        owned[fd] = 1;
    }
    return fd;
}

static uint32_t bind_value(int r, int w, int* end) {
    uint32_t h = is_pipe ? ++last : (uint32_t)r;
    last = h > last ? h : last;
    handles[h] = (struct handle){r, w, 1, end};
    ++*end;
    return h;
}

static int create(struct mxwire_call* c) {
    int datagram = strcmp(kind, "unix-dgram") == 0;
    int there[2], back[2];
    if (c->in[0] > 1 || (int)c->in[0] != datagram) {
        return no(c, "fixed-mode", "the kind of a descriptor is its mode");
    }
    if (is_pipe) {
        if (pipe2(there, O_CLOEXEC | O_NONBLOCK) < 0 || (there[0] = own(there[0])) < 0 || (there[1] = own(there[1])) < 0 ||
            pipe2(back, O_CLOEXEC | O_NONBLOCK) < 0 || (back[0] = own(back[0])) < 0 || (back[1] = own(back[1])) < 0) {
            return failed(c, errno);
        }
        if (c->given[1]) {
            int size = c->in[1] < 1 << 20 ? (int)c->in[1] : 1 << 20;
            fcntl(there[1], F_SETPIPE_SZ, size); // a wish
            fcntl(back[1], F_SETPIPE_SZ, size);
        }
    } else {
        int type = (datagram ? SOCK_DGRAM : SOCK_STREAM) | SOCK_CLOEXEC | SOCK_NONBLOCK;
        if (socketpair(AF_UNIX, type, 0, back) < 0 || (back[0] = own(back[0])) < 0 || (back[1] = own(back[1])) < 0) {
            return failed(c, errno);
        }
        there[0] = back[1];
        there[1] = back[0];
        int size = c->in[1] < INT32_MAX / 2 ? (int)c->in[1] : INT32_MAX / 2;
        for (int i = 0; i < 2 && c->given[1]; i++) {
            setsockopt(back[i], SOL_SOCKET, SO_SNDBUF, &size, sizeof size); // a wish
        }
    }
    used += 2;
    c->out[0] = bind_value(back[0], there[1], &ends[used - 2]);
    c->out[1] = bind_value(there[0], back[1], &ends[used - 1]);
    return 0;
}

static uint64_t now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000 + (uint64_t)t.tv_nsec;
}

// break_off ends the waits on a descriptor that has been closed: poll goes on.
static void break_off(int fd) {
    for (struct wait* w = waits; w < waits + WAITS; w++) {
        for (uint64_t i = 0; w->active && i < w->call.size * 2; i++) {
            if (w->asked[i].fd == fd) {
                w->active = 0;
                w->call.error = EINTR;
                mxwire_answer(&kernel, &w->call, INTERRUPTED);
            }
        }
    }
}

static int close_fd(int fd) {
    owned[fd] = 0;
    int result = close(fd);
    break_off(fd);
    return result;
}

static int half_close(struct mxwire_call* c, struct handle* e) {
    if (!is_pipe) {
        return !reach(e->r) ? foreign(c) : shutdown(e->r, half_close_reads ? SHUT_RD : SHUT_WR) < 0 ? failed(c, errno) : 0;
    }
    if (e->live && *e->end > 1) {
        return no(c, "pipe-dup-keeps-open", "the end of the pipe has a duplicate: closing one of them ends nothing");
    }
    int* fd = half_close_reads ? &e->r : &e->w;
    if (!reach(*fd)) {
        return foreign(c);
    }
    int result = *fd == CLOSED ? failed(c, EBADF) : close_fd(*fd) < 0 ? failed(c, errno) : 0;
    *fd = CLOSED;
    return result;
}

// move_data makes a write or a read of size bytes at p.
static int move_data(struct mxwire_call* c, struct handle* e, int writes, uint8_t* p, uint64_t size) {
    int fd = writes ? e->w : e->r;
    if (!reach(fd)) {
        return foreign(c);
    }
    ssize_t n = writes ? (is_pipe ? write(fd, p, size) : send(fd, p, size, MSG_DONTWAIT | MSG_NOSIGNAL))
                       : (is_pipe ? read(fd, p, size) : recv(fd, p, size, MSG_DONTWAIT));
    c->out[0] = n < 0 ? c->out[0] : (uint64_t)n;
    return n < 0 ? failed(c, errno) : 0;
}

static int outstanding(struct mxwire_call* c, struct handle* e) {
    int n;
    if (!reach(e->r)) {
        return foreign(c);
    }
    if (ioctl(e->r, FIONREAD, &n) < 0) {
        return failed(c, errno);
    }
    c->out[0] = (uint64_t)n;
    return 0;
}

static int transfer_bytes(struct mxwire_call* c, struct handle* e) {
    int writes = c->call == MXWIRE_WRITE || c->call == MXWIRE_WRITE_RAW;
    int raw = c->call == MXWIRE_WRITE_RAW || c->call == MXWIRE_READ_RAW;
    uint64_t size = c->size + (raw ? c->memory.bad : 0);
    if (raw && c->memory.actual != MXWIRE_ACTUAL_GOOD) {
        return no(c, "count-returned", "the count is what the call returns: there is no pointer to it");
    }
    if (writes && c->in[0] == 1 && size == 0) {
        int status = e ? half_close(c, e) : foreign(c);
        c->out[0] = status == 0 ? 0 : c->out[0];
        return status;
    }
    if (c->in[0] != 0) {
        return no(c, "no-options", "send and recv have no such flags");
    }
    if (!e) {
        return foreign(c);
    }
    if (!raw) {
        return move_data(c, e, writes, c->data, size);
    }
    if (c->memory.null && size == 0 && !writes) {
        return outstanding(c, e);
    }
    memcpy(wall - c->size, c->data, c->size);
    int status = move_data(c, e, writes, c->memory.null ? NULL : wall - c->size, size);
    memcpy(c->data, wall - c->size, c->size);
    return status;
}

static int close_handle(struct mxwire_call* c, struct handle* e) {
    int fds[2] = {e->r, e->w}, error = 0;
    if (!reach(e->r) || !reach(e->w)) {
        return foreign(c);
    }
    if (e->live) {
        e->live = 0;
        --*e->end;
    }
    for (int i = 0; i < 1 + is_pipe; i++) {
        if (fds[i] == CLOSED) {
            continue; // its other end kept the handle alive
        }
        if (fds[i] < 0 || fds[i] >= VALUES || !owned[fds[i]]) {
            error = EBADF;
        } else if (close_fd(fds[i]) < 0) {
            error = errno;
        }
    }
    return error ? failed(c, error) : 0;
}

static int duplicate(struct mxwire_call* c, struct handle* e) {
    int fds[2] = {e ? e->r : 0, e ? e->w : 0};
    if ((uint32_t)c->in[0] != (uint32_t)SAME_RIGHTS && c->in[0] != ALL_RIGHTS) {
        return no(c, "rights", "dup copies what the descriptor can do");
    }
    if (!e) {
        return foreign(c);
    }
    for (int i = 0; i < 1 + is_pipe; i++) {
        if (fds[i] == CLOSED && is_pipe) {
            continue;
        }
        if (!reach(fds[i])) {
            return foreign(c);
        }
        if ((fds[i] = fcntl(fds[i], F_DUPFD_CLOEXEC, 3)) < 0) {
            return failed(c, errno);
        }
        owned[fds[i]] = 1;
    }
    c->out[0] = bind_value(fds[0], is_pipe ? fds[1] : fds[0], e->end);
    return 0;
}

// A look asks for everything, whatever was asked for.
static int look(const struct mxwire_call* c, const struct pollfd* asked, int* ready) {
    static struct pollfd seen[2 * ITEMS];
    *ready = 0;
    for (uint64_t i = 0; i < 2 * c->size; i++) {
        seen[i] = asked[i];
        seen[i].events = is_pipe ? EVERYTHING & ~(i % 2 ? POLLIN : POLLOUT) : EVERYTHING;
    }
    if (poll(seen, 2 * c->size, 0) < 0) {
        return errno;
    }
    for (uint64_t i = 0; i < 2 * c->size; i++) {
        int e = seen[i].revents;
        c->items[i / 2].observed |= (e & POLLIN ? READABLE : 0) | (e & POLLOUT ? WRITABLE : 0) |
                                    (e & (POLLHUP | POLLERR | POLLRDHUP) ? GONE : 0);
        *ready |= (e & (asked[i].events | ALWAYS)) != 0;
        if (e & POLLNVAL) {
            return EBADF;
        }
    }
    return 0;
}

static int wait_for(struct mxwire_call* c) {
    static struct pollfd asked[2 * ITEMS]; // a socket has one of the two
    int ready, nothing = 1;
    for (uint64_t i = 0; i < c->size; i++) {
        uint32_t s = c->items[i].signals;
        struct handle* e = find(c->items[i].handle);
        if (s & ~(uint32_t)(READABLE | WRITABLE | GONE)) {
            return no(c, "signals", "poll knows readable, writable and gone");
        }
        if (!e || !reach(e->r) || (is_pipe && !reach(e->w))) {
            return foreign(c);
        }
        short events = (s & READABLE ? POLLIN : 0) | (s & WRITABLE ? POLLOUT : 0) | (s & GONE ? POLLRDHUP : 0);
        asked[2 * i] = (struct pollfd){e->r, is_pipe ? events & ~POLLOUT : events, 0};
        asked[2 * i + 1] = (struct pollfd){is_pipe ? e->w : CLOSED, events & ~POLLIN, 0};
        nothing &= s == 0;
    }
    int error = look(c, asked, &ready);
    if (error) {
        return failed(c, error);
    }
    if (c->deadline == MXWIRE_PAST) {
        return ready && !nothing ? 0 : TIMED_OUT;
    }
    if (ready) {
        return 0;
    }
    for (struct wait* w = waits; w < waits + WAITS; w++) {
        if (!w->active) {
            w->call = *c;
            w->call.items = memcpy(realloc(w->call.items == c->items ? NULL : w->call.items, (c->size + 1) * sizeof *c->items),
                                   c->items, c->size * sizeof *c->items);
            w->asked = memcpy(realloc(w->asked, (2 * c->size + 1) * sizeof *asked), asked, 2 * c->size * sizeof *asked);
            w->end = c->deadline == MXWIRE_NEVER ? UINT64_MAX : now() + c->deadline * 1000;
            w->active = 1;
            mxwire_parked(&kernel, c->number);
            return MXWIRE_PARKED;
        }
    }
    return no(c, "-", "no room for another wait");
}

// visit ends the waits that have a reason to, and returns how long the others
// may sleep, in milliseconds, or -1.
static int visit(void) {
    uint64_t next = UINT64_MAX;
    for (struct wait* w = waits; w < waits + WAITS; w++) {
        int ready = 0, error;
        if (!w->active) {
            continue;
        }
        for (uint64_t i = 0; i < w->call.size; i++) {
            w->call.items[i].observed = 0;
        }
        error = look(&w->call, w->asked, &ready);
        if (error || ready || now() >= w->end) {
            w->active = 0;
            mxwire_answer(&kernel, &w->call, error ? failed(&w->call, error) : ready ? 0 : TIMED_OUT);
        } else if (w->end < next) {
            next = w->end;
        }
    }
    return next == UINT64_MAX ? -1 : (int)((next - now()) / 1000000 + 1);
}

static int abandon(uint64_t number, int all) {
    for (struct wait* w = waits; w < waits + WAITS; w++) {
        if (w->active && (all || w->call.number == number)) {
            w->active = 0;
            w->call.error = EINTR;
            mxwire_answer(&kernel, &w->call, INTERRUPTED);
        }
    }
    return 0;
}

static int make(void* unused, struct mxwire_call* c) {
    (void)unused;
    struct handle* e = find(c->handle);
    switch (c->call) {
    case MXWIRE_RESET:
    case MXWIRE_ABANDON:
        abandon(0, 1);
        for (int fd = 0; fd < VALUES; fd++) {
            if (owned[fd]) {
                close_fd(fd);
            }
        }
        memset(handles, 0, (last + 1) * sizeof *handles);
        memset(ends, 0, (size_t)used * sizeof *ends);
        last = 0;
        used = 0;
        half_close_reads = c->call == MXWIRE_ABANDON || strcmp(c->edition, "manual") == 0;
        return 0;
    case MXWIRE_INTERRUPT:
        visit();
        return abandon(c->in[0], 0);
    case MXWIRE_CREATE: return create(c);
    case MXWIRE_WAIT:
    case MXWIRE_WAIT_MANY: return wait_for(c);
    case MXWIRE_EVENT: return no(c, "no-events", "no descriptor is an object with signals and no data");
    case MXWIRE_REPLACE: return no(c, "no-replace", "no call moves a descriptor and ends the old one in the same instant");
    case MXWIRE_TABLE:
    case MXWIRE_TRANSFER: return no(c, "one-table", "a process has one descriptor table");
    case MXWIRE_INFO: return no(c, "no-koid", "fstat tells numbers that are used again, and nothing of a peer");
    case MXWIRE_SIGNAL:
    case MXWIRE_SIGNAL_PEER: return no(c, "signals", "a descriptor has no signals to set or clear");
    case MXWIRE_PORT:
    case MXWIRE_PORT_QUEUE:
    case MXWIRE_PORT_WAIT:
    case MXWIRE_WAIT_ASYNC:
    case MXWIRE_PORT_CANCEL: return no(c, "ports", "no descriptor is a queue of packets");
    }
    switch (c->call) {
    case MXWIRE_WRITE:
    case MXWIRE_READ:
    case MXWIRE_WRITE_RAW:
    case MXWIRE_READ_RAW: return transfer_bytes(c, e);
    case MXWIRE_DUPLICATE: return duplicate(c, e);
    }
    if (!e) {
        return foreign(c);
    }
    return c->call == MXWIRE_CLOSE ? close_handle(c, e) : outstanding(c, e);
}

// get looks at the waits while there is no request.
static int get(void* unused) {
    (void)unused;
    while (taken == got) {
        static struct pollfd fds[1 + WAITS * 2 * ITEMS];
        nfds_t n = 1;
        int rest = visit();
        fds[0] = (struct pollfd){in, POLLIN, 0};
        for (struct wait* w = waits; w < waits + WAITS; w++) {
            if (w->active) {
                memcpy(fds + n, w->asked, 2 * w->call.size * sizeof *fds);
                n += 2 * w->call.size;
            }
        }
        if (n > 1 || rest >= 0) {
            poll(fds, n, rest);
            if (!fds[0].revents) {
                continue;
            }
        }
        ssize_t size = read(in, input, sizeof input);
        if (size <= 0) {
            return -1;
        }
        taken = 0;
        got = (size_t)size;
    }
    return (unsigned char)input[taken++];
}

static void flush(void* unused) {
    (void)unused;
    for (size_t at = 0; at < printed;) {
        ssize_t n = write(out, output + at, printed - at);
        if (n <= 0) {
            _exit(1);
        }
        at += (size_t)n;
    }
    printed = 0;
}

static void put(void* unused, char c) {
    output[printed++] = c;
    if (printed == sizeof output) {
        flush(unused);
    }
}

int main(int argc, char** argv) {
    static char hello[200];
    kind = argc == 2 ? argv[1] : "";
    is_pipe = strcmp(kind, "pipe") == 0;
    if (!is_pipe && strcmp(kind, "unix-stream") != 0 && strcmp(kind, "unix-dgram") != 0) {
        fprintf(stderr, "usage: %s unix-stream|unix-dgram|pipe\n", argv[0]);
        return 2;
    }
    signal(SIGPIPE, SIG_IGN);
    struct rlimit files; // poll takes no more items than this
    if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
        files.rlim_cur = files.rlim_max;
        setrlimit(RLIMIT_NOFILE, &files);
    }
    // The cases have the low numbers to themselves.
    in = fcntl(0, F_DUPFD_CLOEXEC, AWAY);
    out = fcntl(1, F_DUPFD_CLOEXEC, AWAY);
    fcntl(2, F_DUPFD_CLOEXEC, AWAY);
    for (int fd = 0; fd < AWAY; fd++) {
        close(fd);
    }
    uint8_t* memory = mmap(NULL, DATA + WALL, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (in < 0 || out < 0 || memory == MAP_FAILED || mprotect(memory + DATA, WALL, PROT_NONE) != 0) {
        return 1;
    }
    wall = memory + DATA;
    snprintf(hello, sizeof hello, "name=%s descriptor=%s editions=manual,kernel2017 waits=%d has=churn,interrupt lacks=zircon-calls,close-all,holds",
             kind, kind, WAITS);
    kernel = (struct mxwire){.get = get, .put = put, .flush = flush, .hello = hello,
                             .data = data, .data_size = DATA, .items = items, .items_size = ITEMS};
    for (int i = 0; i < MXWIRE_CALLS; i++) {
        kernel.calls[i] = make;
    }
    mxwire_serve(&kernel);
    return 0;
}

// An echo service over a socket: a server thread sends back what it receives,
// and the client checks that everything came back. It is what a program for
// these system calls looks like, in C.
//
// Run it with MX_EDITION=manual, kernel2017 or zircon.

#include <magenta/status.h>
#include <magenta/syscalls.h>

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void expect(const char* what, mx_status_t status) {
    if (status != MX_OK) {
        fprintf(stderr, "echo: %s: %s\n", what, mx_status_get_string(status));
        exit(1);
    }
}

// write_all writes everything. A stream takes as much as it has room for, so it
// goes on from what was taken, and when nothing was it waits for room.
static mx_status_t write_all(mx_handle_t socket, const char* data, size_t size) {
    while (size > 0) {
        size_t actual;
        mx_status_t status = mx_socket_write(socket, 0u, data, size, &actual);
        if (status == MX_ERR_SHOULD_WAIT) {
            status = mx_object_wait_one(socket, MX_SOCKET_WRITABLE | MX_SOCKET_PEER_CLOSED,
                                        MX_TIME_INFINITE, NULL);
            actual = 0;
        }
        if (status != MX_OK) {
            return status;
        }
        data += actual;
        size -= actual;
    }
    return MX_OK;
}

// read_some reads what there is, and waits until there is something.
static mx_status_t read_some(mx_handle_t socket, char* data, size_t size, size_t* actual) {
    for (;;) {
        mx_status_t status = mx_socket_read(socket, 0u, data, size, actual);
        if (status != MX_ERR_SHOULD_WAIT) {
            return status;
        }
        status = mx_object_wait_one(socket, MX_SOCKET_READABLE | MX_SOCKET_PEER_CLOSED,
                                    MX_TIME_INFINITE, NULL);
        if (status != MX_OK) {
            return status;
        }
    }
}

static void* serve(void* argument) {
    mx_handle_t socket = *(mx_handle_t*)argument;
    char data[1000];
    size_t size;
    mx_status_t status;
    while ((status = read_some(socket, data, sizeof(data), &size)) == MX_OK) {
        expect("server: write", write_all(socket, data, size));
    }
    if (status != MX_ERR_PEER_CLOSED) {
        expect("server: read", status);
    }
    expect("server: close", mx_handle_close(socket));
    return NULL;
}

int main(void) {
    enum { SIZE = 1 << 20, STEP = 100000 };
    char* sent = malloc(SIZE);
    char* received = malloc(SIZE);
    mx_handle_t client, server;
    pthread_t thread;
    if (sent == NULL || received == NULL) {
        return 1;
    }
    for (size_t i = 0; i < SIZE; i++) {
        sent[i] = (char)(i * 31 + i / 1000);
    }
    expect("create", mx_socket_create(MX_SOCKET_STREAM, &client, &server));
    if (pthread_create(&thread, NULL, serve, &server) != 0) {
        return 1;
    }
    for (size_t at = 0; at < SIZE;) {
        size_t end = at + STEP < SIZE ? at + STEP : SIZE;
        expect("write", write_all(client, sent + at, end - at));
        while (at < end) {
            size_t size;
            expect("read", read_some(client, received + at, SIZE - at, &size));
            at += size;
        }
    }
    expect("close", mx_handle_close(client));
    pthread_join(thread, NULL);
    if (memcmp(sent, received, SIZE) != 0) {
        fprintf(stderr, "echo: something else came back\n");
        return 1;
    }
    printf("%d bytes came back\n", SIZE);
    free(sent);
    free(received);
    return 0;
}

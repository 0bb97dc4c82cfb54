#!/usr/bin/env python3
"""A small kernel with sockets, and its adapter to the conformance suite.

The first half is a kernel of the edition "manual" without processes, ports or
memory of its own. The second half speaks the wire protocol, version 1 (see
../../PROTOCOL.md). Only the standard library is used.

    mxconform run -exec 'python3 toy.py'
"""

import select
import sys
import time

# ---------------------------------------------------------------- the kernel

OK, INVALID_ARGS, BAD_HANDLE, WRONG_TYPE = 0, -10, -11, -12
TIMED_OUT, SHOULD_WAIT, CANCELED, PEER_CLOSED = -21, -22, -23, -24
BAD_STATE, ACCESS_DENIED, NOT_SUPPORTED = -20, -30, -2

DUPLICATE, TRANSFER, READ, WRITE, SAME_RIGHTS = 1, 2, 4, 8, 1 << 31
ALL_RIGHTS = DUPLICATE | TRANSFER | READ | WRITE

READABLE, WRITABLE, GONE, SIGNALED = 1, 2, 4, 8
LAST_HANDLE, HANDLE_CLOSED = 1 << 22, 1 << 23
USER_SIGNALS = 0xFF000000

HALF_CLOSE = 1
CAPACITY = 257024  # of a direction
LARGEST = 0xFFFFFFFF  # size of a write or a read
SOCKET, EVENT = 14, 5


class Failed(Exception):
    """The status of a call that has failed. Nothing has changed."""

    def __init__(self, status):
        self.status = status


class Object:
    """An event, or one end of a socket."""

    def __init__(self, koid, type, peer_koid=0):
        self.koid, self.type, self.peer_koid = koid, type, peer_koid
        self.handles = 0
        self.set = 0  # signals that a program has set
        # Of a socket. What arrives is a list of datagrams, or one piece.
        self.peer, self.inbound, self.ended = None, [], False
        self.capacity, self.datagram = 0, False

    def waiting(self):
        return sum(map(len, self.inbound))

    def may_write(self):
        return self.peer is not None and not self.peer.ended

    def signals(self):
        s = self.set | (LAST_HANDLE if self.handles == 1 else 0)
        if self.type == SOCKET:
            s |= READABLE if self.inbound else 0
            s |= GONE if self.peer is None or self.ended else 0
            if self.may_write() and self.peer.waiting() < self.peer.capacity:
                s |= WRITABLE
        return s


class Kernel:
    """One table of handles. Values of closed handles are not used again soon."""

    count, next_koid = 0, 1024

    def __init__(self):
        self.table = {}  # value -> (object, rights)

    def koids(self):
        Kernel.next_koid += 2
        return Kernel.next_koid, Kernel.next_koid + 1

    def give(self, obj, rights):
        Kernel.count += 1
        h = Kernel.count * 2654435761 & 0x7FFFFFFF  # 31 bits, each value once
        self.table[h] = (obj, rights)
        obj.handles += 1
        return h

    def find(self, h, right=0, type=None):
        if h not in self.table:
            raise Failed(BAD_HANDLE)
        obj, rights = self.table[h]
        if right & ~rights:
            raise Failed(ACCESS_DENIED)
        if type and obj.type != type:
            raise Failed(WRONG_TYPE)
        return obj

    def create(self, options, capacity):
        if options > 1 or not 0 < capacity <= LARGEST:
            raise Failed(INVALID_ARGS)
        x, y = self.koids()
        a, b = Object(x, SOCKET, y), Object(y, SOCKET, x)
        a.peer, b.peer = b, a
        for end in a, b:
            end.capacity, end.datagram = capacity, options == 1
        return self.give(a, ALL_RIGHTS), self.give(b, ALL_RIGHTS)

    def event(self):
        return self.give(Object(self.koids()[0], EVENT), ALL_RIGHTS)

    def write(self, h, options, data):
        end = self.find(h, WRITE, SOCKET)
        if options & ~HALF_CLOSE or options and data:
            raise Failed(INVALID_ARGS)
        if options:
            return self.half_close(end)
        if end.peer is None:
            raise Failed(PEER_CLOSED)
        if not end.may_write():
            raise Failed(BAD_STATE)
        if not data:
            return 0
        queue, room = end.peer.inbound, end.peer.capacity - end.peer.waiting()
        if room == 0 or end.datagram and len(data) > room:
            raise Failed(SHOULD_WAIT)
        if end.datagram or not queue:
            queue.append(data[:room])
        else:
            queue[0] += data[:room]
        return min(room, len(data))

    def half_close(self, end):
        if end.peer is None and not end.ended:
            raise Failed(PEER_CLOSED)
        end.ended = True  # in this edition it is what the other end sends
        return 0

    def read(self, h, options, size):
        if options:
            raise Failed(INVALID_ARGS)
        end = self.find(h, READ, SOCKET)
        if not end.inbound:
            raise Failed(PEER_CLOSED if end.peer is None or end.ended else SHOULD_WAIT)
        if size == 0:
            return b""
        first = end.inbound.pop(0)
        if not end.datagram and size < len(first):
            end.inbound.insert(0, first[size:])
        return first[:size]

    def outstanding(self, h):
        return self.find(h, READ, SOCKET).waiting()

    def close(self, h):
        obj = self.find(h)
        del self.table[h]
        obj.handles -= 1
        if obj.handles == 0 and obj.peer is not None:
            obj.peer.peer = None

    def duplicate(self, h, rights):
        obj = self.find(h, DUPLICATE)
        return self.give(obj, self.asked(h, rights))

    def replace(self, h, rights):
        obj = self.find(h)
        new = self.give(obj, self.asked(h, rights))
        self.close(h)
        return new

    def asked(self, h, rights):
        have = self.table[h][1]
        if rights == SAME_RIGHTS:
            return have
        if rights & ~have:
            raise Failed(INVALID_ARGS)
        return rights

    def info(self, h):
        obj = self.find(h)
        return obj.type, self.table[h][1], obj.koid, obj.peer_koid, 1

    def signal(self, h, clear, set, peer=False):
        obj = self.find(h, WRITE)
        allowed = USER_SIGNALS | (SIGNALED if obj.type == EVENT and not peer else 0)
        if peer and obj.type != SOCKET:
            raise Failed(NOT_SUPPORTED)
        if (clear | set) & ~allowed:
            raise Failed(INVALID_ARGS)
        if peer:
            if obj.peer is None:
                raise Failed(PEER_CLOSED)
            obj = obj.peer
        obj.set = obj.set & ~clear | set


# --------------------------------------------------------------- the adapter

EDITION = "manual"
HELLO = ("mxwire 1 name=toy editions=manual waits=8 data=4194304 items=4096 has=churn "
         "lacks=raw,ports,zircon-calls,tables,transfer,accumulation")
VERBS = ("create", "event", "write", "read", "outstanding", "close", "duplicate", "replace",
         "churn", "info", "signal", "signal-peer", "wait", "wait-many")


class Wait:
    """A wait that has blocked: it is looked at after every request."""

    def __init__(self, number, items, end):
        self.number, self.end = number, end  # end: a time, or None
        # The object stays known when the handle is closed.
        self.items = [(h, kernel.find(h, READ), s) for h, s in items]

    def look(self):
        """The answer, or None if there is no reason to return yet."""
        seen = [obj.signals() for _, obj, _ in self.items]
        gone = [h not in kernel.table for h, _, _ in self.items]
        if any(gone):
            seen = [s | (HANDLE_CLOSED if g else 0) for s, g in zip(seen, gone)]
            return answer(CANCELED, seen)
        if any(s & wanted for s, (_, _, wanted) in zip(seen, self.items)):
            return answer(OK, seen)
        if self.end is not None and time.monotonic() >= self.end:
            return answer(TIMED_OUT, seen)
        return None


def answer(status, results=()):
    return " ".join([str(status)] + [str(r) for r in results])


def say(number, text):
    sys.stdout.write("=%s %s\n" % (number, text))


def pattern_at(begin, end):
    return (((i * 2654435761) & 0xFFFFFFFF) >> 24 for i in range(begin, end))


def data_of(word):
    if word == "-":
        return b""
    if word[0] == "@":
        offset, n = map(int, word[1:].split("+"))
        if offset + n > len(pattern) and offset + n < 1 << 22:
            pattern.extend(pattern_at(len(pattern), 2 * (offset + n)))
        if offset + n <= len(pattern):
            return bytes(pattern[offset:offset + n])
        return bytes(pattern_at(offset, offset + n))
    return bytes.fromhex(word)


def hexadecimal(data):
    return data.hex() or "-"


def wait(number, items, deadline):
    if len(items) > 1024:
        raise Failed(INVALID_ARGS)
    end = None
    if deadline == "past":
        end = 0
    elif deadline != "never":
        end = time.monotonic() + int(deadline) / 1e6
    w = Wait(number, items, end)
    text = w.look()
    if text is None:
        parked.append(w)
        return "parked"
    return text


def serve(number, verb, args):
    """Carries out one request and returns the answer."""
    global kernel
    if verb == "hello":
        return answer(OK, [HELLO])
    if verb == "reset":
        kernel = Kernel()
        return answer(OK if args[0] == EDITION else NOT_SUPPORTED)
    if verb == "abandon":
        for w in parked:
            say(w.number, answer(CANCELED, [HANDLE_CLOSED] * len(w.items)))
        parked.clear()
        return answer(OK)

    # The first argument is the process, and there is only one.
    if verb not in VERBS:
        return "no - there is no " + verb
    if verb == "create":
        return answer(OK, kernel.create(int(args[1]), CAPACITY if args[2] == "-" else int(args[2])))
    if verb == "write":
        return answer(OK, [kernel.write(int(args[1]), int(args[2]), data_of(args[3]))])
    if verb == "wait":
        return wait(number, [(int(args[1]), int(args[2], 0))], args[3])
    if verb == "wait-many":
        n = [int(a, 0) for a in args[2:]]
        return wait(number, list(zip(n[0::2], n[1::2])), args[1])

    n = [int(a, 0) for a in args[1:]]
    if verb == "event":
        return answer(OK, [kernel.event()])
    if verb == "read":
        return answer(OK, [hexadecimal(kernel.read(*n))])
    if verb == "outstanding":
        return answer(OK, [kernel.outstanding(*n)])
    if verb == "close":
        kernel.close(*n)
        return answer(OK)
    if verb == "duplicate":
        return answer(OK, [kernel.duplicate(*n)])
    if verb == "churn":
        return answer(OK, [churn(n[0]) for _ in range(n[1])])
    if verb == "replace":
        return answer(OK, [kernel.replace(*n)])
    if verb == "info":
        return answer(OK, kernel.info(*n))
    if verb == "signal":
        kernel.signal(*n)
        return answer(OK)
    kernel.signal(*n, peer=True)
    return answer(OK)


def churn(h):
    d = kernel.duplicate(h, SAME_RIGHTS)
    kernel.close(d)
    return d


def look_at_waits():
    for w in list(parked):
        text = w.look()
        if text is not None:
            parked.remove(w)
            say(w.number, text)


def main():
    lines = sys.stdin.buffer
    while True:
        sys.stdout.flush()
        # A deadline may pass while no request comes.
        ends = [w.end for w in parked if w.end is not None]
        if ends:
            left = max(0, min(ends) - time.monotonic())
            if not select.select([lines], [], [], left)[0]:
                look_at_waits()
                continue
        line = lines.readline()
        if not line:
            return
        number, verb, *args = line.decode("ascii").split()
        try:
            text = serve(number, verb, args)
        except Failed as e:
            text = str(e.status)
        say(number, text)
        look_at_waits()


kernel = Kernel()
parked = []
pattern = bytearray()  # as far as it was asked for
main()

"""What the system denies a worker: memory without end, time without end, and every socket."""

from __future__ import annotations

import ctypes
import errno
import os
import resource
import struct
import sys

SET_NO_NEW_PRIVILEGES = 38
SET_SECCOMP = 22
FILTER_MODE = 2
"""Constants of Linux's prctl."""

SOCKET_CALL = {"x86_64": 41, "aarch64": 198}
LOAD_CALL_NUMBER = (0x20, 0, 0, 0)
RETURN = 0x06
IF_EQUAL = 0x15
ALLOW = 0x7FFF0000
FAIL_WITH = 0x00050000
"""The filter's instructions: code, two jumps, an operand."""

GRACE = 5.0


class Program(ctypes.Structure):
    """A filter as prctl takes it."""

    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def limit_memory(most: int) -> None:
    """Lets the process write to so many bytes of memory, and leave no core file."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Not RLIMIT_AS: malloc reserves much address space for each thread, and uses little of it.
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))


def limit_time(seconds: float) -> None:
    """Ends the process after so many more seconds of work, for the case that no server is left to do it."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = int(used.ru_utime + used.ru_stime + seconds + GRACE)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (until, hard))


def deny_sockets() -> bool:
    """True if from now on every attempt to open a socket fails (Linux on x86-64 and ARM64).

    No query gets past the check for SERVICE; this is for the day when one does.
    """
    call = SOCKET_CALL.get(os.uname().machine)
    if call is None or not sys.platform.startswith("linux"):
        return False
    instructions = b"".join(
        struct.pack("HBBI", *each)
        for each in (
            LOAD_CALL_NUMBER,
            (IF_EQUAL, 0, 1, call),
            (RETURN, 0, 0, FAIL_WITH | errno.EACCES),
            (RETURN, 0, 0, ALLOW),
        )
    )
    program = Program(len(instructions) // 8, instructions)
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    prctl.argtypes = (ctypes.c_int, *[ctypes.c_ulong] * 4)
    if prctl(SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0):
        return False
    return bool(prctl(SET_SECCOMP, FILTER_MODE, ctypes.addressof(program), 0, 0) == 0)

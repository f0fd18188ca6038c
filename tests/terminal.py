#!/usr/bin/env python3
"""terminal.py COLUMNS COMMAND...: runs it with a terminal of that width as its
standard output, prints what it wrote there, and exits as it did."""
import fcntl
import os
import pty
import struct
import sys
import termios


def main():
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ,
                struct.pack("HHHH", 24, int(sys.argv[1]), 0, 0))
    child = os.fork()
    if child == 0:
        os.dup2(slave, 1)
        os.close(master)
        os.execvp(sys.argv[2], sys.argv[2:])
    os.close(slave)
    out = b""
    while True:
        try:
            piece = os.read(master, 4096)
        except OSError:  # the other end is closed
            break
        if not piece:
            break
        out += piece
    _, status = os.waitpid(child, 0)
    sys.stdout.buffer.write(out.replace(b"\r\n", b"\n"))
    sys.exit(os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    main()

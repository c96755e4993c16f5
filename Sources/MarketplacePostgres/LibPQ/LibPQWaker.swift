#if LibPQ
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Wakes the thread of a connection out of `poll(2)`, from any thread: a pipe of its own.
final class LibPQWaker: Sendable {
    /// The end that becomes readable.
    let readEnd: Int32
    private let writeEnd: Int32

    /// Fails when the process may open no more files.
    init() throws(PostgresFailure) {
        var ends: [Int32] = [-1, -1]
        guard unsafe pipe(&ends) == 0 else {
            throw PostgresFailure(.notConnected, "no pipe could be made: \(LibPQSocket.errorText(errno))")
        }
        readEnd = ends[0]
        writeEnd = ends[1]
        for end in ends {
            // Neither end may ever block its thread, or live on in a child process.
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        }
    }

    deinit {
        _ = close(readEnd)
        _ = close(writeEnd)
    }

    /// Wakes the thread, now or the next time it waits.
    func wake() {
        var byte: UInt8 = 1
        // A pipe that is full wakes as well.
        _ = unsafe write(writeEnd, &byte, 1)
    }

    /// Forgets all that it was woken for.
    func drain() {
        var bytes: (UInt64, UInt64) = (0, 0)
        while unsafe read(readEnd, &bytes, MemoryLayout.size(ofValue: bytes)) > 0 {}
    }
}
#endif

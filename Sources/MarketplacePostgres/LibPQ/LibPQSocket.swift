#if LibPQ
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Waiting for the socket of a connection and for its waker, both at once.
enum LibPQSocket {
    /// What happened first.
    struct Readiness {
        /// There is something to read, or the other side is gone.
        var isReadable = false
        /// There is room to write.
        var isWritable = false
        /// The waker was woken.
        var isWoken = false
    }

    /// Waits until something happens; nothing of it has when the time is up.
    ///
    /// - Parameters:
    ///   - descriptor: The socket; -1 waits for the waker alone.
    ///   - waker: The waker, where there is one.
    ///   - toRead: Whether to wait for something to read.
    ///   - toWrite: Whether to wait for room to write.
    ///   - limit: How long.
    /// - Returns: What happened.
    static func wait(
        _ descriptor: Int32,
        _ waker: LibPQWaker?,
        toRead: Bool,
        toWrite: Bool,
        limit: Duration
    ) -> Readiness {
        var places = [
            pollfd(fd: descriptor, events: Int16((toRead ? POLLIN : 0) | (toWrite ? POLLOUT : 0)), revents: 0),
            pollfd(fd: waker?.readEnd ?? -1, events: Int16(POLLIN), revents: 0),
        ]
        // An interrupting signal counts as nothing happened: whoever waits looks at its own clock.
        guard unsafe poll(&places, nfds_t(places.count), limit.pollMilliseconds) > 0 else { return Readiness() }
        let ends = POLLERR | POLLHUP | POLLNVAL
        return Readiness(
            isReadable: Int32(places[0].revents) & (POLLIN | ends) != 0,
            isWritable: Int32(places[0].revents) & (POLLOUT | ends) != 0,
            isWoken: places[1].revents != 0
        )
    }

    /// What the system says of an error.
    static func errorText(_ code: Int32) -> String {
        guard let text = unsafe strerror(code) else { return "error \(code)" }
        return unsafe String(cString: text)
    }
}

extension ContinuousClock.Instant {
    /// What nobody waits longer for: clocks trap on instants that do not fit 64 bits of nanoseconds.
    private static let longest = Duration.seconds(365 * 24 * 60 * 60)

    /// The moment so long after now.
    static func after(_ duration: Duration) -> ContinuousClock.Instant {
        .now + min(duration, longest)
    }
}

extension Duration {
    /// Whole milliseconds for `poll(2)`, rounded up so that nobody spins, at least none and at most what it takes.
    var pollMilliseconds: Int32 {
        guard self > .zero else { return 0 }
        let (seconds, attoseconds) = components
        guard seconds < Int64(Int32.max) / 1_000 - 1 else { return Int32.max }
        return Int32(seconds) * 1_000 + Int32((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
    }
}
#endif

#if LibPQ
import CMarketplaceLibPQ
import Dispatch
import Synchronization

/// A request to the server to end what a connection is running.
///
/// It goes over a connection of its own, which may take as long as the network likes: a thread of the system sends it,
/// while the thread of the connection goes on waiting for an answer, and not for longer than it wants to.
///
/// Safe to use and to hand to that thread because libpq copies all it needs when it makes the request (PostgreSQL
/// documentation, "Canceling Queries in Progress"), and because the pointer is this object's own until it is freed
/// with it.
@safe
final class LibPQCancellation: @unchecked Sendable {
    private let pointer: OpaquePointer
    private let waker: LibPQWaker
    private let sent = Atomic(false)

    /// Whether it reached the server, or never will.
    var isSent: Bool { sent.load(ordering: .acquiring) }

    /// Makes a request; nil when there is no connection any more.
    init?(_ handle: LibPQHandle, _ waker: LibPQWaker) {
        guard let pointer = unsafe PQgetCancel(handle.pointer) else { return nil }
        unsafe self.pointer = pointer
        self.waker = waker
    }

    deinit {
        unsafe PQfreeCancel(pointer)
    }

    /// Sends it; the waker is woken when that is done.
    func send() {
        // A queue of its own has a thread of its own: those of the global queues are as many as there are cores, and
        // run the tasks of the process.
        DispatchQueue(label: "marketplace.libpq.cancellation").async {
            // A request that does not arrive changes nothing: whoever waits for its effect has a limit.
            var message: [CChar] = Array(repeating: 0, count: 256)
            _ = unsafe PQcancel(self.pointer, &message, Int32(message.count))
            self.sent.store(true, ordering: .releasing)
            self.waker.wake()
        }
    }
}
#endif

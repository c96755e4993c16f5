/// To what a waiting queue is closed.
public enum WaitingQueueClosing: String, Hashable, Sendable, Codable {
    /// Nobody joins any more; who waits is still called.
    case newcomers
    /// Nobody is called any more either: the tickets that wait are dismissed.
    case everybody

    /// This closing, unless the queue is closed to more already.
    func widening(_ earlier: WaitingQueueClosing?) -> WaitingQueueClosing {
        earlier == .everybody ? .everybody : self
    }
}

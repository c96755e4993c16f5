#if LibPQ
/// A connection of a pool and what is known of it.
struct LibPQPooled<Connection> {
    let connection: Connection
    /// When it was opened.
    let openedAt: Duration
    /// When it came back last.
    var idleSince: Duration
}

extension LibPQPooled: Sendable where Connection: Sendable {}
#endif

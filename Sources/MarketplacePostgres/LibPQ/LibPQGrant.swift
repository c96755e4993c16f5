#if LibPQ
/// What somebody gets who asked a pool for a connection.
enum LibPQGrant<Connection> {
    /// This one.
    case use(LibPQPooled<Connection>)
    /// The right to open one.
    case open
    /// None.
    case refuse(PostgresFailure)
}

extension LibPQGrant: Sendable where Connection: Sendable {}
#endif

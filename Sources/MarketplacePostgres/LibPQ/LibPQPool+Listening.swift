#if LibPQ
extension LibPQPool: PostgresListening {
    /// Listens on a connection of its own, which is opened now, closed at the end, and counted nowhere.
    public func listen(
        to channel: String,
        _ body: @Sendable (_ payload: String?) -> Void
    ) async throws(PostgresFailure) -> Never {
        let connection = try LibPQConnection(configuration)
        try await connection.open()
        do throws(PostgresFailure) {
            throw try await connection.listen(to: channel, checkingEvery: limits.idleCheck, body)
        } catch {
            await connection.close()
            throw error
        }
    }
}
#endif

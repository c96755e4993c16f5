/// Looks on while batches are written, and may break them: how tests reach the moments that matter.
protocol PostgresWriterProbe: Sendable {
    /// A batch is about to begin; an error stands for a connection that cannot be had.
    func willBegin() throws(PostgresFailure)
    /// Statements are about to be sent; an error stands for a connection that is lost before the server has them.
    func willRun(_ statements: [PostgresStatement]) throws(PostgresFailure)
    /// Everything is written, and `commit` comes next.
    func holdCommit() async
    /// The transaction has ended, and what it wrote took effect; an error stands for an answer that was lost.
    func didEnd() throws(PostgresFailure)
}

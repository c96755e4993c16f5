#if SQLite
/// Looks on while batches are written, and may break them: how tests reach the moments that matter.
protocol SQLiteWriterProbe: Sendable {
    /// A batch is about to begin; an error stands for a connection that cannot be had.
    func willBegin() throws(SQLiteFailure)
    /// A statement is about to run.
    func willRun(_ query: SQLiteQuery) throws(SQLiteFailure)
    /// A statement was given its values.
    func didBind(_ statement: SQLiteStatement) throws(SQLiteFailure)
    /// Everything is written, and `COMMIT` comes next.
    func holdCommit() async
    /// `COMMIT` took effect; an error stands for an answer that was lost.
    func didCommit() throws(SQLiteFailure)
}
#endif

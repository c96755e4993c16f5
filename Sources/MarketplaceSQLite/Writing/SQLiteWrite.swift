#if SQLite
import MarketplaceStorage
import Synchronization

/// What one caller has written in a batch, be it of a store or of a table of stock.
struct SQLiteWrite: BatchRequest {
    let partCount: Int
    /// Checks the state and writes, or writes nothing and lets the caller know; may run again in a smaller batch.
    let perform: @Sendable (inout SQLiteBatch) throws(SQLiteFailure) -> Void

    /// Nil once it was written.
    func notApplied(_ failure: StoreFailure) -> StoreError? { .notApplied(failure) }
}

extension BatchQueue<SQLiteWrite> {
    /// Performs `body` in a batch with whoever else is there; what it answers counts once the batch is committed.
    func write<Answer: Sendable>(
        parts: Int,
        _ body: @escaping @Sendable (inout SQLiteBatch) throws(SQLiteFailure) -> Answer
    ) async throws(StoreError) -> Answer {
        let answer = SQLiteAnswer<Answer>()
        let write = SQLiteWrite(partCount: parts) { batch throws(SQLiteFailure) in
            let value = try body(&batch)
            answer.result.withLock { $0 = .success(value) }
        }
        if let error = await commit(write) { throw error }
        return try answer.result.withLock { $0 }.get()
    }
}

/// What a body answered, the last time it ran.
private final class SQLiteAnswer<Value: Sendable>: Sendable {
    let result = Mutex<Result<Value, StoreError>>(.failure(.notApplied(StoreFailure(.unavailable, "never begun"))))
}
#endif

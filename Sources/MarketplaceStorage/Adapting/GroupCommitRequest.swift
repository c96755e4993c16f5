package import MarketplaceCore

/// How one caller's commit ended.
package typealias GroupCommitOutcome = Result<CommitReceipt, StoreError>

/// What one caller wants to have committed.
package struct GroupCommitRequest: Sendable {
    package let namespace: StoreNamespace
    package let transaction: Transaction
    package let digest: ContentDigest.Value
    /// The wall-clock time by which ids are forgotten.
    package let now: Timestamp

    /// Makes a request of a transaction that a store can take.
    ///
    /// - Throws: ``StoreError/invalid(_:)`` when no state would accept it, and ``StoreError/notApplied(_:)`` when the
    ///   calling task was cancelled already.
    package init(_ transaction: Transaction, in namespace: StoreNamespace, now: Timestamp) throws(StoreError) {
        do throws(InvalidTransaction) {
            try transaction.validate()
        } catch {
            throw .invalid(error)
        }
        if Task.isCancelled { throw .notApplied(StoreFailure(.cancelled, "before the commit was started")) }
        self.namespace = namespace
        self.transaction = transaction
        digest = transaction.contentDigest
        self.now = now
    }
}

extension GroupCommitRequest: BatchRequest {
    package var partCount: Int { transaction.partCount }

    package func notApplied(_ failure: StoreFailure) -> GroupCommitOutcome { .failure(.notApplied(failure)) }
}

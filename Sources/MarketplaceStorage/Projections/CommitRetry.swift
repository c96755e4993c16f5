public import MarketplaceCore

/// How often and how fast a transaction is committed again while its outcome is unknown or it was not applied.
public struct CommitRetry: Hashable, Sendable {
    /// The most calls that are made for one transaction.
    public let attempts: Int
    /// The waits between them.
    public let backoff: Backoff

    /// Makes the policy.
    ///
    /// Five attempts with the default back-off take about 0.75 seconds: long enough for a reconnection, short enough
    /// for a caller to wait for.
    public init(attempts: Int = 5, backoff: Backoff = .exponential(first: .milliseconds(50), cap: .seconds(5))) {
        precondition(attempts >= 1, "a transaction is committed at least once")
        self.attempts = attempts
        self.backoff = backoff
    }
}

extension Store {
    /// Commits a transaction, and the same one again while its outcome is unknown or it was not applied.
    ///
    /// Ends in a receipt, in a conflict, or, when all attempts are spent, in *unknown* if any of them was unknown and
    /// in *not applied* otherwise.
    package func commit(
        _ transaction: Transaction,
        resolving retry: CommitRetry,
        on timeline: MonotonicTimeline
    ) async throws(StoreError) -> CommitReceipt {
        var firstUnknown: StoreError?
        var failures = 0
        while true {
            do throws(StoreError) {
                return try await commit(transaction)
            } catch {
                failures += 1
                if error.effect == .unknown { firstUnknown = firstUnknown ?? error }
                if case .conflict = error { throw error }
                let last = firstUnknown ?? error
                guard error.isRetriable, failures < retry.attempts, !Task.isCancelled else { throw last }
                await timeline.sleep(for: retry.backoff.wait(afterFailures: failures))
            }
        }
    }
}

import MarketplaceCore
import MarketplaceDomain
import MarketplaceStorage

extension Returns {
    /// Gives up returns whose goods were not sent in time, and settles those that a call before left unfinished.
    ///
    /// To be called from time to time, by any number of processes: what one has done the others find done. A return that
    /// cannot be settled does not hold up the others: it goes behind them, so that however many are stuck, every return
    /// gets its turn.
    ///
    /// - Parameter limit: The most returns of each kind, 1 to ``pageLimit``.
    /// - Returns: What was done, and what could not be.
    /// - Throws: Why the returns cannot be listed.
    public func sweep(limit: Int = Returns.pageLimit) async throws(ReturnsError) -> ReturnSweep {
        var sweep = ReturnSweep()
        let now = archive.environment.now
        for summary in try await found(ReturnSummary.dueIndex, atMost: .time(now), limit) {
            await attempt(summary, in: &sweep) { (sweep) throws(ReturnsError) in
                _ = try await end(summary.id, .expire, by: .system, key: "expire")
                sweep.expired += 1
            }
        }
        for summary in try await found(ReturnSummary.openIndex, atMost: nil, limit) {
            await attempt(summary, in: &sweep) { (sweep) throws(ReturnsError) in
                _ = try await settle(summary.id)
                sweep.settled += 1
            }
        }
        return sweep
    }

    private func attempt(
        _ summary: ReturnSummary,
        in sweep: inout ReturnSweep,
        _ body: (inout ReturnSweep) async throws(ReturnsError) -> Void
    ) async {
        do throws(ReturnsError) {
            try await body(&sweep)
        } catch {
            sweep.failures.append((summary.id, error))
            await putBehind(summary.id)
        }
    }

    /// Has later sweeps look at others first; nothing when it was changed meanwhile, or the store fails.
    private func putBehind(_ id: ReturnID) async {
        let key = DocumentKey(ReturnArchive.summaries, id)
        guard let stored = try? await archive.read(key, as: ReturnSummary.self) else { return }
        guard let body = try? archive.encoded(stored.value) else { return }
        let now = archive.environment.now
        var transaction = Transaction(id: archive.environment.identifiers.next(), time: now)
        transaction.write(
            DocumentWrite(
                key,
                body: body,
                expecting: .exactly(stored.revision),
                indexEntries: stored.value.indexEntries(failedAt: now)
            )
        )
        // Whoever was faster knows more of it.
        _ = try? await archive.commit(transaction)
    }

    private func found(
        _ index: String,
        atMost bound: IndexValue?,
        _ limit: Int
    ) async throws(ReturnsError) -> [ReturnSummary] {
        let query = DocumentQuery.indexed(
            ReturnArchive.summaries,
            by: index,
            atMost: bound,
            limit: min(max(limit, 1), Self.pageLimit)
        )
        return try await archive.page(of: query, as: ReturnSummary.self).values
    }
}

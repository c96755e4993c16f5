public import MarketplaceCore
import MarketplaceStorage

extension CouponRedemptions {
    /// How many overdue holds a hold that found a limit reached ends before it tries again; what remains is left to
    /// its next attempt.
    private static let overduePerAttempt = 256

    /// How many redemptions that are past their time one sweep forgets: they cost one commit together.
    private static let forgottenPerSweep = 500

    /// Ends holds whose deadline is at or before `time`, at most `limit` (1 to ``CouponLimits/pageSize``).
    ///
    /// One commit per hold. When nothing more is due, redemptions that are past their retention are forgotten as well.
    ///
    /// - Returns: What this call ended; fewer than `limit` when no more was due.
    @discardableResult
    public func expire(dueBy time: Timestamp, limit: Int) async throws(CouponError) -> [Redemption] {
        let limit = CouponLimits.clamped(limit: limit)
        var expired: [Redemption] = []
        var isDrained = false
        while !isDrained, expired.count < limit {
            let page = try await endOverdue(at: time, limit: limit - expired.count)
            expired += page.ended
            isDrained = page.isDrained
            // Others are ending the same holds: what is left is theirs, or the next call's.
            if page.ended.isEmpty { break }
        }
        if isDrained {
            let ended = time.advanced(by: .zero - configuration.retention)
            try await forget(by: RedemptionDocument.endedIndex, before: ended, at: time)
            let redeemed = time.advanced(by: .zero - configuration.restorableTime)
            try await forget(by: RedemptionDocument.redeemedIndex, before: redeemed, at: time)
        }
        return expired
    }

    /// Ends holds whose deadline has come, for a hold that found a limit reached; false when there were none.
    func releaseOverdue(at time: Timestamp) async throws(CouponError) -> Bool {
        try await endOverdue(at: time, limit: Self.overduePerAttempt).wasAnyDue
    }

    private struct OverduePage {
        var ended: [Redemption] = []
        let wasAnyDue: Bool
        let isDrained: Bool
    }

    private func endOverdue(at time: Timestamp, limit: Int) async throws(CouponError) -> OverduePage {
        let slice = try await archive.documents(
            matching: .indexed(
                CouponKeySpace.redemptions,
                by: RedemptionDocument.dueIndex,
                atMost: .time(time),
                limit: limit
            )
        )
        var page = OverduePage(wasAnyDue: !slice.documents.isEmpty, isDrained: slice.documents.count < limit)
        for document in slice.documents {
            guard let id = RedemptionID(document.key.id.text) else { continue }
            let value = try archive.decoded(RedemptionDocument.self, from: document.body)
            let stored = StoredValue(value: value, revision: document.revision)
            guard try await move(id, stored, to: .expired, at: time) else { continue }
            var ended = value
            ended.state = .expired
            ended.changedAt = time
            page.ended.append(try archive.redemption(id, ended))
        }
        return page
    }

    /// Deletes a page of the redemptions that came to their state before `end`, in one commit.
    private func forget(by index: String, before end: Timestamp, at time: Timestamp) async throws(CouponError) {
        let slice = try await archive.documents(
            matching: .indexed(
                CouponKeySpace.redemptions,
                by: index,
                atMost: .time(end),
                limit: Self.forgottenPerSweep
            )
        )
        guard let first = slice.documents.first else { return }
        let page = "\(first.revision)/\(slice.documents.count)"
        var transaction = Transaction(
            id: TransactionID(derivedFrom: "coupon forgetting", index, first.key.id.text, page),
            time: time
        )
        for document in slice.documents { transaction.delete(document.key, expecting: .exactly(document.revision)) }
        // Whoever was faster has deleted them too.
        _ = try await archive.commit(transaction)
    }
}

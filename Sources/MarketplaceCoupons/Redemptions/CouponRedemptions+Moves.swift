public import MarketplaceCore
import MarketplacePromotions
import MarketplaceStorage

extension CouponRedemptions {
    /// Makes what a redemption holds used for good: it no longer has a deadline.
    ///
    /// - Throws: `expired` when the deadline was at or before `time`, `released`, `restored`, `unknownRedemption`.
    @discardableResult
    public func redeem(_ id: RedemptionID, at time: Timestamp) async throws(CouponError) -> Redemption {
        try await archive.attempting { () async throws(CouponError) -> Redemption? in
            guard let stored = try await current(id, at: time) else { throw .refused(.unknownRedemption(id)) }
            if let refusal = stored.value.refusal(id) { throw .refused(refusal) }
            if stored.value.state == .redeemed { return try archive.redemption(id, stored.value) }
            guard try await move(id, stored, to: .redeemed, at: time) else { return nil }
            return try archive.redemption(id, stored.value.moved(to: .redeemed, at: time))
        }
    }

    /// Gives back what a redemption holds.
    ///
    /// A release of an unknown id leaves a tombstone, so that a hold that arrives late is refused.
    ///
    /// - Throws: `alreadyRedeemed`, `restored`.
    @discardableResult
    public func release(
        _ id: RedemptionID,
        at time: Timestamp,
        reason: RedemptionReason? = nil
    ) async throws(CouponError) -> RedemptionReleaseOutcome {
        try await archive.attempting { () async throws(CouponError) -> RedemptionReleaseOutcome? in
            guard let stored = try await current(id, at: time) else {
                return try await forestall(id, at: time, reason) ? .neverHeld : nil
            }
            switch stored.value.state {
            case .held:
                return try await move(id, stored, to: .released, at: time, reason: reason) ? .released : nil
            case .released: return stored.value.deadline == nil ? .neverHeld : .released
            case .expired: return .expired
            case .redeemed: throw .refused(.alreadyRedeemed(id))
            case .restored: throw .refused(.restored(id))
            }
        }
    }

    /// Gives back what a redemption has used, after its order was canceled, as far as the policies allow.
    ///
    /// Each coupon has its campaign's policy and the claims have that of the request, both as they were when it was
    /// held. A redemption whose policies give nothing back stays redeemed.
    ///
    /// - Parameters:
    ///   - id: The redemption.
    ///   - time: When the order was canceled.
    ///   - policy: In place of all of those: an operator's goodwill.
    ///   - reason: Why, for the record.
    /// - Returns: Whether anything came back, or had come back before.
    /// - Throws: `notRedeemed` while it is held; `released`, `expired`, `unknownRedemption`.
    @discardableResult
    public func restore(
        _ id: RedemptionID,
        at time: Timestamp,
        policy: RestorePolicy? = nil,
        reason: RedemptionReason? = nil
    ) async throws(CouponError) -> RedemptionRestoreOutcome {
        try await archive.attempting { () async throws(CouponError) -> RedemptionRestoreOutcome? in
            guard let stored = try await current(id, at: time) else { throw .refused(.unknownRedemption(id)) }
            switch stored.value.state {
            case .held: throw .refused(.notRedeemed(id))
            case .restored: return .restored
            case .released, .expired: throw .refused(stored.value.refusal(id) ?? .released(id))
            case .redeemed:
                let kept = stored.value.kept(at: time, policy: policy)
                if kept.isEverything(of: stored.value) { return .kept }
                return try await move(id, stored, to: .restored, at: time, reason: reason, keeping: kept)
                    ? .restored : nil
            }
        }
    }

    /// Takes a redemption back, wherever it stands: a held one is released, a redeemed one restored whatever its
    /// policies say, and of an unknown one a late hold is refused from now on.
    ///
    /// This is what the undo of a saga needs, which may not know what became of its step. It is never refused.
    public func undo(
        _ id: RedemptionID,
        at time: Timestamp,
        reason: RedemptionReason? = nil
    ) async throws(CouponError) {
        try await archive.attempting { () async throws(CouponError) -> Void? in
            guard let stored = try await current(id, at: time) else {
                return try await forestall(id, at: time, reason) ? () : nil
            }
            switch stored.value.state {
            case .held: return try await move(id, stored, to: .released, at: time, reason: reason) ? () : nil
            case .redeemed: return try await move(id, stored, to: .restored, at: time, reason: reason) ? () : nil
            case .released, .expired, .restored: return ()
            }
        }
    }

    /// A redemption as it stands at `time`: one whose deadline has come is ended first.
    ///
    /// Nil when it is unknown.
    private func current(
        _ id: RedemptionID,
        at time: Timestamp
    ) async throws(CouponError) -> StoredValue<RedemptionDocument>? {
        try await archive.attempting { () async throws(CouponError) -> StoredValue<RedemptionDocument>?? in
            let key = CouponKeySpace.redemption(id)
            guard let stored = try await archive.read(key, as: RedemptionDocument.self) else { return .some(nil) }
            guard stored.value.isOverdue(at: time) else { return stored }
            _ = try await move(id, stored, to: .expired, at: time)
            return nil
        }
    }

    /// Leaves a tombstone for an id of which nothing is known; false when others were faster.
    private func forestall(
        _ id: RedemptionID,
        at time: Timestamp,
        _ reason: RedemptionReason?
    ) async throws(CouponError) -> Bool {
        let document = RedemptionDocument(
            member: nil,
            claims: [],
            codes: [],
            reference: nil,
            restoring: .always,
            state: .released,
            deadline: nil,
            heldAt: time,
            changedAt: time,
            reason: reason
        )
        var transaction = Transaction(id: transactionID(of: id, to: "forestalled"), time: time)
        try archive.write(document, of: id, expecting: .absent, to: &transaction)
        guard case .done = try await archive.commit(transaction) else { return false }
        return true
    }

    /// Moves a redemption on together with its counters and coupons, in one commit; false when others were faster.
    func move(
        _ id: RedemptionID,
        _ stored: StoredValue<RedemptionDocument>,
        to state: RedemptionState,
        at time: Timestamp,
        reason: RedemptionReason? = nil,
        keeping kept: KeptUses = KeptUses()
    ) async throws(CouponError) -> Bool {
        let document = stored.value
        guard document.state.successors.contains(state) else { return false }
        let next = document.moved(to: state, at: time, reason: reason, keeping: kept)
        var transaction = Transaction(id: transactionID(of: id, to: state.rawValue), time: time)
        if state == .redeemed {
            try await hand(document.codes, of: id, to: .redeemed, at: time, in: &transaction)
        } else {
            if kept.claims.isEmpty {
                let claims = try archive.redemption(id, document).claims
                for demand in try QuotaDemand.demands(of: claims) {
                    transaction.add(-demand.amount, to: demand.key)
                }
            }
            let given = document.codes.filter { !kept.codes.contains($0) }
            try await hand(given, of: id, to: .available, at: time, in: &transaction)
        }
        try archive.write(next, of: id, expecting: .exactly(stored.revision), describing: document, to: &transaction)
        guard case .done = try await archive.commit(transaction) else { return false }
        return true
    }

    /// One id for each attempt: of two processes that end the same redemption at the same time, only one has ended it.
    private func transactionID(of id: RedemptionID, to state: String) -> TransactionID {
        TransactionID(derivedFrom: "coupon move", id.description, state, calls.next())
    }
}

/// What a redemption does not give back when it is restored.
struct KeptUses {
    var claims: [ClaimForm] = []
    var codes: [RedemptionDocument.CodeUse] = []

    /// Whether it is all there is, and there is something.
    func isEverything(of document: RedemptionDocument) -> Bool {
        let isNothing = document.claims.isEmpty && document.codes.isEmpty
        return !isNothing && claims.count == document.claims.count && codes.count == document.codes.count
    }
}

extension RedemptionDocument {
    /// What the policies do not give back at `time`.
    func kept(at time: Timestamp, policy: RestorePolicy?) -> KeptUses {
        KeptUses(
            claims: (policy ?? restoring).restores(at: time) ? [] : claims,
            codes: codes.filter { !(policy ?? $0.restoring).restores(at: time, expiry: $0.expiry) }
        )
    }

    /// The same redemption in its next state; one that ended has only what it does not give back.
    func moved(
        to state: RedemptionState,
        at time: Timestamp,
        reason: RedemptionReason? = nil,
        keeping kept: KeptUses = KeptUses()
    ) -> RedemptionDocument {
        var copy = self
        copy.state = state
        copy.changedAt = time
        copy.reason = reason
        guard state.isEnded else { return copy }
        copy.claims = kept.claims
        copy.codes = kept.codes
        return copy
    }
}

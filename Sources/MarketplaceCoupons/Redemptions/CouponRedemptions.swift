public import MarketplaceCore
public import MarketplacePromotions
public import MarketplaceStorage

/// Sets aside, uses and gives back what orders claim of limits and coupons, on any ``Store`` and for any number of
/// processes.
///
/// A redemption is a reservation: held until a deadline, then redeemed, or given back as released or expired; one
/// that was redeemed can be restored when its order is canceled. Limits are counters with a ceiling, which commute: a
/// promotion everybody wants does not make its buyers retry. Where there is no limit there is no counter at all. Each
/// redemption is a document, each change an event (``RedemptionChanged``), each coupon it uses a document that it
/// takes into its hands, and all of that is one commit: a limit never has more uses than there are redemptions.
///
/// Every call can be repeated: the ids are the caller's. Time is an argument of every call, never read from a clock,
/// and a hold whose deadline is at or before the time of a call is treated as expired by it, swept or not. The ids of
/// transactions follow from the redemption and the move, so an unknown outcome is resolved by committing again.
///
/// A redemption that claims nothing has a document as well, in a row of its own that nobody waits for: so redeeming
/// and undoing it need no case of their own. A caller can leave it out altogether (``RedemptionRequest/isEmpty``).
///
/// Keep ``Configuration/retention`` at least as long as the store keeps the ids of transactions.
public struct CouponRedemptions: Sendable {
    /// The bounds of redemptions on a store.
    public struct Configuration: Hashable, Sendable {
        /// How often a call is tried unless told otherwise: losing as many races in a row is an overloaded store.
        public static let defaultMaximumAttempts = 16

        /// How long one that ended is remembered, by the times of the calls.
        public var retention: Duration
        /// How long one that was redeemed can be restored, by the times of the calls; then it is forgotten, and what
        /// it used stays used.
        public var restorableTime: Duration
        /// How often a call is tried while others change the same things.
        public var maximumAttempts: Int

        /// Makes a configuration; `maximumAttempts` is at least one.
        public init(
            retention: Duration = CouponLimits.defaultRetention,
            restorableTime: Duration = CouponLimits.defaultRestorableTime,
            maximumAttempts: Int = Configuration.defaultMaximumAttempts
        ) {
            self.retention = retention
            self.restorableTime = restorableTime
            self.maximumAttempts = max(1, maximumAttempts)
        }
    }

    let archive: CouponArchive
    let configuration: Configuration
    let calls = CallNames()

    /// The redemptions that `store` keeps.
    ///
    /// - Parameters:
    ///   - store: Keeps counters, documents and events.
    ///   - codec: Writes the documents and the payloads of the events.
    ///   - configuration: The bounds.
    public init(store: any Store, codec: any PayloadCodec, configuration: Configuration = Configuration()) {
        archive = CouponArchive(store: store, codec: codec, maximumAttempts: configuration.maximumAttempts)
        self.configuration = configuration
    }

    /// What is known of a redemption; nil when nothing is.
    public func redemption(_ id: RedemptionID) async throws(CouponError) -> Redemption? {
        guard let stored = try await archive.read(CouponKeySpace.redemption(id), as: RedemptionDocument.self) else {
            return nil
        }
        return try archive.redemption(id, stored.value)
    }

    /// The redemptions that are held or redeemed, with an id after `id` and in ascending order, for audits; at most
    /// `limit` (1 to ``CouponLimits/pageSize``).
    public func openRedemptions(
        after id: RedemptionID? = nil,
        limit: Int
    ) async throws(CouponError) -> RedemptionSlice {
        var query = DocumentQuery.indexed(
            CouponKeySpace.redemptions,
            by: RedemptionDocument.openIndex,
            limit: CouponLimits.clamped(limit: limit)
        )
        if let id { query = query.continued(from: DocumentCursor(values: [.integer(0)], id: TextKey(id))) }
        let wanted = query
        let slice = try await archive.documents(matching: wanted)
        var redemptions: [Redemption] = []
        for document in slice.documents {
            guard let id = RedemptionID(document.key.id.text) else { continue }
            let value = try archive.decoded(RedemptionDocument.self, from: document.body)
            redemptions.append(try archive.redemption(id, value))
        }
        return RedemptionSlice(redemptions: redemptions, next: slice.next == nil ? nil : redemptions.last?.id)
    }

    /// How much of a promotion's limit is used, held uses included; 0 where nothing was ever counted.
    ///
    /// What is told here can be old news; what is binding is the hold.
    public func used(
        _ quota: QuotaClaim.Quota,
        of promotion: PromotionID
    ) async throws(CouponError) -> Int64 {
        let key = try CouponKeySpace.used(quota, of: promotion)
        return try await archive.counter(key)
    }
}

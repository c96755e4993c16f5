import MarketplaceCore
import MarketplacePromotions
import MarketplaceStorage

extension CouponArchive {
    /// Adds a redemption to a transaction, with the event that tells of its state.
    ///
    /// The event takes the promotions and codes from `described`, when the document has given them up.
    func write(
        _ document: RedemptionDocument,
        of id: RedemptionID,
        expecting revision: ExpectedRevision,
        describing described: RedemptionDocument? = nil,
        to transaction: inout Transaction
    ) throws(CouponError) {
        transaction.write(
            DocumentWrite(
                CouponKeySpace.redemption(id),
                body: try encoded(document),
                expecting: revision,
                indexEntries: document.indexEntries
            )
        )
        let described = described ?? document
        let changed = RedemptionChanged(
            redemption: id,
            state: document.state,
            reference: described.reference,
            promotions: Set(described.claims.map(\.promotion)).sorted(),
            codes: described.codes.map(\.code),
            reason: document.reason
        )
        let event = TransactionID(derivedFrom: "coupon change", id.description, document.state.rawValue)
        try append(changed, id: event, to: CouponKeySpace.changes(of: id), in: &transaction)
    }

    /// Adds an event to a transaction; its id follows, as that of a transaction does, from what it is about.
    func append<Payload: EventPayload>(
        _ payload: Payload,
        id: TransactionID,
        to stream: StreamID,
        in transaction: inout Transaction
    ) throws(CouponError) {
        let draft = EventDraft(
            id: EventID(bits: id.bits),
            name: Payload.eventName,
            schemaVersion: Payload.schemaVersion,
            payload: try encoded(payload)
        )
        transaction.append([draft], to: stream, expecting: .any)
    }

    /// Adds a code to a transaction.
    func write(
        _ document: CodeDocument,
        of code: CouponCode,
        expecting revision: ExpectedRevision,
        to transaction: inout Transaction
    ) throws(CouponError) {
        transaction.write(
            DocumentWrite(
                CouponKeySpace.code(code),
                body: try encoded(document),
                expecting: revision,
                indexEntries: document.indexEntries
            )
        )
    }
}

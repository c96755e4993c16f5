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
        try append(changed, idBits: event.bits, to: CouponKeySpace.changes(of: id), in: &transaction)
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

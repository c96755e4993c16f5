import MarketplaceCore
import MarketplacePorts
import MarketplaceStorage

/// What is stored of a notice: first what has to be applied, afterwards what a repetition is recognised by.
struct GatewayNoticeDocument: Codable, Hashable, Sendable {
    let notice: GatewayNotice
    let receivedAt: Timestamp
    /// Why it waits; nil when it has been dealt with.
    var reason: KeptNotice.Reason?
    /// When it was last tried; nil when it never was.
    var triedAt: Timestamp?

    static let waitingIndex = "waiting"
    /// The least recently tried first, so that many that have to wait hide nobody.
    static let turnIndex = "turn"
    static let subjectIndex = "subject"
    static let expiryIndex = "expiry"
    /// The first value of the index of expiry, under which all are swept.
    static let owner = "notices"

    static func key(_ event: GatewayEventID) -> DocumentKey {
        DocumentKey(PaymentKeySpace.notices, event.retyped())
    }

    /// The document, to be written.
    func write(
        _ body: [UInt8],
        expecting revision: ExpectedRevision,
        retention: Duration
    ) -> DocumentWrite {
        let entries =
            reason == nil
            ? [IndexEntry(Self.expiryIndex, .text(Self.owner), .time(receivedAt.advanced(by: retention)))]
            : [
                IndexEntry(Self.waitingIndex, .time(receivedAt)),
                IndexEntry(Self.turnIndex, .time(triedAt ?? receivedAt)),
                IndexEntry(Self.subjectIndex, .text(Self.text(of: notice.subject)), .time(receivedAt)),
            ]
        return DocumentWrite(Self.key(notice.event), body: body, expecting: revision, indexEntries: entries)
    }

    static func text(of subject: GatewayNotice.Subject) -> String {
        switch subject {
        case .payment(let id): "payment/\(id)"
        // A reference can be as long as an index value may be.
        case .reference(let reference): "\(TransactionID(derivedFrom: reference.text))"
        }
    }
}

/// To which of several tenders a refund goes first.
public enum TenderRefundOrder: String, Sendable, Hashable, Codable, CaseIterable {
    /// To the one taken last: the buyer's money comes back before store credit does. The default.
    case lastTakenFirst
    /// To the one taken first: store credit comes back before money does.
    case firstTakenFirst
}

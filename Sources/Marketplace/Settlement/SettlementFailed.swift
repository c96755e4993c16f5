public import MarketplaceCore

/// A run could not settle a seller, or a payout could not be sent; the others were not held up.
public struct SettlementFailed: ObserverEvent {
    /// What was tried.
    public enum Part: String, Sendable {
        /// Settling a period for one seller in one currency.
        case run
        /// Sending a payout, or finding out about it.
        case payout
    }

    /// The stable name.
    public static let name = "settlement.failed"

    /// What was tried.
    public let part: Part
    /// For whom or what: a seller and a currency, or a payout.
    public let subject: String
    /// Why it failed.
    public let error: SettlementError

    init(_ part: Part, _ subject: String, _ error: SettlementError) {
        self.part = part
        self.subject = subject
        self.error = error
    }

    /// The part as a label; the subject and the error as fields.
    public var attributes: [ObserverAttribute] {
        [
            .label("part", part.rawValue), .field("subject", .text(subject)),
            .field("error", .text(error.description)),
        ]
    }
}

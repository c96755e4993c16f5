/// What can go wrong at a marketplace, and has to leave its books exact.
package enum DayTrouble: String, Sendable, Hashable, CaseIterable, Codable {
    /// The gateway does not answer, and never saw the request to charge.
    case timeOutBeforeCharging
    /// The gateway does not answer, and has charged.
    case timeOutAfterCharging
    /// The buyer takes so long to pay that the goods are not held any more.
    case holdExpired
    /// A webhook comes twice.
    case duplicateWebhook
    /// A webhook comes before the answer to the request it tells of.
    case earlyWebhook
    /// The buyer calls an order off that is being packed.
    case canceledWhilePacked
    /// The buyer calls an order off that has left.
    case canceledTooLate
    /// One of several units that were bought with a code comes back.
    case partialReturnOfDiscounted
    /// Goods come back whose seller was paid out for them.
    case refundAfterPayout
    /// Goods come back for others that cost more.
    case exchangedForDearer
    /// Goods come back for others that cost less.
    case exchangedForCheaper
    /// Goods are broken, and sent again.
    case claimReplaced
    /// Goods are broken, and sold out.
    case claimPaidBack
    /// A parcel is lost, and sent again.
    case lostParcelReplaced
    /// A parcel is lost, and a part of its goods is sold out.
    case lostParcelSentInPart
    /// A parcel is lost, and its goods are sold out.
    case lostParcelPaidBack

    /// What happened, as a table says it.
    package var title: String {
        switch self {
        case .timeOutBeforeCharging: "gateway silent before charging"
        case .timeOutAfterCharging: "gateway silent after charging"
        case .holdExpired: "hold expired before payment"
        case .duplicateWebhook: "webhook twice"
        case .earlyWebhook: "webhook before the answer"
        case .canceledWhilePacked: "called off while packed"
        case .canceledTooLate: "called off after it left"
        case .partialReturnOfDiscounted: "partial return with a code"
        case .refundAfterPayout: "refund after payout"
        case .exchangedForDearer: "exchange, more to pay"
        case .exchangedForCheaper: "exchange, money back"
        case .claimReplaced: "claim, sent again"
        case .claimPaidBack: "claim, sold out, money back"
        case .lostParcelReplaced: "parcel lost, sent again"
        case .lostParcelSentInPart: "parcel lost, a part sent again"
        case .lostParcelPaidBack: "parcel lost, sold out, money back"
        }
    }
}

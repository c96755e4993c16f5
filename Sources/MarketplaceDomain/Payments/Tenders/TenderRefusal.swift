public import MarketplaceCore

/// Why a purchase cannot be paid, or a refund not be given back, by several tenders.
public enum TenderRefusal: EffectStating, Hashable, Codable {
    /// An amount must be above zero, a limit not below.
    case notPositive(Money)
    /// A source is in another currency than the purchase.
    case currencyMismatch(expected: Currency, found: Currency)
    /// A source is named twice.
    case repeatedSource(TenderSource)
    /// There are more sources than there may be.
    case tooMany(count: Int, maximum: Int)
    /// The sources together do not bear the whole.
    case insufficient(missing: Money)
    /// The purchase was undone, so that nothing is taken any more.
    case closed
    /// A purchase cannot be paid by that.
    case notTaken(TenderSource)
    /// More is to be given back than is left of what was taken.
    case exceedsTaken(requested: Money, refundable: Money)

    /// Nothing was changed, and the same call will be refused again.
    public var effect: EffectOutcome { .refused }
}

extension TenderRefusal: CustomStringConvertible {
    /// The reason in a sentence.
    public var description: String {
        switch self {
        case .notPositive(let amount): "an amount must be above zero: \(amount)"
        case .currencyMismatch(let expected, let found): "the purchase is in \(expected), not in \(found)"
        case .repeatedSource(let source): "\(source) is named twice"
        case .tooMany(let count, let maximum): "a purchase is paid by at most \(maximum) sources, not \(count)"
        case .insufficient(let missing): "\(missing) are missing"
        case .closed: "the purchase was undone, and takes nothing any more"
        case .notTaken(let source): "\(source) is not taken here: have it redeemed as store credit"
        case .exceedsTaken(let requested, let refundable):
            "\(requested) cannot be given back, \(refundable) are left of what was taken"
        }
    }
}

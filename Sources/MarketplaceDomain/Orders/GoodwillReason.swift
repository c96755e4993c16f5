/// Why a buyer is given something as goodwill.
public enum GoodwillReason: String, Sendable, Hashable, Codable, CaseIterable {
    /// It came late.
    case lateDelivery
    /// It has a flaw that the buyer puts up with.
    case damaged
    /// It is not quite what was described.
    case notAsDescribed
    /// It became cheaper after it was bought.
    case priceAdjustment
    /// The buyer was not served as they should have been.
    case poorService
    /// Something else.
    case other
}

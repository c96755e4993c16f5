public import MarketplaceCore

/// Until when and for what reasons things can be returned.
public struct ReturnTerms: Sendable, Hashable, Codable {
    /// For how long after the delivery a buyer can change their mind, in whole seconds.
    public let withdrawalSeconds: Int64
    /// For how long after the delivery goods can be complained about, in whole seconds.
    public let claimSeconds: Int64

    /// 14 days to change one's mind (Directive 2011/83/EU article 9), two years for what is not as it should be
    /// (Directive (EU) 2019/771 article 10).
    public static let european = ReturnTerms(withdrawal: .days(14), claim: .days(730))

    /// Terms of these periods.
    public init(withdrawal: Duration, claim: Duration) {
        withdrawalSeconds = max(0, withdrawal.components.seconds)
        claimSeconds = max(0, claim.components.seconds)
    }

    private enum CodingKeys: String, CodingKey {
        case withdrawalSeconds, claimSeconds
    }

    /// Decodes the periods; one below zero is refused.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        withdrawalSeconds = try container.decode(Int64.self, forKey: .withdrawalSeconds)
        claimSeconds = try container.decode(Int64.self, forKey: .claimSeconds)
        guard withdrawalSeconds >= 0, claimSeconds >= 0 else {
            let words = "goods can be returned for no less than no time"
            let context = DecodingError.Context(codingPath: decoder.codingPath, debugDescription: words)
            throw DecodingError.dataCorrupted(context)
        }
    }

    /// Until when something that was delivered at `time` can be returned for that reason; this point is excluded.
    public func end(for reason: ReturnReason, deliveredAt time: Timestamp) -> Timestamp {
        time.advanced(by: .seconds(reason.isSellersFault ? claimSeconds : withdrawalSeconds))
    }
}

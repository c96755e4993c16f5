import MarketplaceCore

/// A file of rules as people write them.
public struct StandInRules: Codable, Hashable {
    /// One rule.
    public struct Rule: Codable, Hashable {
        enum CodingKeys: String, CodingKey, CaseIterable {
            case name, benefit, priority, price, limits, channel, isActive, share
        }

        var name: String
        var benefit: Benefit
        var priority: Int64?
        var price: PriceText?
        var limits: [String: UInt8]?
        var channel: Channel?
        var isActive: Bool?
        var share: Double?

        /// Reads a rule, and refuses a key that it does not know.
        public init(from decoder: any Decoder) throws {
            try decoder.refuseUnknownKeys(besides: CodingKeys.self)
            let container = try decoder.container(keyedBy: CodingKeys.self)
            name = try container.decode(String.self, forKey: .name)
            benefit = try container.decode(Benefit.self, forKey: .benefit)
            priority = try container.decodeIfPresent(Int64.self, forKey: .priority)
            price = try container.decodeIfPresent(PriceText.self, forKey: .price)
            limits = try container.decodeIfPresent([String: UInt8].self, forKey: .limits)
            channel = try container.decodeIfPresent(Channel.self, forKey: .channel)
            isActive = try container.decodeIfPresent(Bool.self, forKey: .isActive)
            share = try container.decodeIfPresent(Double.self, forKey: .share)
        }
    }

    indirect enum Benefit: Codable, Hashable {
        case percent(Int)
        case amount(Money)
        case best(of: [Benefit])
        case when(code: String?, then: Benefit)
    }

    enum Channel: String, Codable, CaseIterable {
        case web
        case app
    }

    /// An amount as a text, such as `19.99 EUR`; an error of its own when it is none.
    struct PriceText: Codable, Hashable {
        let money: Money

        init(from decoder: any Decoder) throws {
            money = try Money(parsing: try decoder.singleValueContainer().decode(String.self))
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            try container.encode(money.description)
        }
    }

    var version: Int
    var rules: [Rule]
}

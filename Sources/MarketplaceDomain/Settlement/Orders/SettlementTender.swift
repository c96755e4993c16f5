public import MarketplaceCore

/// With what a buyer pays, or is given money back.
public enum SettlementTender: Sendable, Hashable {
    /// Money, through the gateway.
    case gateway
    /// Store credit.
    case storeCredit
    /// Store credit up to that amount, which is not below zero, and money through the gateway for the rest.
    case split(storeCredit: Money)
}

extension SettlementTender {
    /// Adds an amount, which is not below zero, to the accounts that it moves, or takes it off them.
    func move(_ minorUnits: Int64, _ direction: Direction, in amounts: inout [LedgerAccount: Int128]) {
        let creditMinor =
            switch self {
            case .gateway: Int64(0)
            case .storeCredit: minorUnits
            case .split(let limit): min(limit.minorUnits, minorUnits)
            }
        for (account, partMinor) in [(LedgerAccount.storeCredit, creditMinor), (.cash, minorUnits - creditMinor)]
        where partMinor != 0 {
            let exact = Int128(partMinor)
            amounts[account, default: 0] += direction == .taken ? exact : -exact
        }
    }

    /// Whether an amount comes from the buyer or goes to them.
    enum Direction {
        /// It was taken: what the marketplace holds grows, what it owes shrinks.
        case taken
        /// It was given.
        case given
    }
}

extension SettlementTender: Codable {
    private enum CodingKeys: String, CodingKey {
        case kind, storeCredit
    }

    private enum Kind: String, Codable, CaseIterable {
        case gateway
        case storeCredit = "store-credit"
        case split
    }

    /// Decodes the kind, and how much at most is store credit where both are used.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let kind = try container.decode(Kind.self, forKey: .kind)
        let limit = try container.decodeIfPresent(Money.self, forKey: .storeCredit)
        switch (kind, limit) {
        case (.gateway, nil): self = .gateway
        case (.storeCredit, nil): self = .storeCredit
        case (.split, let limit?) where !limit.isNegative: self = .split(storeCredit: limit)
        default:
            throw DecodingError.dataCorruptedError(
                forKey: .storeCredit,
                in: container,
                debugDescription: "an amount that is not below zero stands with a split tender, and with no other"
            )
        }
    }

    /// Encodes the kind, and how much at most is store credit where both are used.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .gateway: try container.encode(Kind.gateway, forKey: .kind)
        case .storeCredit: try container.encode(Kind.storeCredit, forKey: .kind)
        case .split(let limit):
            try container.encode(Kind.split, forKey: .kind)
            try container.encode(limit, forKey: .storeCredit)
        }
    }
}

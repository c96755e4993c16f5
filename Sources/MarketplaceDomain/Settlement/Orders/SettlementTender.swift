/// With what a buyer pays, or is given money back.
public enum SettlementTender: String, Sendable, Hashable, Codable, CaseIterable {
    /// Money, through the gateway.
    case gateway
    /// Store credit.
    case storeCredit = "store-credit"

    /// The account that it moves.
    var account: LedgerAccount {
        switch self {
        case .gateway: .cash
        case .storeCredit: .storeCredit
        }
    }
}

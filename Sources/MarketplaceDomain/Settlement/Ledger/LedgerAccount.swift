public import MarketplaceCore

/// An account of the ledger: a kind and, for some kinds, a seller.
public struct LedgerAccount: Sendable, Hashable {
    /// What it holds.
    public let kind: LedgerAccountKind
    /// Whose it is; nil for an account of the marketplace.
    public let sellerID: SellerID?

    /// The account of that kind.
    ///
    /// - Throws: ``LedgerError/malformedAccount(_:)`` when a seller is missing, or there is one too many.
    public init(_ kind: LedgerAccountKind, of sellerID: SellerID? = nil) throws(LedgerError) {
        guard kind.isPerSeller == (sellerID != nil) else { throw .malformedAccount(kind.rawValue) }
        self.init(kind: kind, sellerID: sellerID)
    }

    init(kind: LedgerAccountKind, sellerID: SellerID?) {
        self.kind = kind
        self.sellerID = sellerID
    }

    /// The money at the gateway and the bank.
    public static let cash = LedgerAccount(kind: .cash, sellerID: nil)
    /// Credit that buyers can spend.
    public static let storeCredit = LedgerAccount(kind: .storeCredit, sellerID: nil)
    /// What buyers have paid for what is not delivered yet.
    public static let prepayments = LedgerAccount(kind: .prepayments, sellerID: nil)
    /// Payouts under way.
    public static let payoutClearing = LedgerAccount(kind: .payoutClearing, sellerID: nil)
    /// Commissions, without tax.
    public static let commissionRevenue = LedgerAccount(kind: .commissionRevenue, sellerID: nil)
    /// The tax on commissions.
    public static let commissionTax = LedgerAccount(kind: .commissionTax, sellerID: nil)
    /// The tax on what was sold, where the marketplace remits it.
    public static let salesTax = LedgerAccount(kind: .salesTax, sellerID: nil)
    /// What was sold without a seller.
    public static let ownSales = LedgerAccount(kind: .ownSales, sellerID: nil)
    /// What promotions took off at the marketplace's cost.
    public static let promotionCost = LedgerAccount(kind: .promotionCost, sellerID: nil)
    /// What buyers were given beyond what they returned.
    public static let goodwill = LedgerAccount(kind: .goodwill, sellerID: nil)
    /// Debts of sellers that were given up.
    public static let writeOffs = LedgerAccount(kind: .writeOffs, sellerID: nil)

    /// What a seller has earned and was not paid.
    public static func sellerPayable(_ seller: SellerID) -> LedgerAccount {
        LedgerAccount(kind: .sellerPayable, sellerID: seller)
    }

    /// What of a seller's earnings is held back for returns.
    public static func sellerReserve(_ seller: SellerID) -> LedgerAccount {
        LedgerAccount(kind: .sellerReserve, sellerID: seller)
    }

    /// What a seller owes after returns of what was paid out.
    public static func sellerDebt(_ seller: SellerID) -> LedgerAccount {
        LedgerAccount(kind: .sellerDebt, sellerID: seller)
    }
}

extension LedgerAccount: CustomStringConvertible {
    /// The kind, and behind a slash the seller: `seller-payable/018f…`.
    public var description: String {
        sellerID.map { "\(kind.rawValue)/\($0)" } ?? kind.rawValue
    }
}

extension LedgerAccount: Comparable {
    /// Whether the left one comes first: by the name of the kind, then by the seller.
    public static func < (left: LedgerAccount, right: LedgerAccount) -> Bool {
        if left.kind != right.kind { return left.kind.rawValue < right.kind.rawValue }
        return (left.sellerID?.bits ?? 0) < (right.sellerID?.bits ?? 0)
    }
}

extension LedgerAccount: Codable {
    private enum CodingKeys: String, CodingKey {
        case kind, sellerID
    }

    /// Decodes the kind and the seller.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let kind = try container.decode(LedgerAccountKind.self, forKey: .kind)
        let seller = try container.decodeIfPresent(SellerID.self, forKey: .sellerID)
        do throws(LedgerError) {
            try self.init(kind, of: seller)
        } catch {
            let context = DecodingError.Context(codingPath: decoder.codingPath, debugDescription: error.description)
            throw DecodingError.dataCorrupted(context)
        }
    }
}

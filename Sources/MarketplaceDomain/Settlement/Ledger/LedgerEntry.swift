public import MarketplaceCore

/// One entry of the double-entry ledger: lines that sum to zero in every currency.
///
/// An entry is never changed or taken back; what turned out otherwise is another entry.
public struct LedgerEntry: Sendable, Hashable {
    /// The most lines of an entry: an order of 200 lines of 200 sellers has one for each, and a dozen of its own.
    public static let maximumLines = 256

    /// What names it.
    public let id: LedgerEntryID
    /// What it is for.
    public let cause: LedgerCause
    /// The lines, in the order of their accounts; none where nothing moved.
    public let lines: [LedgerLine]

    /// An entry of these lines.
    ///
    /// - Throws: ``LedgerError`` when a currency does not sum to zero, a line is of nothing, two lines of one currency
    ///   are of one account, or there are too many.
    public init(_ id: LedgerEntryID, for cause: LedgerCause, _ lines: [LedgerLine]) throws(LedgerError) {
        guard lines.count <= Self.maximumLines else { throw .tooManyLines(lines.count, maximum: Self.maximumLines) }
        var sums: [Currency: Int128] = [:]
        var seen: Set<LedgerBalanceKey> = []
        for line in lines {
            guard !line.amount.isZero else { throw .emptyLine(line.account) }
            guard seen.insert(LedgerBalanceKey(line.account, line.amount.currency)).inserted else {
                throw .doubleLine(line.account, line.amount.currency)
            }
            sums[line.amount.currency, default: 0] += Int128(line.amount.minorUnits)
        }
        for (currency, sum) in sums.sorted(by: { $0.key.code < $1.key.code }) where sum != 0 {
            throw .unbalanced(currency, differenceMinor: sum)
        }
        self.id = id
        self.cause = cause
        self.lines = lines.sorted { left, right in
            left.account == right.account
                ? left.amount.currency.code < right.amount.currency.code : left.account < right.account
        }
    }

    /// An entry of one currency from exact amounts by account; accounts that nothing moves on are left out.
    init(
        _ id: LedgerEntryID,
        for cause: LedgerCause,
        _ amounts: [LedgerAccount: Int128],
        in currency: Currency
    ) throws(LedgerError) {
        var lines: [LedgerLine] = []
        for (account, amount) in amounts where amount != 0 {
            guard let minorUnits = Int64(exactly: amount) else { throw .overflow(account) }
            lines.append(LedgerLine(account, Money(minorUnits: minorUnits, currency)))
        }
        try self.init(id, for: cause, lines)
    }

    /// What is moved on an account in a currency; zero when nothing is.
    public func amount(on account: LedgerAccount, in currency: Currency) -> Money {
        lines.first { $0.account == account && $0.amount.currency == currency }?.amount ?? .zero(currency)
    }
}

extension LedgerEntry: Codable {
    private enum CodingKeys: String, CodingKey {
        case id, cause, lines
    }

    /// Decodes an entry, and checks that it balances.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let id = try container.decode(LedgerEntryID.self, forKey: .id)
        let cause = try container.decode(LedgerCause.self, forKey: .cause)
        let lines = try container.decode([LedgerLine].self, forKey: .lines)
        do throws(LedgerError) {
            try self.init(id, for: cause, lines)
        } catch {
            let context = DecodingError.Context(codingPath: decoder.codingPath, debugDescription: error.description)
            throw DecodingError.dataCorrupted(context)
        }
    }
}

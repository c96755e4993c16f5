package import MarketplaceCore

/// The part of a member's store credit in one currency that expires, by when it does; the rest never does.
///
/// What expires first is spent first. Each operation takes O(n) time for n lots.
package struct ExpiringCredit: Sendable, Hashable, Codable {
    /// The most times of expiry of one member and currency, so that the record of them stays small.
    package static let maximumLots = 100

    /// The lots, what expires first in front; no two expire at the same time.
    package private(set) var lots: [StoreCreditLot] = []

    package init() {}

    /// When the first lot expires; nil when there is none.
    package var nextExpiry: Timestamp? { lots.first?.expiresAt }

    /// How much has expired by a time, in minor units.
    package func expiredMinor(at time: Timestamp) -> Int64 {
        lots.prefix { $0.expiresAt <= time }.reduce(0) { Self.sum($0, $1.amount.minorUnits) }
    }

    /// Whether another time of expiry can be added.
    package func hasRoom(for expiresAt: Timestamp) -> Bool {
        lots.count < Self.maximumLots || lots.contains { $0.expiresAt == expiresAt }
    }

    /// Adds credit.
    package mutating func put(_ lot: StoreCreditLot) {
        guard lot.amount.isPositive else { return }
        let place = lots.firstIndex { $0.expiresAt >= lot.expiresAt } ?? lots.count
        guard place < lots.count, lots[place].expiresAt == lot.expiresAt else { return lots.insert(lot, at: place) }
        let together = Self.sum(lots[place].amount.minorUnits, lot.amount.minorUnits)
        let amount = Money(minorUnits: together, lot.amount.currency)
        lots[place] = StoreCreditLot(expiresAt: lot.expiresAt, amount: amount)
    }

    /// Takes so many minor units, or all there are, of what expires first.
    ///
    /// - Returns: What was taken; what is missing is taken of the credit that never expires.
    package mutating func take(_ minorUnits: Int64) -> [StoreCreditLot] {
        var restMinor = minorUnits
        var taken: [StoreCreditLot] = []
        while restMinor > 0, let first = lots.first {
            let partMinor = min(restMinor, first.amount.minorUnits)
            let currency = first.amount.currency
            taken.append(StoreCreditLot(expiresAt: first.expiresAt, amount: Money(minorUnits: partMinor, currency)))
            if partMinor == first.amount.minorUnits {
                lots.removeFirst()
            } else {
                let left = Money(minorUnits: first.amount.minorUnits - partMinor, currency)
                lots[0] = StoreCreditLot(expiresAt: first.expiresAt, amount: left)
            }
            restMinor -= partMinor
        }
        return taken
    }

    /// Takes off what has expired by a time.
    package mutating func lapse(at time: Timestamp) -> [StoreCreditLot] {
        let expired = lots.prefix { $0.expiresAt <= time }
        lots.removeFirst(expired.count)
        return Array(expired)
    }

    /// A sum that stays where it is rather than overflow: amounts are bounded far below, damaged records are not.
    private static func sum(_ lhs: Int64, _ rhs: Int64) -> Int64 {
        let (sum, isOverflow) = lhs.addingReportingOverflow(rhs)
        return isOverflow ? .max : sum
    }
}

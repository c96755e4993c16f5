public import MarketplaceCore

/// What is counted towards a member's limit: a SKU and a member.
public struct MemberCountKey: Hashable, Sendable, Codable {
    /// The SKU.
    public let sku: SKU
    /// The member.
    public let member: MemberKey

    /// Makes a key.
    public init(_ sku: SKU, _ member: MemberKey) {
        self.sku = sku
        self.member = member
    }
}

extension MemberCountKey: Comparable {
    /// By SKU, then by member.
    public static func < (lhs: MemberCountKey, rhs: MemberCountKey) -> Bool {
        lhs.sku == rhs.sku ? lhs.member < rhs.member : lhs.sku < rhs.sku
    }
}

/// How many units of a SKU a member has, held, allocated and shipped together.
///
/// It counts towards one limit only: a later limit begins anew and overwrites it, so there is never more than one row
/// per SKU and member.
public struct MemberCountRow: Hashable, Sendable, Codable {
    /// Of what, and whose.
    public let key: MemberCountKey
    /// Which limit of the SKU the units count towards.
    public let limitGeneration: Int64
    /// How many units.
    public let units: Int64

    /// Makes a row.
    public init(_ key: MemberCountKey, limitGeneration: Int64, units: Int64) {
        self.key = key
        self.limitGeneration = limitGeneration
        self.units = units
    }
}

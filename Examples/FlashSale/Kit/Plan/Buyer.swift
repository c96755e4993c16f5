package import Marketplace

/// Somebody who wants one unit of one SKU.
package struct Buyer: Sendable, Hashable {
    /// The number, from 0.
    package let number: Int
    /// The number of the SKU that is wanted.
    package let offer: Int
    /// Whether the buyer comes before the opening.
    package let comesEarly: Bool
    /// Whether the buyer orders again after a purchase.
    package let comesBack: Bool

    /// The member.
    package var member: MemberID { MemberID(bits: UInt128(number) + 1) }
}

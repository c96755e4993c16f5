package import Marketplace

/// A member who will open a shop on the first day.
package struct PlannedSeller: Sendable, Hashable {
    /// The member, by number.
    package let member: Int
    /// The currency of all prices of the shop.
    package let currency: Currency
    /// What it costs to have a parcel sent by it.
    package let shippingMinor: Int64
}

package import Marketplace

/// What somebody wants to buy: the API writes it down before it answers, the worker buys it.
///
/// The order names it: however often it is asked for, and by whichever process, it is bought once.
package struct PurchaseWish: Sendable, Hashable, Codable {
    /// The order that becomes of it.
    package let order: OrderID
    /// Who buys.
    package let buyer: MemberID
    /// How many units of the only thing that is sold.
    package let units: Quantity

    /// A wish of these parts.
    package init(order: OrderID, buyer: MemberID, units: Quantity) {
        self.order = order
        self.buyer = buyer
        self.units = units
    }

    /// A wish of a generated load: the same number gives the same wish.
    package init(number: Int, seed: UInt64) {
        var generator = SeededGenerator(seed: seed &+ UInt64(number))
        order = OrderID(bits: UInt128(generator.next()) << 64 | UInt128(number))
        buyer = MemberID(bits: UInt128(generator.next(through: 99)))
        units = generator.next(through: 3) == 0 ? .two : .one
    }
}

extension Quantity {
    fileprivate static let two = (try? Quantity.one.adding(.one)) ?? .one
}

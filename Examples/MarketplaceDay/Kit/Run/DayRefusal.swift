/// Why a purchase came to nothing.
package enum DayRefusal: String, Sendable, Hashable, CaseIterable {
    /// The goods were not there.
    case outOfStock = "out of stock"
    /// The goods were not held any more.
    case holdExpired = "hold expired"
    /// The gateway said no.
    case declined
    /// Something else.
    case other
}

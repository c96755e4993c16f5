public import MarketplaceCore

extension Quantity {
    /// So many units, for a number in a test's own source.
    public static func units(_ number: Int) -> Quantity {
        do throws(QuantityError) {
            return try Quantity(number)
        } catch {
            preconditionFailure("\(error)")
        }
    }
}

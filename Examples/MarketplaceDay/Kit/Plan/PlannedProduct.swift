/// Something a shop will sell from the first day on.
package struct PlannedProduct: Sendable, Hashable {
    /// The shop, by number.
    package let seller: Int
    /// What one unit costs.
    package let priceMinor: Int64
    /// How many units there are at first, and come in every week.
    package let stock: Int
    /// The category, by number.
    package let category: Int
    /// Whether there is only one of it, ever.
    package let isSinglePiece: Bool
}

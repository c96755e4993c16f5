/// The bounds that every inventory keeps, so that what one form accepts the others do too.
public enum InventoryLimits {
    /// The most bytes of a SKU: with its prefix it still fits a counter key of every store.
    public static let skuBytes = 200
    /// The most bytes of a member's key: together with a SKU it still fits a counter key of every store.
    public static let memberBytes = 200
    /// The most bytes of a location's key: together with a SKU it still fits a counter key of every store.
    public static let locationBytes = 100
    /// The most locations that have a level of one SKU: the list of them is read with the SKU.
    public static let locationsPerSKU = 1_000
    /// The most lines of one reservation: each takes up to seven parts of a transaction of at most 10,000.
    public static let linesPerReservation = 1_000
    /// The most units on hand of one SKU: sums of so many never come near the end of 64 bits.
    public static let unitsOnHand: Int64 = 1_000_000_000_000_000
    /// The most reservations, movements or levels one call may ask for.
    public static let pageSize = 10_000
    /// How long an ended reservation and a receipt are remembered unless told otherwise: a day, as long as a store
    /// keeps the ids of transactions.
    ///
    /// A call repeated later than that meets an unknown id.
    public static let defaultRetention = Duration.seconds(24 * 60 * 60)
}

/// What a seller is called in the marketplace, kept as it was entered.
public struct SellerProfile: Sendable, Hashable, Codable {
    /// The name of the shop; no two sellers have the same, in either case.
    public let shopName: String

    /// The most Unicode scalars of a shop's name: it fits a line of a listing.
    public static let maximumNameLength = 60

    /// A profile of these parts.
    public init(shopName: String) {
        self.shopName = shopName
    }
}

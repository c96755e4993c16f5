public import MarketplaceCore

/// What a return has to know of its order.
public struct ReturnableOrder: Sendable, Hashable {
    /// One line.
    public struct Line: Sendable, Hashable {
        /// How many units were delivered and are in no other return.
        public let returnableUnits: Int
        /// When the last of them was delivered; nil while none was.
        public let deliveredAt: Timestamp?

        /// A line of these parts.
        public init(returnableUnits: Int, deliveredAt: Timestamp?) {
            self.returnableUnits = returnableUnits
            self.deliveredAt = deliveredAt
        }
    }

    /// The order.
    public let id: OrderID
    /// Whose it is.
    public let buyer: MemberID
    /// Who sold it; nil is the marketplace itself.
    public let seller: SellerID?
    /// Its lines, in its order.
    public let lines: [Line]

    /// An order of these parts.
    public init(id: OrderID, buyer: MemberID, seller: SellerID?, lines: [Line]) {
        self.id = id
        self.buyer = buyer
        self.seller = seller
        self.lines = lines
    }
}

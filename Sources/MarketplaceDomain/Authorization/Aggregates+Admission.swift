import MarketplaceCore

// Whoever has no standing in an aggregate is refused a repetition too: the key of somebody else's command opens nothing.
// Whose each aggregate is stands here in one place, as the rules of commands do.

extension CategoryTree {
    /// Refuses strangers; see ``CommandRule``.
    public func admit(_ command: Command) throws(CategoryRejection) {
        try command.refuseStrangers(as: CategoryRejection.forbidden)
    }
}

extension Enterprise {
    /// Refuses strangers; see ``CommandRule``.
    public func admit(_ command: Command) throws(EnterpriseRejection) {
        try command.refuseStrangers(owner: registration?.ownerID, as: EnterpriseRejection.forbidden)
    }
}

extension Member {
    /// Refuses strangers; see ``CommandRule``.
    public func admit(_ command: Command) throws(MemberRejection) {
        try command.refuseStrangers(owner: id, as: MemberRejection.forbidden)
    }
}

extension Order {
    /// Refuses strangers; see ``CommandRule``.
    public func admit(_ command: Command) throws(OrderRejection) {
        try command.refuseStrangers(owner: placed?.buyerID, seller: placed?.sellerID, as: OrderRejection.forbidden)
    }
}

extension OrderGroup {
    /// Refuses strangers; see ``CommandRule``.
    public func admit(_ command: Command) throws(OrderGroupRejection) {
        try command.refuseStrangers(owner: placed?.buyerID, as: OrderGroupRejection.forbidden)
    }
}

extension OrderReturn {
    /// Refuses strangers; see ``CommandRule``.
    public func admit(_ command: Command) throws(ReturnRejection) {
        try command.refuseStrangers(
            owner: requested?.buyerID,
            seller: requested?.sellerID,
            as: ReturnRejection.forbidden
        )
    }
}

extension OrderSettlement {
    /// Refuses strangers; see ``CommandRule``.
    public func admit(_ command: Command) throws(OrderSettlementRejection) {
        try command.refuseStrangers(as: OrderSettlementRejection.forbidden)
    }
}

extension PartnerSchool {
    /// Refuses strangers; see ``CommandRule``.
    public func admit(_ command: Command) throws(PartnerSchoolRejection) {
        try command.refuseStrangers(as: PartnerSchoolRejection.forbidden)
    }
}

extension Payment {
    /// Refuses strangers; see ``CommandRule``.
    public func admit(_ command: Command) throws(PaymentRejection) {
        try command.refuseStrangers(owner: begun?.buyerID, as: PaymentRejection.forbidden)
    }
}

extension Payout {
    /// Refuses strangers; see ``CommandRule``.
    public func admit(_ command: Command) throws(PayoutRejection) {
        try command.refuseStrangers(seller: created?.sellerID, as: PayoutRejection.forbidden)
    }
}

extension Product {
    /// Refuses strangers; see ``CommandRule``.
    public func admit(_ command: Command) throws(ProductRejection) {
        try command.refuseStrangers(seller: sellerID, as: ProductRejection.forbidden)
    }
}

extension Review {
    /// Refuses strangers; see ``CommandRule``.
    public func admit(_ command: Command) throws(ReviewRejection) {
        try command.refuseStrangers(owner: published?.authorID, as: ReviewRejection.forbidden)
    }
}

extension SellerAccount {
    /// Refuses strangers; see ``CommandRule``.
    public func admit(_ command: Command) throws(SellerAccountRejection) {
        try command.refuseStrangers(owner: application?.ownerID, seller: id, as: SellerAccountRejection.forbidden)
    }
}

extension Shipment {
    /// Refuses strangers; see ``CommandRule``.
    public func admit(_ command: Command) throws(ShipmentRejection) {
        try command.refuseStrangers(owner: created?.buyerID, seller: created?.sellerID, as: ShipmentRejection.forbidden)
    }
}

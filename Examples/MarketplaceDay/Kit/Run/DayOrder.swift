import Marketplace

/// An order as the run follows it.
struct DayOrder {
    /// Where it stands.
    enum Stage: Hashable {
        /// Paid for.
        case paid
        /// On its way.
        case sent(ShipmentID, Waybill)
        /// There since that day.
        case delivered(day: Int)
        /// On its way back since that day.
        case comingBack(ReturnID, day: Int)
        /// Nothing more will happen to it.
        case over
    }

    /// The order.
    let id: OrderID
    /// Of which purchase, from 1.
    let number: Int
    /// Who bought.
    let buyer: MemberID
    /// Who sells.
    let seller: SellerID
    /// What its purchase was paid by.
    let payment: PaymentID
    /// Whether what is given back of it is to become store credit.
    let isRefundedAsCredit: Bool
    /// On which day it is to be sent.
    let day: Int
    /// What is to become of it.
    let fate: PlannedPurchase.Fate
    /// Where it stands.
    var stage = Stage.paid
    /// Whether a parcel of it was lost.
    var wasLost = false
}

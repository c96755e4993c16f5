/// The names of steps that a purchase can be refused by, where the name says whose refusal it is.
enum CheckoutStep {
    static let price = "price order"
    static let holdCoupons = "hold coupons"
    static let redeemCoupons = "redeem coupons"
    static let authorize = "authorize payment"
    static let capture = "capture payment"
    static let charge = "charge"
}

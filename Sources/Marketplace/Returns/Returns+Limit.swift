import MarketplaceCore
import MarketplaceDomain
import MarketplaceStorage

extension Returns {
    /// What a return gives: what was paid for its units, or what is left to give where that is less, because the buyer
    /// was given something before that was not for units.
    ///
    /// An order gives back no more than was paid for it, and its purchase no more than was taken: what other returns and
    /// orders of the purchase were promised and is not on its way yet is theirs. The purchase limits nothing while it is
    /// not fully captured, or was paid elsewhere: then the payment has the last word.
    ///
    /// - Parameters:
    ///   - amount: What was paid for its units.
    ///   - order: Its order.
    ///   - id: The return.
    ///   - transaction: Is only applied if what was read here is still true.
    /// - Returns: What is given.
    /// - Throws: ``ReturnsError`` when something cannot be read.
    func limited(
        _ amount: Money,
        of order: Order,
        for id: ReturnID,
        in transaction: inout Transaction
    ) async throws(ReturnsError) -> Money {
        guard amount.isPositive else { return amount }
        let remainder = PurchaseRemainder(purchases: payments.purchases, orders: archive.orders)
        let left: Int128?
        do throws(PurchaseRemainder.Failure) {
            left = try await remainder.leftMinor(for: order, besides: id, in: amount.currency, &transaction)
        } catch {
            switch error {
            case .payment(let error): throw .payment(error)
            case .order(let error): throw .order(error)
            }
        }
        let ofOrder = order.refundable?.minorUnits ?? 0
        let ofPurchase = Int64(clamping: max(0, left ?? Int128(ofOrder)))
        return Money(minorUnits: min(amount.minorUnits, ofOrder, ofPurchase), amount.currency)
    }
}

package import Marketplace

/// What is left behind by the days, read back from where it is kept and not from those who took part.
package struct DayEvidence: Sendable {
    /// The gateway's own record.
    package var gatewayEntries: [GatewayRecordEntry] = []
    /// What the bank has sent to sellers.
    package var sentPayouts: [PayoutRequest] = []
    /// The orders, from their events.
    package var orders: [OrderID: Order] = [:]
    /// The orders that were ever paid for.
    package var confirmed: Set<OrderID> = []
    /// The returns, from their events.
    package var returns: [ReturnID: OrderReturn] = [:]
    /// The payments, from their events.
    package var payments: [PaymentID: Payment] = [:]
    /// The payouts, from their events.
    package var payouts: [PayoutID: Payout] = [:]
    /// The entries of the ledger, in the order of the feed.
    package var entries: [LedgerEntry] = []
    /// The entries of the buyers' ledgers of store credit, in the order of the feed.
    package var creditEntries: [StoreCreditEvent] = []
    /// The gift cards that were redeemed.
    package var redeemedCards: [GiftCardRedeemed] = []
    /// What buyers have left of store credit, from its counters.
    package var creditLeft: [CreditOwner: CreditLeft] = [:]
    /// What the ledger's accounts stand at, from their counters: by kind and currency.
    package var balances: [Currency: [LedgerAccountKind: Int64]] = [:]
    /// What the library's own comparison of payments with the gateway's statement says.
    package var paymentDifferences: [String] = []
    /// How many movements that comparison matched.
    package var matchedMovements = 0
    /// How many checkouts have not ended, by status, as far as one page shows.
    package var openSagas: [SagaStatus: Int] = [:]
    /// What is there of each SKU.
    package var stock: [SKU: SKUStock] = [:]
    /// The addresses that the mails with a link went to.
    package var verifiedAddresses: [String] = []
    /// How many reservations are held for somebody who has not paid.
    package var heldReservations = 0
    /// How many webhooks wait for something.
    package var waitingNotices = 0
    /// The webhooks that were not taken in.
    package var failedNotices: [String] = []
    /// What the ledger was told and refused.
    package var unposted: [String] = []

    /// No evidence at all.
    package init() {}
}

public import MarketplaceCore

/// The order that is settled was changed: units were called off, and others added, of which is frozen who gets what.
public struct SettlementAmended: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "SettlementAmended" }

    /// The order.
    public let orderID: OrderID
    /// The entry that stands for the change.
    public let entryID: LedgerEntryID
    /// The units that were called off, the last ones of their lines.
    public let canceled: [LineUnits]
    /// The units that were added, as lines of their own; they become the last units of the lines of their ids.
    public let added: [SettledLine]
    /// What the buyer paid for the difference; nil when there was nothing to pay.
    public let paid: Money?
    /// With what it was paid.
    public let tender: SettlementTender
    /// Who did it.
    public let by: CommandActor
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(
        orderID: OrderID,
        entryID: LedgerEntryID,
        canceled: [LineUnits],
        added: [SettledLine],
        paid: Money?,
        tender: SettlementTender,
        by: CommandActor,
        at: Timestamp
    ) {
        self.orderID = orderID
        self.entryID = entryID
        self.canceled = canceled
        self.added = added
        self.paid = paid
        self.tender = tender
        self.by = by
        self.at = at
    }
}

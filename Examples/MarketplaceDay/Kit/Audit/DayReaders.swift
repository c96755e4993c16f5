import Marketplace

/// Puts aggregates together from the feed, of every kind the books are about.
struct DayReaders {
    /// The aggregates of one kind.
    struct Kind<Root: Aggregate> where Root.Event: EventUnion {
        private let reader = EventReader(Root.Event.self, codec: .json)
        private let make: () -> Root
        private let identify: (Root) -> Root.ID?
        private var roots: [StreamID: Root] = [:]

        init(_ make: @escaping () -> Root, _ identify: @escaping (Root) -> Root.ID?) {
            self.make = make
            self.identify = identify
        }

        /// Moves an aggregate along an event, which is returned.
        @discardableResult
        mutating func take(_ event: RecordedEvent) throws -> Root.Event {
            let value = try reader.read(event)
            var root = roots[event.stream] ?? make()
            root.apply(value)
            roots[event.stream] = root
            return value
        }

        /// The aggregates by their ids.
        var byID: [Root.ID: Root] {
            var found: [Root.ID: Root] = [:]
            for root in roots.values { if let id = identify(root) { found[id] = root } }
            return found
        }
    }

    private let ledger = EventReader(LedgerEvent.self, codec: .json)
    private let credit = EventReader(StoreCreditEvent.self, codec: .json)
    private let cards = EventReader(GiftCardEvent.self, codec: .json)
    var orders = Kind({ Order() }, \.id)
    var returns = Kind({ OrderReturn() }, \.id)
    var payments = Kind({ Payment() }, \.id)
    var payouts = Kind({ Payout() }, \.id)
    var entries: [LedgerEntry] = []
    var creditEntries: [StoreCreditEvent] = []
    var redeemedCards: [GiftCardRedeemed] = []
    var confirmed: Set<OrderID> = []

    /// Takes an event of any of the kinds.
    mutating func take(_ event: RecordedEvent) throws {
        switch event.stream.category.text {
        case Order.category:
            if case .statusChanged(let change) = try orders.take(event), change.to == .confirmed {
                confirmed.insert(change.orderID)
            }
        case OrderReturn.category: try returns.take(event)
        case Payment.category: try payments.take(event)
        case Payout.category: try payouts.take(event)
        case StoreCredits.category.text: creditEntries.append(try credit.read(event))
        case GiftCards.category.text: if case .redeemed(let card) = try cards.read(event) { redeemedCards.append(card) }
        default: if case .posted(let posted) = try ledger.read(event) { entries.append(posted.entry) }
        }
    }
}

import Marketplace
import MarketplaceTestKit
import TestSupport
import Testing

/// The read models that grew while the marketplace ran, beside those that are built of the whole feed from empty.
struct RebuiltReadModels {
    let market: WholeMarket
    let run: PropertyRun
    let events: [RecordedEvent]

    init(_ market: WholeMarket, _ run: PropertyRun) async throws {
        self.market = market
        self.run = run
        events = try await market.events()
    }

    /// Brings the read models that live to the end of the feed.
    static func catchUp(_ market: WholeMarket) async throws {
        try await market.orders.catchUp()
        try await market.runner(of: PaymentBook(codec: .json)).catchUp()
        try await market.runner(of: market.purchases).catchUp()
        let records = ProductSearchRecords(in: market.environment)
        try await market.runner(of: records).catchUp()
        try await records.refreshMovedCategories()
    }

    func check() async throws {
        try await checkProjectionsOverACopy()
        try await checkSearchRecords()
        try await checkLedger()
        try await checkRatings()
        try await checkStock()
    }

    /// Orders, payments and purchases, built in a store that has nothing but the events.
    private func checkProjectionsOverACopy() async throws {
        let copy = InMemoryStore(wallClock: market.clock.wall, clock: market.clock)
        for event in events {
            var transaction = Transaction(id: market.environment.identifiers.next(), time: event.time)
            transaction.append([event.draft], to: event.stream, expecting: .any)
            _ = try await copy.commit(transaction)
        }
        let environment = ServiceEnvironment(
            store: copy,
            codec: .json,
            identifiers: market.environment.identifiers,
            wallClock: market.clock.wall
        )
        try await Orders(in: environment, gateway: market.gateway, inventory: market.inventory).catchUp()
        try await market.runner(of: PaymentBook(codec: .json), over: copy).catchUp()
        try await market.runner(of: PurchaseIndex(in: environment), over: copy).catchUp()
        for collection in ["orders", "payment-movements", "payment-references", "review-purchases"]
            as [DocumentCollection]
        {
            let (live, rebuilt) = (
                try await documents(of: collection, in: market.store), try await documents(of: collection, in: copy)
            )
            // Not the documents themselves, which nobody would want to read all of.
            let different = Set(live.keys).union(rebuilt.keys).filter { live[$0] != rebuilt[$0] }
            #expect(different == [], "\(collection), \(run.replay)")
            #expect(!live.isEmpty, "nothing is in \(collection), \(run.replay)")
        }
    }

    private func documents(
        of collection: DocumentCollection,
        in store: InMemoryStore
    ) async throws -> [DocumentKey: [UInt8]] {
        var documents: [DocumentKey: [UInt8]] = [:]
        var query: DocumentQuery? = .all(of: collection, limit: StoreLimits.pageSize)
        while let current = query {
            let slice = try await store.documents(matching: current)
            for document in slice.documents { documents[document.key] = document.body }
            query = slice.next.map(current.continued)
        }
        return documents
    }

    /// What a search is given, with its statistics, in a generation of its own.
    private func checkSearchRecords() async throws {
        let records = ProductSearchRecords(in: market.environment)
        let runner = market.runner(of: records)
        let generation = try await runner.rebuild()
        try await runner.catchUp()
        try await records.refreshMovedCategories(generation: generation)
        var count = 0
        for number in 300...307 {
            let id = ProductID(bits: UInt128(number))
            let (live, rebuilt) = (
                try await records.record(of: id), try await records.record(of: id, generation: generation)
            )
            // How often a record was written is no part of what it tells.
            func told(_ record: ProductSearchRecord?) -> [String] {
                record.map { record in
                    Mirror(reflecting: record).children.filter { $0.label != "revision" }.map { "\($0)" }
                } ?? []
            }
            #expect(told(live) == told(rebuilt), "\(run.replay)")
            let statistics = try await records.statistics(of: id)
            #expect(try await records.statistics(of: id, generation: generation) == statistics, "\(run.replay)")
            if live != nil { count += 1 }
        }
        #expect(count > 0, "no product has a record, \(run.replay)")
    }

    /// Balances and open items, added up from the entries.
    private func checkLedger() async throws {
        let codec = market.environment.codec
        var balances = LedgerBalances()
        var items: Set<OpenItem> = []
        for event in events where event.name == LedgerEntryPosted.eventName {
            let posted = try codec.decode(LedgerEntryPosted.self, from: event.payload)
            try balances.post(posted.entry)
            items.formUnion(posted.opens)
            let settled = Set(posted.settles)
            items = items.filter { !settled.contains($0.id) }
        }
        #expect(balances.sumMinor(in: .krw) == 0 && !balances.minorUnits.isEmpty, "\(run.replay)")
        for (key, minorUnits) in balances.minorUnits {
            let live = try await market.settlement.balance(of: key.account, in: key.currency, by: WholeMarket.staff)
            #expect(live.minorUnits == minorUnits, "\(key), \(run.replay)")
        }
        let trial = try await market.settlement.trialBalance(in: [.krw], by: WholeMarket.staff)
        for kind in LedgerAccountKind.allCases {
            let sum = balances.minorUnits.reduce(0) { $1.key.account.kind == kind ? $0 + $1.value : $0 }
            #expect(trial[kind, .krw].minorUnits == sum, "\(kind), \(run.replay)")
        }
        for seller in ServiceStream.sellers {
            let live = try await market.settlement.openItems(of: seller, in: .krw, by: WholeMarket.staff)
            #expect(Set(live) == items.filter { $0.sellerID == seller }, "\(run.replay)")
        }
    }

    private func checkRatings() async throws {
        let reader = EventReader<ReviewEvent>(codec: market.environment.codec)
        var votes: [ProductID: [Int: Int64]] = [:]
        for event in events where event.stream.category.text == Review.category {
            let review = try reader.read(event)
            let product =
                switch review {
                case .published(let published): published.productID
                case .edited(let edited): edited.productID
                case .statusChanged(let change): change.productID
                }
            for (stars, change) in RatingHistogram.changes(by: review) {
                votes[product, default: [:]][stars, default: 0] += change
            }
        }
        for (product, votes) in votes {
            #expect(try await market.reviews.histogram(of: product) == RatingHistogram(votes: votes), "\(run.replay)")
        }
    }

    private func checkStock() async throws {
        var onHand: [SKU: Int64] = [:]
        for event in events where event.name == StockMoved.eventName {
            let moved = try market.environment.codec.decode(StockMoved.self, from: event.payload)
            onHand[moved.sku, default: 0] += moved.deltas.onHand
        }
        for (sku, units) in onHand {
            #expect(try await market.inventory.stock(of: sku)?.onHand == units, "\(sku), \(run.replay)")
        }
    }
}

import Marketplace
import MarketplaceTestKit
import TestSupport
import Testing

/// A seeded stream of calls of the services of a whole marketplace, legal and illegal, some of them repeated.
///
/// After every call the ledger sums to zero, every refusal is typed and says that nothing happened, and a repeated call
/// has recorded nothing.
struct ServiceStream {
    /// A call that recorded something and can be made again.
    private struct Earlier {
        let name: String
        let call: @Sendable () async throws -> Void
    }

    struct Violation: Error, CustomStringConvertible {
        let description: String
    }

    struct Count {
        var carriedOut = 0
        var refused = 0
        var repeated = 0

        mutating func add(_ other: Count) {
            carriedOut += other.carriedOut
            refused += other.refused
            repeated += other.repeated
        }
    }

    /// How many calls are remembered to be repeated.
    private static let memory = 40

    let market: WholeMarket
    var run: PropertyRun
    private(set) var counts: [String: Count] = [:]
    /// All orders that were placed, and those among them that were paid for.
    private(set) var orders: [OrderID] = []
    private(set) var confirmed: [OrderID] = []
    private(set) var delivered: [OrderID] = []
    /// The orders whose settlement was opened, and the reviews that were written.
    private(set) var settled: [OrderID] = []
    private(set) var written: [ReviewPublished] = []
    private(set) var shipments: [ShipmentID] = []
    private var earlier: [Earlier] = []
    private var seen = FeedPosition.start
    private var lastNumber = 0

    init(_ run: PropertyRun) throws {
        self.run = run
        market = try WholeMarket(seed: run.seed, [.authorize: GatewayRates(declined: .percent(8))])
    }

    /// Makes a call, and checks what holds of every call.
    ///
    /// - Parameters:
    ///   - name: The name under which it is counted.
    ///   - isRepeatable: Whether it has a key by which its repetition is known.
    ///   - call: The call.
    /// - Throws: ``Violation`` when something does not hold; what the call throws when that is not typed.
    mutating func call(
        _ name: String,
        isRepeatable: Bool = true,
        _ call: @escaping @Sendable () async throws -> Void
    ) async throws {
        do {
            try await call()
            counts[name, default: Count()].carriedOut += 1
        } catch let refusal as any EffectStating {
            try Self.check(refusal, of: name)
            counts[name, default: Count()].refused += 1
        }
        let isRecorded = try await look()
        if isRecorded, isRepeatable { remember(Earlier(name: name, call: call)) }
        try await checkLedger(after: name)
    }

    /// Makes an earlier call again, which must record nothing.
    mutating func repeatCall() async throws {
        guard !earlier.isEmpty else { return }
        let again = run.element(of: earlier)
        do {
            try await again.call()
        } catch let refusal as any EffectStating {
            try Self.check(refusal, of: again.name)
        }
        counts[again.name, default: Count()].repeated += 1
        guard try await !look() else { throw Violation(description: "\(again.name) recorded something twice") }
        try await checkLedger(after: again.name)
    }

    private mutating func remember(_ call: Earlier) {
        earlier.append(call)
        if earlier.count > Self.memory { earlier.remove(at: run.natural(through: Self.memory)) }
    }

    /// Looks at what is new on the feed; false when nothing is.
    private mutating func look() async throws -> Bool {
        let new = try await market.events(after: seen)
        guard let last = new.last else { return false }
        seen = last.position
        for event in new {
            switch event.name {
            case OrderCreated.eventName: orders.append(try OrderID(parsing: event.stream.key.text))
            case ShipmentCreated.eventName: shipments.append(try ShipmentID(parsing: event.stream.key.text))
            case OrderStatusChanged.eventName:
                let change = try market.environment.codec.decode(OrderStatusChanged.self, from: event.payload)
                if change.to == .confirmed { confirmed.append(change.orderID) }
                if change.to == .delivered { delivered.append(change.orderID) }
            case SettlementOpened.eventName: settled.append(try OrderID(parsing: event.stream.key.text))
            case ReviewPublished.eventName:
                written.append(try market.environment.codec.decode(ReviewPublished.self, from: event.payload))
            default: break
            }
        }
        return true
    }

    private static func check(_ refusal: any EffectStating, of name: String) throws {
        guard refusal.effect == .refused || refusal is SettlementError && refusal.effect == .notApplied else {
            throw Violation(description: "\(name) failed with \(refusal.effect): \(refusal)")
        }
        guard "\(refusal)".split(separator: " ").count > 2 else {
            throw Violation(description: "\(name): the refusal is no sentence: \(refusal)")
        }
    }

    private func checkLedger(after name: String) async throws {
        let trial = try await market.settlement.trialBalance(in: [.krw], by: WholeMarket.staff)
        guard trial.isBalanced else { throw Violation(description: "the ledger is off after \(name)") }
    }
}

extension ServiceStream {
    static let buyers = (1...3).map { MemberID(bits: UInt128(100 + $0)) }
    static let sellers = (1...2).map { SellerID(bits: UInt128(200 + $0)) }

    mutating func happens(onceIn count: Int) -> Bool { run.natural(through: count - 1) == 0 }

    mutating func nextNumber() -> UInt128 {
        lastNumber += 1
        return UInt128(10_000 + lastNumber)
    }

    /// A key that was not used before.
    mutating func newKey() -> IdempotencyKey { WholeMarket.key("key \(nextNumber())") }

    mutating func product() -> ProductID { ProductID(bits: UInt128(300 + run.natural(through: 7))) }

    /// Who sells a product, as far as the stream is concerned.
    static func seller(of product: ProductID) -> SellerID { sellers[Int(product.bits % 2)] }

    /// Somebody who may, most of the time.
    mutating func actor(_ likely: CommandActor...) -> CommandActor {
        happens(onceIn: 6)
            ? run.element(of: [.visitor, .buyer(MemberID(bits: 3)), .seller(SellerID(bits: 5)), .system])
            : run.element(of: likely)
    }

    /// One of the newest of those, half of the time.
    mutating func order(of few: [OrderID]) -> OrderID {
        few.isEmpty || happens(onceIn: 2) ? anyOrder() : run.element(of: Array(few.suffix(4)))
    }

    mutating func anyOrder() -> OrderID {
        // The newest ones, so that something becomes of each.
        if confirmed.isEmpty || happens(onceIn: 20) { return OrderID(bits: 1) }
        return run.element(of: Array((happens(onceIn: 8) ? orders : confirmed).suffix(5)))
    }

    /// A line for each kind of call.
    static func table(of counts: [String: Count]) -> String {
        counts.sorted { $0.key < $1.key }.map { name, count in
            "\(name): \(count.carriedOut) carried out, \(count.refused) refused, \(count.repeated) repeated"
        }.joined(separator: "\n")
    }
}

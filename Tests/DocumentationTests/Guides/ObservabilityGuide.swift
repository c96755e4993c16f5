import Marketplace
import Synchronization
import Testing

// guide: Observability
/// Counts events by their name and labels, as a metrics library would.
final class CountingObserver: Observer {
    private let counts = Mutex<[String: Int]>([:])

    func record(_ event: some ObserverEvent) {
        let labels = event.attributes.filter(\.isLabel).map { "\($0.name)=\($0.value.plainText)" }
        let key = ([type(of: event).name] + labels).joined(separator: " ")
        counts.withLock { $0[key, default: 0] += 1 }
    }

    var snapshot: [String: Int] { counts.withLock { $0 } }
}

extension ObserverAttribute.Value {
    var plainText: String {
        switch self {
        case .text(let text): text
        case .integer(let number): "\(number)"
        case .duration(let duration): "\(duration)"
        }
    }
}
// end of guide

struct ObservabilityGuide {
    @Test func theObserverSeesAPurchase() async throws {
        let inventory = InMemoryInventory()
        let identifiers = SeededIdentifiers(seed: 1)
        try inventory.record(.restock(id: identifiers.next(), sku: "tea", quantity: .one, at: .epoch))
        // guide: Observability
        let observer = CountingObserver()
        let checkout = Checkout(
            store: InMemoryStore(),
            inventory: inventory,
            gateway: ScriptedPaymentGateway(),
            codec: .json,
            identifiers: identifiers,
            observer: observer
        )
        // end of guide
        let line = OrderLine(sku: "tea", quantity: .one, unitPrice: Money(minorUnits: 4_500, .krw))
        let request = CheckoutRequest(order: identifiers.next(), buyer: identifiers.next(), lines: [line])
        // guide: Headers
        let headers = try ContextHeaders([ContextHeaders.correlationName: "request-17"])
        let outcome = try await ContextHeaders.$current.withValue(headers) {
            try await checkout.place(request)
        }
        // end of guide
        guard case .confirmed = outcome else {
            Issue.record("not confirmed")
            return
        }
        #expect(observer.snapshot.keys.contains("saga.transition definition=checkout transition=completed"))
        // The start, the intent and the outcome of six steps, and the end.
        #expect(observer.snapshot.values.reduce(0, +) == 17)
    }
}

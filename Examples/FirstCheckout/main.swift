import Marketplace

let clock = SystemWallClock()
let identifiers = TimeOrderedIdentifiers(clock: clock)
let store = await chosenStore()  // InMemoryStore(), unless --store names a file
let inventory = StoreInventory(store: store, codec: .json)
let checkout = Checkout(
    store: store,
    inventory: inventory,
    gateway: ScriptedPaymentGateway(),
    codec: .json,
    identifiers: identifiers
)
try await inventory.record(.restock(id: identifiers.next(), sku: "espresso", quantity: Quantity(5), at: clock.now))

for wanted in [2, 9] {
    let line = OrderLine(sku: "espresso", quantity: try Quantity(wanted), unitPrice: Money(minorUnits: 4_500, .krw))
    let request = CheckoutRequest(order: identifiers.next(), buyer: identifiers.next(), lines: [line])
    switch try await checkout.place(request) {
    case .confirmed(let purchase): print("paid: \(purchase.total)")
    case .refused(let refusal): print("refused: \(refusal)")
    case .stuck(let stuck): print("an operator must decide: \(stuck)")
    }
}
if let level = try await inventory.stock(of: "espresso") {
    print("espresso: \(level.onHand) on hand, \(level.allocated) promised, \(level.available) available")
}

import MarketplaceCore
import MarketplaceDomain

/// A typical life of an aggregate: commands that all change something, in order.
struct CommandLife<Root: Aggregate>: Sendable {
    let id: Root.ID
    let commands: [Root.Command]

    /// A life of what is asked by whom, a second apart.
    init<Action>(_ id: Root.ID, _ actions: [(Action, CommandActor)]) where Root.Command == ActorCommand<Action> {
        self.id = id
        commands = actions.enumerated().map { second, step in
            ActorCommand(step.0, by: step.1, at: Self.start.advanced(by: .seconds(second)))
        }
    }

    private static var start: Timestamp { Timestamp(microsecondsSinceEpoch: 1_767_225_600_000_000) }
}

/// Whose lives are lived.
enum CommandCast {
    static let buyer = MemberID(bits: 1)
    static let seller = SellerID(bits: 2)
    static let asBuyer = CommandActor.buyer(buyer)
    static let asSeller = CommandActor.seller(seller)

    static func eur(_ amount: Int64) -> Money { Money(minorUnits: amount, .eur) }
}

extension CommandLife<Order> {
    /// Two lines that are paid, leave in one parcel and arrive.
    static func order(_ number: Int) throws -> CommandLife {
        let quantity = try Quantity(2)
        let lines = (["cup", "tea"] as [SKU]).map { sku in
            OrderLine(sku: sku, sellerID: CommandCast.seller, quantity: quantity, unitPrice: CommandCast.eur(1_250))
        }
        let id = OrderID(bits: UInt128(number))
        let parcel = ShipmentID(bits: UInt128(number))
        let contents = [OrderUnits(lineIndex: 0, units: 2), OrderUnits(lineIndex: 1, units: 2)]
        return CommandLife(
            id,
            [
                (.create(id: id, buyer: CommandCast.buyer, lines: lines), CommandCast.asBuyer),
                (.confirm, .system),
                (.pack(parcel, contents), CommandCast.asSeller),
                (.ship(parcel), CommandCast.asSeller),
                (.deliver(parcel), .system),
                (.complete, CommandCast.asBuyer),
            ]
        )
    }
}

extension CommandLife<Payment> {
    /// All of it is taken, and a part given back.
    static func payment(_ number: Int) -> CommandLife {
        let id = UInt128(number)
        return CommandLife(
            PaymentID(bits: id),
            [
                (
                    .create(
                        id: PaymentID(bits: id),
                        order: OrderID(bits: id),
                        buyer: CommandCast.buyer,
                        amount: CommandCast.eur(5_000)
                    ),
                    .system
                ),
                (.authorize(amount: CommandCast.eur(5_000), reference: "reference"), .system),
                (.capture(key: "capture"), .system),
                (.initiateRefund(key: "refund", amount: CommandCast.eur(1_250)), .system),
                (.completeRefund(key: "refund"), .system),
            ]
        )
    }
}

extension CommandLife<Product> {
    /// It is put on sale, gets cheaper and is taken off again.
    static func product(_ number: Int) -> CommandLife {
        let variant = ProductVariant(id: VariantID(bits: 1), sku: "cup", price: CommandCast.eur(1_500))
        let id = ProductID(bits: UInt128(number))
        return CommandLife(
            id,
            [
                (
                    .create(id: id, seller: CommandCast.seller, title: "Cup", description: "Of clay"),
                    CommandCast.asSeller
                ),
                (.addVariant(variant), CommandCast.asSeller),
                (.activate, CommandCast.asSeller),
                (.changePrice(of: variant.id, to: CommandCast.eur(1_250)), CommandCast.asSeller),
                (.suspend, CommandCast.asSeller),
            ]
        )
    }
}

extension CommandLife<OrderSettlement> {
    /// Two units are paid and delivered, and one comes back.
    static func settlement(_ number: Int) throws -> CommandLife {
        let line = try SettledLine(
            "a",
            seller: CommandCast.seller,
            paid: UnitAmounts([UnitAmounts.Run(units: 2, eachMinor: 1_250)]),
            tax: UnitAmounts([UnitAmounts.Run(units: 2, eachMinor: 200)]),
            commission: Commission(rule: "ten", fee: CommandCast.eur(210), tax: CommandCast.eur(42))
        )
        let order = OrderID(bits: UInt128(number))
        func entry(_ place: Int) -> LedgerEntryID { LedgerEntryID(bits: UInt128(number * 4 + place)) }
        return CommandLife(
            order,
            [
                (.open(order: order, currency: .eur, lines: [line], holdBackSeconds: 0), .system),
                (.capture(entry: entry(1), amount: CommandCast.eur(2_500), tender: .gateway), .system),
                (.deliver(entry: entry(2), units: [LineUnits("a", 2)]), .system),
                (
                    .refund(entry: entry(3), units: [LineUnits("a", 1)], stage: .afterDelivery, tender: .gateway),
                    .system
                ),
            ]
        )
    }
}

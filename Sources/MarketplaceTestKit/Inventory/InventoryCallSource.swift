import MarketplaceCore
import MarketplaceInventory

/// Random calls about a few SKUs, locations, members and reservations, so that they meet.
struct InventoryCallSource {
    static let skus: [SKU] = ["mug", "pen", "cup"]
    static let strangeSKU: SKU = "hat"
    static let locations: [LocationKey] = [.main, "depot"]
    static let members: [MemberKey] = ["ann", "bob", "eve"]
    /// The points at which anything can be.
    static let points = (skus + [strangeSKU]).flatMap { sku in locations.map { StockPoint(sku, at: $0) } }

    private var generator: SeededGenerator

    init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
    }

    mutating func draw(_ count: Int) -> Int { Int(generator.next(through: UInt64(count - 1))) }

    private mutating func element<Element>(of elements: [Element]) -> Element { elements[draw(elements.count)] }

    /// Time that passes between two calls.
    mutating func pause() -> Duration { .seconds(draw(3)) }

    /// Any call, of reservations and changes of these ids.
    mutating func call(
        at time: Timestamp,
        of reservations: [ReservationID],
        _ changes: [MovementID]
    ) -> InventoryCall {
        switch draw(20) {
        case 0: InventoryCall(verb: .setTerms(terms(at: time), element(of: Self.skus)), time: time)
        case 1...3:
            InventoryCall(verb: .fillBackorders(element(of: Self.points), limit: 1 + draw(3)), time: time)
        default: concurrentCall(at: time, of: reservations, changes)
        }
    }

    /// A call that may run beside others.
    mutating func concurrentCall(
        at time: Timestamp,
        of reservations: [ReservationID],
        _ changes: [MovementID]
    ) -> InventoryCall {
        let id = element(of: reservations)
        let verb: InventoryCall.Verb =
            switch draw(21) {
            case 0...2: .record(change(element(of: changes), at: time))
            case 3...9: .reserve(request(id, at: time))
            case 10...13: .allocate(id, portion())
            case 14, 15: .release(id, portion())
            case 16...18: .ship(id, portion())
            case 19: .extend(id, to: time.advanced(by: .seconds(draw(20))))
            default: .expire(limit: 1 + draw(4))
            }
        return InventoryCall(verb: verb, time: time)
    }

    /// Units of a few points; nil for everything.
    private mutating func portion() -> ReservationLines? {
        guard draw(3) == 0 else { return nil }
        return lines(atMost: 2)
    }

    private mutating func lines(atMost count: Int) -> ReservationLines {
        var lines: [ReservationLine] = []
        for _ in 0...draw(count) {
            let sku = draw(40) == 0 ? Self.strangeSKU : element(of: Self.skus)
            let location = draw(3) == 0 ? Self.locations[1] : .main
            lines.append(ReservationLine(sku, quantity(3), at: location))
        }
        return ReservationLines(lines)
    }

    private mutating func quantity(_ most: Int) -> Quantity {
        (try? Quantity(1 + draw(most))) ?? .one
    }

    private mutating func request(_ id: ReservationID, at time: Timestamp) -> ReservationRequest {
        ReservationRequest(
            id: id,
            lines: lines(atMost: 3),
            member: element(of: Self.members),
            allowsBackorder: draw(3) != 0,
            deadline: time.advanced(by: .seconds(1 + draw(30))),
            at: time
        )
    }

    private mutating func change(_ id: MovementID, at time: Timestamp) -> StockChange {
        let location = element(of: Self.locations)
        let action: StockAction =
            switch draw(14) {
            case 0: .arrival(quantity(4))
            case 1: .announcement(Int64(draw(9)) - 3)
            case 2: .adjustment(Int64(draw(7)) - 3)
            case 3: .customerReturn(quantity(2))
            case 4: .damagedReturn(quantity(2))
            case 5: .damage(quantity(2))
            case 6: .disposal(quantity(2))
            case 7, 8: .transfer(quantity(3), to: location == .main ? Self.locations[1] : .main)
            // Little, so that most of the time there is too little of something.
            default: .restock(quantity(3))
            }
        return StockChange(id: id, sku: element(of: Self.skus), at: location, action, time: time)
    }

    private mutating func terms(at time: Timestamp) -> SaleTerms {
        var terms = SaleTerms.unrestricted
        if draw(5) == 0 { terms.opensAt = time.advanced(by: .seconds(draw(6) - 3)) }
        if draw(5) == 0 { terms.closesAt = time.advanced(by: .seconds(5 + draw(20))) }
        if draw(2) == 0 { terms.perMemberLimit = (try? Quantity(2 + draw(5))) }
        if draw(5) == 0 { terms.minimumPerPurchase = try? Quantity(2) }
        if draw(4) == 0 { terms.maximumPerPurchase = try? Quantity(2 + draw(4)) }
        if draw(3) == 0 { terms.safetyStock = SafetyStock(Int64(draw(2)), except: [Self.locations[1]: Int64(draw(3))]) }
        if draw(4) != 0 {
            terms.backorders = BackorderTerms(limit: quantity(8), promisedAt: time.advanced(by: .seconds(60)))
        }
        return terms
    }
}

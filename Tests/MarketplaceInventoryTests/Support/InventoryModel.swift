import MarketplaceCore
import MarketplaceInventory

/// What an inventory ought to do, in the plainest terms: one caller, time never goes back.
struct InventoryModel {
    struct Entry {
        let demand: [SKU: Int64]
        let member: MemberKey
        let deadline: Timestamp
        /// The SKUs whose limit the units were counted towards, with the limit's number.
        let counted: [SKU: Int]
        var state: ReservationState
        var wasMade = true
    }

    var onHand: [SKU: Int64] = [:]
    var terms: [SKU: SaleTerms] = [:]
    var limitNumber: [SKU: Int] = [:]
    var entries: [ReservationID: Entry] = [:]
    var receipts: [MovementID: (SKU, Int64)] = [:]

    /// Ends what is overdue at `time`.
    mutating func settle(at time: Timestamp) {
        for (id, entry) in entries where entry.state == .held && entry.deadline <= time {
            entries[id]?.state = .expired
        }
    }

    func sum(_ sku: SKU, in state: ReservationState) -> Int64 {
        entries.values.filter { $0.state == state }.reduce(0) { $0 + ($1.demand[sku] ?? 0) }
    }

    func taken(_ sku: SKU, by member: MemberKey) -> Int64 {
        let counting: [ReservationState] = [.held, .allocated, .shipped]
        return entries.values
            .filter { $0.member == member && counting.contains($0.state) && $0.counted[sku] == limitNumber[sku] }
            .reduce(0) { $0 + ($1.demand[sku] ?? 0) }
    }

    func available(_ sku: SKU) -> Int64 {
        (onHand[sku] ?? 0) - sum(sku, in: .held) - sum(sku, in: .allocated)
    }

    mutating func set(_ new: SaleTerms, for sku: SKU) {
        if new.perMemberLimit != nil, terms[sku]?.perMemberLimit == nil { limitNumber[sku, default: 0] += 1 }
        terms[sku] = new
        onHand[sku, default: 0] += 0
    }

    /// All refusals that the state justifies; none when the request must be granted.
    func refusals(of request: ReservationRequest) -> [InventoryRefusal] {
        if let entry = entries[request.id] {
            switch entry.state {
            case .held, .allocated:
                let isSame = entry.demand == Self.demand(of: request) && entry.member == request.member
                return isSame ? [] : [.reservationMismatch(request.id)]
            case .shipped: return [.alreadyShipped(request.id)]
            case .released: return [.released(request.id)]
            case .expired: return [.expired(request.id, deadline: entry.deadline)]
            }
        }
        return Self.demand(of: request).flatMap { sku, units -> [InventoryRefusal] in
            guard onHand[sku] != nil else { return [.unknownSKU(sku)] }
            var refusals: [InventoryRefusal] = []
            if let opensAt = terms[sku]?.opensAt, request.time < opensAt {
                refusals.append(.saleNotOpen(sku, opensAt: opensAt))
            }
            if let closesAt = terms[sku]?.closesAt, request.time >= closesAt {
                refusals.append(.saleClosed(sku, closedAt: closesAt))
            }
            if let most = terms[sku]?.maximumPerPurchase, units > Int64(most.value) {
                refusals.append(.aboveMaximum(sku, maximum: Int64(most.value), requested: units))
            }
            if let limit = terms[sku]?.perMemberLimit, taken(sku, by: request.member) + units > Int64(limit.value) {
                let taken = taken(sku, by: request.member)
                let limit = Int64(limit.value)
                refusals.append(.memberLimit(sku, limit: limit, alreadyTaken: taken, requested: units))
            }
            if units > available(sku) {
                refusals.append(.insufficientStock(sku, requested: units, available: available(sku)))
            }
            return refusals
        }
    }

    mutating func grant(_ request: ReservationRequest) {
        guard entries[request.id] == nil else { return }
        let demand = Self.demand(of: request)
        let limited = demand.keys.filter { terms[$0]?.perMemberLimit != nil }
        entries[request.id] = Entry(
            demand: demand,
            member: request.member,
            deadline: request.deadline,
            counted: Dictionary(uniqueKeysWithValues: limited.map { ($0, limitNumber[$0] ?? 0) }),
            state: .held
        )
    }

    mutating func forestall(_ id: ReservationID, at time: Timestamp) {
        entries[id] = Entry(
            demand: [:],
            member: "nobody",
            deadline: time,
            counted: [:],
            state: .released,
            wasMade: false
        )
    }

    static func demand(of request: ReservationRequest) -> [SKU: Int64] {
        request.lines.reduce(into: [:]) { $0[$1.sku, default: 0] += Int64($1.quantity.value) }
    }
}

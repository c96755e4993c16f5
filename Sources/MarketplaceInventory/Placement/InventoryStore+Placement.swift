import MarketplaceCore

extension InventoryStore {
    /// Sets aside all that is asked for, or nothing, at the locations that a strategy chooses.
    ///
    /// It reads the stock, plans and reserves. A repetition (same id, units per SKU and member) returns the reservation
    /// as it stands, wherever its units are. Before it refuses for lack of stock it ends the holds that are overdue.
    /// When others take the units meanwhile it reads and plans anew: as often as that leads to another plan, up to
    /// ``PlacementRequest/mostPlans`` in all, and ``PlacementRequest/mostAttempts`` times with the plan that was refused.
    ///
    /// - Throws: What ``reserve(_:)`` throws; `insufficientStock` has the units that are wanted of the SKU and those that
    ///   all locations of the strategy have together, what may be backordered at the first one among them. `contended`
    ///   when others were faster every time.
    @discardableResult
    public func reserve(
        _ request: PlacementRequest,
        placing strategy: AllocationStrategy
    ) async throws(InventoryError) -> Reservation {
        var refused: PlacementPlan?
        var attempts = 0
        var plans = 0
        while attempts < PlacementRequest.mostAttempts, plans < PlacementRequest.mostPlans {
            if let known = try await repeated(request) { return known }
            let plan: PlacementPlan
            do throws(InventoryError) {
                plan = try await self.plan(request, strategy)
            } catch {
                // What is missing may be what this very request holds since a moment ago.
                if error.refusal != nil, let known = try await repeated(request) { return known }
                throw error
            }
            do throws(InventoryError) {
                return try await reserve(request.placed(plan.lines))
            } catch {
                if let refusal = try error.refusal(of: request, plan, isRepeated: plan == refused) {
                    if let known = try await repeated(request) { return known }
                    throw .refused(refusal)
                }
                // Another plan means that somebody else was served.
                attempts += plan == refused ? 1 : 0
                plans += 1
                refused = plan
            }
        }
        throw .contended(attempts: plans)
    }

    /// The reservation that a request is a repetition of; nil when there is none.
    private func repeated(_ request: PlacementRequest) async throws(InventoryError) -> Reservation? {
        switch try await reservation(request.id) {
        case nil: return nil
        case .ended(let ended): throw .refused(ended.refusal)
        case .open(let known):
            let isSame = known.member == request.member && known.lines.sums == request.lines.sums
            guard isSame else { throw .refused(.reservationMismatch(request.id)) }
            // The inventory itself answers: it may be overdue.
            return try await reserve(request.placed(known.lines))
        }
    }

    private func plan(
        _ request: PlacementRequest,
        _ strategy: AllocationStrategy
    ) async throws(InventoryError) -> PlacementPlan {
        let skus = request.lines.demandBySKU.map(\.sku)
        var isSettled = false
        while true {
            let stock = try await stock(of: skus)
            do throws(InventoryRefusal) {
                return try strategy.plan(request.lines, from: stock, allowsBackorder: false, tieBreak: request.tieBreak)
            } catch {
                guard case .insufficientStock = error else { throw .refused(error) }
                // Without a hold nothing can be overdue.
                if !isSettled, stock.values.contains(where: { $0.held > 0 }) {
                    let limit = PlacementRequest.expiryBatch
                    isSettled = try await expire(dueBy: request.time, limit: limit).count < limit
                    continue
                }
                guard request.allowsBackorder else { throw .refused(error) }
                return try refusing { () throws(InventoryRefusal) in
                    try strategy.plan(request.lines, from: stock, allowsBackorder: true, tieBreak: request.tieBreak)
                }
            }
        }
    }
}

extension InventoryError {
    /// The refusal of a request whose plan ended like this; nil when stock is to be read and planned anew.
    ///
    /// A plan that is repeated means that nobody has interfered, and that the terms do not permit so many backorders.
    fileprivate func refusal(
        of request: PlacementRequest,
        _ plan: PlacementPlan,
        isRepeated: Bool
    ) throws(InventoryError) -> InventoryRefusal? {
        switch self {
        case .refused(.insufficientStock(let sku, let requested, let available)):
            guard isRepeated, plan.missing.keys.contains(where: { $0.sku == sku }) else { return nil }
            let wanted = request.lines.sums[sku] ?? requested
            return .insufficientStock(sku, requested: wanted, available: wanted - requested + available)
        // Made meanwhile under this id, at other places perhaps: the next attempt finds it.
        case .refused(.reservationMismatch): return nil
        default: throw self
        }
    }
}

extension PlacementRequest {
    /// How often a plan is tried again that was refused though the stock still says that it can be met: as often as an
    /// inventory on a store tries a call.
    public static let mostAttempts = 16

    /// How many plans are tried while others take what was planned: in a crowd whose strategy names one location first,
    /// each takes away one, and a SKU has no more of them.
    public static let mostPlans = InventoryLimits.locationsPerSKU

    /// Spreads requests over locations that a strategy finds equal: the first number that SplitMix64 draws for the id.
    var tieBreak: UInt64 {
        var generator = SeededGenerator(seed: UInt64(truncatingIfNeeded: id.bits ^ (id.bits >> 64)))
        return generator.next()
    }

    /// How many overdue holds are ended at once before a request is refused.
    static let expiryBatch = 256
}

extension ReservationLines {
    /// How many units of each SKU there are, at all locations together.
    var sums: [SKU: Int64] { reduce(into: [:]) { $0[$1.sku, default: 0] += $1.quantity.units } }
}

extension [DemandLine] {
    fileprivate var sums: [SKU: Int64] { reduce(into: [:]) { $0[$1.sku, default: 0] += $1.quantity.units } }
}

import Synchronization

/// The raw limit of reserving and allocating stock: dictionaries and arrays under one lock, with nothing around them.
///
/// It keeps what a reservation cannot be without: a hold by its id with its deadline, the demand of all lines summed
/// per SKU before anything is taken, how many units each member has of a SKU, and one movement per SKU for the
/// reservation and one for the allocation.
final class RawInventory: Sendable {
    /// So many units of one SKU.
    struct Line: Sendable {
        let sku: String
        let quantity: Int64
    }

    private struct Stock {
        var onHand: Int64
        var reserved: Int64 = 0
        var allocated: Int64 = 0
        var perMember: [String: Int64] = [:]
    }

    private struct Hold {
        let demand: [Line]
        let member: String
        /// When the hold ends by itself, in microseconds; nil once it is allocated.
        var deadline: Int64?
    }

    private struct Movement {
        let hold: UInt128
        let sku: String
        let isAllocation: Bool
        let quantity: Int64
        let time: Int64
    }

    private struct State {
        var stock: [String: Stock] = [:]
        var holds: [UInt128: Hold] = [:]
        var movements: [Movement] = []
    }

    private let state = Mutex(State())
    private let perMemberLimit: Int64

    /// An empty inventory in which one member may have so many units of a SKU.
    init(perMemberLimit: Int64) {
        self.perMemberLimit = perMemberLimit
    }

    /// Puts units on hand.
    func receive(_ quantity: Int64, of sku: String) {
        state.withLock { $0.stock[sku, default: Stock(onHand: 0)].onHand += quantity }
    }

    /// Holds all of the lines or nothing; false when stock or limit refuse it.
    ///
    /// Repeating an id changes nothing.
    func reserve(_ id: UInt128, _ lines: [Line], member: String, deadline: Int64, time: Int64) -> Bool {
        state.withLock { state in
            if state.holds[id] != nil { return true }
            let demand = Self.summed(lines)
            for line in demand {
                guard let stock = state.stock[line.sku],
                    stock.onHand - stock.reserved - stock.allocated >= line.quantity,
                    (stock.perMember[member] ?? 0) + line.quantity <= perMemberLimit
                else { return false }
            }
            for line in demand {
                state.stock[line.sku]?.reserved += line.quantity
                state.stock[line.sku]?.perMember[member, default: 0] += line.quantity
                state.movements.append(
                    Movement(hold: id, sku: line.sku, isAllocation: false, quantity: line.quantity, time: time)
                )
            }
            state.holds[id] = Hold(demand: demand, member: member, deadline: deadline)
            return true
        }
    }

    /// Promises what is held for good; false when there is no such hold or its deadline has passed.
    func allocate(_ id: UInt128, time: Int64) -> Bool {
        state.withLock { state in
            guard let hold = state.holds[id] else { return false }
            guard let deadline = hold.deadline else { return true }
            guard time < deadline else { return false }
            state.holds[id]?.deadline = nil
            for line in hold.demand {
                state.stock[line.sku]?.reserved -= line.quantity
                state.stock[line.sku]?.allocated += line.quantity
                state.movements.append(
                    Movement(hold: id, sku: line.sku, isAllocation: true, quantity: line.quantity, time: time)
                )
            }
            return true
        }
    }

    /// How many movements there are, for the witness.
    var movementCount: Int { state.withLock { $0.movements.count } }

    /// The lines with one for each SKU; a single line needs no table.
    private static func summed(_ lines: [Line]) -> [Line] {
        guard lines.count > 1 else { return lines }
        var sums: [String: Int64] = [:]
        for line in lines { sums[line.sku, default: 0] += line.quantity }
        return sums.map { Line(sku: $0.key, quantity: $0.value) }
    }
}

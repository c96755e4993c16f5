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

    /// A SKU by its place in ``State/stock``, so that its text is hashed once for each call.
    fileprivate struct Item {
        let stock: Int
        let quantity: Int64
    }

    fileprivate struct Stock {
        var onHand: Int64
        var reserved: Int64 = 0
        var allocated: Int64 = 0
        var perMember: [String: Int64] = [:]
    }

    fileprivate struct Hold {
        /// What is held, summed per SKU; the first apart, so that a hold of one SKU needs no memory of its own.
        let first: Item
        let rest: [Item]
        let member: String
        /// When the hold ends by itself, in microseconds; nil once it is allocated.
        var deadline: Int64?
    }

    fileprivate enum MovementKind {
        case reservation
        case allocation
        case cancellation
    }

    fileprivate struct Movement {
        let hold: UInt128
        let stock: Int
        let kind: MovementKind
        let quantity: Int64
        let time: Int64
    }

    fileprivate struct State {
        var places: [String: Int] = [:]
        var stock: [Stock] = []
        var holds: [UInt128: Hold] = [:]
        /// When what was given back ended, so that a hold that comes late is known.
        var ended: [UInt128: Int64] = [:]
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
        state.withLock { state in
            if let place = state.places[sku] {
                state.stock[place].onHand += quantity
            } else {
                state.places[sku] = state.stock.count
                state.stock.append(Stock(onHand: quantity))
            }
        }
    }

    /// Holds all of the lines or nothing; false when stock or limit refuse it.
    ///
    /// Repeating an id changes nothing.
    func reserve(_ id: UInt128, _ lines: [Line], member: String, deadline: Int64, time: Int64) -> Bool {
        state.withLock { state in
            if state.holds[id] != nil { return true }
            if !state.ended.isEmpty, state.ended[id] != nil { return false }
            guard let (first, rest) = state.demand(of: lines) else { return false }
            guard state.canHold(first, member, perMemberLimit),
                rest.allSatisfy({ state.canHold($0, member, perMemberLimit) })
            else { return false }
            state.hold(first, id, member, time)
            for item in rest { state.hold(item, id, member, time) }
            state.holds[id] = Hold(first: first, rest: rest, member: member, deadline: deadline)
            return true
        }
    }

    /// Promises what is held for good; false when there is no such hold or its deadline has passed.
    func allocate(_ id: UInt128, time: Int64) -> Bool {
        state.withLock { state in
            guard let place = state.holds.index(forKey: id) else { return false }
            guard let deadline = state.holds.values[place].deadline else { return true }
            guard time < deadline else { return false }
            state.holds.values[place].deadline = nil
            state.allocate(state.holds.values[place].first, id, time)
            for item in state.holds.values[place].rest { state.allocate(item, id, time) }
            return true
        }
    }

    /// Gives back what is held; false when there is no such hold.
    func release(_ id: UInt128, time: Int64) -> Bool {
        state.withLock { state in
            guard let hold = state.holds.removeValue(forKey: id), hold.deadline != nil else { return false }
            state.ended[id] = time
            state.giveBack(hold.first, hold.member, id, time)
            for item in hold.rest { state.giveBack(item, hold.member, id, time) }
            return true
        }
    }

    /// How many movements there are, for the witness.
    var movementCount: Int { state.withLock { $0.movements.count } }
}

extension RawInventory.State {
    /// What the lines want of each SKU; nil when one is unknown.
    ///
    /// A single line needs no table.
    fileprivate func demand(of lines: [RawInventory.Line]) -> (first: RawInventory.Item, rest: [RawInventory.Item])? {
        if lines.count == 1 {
            guard let place = places[lines[0].sku] else { return nil }
            return (RawInventory.Item(stock: place, quantity: lines[0].quantity), [])
        }
        var sums: [Int: Int64] = [:]
        for line in lines {
            guard let place = places[line.sku] else { return nil }
            sums[place, default: 0] += line.quantity
        }
        var items = sums.map { RawInventory.Item(stock: $0.key, quantity: $0.value) }
        guard let first = items.popLast() else { return nil }
        return (first, items)
    }

    fileprivate func canHold(_ item: RawInventory.Item, _ member: String, _ limit: Int64) -> Bool {
        let available = stock[item.stock].onHand - stock[item.stock].reserved - stock[item.stock].allocated
        return available >= item.quantity && (stock[item.stock].perMember[member] ?? 0) + item.quantity <= limit
    }

    fileprivate mutating func hold(_ item: RawInventory.Item, _ id: UInt128, _ member: String, _ time: Int64) {
        stock[item.stock].reserved += item.quantity
        stock[item.stock].perMember[member, default: 0] += item.quantity
        movements.append(
            .init(hold: id, stock: item.stock, kind: .reservation, quantity: item.quantity, time: time)
        )
    }

    fileprivate mutating func allocate(_ item: RawInventory.Item, _ id: UInt128, _ time: Int64) {
        stock[item.stock].reserved -= item.quantity
        stock[item.stock].allocated += item.quantity
        movements.append(
            .init(hold: id, stock: item.stock, kind: .allocation, quantity: item.quantity, time: time)
        )
    }

    fileprivate mutating func giveBack(_ item: RawInventory.Item, _ member: String, _ id: UInt128, _ time: Int64) {
        stock[item.stock].reserved -= item.quantity
        let left = (stock[item.stock].perMember[member] ?? 0) - item.quantity
        stock[item.stock].perMember[member] = left == 0 ? nil : left
        movements.append(
            .init(hold: id, stock: item.stock, kind: .cancellation, quantity: item.quantity, time: time)
        )
    }
}

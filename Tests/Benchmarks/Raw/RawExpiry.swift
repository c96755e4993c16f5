import Synchronization

/// The raw limit of ending holds: a table of holds, a binary heap of their deadlines, counts and movements, under one
/// lock, with nothing around them.
final class RawExpiry: Sendable {
    private struct Hold {
        let sku: Int
        let quantity: Int64
        let deadline: Int64
    }

    private struct Due {
        let deadline: Int64
        let id: UInt128
    }

    private struct Movement {
        let hold: UInt128
        let sku: Int
        let quantity: Int64
        let time: Int64
    }

    private struct State {
        var held: [Int64]
        var holds: [UInt128: Hold] = [:]
        var heap: [Due] = []
        var ended: [UInt128: Int64] = [:]
        var movements: [Movement] = []

        mutating func push(_ due: Due) {
            heap.append(due)
            var child = heap.count - 1
            while child > 0, heap[child].deadline < heap[(child - 1) / 2].deadline {
                heap.swapAt(child, (child - 1) / 2)
                child = (child - 1) / 2
            }
        }

        mutating func popFirst() -> Due? {
            guard let first = heap.first, let last = heap.popLast() else { return nil }
            guard !heap.isEmpty else { return first }
            heap[0] = last
            var parent = 0
            while true {
                var child = parent * 2 + 1
                guard child < heap.count else { return first }
                if child + 1 < heap.count, heap[child + 1].deadline < heap[child].deadline { child += 1 }
                guard heap[child].deadline < heap[parent].deadline else { return first }
                heap.swapAt(child, parent)
                parent = child
            }
        }
    }

    private let state: Mutex<State>

    init(skuCount: Int) {
        state = Mutex(State(held: Array(repeating: 0, count: skuCount)))
    }

    /// Holds one unit until the deadline.
    func hold(_ id: UInt128, of sku: Int, deadline: Int64) {
        state.withLock { state in
            state.held[sku] += 1
            state.holds[id] = Hold(sku: sku, quantity: 1, deadline: deadline)
            state.push(Due(deadline: deadline, id: id))
        }
    }

    /// Ends what is due, remembers that it ended, and returns how many there were.
    func expire(dueBy time: Int64) -> Int {
        state.withLock { state in
            var count = 0
            while let first = state.heap.first, first.deadline <= time, let due = state.popFirst() {
                guard let hold = state.holds.removeValue(forKey: due.id) else { continue }
                state.held[hold.sku] -= hold.quantity
                state.ended[due.id] = time
                state.movements.append(Movement(hold: due.id, sku: hold.sku, quantity: hold.quantity, time: time))
                count += 1
            }
            return count
        }
    }
}

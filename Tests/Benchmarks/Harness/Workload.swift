import Synchronization

/// How much work one round is, and by how many tasks it is done at once.
struct Workload: Hashable, Sendable {
    /// How many operations, over all tasks.
    var operations: Int
    /// How many tasks share them.
    var tasks: Int = 1

    /// Cuts the operations into one range a task, performs `body` on each in a task of its own, and sums the answers.
    ///
    /// A single task is a task too, so that figures for one and for many differ in nothing else.
    func spread(
        _ body: @escaping @Sendable (Range<Int>) async throws -> Int64
    ) async throws -> Int64 {
        // Not the children of one group, which looks for each among all the others when it ends.
        let running = (0..<tasks).map { task in
            let range = (operations * task / tasks)..<(operations * (task + 1) / tasks)
            return Task { try await body(range) }
        }
        var sum: Int64 = 0
        for task in running { sum &+= try await task.value }
        return sum
    }

    /// Performs `body` on the numbers of all operations, each task always on the next that nobody has taken.
    ///
    /// So what is numbered comes about in the order of the numbers, as with orders that are numbered when they are
    /// placed, and as a raw program does it: keys lie beside each other, and not at a place of its own for each task.
    func inTurn(_ body: @escaping @Sendable (Int) async throws -> Int64) async throws -> Int64 {
        let next = Atomic(0)
        let operations = operations
        return try await spread { _ in
            var sum: Int64 = 0
            while true {
                let number = next.add(1, ordering: .relaxed).oldValue
                guard number < operations else { return sum }
                sum &+= try await body(number)
            }
        }
    }
}

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
}

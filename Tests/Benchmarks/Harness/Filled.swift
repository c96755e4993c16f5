import Synchronization

/// State that is filled before the first round, and goes on from round to round.
final class Filled<Subject: Sendable>: Sendable {
    private let state = Mutex<(subject: Subject, next: Int)?>(nil)

    /// The state, filled at the first call, and the first number that was not used yet.
    func next(
        _ workload: Workload,
        _ count: Int,
        make: () -> Subject,
        fill: (Subject, Workload, Int) async throws -> Void
    ) async throws -> (Subject, Int) {
        if state.withLock({ $0 == nil }) {
            let subject = make()
            try await fill(subject, Workload(operations: count, tasks: workload.tasks), 0)
            state.withLock { $0 = (subject, count) }
        }
        guard let (subject, next) = state.withLock({ $0 }) else { preconditionFailure("it was filled just now") }
        state.withLock { $0 = (subject, next + workload.operations) }
        return (subject, next)
    }
}

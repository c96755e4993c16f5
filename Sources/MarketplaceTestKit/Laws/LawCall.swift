import Synchronization

/// A call that a law lets run beside others: its end can be looked for without waiting for it.
final class LawCall<Value: Sendable>: Sendable {
    private final class Ending: Sendable {
        let result = Mutex<Result<Value, any Error>?>(nil)
    }

    private let ending: Ending
    private let task: Task<Void, Never>

    /// Begins the call.
    init(_ body: @escaping @Sendable () async throws -> Value) {
        let ending = Ending()
        self.ending = ending
        task = Task {
            let result: Result<Value, any Error>
            do {
                result = .success(try await body())
            } catch {
                result = .failure(error)
            }
            ending.result.withLock { $0 = result }
        }
    }

    /// How the call ended; nil while it runs.
    var result: Result<Value, any Error>? { ending.result.withLock { $0 } }

    /// Whether the call has ended.
    var isOver: Bool { result != nil }

    /// Waits for the end of the call, which must come within `patience`.
    func end(within patience: Duration = .seconds(120), _ what: String) async throws -> Value {
        var left = LawPatience(patience)
        while true {
            for _ in 0..<20 {
                if let result { return try result.get() }
                await Task.yield()
            }
            try LawBreach.unless(!left.hasEnded(), "\(what), within \(patience)", found: "none until then")
            try await Task.sleep(for: .microseconds(200))
        }
    }

    /// Cancels the task of the call.
    func cancel() { task.cancel() }
}

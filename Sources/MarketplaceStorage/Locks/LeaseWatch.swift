/// Keeps a lease alive while work is done under it, and cancels the work when it is lost.
struct LeaseWatch: Sendable {
    private enum Finished<Value: Sendable>: Sendable {
        case work(Result<Value, any Error>)
        case lease(LeaseEnd?)
    }

    let lease: Lease
    let length: Duration

    /// Renews after every third of the lease until that fails for good or the task is cancelled.
    ///
    /// An error of a renewal is not the loss of the lease: the next third brings another attempt.
    func renewUntilCancelled() async {
        // Getting the lease may have used up some of its first third.
        var pause = max(lease.remaining - length * 2 / 3, .zero)
        while !Task.isCancelled {
            await lease.wait(for: pause)
            guard !Task.isCancelled else { return }
            pause = length / 3
            do throws(LockError) {
                guard try await lease.renew(for: length) else { return }
            } catch {
                continue
            }
        }
    }

    /// Performs `work`, cancelled as soon as the lease is lost, and returns what became of it.
    ///
    /// A lease that the work has released by itself is not lost.
    func perform<Value: Sendable>(
        _ work: @escaping @Sendable (Lease) async throws -> Value
    ) async -> Result<Value, any Error> {
        await withTaskGroup(of: Finished<Value>.self) { group in
            group.addTask {
                do {
                    return .work(.success(try await work(lease)))
                } catch {
                    return .work(.failure(error))
                }
            }
            group.addTask { .lease(await lease.waitForEnd()) }
            var result: Result<Value, any Error> = .failure(CancellationError())
            for await finished in group {
                switch finished {
                case .work(let ended):
                    result = ended
                    group.cancelAll()
                case .lease(.released): break
                case .lease: group.cancelAll()
                }
            }
            return result
        }
    }
}

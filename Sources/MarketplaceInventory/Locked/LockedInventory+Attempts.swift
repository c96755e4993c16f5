import MarketplaceCore
import MarketplaceStorage

extension LockedInventory {
    /// What one attempt of a call came to.
    enum Step<Answer: Sendable>: Sendable {
        case answer(Result<Answer, InventoryRefusal>)
        /// Others were in the way: nothing was changed, or nothing that another attempt would not find.
        case again
        /// Holds that were overdue were in the way and have been ended: begin again, which is no failed attempt.
        case settled

        static func deciding(_ rule: () throws(InventoryRefusal) -> Answer) -> Step {
            do throws(InventoryRefusal) {
                return .answer(.success(try rule()))
            } catch {
                return .answer(.failure(error))
            }
        }
    }

    /// Tries until there is an answer.
    ///
    /// A write in doubt is followed by another attempt, which finds it or makes it impossible. An attempt that gets
    /// no further than that does not lift the doubt.
    func attempting<Answer: Sendable>(
        _ attempt: () async throws(InventoryError) -> Step<Answer>
    ) async throws(InventoryError) -> Answer {
        var doubt: StoreFailure?
        var attempts = 0
        while attempts < configuration.maximumAttempts {
            do throws(InventoryError) {
                switch try await attempt() {
                case .answer(let answer): return try answer.orThrow()
                case .again: attempts += 1
                case .settled: break
                }
            } catch {
                attempts += 1
                switch error {
                case .failed(.unknown(let failure)): doubt = failure
                case .refused: throw error
                default: throw doubt.map { .failed(.unknown($0)) } ?? error
                }
            }
            await Task.yield()
        }
        throw doubt.map { .failed(.unknown($0)) } ?? .contended(attempts: configuration.maximumAttempts)
    }

    /// Takes a lease on all that a query names, reads it, decides, and writes what was decided.
    func underLease<Answer: Sendable>(
        _ query: StockTableQuery,
        _ decide: (inout StockDecision) async throws(InventoryError) -> Step<Answer>
    ) async throws(InventoryError) -> Step<Answer> {
        guard let lease = try await acquire(LockedKeys(query, prefix: configuration.keyPrefix).keys) else {
            return .again
        }
        let end: Result<WriteEnd, InventoryError>
        let step: Step<Answer>
        do throws(InventoryError) {
            let (answer, write) = try await decided(query, lease, decide)
            step = answer
            end = await finish(write, lease)
        } catch {
            _ = await finish(nil, lease)
            throw error
        }
        switch try end.get() {
        case .done: return step
        case .stale: return .again
        }
    }

    /// Reads and decides: what to answer, and what to write before; the answer alone stands only while the lease does.
    private func decided<Answer: Sendable>(
        _ query: StockTableQuery,
        _ lease: Lease,
        _ decide: (inout StockDecision) async throws(InventoryError) -> Step<Answer>
    ) async throws(InventoryError) -> (Step<Answer>, StockTableWrite?) {
        var fenced = query
        fenced.fences = lease.keys
        let rows = try await read(fenced)
        var fences: [StockFence] = []
        for key in lease.keys {
            guard let token = lease.tokens[key] else { return (.again, nil) }
            let seen = rows.fences[key]
            // Somebody who got the key later has written already.
            if let seen, seen >= token { return (.again, nil) }
            fences.append(StockFence(key, seen: seen, token: token))
        }
        var decision = StockDecision(on: rows, of: query)
        let step = try await decide(&decision)
        guard case .answer = step else { return (.again, nil) }
        guard decision.hasChanges else { return (lease.isHeld ? step : .again, nil) }
        guard !Task.isCancelled else {
            throw .failed(.notApplied(StoreFailure(.cancelled, "before anything was written")))
        }
        return (step, decision.write(fences))
    }

    private enum WriteEnd: Sendable {
        case done
        case stale
    }

    /// Writes, if there is something, and releases the lease: to the end, even when the caller is cancelled.
    private func finish(_ write: StockTableWrite?, _ lease: Lease) async -> Result<WriteEnd, InventoryError> {
        await shielded {
            var end = Result<WriteEnd, InventoryError>.success(.done)
            if let write { end = await self.end(of: write) }
            // A lease that cannot be released ends by itself.
            _ = try? await lease.release()
            return end
        }
    }

    private func end(of write: StockTableWrite) async -> Result<WriteEnd, InventoryError> {
        do throws(StockTableError) {
            try await table.write(write)
            return .success(.done)
        } catch {
            switch error {
            case .staleFence: return .success(.stale)
            case .notApplied(let failure): return .failure(.failed(.notApplied(failure)))
            case .unknown(let failure):
                return await isApplied(write) ? .success(.done) : .failure(.failed(.unknown(failure)))
            }
        }
    }

    /// Whether a write whose outcome is unknown can be seen to have been applied: no other has its tokens.
    private func isApplied(_ write: StockTableWrite) async -> Bool {
        let query = StockTableQuery(fences: write.fences.map(\.key))
        guard let kept = try? await table.read(query).fences else { return false }
        return write.fences.contains { kept[$0.key] == $0.token }
    }

    private func acquire(_ keys: LockKeys) async throws(InventoryError) -> Lease? {
        do throws(LockError) {
            // An outcome that is unknown may block the keys for one lease: the next attempts wait for its end.
            return try await locks.acquire(keys, lease: configuration.lease, wait: configuration.wait).lease
        } catch {
            let code = StoreFailure.Code(error.code.text)
            throw .failed(.notApplied(StoreFailure(code, error.message, isRetriable: error.isRetriable)))
        }
    }

    /// Reads rows, whether or not under a lease.
    func read(_ query: StockTableQuery) async throws(InventoryError) -> StockTableRows {
        try await asking { () async throws(StockTableError) in try await table.read(query) }
    }

    /// Asks the table something that changes nothing.
    func asking<Value>(_ body: () async throws(StockTableError) -> Value) async throws(InventoryError) -> Value {
        do throws(StockTableError) {
            return try await body()
        } catch {
            switch error {
            case .notApplied(let failure), .unknown(let failure): throw .failed(.notApplied(failure))
            case .staleFence:
                throw .failed(.notApplied(StoreFailure(.unavailable, "\(error) by a call that has no fence")))
            }
        }
    }
}

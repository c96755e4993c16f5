extension LockProvider {
    /// Performs `work` while holding a lease on `keys`, and releases it afterwards, whatever happens.
    ///
    /// The lease is renewed after every third of its length. When it is lost nevertheless, `work` is cancelled, and
    /// ``LockError/Code/leaseLost`` is thrown once it has come to its end, even when it returned a value: whether
    /// what it did counts, the fence has decided. Show the store the lease with ``Transaction/require(_:)``.
    ///
    /// - Throws: A ``LockError`` when the lease was not given (`busy`, `outcomeUnknown`, …) or lost; what `work`
    ///   throws otherwise. An error of the release is not thrown: the lease ends by itself.
    public func withLease<Value: Sendable>(
        _ keys: LockKeys,
        lease length: Duration,
        wait: Duration = .zero,
        _ work: @escaping @Sendable (Lease) async throws -> Value
    ) async throws -> Value {
        let lease: Lease
        switch try await acquire(keys, lease: length, wait: wait) {
        case .acquired(let given): lease = given
        case .busy: throw LockError(.busy, "somebody else holds a key of \(keys)")
        case .unknown(let error): throw error
        }
        let watch = LeaseWatch(lease: lease, length: length)
        let result = await withTaskGroup(of: Void.self) { group in
            group.addTask { await watch.renewUntilCancelled() }
            defer { group.cancelAll() }
            return await watch.perform(work)
        }
        let end = lease.end
        // The release must reach the provider even when the caller has been cancelled.
        _ = await shielded { try? await lease.release() }
        guard end == nil || end == .released else {
            throw LockError(.leaseLost, "the lease on \(keys) ended before the work it guarded")
        }
        return try result.get()
    }
}

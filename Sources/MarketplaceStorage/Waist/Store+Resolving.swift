extension Store {
    /// How often a commit whose outcome is unknown is made again before the outcome is reported as unknown.
    package static var resolvingAttempts: Int { 3 }

    /// Commits, and when the outcome is unknown commits the same transaction again, which tells.
    ///
    /// - Throws: As ``commit(_:)``; ``StoreError/unknown(_:)`` only when the last attempt did not tell either.
    package func commitResolvingUnknown(_ transaction: Transaction) async throws(StoreError) -> CommitReceipt {
        var wasUnknown = false
        for _ in 1..<Self.resolvingAttempts {
            do throws(StoreError) {
                return try await commit(transaction)
            } catch {
                switch error {
                case .unknown: wasUnknown = true
                // What was unknown before is not made "not applied" by an attempt that did not get through.
                case .notApplied where wasUnknown: break
                default: throw error
                }
            }
        }
        do throws(StoreError) {
            return try await commit(transaction)
        } catch {
            if wasUnknown, case .notApplied(let failure) = error { throw .unknown(failure) }
            throw error
        }
    }
}

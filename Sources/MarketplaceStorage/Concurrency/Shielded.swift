/// Performs `operation` to its end even when the calling task is cancelled, and returns or throws what it did.
///
/// For work that must happen on every path: releasing a lease, undoing a step. Task-locals and priority are kept.
/// The operation has to bound itself: nobody can cancel it.
package func shielded<Value: Sendable, Failure: Error>(
    _ operation: sending @escaping () async throws(Failure) -> Value
) async throws(Failure) -> Value {
    try await Task { () async -> Result<Value, Failure> in
        do throws(Failure) {
            return .success(try await operation())
        } catch {
            return .failure(error)
        }
    }.value.get()
}

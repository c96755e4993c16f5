/// What one caller wants of a ``BatchQueue``.
@usableFromInline
package protocol BatchRequest: Sendable {
    /// How it ended for the caller.
    associatedtype Outcome: Sendable

    /// How much it adds to a batch, of which the queue bounds the sum.
    var partCount: Int { get }

    /// The outcome of a request that was not even begun.
    func notApplied(_ failure: StoreFailure) -> Outcome
}

/// An error that tells races and failures of the store from everything else.
package protocol StoreServiceError: Error {
    /// Others changed the same things meanwhile, attempt after attempt.
    static func contended(attempts: Int) -> Self
    /// The store failed.
    static func failed(_ error: StoreError) -> Self
}

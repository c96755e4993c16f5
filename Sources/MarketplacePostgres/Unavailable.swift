#if !LibPQ
/// Stands in for the configuration of the driver where the package is built without its trait.
@available(*, unavailable, message: "switch on the trait LibPQ of swift-marketplace, and install libpq-dev")
public struct LibPQConfiguration: Sendable {
    /// As with the trait, so that who calls it is told what is missing rather than that there is nothing to call.
    public init(_ connectionString: String) throws(PostgresFailure) {}
}

/// Stands in for the pool of the driver where the package is built without its trait.
@available(*, unavailable, message: "switch on the trait LibPQ of swift-marketplace, and install libpq-dev")
public final class LibPQPool: Sendable {
    /// As with the trait.
    public struct Limits: Sendable {
        /// As with the trait.
        public init() {}
    }

    /// As with the trait.
    public init(_ configuration: LibPQConfiguration, limits: Limits = Limits()) {}
}
#endif

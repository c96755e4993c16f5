#if LibPQ
import MarketplacePostgres

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The private server of the suite.
enum PrivateServer {
    /// Its address; nil when the tests are run without one, by something else than their suite.
    static let address: String? = getenv("MARKETPLACE_POSTGRES_URL").map { String(cString: $0) }

    /// How to connect to it.
    static func configuration() throws -> LibPQConfiguration {
        try LibPQConfiguration(address ?? "")
    }
}
#endif

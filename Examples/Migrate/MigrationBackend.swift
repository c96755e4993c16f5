/// A kind of store whose tables this command brings up to date.
protocol MigrationBackend: Sendable {
    /// The name after `--print-sql`, and before the colon of `--store`.
    static var name: String { get }

    /// All steps, in order.
    static var steps: [MigrationStep] { get }

    /// The SQL of the steps behind a version, as the store's own shell reads it.
    static func script(after version: Int64) -> String

    /// The version of a store; nil when it has no tables of ours. It is not changed.
    static func version(of store: String) async throws(MigrationFailure) -> Int64?

    /// Brings a store up to date, and returns the steps that were missing.
    static func apply(to store: String) async throws(MigrationFailure) -> [MigrationStep]
}

/// One step, as it is listed.
struct MigrationStep: Sendable {
    let version: Int64
    let name: String
}

/// Why a store could not be looked at or brought up to date.
struct MigrationFailure: Error {
    /// The exit codes of BSD's `sysexits.h`.
    enum Code: Int32 {
        /// The store is not one of ours, damaged, of a later generation, or cannot be reached: `EX_DATAERR`.
        case refused = 65
        /// This build knows nothing of such stores: `EX_UNAVAILABLE`.
        case notBuilt = 69
        /// Somebody else holds it; the same call may succeed later: `EX_TEMPFAIL`.
        case notNow = 75
    }

    let code: Code
    let line: String
}

public import MarketplaceStorage

extension PostgresFailure {
    /// Reads stored bytes; what this release did not write is a failure.
    static func reading<Value>(_ body: () throws(BinaryFormatError) -> Value) throws(PostgresFailure) -> Value {
        do throws(BinaryFormatError) {
            return try body()
        } catch {
            throw PostgresFailure(.unreadable, "stored bytes: \(error)")
        }
    }

    /// The same as a failure of a store.
    var storeFailure: StoreFailure {
        switch code {
        case .cancelled: return StoreFailure(.cancelled, "the read was interrupted")
        case .timedOut: return StoreFailure(.timedOut, message)
        case .overloaded: return StoreFailure(.overloaded, message)
        case .unreadable: return StoreFailure(.unreadable, message)
        case .lockNotAvailable, .deadlock, .serialization:
            return StoreFailure(.overloaded, "others hold what it needs: \(description)")
        case .queryCanceled: return StoreFailure(.timedOut, message)
        case .readOnly: return StoreFailure(.postgresReadOnly, message)
        case .wrongTransactionState, .noTransaction, .failedTransaction:
            return StoreFailure(.postgresTransactionState, message, isRetriable: false)
        case .diskFull: return StoreFailure(.postgresFull, message)
        default: break
        }
        switch sqlStateClass {
        // Data and constraints, programs and their limits: the very same call would meet the same again.
        case "22", "23", "42", "54": return StoreFailure(.unreadable, description)
        // Connections, resources, intervention of an operator; whatever else may pass.
        default: return StoreFailure(.unavailable, description)
        }
    }

    /// Whether it lies in what one caller brought along, so that the others of its batch may do better without it.
    ///
    /// A server that has no memory or locks left for a large batch may have enough for half of it (53200); what is
    /// stored and cannot be read concerns whoever touches it.
    var isOfOneCaller: Bool {
        switch code {
        case .outOfMemory, .unreadable: true
        default: sqlStateClass.map { ["22", "23", "54"].contains($0) } ?? false
        }
    }

    /// Whether the same transaction may simply be tried again: it stood in the way of another one, and was rolled back.
    var isContention: Bool { code == .deadlock || code == .serialization }
}

extension PostgresFailure.Code {
    static let lockNotAvailable = Self("55P03")
    static let deadlock = Self("40P01")
    static let serialization = Self("40001")
    static let queryCanceled = Self("57014")
    static let readOnly = Self("25006")
    static let noTransaction = Self("25P01")
    static let failedTransaction = Self("25P02")
    static let wrongTransactionState = Self("25000")
    static let diskFull = Self("53100")
    static let outOfMemory = Self("53200")
}

extension StoreFailure.Code {
    /// The server takes no writes: it is a standby, or was set to read only.
    public static let postgresReadOnly = StoreFailure.Code("postgres: read-only")
    /// The caller's own transaction is not one that can be joined; see ``PostgresStore/commit(_:joining:)``.
    public static let postgresTransactionState = StoreFailure.Code("postgres: transaction state")
    /// The server's disk is full.
    public static let postgresFull = StoreFailure.Code("postgres: full")
}

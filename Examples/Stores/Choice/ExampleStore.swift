public import MarketplaceCore
import MarketplaceInMemory
public import MarketplaceStorage

/// A store that an example works on, opened.
public struct ExampleStore: Sendable {
    /// The store.
    public let store: any Store & ChangeSignal
    /// Whether what is stored outlives the process.
    public let isDurable: Bool
    /// Answers questions about a sale by SQL; nil where there is no SQL.
    public let books: (any SaleBooks)?
    private let closing: @Sendable () async -> Void

    init(
        _ store: any Store & ChangeSignal,
        isDurable: Bool,
        books: (any SaleBooks)? = nil,
        closing: @escaping @Sendable () async -> Void = {}
    ) {
        self.store = store
        self.isDurable = isDurable
        self.books = books
        self.closing = closing
    }

    /// Opens what was chosen.
    ///
    /// - Parameters:
    ///   - choice: What was chosen.
    ///   - namespace: The part of a durable store that belongs to the example; several share a file.
    ///   - wallClock: Tells a store when to forget the ids of transactions.
    ///   - clock: Measures how long a reader waits for a change.
    /// - Throws: ``StoreOpeningError`` when it cannot be opened, or when this build has no store of that kind.
    public init(
        opening choice: StoreChoice,
        namespace: ExampleNamespace,
        wallClock: any WallClock = .system,
        clock: any Clock<Duration> = .continuous
    ) async throws(StoreOpeningError) {
        switch choice.kind {
        case .memory: self = ExampleStore(InMemoryStore(wallClock: wallClock, clock: clock), isDurable: false)
        case .sqlite: self = try await SQLiteBackend.open(choice.place, namespace, wallClock, clock)
        case .postgres: self = try await PostgresBackend.open(choice.place, namespace, wallClock, clock)
        }
    }

    /// Lets the file or the server go.
    public func close() async {
        await closing()
    }
}

/// The part of a durable store that belongs to one example.
public enum ExampleNamespace: String, Sendable, Hashable, CaseIterable {
    /// Of `flash-sale`.
    case flashSale = "flash-sale"
    /// Of `trip-booking`.
    case tripBooking = "trip-booking"
    /// Of `first-checkout`.
    case firstCheckout = "first-checkout"
    /// The API and the worker of the example with two processes.
    case twoProcesses = "two-processes"
    /// Of `marketplace-day`.
    case marketplaceDay = "marketplace-day"
}

public import MarketplaceCore
public import MarketplaceStorage

/// Copies the movements of an inventory that lives elsewhere into the feed of a store, each exactly once.
///
/// For an inventory in memory, or on tables of its own: after the relay a ``StockMoved``, and a
/// ``ProductStockChanged`` where what is on hand has changed, stand in the stream of the SKU, as a ``StoreInventory``
/// writes them itself. So there is nothing to relay from one of those.
///
/// The events and the checkpoint are one commit, whose id follows from the checkpoint before: a crash anywhere, an
/// unknown outcome or any number of relays of one name copy no movement twice and none too few. The events carry the
/// time of the latest movement they were committed with.
///
/// A cursor is only good for the inventory that gave it: one that was rebuilt after losing its data is another
/// inventory, and its relay needs another name.
public final class StockMovementRelay: Sendable {
    /// How long a relay pauses unless told otherwise: how late the feed may be.
    public static let defaultInterval = Duration.seconds(1)
    /// How many movements one commit copies unless told otherwise.
    public static let defaultBatchSize = 500
    /// The most movements of one commit: each takes up to two of the 10,000 parts of a transaction, and the checkpoint
    /// one.
    public static let largestBatch = (StoreLimits.transactionParts - 1) / 2

    private let name: RelayName
    private let inventory: any InventoryStore
    private let target: MovementRelayTarget
    private let batchSize: Int
    private let missing: MissedMovementsPolicy
    private let observer: any Observer
    private let onCopied: @Sendable (MovementCursor) async -> Void
    private let rounds: RoundLoop

    /// A relay.
    ///
    /// - Parameters:
    ///   - name: The name its checkpoint is kept under: one for each inventory.
    ///   - inventory: Whose movements are copied.
    ///   - store: Where to.
    ///   - codec: Writes the payloads of the events: the application's own.
    ///   - batchSize: How many movements one commit copies: 1 to ``largestBatch``.
    ///   - missing: What to do when movements were forgotten before they could be copied.
    ///   - interval: The pause when all is copied.
    ///   - clock: Measures the pause.
    ///   - observer: Is told of every copied batch, of every failure, and of movements that are missing.
    ///   - onCopied: Is told up to where movements are copied for good: the inventory may forget them.
    public init(
        _ name: RelayName,
        from inventory: any InventoryStore,
        to store: any Store,
        codec: any PayloadCodec,
        batchSize: Int = StockMovementRelay.defaultBatchSize,
        missing: MissedMovementsPolicy = .stop,
        interval: Duration = StockMovementRelay.defaultInterval,
        clock: any Clock<Duration> = .continuous,
        observer: any Observer = .silent,
        onCopied: @escaping @Sendable (MovementCursor) async -> Void = { _ in }
    ) {
        self.name = name
        self.inventory = inventory
        target = MovementRelayTarget(name: name, store: store, codec: codec)
        self.batchSize = min(max(batchSize, 1), Self.largestBatch)
        self.missing = missing
        self.observer = observer
        self.onCopied = onCopied
        rounds = RoundLoop("the relay \(name)", interval: interval, clock: clock)
    }

    /// Copies movements as they come, until drained or cancelled (then it returns).
    ///
    /// It can be run once; a second run is a mistake of the caller.
    ///
    /// - Throws: The error that trying again will not help; others are left to the next round.
    public func run() async throws(MovementReaderError) {
        try await rounds.run { () async throws(MovementReaderError) in
            try await catchUp()
        } retrying: { error in
            observer.record(MovementReaderFailed(reader: name.text, error: error))
            return error.isRetriable
        }
    }

    /// Lets ``run()`` finish its round and return, and waits for that.
    public func drain() async {
        await rounds.drain()
    }

    /// Copies all movements that there are, and returns how many this call copied.
    @discardableResult
    public func catchUp() async throws(MovementReaderError) -> Int {
        var count = 0
        var races = 0
        while !Task.isCancelled {
            switch try await copyBatch() {
            case .copied(let copied):
                count += copied
                races = 0
            case .nothingLeft: return count
            case .othersWereFaster:
                races += 1
                guard races < target.maximumAttempts else { throw .contended(attempts: races) }
                await Task.yield()
            }
        }
        return count
    }

    private enum Step {
        case copied(Int)
        case nothingLeft
        case othersWereFaster
    }

    private func copyBatch() async throws(MovementReaderError) -> Step {
        let checkpoint = try await target.checkpoint()
        let page = try await inventory.page(after: checkpoint.cursor, limit: batchSize)
        if page.missedCount > 0 {
            observer.record(StockMovementsMissed(reader: name.text, count: page.missedCount))
            guard missing == .goOn else { throw .movementsMissed(page.missedCount) }
        }
        guard !page.movements.isEmpty else { return .nothingLeft }
        guard try await target.copy(page, after: checkpoint) else { return .othersWereFaster }
        observer.record(StockMovementsRelayed(relay: name.text, count: page.movements.count))
        await onCopied(page.next)
        return .copied(page.movements.count)
    }
}

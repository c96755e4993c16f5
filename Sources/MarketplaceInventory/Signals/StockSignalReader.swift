public import MarketplaceCore
import MarketplaceStorage
import Synchronization

/// Reads the movements of an inventory, and hands over the signals that they give.
///
/// The signals of a page of movements are handed over with the progress that follows them. Whoever keeps both in one
/// step gets each signal once; otherwise those of the last page come again after a crash, under the same names
/// (movement and kind).
public final class StockSignalReader: Sendable {
    /// Takes over signals, none at times, and the progress to be kept with them; when it throws, the same page is read
    /// again.
    public typealias Handler = @Sendable ([StockSignal], StockSignalProgress) async throws -> Void

    /// How long a reader pauses unless told otherwise: how late a signal may come.
    public static let defaultInterval = Duration.seconds(1)
    /// How many movements are read at once: a page is held in memory.
    private static let pageSize = 1_000

    private let inventory: any InventoryStore
    private let rule: @Sendable (SKU) -> StockSignalRule
    private let progress: Mutex<StockSignalProgress>
    private let observer: any Observer
    private let handler: Handler
    private let rounds: RoundLoop

    /// A reader.
    ///
    /// - Parameters:
    ///   - inventory: Whose movements are read.
    ///   - progress: What was kept; ``StockSignalProgress/start`` the first time.
    ///   - interval: The pause when it has caught up.
    ///   - clock: Measures the pause.
    ///   - observer: Is told of pages with signals and of failures.
    ///   - rule: The thresholds of a SKU.
    ///   - handler: Takes over the signals.
    public init(
        of inventory: any InventoryStore,
        from progress: StockSignalProgress = .start,
        interval: Duration = StockSignalReader.defaultInterval,
        clock: any Clock<Duration> = .continuous,
        observer: any Observer = .silent,
        rule: @escaping @Sendable (SKU) -> StockSignalRule = { _ in .outAndBack },
        handler: @escaping Handler
    ) {
        self.inventory = inventory
        self.rule = rule
        self.progress = Mutex(progress)
        self.observer = observer
        self.handler = handler
        rounds = RoundLoop("the reader of stock signals", interval: interval, clock: clock)
    }

    /// Reads movements as they come, until drained or cancelled (then it returns).
    ///
    /// It can be run once; a second run is a mistake of the caller.
    ///
    /// - Throws: The error that trying again will not help: above all `movementsMissed`.
    public func run() async throws(MovementReaderError) {
        try await rounds.run { () async throws(MovementReaderError) in
            try await catchUp()
        } retrying: { error in
            observer.record(MovementReaderFailed(reader: Self.observed, error: error))
            return error.isRetriable
        }
    }

    /// Lets ``run()`` finish its round and return, and waits for that.
    public func drain() async {
        await rounds.drain()
    }

    /// Reads the movements that there are, and returns how many signals they gave.
    ///
    /// To be called by one caller at a time, and not during ``run()``.
    @discardableResult
    public func catchUp() async throws(MovementReaderError) -> Int {
        var count = 0
        while !Task.isCancelled, let signals = try await readPage() { count += signals }
        return count
    }

    private static let observed = "stock signals"

    /// Reads a page, and returns how many signals it gave; nil when there was none.
    private func readPage() async throws(MovementReaderError) -> Int? {
        var next = progress.withLock { $0 }
        let page = try await inventory.page(after: next.cursor, limit: Self.pageSize)
        if page.missedCount > 0 { throw .movementsMissed(page.missedCount) }
        guard !page.movements.isEmpty else { return nil }
        let safetyStocks = try await safetyStocks(of: page.movements)
        var signals: [StockSignal] = []
        for movement in page.movements {
            let safetyStock = safetyStocks[movement.sku] ?? .none
            signals += next.detector.take(movement, by: rule(movement.sku), safetyStock: safetyStock)
        }
        next.cursor = page.next
        do {
            try await handler(signals, next)
        } catch {
            throw .handlerFailed("\(error)")
        }
        let reached = next
        progress.withLock { $0 = reached }
        if !signals.isEmpty { observer.record(StockSignalsTold(count: signals.count)) }
        return signals.count
    }

    private func safetyStocks(of movements: [StockMovement]) async throws(MovementReaderError) -> [SKU: SafetyStock] {
        do throws(InventoryError) {
            return try await inventory.stock(of: Array(Set(movements.map(\.sku)))).mapValues { stock in
                let units = stock.levels.map { ($0.location, $0.safetyStock) }
                return SafetyStock(0, except: Dictionary(units) { first, _ in first })
            }
        } catch {
            throw .unreadable(error)
        }
    }
}

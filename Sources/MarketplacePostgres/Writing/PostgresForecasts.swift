import MarketplaceStorage
import Synchronization

/// Makes forecasts from what earlier batches have seen, for as long as they come true.
final class PostgresForecasts: Sendable {
    /// The most batches in a row that are read first after forecasts have failed: by then others write the same rows.
    static let longestPause = 64

    private struct State {
        var memory = PostgresMemory()
        /// How many batches are still to be read first, and how many there are after the next failure.
        var left = 0
        var pause = 1
    }

    private let state = Mutex(State())

    /// What a batch is expected to find; nil when it had better look.
    func forecast(for requests: [GroupCommitRequest], _ known: PostgresRegistry.Known) -> PostgresForecast? {
        guard PostgresForecast.suits(requests) else { return nil }
        let load = PostgresLoad(requests.lazy.map { (known.namespace($0.namespace), $0.transaction) })
        return state.withLock { state in
            guard state.left == 0 else {
                state.left -= 1
                return nil
            }
            return PostgresForecast(of: load, from: &state.memory)
        }
    }

    /// Takes note of what a batch has read and written.
    func note(_ batch: PostgresBatch, _ changes: PostgresBatch.DocumentChanges, in turn: Int64) {
        state.withLock { $0.memory.note(batch, changes, in: turn) }
    }

    /// A forecast came true.
    func succeeded() {
        state.withLock { $0.pause = 1 }
    }

    /// A forecast did not come true.
    func failed() {
        state.withLock { state in
            state.left = state.pause - 1
            state.pause = min(state.pause * 2, Self.longestPause)
        }
    }
}

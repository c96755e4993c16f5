import Synchronization

/// One line that says how far a run is: rewritten in place on a terminal, plain lines at intervals elsewhere.
///
/// Updates that come sooner than the interval are dropped before their text is made. Nothing is written after
/// ``finish()``, so the line never mixes with what a command prints at its end.
public final class ProgressLine: Sendable {
    private struct State {
        var lastWrite: Duration?
        var isShown = false
        var isFinished = false
    }

    private let output: any TextOutput
    /// The least time between two writes.
    public let interval: Duration
    private let now: @Sendable () -> Duration
    private let state = Mutex(State())

    /// The pace on a terminal: smooth to the eye, and no load.
    public static let terminalInterval = Duration.milliseconds(100)
    /// The pace of plain lines: a log of a long run stays short.
    public static let plainInterval = Duration.seconds(1)

    /// A progress line on `output`.
    ///
    /// - Parameters:
    ///   - output: Where the line is shown.
    ///   - interval: The least time between two writes; by default as the output is a terminal or not.
    ///   - now: A monotonic reading, from any start.
    public init(
        on output: any TextOutput,
        every interval: Duration? = nil,
        now: @escaping @Sendable () -> Duration = ProgressLine.monotonicReading
    ) {
        self.output = output
        self.interval = interval ?? (output.isTerminal ? Self.terminalInterval : Self.plainInterval)
        self.now = now
    }

    /// Time since this process first asked, on the continuous clock.
    public static let monotonicReading: @Sendable () -> Duration = {
        let start = ContinuousClock.now
        return { ContinuousClock.now - start }
    }()

    /// Shows the text, unless the last one is younger than the interval or the line is finished.
    public func update(_ text: @autoclosure () -> String) {
        state.withLock { state in
            guard !state.isFinished else { return }
            let reading = now()
            if let last = state.lastWrite, reading - last < interval { return }
            state.lastWrite = reading
            show(text(), &state)
        }
    }

    /// Writes a line that stays, above the progress line; nothing once the line is finished.
    public func note(_ text: String) {
        state.withLock { state in
            guard !state.isFinished else { return }
            clear(&state)
            output.writeLine(text)
        }
    }

    /// Removes the line from a terminal and writes no other.
    public func finish() {
        state.withLock { state in
            clear(&state)
            state.isFinished = true
        }
    }

    private func show(_ text: String, _ state: inout State) {
        let oneLine = String(text.map { $0.isNewline ? " " : $0 })
        guard output.isTerminal else { return output.writeLine(oneLine) }
        // A terminal wraps when its last column is filled, and a wrapped line cannot be rewritten in place.
        output.write("\r" + oneLine.prefix(max(1, output.columns - 1)) + Self.clearToEnd)
        state.isShown = true
    }

    private func clear(_ state: inout State) {
        guard state.isShown else { return }
        output.write("\r" + Self.clearToEnd)
        state.isShown = false
    }

    /// "Erase in line", ECMA-48 8.3.41.
    private static let clearToEnd = "\u{1B}[K"
}

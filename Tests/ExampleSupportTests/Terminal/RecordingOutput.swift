import ExampleSupport
import Synchronization

/// An output that keeps what is written to it.
final class RecordingOutput: TextOutput {
    let isTerminal: Bool
    let columns: Int
    private let texts = Mutex("")

    init(isTerminal: Bool, columns: Int = 80) {
        self.isTerminal = isTerminal
        self.columns = columns
    }

    var showsStyles: Bool { isTerminal }
    var written: String { texts.withLock { $0 } }

    func write(_ text: String) {
        texts.withLock { $0 += text }
    }
}

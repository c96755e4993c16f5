import Synchronization

/// Outcomes that arrive while their reader is busy; it takes all that are there at once.
final class SagaMailbox<Message: Sendable>: Sendable {
    private struct State {
        var messages: [Message] = []
        var reader: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    func put(_ message: Message) {
        let reader = state.withLock { state in
            state.messages.append(message)
            defer { state.reader = nil }
            return state.reader
        }
        reader?.resume()
    }

    /// All messages that have arrived, at least one.
    ///
    /// There is one reader.
    func takeAll() async -> [Message] {
        await withCheckedContinuation { continuation in
            let isEmpty = state.withLock { state in
                if state.messages.isEmpty { state.reader = continuation }
                return state.messages.isEmpty
            }
            if !isEmpty { continuation.resume() }
        }
        return state.withLock { state in
            defer { state.messages = [] }
            return state.messages
        }
    }
}
